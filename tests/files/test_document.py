from decimal import Decimal
from pathlib import Path

import pytest

from glasstown.errors import FileProblems, Place, Problem
from glasstown.files import path_text, read_text, read_yaml, refuse_any

TEXT = """\
# A comment.
scheme: unictown-2019
score: {range: [350, 800],
        start: 550}
rules:
  cheating:
    when: cheat_exam
    points:
      -40
  paper: {points: +12}
about: |
  Two
  lines.
list:
  - one
  - two: 2
"""


def test_data_and_places() -> None:
    document = read_text(TEXT, "x.yaml")
    assert document.data == {
        "scheme": "unictown-2019",
        "score": {"range": [350, 800], "start": 550},
        "rules": {"cheating": {"when": "cheat_exam", "points": -40}, "paper": {"points": 12}},
        "about": "Two\nlines.\n",
        "list": ["one", {"two": 2}],
    }
    assert document.place("rules", "cheating", "points") == Place("x.yaml", 8, 5)
    assert document.value_place("rules", "cheating", "points") == Place("x.yaml", 9, 7)
    assert document.place("score", "range", 1) == Place("x.yaml", 3, 22)
    assert document.place("score", "start") == Place("x.yaml", 4, 9)
    assert document.place("list", 1, "two") == Place("x.yaml", 16, 5)
    assert document.place("list", 1) == Place("x.yaml", 16, 5)
    assert document.value_place("about") == Place("x.yaml", 11, 8)


def test_what_is_not_there_is_placed_at_its_nearest_ancestor() -> None:
    document = read_text(TEXT, "x.yaml")
    assert document.place("rules", "cheating", "seen_by") == Place("x.yaml", 6, 3)
    assert document.place("rules", "cheating", "points", "more", 3) == Place("x.yaml", 8, 5)
    assert document.value_place("rules", "nothing") == Place("x.yaml", 5, 1)
    assert document.place("nothing") == Place("x.yaml")
    assert document.place() == Place("x.yaml")


def test_get_and_has() -> None:
    document = read_text(TEXT, "x.yaml")
    assert document.get("rules", "cheating", "points") == -40
    assert document.get("list", 1, "two") == 2
    assert document.get() == document.data
    assert document.get("list", 7) is None
    assert document.get("scheme", "x") is None
    assert document.has("list", 0)
    assert document.has()
    assert not document.has("rules", "x")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-40", -40),
        ("+12", 12),
        ("460_000_000", 460_000_000),
        ("18446744073709551615", 2**64 - 1),
        ("007", "007"),
        ("00.7", "00.7"),
        ("1.", Decimal(1)),
        ("-1.5e-3", Decimal("-0.0015")),
        ("1.2.3", "1.2.3"),
        ("e5", "e5"),
        (".", "."),
        ("-0", 0),
        ("0.1", Decimal("0.1")),
        ("-2.50", Decimal("-2.5")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal(1000)),
        ("0.0e99", Decimal(0)),
        ("yes", True),
        ("No", False),
        ("true", True),
        ("False", False),
        ("on", "on"),
        ("off", "off"),
        ("YES", "YES"),
        ("y", "y"),
        ("", None),
        ("~", None),
        ("null", None),
        ("2019-06-01", "2019-06-01"),
        ("2019-06-01 12:00:00", "2019-06-01 12:00:00"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_", "1_"),
        ("95%", "95%"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("=", "="),
        ("'12'", "12"),
        ('"yes"', "yes"),
        ("'null'", "null"),
        ("a and b", "a and b"),
        ("x >= 3", "x >= 3"),
        ("[-50, -5]", [-50, -5]),
        ("{b: no}", {"b": False}),
        ("<<", "<<"),
    ],
)
def test_what_words_mean(written: str, value: object) -> None:
    read = read_text(f"a: {written}", "x").data["a"]
    assert read == value
    assert type(read) is type(value)


def test_names_are_always_text() -> None:
    names = ["yes", "no", "on", "off", "true", "null", "12", "1.5", "2019-06-01", ".inf"]
    text = "".join(f"{name}: 1\n" for name in names) + '"<<": 1\n'
    assert list(read_text(text, "x").data) == [*names, "<<"]


def test_decimals_are_exact() -> None:
    assert str(read_text("a: 0.30000000000000004", "x").data["a"]) == "0.30000000000000004"


def test_windows_lines(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"a: 1\r\nb:\r\n  c: x\r\n")
    document = read_yaml(tmp_path / "x.yaml")
    assert document.data == {"a": 1, "b": {"c": "x"}}
    assert document.place("b", "c").line == 3


def test_problems_by_path_are_collected() -> None:
    document = read_text(TEXT, "x.yaml")
    refuse_any([])
    found = [
        document.problem("rules", "cheating", "points", what="too low", remedy="raise it"),
        document.problem("rules", "cheating", "points", what="odd", at_value=True),
        document.problem("scheme", what="unknown", nearest="unictown-2018", why="because"),
    ]
    assert found[0] == Problem(Place("x.yaml", 8, 5), "too low", remedy="raise it")
    assert found[1].where.line == 9
    with pytest.raises(FileProblems) as caught:
        refuse_any(iter(found))
    assert len(caught.value.problems) == 3


def test_paths_as_text() -> None:
    assert path_text(("rules", "cheating", "points", 1)) == "rules.cheating.points[2]"
    assert path_text(()) == ""
    assert path_text(("a" * 100, "b")) == f"{'a' * 57}....b"
