"""What a nation asks for beside what is synthesised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import sqrt
from typing import Literal

from glasstown.nation.comparison import Comparison, ComparisonRow
from glasstown.nation.exact import exact_shares, row_shares, standard_error
from glasstown.nation.joint import marginal
from glasstown.nation.labels import combination, combinations
from glasstown.nation.model import Nation
from glasstown.nation.shares import TraitShares, asked
from glasstown.nation.synthesis import Sample, synthesise
from glasstown.nation.tables import TraitTable

_MOST_LISTED = 12


def compare(
    nation: Nation, seed: int, sample: int = 40_000, citizens: int | None = None
) -> Comparison:
    """Synthesise a nation or a sample of it, and set what is found beside what is asked for.

    Of a conditional trait there is a row for each row of its table, and one for the whole, which
    was not asked for; of a joint, the marginals and the margins. Numbers of more than twelve
    values are told by mean and standard deviation. sample, citizens: as in `synthesise`.
    """
    drawn = synthesise(nation, seed, citizens, sample)
    tables = {table.name: table for table in drawn.tables}
    rows: list[ComparisonRow] = []
    for shares in asked(nation):
        rows += _trait_rows(nation, shares, tables[shares.name], drawn)
    for joint in nation.joints.values():
        for margin in joint.margins:
            labels = [tables[name].labels for name in margin.traits]
            wanted = {_indices(labels, combination(k)): v for k, v in margin.shares.items()}
            rows += _share_rows(drawn, margin.traits, wanted)
    return Comparison(
        nation=nation.nation,
        seed=seed,
        citizens=drawn.nation_size,
        sampled=len(drawn.citizens),
        communities=len(drawn.first),
        sample=drawn.text,
        rows=tuple(rows),
    )


def _trait_rows(
    nation: Nation, shares: TraitShares, table: TraitTable, drawn: Sample
) -> Iterator[ComparisonRow]:
    if shares.kind == "number" and len(shares.labels) > _MOST_LISTED:
        yield from _moment_rows(nation, table, drawn)
        return
    wanted: Mapping[tuple[int, ...], Fraction] = {}
    if shares.joint:
        wanted = {(i,): share for i, share in enumerate(marginal(nation.traits[shares.name]))}
    elif not shares.given:
        whole = row_shares(table, 0) if shares.uniform else shares.rows[0]
        wanted = {(i,): share for i, share in enumerate(whole)}
    yield from _share_rows(drawn, (shares.name,), wanted)
    if shares.given and not shares.joint:
        yield from _conditional_rows(shares, table, drawn)


def _share_rows(
    drawn: Sample, names: tuple[str, ...], wanted: Mapping[tuple[int, ...], Fraction]
) -> Iterator[ComparisonRow]:
    """The shares of traits, alone or together, in the whole nation."""
    tables = {each.name: each for each in drawn.tables}
    exact = exact_shares(drawn.tables, names)
    counts, of = _counts(drawn, names)
    total = sum(counts.values())
    for key in wanted if len(names) > 1 else [(i,) for i in _shown(tables[names[0]])]:
        share = wanted.get(key)
        yield ComparisonRow(
            trait=", ".join(names),
            value=", ".join(tables[n].labels[i] for n, i in zip(names, key, strict=True)),
            given="",
            measure="share",
            asked=None if share is None else float(share),
            table=None if exact is None else float(exact.get(key, 0)),
            found=counts.get(key, 0) / total,
            error=standard_error(
                drawn.tables, names, {key: 1.0}, drawn.community_sizes, of == "communities"
            ),
            counted=total,
            of=of,
        )


def _conditional_rows(
    shares: TraitShares, table: TraitTable, drawn: Sample
) -> Iterator[ComparisonRow]:
    """The shares in each row of a conditional table; within a row, each draw is by itself.

    What was asked to be nobody, and is nobody, is left out.
    """
    tables = {each.name: each for each in drawn.tables}
    labels = [tables[name].labels for name in shares.given]
    counts, of = _counts(drawn, (*shares.given, shares.name))
    for number, values in enumerate(combinations(labels)):
        key = _indices(labels, values)
        total = sum(counts.get((*key, i), 0) for i in range(len(table.labels)))
        for index in _shown(table):
            exact = float(row_shares(table, number)[index])
            if not exact and not counts.get((*key, index)):
                continue
            yield ComparisonRow(
                trait=shares.name,
                value=table.labels[index],
                given=", ".join(f"{n}: {v}" for n, v in zip(shares.given, values, strict=True)),
                measure="share",
                asked=float(shares.rows[number][index]),
                table=exact,
                found=counts.get((*key, index), 0) / total if total else None,
                error=sqrt(exact * (1 - exact) / total) if total else None,
                counted=total,
                of=of,
            )


def _moment_rows(nation: Nation, table: TraitTable, drawn: Sample) -> Iterator[ComparisonRow]:
    """The mean and the standard deviation of a number, in the trait's unit."""
    exact = exact_shares(drawn.tables, (table.name,))
    if exact is None:
        return
    normal = nation.traits[table.name].normal
    values: dict[tuple[int, ...], float] = {
        (i,): number / table.scale for i, number in enumerate(table.numbers)
    }
    counts, of = _counts(drawn, (table.name,))
    total = sum(counts.values())
    mean = sum(values[key] * float(share) for key, share in exact.items())
    squares = {key: (value - mean) ** 2 for key, value in values.items()}
    sd = sqrt(sum(squares[key] * float(share) for key, share in exact.items()))
    found_mean = sum(values[key] * count for key, count in counts.items()) / total
    found_square = sum((values[key] - found_mean) ** 2 * n for key, n in counts.items()) / total

    def error(of_values: Mapping[tuple[int, ...], float]) -> float | None:
        return standard_error(
            drawn.tables, (table.name,), of_values, drawn.community_sizes, of == "communities"
        )

    mean_error, square_error = error(values), error(squares)
    sd_error = square_error / (2 * sd) if square_error is not None and sd else square_error
    measured: tuple[tuple[Literal["mean", "sd"], float, float, float, float | None], ...] = (
        (
            "mean",
            float(normal.mean) / table.scale if normal else mean,
            mean,
            found_mean,
            mean_error,
        ),
        ("sd", float(normal.sd) / table.scale if normal else sd, sd, sqrt(found_square), sd_error),
    )
    for measure, wanted, given, found, off in measured:
        yield ComparisonRow(table.name, "", "", measure, wanted, given, found, off, total, of)


def _counts(
    drawn: Sample, names: tuple[str, ...]
) -> tuple[Mapping[tuple[int, ...], int], Literal["citizens", "communities"]]:
    """Counts of citizens; of communities, where all the traits are theirs."""
    of = {table.name: table.of for table in drawn.tables}
    if all(of[name] == "community" for name in names):
        return drawn.count_communities(*names), "communities"
    return drawn.count(*names), "citizens"


def _indices(labels: list[tuple[str, ...]], values: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(each.index(value) for each, value in zip(labels, values, strict=True))


def _shown(table: TraitTable) -> range:
    """The labels worth a row: of yes and no only yes."""
    return range(1, 2) if table.kind == "yesno" else range(len(table.labels))
