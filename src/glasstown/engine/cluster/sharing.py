"""Who keeps which spans: as even as the memory of the nodes allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def shared(
    wanted: Sequence[int], loads: Sequence[int], nodes: Sequence[str], room: Mapping[str, int]
) -> list[int] | None:
    """For each of so many wards, which keeper takes them; None where they find no room.

    `loads` and `nodes` say of each keeper the wards it has and its node; `room` is the wards that
    each node can still hold.
    """
    loads, left = list(loads), dict(room)
    taken = []
    for wards in wanted:
        able = [k for k, node in enumerate(nodes) if left.get(node, 0) >= wards]
        if not able:
            return None
        chosen = min(able, key=lambda k: (loads[k], k))
        loads[chosen] += wards
        left[nodes[chosen]] -= wards
        taken.append(chosen)
    return taken


def worth_moving(behind: int, ahead: int, keepers: int, newcomers: int) -> bool:
    """Whether to give newcomers a share, which they must live from birth while all wait.

    With n keepers and k newcomers, a share of the nation, 1 / (n + k), is lived again for the
    months behind; each month ahead then takes 1 / (n + k) instead of 1 / n.
    """
    return newcomers > 0 and behind * keepers < ahead * newcomers
