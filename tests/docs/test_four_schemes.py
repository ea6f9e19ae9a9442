"""docs/explanation/four-schemes.md shows what the audits of the four schemes find."""

from __future__ import annotations

from tests.cli.commands import ROOT

from glasstown.audit import Answer, Verdict, audit_scheme
from glasstown.audit.written import PROBES

PAGE = ROOT / "docs/explanation/four-schemes.md"


def said(answer: Answer) -> str:
    if answer.verdict is Verdict.FOUND:
        return str(answer.weight)
    return "cannot tell" if answer.verdict is Verdict.CANNOT_TELL else "-"


def test_the_table_is_what_the_audits_find() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    _, *schemes = rows[0]
    audits = [audit_scheme(scheme).answers for scheme in schemes]
    expected = [
        [probe.about.name, *(said(answers[number]) for answers in audits)]
        for number, probe in enumerate(PROBES)
    ]
    assert rows[1:] == expected
