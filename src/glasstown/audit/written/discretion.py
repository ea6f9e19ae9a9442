"""Are there points that an official sets at will?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.reach import in_steps, tier_numbers
from glasstown.audit.written.written import Written
from glasstown.files import Span
from glasstown.scheme.words import number, plain


@final
class Discretion(Probe[Written]):
    """Points within a range, so that two citizens who did the same can be treated differently."""

    about = About(
        name="discretion",
        title="Points at an official's discretion",
        asks="Which rules let somebody choose how many points an act costs or earns?",
        matters=(
            "Where the number is chosen case by case, two people who did the same can end in "
            "different tiers, and nobody can foresee or contest which."
        ),
        computed=(
            "Every rule whose points are a range is named, with the width of the range, and with "
            "how many tiers the choice alone can decide between: the most that lie within one "
            "width of a score that can be reached."
        ),
        cannot="How officials use the room that they have, and whether they write down why.",
        sources=(
            Reference(
                "Rongcheng personal credit assessment standards, Attachment 1",
                'the row "other untrustworthy circumstances", -5 to -50 in light of circumstances',
                "https://www.chinalawtranslate.com/en/%E8%8D%A3%E6%88%90%E5%B8%82%E4%B8%AA%E4%BA%BA"
                "%E4%BF%A1%E7%94%A8%E8%AF%84%E4%BB%B7%E6%A0%87%E5%87%86/",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """Each rule with a range of points, but for those drawn at the start."""
        for name, rule in case.scheme.rules.items():
            points = rule.points
            if rule.at_start or not isinstance(points, Span) or points.low == points.high:
                continue
            tiers = _tiers_within(case, points)
            decides = f", enough to decide between {tiers} tiers" if tiers > 1 else ""
            low, high = number(points.low), number(points.high)
            yield Finding(
                says=f"An official chooses between {low} and {high} points for "
                f"{plain(name)}{decides}.",
                weight=Weight.SERIOUS if tiers > 1 else Weight.NOTABLE,
                steps=(case.sheet.part("rules", name),),
                figures=(
                    Figure("width of the range", float(points.high - points.low), "points"),
                    Figure("tiers within the width", tiers, "tiers"),
                ),
                remedy=f"give `rules.{name}.points` one number, or split the rule by what "
                "makes the difference",
            )

    def looked(self, case: Written) -> str:
        """How many rules were looked at."""
        return f"{len(case.scheme.rules)} rules"


def _tiers_within(case: Written, points: Span) -> int:
    """The most tiers that somebody may land in by the choice of points alone."""
    score, reached = case.scheme.score, case.sheet.reach
    if score is None or reached is None:
        return 1
    tiers = tier_numbers(case.scheme)
    last = len(tiers) - 1
    low, high = in_steps(score, points.low), in_steps(score, points.high)
    return max(
        int(tiers[min(max(at + high, 0), last)] - tiers[min(max(at + low, 0), last)]) + 1
        for at in reached.scores.nonzero()[0].tolist()
    )
