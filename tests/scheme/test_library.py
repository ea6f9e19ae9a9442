"""The library's schemes: they load, say where their numbers come from, and are what they claim."""

from fractions import Fraction
from pathlib import Path

import pytest

from glasstown.errors import FileProblems
from glasstown.files import Span
from glasstown.files.citations import parts
from glasstown.scheme import (
    STARTER,
    Scheme,
    actions_read,
    free_names,
    load_scheme,
    names,
    occasions_read,
    path,
    problems,
    read_scheme,
    uncited,
    unswept,
)
from glasstown.scheme.model import Rule

TRAITS = {
    "sex",
    "age_band",
    "student",
    "college",
    "party_member",
    "minority",
    "urban",
    "diligence",
    "integrity",
    "sociability",
    "critical",
    "income",
    "credit_history",
}


def test_the_library() -> None:
    assert names() == (
        "defaulters-2018",
        "fico-like",
        "none",
        "unictown-2019",
        "unictown-2019-alleged",
    )


@pytest.mark.parametrize("name", names())
def test_it_is_in_order_and_named_like_its_file(name: str) -> None:
    read = read_scheme(name)
    assert read.problems == ()
    assert read.scheme is not None
    assert read.document is not None
    assert problems(read.scheme, read.document) == []
    assert read.scheme.scheme == name
    assert read.scheme.title
    assert read.scheme.about


@pytest.mark.parametrize("name", [*names(), STARTER])
def test_every_number_has_a_source_or_is_an_assumption_with_a_sweep(name: str | Path) -> None:
    scheme = load_scheme(name)
    assert uncited(scheme) == []
    assert unswept(scheme) == []


@pytest.mark.parametrize("name", names())
def test_every_source_is_used_and_told(name: str) -> None:
    scheme = load_scheme(name)
    cited: set[str] = set()
    for part in parts(scheme):
        given = part.cited.source
        cited |= {given} if isinstance(given, str) else set(given)
    assert set(scheme.sources) == cited - {""}
    for source in scheme.sources.values():
        assert source.title
        assert source.note


@pytest.mark.parametrize("name", names())
def test_it_asks_only_for_what_library_nations_have(name: str) -> None:
    assert set(free_names(load_scheme(name))) <= TRAITS | {"unpaid_debt"}


def test_unictown_is_as_its_makers_described_it() -> None:
    scheme = load_scheme("unictown-2019")
    assert scheme.score is not None
    assert scheme.score.range == (350, 800)
    assert scheme.score.start == 550
    # Above 640, in scores kept to a tenth of a point.
    assert scheme.tiers["excellent"] == 640 + scheme.score.kept_to == Fraction(6401, 10)
    contexts = {sensor.context for sensor in scheme.sensors.values()}
    contexts |= {rule.context for rule in scheme.rules.values()}
    assert contexts >= {
        "personal information",
        "volunteer work",
        "social connections",
        "credit history",
        "consumption history",
        "honouring contracts",
    }
    assert {c.outcome.kind for c in scheme.consequences.values()} == {"discount", "advance"}
    assert not scheme.discloses.rules
    assert scheme.discloses.score
    assert not scheme.registers
    # The weights were never published: no number of points stands without an assumption.
    assert all(rule.assumption for rule in scheme.rules.values())


def test_the_alleged_unictown_differs_by_the_hidden_terms_alone() -> None:
    public, alleged = load_scheme("unictown-2019"), load_scheme("unictown-2019-alleged")
    hidden = {name: alleged.rules[name] for name in alleged.rules if name not in public.rules}
    assert set(hidden) == {"membership", "criticism"}
    assert all(rule.disclosed is False and rule.assumption for rule in hidden.values())
    own = {"scheme", "title", "about", "sources", "rules", "sensors"}
    for field in set(Scheme.model_fields) - own:
        assert getattr(public, field) == getattr(alleged, field)
    assert public.rules == {name: alleged.rules[name] for name in public.rules}
    assert set(alleged.sensors) - set(public.sensors) == {"post_monitor"}
    assert public.sensors == {name: alleged.sensors[name] for name in public.sensors}


