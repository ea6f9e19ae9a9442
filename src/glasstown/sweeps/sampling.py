"""Sobol and Morris samples and indices, by SALib: loaded when they are asked for."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.errors import GlasstownError, Place, Problem
from glasstown.sweeps.axis import problem

LEVELS = 4
"""Levels of Morris's grid."""

SEED = 1
"""The seed of SALib's own draws: which points are sampled, and which are drawn for intervals."""

FEWEST, MOST = 2, 1 << 16


def check_samples(method: str, samples: int, paths: int, most: int) -> None:
    """Refuse a number of samples that the method cannot use, or that makes more than `most` runs.

    Raises:
        GlasstownError: too few or too many, or for Sobol no power of two.
    """
    option = f"--{method}"
    if not FEWEST <= samples <= MOST:
        raise problem(
            option, f"{samples:,} is not from {FEWEST} to {MOST:,}", remedy="64 is a beginning"
        )
    if method == "sobol" and samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        close = below if samples - below <= 2 * below - samples else 2 * below
        raise problem(
            option,
            f"{samples:,} is not a power of two",
            why="a Sobol sequence covers the ranges evenly at powers of two only",
            remedy="give 32, 64, 128, 256 and so on",
            nearest=str(close),
        )
    runs = samples * (paths + (2 if method == "sobol" else 1))
    if runs > most:
        raise problem(
            option,
            f"{samples:,} samples of {paths:,} numbers are {runs:,} runs",
            why=f"a sweep has at most {most:,} runs",
            remedy="take fewer samples, or fewer numbers: assumptions:PATH names some",
        )


def places(method: str, samples: int, paths: int) -> list[tuple[Fraction, ...]]:
    """Where the samples lie: for each run a place from 0 to 1 in the range of each path.

    Sobol: samples x (paths + 2) places, in Saltelli's order. Morris: samples x (paths + 1), a
    trajectory at a time.
    """
    kind = "sample"
    if method == "sobol":
        made = _salib(kind, "sobol").sample(
            _unit(paths), samples, calc_second_order=False, seed=SEED
        )
    else:
        made = _salib(kind, "morris").sample(_unit(paths), samples, num_levels=LEVELS, seed=SEED)
    # A Morris level such as 1/3 is meant exactly; a Sobol place is a dyadic number already.
    exact = (Fraction(v).limit_denominator(1 << 31) for v in np.asarray(made).ravel().tolist())
    flat = list(exact)
    return [tuple(flat[at : at + paths]) for at in range(0, len(flat), paths)]


def indices(
    method: str, at: NDArray[np.float64], outcome: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]] | None:
    """The indices of each path for one outcome; None where the outcome never moves.

    at: samples x paths, from 0 to 1; outcome: one number for each sample. Of Sobol: `first`,
    `total`; of Morris: `mu`, `mu_star`, `sigma`; with `_low` and `_high` ends of 95% intervals of
    `first`, `total` and `mu_star`, by SALib's bootstrap.
    """
    if np.isnan(outcome).any() or np.ptp(outcome) <= 1e-12 * max(1.0, np.abs(outcome).max()):
        return None
    # SALib warns, and NumPy too, where a part of the sample is constant: of rare outcomes some
    # are, and their wide intervals, or none, say so.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return _indices(method, at, outcome)


def _indices(
    method: str, at: NDArray[np.float64], outcome: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    problem_ = _unit(at.shape[1])
    if method == "sobol":
        found = _salib("analyze", "sobol").analyze(
            problem_, outcome, calc_second_order=False, seed=SEED
        )
        return {
            **_between("first", found["S1"], found["S1_conf"]),
            **_between("total", found["ST"], found["ST_conf"]),
        }
    found = _salib("analyze", "morris").analyze(problem_, at, outcome, num_levels=LEVELS, seed=SEED)
    return {
        "mu": _floats(found["mu"]),
        **_between("mu_star", found["mu_star"], found["mu_star_conf"]),
        "sigma": _floats(found["sigma"]),
    }


def _between(name: str, value: Any, half: Any) -> dict[str, NDArray[np.float64]]:
    middle, half = _floats(value), _floats(half)
    return {name: middle, f"{name}_low": middle - half, f"{name}_high": middle + half}


def _floats(values: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(np.ma.filled(np.ma.asarray(values), np.nan), dtype=np.float64)


def _unit(paths: int) -> dict[str, Any]:
    names = [f"x{place}" for place in range(paths)]
    return {"num_vars": paths, "names": names, "bounds": [[0.0, 1.0]] * paths}


def _salib(*parts: str) -> Any:
    try:
        return import_module(".".join(("SALib", *parts)))
    except ImportError:
        raise GlasstownError(
            Problem(
                Place(""),
                "SALib is not installed",
                why="Glasstown needs it for --sobol and --morris alone",
                remedy="pip install 'glasstown[sweep]'",
            )
        ) from None
