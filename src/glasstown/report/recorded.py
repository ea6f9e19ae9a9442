"""What the schemes recorded: how often rules fired, how often wrongly, and what points followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from glasstown.report import words
from glasstown.report.groups import FEWEST, group_table, is_trait, share_mark, share_said
from glasstown.report.panel import Dots, Figure, Finding, Mark, Piece, Row, together
from glasstown.report.reading import ALL, Group, Reading, steps
from glasstown.report.share import Share
from glasstown.report.table import Column, Table, Value
from glasstown.scheme.model import Rule, Scheme
from glasstown.scheme.words import plain

CHAPTER = "What the schemes recorded"
_LEAST = 0.5
"""Points between groups that are worth a sentence."""


def figures(reading: Reading) -> Iterator[Figure]:
    """The figures of this chapter that the run has something for."""
    schemes = reading.world.schemes
    yield from together(
        "sensors",
        CHAPTER,
        "Rules that fired on a wrong record",
        "Of the times that a rule fired on what a sensor reported, the share in which the citizen "
        "had not done it: a false alarm, or somebody else's record.",
        (_errors(reading, scheme) for scheme in schemes if _sensed(scheme)),
    )
    yield from together(
        "points",
        CHAPTER,
        "Where points came from",
        "What each rule brought to citizens' scores, and took from them: points for each citizen, "
        "on average, added up over all months. Rules that count at the start are not in it.",
        (_points(reading, scheme) for scheme in schemes if _pointed(scheme)),
        note="The table shows each rule by group: where groups differ, it is the rule that tells "
        "them apart, or what they do.",
    )


def _sensed(scheme: Scheme) -> dict[str, Rule]:
    rules = scheme.rules.items()
    return {name: rule for name, rule in rules if rule.when is not None and not rule.at_start}


def _pointed(scheme: Scheme) -> dict[str, Rule]:
    rules = scheme.rules.items()
    return {name: rule for name, rule in rules if rule.points is not None and not rule.at_start}


def _errors(reading: Reading, scheme: Scheme) -> Piece:
    at = scheme.scheme
    shares = {
        name: Share(reading.total(f"{at}.wrong.{name}"), reading.total(f"{at}.fired.{name}"))
        for name in _sensed(scheme)
    }
    rows = tuple(
        Row(
            plain(name),
            _said(share),
            (share_mark(share),),
        )
        for name, share in shares.items()
    )
    dots = Dots(f"{at}: firings on a wrong record", "share", (("", rows),), tones=("wrong",))
    table = Table(
        f"sensors.{at}",
        f"Firings of the rules of {at} over {reading.length}",
        (
            Column("rule", "text"),
            Column("seen by", "text"),
            Column("fired", "count"),
            Column("wrongly", "count"),
            Column("share wrongly", "share"),
            Column("share wrongly, 95% interval", "interval"),
        ),
        tuple(
            (
                plain(name),
                plain(scheme.rules[name].seen_by or "-"),
                share.of,
                share.count,
                share.value,
                share.interval,
            )
            for name, share in shares.items()
        ),
    )
    return Piece((dots,), (table,), (_error_finding(reading, at, shares),))


def _said(share: Share) -> str:
    if not share.of:
        return "never fired"
    said = share_said(share)
    return said if " of " in said else f"{said} of {words.count(share.of)}"


def _error_finding(reading: Reading, at: str, shares: dict[str, Share]) -> Finding:
    fired = sum(share.of for share in shares.values())
    wrong = Share(sum(share.count for share in shares.values()), fired)
    begin = f"In {reading.length} the rules of {at} fired {words.times(fired)} on what its sensors "
    begin += f"reported of {reading.citizens}"
    if not wrong.count:
        return Finding("none", f"of firings wrong ({at})", f"{begin}, and never on a wrong record.")
    sentence = (
        f"{begin}, and {words.count(wrong.count)} of these firings ({words.percent(wrong.value)}) "
        "rested on a wrong record"
    )
    spoken_of = {name: share for name, share in shares.items() if share.of >= FEWEST}
    if len(spoken_of) > 1:
        worst, its = max(spoken_of.items(), key=lambda item: item[1].value or 0.0)
        sentence += (
            f"; most often wrong was the rule {plain(worst)}: {words.percent(its.value)} of "
            f"{words.count(its.of)}"
        )
    return Finding(words.percent(wrong.value), f"of firings wrong ({at})", f"{sentence}.")


def _points(reading: Reading, scheme: Scheme) -> Piece:
    at, unit = scheme.scheme, steps(scheme)
    names = list(_pointed(scheme))

    def each(name: str, group: Group = ALL) -> float | None:
        """Points of a rule for a citizen over the run, on average."""
        months = reading.total("citizens", group)
        if not months:
            return None
        lived = months / reading.ledger.months
        return reading.total(f"{at}.points.{name}", group) / unit / lived

    rows = []
    for name in names:
        value = each(name)
        mark = None if value is None else Mark(value)
        rows.append(Row(plain(name), _signed(value), (mark,)))
    dots = Dots(f"{at}: points for a citizen", "number", (("", tuple(rows)),), stems=True)

    def row(group: Group) -> tuple[Value, ...]:
        return (reading.last("citizens", group), *(each(name, group) for name in names))

    table = group_table(
        f"points.{at}",
        f"Points that each rule of {at} brought a citizen over {reading.length}, by group",
        reading.groups(apart_from=scheme),
        (Column("citizens", "count"), *(Column(plain(name), "number") for name in names)),
        row,
    )
    return Piece((dots,), (table,), _apart(reading, scheme, names, each))


def _apart(
    reading: Reading,
    scheme: Scheme,
    names: list[str],
    each: Callable[[str, Group], float | None],
) -> tuple[Finding, ...]:
    """The rule that brought two groups of one trait the most different points."""
    groups = [g for g in reading.groups(apart_from=scheme) if is_trait(g.by)]
    known = [g for g in groups if reading.last("citizens", g) >= FEWEST]
    found = [
        (abs(mine - its), name, (mine, one), (its, other))
        for name in names
        for one, other in combinations(known, 2)
        if one.by == other.by
        and (mine := each(name, one)) is not None
        and (its := each(name, other)) is not None
    ]
    if not found:
        return ()
    difference, name, *ends = max(found, key=lambda one: one[0])
    if difference < _LEAST:
        return ()
    (most, one), (least, other) = sorted(ends, key=lambda end: -abs(end[0]))
    sentence = (
        f"Among {reading.citizens}, no rule of {scheme.scheme} told groups of one trait further "
        f"apart than {plain(name)}: over {reading.length} it brought {_signed(most)} points to a "
        f"citizen in the group “{one.label}” and {_signed(least)} to one in the group "
        f"“{other.label}”, on average."
    )
    return (Finding(f"{_signed(most)} and {_signed(least)}", f"points by {plain(name)}", sentence),)


def _signed(value: float | None) -> str:
    text = words.number(value)
    return f"+{text}" if value is not None and value >= 0.005 else text
