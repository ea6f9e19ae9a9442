"""The limbs of Article 5(1)(c), what makes them social scoring, and UNESCO's paragraph."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from glasstown.audit import Answer, Verdict, Weight, audit_scheme
from tests.audit.schemes import answer, audited

SHUT_OUT: dict[str, object] = {
    "consequences.deposit.occasion": "enter_library",
    "consequences.deposit.outcome": "refuse",
}
IN_CLUB = {"each": "month", "if": "in_club", "points": 5, "context": "sports"}


def only(answered: Answer) -> str:
    (finding,) = answered.findings
    return finding.says


def test_an_unrelated_context_is_told_by_each_reading() -> None:
    found = answer(audit_scheme("fico-like"), "unrelated-context")
    assert only(found) == (
        "Having to bring a deposit when renting a flat (context: housing) depends on records from "
        "payment history, amounts owed, length of history, new credit and mix, which are not "
        "related to housing by the strict and the declared reading of relation, though not by the "
        "loose one; this meets the wording of Article 5(1)(c)(i) of the EU AI Act."
    )
    assert [figure.value for figure in found.findings[0].figures] == [5, 5, 0]
    assert found.weight is Weight.SERIOUS


def test_the_whole_route_is_shown() -> None:
    found = answer(audit_scheme("defaulters-2018"), "unrelated-context")
    assert [step.path for step in found.findings[0].steps] == [
        "sensors.court_list",
        "registers.defaulters.enter",
        "registers.defaulters",
        "consequences.no_flight",
    ]
    assert {finding.weight for finding in found.findings} == {Weight.GRAVE}


def test_relation_goes_both_ways_and_passes_on_only_loosely(tmp_path: Path) -> None:
    near = audited(tmp_path, {"consequences.deposit.context": "school"})
    assert answer(near, "unrelated-context").verdict is Verdict.NOT_FOUND
    far = answer(audited(tmp_path, {"consequences.deposit.context": "sports"}), "unrelated-context")
    assert far.verdict is Verdict.FOUND
    assert [figure.value for figure in far.findings[0].figures] == [1, 1, 0]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"consequences.deposit.context": "moon"}, "contexts.moon"),
        ({"sensors.lending_desk.context": ""}, "rules.late"),
        (
            {"consequences.deposit.context": None, "consequences.deposit.occasion": "leave"},
            "consequences.deposit.context",
        ),
    ],
)
def test_a_context_that_is_not_known_cannot_be_told(
    changes: dict[str, object], missing: str, tmp_path: Path
) -> None:
    found = answer(audited(tmp_path, changes), "unrelated-context")
    assert found.verdict is Verdict.CANNOT_TELL
    assert missing in found.findings[0].remedy


def test_a_score_that_only_the_start_decides_is_no_evaluation_over_time(tmp_path: Path) -> None:
    once = {"at_start": True, "if": "in_club", "points": -50, "context": "sports"}
    audit = audited(tmp_path, {"rules.late": None, "rules.once": once})
    for probe in ("unrelated-context", "disproportion", "social-scoring"):
        assert answer(audit, probe).verdict is Verdict.NOT_FOUND
    assert "nobody is evaluated over time" in answer(audit, "social-scoring").looked


def test_the_k_at_which_proportion_turns_is_told_with_its_range(tmp_path: Path) -> None:
    found = answer(audited(tmp_path, SHUT_OUT), "disproportion")
    assert only(found) == (
        "The rule late, for returning a book late (gravity 4 of 10) can lead to being refused when "
        "entering library (severity 6): more than the 1 of severity allowed for each unit of "
        "gravity, and so at every k below 1.5, of a range from 0.5 to 3 (over the ranges of "
        "gravity and severity, from k below 1.25 to k below 2). This meets the wording of Article "
        "5(1)(c)(ii) of the EU AI Act."
    )
    (figure,) = found.findings[0].figures
    assert (figure.value, figure.low, figure.high) == (1.5, 1.25, 2)
    assert found.weight is Weight.SERIOUS


def test_what_is_no_wrong_is_out_of_proportion_at_every_k() -> None:
    found = answer(audit_scheme("unictown-2019-alleged"), "disproportion")
    criticism = found.findings[1]
    assert "for criticising the authorities in public (gravity 0 of 10)" in criticism.says
    assert "at every k from 0.5 to 3 (" in criticism.says
    assert math.isinf(criticism.figures[0].value)
    assert "our reading" in criticism.open


def test_a_k_that_is_not_passed_finds_nothing(tmp_path: Path) -> None:
    lenient = {"proportion.at_most": 1.5}
    found = answer(audited(tmp_path, SHUT_OUT, lenient), "disproportion")
    assert found.verdict is Verdict.NOT_FOUND
    assert found.looked == (
        "1 pairs of a ground and a treatment; at k = 0.5, the least of its range, 1 of them would "
        "be out of proportion"
    )


@pytest.mark.parametrize(
    ("changes", "yardstick", "missing"),
    [
        ({}, {"grounds.return_late": None}, "grounds.return_late"),
        ({"consequences.deposit.occasion": "leave"}, {}, "occasions.leave"),
        ({"rules.late": {"missed": "complain", "each": "month", "seen_by": "lending_desk",
                         "points": -10}}, {}, "condition"),
    ],
)  # fmt: skip
def test_gravity_or_severity_that_is_not_known_cannot_be_told(
    changes: dict[str, object], yardstick: dict[str, object], missing: str, tmp_path: Path
) -> None:
    found = answer(audited(tmp_path, changes, yardstick), "disproportion")
    assert found.verdict is Verdict.CANNOT_TELL
    assert missing in found.findings[0].remedy


def test_a_gain_for_a_trait_is_no_treatment_for_lacking_it(tmp_path: Path) -> None:
    gain = {
        "occasion": "borrow_book",
        "for": "in_club",
        "outcome": "advance",
        "context": "library",
    }
    loss = {**gain, "for": "not in_club"}
    gained = audited(tmp_path, {"consequences.first": gain})
    assert answer(gained, "disproportion").verdict is Verdict.NOT_FOUND
    lost = audited(tmp_path, {"consequences.first": loss})
    assert answer(lost, "disproportion").verdict is Verdict.FOUND


def test_a_purpose_and_a_basis_in_law_lighten_social_scoring_and_need_evidence(
    tmp_path: Path,
) -> None:
    claimed = answer(audited(tmp_path, {"rules.athletes": IN_CLUB}), "social-scoring")
    bare = {"rules.athletes": IN_CLUB, "oversight.purpose": None}
    unclaimed = answer(audited(tmp_path, bare), "social-scoring")
    assert "unless it is shown to be a lawful evaluation" in only(claimed)
    assert "that borrowed books come back, on the basis of contract" in claimed.findings[0].open
    assert "needs evidence" in claimed.findings[0].open
    assert "unless" not in only(unclaimed)
    assert "limb (i) (treatment in an unrelated context)" in only(unclaimed)
    assert "limb (ii)" not in only(unclaimed)


def test_social_scoring_from_one_context_cannot_be_told() -> None:
    found = answer(audit_scheme("defaulters-2018"), "social-scoring")
    assert found.verdict is Verdict.CANNOT_TELL
    assert "all are from courts" in only(found)
    related = answer(audit_scheme("fico-like"), "social-scoring")
    assert related.verdict is Verdict.CANNOT_TELL


def test_social_scoring_cannot_be_told_where_a_limb_cannot(tmp_path: Path) -> None:
    audit = audited(tmp_path, {}, {"grounds.return_late": None})
    found = answer(audit, "social-scoring")
    assert found.verdict is Verdict.CANNOT_TELL
    assert "limb (ii)" in only(found)


def test_unesco_takes_behaviour_and_no_traits(tmp_path: Path) -> None:
    traits = audited(tmp_path, {"rules.athletes": IN_CLUB})
    assert answer(traits, "unesco").verdict is Verdict.NOT_FOUND
    running = {
        "sensors.stadium": {"context": "sports", "watches": "in_club"},
        "rules.running": {"when": "run", "seen_by": "stadium", "points": 5},
    }
    acts = audited(tmp_path, running)
    assert "Behaviour from library and sports" in only(answer(acts, "unesco"))
    unknown = audited(tmp_path, running, {"grounds.run": None})
    found = answer(unknown, "unesco")
    assert found.verdict is Verdict.CANNOT_TELL
    assert "grounds.run" in found.findings[0].remedy


def test_only_a_sensor_that_watches_everybody_is_mass_surveillance(tmp_path: Path) -> None:
    reading = {"rules.reading": {"when": "read_novel", "seen_by": "lending_desk", "points": 1}}
    everybody = audited(tmp_path, reading)
    assert answer(everybody, "unesco").verdict is Verdict.FOUND
    some = audited(tmp_path, {**reading, "sensors.lending_desk.watches": "in_club"})
    assert answer(some, "unesco").verdict is Verdict.NOT_FOUND
    unknown = answer(audited(tmp_path, reading, {"grounds.read_novel": None}), "unesco")
    assert unknown.verdict is Verdict.CANNOT_TELL
