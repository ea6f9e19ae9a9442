"""Who falls silent is found citizen by citizen, and only where something silences."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside.harmed import harm_measures, harmed, harmed_before
from glasstown.audit.inside.inside import Inside, Lives
from glasstown.audit.inside.silence import Silence
from glasstown.audit.inside.variants import HERE, UNSCORED
from glasstown.audit.probe import Answer, ask
from glasstown.audit.yardstick import DEFAULT, load_yardstick
from glasstown.engine.panel import Panels
from tests.audit.inside.asked import asked, campus, lived, looked

PROBE = Silence()
ALONE = {"conduct.fear.seen": 0, "conduct.norm.weight": 0, "conduct.pull.weight": 0}
"""Nobody is moved by what befalls others: only one's own harm frightens."""


def sentences(answer: Answer, part: str) -> list[str]:
    return [found.says for found in answer.findings if part in found.says]


def test_harm_is_what_frightens() -> None:
    """With fear that is full after harm of one's own and gone in a month, it shows who was."""
    world = campus(
        {
            "conduct.fear": {"own": 1, "seen": 0, "fades": 1, "unexplained": 1},
            "defaulters-2018.sensors.court_list.false_alarm": 0.03,
            "unictown-2019.rules.cheating.points": -300,
        }
    )
    panel = Panels(world, ["fear", *harm_measures(world)]).panel()
    found = harmed(panel)
    assert 0.05 < found.mean() < 0.95
    assert np.array_equal(found, panel["fear"] > 0)
    before = harmed_before(panel)
    assert not before[:, 0].any()
    for citizen in range(0, 4_000, 97):
        for month in range(12):
            assert before[citizen, month] == found[citizen, :month].any()


def test_figures_are_those_of_a_slow_count() -> None:
    world = campus()
    case = looked(world, PROBE, seeds=1)
    lives = lived(world, PROBE, case)
    here, free = lives.here, lives.panels[UNSCORED.name]
    action = "speak_critically"
    did, did_free = here[f"did.{action}"].tolist(), free[f"did.{action}"].tolist()
    held = here[f"held.{action}"].tolist()
    hurt = harmed(here).tolist()
    income = here.labels("income").tolist()
    speakers = silenced = unpunished = low = low_silenced = said = holding = 0
    for citizen in range(4_000):
        would = [m for m in range(12) if did_free[citizen][m] and held[citizen][m]]
        lost = [m for m in would if not did[citizen][m]]
        speakers += bool(would)
        silenced += bool(lost)
        unpunished += bool(lost) and not any(hurt[citizen][: lost[0]])
        low += bool(would) and income[citizen] == "low"
        low_silenced += bool(lost) and income[citizen] == "low"
        holding += sum(held[citizen])
        said += sum(d and h for d, h in zip(did[citizen], held[citizen], strict=True))
    assert min(speakers, silenced, unpunished, low_silenced) > 20
    assert case.own(PROBE, f"speakers|{action}") == speakers
    assert case.own(PROBE, f"silenced|{action}") == silenced / speakers
    assert case.own(PROBE, f"unpunished|{action}") == unpunished / silenced
    assert case.own(PROBE, f"rate|{action}|income|low") == low_silenced / low
    others = (silenced - low_silenced) / (speakers - low)
    assert case.own(PROBE, f"rest|{action}|income|low") == others
    assert case.own(PROBE, f"voice|{action}|here") == said / holding
    kept = case.kept["silence"][action]
    assert (kept.speakers, kept.silenced, kept.unpunished) == (speakers, silenced, unpunished)
    for citizen in kept.lives:
        lost = [m for m in range(12) if did_free[citizen][m] and not did[citizen][m]]
        assert lost
        assert not any(hurt[citizen][: lost[0]])


def test_fear_silences_and_makes_people_praise() -> None:
    answer = asked(campus(), PROBE)
    assert sentences(
        answer, "Criticising the authorities in public: those who hold such a view say"
    )
    assert sentences(answer, "of the citizens who fell silent")
    assert sentences(answer, "no reasons are given than if all rules are told")
    assert sentences(answer, "Praising the authorities in public: those who do not hold")
    assert any(len(found.lives) == 3 for found in answer.findings)
    assert all(f.low is not None and f.low <= f.value for g in answer.findings for f in g.figures)


