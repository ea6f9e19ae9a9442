"""Plan to program: its sections, instruction by instruction, and the registers they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final

import numpy as np

from glasstown.compiler import reach
from glasstown.compiler.codes import COMMON, WORDS, Code, Kind
from glasstown.compiler.columns import LOADS, STORES, Slot, slots
from glasstown.compiler.counting import Tally, tallies
from glasstown.compiler.lower import Lowered
from glasstown.compiler.nodes import State
from glasstown.compiler.ops import Op
from glasstown.compiler.order import lifetimes, ordered
from glasstown.compiler.plan import Plan, plan
from glasstown.compiler.program import SECTIONS, Program
from glasstown.compiler.registers import Registers
from glasstown.compiler.steps import Step, encoded
from glasstown.world.world import World


def compile_world(world: World) -> Program:
    """The program of a world.

    Raises:
        TooWide: some value could leave 32 bits.
    """
    return emit(plan(world))


def emit(planned: Plan, stateful: bool = False) -> Program:
    """The program of a plan; `stateful`: one that can keep its state between months.

    That of a coupled world always can.
    """
    return _emitted(planned, stateful or planned.world.coupled)[0]


def emit_met(planned: Plan) -> tuple[Program, dict[str, Slot]]:
    """The stateful program of a plan, and where it keeps each value of `planned.met`."""
    program, emitter = _emitted(planned, stateful=True)
    steps = {name: emitter.lowered.get(load) for name, load in planned.met.items()}
    return program, {name: emitter.slots[step] for name, step in steps.items()}


def _emitted(planned: Plan, stateful: bool) -> tuple[Program, _Emitter]:
    emitter = _Emitter(planned, stateful)
    emitter.all()
    seen = {s.histogram: s.width for s in planned.signals if s.histogram >= 0}
    kept = [width for width, _ in emitter.slots.values()]
    program = Program(
        code=np.array(emitter.code or [[0] * WORDS], dtype=np.int64).astype(np.int32),
        sections={name: emitter.sections[name] for name in SECTIONS},
        tables=np.array(planned.graph.tables or [0], dtype=np.int32),
        registers={kind.value: max(n, 1) for kind, n in emitter.registers.counts.items()},
        measures=len(planned.world.measures),
        cells=planned.cells,
        histograms=tuple(seen[number] for number in sorted(seen)),
        signals=tuple(planned.graph.signals),
        columns={width: kept.count(width) for width in LOADS},
        labels=tuple(emitter.labels),
    )
    return program, emitter


@final
@dataclass
class _Emitter:
    planned: Plan
    stateful: bool
    code: list[list[int]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)
    registers: Registers = field(default_factory=Registers)
    kept: list[int] = field(default_factory=list)
    slots: dict[int, Slot] = field(default_factory=dict)

    def all(self) -> None:
        graph = self.planned.graph
        self.lowered = Lowered(graph, self.stateful)
        self.steps = self.lowered.steps
        live = reach.live(self.planned)
        states = [s for s in graph.states if s.load in live]
        # Every measure is counted in the same cells.
        masks = next((e.args[1:] for e in graph.effects if e.op is Op.COUNT), ())
        for value in sorted(live):
            if graph.nodes[value].monthly and graph.nodes[value].state < 0:
                self.lowered.get(value)
        self.masks = tuple(self.lowered.get(m, Kind.FLAG) for m in masks)
        loads = [self.lowered.get(s.load) for s in states]
        news = [self._as_state(s, s.new) for s in states]
        births = [self._as_state(s, s.birth) for s in states]
        counted = [t for e in graph.effects if not e.at_birth for t in tallies(self.lowered, e)]
        at_birth = [t for e in graph.effects if e.at_birth for t in tallies(self.lowered, e)]
        roots = [*news, *(t.value for t in counted), *self.masks]
        month = reach.needed(self.steps, roots, monthly=True)
        self._own(month, counted, loads, news)
        if self.stateful:
            self.kept = reach.kept(self.steps, self.static)
            self.slots = slots(self.steps, [*self.kept, *loads])
        roots = [*self.static, *births, *(t.value for t in at_birth)]
        born = reach.needed(self.steps, roots)
        self._section("birth", born, at_birth, dict(zip(loads, births, strict=True)))
        self._load(loads)
        self._section("month", month, counted, dict(zip(loads, news, strict=True)))
        self._store(loads)

    def _as_state(self, state: State, value: int) -> int:
        return self.lowered.get(value, self.lowered.kind(state.load))

    def _own(
        self, month: Sequence[int], counted: Sequence[Tally], loads: list[int], news: list[int]
    ) -> None:
        """Give registers of their own to state, and to values that every month reads."""
        self.pinned: dict[int, int] = {}
        for load in loads:
            self.pinned[load] = self.registers.own(self.steps[load].kind)
        read = [a for step in month for a in self.steps[step].args]
        read += [t.value for t in counted] + news
        static = [s for s in dict.fromkeys(read) if not self.steps[s].monthly]
        for step in static:
            self.pinned[step] = self.registers.own(self.steps[step].kind)
        masks = [m for m in dict.fromkeys(self.masks) if not self.steps[m].monthly]
        self.static = [*static, *(m for m in masks if m not in self.pinned)]

    def _load(self, loads: list[int]) -> None:
        """A stateful program's state, and what its months read, from what is kept."""
        start = len(self.code)
        if self.stateful:
            self.registers.all_back()
            where = {
                k: self.pinned[k] if k in self.pinned else self.registers.lend(self.steps[k].kind)
                for k in self.kept
            }
            self._memory(where, LOADS)
            for m in (m for m in self.masks if m in where):
                self._group(m, where[m])
            steps = reach.needed(self.steps, self.static, without=self.kept)
            self._section("load", steps, [], {}, where)
            self._memory({load: self.pinned[load] for load in loads}, LOADS)
        self.sections["load"] = (start, len(self.code))

    def _store(self, loads: list[int]) -> None:
        start = len(self.code)
        if self.stateful:
            self._memory({load: self.pinned[load] for load in loads}, STORES)
        self.sections["store"] = (start, len(self.code))

    def _memory(self, where: dict[int, int], codes: dict[str, Code]) -> None:
        """Load or store the columns of steps, each in its register."""
        for step, register in where.items():
            width, number = self.slots[step]
            code = codes[width]
            dst, args = (register, []) if codes is LOADS else (0, [register])
            self._put(int(code), dst, args, (number, 0, 0), self.steps[step].label)

    def _section(
        self,
        name: str,
        steps: Sequence[int],
        counted: Sequence[Tally],
        into: dict[int, int],
        there: dict[int, int] | None = None,
    ) -> None:
        """Emit one section: its values and effects, then the state it leaves in `into`."""
        start = len(self.code)
        if there is None:
            self.registers.all_back()
        order = ordered(steps, counted)
        last, made = lifetimes(self.steps, order)
        end = len(order)
        home = self._homes(name, into, last, made, end)
        self.where = dict(self.pinned) | (there or {}) | home
        if name == "birth":
            for load in into:
                del self.where[load]
        for value in [v for v in into.values() if v not in home]:
            last[value] = end
        keep = set(self.kept) if name == "birth" else set()
        for position, item in enumerate(order):
            used = self._tally(item) if isinstance(item, Tally) else self._make(item)
            for step in dict.fromkeys(used):
                if last.get(step, position) == position and step not in keep:
                    self.registers.back(self.steps[step].kind, self.where[step])
        self._settle(into, home)
        if keep:
            self._memory({k: self.where[k] for k in self.kept}, STORES)
        self.sections[name] = (start, len(self.code))

    def _make(self, number: int) -> tuple[int, ...]:
        step = self.steps[number]
        register = self.where.get(number, -1)
        if register < 0:
            register = self.where[number] = self.registers.lend(step.kind)
        args = [self.where[a] for a in step.args]
        self._put(encoded(step), register, args, step.imms, step.label)
        if number in self.masks:
            self._group(number, register)
        return (*step.args, number)

    def _group(self, mask: int, register: int) -> None:
        for cell, m in enumerate(self.masks, start=1):
            if m == mask:
                self._put(int(Code.GROUP), 0, [register], (cell, 0, 0), "a group")

    def _tally(self, tally: Tally) -> tuple[int, ...]:
        args = [self.where[tally.value], tally.times]
        self._put(int(tally.code), 0, args[: 1 + (tally.times != 0)], tally.imms, tally.label)
        return (tally.value,)

    def _homes(
        self, name: str, into: dict[int, int], last: dict[int, int], made: dict[int, int], end: int
    ) -> dict[int, int]:
        """New values of state that can be made where the state is kept."""
        kept: dict[int, int] = {}
        copied = {value for value in into.values() if value not in made}
        for load, value in into.items():
            if value not in made or value in kept or value in self.pinned:
                continue
            used_until = end if load in copied else last.get(load, -1)
            if name == "birth" or used_until < made[value]:
                kept[value] = self.pinned[load]
        return kept

    def _settle(self, into: dict[int, int], home: dict[int, int]) -> None:
        """Copy what was not made in place to where the state is kept."""
        moves = [(load, self.where[value]) for load, value in into.items()
                 if self.where[value] != self.pinned[load]]  # fmt: skip
        targets = {(self.steps[load].kind, self.pinned[load]) for load, _ in moves}
        spare: dict[tuple[Kind, int], int] = {}
        for load, source in moves:
            at = (self.steps[load].kind, source)
            if at in targets and at not in spare:
                spare[at] = self.registers.lend(at[0])
                self._copy(self.steps[load], spare[at], source)
        for load, source in moves:
            step = self.steps[load]
            self._copy(step, self.pinned[load], spare.get((step.kind, source), source))

    def _copy(self, step: Step, register: int, source: int) -> None:
        code = {Kind.FLAG: Code.FCOPY, Kind.SHORT: Code.SCOPY}.get(step.kind, Code.COPY)
        number = int(code) + (COMMON if step.kind is Kind.COMMON else 0)
        self._put(number, register, [source], (0, 0, 0), step.label)

    def _put(
        self, code: int, dst: int, args: list[int], imms: tuple[int, int, int], label: str
    ) -> None:
        registers = [*args, 0, 0, 0][:3]
        signed = [(i + 2**31) % 2**32 - 2**31 for i in imms]
        self.code.append([code, dst, *registers, *signed])
        self.labels.append(label)
