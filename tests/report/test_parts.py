"""The parts of a report, each by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.report.made import SHAPES, run
from tests.worlds import worlds

from glasstown.errors import GlasstownError
from glasstown.report import Column, Table, picture, pictures, summary, tables, words, write_report
from glasstown.report.figures import figures
from glasstown.report.scales import month_ticks, scale, spread
from glasstown.report.share import Share, wilson
from glasstown.world import World


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in
        # Medicine 17 (1998), 857 to 872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_an_interval_is_within_nought_and_all() -> None:
    assert wilson(0, 7)[0] == 0
    assert wilson(7, 7)[1] == 1
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None
    assert not Share(0, 0).apart(Share(1, 2))


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"), (1, "100%"), (0.00004, "under 0.01%"), (0.0034, "0.34%"), (0.5, "50.0%"),
        (0.99997, "over 99.9%"), (None, "nobody"),
    ],
)  # fmt: skip
def test_a_share_is_never_rounded_to_nought_or_all(share: float | None, said: str) -> None:
    assert words.percent(share) == said


def test_groups_are_called_by_what_they_are() -> None:
    assert words.group("party", "yes") == "party"
    assert words.group("sex*party", "f, no") == "f, not party"
    assert words.group("age_band", "a18_21") == "18 to 21"
    assert words.group("app.tier", "very_good") == "very good"
    assert words.grouping("sex*app.tier") == "sex and tier of app"


def test_a_table_is_csv_with_intervals_in_two_columns() -> None:
    columns = (Column("by", "section"), Column("of", "count"), Column("share", "share"))
    rows = (("by sex", 12, 1 / 3, (0.1, 0.5)), ("by sex", 0, None, None))
    table = Table("t", "T", (*columns, Column("95%", "interval")), rows)
    assert (
        table.csv()
        == 'by,of,share,"95%, low","95%, high"\n'.replace('"', "").replace(
            "95%, low,95%, high", '"95%, low","95%, high"'
        )
        + "by sex,12,0.333333,0.1,0.5\nby sex,0,,,\n"
    )
    assert table.text_rows() == (
        ("by sex", "12", "33.3%", "10.0% to 50.0%"),
        ("by sex", "0", "nobody", "nobody"),
    )


def test_scales_hold_their_values_and_nought() -> None:
    for values in ([0.0], [3.2, 7.9], [-4.0, 2.0], [], [5e-7], [1e12]):
        made = scale(values)
        assert made.low <= min([0.0, *values])
        assert made.high >= max(values, default=0.0)
        assert 2 <= len(made.ticks) <= 8
    assert scale([612.0, 655.0], fitted=True).low >= 600
    assert scale([600.0], fitted=True).high > 600


def test_month_ticks_are_few_and_begin_at_nought() -> None:
    for months in (1, 2, 7, 24, 60, 1200):
        ticks = month_ticks(months)
        assert ticks[0] == 0
        assert ticks[-1] < months
        assert len(ticks) <= 7


def test_labels_are_moved_apart_in_order() -> None:
    assert spread([10, 11, 90], 15, 0, 100) == [10, 25, 90]
    assert spread([99, 98], 15, 0, 100) == [100, 85]
    crowded = spread([50] * 20, 15, 0, 150)
    assert crowded == sorted(crowded)
    assert (min(crowded), max(crowded)) >= (0, 150)
    assert spread([], 15, 0, 100) == []


def test_importing_and_telling_load_no_drawing() -> None:
    code = """
