"""A sweep: a world that was run in many settings, and what came of it."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from glasstown.engine.card import card
from glasstown.errors import GlasstownError, Place, Problem
from glasstown.records.disk import file_digest
from glasstown.records.refuse import reason, refusal
from glasstown.records.spots import here
from glasstown.sweeps.ask import Ask
from glasstown.sweeps.axis import problem
from glasstown.sweeps.design import Kind
from glasstown.sweeps.folder import TABLE
from glasstown.sweeps.manifest import read
from glasstown.world import World

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from glasstown.sweeps.effects import Cube

_AGAIN = "copy the sweep again from where it came, or run it again with --replace"


@final
class Sweep:
    """A world that was run in many settings, each on the same seeds.

    folder: where it lies on the disk, if it does.
    """

    def __init__(self, ask: Ask, table: pyarrow.Table, folder: Path | None = None) -> None:
        self._ask = ask
        self._table = table
        self.folder = folder

    def __repr__(self) -> str:
        return (
            f"Sweep({self.world.name}: {self.settings:,} settings, {self._ask.repeat} seeds, "
            f"{self.runs:,} runs)"
        )

    @property
    def world(self) -> World:
        """The world as written."""
        return self._ask.world

    @property
    def kind(self) -> Kind:
        """`grid`, `sobol` or `morris`."""
        return self._ask.design.kind

    @property
    def paths(self) -> tuple[str, ...]:
        """The varied paths, in order."""
        return self._ask.design.paths

    @property
    def seeds(self) -> range:
        """The seeds that every setting was run with."""
        return self._ask.seeds

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that were read off each run."""
        return tuple(each.measure for each in self._ask.outcomes)

    @property
    def settings(self) -> int:
        """How many settings there are, the world as written among them."""
        return len(self._ask.design.settings)

    @property
    def runs(self) -> int:
        """How many runs there were."""
        return self._ask.runs

    def table(self) -> pyarrow.Table:
        """What was counted: a row for each setting, seed, measure, group and month."""
        return self._table

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas data frame; needs `glasstown[pandas]`."""
        try:
            import_module("pandas")
        except ImportError:
            raise GlasstownError(
                Problem(
                    Place(""),
                    "pandas is not installed",
                    why="Glasstown needs it only for `to_pandas`",
                    remedy="pip install 'glasstown[pandas]'",
                )
            ) from None
        return self._table.to_pandas()

    def effects(self) -> pyarrow.Table:
        """How each setting differs from the world as written, with 95% intervals over seeds.

        Runs with the same seed are paired. With one seed there is no interval (null).
        """
        from glasstown.sweeps.effects import effects

        return effects(self.cube)

    def indices(self) -> pyarrow.Table:
        """The Sobol or Morris indices of each sampled number, with SALib's 95% intervals.

        Raises:
            GlasstownError: this is a grid, or SALib is not installed.
        """
        if self.kind == "grid":
            raise problem(
                "",
                "a grid has no indices",
                why="they are worked out from a Sobol or Morris sample",
                remedy="sweep with `sobol=` or `morris=`; of a grid see `effects()`",
            )
        from glasstown.sweeps.effects import indices

        return indices(self.cube)

    @cached_property
    def cube(self) -> Cube:
        """The values as one array, for what is worked out from them."""
        from glasstown.sweeps.effects import cube

        return cube(self._ask, self._table)

    @property
    def ask(self) -> Ask:
        """What was asked for, whole."""
        return self._ask

    def picture(self, name: str) -> Any:
        """A picture of the sweep's page, by a measure's name, as an Altair chart."""
        # The report is a layer above and draws with heavy libraries: found only when asked for.
        return import_module("glasstown.report.sweep").picture(self, name)

    def _repr_html_(self) -> str:
        rows = {
            "world": self.world.title or self.world.name,
            "kind": self.kind,
            "varied": ", ".join(self.paths[:8]) + (", ..." if len(self.paths) > 8 else ""),
            "settings": f"{self.settings:,}",
            "seeds": f"{self.seeds[0]} to {self.seeds[-1]}",
            "runs": f"{self.runs:,}",
            "folder": str(self.folder) if self.folder else "not kept",
        }
        return card(rows)


def load_sweep(folder: Path | str) -> Sweep:
    """Read a finished sweep back from its folder.

    Raises:
        RunProblem: the folder is no sweep, or unfinished, or damaged.
        StoreProblem: it is the URL of a store.
    """
    from glasstown.sweeps.table import schema, settings_in

    target = here(folder, "sweep")
    manifest = read(target)
    if TABLE not in manifest["files"]:
        raise refusal(
            target, "this sweep is not finished", remedy="give its `glasstown sweep` command again"
        )
    try:
        if file_digest(target / TABLE) != manifest["files"][TABLE]:
            raise refusal(target / TABLE, "the table is not as it was written", remedy=_AGAIN)
        table = read_table(target)
        ask = Ask.from_dict(manifest["ask"], settings_in(table, tuple(manifest["ask"]["paths"])))
        if not table.schema.equals(schema(ask)):
            raise ValueError("its columns are not those of the sweep")
    except OSError as error:
        said = f"the table cannot be read: {reason(error)}"
        raise refusal(target / TABLE, said, remedy=_AGAIN) from None
    except (LookupError, TypeError, ValueError) as error:
        raise refusal(target, f"this sweep is damaged: {error}", remedy=_AGAIN) from None
    return Sweep(ask, table, target)


def read_table(folder: Path) -> pyarrow.Table:
    """The table that lies in a sweep's folder."""
    import pyarrow.parquet as pq

    return pq.read_table(folder / TABLE)
