"""The loop: ward after ward, month after month, instruction after instruction."""

from __future__ import annotations

from typing import Any

from numba import int64, uint64

from glasstown.engine.machine.communities import note_seats, of_communities, rotated, spread
from glasstown.engine.machine.counting import counted
from glasstown.engine.machine.draws import drawn
from glasstown.engine.machine.flags import compared, on_flags
from glasstown.engine.machine.jit import kept_on_disk
from glasstown.engine.machine.keeping import kept
from glasstown.engine.machine.numbers import (
    BIRTH_ONLY,
    BLOCKS,
    CUT,
    DRAW,
    EQI,
    FCONST,
    FSELECT,
    GROUP,
    ON_COMMONS,
    ONE_MONTH,
    ROTATE,
    SADDIF,
    SCONST,
    SEQI,
    SIGNAL,
    SLIKELY,
    SLT,
    SPREADF,
    SPREADW,
    SSELECT,
    UNPACK,
    WHOLE_LIFE,
    WIDEN,
)
from glasstown.engine.machine.shorts import on_shorts, selected
from glasstown.engine.machine.widths import converted
from glasstown.engine.machine.words import on_words


# fmt: off
def entry(made_of: int) -> Any:
    """The loop, compiled from what `made_of` stands for, with which it answers.

    Numba keeps what it compiled for as long as the entry's own file stays the same, and does not
    look at the files of what the entry calls. But it keeps entries apart that enclose different
    numbers.
    """

    @kept_on_disk
    def live(
        mode: Any, code: Any, sections: Any, tables: Any, short_tables: Any, halves: Any,
        logistic: Any, likely: Any, lookups: Any, signals: Any, ledger: Any, hist: Any,
        offsets: Any, kept_flags: Any, bytes_: Any, kept_shorts: Any, kept_words: Any, commons: Any,
        keys: Any, first_ward: Any, wards: Any, per_ward: Any, citizens: Any, size: Any,
        first_month: Any, months: Any, room: Any, base: Any, flags: Any, quads: Any, shorts: Any,
        words: Any, luck: Any, high: Any, drawn_for: Any, limits: Any, starts: Any, cells: Any,
        cell_quads: Any, lanes_of: Any, citizens_of: Any, citizen_quads: Any,
    ) -> int:
        """Live ward after ward, instruction after instruction.

        Rows of commons begin at `base` of `words` and have room for `room` communities. `quads`,
        `high`, `cell_quads` and `citizen_quads` are what stands before them, in words of another
        width.
        """
        # Each kind of life is a run of steps: birth or the load, the months, the store.
        last_step = months
        if mode != WHOLE_LIFE:
            last_step = 1 if mode == BIRTH_ONLY else 2
        seated = int64(0)
        for w in range(wards):
            ward = first_ward + w
            seats = min(per_ward, citizens - ward * per_ward)
            if seats != seated:
                note_seats(seats, size, cells, lanes_of, citizens_of)
                seated = seats
            drawn_for[0] = uint64(0xFFFFFFFFFFFFFFFF)
            groups = (seats + size - 1) // size
            first_block = uint64(uint64(ward) * uint64(BLOCKS))
            here = w if mode != WHOLE_LIFE else 0
            for step in range(-1, last_step):
                section = 2
                if step < 0:
                    section = 1 if mode == ONE_MONTH else 0
                elif mode == BIRTH_ONLY or (mode == ONE_MONTH and step == 1):
                    section = 3
                at_month = max(step, 0) if mode == WHOLE_LIFE else 0
                row = min(at_month, ledger.shape[0] - 1)
                month = int64(first_month + at_month)
                for pc in range(sections[section, 0], sections[section, 1]):
                    op = code[pc, 0]
                    if op >= ON_COMMONS or op <= EQI:
                        on_words(code, pc, op, words, tables, room, base)
                    elif op >= DRAW:
                        drawn(
                            code, pc, op, flags, shorts, words, luck, high, limits, starts, tables,
                            halves, logistic, likely, lookups, keys, first_block, drawn_for, month,
                            seats,
                        )
                    elif op >= SCONST and op <= SLIKELY:
                        on_shorts(code, pc, op, shorts, limits, short_tables, likely)
                    elif op >= SSELECT and op <= SADDIF:
                        selected(code, pc, op, flags, shorts)
                    elif op >= SLT and op <= SEQI:
                        compared(code, pc, op, flags, shorts)
                    elif op >= FCONST and op <= FSELECT:
                        on_flags(code, pc, op, flags)
                    elif op >= WIDEN and op <= UNPACK:
                        converted(code, pc, op, flags, shorts, words)
                    elif op >= SPREADF and op <= SPREADW:
                        spread(
                            code, pc, op, flags, shorts, words, citizens_of, base, room, groups,
                            size, seats,
                        )
                    elif op >= SIGNAL and op <= CUT:
                        of_communities(
                            code, pc, op, flags, quads, shorts, words, citizen_quads, tables,
                            signals, row, month, keys, first_block, base, room, groups, size, seats,
                        )
                    elif op == ROTATE:
                        rotated(code, pc, flags, words, cells, base, room, size, seats)
                    elif op <= GROUP:
                        counted(
                            code, pc, op, flags, quads, shorts, words, cells, cell_quads, lanes_of,
                            ledger, row, hist, offsets, seats,
                        )
                    else:
                        kept(
                            code, pc, op, flags, shorts, words, kept_flags, bytes_, kept_shorts,
                            kept_words, commons, here, base, room, groups,
                        )
        return made_of

    return live
# fmt: on
