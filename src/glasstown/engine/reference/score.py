"""Phase 4: rules fire, and the score moves and fades."""

from __future__ import annotations

from collections.abc import Mapping

from glasstown.engine.reference.arithmetic import uniform
from glasstown.engine.reference.events import RuleFired, Scored
from glasstown.engine.reference.formulas import Amount, Names, amount, condition
from glasstown.engine.reference.names import scheme_names, steps_to_a_point
from glasstown.engine.reference.pull import used
from glasstown.engine.reference.sense import source_key
from glasstown.engine.reference.state import Account, Citizen, Community, Fired, Record
from glasstown.engine.reference.worth import fading_of, scale_of
from glasstown.expr.field import Expression
from glasstown.scheme.award import Award
from glasstown.scheme.model import Rule, Scheme
from glasstown.world.world import World


class Score:
    """Each scheme's rules fire, and its score moves and fades."""

    def __init__(self, world: World) -> None:
        self._schemes = [_Scoring(world, number) for number in range(len(world.schemes))]

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for scheme in self._schemes:
            for rule in scheme.rules:
                rule.fire(community, t)
            if scheme.has_score:
                for citizen in community.citizens:
                    scheme.move(citizen, community, t)


class _Scoring:
    """The rules and the score of one scheme."""

    def __init__(self, world: World, number: int) -> None:
        scheme = world.schemes[number]
        self._number, self._name = number, scheme.scheme
        self.has_score = scheme.score is not None
        if self.has_score:
            self._scale, self._fade = scale_of(scheme), fading_of(scheme)
        names = scheme_names(world, scheme)
        self.rules = [
            _Rule(number, scheme, name, rule, names)
            for name, rule in scheme.rules.items()
            if not rule.at_start
        ]

    def move(self, citizen: Citizen, community: Community, t: int) -> None:
        """Move one citizen's score by the points of the month, and let it fade."""
        account = citizen.accounts[self._number]
        points = sum(fired.points for fired in citizen.today.schemes[self._number].fired.values())
        before = account.score
        reached = self._scale.reach(before + points)
        account.score = self._fade(reached)
        if citizen.watched:
            cut_off = reached - before - points
            faded = account.score - reached
            community.events.append(
                Scored(t, citizen.number, self._name, before, points, cut_off, faded, account.score)
            )


class _Rule:
    """One rule that fires month by month."""

    def __init__(self, number: int, scheme: Scheme, name: str, rule: Rule, names: Names) -> None:
        self._number, self._scheme, self._name, self._rule = number, scheme.scheme, name, rule
        self._applies = condition(rule.only_if.expr, names)
        steps = steps_to_a_point(scheme)
        self._points = None if rule.points is None else Points(scheme, name, rule.points, names)
        self._cap = None if rule.at_most is None else round(rule.at_most.points * steps)
        sensor = scheme.sensors.get(rule.seen_by or "")
        self._watches = None if sensor is None else condition(sensor.watches.expr, names)

    def fire(self, community: Community, t: int) -> None:
        """Fire for whom it fires, with the points it brings."""
        draws = None
        if self._points is not None and self._points.is_drawn:
            draws = community.luck.draws(self._points.purpose, t)
        for place, citizen in enumerate(community.citizens):
            today, account = citizen.today.schemes[self._number], citizen.accounts[self._number]
            if self._rule.at_most is not None:
                account.used[self._name] = used(self._rule, account.used[self._name], t)
            cause = self._cause(citizen, account, t)
            if not cause.made or not self._applies(today.view):
                continue
            draw = 0 if draws is None else draws[place]
            full = 0 if self._points is None else self._points(today.view, draw)
            points = self._capped(full, account)
            today.fired[self._name] = Fired(points, cause.wrong)
            today.deduction += max(0, -points)
            if self._rule.straight_to is not None:
                account.held[self._name] = self._rule.lasts or 1
            if citizen.watched:
                community.events.append(
                    RuleFired(
                        t, citizen.number, self._scheme, self._name,
                        points, full, cause.wrong, self._rule.straight_to,
                    )
                )  # fmt: skip

    def _cause(self, citizen: Citizen, account: Account, t: int) -> Record:
        """Whether there is cause to fire, `if` aside."""
        rule, today = self._rule, citizen.today.schemes[self._number]
        if rule.when is not None:
            return today.records[source_key(rule.seen_by or "", rule.when)]
        assert rule.each is not None
        ends = (t + 1) % rule.each == 0
        if rule.missed is None:
            return Record(ends)
        arrived = account.arrived[self._name]
        arrived = arrived or today.records[source_key(rule.seen_by or "", rule.missed)].made
        account.arrived[self._name] = arrived and not ends
        in_sight = account.covered[rule.seen_by or ""] and (
            self._watches is not None and self._watches(today.view)
        )
        return Record(ends and in_sight and not arrived)

    def _capped(self, points: int, account: Account) -> int:
        if self._cap is None:
            return points
        room = self._cap - account.used[self._name]
        size = min(abs(points), room)
        account.used[self._name] += size
        return size if points > 0 else -size


class Points:
    """How many points a rule brings, in steps: a number, a range, or a formula."""

    def __init__(self, scheme: Scheme, rule: str, award: Award, names: Names) -> None:
        self.purpose = f"{scheme.scheme}/{rule}/points"
        steps = steps_to_a_point(scheme)
        self._low = self._high = 0
        self._formula: Amount | None = None
        if isinstance(award, Expression):
            self._formula = amount(award.expr, names, steps)
        else:
            self._low, self._high = round(award.low * steps), round(award.high * steps)
        self.is_drawn = self._low != self._high

    def __call__(self, view: Mapping[str, int], draw: int) -> int:
        """The points for one citizen."""
        if self._formula is not None:
            return self._formula(view)
        return uniform(draw, self._low, self._high)
