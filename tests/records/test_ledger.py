"""The ledger: its numbers, its table, and its words when a name is wrong."""

import sys

import numpy as np
import pyarrow as pa
import pytest
from tests.records.made import made_ledger, small_world

from glasstown.errors import GlasstownError
from glasstown.records import Ledger, Signals

LEDGER = made_ledger(small_world())


def test_series_and_sums_are_the_values() -> None:
    row, column = LEDGER.measures.index("did.study"), LEDGER.cells.index(("home", "shore"))
    expected = LEDGER.values[:, row, column]
    assert LEDGER.series("did.study", "home", "shore").tolist() == expected.tolist()
    assert LEDGER.sum("did.study", "home", "shore") == expected.sum()
    assert LEDGER.sum("citizens") == LEDGER.values[:, 0, 0].sum()


def test_groupings_and_groups_are_in_declared_order() -> None:
    assert LEDGER.groupings == ("all", "student", "home", "student*home", "points.tier")
    assert LEDGER.groups("home") == ("hill", "shore")
    assert LEDGER.groups("student*home")[1] == "no, shore"


def test_the_table_has_the_types_that_are_promised() -> None:
    table = LEDGER.table()
    name = pa.dictionary(pa.int32(), pa.string())
    assert table.schema.names == ["month", "measure", "by", "group", "value"]
    assert table.schema.types == [pa.int32(), name, name, name, pa.int64()]
    assert table.num_rows == LEDGER.values.size


def test_the_table_says_of_each_number_what_it_is() -> None:
    rows = LEDGER.table().to_pylist()
    for row in rows[:: len(rows) // 97]:
        series = LEDGER.series(row["measure"], row["by"], row["group"])
        assert series[row["month"]] == row["value"]


def test_a_ledger_comes_back_from_its_table() -> None:
    again = Ledger.from_table(LEDGER.table())
    assert again == LEDGER
    assert again.values.dtype == np.int64


def test_a_ledger_comes_back_from_plain_strings_in_chunks() -> None:
    table = LEDGER.table()
    plain = table.cast(
        pa.schema([(f.name, getattr(f.type, "value_type", f.type)) for f in table.schema])
    )
    third = plain.num_rows // 3
    chunked = pa.concat_tables([plain.slice(0, third), plain.slice(third)])
    assert Ledger.from_table(chunked) == LEDGER


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.drop_columns(["by"]), "columns"),
        (lambda t: t.slice(1), "do not make a whole"),
        (lambda t: t.take(list(range(t.num_rows))[::-1]), "order"),
        (lambda t: t.slice(0, t.num_rows - 1), "do not make a whole"),
    ],
)
def test_a_table_that_is_no_ledger_is_refused(spoil, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        Ledger.from_table(spoil(LEDGER.table()))


def test_a_ledger_of_another_shape_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="cannot have values of shape"):
        Ledger(("a",), (("all", "all"),), np.zeros((2, 2, 1), dtype=np.int64))
    with pytest.raises(ValueError, match="int64"):
        Ledger(("a",), (("all", "all"),), np.zeros((2, 1, 1), dtype=np.int32))  # type: ignore[arg-type]


def test_pandas_and_polars_hold_the_same_numbers() -> None:
    pandas, polars = LEDGER.to_pandas(), LEDGER.to_polars()
    assert pandas["value"].tolist() == LEDGER.values.reshape(-1).tolist()
    assert polars["value"].to_list() == LEDGER.values.reshape(-1).tolist()
    chosen = pandas.query("measure == 'did.study' and by == 'home' and `group` == 'hill'")
    assert chosen["value"].tolist() == LEDGER.series("did.study", "home", "hill").tolist()


@pytest.mark.parametrize("extra", ["pandas", "polars"])
def test_a_missing_extra_is_named(extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, extra, None)
    with pytest.raises(GlasstownError) as caught:
        getattr(LEDGER, f"to_{extra}")()
    assert str(caught.value) == (
        "1 problem\n"
        f"{extra} is not installed\n"
        f"    why: Glasstown needs it only for `to_{extra}`\n"
        f"    do: pip install 'glasstown[{extra}]'"
    )


def message(*arguments: str) -> str:
    with pytest.raises(GlasstownError) as caught:
        LEDGER.series(*arguments)
    return str(caught.value)


def test_a_wrong_measure_gets_the_nearest() -> None:
    assert message("did.stuyd") == (
        "1 problem\n"
        "the ledger has no measure `did.stuyd`\n"
        "    did you mean: did.study\n"
        "    do: `ledger.measures`, or `glasstown show RUN --names`, names them all"
    )


def test_a_wrong_grouping_and_a_wrong_group_get_the_nearest() -> None:
    assert "nothing is counted by `hom`\n    did you mean: home" in message("citizens", "hom")
    wrong = message("citizens", "home", "shor")
    assert "`home` has no group `shor`\n    did you mean: shore" in wrong
    assert "name one of: hill, shore" in wrong


def test_signals_come_back_from_their_table() -> None:
    values = np.array([[1, -5], [2**40, 0]], dtype=np.int64)
    signals = Signals(("cut/points/best", "share/study"), values)
    assert Signals.from_table(signals.table()) == signals
    assert signals.series("share/study").tolist() == [-5, 0]
    assert signals.by_month()[1] == {"cut/points/best": 2**40, "share/study": 0}


def test_a_world_without_signals_has_a_table_of_months() -> None:
    signals = Signals((), np.zeros((3, 0), dtype=np.int64))
    assert signals.table().to_pylist() == [{"month": 0}, {"month": 1}, {"month": 2}]
    assert Signals.from_table(signals.table()) == signals
    with pytest.raises(GlasstownError, match="this world is uncoupled"):
        signals.series("share/study")
