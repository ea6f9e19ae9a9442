from __future__ import annotations

from typing import Any

import pytest
from tests.reference.small import SURE, doing, lived, scored, series, small, told

from glasstown.engine.reference.events import Exposed, Treated

TRIP = {"occasions": {"trip": {**SURE, "worth": 4}}}
PROFILE = {"place": {"at_start": True, "points": "10 * place"}}


def outcomes(
    consequences: dict[str, Any], *, scheme: dict[str, Any] | None = None, **more: Any
) -> dict[str, list[int]]:
    whole = {**scored(), **(scheme or {}), "consequences": consequences}
    world = small(whole, more.pop("conduct", TRIP), **more)
    life = lived(world)
    measures = [m for m in world.measures if m.endswith(".trip") or m == "means"]
    return {m.removesuffix(".trip"): series(world, m, life) for m in measures}


def on(what: str, who: str, **more: Any) -> dict[str, Any]:
    return {"occasion": "trip", "for": who, "outcome": what, **more}


def test_a_refusal_comes_before_all_else(seats: None) -> None:
    found = outcomes(
        {
            "barred": on("refuse", "place == 0"),
            "deposit": on("require deposit", "place <= 1", needs_means=1),
            "first": on("advance", "yes and score > 0"),
            "some": on("discount 25%", "place <= 2"),
            "more": on("discount 50%", "place == 2"),
        },
        citizens=4,
        months=1,
    )
    assert found["wanted"] == [4]
    assert found["refused"] == [1]
    assert found["required"] == [1]
    assert found["unmet"] == [1]
    assert found["advanced"] == [2]
    assert found["discounted"] == [1]
    # -4 and -4, and of the two served: +4 +2 (the larger discount), +4; in sixteenths.
    assert found["means"] == [16 * (-4 - 4 + 4 + 2 + 4)]


def test_nothing_befalls_who_wants_nothing() -> None:
    conduct = {"occasions": {"trip": {**SURE, "who": "month == 1"}}}
    found = outcomes({"barred": on("refuse", "score > 0")}, conduct=conduct, months=3)
    assert found["refused"] == [0, 1, 0]


def test_means_of_the_months_start_meet_a_requirement() -> None:
    conduct = {
        "occasions": {"gift": {**SURE, "worth": 2, "who": "month == 0"}, **TRIP["occasions"]},
        "means": {"half_life": "1200 months"},
    }
    consequences = {
        "gifts": {"occasion": "gift", "for": "score > 0", "outcome": "advance"},
        "deposit": on("require deposit", "score > 0", needs_means="1.5"),
    }
    found = outcomes(consequences, conduct=conduct, months=3)
    assert found["required"] == [1, 1, 1]
    # Month 0: no means yet. It costs 4 and the gift brings 2: no better later.
    assert found["unmet"] == [1, 1, 1]
    richer = {**conduct["occasions"], "gift": {**conduct["occasions"]["gift"], "worth": 6}}
    found = outcomes(consequences, conduct={**conduct, "occasions": richer}, months=3)
    assert found["unmet"] == [1, 0, 0]


@pytest.mark.usefixtures("seats")
def test_the_best_are_those_above_the_cut() -> None:
    # Scores 50, 60, 70, 80: a quota of a half is for 70 and 80.
    best = {"occasion": "trip", "best": "50% of community", "outcome": "advance"}
    found = outcomes({"b": best}, scheme={"rules": PROFILE}, citizens=4, months=1)
    assert found["advanced"] == [2]
    # And of the best only for whom it is.
    some = {**best, "for": "place != 3"}
    found = outcomes({"b": some}, scheme={"rules": PROFILE}, citizens=4, months=1)
    assert found["advanced"] == [1]


def test_who_is_tied_at_the_cut_is_not_among_the_best(seats: None) -> None:
    tied = {"place": {"at_start": True, "if": "place > 0", "points": 10}}
    best = {"occasion": "trip", "best": "50% of community", "outcome": "advance"}
    found = outcomes({"b": best}, scheme={"rules": tied}, citizens=4, months=1)
    assert found["advanced"] == [0]


def test_the_rank_is_of_the_scores_of_now(seats: None) -> None:
    rise = {"up": {"each": "month", "if": "place == month", "points": 5}}
    best = {"occasion": "trip", "best": "40% of community", "outcome": "advance"}
    world = small(scored(rules=rise, consequences={"b": best}), TRIP, citizens=3, months=3)
    life = lived(world, watch=True)
    ahead = [(e.month, e.citizen) for e in told(life, Treated) if e.advanced]
    assert ahead == [(0, 0)]  # then 55, 55, 50: a tie; and then 55, 55, 55


def test_exposure_is_with_or_without_an_occasion() -> None:
    conduct = {"occasions": {"trip": {**SURE, "who": "month == 2"}}}
    scheme = scored(
        consequences={
            "named": {"for": "month == 1", "outcome": "expose"},
            "shamed": {"for": "month > 1", "occasion": "trip", "outcome": "expose"},
        }
    )
    world = small(scheme, conduct)
    assert series(world, "s.exposed") == [0, 1, 1, 0]
    assert [e.consequence for e in told(lived(world, watch=True), Exposed)] == ["named", "shamed"]


def test_a_refusal_for_a_wrong_entry_is_wrong(seats: None) -> None:
    scheme = {
        "sensors": {"eye": {"false_alarm": "100%"}},
        "rules": {"sins": {"when": "sin", "seen_by": "eye", "points": -1}},
        "registers": {"bad": {"enter": "seen(sin)"}, "old": {"enter": "place == 2"}},
    }
    conduct = {**TRIP, **doing(sin="place == 0")}
    found = outcomes(
        {"barred": on("refuse", "on(bad)"), "also": on("refuse", "on(old)")},
        scheme=scheme,
        conduct=conduct,
        citizens=3,
        months=1,
    )
    assert found["refused"] == [3]
    assert found["refused_wrongly"] == [2]


def test_schemes_act_on_the_same_citizens() -> None:
    app = scored(consequences={"first": on("advance", "score >= 50")})
    court = {
        "registers": {"bad": {"enter": "month == 1", "at_most": "1 month"}},
        "consequences": {"barred": on("refuse", "on(bad)")},
    }
    world = small([app, court], TRIP)
    assert series(world, "advanced.trip") == [1, 0, 1, 1]
    assert series(world, "refused.trip") == [0, 1, 0, 0]
    refusal = told(lived(world, watch=True), Treated)[1]
    assert refusal.by == (("s1", "barred"),)
