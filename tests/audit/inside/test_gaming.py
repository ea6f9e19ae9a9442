"""What a scheme buys, crowds out, or gets for show, is found where it is and only there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside.gaming import Gaming
from glasstown.audit.inside.inside import Inside, Lives
from glasstown.audit.inside.rewards import rewards_of, unrewarded, used_up, within_reach
from glasstown.audit.inside.variants import HARMLESS, UNSCORED
from glasstown.audit.probe import Answer, ask
from glasstown.audit.yardstick import DEFAULT, load_yardstick
from glasstown.engine.panel import Panel, Panels
from tests.audit.inside.asked import asked, campus, lived, looked

PROBE = Gaming()
UNMOVED = {
    "conduct.norm.weight": 0,
    "conduct.fear": {},
    "conduct.actions.fall_behind.taste.means": 0,
    "conduct.actions.pay_debt.taste.means": 0,
    "conduct.actions.study_hard.taste.means": 0,
}
"""Nothing moves citizens but the worth of a score."""

SHORT_SIGHTED = {
    **UNMOVED,
    "conduct.pull": {"weight": 4, "months": 1, "keeps": 1, "spread": 0},
    "unictown-2019.discloses.rules": True,
    "unictown-2019.tiers.excellent": 590,
}
"""A score is worth what it opens this month: only who can reach a tier by one act is moved."""


def sentences(answer: Answer, part: str) -> list[str]:
    return [found.says for found in answer.findings if part in found.says]


def reward(world: gt.World, rule: str) -> Any:
    return next(each for each in rewards_of(world) if each.rule == rule)


def test_what_is_rewarded_and_what_nothing_reads() -> None:
    world = campus()
    assert [each.rule for each in rewards_of(world)] == [
        "paper", "patent", "volunteering", "shopping", "repayment",
    ]  # fmt: skip
    volunteering = reward(world, "volunteering")
    assert (volunteering.points, volunteering.cap, volunteering.period) == (100, 800, 12)
    assert volunteering.floors == (6401,)
    assert unrewarded(world) == ("study_hard", "donate_blood", "open_account")
    missed = {"missed": "donate_blood", "each": "year", "seen_by": "shop_log", "points": -5}
    world = campus({"unictown-2019.rules.blood": missed})
    assert reward(world, "blood").points == 50
    assert unrewarded(world) == ("study_hard", "open_account")


def test_a_cap_is_used_up_when_the_machine_says_so() -> None:
    world = campus({"unictown-2019.rules.shopping.at_most": "2 a quarter"})
    name = "unictown-2019.{}.shopping"
    measures = ["unictown-2019.score", name.format("points"), name.format("fired")]
    panel = Panels(world, measures).panel()
    full = used_up(panel, reward(world, "shopping"))
    points, fired = panel[name.format("points")], panel[name.format("fired")] > 0
    assert full.any()
    assert np.array_equal(full[fired], points[fired] == 0)
    assert not full[:, ::3].any()


def test_only_who_can_reach_a_tier_is_moved_by_its_worth_this_month() -> None:
    """The pull is then nought but for who stands within one act's points: exactly, one by one."""
    world = campus(SHORT_SIGHTED)
    lives = lived(world, PROBE, looked(world, PROBE, 1))
    for rule, least in (("volunteering", 50), ("shopping", 3)):
        one = reward(world, rule)
        did = lives.here[f"did.{one.action}"] > 0
        would = lives.panels[HARMLESS.name][f"did.{one.action}"] > 0
        near = within_reach(lives.here, one)
        assert (did & ~would).sum() >= least
        assert not (did & ~would & ~near).any()
        assert not (would & ~did).any()
        assert not (did & ~would & used_up(lives.here, one)).any()
    case = looked(world, PROBE, 3)
    near_, far, top = (
        case.figure(PROBE, f"{side}|unictown-2019.volunteering") for side in ("near", "far", "top")
    )
    assert near_.low > 0.5
    assert (far.low, far.high, top.low, top.high) == (0, 0, 0, 0)
    answer = ask(PROBE, case)
    (show,) = [s for s in sentences(answer, "below a tier") if s.startswith("Volunteering")]
    assert "0% (0% to 0%) more often further below" in show
    assert "0% (0% to 0%) more often in the highest tier" in show


def test_acts_stop_where_the_cap_is_used_up() -> None:
    change = {"unictown-2019.rules.shopping.at_most": "3 a quarter", "conduct.pull.spread": 40}
    pulled = {**UNMOVED, "unictown-2019.rules.shopping.points": 3, "conduct.pull.weight": 4}
    told = {"unictown-2019.discloses.rules": True, "unictown-2019.tiers.excellent": 570}
    world = campus({**pulled, **told, **change})
    found = sentences(asked(world, PROBE), "where its points still have room")
    assert len(found) == 1
    assert "Shopping" in found[0]
    assert "0% (0% to 0%) more often where their cap is used up" in found[0]
    free = campus({**pulled, **told, "unictown-2019.rules.shopping.at_most": "40 a year"})
    assert not sentences(asked(free, PROBE), "Shopping through the app is done 0")
    assert not [s for s in sentences(asked(free, PROBE), "still have room") if "Shopping" in s]


