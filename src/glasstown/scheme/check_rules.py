"""Whether the rules of a scheme are in order."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from glasstown.errors import Problem, nearest, shown
from glasstown.expr import constant
from glasstown.expr.field import Expression
from glasstown.files import Document, Span
from glasstown.files.exact import decimal_text
from glasstown.files.phrases import cap_text
from glasstown.scheme.check_score import MOST_STEPS
from glasstown.scheme.model import Rule, Scheme

_KINDS = "`when: ACTION`, `missed: ACTION` with `each`, `each: month`, or `at_start: yes`"


def rule_problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Everything wrong with the rules, but for their formulas."""
    for name, rule in scheme.rules.items():
        yield from _kind(name, rule, at)
        yield from _sensor(name, rule, scheme, at)
        yield from _award(name, rule, scheme, at)
        yield from _cap(name, rule, scheme, at)
        yield from _override(name, rule, scheme, at)


def _kind(name: str, rule: Rule, at: Document) -> Iterator[Problem]:
    said = [kind for kind in ("when", "missed") if getattr(rule, kind) is not None]
    if rule.each is not None and rule.missed is None:
        said.append("each")
    if rule.at_start:
        said.append("at_start")
    if len(said) > 1:
        yield at.problem(
            "rules",
            name,
            said[-1],
            what=f"the rule {shown(name)} has {_and([f'`{kind}`' for kind in said])}",
            why="a rule has one occasion to speak",
            remedy="keep one, and make the other a rule of its own",
        )
    elif not said:
        yield at.problem(
            "rules",
            name,
            what=f"nothing says when the rule {shown(name)} applies",
            remedy=f"add one of {_KINDS}",
        )
    if rule.missed is not None and rule.each is None:
        yield at.problem(
            "rules",
            name,
            "missed",
            what=f"the rule {shown(name)} does not say within what time {shown(rule.missed)} "
            "has to be done",
            remedy="add `each: month` or another period",
        )


def _sensor(name: str, rule: Rule, scheme: Scheme, at: Document) -> Iterator[Problem]:
    sees = rule.when is not None or rule.missed is not None
    if rule.seen_by is None:
        if sees:
            example = next(iter(scheme.sensors), "")
            kind = "when" if rule.when is not None else "missed"
            yield at.problem(
                "rules",
                name,
                kind,
                what=f"the rule {shown(name)} does not say which sensor sees "
                f"{shown(rule.when or rule.missed)}",
                why="nothing is known to a scheme but what a sensor, perhaps wrongly, records",
                remedy=f"add `seen_by: {example}`"
                if example
                else "declare a sensor under `sensors:`, and name it in `seen_by`",
            )
    elif not sees:
        yield at.problem(
            "rules",
            name,
            "seen_by",
            what=f"the rule {shown(name)} has a sensor, and no action for it to see",
            remedy="add `when: ACTION`, or delete `seen_by`",
        )
    elif rule.seen_by not in scheme.sensors:
        yield no_sensor(("rules", name, "seen_by"), rule.seen_by, scheme, at)


def no_sensor(path: tuple[str, ...], sensor: str, scheme: Scheme, at: Document) -> Problem:
    """The problem of a sensor that is not declared."""
    return at.problem(
        *path,
        what=f"there is no sensor {shown(sensor)}",
        why=f"the sensors are {', '.join(scheme.sensors)}" if scheme.sensors else "",
        remedy="name a sensor of this scheme, or declare it under `sensors:`",
        nearest=nearest(sensor, scheme.sensors),
        at_value=True,
    )


def _award(name: str, rule: Rule, scheme: Scheme, at: Document) -> Iterator[Problem]:
    if rule.points is not None and rule.log_odds is not None:
        yield at.problem(
            "rules",
            name,
            "log_odds",
            what=f"the rule {shown(name)} has both `points` and `log_odds`",
            remedy="keep `log_odds` where `score.link` is logistic, else `points`",
        )
        return
    if rule.points is None and rule.log_odds is None and rule.straight_to is None:
        yield at.problem(
            "rules",
            name,
            what=f"the rule {shown(name)} changes nothing",
            remedy="add `points: -10`, or `straight_to: TIER` with `lasts: 12 months`",
        )
    logistic = scheme.score is not None and scheme.score.link == "logistic"
    if rule.log_odds is not None:
        yield from _log_odds(name, rule, rule.log_odds, logistic, at)
    elif rule.points is not None and rule.at_start and logistic:
        yield at.problem(
            "rules",
            name,
            "points",
            what=f"the rule {shown(name)} gives points at the start, and the score's link is "
            "logistic",
            why="a logistic score starts from the sum of log-odds",
            remedy="write `log_odds: 0.5` in place of `points`, or drop `link: logistic`",
        )
    if rule.points is not None and scheme.score is not None:
        yield from _size(name, rule.points, scheme, at)


