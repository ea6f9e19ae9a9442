"""A scheme in sentences: every construct, and each library scheme's whole text."""

from pathlib import Path
from typing import Any

import pytest

from glasstown.scheme import Scheme, explain, load_scheme, names, path, sections, sentence
from tests.scheme.cases import REWRITE

SCORE = {"range": [350, 800], "start": 550}
RULES: list[tuple[dict[str, Any], str]] = [
    (
        {"when": "publish_paper", "seen_by": "index", "points": 12, "at_most": "36 a year"},
        "Publishing a paper, when seen by the index, earns 12 points (at most 36 a year).",
    ),
    (
        {"when": "cheat_exam", "seen_by": "index", "points": -40, "if": "student and not college"},
        "Cheating in an exam, when seen by the index, costs 40 points, if the citizen is a student "
        "and the citizen has not been to college.",
    ),
    (
        {"when": "jaywalk", "seen_by": "index", "points": [-50, -5]},
        "Jaywalking, when seen by the index, costs 5 to 50 points, as an official decides.",
    ),
    (
        {"when": "jaywalk", "seen_by": "index", "points": [5, 50], "at_most": "90 ever"},
        "Jaywalking, when seen by the index, earns 5 to 50 points, as an official decides (at most "
        "90 in a lifetime).",
    ),
    (
        {"when": "jaywalk", "seen_by": "index", "points": [-5, 50]},
        "Jaywalking, when seen by the index, changes the score by -5 to +50 points, as an official "
        "decides.",
    ),
    (
        {"when": "jaywalk", "seen_by": "index", "points": "income == high"},
        "Jaywalking, when seen by the index, changes the score by 1 if the citizen's income is "
        "high, otherwise 0.",
    ),
    (
        {"when": "jaywalk", "seen_by": "index", "straight_to": "low", "lasts": "6 months"},
        "Jaywalking, when seen by the index, keeps the citizen no higher than the tier low for 6 "
        "months.",
    ),
    (
        {
            "when": "jaywalk",
            "seen_by": "index",
            "points": -1,
            "straight_to": "low",
            "lasts": "1 year",
        },
        "Jaywalking, when seen by the index, costs 1 point and keeps the citizen no higher than "
        "the tier low for a year.",
    ),
    (
        {"missed": "volunteer", "each": "quarter", "seen_by": "index", "points": -5},
        "At the end of every 3 months, the citizen loses 5 points, if the index shows no "
        "volunteering in that time.",
    ),
    (
        {
            "missed": "volunteer",
            "each": "year",
            "seen_by": "hour_books",
            "points": -5,
            "if": "student",
        },
        "At the end of every year, the citizen loses 5 points, if the hour books show no "
        "volunteering in that time and the citizen is a student.",
    ),
    (
        {"each": "month", "if": "party_member", "points": 2, "disclosed": False},
        "Every month, the citizen gains 2 points, if the citizen is a member of the party. "
        "Citizens are not told of this rule.",
    ),
    (
        {"each": "6 months", "points": 1, "disclosed": True},
        "Every 6 months, the citizen gains 1 point. Citizens are told of this rule.",
    ),
    (
        {"each": "month", "points": "max(-2, min(2, (mean(score) - 550) / 50))"},
        "Every month, the score changes by (the average score in the citizen's community minus "
        "550) divided by 50, but at least -2 and at most 2.",
    ),
    (
        {"each": "month", "if": "on(bad)", "straight_to": "low", "lasts": "1 month"},
        "Every month, the citizen is kept no higher than the tier low for a month, if the citizen "
        "is on the register bad.",
    ),
    (
        {"each": "month", "points": -3, "straight_to": "low", "lasts": "2 years"},
        "Every month, the citizen loses 3 points and is kept no higher than the tier low for 2 "
        "years.",
    ),
    (
        {"at_start": True, "if": "age_band >= adult", "points": 20},
        "At the start, the citizen gains 20 points, if the citizen's age band is at least adult.",
    ),
    (
        {"at_start": True, "points": [-60, 40]},
        "At the start, the score changes by -60 to +40 points, by lot.",
    ),
    (
        {"at_start": True, "points": "min(80, 8 * credit_history)"},
        "At the start, the score changes by 8 times the length of the citizen's credit history in "
        "years, but at most 80.",
    ),
    (
        {"at_start": True, "if": "veteran", "log_odds": -0.5},
        "At the start, the log-odds of a good score fall by 0.5, if the citizen is marked as "
        "veteran.",
    ),
]
SENSORS: list[tuple[dict[str, Any], str]] = [
    ({}, "The index sees everything that is done and imagines nothing."),
    (
        {"context": "research", "detects": "95%", "false_alarm": "0.05%", "delay": 2},
        "The index (research) sees 95% of what is done, and each month wrongly reports 0.05% of "
        "those who did nothing. What it records arrives 2 months later.",
    ),
    (
        {
            "watches": "student",
            "covers": "80%",
            "covers_by": "community",
            "mistaken": "1%",
            "false_alarm": {"by": "minority", "rates": {"yes": "2%"}, "else": "1%"},
        },
        "The index sees everything that is done, and each month wrongly reports 1% of those who "
        "did nothing (2% where minority is yes). It watches a citizen only if the citizen is a "
        "student. It covers 80% of communities. Of what it sees, 1% goes down under the name of "
        "somebody else in the community.",
    ),
]
REGISTERS: list[tuple[dict[str, Any], str]] = [
    (
        {"enter": "months(unpaid_debt) >= 3", "seen_by": "index", "leave": "not unpaid_debt"},
        "A citizen is put on the register bad when the number of months of unpaid debt is at least "
        "3, as far as the index finds out. The citizen comes off it when the citizen has no unpaid "
        "debt.",
    ),
    (
        {"enter": "seen(cheat_exam, index)"},
        "A citizen is put on the register bad when cheating in an exam has been seen by the index. "
        "Nobody ever comes off it.",
    ),
    (
        {"enter": "seen(cheat_exam) or score < 400", "leave": "yes", "at_least": "6 months"},
        "A citizen is put on the register bad when cheating in an exam has been seen or the score "
        "is under 400. The citizen comes off it after 6 months.",
    ),
    (
        {
            "enter": "score < 400",
            "leave": "score >= 500 and months_on(bad) > 3",
            "at_least": "2 months",
            "at_most": "2 years",
            "disclosed": False,
            "extend": {"if": "seen(jaywalk)", "by": "1 month", "at_most": "3 years"},
        },
        "A citizen is put on the register bad when the score is under 400. The citizen comes off "
        "it when the score is at least 500 and the number of months on the register bad is over 3, "
        "after 2 months at the earliest, and after 2 years in any case. The least stay grows by a "
        "month for each month in which jaywalking has been seen, up to 3 years. Citizens are not "
        "told that they are on it.",
    ),
]
CONSEQUENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"occasion": "buy_plane_ticket", "for": "on(bad)", "outcome": "refuse"},
        "Buying a plane ticket is refused if the citizen is on the register bad.",
    ),
    (
        {"occasion": "buy_course", "for": "tier >= high", "outcome": "discount 20%"},
        "Buying a course costs 20% less if the tier is at least high.",
    ),
    (
        {"occasion": "apply_for_job", "best": "10% of nation", "outcome": "advance"},
        "On applying for a job, the citizen is put ahead of the others if the score is among the "
        "best 10% of the nation.",
    ),
    (
        {
            "occasion": "apply_for_job",
            "best": "5% of community",
            "for": "college",
            "outcome": "advance",
        },
        "On applying for a job, the citizen is put ahead of the others if the score is among the "
        "best 5% of the citizen's community and the citizen has been to college.",
    ),
    (
        {"for": "on(bad)", "outcome": "expose"},
        "The citizen is named in public if the citizen is on the register bad.",
    ),
    (
        {"occasion": "marry", "for": "score < 400", "outcome": "expose"},
        "On marrying, the citizen is named in public if the score is under 400.",
    ),
    (
        {"occasion": "rent_flat", "for": "score < 600", "outcome": "require deposit"},
        "Renting a flat takes a deposit if the score is under 600.",
    ),
    (
        {
            "occasion": "rent_flat",
            "for": "score < 600",
            "outcome": "require identity_card",
            "needs_means": 3,
        },
        "Renting a flat takes an identity card, for which means of at least 3 are needed, if the "
        "score is under 600.",
    ),
    (
        {"occasion": "rent_flat", "for": "yes", "outcome": "require deposit"},
        "Renting a flat takes a deposit.",
    ),
]


