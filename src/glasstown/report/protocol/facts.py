"""What a description asks of a world: which of the model's parts this world uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.compiler.live import pulling, told
from glasstown.conduct.formulas import uses
from glasstown.expr import names, names_called
from glasstown.report import words
from glasstown.scheme import uses as scheme_uses
from glasstown.scheme.model import Rule, Scheme
from glasstown.scheme.words import Words
from glasstown.world import World


@final
class Facts:
    """A world, and what in it moves citizens."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.conduct = world.conduct
        self.read = {name for use in uses(world.conduct) for name in names(use.expr)}
        said: dict[str, str] = {}
        for scheme in world.schemes:
            said |= scheme.words
        self.words = Words(said)

    @property
    def pulled(self) -> tuple[tuple[Scheme, str, Rule], ...]:
        """The rules whose worth moves somebody to an action or from it."""
        return tuple(self._pulled())

    def _pulled(self) -> Iterator[tuple[Scheme, str, Rule]]:
        if not self.conduct.pull.weight:
            return
        for scheme in self.world.schemes:
            for name, action in self.conduct.actions.items():
                if action.pull:
                    yield from ((scheme, rule, its) for rule, its in pulling(scheme, name))

    @property
    def believed(self) -> tuple[str, ...]:
        """The secret rules that citizens come to believe in, as SCHEME.RULE."""
        return tuple(
            f"{scheme.scheme}.{name}"
            for scheme, name, rule in self.pulled
            if not told(scheme, rule)
        )

    @property
    def normed(self) -> tuple[str, ...]:
        """The actions that others' doing moves."""
        if not self.conduct.norm.weight:
            return ()
        return tuple(name for name, action in self.conduct.actions.items() if action.norm)

    @property
    def feared(self) -> tuple[str, ...]:
        """The actions that fear moves."""
        fear = self.conduct.fear
        if not (fear.own or fear.seen):
            return ()
        return tuple(name for name, action in self.conduct.actions.items() if action.fear)

    @property
    def voiced(self) -> tuple[str, ...]:
        """The actions that say a view aloud."""
        return tuple(n for n, action in self.conduct.actions.items() if action.voices is not None)

    @property
    def tasted(self) -> bool:
        """Whether anybody's traits or state move them."""
        actions, occasions = self.conduct.actions.values(), self.conduct.occasions.values()
        return any(one.taste for one in actions) or any(one.taste for one in occasions)

    @property
    def quotas(self) -> tuple[str, ...]:
        """The consequences that go to the best, as SCHEME.CONSEQUENCE."""
        return tuple(
            f"{scheme.scheme}.{name}"
            for scheme in self.world.schemes
            for name, consequence in scheme.consequences.items()
            if consequence.best is not None
        )

    @property
    def averaged(self) -> bool:
        """Whether a formula of a scheme reads the mean score of a community."""
        formulas = (
            use.formula.expr for scheme in self.world.schemes for use in scheme_uses(scheme)
        )
        return any(names_called(expr, "mean") for expr in formulas)

    @property
    def strays(self) -> bool:
        """Whether records can go to another citizen."""
        return any(s.mistaken for scheme in self.world.schemes for s in scheme.sensors.values())

    def doing(self, name: str) -> str:
        """An action or occasion as something one does, with its name."""
        return f"{words.tidy(self.words.doing(name))} (`{name}`)"


def coded(several: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """Names in a row, as code."""
    return words.listed(f"`{name}`" for name in several)
