"""SCL-6 in Polars: lazy expressions over one frame of citizens, a query a month.

Polars has no random numbers of its own by the row, and hashes are not made for it: NumPy draws
the columns, on as many threads as Polars has.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from benchmarks.scl6.workload import (
    BEHAVIOURS,
    COURSE,
    ENTER_BELOW,
    FIELDS,
    FLOORS,
    HIGHEST,
    JOB,
    LEAST,
    LEAVE_FROM,
    LOWEST,
    MARGIN,
    MOST,
    SIZE,
    START,
    TICKET,
    TIERS,
    WELFARE,
    Counts,
)

KS = range(len(BEHAVIOURS))
DRAWS = 15


def environment(threads: int) -> dict[str, str]:
    """What a process must be started with."""
    return {"POLARS_MAX_THREADS": str(threads)}


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens, in whole communities."""
    n = citizens // SIZE * SIZE
    counts = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
    with ThreadPoolExecutor(threads) as pool:
        luck = Luck(n, seed, pool)
        frame = born(n, luck)
        for month in range(months):
            frame = lived(frame.lazy().with_columns(luck.columns())).collect(engine="streaming")
            count(frame, counts[month])
            frame = frame.select(KEPT)
    return counts


class Luck:
    """Columns of draws from 0 to 1, each from a stream of its own."""

    def __init__(self, citizens: int, seed: int, pool: ThreadPoolExecutor) -> None:
        self._citizens = citizens
        self._pool = pool
        seeds = np.random.SeedSequence(seed).spawn(DRAWS)
        self._streams = [np.random.Generator(np.random.SFC64(each)) for each in seeds]

    def whole(self, low: int, high: int) -> pl.Series:
        """Whole numbers from low to high, each as likely."""
        drawn = self._streams[0].integers(low, high + 1, self._citizens, dtype=np.int16)
        return pl.Series(drawn)

    def columns(self) -> Iterator[pl.Series]:
        """Columns u0, u1 and so on, for a month's decisions."""
        draw = lambda rng: rng.random(self._citizens, dtype=np.float32)  # noqa: E731
        for number, column in enumerate(self._pool.map(draw, self._streams)):
            yield pl.Series(f"u{number}", column)


def born(citizens: int, luck: Luck) -> pl.DataFrame:
    """Citizens at birth."""
    f32, i32 = pl.Float32, pl.Int32
    frame = pl.DataFrame(
        {
            "community": np.arange(citizens, dtype=np.int32) // SIZE,
            "z1": luck.whole(-127, 127),
            "z2": luck.whole(-127, 127),
        }
    ).with_columns(pl.col("community").set_sorted())
    z1, z2 = (pl.col(z).cast(f32) / f(127) for z in ("z1", "z2"))
    score = START + 5 * pl.col("z1").cast(i32)
    return frame.select(
        "community",
        *(
            (f(b.a) + f(b.c1) * z1 + f(b.c2) * z2).alias(f"taste{k}")
            for k, b in enumerate(BEHAVIOURS)
        ),
        *(f(b.ref).alias(f"mean{k}") for k, b in enumerate(BEHAVIOURS)),
        score=score,
        tier=reached(score, 0),
        months=pl.lit(0, pl.Int8),
        welfare=pl.lit(0, i32),
    )


KEPT = (
    "community", *(f"taste{k}" for k in KS), *(f"mean{k}" for k in KS),
    "score", "tier", "months", "welfare",
)  # fmt: skip


def lived(frame: pl.LazyFrame) -> pl.LazyFrame:
    """One month: the frame with what was done, seen and decided, and the state after it."""
    score, tier, months = pl.col("score"), pl.col("tier"), pl.col("months")
    distance = (score - START).cast(pl.Float32) / f(3000)
    utility = [
        pl.col(f"taste{k}") + f(b.s) * distance + f(b.g) * (pl.col(f"mean{k}") - f(b.ref))
        for k, b in enumerate(BEHAVIOURS)
    ]
    gained = sum(pl.col(f"D{k}").cast(pl.Int32) * b.points for k, b in enumerate(BEHAVIOURS))
    leaves = (months >= LEAST) & (score >= LEAVE_FROM) & ~pl.col("D4") | (months >= MOST)
    enters = pl.col("D4") & (score < ENTER_BELOW)
    listed, i32 = pl.col("listed"), pl.Int32
    return (
        frame.with_columns(
            (pl.col(f"u{k}") * (f(1) + (-utility[k]).exp()) < f(1)).alias(f"B{k}") for k in KS
        )
        .with_columns(
            *(
                (
                    pl.col(f"u{6 + k}")
                    < pl.when(f"B{k}").then(f(b.detect)).otherwise(f(b.false_alarm))
                ).alias(f"D{k}")
                for k, b in enumerate(BEHAVIOURS)
            ),
            *(
                pl.col(f"B{k}").mean().over("community").cast(pl.Float32).alias(f"mean{k}")
                for k in KS
            ),
        )
        .with_columns(score=(score + gained).clip(LOWEST, HIGHEST))
        .with_columns(score=score - ((score - START).cast(pl.Float32) / f(50)).cast(i32))
        .with_columns(
            tier=pl.min_horizontal(
                pl.max_horizontal(tier, reached(score, 0)), reached(score, MARGIN)
            ),
            listed=pl.when(months > 0).then(~leaves).otherwise(enters),
        )
        .with_columns(
            months=(months + 1) * listed.cast(pl.Int8),
            blocked=(pl.col("u12") < f(TICKET)) & listed,
            discount=(pl.col("u13") < f(COURSE)) & (tier == 3),
            priority=(pl.col("u14") < f(JOB)) & (tier >= 2) & ~listed,
        )
        .with_columns(
            welfare=pl.col("welfare")
            + WELFARE[0] * pl.col("blocked").cast(i32)
            + WELFARE[1] * pl.col("discount").cast(i32)
            + WELFARE[2] * pl.col("priority").cast(i32)
        )
    )


def count(frame: pl.DataFrame, counts: Counts) -> None:
    """Count by tier, into int64[tiers, fields]."""
    sums = frame.group_by("tier").agg(
        pl.len().alias("citizens"), pl.col("score").cast(pl.Int64).sum(), pl.col(FIELDS[2:]).sum()
    )
    counts[sums["tier"].to_numpy()] = sums.select(FIELDS).to_numpy()


def reached(score: pl.Expr, margin: int) -> pl.Expr:
    """How many floors a score reaches with a margin."""
    return sum(((score >= floor - margin).cast(pl.Int8) for floor in FLOORS), pl.lit(0, pl.Int8))


def f(number: float) -> pl.Expr:
    """A number of 32 bits."""
    return pl.lit(number, pl.Float32)
