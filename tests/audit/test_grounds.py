"""What treatment rests on: others, birth, what law punishes, politics. And any scheme at all."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from glasstown.audit import Finding, Verdict, Weight, audit_scheme
from glasstown.audit.written import written
from glasstown.audit.written.worth import most_a_year
from glasstown.audit.yardstick import Yardstick, load_yardstick
from glasstown.scheme import Scheme, load_scheme
from tests.audit.schemes import YARDSTICK, audited
from tests.worlds import schemes

SENTENCES = Path(__file__).parent / "sentences.yaml"
"""What these probes say of the library's schemes, each sentence after its weight."""

SAID: dict[str, dict[str, list[str]]] = yaml.safe_load(SENTENCES.read_text())
ASKED = (
    "association",
    "collective",
    "double-punishment",
    "bundling",
    "secrecy",
    "reasons",
    "rationing",
    "contest",
)


def asked(probe: str, changes: dict[str, object], folder: Path) -> tuple[Finding, ...]:
    answers = audited(folder, changes).answers
    return next(answer.findings for answer in answers if answer.about.name == probe)


@pytest.mark.parametrize("scheme", SAID)
def test_what_is_said_of_the_library(scheme: str) -> None:
    answers = audit_scheme(scheme, only=ASKED).answers
    assert [answer.about.name for answer in answers] == list(ASKED)
    said = {
        answer.about.name: [f"{f.weight}: {f.says}" for f in answer.findings]
        for answer in answers
        if answer.findings
    }
    assert said == SAID[scheme]
    assert all(f.verdict is Verdict.FOUND for answer in answers for f in answer.findings)


@pytest.mark.parametrize("probe", ["association", "collective", "double-punishment", "bundling"])
def test_a_ground_that_the_yardstick_does_not_know_cannot_be_told(
    probe: str, tmp_path: Path
) -> None:
    (finding,) = asked(probe, {"rules.late.if": "shy"}, tmp_path)
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.says.endswith("cannot be told: the yardstick does not know the ground shy.")
    assert "add `grounds.shy` with" in finding.remedy
    assert [step.path for step in finding.steps] == ["rules.late.if"]


def test_a_trait_by_which_a_sensor_errs_may_be_unknown_too(tmp_path: Path) -> None:
    rates = {"by": "tall", "rates": {"yes": "1%"}, "else": "0.01%"}
    (finding,) = asked("collective", {"sensors.lending_desk.false_alarm": rates}, tmp_path)
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "the ground tall" in finding.says


def test_rates_that_are_the_same_for_all_do_not_differ(tmp_path: Path) -> None:
    rates = {"by": "minority", "rates": {"yes": "1%"}, "else": "1%"}
    assert not asked("collective", {"sensors.lending_desk.false_alarm": rates}, tmp_path)


def test_coverage_by_community_tells_nobody_apart_where_it_is_whole(tmp_path: Path) -> None:
    assert not asked("collective", {"sensors.lending_desk.covers_by": "community"}, tmp_path)


def test_the_kind_of_community_is_collective_and_not_an_association(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "rules.place": {"each": "month", "if": "kind == street", "points": -1}
    }
    (found,) = asked("collective", changes, tmp_path)
    assert found.says == (
        "What the rule place does depends on kind, which is not of the citizen's own doing. It "
        "bears on having to bring a deposit when borrowing a book."
    )
    assert found.weight is Weight.GRAVE
    found_by = {answer.about.name for answer in audited(tmp_path, changes).found}
    assert "association" not in found_by


def test_a_gain_by_birth_weighs_less_than_a_loss_by_birth(tmp_path: Path) -> None:
    rule: dict[str, object] = {"each": "month", "if": "minority"}
    (gain,) = asked("collective", {"rules.birth": {**rule, "points": 1}}, tmp_path)
    (loss,) = asked("collective", {"rules.birth": {**rule, "points": -1}}, tmp_path)
    assert (gain.weight, loss.weight) == (Weight.SERIOUS, Weight.GRAVE)


def test_a_rule_and_a_consequence_that_ask_the_same_are_told_apart(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "rules.birth": {"each": "month", "if": "minority", "points": -1},
        "consequences.deposit.for": "tier < ordinary or minority",
    }
    by_rule, by_birth = asked("collective", changes, tmp_path)
    assert "rules.birth" in [step.path for step in by_rule.steps]
    assert [step.path for step in by_birth.steps] == [
        "consequences.deposit.for",
        "consequences.deposit",
    ]


def test_a_rate_is_shown_with_the_range_worth_trying() -> None:
    (answer,) = audit_scheme("defaulters-2018", only=["association"]).answers
    (figure,) = answer.findings[0].figures
    assert (figure.value, figure.low, figure.high) == (0.01, 0.0, 0.05)
    assert "assumptions" in answer.findings[0].open


def test_a_quota_of_the_community_hangs_on_the_neighbours(tmp_path: Path) -> None:
    shelf = {"occasion": "borrow_book", "best": "10% of community", "outcome": "advance"}
    (found,) = asked("association", {"consequences.shelf": shelf}, tmp_path)
    assert found.says == (
        "Being put ahead when borrowing a book is for the best 10% of each community, so it hangs "
        "on how the neighbours score."
    )


