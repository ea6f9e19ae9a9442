"""Checks of what traits are conditional on: known, drawn before, and every combination told."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from glasstown.errors import nearest, shown
from glasstown.nation.findings import MOST_CELLS, Findings, listed
from glasstown.nation.labels import (
    ELSE,
    combination,
    combinations,
    kind_of,
    labels_of,
    order_of_drawing,
    places_of,
)
from glasstown.nation.model import Nation, Trait


def check_given(nation: Nation, sound: frozenset[str], findings: Findings) -> None:
    """Find what is wrong with `given` and with the names of rows.

    sound: the traits that are in order by themselves.
    """
    order = order_of_drawing(nation)
    position = {name: number for number, name in enumerate(order)}
    cycles: set[frozenset[str]] = set()
    for name, trait in nation.traits.items():
        before = len(findings.problems)
        for number, given in enumerate(trait.given):
            path = ("traits", name, "given", number)
            if given in trait.given[:number]:
                findings.add(*path, what=f"`{given}` is given twice", remedy="delete one")
            elif given not in position:
                findings.add(
                    *path,
                    what=f"there is no trait `{given}`",
                    why=f"those drawn before `{name}` are {_before(name, order)}",
                    remedy="name one of them, or declare it above",
                    nearest=nearest(given, order),
                )
            elif given == name:
                findings.add(*path, what=f"`{name}` is given itself", remedy="delete it")
            elif position[given] > position[name]:
                _check_later(nation, name, given, cycles, findings, number)
            elif given in nation.traits and kind_of(nation.traits[given]) == "number":
                findings.add(
                    *path,
                    what=f"`{given}` is a number, and a table's rows are named by values",
                    remedy="use a yes-or-no trait or a choice, such as bands of the number",
                )
        whole = len(findings.problems) == before
        if (
            whole
            and name in sound
            and all(g in sound or g in places_of(nation) for g in trait.given)
        ):
            _check_keys(nation, name, trait, findings)


def labels_by_name(nation: Nation) -> dict[str, tuple[str, ...]]:
    """The labels of everything that rows can be named by."""
    labels = {name: tuple(places) for name, places in places_of(nation).items()}
    for name, trait in nation.traits.items():
        if kind_of(trait) in ("yesno", "choice"):
            labels[name] = labels_of(trait)
    return labels


def check_key(
    key: str, names: tuple[str, ...], labels: Mapping[str, tuple[str, ...]]
) -> tuple[str, str]:
    """What is wrong with a combination of the values of these traits, and the nearest right one.

    Both are empty when it is in order.
    """
    values = combination(key)
    if len(values) != len(names):
        count = "1 value" if len(values) == 1 else f"{len(values)} values"
        return f"{shown(key)} has {count}, and names {', '.join(names)}", ""
    for number, (value, name) in enumerate(zip(values, names, strict=True)):
        if value not in labels[name]:
            close = nearest(value, labels[name])
            mended = ", ".join((*values[:number], close, *values[number + 1 :])) if close else ""
            return f"{shown(value)} is not a value of `{name}`", mended
    return "", ""


def _before(name: str, order: tuple[str, ...]) -> str:
    earlier = order[: order.index(name)]
    return listed(earlier) if earlier else "none"


def _check_later(
    nation: Nation,
    name: str,
    given: str,
    cycles: set[frozenset[str]],
    findings: Findings,
    number: int,
) -> None:
    """Tell of a trait that is given another which is drawn after it."""
    path = ("traits", name, "given", number)
    cycle = _way_back(nation, given, name)
    if cycle:
        if frozenset(cycle) not in cycles:
            findings.add(
                *path,
                what=f"traits are given each other in a circle: {' -> '.join((name, *cycle))}",
                remedy="let one of them go first, or draw them together in a joint",
            )
        cycles.add(frozenset(cycle))
    elif nation.traits[name].of == "community":
        findings.add(
            *path,
            what=f"`{name}` is of a community, and `{given}` of a citizen",
            why="communities are drawn before the citizens who live in them",
            remedy=f"give `{given}` also `of: community`, or turn the two around",
        )
    else:
        findings.add(
            *path,
            what=f"`{given}` is drawn after `{name}`",
            why="traits are drawn in the order they are declared in",
            remedy=f"move `{given}` above `{name}`",
        )


def _way_back(nation: Nation, start: str, goal: str) -> tuple[str, ...]:
    """A chain of `given` from one trait to another, both named; empty if there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        chain = waiting.pop()
        if chain[-1] == goal:
            return chain
        here = nation.traits.get(chain[-1])
        for given in here.given if here else ():
            if given not in seen:
                seen.add(given)
                waiting.append((*chain, given))
    return ()


def _check_keys(nation: Nation, name: str, trait: Trait, findings: Findings) -> None:
    if trait.table is None:
        return
    path = ("traits", name, "table")
    all_labels = labels_by_name(nation)
    labels = [all_labels[given] for given in trait.given]
    cells = prod(len(each) for each in labels) * len(labels_of(trait))
    if not findings.at_most(cells, MOST_CELLS, "cells", *path):
        return
    told: dict[tuple[str, ...], str] = {}
    for key in trait.table:
        wrong, close = ("", "") if key == ELSE else check_key(key, trait.given, all_labels)
        if wrong:
            example = ", ".join(each[0] for each in labels)
            findings.add(
                *path,
                key,
                what=wrong,
                remedy=f"name rows by the values of {', '.join(trait.given)}: `{example}`",
                nearest=close,
            )
        elif combination(key) in told:
            findings.add(
                *path,
                key,
                what=f"{shown(key)} and {shown(told[combination(key)])} are the same row",
                remedy="delete one",
            )
        told[combination(key)] = key
    missing = [", ".join(each) for each in combinations(labels) if each not in told]
    if missing and ELSE not in trait.table:
        findings.add(
            *path,
            what=f"the table has no row for {listed(missing)}",
            remedy="add what is missing, or a row `else` for the rest",
        )
