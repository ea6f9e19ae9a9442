"""How numbers and names are put in a report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from glasstown.errors import clean
from glasstown.report.share import Share
from glasstown.scheme.words import plain

NOBODY = "nobody"
"""What stands for a share of nothing."""

_BAND = re.compile(r"[a-z]([0-9]+)_([0-9]+)")


def count(number: int) -> str:
    """A whole number, with commas between thousands."""
    return f"{number:,}"


def percent(share: float | None) -> str:
    """A share as a percentage: never nought, nor all, of what is not."""
    if share is None:
        return NOBODY
    if share in (0, 1):
        return f"{share:.0%}"
    if abs(share) < 0.0001:
        return "under 0.01%"
    if 0.9995 <= share < 1:
        return "over 99.9%"
    return f"{share:.2%}" if abs(share) < 0.01 else f"{share:.1%}"


def number(value: float | None) -> str:
    """A number with as many decimals as help."""
    if value is None:
        return NOBODY
    if value == 0:
        return "0"
    if abs(value) < 0.005:
        return "under 0.01" if value > 0 else "above -0.01"
    return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"


def figure(value: float) -> str:
    """A number to three digits, whole where it is whole."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{float(f'{value:.3g}'):.12f}".rstrip("0").rstrip(".")


def interval(ends: tuple[float, float] | None) -> str:
    """An interval of shares."""
    return NOBODY if ends is None else f"{percent(ends[0])} to {percent(ends[1])}"


def group(by: str, value: str) -> str:
    """A group of citizens as it is called: `female, not party member`."""
    parts = [part.strip() for part in by.split("*")]
    values = value.split(", ")
    if len(parts) != len(values):
        return plain(value)
    return ", ".join(_value(part, its) for part, its in zip(parts, values, strict=True))


def grouping(by: str) -> str:
    """What is counted by: `sex and party member`, `tier of unictown-2019`."""
    parts = [part.strip() for part in by.split("*")]
    named = [
        f"tier of {p.removesuffix('.tier')}" if p.endswith(".tier") else plain(p) for p in parts
    ]
    return " and ".join(named)


def spell(months: int) -> str:
    """A run's length: `1 month`, `24 months`."""
    return "1 month" if months == 1 else f"{months:,} months"


def times(number: int) -> str:
    """How often: `never`, `once`, `1,234 times`."""
    return {0: "never", 1: "once"}.get(number, f"{number:,} times")


def of_all(share: Share) -> str:
    """So many, and what share that is: `612 (1.5%)`, or `none`."""
    return f"{share.count:,} ({percent(share.value)})" if share.count else "none"


def short(text: str, most: int) -> str:
    """A text cut to so many characters, with a sign that it was."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def tidy(text: str) -> str:
    """A text that somebody wrote, on one line, with nothing invisible in it."""
    return clean(" ".join(text.split()))


def first(sentence: str) -> str:
    """A phrase with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def listed(parts: Iterable[str], word: str = "and") -> str:
    """Several things in a row: `a, b and c`."""
    several = list(parts)
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} {word} {several[-1]}"


def _value(part: str, value: str) -> str:
    if value in ("yes", "no") and not part.endswith(".tier"):
        return plain(part) if value == "yes" else f"not {plain(part)}"
    band = _BAND.fullmatch(value)
    return f"{band[1]} to {band[2]}" if band else plain(value)
