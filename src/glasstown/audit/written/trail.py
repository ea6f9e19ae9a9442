"""What the parts of a scheme rest on, each ground with the routes that begin there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import final

from glasstown.audit.finding import Finding, Step
from glasstown.audit.written.grounds import OTHERS, Ground, grounds_of_register, grounds_of_rule
from glasstown.audit.written.phrases import bears, ground_words, missing
from glasstown.audit.written.routes import Route
from glasstown.audit.written.written import Written
from glasstown.audit.yardstick import Ground as Known
from glasstown.scheme.words import listed, plain


@final
@dataclass(frozen=True)
class Root:
    """Where routes begin: a rule, a register or a consequence, and what it rests on.

    section and name: the part; grounds: those that were asked for; routes: every way from them,
    none where the part leads to nothing.
    """

    case: Written
    section: str
    name: str
    grounds: tuple[Ground, ...]
    routes: tuple[Route, ...]

    @property
    def part(self) -> str:
        """The part in words: `the rule late`."""
        return f"the {self.section.removesuffix('s')} {plain(self.name)}"

    @property
    def said(self) -> str:
        """The grounds in words."""
        return listed(ground_words(self.case, ground.name) for ground in self.grounds)

    @property
    def imposed(self) -> bool:
        """Whether something can be imposed by it, and not only given or withheld."""
        return any(route.treatment == "imposed" for route in self.routes)

    @property
    def punishes(self) -> bool:
        """Whether something can be imposed by it on those whom the ground costs points."""
        return any(r.treatment == "imposed" and r.lowers is not False for r in self.routes)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The weightiest way from here to a consequence, or as far as it goes."""
        if self.routes:
            return weightiest(self.routes).steps
        own = self.case.sheet.part(self.section, self.name)
        return (*self.grounds[0].steps, own)

    @property
    def bears(self) -> str:
        """What hangs on it, as a sentence of its own."""
        return bears(self.case, (route.consequence for route in self.routes))


def roots(case: Written, asked: Callable[[Ground], bool]) -> Iterator[Root]:
    """Each rule, register and consequence that rests on a ground of the kind asked for."""
    parts = [("rules", name, grounds_of_rule(case.sheet, name)) for name in case.scheme.rules]
    parts += [
        ("registers", name, grounds_of_register(case.sheet, name)) for name in case.scheme.registers
    ]
    for name in case.scheme.consequences:
        direct = [r for r in case.routes if r.consequence == name and not (r.rule or r.register)]
        parts.append(("consequences", name, tuple(route.ground for route in direct)))
    for section, name, grounds in parts:
        found = {ground.name: ground for ground in reversed(grounds) if asked(ground)}
        if found:
            own = tuple(ground for ground in grounds if found.get(ground.name) is ground)
            yield Root(case, section, name, own, _through(case, section, name, found))


def _through(case: Written, section: str, name: str, grounds: Iterable[str]) -> tuple[Route, ...]:
    path, among = f"{section}.{name}", set(grounds)
    return tuple(
        route
        for route in case.routes
        if route.ground.name in among
        and any(step.path == path for step in route.steps)
        and (section != "consequences" or not (route.rule or route.register))
    )


def weightiest(routes: Iterable[Route]) -> Route:
    """Of several routes, the first by which something is imposed and points are taken."""
    return min(routes, key=lambda route: (route.treatment != "imposed", route.lowers is False))


def known(case: Written, ground: Ground) -> Known | None:
    """What the yardstick says of a ground; None where it does not know it."""
    return case.yardstick.grounds.get(ground.name)


def unknown(
    case: Written, asks: str, says: str, known_otherwise: Iterable[str] = ()
) -> Iterator[Finding]:
    """That the yardstick does not know some grounds, in one finding.

    asks: what can therefore not be told, as the beginning of a sentence; says: the field of a
    ground that would tell; known_otherwise: names that need no yardstick.
    """
    known_names = {OTHERS, *known_otherwise, *case.yardstick.grounds}
    lacking = list(roots(case, lambda ground: ground.name not in known_names))
    names = list(dict.fromkeys(ground.name for root in lacking for ground in root.grounds))
    if names:
        yield missing("grounds", names, asks, says, [step for r in lacking for step in r.steps[:1]])
