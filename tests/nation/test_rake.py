"""Iterative proportional fitting, against results known otherwise."""

import decimal
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.nation.nations import HEAD, nation

from glasstown.nation import asked, trait_tables
from glasstown.nation.exact import exact_shares
from glasstown.nation.joint import margin_shares, raked, table_of
from glasstown.nation.rake import MET, Target, rake


def two_by_two(odds: str, row: str, column: str) -> tuple[Decimal, ...]:
    """Rake a table of two traits, with odds on both yes, to their shares of yes."""
    start = [Decimal(1), Decimal(1), Decimal(1), Decimal(odds)]
    rows = Target(((0, 1), (2, 3)), (1 - Decimal(row), Decimal(row)))
    columns = Target(((0, 2), (1, 3)), (1 - Decimal(column), Decimal(column)))
    cells, miss = rake(start, [rows, columns])
    assert miss is None
    return cells


def test_odds_of_four_on_two_halves_give_thirds_and_sixths() -> None:
    # sqrt(4) / (2 * (1 + sqrt(4))) = 1/3, by symmetry of the four cells.
    for cell, wanted in zip(two_by_two("4", "0.5", "0.5"), (3, 6, 6, 3), strict=True):
        assert abs(cell - Decimal(1) / wanted) < Decimal("1e-12")


@pytest.mark.parametrize("odds", ["0.1", "1", "2.5", "40"])
@pytest.mark.parametrize(("row", "column"), [("0.3", "0.2"), ("0.07", "0.6")])
def test_two_by_two_solves_its_quadratic(odds: str, row: str, column: str) -> None:
    """The cell of both yes is the root of a quadratic in the odds ratio, which raking keeps."""
    cells = two_by_two(odds, row, column)
    r, p, q = float(odds), float(row), float(column)
    if r == 1:
        both = p * q
    else:
        b = 1 + (p + q) * (r - 1)
        both = (b - (b * b - 4 * r * (r - 1) * p * q) ** 0.5) / (2 * (r - 1))
    assert float(cells[3]) == pytest.approx(both, abs=1e-11)
    ratio = cells[0] * cells[3] / (cells[1] * cells[2])
    assert float(ratio) == pytest.approx(r, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_a_table_can_show_is_met(data: st.DataObject) -> None:
    """Marginals and margins taken from some table of positive cells are always met."""
    sizes = data.draw(st.lists(st.integers(2, 4), min_size=2, max_size=4))
    count = prod(sizes)
    some = data.draw(st.lists(st.integers(1, 20), min_size=count, max_size=count))
    start = data.draw(st.lists(st.integers(1, 20), min_size=count, max_size=count))
    groups = [(i,) for i in range(len(sizes))]
    groups.append(data.draw(st.sampled_from([(0, 1), (0, len(sizes) - 1)])))
    targets = []
    for group in groups:
        parts: dict[tuple[int, ...], list[int]] = {}
        for cell, indices in enumerate(product(*map(range, sizes))):
            parts.setdefault(tuple(indices[i] for i in group), []).append(cell)
        shares = [Fraction(sum(some[c] for c in part), sum(some)) for part in parts.values()]
        exact = [Decimal(share.numerator) / share.denominator for share in shares]
        targets.append(Target(tuple(map(tuple, parts.values())), tuple(exact)))
    cells, miss = rake([Decimal(value) for value in start], targets)
    assert miss is None
    assert abs(sum(cells) - 1) <= MET
    for target in targets:
        for part, share in zip(target.parts, target.shares, strict=True):
            assert abs(sum((cells[c] for c in part), Decimal(0)) - share) <= MET


def test_what_contradicts_itself_is_told() -> None:
    yes_in_both = Target(((0, 1, 2), (3,)), (Decimal("0.7"), Decimal("0.3")))
    rows = Target(((0, 1), (2, 3)), (Decimal("0.8"), Decimal("0.2")))
    _, miss = rake([Decimal(1)] * 4, [yes_in_both, rows])
    assert miss is not None
    assert miss.target in (0, 1)


JOINT = (
    HEAD
    + """
traits:
  sex: {values: {female: 48.76%, male: 51.24%}}
  age: {values: {a: 20%, b: 40%, c: 40%}, ordered: yes}
  college: {share: 33%}
  party: {share: 6.7%}
joints:
  all:
    traits: [age, college, sex, party]
    interactions:
      - {if: college and age >= b, odds: 1.6}
      - {if: party and (age == a or not college), odds: 0.4}
    margins:
      - {traits: [party, sex], shares: {"yes, female": 1.8224%}}
      - {traits: [college, age], shares: {"yes, a": 10.2%, "no, c": 30%}}
      - {traits: [sex, party, college], shares: {"male, yes, no": 0%}}
"""
)


def test_a_joint_meets_its_marginals_and_margins() -> None:
    read = nation(JOINT)
    table = table_of(read, read.joints["all"])
    cells = raked(table).cells
    assert sum(cells) == 1
    near = Fraction(1, 10**12)
    for place, wanted in enumerate(table.marginals):
        for (index,), found in margin_shares(table.sizes, cells, (place,)).items():
            assert abs(found - wanted[index]) <= near
    for places, shares in table.margins:
        found = margin_shares(table.sizes, cells, places)
        for key, wanted in shares:
            assert abs(found.get(key, Fraction(0)) - wanted) <= near


def test_the_thresholds_of_the_chain_give_the_margins_back() -> None:
    """Each threshold is within half of 2^-30; a cell is off by at most one such for each trait."""
    tables = trait_tables(nation(JOINT))
    assert [table.name for table in tables][2:] == ["age", "college", "sex", "party"]
    assert [table.given for table in tables][3:5] == [("age",), ("age", "college")]
    margins = {("party", "sex"): {(1, 0): "0.018224"}, ("college", "age"): {(1, 0): "0.102"}}
    for names, wanted in margins.items():
        found = exact_shares(tables, names)
        assert found is not None
        for key, share in wanted.items():
            assert abs(found[key] - Fraction(share)) < Fraction(24, 2**30)
    nobody = exact_shares(tables, ("sex", "party", "college"))
    assert nobody is not None
    assert (1, 1, 0) not in nobody


def test_the_first_trait_of_a_joint_keeps_its_own_thresholds() -> None:
    alone = JOINT[: JOINT.index("joints:")]
    joint = {table.name: table for table in trait_tables(nation(JOINT))}
    plain = {table.name: table for table in trait_tables(nation(alone))}
    assert joint["age"].rows == plain["age"].rows


def test_without_interactions_a_joint_is_independence() -> None:
    text = JOINT[: JOINT.index("    interactions")]
    shares = {each.name: each for each in asked(nation(text))}
    for row in shares["party"].rows:
        assert float(row[1]) == pytest.approx(0.067, abs=1e-15)


def test_decimal_settings_do_not_matter() -> None:
    read = nation(JOINT)
    raked.cache_clear()
    usual = trait_tables(read)
    raked.cache_clear()
    with decimal.localcontext(decimal.Context(prec=4, rounding=decimal.ROUND_DOWN)):
        assert trait_tables(read) == usual
