from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.reference.small import PLACES

from glasstown.engine.reference.luck import Luck
from glasstown.luck import ONE

Draws = Callable[[int, int], int]
Fix = Callable[[dict[str, Draws | int]], None]


@pytest.fixture
def fix(monkeypatch: pytest.MonkeyPatch) -> Fix:
    """Fixes the draws for some purposes: a number, or a function of the month and the seat."""
    fixed: dict[str, Draws | int] = {}
    true_draws = Luck.draws

    def draws(self: Luck, name: str, month: int) -> list[int]:
        true = true_draws(self, name, month)
        if name not in fixed:
            return true
        given = fixed[name]
        return [given if isinstance(given, int) else given(month, seat) for seat in self.seats]

    monkeypatch.setattr(Luck, "draws", draws)
    return fixed.update


@pytest.fixture
def seats(fix: Fix) -> None:
    """Gives every citizen the place of the seat, for communities of up to eight."""
    fix({"nation/place": lambda month, seat: seat * (ONE // PLACES)})