def scheme(**given: Any) -> Scheme:
    return Scheme.model_validate({"scheme": "x", **given})


@pytest.mark.parametrize(("rule", "said"), RULES)
def test_rules(rule: dict[str, Any], said: str) -> None:
    assert sentence(scheme(rules={"a": rule}), "rules", "a") == said


@pytest.mark.parametrize(("sensor", "said"), SENSORS)
def test_sensors(sensor: dict[str, Any], said: str) -> None:
    assert sentence(scheme(sensors={"index": sensor}), "sensors", "index") == said


def test_a_sensor_that_serves_a_register() -> None:
    made = scheme(
        sensors={"court_lists": {"detects": "25%", "false_alarm": "1%"}},
        registers={"bad": {"enter": "debt", "seen_by": "court_lists"}},
    )
    assert sentence(made, "sensors", "court_lists") == (
        "The court lists each month find 25% of the cases looked for, and wrongly report 1% of the "
        "others."
    )


@pytest.mark.parametrize(("register", "said"), REGISTERS)
def test_registers(register: dict[str, Any], said: str) -> None:
    assert sentence(scheme(registers={"bad": register}), "registers", "bad") == said


@pytest.mark.parametrize(("consequence", "said"), CONSEQUENCES)
def test_consequences(consequence: dict[str, Any], said: str) -> None:
    assert sentence(scheme(consequences={"a": consequence}), "consequences", "a") == said


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (None, "Nobody has a score."),
        (
            SCORE,
            "Every citizen has a score from 350 to 800, kept to 0.1 of a point. It starts at 550.",
        ),
        (
            {"range": [0, 20_000], "start": 0, "kept_to": 1},
            "Every citizen has a score from 0 to 20,000, kept in whole points. It starts at 0.",
        ),
        (
            {**SCORE, "fades": {"toward": 500, "half_life": "24 months"}},
            "Every citizen has a score from 350 to 800, kept to 0.1 of a point. It starts at 550. "
            "Left alone it drifts toward 500: half of the way in 2 years.",
        ),
        (
            {**SCORE, "fades": {"toward": 500, "rate": "3%"}, "link": "logistic"},
            "Every citizen has a score from 350 to 800, kept to 0.1 of a point. Where somebody "
            "starts is worked out from what is known of them: the rules for the start add up to "
            "log-odds, which become a place between the lowest and the highest score. Left alone "
            "it drifts toward 500: 3% of the way each month.",
        ),
    ],
)
def test_the_score(score: dict[str, Any] | None, said: str) -> None:
    assert sentence(scheme(score=score), "score") == said


