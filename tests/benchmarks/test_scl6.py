"""SCL-6 is the same work for everybody: engines agree, and one that does not is found out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks.limits import Limits
from benchmarks.run import keep
from benchmarks.scl6 import compare, kernel, philox
from benchmarks.scl6.compare import ENGINES, KERNEL, Engine, Found, installed, plain, worker
from benchmarks.scl6.glasstown_ import MEASURES, WORLD
from benchmarks.scl6.workload import AGREE, FIELDS, Counts, aggregates, distances
from benchmarks.timing import ROOT

import glasstown as gt
from glasstown import luck

LIMITS = {1: Limits(20.0, 20.0, 0.5), 2: Limits(30.0, 30.0, 0.25)}


def worst(counts: Counts) -> float:
    return max(abs(distance) for distance in distances(counts).values())


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.module)
def test_engines_agree(engine: Engine) -> None:
    # By chance alone one in 80,000 would not. Luck is the same each time, where an engine has that.
    if not installed(engine):
        pytest.skip(f"{engine.needs} is not installed")
    citizens = min(engine.quick, 30_000)
    module = f"benchmarks.scl6.{engine.module}"
    # The kernel with this process's width of vectors: it is then compiled once for all the tests.
    environment = plain if engine.name == KERNEL else engine.environment
    told = worker(module, citizens, 2 if engine.threaded else 1, 1, environment)
    counts = np.array(told["counts"], dtype=np.int64)
    assert (counts[:, :, FIELDS.index("citizens")].sum(axis=1) == citizens).all()
    assert worst(counts) < AGREE
    assert 0 <= told["held"] < told["peak"]


def counted(world: gt.World) -> Counts:
    values = gt.run(world).ledger.values
    rows = [world.measures.index(measure) for measure in MEASURES]
    return values[:, rows, 1:5].transpose(0, 2, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"rules.unpaid.points": -16},
        {"sensors.listeners.false_alarm": "1.3%"},
        {"tier_margin": 7},
        {"registers.defaulters.at_least": 7},
        {"conduct.actions.speak_critically.norm": 0},
    ],
    ids=str,
)
def test_another_workload_is_found_out(change: dict[str, object]) -> None:
    world = gt.load_world(WORLD, citizens=300_000)
    assert worst(counted(world.changed(change))) > AGREE


def test_the_kernel_is_the_same_for_any_threads() -> None:
    one, three = (kernel.run(60_000, 3, threads, seed=7) for threads in (1, 3))
    assert (one == three).all()
    assert (one != kernel.run(60_000, 3, 1, seed=8)).any()


def test_the_kernel_lives_a_community_that_is_not_full() -> None:
    whole, more = kernel.run(1_500, 2, 1), kernel.run(1_570, 2, 1)
    added = more - whole
    assert added[:, :, FIELDS.index("citizens")].sum(axis=1).tolist() == [70, 70]
    assert added.min() >= 0


def test_the_kernel_draws_philox() -> None:
    pairs = philox.scratch()
    seed, first, month, kind = 0x1234_5678_9ABC_DEF0, 2**33 + 5, 3, 1
    u64 = np.uint64
    keys = philox.round_keys(seed)
    philox.draws(pairs, u64(first), u64(month), u64(kind), philox.PAIRS, keys)
    words = pairs.view(np.uint32)
    for block in (0, 1, 150, 2 * philox.PAIRS - 1):
        counter = ((first + block) & 0xFFFFFFFF, (first + block) >> 32, month, kind)
        expected = luck.philox(counter, (seed & 0xFFFFFFFF, seed >> 32))
        assert tuple(int(word) for word in words[:, block]) == expected


def test_an_engine_that_disagrees_or_fails_has_no_time() -> None:
    right, wrong, broken = (Found(engine, 1_500) for engine in ENGINES[:3])
    right.took, right.worst = {1: 10.0, 2: 5.0}, ("B0", 1.04)
    wrong.took, wrong.worst = {1: 12.0, 2: 6.0}, ("D5", -7.25)
    broken.failed = "MemoryError"
    lines = compare.section([right, wrong, broken], LIMITS).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0][2:4] == ["1 thread", "2 threads"]
    assert cells[2][2:] == ["10", "5", "1 / 1", "", "1.33 / 1.33", "0", "B0, 1.0 sd"]
    assert cells[3][2:4] == ["disagrees: its time is not counted", ""]
    assert cells[3][-1] == "D5, 7.2 sd"
    assert cells[4][2:] == ["", "", "", "", "", "", "MemoryError"]


def test_what_went_wrong_in_an_engine_is_told() -> None:
    found = Found(Engine("Nobody", "nobody", "numpy", 1_500, 1_500), 1_500)
    compare.measure(found, 1)
    assert found.failed == "ModuleNotFoundError: No module named 'benchmarks.scl6.nobody'"
    assert not found.agrees


def test_aggregates_are_of_the_last_month_and_of_the_whole_run() -> None:
    counts = np.zeros((2, 4, len(FIELDS)), dtype=np.int64)
    counts[0, 1, :3] = (10, 100_000, 10)
    counts[1, 3, :3] = (10, 90_000, 0)
    found = aggregates(counts)
    assert (found["tier 1"], found["tier 3"]) == (0, 1)
    assert found["score"] == 900
    assert found["B0"] == 0.5


def test_one_command() -> None:
    command = [sys.executable, "benchmarks/run.py", "--quick", "--only", "numpy"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("| memory, read, GB/s") for line in lines)
    assert [line.split()[1] for line in lines if " sd" in line] == ["NumPy"]
    assert KERNEL not in done.stdout


def test_results_are_kept_before_older_ones(tmp_path: Path) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("# Results\n\nWords.\n\n## Older\n\n| a |\n")
    keep("| new |", "benchmarks/run.py --quick", results)
    head, new, old = results.read_text().split("\n## ")
    assert head == "# Results\n\nWords.\n"
    assert new.endswith(", `benchmarks/run.py --quick`\n\n| new |\n")
    assert old == "Older\n\n| a |\n"
