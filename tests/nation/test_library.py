"""The library's nations: they load, they say where their numbers come from, they are complete."""

from fractions import Fraction
from pathlib import Path

import pytest

from glasstown.errors import FileProblems
from glasstown.files import load, read_yaml
from glasstown.nation import (
    STARTER,
    Nation,
    load_nation,
    names,
    path,
    problems,
    read_nation,
    trait_tables,
    uncited,
    unswept,
)
from glasstown.nation.exact import exact_shares

NEEDED = {
    "sex": ("female", "male"),
    "age_band": None,
    "student": ("no", "yes"),
    "college": ("no", "yes"),
    "party_member": ("no", "yes"),
    "minority": ("no", "yes"),
    "urban": ("no", "yes"),
    "diligence": None,
    "integrity": None,
    "sociability": None,
    "critical": ("no", "yes"),
    "income": ("low", "middle", "high"),
    "credit_history": None,
}


def test_the_library() -> None:
    assert names() == ("campus", "china-18-45")


@pytest.mark.parametrize("name", names())
def test_it_is_in_order_and_named_like_its_file(name: str) -> None:
    document = read_yaml(path(name))
    nation = load(Nation, document)
    assert problems(nation, document) == []
    assert nation.nation == name
    assert nation.title
    assert nation.about


@pytest.mark.parametrize("name", names())
def test_every_number_has_a_source_or_is_an_assumption_with_a_sweep(name: str) -> None:
    nation = load_nation(name)
    assert uncited(nation) == []
    assert unswept(nation) == []
    for trait in nation.traits.values():
        assert trait.source or (trait.assumption and trait.sweep)
    for source in nation.sources.values():
        assert source.url.startswith("http")
        assert source.date
        assert source.note


@pytest.mark.parametrize("name", names())
def test_no_source_is_listed_in_vain(name: str) -> None:
    text = path(name).read_text()
    for source in load_nation(name).sources:
        assert text.count(source) > 1


@pytest.mark.parametrize("name", names())
def test_it_has_what_conducts_and_schemes_read(name: str) -> None:
    nation = load_nation(name)
    tables = {table.name: table for table in trait_tables(nation)}
    assert {"kind", "region", *NEEDED} == set(tables)
    for trait, labels in NEEDED.items():
        assert labels is None or tables[trait].labels == labels
    for trait in ("age_band", "income"):
        assert tables[trait].ordered
    for trait in ("diligence", "integrity", "sociability"):
        table = tables[trait]
        assert table.kind == "number"
        assert (table.numbers[0], table.numbers[-1]) == (-3 * table.scale, 3 * table.scale)
        normal = nation.traits[trait].normal
        assert normal is not None
        assert (normal.mean, normal.sd) == (0, table.scale)
    assert tables["credit_history"].numbers[0] == 0


def test_bands_and_regions() -> None:
    campus = {table.name: table.labels for table in trait_tables(load_nation("campus"))}
    china = {table.name: table.labels for table in trait_tables(load_nation("china-18-45"))}
    assert campus["age_band"] == ("a18_21", "a22_25", "a26_30")
    assert china["age_band"] == ("a18_24", "a25_34", "a35_45")
    assert campus["region"] == ("north", "south", "east")
    assert china["region"] == ("east", "central", "west", "northeast")


def test_sizes_and_whose_figure_they_are() -> None:
    assert load_nation("campus").citizens == 40_000
    china = load_nation("china-18-45")
    assert china.citizens == 460_000_000
    assert "not a census marginal" in china.about
    assert (load_nation("campus").communities.size, china.communities.size) == (120, 170)


def test_tables_by_kind_come_to_the_published_shares() -> None:
    """Where rows are assumed and the whole is sourced, the whole must come out."""
    tables = trait_tables(load_nation("china-18-45"))
    published = {"urban": "0.6389", "student": str(Fraction(3833, 46000))}
    for trait, share in published.items():
        found = exact_shares(tables, (trait,))
        assert found is not None
        assert abs(found[(1,)] - Fraction(share)) < Fraction(1, 10_000)


def test_students_are_in_college() -> None:
    for name in names():
        found = exact_shares(trait_tables(load_nation(name)), ("student", "college"))
        assert found is not None
        assert (1, 0) not in found


def test_a_wrong_name_is_told_the_nearest() -> None:
    with pytest.raises(FileProblems) as caught:
        load_nation("chyna-18-45")
    (problem,) = caught.value.problems
    assert problem.nearest == "china-18-45"
    assert "campus" in problem.why


def test_names_and_paths(tmp_path: Path) -> None:
    (tmp_path / "campus.yaml").write_text(path("campus").read_text().replace("40_000", "10"))
    assert load_nation(tmp_path / "campus.yaml").citizens == 10
    assert load_nation("campus.yaml", folder=tmp_path).citizens == 10
    assert load_nation("campus", folder=tmp_path).citizens == 40_000
    nation, document = read_nation(str(tmp_path / "campus.yaml"))
    assert document.file == str(tmp_path / "campus.yaml")
    assert (
        document.place("citizens").line
        == path("campus").read_text().splitlines().index("citizens: 40_000") + 1
    )
    assert nation.citizens == 10


@pytest.mark.parametrize("name", ["", ".", "no/such.yaml", "nothing.yaml"])
def test_bad_paths_are_refused(name: str) -> None:
    with pytest.raises(FileProblems):
        load_nation(name)


def test_the_starter_is_in_order_and_cited() -> None:
    nation = load_nation(STARTER)
    assert uncited(nation) == []
    assert unswept(nation) == []
