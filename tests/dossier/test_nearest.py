"""The nearest change is what trying every single change, by other means, finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.worlds import worlds

from glasstown import load_world
from glasstown.conduct import Conduct
from glasstown.engine.dossier import Nearest, Teller
from glasstown.engine.dossier.nearest import KINDS
from glasstown.engine.reference import Steps, run
from glasstown.engine.reference.act import Act
from glasstown.engine.reference.events import Chose, Event, Sensed, Treated
from glasstown.engine.reference.sense import Source
from glasstown.engine.reference.state import Community, Record
from glasstown.engine.reference.worth import scale_of
from glasstown.errors import GlasstownError
from glasstown.nation import Nation
from glasstown.scheme import Scheme
from glasstown.world import World, bind

WORSE = {"refused", "required", "exposed"}

BUSY = {
    "scheme": "busy",
    "score": {"range": [0, 100], "start": 50, "kept_to": 1},
    "sensors": {
        "eye": {"detects": "70%", "false_alarm": "10%", "mistaken": "30%"},
        "book": {"detects": "70%", "false_alarm": "5%", "delay": "1 month"},
    },
    "rules": {
        "studied": {"when": "study", "seen_by": "book", "points": 10},
        "idle": {"missed": "study", "seen_by": "book", "each": "2 months", "points": -8},
        "cheated": {"when": "cheat", "seen_by": "eye", "points": -15},
    },
    "tiers": {"low": 0, "high": 60},
    "registers": {
        "barred": {"enter": "score < 40", "leave": "score > 45"},
        "caught": {"enter": "seen(cheat)", "leave": True, "at_least": "2 months"},
        "owing": {"enter": "debt", "seen_by": "eye", "leave": "not debt"},
    },
    "consequences": {
        "no_ticket": {"occasion": "ticket", "for": "on(caught)", "outcome": "refuse"},
        "deposit": {"occasion": "flat", "for": "on(barred)", "outcome": "require deposit"},
        "first": {"occasion": "job", "for": "tier >= high", "outcome": "advance"},
        "cheap": {"occasion": "course", "for": "score > 70", "outcome": "discount 20%"},
        "named": {"for": "on(owing)", "outcome": "expose"},
    },
    "appeals": {"filed": "30%", "heard_after": 1, "upheld": {"wrong": "60%", "right": "10%"}},
}


def busy(seed: int) -> World:
    """A small world in which much happens, and much of it wrongly."""
    nation = {"nation": "six", "citizens": 24, "communities": {"size": 6}}
    conduct = {
        "conduct": "busy",
        "actions": {
            "study": {"rate": "40%", "taste": {"refused": "-1"}},
            "cheat": {"rate": "20%", "fear": 2},
            "fall_behind": {"rate": "20%"},
            "pay": {"rate": "30%"},
        },
        "conditions": {"debt": {"begins": "fall_behind", "ends": "pay"}},
        "occasions": {name: {"rate": "60%"} for name in ("ticket", "flat", "job", "course")},
        "fear": {"own": "30%", "seen": "20%", "fades": "10%"},
    }
    return bind(
        "busy",
        [Scheme.model_validate(BUSY)],
        Nation.model_validate(nation),
        Conduct.model_validate(conduct),
        months=6,
        seed=seed,
    )


class Bruteforce:
    """A citizen's lives by the reference, its phases themselves made to do something else."""

    def __init__(self, world: World, citizen: int, signals: Any) -> None:
        self.world, self.citizen = world, citizen
        self.steps = Steps(world)
        self.signals = self.steps.monthly(signals)
        number, self.seat = world.layout.community(citizen)
        self.number = number
        self.around = self.steps.surroundings(number, signals)
        self.events = self.steps.live_one(citizen, self.around, signals).events

    def until(
        self, month: int, points: tuple[int, int, int] | None = None
    ) -> tuple[Community, list[Event]]:
        """The community at the end of a month, and that month's events."""
        seats, at_birth = (self.seat,), self.around.at_birth
        community = self.steps.birth(self.number, (self.citizen,), seats, at_birth)
        for t in range(month + 1):
            if points is not None and points[0] == t:
                account = community.citizens[0].accounts[points[1]]
                scale = scale_of(self.world.schemes[points[1]])
                account.score = scale.reach(account.score + points[2])
            community.told, community.events = self.around.months[t], []
            self.steps.month(community, t, self.signals[t])
        return community, community.events

    def acts(self, until: int) -> Iterator[tuple[str, int, str, Callable[[Any], None]]]:
        """Every act of every month until then, done or left undone."""
        for event in self.events:
            if isinstance(event, Chose) and event.month <= until and (event.done or event.chance):
                kind = "act left undone" if event.done else "act done"
                yield kind, event.month, event.action, _flipping(event.month, event.action)

    def records(self, until: int) -> Iterator[tuple[str, int, str, Callable[[Any], None]]]:
        """Every record of every month until then, struck, or made where it was missed."""
        made: dict[tuple[int, str, str, str], set[str]] = {}
        for event in self.events:
            if isinstance(event, Sensed) and event.month <= until:
                key = (event.month, event.scheme, event.sensor, event.of)
                if event.verdict not in ("unwatched", "uncovered"):
                    made.setdefault(key, set()).add(event.verdict)
        for (month, scheme, sensor, of), verdicts in made.items():
            at = (month, scheme, sensor, of)
            if verdicts & {"hit", "false alarm", "mistaken"}:
                kind = "record struck" if "hit" in verdicts else "wrong record struck"
                yield kind, month, f"{sensor}/{of}", _recording(*at, Record())
            if verdicts & {"miss", "stray"}:
                yield "record made", month, f"{sensor}/{of}", _recording(*at, Record(True))


