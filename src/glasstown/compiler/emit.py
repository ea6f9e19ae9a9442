"""Plan to program: what is live, in what order, in which registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from glasstown.compiler.graph import Graph
from glasstown.compiler.nodes import Effect, State
from glasstown.compiler.ops import SIGNATURES, WORDS, Op
from glasstown.compiler.plan import Plan, plan
from glasstown.compiler.program import SECTIONS, Program
from glasstown.world.world import World

LOADS = {8: Op.LOAD8, 16: Op.LOAD16, 32: Op.LOAD32}
FLAGS = ((0, 0), (0, 1), (1, 1))
STORES = {8: Op.STORE8, 16: Op.STORE16, 32: Op.STORE32}


def compile_world(world: World) -> Program:
    """The program of a world.

    Raises:
        TooWide: some value could leave 32 bits.
    """
    return emit(plan(world))


def emit(planned: Plan) -> Program:
    """The program of a plan."""
    emitter = _Emitter(planned.graph)
    emitter.all()
    seen = {s.histogram: s.width for s in planned.signals if s.histogram >= 0}
    histograms = tuple(seen[number] for number in sorted(seen))
    tables = planned.graph.tables or [0]
    return Program(
        code=np.array(emitter.code or [[0] * WORDS], dtype=np.int32),
        sections=emitter.sections,
        tables=np.array(tables, dtype=np.int32),
        registers=emitter.registers,
        measures=len(planned.world.measures),
        cells=len(planned.world.cells),
        histograms=histograms,
        signals=tuple(planned.graph.signals),
        columns=emitter.columns(),
        labels=tuple(emitter.labels),
    )


@dataclass
class _Emitter:
    graph: Graph
    code: list[list[int]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)
    pinned: dict[int, int] = field(default_factory=dict)
    state_register: dict[int, int] = field(default_factory=dict)
    masks: tuple[int, ...] = ()
    registers: int = 1
    fixed: int = 0

    def all(self) -> None:
        graph = self.graph
        monthly_effects = [e for e in graph.effects if not e.at_birth]
        birth_effects = [e for e in graph.effects if e.at_birth]
        counts = [e for e in monthly_effects if e.op is Op.COUNT]
        self.masks = counts[0].args[1:] if counts else ()
        self.live = self._live()
        self.states = [(i, s) for i, s in enumerate(graph.states) if s.load in self.live]
        month = self._month_nodes(monthly_effects)
        self._pin(month, monthly_effects)
        self.section("traits", self._closure(self._static_needed), [], {})
        births = [s.birth for _, s in self.states]
        roots = [*births, *(a for e in birth_effects for a in e.args)]
        into = {i: s.birth for i, s in self.states}
        self.section("birth", self._closure(roots), birth_effects, into)
        self._memory("load", LOADS)
        self.section("month", month, monthly_effects, {i: s.new for i, s in self.states})
        self._memory("store", STORES)
        self.sections = {name: self.sections[name] for name in SECTIONS}

    def _live(self) -> set[int]:
        """Every value that some effect needs, through the months."""
        live: set[int] = set()
        todo = [a for e in self.graph.effects for a in e.args]
        while todo:
            node = self.graph.nodes[todo.pop()]
            if node.id in live:
                continue
            live.add(node.id)
            todo += node.args
            if node.state >= 0:
                state = self.graph.states[node.state]
                todo += [state.birth, state.new]
        return live

    def _month_nodes(self, effects: list[Effect]) -> list[int]:
        """The values made anew each month, in order."""
        roots = [a for e in effects for a in e.args] + [s.new for _, s in self.states]
        found: set[int] = set()
        todo = [a for a in roots if self.graph.nodes[a].monthly]
        while todo:
            node = self.graph.nodes[todo.pop()]
            if node.id in found or node.state >= 0:
                continue
            found.add(node.id)
            todo += [a for a in node.args if self.graph.nodes[a].monthly]
        return sorted(found)

    def _pin(self, month: list[int], effects: list[Effect]) -> None:
        """Give registers of their own to state, and to values that every month reads."""
        register = 0
        for index, state in self.states:
            self.state_register[index] = register
            self.pinned[state.load] = register
            register += 1
        read = [a for n in month for a in self.graph.nodes[n].args]
        read += [a for e in effects for a in (e.args[:1] if e.op is Op.COUNT else e.args)]
        read += [s.new for _, s in self.states]
        self._static_needed = [m for m in self.masks if not self.graph.nodes[m].monthly]
        for node in dict.fromkeys(read):
            if not self.graph.nodes[node].monthly and node not in self.pinned:
                self.pinned[node] = register
                self._static_needed.append(node)
                register += 1
        self.fixed = self.registers = register

    def _closure(self, roots: Iterable[int]) -> list[int]:
        """The roots and all they are made of, in order, without what is pinned elsewhere."""
        found: set[int] = set()
        todo = list(roots)
        started = "traits" in self.sections
        while todo:
            node = self.graph.nodes[todo.pop()]
            if node.id in found or (started and node.id in self.pinned):
                continue
            found.add(node.id)
            todo += node.args
        return sorted(found)

    def section(
        self, name: str, nodes: list[int], effects: list[Effect], into: dict[int, int]
    ) -> None:
        """Emit one section: its values and effects, then the state it leaves."""
        start = len(self.code)
        steps = self._steps(name, nodes, effects)
        last: dict[int, int] = {}
        made: dict[int, int] = {}
        for position, step in enumerate(steps):
            args = step.args if isinstance(step, Effect) else self.graph.nodes[step].args
            for a in args:
                last[a] = position
            if not isinstance(step, Effect):
                made[step] = position
        end = len(steps)
        home = self._homes(name, into, last, made, end)
        where = dict(self.pinned) | home
        if name == "birth":
            for _, s in self.states:
                where.pop(s.load, None)
        free: list[int] = []
        for value in [v for v in into.values() if v not in home]:
            last[value] = end
        for m in self.masks:
            if m in made:
                last[m] = max(last.get(m, 0), made[m])
        for position, step in enumerate(steps):
            if isinstance(step, Effect):
                self._effect(step, where)
                args = step.args
            else:
                node = self.graph.nodes[step]
                if step in where:
                    register = where[step]
                else:
                    register = free.pop() if free else self._more()
                    where[step] = register
                self._put(node.op, register, [where[a] for a in node.args], node.imms, node.label)
                for cell, m in enumerate(self.masks, start=1):
                    if m == step:
                        self._put(Op.GROUP, 0, [register], (cell, 0, 0), "a group")
                args = (*node.args, step)
            for a in dict.fromkeys(args):
                if last.get(a, position) == position and where[a] >= self.fixed:
                    free.append(where[a])
        self._settle(into, where, home, free)
        self.sections[name] = (start, len(self.code))

    def _steps(self, name: str, nodes: list[int], effects: list[Effect]) -> list[int | Effect]:
        """Values in order, each effect as soon as its values are there."""
        when: dict[int, list[Effect]] = {}
        first: list[int | Effect] = []
        present = set(nodes)
        for effect in effects:
            for part in self._by_cells(effect):
                ready = [a for a in part.args if a in present]
                if ready:
                    when.setdefault(max(ready), []).append(part)
                else:
                    first.append(part)
        steps = first
        for node in nodes:
            steps.append(node)
            steps += when.get(node, [])
        return steps

    def _by_cells(self, effect: Effect) -> list[Effect]:
        """A count, split into runs of cells whose masks are known at birth or only monthly."""
        if effect.op is not Op.COUNT:
            return [effect]
        runs: list[tuple[bool, int, int]] = [(False, 0, 1)]
        for cell, mask in enumerate(self.masks, start=1):
            monthly = self.graph.nodes[mask].monthly
            if runs[-1][0] == monthly:
                runs[-1] = (monthly, runs[-1][1], cell + 1)
            else:
                runs.append((monthly, cell, cell + 1))
        value = effect.args[0]
        return [
            Effect(
                Op.COUNT,
                (value, *(self.masks[first - 1 : end - 1] if monthly else ())),
                (effect.imms[0], first, end),
                effect.after,
                False,
                effect.label,
            )
            for monthly, first, end in runs
        ]

    def _homes(
        self,
        name: str,
        into: dict[int, int],
        last: dict[int, int],
        made: dict[int, int],
        end: int,
    ) -> dict[int, int]:
        """New values of state that can be made where the state is kept."""
        kept: dict[int, int] = {}
        copied = {value for value in into.values() if value not in made}
        for index, value in into.items():
            if value not in made or value in kept or value in self.pinned:
                continue
            load = self.graph.states[index].load
            used_until = end if load in copied else last.get(load, -1)
            if name == "birth" or used_until < made[value]:
                kept[value] = self.state_register[index]
        return kept

    def _settle(
        self, into: dict[int, int], where: dict[int, int], home: dict[int, int], free: list[int]
    ) -> None:
        """Copy what was not made in place to where the state is kept."""
        moves = []
        for index, value in into.items():
            register = self.state_register[index]
            source = where[value]
            if source != register:
                moves.append((register, source, self.graph.states[index].name))
        targets = {register for register, _, _ in moves}
        spare: dict[int, int] = {}
        for _, source, name in moves:
            if source in targets and source not in spare:
                spare[source] = free.pop() if free else self._more()
                self._put(Op.COPY, spare[source], [source], (0, 0, 0), name)
        for register, source, name in moves:
            self._put(Op.COPY, register, [spare.get(source, source)], (0, 0, 0), name)

    def _effect(self, effect: Effect, where: dict[int, int]) -> None:
        if effect.op is Op.COUNT:
            value = effect.args[0]
            op = Op.COUNTIF if self.graph.bounds(value) in FLAGS else Op.COUNT
            self._put(op, 0, [where[value]], effect.imms, effect.label)
        else:
            self._put(effect.op, 0, [where[a] for a in effect.args], effect.imms, effect.label)

    def _put(
        self, op: Op, dst: int, args: list[int], imms: tuple[int, int, int], label: str
    ) -> None:
        registers = [*args, 0, 0, 0][:3]
        self.code.append([int(op), dst, *registers, *imms])
        self.labels.append(label)
        assert SIGNATURES[op].registers == len(args)

    def _more(self) -> int:
        self.registers += 1
        return self.registers - 1

    def _memory(self, section: str, ops: dict[int, Op]) -> None:
        """Load or store the columns of state of a coupled world."""
        start = len(self.code)
        used = {8: 0, 16: 0, 32: 0}
        for index, state in self.states:
            bits = width(state)
            register = self.state_register[index]
            imms = (used[bits], 0, 0)
            used[bits] += 1
            if section == "load":
                self._put(ops[bits], register, [], imms, state.name)
            else:
                self._put(ops[bits], 0, [register], imms, state.name)
        self._used = used
        self.sections[section] = (start, len(self.code))

    def columns(self) -> tuple[int, int, int]:
        """How many columns of state there are of 8, 16 and 32 bits."""
        return self._used[8], self._used[16], self._used[32]


def width(state: State) -> int:
    """The fewest bits, of 8, 16 and 32, that hold a column of state."""
    for bits in (8, 16):
        if -(2 ** (bits - 1)) <= state.low and state.high < 2 ** (bits - 1):
            return bits
    return 32