def test_the_share_that_punishes_twice_is_set_beside_the_published_one() -> None:
    (answer,) = audit_scheme("unictown-2019", only=["double-punishment"]).answers
    (share,) = answer.findings[0].figures
    assert share.value == pytest.approx(1 / 5)
    assert share.of.startswith("1 of 5 rules that take points; in a model city")
    assert "66%" in share.of


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"each": "month", "if": "steal_book", "points": -1}, True),
        ({"each": "month", "if": "not steal_book", "points": -1}, False),
        ({"each": "month", "if": "steal_book", "points": +1}, False),
        ({"each": "month", "if": "steal_book", "straight_to": "limited", "lasts": "1 month"}, True),
        (
            {"missed": "steal_book", "each": "year", "seen_by": "lending_desk", "points": -1},
            False,
        ),
    ],
)
def test_only_a_rule_that_punishes_the_act_itself_doubles(
    rule: dict[str, object], found: bool, tmp_path: Path
) -> None:
    assert bool(asked("double-punishment", {"rules.other": rule}, tmp_path)) is found


@pytest.mark.parametrize(("outcome", "found"), [("refuse", True), ("advance", False)])
def test_only_what_is_imposed_for_the_act_doubles(
    outcome: str, found: bool, tmp_path: Path
) -> None:
    barred = {"occasion": "hear_talk", "for": "steal_book", "outcome": outcome}
    assert bool(asked("double-punishment", {"consequences.barred": barred}, tmp_path)) is found


@pytest.mark.parametrize(("points", "found"), [(-1, True), (1, False)])
def test_points_that_are_gained_and_a_register_are_not_twice_the_same(
    points: int, found: bool, tmp_path: Path
) -> None:
    changes: dict[str, object] = {
        "rules.early": {"when": "return_early", "seen_by": "lending_desk", "points": points},
        "registers.noted": {"enter": "seen(return_early)", "at_most": "6 months"},
        "consequences.deposit.for": "tier < ordinary or on(noted)",
    }
    assert bool(asked("double-punishment", changes, tmp_path)) is found


@pytest.mark.parametrize(("condition", "found"), [("not minority", False), ("minority", True)])
def test_rules_that_exclude_each_other_do_not_punish_one_act_twice(
    condition: str, found: bool, tmp_path: Path
) -> None:
    again = {"when": "return_late", "seen_by": "lending_desk", "points": -5, "if": condition}
    changes = {"rules.late.if": "minority", "rules.again": again}
    says = [f.says for f in asked("double-punishment", changes, tmp_path)]
    assert bool(says) is found
    assert not found or says[0].startswith("Returning a book late can cost points under 2 rules")


def test_politics_is_not_found_where_the_allegation_is_left_out() -> None:
    (answer,) = audit_scheme("unictown-2019", only=["bundling"]).answers
    assert answer.verdict is Verdict.NOT_FOUND
    (alleged,) = audit_scheme("unictown-2019-alleged", only=["bundling"]).answers
    figures = {figure.name: figure.value for figure in alleged.findings[0].figures}
    assert figures["most that membership can move a score by"] == 12
    assert figures["most that criticism can move a score by"] == 60
    assert figures["political share of what can move a score"] == pytest.approx(72 / 1837)


def test_a_political_rule_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "consequences": {},
        "rules.petition": {"when": "sign_petition", "seen_by": "lending_desk", "points": -10},
    }
    (found,) = asked("bundling", changes, tmp_path)
    assert found.says.endswith("which is political; nothing follows from it yet.")
    assert found.weight is Weight.SERIOUS


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        ({"when": "help", "seen_by": "desk", "points": -3}, 36),
        ({"when": "help", "seen_by": "desk", "points": [-3, 5], "at_most": "7 a year"}, 7),
        ({"when": "help", "seen_by": "desk", "points": 3, "at_most": "10 every 5 months"}, 30),
        ({"when": "help", "seen_by": "desk", "points": 3, "at_most": "10 ever"}, 10),
        ({"each": "6 months", "points": 4}, 8),
        ({"each": "month", "points": "max(-1, min(1, mean(score) - 50))"}, 12),
        ({"at_start": True, "points": 20}, 0),
    ],
)
def test_the_most_that_a_rule_can_move_a_score_by_in_a_year(
    rule: dict[str, object], points: int
) -> None:
    scheme = Scheme.model_validate(
        {
            "scheme": "one",
            "score": {"range": [0, 100], "start": 50},
            "sensors": {"desk": {}},
            "rules": {"only": rule},
        }
    )
    sheet = written(scheme, Yardstick(yardstick="none")).sheet
    assert most_a_year(sheet, scheme.rules["only"]) == Fraction(points)


@given(scheme=schemes())
@settings(max_examples=60, deadline=None)
def test_any_scheme_is_answered_in_whole_sentences(scheme: Scheme) -> None:
    for answer in audit_scheme(scheme, only=ASKED).answers:
        for finding in answer.findings:
            assert finding.says.endswith(".")
            assert finding.says[0].isupper() or finding.says[0].isdigit()
            assert finding.remedy
            assert finding.steps


def test_the_scheme_without_anything_has_nothing_to_find() -> None:
    audit = audit_scheme(load_scheme("none"), by=load_yardstick(YARDSTICK), only=ASKED)
    assert {answer.verdict for answer in audit.answers} == {Verdict.NOT_FOUND}