def test_defaulters_are_refused_tickets_and_named_and_have_no_score() -> None:
    scheme = load_scheme("defaulters-2018")
    assert scheme.score is None
    assert set(occasions_read(scheme)) == {"buy_plane_ticket", "buy_train_ticket"}
    assert set(actions_read(scheme)) == {"pay_debt"}
    assert {c.outcome.kind for c in scheme.consequences.values()} == {"refuse", "expose"}
    assert scheme.registers["defaulters"].at_most == 24


def test_the_comparator_weighs_its_factors_roughly_as_published() -> None:
    """What each factor can move in two years, as a share of what all of them can."""
    scheme = load_scheme("fico-like")
    rules = scheme.rules
    past = points(rules["past_payments"])
    late, on_time = points(rules["late"]).low, points(rules["on_time"]).low
    moves = {
        "payment history": past.high - past.low - late + 8 * on_time,
        "amounts owed": 2 * most(rules["owing"]),
        "length of history": Fraction(80),  # min(80, 8 * credit_history)
        "new credit": 2 * most(rules["new_credit"]),
        "mix": points(rules["mix"]).low,
    }
    published = {
        "payment history": 35,
        "amounts owed": 30,
        "length of history": 15,
        "new credit": 10,
        "mix": 10,
    }
    assert {rule.context for rule in rules.values()} == set(published)
    for factor, share in published.items():
        assert abs(100 * moves[factor] / sum(moves.values()) - share) < 3, factor
    assert scheme.score is not None
    assert scheme.score.range == (300, 850)
    assert scheme.discloses.rules


def points(rule: Rule) -> Span:
    assert isinstance(rule.points, Span)
    return rule.points


def most(rule: Rule) -> Fraction:
    assert rule.at_most is not None
    return rule.at_most.points


def test_nothing_happens_under_none() -> None:
    scheme = load_scheme("none")
    assert scheme == Scheme(scheme="none", title=scheme.title, about=scheme.about)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(FileProblems) as error:
        load_scheme("unictwn-2019")
    assert str(error.value) == (
        "1 problem\n"
        "there is no scheme `unictwn-2019` in the library\n"
        "    did you mean: unictown-2019\n"
        "    why: it holds defaulters-2018, fico-like, none, unictown-2019, unictown-2019-alleged\n"
        "    do: name one of these, or the path of a file that ends in .yaml"
    )
    read = read_scheme("unictwn-2019")
    assert (read.scheme, read.document) == (None, None)
    assert read.problems == error.value.problems


def test_paths(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("scheme: mine\n", encoding="utf-8")
    assert load_scheme(file).scheme == "mine"
    assert load_scheme(str(file)).scheme == "mine"
    assert load_scheme("mine.yaml", tmp_path).scheme == "mine"
    assert load_scheme(path("none")).scheme == "none"
    for wrong in ("", ".", str(tmp_path), "gone.yaml", "a/b"):
        with pytest.raises(FileProblems):
            load_scheme(wrong)


def test_a_file_that_is_half_right_gives_its_document_and_its_problems(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("scheme: mine\nscore: {range: [1, 2], start: 5}\n", encoding="utf-8")
    read = read_scheme(file)
    assert read.scheme is not None
    assert [problem.what for problem in read.problems] == [
        "the score starts at 5, outside of its range"
    ]
    file.write_text("scheme: mine\nscore: 3\n", encoding="utf-8")
    read = read_scheme(file)
    assert read.scheme is None
    assert read.document is not None
    assert len(read.problems) == 1


def test_the_starter_is_in_order_and_takes_another_name(tmp_path: Path) -> None:
    text = STARTER.read_text(encoding="utf-8")
    assert load_scheme(STARTER).scheme == "my-scheme"
    file = tmp_path / "other.yaml"
    file.write_text(text.replace("my-scheme", "other"), encoding="utf-8")
    assert load_scheme(file).scheme == "other"
