"""What a scheme buys, what it crowds out, and what is done for show."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Finding, Verdict, Weight
from glasstown.audit.inside.estimate import LEVEL, Estimate, holm, p_over_seeds
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.quoted import away, doing, negative
from glasstown.audit.inside.rewards import (
    Reward,
    actions_of,
    at_the_top,
    ended_by,
    extra_acts,
    rewards_of,
    unrewarded,
    used_up,
    within_reach,
)
from glasstown.audit.inside.say import figure
from glasstown.audit.inside.say import with_interval as interval
from glasstown.audit.inside.variants import HARMLESS, HERE, UNSCORED
from glasstown.audit.probe import About, Reference
from glasstown.engine.panel import Panel
from glasstown.scheme.words import listed, plain

FEW = 20
"""Of what is done less often than this without the scheme nothing is said."""

SHOWN = 3
"""How many citizens are named who show a finding."""

Where = NDArray[np.bool_]


@final
class Gaming(InsideProbe):
    """What citizens do for the score: more of what it rewards, less of the rest, or for show."""

    about = About(
        name="gaming",
        title="Gaming",
        asks="Does the scheme buy what it rewards, and what does it get instead?",
        matters=(
            "Points may buy acts, pay for what was done anyway, move acts in time, push aside what "
            "earns nothing, or buy a show that ends when the reward is reached."
        ),
        computed=(
            "Every citizen is lived again without any scheme, with the same luck. Of each action "
            "that a rule rewards: how much more often it is done (of one that ends a condition, "
            "for each month in it); what share of it the same citizen does in the same month "
            "anyway; and what share of the acts added is missing from another month of the same "
            "citizen. Of each action that no rule reads: how much "
            "less often it is done by those who do more of what is rewarded. For the show, "
            "citizens are lived again where the scheme counts as it does and nothing follows: how "
            "much more often an action is done in months that begin within the points of one act "
            "below a tier, further below, in the highest tier, and with the cap used up. Found is "
            "what has its whole 95% interval over the seeds on one side of nought, and a p-value "
            "of Student's test over the seeds, corrected by Holm for all that was looked at, below "
            "5%."
        ),
        cannot=(
            "Whether an act does any good, and how well it is done. Time and effort that run "
            "short: in the model nobody has less of the one for doing more of the other, unless "
            "the conduct says so."
        ),
        sources=(
            Reference("Hardt and others, Strategic Classification (2016)", "acts just below a cut"),
            Reference("Tirole, Digital Dystopia (AER 2021)", "crowding out of what is not scored"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """What is rewarded and what is not, and the scores and points."""
        rewards = rewards_of(case.world)
        if not rewards:
            return None
        actions = [*actions_of(rewards), *unrewarded(case.world)]
        measures = [f"did.{action}" for action in actions]
        measures += [f"in.{name}" for name in ended_by(case.world).values()]
        measures += [measure for reward in rewards for measure in reward.measures]
        return Wanted((HERE, UNSCORED, HARMLESS), tuple(dict.fromkeys(measures)))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """How much more is done, by whom instead of what, and when."""
        here, free = lives.here, lives.panels[UNSCORED.name]
        rewards = rewards_of(case.world)
        found: dict[str, float] = {}
        for action in actions_of(rewards):
            did, would = _did(here, action), _did(free, action)
            found[f"base|{action}"] = float(would.sum())
            found[f"change|{action}"] = _change(did, would, *_able(case, lives, action))
            found[f"anyway|{action}"] = _part((did & would).sum(), did.sum())
            more, less = (did & ~would).sum(axis=1), (would & ~did).sum(axis=1)
            found[f"moved|{action}"] = _part(np.minimum(more, less).sum(), more.sum())
        movers = extra_acts(here, free, rewards) > 0
        for action in unrewarded(case.world):
            did, would = _did(here, action)[movers], _did(free, action)[movers]
            found[f"base|{action}"] = float(would.sum())
            found[f"crowd|{action}"] = _change(did, would)
        for reward in rewards:
            did = _did(here, reward.action)
            would = _did(lives.panels[HARMLESS.name], reward.action)
            for name, where in _standings(here, reward).items():
                key = f"{name}|{reward.name}"
                found[f"base|{key}"] = float((would & where).sum())
                found[key] = _change(did & where, would & where)
            for name, (one, other) in _PAIRS.items():
                less = found.get(f"{other}|{reward.name}", math.nan)
                found[f"{name}|{reward.name}"] = found.get(f"{one}|{reward.name}", math.nan) - less
        return found

    def keep(self, case: Inside, lives: Lives) -> tuple[int, ...]:
        """Who does most more of all that is rewarded."""
        extra = extra_acts(lives.here, lives.panels[UNSCORED.name], rewards_of(case.world))
        order = np.argsort(-extra, kind="stable")[: min(SHOWN, int((extra > 0).sum()))]
        return tuple(int(lives.here.citizens[at]) for at in order)

    def findings(self, case: Inside) -> Iterator[Finding]:
        """What is done more or less often, what is pushed aside, and what is for show."""
        if not case.was_read(self):
            return
        rewards = rewards_of(case.world)
        for action in actions_of(rewards):
            if len(case.seeds) < 2 or case.figure(self, f"base|{action}").value < FEW:
                yield self._too_few(case, action)
        looks = self._looks(case)
        told = self._told_apart(case, looks)
        for look in told:
            kind, _, subject = look.partition("|")
            if kind == "change":
                yield self._bought(case, subject, len(looks))
            elif kind == "crowd" and away(case.figure(self, look)) < 0:
                yield self._crowded(case, subject, len(looks))
        shown = {look for look in told if away(case.figure(self, look)) > 0}
        for reward in rewards:
            for pairs in (("peak", "rest"), ("stop",)):
                if any(f"{pair}|{reward.name}" in shown for pair in pairs):
                    yield self._shown(case, reward, pairs, len(looks))

    def looked(self, case: Inside) -> str:
        """How many actions there are of each kind."""
        actions = actions_of(rewards_of(case.world))
        return f"{len(actions)} actions that are rewarded, {len(unrewarded(case.world))} others"

    def _looks(self, case: Inside) -> list[str]:
        """All that is looked at, of which there is enough to tell."""
        rewards = rewards_of(case.world)
        looks = [f"change|{action}" for action in actions_of(rewards)]
        looks += [f"crowd|{action}" for action in unrewarded(case.world)]
        enough = [look for look in looks if self._enough(case, look.partition("|")[2])]
        for reward in rewards:
            enough += [
                f"{name}|{reward.name}"
                for name, sides in _PAIRS.items()
                if all(self._enough(case, f"{side}|{reward.name}") for side in sides)
            ]
        return enough

    def _enough(self, case: Inside, what: str) -> bool:
        return case.figure(self, f"base|{what}").value >= FEW

    def _told_apart(self, case: Inside, looks: list[str]) -> list[str]:
        """Those looks whose figure is told apart from nought."""
        corrected = holm([p_over_seeds(case.each(self, look)) for look in looks]).tolist()
        return [
            look
            for look, p in zip(looks, corrected, strict=True)
            if p < 1 - LEVEL and away(case.figure(self, look))
        ]

    def _too_few(self, case: Inside, action: str) -> Finding:
        base = case.figure(self, f"base|{action}")
        return Finding(
            says=f"{doing(case.world, action)}: done {base.value:.3g} times on {len(case.seeds)} "
            "seeds without a scheme, too little to tell.",
            verdict=Verdict.CANNOT_TELL,
            weight=Weight.NOTABLE,
            figures=(figure("times done without a scheme", base),),
        )

    def _bought(self, case: Inside, action: str, looks: int) -> Finding:
        change = case.figure(self, f"change|{action}")
        anyway = case.figure(self, f"anyway|{action}")
        moved = case.figure(self, f"moved|{action}")
        more = away(change) > 0
        return Finding(
            says=f"{doing(case.world, action)}, which is rewarded, is done "
            f"{interval(change if more else negative(change))} {'more' if more else 'less'} often "
            f"than without a scheme; of what is done, {interval(anyway)} would be done by the same "
            "citizen in the same month anyway.",
            weight=Weight.NOTABLE if more else Weight.SERIOUS,
            figures=(
                figure("change", change),
                figure("done anyway", anyway),
                figure("of the acts added, missing from another month", moved),
            ),
            lives=case.kept[self.about.name],
            open=f"The lives are the {len(case.kept[self.about.name])} whose rewarded acts grew "
            f"most, the lowest number first where they are level. {_corrected(looks)}",
        )

    def _crowded(self, case: Inside, action: str, looks: int) -> Finding:
        less = negative(case.figure(self, f"crowd|{action}"))
        return Finding(
            says=f"{doing(case.world, action)}, which nothing rewards, is done {interval(less)} "
            "less often by those who do more of what is rewarded, than they would without a "
            "scheme.",
            figures=(figure("less often by", less),),
            open=_corrected(looks),
        )

    def _shown(self, case: Inside, reward: Reward, pairs: tuple[str, ...], looks: int) -> Finding:
        sides = {
            _SAID[side]: case.figure(self, f"{side}|{reward.name}")
            for side in dict.fromkeys(side for pair in pairs for side in _PAIRS[pair])
            if self._enough(case, f"{side}|{reward.name}")
        }
        when = listed([f"{_more(change)} {said}" for said, change in sides.items()])
        return Finding(
            says=f"{doing(case.world, reward.action)} is done {when} than if nothing followed "
            f"from the score of {plain(reward.scheme)}.",
            weight=Weight.NOTABLE,
            figures=tuple(figure(said, change) for said, change in sides.items()),
            open=_corrected(looks),
        )


_SAID = {
    "near": "in months that begin within one act's points below a tier",
    "far": "further below",
    "top": "in the highest tier",
    "room": "where its points still have room",
    "full": "where their cap is used up",
}
_PAIRS = {"peak": ("near", "far"), "rest": ("near", "top"), "stop": ("room", "full")}
"""What is held against what: done for show is what is greater in the first."""


def _standings(panel: Panel, reward: Reward) -> dict[str, Where]:
    """In which months each citizen stands where, toward the tiers and the cap of a reward."""
    found: dict[str, Where] = {}
    if reward.floors:
        near, top = within_reach(panel, reward), at_the_top(panel, reward)
        found |= {"near": near, "far": ~near & ~top, "top": top}
    if reward.cap is not None:
        full = used_up(panel, reward)
        found |= {"room": ~full, "full": full}
    return found


def _did(panel: Panel, action: str) -> Where:
    return np.asarray(panel[f"did.{action}"] > 0)


def _able(case: Inside, lives: Lives, action: str) -> tuple[float, float]:
    """In how many months an action can be done, here and without a scheme."""
    condition = ended_by(case.world).get(action)
    if condition is None:
        return 1.0, 1.0
    within = (lives.panels[v.name][f"in.{condition}"] for v in (HERE, UNSCORED))
    here, free = (float(months[:, :-1].sum()) for months in within)
    return here, free


def _change(did: Where, would: Where, able: float = 1.0, free: float = 1.0) -> float:
    """By how much the rate of what is done is greater than that of what would be."""
    base = int(would.sum()) * able
    return int(did.sum()) * free / base - 1 if base else math.nan


def _part(some: int, of: int) -> float:
    return int(some) / int(of) if of else math.nan


def _more(change: Estimate) -> str:
    """A change in words: `12% (10% to 14%) more often`."""
    if change.value < 0:
        return f"{interval(negative(change))} less often"
    return f"{interval(change)} more often"


def _corrected(looks: int) -> str:
    return f"{looks} comparisons were looked at, and are corrected for"
