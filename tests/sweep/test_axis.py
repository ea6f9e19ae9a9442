"""What can be varied and how it is written, and what is said of what cannot."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sweep.made import world

import glasstown as gt
from glasstown.files.exact import decimal_text
from glasstown.sweeps import asked
from glasstown.sweeps.axis import read_axis, split

POINTS = "rules.cheated.points"
decimals = st.integers(-10_000, 10_000).map(lambda n: Fraction(n, 100))


def values(path: str, written: object) -> list[object]:
    return [value.given for value in read_axis(world(), path, written).values]


def wrong(**asks: object) -> str:
    with pytest.raises(gt.GlasstownError) as caught:
        asked(world(), **asks)  # type: ignore[arg-type]
    return str(caught.value)


@settings(deadline=None)
@given(decimals, st.integers(0, 40), decimals.filter(bool))
def test_a_range_is_exact_and_has_both_ends_where_it_lands_on_them(
    low: Fraction, steps: int, step: Fraction
) -> None:
    high = low + steps * step
    text = ":".join(map(decimal_text, (low, high, step)))
    found = [value.plain for value in read_axis(world(), POINTS, text).values]
    assert found == [low + n * step for n in range(steps + 1)]


def test_a_range_that_does_not_land_ends_before() -> None:
    assert values(POINTS, "-10:0:4") == [-10, -6, -2]
    assert values(POINTS, "0.1:0.35:0.1") == ["0.1", "0.2", "0.3"]
    assert values(POINTS, "0:-20:-10") == [0, -10, -20]


def test_shares_may_be_in_percent() -> None:
    found = read_axis(world(), "sensors.eye.detects", "10%:90%:40%").values
    assert [value.given for value in found] == ["10%", "50%", "90%"]
    assert [value.plain for value in found] == [Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)]


def test_a_number_in_a_phrase_is_varied_in_it() -> None:
    assert values("rules.cheated.at_most", "20:60:20") == ["20 a year", "40 a year", "60 a year"]


def test_a_list_holds_what_a_file_could_say() -> None:
    assert values(POINTS, "-20, -2.5, null") == [-20, "-2.5", None]
    assert values("discloses.rules", "yes,no") == [True, False]
    assert values("rules.cheated", "null, {when: cheat, points: -1.5}") == [
        None,
        {"when": "cheat", "points": "-1.5"},
    ]
    assert values(POINTS, [-20, 1.5, Fraction(1, 4)]) == [-20, "1.5", "0.25"]


def test_a_path_may_hold_a_formula() -> None:
    assert split("--vary", "actions.speak_up.taste.home == hill=0:1:0.5") == (
        "actions.speak_up.taste.home == hill",
        "0:1:0.5",
    )


@pytest.mark.parametrize(
    ("path", "written", "said"),
    [
        (POINTS, "-80:0:-10", "leads nowhere: steps of -10 from -80 do not reach 0"),
        (POINTS, "-80:0:-10", "did you mean: rules.cheated.points=-80:0:10"),
        (POINTS, "-80:0:0", "leads nowhere"),
        (POINTS, "-80:0", "a range has three numbers: from, to and step"),
        (POINTS, "-80:all:10", "`all` is not a number"),
        (POINTS, "0:1000000:1", "would take 1,000,001 values"),
        (POINTS, "-80,-80", "is given `-80` twice"),
        (POINTS, "", "is given no value"),
        (POINTS, "[1", "--vary rules.cheated.points"),
        ("rules.cheeted.points", "1,2", "did you mean: cheated"),
        ("rulez.cheated.points", "1,2", "did you mean: rules"),
        ("seed", "1,2", "every setting is run with the same seeds"),
        ("points.rules.cheated", "5", "setting 1 of 1 (points.rules.cheated=5)"),
    ],
)
def test_what_cannot_be_varied_is_told(path: str, written: str, said: str) -> None:
    with pytest.raises(gt.GlasstownError) as caught:
        gt.sweep(world(), vary={path: written})
    assert said in str(caught.value)


def test_every_setting_is_checked_before_the_first_is_run() -> None:
    told: list[str] = []
    with pytest.raises(gt.GlasstownError) as caught:
        gt.sweep(
            world(),
            vary={"sensors.eye.detects": "0.5:2.5:0.5"},
            progress=lambda name, done, of: told.append(name),
        )
    assert set(told) == {"check"}
    said = str(caught.value)
    assert "setting 3 of 5 (sensors.eye.detects=1.5)" in said
    assert "setting 5 of 5 (sensors.eye.detects=2.5)" in said
    assert "`1.5` is more than 1, which is 100%" in said


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ({}, "nothing is varied"),
        ({"vary": {POINTS: "1"}, "sobol": 8}, "a grid (--vary) or samples ranges (--over)"),
        ({"over": {POINTS: (-9, 0)}}, "give one of --sobol N and --morris N"),
        ({"sobol": 8}, "no range to sample is given"),
        ({"vary": {POINTS: "1"}, "repeat": 0}, "0 is not from 1 to 10,000"),
        ({"vary": {POINTS: "-90:0:0.01"}, "repeat": 20}, "180,020 runs"),
        ({"vary": {POINTS: "1"}, "measures": ["score"]}, "did you mean: points.score"),
        ({"vary": {POINTS: "1"}, "by": ["hom"]}, "did you mean: home"),
        (
            {"vary": {POINTS: "1,2", "rules.studied.points": "1"}, "together": True},
            "`rules.cheated.points` has 2, `rules.studied.points` has 1",
        ),
    ],
)
def test_what_cannot_be_swept_is_told(asks: dict[str, object], said: str) -> None:
    assert said in wrong(**asks)


def test_seeds_stay_within_their_bounds() -> None:
    last = world().changed({"seed": 2**64 - 2})
    with pytest.raises(gt.GlasstownError, match="begin with a smaller --seed"):
        asked(last, vary={POINTS: "1"}, repeat=3)
    assert asked(last, vary={POINTS: "1"}, repeat=2).seeds[-1] == 2**64 - 1
