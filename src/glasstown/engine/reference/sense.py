"""Phase 3: sensors see, miss, and see wrongly."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from glasstown.engine.reference.events import Sensed, Verdict
from glasstown.engine.reference.formulas import Condition, View, condition
from glasstown.engine.reference.names import (
    add_conditions,
    add_registers,
    add_standing,
    records_read,
    scheme_names,
)
from glasstown.engine.reference.state import Citizen, Community, Record
from glasstown.luck import LOW_BITS, threshold
from glasstown.scheme.model import RateByGroup, SensorRate
from glasstown.world.world import World


class Sense:
    """Each scheme's sensors make their records of what was done."""

    def __init__(self, world: World) -> None:
        self._schemes = [_Sensors(world, number) for number in range(len(world.schemes))]

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for scheme in self._schemes:
            scheme.look(community, t)


class _Sensors:
    """The sensors of one scheme: first those of actions, then those of grounds for registers."""

    def __init__(self, world: World, number: int) -> None:
        self._number = number
        scheme = world.schemes[number]
        self._actions = [
            Source(world, number, sensor, action, keys)
            for (sensor, action), keys in records_read(scheme).items()
        ]
        names = scheme_names(world, scheme)
        self._registers = [
            (
                Source(world, number, register.seen_by, name),
                condition(register.enter.expr, names),
            )
            for name, register in scheme.registers.items()
            if register.seen_by is not None
        ]

    def look(self, community: Community, t: int) -> None:
        """Make this month's records."""
        for citizen in community.citizens:
            self._open_view(citizen, community, t)
        for source in self._actions:
            source.record(community, t, [c.today.did[source.of] for c in community.citizens])
        for citizen in community.citizens:
            self._see_records(citizen)
        for source, enter in self._registers:
            grounds = [self._grounds(citizen, source, enter) for citizen in community.citizens]
            source.record(community, t, grounds)

    def _open_view(self, citizen: Citizen, community: Community, t: int) -> None:
        account, today = citizen.accounts[self._number], citizen.today.schemes[self._number]
        today.view = view = dict(citizen.traits)
        add_conditions(view, citizen, t)
        add_standing(view, account)
        add_registers(view, account)
        view["mean(score)"] = community.mean_score[self._number]

    def _see_records(self, citizen: Citizen) -> None:
        today = citizen.today.schemes[self._number]
        for source in self._actions:
            for key in source.seen_as:
                today.view[key] = today.records[source.key].made

    def _grounds(self, citizen: Citizen, source: Source, enter: Condition) -> bool:
        off = citizen.accounts[self._number].registers[source.of].months == 0
        return off and enter(citizen.today.schemes[self._number].view)


def source_key(sensor: str, action: str) -> str:
    """The name under which a citizen's records of an action by a sensor are kept."""
    return f"{sensor}/{action}"


def grounds_key(register: str) -> str:
    """The name under which a citizen's records of the grounds for a register are kept."""
    return f"{register}/enter"


_NOTHING = Record()


@dataclass(slots=True)
class _Look:
    """A sensor's look at one citizen: what there was to see, and what came of it."""

    done: bool
    in_sight: bool
    hit: bool
    stray: bool = False


class Source:
    """One sensor's records of one action, or of the grounds for one register.

    seen_as: the names under which formulas see the records of an action.
    """

    def __init__(
        self, world: World, number: int, sensor: str, of: str, seen_as: tuple[str, ...] = ()
    ) -> None:
        scheme = world.schemes[number]
        self.sensor, self.of = sensor, of
        self.seen_as = seen_as
        self._is_register = not seen_as
        self.key = source_key(sensor, of) if seen_as else grounds_key(of)
        self._number = number
        self._scheme = scheme.scheme
        self._purpose = f"{scheme.scheme}/{self.key}"
        model = scheme.sensors[sensor]
        self._watches = condition(model.watches.expr, scheme_names(world, scheme))
        self._detects = rate(world, model.detects)
        self._false_alarm = rate(world, model.false_alarm)
        self._mistaken = threshold(model.mistaken)
        self._delay = model.delay

    def record(self, community: Community, t: int, done: list[bool]) -> None:
        """Make this month's records; those that arrive are put among the citizens' own of today."""
        citizens, n = community.citizens, community.size
        draws = community.luck.draws(self._purpose, t)
        looks = [
            self._look(citizen, did, draw)
            for citizen, did, draw in zip(citizens, done, draws, strict=True)
        ]
        fell, step = 0, 0
        if self._mistaken:
            mistakes = community.luck.draws(f"{self._purpose}/mistaken", t)
            for look, mistake in zip(looks, mistakes, strict=True):
                look.stray = look.hit and look.done and mistake < self._mistaken
            first = community.luck.of_community(f"{self._purpose}/step", t)
            step = 0 if n == 1 else 1 + ((first >> LOW_BITS) * (n - 1) >> 16)
            fell = community.common(
                f"stray/{self._purpose}",
                lambda: sum(
                    1 << (c.seat + step) % n
                    for c, o in zip(citizens, looks, strict=True)
                    if o.stray
                ),
            )
        for citizen, look in zip(citizens, looks, strict=True):
            landed = bool(fell >> citizen.seat & 1)
            made = (look.hit and not look.stray) or landed
            self._arrive(citizen, Record(made, not look.done) if made else _NOTHING)
            if citizen.watched:
                self._tell(citizen, look, landed, step, community, t)

    def _look(self, citizen: Citizen, done: bool, draw: int) -> _Look:
        covered = citizen.accounts[self._number].covered[self.sensor]
        in_sight = covered and self._watches(citizen.today.schemes[self._number].view)
        limit = self._detects if done else self._false_alarm
        return _Look(done, in_sight, in_sight and draw < limit(citizen.traits))

    def _tell(
        self, citizen: Citizen, look: _Look, landed: bool, step: int, community: Community, t: int
    ) -> None:
        """What the sensor made of something done, or took for it."""
        n, first = community.size, citizen.number - citizen.seat

        def tell(verdict: Verdict, other: int | None = None) -> None:
            community.events.append(
                Sensed(
                    t, citizen.number, self._scheme, self.sensor, self.of, self._is_register,
                    verdict, other, t + self._delay,
                )
            )  # fmt: skip

        if not look.done:
            if look.hit:
                tell("false alarm")
        elif not look.in_sight:
            covered = citizen.accounts[self._number].covered[self.sensor]
            tell("unwatched" if covered else "uncovered")
        elif look.stray:
            tell("stray", first + (citizen.seat + step) % n)
        else:
            tell("hit" if look.hit else "miss")
        if landed:
            tell("mistaken", first + (citizen.seat - step) % n)

    def _arrive(self, citizen: Citizen, record: Record) -> None:
        if self._delay:
            way = citizen.accounts[self._number].on_the_way.setdefault(
                self.key, deque([Record()] * self._delay)
            )
            way.append(record)
            record = way.popleft()
        citizen.today.schemes[self._number].records[self.key] = record


def rate(world: World, of: SensorRate) -> Callable[[View], int]:
    """A sensor's rate as a threshold, by the citizen's group where it differs."""
    if not isinstance(of, RateByGroup):
        same = threshold(of)
        return lambda traits: same
    (table,) = (table for table in world.trait_tables if table.name == of.by)
    limits = [threshold(of.rates.get(label, of.otherwise)) for label in table.labels]
    return lambda traits: limits[traits[table.name]]
