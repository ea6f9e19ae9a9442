"""What the page says, against the ledger; and what it must never hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.report.made import SEEDS, SHAPES, page, run

import glasstown as gt
from glasstown.report import summary, tables, write_report


class _Page(HTMLParser):
    """The tables by caption, the downloads by name, and all text and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.files: dict[str, str] = {}
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.tags: list[str] = []
        self._rows: list[list[str]] = []
        self._caption = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, key, value) for key, value in own.items()]
        if "download" in own:
            self.files[own["download"]] = own["href"]
        if tag == "caption":
            self._caption = True
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._rows = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._caption:
            self._rows = []
            self.tables[data] = self._rows
            self._caption = False
        elif self._rows and self._rows[-1]:
            self._rows[-1][-1] += data.strip()


def _column(table: list[list[str]], heading: str) -> list[str]:
    place = table[0].index(heading)
    return [row[place] for row in table[1:] if len(row) > 1]


def test_the_numbers_of_the_page_are_the_ledgers() -> None:
    shown, ledger = _Page(page("plain")), run("plain").ledger

    def series(measure: str) -> list[str]:
        return [f"{value:,}" for value in ledger.series(measure).tolist()]

    tiers = shown.tables["Citizens on each tier of app at the end of each month"]
    for tier in ("poor", "ordinary", "excellent"):
        assert _column(tiers, tier) == series(f"app.tier.{tier}")
    refused = shown.tables["Buying a plane ticket: refused, month by month"]
    assert _column(refused, "wanted") == series("wanted.buy_plane_ticket")
    assert _column(refused, "refused") == series("refused.buy_plane_ticket")
    assert _column(refused, "wrongly refused") == series("refused_wrongly.buy_plane_ticket")
    spoken = shown.tables["Criticising the authorities in public, month by month"]
    for heading, kind in (
        ("held", "held"),
        ("would speak", "would"),
        ("spoke", "did"),
        ("silenced",) * 2,
    ):
        assert _column(spoken, heading) == series(f"{kind}.speak_critically")
    register = shown.tables["Bad (app), month by month"]
    for heading, kind in (("on it", "on"), ("wrongly on it", "wrongly_on"), ("left", "left")):
        assert _column(register, heading) == series(f"app.{kind}.bad")
    fired = shown.tables["Firings of the rules of app over 8 months"]
    assert _column(fired, "fired") == [
        f"{ledger.sum(f'app.fired.{rule}'):,}" for rule in ("paper", "cheating")
    ]
    assert _column(fired, "wrongly") == [
        f"{ledger.sum(f'app.wrong.{rule}'):,}" for rule in ("paper", "cheating")
    ]


def test_the_groups_of_the_page_are_the_ledgers() -> None:
    ledger = run("plain").ledger
    table = _Page(page("plain")).tables["Buying a plane ticket: refused, over 8 months, by group"]
    for measure, heading in (
        ("wanted", "wanted"),
        ("refused", "refused"),
        ("refused_wrongly", "wrongly refused"),
    ):
        assert _column(table, heading) == [
            f"{ledger.sum(f'{measure}.buy_plane_ticket', by, group):,}"
            for by, group in ledger.cells
        ]
    standing = _Page(page("plain")).tables[
        "Citizens on excellent (app) in the last month, by group"
    ]
    assert _column(standing, "on excellent") == [
        f"{ledger.series('app.tier.excellent', by, group)[-1]:,}" for by, group in ledger.cells
    ]


def test_scores_means_and_fear_are_in_their_units() -> None:
    ledger, found = run("plain").ledger, tables(run("plain"))
    citizens = ledger.series("citizens")
    for name, measure, unit in (
        ("scores.app", "app.score", 10),
        ("means", "means", 16),
        ("fear", "fear", 4096),
    ):
        expected = (ledger.series(measure) / citizens / unit).tolist()
        assert [row[1] for row in found[name].rows] == pytest.approx(expected)
    points = found["points.app"].rows[0]
    assert points[3:] == pytest.approx(
        [ledger.sum(f"app.points.{rule}") / 10 / 600 for rule in ("paper", "cheating", "member")]
    )


def test_the_findings_are_on_the_page_with_the_ledgers_numbers() -> None:
    done, html = run("plain"), page("plain")
    shown = " ".join("".join(_Page(html).text).split())
    assert summary(done)
    for sentence in summary(done):
        assert sentence in shown
    refused = done.ledger.sum("refused.buy_plane_ticket")
    wanted = done.ledger.sum("wanted.buy_plane_ticket")
    assert (
        f"Buying a plane ticket was wanted {wanted:,} times by 600 invented citizens in 8 months, "
        f"and was refused {refused:,} times ({refused / wanted:.1%})"
    ) in shown


def test_every_table_can_be_had_as_csv() -> None:
    files = _Page(page("plain")).files
    found = tables(run("plain"))
    assert files.keys() >= {f"{name}.csv" for name in found if "*" not in name}
    for name, table in found.items():
        kind, _, content = files[f"{name}.csv"].partition(",")
        assert kind == "data:text/csv;charset=utf-8"
        assert unquote(content) == table.csv()


