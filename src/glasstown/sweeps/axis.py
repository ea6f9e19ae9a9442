"""What is varied: a path, and the values that it takes one after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

from glasstown.errors import FileProblems, GlasstownError, Place, Problem, shown
from glasstown.files import read_text
from glasstown.files.exact import number_in, percent_text
from glasstown.sweeps.values import Value, held_number, value_of
from glasstown.world import World
from glasstown.world.change import held

MOST_VALUES = 10_000
"""Values of one path, at the most."""

VARY = "--vary"
_REMEDY = "write PATH=FROM:TO:STEP, or PATH=a,b,c, as in rules.cheating.points=-80:0:10"
_NAMED = re.compile(r"(?P<path>.*?[^=<>!\s]\s*)=(?!=)(?P<rest>.*)", re.DOTALL)
_ENDS = re.compile(r"[^\s:{}\[\]\"',]+(:[^\s:{}\[\]\"',]*)+")


@final
@dataclass(frozen=True)
class Axis:
    """A varied path, with its values in order."""

    path: str
    values: tuple[Value, ...]


def read_axis(world: World, path: str, values: Any) -> Axis:
    """The values that a path takes: `-80:0:10`, `a,b,c`, or any Python values one by one.

    Raises:
        GlasstownError: the path names nothing, or the values are none.
    """
    now = found(world, path, VARY)
    if isinstance(values, str):
        made = _written(path, values.strip(), now)
    elif isinstance(values, Iterable):
        made = [value_of(value) for value in values]
    else:
        made = [value_of(values)]
    if not made:
        raise problem(VARY, f"`{path}` is given no value", remedy=_REMEDY)
    if len(made) > MOST_VALUES:
        raise problem(
            VARY,
            f"`{path}` would take {len(made):,} values",
            why=f"a path takes at most {MOST_VALUES:,}",
            remedy="take longer steps",
        )
    counted = Counter(value.text() for value in made)
    twice = [text for text, times in counted.items() if times > 1]
    if twice:
        raise problem(VARY, f"`{path}` is given {shown(twice[0])} twice", remedy="give it once")
    return Axis(path, tuple(made))


def split(option: str, written: str, remedy: str = _REMEDY) -> tuple[str, str]:
    """The path and the rest of `PATH=REST`; a path may hold a formula with `==` in it.

    Raises:
        GlasstownError: it is not of that form.
    """
    match = _NAMED.fullmatch(written)
    if match is None or not match["path"].strip():
        raise problem(option, f"{shown(written)} does not say what to vary", remedy=remedy)
    return match["path"].strip(), match["rest"].strip()


def found(world: World, path: str, option: str) -> Any:
    """What the world has at a path; of a seed nothing, for that is what is repeated.

    Raises:
        GlasstownError: the path names nothing.
    """
    if path == "seed":
        raise problem(
            option,
            "`seed` is not varied",
            why="every setting is run with the same seeds, so that only the setting differs",
            remedy="say with --repeat how many seeds, and with --seed which is the first",
        )
    try:
        return held(world, path)
    except FileProblems as error:
        raise GlasstownError(
            Problem(Place(option), p.what, p.why, p.remedy, p.nearest) for p in error.problems
        ) from None


def problem(
    option: str, what: str, why: str = "", remedy: str = "", nearest: str = ""
) -> GlasstownError:
    """A mistake in what was asked."""
    return GlasstownError(Problem(Place(option), what, why, remedy, nearest))


def number(text: str) -> Fraction | None:
    """A number, or a share in percent, exactly; None for anything else."""
    text = text.strip()
    share = number_in(text.removesuffix("%").rstrip()) if text.endswith("%") else None
    return number_in(text) if share is None else share / 100


def _written(path: str, text: str, now: Any) -> list[Value]:
    if _ENDS.fullmatch(text):
        return _range(path, text, now)
    try:
        given = read_text(f"values: [{text}]", f"{VARY} {path}").get("values")
    except FileProblems as error:
        raise GlasstownError(
            Problem(Place(f"{VARY} {path}"), p.what, p.why, _REMEDY, p.nearest)
            for p in error.problems
        ) from None
    assert isinstance(given, list)
    return [value_of(value) for value in given]


def _range(path: str, text: str, now: Any) -> list[Value]:
    """The values from one number to another, both of them where the steps land on it."""
    parts = text.split(":")
    if len(parts) != 3:
        raise problem(
            VARY,
            f"`{path}={text}` is not a range",
            why="a range has three numbers: from, to and step",
            remedy=_REMEDY,
            nearest=f"{path}={text}:1" if len(parts) == 2 and all(map(number, parts)) else "",
        )
    numbers = [number(part) for part in parts]
    for part, read in zip(parts, numbers, strict=True):
        if read is None:
            raise problem(VARY, f"`{path}={text}`: {shown(part)} is not a number", remedy=_REMEDY)
    low, high, step = (part for part in numbers if part is not None)
    if step == 0 or (high - low) * step < 0:
        back = parts[2].removeprefix("-") if step < 0 else f"-{parts[2].removeprefix('+')}"
        raise problem(
            VARY,
            f"`{path}={text}` leads nowhere: steps of {parts[2]} from {parts[0]} do not reach "
            f"{parts[1]}",
            remedy="give a step that leads from the first number to the second",
            nearest=f"{path}={parts[0]}:{parts[1]}:{back}" if step else "",
        )
    count = int((high - low) / step) + 1
    if count > MOST_VALUES:
        raise problem(
            VARY,
            f"`{path}={text}` would take {count:,} values",
            why=f"a path takes at most {MOST_VALUES:,}",
            remedy="take longer steps",
        )
    its = held_number(now)
    every = [low + place * step for place in range(count)]
    if all(part.endswith("%") for part in parts) and isinstance(now, Fraction):
        return [Value(percent_text(n), n) for n in every]
    if its is None or (its.whole and any(n.denominator != 1 for n in every)):
        return [value_of(n) for n in every]
    return [its.value(n) for n in every]
