"""The library's conducts: they load, say where their numbers come from, and are what they claim."""

from pathlib import Path

import jsonschema
import pytest

from glasstown.conduct import (
    STARTER,
    Conduct,
    free_names,
    load_conduct,
    names,
    problems,
    read_conduct,
    uncited,
    unswept,
)
from glasstown.errors import FileProblems
from glasstown.files import json_schema
from glasstown.scheme import actions_read, conditions_read, load_scheme, occasions_read
from glasstown.scheme import names as scheme_names
from tests.scheme.test_library import TRAITS

DRIVES = ("pull", "norm", "fear", "belief")


def test_the_library() -> None:
    assert names() == ("combined", "far-sighted", "fearful", "imitative", "indifferent")


@pytest.mark.parametrize("name", names())
def test_it_is_in_order_and_named_like_its_file(name: str) -> None:
    read = read_conduct(name)
    assert read.problems == ()
    assert read.conduct is not None
    assert problems(read.conduct, read.document) == []
    assert read.conduct.conduct == name
    assert read.conduct.title
    assert read.conduct.about
    plain = read.conduct.model_dump(mode="json", exclude_defaults=True)
    again = Conduct.model_validate(plain)
    assert again == read.conduct
    assert problems(again) == []
    jsonschema.validate(plain, json_schema(Conduct))


@pytest.mark.parametrize("name", [*names(), STARTER])
def test_every_number_has_a_source_or_is_an_assumption_with_a_sweep(name: str | Path) -> None:
    conduct = load_conduct(name)
    assert uncited(conduct) == []
    assert unswept(conduct) == []


@pytest.mark.parametrize("name", names())
def test_it_asks_only_for_what_library_nations_have(name: str) -> None:
    assert set(free_names(load_conduct(name))) <= TRAITS


@pytest.mark.parametrize("scheme", scheme_names())
def test_people_do_and_want_what_the_library_schemes_ask_for(scheme: str) -> None:
    conduct, read = load_conduct("indifferent"), load_scheme(scheme)
    assert set(actions_read(read)) <= set(conduct.actions)
    assert set(occasions_read(read)) <= set(conduct.occasions)
    assert set(conditions_read(read)) <= set(conduct.conditions)


def test_the_actions_and_occasions_of_the_library() -> None:
    conduct = load_conduct("indifferent")
    assert set(conduct.actions) == {
        "break_contract",
        "cheat_exam",
        "donate_blood",
        "fall_behind",
        "file_patent",
        "open_account",
        "pay_debt",
        "plagiarise",
        "praise",
        "publish_paper",
        "shop",
        "speak_critically",
        "study_hard",
        "volunteer",
    }
    assert set(conduct.occasions) == {
        "apply_for_job",
        "borrow",
        "buy_course",
        "buy_plane_ticket",
        "buy_train_ticket",
        "rent_flat",
    }
    debt = conduct.conditions["unpaid_debt"]
    assert (debt.begins, debt.ends) == ("fall_behind", "pay_debt")


def test_the_indifferent_are_moved_by_nothing() -> None:
    conduct = load_conduct("indifferent")
    for drive in DRIVES:
        assert getattr(conduct, drive) == Conduct.model_fields[drive].default
    for action in conduct.actions.values():
        assert (action.norm, action.fear) == (0, 0)
        assert "means" not in " ".join(action.taste)


def test_each_of_the_others_has_its_own_drive_and_no_other() -> None:
    own = {"far-sighted": {"pull", "belief"}, "imitative": {"norm"}, "fearful": {"fear"}}
    base = load_conduct("indifferent")
    for name, drives in own.items():
        conduct = load_conduct(name)
        assert set(conduct.actions) == set(base.actions)
        for drive in DRIVES:
            changed = getattr(conduct, drive) != getattr(base, drive)
            assert changed == (drive in drives), (name, drive)
        for action, of_base in zip(conduct.actions.values(), base.actions.values(), strict=True):
            assert action.rate == of_base.rate


def test_combined_is_the_three_together() -> None:
    combined = load_conduct("combined")
    assert combined.pull == load_conduct("far-sighted").pull
    assert combined.norm == load_conduct("imitative").norm
    assert combined.fear == load_conduct("fearful").fear
    speaking = combined.actions["speak_critically"]
    assert speaking.norm == load_conduct("imitative").actions["speak_critically"].norm
    assert speaking.fear == load_conduct("fearful").actions["speak_critically"].fear


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(FileProblems) as error:
        load_conduct("far-sihgted")
    assert str(error.value) == (
        "1 problem\n"
        "there is no conduct `far-sihgted` in the library\n"
        "    did you mean: far-sighted\n"
        "    why: it holds combined, far-sighted, fearful, imitative, indifferent\n"
        "    do: name one of these, or the path of a file that ends in .yaml"
    )


def test_the_starter_takes_another_name(tmp_path: Path) -> None:
    assert load_conduct(STARTER).conduct == "my-conduct"
    file = tmp_path / "other.yaml"
    file.write_text(STARTER.read_text(encoding="utf-8").replace("my-conduct", "other"))
    assert load_conduct(file).conduct == "other"
