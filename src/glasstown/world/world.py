"""A world, whole: the schemes, the nation and the conduct themselves, ready to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from glasstown.conduct.model import Conduct
from glasstown.luck import Layout, layout
from glasstown.nation import TraitTable, trait_tables
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world.cells import Cell, cells
from glasstown.world.measures import measures


@dataclass(frozen=True)
class World:
    """Schemes side by side on the citizens of one nation, with a conduct, for some months.

    `citizens` is how many of the nation's citizens are run; `by` names the groups that the
    ledger counts by. Make one with `glasstown.load_world`, or from models with `bind`, which
    check it.
    """

    name: str
    schemes: tuple[Scheme, ...]
    nation: Nation
    conduct: Conduct
    months: int
    seed: int
    citizens: int
    by: tuple[str, ...] = ()
    title: str = ""
    about: str = ""

    runner: ClassVar[Callable[..., Any] | None] = None
    """What `run` calls. The engine, which lies above this layer, puts itself here."""

    @property
    def layout(self) -> Layout:
        """How the citizens are numbered into communities and wards."""
        return layout(self.nation.communities.size)

    @property
    def communities(self) -> int:
        """How many communities there are; the last may not be full."""
        return -(-self.citizens // self.nation.communities.size)

    @property
    def wards(self) -> int:
        """How many wards there are."""
        return -(-self.citizens // self.layout.seats)

    @cached_property
    def trait_tables(self) -> tuple[TraitTable, ...]:
        """The tables that citizens' traits are drawn from, in the order of drawing."""
        return trait_tables(self.nation)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """What the ledger counts, in order."""
        return measures(self.schemes, self.conduct)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The groups that the ledger counts by, in order; the first is everyone."""
        return cells(self.by, self.schemes, self.trait_tables)

    @property
    def told(self) -> Scheme | None:
        """The scheme whose score `above_start` is of: the first with a score that it discloses."""
        scored = (scheme for scheme in self.schemes if scheme.score is not None)
        return next((scheme for scheme in scored if scheme.discloses.score), None)

    @property
    def coupled(self) -> bool:
        """Whether citizens meet the nation through national signals."""
        return self.ranked_nationally or self.norm_is_national

    @property
    def ranked_nationally(self) -> bool:
        """Whether some consequence goes to the best of the nation."""
        return any(
            consequence.best is not None and consequence.best.of == "nation"
            for scheme in self.schemes
            for consequence in scheme.consequences.values()
        )

    @property
    def norm_is_national(self) -> bool:
        """Whether what the whole nation does moves citizens."""
        norm = self.conduct.norm
        return (
            norm.of == "nation"
            and norm.weight != 0
            and any(action.norm != 0 for action in self.conduct.actions.values())
        )

    def to_dict(self) -> dict[str, Any]:
        """The world as plain data that `world_from_dict` reads back."""
        return {
            "world": self.name,
            "title": self.title,
            "about": self.about,
            "months": self.months,
            "seed": self.seed,
            "citizens": self.citizens,
            "by": list(self.by),
            "schemes": [plain(scheme) for scheme in self.schemes],
            "nation": plain(self.nation),
            "conduct": plain(self.conduct),
        }

    def run(self, **options: Any) -> Any:
        """Run this world: `world.run(out=...)` is `glasstown.run(world, out=...)`."""
        if World.runner is None:
            raise RuntimeError("nothing runs worlds yet: import glasstown.engine.run first")
        return World.runner(self, **options)

    def changed(self, changes: Mapping[str, Any]) -> World:
        """This world with single values set by dotted path; None removes an entry or a scheme.

        A path begins with a scheme's name, `nation` or `conduct`, or with a section such as
        `rules` when one scheme alone has what follows; or it is `months`, `seed`, `citizens`.

        Raises:
            FileProblems: a path names nothing, or the changed world is not in order.
        """
        from glasstown.world.change import changed

        return changed(self, changes)

    def without(self, *paths: str) -> World:
        """This world without the entries at the paths: `rules.cheating`, or a scheme's name."""
        return self.changed(dict.fromkeys(paths))


def plain(model: Scheme | Nation | Conduct) -> dict[str, Any]:
    """A model as JSON-ready data, without what is left at its default."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
