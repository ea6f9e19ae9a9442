"""A grid: which settings are run, what is read off them, and how they are compared."""

from __future__ import annotations

import math
import statistics
from typing import Any

import pytest
from tests.sweep.made import world

import glasstown as gt

POINTS = "rules.cheated.points"


def rows(table: Any, **wanted: object) -> list[dict[str, Any]]:
    every: list[dict[str, Any]] = table.to_pylist()
    return [row for row in every if all(row[name] == value for name, value in wanted.items())]


@pytest.fixture(scope="module")
def swept() -> gt.Sweep:
    return gt.sweep(
        world(),
        vary={POINTS: "-40:0:20", "sensors.eye.detects": [0.5, "90%"]},
        repeat=3,
        measures=["points.*", "refused.*", "did.cheat"],
        by=["home"],
    )


def test_the_settings_are_every_combination_and_the_world_as_written(swept: gt.Sweep) -> None:
    table = swept.table()
    found = {
        (row["setting"], row["as_written"], row[POINTS], row["sensors.eye.detects"])
        for row in table.to_pylist()
    }
    assert found == {
        (0, True, -20, 0.9),
        (1, False, -40, 0.5),
        (2, False, -40, 0.9),
        (3, False, -20, 0.5),
        (4, False, 0, 0.5),
        (5, False, 0, 0.9),
    }
    assert (swept.settings, swept.runs, list(swept.seeds)) == (6, 18, [3, 4, 5])
    assert swept.paths == (POINTS, "sensors.eye.detects")


def test_every_row_is_what_a_run_of_that_setting_counts(swept: gt.Sweep) -> None:
    for number, changes in ((0, {}), (4, {POINTS: 0, "sensors.eye.detects": "50%"})):
        ledger = world().changed({**changes, "seed": 4}).run().ledger
        for cell in (("all", "all"), ("home", "hill")):
            its = {
                row["measure"]: row
                for row in rows(swept.table(), setting=number, seed=4, by=cell[0], group=cell[1])
            }
            citizens = int(ledger.series("citizens", *cell)[-1])
            assert its["points.score"]["count"] == ledger.series("points.score", *cell)[-1]
            assert its["points.score"]["of"] == 10 * citizens  # ten steps to a point
            refused = its["refused.ticket"]
            assert refused["count"] == ledger.sum("refused.ticket", *cell)
            assert refused["of"] == ledger.sum("wanted.ticket", *cell)
            assert refused["value"] == refused["count"] / refused["of"]
            assert its["points.fired.cheated"]["of"] == ledger.sum("citizens", *cell)
            assert its["points.wrong.cheated"]["of"] == ledger.sum("points.fired.cheated", *cell)
            assert its["points.on.barred"]["count"] == ledger.series("points.on.barred", *cell)[-1]


def test_effects_are_paired_by_seed_with_a_t_interval(swept: gt.Sweep) -> None:
    [found] = rows(swept.effects(), setting=1, measure="points.score", by="all")
    values = {
        (row["setting"], row["seed"]): row["value"]
        for row in rows(swept.table(), measure="points.score", by="all")
    }
    pairs = [values[1, seed] - values[0, seed] for seed in swept.seeds]
    middle, half = statistics.mean(pairs), 4.302653 * statistics.stdev(pairs) / math.sqrt(3)
    assert found["difference"] == pytest.approx(middle)
    assert (found["low"], found["high"]) == pytest.approx((middle - half, middle + half))
    assert found["value"] - found["as_written"] == pytest.approx(middle)
    assert found[POINTS] == -40
    assert found["seeds"] == 3


def test_what_a_rule_cannot_touch_does_not_differ_at_all(swept: gt.Sweep) -> None:
    """Luck is shared: nothing in this conduct moves cheating, so it is the same everywhere."""
    found = rows(swept.effects(), measure="did.cheat")
    assert found
    assert {(row["difference"], row["low"], row["high"]) for row in found} == {(0.0, 0.0, 0.0)}


def test_one_seed_gives_no_interval() -> None:
    table = gt.sweep(world(), vary={POINTS: -40}, repeat=1).effects()
    [found] = rows(table, measure="points.score")
    assert found["difference"] < 0
    assert (found["low"], found["high"], found["seeds"]) == (None, None, 1)


def test_values_go_together_one_by_one() -> None:
    swept = gt.sweep(
        world(),
        vary={POINTS: [-10, -30], "rules.studied.points": [1, 5]},
        together=True,
        repeat=1,
        measures=["points.score"],
    )
    found = [(row[POINTS], row["rules.studied.points"]) for row in swept.table().to_pylist()]
    assert found == [(-20, 3), (-10, 1), (-30, 5)]


def test_an_entry_may_be_removed_and_its_measures_are_left_out() -> None:
    swept = gt.sweep(
        world(),
        vary={"rules.cheated": [None]},
        repeat=1,
        measures=["points.*.cheated", "did.cheat"],
    )
    assert {row["measure"] for row in rows(swept.table(), setting=1)} == {"did.cheat"}
    assert len(rows(swept.table(), setting=0)) == 4
    [gone] = rows(swept.effects(), measure="points.fired.cheated")
    assert (gone["value"], gone["difference"]) == (None, None)


def test_each_month_can_be_read() -> None:
    swept = gt.sweep(
        world(), vary={POINTS: -40}, repeat=1, measures=["points.score", "refused.ticket"],
        monthly=True,
    )  # fmt: skip
    ledger = world().changed({POINTS: -40}).run().ledger
    for measure in swept.measures:
        found = rows(swept.table(), setting=1, measure=measure)
        assert [row["month"] for row in found] == list(range(6))
        assert [row["count"] for row in found] == ledger.series(measure).tolist()
    assert len(rows(swept.effects(), measure="points.score")) == 6


def test_months_and_citizens_can_be_varied() -> None:
    swept = gt.sweep(
        world(), vary={"months": [2], "citizens": [500]}, repeat=2, measures=["citizens"],
        monthly=True,
    )  # fmt: skip
    assert [row["count"] for row in rows(swept.table(), setting=1, seed=3)] == [500, 500]
    assert len(rows(swept.table(), setting=0, seed=3)) == 6


def test_a_coupled_world_is_swept_too() -> None:
    ranked = world().changed(
        {"points.consequences.first": {"occasion": "ticket", "best": "10% of nation",
                                       "outcome": "advance"}}
    )  # fmt: skip
    swept = gt.sweep(
        ranked,
        vary={"consequences.first.best": "5%:20%:15%"},
        repeat=2,
        measures=["advanced.ticket"],
    )
    few, many = rows(swept.effects(), measure="advanced.ticket")
    assert few["value"] < few["as_written"] < many["value"]
    again = ranked.changed({"consequences.first.best": "5% of nation", "seed": 4}).run().ledger
    [row] = rows(swept.table(), setting=1, seed=4)
    assert row["count"] == again.sum("advanced.ticket")


def test_tables_are_read_by_pandas(swept: gt.Sweep) -> None:
    frame = swept.to_pandas()
    assert len(frame) == swept.table().num_rows
    assert frame[POINTS].dtype.kind == "i"
    assert frame["sensors.eye.detects"].dtype.kind == "f"
    assert frame["month"].isna().all()


def test_a_notebook_shows_what_was_swept(swept: gt.Sweep) -> None:
    assert repr(swept) == "Sweep(small: 6 settings, 3 seeds, 18 runs)"
    assert "<th scope='row' style='text-align:left'>runs</th>" in swept._repr_html_()
