"""One digest: by the reference, by the machine compiled or not, for any threads and blocks."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import glasstown as gt
from glasstown.engine import reference
from glasstown.engine.execute import execute
from glasstown.records import Ledger, Signals, run_digest
from glasstown.world import World

UNJITTED = """
import warnings
warnings.simplefilter("error")
import glasstown as gt
world = gt.load_world({name!r}, citizens={citizens}, months={months})
print(gt.run(world, threads=1).digest)
"""


def digest(world: World, values: np.ndarray, names: tuple[str, ...], signals: np.ndarray) -> str:
    cells = tuple((cell.by, cell.group) for cell in world.cells)
    ledger = Ledger(world.measures, cells, np.asarray(values, dtype=np.int64))
    return run_digest(world.to_dict(), ledger, Signals(names, np.asarray(signals, dtype=np.int64)))


def small(name: str) -> World:
    return gt.load_world(name, citizens=250, months=3)


@pytest.mark.parametrize("name", ["unictown-campus", "unictown-china-ranked"])
def test_one_digest_for_every_way_of_running(name: str) -> None:
    world = small(name)
    by_reference = reference.run(world)
    first = execute(world, threads=1)
    names = first.signal_names
    rows = [[month[n] for n in names] for month in by_reference.signals]
    signals = np.array(rows, dtype=np.int64).reshape(world.months, len(names))
    expected = digest(world, np.array(by_reference.counts), names, signals)
    assert digest(world, first.values, names, first.signals) == expected
    for threads in (1, 2):
        for block in (1, 2, 7):
            again = execute(world, threads=threads, block=block)
            assert digest(world, again.values, names, again.signals) == expected
    command = UNJITTED.format(name=name, citizens=250, months=3)
    unjitted = subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert unjitted.stdout.strip() == expected, unjitted.stderr


def test_a_larger_nation_begins_with_the_same_lives() -> None:
    """Citizens of full communities live alike however many more there are; uncoupled worlds."""
    small_one = gt.load_world("unictown-campus", citizens=960, months=6)
    large_one = gt.load_world("unictown-campus", citizens=1920, months=6)
    assert (execute(large_one).values[:, 0, 0] == 2 * execute(small_one).values[:, 0, 0]).all()
    by_reference = reference.live(large_one, range(8))
    assert (np.array(by_reference.counts) == execute(small_one).values).all()


def test_luck_is_shared_between_worlds_that_differ_in_one_rule() -> None:
    """Nothing that comes before the rule differs; what it touches does."""
    world = gt.load_world("unictown-campus", citizens=4800, months=1)
    without = world.without("unictown-2019.rules.cheating")
    left, right = execute(world), execute(without)
    for measure in ("did.cheat_exam", "wanted.buy_plane_ticket", "unictown-2019.fired.plagiarism"):
        row, other = world.measures.index(measure), without.measures.index(measure)
        assert (left.values[:, row, 0] == right.values[:, other, 0]).all()
    row, other = (w.measures.index("unictown-2019.score") for w in (world, without))
    assert (left.values[:, row, 0] < right.values[:, other, 0]).all()


def test_beliefs_are_learned_alike_in_crowded_communities() -> None:
    """More cases a month than are counted, and a belief that moves what people do."""
    world = gt.load_world("unictown-campus", citizens=360, months=8).changed(
        {
            "rules.shopping.points": 40,
            "rules.shopping.at_most": None,
            "pull.weight": 4,
            "belief.learns": "20%",
            "belief.forgets": "2%",
            "belief.at_first": "0%",
        }
    )
    by_reference, by_machine = reference.run(world), execute(world)
    assert (np.array(by_reference.counts) == by_machine.values).all()
