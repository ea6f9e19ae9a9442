"""The page of a sweep: everything in it, nothing fetched, no script."""

from __future__ import annotations

from typing import Any

from glasstown import __version__
from glasstown.report import view as pages
from glasstown.report import words
from glasstown.report.frame import environment, style
from glasstown.report.panel import Figure
from glasstown.report.sweep_figures import MOST_FIGURES, figures
from glasstown.report.swept import Reading
from glasstown.sweeps import Sweep
from glasstown.sweeps.effects import METHOD

_CHAPTERS = {
    "Scores and tiers": ("score", "tier", "rose", "fell", "points", "fired", "wrong"),
    "Registers": ("on", "entered", "left", "wrongly_on", "exposed"),
    "What was refused and given": (
        "wanted",
        "refused",
        "refused_wrongly",
        "required",
        "unmet",
        "advanced",
        "discounted",
        "appealed",
        "heard",
        "upheld",
    ),
    "What citizens did, said and left unsaid": ("did", "held", "would", "silenced", "in"),
    "Fear and means": ("fear", "means", "citizens"),
}

_SOBOL = (
    "The first order index is the share of an outcome's variance, over all the ranges, that a "
    "number brings about alone; the total index adds what it brings about together with others. "
    "Totals may add up to more than 1."
)
_MORRIS = (
    "The mean absolute effect, mu*, is how far an outcome moves on the average when a number goes "
    "from one end of its range to the other, the others being anywhere. A spread (sigma) as large "
    "as mu* says that the effect depends on the others, or is not straight."
)


def page(sweep: Sweep) -> str:
    """The page of a sweep: the same text for the same sweep."""
    template = environment().get_template("sweep.html")
    return template.render(_context(sweep))


def _context(sweep: Sweep) -> dict[str, Any]:
    reading = Reading(sweep)
    shown = figures(sweep)
    chapters: dict[str, list[Figure]] = {name: [] for name in _CHAPTERS}
    for figure in shown:
        chapters[_chapter(reading, figure.name)].append(figure)
    left = len(sweep.measures) - len(shown)
    return {
        "style": style(),
        "title": words.tidy(sweep.world.title or sweep.world.name),
        "standfirst": reading.standfirst(),
        "facts": _facts(sweep),
        "chapters": [
            (name, [(_slug(figure.name), pages.view(figure)) for figure in its])
            for name, its in chapters.items()
            if its
        ],
        "undrawn": f"{left:,} more measures are in the table." if left > 0 else "",
        "most": MOST_FIGURES,
        "ranges": [_range(each) for each in sweep.ask.design.ranges],
        "left_out": reading.left_out(),
        "limits": _limits(sweep),
        "version": __version__,
    }


def _chapter(reading: Reading, measure: str) -> str:
    scheme = next((e.scheme for e in reading.ask.outcomes if e.measure == measure), "")
    own = measure.removeprefix(scheme + ".") if scheme else measure
    kind = own.split(".")[0]
    return next((name for name, its in _CHAPTERS.items() if kind in its), next(iter(_CHAPTERS)))


def _facts(sweep: Sweep) -> list[tuple[str, str]]:
    world = sweep.world
    kinds = {
        "grid": "every combination of the values",
        "sobol": "a Sobol sample of the ranges",
        "morris": "a Morris sample of the ranges",
    }
    varied = words.listed(sweep.paths) if len(sweep.paths) <= 8 else f"{len(sweep.paths):,} numbers"
    return [
        ("World", words.tidy(world.name)),
        ("Schemes", words.listed(scheme.scheme for scheme in world.schemes) or "none"),
        ("Nation", world.nation.nation),
        ("Conduct", world.conduct.conduct),
        ("Citizens", words.count(world.citizens)),
        ("Months", words.count(world.months)),
        ("Varied", varied),
        ("Settings", f"{sweep.settings:,}, the world as written among them: {kinds[sweep.kind]}"),
        ("Seeds", _seeds(sweep)),
        ("Runs", words.count(sweep.runs)),
    ]


def _seeds(sweep: Sweep) -> str:
    first, last = sweep.seeds[0], sweep.seeds[-1]
    return str(first) if first == last else f"{first} to {last}, the same for every setting"


def _range(each: Any) -> tuple[str, str]:
    from glasstown.sweeps.values import plain_text

    ends = f"{plain_text(each.low)} to {plain_text(each.high)}"
    return each.path, f"{ends}, rounded to {plain_text(each.step)}"


def _limits(sweep: Sweep) -> list[tuple[str, str]]:
    seeds = len(sweep.seeds)
    found = [
        (
            "Nobody here exists",
            "The nation is invented. A finding is about these schemes on this invented nation, and "
            "about no real person, place or year.",
        )
    ]
    if sweep.kind == "grid":
        said = (
            f"The bar around a point is {METHOD}; it is set around the setting's mean over seeds. "
            "It says how far luck moves the difference from the world as written, and not how far "
            "luck moves the level. Of many differences looked at, some lie outside their "
            "intervals by luck."
        )
        found.append(
            ("What the intervals are", said)
            if seeds > 1
            else (
                "One seed",
                "Each setting was run on one seed, so no interval can be given. Repeat the sweep "
                "on more seeds before you lean on a difference.",
            )
        )
    else:
        method = _SOBOL if sweep.kind == "sobol" else _MORRIS
        found += [
            ("What the indices are", f"{method} The intervals are SALib's, by resampling (95%)."),
            (
                "What they rest on",
                "The ranges are taken as they are written, each number in them as likely as any "
                "other and by itself. Other ranges give other indices. Numbers are rounded as told "
                "under “What was varied”, so that a run can be had again.",
            ),
            (
                "Luck",
                "Every setting meets the same luck"
                + (
                    f", on each of {seeds} seeds, and the outcome is their mean."
                    if seeds > 1
                    else "."
                )
                + " What luck itself would move is no part of the indices.",
            ),
        ]
    return found


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in name)
