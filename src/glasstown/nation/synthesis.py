"""Citizens: the traits of one, or of a sample, from the nation, the seed and their numbers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glasstown.files import refuse_any
from glasstown.luck import LOW_BITS, Layout, draw, layout, philox, purpose
from glasstown.nation.check import problems
from glasstown.nation.model import Nation
from glasstown.nation.tables import TraitTable, trait_tables

MOST_SAMPLED = 200_000
"""The largest sample: what plain Python synthesises in some seconds."""

_WORD = 0xFFFFFFFF
_HALF = 0xFFFF


def traits_of(
    tables: Sequence[TraitTable], places: Layout, seed: int, citizen: int
) -> dict[str, int]:
    """The index of each trait of one citizen, in the order of drawing.

    tables: a nation's, from `trait_tables`; places: the layout of its communities. The same for
    the same citizen, whoever else is asked about, before or after.
    """
    first = citizen - citizen % places.size
    indices: dict[str, int] = {}
    for table in tables:
        whose = first if table.of == "community" else citizen
        luck = draw(seed, purpose(table.purpose), 0, places, whose)
        indices[table.name] = table.index(table.row(indices), luck)
    return indices


@dataclass(frozen=True)
class Sample:
    """Citizens of a nation, synthesised.

    tables: how they were drawn; nation_size: how many citizens there are; citizens: the numbers
    of those in the sample; columns: for each trait, the index of its value for each of them;
    first: the places in the sample where a community begins; stride: every which ward is in it.
    """

    tables: tuple[TraitTable, ...]
    nation_size: int
    citizens: array[int]
    columns: dict[str, array[int]]
    first: tuple[int, ...]
    stride: int
    communities_at_once: int

    @property
    def community_sizes(self) -> tuple[int, ...]:
        """How many citizens each community in the sample has."""
        ends = (*self.first[1:], len(self.citizens))
        return tuple(end - start for start, end in zip(self.first, ends, strict=True))

    @property
    def text(self) -> str:
        """Say who is in the sample."""
        if len(self.citizens) == self.nation_size:
            return f"all {self.nation_size:,} citizens"
        run = self.communities_at_once
        runs = "community" if run == 1 else f"run of {run} neighbouring communities"
        return (
            f"{len(self.citizens):,} of {self.nation_size:,} citizens: "
            f"every {_ordinal(self.stride)} {runs}"
        )

    def count(self, *names: str) -> Counter[tuple[int, ...]]:
        """How many citizens have each combination of indices of these traits."""
        return Counter(zip(*(self.columns[name] for name in names), strict=True))

    def count_communities(self, *names: str) -> Counter[tuple[int, ...]]:
        """How many communities have each combination of indices of these traits of theirs."""
        columns = [self.columns[name] for name in names]
        return Counter(tuple(column[place] for column in columns) for place in self.first)


def synthesise(
    nation: Nation, seed: int, citizens: int | None = None, sample: int = 40_000
) -> Sample:
    """Synthesise a nation, or a systematic sample of it, with the luck of a seed.

    citizens: how many there are, the nation's own number when None; sample: about how many to
    synthesise, at most `MOST_SAMPLED`. Where there are more citizens than that, every n-th ward
    is taken whole, a ward being a run of neighbouring communities of 512 to 1,024 citizens.

    Raises:
        ValueError: the sample is not within 1 to `MOST_SAMPLED`.
        FileProblems: the nation is not in order; `problems` tells the same.
    """
    refuse_any(problems(nation))
    if not 1 <= sample <= MOST_SAMPLED:
        raise ValueError(f"a sample has 1 to {MOST_SAMPLED:,} citizens, not {sample:,}")
    total = nation.citizens if citizens is None else citizens
    places = layout(nation.communities.size)
    wards = -(-total // places.seats)
    stride = -(-wards // -(-sample // places.seats)) if sample < total else 1
    chosen = range(0, wards, stride)
    numbers = array("q")
    for ward in chosen:
        numbers.extend(range(ward * places.seats, min((ward + 1) * places.seats, total)))
    first = tuple(i for i, citizen in enumerate(numbers) if citizen % places.size == 0)
    tables = trait_tables(nation)
    columns: dict[str, array[int]] = {}
    for table in tables:
        rows = _rows(table, columns, len(numbers))
        if table.of == "community":
            lucks = _community_lucks(table, places, seed, numbers)
        else:
            lucks = _lucks(table, places, seed, chosen, total)
        columns[table.name] = array("l", map(table.index, rows, lucks))
    return Sample(tables, total, numbers, columns, first, stride, places.communities)


def _rows(table: TraitTable, columns: dict[str, array[int]], count: int) -> Sequence[int]:
    rows = [0] * count
    for name, radix in zip(table.given, table.radices, strict=True):
        rows = [row * radix + i for row, i in zip(rows, columns[name], strict=True)]
    return rows


def _community_lucks(
    table: TraitTable, places: Layout, seed: int, numbers: Sequence[int]
) -> Iterator[int]:
    """The draw of each citizen's community: that of its first citizen."""
    number, luck = purpose(table.purpose), 0
    for citizen in numbers:
        if citizen % places.size == 0:
            luck = draw(seed, number, 0, places, citizen)
        yield luck


def _lucks(
    table: TraitTable, places: Layout, seed: int, wards: Sequence[int], total: int
) -> Iterator[int]:
    """The draws of the citizens of these wards, as `glasstown.luck.draw` gives them.

    Eight lanes of a ward share a counter, so a ward at a time costs an eighth of the hashing.
    """
    number = purpose(table.purpose)
    key = (seed & _WORD, seed >> 32)
    mask = (1 << LOW_BITS) - 1
    for ward in wards:
        halves: list[list[list[int]]] = [[[] for _ in range(4)] for _ in range(2)]
        for block in range(ward * places.blocks, (ward + 1) * places.blocks):
            for stage, words in enumerate(halves):
                counter = (block & _WORD, (block >> 32) | (stage << 31), 0, number)
                for lanes, word in zip(words, philox(counter, key), strict=True):
                    lanes += (word & _HALF, word >> 16)
        high, low = ([half for lanes in words for half in lanes] for words in halves)
        seats = min(places.seats, total - ward * places.seats)
        for lane in range(seats):
            yield (high[lane] << LOW_BITS) | (low[lane] & mask)


def _ordinal(number: int) -> str:
    ending = "th"
    if number % 100 not in (11, 12, 13):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
