"""Luck: known answers, purity, and how evenly it falls."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.luck import (
    FADE,
    LOG_ODDS,
    ONE,
    draw,
    half,
    layout,
    log_odds,
    logistic,
    logistic_table,
    monthly_fade,
    philox,
    purpose,
    threshold,
)


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        (
            (0, 0, 0, 0),
            (0, 0),
            (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
        ),
        (
            (0xFFFFFFFF,) * 4,
            (0xFFFFFFFF,) * 2,
            (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        ),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: tuple[int, int, int, int]
) -> None:
    """The known-answer vectors that the authors' library, Random123, is shipped with."""
    assert philox(counter, key) == words


@given(size=st.integers(1, 1024))
def test_every_citizen_has_bits_of_their_own(size: int) -> None:
    ward = layout(size)
    assert ward.size == size
    assert ward.seats <= 1024 < ward.seats + size
    assert ward.communities == ward.seats // size
    places = {ward.bits(citizen) for citizen in range(3 * ward.seats)}
    assert len(places) == 3 * ward.seats
    assert max(part for _, part in places) < 8


@pytest.mark.parametrize("size", [0, -1, 1025])
def test_a_community_has_a_size_that_fits_a_ward(size: int) -> None:
    with pytest.raises(ValueError, match="holds 1 to 1024"):
        layout(size)


@given(
    seed=st.integers(0, 2**64 - 1),
    month=st.integers(0, 1199),
    citizen=st.integers(0, 2**40 - 1),
    size=st.integers(1, 1024),
)
def test_a_draw_is_its_two_halves(seed: int, month: int, citizen: int, size: int) -> None:
    ward = layout(size)
    whole = draw(seed, purpose("a"), month, ward, citizen)
    assert 0 <= whole < ONE
    assert whole >> 14 == half(seed, purpose("a"), month, ward, citizen, 0)
    assert whole & 0x3FFF == half(seed, purpose("a"), month, ward, citizen, 1) & 0x3FFF


def test_seed_purpose_month_and_citizen_each_matter() -> None:
    ward = layout(150)
    base = [draw(1, purpose("a"), 0, ward, citizen) for citizen in range(50)]
    assert len(set(base)) == 50
    for other in (
        [draw(2, purpose("a"), 0, ward, citizen) for citizen in range(50)],
        [draw(1 + 2**32, purpose("a"), 0, ward, citizen) for citizen in range(50)],
        [draw(1, purpose("b"), 0, ward, citizen) for citizen in range(50)],
        [draw(1, purpose("a"), 1, ward, citizen) for citizen in range(50)],
    ):
        assert not set(base) & set(other)


def test_draws_are_even() -> None:
    """Chi-squared over 64 bins of 20,000 draws, for high and low bits; false alarms 1 in 1,000."""
    ward = layout(120)
    draws = [draw(7, purpose("even"), 3, ward, citizen) for citizen in range(20_000)]
    critical = 103.4  # the 99.9th percentile of chi-squared with 63 degrees of freedom
    for shift in (24, 8, 0):
        counts = [0] * 64
        for value in draws:
            counts[(value >> shift) & 63] += 1
        expected = len(draws) / 64
        assert sum((c - expected) ** 2 / expected for c in counts) < critical, shift


def test_neighbours_draw_alone() -> None:
    """Correlation over 20,000 pairs; false alarms 1 in 1,000 each."""
    ward = layout(120)

    def luck(name: str, month: int, ahead: int) -> list[float]:
        number = purpose(name)
        return [draw(7, number, month, ward, c + ahead) / ONE - 0.5 for c in range(20_000)]

    base = luck("a", 0, 0)
    limit = 3.29 / math.sqrt(20_000)
    for other in (luck("a", 0, 1), luck("a", 1, 0), luck("b", 0, 0), luck("a", 0, 120)):
        correlation = sum(x * y for x, y in zip(base, other, strict=True)) / 20_000 * 12
        assert abs(correlation) < limit


def test_the_logistic_table_is_right_and_symmetric() -> None:
    table = logistic_table()
    assert len(table) == 2**15
    assert all(a <= b for a, b in itertools.pairwise(table))
    assert all(low + high == ONE for low, high in zip(table[1:], table[:0:-1], strict=True))
    for step in (-16384, -9000, -1, 0, 1, 777, 16383):
        exact = ONE / (1 + math.exp(-step / 1024))
        assert abs(table[step + 16384] - exact) <= 1
    assert logistic(-(10**9)) == table[0]
    assert logistic(10**9) == table[-1]


@given(st.fractions(Fraction(1, 10**6), Fraction(10**6 - 1, 10**6)))
def test_log_odds_and_logistic_undo_each_other(share: Fraction) -> None:
    back = logistic(log_odds(share)) / ONE
    assert abs(back - share) < share * (1 - share) / 1000
    assert log_odds(share) == -log_odds(1 - share)


def test_certainty_has_no_log_odds() -> None:
    for share in (Fraction(0), Fraction(1)):
        with pytest.raises(ValueError, match="no log-odds"):
            log_odds(share)


def test_thresholds_and_fades() -> None:
    assert threshold(Fraction(0)) == 0
    assert threshold(Fraction(1)) == ONE
    assert threshold(Fraction(1, 2)) == ONE // 2
    assert monthly_fade(1) == FADE // 2
    assert monthly_fade(24) == round((1 - 2 ** (-1 / 24)) * FADE)
    assert LOG_ODDS == 2**10