def test_figures_are_those_of_a_slow_count() -> None:
    rests = {"diligence": "0.8", "above_start / 10": "-0.5"}
    world = campus({"conduct.actions.study_hard.taste": rests})
    case = looked(world, PROBE, 1)
    lives = lived(world, PROBE, case)
    here, free = lives.here, lives.panels[UNSCORED.name]
    done = both = added = moved = base = 0
    for did, would in zip(
        here["did.volunteer"].tolist(), free["did.volunteer"].tolist(), strict=True
    ):
        done += sum(did)
        base += sum(would)
        both += sum(a and b for a, b in zip(did, would, strict=True))
        more = sum(a and not b for a, b in zip(did, would, strict=True))
        less = sum(b and not a for a, b in zip(did, would, strict=True))
        added += more
        moved += min(more, less)
    assert case.own(PROBE, "change|volunteer") == pytest.approx(done / base - 1)
    assert case.own(PROBE, "anyway|volunteer") == both / done
    assert case.own(PROBE, "moved|volunteer") == moved / added
    owing, owing_free = (panel["in.unpaid_debt"][:, :-1].sum() for panel in (here, free))
    paid, paid_free = (panel.total("did.pay_debt").sum() for panel in (here, free))
    rate, rate_free = paid / owing, paid_free / owing_free
    assert case.own(PROBE, "change|pay_debt") == pytest.approx(rate / rate_free - 1)
    extra = np.zeros(len(here), int)
    for action in ("publish_paper", "file_patent", "volunteer", "shop", "pay_debt"):
        extra += here.total(f"did.{action}") - free.total(f"did.{action}")
    movers = extra > 0
    studied, would_study = (p.total("did.study_hard")[movers].sum() for p in (here, free))
    assert case.own(PROBE, "crowd|study_hard") == pytest.approx(studied / would_study - 1)
    score, born = here["unictown-2019.score"], here.born["unictown-2019.score"]
    harmless = lives.panels[HARMLESS.name]["did.volunteer"].tolist()
    far = far_harmless = 0
    for citizen, did in enumerate(here["did.volunteer"].tolist()):
        for month in range(12):
            before = score[citizen, month - 1] if month else born[citizen]
            if before + 100 < 6401:
                far += did[month]
                far_harmless += harmless[citizen][month]
    name = "unictown-2019.volunteering"
    assert case.own(PROBE, f"far|{name}") == pytest.approx(far / far_harmless - 1)
    kept = case.kept["gaming"]
    assert len(kept) == 3
    assert extra[list(kept)].min() == sorted(extra)[-3]


def test_where_nothing_moves_citizens_nothing_is_found() -> None:
    answer = asked(campus({**UNMOVED, "conduct.pull.weight": 0}), PROBE)
    assert answer.verdict is not Verdict.FOUND
    assert not sentences(answer, "Volunteering")
    assert answer.looked == "5 actions that are rewarded, 3 others"


def test_more_is_bought_where_citizens_reckon() -> None:
    answer = asked(campus({"unictown-2019.tiers.excellent": 600}), PROBE)
    assert sentences(answer, "Volunteering, which is rewarded, is done")
    assert sentences(answer, "Volunteering is done")
    assert any(found.lives for found in answer.findings)


def test_who_rises_and_then_rests_is_crowded_out() -> None:
    told = {**UNMOVED, "conduct.pull.weight": 2, "unictown-2019.tiers.excellent": 600}
    rests = {"conduct.actions.study_hard.taste": {"diligence": "0.8", "above_start / 10": -1}}
    (found,) = sentences(asked(campus({**told, **rests}), PROBE), "which nothing rewards")
    assert found.startswith("Studying hard")
    assert not sentences(asked(campus(told), PROBE), "which nothing rewards")


def test_acts_that_do_not_heed_the_score_are_rarely_called_a_show() -> None:
    """25 audits of 4 seeds: at 5% each, more than 5 alarms come in one case of 800."""
    world = campus(citizens=2_000)
    case = Inside(world, load_yardstick(DEFAULT), (), tuple(range(4)), world.citizens)
    wanted = PROBE.wanted(case)
    assert wanted is not None
    luck = np.random.default_rng(3)
    shape = (2_000, 12)

    def panel(given: dict[str, Any]) -> Panel:
        none = {measure: np.zeros(shape, np.int32) for measure in wanted.measures}
        born = {"unictown-2019.score": np.full(2_000, 5_500)}
        return Panel(world, np.arange(2_000), {**none, **given}, born, {})

    read = []
    for _ in range(100):
        would = luck.random(shape) < 0.1
        more = would | (luck.random(shape) < 0.03)
        score = 5_500 + 10 * luck.integers(0, 15, shape).cumsum(axis=1)
        points = 100 * (luck.random(shape) < 0.4)
        own = {"unictown-2019.score": score, "unictown-2019.points.volunteering": points}
        here, free = panel({"did.volunteer": more, **own}), panel({"did.volunteer": would})
        read.append(PROBE.figures(case, Lives({"here": here, "unscored": free, "harmless": free},
                                              own=False)))  # fmt: skip
    alarms = bought = 0
    for first in range(0, 100, 4):
        audit = replace(case, read={"gaming": read[first : first + 4]}, kept={"gaming": ()})
        answer = ask(PROBE, audit)
        bought += bool(sentences(answer, "Volunteering, which is rewarded"))
        alarms += bool(sentences(answer, "if nothing followed"))
    assert bought == 25
    assert alarms <= 5
    assert all(each["base|near|unictown-2019.volunteering"] >= 20 for each in read)


def test_too_few_acts_cannot_be_told() -> None:
    answer = asked(campus(citizens=200, months=2), PROBE)
    assert sentences(answer, "too little to tell")
    assert asked(campus(), PROBE, seeds=1).verdict is Verdict.CANNOT_TELL


def test_a_world_without_rewards_is_not_asked() -> None:
    case = looked(campus().without("unictown-2019"), PROBE, 1)
    assert not case.was_read(PROBE)
    assert not list(PROBE.findings(case))
