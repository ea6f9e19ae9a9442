"""Phase 3: what sensors report of what was done."""

from __future__ import annotations

from glasstown.compiler.context import Context, Record, Standing
from glasstown.compiler.ops import Op
from glasstown.luck import threshold
from glasstown.scheme.model import Sensor
from glasstown.scheme.reads import records_read


def sense(context: Context) -> None:
    """The records of every action, and of the grounds for registers, that arrive this month."""
    graph = context.graph
    for standing in context.standings.values():
        names = context.scheme_names(standing)
        for name, sensor in standing.scheme.sensors.items():
            standing.watched[name] = context.holds(sensor.watches, names)
        for sensor_name, action in records_read(standing.scheme):
            standing.records[sensor_name, action] = _record(
                context, standing, sensor_name, f"{standing.name}/{sensor_name}/{action}",
                context.does[action],
            )  # fmt: skip
        for name, register in standing.scheme.registers.items():
            if register.seen_by is None:
                continue
            off = graph.no(graph.at_least(standing.months_on[name], graph.const(1)))
            ground = graph.both(off, context.holds(register.enter, context.scheme_names(standing)))
            standing.records["", name] = _record(
                context, standing, register.seen_by, f"{standing.name}/{name}/enter", ground
            )


def _record(
    context: Context, standing: Standing, sensor_name: str, purpose: str, done: int
) -> Record:
    graph = context.graph
    graph.label = purpose
    sensor = standing.scheme.sensors[sensor_name]
    limit = graph.select(done, context.rate(sensor.detects), context.rate(sensor.false_alarm))
    in_view = graph.both(standing.watched[sensor_name], standing.covered[sensor_name])
    hit = graph.both(in_view, graph.chance_of(limit, purpose))
    recorded = _strays(context, sensor, purpose, hit, done)
    wrong = graph.both(recorded, graph.no(done))
    if sensor.delay:
        return Record(
            _delayed(context, recorded, sensor.delay, purpose),
            _delayed(context, wrong, sensor.delay, f"{purpose}, wrong"),
        )
    return Record(recorded, wrong)


def _strays(context: Context, sensor: Sensor, purpose: str, hit: int, done: int) -> int:
    """The records after some fell on the wrong citizen of the community."""
    graph = context.graph
    mistaken = graph.chance(threshold(sensor.mistaken), f"{purpose}/mistaken")
    stray = graph.all_of([hit, done, mistaken])
    if graph.known(stray) == 0:
        return hit
    size = context.world.nation.communities.size
    others = graph.add(graph.node(Op.SIZE, (), 1, size, monthly=False), graph.const(-1))
    draw = context.of_community(graph.draw(f"{purpose}/step"))
    step = graph.shift_right(graph.mul(graph.shift_right(draw, 14), others), 16)
    step = graph.add(step, graph.const(1))
    landed = graph.node(Op.ROTATE, (stray, step), 0, 1)
    return graph.either(graph.both(hit, graph.no(stray)), landed)


def _delayed(context: Context, value: int, months: int, name: str) -> int:
    """What the value was some months ago; before that, nothing."""
    graph = context.graph
    past = graph.state(f"{name}, delayed", 0, 2**months - 1, graph.const(0))
    if months == 1:
        graph.carry(past, value)
        return past
    now = graph.add(graph.shift_left(past, 1), value)
    arrives = graph.shift_right(now, months)
    kept = graph.sub(now, graph.shift_left(arrives, months))
    graph.carry(past, graph.clamp(kept, 0, 2**months - 1))
    return arrives
