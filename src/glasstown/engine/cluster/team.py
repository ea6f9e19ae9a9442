"""The actors that keep the state of a coupled world, and who of them keeps what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, final

import ray
from ray.exceptions import RayError

from glasstown.engine.cluster.refusals import no_memory, no_processor, other_glasstown
from glasstown.engine.cluster.sharing import shared, worth_moving
from glasstown.engine.cluster.worker import Plain
from glasstown.engine.crew import Span
from glasstown.engine.lives import Lives

PATIENCE = 60.0
"""Seconds to wait for keepers without whom the run cannot go on."""

GATHERING = 5.0
"""Seconds to wait for the others; who comes later is welcome."""


@final
@dataclass(eq=False)
class Member:
    """A keeper: its actor, its node, and the spans it keeps, by number."""

    actor: Any
    node: str
    spans: dict[int, Span] = field(default_factory=dict)

    @property
    def wards(self) -> int:
        """How many wards it keeps."""
        return sum(span.wards for span in self.spans.values())


@final
class Team:
    """Hires keepers, one for each processor, and shares the spans out to them."""

    def __init__(self, lives: Lives, keeper: Any, stamp: str, parcel: Any) -> None:
        self._lives = lives
        self._keeper = keeper.options(
            num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD"
        )
        self._arguments = stamp, parcel
        self._members: list[Member] = []
        self._hired: dict[Any, Any] = {}
        self._home: dict[int, Member] = {}

    def house(self, wanted: Sequence[Span]) -> None:
        """See that each span has a keeper.

        Raises:
            RunProblem: the cluster has no processor, too little memory, or another Glasstown.
        """
        homeless = [span for span in wanted if span.number not in self._home]
        if not homeless:
            return
        if not self._members:
            self._require_memory()
            self._hire(max(1, min(processors(), len(homeless))))
            self._gather()
        until = monotonic() + PATIENCE
        while (taken := self._shared(homeless)) is None:
            if monotonic() >= until:
                raise no_memory(self._lives, sum(memory().values()))
            if not self._hired:
                self._hire(1)
            self._arrivals(max(0.0, until - monotonic()))
        members = list(self._members)
        for span, chosen in zip(homeless, taken, strict=True):
            self._keep(span, members[chosen])

    def keepers(self, wanted: Iterable[Span]) -> Iterator[tuple[Member, list[Span]]]:
        """Each keeper with those of the spans that it keeps."""
        found: dict[Member, list[Span]] = {}
        for span in wanted:
            found.setdefault(self._home[span.number], []).append(span)
        yield from found.items()

    def dismiss(self, member: Member) -> None:
        """Count no more on a keeper that does not answer."""
        if member in self._members:
            self._members.remove(member)
        for number in member.spans:
            if self._home.get(number) is member:
                del self._home[number]
        _end(member.actor)

    def welcome(self, behind: int, ahead: int) -> None:
        """Share with processors that have come free, where the months ahead are worth it."""
        before = len(self._members)
        if before == 0:
            return
        self._arrivals(0)
        newcomers = self._members[before:]
        if worth_moving(behind, ahead, before, len(newcomers)):
            for member in newcomers:
                self._level(member)
        hired = len(self._members) + len(self._hired)
        spare = min(_free(), processors() - hired, len(self._home) - hired)
        if worth_moving(behind, ahead, len(self._members), spare):
            self._hire(spare)

    def close(self) -> None:
        """Let all keepers go."""
        for actor in [*self._hired.values(), *(member.actor for member in self._members)]:
            _end(actor)
        self._members, self._hired, self._home = [], {}, {}

    def _hire(self, count: int) -> None:
        for _ in range(count):
            actor = self._keeper.remote(*self._arguments)
            self._hired[actor.ready.remote()] = actor

    def _gather(self) -> None:
        """Wait for the first of those hired, and then a while for the others."""
        until = monotonic() + PATIENCE
        while not self._members:
            self._arrivals(max(0.0, until - monotonic()))
            if not self._members and monotonic() >= until:
                raise no_processor(PATIENCE)
            if not self._hired and not self._members:
                self._hire(1)
        until = monotonic() + GATHERING
        while self._hired and monotonic() < until:
            self._arrivals(max(0.0, until - monotonic()))

    def _arrivals(self, timeout: float) -> None:
        """Take in who is ready, and let go who could not come."""
        if not self._hired:
            return
        ready, _ = ray.wait(list(self._hired), timeout=timeout)
        for call in ready:
            actor = self._hired.pop(call)
            try:
                trouble, node = ray.get(call)
            except RayError:
                _end(actor)
                continue
            if trouble:
                _end(actor)
                raise other_glasstown(trouble)
            self._members.append(Member(actor, node))

    def _level(self, newcomer: Member) -> None:
        """Give a newcomer spans of those who keep most, until it keeps as many."""
        while True:
            most = max(self._members, key=lambda member: len(member.spans))
            if len(most.spans) - len(newcomer.spans) <= 1:
                return
            span = most.spans[max(most.spans)]
            if shared([span.wards], [0], [newcomer.node], self._room()) is None:
                return
            del most.spans[span.number]
            most.actor.forget.remote([span.number])
            self._keep(span, newcomer)

    def _keep(self, span: Span, member: Member) -> None:
        self._home[span.number] = member
        member.spans[span.number] = span

    def _shared(self, spans: Sequence[Span]) -> list[int] | None:
        members = self._members
        return shared(
            [span.wards for span in spans],
            [member.wards for member in members],
            [member.node for member in members],
            self._room(),
        )

    def _room(self) -> dict[str, int]:
        """The wards that each node can still hold."""
        each = max(self._lives.bytes_per_ward(), 1)
        room = {node: there // each for node, there in memory().items()}
        for member in self._members:
            if member.node in room:
                room[member.node] -= member.wards
        return room

    def _require_memory(self) -> None:
        there = sum(memory().values())
        if self._lives.world.wards * self._lives.bytes_per_ward() > there:
            raise no_memory(self._lives, there)


def plain(span: Span) -> Plain:
    """A span as it crosses."""
    return span.number, span.start, span.wards


def processors() -> int:
    """The processors of the cluster as it is now."""
    return int(ray.cluster_resources().get("CPU", 0))


def _free() -> int:
    """Processors that nobody uses, as far as is known: the news is a second old."""
    return int(ray.available_resources().get("CPU", 0))


def memory() -> dict[str, int]:
    """The bytes of memory that each living node gives to workers, by node."""
    nodes = (node for node in ray.nodes() if node["Alive"])
    return {node["NodeID"]: int(node["Resources"].get("memory", 0)) for node in nodes}


def _end(actor: Any) -> None:
    with suppress(RayError, ConnectionError, ValueError):
        ray.kill(actor)
