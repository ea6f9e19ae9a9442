"""What the findings of a scheme as written have in common to say."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from glasstown.audit.finding import Figure, Finding, Step, Verdict
from glasstown.audit.written.grounds import OTHERS
from glasstown.audit.written.treatments import treatment
from glasstown.audit.written.written import Written
from glasstown.scheme.model import Sensor
from glasstown.scheme.reads import actions_read
from glasstown.scheme.words import Words, listed, plain


def missing(
    section: str, names: Iterable[str], asks: str, says: str, steps: Iterable[Step]
) -> Finding:
    """That the yardstick lacks something, and how it is added."""
    several = list(names)
    noun = section if len(several) > 1 else section.removesuffix("s")
    paths = listed(f"`{section}.{name}`" for name in several)
    return Finding(
        says=f"{asks} cannot be told: the yardstick does not know the {noun} "
        f"{listed(plain(name) for name in several)}.",
        verdict=Verdict.CANNOT_TELL,
        steps=tuple(steps),
        remedy=f"copy the yardstick, add {paths} with {says}, and audit by that file",
    )


def ground_words(case: Written, name: str) -> str:
    """A ground in words: an action as something done, a trait by its name."""
    if name == OTHERS:
        return "the scores of those around"
    if name in actions_read(case.scheme):
        return Words(case.scheme.words).doing(name)
    return plain(name)


def bears(case: Written, consequences: Iterable[str]) -> str:
    """What something bears on, as a sentence of its own; "" where it bears on nothing."""
    names = list(dict.fromkeys(consequences))
    return f" It bears on {listed(treatment(case, name) for name in names)}." if names else ""


def rate_figure(name: str, rate: Fraction, sensor: Sensor, field: str) -> Figure:
    """An error rate with the range worth trying, where the file gives one.

    field: the rate's dotted path within the sensor.
    """
    low, high = sensor.sweep.get(field, (None, None))
    return Figure(
        name,
        float(rate),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        of="" if low is None else "the range that the scheme's file holds worth trying",
    )


def assumed(sensor: Sensor) -> str:
    """What is left open where a sensor's error rates are assumptions."""
    if not sensor.assumption:
        return ""
    return "the error rates of this sensor are assumptions of the scheme's file, not measured"


def begin(sentence: str) -> str:
    """The beginning of a sentence, with its first letter large."""
    return sentence[:1].upper() + sentence[1:]
