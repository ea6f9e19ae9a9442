"""Hostile and mistaken nations: everything told at once, each at its line, with the remedy."""

import random
from pathlib import Path as FilePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.errors import FileProblems
from glasstown.files import load, read_text
from glasstown.nation import Nation, path, problems, trait_tables

HEAD = "nation: x\ncitizens: 1000\ncommunities: {size: 100}\n"


def faults(section: str) -> list[tuple[str, str]]:
    """The faults of one section of faults.txt: what is written, what is said of it."""
    text = FilePath(__file__).with_name("faults.txt").read_text()
    lines = text.partition(f"[{section}]\n")[2].partition("\n[")[0].splitlines()
    pairs = [line.partition("=>") for line in lines if line]
    return [(written.strip(), said.strip()) for written, _, said in pairs]


def told(text: str) -> list[str]:
    """What is wrong with a nation: line, what, and the nearest name where there is one."""
    try:
        document = read_text(text, "x")
        found = problems(load(Nation, document), document)
    except FileProblems as error:
        found = list(error.problems)
    for problem in found:
        assert problem.where.line is not None
        assert problem.remedy
    return [f"{p.where.line}: {p.what}" + (f" ({p.nearest}?)" if p.nearest else "") for p in found]


def traits(*lines: str) -> list[str]:
    """What is wrong with traits; line 1 is the first of them."""
    found = told(HEAD + "traits:\n" + "".join(f"  {line}\n" for line in lines))
    return [f"{int(line) - 4}: {what}" for line, what in (t.split(": ", 1) for t in found)]


@pytest.mark.parametrize(("line", "what"), faults("traits"))
def test_traits(line: str, what: str) -> None:
    (found,) = (each for each in traits(line) if what in each)
    assert found.startswith("1: ")


@pytest.mark.parametrize(("line", "what"), faults("given"))
def test_conditional_traits(line: str, what: str) -> None:
    before = [
        "s: {share: 50%}",
        "c: {values: {u: 50%, v: 20%, w: 30%}}",
        "n: {range: {low: 0, high: 3}}",
    ]
    found = traits(*before, f"a: {line}", "b: {share: 1%}")
    assert any(each.startswith(f"4: {what}") for each in found), found


def test_a_circle_is_told_once() -> None:
    table = "table: {yes: {share: 1%}, no: {share: 1%}}"
    found = traits(
        f"a: {{given: [b], {table}}}", f"b: {{given: [c], {table}}}", f"c: {{given: [a], {table}}}"
    )
    assert found == ["1: traits are given each other in a circle: a -> b -> c -> a"]


def test_a_given_place_must_be_declared() -> None:
    assert traits("a: {given: [region], table: {else: {share: 1%}}}") == [
        "1: there is no trait `region`"
    ]


@pytest.mark.parametrize(("joint", "what"), faults("joints"))
def test_joints(joint: str, what: str) -> None:
    text = (
        HEAD
        + """
traits:
  a: {share: 50%}
  b: {values: {x: 50%, y: 50%}}
  c: {share: 50%}
  n: {range: {low: 0, high: 9}}
  d: {share: 50%, of: community}
  e: {given: [a], table: {else: {share: 5%}}}
joints:
"""
        + f"  j: {joint}\n"
    )
    found = told(text)
    plain = [each.replace("'", "`") for each in found]
    assert any(each.startswith("13: ") and what in each for each in plain), found


def test_a_trait_is_in_one_joint_and_the_other_is_looked_at_all_the_same() -> None:
    found = told(
        HEAD + "traits: {a: {share: 5%}, b: {share: 5%}, c: {share: 5%}}\n"
        "joints:\n  one: {traits: [a, b]}\n"
        "  two: {traits: [b, c], interactions: [{if: b, odds: 0}]}\n"
    )
    assert found[0] == "7: `b` is drawn in the joint `one` already"
    assert found[1].startswith("7: odds lie above 0")


def many(count: int, share: str) -> str:
    return ", ".join(f"v{i}: {share}" for i in range(count))


