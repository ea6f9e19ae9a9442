"""An audit in each of its formats: what each says, and that each is what it claims to be."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

import glasstown as gt
from glasstown.audit import (
    About,
    Answer,
    Audit,
    Figure,
    Finding,
    Reference,
    Step,
    Verdict,
    Way,
    Weight,
)
from glasstown.errors import Place
from glasstown.report.audit import FORMATS, said, written
from glasstown.report.audit.sarif import LEVELS
from tests.browsing import Opened

HOSTILE = '<script>alert(1)</script> "q" | [x](javascript:1) \u202egnitirw {{ 7 * 7 }} ]]> & *b*'
LIBRARY = str(Path(gt.__file__).parent / "scheme" / "library" / "unictown-2019.yaml")


def about(name: str, **more: Any) -> About:
    source = Reference("A law", "Article 1", "https://example.org/law_(1)")
    texts = {
        "title": f"Title of {name}",
        "asks": f"Is there {name}?",
        "matters": "It matters.",
        "computed": "By counting.",
        "cannot": f"The limits of {name}.",
    }
    return About(name=name, sources=(source,), **texts | more)


GRAVE = Finding(
    "A grave thing.",
    weight=Weight.GRAVE,
    steps=(
        Step("rules.a", "The rule a.", Place("s.yaml", 7, 3)),
        Step("score", "The score.", Place("s.yaml", 2, 1)),
    ),
    figures=(
        Figure("share", 0.12345, "", 0.1, 0.2, "8 seeds"),
        Figure("stay", math.inf, "months"),
        Figure("ratio", math.nan),
        Figure("citizens", 12345, "citizens"),
    ),
    remedy="take out `rules.a`",
    lives=(3, 14),
    open="whether it is used",
)
NOTABLE = Finding("A notable thing.", weight=Weight.NOTABLE, remedy="leave it")
UNTOLD = Finding("Who knows.", Verdict.CANNOT_TELL, Weight.GRAVE, remedy="never shown")
FIRST = Audit(
    "one",
    "ordinary",
    (
        Answer(about("small"), (NOTABLE,)),
        Answer(about("quiet"), (), "3 rules"),
        Answer(about("large"), (GRAVE, UNTOLD)),
    ),
)
SECOND = Audit(
    "world",
    "ordinary",
    (Answer(about("lived"), (Finding("A serious thing.", figures=(Figure("n", 2),)),)),),
    Way.INSIDE,
    "all 100 invented citizens",
)
BOTH = Audit(
    "world",
    "ordinary",
    (*FIRST.answers, *SECOND.answers),
    Way.INSIDE,
    "the run with digest abc",
    parts=(FIRST, SECOND),
)
HARM = Audit(
    HOSTILE,
    "ordinary",
    (
        Answer(
            about("harm", title=HOSTILE, cannot=HOSTILE),
            (
                Finding(
                    HOSTILE,
                    steps=(Step("rules.x", HOSTILE, Place("a b#%.yaml", 1, 1)),),
                    figures=(Figure(HOSTILE, 1, HOSTILE, 0, 2, HOSTILE),),
                    remedy=HOSTILE + "`",
                    open=HOSTILE,
                ),
            ),
        ),
        Answer(about("silent"), (), HOSTILE),
    ),
)
EMPTY = Audit("none", "ordinary", ())
EVERY = {"one": FIRST, "both": BOTH, "hostile": HARM, "empty": EMPTY}


# --- text -------------------------------------------------------------------------------------

TEXT = """\
Audit of one, measured by the yardstick ordinary
2 findings: 1 grave and 1 notable. 1 cannot be told. 1 probe found nothing.

FOUND, GRAVE: Title of large (large)
  A grave thing.
  The way there
    rules.a  s.yaml:7
      The rule a.
    score  s.yaml:2
      The score.
  Figures
    share: 0.123, from 0.1 to 0.2 (8 seeds)
    stay: without end
    ratio: none
    citizens: 12,345 citizens
  Citizens who show it: 3, 14
  To remove it: take out `rules.a`
  Left open: whether it is used
  Cannot be shown: The limits of large.

FOUND, NOTABLE: Title of small (small)
  A notable thing.
  To remove it: leave it
  Cannot be shown: The limits of small.

CANNOT BE TOLD: Title of large (large)
  Who knows.

