"""Tables of thresholds: the order of drawing, exact rounding, and what a draw picks."""

import subprocess
import sys
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate

import pytest
from tests.nation.nations import ALL_WAYS, HEAD, nation

from glasstown.luck import ONE
from glasstown.nation import Nation, asked, load_nation, names, trait_tables
from glasstown.nation.exact import exact_shares


def test_order_of_drawing() -> None:
    tables = trait_tables(nation(ALL_WAYS))
    assert [table.name for table in tables] == [
        "kind", "region", "wealthy", "member", "age", "votes", "wage", "height", "luck", "work",
        "debts",
    ]  # fmt: skip
    assert [table.of for table in tables][:4] == ["community"] * 3 + ["citizen"]
    assert tables[0].purpose == "nation/kind"


def test_what_each_kind_of_trait_looks_like() -> None:
    tables = {table.name: table for table in trait_tables(nation(ALL_WAYS))}
    votes, wage, luck = tables["votes"], tables["wage"], tables["luck"]
    assert (votes.kind, votes.labels, votes.numbers) == ("yesno", ("no", "yes"), (0, 1))
    assert votes.given == ("kind", "age")
    assert votes.rows[0] == (ONE // 8,)
    assert votes.rows[1:] == ((round(Fraction(4, 5) * ONE),),) * 5
    assert votes.row({"kind": 1, "age": 2}) == 5
    assert (wage.labels, wage.numbers, wage.scale) == (("-3", "10", "7"), (-3, 10, 7), 10)
    assert wage.rows == ((round(Fraction(1, 5) * ONE), round(Fraction(7, 10) * ONE)),)
    assert luck.uniform == (-5, 94)
    assert (luck.rows, len(luck.labels), luck.numbers[0]) == ((), 100, -5)
    assert tables["height"].numbers == tuple(range(-6, 10))
    assert tables["age"].ordered
    assert tables["debts"].numbers == (0, 1, 2)
    assert tables["debts"].rows[0] == (ONE, ONE)
    # The first row has the order of the labels, whatever the others are written in.
    assert tables["work"].labels == ("idle", "busy")
    assert tables["work"].rows[1] == (round(Fraction(2, 5) * ONE),)


@pytest.mark.parametrize("name", names())
def test_every_row_follows_the_month_page(name: str) -> None:
    """`pick` and `chance` as docs/reference/month.md has them, at and around each threshold."""
    read = load_nation(name)
    for table, shares in zip(trait_tables(read), asked(read), strict=True):
        for number, (limits, row) in enumerate(zip(table.rows, shares.rows, strict=True)):
            sums = [min(total, Fraction(1)) for total in accumulate(row)]
            thresholds = [round(total * ONE) for total in sums[:-1]]
            for draw in {d for t in limits for d in (t - 1, t, t + 1)} | {0, ONE - 1}:
                if not 0 <= draw < ONE:
                    continue
                if table.kind == "yesno":
                    wanted = int(draw < round(row[1] * ONE))
                else:
                    wanted = sum(draw >= threshold for threshold in thresholds)
                assert table.index(number, draw) == wanted


def test_a_range_is_uniform() -> None:
    table = {t.name: t for t in trait_tables(nation(ALL_WAYS))}["luck"]
    assert [table.index(0, draw) for draw in (0, ONE // 2, ONE - 1)] == [0, 50, 99]
    shares = exact_shares(trait_tables(nation(ALL_WAYS)), ("luck",))
    assert shares is not None
    assert sum(shares.values()) == 1
    for index, share in shares.items():
        held = sum(table.index(0, half << 14) == index[0] for half in range(1 << 16))
        assert share == Fraction(held, 1 << 16)


def test_thirds_are_taken() -> None:
    text = HEAD + "traits: {t: {values: {a: 33.3333%, b: 33.3333%, c: 33.3333%}}}"
    (_, _, table) = trait_tables(nation(text))
    assert table.rows == (
        (round(Fraction(333333, 10**6) * ONE), round(Fraction(666666, 10**6) * ONE)),
    )


def test_a_single_value_needs_no_luck() -> None:
    text = HEAD + "traits: {t: {values: {only: 100%}}, u: {numbers: {4: 100%}}}"
    *_, first, second = trait_tables(nation(text))
    assert (first.rows, second.rows) == (((),), ((),))
    assert first.index(0, ONE - 1) == 0


def test_a_joint_stands_where_its_first_trait_stood() -> None:
    text = HEAD + (
        "traits: {a: {share: 1%}, b: {share: 2%}, c: {share: 3%}, d: {share: 4%}}\n"
        "joints: {one: {traits: [d, b]}}"
    )
    assert [table.name for table in trait_tables(nation(text))][2:] == ["a", "d", "b", "c"]


def test_the_same_bytes_on_every_machine() -> None:
    """A nation of every way of drawing, held still: a change here changes everybody's runs."""
    rows = repr([(table.name, table.rows) for table in trait_tables(nation(ALL_WAYS))])
    assert sha256(rows.encode()).hexdigest()[:16] == "255d1c8ac955e83b"


def test_a_nation_written_out_is_the_same_nation() -> None:
    for read in (nation(ALL_WAYS), *map(load_nation, names())):
        data = read.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        assert Nation.model_validate(data) == read
        assert trait_tables(Nation.model_validate(data)) == trait_tables(read)


def test_import_brings_in_nothing_heavy() -> None:
    code = (
        "import sys, glasstown.nation\n"
        "print(sorted({'numpy', 'numba', 'pyarrow', 'altair'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