def test_limits() -> None:
    assert traits(f"a: {{values: {{{many(65, '1%')}}}}}") == [
        "1: `traits.a.values` has 65 values, and at most 64 are taken"
    ]
    numbers = ", ".join(f"{i}: 0%" for i in range(1, 257))
    assert traits(f"a: {{numbers: {{0: 100%, {numbers}}}}}") == [
        "1: `traits.a.numbers` has 257 numbers, and at most 256 are taken"
    ]
    assert told(
        HEAD + "traits: {" + ", ".join(f"t{i}: {{share: 1%}}" for i in range(257)) + "}"
    ) == ["4: `traits` has 257 traits, and at most 256 are taken"]
    wide = [f"t{i}: {{share: 50%}}" for i in range(13)]
    names = ", ".join(f"t{i}" for i in range(13))
    assert traits(*wide, f"u: {{given: [{names}], table: {{else: {{share: 1%}}}}}}") == [
        "14: `traits.u.table` has 16,384 cells, and at most 4,096 are taken"
    ]
    found = told(
        HEAD + "traits:\n  " + "\n  ".join(wide) + f"\njoints: {{j: {{traits: [{names}]}}}}\n"
    )
    assert found == ["18: `joints.j` has 8,192 cells, and at most 4,096 are taken"]


SMALL = "nation: x\ncitizens: 2\ncommunities: "


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (SMALL.replace("2", "0") + "{size: 5}", "2: `citizens`: `0` is not at least 1"),
        (SMALL.replace("2", "1099511627777") + "{size: 5}", "2: `citizens`"),
        (SMALL + "{size: 0}", "3: `communities.size`: `0` is not at least 1"),
        (SMALL + "{size: 1025}", "3: `communities.size`: `1025` is not at most 1024"),
        (SMALL + "", "`communities` is left empty"),
        (SMALL + "{size: 5, kinds: {a: {share: 70%}}}", "3: the shares of `communities.kinds` sum"),
        (SMALL + "{size: 5}\nregions: {a: {share: 70%}}", "4: the shares of `regions` sum to 70%"),
        (SMALL + "{size: 5}\ntrait: {}", "unknown name `trait`"),
    ],
)
def test_the_nation_itself(text: str, what: str) -> None:
    assert any(what in each for each in told(text)), told(text)


def test_everything_at_once_and_in_python_by_path() -> None:
    data = {
        "nation": "x",
        "citizens": 10,
        "communities": {"size": 5, "source": "book"},
        "regions": {"a": {"share": "40%"}},
        "traits": {"a": {}, "b": {"values": {"x": "1%"}}, "c": {"share": "5%", "scale": 3}},
    }
    found = [problem.text().splitlines()[0] for problem in problems(Nation.model_validate(data))]
    assert found == [
        "`regions`: the shares of `regions` sum to 40%, not to 100%",
        "`traits.a`: trait `a` does not say how it is drawn",
        "`traits.b.values`: the shares of `traits.b.values` sum to 1%, not to 100%",
        "`traits.c.scale`: trait `c` is no number, and has no scale",
        "`communities.source`: there is no source `book`",
    ]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_damaged_file_is_told_of_or_can_be_drawn(seed: int, times: int) -> None:
    """Lines and words of a real file, deleted, doubled and swapped: never any other exception."""
    chance = random.Random(seed)
    lines = path("campus").read_text().splitlines()
    for _ in range(times):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        deed = chance.randrange(4)
        if deed == 0:
            lines[at] = ""
        elif deed == 1:
            lines[at], lines[other] = lines[other], lines[at]
        elif deed == 2:
            lines[at] = lines[at].replace("%", "0%").replace(": [", ": [a, ")
        else:
            words = lines[at].split(" ")
            chance.shuffle(words)
            lines[at] = " ".join(words)
    try:
        document = read_text("\n".join(lines), "x")
        nation = load(Nation, document)
    except FileProblems:
        return
    if not problems(nation, document):
        assert trait_tables(nation)
