"""What the phases of a plan share: the world, the graph and the columns of the citizens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from glasstown.compiler.formula import Column, Names, condition
from glasstown.compiler.graph import Graph
from glasstown.compiler.ops import Op
from glasstown.expr.field import Expression
from glasstown.luck import nearest_whole, threshold
from glasstown.scheme.model import RateByGroup, Scheme, SensorRate
from glasstown.world.world import World

SHARE = 4096
MEANS = 16
WORTH = 64
MOST_MONTHS = 1200


@dataclass
class Record:
    """What has arrived of one sensor's records of one thing this month, and which are wrong."""

    arrived: int
    wrong: int


@dataclass
class Standing:
    """Where citizens stand with one scheme: values as the month goes on."""

    scheme: Scheme
    scale: int = 1
    low: int = 0
    high: int = 0
    score: int = -1
    tier: int = -1
    kept_tier: int = -1
    held: dict[str, int] = field(default_factory=dict)
    mean: int = -1
    months_on: dict[str, int] = field(default_factory=dict)
    wrongly_on: dict[str, int] = field(default_factory=dict)
    covered: dict[str, int] = field(default_factory=dict)
    watched: dict[str, int] = field(default_factory=dict)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    deduction: int = -1
    deducted_wrongly: int = -1
    was_deducted: int = -1
    entered: dict[str, int] = field(default_factory=dict)
    entered_wrongly: dict[str, int] = field(default_factory=dict)
    was_entered: int = -1
    appeal: dict[str, int] = field(default_factory=dict)
    wait: int = -1
    harms: list[int] = field(default_factory=list)
    cuts: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The scheme's name, which begins its purposes."""
        return self.scheme.scheme


@dataclass
class Context:
    """The world being planned, its graph, and the citizens' columns so far."""

    world: World
    graph: Graph
    traits: dict[str, Column] = field(default_factory=dict)
    conditions: dict[str, int] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    means: int = -1
    fear: int = -1
    listed: int = -1
    refused: int = -1
    exposed: int = -1
    wants: dict[str, int] = field(default_factory=dict)
    does: dict[str, int] = field(default_factory=dict)
    beliefs: dict[tuple[str, str], int] = field(default_factory=dict)
    used: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    rooms: dict[tuple[str, str], int] = field(default_factory=dict)
    worths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    gains: int = -1
    losses: list[int] = field(default_factory=list)
    shares: dict[str, int] = field(default_factory=dict)
    counts: list[tuple[str, int]] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)

    def count(self, measure: str, value: int) -> None:
        """Have the ledger count a value."""
        self.counts.append((measure, value))

    def month(self) -> int:
        """The month, from 0."""
        return self.graph.node(Op.MONTH, (), 0, self.world.months - 1, monthly=True)

    def period_ends(self, months: int) -> int:
        """Whether a period of so many months ends with this one."""
        return self._period(months, 1)

    def period_starts(self, months: int) -> int:
        """Whether a period of so many months starts with this one."""
        return self._period(months, 0)

    def _period(self, months: int, ahead: int) -> int:
        if months == 1:
            return self.graph.const(1)
        return self.graph.node(Op.PERIOD, (), 0, 1, (months, ahead, 0), monthly=True)

    def of_community(self, value: int) -> int:
        """The community's own: the value of its first citizen."""
        low, high = self.graph.bounds(value)
        return self.graph.node(Op.FIRST, (value,), low, high)

    def total(self, value: int) -> int:
        """The community's sum."""
        low, high = self.graph.bounds(value)
        size = self.world.nation.communities.size
        return self.graph.node(Op.SUM, (value,), min(low * size, low), max(high * size, high))

    def mean(self, value: int, unit: int) -> int:
        """floor(the community's sum * unit / its citizens)."""
        low, high = self.graph.bounds(value)
        return self.graph.node(Op.MEAN, (value,), low * unit, high * unit, (unit, 0, 0))

    def condition_names(self) -> dict[str, Column]:
        """The lasting states, as yes or no."""
        return {
            name: Column(self.graph.at_least(months, self.graph.const(1)), yes_no=True)
            for name, months in self.conditions.items()
        }

    def conduct_names(self) -> Names:
        """What a conduct's formulas may use."""
        columns = {
            **self.traits,
            **self.condition_names(),
            "means": Column(self.means, MEANS),
            "fear": Column(self.fear, SHARE),
            "listed": Column(self.listed, yes_no=True),
            "refused": Column(self.refused, yes_no=True),
            "exposed": Column(self.exposed, yes_no=True),
        }
        made = {"month": lambda: Column(self.month()), "above_start": self.above_start}
        return Names(_Lazily(columns, made), {"months": lambda name: Column(self.conditions[name])})

    def above_start(self) -> Column:
        """How far the score that citizens are told lies above its scheme's start."""
        told = self.world.told
        if told is None or told.score is None:
            return Column(self.graph.const(0))
        standing = self.standings[told.scheme]
        start = self.graph.const(nearest_whole(told.score.start * standing.scale))
        return Column(self.graph.sub(standing.score, start), standing.scale)

    def scheme_names(self, standing: Standing) -> Names:
        """What a scheme's formulas may use, as things stand."""
        columns = {**self.traits, **self.condition_names()}
        functions: dict[str, Callable[..., Column]] = {
            "months": lambda name: Column(self.conditions[name]),
            "on": lambda name: Column(
                self.graph.at_least(standing.months_on[name], self.graph.const(1)), yes_no=True
            ),
            "months_on": lambda name: Column(standing.months_on[name]),
            "seen": lambda action, sensor="": Column(
                self.record(standing, action, sensor).arrived, yes_no=True
            ),
        }
        if standing.scheme.score is not None:
            columns["score"] = Column(standing.score, standing.scale)
            functions["mean"] = lambda _: Column(standing.mean, standing.scale)
        if standing.scheme.tiers:
            columns["tier"] = Column(standing.tier, labels=tuple(standing.scheme.tiers))
        return Names(_Lazily(columns, {"month": lambda: Column(self.month())}), functions)

    def record(self, standing: Standing, action: str, sensor: str = "") -> Record:
        """The record of an action by a sensor, or by the only one that reads the action."""
        for (by, of), record in standing.records.items():
            if of == action and sensor in ("", by):
                return record
        raise KeyError(f"no sensor of {standing.name} reads {action}")

    def holds(self, expression: Expression, names: Names) -> int:
        """The value, 0 or 1, of a formula that is a condition."""
        return condition(self.graph, expression.expr, names)

    def rate(self, rate: SensorRate) -> int:
        """The threshold of a sensor's rate, for each citizen's group."""
        graph = self.graph
        if not isinstance(rate, RateByGroup):
            return graph.const(threshold(rate))
        column = self.traits[rate.by]
        labels = column.labels or ("no", "yes")
        result = graph.const(threshold(rate.otherwise))
        for label, share in rate.rates.items():
            here = graph.equal(column.node, graph.const(labels.index(label)))
            result = graph.select(here, graph.const(threshold(share)), result)
        return result


class _Lazily(dict[str, Column]):
    """Columns, some of which are made only when a formula names them."""

    def __init__(self, columns: dict[str, Column], made: dict[str, Callable[[], Column]]) -> None:
        super().__init__(columns)
        self._made = made

    def get(self, name: str, default: Column | None = None) -> Column | None:  # type: ignore[override]
        """The column of a name."""
        if name in self._made and name not in self:
            self[name] = self._made[name]()
        return super().get(name, default)