import sys
import glasstown.report
from tests.report.made import run
from glasstown.report import summary, tables, pictures
done = run("plain")
assert summary(done) and tables(done) and pictures(done)
assert not {"altair", "vl_convert", "pandas", "jinja2"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("shape", SHAPES)
def test_every_picture_is_a_chart_that_altair_accepts(shape: str) -> None:
    done = run(shape)
    for name in (
        pictures(done) if shape in ("plain", "coupled", "one_month") else pictures(done)[:2]
    ):
        assert picture(done, name).to_dict()["vconcat"]


def test_a_run_draws_its_own_picture() -> None:
    assert run("plain").picture("tiers").to_dict()["title"] == "Tiers over time"


def test_a_picture_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(GlasstownError) as caught:
        picture(run("no_scheme"), "tires")
    assert "this run has no picture `tires`" in str(caught.value)
    assert "name one of: conduct, conditions, silence" in str(caught.value)
    with pytest.raises(GlasstownError, match="did you mean: tiers"):
        picture(run("plain"), "teirs")


def test_each_shape_has_the_pictures_it_should() -> None:
    assert pictures(run("nothing")) == ("fear", "means")
    assert "tiers" not in pictures(run("no_score"))
    assert "sensors" not in pictures(run("no_score"))
    assert {"registers", "refused"} <= set(pictures(run("no_score")))
    assert pictures(run("coupled"))[-3:] == ("signals", "sensors", "points")
    assert set(pictures(run("plain"))) == {
        "tiers", "standing", "moves", "scores", "refused", "unmet", "opened", "named", "registers",
        "appeals", "conduct", "conditions", "silence", "fear", "means", "sensors", "points",
    }  # fmt: skip


def test_the_summary_is_sentences_with_their_population() -> None:
    for shape in SHAPES:
        for sentence in summary(run(shape)):
            assert sentence.endswith(".")
            assert f"{run(shape).world.citizens:,} invented citizen" in sentence, sentence


def test_a_hidden_term_is_told() -> None:
    said = " ".join(summary(run("plain")))
    assert "further apart than member: over 8 months it brought +32.0 points" in said


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_any_world_can_be_told(world: World) -> None:
    done = world.run()
    names = [table.name for figure in figures(done) for table in figure.tables]
    assert len(names) == len(set(names))
    for figure in figures(done):
        for panel in figure.panels:
            assert "nan" not in panel.alt().lower().split()
        for table in figure.tables:
            assert len(table.csv().splitlines()) == len(table.rows) + 1
            for row in table.text_rows():
                assert not {"nan", "nan%", "None", "inf", "-0"} & set(row)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_any_world_can_be_drawn(world: World) -> None:
    from glasstown.report.page import page

    html = page(world.run())
    assert "NaN" not in html
    assert "Infinity" not in html


def test_no_font_moves_anything_in_a_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    from glasstown.report import draw
    from glasstown.report.svg import svg

    panels = [panel for figure in figures(run("plain")) for panel in figure.panels[:2]]
    drawn = [svg(panel) for panel in panels]
    monkeypatch.setitem(draw.CONFIG, "font", "DejaVu Sans Mono")
    assert [svg(panel) for panel in panels] == drawn


class TestWriting:
    def test_a_report_is_put_in_place_whole(self, tmp_path: Path) -> None:
        file = tmp_path / "report.html"
        file.write_text("before")
        assert write_report(run("nothing"), file) == file
        assert file.read_text().startswith("<!doctype html>")
        assert [path.name for path in tmp_path.iterdir()] == ["report.html"]

    def test_a_text_will_do_as_a_path(self, tmp_path: Path) -> None:
        assert write_report(run("nothing"), str(tmp_path / "r.html")).is_file()

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "real.html").write_text("before")
        (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
        write_report(run("nothing"), tmp_path / "link.html")
        assert (tmp_path / "link.html").is_symlink()
        assert (tmp_path / "real.html").read_text().startswith("<!doctype html>")

    def test_a_folder_a_device_and_nowhere_are_refused(self, tmp_path: Path) -> None:
        for path, what in (
            (tmp_path, "this is a folder"),
            (Path("/dev/null"), "this is not a file that could be replaced"),
            (tmp_path / "no" / "r.html", "there is no such folder"),
        ):
            with pytest.raises(GlasstownError, match=what):
                write_report(run("nothing"), path)
        assert Path("/dev/null").is_char_device()

    def test_a_full_disk_leaves_what_was_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "report.html"
        file.write_text("before")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(GlasstownError, match="no space left on device"):
            write_report(run("nothing"), file)
        assert file.read_text() == "before"
        assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_tables_have_the_names_of_what_they_show() -> None:
    names = list(tables(run("campus")))
    for name in ("tiers.unictown-2019", "refused.buy_plane_ticket", "silence.speak_critically"):
        assert name in names
