"""Automated decisions, the assessment of impact, and the draft of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.audit import Verdict, audit_scheme, fria
from glasstown.scheme import load_scheme
from tests.audit.schemes import answer, audited

MACHINE: dict[str, object] = {
    "oversight.decides": "machine",
    "oversight.safeguards": ["person"],
    "consequences.deposit.occasion": "use_computer",
}


def test_what_a_machine_decides_alone_is_said(tmp_path: Path) -> None:
    (finding,) = answer(audited(tmp_path, MACHINE), "automated-decision").findings
    assert finding.says == (
        "A machine alone decides on having to bring a deposit when using computer, without a "
        "hearing of the citizen's own view or a way to contest the decision: this meets the "
        "wording of Article 22 of the GDPR."
    )
    assert finding.steps[-1].place.line > 1


@pytest.mark.parametrize(
    "mended",
    [
        {"oversight.decides": "person"},
        {"oversight.safeguards": ["person", "view", "contest"]},
        {"consequences.deposit.occasion": "borrow_book"},
    ],
)
def test_any_one_mending_is_enough(mended: dict[str, object], tmp_path: Path) -> None:
    found = answer(audited(tmp_path, {**MACHINE, **mended}), "automated-decision")
    assert found.verdict is Verdict.NOT_FOUND


def test_severity_is_significant_from_the_declared_threshold_on(tmp_path: Path) -> None:
    refused = {
        **MACHINE,
        "consequences.deposit.occasion": "enter_library",
        "consequences.deposit.outcome": "refuse",
    }
    at = audited(tmp_path, refused, {"significance": {"at_least": 6}})
    assert answer(at, "automated-decision").verdict is Verdict.FOUND
    above = audited(tmp_path, refused, {"significance": {"at_least": 7}})
    assert answer(above, "automated-decision").verdict is Verdict.NOT_FOUND


def test_who_decides_or_what_is_decided_may_not_be_known(tmp_path: Path) -> None:
    unsaid = answer(audited(tmp_path, {**MACHINE, "oversight.decides": None}), "automated-decision")
    assert unsaid.verdict is Verdict.CANNOT_TELL
    strange = {**MACHINE, "consequences.deposit.occasion": "leave"}
    unknown = answer(audited(tmp_path, strange), "automated-decision")
    assert unknown.verdict is Verdict.CANNOT_TELL
    assert "occasions.leave" in unknown.findings[0].remedy


def test_each_missing_content_of_an_assessment_is_named(tmp_path: Path) -> None:
    gaps = {"oversight.assessment.risks": " ", "oversight.assessment.persons": None}
    (finding,) = answer(audited(tmp_path, gaps), "impact-assessment").findings
    assert finding.says == (
        "A public authority puts this scheme over people, and the assessment of its impact on "
        "rights does not say (c) which persons it is put over and (d) the risks of harm to them, "
        "as Article 27(1) of the EU AI Act asks."
    )
    assert finding.figures[0].value == 2


def test_a_private_body_owes_an_assessment_for_credit_alone(tmp_path: Path) -> None:
    bare = {"oversight.assessment": None, "oversight.authority": "private"}
    assert answer(audited(tmp_path, bare), "impact-assessment").verdict is Verdict.NOT_FOUND
    unknown = {**bare, "consequences.deposit.occasion": "leave"}
    assert answer(audited(tmp_path, unknown), "impact-assessment").verdict is Verdict.CANNOT_TELL
    unsaid = {**bare, "oversight.authority": None}
    assert answer(audited(tmp_path, unsaid), "impact-assessment").verdict is Verdict.CANNOT_TELL
    assert answer(audit_scheme("fico-like"), "impact-assessment").verdict is Verdict.FOUND


def test_the_draft_says_of_each_line_where_it_comes_from(tmp_path: Path) -> None:
    audit = audited(tmp_path, {"consequences.deposit.context": "work"})
    text = fria(audit, load_scheme(tmp_path / "scheme.yaml"))
    headings = [line[3:6] for line in text.splitlines() if line.startswith("## ")]
    assert headings == [f"({letter})" for letter in "abcdef"]
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert all(line.endswith("`)") or line.startswith("- **To be filled in**") for line in lines)
    for line in (
        "- At the lending desk, when a book is borrowed. (`oversight.assessment.process`)",
        "- Borrowing a book takes a deposit if the tier is under ordinary. "
        "(`consequences.deposit`)",
        "- Those who are recorded as returning a book late. (`rules.late.when`)",
        "- A person has the last word. (`oversight.decides`)",
    ):
        assert line in lines
    (risk,) = [line for line in lines if "5(1)(c)(i) of" in line]
    assert risk.endswith("(`unrelated-context`, `consequences.deposit`)")


def test_the_draft_marks_what_nobody_has_said() -> None:
    text = fria(audit_scheme("unictown-2019"), load_scheme("unictown-2019"))
    for gap in ("the legal basis", "how a citizen can complain; the scheme has no appeal"):
        assert f"- **To be filled in**: {gap}." in text
    sound = fria(audit_scheme("defaulters-2018"), load_scheme("defaulters-2018"))
    assert "the scheme has no appeal" not in sound


def test_a_draft_is_made_from_the_audit_of_its_own_scheme() -> None:
    with pytest.raises(ValueError, match="the audit is of fico-like"):
        fria(audit_scheme("fico-like", only=["discretion"]), load_scheme("unictown-2019"))
