"""Checks of joints: what may be drawn together, and margins that can be met."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from glasstown.errors import nearest, shown
from glasstown.expr import Scope, YesNo, check
from glasstown.nation import joint as joints
from glasstown.nation.check_given import check_key, labels_by_name
from glasstown.nation.findings import (
    LARGEST_ODDS,
    MOST_CELLS,
    MOST_INTERACTIONS,
    MOST_JOINTS,
    MOST_MARGINS,
    Findings,
    listed,
    percent,
)
from glasstown.nation.labels import combination, kind_of, labels_of
from glasstown.nation.model import Joint, Margin, Nation


def check_joints(nation: Nation, sound: frozenset[str], findings: Findings) -> None:
    """Find what is wrong with each joint; rake those that are in order.

    sound: the traits that are in order by themselves.
    """
    findings.at_most(len(nation.joints), MOST_JOINTS, "joints", "joints")
    for name, joint in list(nation.joints.items())[:MOST_JOINTS]:
        before = len(findings.problems)
        _check_members(nation, name, joint, findings)
        if not sound.issuperset(joint.traits) or not _has_table(nation, joint):
            continue
        _check_interactions(nation, name, joint, findings)
        findings.at_most(len(joint.margins), MOST_MARGINS, "margins", "joints", name, "margins")
        for number, margin in enumerate(joint.margins):
            _check_margin(nation, joint, margin, findings, ("joints", name, "margins", number))
        if len(findings.problems) == before:
            _check_raking(nation, name, joint, findings)


def _check_members(nation: Nation, name: str, joint: Joint, findings: Findings) -> None:
    path = ("joints", name, "traits")
    if len(joint.traits) < 2:
        findings.add(*path, what="a joint has two traits or more", remedy="add one")
    for number, member in enumerate(joint.traits):
        here = (*path, number)
        trait = nation.traits.get(member)
        if trait is None:
            findings.add(
                *here,
                what=f"there is no trait `{member}`",
                why="a joint is of traits of citizens; kind and region are of communities"
                if member in ("kind", "region")
                else "",
                remedy="declare it, or name another",
                nearest=nearest(member, nation.traits),
            )
            continue
        if member in joint.traits[:number]:
            findings.add(*here, what=f"`{member}` is there twice", remedy="delete one")
        other = _other_joint(nation, name, member)
        if other:
            findings.add(
                *here,
                what=f"`{member}` is drawn in the joint `{other}` already",
                remedy="draw it in one joint only",
            )
        if trait.of == "community":
            what = f"`{member}` is of a community, and a joint is of traits of citizens"
            findings.add(*here, what=what, remedy="draw it by itself")
        if trait.given or trait.table is not None:
            findings.add(
                *here,
                what=f"`{member}` is conditional, and a joint needs its shares in the nation",
                remedy="give it `share` or `values`, and the joint a margin",
            )
        elif kind_of(trait) == "number":
            what = f"`{member}` is a number, and a joint is of yes-or-no traits and choices"
            findings.add(*here, what=what, remedy="use a choice, such as bands of the number")
    known = [nation.traits[member] for member in joint.traits if member in nation.traits]
    cells = prod(len(labels_of(t)) for t in known if kind_of(t) in ("yesno", "choice"))
    findings.at_most(cells, MOST_CELLS, "cells", "joints", name)


def _has_table(nation: Nation, joint: Joint) -> bool:
    """Whether the traits make a table, so that interactions and margins can be looked at."""
    traits = [nation.traits[member] for member in joint.traits]
    plain = all(trait.share is not None or trait.values is not None for trait in traits)
    return plain and prod(len(labels_of(trait)) for trait in traits) <= MOST_CELLS


def _other_joint(nation: Nation, name: str, member: str) -> str:
    """An earlier joint that has this trait."""
    for other, joint in nation.joints.items():
        if other == name:
            break
        if member in joint.traits:
            return other
    return ""


def _check_interactions(nation: Nation, name: str, joint: Joint, findings: Findings) -> None:
    path = ("joints", name, "interactions")
    findings.at_most(len(joint.interactions), MOST_INTERACTIONS, "interactions", *path)
    scope = Scope({member: joints.scope_type(nation.traits[member]) for member in joint.traits})
    for number, interaction in enumerate(joint.interactions):
        for error in check(interaction.cells.expr, scope, YesNo())[1]:
            findings.add(
                *path,
                number,
                "if",
                what=error.what,
                why=error.why,
                remedy=error.remedy,
                nearest=error.nearest,
            )
        if not 0 < interaction.odds <= LARGEST_ODDS:
            findings.add(
                *path,
                number,
                "odds",
                what=f"odds lie above 0 and up to {LARGEST_ODDS:,}",
                why="1 is as likely as by chance; what never happens is a margin of 0%",
                remedy="write how many times likelier: `odds: 3`",
            )


def _check_margin(
    nation: Nation,
    joint: Joint,
    margin: Margin,
    findings: Findings,
    path: tuple[str | int, ...],
) -> None:
    before = len(findings.problems)
    if len(margin.traits) < 2 or len(set(margin.traits)) < len(margin.traits):
        what = "a margin is of two or more traits, each once"
        findings.add(*path, "traits", what=what, remedy="name them; one alone has its own shares")
    for number, member in enumerate(margin.traits):
        if member not in joint.traits:
            findings.add(
                *path,
                "traits",
                number,
                what=f"`{member}` is not in this joint",
                why=f"its traits are {listed(joint.traits)}",
                remedy="add it to the joint, or name another",
                nearest=nearest(member, joint.traits),
            )
    if len(findings.problems) > before:
        return
    labels = labels_by_name(nation)
    told: dict[tuple[str, ...], Fraction] = {}
    for key, share in margin.shares.items():
        wrong, close = check_key(key, margin.traits, labels)
        if wrong or combination(key) in told:
            findings.add(
                *path,
                "shares",
                key,
                what=wrong or f"{shown(key)} is there twice",
                remedy=f"name shares by the values of {', '.join(margin.traits)}",
                nearest=close,
            )
        told[combination(key)] = share
    if not told:
        findings.add(*path, "shares", what="the margin has no shares", remedy="add one")
    if len(findings.problems) == before:
        _check_lines(nation, margin, told, findings, path)


def _check_lines(
    nation: Nation,
    margin: Margin,
    told: dict[tuple[str, ...], Fraction],
    findings: Findings,
    path: tuple[str | int, ...],
) -> None:
    """Check a margin against the shares of its traits: no line of it may hold more, or less."""
    sizes = [len(labels_of(nation.traits[name])) for name in margin.traits]
    for place, name in enumerate(margin.traits):
        trait = nation.traits[name]
        line_length = prod(sizes) // sizes[place]
        for label, share in zip(labels_of(trait), joints.marginal(trait), strict=True):
            line = [each for values, each in told.items() if values[place] == label]
            total, full = sum(line, Fraction(0)), len(line) == line_length
            if total > share or (full and total != share):
                findings.add(
                    *path,
                    "shares",
                    what=f"`{name}` is `{label}` for {percent(total)} of citizens by this margin, "
                    f"and for {percent(share)} by its own shares",
                    remedy="make the two agree; a combination left out takes what is left"
                    if full
                    else "lower the margin, or raise the trait's share",
                )


def _check_raking(nation: Nation, name: str, joint: Joint, findings: Findings) -> None:
    table = joints.table_of(nation, joint)
    miss = joints.raked(table).miss
    if miss is None:
        return
    remedy = "loosen the margins, or give fewer of them"
    why = "raking brings it no nearer: the margins contradict each other, or very nearly"
    if miss.target < len(joint.margins):
        margin = joint.margins[miss.target]
        keys = list(margin.shares)
        rest = miss.part >= len(keys)
        asked = 1 - sum(margin.shares.values()) if rest else margin.shares[keys[miss.part]]
        part = "what it leaves out" if rest else f"`{keys[miss.part]}`"
        path: tuple[str | int, ...] = ("joints", name, "margins", miss.target)
        of = f"the margin of {', '.join(margin.traits)}"
    else:
        member = joint.traits[len(joint.traits) - 1 - (miss.target - len(joint.margins))]
        asked = joints.marginal(nation.traits[member])[miss.part]
        part = f"`{labels_of(nation.traits[member])[miss.part]}`"
        path = ("joints", name)
        of = f"the share of `{member}`"
    findings.add(
        *path,
        what=f"{of} cannot be met: {part} comes to {percent(Fraction(miss.found))}, "
        f"not {percent(Fraction(asked))}",
        why=why,
        remedy=remedy,
    )
