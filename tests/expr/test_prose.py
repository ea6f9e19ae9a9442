"""Expressions in plain English."""

import pytest
from hypothesis import given
from tests.expr.trees import any_tree

from glasstown.expr import Expr, parse, prose

WORDS = {
    "score": "the score",
    "tier": "the tier",
    "income": "the income",
    "party_member": "the citizen is a party member",
    "has_job": "the citizen has a job",
    "cheated": "the citizen cheated",
    "not cheated": "the citizen did not cheat",
    "on": "the citizen is on the register {0}",
    "gap": "the gap from {0} to {1}",
}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "score >= 640 and on(defaulters)",
            "the score is at least 640 and the citizen is on the register defaulters",
        ),
        ("age < 30 or party_member", "age is under 30 or the citizen is a party member"),
        ("unpaid_fine_months > 3", "unpaid fine months is over 3"),
        ("score != 0.5", "the score is not 0.5"),
        ("640 <= score", "the score is at least 640"),
        ("18 <= age < 30", "age is at least 18 and under 30"),
        (
            "18 <= age < 30 and party_member",
            "age is at least 18 and under 30, and the citizen is a party member",
        ),
        ("tier in (good, fair, bad)", "the tier is good, fair or bad"),
        ("tier not in (good, bad)", "the tier is not good and not bad"),
        ("not party_member", "the citizen is not a party member"),
        ("not not party_member", "the citizen is a party member"),
        ("not has_job", "the citizen does not have a job"),
        ("not cheated", "the citizen did not cheat"),
        ("not on(court)", "the citizen is not on the register court"),
        ("not score > 3", "the score is at most 3"),
        ("not unknown", "not unknown"),
        ("party_member == no", "the citizen is not a party member"),
        ("party_member != no", "the citizen is a party member"),
        ("yes", "yes"),
        ("not yes", "no"),
        (
            "score > 3 and (age < 30 or party_member)",
            "the score is over 3, and either age is under 30 or the citizen is a party member",
        ),
        (
            "score > 3 or age < 30 and party_member",
            "the score is over 3, or both age is under 30 and the citizen is a party member",
        ),
        (
            "score > 3 or age < 30 and party_member and tier == good",
            "the score is over 3, or (age is under 30, the citizen is a party member and the tier "
            "is good)",
        ),
        (
            "not (score > 3 and party_member)",
            "the score is at most 3 or the citizen is not a party member",
        ),
        ("between(age, 18, 30)", "age is between 18 and 30"),
        ("not between(age, 18, 30)", "age is not between 18 and 30"),
        ("min(age, 3)", "the smaller of age and 3"),
        ("max(age, income, 3)", "the largest of age, the income and 3"),
        ("abs(age - 3)", "the absolute value of (age minus 3)"),
        ("gap(age, 3) / 2", "the gap from age to 3 divided by 2"),
        ("chance()", "chance"),
        ("share(age)", "share of age"),
        ("-age", "minus age"),
        ("(age + 1) * 2", "(age plus 1) times 2"),
        ("5 * party_member", "5 if the citizen is a party member, otherwise 0"),
        ("(age > 3) * -5", "-5 if age is over 3, otherwise 0"),
        ("1 + party_member", "1 plus (1 if the citizen is a party member, otherwise 0)"),
        ("12 if party_member else -3", "12 if the citizen is a party member, otherwise -3"),
        ("1 if a else 2 if b else 3", "1 if a, otherwise (2 if b, otherwise 3)"),
        (
            "has_job if age > 3 else no",
            "the citizen has a job if age is over 3, otherwise no",
        ),
        (
            "not (has_job if age > 3 else no)",
            "it is not so that the citizen has a job if age is over 3, otherwise no",
        ),
        (
            "(age > 3) == (age > 4)",
            "(1 if age is over 3, otherwise 0) is (1 if age is over 4, otherwise 0)",
        ),
    ],
)
def test_says(source: str, said: str) -> None:
    assert prose(parse(source), WORDS) == said


@given(any_tree())
def test_says_anything(tree: Expr) -> None:
    said = prose(tree, WORDS)
    assert said.strip() == said != ""
    assert said.count("(") == said.count(")")
