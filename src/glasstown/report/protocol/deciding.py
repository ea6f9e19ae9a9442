"""Elements II.i to II.iii of a description: what decisions rest on, and how they are made."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.conduct.model import Action, Occasion
from glasstown.expr.field import Expression
from glasstown.report import words
from glasstown.report.origin import counted, files, said
from glasstown.report.protocol.facts import Facts, coded
from glasstown.report.protocol.model import Block, Grid, Items, Text
from glasstown.scheme.words import number, percent

OFF = "Does not apply: "
"""How an answer begins where the model, or this world, has no such thing."""


def background(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.i."""
    conduct = facts.conduct
    yield (
        Text(
            "A scoring scheme is taken for a feedback loop: what people do is recorded with "
            "errors, records move scores and registers, these open and close occasions, and what "
            "befalls people moves what they do next. The model is a microsimulation of that loop "
            "in whole numbers. Its link to complexity is that citizens meet in communities, where "
            "acts and harms of others count; what follows for groups is counted, and not assumed."
        ),
    )
    yield (
        Text(
            "Every action is chosen by chance, with odds to which what moves the citizen is added "
            "in log-odds. What is assumed to move citizens here:"
        ),
        Items(tuple(_movers(facts))),
    )
    about = words.tidy(conduct.about) or "The conduct's file gives no reason."
    yield (Text(f"The conduct `{conduct.conduct}` was chosen for this world. {about}"),)
    sources = files(facts.world)
    rows = tuple(
        (f"{file.kind} `{file.name}`", str(len(file.sources)), said(file.counts()))
        for file in sources
    )
    rows += (("all", "", said(counted(sources))),)
    yield (
        Text(
            "From what is published, and else from assumptions. No record of a real person enters: "
            "there is no importer of any. Sources and assumptions are listed in III.iv.b."
        ),
        Grid("What the files rest on", ("file", "sources", "its parts rest on"), rows),
    )
    yield (
        Text(
            "Aggregate: totals, shares and rates of whole populations or of samples, and rules as "
            "they were published. Each source's note under III.iv.b says what was taken from it."
        ),
    )


