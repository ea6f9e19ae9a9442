"""An audit as one HTML page, with everything in it; and as a card for a notebook."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import Any

from markupsafe import Markup

from glasstown import __version__
from glasstown.audit import About, Audit, Verdict
from glasstown.report.audit import said
from glasstown.report.frame import environment, style
from glasstown.report.words import first, tidy

_COLUMNS = ("subject", "probe", "verdict", "weight", "finding", "figure", "value", "unit", "low",
            "high", "of")  # fmt: skip


def text(audit: Audit) -> str:
    """The page of an audit: the same text for the same audit."""
    made = environment()
    made.filters["coded"] = coded
    return made.get_template("audit.html").render(_context(audit))


def coded(words: str) -> Markup:
    """A text made safe, with what stands in backticks as code."""
    parts = tidy(words).split("`")
    if len(parts) % 2 == 0:
        return Markup("{}").format(tidy(words))
    pieces = ("<code>{}</code>" if at % 2 else "{}" for at in range(len(parts)))
    return Markup("").join(
        Markup(piece).format(part) for piece, part in zip(pieces, parts, strict=True)
    )


def card(audit: Audit) -> str:
    """What a notebook shows of an audit: how much was found, and each finding in a row."""
    rows = "".join(
        f"<tr><td style='text-align:left'>{escape(said.heading(item))}</td>"
        f"<td style='text-align:left'>{escape(item.answer.about.title)}</td>"
        f"<td style='text-align:left'>{escape(item.finding.says)}</td></tr>"
        for item in said.items(audit)
    )
    heads = "".join(f"<th scope='col' style='text-align:left'>{h}</th>"
                    for h in ("verdict", "question", "finding"))  # fmt: skip
    caption = escape(f"{tidy(audit.subject)}: {said.counted(audit)}")
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"<p>{caption}</p>{table}"


def _context(audit: Audit) -> dict[str, Any]:
    every = said.items(audit)
    abouts = {answer.about.name: answer.about for answer in audit.answers}
    return {
        "style": style(),
        "title": tidy(getattr(audit.of, "title", "") or audit.subject),
        "standfirst": said.counted(audit),
        "chapters": [],
        "found": [_shown(i, at) for at, i in enumerate(every, 1) if _is_found(i)],
        "untold": [_shown(i, at) for at, i in enumerate(every, 1) if not _is_found(i)],
        "quiet": [
            (subject, answer.about, answer.looked or answer.about.asks)
            for subject, answer in said.silent(audit)
        ],
        "several": said.several(audit),
        "lived": any(part.way.value == "from inside" for part in said.parts(audit)),
        "facts": _facts(audit),
        "yardstick": tidy(audit.by.about) if audit.by is not None else "",
        "questions": [_question(about) for about in abouts.values()],
        "figures": _csv(every),
        "limits": said.LIMITS,
        "version": __version__,
    }


def _is_found(item: said.Item) -> bool:
    return item.finding.verdict is Verdict.FOUND


def _shown(item: said.Item, at: int) -> dict[str, Any]:
    finding = item.finding
    says = {
        "To remove it": first(finding.remedy) if _is_found(item) else "",
        "Left open": first(finding.open),
        "Citizens who show it": ", ".join(map(str, finding.lives)),
        "Cannot be shown": item.answer.about.cannot if item.first else "",
    }
    return {
        "key": f"finding-{at}",
        "heading": said.heading(item),
        "about": item.answer.about,
        "of": f"{item.subject} {item.way}",
        "says": finding.says,
        "steps": [(step.path, said.place(step.place), step.says) for step in finding.steps],
        "figures": [(f.name, said.amount(f), *said.interval(f), f.of) for f in finding.figures],
        "between": any(said.interval(f)[0] for f in finding.figures),
        "counted": any(f.of for f in finding.figures),
        "said": [(name, words) for name, words in says.items() if words],
    }


def _facts(audit: Audit) -> list[tuple[str, str]]:
    rows = [("Subject", tidy(audit.subject))]
    rows += [("Run", tidy(audit.saw))] * bool(audit.saw)
    rows += [(first(part.way), _part(part)) for part in said.parts(audit)]
    by = tidy(audit.by.title) if audit.by is not None else ""
    rows.append(("Yardstick", f"{tidy(audit.yardstick)}: {by}" if by else tidy(audit.yardstick)))
    rows.append(("Probes asked", f"{len({a.about.name for a in audit.answers}):,}"))
    return rows


def _part(part: Audit) -> str:
    subject = tidy(getattr(part.of, "title", "") or part.subject)
    return f"{subject}: {tidy(part.saw)}" if part.saw else subject


def _question(about: About) -> dict[str, Any]:
    return {
        "about": about,
        "sources": [(tidy(s.title), tidy(s.where), s.url) for s in about.sources],
    }


def _csv(every: list[said.Item]) -> str:
    """Every figure of the audit, a row each; "" where there is none."""
    rows = [
        (item.subject, item.answer.about.name, item.finding.verdict.value,
         item.finding.weight.value, item.finding.says, f.name, f.value, f.unit, f.low, f.high, f.of)
        for item in every
        for f in item.finding.figures
    ]  # fmt: skip
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_COLUMNS, *rows])
    return out.getvalue()
