"""Worlds: loaded, changed, bound, and refused with every problem at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.worlds import worlds

import glasstown as gt
from glasstown.engine.execute import execute, planned_world
from glasstown.errors import FileProblems
from glasstown.world import World, bind, names, world_from_dict


def refused(text: str, folder: Path) -> str:
    file = folder / "w.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        gt.load_world(file)
    return str(caught.value).replace(str(folder) + "/", "")


@pytest.mark.parametrize("name", names())
def test_the_library_loads_and_fits_the_machine(name: str) -> None:
    world = gt.load_world(name)
    assert world.name == name
    assert planned_world(world).graph.effects


def test_numbers_asked_for_take_the_place_of_the_files() -> None:
    world = gt.load_world("unictown-china", months=3, seed=7, citizens=1000)
    assert (world.months, world.seed, world.citizens) == (3, 7, 1000)
    assert gt.load_world("unictown-china").citizens == 460_000_000


def test_the_ranked_world_differs_in_one_consequence_and_is_coupled() -> None:
    plain, ranked = gt.load_world("unictown-china"), gt.load_world("unictown-china-ranked")
    assert not plain.coupled
    assert ranked.coupled
    interview = ranked.schemes[0].consequences["interview"]
    assert interview.best is not None
    assert interview.best.of == "nation"
    assert plain.schemes[1] == ranked.schemes[1]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_a_world_survives_being_written_down(world: World) -> None:
    again = world_from_dict(world.to_dict())
    assert again == world
    assert again.to_dict() == world.to_dict()


def test_changes_by_path() -> None:
    world = gt.load_world("unictown-campus")
    dearer = world.changed({"rules.cheating.points": -60})
    assert dearer.to_dict()["schemes"][0]["rules"]["cheating"]["points"] == "-60"
    told = world.changed({"unictown-2019.discloses.rules": True, "months": 3, "seed": 1})
    assert told.schemes[0].discloses.rules
    assert (told.months, told.seed) == (3, 1)
    bolder = world.changed(
        {"actions.speak_critically.fear": 0, "nation.traits.minority.share": "20%"}
    )
    assert bolder.conduct.actions["speak_critically"].fear == 0
    assert "cheating" not in world.without("rules.cheating").schemes[0].rules
    assert world.schemes[0].rules["cheating"].points != dearer.schemes[0].rules["cheating"].points


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("rules.cheatin.points", 1, "did you mean: cheating"),
        ("rulez.cheating.points", 1, "did you mean: rules"),
        ("unictown-2019", 1, "it names a whole file"),
        ("rules.cheatin", None, "did you mean: cheating"),
        ("score.start", "lots", "`score.start`"),
        ("score.start", 9000, "start"),
        ("months", 0, "months"),
        ("discloses.rules", True, "could be in any of"),
        ("sensors.credit_bureau.detects", "140%", "140%"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(path: str, value: object, said: str) -> None:
    with pytest.raises(FileProblems) as caught:
        gt.load_world("unictown-campus").changed({path: value})
    assert said in str(caught.value)


def test_everything_a_world_names_wrongly_is_told_at_once(tmp_path: Path) -> None:
    text = refused(
        "world: w\n"
        "schemes:\n"
        "  - unictown-2091\n"
        "  - missing.yaml\n"
        "nation: campsu\n"
        "conduct: fearfull\n",
        tmp_path,
    )
    assert "w.yaml:3: there is no scheme `unictown-2091`" in text
    assert "did you mean: unictown-2019" in text
    assert "missing.yaml" in text
    assert "w.yaml:5: there is no nation `campsu`" in text
    assert "did you mean: campus" in text
    assert "w.yaml:6: there is no conduct `fearfull`" in text
    assert text.startswith("4 problems")


def test_what_does_not_fit_between_the_files_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "scheme: s\n"
        "score: {range: [0, 100], start: 50}\n"
        "sensors:\n"
        "  clerk: {detects: {by: minoirty, rates: {yes: 10%}, else: 5%}}\n"
        "  eye: {detects: {by: minority, rates: {maybe: 10%}, else: 5%}}\n"
        "rules:\n"
        "  a: {when: cheat_exm, seen_by: clerk, points: 1}\n"
        "  b: {each: month, if: studnet, points: 1}\n"
        "consequences:\n"
        "  c: {occasion: buy_ticket, for: score > 10, outcome: refuse}\n",
        encoding="utf-8",
    )
    text = refused(
        "world: w\nschemes: [./s.yaml]\nnation: campus\nconduct: fearful\n"
        "count: {by: [sexx, s.tier]}\n",
        tmp_path,
    )
    for said in (
        "s.yaml:4: ",
        "did you mean: minority",
        "s.yaml:5: `sensors.eye.detects`: `minority` is never `maybe`",
        "s.yaml:7: `rules.a.when`: `fearful` has no action `cheat_exm`",
        "did you mean: cheat_exam",
        "s.yaml:8: ",
        "did you mean: student",
        "s.yaml:10: `consequences.c.occasion`: `fearful` has no occasion `buy_ticket`",
        "w.yaml:5: cannot count by `sexx`",
        "did you mean: sex",
    ):
        assert said in text


def test_too_many_groups_and_a_scheme_twice(tmp_path: Path) -> None:
    text = refused(
        "world: w\nschemes: [none, none]\nnation: campus\nconduct: fearful\n"
        "count: {by: [sex*party_member*minority*income*region*kind*age_band]}\n",
        tmp_path,
    )
    assert "w.yaml:2: the scheme `none` is named twice" in text
    assert "cells, and at most 256 are counted" in text


def test_numbers_that_could_leave_32_bits_are_refused_with_a_remedy() -> None:
    world = gt.load_world("unictown-campus", citizens=120, months=1)
    huge = world.changed(
        {
            "pull.weight": 100,
            "occasions.apply_for_job.worth": 1000,
            "occasions.apply_for_job.rate": "90%",
        }
    )
    with pytest.raises(FileProblems) as caught:
        execute(huge)
    text = str(caught.value)
    assert "numbers are kept to 2**31" in text
    assert "do: lower the points" in text


def test_models_made_in_python_are_checked_alike() -> None:
    campus = gt.load_world("unictown-campus")
    world = bind("mine", campus.schemes, campus.nation, campus.conduct, months=2, by=("sex",))
    assert world.months == 2
    with pytest.raises(FileProblems, match="cannot count by `sexx`"):
        bind("mine", campus.schemes, campus.nation, campus.conduct, by=("sexx",))
    with pytest.raises(FileProblems, match="months"):
        bind("mine", campus.schemes, campus.nation, campus.conduct, months=-1)


def test_names_that_would_share_their_luck_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two names of 32 bits alike are too rare to make up, so the hash is made coarse here."""
    from glasstown.compiler import nodes

    monkeypatch.setattr(nodes, "purpose", lambda name: len(name))
    with pytest.raises(FileProblems) as caught:
        planned_world(gt.load_world("unictown-campus"))
    assert "would share their luck" in str(caught.value)
    assert "do: rename one of the two" in str(caught.value)
