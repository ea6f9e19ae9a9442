"""What citizens are told, what they can contest, and what a reward costs others."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.audit import Finding, Verdict, Weight
from tests.audit.schemes import audited
from tests.audit.test_grounds import asked

EARLY = {"when": "return_early", "seen_by": "lending_desk", "points": 1}


def only(probe: str, changes: dict[str, object], folder: Path) -> Finding:
    (found,) = asked(probe, changes, folder)
    return found


def test_a_told_score_out_of_secret_rules_is_grave_where_something_is_imposed(
    tmp_path: Path,
) -> None:
    found = only("secrecy", {"discloses.rules": False}, tmp_path)
    assert found.says == (
        "Citizens are told their score and their tier, and not the one rule behind that. It bears "
        "on having to bring a deposit when borrowing a book."
    )
    assert found.weight is Weight.GRAVE
    assert {step.path for step in found.steps} >= {"rules.late", "discloses.rules"}


def test_what_nothing_follows_from_is_notable_when_kept_secret(tmp_path: Path) -> None:
    changes: dict[str, object] = {"discloses.rules": False, "consequences": {}}
    assert only("secrecy", changes, tmp_path).weight is Weight.NOTABLE


def test_nothing_can_be_verified_without_rules_and_reasons(tmp_path: Path) -> None:
    changes: dict[str, object] = {"discloses.rules": False, "discloses.reasons": False}
    found = only("secrecy", changes, tmp_path)
    assert "nor any reasons: nobody can verify what befalls them" in found.says
    assert "`discloses.reasons: yes`" in found.remedy


def test_a_rule_that_is_told_leaves_the_others_hidden(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "discloses.rules": False,
        "rules.early": {**EARLY, "disclosed": True},
    }
    found = only("secrecy", changes, tmp_path)
    assert found.says.startswith("The rule late is hidden: citizens are told of 1 of the 2 rules")


def test_a_hidden_term_is_serious_though_nothing_follows_from_it(tmp_path: Path) -> None:
    changes: dict[str, object] = {"rules.early": {**EARLY, "disclosed": False}, "consequences": {}}
    assert only("secrecy", changes, tmp_path).weight is Weight.SERIOUS


def test_what_befalls_everybody_has_its_reason(tmp_path: Path) -> None:
    closed = {"occasion": "hear_talk", "for": True, "outcome": "refuse"}
    assert not asked("reasons", {"consequences.closed": closed}, tmp_path)


def test_reasons_that_can_only_name_the_tier_are_none(tmp_path: Path) -> None:
    found = only("reasons", {"discloses.rules": False}, tmp_path)
    assert found.says == (
        "Reasons are said to be given for having to bring a deposit when borrowing a book, but no "
        "rule that leads there is told: the only reason that can be named is the tier."
    )


def test_four_reasons_can_be_named_and_five_are_too_many(tmp_path: Path) -> None:
    acts = ("lose_book", "tear_book", "make_noise", "bring_food")
    rules: dict[str, object] = {
        f"rules.{act}": {"when": act, "seen_by": "lending_desk", "points": -10} for act in acts
    }
    found = only("reasons", rules, tmp_path)
    assert found.weight is Weight.NOTABLE
    assert "can come of 5 things" in found.says
    assert found.figures[0].of == "late, lose book, tear book, make noise and bring food"
    del rules["rules.bring_food"]
    assert not asked("reasons", rules, tmp_path)


def test_an_advantage_that_everybody_has_puts_nobody_behind(tmp_path: Path) -> None:
    desk = {"occasion": "reserve_desk", "for": True, "outcome": "advance"}
    assert not asked("rationing", {"consequences.desk": desk}, tmp_path)


def test_an_advantage_on_an_occasion_with_enough_for_all_puts_nobody_behind(
    tmp_path: Path,
) -> None:
    talk = {"occasion": "hear_talk", "for": "tier >= ordinary", "outcome": "advance"}
    assert not asked("rationing", {"consequences.talk": talk}, tmp_path)


def test_whether_an_unknown_occasion_is_rationed_cannot_be_told(tmp_path: Path) -> None:
    trip = {"occasion": "join_trip", "for": "tier >= ordinary", "outcome": "advance"}
    found = only("rationing", {"consequences.trip": trip}, tmp_path)
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.says == (
        "Whether an advantage puts others behind cannot be told: the yardstick does not know the "
        "occasion join trip."
    )
    assert "add `occasions.join_trip` with `rationed: yes` or `no`" in found.remedy


def test_an_appeal_is_grave_to_lack_where_something_is_imposed(tmp_path: Path) -> None:
    found = only("contest", {"appeals": None}, tmp_path)
    assert found.says.startswith("There is no appeal against losing points.")
    assert found.weight is Weight.GRAVE
    assert "`oversight.safeguards`" in found.open


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"appeals.filed": "0%"}, "There is an appeal, and nobody files one."),
        (
            {"appeals.upheld.wrong": "5%"},
            "An appeal does not tell mistakes from the rest: 5% of those against a mistake are "
            "upheld, and 5% of the others.",
        ),
        (
            {"score.fades.half_life": "1 month"},
            "An appeal against losing points is heard after a month, when half or more of the "
            "loss has faded by itself.",
        ),
    ],
)
def test_an_appeal_on_paper_is_not_enough(
    changes: dict[str, object], says: str, tmp_path: Path
) -> None:
    assert only("contest", changes, tmp_path).says == says


@pytest.mark.parametrize(
    ("stay", "late"),
    [
        ({"leave": True}, True),
        ({"leave": True, "at_least": "2 months"}, False),
        ({"at_most": "1 month"}, True),
        ({"at_most": "2 months"}, False),
        ({"leave": "not seen(return_late)"}, False),
    ],
)
def test_an_appeal_comes_too_late_once_nobody_can_be_on_the_register(
    stay: dict[str, object], late: bool, tmp_path: Path
) -> None:
    noted = {"enter": "seen(return_late)", **stay}
    assert bool(asked("contest", {"registers.noted": noted}, tmp_path)) is late


def test_gains_that_last_are_no_lasting_harm(tmp_path: Path) -> None:
    changes: dict[str, object] = {"score.fades": None, "score.start": 0, "rules.late": EARLY}
    assert not asked("contest", changes, tmp_path)


def test_reasons_are_the_matter_of_one_probe(tmp_path: Path) -> None:
    found = audited(tmp_path, {"discloses.reasons": False}).found
    assert [answer.about.name for answer in found] == ["reasons"]


def test_what_is_taken_at_the_start_is_not_an_act_that_counts_for_ever(tmp_path: Path) -> None:
    start = {"at_start": True, "if": "minority", "points": -10}
    assert not asked("contest", {"score.fades": None, "rules.late": start}, tmp_path)