def test_where_nothing_frightens_nothing_is_found() -> None:
    world = campus({"conduct.fear": {}, "conduct.norm.weight": 0, "conduct.pull.weight": 0})
    answer = asked(world, PROBE)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.looked == "2 actions that voice a view"


def test_who_is_frightened_by_their_own_harm_alone_was_punished() -> None:
    world = campus(ALONE)
    answer = asked(world, PROBE)
    assert sentences(answer, "those who hold such a view say so")
    assert not sentences(answer, "of the citizens who fell silent")
    assert looked(world, PROBE, 1).own(PROBE, "unpunished|speak_critically") == 0


def test_reasons_matter_only_where_unexplained_harm_frightens_more() -> None:
    still = {"conduct.norm.weight": 0, "conduct.pull.weight": 0}
    assert sentences(asked(campus(still), PROBE), "less if all rules are secret and no reasons")
    even = asked(campus({**still, "conduct.fear.unexplained": 1}), PROBE)
    assert sentences(even, "those who hold such a view say so")
    assert not sentences(even, " less if ")


def marked(change: dict[str, Any]) -> gt.World:
    """A campus whose citizens have a mark that nothing reads, changed."""
    traits = {"nation.traits.marked": {"share": "30%"}}
    return campus({**traits, **ALONE, **change}, citizens=3_000)


def test_a_group_that_is_silenced_is_named() -> None:
    rule = {"each": "month", "if": "marked", "points": -1}
    world = marked({"unictown-2019.rules.mark": rule})
    answer = asked(world, PROBE, groups=["marked", "sex"])
    found = sentences(answer, "fell silent at least once where")
    assert len(found) == 1
    assert "where marked is yes" in found[0]
    assert not sentences(asked(marked({}), PROBE, groups=["marked", "sex"]), "at least once where")


def test_a_mark_that_nothing_reads_is_rarely_named() -> None:
    """25 audits of 4 seeds: at 5% each, more than 5 alarms come in one case of 800."""
    world = marked({})
    case = Inside(world, load_yardstick(DEFAULT), ("marked",), tuple(range(4)), world.citizens)
    wanted = PROBE.wanted(case)
    assert wanted is not None
    made = {}
    for variant in (HERE, UNSCORED):
        there = variant.of(world)
        measures = [m for m in wanted.measures if m in there.measures]
        made[variant.name] = Panels(there, measures, ["marked"])
    read = []
    for seed in range(100):
        panels = {name: lived.panel(seed) for name, lived in made.items()}
        same = {variant.name: panels["here"] for variant in wanted.variants}
        read.append(PROBE.figures(case, Lives({**same, **panels}, own=False)))
    kept = {"silence": looked(world, PROBE, 1, groups=["marked"]).kept["silence"]}
    alarms = 0
    for first in range(0, 100, 4):
        audit = replace(case, read={"silence": read[first : first + 4]}, kept=kept)
        alarms += bool(sentences(ask(PROBE, audit), "at least once where"))
    assert alarms <= 5


def test_too_few_who_would_speak_cannot_be_told() -> None:
    answer = asked(campus(citizens=200, months=2), PROBE)
    assert answer.verdict is Verdict.CANNOT_TELL
    assert sentences(answer, "too little to tell")
    assert asked(campus(), PROBE, seeds=1).verdict is Verdict.CANNOT_TELL


def test_a_world_without_schemes_or_voices_is_not_asked() -> None:
    case = looked(UNSCORED.of(campus()), PROBE, 1)
    assert not case.was_read(PROBE)
    assert not list(PROBE.findings(case))
    silent = campus({f"conduct.actions.{a}.voices": None for a in ("speak_critically", "praise")})
    assert not looked(silent, PROBE, 1).was_read(PROBE)


@pytest.mark.parametrize("name", ["voice|praise", "silenced|praise", "reasons|praise"])
def test_each_seed_has_the_same_figures(name: str) -> None:
    case = looked(campus(citizens=300, months=3), PROBE, 2)
    first, second = case.read["silence"]
    assert first.keys() == second.keys()
    assert not math.isnan(case.figure(PROBE, name).value)
