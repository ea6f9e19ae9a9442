"""A dossier as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from textwrap import wrap

from glasstown.engine.dossier.model import Account, Dossier, Entry, Month, ScoreChange

_WIDTH = 92
_LABEL = 12


def text(dossier: Dossier) -> str:
    """The dossier, section by section."""
    sections = [_heading(dossier), _months(dossier)]
    if dossier.month is None:
        sections += [_account(account) for account in dossier.accounts]
        sections.append("\n".join(_wrapped(dossier.closing)))
    return "\n\n".join(section for section in sections if section)


def _heading(dossier: Dossier) -> str:
    title = f"Citizen {dossier.citizen:,} of {dossier.title}"
    what = "What the citizen is told." if dossier.as_citizen else "All that happened, and why."
    about = "; ".join(f"{name}: {value}" for name, value in dossier.about)
    home = f"seat {dossier.seat} of {dossier.seats} in community {dossier.community:,}"
    lines = [title, "=" * len(title), f"{what} An invented life: nobody real is meant.", ""]
    lines += _labelled("who", f"{about}; {home}" if about else home)
    for number, line in enumerate(dossier.opening):
        lines += _labelled("start" if number == 0 else "", line)
    return "\n".join(lines)


def _months(dossier: Dossier) -> str:
    if dossier.month is not None:
        return "\n".join(_month(dossier.months[0], every=True))
    lines: list[str] = []
    quiet: list[Month] = []
    for month in dossier.months:
        if _is_quiet(month):
            quiet.append(month)
            continue
        lines += [*_quiet(quiet), *_month(month, every=False)]
        quiet = []
    return "\n".join([*lines, *_quiet(quiet)])


def _is_quiet(month: Month) -> bool:
    minor = all(entry.minor for entry in month.entries)
    return minor and all(change.quiet for change in month.scores)


def _quiet(months: Sequence[Month]) -> Iterator[str]:
    if not months:
        return
    first, last = months[0].number, months[-1].number
    when = f"Month {first}" if first == last else f"Months {first} to {last}"
    ends = zip(months[0].scores, months[-1].scores, strict=True)
    moves = _moves([replace(begin, after=end.after) for begin, end in ends])
    yield f"{when}{moves}: nothing to tell"


def _moves(changes: Sequence[ScoreChange]) -> str:
    """Where scores moved to, in brackets."""
    moves = [
        f"{c.scheme} {_points(c.before, c.decimals)} to {_points(c.after, c.decimals)}"
        for c in changes
        if c.before != c.after
    ]
    return f" ({'; '.join(moves)})" if moves else ""


def _month(month: Month, every: bool) -> Iterator[str]:
    # A score that moved as it does every month stands beside the month.
    shown = [change for change in month.scores if every or not change.quiet]
    aside = _moves([change for change in month.scores if change not in shown])
    yield f"Month {month.number}{aside}"
    for change in shown:
        yield from _labelled("score", _change(change))
    for entry in month.entries:
        if every or not entry.minor:
            yield from _entry(entry)


def _change(change: ScoreChange) -> str:
    before, after = (_points(p, change.decimals) for p in (change.before, change.after))
    parts = [f"{_signed(points, change.decimals)} ({cause})" for cause, points in change.parts]
    if not parts:
        return f"{change.scheme}: {after}, unchanged"
    return f"{change.scheme}: {before} {' '.join(parts)} = {after}"


def _entry(entry: Entry) -> Iterator[str]:
    yield from _labelled(entry.kind, entry.text)
    for detail in entry.details:
        yield from wrap(
            detail,
            _WIDTH,
            initial_indent=" " * (_LABEL + 4),
            subsequent_indent=" " * (_LABEL + 6),
        )


def _labelled(label: str, line: str) -> list[str]:
    return wrap(
        line,
        _WIDTH,
        initial_indent=f"  {label:<{_LABEL}}",
        subsequent_indent=" " * (_LABEL + 4),
        break_on_hyphens=False,
    )


def _account(account: Account) -> str:
    lines = [f"How the score of {account.scheme} came about"]
    lines.append(_row("start", "", _points(account.start, account.decimals)))
    for row in account.rows:
        times = f"{row.times} months" if row.times > 1 else "1 month"
        lines.append(_row(row.cause, times, _signed(row.points, account.decimals)))
    lines.append(_row("end", "", _points(account.end, account.decimals)))
    return "\n".join(lines)


def _row(cause: str, times: str, points: str) -> str:
    return f"  {cause:<40} {times:>10} {points:>12}"


def _wrapped(lines: Sequence[str]) -> list[str]:
    return [part for line in lines for part in wrap(line, _WIDTH, subsequent_indent="  ")]


def _points(points: Fraction, decimals: int) -> str:
    return f"{float(points):,.{decimals}f}"


def _signed(points: Fraction, decimals: int) -> str:
    return f"{float(points):+,.{decimals}f}"
