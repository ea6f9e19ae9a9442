"""Sobol and Morris samples: which numbers are sampled, how they are rounded, what they show."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.commands import ENVIRONMENT
from tests.sweep.made import world

import glasstown as gt
from glasstown.sweeps import asked
from glasstown.sweeps.ranges import Range, assumptions, read_range
from glasstown.world import names

RATE = "conduct.actions.study.rate"
CHEATED = "points.rules.cheated"
OVER = {RATE: (0, 0.5), f"{CHEATED}.points": "-40:0"}


def by_path(table: Any, measure: str) -> dict[str, dict[str, Any]]:
    return {row["path"]: row for row in table.to_pylist() if row["measure"] == measure}


def test_sobol_finds_the_number_that_moves_an_outcome() -> None:
    swept = gt.sweep(world(), over=OVER, sobol=16, measures=["did.study", "points.score"])
    assert swept.kind == "sobol"
    assert swept.settings == 1 + 16 * 4
    found = by_path(swept.indices(), "did.study")
    mover, other = found[RATE], found[f"{CHEATED}.points"]
    assert mover["total_low"] < mover["total"] < mover["total_high"]
    assert mover["total"] > 0.8
    assert mover["first"] > 0.8
    assert (other["first"], other["total"]) == (0.0, 0.0)
    assert by_path(swept.indices(), "points.score")[f"{CHEATED}.points"]["total"] > 0.01
    assert swept.indices().equals(swept.indices())


def test_morris_tells_how_far_a_number_moves_an_outcome() -> None:
    swept = gt.sweep(world(), over=OVER, morris=6, measures=["did.study"], repeat=2)
    found = by_path(swept.indices(), "did.study")
    assert found[RATE]["mu_star"] == pytest.approx(0.5, abs=0.05)  # a rate of 0.5 is so many
    assert found[RATE]["mu"] == found[RATE]["mu_star"]
    assert found[RATE]["mu_star_low"] <= found[RATE]["mu_star"] <= found[RATE]["mu_star_high"]
    assert found[f"{CHEATED}.points"]["mu_star"] == 0
    assert swept.runs == 2 * swept.settings


def test_what_nothing_moves_has_no_index() -> None:
    swept = gt.sweep(world(), over=OVER, morris=2, measures=["wanted.ticket"])
    assert {row["mu_star"] for row in by_path(swept.indices(), "wanted.ticket").values()} == {None}


def test_samples_that_rounding_makes_equal_are_run_once() -> None:
    swept = gt.sweep(
        world(),
        over={"discloses.rules": (0, 1), f"{CHEATED}.disclosed": (0, 1)},
        sobol=8,
        measures=["points.score"],
    )
    told = {
        (row["discloses.rules"], row[f"{CHEATED}.disclosed"]) for row in swept.table().to_pylist()
    }
    assert told == {(a, b) for a in (True, False) for b in (True, False)}
    assert swept.settings <= 5
    assert swept.indices().num_rows == 2


numbers = st.fractions(0, 1)


@settings(deadline=None)
@given(numbers, st.sampled_from(["1", "0.1", "0.25", "0.0003"]))
def test_numbers_are_rounded_to_their_step_and_stay_in_range(place: Fraction, step: str) -> None:
    its = Range("path", Fraction("-2.5"), Fraction(10), Fraction(step))
    found = its.at(place)
    assert its.low <= found <= its.high
    assert (found / its.step).denominator == 1 or found in (its.low, its.high)
    assert abs(found - (its.low + (its.high - its.low) * place)) <= its.step / 2


def test_a_number_has_the_step_of_its_kind() -> None:
    def step(path: str, ends: Any) -> Fraction:
        return read_range(world(), path, ends).step

    assert step(f"{CHEATED}.points", "-40:0") == Fraction(1, 10)  # what the score is kept to
    assert step(f"{CHEATED}.at_most", (20, 60)) == Fraction(1, 10)
    assert step("sensors.eye.delay", (0, 3)) == 1
    assert step("discloses.rules", (0, 1)) == 1
    assert step(RATE, (0, 0.5)) == Fraction(1, 10_000)
    assert step("sensors.eye.detects", "50%:90%:5%") == Fraction(1, 20)


def test_every_declared_assumption_is_sampled_or_said_to_be_left_out() -> None:
    ask = asked(world(), over="assumptions", morris=2)
    assert set(ask.design.paths) == {
        RATE,
        f"{CHEATED}.points",
        f"{CHEATED}.at_most",
        f"{CHEATED}.disclosed",
    }
    assert [each.path for each in ask.design.left_out] == ["nation.traits.home.values.hill"]
    assert "share of a whole" in ask.design.left_out[0].why
    given = {
        value.given
        for setting in ask.design.settings
        for path, value in zip(ask.design.paths, setting.values, strict=True)
        if path.endswith("at_most")
    }
    assert given <= {"20 a year", "33.3 a year", "46.7 a year", "60 a year", "40 a year"}
    some = asked(world(), over="assumptions:points.rules", morris=2)
    assert RATE not in some.design.paths
    named = asked(world(), over=["assumptions", {RATE: "0.1:0.2"}], morris=2)
    assert {each.high for each in named.design.ranges if each.path == RATE} == {Fraction("0.2")}


@pytest.mark.parametrize("name", names())
def test_the_library_can_be_run_at_both_ends_of_all_its_assumptions(name: str) -> None:
    from glasstown.engine.execute import compiled

    its = gt.load_world(name)
    ranges, _ = assumptions(its)
    assert len(ranges) > 100
    ask = asked(
        its, over={each.path: (each.low, each.high, each.step) for each in ranges}, morris=2
    )
    for number in (1, 2, len(ask.design.settings) - 1):
        compiled(ask.setting(number))


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ({"over": OVER, "sobol": 20}, "20 is not a power of two"),
        ({"over": OVER, "sobol": 20}, "did you mean: 16"),
        ({"over": OVER, "sobol": 28}, "did you mean: 32"),
        ({"over": OVER, "morris": 1}, "1 is not from 2 to 65,536"),
        ({"over": OVER, "sobol": 8, "morris": 8}, "both --sobol and --morris are given"),
        ({"over": {RATE: "0.5:0"}, "sobol": 8}, "did you mean: conduct.actions.study.rate=0:0.5"),
        ({"over": {RATE: "low:high"}, "sobol": 8}, "is not a range of numbers"),
        ({"over": {RATE: (0, 0.5, 0)}, "sobol": 8}, "the step is not above 0"),
        ({"over": {RATE: (0, 0.5)}, "sobol": 8}, "one number alone is not sampled"),
        ({"over": {"tiers.hihg": (0, 9)}, "sobol": 8}, "setting 1 of"),
        ({"over": {"registers.barred.enter": (0, 9)}, "sobol": 8}, "not a number to sample"),
        ({"over": "assumption", "sobol": 8}, "`assumption` is not `assumptions` and no range"),
        ({"over": "assumptions:conduit", "sobol": 8}, "did you mean: conduct"),
        ({"over": OVER, "sobol": 32768}, "32,768 samples of 2 numbers are 131,072 runs"),
    ],
)
def test_what_cannot_be_sampled_is_told(asks: dict[str, Any], said: str) -> None:
    if "tiers.hihg" in asks["over"]:
        asks = {**asks, "over": {**OVER, **asks["over"]}}
    with pytest.raises(gt.GlasstownError) as caught:
        gt.sweep(world(), **asks)
    assert said in str(caught.value)


def test_a_grid_has_no_indices() -> None:
    swept = gt.sweep(world(), vary={RATE: "0,0.5"}, repeat=1)
    with pytest.raises(gt.GlasstownError, match="a grid has no indices"):
        swept.indices()


def test_without_salib_the_remedy_is_told() -> None:
    code = (
        "import sys; sys.modules['SALib'] = None\n"
        "import glasstown as gt\n"
        "over = {'conduct.fear.own': (0, 0.5), 'conduct.fear.seen': (0, 0.5)}\n"
        "gt.sweep(gt.load_world('unictown-campus'), over=over, sobol=4)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert "SALib is not installed" in result.stderr
    assert "do: pip install 'glasstown[sweep]'" in result.stderr
