"""SCL-6 in DuckDB: a table of citizens, made anew each month by one query of the last one.

Draws are DuckDB's own `random()`; hash() as a source of chance gave wrong figures.
"""

from __future__ import annotations

import duckdb
import numpy as np

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


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens, in whole communities."""
    n = citizens // SIZE * SIZE
    counts = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
    with duckdb.connect(config={"threads": threads}) as db:
        # Rows find each other by their community, so their order may be left to chance.
        db.execute("SET preserve_insertion_order = false")
        db.execute(f"SELECT setseed({(seed % 1000) / 1000})")
        db.execute(_birth(n))
        for month in range(months):
            before, after = f"month{month % 2}", f"month{(month + 1) % 2}"
            db.execute(_month(before, after))
            sums = ", ".join(f"sum({field})::BIGINT" for field in FIELDS[1:])
            for tier, *row in db.execute(
                f"SELECT tier, count(*), {sums} FROM {after} GROUP BY tier"
            ).fetchall():
                counts[month, tier] = row
            means = ", ".join(f"avg(B{k}::INT)::FLOAT AS m{k}" for k in KS)
            db.execute(
                f"CREATE OR REPLACE TABLE norms AS SELECT community, {means} FROM {after} "
                "GROUP BY community"
            )
    return counts


def _birth(n: int) -> str:
    tastes = ", ".join(
        f"({b.a} + {b.c1} * q1 / 127 + {b.c2} * q2 / 127)::FLOAT AS taste{k}"
        for k, b in enumerate(BEHAVIOURS)
    )
    refs = ", ".join(f"{b.ref}::FLOAT AS m{k}" for k, b in enumerate(BEHAVIOURS))
    return f"""
        CREATE TABLE month0 AS
        WITH people AS MATERIALIZED (
            SELECT (range // {SIZE})::INT AS community,
                (floor(random() * 255) - 127)::INT AS q1, (floor(random() * 255) - 127)::INT AS q2
            FROM range({n})
        ), scored AS (SELECT *, {START} + 5 * q1 AS score FROM people)
        SELECT community, {tastes}, score::INT AS score, ({_reached(0)})::TINYINT AS tier,
            0::TINYINT AS months, 0::INT AS welfare
        FROM scored;
        CREATE TABLE norms AS SELECT range::INT AS community, {refs} FROM range({n // SIZE});
    """


def _month(before: str, after: str) -> str:
    done = ", ".join(
        f"random() * (1 + exp(-(taste{k} + ({b.s}) * (score - {START}) / 3000.0::FLOAT "
        f"+ {b.g} * (m{k} - {b.ref})))) < 1 AS B{k}"
        for k, b in enumerate(BEHAVIOURS)
    )
    seen = ", ".join(
        f"random() < CASE WHEN B{k} THEN {b.detect} ELSE {b.false_alarm} END AS D{k}"
        for k, b in enumerate(BEHAVIOURS)
    )
    gained = " + ".join(f"D{k}::INT * ({b.points})" for k, b in enumerate(BEHAVIOURS))
    keep = "community, " + ", ".join(f"taste{k}" for k in KS)
    did = ", ".join(f"B{k}" for k in KS)
    saw = ", ".join(f"D{k}" for k in KS)
    return f"""
        CREATE OR REPLACE TABLE {after} AS
        WITH acted AS (
            SELECT {keep}, score, tier, months, welfare, {done}
            FROM {before} JOIN norms USING (community)
        ), sensed AS (SELECT *, {seen} FROM acted
        ), clamped AS (
            SELECT * REPLACE (least(greatest(score + {gained}, {LOWEST}), {HIGHEST}) AS score)
            FROM sensed
        ), scored AS (
            SELECT * REPLACE (score - trunc((score - {START}) / 50.0::FLOAT)::INT AS score)
            FROM clamped
        ), placed AS (
            SELECT * REPLACE (
                least(greatest(tier, {_reached(0)}), {_reached(MARGIN)})::TINYINT AS tier
            ), CASE WHEN months > 0
                THEN NOT ((months >= {LEAST} AND score >= {LEAVE_FROM} AND NOT D4)
                    OR months >= {MOST})
                ELSE D4 AND score < {ENTER_BELOW} END AS listed
            FROM scored
        ), treated AS (
            SELECT * REPLACE (((months + 1) * listed::INT)::TINYINT AS months),
                random() < {TICKET} AND listed AS blocked,
                random() < {COURSE} AND tier = 3 AS discount,
                random() < {JOB} AND tier >= 2 AND NOT listed AS priority
            FROM placed
        )
        SELECT {keep}, score, tier, months, {did}, {saw}, blocked, discount, priority, listed,
            welfare + {WELFARE[0]} * blocked::INT + {WELFARE[1]} * discount::INT
                + {WELFARE[2]} * priority::INT AS welfare
        FROM treated
    """


def _reached(margin: int) -> str:
    return " + ".join(f"(score >= {floor - margin})::INT" for floor in FLOORS)
