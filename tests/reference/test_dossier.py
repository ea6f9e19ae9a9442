"""Dossiers of small worlds, where what happens is known."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reference.conftest import Fix
from tests.reference.small import SURE, doing, scored, small
from tests.worlds import worlds

from glasstown.engine.dossier import Dossier, dossier
from glasstown.engine.reference import live, run
from glasstown.errors import GlasstownError
from glasstown.luck import ONE
from glasstown.records import Signals
from glasstown.world import World, load_world

CONDUCT: dict[str, Any] = {
    **doing(cheat_exam="month == 1", publish_paper="month in (1, 3)", volunteer="no"),
    "occasions": {"buy_course": {**SURE, "worth": 2}, "fly": {**SURE, "worth": 4}},
}
SCHEME: dict[str, Any] = scored(
    score={
        "range": [0, 100],
        "start": 60,
        "fades": {"toward": 50, "rate": "10%"},
    },
    sensors={"records": {"context": "education"}, "post": {"delay": "2 months"}},
    rules={
        "paper": {
            "when": "publish_paper", "seen_by": "records", "points": 12, "at_most": "18 a year",
        },
        "cheating": {"when": "cheat_exam", "seen_by": "records", "points": -40},
        "late": {
            "when": "cheat_exam", "seen_by": "post", "straight_to": "low", "lasts": "2 months",
        },
        "idle": {"missed": "volunteer", "each": "quarter", "seen_by": "records", "points": "-2.5"},
        "grace": {"each": "month", "points": 1, "disclosed": False},
        "profile": {"at_start": True, "points": 5},
    },
    tiers={"low": 0, "high": 50},
    registers={
        "cheats": {
            "enter": "seen(cheat_exam, records)", "leave": "month == 4", "at_least": "2 months",
        }
    },
    consequences={
        "barred": {"occasion": "fly", "for": "on(cheats)", "outcome": "refuse"},
        "cheaper": {"occasion": "buy_course", "for": "tier == high", "outcome": "discount 20%"},
        "deposit": {
            "occasion": "buy_course", "for": "tier == low", "outcome": "require deposit",
            "needs_means": 9,
        },
        "named": {"for": "on(cheats)", "outcome": "expose"},
    },
    appeals={"filed": "100%", "heard_after": "1 month", "upheld": {"wrong": "100%", "right": "0%"}},
)  # fmt: skip
TOLD = {"rules": True, "reasons": True}


def of(scheme: dict[str, Any], *, as_citizen: bool = False, **more: Any) -> Dossier:
    world = small(scheme, CONDUCT, months=6, **more)
    return dossier(world, 0, as_citizen=as_citizen)


def lines(told: Dossier) -> list[str]:
    """The lines of the text, those that were wrapped put together again."""
    found: list[str] = []
    for line in told.text().splitlines():
        if line.startswith(" " * 16) and found and not line.strip().startswith("the "):
            found[-1] += " " + line.strip()
        else:
            found.append(line)
    return found


@pytest.fixture(scope="module")
def auditor() -> Dossier:
    return of(SCHEME)


@pytest.mark.parametrize(
    "line",
    [
        "Citizen 0 of small",
        "All that happened, and why. An invented life: nobody real is meant.",
        "  start       s: starts with 65 points (profile +5), in tier high; keeps the register "
        "cheats",
        "Month 0 (s 65.0 to 64.4)",
        "  score       s: 64.4 +12.0 (paper) -40.0 (cheating) +1.0 (grace) +1.2 (fading) = 38.6",
        "  did         cheating in an exam (100% likely)",
        "                the records recorded it: cheating -40",
        "                the post recorded it, which arrives in month 3",
        "                the records recorded it: paper +12",
        "                the records recorded it: paper +6 of +12, for the cap is reached",
        "  rule        late straight to low for 2 months (recorded in month 1)",
        "  rule        idle -2.5, for no volunteering on record in the last 3 months",
        "  tier        s: down from high to low",
        "  register    put on the register cheats of s, for 2 months at least",
        "  register    off the register cheats of s after 3 months: what it takes to leave it "
        "holds",
        "  appeal      filed with s against the loss of 40 points and the entry on cheats, to be "
        "heard in month 2",
        "  appeal      turned down by s against the loss of 40 points and the entry on cheats",
        "  refused     flying, because the citizen is on the register cheats (s)",
        "  discount    20% off buying a course, because the tier is high (s)",
        "  asked       deposit for buying a course, which could not be met, because the tier is "
        "low (s)",
        "  exposed     named in public by s, because the citizen is on the register cheats",
    ],
)
def test_an_auditor_reads_what_happened_and_why(auditor: Dossier, line: str) -> None:
    assert line in lines(auditor)


def test_the_account_sums_to_the_score(auditor: Dossier) -> None:
    (account,) = auditor.accounts
    causes = {row.cause: (row.times, row.points) for row in account.rows}
    assert causes["paper"] == (2, 18)
    assert causes["cheating"] == (1, -40)
    assert causes["idle"] == (2, -5)
    assert causes["grace"] == (6, 6)
    assert account.start == 65
    assert account.start + sum(row.points for row in account.rows) == account.end
    world = small(SCHEME, CONDUCT, months=6)
    assert account.end == Fraction(live(world, [0]).citizens[0].accounts[0].score, 10)
    assert "  paper                                      2 months        +18.0" in lines(auditor)


def test_the_ending_says_what_it_came_to(auditor: Dossier) -> None:
    assert (
        "In all: refused 3 times, given a discount once, named in public 3 times and asked 5 "
        in (auditor.text())
    )
    assert "The sensors recorded 4 of this citizen's deeds and missed 0." in auditor.closing


def test_a_citizen_is_not_told_what_is_secret() -> None:
    text = of(SCHEME, as_citizen=True).text()
    told = lines(of(SCHEME, as_citizen=True))
    assert "  did         cheating in an exam" in told
    assert "  score       s: 64.4 -25.8 (no reason given) = 38.6" in told
    assert "  refused     flying (no reason given)" in told
    assert "  exposed     named in public by s, no reason given" in told
    assert "  discount    20% off buying a course (no reason given)" in told
    assert "  register    put on the register cheats of s, for 2 months at least" in told
    assert "  tier        s: down from high to low" in told
    secrets = (
        "records",
        "post",
        "paper +",
        "cheating -",
        "grace",
        "late",
        "idle",
        "fading",
        "likely",
    )
    assert [secret for secret in secrets if secret in text] == []


def test_a_citizen_is_told_what_is_disclosed() -> None:
    told = lines(of({**SCHEME, "discloses": TOLD}, as_citizen=True))
    # All but the one rule that is kept secret.
    assert (
        "  score       s: 64.4 +12.0 (paper) -40.0 (cheating) +1.0 (no reason given) +1.2 (fading) "
        "= 38.6"
    ) in told
    assert "  rule        cheating -40" in told
    assert "  refused     flying, because the citizen is on the register cheats (s)" in told


def test_a_citizen_is_not_told_of_a_secret_score_tier_or_register() -> None:
    hidden = {"score": False, "tier": False, "registers": False}
    found = of({**SCHEME, "discloses": hidden}, as_citizen=True)
    text = found.text()
    assert found.accounts == ()
    assert "  refused     flying (no reason given)" in lines(found)
    for secret in ("score", "points", "tier", "cheats", "register", "40"):
        assert secret not in text.replace("the score is not told", ""), secret
    assert "cheats" not in json.dumps(found.to_dict())


def test_one_month_alone_tells_the_small_things_too() -> None:
    world = small(SCHEME, CONDUCT, months=6)
    found = dossier(world, 0, month=2)
    assert [month.number for month in found.months] == [2]
    told = lines(found)
    assert "  rule        grace +1" in told
    assert not any(line.startswith("How the score") for line in told)


def test_quiet_months_are_told_together() -> None:
    scheme = scored(score={"range": [0, 100], "start": 90, "fades": {"toward": 50, "rate": "10%"}})
    found = dossier(small(scheme, months=5), 0)
    assert "Months 0 to 4 (s 90.0 to 73.7): nothing to tell" in lines(found)


@pytest.mark.usefixtures("seats")
def test_mistakes_are_told_to_the_auditor_and_not_to_the_citizen(fix: Fix) -> None:
    recorded = [(0, 0), (1, 1), (0, 2), (1, 2), (2, 2)]
    fix(
        {
            "s/eye/sin/step": 0,  # to the next seat
            "s/eye/sin": lambda t, seat: 0 if (t, seat) in recorded else ONE - 1,
        }
    )
    scheme = scored(
        sensors={"eye": {"mistaken": "100%", "detects": "50%", "false_alarm": "50%"}},
        rules={"sins": {"when": "sin", "seen_by": "eye", "points": -10}},
        registers={"bad": {"enter": "seen(sin)"}},
        consequences={"barred": {"occasion": "fly", "for": "on(bad)", "outcome": "refuse"}},
        appeals={"filed": "100%", "upheld": {"wrong": "100%", "right": "0%"}},
    )
    conduct = {
        **doing(sin="place == 0 and month in (0, 2) or place == 2"),
        "occasions": {"fly": SURE},
    }
    world = small(scheme, conduct, citizens=3, months=3)
    sinner, other = lines(dossier(world, 0)), lines(dossier(world, 1))
    assert "                the eye put it down to citizen 1" in sinner
    assert "                the eye missed it" in sinner
    assert "  wrongly     the eye put sinning of citizen 2 down to this citizen: sins -10" in sinner
    assert "  wrongly     the eye put sinning of citizen 0 down to this citizen: sins -10" in other
    assert "  wrongly     the eye recorded sinning, which did not happen: sins -10" in other
    assert (
        "  register    put on the register bad of s, wrongly: it rests on a wrong record" in other
    )
    assert any("wrongly: the entry there rests on a wrong record" in line for line in other)
    assert any("10 points given back" in line for line in other)
    text = dossier(world, 1, as_citizen=True).text()
    assert "wrong" not in text
    assert "eye" not in text
    assert "citizen 0" not in text


def test_who_is_silenced_is_told(fix: Fix) -> None:
    conduct = {
        "actions": {"speak_critically": {"rate": "50%", "fear": 9, "voices": "yes"}, "sin": SURE},
        "fear": {"own": "100%"},
    }
    fix({"conduct/action/speak_critically": ONE // 4})
    scheme = scored(
        sensors={"eye": {}}, rules={"sins": {"when": "sin", "seen_by": "eye", "points": -1}}
    )
    told = lines(dossier(small(scheme, conduct, months=2), 0))
    assert "  did         criticising the authorities in public (50% likely)" in told
    assert (
        "  kept from   criticising the authorities in public, but for fear and the pull of the "
        "score (under 0.1% likely: fear -9.00)"
    ) in told


def test_a_dossier_is_json() -> None:
    for as_citizen in (False, True):
        data = json.loads(json.dumps(of(SCHEME, as_citizen=as_citizen).to_dict()))
        assert data["citizen"] == 0
        assert len(data["months"]) == 6
        kinds = {entry["kind"] for month in data["months"] for entry in month["entries"]}
        assert ("sensor" in kinds or "wrongly" in kinds) <= (not as_citizen)
        score = data["accounts"][0]
        assert score["end"] == pytest.approx(
            score["start"] + sum(r["points"] for r in score["rows"])
        )


def coupled() -> World:
    scheme = scored(
        consequences={"b": {"occasion": "fly", "best": "50% of nation", "outcome": "advance"}}
    )
    return small(scheme, {"occasions": {"fly": SURE}}, citizens=6, size=2, months=3)


def test_a_coupled_world_needs_the_signals_of_its_run() -> None:
    world = coupled()
    with pytest.raises(GlasstownError, match="run the world"):
        dossier(world, 3)
    signals = run(world).signals
    told = dossier(world, 3, signals=signals).text()
    kept = Signals(("cut/s/b",), np.array([[50]] * 3, dtype=np.int64))
    assert dossier(world, 3, signals=kept).text() == told


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), number=st.integers(0, 10**6))
def test_any_life_can_be_told(world: World, number: int) -> None:
    citizen = number % world.citizens
    signals = run(world).signals
    for as_citizen in (False, True):
        told = dossier(world, citizen, signals=signals, as_citizen=as_citizen)
        assert told.text()
        json.dumps(told.to_dict())
        for account in told.accounts:
            assert account.start + sum(row.points for row in account.rows) == account.end
        for month in told.months:
            for change in month.scores:
                assert change.before + sum(points for _, points in change.parts) == change.after


@pytest.mark.parametrize(
    ("citizen", "month", "what"),
    [
        (-1, None, "no citizen"),
        (1, None, "no citizen"),
        (0, 6, "no month"),
        (0, -1, "no month"),
    ],
)
def test_there_is_no_such_life(citizen: int, month: int | None, what: str) -> None:
    with pytest.raises(GlasstownError, match=what):
        dossier(small(SCHEME, CONDUCT, months=6), citizen, month=month)


@pytest.mark.parametrize("as_citizen", [False, True])
def test_one_month_tells_what_was_not_done_as_not_done(as_citizen: bool) -> None:
    world = load_world("unictown-campus", citizens=120, months=2)
    found = dossier(world, 7, month=1, as_citizen=as_citizen)
    told = [
        (entry.kind, entry.facts["done"])
        for month in found.months
        for entry in month.entries
        if {"action", "done"} <= set(entry.facts)
    ]
    assert len(told) > 5
    assert all((kind == "did") == done for kind, done in told)
    assert {done for _, done in told} == {False, True}
