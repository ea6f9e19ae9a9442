"""The ODD+D protocol of a world: every element, every number, and nothing that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from tests.docs.test_words import NEVER
from tests.golden.test_library import hold
from tests.report.made import HOSTILE, SHAPES
from tests.worlds import worlds

import glasstown as gt
from glasstown import conduct, nation, scheme
from glasstown import world as world_library
from glasstown.compiler.plan import MONTH
from glasstown.conduct.model import Conduct
from glasstown.expr.field import Expression
from glasstown.files import Best, Cap, Cited, Outcome, Source, Span
from glasstown.nation.model import Nation
from glasstown.report import odd
from glasstown.report.protocol import OUTLINE, describe, markdown
from glasstown.report.protocol.details import _RULES
from glasstown.report.protocol.model import Grid, Protocol
from glasstown.report.protocol.phases import COUNT, PHASES
from glasstown.report.protocol.units import UNITS
from glasstown.scheme.model import Scheme
from glasstown.world import World

LIBRARY = world_library.names()
ELEMENTS = (
    "I.i Purpose",
    "I.ii Entities, State Variables, and Scales",
    "I.iii Process Overview and Scheduling",
    "II.i Theoretical and Empirical Background",
    "II.ii Individual Decision Making",
    "II.iii Learning",
    "II.iv Individual Sensing",
    "II.v Individual Prediction",
    "II.vi Interaction",
    "II.vii Collectives",
    "II.viii Heterogeneity",
    "II.ix Stochasticity",
    "II.x Observation",
    "III.i Implementation Details",
    "III.ii Initialization",
    "III.iii Input Data",
    "III.iv Submodels",
)
QUESTIONS = (2, 5, 1, 5, 8, 2, 5, 3, 4, 2, 2, 1, 2, 2, 3, 1, 3)
"""How many guiding questions each element has in Mueller et al. (2013), Table 1."""


def grids(protocol: Protocol) -> dict[str, Grid]:
    blocks = (
        block
        for part in protocol.parts
        for element in part.elements
        for answer in element.answers
        for block in answer.blocks
    )
    return {block.caption: block for block in blocks if isinstance(block, Grid)}


def table(made: World) -> dict[str, tuple[str, ...]]:
    """The parameters of a world's description, by path."""
    rows = grids(describe(made))["Parameters of the files"].rows
    found = {row[0].strip("`"): row[1:] for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize("name", LIBRARY)
def test_every_element_is_there_and_in_order(name: str) -> None:
    text = odd(gt.load_world(name))
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "I Overview",
        "II Design Concepts",
        "III Details",
    ]
    assert tuple(re.findall(r"^### (.+)$", text, re.MULTILINE)) == ELEMENTS
    page = odd(gt.load_world(name), "html")
    assert tuple(re.findall(r"<h3[^>]*>(.+)</h3>", page)) == ELEMENTS


def test_every_question_has_an_answer() -> None:
    asked = [questions for _, _, elements in OUTLINE for _, _, questions in elements]
    assert tuple(map(len, asked)) == QUESTIONS
    for part in describe(gt.load_world("unscored-campus")).parts:
        for element in part.elements:
            for answer in element.answers:
                assert answer.blocks, answer.number


def test_the_phases_are_those_of_the_compiler() -> None:
    assert list(PHASES) == [*(name for name, _ in MONTH), COUNT]
    assert list(_RULES) == [name.partition(" ")[2] for name in PHASES]


# --- numbers ------------------------------------------------------------------------------------

NO_PARAMETERS = {
    "source", "sources", "sweep", "assumption", "note", "title", "about", "words",
    "context", "extends", "unit", "traits", "given",
}  # fmt: skip
"""What holds text about numbers, or the names of things."""


