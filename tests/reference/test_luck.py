from __future__ import annotations

import pytest

from glasstown.engine.reference.luck import Luck
from glasstown.luck import draw, layout, purpose


@pytest.mark.parametrize("size", [1, 7, 120, 150, 513, 1024])
@pytest.mark.parametrize("community", [0, 1, 9, 3_000_000])
def test_a_community_draws_what_its_citizens_draw(size: int, community: int) -> None:
    first, n, seed = community * size, min(size, 40), 2**63 + 2019
    luck = Luck(seed, layout(size), first, n)
    for name, month in (("conduct/action/cheat", 0), ("s/rule/points", 23)):
        expected = [draw(seed, purpose(name), month, layout(size), first + s) for s in range(n)]
        assert luck.draws(name, month) == expected
