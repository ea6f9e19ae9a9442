"""The page of a sweep: what it says, and that everybody can read it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browsing import Opened
from tests.sweep.made import world

import glasstown as gt
from glasstown.report import sweep_figures
from glasstown.report.panel import Curve
from glasstown.report.sweep import write_sweep_report
from glasstown.sweeps import Sweep

POINTS = "rules.cheated.points"
OVER = {"conduct.actions.study.rate": (0, 0.5), "points.rules.cheated.points": (-40, 0)}

_WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.scroll > table') && !e.closest('.away, .skip, svg'))
    .filter(e => e.getBoundingClientRect().right > wide + 1)
    .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
}"""

_TEXT_OUTSIDE = """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const its = text.getBoundingClientRect();
    return its.left < box.left - 1 || its.right > box.right + 1
      || its.top < box.top - 1 || its.bottom > box.bottom + 1;
  }).map(text => text.textContent);
})"""


@cache
def swept(kind: str) -> Sweep:
    """One sweep of each shape that a page has."""
    own = world()
    some = ["points.score", "points.tier.*", "refused.ticket", "silenced.*", "fear"]
    match kind:
        case "curve":
            return gt.sweep(own, vary={POINTS: "-40:0:10"}, repeat=3, measures=some)
        case "groups":
            few, by = ["points.score", "did.*"], ["home", "student"]
            return gt.sweep(own, vary={POINTS: "-40:0:20"}, repeat=2, measures=few, by=by)
        case "two":
            values = {POINTS: "-40:0:20", "sensors.eye.detects": "30%:90%:30%"}
            return gt.sweep(own, vary=values, repeat=2, measures=some)
        case "words":
            forms = [{"when": "cheat", "seen_by": "eye", "points": -1}, None]
            return gt.sweep(own, vary={"rules.cheated": forms}, repeat=1, measures=some)
        case "months":
            return gt.sweep(own, vary={POINTS: "-40:0:20"}, repeat=1, measures=some, monthly=True)
        case "sobol":
            return gt.sweep(own, over=OVER, sobol=4, measures=some)
    return gt.sweep(own, over="assumptions", morris=3, measures=some)


KINDS = ("curve", "groups", "two", "words", "months", "sobol", "morris")


@cache
def page(kind: str) -> str:
    with TemporaryDirectory() as folder:
        return write_sweep_report(swept(kind), Path(folder) / "report.html").read_text()


def cells(html: str, measure: str) -> list[list[str]]:
    """The table of a measure, as texts."""
    article = html.partition(f'<article id="{measure}"')[2].partition("</article>")[0]
    found = re.findall(r"<tr>(.*?)</tr>", article.partition("<tbody>")[2], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found]


def test_the_page_says_what_was_run() -> None:
    html = page("curve")
    assert "4 settings of rules.cheated.points and the world as written" in html
    assert "each on 3 seeds (3 to 5): 15 runs of 1,000 invented citizens in 6 months" in html
    assert "Nobody in this report exists." in html
    assert "Student&#39;s t interval over seeds" in html
    assert "<script" not in html
    assert "One seed" in page("words")


def test_beside_every_picture_stands_its_table() -> None:
    for kind in KINDS:
        html = page(kind)
        for measure in swept(kind).measures:
            assert f'<article id="{measure}"' in html
        assert html.count('<svg role="img"') <= html.count('<details class="twin">')
    found = cells(page("curve"), "points.score")
    assert [row[0] for row in found] == ["-20 (as written)", "-40", "-30", "-10", "0"]
    effects = [r for r in swept("curve").effects().to_pylist() if r["measure"] == "points.score"]
    assert found[1][2:] == [f"{effects[0][name]:,.2f}" for name in ("difference", "low", "high")]
    grouped = cells(page("groups"), "points.score")
    assert sum(row[0] == "-20 (as written)" for row in grouped) == 5


def test_a_curve_goes_through_the_world_as_written() -> None:
    figures = sweep_figures.figures(swept("two"))
    [curve] = figures[0].panels
    assert isinstance(curve, Curve)
    assert curve.series == (
        "eye.detects 30%",
        "eye.detects 60%",
        "eye.detects 90%",
    )
    assert [[at for at, _ in line.points] for line in curve.lines] == [[-40.0, -20.0, 0.0]] * 3
    assert curve.lines[2].points[1][1].interval is None


def test_the_indices_stand_in_their_order() -> None:
    rows = cells(page("sobol"), "silenced.speak_up")
    assert len(rows) in (0, 2)
    html = page("morris")
    assert "mean absolute effect" in html
    assert "Assumptions that were not sampled, and why" in html
    assert "nation.traits.home.values.hill" in html


def test_a_picture_can_be_had_alone() -> None:
    chart = swept("curve").picture("points.score").to_dict(validate=False)
    assert chart["title"] == "Mean score at the end, in points (points)"
    with pytest.raises(gt.GlasstownError) as caught:
        swept("curve").picture("points.scores")
    assert "did you mean: points.score" in str(caught.value)


def test_the_same_sweep_gives_the_same_page(tmp_path: Path) -> None:
    made = gt.sweep(world(), vary={POINTS: "-40:0:20"}, repeat=2, out=tmp_path / "swept")
    first = write_sweep_report(made, tmp_path / "a.html").read_bytes()
    loaded = gt.load_sweep(tmp_path / "swept")
    assert write_sweep_report(loaded, tmp_path / "b.html").read_bytes() == first


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_can_read_it(opened: Opened, kind: str) -> None:
    for width, scheme in ((360, "dark"), (1280, "light")):
        shown = opened.page(page(kind), width, scheme)
        shown.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.evaluate(_WIDER) == []
        assert shown.evaluate(_TEXT_OUTSIDE) == []
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