def _flipping(month: int, action: str) -> Callable[[pytest.MonkeyPatch], None]:
    def patch(patched: pytest.MonkeyPatch) -> None:
        decide = Act._decide

        def other(self: Act, of: Any, citizen: Any, community: Any, norm: int, draw: int, t: int,
                  signals: Any) -> None:  # fmt: skip
            decide(self, of, citizen, community, norm, draw, t, signals)
            if t == month and of.name == action:
                citizen.today.did[action] = not citizen.today.did[action]

        patched.setattr(Act, "_decide", other)

    return patch


def _recording(
    month: int, scheme: str, sensor: str, of: str, record: Record
) -> Callable[[pytest.MonkeyPatch], None]:
    def patch(patched: pytest.MonkeyPatch) -> None:
        look, arrive = Source.record, Source._arrive
        now = [-1]

        def looking(self: Source, community: Community, t: int, done: list[bool]) -> None:
            now[0] = t
            look(self, community, t, done)

        def arriving(self: Source, citizen: Any, made: Record) -> None:
            meant = (self._scheme, self.sensor, self.of) == (scheme, sensor, of)
            arrive(self, citizen, record if meant and now[0] == month else made)

        patched.setattr(Source, "record", looking)
        patched.setattr(Source, "_arrive", arriving)

    return patch


def altered(found: Nearest, community: Community, events: list[Event]) -> bool:
    """Whether the citizen is treated better at the end of the month of the treatment."""
    treatment, (citizen,) = found.treatment, community.citizens
    occasion = treatment.occasion
    if occasion and not citizen.today.wants[occasion]:
        return False
    if treatment.befell == "exposed":
        named = [(e.scheme, e.consequence) for e in events if hasattr(e, "consequence")]
        return treatment.consequence not in named
    became = citizen.today.treated[occasion]
    if treatment.befell == "refused":
        return not became.refused
    if treatment.befell == "required":
        return not became.required and not became.refused
    return any(isinstance(e, Treated) and treatment.consequence in e.by for e in events)


def check(world: World, citizen: int, signals: Any, found: Nearest) -> None:
    brute = Bruteforce(world, citizen, signals)
    until = found.treatment.month
    assert not altered(found, *brute.until(until))
    latest: dict[str, tuple[int, set[str]]] = {}
    for kind, month, of, patch in [*brute.acts(until), *brute.records(until)]:
        with pytest.MonkeyPatch.context() as patched:
            patch(patched)
            if altered(found, *brute.until(until)) and month >= latest.get(kind, (0, set()))[0]:
                together = latest[kind][1] if latest.get(kind, (-1,))[0] == month else set()
                latest[kind] = (month, {*together, of})
    told = {change.kind: change for change in found.changes}
    points = told.pop("points", None)
    assert {kind: change.month for kind, change in told.items()} == {
        kind: month for kind, (month, _) in latest.items()
    }
    for kind, change in told.items():
        assert change.of in latest[kind][1]
    if told:
        assert found.smallest is not None
        assert found.smallest.month == max(month for month, _ in latest.values())
    _check_points(world, brute, found, points)