def _log_odds(
    name: str, rule: Rule, log_odds: Fraction, logistic: bool, at: Document
) -> Iterator[Problem]:
    if not rule.at_start or not logistic:
        missing = "applies later than the start" if logistic else "has no logistic score to add to"
        yield at.problem(
            "rules",
            name,
            "log_odds",
            what=f"the rule {shown(name)} gives log-odds, and {missing}",
            why="log-odds are added up once, at the start, to a score with `link: logistic`",
            remedy="write `points`" if logistic else "write `points`, or `link: logistic`",
        )
    if abs(log_odds) > 20:
        yield at.problem(
            "rules",
            name,
            "log_odds",
            what=f"the rule {shown(name)} gives {decimal_text(log_odds)} log-odds",
            why="beyond 20 either way a chance is 0 or 1 for any purpose",
            remedy="write a number from -20 to 20",
        )


def _size(name: str, points: Span | Expression, scheme: Scheme, at: Document) -> Iterator[Problem]:
    assert scheme.score is not None
    kept = scheme.score.kept_to
    if isinstance(points, Span):
        ends = [points.low, points.high]
    else:
        always = constant(points.expr)
        ends = [] if always is None else [always]
    if kept <= 0:
        return
    for end in ends:
        if abs(end) / kept > MOST_STEPS:
            yield at.problem(
                "rules",
                name,
                "points",
                what=f"the rule {shown(name)} gives {_n(end)} points, which is more than "
                f"{MOST_STEPS:,} steps of {_n(kept)}",
                why="points are kept as whole steps, in 16 bits",
                remedy=f"write at most {_n(MOST_STEPS * kept)}; the range is "
                f"{_n(scheme.score.range[1] - scheme.score.range[0])} points wide",
            )
    if ends and any(ends) and all(abs(end) / kept <= Fraction(1, 2) for end in ends):
        yield at.problem(
            "rules",
            name,
            "points",
            what=f"the rule {shown(name)} gives {_n(ends[0])} points, which count as nothing",
            why=f"the score is kept to {_n(kept)} points, and they are rounded to that",
            remedy="give more points, or write a finer `kept_to` for the score",
        )


def _cap(name: str, rule: Rule, scheme: Scheme, at: Document) -> Iterator[Problem]:
    cap = rule.at_most
    if cap is None:
        return
    kept = scheme.score.kept_to if scheme.score is not None else Fraction(1)
    path = ("rules", name, "at_most")
    if rule.at_start or rule.points is None:
        what = "happens once" if rule.at_start else "gives no points"
        remedy = "delete `at_most`"
        yield at.problem(*path, what=f"the rule {shown(name)} {what}, and has a cap", remedy=remedy)
    elif kept > 0 and round(cap.points / kept) < 1:
        yield at.problem(
            *path,
            what=f"the rule {shown(name)} is capped at {cap_text(cap)}",
            why="a rule that can bring nothing is no rule",
            remedy="raise the cap, or delete the rule",
        )
    elif kept > 0 and cap.points / kept > MOST_STEPS:
        yield at.problem(
            *path,
            what=f"the rule {shown(name)} is capped at {cap_text(cap)}, which is more than "
            f"{MOST_STEPS:,} steps of {_n(kept)}",
            remedy=f"write at most {_n(MOST_STEPS * kept)}, or delete the cap",
        )


def _override(name: str, rule: Rule, scheme: Scheme, at: Document) -> Iterator[Problem]:
    tier = rule.straight_to
    if tier is None:
        if rule.lasts is not None:
            what = f"the rule {shown(name)} lasts, and puts nobody in a tier"
            remedy = "add `straight_to: TIER`, or delete `lasts`"
            yield at.problem("rules", name, "lasts", what=what, remedy=remedy)
        return
    if tier not in scheme.tiers:
        yield at.problem(
            "rules",
            name,
            "straight_to",
            what=f"there is no tier {shown(tier)}",
            why=f"the tiers are {', '.join(scheme.tiers)}" if scheme.tiers else "",
            remedy="name a tier of this scheme, or declare it under `tiers:`",
            nearest=nearest(tier, scheme.tiers),
            at_value=True,
        )
    if rule.at_start:
        yield at.problem(
            "rules",
            name,
            "straight_to",
            what=f"the rule {shown(name)} puts citizens in a tier at the start",
            why="at the start the tier follows from the score alone",
            remedy="write `each: month` in place of `at_start: yes`, or give points",
        )
    elif not rule.lasts:
        yield at.problem(
            "rules",
            name,
            "straight_to",
            what=f"nothing says how long the rule {shown(name)} keeps a citizen in {shown(tier)}",
            remedy="add `lasts: 12 months`, or another span of at least one month",
        )


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]])


def _n(number: Fraction) -> str:
    return decimal_text(number)