def test_tiers() -> None:
    tiers = {"low": 350, "very_good": 640.5}
    assert sentence(scheme(score=SCORE, tiers=tiers), "tiers") == (
        "There are 2 tiers: low at the bottom and very good from 640.5 points."
    )
    assert sentence(scheme(score=SCORE, tiers={"only": 350}, tier_margin=5), "tiers") == (
        "There is one tier: only at the bottom. A tier is lost only when the score falls more than "
        "5 below its beginning."
    )
    assert sentence(scheme(score=SCORE), "tiers") == ""


def test_appeals() -> None:
    appeals = {"filed": "10%", "heard_after": 2, "upheld": {"wrong": "60%", "right": "5%"}}
    rules = {"a": {"each": "month", "points": -1}}
    registers = {"b": {"enter": "debt"}}
    assert sentence(scheme(appeals=appeals, rules=rules, registers=registers), "appeals") == (
        "Of those who lose points or are put on a register, 10% appeal. An appeal is heard 2 "
        "months later: 60% of those against a mistake are upheld, and 5% of the others. Then the "
        "points are given back and the citizen comes off the register."
    )
    assert sentence(scheme(appeals=appeals, rules=rules), "appeals") == (
        "Of those who lose points, 10% appeal. An appeal is heard 2 months later: 60% of those "
        "against a mistake are upheld, and 5% of the others. Then the points are given back."
    )
    assert sentence(scheme(rules=rules), "appeals") == "There is no appeal."
    assert sentence(scheme(), "appeals") == ""


def test_what_is_told() -> None:
    rules = {"a": {"each": "month", "points": 1}, "b": {"each": "month", "points": 1}}
    tiers = {"low": 350}
    made = scheme(score=SCORE, tiers=tiers, rules=rules, registers={"r": {"enter": "debt"}})
    assert sentence(made, "discloses") == (
        "Citizens are told their score, their tier and which registers they are on. They are not "
        "told what the rules are or the reasons for what befalls them."
    )
    rules["a"]["disclosed"] = True
    secret = dict.fromkeys(("score", "tier", "rules", "reasons", "registers"), False)
    made = scheme(score=SCORE, rules=rules, discloses=secret)
    assert sentence(made, "discloses") == (
        "Citizens are not told their score, what the rules are or the reasons for what befalls "
        "them. Some rules are an exception, as said with them."
    )


def test_a_scheme_can_give_its_own_words() -> None:
    made = scheme(
        rules={"a": {"when": "help_old", "seen_by": "index", "points": 1, "if": "veteran"}},
        words={"help_old": "helping the old", "veteran": "the citizen has served"},
    )
    assert sentence(made, "rules", "a") == (
        "Helping the old, when seen by the index, earns 1 point, if the citizen has served."
    )


def test_sections_keep_each_sentence_by_its_name() -> None:
    made = load_scheme("unictown-2019")
    found = {section.key: section for section in sections(made)}
    assert list(found) == [
        "score",
        "sensors",
        "rules",
        "tiers",
        "consequences",
        "appeals",
        "discloses",
    ]
    assert found["rules"].sentences["cheating"] == sentence(made, "rules", "cheating")
    assert list(found["rules"].sentences) == list(made.rules)
    with pytest.raises(KeyError):
        sentence(made, "rules", "cheeting")


@pytest.mark.parametrize("name", names())
def test_the_library_explained(name: str) -> None:
    """The text beside each library file is what `glasstown explain` says.

    After a change: GLASSTOWN_REWRITE=1 pytest tests/scheme, and look at the difference.
    """
    golden = Path(path(name)).with_suffix(".txt")
    said = explain(load_scheme(name))
    if REWRITE:
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
    assert "_" not in said
