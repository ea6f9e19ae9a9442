"""What a report shows of lives lived again, against the lives themselves."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.report.made import SEEDS, SHAPES, coupled, nation, page, run, scheme

import glasstown as gt
from glasstown.engine.contrast import contrast
from glasstown.report import lives, luck, spared, write_report
from glasstown.report.lived import Lived, look
from glasstown.report.luck import Luck
from glasstown.report.page import page as draw
from glasstown.report.reading import ALL, FEAR, MEANS, Reading
from glasstown.world import bind


@cache
def lived_again(shape: str) -> Luck:
    return luck.live(run(shape))


def _text(html: str) -> str:
    plain = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(plain.split())


@pytest.mark.parametrize("shape", ["campus", "plain", "coupled", "one_month"])
def test_both_lives_are_those_of_the_contrast(shape: str) -> None:
    world = run(shape).world
    both = contrast(run(shape), luck.unscored(world))
    found = lived_again(shape)
    assert found.whole
    assert found.citizens.tolist() == both.citizens.tolist()
    for measure in ("means", "fear"):
        assert found.effect(measure).tolist() == both.at_end(measure).tolist()
    for measure in found.named("did.") + found.named("refused."):
        assert found.effect(measure).tolist() == both.effect(measure).tolist()


@pytest.mark.parametrize("shape", ["campus", "plain", "coupled"])
def test_lives_lived_again_are_those_that_the_ledger_counts(shape: str) -> None:
    found, ledger = lived_again(shape), run(shape).ledger
    for measure, values in found.here.items():
        lasting = measure in luck.LASTING or measure.endswith(".score")
        counted = ledger.series(measure)[-1] if lasting else ledger.sum(measure)
        assert values.sum() == counted, measure
    for by, group in ledger.cells:
        of = next(g for g in Reading(run(shape)).groups() if (g.by, g.key) == (by, group))
        if all(part in found.labels for part in by.split("*")):
            assert found.mask(of).sum() == ledger.series("citizens", by, group)[-1]


def test_the_map_counts_who_has_more_and_who_has_less() -> None:
    found = lived_again("campus")
    first, groups = list(spared.figures(found, Reading(run("campus"))))
    for heading, label, measure, unit in (
        ("What it left behind, at the end", "means", "means", MEANS),
        ("What it left behind, at the end", "fear", "fear", FEAR),
        ("What they did", "cheating in an exam", "did.cheat_exam", 1),
    ):
        effect = found.effect(measure)
        more, less = int((effect > 0).sum()), int((effect < 0).sum())
        rows = {row[:2]: row[2:] for row in first.tables[0].rows}
        of, many, share, ends, few, share_less, _, mean, _ = rows[heading, label]
        assert (of, many, few) == (4000, more, less)
        assert (share, share_less) == (more / 4000, less / 4000)
        assert mean == pytest.approx(effect.mean() / unit)
        assert isinstance(ends, tuple)
        assert ends[0] <= more / 4000 <= ends[1]
        sexes = [r for r in groups.tables[0].rows if r[:2] == (f"{heading}: {label}", "by sex")]
        assert [sum(int(r[at] or 0) for r in sexes) for at in (3, 4, 7)] == [4000, more, less]  # type: ignore[arg-type]


def test_intervals_of_the_map_take_communities_as_drawn() -> None:
    found, measure = lived_again("campus"), spared.Measure(("did.volunteer",), "", "")
    own = spared.compare(found, measure, ALL)
    more = found.effect("did.volunteer") > 0
    places, size = found.communities, found.world.layout.size
    means = np.bincount(places, weights=more) / np.bincount(places)
    assert np.bincount(places).max() == size
    half = 1.96 * means.std(ddof=1) / np.sqrt(len(means))
    assert own.ends[0] is not None
    assert own.ends[0] == pytest.approx((more.mean() - half, more.mean() + half), abs=0.01)


@pytest.mark.parametrize("shape", ["campus", "plain", "coupled", "no_score", "one_citizen"])
def test_three_lives_are_picked_by_their_rules(shape: str) -> None:
    found = lived_again(shape)
    told = lives.lives(found, Reading(run(shape)))
    assert [life.key for life in told] == ["wronged", "median-loss", "most-gained"]
    known = [life.citizen for life in told if life.citizen is not None]
    assert len(known) == len(set(known))
    wronged, median, gained = (life.citizen for life in told)
    means = found.effect("means")
    if gained is not None:
        assert means[gained] == max(means[c] for c in found.citizens if c not in (wronged, median))
    if median is not None:
        lost = sorted(int(value) for value in means if value < 0)
        assert means[median] == lost[(len(lost) - 1) // 2]
    refused, wrongly = (found.total(*found.named(n)) for n in ("refused.", "refused_wrongly."))
    if told[0].heading.startswith("Refused, and never in the wrong: "):
        assert wronged is not None
        assert refused[wronged] == wrongly[wronged] > 0
        on, falsely = (
            sum(values for name, values in found.here.items() if f".{part}." in name)
            for part in ("on", "wrongly_on")
        )
        holds = (refused > 0) & (refused == wrongly) & (on == falsely)
        assert wronged == np.flatnonzero(holds)[0]


@pytest.mark.parametrize("shape", ["campus", "plain", "coupled"])
def test_each_account_sums_to_the_score(shape: str) -> None:
    found = lived_again(shape)
    accounts = 0
    for life in lives.lives(found, Reading(run(shape))):
        for table in life.tables[:-1]:
            scheme_name = table.name.split(".", 2)[2]
            points = [float(str(row[2]).replace(",", "")) for row in table.rows]
            assert sum(points[:-1]) == pytest.approx(points[-1])
            assert points[-1] * 10 == pytest.approx(
                found.here[f"{scheme_name}.score"][life.citizen]
            )
            accounts += 1
    assert accounts


def test_a_life_is_told_with_and_without_the_schemes() -> None:
    found = lived_again("campus")
    life = lives.lives(found, Reading(run("campus")))[0]
    assert life.citizen is not None
    rows = {row[0]: row[1:4] for row in life.tables[-1].rows}
    means = found.here["means"][life.citizen] / MEANS
    assert rows["Means"] == (means, 0, means)
    assert any("wrongly" in said for said in life.wrong)
    assert life.told == run("campus").citizen(life.citizen).dossier().text()


def test_where_nobody_is_refused_by_error_the_next_rule_is_asked() -> None:
    errs = scheme(consequences={}, registers={}, appeals=None)
    world = bind("no-refusals", [errs], nation(), run("plain").world.conduct, months=6, by=["sex"])
    found = luck.live(world.run())
    told = lives.lives(found, Reading(found.run))
    assert told[0].heading.startswith("Points lost, and never in the wrong: citizen ")
    assert [life.citizen for life in told[1:]] == [None, None]
    assert told[1].picked.startswith("Nobody of all citizens has less means because of")


def test_a_sample_is_of_the_run_itself_and_is_said() -> None:
    done = run("campus")
    found = look(done, seeds=2, citizens=1000)
    assert found.luck is not None
    assert 1000 <= len(found.luck.citizens) < 4000
    assert not found.luck.whole
    whole = lived_again("campus")
    for measure in ("means", "did.volunteer", "unictown-2019.score"):
        assert (found.luck.here[measure] == whole.here[measure][found.luck.citizens]).all()
    text = _text(draw(done, found))
    assert "a sample of" in text
    assert "Of 4,000 citizens about 1,000 were lived again, in whole communities" in text
    assert "They are a sample of whole communities." in text
    assert "glasstown audit RUN --seeds 2 --citizens 1000" in text


def test_a_sample_of_a_nation_ranked_as_one_meets_the_signals_of_the_run() -> None:
    first = {"first": {"occasion": "apply_for_job", "outcome": "advance", "best": "10% of nation"}}
    world = bind(
        "ranked",
        [scheme(consequences=first)],
        nation(4000),
        run("plain").world.conduct,
        months=4,
    )
    done = world.run()
    assert world.coupled
    some, every = luck.live(done, 1500), luck.live(done)
    assert some.run is done
    assert len(some.citizens) < 4000
    for measure in ("advanced.apply_for_job", "means"):
        assert (some.here[measure] == every.here[measure][some.citizens]).all()


def test_a_large_nation_that_meets_as_one_is_stood_in_for_by_a_smaller() -> None:
    world = bind("large", [scheme()], nation(4000), coupled().conduct, months=3, by=["age_band"])
    done = world.run()
    assert luck.unscored(world).coupled
    found = luck.live(done, 2000)
    assert found.run is not done
    assert found.run.world.citizens == len(found.citizens) < 4000
    text = _text(
        draw(done, Lived(gt.audit(done, seeds=2, citizens=2000), found, 2, 2000, "ordinary"))
    )
    assert "These citizens are of a smaller nation of the same make." in text
    assert "glasstown dossier RUN" not in text


def test_the_page_reads_in_the_order_of_an_audit() -> None:
    ids = re.findall(r'<section id="([^"]+)"', page("plain"))
    assert ids[:4] == ["findings", "run", "limits", "audit"]
    assert ids[-3:] == ["lives", "sources", "words"]
    chapters = re.findall(r'<h2 id="chapter-\d+-heading">([^<]+)', page("plain"))
    assert chapters[-1] == "The same luck without the scheme"


def test_every_finding_is_on_the_page_the_weightiest_first() -> None:
    from glasstown.report.audit import said

    audit = gt.audit(run("plain"), seeds=SEEDS)
    html = page("plain")
    text = _text(html.replace("<code>", "").replace("</code>", ""))
    assert said.counted(audit) in text
    at = 0
    items = said.items(audit)
    for number, item in enumerate(items, 1):
        at = html.index(f'id="finding-{number}"', at)
        assert item.answer.about.name in html[at : at + 400]
    assert len(items) == html.count('<article id="finding-')
    for _, answer in said.silent(audit):
        assert f'<a href="#probe-{answer.about.name}">' in html


@pytest.mark.parametrize("shape", ["campus", "hostile"])
def test_every_picture_of_a_finding_has_a_table_and_a_file(shape: str) -> None:
    articles = re.findall(r'<article id="finding-.*?</article>', page(shape), re.DOTALL)
    drawn = [one for one in articles if "<svg role" in one]
    assert drawn
    for one in drawn:
        assert '<details class="twin">' in one
        assert 'download="finding-' in one


def test_without_the_audit_nobody_is_lived_again(tmp_path: Path) -> None:
    html = write_report(run("plain"), tmp_path / "r.html", audit=False)
    text = Path(html).read_text(encoding="utf-8")
    for name in ("audit", "lives", "same-luck"):
        assert f'id="{name}"' not in text
    assert "no interval over seeds is given: this report was made without the audit" in text


def test_a_world_under_no_scheme_has_no_lives_to_compare() -> None:
    assert 'id="lives"' not in page("no_scheme")
    assert "The same luck without the scheme" not in page("no_scheme")
    assert 'id="audit"' in page("no_scheme")


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write_report(run("plain"), tmp_path / "r.html", seeds=3, progress=lambda *how: told.append(how))
    for what in ("audit", "lives"):
        own = [(done, total) for name, done, total in told if name == what]
        assert own[-1][0] == own[-1][1]
    assert "on 3 seeds, " in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_yardstick_that_is_not_there_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    with pytest.raises(gt.GlasstownError, match="ordinry"):
        write_report(run("plain"), tmp_path / "r.html", by="ordinry")
    assert not list(tmp_path.iterdir())


def test_shapes_with_schemes_have_three_lives_or_say_why_not() -> None:
    for shape in SHAPES:
        if run(shape).world.schemes:
            assert page(shape).count('<article id="life-') == 3


def test_figures_of_one_kind_share_a_scale_and_many_are_cut_to_both_ends() -> None:
    from glasstown.audit import Figure
    from glasstown.report.audited import MOST_PANELS, MOST_ROWS, _panels

    several = (
        Figure("spared, one", 1, "times", 0, 2),
        Figure("harmed, other", 2, "times", 1, 3),
        Figure("rate, women", 0.1, "", 0.05, 0.2),
        Figure("rate, men", 0.2, "", 0.1, 0.3),
        Figure("without an interval", 0.2),
        Figure("a wait", 3, "months", 1, 4),
        Figure("a way", 3, "km", 1, 4),
    )
    said = [panel.alt() for panel in _panels(several)]
    assert len(said) == MOST_PANELS
    assert "Figures (times). spared, one 1 times, harmed, other 2 times." in said[0]
    assert "Rate. women 0.1, men 0.2." in said[1]
    many = tuple(Figure(f"rate, {n}", n / 30, "", n / 30, n / 20) for n in range(30))
    (panel,) = _panels(many)
    assert panel.title == "Rate: the 6 lowest and the 6 highest of 30"
    assert panel.alt().count(",") == MOST_ROWS - 1
