"""What formulas see: the names, and the view that a citizen's formulas are given."""

from __future__ import annotations

from glasstown.conduct.model import Conduct
from glasstown.engine.reference.arithmetic import MEANS, SHARE
from glasstown.engine.reference.formulas import Names
from glasstown.engine.reference.state import Account, Citizen
from glasstown.expr import Call, text, walk
from glasstown.scheme.formulas import uses
from glasstown.scheme.model import Scheme
from glasstown.world.world import World


def trait_names(world: World) -> Names:
    """The traits, of citizens and of communities."""
    names = Names()
    for trait in world.trait_tables:
        if trait.kind == "yesno":
            names.add_yes_no(trait.name)
        elif trait.kind == "choice":
            names.add_choice(trait.name, trait.labels, ordered=True)
        else:
            names.add_quantity(trait.name, trait.scale)
    return names


def conduct_names(world: World) -> Names:
    """What the conduct's formulas see: traits, conditions, and what moves a citizen."""
    names = _with_conditions(trait_names(world), world.conduct)
    names.add_quantity("means", MEANS)
    names.add_quantity("fear", SHARE)
    for happened in ("listed", "refused", "exposed"):
        names.add_yes_no(happened)
    told = world.told
    names.add_quantity("above_start", 1 if told is None else steps_to_a_point(told))
    return names


def scheme_names(world: World, scheme: Scheme) -> Names:
    """What a scheme's formulas see: traits, conditions, score, tier, registers and records."""
    names = _with_conditions(trait_names(world), world.conduct)
    if scheme.score is not None:
        names.add_quantity("score", steps_to_a_point(scheme))
        names.add_quantity("mean(score)", steps_to_a_point(scheme))
    if scheme.tiers:
        names.add_choice("tier", tuple(scheme.tiers), ordered=True)
    for register in scheme.registers:
        names.add_yes_no(f"on({register})")
        names.add_quantity(f"months_on({register})")
    for keys in records_read(scheme).values():
        for key in keys:
            names.add_yes_no(key)
    return names


def records_read(scheme: Scheme) -> dict[tuple[str, str], tuple[str, ...]]:
    """Each sensor and action that a rule or a `seen()` of the scheme reads.

    With each are the names under which formulas see its records: the first sensor that reads an
    action need not be named.
    """
    by_rules = [
        (rule.seen_by, action)
        for rule in scheme.rules.values()
        if (action := rule.when or rule.missed) and rule.seen_by
    ]
    by_formulas = [
        (text(part.args[1]), text(part.args[0]))
        for use in uses(scheme)
        for part in walk(use.formula.expr)
        if isinstance(part, Call) and part.function == "seen" and len(part.args) > 1
    ]
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for sensor, action in by_rules + by_formulas:
        first = all(action != of for _, of in found)
        full = f"seen({action}, {sensor})"
        found.setdefault((sensor, action), (full, f"seen({action})") if first else (full,))
    return found


def _with_conditions(names: Names, conduct: Conduct) -> Names:
    names.add_quantity("month")
    for name in conduct.conditions:
        names.add_yes_no(name)
        names.add_quantity(f"months({name})")
    return names


def steps_to_a_point(scheme: Scheme) -> int:
    """`scale`: how many steps of the score make a point."""
    return 1 if scheme.score is None else int(1 / scheme.score.kept_to)


def conduct_view(world: World, citizen: Citizen, t: int) -> dict[str, int]:
    """What the conduct's formulas see of a citizen at the start of month `t`."""
    view = dict(citizen.traits)
    add_conditions(view, citizen, t)
    view["means"] = citizen.means
    view["fear"] = citizen.fear
    view["listed"] = citizen.listed
    view["refused"] = citizen.refused
    view["exposed"] = citizen.exposed
    view["above_start"] = _above_start(world, citizen)
    return view


def _above_start(world: World, citizen: Citizen) -> int:
    told = world.told
    if told is None or told.score is None:
        return 0
    score = citizen.accounts[world.schemes.index(told)].score
    return score - round(told.score.start * steps_to_a_point(told))


def add_conditions(view: dict[str, int], citizen: Citizen, t: int) -> None:
    """Put the month and the conditions, as they are now, into a view."""
    view["month"] = t
    for name, months in citizen.conditions.items():
        view[name] = months > 0
        view[f"months({name})"] = months


def add_standing(view: dict[str, int], account: Account) -> None:
    """Put the score and the standing, as they are now, into a view."""
    view["score"] = account.score
    view["tier"] = account.standing


def add_registers(view: dict[str, int], account: Account) -> None:
    """Put the registers, as they are now, into a view."""
    for register, stay in account.registers.items():
        view[f"on({register})"] = stay.months > 0
        view[f"months_on({register})"] = stay.months
