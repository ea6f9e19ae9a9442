"""Numbers to sample from: between which two each lies, and to what step they are rounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

from glasstown.errors import nearest, shown
from glasstown.files.citations import Part, parts
from glasstown.files.exact import decimal_text, number_in
from glasstown.sweeps.axis import found, number, problem
from glasstown.sweeps.values import Held, Value, held_number, value_of
from glasstown.world import World
from glasstown.world.change import held

OVER = "--over"
ASSUMPTIONS = "assumptions"
FINE = 1000
"""Steps in a range, at the least, where the number itself is not kept to anything coarser."""

RANGE = "write PATH=LOW:HIGH, as in rules.cheating.points=-100:-10, or `assumptions`"
"""How a range is written, for messages."""

_WHOLES = ("values", "numbers", "regions", "kinds")


@final
@dataclass(frozen=True)
class Range:
    """A path, the lowest and the highest number it takes, and the step that it is rounded to."""

    path: str
    low: Fraction
    high: Fraction
    step: Fraction

    def at(self, place: Fraction) -> Fraction:
        """The number at a place from 0 to 1, rounded to the step, halves to the even one."""
        raw = self.low + (self.high - self.low) * place
        return min(max(round(raw / self.step) * self.step, self.low), self.high)

    def text(self) -> str:
        """The range for people."""
        return f"{self.path} from {decimal_text(self.low)} to {decimal_text(self.high)}"


@final
@dataclass(frozen=True)
class LeftOut:
    """A declared assumption that is not sampled, and why."""

    path: str
    why: str


def read_range(world: World, path: str, ends: Any) -> Range:
    """A range as it is written, `LOW:HIGH` or `LOW:HIGH:STEP`, or as two or three Python numbers.

    Raises:
        GlasstownError: the path holds no number, or the ends are none or in the wrong order.
    """
    parts = ends.split(":") if isinstance(ends, str) else list(ends)
    written = ":".join(str(part) for part in parts)
    numbers = [number(part) if isinstance(part, str) else number_in(part) for part in parts]
    if len(numbers) not in (2, 3) or None in numbers:
        raise problem(OVER, f"`{path}={written}` is not a range of numbers", remedy=RANGE)
    low, high, *more = (n for n in numbers if n is not None)
    now = found(world, path, OVER)
    if now is not None and held_number(now) is None:
        raise problem(
            OVER,
            f"`{path}` is {shown(_said(now))}, which is not a number to sample",
            remedy="name a number; words and formulas can be listed with --vary",
        )
    if low >= high:
        raise problem(
            OVER,
            f"`{path}={written}` begins at {decimal_text(low)} and does not end above it",
            remedy="write the lowest first",
            nearest=f"{path}={decimal_text(high)}:{decimal_text(low)}" if low > high else "",
        )
    if more and more[0] <= 0:
        raise problem(OVER, f"`{path}={written}`: the step is not above 0", remedy=RANGE)
    return Range(path, low, high, more[0] if more else step_of(world, path, low, high))


def value_at(world: World, its: Range, place: Fraction) -> Value:
    """The value of a range at a place from 0 to 1, as it is set in the world."""
    now = held_number(held(world, its.path))
    return value_of(its.at(place)) if now is None else now.value(its.at(place))


def step_of(world: World, path: str, low: Fraction, high: Fraction) -> Fraction:
    """What a number is rounded to.

    A whole number or a yes or no: 1. Points: what their scheme's score is kept to. Any other: the
    largest power of ten that makes a thousand steps or more of the range.
    """
    now = held_number(held(world, path))
    if now is not None and now.whole:
        return Fraction(1)
    kept = _kept_to(world, path, now)
    if kept is not None:
        return kept
    step = Fraction(1)
    while step * FINE > high - low and step > Fraction(1, 10**8):
        step /= 10
    return step


def assumptions(world: World, within: str = "") -> tuple[tuple[Range, ...], tuple[LeftOut, ...]]:
    """Every number of a world that is called an assumption and has a range to sweep.

    within: those alone whose path begins so, such as `conduct` or a scheme's name.

    Raises:
        GlasstownError: there is none.
    """
    ranges, left_out = [], []
    for path, (low, high), why in _declared(world):
        if within and not (path + ".").startswith(within + "."):
            continue
        if why:
            left_out.append(LeftOut(path, why))
        else:
            ranges.append(Range(path, low, high, step_of(world, path, low, high)))
    if not ranges:
        names = [*(scheme.scheme for scheme in world.schemes), "nation", "conduct"]
        what = f"no number of {shown(within)}" if within else "no number of this world"
        raise problem(
            OVER,
            f"{what} is called an assumption and has a range to sweep",
            remedy=f"name the numbers with {OVER} PATH=LOW:HIGH",
            nearest=nearest(within, names) if within else "",
        )
    return tuple(ranges), tuple(left_out)


def _declared(world: World) -> Iterator[tuple[str, tuple[Fraction, Fraction], str]]:
    """Each swept number: its path, its ends, and why it cannot be moved alone, if so."""
    files: list[tuple[str, Any]] = [(scheme.scheme, scheme) for scheme in world.schemes]
    files += [("nation", world.nation), ("conduct", world.conduct)]
    for name, model in files:
        for part in parts(model):
            if not part.cited.assumption:
                continue
            for field, ends in part.cited.sweep.items():
                steps = _steps(part, field, model)
                yield ".".join((name, *steps)), ends, _why_not(world, name, steps, ends)


def _steps(part: Part, field: str, model: Any) -> tuple[str, ...]:
    """The path of a swept field in its file; a score's sweep may name the tiers beside it."""
    path = tuple(str(step) for step in part.path)
    if path == ("score",) and field.startswith("tiers."):
        return tuple(field.split(".", 1))
    return (*path, field)


