"""What free names are taken for before a nation says what they are."""

from glasstown.expr import Quantity, Scope, YesNo, check, parse
from glasstown.expr.guess import guess


def test_one_of_two_multiplied_names_may_be_a_yes_or_no() -> None:
    expr = parse("member * zeal + age")
    found = guess(expr, Quantity(), ())
    assert found.names["age"] == Quantity()
    assert found.names["member"] == YesNo()
    assert check(expr, Scope(found.names), Quantity())[1] == []


def test_a_name_times_a_number_is_a_quantity() -> None:
    assert guess(parse("2 * zeal"), Quantity(), ()).names == {"zeal": Quantity()}