Nothing found, where this was looked at
  quiet: 3 rules"""


def test_the_text_says_all_by_weight_and_ends_with_what_was_not_found() -> None:
    assert FIRST.text() == TEXT


def test_the_text_of_several_says_of_each_what_it_is_of() -> None:
    text = BOTH.text()
    assert "the run with digest abc\n  one, as written\n  world, from inside: all 100" in text
    heads = [line for line in text.splitlines() if line.startswith(("FOUND", "CANNOT"))]
    assert heads == [
        "FOUND, GRAVE: Title of large (large, one as written)",
        "FOUND, SERIOUS: Title of lived (lived, world from inside)",
        "FOUND, NOTABLE: Title of small (small, one as written)",
        "CANNOT BE TOLD: Title of large (large, one as written)",
    ]
    assert text.endswith("  quiet in one: 3 rules")


@pytest.mark.parametrize("width", [1, 40, 72, 500])
def test_the_text_keeps_to_a_width(width: int) -> None:
    longest = max(len(line) for line in FIRST.text(width).splitlines())
    assert longest <= max(40, min(width, 100))


def test_a_step_is_said_once_and_many_figures_are_cut() -> None:
    many = Finding("Many.", steps=GRAVE.steps, figures=tuple(Figure(f"n{n}", n) for n in range(20)))
    text = Audit("x", "y", (Answer(about("many"), (GRAVE, many)),)).text()
    assert text.count("The rule a.") == 1
    assert text.count("rules.a  s.yaml:7") == 2
    assert "n11: 11\n    and 8 more" in text
    assert "n12" not in text


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (13, "13"), (0.5, "0.5"), (1234.6, "1,235"), (6e-05, "0.00006"), (-0.3, "-0.3"),
     (0.12345, "0.123"), (99.96, "100"), (math.inf, "without end"), (math.nan, "none")],
)  # fmt: skip
def test_numbers_are_written_for_people(value: float, written: str) -> None:
    assert said.number(value) == written


# --- JSON -------------------------------------------------------------------------------------


def test_the_json_holds_all_that_was_found() -> None:
    data = json.loads(written(BOTH, "json"))
    assert data == BOTH.to_dict()
    assert [part["way"] for part in data["parts"]] == ["as written", "from inside"]
    answers = {a["probe"]: a for part in data["parts"] for a in part["answers"]}
    assert answers["quiet"]["verdict"] == "not found"
    assert answers["quiet"]["looked"] == "3 rules"
    grave = answers["large"]["findings"][0]
    assert (grave["weight"], grave["lives"]) == ("grave", [3, 14])
    assert grave["steps"][0] == {
        "path": "rules.a",
        "says": "The rule a.",
        "file": "s.yaml",
        "line": 7,
        "column": 3,
    }
    assert [figure["value"] for figure in grave["figures"]] == [0.12345, None, None, 12345.0]
    assert data["probes"]["large"]["cannot"] == "The limits of large."


# --- SARIF ------------------------------------------------------------------------------------


def sarif(audit: Audit) -> dict[str, Any]:
    data = json.loads(written(audit, "sarif"))
    assert data["version"] == "2.1.0"
    assert data["$schema"].endswith("sarif-2.1.0.json")
    (run,) = data["runs"]
    return dict(run)


@pytest.mark.parametrize("name", EVERY)
def test_the_sarif_keeps_to_its_standard(name: str) -> None:
    run = sarif(EVERY[name])
    driver = run["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert driver["name"] == "Glasstown"
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        # 3.27.10: whatever did not fail has no level.
        assert (result["kind"] == "fail") == (result["level"] != "none")
        assert result["locations"]
        for location in locations(result):
            region = location.get("physicalLocation", {}).get("region", {"startLine": 1})
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1
            for logical in location["logicalLocations"]:
                assert logical["fullyQualifiedName"]
            uri = location.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "x")
            assert re.fullmatch(r"[A-Za-z0-9%/:@!$&'()*+,;=~._-]+", uri)


def locations(result: dict[str, Any]) -> list[dict[str, Any]]:
    flows = result.get("codeFlows", [])
    return result["locations"] + [
        at["location"] for flow in flows for t in flow["threadFlows"] for at in t["locations"]
    ]


def test_the_level_is_the_weight_and_the_way_is_a_flow() -> None:
    results = sarif(BOTH)["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note", "none"]
    assert set(LEVELS) == set(Weight)
    grave, lived, _, untold = results
    assert grave["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "s.yaml"},
        "region": {"startLine": 7, "startColumn": 3},
    }
    assert len(grave["codeFlows"][0]["threadFlows"][0]["locations"]) == 2
    assert grave["message"]["text"].endswith(
        "To remove it: take out `rules.a`. Left open: whether it is used."
    )
    assert lived["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "world"}]}]
    assert untold["kind"] == "review"
    assert "never shown" not in untold["message"]["text"]


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    moved = Finding(
        "A grave thing, said anew.",
        weight=Weight.GRAVE,
        steps=tuple(Step(s.path, s.says, Place("s.yaml", 99)) for s in GRAVE.steps),
    )
    prints = [
        sarif(Audit("one", "o", (Answer(about("large"), (f,)),)))["results"][0][
            "partialFingerprints"
        ]
        for f in (GRAVE, moved, NOTABLE)
    ]
    assert prints[0] == prints[1] != prints[2]


def test_a_file_of_the_library_is_named_alike_on_every_machine() -> None:
    found = Finding("Here.", steps=(Step("score", "It.", Place(LIBRARY, 3)),))
    audit = Audit("x", "y", (Answer(about("here"), (found,)),))
    inside = "glasstown/scheme/library/unictown-2019.yaml"
    run = sarif(audit)
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": inside, "uriBaseId": "LIBRARY"}
    assert set(run["originalUriBaseIds"]) == {"LIBRARY"}
    for form in FORMATS:
        assert inside in written(audit, form)
        assert str(Path(gt.__file__).parent) not in written(audit, form)


# --- Markdown and HTML ------------------------------------------------------------------------


def test_the_markdown_has_the_findings_the_silence_and_the_questions() -> None:
    text = written(BOTH, "md")
    heads = re.findall(r"^#+ .*", text, re.MULTILINE)
    assert heads[:6] == [
        "# Audit of world",
        "## Found, grave: Title of large, one as written",
        "## Found, serious: Title of lived, world from inside",
        "## Found, notable: Title of small, one as written",
        "## Cannot be told: Title of large, one as written",
        "## Nothing found",
    ]
    assert "| share | 0.123 | 0.1 | 0.2 | 8 seeds |" in text
    assert "| Title of quiet (`quiet`) | one | 3 rules |" in text
    assert "*To remove it.* Take out `rules.a`." in text
    assert "[A law](https://example.org/law_%281%29), Article 1" in text


def test_markdown_of_a_stranger_means_nothing() -> None:
    text = written(HARM, "md")
    assert "<script" not in re.sub(r"\\<", "", text)
    assert not re.search(r"(?<!\\)\[x", text)
    assert "\u202e" not in text
    for line in text.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 6)


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:

        self.tags.append(tag)
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key == "href" and value]


@pytest.mark.parametrize("name", EVERY)
def test_the_page_holds_together(name: str) -> None:
    page = _Page(written(EVERY[name], "html"))
    assert not {"script", "img", "iframe", "link"} & set(page.tags)
    assert len(set(page.ids)) == len(page.ids)
    for link in page.links:
        assert link[1:] in page.ids or link.startswith(("data:text/csv", "https://example.org/"))


def test_the_page_has_every_figure_as_csv() -> None:
    (address,) = [link for link in _Page(written(BOTH, "html")).links if link.startswith("data:")]
    rows = list(csv.DictReader(io.StringIO(unquote(address.partition(",")[2]))))
    assert [row["figure"] for row in rows] == ["share", "stay", "ratio", "citizens", "n"]
    assert (rows[0]["value"], rows[0]["low"], rows[1]["low"]) == ("0.12345", "0.1", "")


def test_every_format_is_the_same_for_the_same_audit() -> None:
    for form in FORMATS:
        assert written(BOTH, form) == written(BOTH, form)
        assert written(BOTH, form).endswith("\n")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", EVERY)
def test_everybody_can_read_the_page(opened: Opened, name: str, width: int) -> None:
    for scheme in ("light", "dark"):
        shown = opened.page(written(EVERY[name], "html"), width, scheme)
        shown.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = Axe().run(shown)
        assert found.violations_count == 0, found.generate_report()
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_can_be_printed_with_all_that_is_folded(opened: Opened) -> None:
    shown = opened.page(written(BOTH, "html"))
    shown.emulate_media(media="print")
    hidden = shown.evaluate(
        "[...document.querySelectorAll('table, details dl')]"
        ".filter(e => !e.getBoundingClientRect().height).length"
    )
    assert hidden == 0


# --- notebooks --------------------------------------------------------------------------------


def test_a_notebook_shows_a_row_for_each_finding() -> None:
    card = BOTH._repr_html_()
    assert card.count("<tr>") == 1 + 4
    assert "2 findings" not in card
    assert "3 findings: 1 grave, 1 serious and 1 notable." in card
    assert "<script" not in HARM._repr_html_()


def test_an_audit_names_itself_in_a_line() -> None:
    assert repr(FIRST) == "Audit(one by ordinary: 2 of 3 probes found something)"


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_nothing_invisible_of_a_stranger_reaches_a_reader(form: str) -> None:
    answers = tuple(replace(answer, about=about("harm")) for answer in HARM.answers)
    text = written(replace(HARM, answers=answers), form)
    assert "\\u202e" in text
    assert all(character.isprintable() or character in "\n" for character in text)
