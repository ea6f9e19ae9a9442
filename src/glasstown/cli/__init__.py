"""The command line: `glasstown COMMAND`."""

from __future__ import annotations


def main() -> None:
    """Run the command line: what `glasstown` and `python -m glasstown` start."""
    from glasstown.cli.ending import any_encoding, ended_well, no_chatter

    any_encoding()
    no_chatter()
    with ended_well():
        from glasstown.cli.app import app

        app(prog_name="glasstown")
