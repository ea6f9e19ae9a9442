"""The unit of every number that a file can set, by the part that sets it."""

from __future__ import annotations

from glasstown.conduct.model import (
    Action,
    Belief,
    Conduct,
    Fear,
    Means,
    Norm,
    Occasion,
    Pull,
)
from glasstown.nation.model import (
    Communities,
    Interaction,
    Margin,
    Nation,
    Normal,
    Place,
    Range,
    Row,
    Trait,
)
from glasstown.scheme.model import (
    Appeals,
    Consequence,
    Disclosure,
    Extension,
    Fade,
    RateByGroup,
    Register,
    Rule,
    Scheme,
    Score,
    Sensor,
    Upheld,
)

AROUND = "the same"
"""Stands for the unit of the part that a number lies in: a trait's, or an error rate's."""

FORMULA = "formula"
MONTHLY = "chance a month"

_POINTS, _MONTHS, _SHARE, _YES, _WORTH = "points", "months", "share", "yes or no", "units of worth"
_PER_UNIT = "log-odds for a unit of the formula"

UNITS: dict[type, dict[str, str]] = {
    Score: {"range": _POINTS, "start": _POINTS, "kept_to": _POINTS, "link": "how points add up"},
    Fade: {"toward": _POINTS, "half_life": _MONTHS, "rate": "share a month"},
    RateByGroup: {"rates": AROUND, "otherwise": AROUND},
    Sensor: {
        "watches": FORMULA,
        "covers": _SHARE,
        "covers_by": "what is covered or not",
        "detects": "chance for each case",
        "false_alarm": MONTHLY,
        "delay": _MONTHS,
        "mistaken": "share of hits",
    },
    Rule: {
        "each": "period",
        "only_if": FORMULA,
        "points": _POINTS,
        "log_odds": "log-odds",
        "at_most": "points in a period",
        "lasts": _MONTHS,
        "disclosed": _YES,
    },
    Extension: {"only_if": FORMULA, "by": _MONTHS, "at_most": _MONTHS},
    Register: {
        "enter": FORMULA,
        "leave": FORMULA,
        "at_least": _MONTHS,
        "at_most": _MONTHS,
        "disclosed": _YES,
    },
    Consequence: {
        "applies_to": FORMULA,
        "best": "share of citizens",
        "outcome": "what happens",
        "needs_means": _WORTH,
    },
    Upheld: {"wrong": "share of appeals", "right": "share of appeals"},
    Appeals: {"filed": "share of those harmed", "heard_after": _MONTHS},
    Disclosure: dict.fromkeys(("score", "tier", "rules", "reasons", "registers"), _YES),
    Scheme: {"tiers": _POINTS, "tier_margin": _POINTS},
    Range: {"low": AROUND, "high": AROUND},
    Normal: dict.fromkeys(("mean", "sd", "low", "high"), AROUND),
    Row: {"share": _SHARE, "values": _SHARE, "numbers": _SHARE},
    Trait: {
        "share": _SHARE,
        "values": _SHARE,
        "numbers": _SHARE,
        "scale": "steps in a unit of the trait",
    },
    Place: {"share": "share of communities"},
    Communities: {"size": "citizens"},
    Interaction: {"cells": FORMULA, "odds": "odds ratio"},
    Margin: {"shares": "share of citizens"},
    Nation: {"citizens": "citizens"},
    Action: {
        "who": FORMULA,
        "rate": MONTHLY,
        "taste": _PER_UNIT,
        "pull": "factor",
        "norm": "factor",
        "usual": _SHARE,
        "fear": "log-odds at full fear",
        "voices": FORMULA,
    },
    Occasion: {"who": FORMULA, "rate": MONTHLY, "taste": _PER_UNIT, "worth": _WORTH},
    Pull: {
        "weight": "log-odds for a unit of worth",
        "months": _MONTHS,
        "keeps": "share a month",
        "spread": _POINTS,
    },
    Belief: {
        "at_first": "share of full belief",
        "learns": "share of doubt, for 16 cases in a month",
        "forgets": "share a month",
    },
    Norm: {"weight": "log-odds for a full share of others", "of": "whose shares count"},
    Fear: {
        "own": "share of full fear",
        "seen": "share of full fear",
        "fades": "share a month",
        "unexplained": "factor",
    },
    Means: {"half_life": _MONTHS, "limit": _WORTH},
    Conduct: {},
}
"""By part and field. What is not named here is a name, a text or a part of its own."""
