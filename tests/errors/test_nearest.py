import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.errors import nearest

NAMES = ["points", "seen_by", "at_most", "half_life", "unictown-2019", "defaulters-2018", "when"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ponits", "points"),
        ("point", "points"),
        ("Points", "points"),
        ("seen-by", "seen_by"),
        ("seenBy", "seen_by"),
        ("by_seen", "seen_by"),
        ("halflife", "half_life"),
        ("half life", "half_life"),
        ("unictown", "unictown-2019"),
        ("unictown_2019", "unictown-2019"),
        ("Unictown-2018", "unictown-2019"),
        ("wehn", "when"),
        ("xyzzy", ""),
        ("", ""),
        ("---", ""),
    ],
)
def test_the_nearest_name(wrong: str, right: str) -> None:
    assert nearest(wrong, NAMES) == right


def test_of_equals_the_first_and_never_itself() -> None:
    assert nearest("rule1", ["rule2", "rule3"]) == "rule2"
    assert nearest("rule3", ["rule2", "rule3"]) == "rule2"
    assert nearest("rule", ["rule"]) == ""


def test_absurd_names_take_no_time() -> None:
    start = time.perf_counter()
    assert nearest("a" * 100_000, ["ab" * 50_000] * 1000) == ""
    assert time.perf_counter() - start < 1


@given(st.text(), st.lists(st.text()))
def test_it_is_one_of_the_candidates_or_nothing(name: str, candidates: list[str]) -> None:
    found = nearest(name, candidates)
    assert found == "" or found in candidates
    assert found != name or found == ""
