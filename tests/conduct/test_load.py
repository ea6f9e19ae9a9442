"""Conducts that extend others: what is laid over what, and where each value is found."""

from pathlib import Path

import pytest

from glasstown.conduct import Conduct, load_conduct, problems, read_conduct
from glasstown.conduct.load import MOST_FILES, merged
from glasstown.errors import FileProblems
from glasstown.files import read_text


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


BASE = """\
conduct: base
title: The base
about: What the base says of itself
sources: {one: {title: One}}
actions:
  read: {rate: 10%, taste: {diligence: 1, student: 2}, source: one}
  write: {rate: 20%}
norm: {weight: 1, of: nation}
"""


def test_maps_are_merged_deeply_and_the_child_goes_before(tmp_path: Path) -> None:
    child = """\
conduct: child
extends: base.yaml
sources: {two: {title: Two}}
actions:
  read: {taste: {diligence: 3}, source: [one, two]}
  sing: {rate: 1%}
norm: {weight: 5}
"""
    write(tmp_path, base=BASE, child=child)
    conduct = load_conduct(tmp_path / "child.yaml")
    assert conduct.conduct == "child"
    assert list(conduct.actions) == ["read", "write", "sing"]
    assert conduct.actions["read"].rate * 10 == 1
    assert conduct.actions["read"].taste == {"diligence": 3, "student": 2}
    assert conduct.actions["read"].source == ("one", "two")
    assert set(conduct.sources) == {"one", "two"}
    assert (conduct.norm.weight, conduct.norm.of) == (5, "nation")


def test_what_a_file_says_of_itself_is_not_handed_down(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, child="conduct: child\nextends: base.yaml\n")
    conduct = load_conduct(tmp_path / "child.yaml")
    assert (conduct.title, conduct.about, conduct.extends) == ("", "", ())


def test_null_removes(tmp_path: Path) -> None:
    child = "conduct: child\nextends: base.yaml\nactions: {write: null, read: {taste: null}}\n"
    write(tmp_path, base=BASE, child=child)
    conduct = load_conduct(tmp_path / "child.yaml")
    assert list(conduct.actions) == ["read"]
    assert conduct.actions["read"].taste == {}


def test_null_of_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, child="conduct: c\nextends: base.yaml\nactions: {sing: null}\n")
    (found,) = read_conduct(tmp_path / "child.yaml").problems
    assert found.what == "`actions.sing` is left empty"
    assert str(found.where).endswith("child.yaml:3")


def test_places_are_those_of_the_file_that_holds_the_value(tmp_path: Path) -> None:
    base = BASE.replace("weight: 1", "weight: 1000")
    child = "conduct: child\nextends: base.yaml\nactions:\n  read: {taste: {diligence: 99}}\n"
    write(tmp_path, base=base, child=child)
    read = read_conduct(tmp_path / "child.yaml")
    assert [(Path(p.where.file).name, p.where.line, p.what) for p in read.problems] == [
        ("child.yaml", 4, "`actions.read.taste.diligence` is 99, not within -20 to 20"),
        ("base.yaml", 8, "`norm.weight` is 1000, not within -100 to 100"),
    ]
    assert read.document is not None
    assert read.document.place("actions", "write", "rate").line == 7


def test_a_list_or_a_value_takes_the_place_of_what_was_there() -> None:
    base = read_text("a: {b: {c: 1, d: 2}, e: [1, 2, 3]}\n", "base")
    over = read_text("\na: {b: 5, e: [4]}\n", "over")
    both = merged(base, over)
    assert both.data == {"a": {"b": 5, "e": [4]}}
    assert not both.has("a", "b", "c")
    assert not both.has("a", "e", 1)
    assert str(both.place("a", "b")) == "over:2"
    assert str(merged(over, base).place("a", "b", "c")) == "base:1"


