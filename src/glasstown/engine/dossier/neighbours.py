"""A community's surroundings, from the machine: its ward is lived, and what is met is read off."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import columns_met, emit_shown
from glasstown.engine import machine
from glasstown.engine.columns import KINDS, lanes
from glasstown.engine.execute import planned_world
from glasstown.engine.lives import Lives, State
from glasstown.engine.reference import Signals, Surroundings
from glasstown.world.world import World

_COMMONS = KINDS.index("commons")
_AT_BIRTH = ("mean/", "cut/")


@final
class Neighbours:
    """The surroundings of any community of one world.

    Raises:
        FileProblems: the world cannot be run: see `planned_world`.
    """

    def __init__(self, world: World) -> None:
        program, slots = emit_shown(planned_world(world, columns_met))
        self._lives = Lives(world, program)
        self._slots = {name: (KINDS.index(kind), at) for name, (kind, at) in slots.items()}

    def surroundings(self, community: int, signals: Signals) -> Surroundings:
        """What the citizens of a community met of one another; `signals`: those of each month."""
        lives = self._lives
        used = np.zeros((len(signals), max(len(lives.program.signals), 1)), dtype=np.int32)
        for number, name in enumerate(lives.program.signals):
            used[:, number] = [now[name] for now in signals]
        ward, group = divmod(community, lives.layout.communities)
        state = lives.state(1)
        lives.live(machine.BIRTH_ONLY, used[:1], 0, 0, state, ward, 1)
        born = self._met(state, group)
        months = []
        for t in range(len(signals)):
            lives.live(machine.ONE_MONTH, used[t : t + 1], t, 1, state, ward, 1)
            months.append(self._met(state, group))
        at_birth = {name: v for name, v in born.items() if name.startswith(_AT_BIRTH)}
        return Surroundings(at_birth, tuple(months))

    def _met(self, state: State, group: int) -> dict[str, int]:
        """The values of one community of a ward: its common ones, or a bit for each seat."""
        return {
            name: (
                int(state[kind][0, at, group])
                if kind == _COMMONS
                else self._seats(state[kind][0, at], group)
            )
            for name, (kind, at) in self._slots.items()
        }

    def _seats(self, flags: NDArray[np.uint16], group: int) -> int:
        """The flags of a community's seats, as one number."""
        size = self._lives.layout.size
        own = lanes(flags)[group * size : (group + 1) * size]
        return int.from_bytes(np.packbits(own.astype(np.uint8), bitorder="little"), "little")
