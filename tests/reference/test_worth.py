from __future__ import annotations

from typing import Any

from tests.reference.small import SURE, small

from glasstown.engine.reference.worth import fading_of, scale_of, worth

SCORE = {"range": [0, 4], "start": 2, "kept_to": 1}
CONDUCT = {
    "actions": {"work": SURE},
    "occasions": {"job": {"rate": "50%", "worth": 2}, "trip": {"rate": "25%", "worth": 8}},
    "pull": {"weight": 1, "months": 2, "keeps": "50%", "spread": 1},
}


def of(consequences: dict[str, Any], **scheme: Any) -> list[int]:
    world = small({"score": SCORE, **scheme, "consequences": consequences}, CONDUCT)
    return worth(world, world.schemes[0])


def test_the_worth_of_a_score_is_known() -> None:
    # w = 2^16 * 0.5 * 2 = 65,536 from 3 on. V_1 = w. B = 16,384:
    # V_2(2) = 16,384 * (0 + 0 + 65,536) / 2^17 = 8,192
    # V_2(3) = 65,536 + 16,384 * (0 + 131,072 + 65,536) / 2^17 = 90,112
    # V_2(4) = 65,536 + 16,384 * 4 * 65,536 / 2^17 = 98,304
    advance = {"occasion": "job", "for": "score >= 3", "outcome": "advance"}
    assert of({"first": advance}) == [0, 0, 8, 88, 96]


def test_each_outcome_has_its_factor() -> None:
    tiers = {"tiers": {"low": 0, "high": 3}}
    here = {"occasion": "trip", "for": "tier >= high"}
    # A refusal: w = -2^17. A discount of a half and a requirement are half of that.
    assert of({"c": {**here, "outcome": "refuse"}}, **tiers) == [0, 0, -16, -176, -192]
    assert of({"c": {**here, "outcome": "discount 50%"}}, **tiers) == [0, 0, 8, 88, 96]
    assert of({"c": {**here, "outcome": "require deposit"}}, **tiers) == [0, 0, -8, -88, -96]
    assert of({"c": {**here, "outcome": "expose"}}, **tiers) == [0] * 5


def test_only_what_looks_at_the_score_alone_gives_it_worth() -> None:
    assert (
        of({"c": {"occasion": "job", "best": "10% of community", "outcome": "advance"}}) == [0] * 5
    )
    assert of({"c": {"for": "score > 1", "outcome": "expose"}}) == [0] * 5
    advance = {"occasion": "job", "outcome": "advance"}
    assert of({"c": {**advance, "for": "score >= 3 and place < 9"}}) == [0] * 5
    assert of({"c": {**advance, "for": "score >= 3 and month < 9"}}) == [0] * 5
    assert of({"c": {**advance, "for": "min(score, 9) >= 3"}}) == [0, 0, 8, 88, 96]


def test_a_fading_score_is_worth_what_it_fades_to() -> None:
    # Half fades: from 4 to 2, from 3 to 3 - trunc(1.5 / 2 ...): toward 0 it is 3 - 1 = 2.
    score = {**SCORE, "fades": {"toward": 0, "rate": "50%"}}
    world = small({"score": score}, CONDUCT)
    fade = fading_of(world.schemes[0])
    assert [fade(s) for s in range(5)] == [0, 1, 1, 2, 2]


def test_a_score_of_tenths_is_kept_in_tenths() -> None:
    score = {"range": [0, 10], "start": 5, "fades": {"toward": 5, "half_life": "1 month"}}
    world = small({"score": score, "tiers": {"a": 0, "b": 5.5}, "tier_margin": "0.25"}, CONDUCT)
    scale, fade = scale_of(world.schemes[0]), fading_of(world.schemes[0])
    assert (scale.steps, scale.low, scale.high) == (10, 0, 100)
    # A floor of 5.5 - 0.25 = 5.25 points is 52.5 steps, to the even: 52.
    assert (scale.floors, scale.lower_floors) == ((0, 55), (-2, 52))
    assert fade(81) == 66  # 31 above rest: trunc(15.5) fades
    assert fade(19) == 34