def _why_not(
    world: World, name: str, steps: tuple[str, ...], ends: tuple[Fraction, Fraction]
) -> str:
    if ends[0] == ends[1]:
        return "its range is one number"
    names = ".".join(steps).split(".")
    if "share" in names and names[0] in ("regions", "communities"):
        return "it is a share of a whole, and the others would have to give way"
    if any(whole in names[:-1] for whole in _WHOLES) and name == "nation":
        return "it is a share of a whole, and the others would have to give way"
    if held_number(held(world, ".".join((name, *steps)))) is None and _lost(world, name, steps):
        return "its path cannot be written with dots"
    return ""


def _lost(world: World, name: str, steps: tuple[str, ...]) -> bool:
    """Whether a swept number is set in the file, and its path does not lead to it."""
    outer = held(world, ".".join((name, *steps[:-1])))
    field = steps[-1].split(".")[0]
    its = getattr(outer, field, None)
    return outer is None or (isinstance(its, Mapping) and bool(its))


def _kept_to(world: World, path: str, now: Held | None) -> Fraction | None:
    """What points are rounded to, if this number is points of a scheme with a score."""
    first, *rest = path.split(".")
    scheme = next((s for s in world.schemes if s.scheme == first), None)
    if scheme is None and len(world.schemes) == 1:
        scheme, rest = world.schemes[0], [first, *rest]
    if scheme is None:
        return None if now is None or not now.points else _finest(world)
    if scheme.score is None:
        return None
    of_score = rest[:1] in (["tiers"], ["tier_margin"]) or rest in (
        ["score", "start"],
        ["score", "fades", "toward"],
    )
    return scheme.score.kept_to if of_score or (now is not None and now.points) else None


def _finest(world: World) -> Fraction | None:
    kept = [scheme.score.kept_to for scheme in world.schemes if scheme.score is not None]
    return min(kept, default=None)


def _said(value: Any) -> str:
    return str(getattr(value, "text", value))
