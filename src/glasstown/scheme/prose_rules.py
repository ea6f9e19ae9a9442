"""A rule in one sentence."""

from __future__ import annotations

from fractions import Fraction

from glasstown.expr import Yes, constant
from glasstown.expr.field import Expression
from glasstown.files import Span
from glasstown.files.phrases import cap_text
from glasstown.scheme.model import Rule, Scheme
from glasstown.scheme.words import Words, capital, months, number, plain


def rule_sentence(scheme: Scheme, name: str, words: Words) -> str:
    """Say what a rule does, and what citizens are told of it where that is not as usual."""
    rule = scheme.rules[name]
    said = capital(_spoken(rule, words))
    if rule.disclosed is not None:
        told = "are told" if rule.disclosed else "are not told"
        said += f" Citizens {told} of this rule."
    return said


def every(period: int) -> str:
    """How often something comes round: `month`, `3 months`."""
    return {1: "month", 12: "year"}.get(period, months(period))


def _spoken(rule: Rule, words: Words) -> str:
    condition = _if(rule, words)
    seen_by = f"the {plain(rule.seen_by)}" if rule.seen_by else "anybody"
    if rule.when is not None:
        seen = f", when seen by {seen_by}," if rule.seen_by else ""
        effects = _effects(rule, words, doing=True)
        return f"{words.doing(rule.when)}{seen} {effects}{condition}"
    effects = _effects(rule, words, doing=False)
    if rule.missed is not None:
        period = rule.each or 1
        several = seen_by.endswith("s") and not seen_by.endswith("ss")
        show = "show" if several else "shows"
        unseen = f"{seen_by} {show} no {words.doing(rule.missed)} in that time"
        more = f" and{condition.removeprefix(', if')}" if condition else ""
        return f"at the end of every {every(period)}, {effects}, if {unseen}{more}"
    if rule.at_start:
        return f"at the start, {effects}{condition}"
    return f"every {every(rule.each or 1)}, {effects}{condition}"


def _if(rule: Rule, words: Words) -> str:
    if rule.only_if.expr == Yes(True):
        return ""
    return f", if {words.holds(rule.only_if.expr)}"


def _effects(rule: Rule, words: Words, doing: bool) -> str:
    """What the rule does: with `doing`, said of the action, else of the citizen or the score."""
    effects = []
    if rule.points is not None:
        effects.append(_points(rule.points, words, doing, rule.at_start) + _cap(rule))
    if rule.log_odds is not None:
        change = "raises" if rule.log_odds >= 0 else "lowers"
        if not doing:
            change = "rise" if rule.log_odds >= 0 else "fall"
        odds = number(abs(rule.log_odds))
        said = f"{change} the log-odds of a good score by {odds}"
        effects.append(said if doing else f"the log-odds of a good score {change} by {odds}")
    if rule.straight_to is not None:
        held = f" for {months(rule.lasts)}" if rule.lasts else ""
        verb = "keeps the citizen" if doing else "the citizen is kept"
        if not doing and effects and rule.points is not None and not _is_formula(rule.points):
            verb = "is kept"
        effects.append(f"{verb} no higher than the tier {plain(rule.straight_to)}{held}")
    return " and ".join(effects) or "changes nothing"


def _is_formula(points: Span | Expression) -> bool:
    return isinstance(points, Expression) and constant(points.expr) is None


def _points(points: Span | Expression, words: Words, doing: bool, at_start: bool) -> str:
    if isinstance(points, Expression):
        always = constant(points.expr)
        if always is None:
            changes = "changes the score" if doing else "the score changes"
            return f"{changes} by {words.amount(points.expr)}"
        points = Span(always, always)
    subject = "" if doing else "the citizen "
    gain, lose = ("earns", "costs") if doing else ("gains", "loses")
    if points.low == points.high:
        verb = gain if points.low >= 0 else lose
        return f"{subject}{verb} {_count(abs(points.low))}"
    chosen = ", by lot" if at_start else ", as an official decides"
    if points.low >= 0:
        return f"{subject}{gain} {number(points.low)} to {_count(points.high)}{chosen}"
    if points.high <= 0:
        return f"{subject}{lose} {number(-points.high)} to {_count(-points.low)}{chosen}"
    ends = f"{number(points.low)} to +{_count(points.high)}"
    return (
        f"changes the score by {ends}{chosen}" if doing else f"the score changes by {ends}{chosen}"
    )


def _count(points: Fraction) -> str:
    return f"{number(points)} point{'' if points == 1 else 's'}"


def _cap(rule: Rule) -> str:
    if rule.at_most is None:
        return ""
    return f" (at most {_cap_words(cap_text(rule.at_most))})"


def _cap_words(text: str) -> str:
    return text.replace("ever", "in a lifetime") if text.endswith(" ever") else text
