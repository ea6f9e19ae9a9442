"""The commands, and the order in which the help shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from glasstown.cli.audit import audit
from glasstown.cli.check import check
from glasstown.cli.compare import compare
from glasstown.cli.compile import compile_world
from glasstown.cli.dossier import dossier
from glasstown.cli.ending import ended_well
from glasstown.cli.explain import explain
from glasstown.cli.export import export
from glasstown.cli.helping import examples, help_of
from glasstown.cli.library import list_library
from glasstown.cli.nation import nation
from glasstown.cli.new import new
from glasstown.cli.odd import odd
from glasstown.cli.report import report
from glasstown.cli.resume import resume
from glasstown.cli.run import run
from glasstown.cli.schema import schema
from glasstown.cli.show import show
from glasstown.cli.sweep import sweep
from glasstown.cli.verify import verify

_WRITE = "Write"
_RUN = "Run"
_LOOK = "Look"


class _Commands(TyperGroup):
    """Ends every command well, before Typer sees what it ended with."""

    def invoke(self, ctx: Any) -> Any:
        with ended_well():
            return super().invoke(ctx)


app = typer.Typer(
    name="glasstown",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("glasstown run unictown-campus", "glasstown dossier runs/unictown-campus 1234"),
)


def _version(asked: bool) -> None:
    if asked:
        from glasstown import __version__

        print(f"glasstown {__version__}")
        raise typer.Exit


@app.callback(
    help="A laboratory for social-credit systems: write a scheme as data, run it on an invented "
    "nation, and see what it does to people.\n\nWORLD, SCHEME and the like are a name in the "
    "library (glasstown list) or a path to a file."
)
def glasstown(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which version this is.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """A laboratory for social-credit systems."""


def _add(name: str, command: Callable[..., None], panel: str, *lines: str) -> None:
    app.command(name, help=help_of(command), epilog=examples(*lines), rich_help_panel=panel)(
        command
    )


_add(
    "new",
    new,
    _WRITE,
    "glasstown new scheme volunteers",
    "glasstown new world trial --out trials",
)
_add("check", check, _WRITE, "glasstown check volunteers.yaml", "glasstown check *.yaml")
_add(
    "explain",
    explain,
    _WRITE,
    "glasstown explain unictown-2019",
    "glasstown explain volunteers.yaml",
)
_add(
    "odd",
    odd,
    _WRITE,
    "glasstown odd unictown-campus",
    "glasstown odd my-world.yaml --out my-world.html",
)
_add("list", list_library, _WRITE, "glasstown list", "glasstown list schemes")
_add("schema", schema, _WRITE, "glasstown schema scheme --out scheme.schema.json")
app.add_typer(nation, name="nation", rich_help_panel=_WRITE)
_add(
    "run",
    run,
    _RUN,
    "glasstown run unictown-campus",
    "glasstown run unictown-campus --months 36 --out runs/longer",
    "glasstown run unictown-campus --set rules.cheating.points=-80",
)
_add("resume", resume, _RUN, "glasstown resume runs/unictown-campus")
_add(
    "sweep",
    sweep,
    _RUN,
    "glasstown sweep unictown-campus --vary rules.cheating.points=-80:0:10 --repeat 20",
    "glasstown sweep unictown-campus --over assumptions:conduct.fear --sobol 64",
)
_add("verify", verify, _RUN, "glasstown verify runs/unictown-campus")
_add("compile", compile_world, _RUN, "glasstown compile unictown-campus --show")
_add(
    "show",
    show,
    _LOOK,
    "glasstown show runs/unictown-campus --by income",
    "glasstown show runs/unictown-campus --findings",
    "glasstown show runs/unictown-campus --measure did.cheat_exam --by sex",
    "glasstown show runs/unictown-campus --csv > ledger.csv",
)
_add(
    "dossier",
    dossier,
    _LOOK,
    "glasstown dossier runs/unictown-campus 1234",
    "glasstown dossier runs/unictown-campus 1234 --month 9 --as citizen",
)
_add(
    "audit",
    audit,
    _LOOK,
    "glasstown audit unictown-2019",
    "glasstown audit runs/unictown-campus --groups sex --out audit.html",
    "glasstown audit volunteers.yaml --only no-exit --format sarif --out audit.sarif",
)
_add(
    "compare",
    compare,
    _LOOK,
    "glasstown compare runs/mild runs/harsh --by income",
    "glasstown compare unictown-campus --set rules.cheating=null --seeds 5",
)
_add(
    "report",
    report,
    _LOOK,
    "glasstown report runs/unictown-campus",
    "glasstown report runs/unictown-campus --seeds 8 --out audited.html",
)
_add(
    "export",
    export,
    _LOOK,
    "glasstown export runs/unictown-campus --ro-crate",
    "glasstown export runs/unictown-campus --ro-crate --out campus --author 'Ada Lovelace'",
)
