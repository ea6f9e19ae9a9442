"""Checking against a scope: what passes with which type, and every error of what does not.

``faults.txt`` holds the type wanted, an expression and below it all that is said of it. The texts
are public interface: people read them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from tests.expr.trees import any_tree

from glasstown.expr import (
    BUILTINS,
    Choice,
    Compare,
    Expr,
    Name,
    Quantity,
    Scope,
    Signature,
    Symbols,
    Type,
    YesNo,
    check,
    choice_of,
    parse,
    value_in,
)

TIER = Choice(("poor", "ordinary", "excellent"), ordered=True)
KIND = Choice(("town", "village"))
SCOPE = Scope(
    {
        "score": Quantity(),
        "age": Quantity(),
        "member": YesNo(),
        "tier": TIER,
        "old_tier": TIER,
        "kind": KIND,
        "village": YesNo(),
        "grade": Choice(("1", "2", "3"), ordered=True),
        "answer": Choice(("yes", "no")),
    },
    {
        "on": Signature((Symbols("register", ("defaulters", "court")),), YesNo()),
        "bare": Signature((Symbols("badge", ()),), YesNo()),
        "crowded": Signature((Symbols("sensor", tuple(f"s{n}" for n in range(9))),), YesNo()),
        "lag": Signature(("name", "quantity"), Quantity()),
        "flag": Signature(("yesno",), Quantity()),
        "last_tier": Signature((), TIER),
        "kind_now": Signature((), KIND),
    },
)
TYPES: dict[str, Type | None] = {
    "quantity": Quantity(),
    "yesno": YesNo(),
    "tier": TIER,
    "any": None,
}


def faults() -> Iterator[tuple[str, str, list[str]]]:
    wanted, source, said = "", "", list[str]()
    for line in Path(__file__).with_name("faults.txt").read_text("utf-8").splitlines():
        if line.startswith("    "):
            said.append(line.strip())
            continue
        if source:
            yield wanted, source, said
        wanted, source = line.split(": ", 1)
        said = []
    yield wanted, source, said


@pytest.mark.parametrize(("wanted", "source", "said"), list(faults()))
def test_says_everything_wrong_at_once(wanted: str, source: str, said: list[str]) -> None:
    errors = check(parse(source), SCOPE, TYPES[wanted])[1]
    assert [f"{error.column}: {error}" for error in errors] == said
    assert errors


@pytest.mark.parametrize(
    ("source", "wanted", "kind"),
    [
        ("excellent == tier", "yesno", YesNo()),
        ("tier == old_tier", "yesno", YesNo()),
        ("tier > ordinary", "yesno", YesNo()),
        ("kind == village", "yesno", YesNo()),
        ("score * member", "quantity", Quantity()),
        ("score * (age > 3)", "quantity", Quantity()),
        ("score * 3", "quantity", Quantity()),
        ("score / (2 + 1)", "quantity", Quantity()),
        ("member", "quantity", YesNo()),
        ("lag(score, 3)", "quantity", Quantity()),
        ("flag(member)", "quantity", Quantity()),
        ("poor if member else excellent", "tier", TIER),
        ("old_tier", "tier", TIER),
        ("kind == village and village", "yesno", YesNo()),
        ("member < 1", "yesno", YesNo()),
        ("last_tier() == poor", "yesno", YesNo()),
        ("last_tier() > poor", "yesno", YesNo()),
        ("last_tier()", "tier", TIER),
        ("(poor if member else ordinary) < tier", "yesno", YesNo()),
        ("grade == 3", "yesno", YesNo()),
        ("answer == yes", "yesno", YesNo()),
        ("member if member else member", "any", YesNo()),
        ("member if member else 3", "any", Quantity()),
        ("3", "any", Quantity()),
        ("tier", "any", TIER),
        ("tier", "tier", TIER),
        ("-member + 1", "quantity", Quantity()),
        ("(score > 3) / 2", "quantity", Quantity()),
        ("2 * 3 * score", "quantity", Quantity()),
    ],
)
def test_passes(source: str, wanted: str, kind: Type) -> None:
    assert check(parse(source), SCOPE, TYPES[wanted]) == (kind, [])


def test_short_scopes_are_listed_and_long_ones_not() -> None:
    few = Scope({f"n{n}": Quantity() for n in range(8)})
    many = Scope({f"n{n}": Quantity() for n in range(9)})
    assert check(parse("zzz"), few)[1][0].why.startswith("names here: `n0`, `n1`")
    assert check(parse("zzz"), many)[1][0].why == ""
    assert check(parse("zzz"), Scope({}))[1][0].why == ""


def test_a_long_list_of_values_is_cut() -> None:
    scope = Scope({"region": Choice(tuple(f"r{n}" for n in range(30)))})
    [error] = check(parse("region == r31"), scope)[1]
    assert error.why == "its values: " + ", ".join(f"`r{n}`" for n in range(8)) + ", …"


def test_a_scope_can_give_a_builtin_function_another_meaning() -> None:
    scope = Scope({}, {"abs": Signature((), YesNo())})
    assert check(parse("abs()"), scope) == (YesNo(), [])
    assert scope.signature("min") == BUILTINS["min"]
    assert scope.signature("on") is None


def test_usage() -> None:
    assert BUILTINS["max"].usage("max") == "max(quantity, quantity, ...)"
    assert SCOPE.functions["lag"].usage("lag") == "lag(name of a quantity, quantity)"
    assert SCOPE.functions["flag"].usage("flag") == "flag(yes or no)"


@pytest.mark.parametrize(
    ("source", "choice", "left", "right"),
    [
        ("tier == poor", TIER, None, "poor"),
        ("poor == tier", TIER, "poor", None),
        ("tier == old_tier", TIER, None, None),
        ("kind == village", KIND, None, "village"),
        ("village == kind", KIND, "village", None),
        ("tier == kind", TIER, None, None),
        ("grade == 3", SCOPE.names["grade"], None, "3"),
        ("answer == no", SCOPE.names["answer"], None, "no"),
        ("last_tier() == poor", TIER, None, "poor"),
        ("(poor if member else tier) == old_tier", TIER, None, None),
        ("score == 3", None, None, None),
    ],
)
def test_which_choice_governs_a_comparison_and_which_side_is_a_value(
    source: str, choice: Choice | None, left: str | None, right: str | None
) -> None:
    tree = parse(source)
    assert isinstance(tree, Compare)
    assert choice_of(tree.left, tree.right, SCOPE) == choice
    if choice is not None:
        assert value_in(tree.left, choice, SCOPE) == left
        assert value_in(tree.right, choice, SCOPE) == right


def test_two_choices_with_a_name_that_is_also_a_value_of_the_other() -> None:
    """A name is looked up among the values first unless it is itself of the same choice."""
    scope = Scope({"a": Choice(("b", "c")), "b": Choice(("x", "y"))})
    assert check(parse("a == b"), scope, YesNo()) == (YesNo(), [])
    assert check(parse("b == a"), scope, YesNo()) == (YesNo(), [])
    same = Choice(("p", "q"))
    assert value_in(Name("p"), same, Scope({"p": same})) is None


@given(any_tree())
def test_any_tree_has_a_type_and_sorted_errors(tree: Expr) -> None:
    for wanted in TYPES.values():
        kind, errors = check(tree, SCOPE, wanted)
        assert isinstance(kind, YesNo | Quantity | Choice)
        assert [error.column for error in errors] == sorted(error.column for error in errors)
        assert errors or wanted in (None, kind, Quantity())