def written(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each value of a file with a digit in it, as it is written, by its path."""
    if isinstance(data, dict):
        for key, inner in data.items():
            if key not in NO_PARAMETERS or (path and path[-1] in ("traits", "taste")):
                yield from written(inner, (*path, key))
    elif isinstance(data, list) and any(isinstance(inner, dict) for inner in data):
        for place, inner in enumerate(data):
            yield from written(inner, (*path[:-1], f"{path[-1]}[{place + 1}]"))
    else:
        said = " to ".join(data) if isinstance(data, list) else str(data)
        if re.search(r"[0-9]", said) and len(path) > 1:
            yield ".".join(path), said


def numbers(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)]


def files() -> Iterator[tuple[str, Path]]:
    for kind in (scheme, nation, conduct):
        for name in kind.names():
            yield name, kind.path(name)


def holding(name: str) -> World | None:
    """A world of the library that has a file in it, whole and as it is written."""
    for each in LIBRARY:
        made = gt.load_world(each)
        if name in [*(s.scheme for s in made.schemes), made.nation.nation]:
            return made
    return None


@pytest.mark.parametrize(("name", "file"), list(files()))
def test_every_number_of_a_file_is_a_parameter(name: str, file: Path) -> None:
    """The raw files are read here by PyYAML alone, every value as text."""
    raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    campus = gt.load_world("unscored-campus")
    if "scheme" in raw:
        made = world_library.bind("x", [scheme.load_scheme(name)], campus.nation, campus.conduct)
        first = name
    elif "nation" in raw:
        found = holding(name)
        assert found is not None
        made, first = found, "nation"
    else:
        made = world_library.bind("x", [], campus.nation, conduct.load_conduct(name))
        first = "conduct"
    shown = table(made)
    wanted = [(f"{first}.{path}", said) for path, said in written(raw)]
    for path, said in wanted:
        said = re.sub(r"\b([0-9]+)_([0-9]{3})\b", r"\1\2", said)
        assert path in shown, path
        value = shown[path][0]
        if said.endswith(" years"):
            said = f"{12 * int(numbers(said)[0])} months"
        if said.endswith("a year") and path.endswith(".rate"):
            continue  # it may be said by the month: see below
        assert numbers(value) == numbers(said), (path, said, value)
    assert len(wanted) > 3 or name in ("none", "combined")


def test_a_world_read_back_is_described_alike() -> None:
    """A run keeps no defaults, and its description is that of the files all the same."""
    made = gt.load_world("unictown-campus")
    assert odd(world_library.world_from_dict(made.to_dict())) == odd(made)
    assert table(made)["unictown-2019.sensors.shop_log.detects"][0] == "100%"
    covers = table(made)["unictown-2019.sensors.shop_log.covers"]
    assert covers == ("100%", "share", "the model's default; its part on S1, A7", "none given")


def test_yearly_rates_keep_their_value() -> None:
    shown = table(gt.load_world("unictown-campus"))
    assert shown["conduct.actions.publish_paper.rate"][0] == "1% a year"
    assert shown["conduct.occasions.buy_plane_ticket.rate"][0] == "6% a month"  # 72% a year


def test_a_parameter_has_unit_basis_and_sweep() -> None:
    made = gt.load_world("unictown-campus")
    value, unit, basis, sweep = table(made)["unictown-2019.rules.cheating.points"]
    assert (value, unit, sweep) == ("-40", "points", "-100 to -10")
    source, assumption = basis.split(", ")
    text = odd(made)
    assert f"- {source}: This small team is building a social credit system app" in text
    assert (
        f"| {assumption} | `unictown-2019 rules.cheating` | That cheating in exams takes away is "
        "published; how much is not. |"
    ) in text
    assert table(made)["unictown-2019.tiers.excellent"][2] == basis.split(", ")[0] + ", A1"
    assert table(made)["nation.citizens"][2] == "neither a source nor an assumption"


@pytest.mark.parametrize("name", LIBRARY)
def test_every_sweep_is_told(name: str) -> None:
    made = gt.load_world(name)
    told = [row for row in table(made).values() if row[3] != "none given"]
    declared = [
        ends
        for model in (*made.schemes, made.nation, made.conduct)
        for cited in _cited(model)
        for ends in cited.sweep
    ]
    assert len(told) == len(declared)


def _cited(model: Any) -> Iterator[Cited]:
    from glasstown.report.origin import parts

    return (cited for _, cited in parts(model))


_NAMES = {
    "when", "missed", "at_start", "seen_by", "straight_to", "occasion", "begins", "ends", "by",
    "of", "traits", "given", "ordered", "unit", "context", "authority", "purpose", "legal_basis",
    "law", "decides", "safeguards", "process", "period", "persons", "risks", "oversight",
    "measures",
}  # fmt: skip


def test_every_number_that_can_be_set_has_a_unit() -> None:
    seen: set[type] = set()

    def walk(model: Any) -> None:
        if model in seen or model is Source:
            return
        seen.add(model)
        for name, field in model.model_fields.items():
            inner = set(_models(field.annotation))
            for each in inner:
                walk(each)
            texts = name in (*Cited.model_fields, "title", "about", "words", "extends")
            own = name in ("scheme", "nation", "conduct")
            if not inner and not texts and not own and name not in UNITS.get(model, {}):
                assert name in _NAMES, f"{model.__name__}.{name} has no unit"

    for root in (Scheme, Nation, Conduct):
        walk(root)
    assert seen >= set(UNITS)


def _models(annotation: Any) -> Iterator[Any]:
    from typing import get_args

    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    if annotation not in (Expression, Best, Cap, Outcome, Span):
        for inner in get_args(annotation):
            yield from _models(inner)


# --- what is not there ----------------------------------------------------------------------------


def answers(made: World) -> dict[str, str]:
    """The Markdown of each answer, by its number."""
    parts = re.split(r"^#### (\S+) .*$", odd(made), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_what_a_world_has_not_is_said() -> None:
    said = answers(gt.load_world("unscored-campus", citizens=600))
    assert "no scheme" in said["I.i.a"].lower()
    for number in ("I.ii.c", "II.ii.b", "II.iii.b", "II.iv.e", "II.v.a", "II.vi.d", "III.iii.a"):
        assert said[number].strip().startswith("Does not apply: "), number
    assert "no scheme of this world has a sensor" in said["II.iv.a"]


def test_what_moves_citizens_is_that_of_the_conduct() -> None:
    campus = gt.load_world("unictown-campus", citizens=600)
    said = answers(campus)
    assert "Pull: a better score" in said["II.i.b"]
    assert "`unictown-2019.cheating`" in said["II.iii.b"]
    assert "The world is uncoupled" in said["I.iii.a"]
    quiet = campus.changed({"conduct.pull.weight": 0, "conduct.norm.weight": 0})
    said = answers(quiet)
    assert "Pull: none." in said["II.i.b"]
    assert "Norm: none." in said["II.i.b"]
    assert said["II.v.a"].strip() == "Does not apply: citizens of this world predict nothing."
    told = campus.changed({"unictown-2019.discloses.rules": True})
    assert answers(told)["II.iii.b"].strip().startswith("Does not apply: no secret rule")
    ranked = answers(gt.load_world("unictown-china-ranked"))
    assert "`cut/unictown-2019/interview`" in ranked["I.ii.a"]
    assert "The world is coupled" in ranked["I.iii.a"]
    assert "best" in ranked["II.v.b"]


def test_the_command_and_the_digest_are_those_of_the_world() -> None:
    made = gt.load_world("unictown-campus", citizens=600, seed=7)
    text = answers(made)["III.i.a"]
    assert "glasstown run unictown-campus --citizens 600 --months 24 --seed 7\n" in text
    assert "`glasstown run my.yaml`" not in text
    other = odd(made.changed({"rules.cheating.points": -41}), command="glasstown run my.yaml")
    assert "\nglasstown run my.yaml\n" in other
    digests = {re.findall(r"\b[0-9a-f]{64}\b", one)[0] for one in (text, other)}
    assert len(digests) == 2


def test_there_are_two_forms() -> None:
    with pytest.raises(gt.GlasstownError, match="did you mean: html"):
        odd(gt.load_world("unscored-campus"), "htlm")


@pytest.mark.parametrize("shape", SHAPES)
def test_what_strangers_wrote_stays_text(shape: str) -> None:
    made = SHAPES[shape]()
    page, text = odd(made, "html"), odd(made)
    assert page.count("<script") == 0
    assert "<img" not in page
    assert "\u202e" not in page + text
    assert "\x07" not in page + text
    assert not re.search(r"(?<!\\)<(?!https?://)", re.sub(r"`[^`]*`", "", text))
    assert tuple(re.findall(r"^### (.+)$", text, re.MULTILINE)) == ELEMENTS
    if shape == "hostile":
        assert "alert" in HOSTILE
        assert "alert" in text


def test_the_words_are_ours() -> None:
    assert [found.group() for found in NEVER.finditer(odd(SHAPES["plain"]()))] == []


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_any_world_can_be_described(made: World) -> None:
    text = markdown(describe(made))
    assert tuple(re.findall(r"^### (.+)$", text, re.MULTILINE)) == ELEMENTS
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows
    assert all(line.endswith(" |") for line in rows)


def test_the_default_world_is_described_as_it_was() -> None:
    golden = world_library.path("unictown-campus").with_suffix(".odd.md")
    hold(golden, odd(gt.load_world("unictown-campus")))
