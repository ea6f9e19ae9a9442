import pickle

import pytest

from glasstown.errors import (
    FileProblems,
    GlasstownError,
    Place,
    Problem,
    RunProblem,
    clean,
    shown,
)

ONE = Problem(Place("x.yaml", 12, 3), "unknown name `ponits`", "it is not known", "mend", "points")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("x.yaml", 12, 3), "x.yaml:12"),
        (Place("x.yaml", 12), "x.yaml:12"),
        (Place("x.yaml"), "x.yaml"),
        (Place(""), ""),
        (Place("a\x1b[2Jb\n.yaml", 1), r"a\x1b[2Jb\n.yaml:1"),
    ],
)
def test_a_place_is_a_link(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_problem_says_where_what_nearest_why_and_what_to_do() -> None:
    assert ONE.text() == (
        "x.yaml:12: unknown name `ponits`\n"
        "    did you mean: points\n"
        "    why: it is not known\n"
        "    do: mend"
    )
    assert Problem(Place(""), "no place").text() == "no place"


def test_a_problem_cannot_move_the_cursor() -> None:
    text = Problem(Place("x", 1), "a\x1b[2J\rb", "c\nd", "e\u202ef", "\ud800").text()
    assert text.splitlines() == [
        r"x:1: a\x1b[2J\rb",
        r"    did you mean: \ud800",
        r"    why: c\nd",
        r"    do: e\u202ef",
    ]


def test_an_error_renders_all_sorted_once() -> None:
    late, early = Problem(Place("x.yaml", 30), "late"), Problem(Place("x.yaml", 2), "early")
    error = GlasstownError([late, ONE, early, late])
    assert error.problems == (early, ONE, late)
    assert str(error).splitlines()[0] == "3 problems in x.yaml"
    assert str(error).splitlines()[1] == "x.yaml:2: early"
    assert str(error).splitlines()[-1] == "x.yaml:30: late"


@pytest.mark.parametrize(
    ("problems", "heading"),
    [
        ([ONE], "1 problem in x.yaml"),
        ([ONE, Problem(Place("y.yaml"), "b")], "2 problems in 2 files"),
        ([Problem(Place(""), "a"), Problem(Place(""), "b")], "2 problems"),
        ([Problem(Place(""), "a"), ONE], "2 problems in x.yaml"),
    ],
)
def test_the_heading_counts(problems: list[Problem], heading: str) -> None:
    assert FileProblems(problems).heading == heading


def test_one_problem_needs_no_list() -> None:
    assert RunProblem(ONE).problems == (ONE,)


def test_a_thousand_problems_are_kept_and_a_hundred_printed() -> None:
    error = FileProblems(Problem(Place("x", n), f"p{n}") for n in range(1, 1001))
    assert len(error.problems) == 1000
    assert str(error).splitlines()[-1] == "... and 900 more"
    assert len(str(error).splitlines()) == 102


@pytest.mark.parametrize("kind", [GlasstownError, FileProblems, RunProblem])
def test_an_error_survives_a_worker(kind: type[GlasstownError]) -> None:
    error = kind([ONE])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert back.problems == error.problems
    assert str(back) == str(error)


def test_text_is_cleaned_and_shortened() -> None:
    assert clean("plain café 名") == "plain café 名"
    assert shown("a" * 100) == f"`{'a' * 57}...`"
    assert shown("a\0b") == r"`a\x00b`"