def deciding(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.ii."""
    conduct, world = facts.conduct, facts.world
    yield (
        Text(
            f"Citizens decide each month, each for themselves, on each of {len(conduct.actions)} "
            f"actions (done or not) and {len(conduct.occasions)} occasions (wanted or not). There "
            "is no other level: schemes apply rules and decide nothing, and communities do not "
            "decide."
        ),
    )
    yield (Text(_rationality(facts)),)
    yield (
        Text(
            "An action is done when a draw of luck is below a chance. With nothing to move it, the "
            "chance is its rate a month. Otherwise its log-odds are those of the rate, plus taste, "
            "plus norm, plus pull, less fear; what has no weight is left out. A want is decided "
            "likewise, by its rate and taste alone. Who may do or want a thing at all is a formula."
        ),
        Grid(
            "What moves each decision",
            ("decision", "who", "rate", "taste", "pull", "norm", "fear"),
            tuple(_decisions(facts)),
        ),
    )
    yield (Text(_adaptation(facts)),)
    yield (Text(_norms(facts)),)
    yield (
        Text(
            f"{OFF}decisions know no distance. Of others, only those of the citizen's own "
            "community count"
            + (", and through signals the whole nation." if world.coupled else ".")
        ),
    )
    yield (Text(_time(facts)),)
    yield (
        Text(
            "Each decision is a draw from a chance, so equal citizens may decide differently. "
            + (
                "A secret rule weighs as much as it is believed, and a rule that reads records as "
                "much as its sensor detects."
                if facts.pulled
                else "No decision weighs anything uncertain."
            )
        ),
    )


def learning(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.iii."""
    fear, means = facts.conduct.fear, facts.conduct.means
    own = [
        f"Means: a want that is refused, or fails a requirement, takes away what it is worth, one "
        f"that is advanced or discounted adds to it; half is gone after {means.half_life} months. "
        + (
            "Decisions read it."
            if "means" in facts.read
            else "No decision of this conduct reads it."
        )
    ]
    if fear.own or fear.seen:
        own.append(
            f"Fear: harm of one's own takes away {percent(fear.own)} of what is left to full fear, "
            f"a community of which all are seen harmed {percent(fear.seen)}, "
            f"{number(fear.unexplained)} times that where no reasons are given; "
            f"{percent(fear.fades)} fades each month. "
            + (
                f"It moves {coded(facts.feared)}."
                if facts.feared
                else "No action of this conduct has a weight for it."
            )
        )
    yield (
        Text(
            "Citizens do not change how they decide. What changes by experience is a state of "
            "theirs:"
        ),
        Items(tuple(own)),
    )
    belief = facts.conduct.belief
    if not facts.believed:
        yield (Text(f"{OFF}no secret rule moves anybody in this world, so none is learned."),)
        return
    yield (
        Text(
            "A community learns what secret rules pay. Belief in each begins at "
            f"{percent(belief.at_first)}. In a month in which the rule fires on sixteen or more of "
            f"the community's citizens, {percent(belief.learns)} of the doubt goes, and with fewer "
            f"in proportion; {percent(belief.forgets)} of belief is forgotten each month. The "
            f"rules: {coded(facts.believed)}."
        ),
    )


def _movers(facts: Facts) -> Iterator[str]:
    if facts.tasted:
        yield "Taste: traits and state make an action or a want likelier or rarer."
    else:
        yield "Taste: none. Nobody's traits or state change a rate."
    if facts.pulled:
        yield (
            "Pull: a better score is worth what its consequences are worth over "
            f"{facts.conduct.pull.months} months ahead, most of all near a threshold."
        )
    else:
        yield "Pull: none. What a score is worth moves nobody."
    if facts.believed:
        yield "Belief: a secret rule counts as far as it is believed, from cases in the community."
    if facts.normed:
        yield (
            "Norm: what is done more than usual in the "
            f"{facts.conduct.norm.of} is done more, and what is done less is done less."
        )
    else:
        yield "Norm: none. What others do moves nobody."
    if facts.feared:
        yield (
            "Fear: harm, one's own or seen, holds back some actions and brings on others, more so "
            "where it is unexplained."
        )
    else:
        yield "Fear: none. Harm frightens nobody from anything."
    if facts.voiced:
        yield (
            f"Private view and public voice are two things: {coded(facts.voiced)}. A citizen may "
            "hold a view and not say it."
        )


def _rationality(facts: Facts) -> str:
    if not facts.pulled:
        return (
            f"{OFF}citizens pursue no objective. They do things as often as who they are, and what "
            "befalls them, makes likely."
        )
    return (
        "Bounded. Citizens gain by what consequences bring and lose by what they take, valued in "
        "units of worth; a better score moves the odds of an action in proportion to that gain. "
        "Nobody maximises: the gain is one of the things added up, and the choice is a draw."
    )


def _decisions(facts: Facts) -> Iterator[tuple[str, ...]]:
    pulled = {rule.when or rule.missed for _, _, rule in facts.pulled}
    for name, action in facts.conduct.actions.items():
        norm = number(action.norm * facts.conduct.norm.weight) if name in facts.normed else "no"
        fear = number(action.fear) if name in facts.feared else "no"
        pull = "yes" if name in pulled else "no"
        yield (facts.doing(name), *_chance(action), pull, norm, fear)
    for name, occasion in facts.conduct.occasions.items():
        yield (f"wanting: {facts.doing(name)}", *_chance(occasion), "no", "no", "no")


def _chance(part: Action | Occasion) -> tuple[str, str, str]:
    dumped = part.model_dump(mode="json", by_alias=True)
    taste = "; ".join(f"{of}: {number(weight)}" for of, weight in part.taste.items())
    who = "everyone" if part.who.text == "yes" else f"`{_formula(part.who)}`"
    return who, str(dumped["rate"]), words.tidy(taste) or "none"


def _formula(formula: Expression | None) -> str:
    return words.tidy(formula.text) if formula is not None else ""


def _adaptation(facts: Facts) -> str:
    named = {
        "means": "means",
        "fear": "fear",
        "listed": "being on a register",
        "refused": "having been refused",
        "exposed": "having been exposed",
        "above_start": "how far the score that they are told lies above its start",
        "month": "the number of the month",
        **{name: f"the condition `{name}`" for name in facts.conduct.conditions},
    }
    moved = [said for name, said in named.items() if name in facts.read]
    moved += ["the score and its place near thresholds"] if facts.pulled else []
    moved += ["belief in secret rules"] if facts.believed else []
    moved += [f"what the {facts.conduct.norm.of} did last month"] if facts.normed else []
    moved += ["fear"] if facts.feared and "fear" not in facts.read else []
    if not moved:
        return f"{OFF}no decision of this conduct reads a state that changes."
    return f"Yes. The chances of decisions change with {words.listed(moved)}."


def _norms(facts: Facts) -> str:
    actions = facts.conduct.actions
    held = [f"`{name}` voices `{_formula(actions[name].voices)}`" for name in facts.voiced]
    views = (
        f" Views are given by formulas: {words.listed(held)}. Nobody persuades anybody."
        if held
        else ""
    )
    if not facts.normed:
        return f"{OFF}no norm moves this conduct's actions.{views}"
    return (
        f"A norm moves {coded(facts.normed)}: last month's share of the {facts.conduct.norm.of} "
        "that did the action, as far as it is more or less than usual. There are no norms beside "
        f"what is done, and nobody enforces one.{views}"
    )


def _time(facts: Facts) -> str:
    said = "Decisions are made anew each month, from the state as it stood when the month began."
    if facts.pulled:
        pull = facts.conduct.pull
        said += (
            f" They look {pull.months} months ahead, each month weighing {percent(pull.keeps)} of "
            "the one before."
        )
    return said
