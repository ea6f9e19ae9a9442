"""Those whom an error harms are found, one by one, with the sensor that erred."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside.error_harm import ErrorHarm
from glasstown.audit.inside.variants import FLAWLESS
from glasstown.audit.inside.wrongs import Against
from glasstown.engine.panel import Panels
from tests.audit.inside.made import found_in, looked_at, world_of

PROBE = ErrorHarm()
FLY = "refused.fly"


def listing(**camera: Any) -> dict[str, Any]:
    return {
        "scheme": "list",
        "sensors": {"camera": {"detects": "50%", **camera}},
        "registers": {"litterers": {"enter": "seen(litter, camera)", "at_most": "3 months"}},
        "consequences": {
            "grounded": {"occasion": "fly", "for": "on(litterers)", "outcome": "refuse"}
        },
    }


def test_where_nobody_does_it_everybody_listed_is_innocent() -> None:
    world = world_of(listing(false_alarm="5%"))
    case = looked_at(world, PROBE)
    for each in case.read["error-harm"]:
        assert each[f"befell|{FLY}"] > 0
        assert each[f"innocent|{FLY}"] == each[f"befell|{FLY}"] == each[f"through error|{FLY}"]
        assert each[f"by|{FLY}|list.sensors.camera.false_alarm"] == each[f"befell|{FLY}"]
    found = [f.says for f in PROBE.findings(case)]
    assert found[0] == (
        "Of the citizens refused when flying, 100% (99.9% to 100%) were never in the wrong, and "
        "would have been spared had no sensor erred. Of these, 100% owe it to false alarms of the "
        "camera."
    )
    assert "half within 3 months (3 to 3)" in found[-1]


def test_a_sensor_without_errors_harms_nobody_by_error() -> None:
    world = world_of(listing(), actions={"litter": {"rate": "5%"}})
    assert not looked_at(world, PROBE).was_read(PROBE)
    assert found_in(world, PROBE) == []


def test_who_did_it_is_not_innocent_however_often_the_sensor_errs() -> None:
    world = world_of(listing(false_alarm="5%"), actions={"litter": {"rate": "100%"}})
    case = looked_at(world, PROBE)
    assert case.own(PROBE, f"befell|{FLY}") > 0
    assert case.figure(PROBE, f"innocent|{FLY}").value == 0
    assert found_in(world, PROBE) == []


def test_mistaken_identity_is_told_from_false_alarm() -> None:
    world = world_of(listing(mistaken="20%"), actions={"litter": {"rate": "2%"}})
    case = looked_at(world, PROBE)
    first = next(iter(PROBE.findings(case)))
    assert "owe it to mistaken identities of the camera" in first.says
    assert "false alarms" not in first.says
    # A record that goes astray spares whom it is of, one for one.
    assert case.figure(PROBE, "spared by error|list.on.litterers").value > 0


def test_counts_are_those_of_going_through_citizens_one_by_one() -> None:
    world = gt.load_world("unictown-campus", citizens=6_000).changed(
        {"defaulters-2018.sensors.court_list.mistaken": "20%"}
    )
    panel = Panels(world, world.measures).panel()
    flawless = Panels(FLAWLESS.of(world), ["refused.buy_plane_ticket"]).panel()
    spared = flawless["refused.buy_plane_ticket"]
    defaulters = "defaulters-2018."
    on, entered = panel[f"{defaulters}on.defaulters"], panel[f"{defaulters}entered.defaulters"]
    wrongly, refused = (
        panel[f"{defaulters}wrongly_on.defaulters"],
        panel["refused.buy_plane_ticket"],
    )
    innocent, listed, months = [], 0, []
    for at in np.flatnonzero(on.any(axis=1)):
        listed += 1
        past = [bool(wrongly[at, t]) for t in range(world.months) if entered[at, t]]
        so_far: list[bool] = []
        befell = False
        for t in range(world.months):
            if entered[at, t]:
                so_far.append(bool(wrongly[at, t]))
            before = spared[at, : t + 1].any()
            if refused[at, t] and so_far and all(so_far) and not before:
                befell = True
        if befell:
            innocent.append(int(at))
        assert past
        running = 0
        for t in range(world.months):
            if wrongly[at, t]:
                running += 1
            elif running:
                months.append(running)
                running = 0
    case = looked_at(world, PROBE, seeds=2)
    assert len(innocent) > 5
    assert case.own(PROBE, "innocent|refused.buy_plane_ticket") == len(innocent)
    assert case.own(PROBE, f"befell|{defaulters}on.defaulters") == listed
    own = case.read["error-harm"][0]
    for length in range(1, world.months + 1):
        key = f"{defaulters}wrongly_on.defaulters|ended|{length}"
        assert own[key] == months.count(length)
    assert set(case.kept["error-harm"]["refused.buy_plane_ticket"]) <= set(innocent)


def test_who_was_ever_rightly_recorded_is_not_innocent_from_then_on() -> None:
    right = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0]], bool)
    wrong = np.array([[0, 1, 0], [1, 0, 1], [0, 0, 0], [0, 0, 1]], bool)
    assert Against(right, wrong).innocent.astype(int).tolist() == [
        [0, 1, 1],
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
    ]


def test_a_deduction_for_nothing_that_costs_the_tier_is_found() -> None:
    scheme: dict[str, Any] = {
        "scheme": "score",
        "score": {"range": [0, 100], "start": 60},
        "tiers": {"low": 0, "high": 55},
        "sensors": {"camera": {"detects": "100%", "false_alarm": "2%"}},
        "rules": {"litter": {"when": "litter", "seen_by": "camera", "points": -10}},
    }
    case = looked_at(world_of(scheme, actions={"litter": {"rate": "2%"}}), PROBE)
    share = next(f for f in PROBE.findings(case) if "lower tier" in f.says).figures[0]
    assert share.low is not None
    assert (
        share.low < 0.5 < (share.high or 0)
    )  # the first of the two is as often the one as the other


def test_who_would_have_been_treated_so_anyway_was_not_harmed_by_error() -> None:
    """Everybody starts in the tier that pays a deposit, whatever is falsely said of them."""
    scheme: dict[str, Any] = {
        "scheme": "score",
        "score": {"range": [0, 100], "start": 50},
        "tiers": {"low": 0, "high": 55},
        "sensors": {"camera": {"detects": "100%", "false_alarm": "5%"}},
        "rules": {"litter": {"when": "litter", "seen_by": "camera", "points": -10}},
        "consequences": {
            "deposit": {"occasion": "fly", "for": "tier < high", "outcome": "require deposit"}
        },
    }
    case = looked_at(world_of(scheme), PROBE)
    assert case.own(PROBE, "befell|required.fly") > 0
    assert case.own(PROBE, "innocent|required.fly") == 0


def test_too_few_cases_are_said_to_be_too_few() -> None:
    world = world_of(listing(false_alarm="0.005%"), citizens=1_000, months=6)
    verdicts = {f.verdict for f in PROBE.findings(looked_at(world, PROBE, seeds=4))}
    assert verdicts == {Verdict.CANNOT_TELL}


@pytest.mark.parametrize(("rate", "found"), [("4%", True), ("1%", False)])
def test_the_group_that_is_mistaken_more_is_found(rate: str, found: bool) -> None:
    by = {"by": "poor", "rates": {"yes": rate}, "else": "1%"}
    says = [f.says for f in found_in(world_of(listing(false_alarm=by)), PROBE)]
    assert any("where poor is yes" in said for said in says) is found


@pytest.mark.parametrize(("rate", "seeds"), [("1%", 5), ("0.05%", 3)])
def test_equal_groups_are_told_apart_no_oftener_than_said(rate: str, seeds: int) -> None:
    """5% of families of comparisons may be wrong; of these 40 none is, and one.

    With few cases on few seeds Student's test alone would be wrong far oftener: counts that chance
    to be alike on all seeds have no spread.
    """
    wrong = 0
    for seed in range(40):
        world = world_of(listing(false_alarm=rate), months=6, seed=1000 * seed)
        found = found_in(world, PROBE, seeds=seeds, groups=["poor", "grade"])
        wrong += any(" where " in f.says for f in found)
    assert wrong <= 5