@pytest.mark.parametrize("shape", SHAPES)
def test_no_number_is_none(shape: str) -> None:
    shown = _Page(page(shape))
    text = " ".join(shown.text).replace("None of this is legal advice", "")
    assert not re.search(r"\b(nan|NaN|None|inf|Infinity|undefined)\b", text)
    for tag, key, value in shown.attributes:
        if tag in ("path", "svg", "text", "g", "line", "rect", "circle"):
            assert not re.search(r"NaN|None|Infinity|undefined", value), (tag, key, value)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_needs_nothing_else(shape: str) -> None:
    html = page(shape)
    shown = _Page(html)
    assert not {"script", "img", "iframe", "object", "embed", "link", "base", "form"} & set(
        shown.tags
    )
    for tag, key, value in shown.attributes:
        assert not key.startswith("on")
        assert key not in ("src", "srcset", "xlink:href", "style", "background", "ping")
        if key == "href":
            assert tag == "a"
            assert re.match(r"#|data:|https?://", value)
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("shape", SHAPES)
def test_names_in_the_page_are_used_once_and_links_lead_somewhere(shape: str) -> None:
    attributes = _Page(page(shape)).attributes
    ids = [value for _, key, value in attributes if key == "id"]
    assert len(ids) == len(set(ids))
    inside = {value[1:] for _, key, value in attributes if key == "href" and value.startswith("#")}
    assert inside <= set(ids)
    told = [v for _, key, v in attributes if key == "aria-labelledby"]
    assert set(told) <= set(ids)


def test_it_says_what_it_cannot_show_and_how_intervals_are_computed() -> None:
    text = " ".join(" ".join(_Page(page("plain")).text).split())
    for said in (
        "Nobody in this report exists",
        "full counts of one run",
        "only the audit gives intervals over seeds",
        "Wilson's score interval: E. B. Wilson",
        "A gap is not a cause",
    ):
        assert said in text


def test_every_part_has_a_source_or_is_called_an_assumption_or_neither() -> None:
    text = " ".join(" ".join(_Page(page("campus")).text).split())
    table = _Page(page("campus")).tables[
        "Every part of the scheme unictown-2019, and what it rests on"
    ]
    parts = {row[0]: row for row in table[1:]}
    paper = " ".join(parts["rules.paper"])
    assert "when: publish_paper; seen_by: paper_index; points: " in paper
    assert "This small team is building a social credit system app" in paper
    assert "That papers add is published" in paper
    assert "sweep" in paper
    assert "assumption alone" in text
    assert "https://scmp.com/" in page("campus")


def test_a_world_of_the_library_is_run_again_by_its_name() -> None:
    text = " ".join(_Page(page("campus")).text)
    assert "glasstown run unictown-campus --citizens 4000 --months 24 --seed 2019" in text
    assert run("campus").digest in text


def test_any_other_world_is_run_again_from_the_file_in_the_page(
    tmp_path: Path,
) -> None:
    import shlex
    import subprocess
    import sys

    shown = _Page(page("hostile"))
    _, _, content = shown.files["world.json"].partition(",")
    (tmp_path / "world.json").write_text(unquote(content), encoding="utf-8")
    command = next(text for text in shown.text if text.startswith("python -c "))
    words = [sys.executable, *shlex.split(command)[1:]]
    told = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == run("hostile").digest


def test_the_same_run_gives_the_same_bytes_from_its_folder_too(tmp_path: Path) -> None:
    made = SHAPES["plain"]().run(out=tmp_path / "run")
    first = write_report(made, tmp_path / "first.html", seeds=SEEDS).read_bytes()
    kept = gt.load_run(tmp_path / "run")
    again = write_report(kept, tmp_path / "again.html", seeds=SEEDS).read_bytes()
    assert first == again
    assert first.decode() == page("plain")
    assert str(tmp_path).encode() not in first


def test_the_default_world_is_light() -> None:
    from glasstown.report.page import page as drawn

    assert len(drawn(run("campus")).encode()) < 1_000_000
    assert len(page("campus").encode()) < 2_000_000


def test_hundreds_of_months_and_groups_are_thinned_and_whole_in_the_files() -> None:
    from tests.report.made import conduct, nation, scheme

    from glasstown.world import bind

    many = {
        f"trait_{n}": {"values": {f"v{v}": "4%" if v else "44%" for v in range(15)}}
        for n in range(2)
    }
    world = bind(
        "many",
        [scheme()],
        nation(citizens=50, **many),
        conduct(),
        months=400,
        by=["trait_0*trait_1", "trait_0"],
    )
    done = world.run()
    from glasstown.report.page import page as drawn

    html = drawn(done)
    shown = _Page(html)
    tiers = shown.tables["Citizens on each tier of app at the end of each month"]
    assert len(tiers) - 1 <= 121
    assert [row[0] for row in (tiers[1], tiers[-1])] == ["0", "399"]
    assert len(unquote(shown.files["tiers.app.csv"]).splitlines()) == 401
    assert "Only in the table: by trait 0 and trait 1" in " ".join(shown.text)
    assert len(html) < 6_000_000
