"""What differs between two worlds is told by paths that make the one of the other."""

from __future__ import annotations

import pytest

from glasstown import load_world
from glasstown.world import differences

CHANGES = {
    "unictown-2019.rules.cheating.points": -80,
    "unictown-2019.rules.shopping": None,
    "unictown-2019.consequences.interview": None,
    "unictown-2019.score.fades": None,
    "defaulters-2018.discloses.reasons": False,
    "conduct.fear.own": "10%",
    "conduct.actions.shop.rate": "30%",
}


def test_a_world_does_not_differ_from_itself() -> None:
    world = load_world("unictown-campus")
    assert differences(world, world) == ()
    assert differences(world, world.changed({"unictown-2019.title": "Other"})) == ()


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_is_found_where_it_was_made(path: str) -> None:
    world = load_world("unictown-campus")
    other = world.changed({path: CHANGES[path]})
    (found,) = differences(world, other)
    assert found.path == path
    (back,) = differences(other, world)
    assert (back.one, back.other) == (found.other, found.one)


def test_the_differences_make_the_one_world_of_the_other() -> None:
    world = load_world("unictown-campus")
    other = world.changed(CHANGES)
    found = differences(world, other)
    assert {each.path for each in found} == set(CHANGES)
    made = world.changed({each.path: each.other for each in found})
    assert made.to_dict() == other.to_dict()
    made = other.changed({each.path: each.one for each in found})
    assert made.to_dict() == world.to_dict()


def test_entries_are_told_one_by_one_when_all_of_them_are_gone() -> None:
    world = load_world("unictown-campus")
    other = world.without("consequences.interview", "consequences.course_discount")
    assert [each.path for each in differences(world, other)] == [
        "unictown-2019.consequences.course_discount",
        "unictown-2019.consequences.interview",
    ]


def test_a_scheme_that_one_world_alone_has_is_one_difference() -> None:
    world = load_world("unictown-campus")
    (found,) = differences(world, world.without("defaulters-2018"))
    assert found.path == "defaulters-2018"
    assert found.one
    assert found.other is None


def test_what_a_scheme_says_there_is_told_in_a_sentence() -> None:
    world = load_world("unictown-campus")
    (harsher,) = differences(world, world.changed({"rules.cheating.points": -80}))
    assert harsher.one_says.endswith("costs 40 points.")
    assert harsher.other_says.endswith("costs 80 points.")
    (less,) = differences(world, world.without("rules.cheating"))
    assert less.one_says == harsher.one_says
    assert less.other_says == ""


def test_the_numbers_of_the_world_are_told() -> None:
    world = load_world("unictown-campus")
    other = world.changed({"months": 3, "seed": 1, "citizens": 500})
    assert [(each.path, each.other) for each in differences(world, other)] == [
        ("months", 3),
        ("seed", 1),
        ("citizens", 500),
    ]
