from __future__ import annotations

import pytest

from glasstown.engine.reference.luck import Luck
from glasstown.luck import draw, layout, purpose

SEED = 2**63 + 2019


@pytest.mark.parametrize("size", [1, 7, 120, 150, 513, 1024])
@pytest.mark.parametrize("community", [0, 1, 9, 3_000_000])
def test_a_community_draws_what_its_citizens_draw(size: int, community: int) -> None:
    first, n = community * size, min(size, 40)
    luck = Luck(SEED, layout(size), first, range(n), months=24)
    for name in ("conduct/action/cheat", "s/rule/points"):
        for month in (0, 23, 5, 6):
            found = luck.draws(name, month)
            expected = [draw(SEED, purpose(name), month, layout(size), first + s) for s in range(n)]
            assert found == expected


@pytest.mark.parametrize("seats", [(0,), (7,), (3, 39), tuple(range(1, 40))])
def test_some_citizens_draw_what_they_draw_among_all(seats: tuple[int, ...]) -> None:
    everyone = Luck(SEED, layout(40), 4000, range(40), months=1200)
    some = Luck(SEED, layout(40), 4000, seats, months=1200)
    for month in (0, 700, 1199):
        all_draws = everyone.draws("p", month)
        assert some.draws("p", month) == [all_draws[seat] for seat in seats]
        assert some.of_community("p", month) == everyone.of_community("p", month) == all_draws[0]
