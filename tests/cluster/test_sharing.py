"""Who keeps which spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glasstown.engine.cluster.sharing import shared, worth_moving

KEEPERS = st.lists(st.sampled_from("abc"), min_size=1, max_size=9)


@given(st.lists(st.integers(1, 20), max_size=40), KEEPERS, st.integers(0, 400))
def test_no_node_holds_more_than_it_has_room_for(
    wanted: list[int], nodes: list[str], room: int
) -> None:
    rooms = {"a": room, "b": room // 2}
    taken = shared(wanted, [0] * len(nodes), nodes, rooms)
    if taken is None:
        assert not wanted or sum(rooms.get(n, 0) for n in set(nodes)) < sum(wanted) + 20 * len(
            nodes
        )
        return
    held = dict.fromkeys("abc", 0)
    for wards, keeper in zip(wanted, taken, strict=True):
        held[nodes[keeper]] += wards
    assert all(held[node] <= rooms.get(node, 0) for node in held)


@given(st.integers(0, 60), st.lists(st.integers(0, 30), min_size=1, max_size=9))
def test_with_room_for_all_the_load_is_level(count: int, loads: list[int]) -> None:
    taken = shared([1] * count, loads, ["a"] * len(loads), {"a": 10_000})
    assert taken is not None
    after = [load + taken.count(keeper) for keeper, load in enumerate(loads)]
    for keeper in set(taken):
        assert after[keeper] - 1 <= min(after)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 99), st.integers(0, 99))
def test_a_share_moves_where_that_saves_time(
    behind: int, ahead: int, keepers: int, newcomers: int
) -> None:
    both = keepers + newcomers
    stay = ahead * both  # months ahead at 1 / keepers each, times keepers * both
    move = behind * keepers + ahead * keepers
    assert worth_moving(behind, ahead, keepers, newcomers) == (newcomers > 0 and move < stay)
