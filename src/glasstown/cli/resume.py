"""`glasstown resume`: go on with a run that was stopped, or mend a damaged one."""

from __future__ import annotations

from glasstown.cli.options import Cluster, KeptSnapshots, Quiet, RunPlace, Threads
from glasstown.cli.words import Snapshots


def resume(
    run: RunPlace,
    threads: Threads = None,
    on: Cluster = None,
    snapshots: KeptSnapshots = Snapshots.AUTO,
    quiet: Quiet = False,
) -> None:
    """Go on with a stopped run, or mend a damaged one.

    Only what is not there, or not as it was written, is lived. The run ends in the same digest as
    one that was never stopped. Of a run that is whole, nothing is lived.
    """
    import glasstown
    from glasstown.cli.ending import say
    from glasstown.cli.outcome import say_what_came, stoppable
    from glasstown.cli.progress import showing

    with stoppable(run), showing(quiet) as shown:
        done = glasstown.resume(
            run,
            threads=threads,
            on=on,
            progress=shown.progress,
            announce=shown.announce,
            snapshots=snapshots,
            warn=shown.announce or say,
        )
    if not quiet:
        say_what_came(done, run)