def _check_points(world: World, brute: Bruteforce, found: Nearest, points: Any) -> None:
    scheme, until = found.treatment.consequence[0], found.treatment.month
    index = [s.scheme for s in world.schemes].index(scheme)
    score = world.schemes[index].score
    if score is None:
        assert points is None
        return
    steps = int(1 / score.kept_to)
    width = int(score.range[1] - score.range[0])

    def alters(month: int, size: int) -> bool:
        return altered(found, *brute.until(until, (month, index, size * steps)))

    if points is None:
        assert not alters(until, width)
        assert not alters(until, -width)
        return
    assert alters(points.month, points.points)
    for size in range(1, abs(points.points)):
        for sign in (1, -1):
            if alters(until, sign * width):
                assert not alters(until, sign * size)


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(world=worlds())
def test_it_is_what_trying_everything_finds(world: World) -> None:
    signals = run(world).signals
    teller = Teller(world, signals)
    for citizen in {0, world.citizens // 2, world.citizens - 1}:
        for found in teller.nearest_changes(citizen):
            check(world, citizen, signals, found)


def test_each_kind_of_change_is_found_for_each_kind_of_treatment() -> None:
    kinds: set[str] = set()
    befell: set[str] = set()
    for seed in range(2):
        world = busy(seed)
        teller = Teller(world)
        for citizen in range(0, world.citizens, 3):
            for found in teller.nearest_changes(citizen):
                check(world, citizen, None, found)
                kinds |= {change.kind for change in found.changes}
                befell |= {found.treatment.befell} if found.changes else set()
    assert kinds == set(KINDS)
    assert befell == {*WORSE, "not put ahead", "no discount"}


@pytest.mark.parametrize(
    ("name", "citizens"),
    [("unictown-campus", (7, 1234, 61)), ("unictown-china-ranked", (5, 300))],
)
def test_of_a_library_world(name: str, citizens: tuple[int, ...]) -> None:
    world = load_world(name, citizens=1_500, months=8)
    signals = run(world).signals if world.coupled else None
    teller = Teller(world, signals)
    several = [found for n in citizens for found in teller.nearest_changes(n)]
    assert several
    for found in several:
        check(world, found.citizen, signals, found)


def test_a_run_tells_what_would_have_altered_a_treatment() -> None:
    world = load_world("unictown-campus", citizens=2_000, months=12)
    lived = world.run()
    exposed = next(
        (n, found)
        for n in range(2_000)
        for found in [_first_exposed(lived, n)]
        if found is not None
    )
    number, month = exposed
    found = lived.citizen(number).nearest_change(month, "named")
    assert found.treatment.befell == "exposed"
    assert found.smallest is not None
    assert found.smallest == found.changes[0]
    said = found.text()
    assert f"Month {month}: citizen {number:,} was named in public" in said
    assert "It would have been otherwise with" in said  # or without
    plain = found.to_dict()
    assert plain["befell"] == "exposed"
    assert plain["changes"][0]["says"] == found.smallest.says
    assert "what everybody else did" in plain["held"]
    assert lived.citizen(number).nearest_change(month, "named", back=0).back == 0
    full = lived.citizen(number).nearest_change(month, "defaulters-2018.named")
    assert full == found


def _first_exposed(lived: Any, number: int) -> int | None:
    for month in lived.citizen(number).dossier().months:
        if any(entry.kind == "exposed" for entry in month.entries):
            return int(month.number)
    return None


def test_what_cannot_be_asked_is_told() -> None:
    world = load_world("unictown-campus", citizens=500, months=3)
    citizen = world.run().citizen(17)
    with pytest.raises(GlasstownError, match=r"`namd` is no consequence") as caught:
        citizen.nearest_change(1, "namd")
    assert "did you mean: named" in str(caught.value)
    with pytest.raises(GlasstownError, match=r"did nothing to citizen 17 in month 1"):
        citizen.nearest_change(1, "named")
    with pytest.raises(GlasstownError, match=r"there is no month `3`"):
        citizen.nearest_change(3, "named")