def test_several_are_laid_over_each_other_and_each_file_once(tmp_path: Path) -> None:
    left = "conduct: left\nextends: base.yaml\nactions: {read: {rate: 30%}}\n"
    right = "conduct: right\nextends: base.yaml\nactions: {write: {rate: 40%}}\n"
    child = "conduct: child\nextends: [left.yaml, right.yaml]\n"
    write(tmp_path, base=BASE, left=left, right=right, child=child)
    conduct = load_conduct(tmp_path / "child.yaml")
    # The base is not laid over `left` again by `right`.
    assert conduct.actions["read"].rate * 10 == 3
    assert conduct.actions["write"].rate * 10 == 4


def test_circles_are_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="conduct: a\nextends: b.yaml\n",
        b="conduct: b\nextends: [c.yaml]\n",
        c="conduct: c\n\nextends: a.yaml\n",
        me="conduct: me\nextends: me.yaml\n",
    )
    (found,) = read_conduct(tmp_path / "a.yaml").problems
    assert found.what == (
        "the conduct extends itself: `a.yaml` -> `b.yaml` -> `c.yaml` -> `a.yaml`"
    )
    assert found.remedy == "delete one of these `extends`"
    assert str(found.where).endswith("c.yaml:3")
    (found,) = read_conduct(tmp_path / "me.yaml").problems
    assert found.what == "the conduct extends itself: `me.yaml` -> `me.yaml`"


def test_everything_wrong_with_what_is_extended_is_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        child="conduct: c\nextends: [indiferent, gone.yaml, broken.yaml]\n",
        broken="conduct: [\n",
    )
    found = read_conduct(tmp_path / "child.yaml").problems
    told = {(Path(p.where.file).name, p.where.line, p.what) for p in found}
    assert ("child.yaml", 2, "there is no conduct `indiferent` in the library") in told
    assert ("child.yaml", 2, "`gone.yaml` cannot be extended: there is no such file") in told
    assert {file for file, _, _ in told} == {"child.yaml", "broken.yaml"}


def test_too_many_files(tmp_path: Path) -> None:
    files = {f"f{n}": f"conduct: f{n}\nextends: f{n + 1}.yaml\n" for n in range(MOST_FILES + 5)}
    write(tmp_path, **files)
    (found,) = read_conduct(tmp_path / "f0.yaml").problems
    assert found.what == f"the conduct is put together from more than {MOST_FILES} files"
    assert found.remedy == "extend fewer"


def test_what_extends_a_library_conduct_starts_from_it(tmp_path: Path) -> None:
    write(tmp_path, mine="conduct: mine\nextends: indifferent\nactions: {praise: {rate: 9%}}\n")
    conduct, base = load_conduct(tmp_path / "mine.yaml"), load_conduct("indifferent")
    assert list(conduct.actions) == list(base.actions)
    assert conduct.actions["praise"].taste == base.actions["praise"].taste
    assert conduct.actions["praise"].rate != base.actions["praise"].rate


def test_a_path_in_extends_starts_at_the_file_that_says_it(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path, base=BASE)
    write(tmp_path / "deep", middle="conduct: m\nextends: ../base.yaml\n")
    write(tmp_path, top="conduct: t\nextends: deep/middle.yaml\n")
    assert set(load_conduct(tmp_path / "top.yaml").actions) == {"read", "write"}
    with pytest.raises(FileProblems):
        load_conduct("top.yaml")
    assert load_conduct("top.yaml", tmp_path).conduct == "t"


def test_a_conduct_made_in_python_is_whole_as_it_is() -> None:
    (found,) = problems(Conduct(conduct="x", extends="indifferent"))
    assert found.what == "the conduct extends others, and has not been laid over them"
    assert found.remedy == (
        "load it from a file, or copy another: `load_conduct('indifferent').model_copy(update=...)`"
    )


@pytest.mark.parametrize("path", ["", ".", "a\0.yaml", "\ud800.yaml", "x" * 5000 + ".yaml", "-"])
def test_a_path_that_is_none_is_told(path: str) -> None:
    assert len(read_conduct(path).problems) == 1
