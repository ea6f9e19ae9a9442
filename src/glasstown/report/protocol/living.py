"""Elements II.iv to II.x of a description: sensing, interaction, luck, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.files import Span
from glasstown.luck import DRAW_BITS
from glasstown.report import words
from glasstown.report.protocol.deciding import OFF
from glasstown.report.protocol.facts import Facts, coded
from glasstown.report.protocol.model import Block, Grid, Items, Text
from glasstown.scheme import records_read, sentence
from glasstown.scheme.model import RateByGroup, Scheme, SensorRate
from glasstown.scheme.words import number, percent


def sensing(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.iv."""
    world = facts.world
    yield (
        Text(
            "Two are said to sense here: the citizen, and the authority whose sensors watch "
            "citizens."
        ),
        Text(
            "Citizens know their own traits and state without error, and of a scheme what it "
            "discloses. Pull takes a citizen's own score as it is, told or not."
        ),
        *(
            Text(f"`{scheme.scheme}`: {words.tidy(sentence(scheme, 'discloses'))}")
            for scheme in world.schemes
            if sentence(scheme, "discloses")
        ),
        *_sensors(world.schemes),
    )
    others = []
    if facts.normed:
        share = (
            f"last month's share of the {facts.conduct.norm.of} that did an action, without error"
        )
        others.append(share)
    if facts.conduct.fear.seen:
        others.append("the share of the community that was harmed this month, without error")
    if facts.believed:
        others.append("on how many of the community a secret rule fired this month, without error")
    yield (
        Text(
            f"Of others, citizens sense {words.listed(others)}."
            if others
            else f"{OFF}citizens of this world sense nothing of others."
        ),
    )
    yield (
        Text(
            "The community"
            + (", and by the national signals the nation." if world.coupled else ".")
            + " A sensor reaches whom it watches and covers, wherever they live."
        ),
    )
    yield (
        Text(
            "What citizens sense is taken as known, with no mechanism. What the authority senses "
            "is modelled: for each sensor, each action read through it and each citizen watched "
            "and covered, a draw decides whether there is a record, at the chance of detection if "
            "the citizen did it, and of a false alarm if not. A sensor is error rates, and never a "
            "recogniser."
        ),
    )
    yield (Text(f"{OFF}nothing that citizens or schemes sense has a cost."),)


def predicting(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.v."""
    if not facts.pulled:
        yield from [(Text(f"{OFF}citizens of this world predict nothing."),)] * 3
        return
    pull = facts.conduct.pull
    yield (
        Text(
            "The score, the rules as far as they are told or believed, the detection rates of "
            "their sensors, and the consequences that a score or a tier opens."
        ),
    )
    yield (
        Text(
            "Citizens value a score by what it will bring. They take it to fade as it does, to "
            f"move by {number(pull.spread)} points up or down with a chance of a quarter each, and "
            f"wants to come at the rates of the conduct; they look {pull.months} months ahead. "
            "The value of each score is worked out beforehand and is the same for everybody."
            + (
                f" Where a consequence goes to the best ({coded(facts.quotas)}), they take the "
                "rank cut to stay where it is."
                if facts.quotas
                else ""
            )
        ),
    )
    yield (
        Text(
            "Yes: citizens overlook false alarms, records gone astray, delays, appeals, registers "
            "and what others will do; of detection rates that differ by group they take the one "
            "for everybody else; and secret rules they believe in part."
        ),
    )


def interaction(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.vi."""
    ways = list(_ways(facts))
    yield (
        (Text("Indirect, through the community:"), Items(tuple(ways)))
        if ways
        else (Text(f"{OFF}no citizen of this world is moved by another."),)
    )
    yield (
        Text(
            "On living in one community, which is drawn at birth by the citizen's number and never "
            "changes. Within a community everybody counts alike."
            + (
                " A record that goes astray goes to any of the others, drawn evenly."
                if facts.strays
                else ""
            )
        ),
    )
    yield (
        Text(
            f"Speaking is an action: {coded(facts.voiced)}. It reaches others only by its share in "
            "the community, where a norm or a scheme reads it."
            if facts.voiced
            else f"{OFF}nobody says anything to anybody."
        ),
    )
    yield (Text(f"{OFF}nobody coordinates anything, and there is no network within a community."),)


def collectives(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.vii."""
    nation = facts.world.nation
    kinds = coded(list(nation.communities.kinds))
    yield (
        Text(
            "Every citizen belongs to one community, imposed and for good."
            + (f" Its kinds: {kinds}." if kinds else "")
            + (
                " It acts on its citizens by shares, means and cases."
                if list(_ways(facts))
                else " It acts on nobody in this world."
            )
        ),
    )
    yield (
        Text(
            "As entities with state of their own (I.ii.b), renewed each month from their citizens. "
            "Groups that the ledger counts by are no collectives: they act on nobody."
        ),
    )


def heterogeneity(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.viii."""
    traits = coded([table.name for table in facts.world.trait_tables])
    yield (
        Text(
            f"Citizens differ in traits ({traits or 'none are declared'}), and through them and "
            "luck in every other state variable."
        ),
    )
    yield (
        Text(
            "All decide in the same way, with the same weights. "
            + (
                "What differs is who may do or want a thing, and how taste, which reads traits and "
                "state, moves the chance."
                if facts.tasted
                else "What differs is who may do or want a thing."
            )
        ),
    )


def stochasticity(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.ix."""
    schemes = facts.world.schemes
    sensors = [sensor for scheme in schemes for sensor in scheme.sensors.values()]
    covers = ", and whom sensors cover" if any(sensor.covers != 1 for sensor in sensors) else ""
    drawn = [f"at birth: the traits of communities and citizens{covers}", "wants and actions"]
    if sensors:
        drawn.append("hits and false alarms of sensors")
    if facts.strays:
        drawn.append("whose record goes to whom")
    if any(_is_range(scheme) for scheme in schemes):
        drawn.append("points that a rule gives as a range, drawn evenly")
    if any(scheme.appeals is not None for scheme in schemes):
        drawn.append("filing an appeal, and whether it is upheld")
    yield (
        Text("Drawn by luck:"),
        Items(tuple(drawn)),
        Text(
            "Luck is a function, and not a stream: a draw is a whole number from 0 to "
            f"2^{DRAW_BITS} - 1 that Philox4x32-10, a counter-based generator, makes of the seed "
            f"({facts.world.seed} here), the purpose of the draw, the month and the citizen. So "
            "two worlds that differ in a rule share all other luck, and what differs between them "
            "is caused by the rule. Other seeds give other draws of the same model."
        ),
    )


def observation(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """II.x."""
    world = facts.world
    groups = "".join(f", by {words.grouping(by)}" for by in world.by)
    yield (
        Text(
            f"Each month, for everyone{groups}: "
            f"{len(world.measures)} measures, counted or added up over all citizens, without "
            "sampling. Nobody's life is kept; any citizen's can be lived again from the world."
        ),
        Text(f"The measures: {coded(list(world.measures))}."),
    )
    yield (
        Text(
            "Nothing of these is set: shares of actions, the spread of scores, who is on which "
            "tier or register and how long, who is refused and how often wrongly, gaps between "
            "groups, and who falls silent. They follow from citizens, sensors and rules, and are "
            "read off the ledger, group by group and month by month."
        ),
    )


def _sensors(schemes: tuple[Scheme, ...]) -> Iterator[Block]:
    rows = []
    for scheme in schemes:
        read = records_read(scheme)
        for name, sensor in scheme.sensors.items():
            actions = [action for by, action in read if by == name]
            lists = [n for n, register in scheme.registers.items() if register.seen_by == name]
            rows.append(
                (
                    f"`{scheme.scheme}.{name}`",
                    coded(actions + lists) or "nothing",
                    "everyone"
                    if sensor.watches.text == "yes"
                    else f"`{words.tidy(sensor.watches.text)}`",
                    percent(sensor.covers),
                    _rate(sensor.detects),
                    _rate(sensor.false_alarm),
                    percent(sensor.mistaken),
                    str(sensor.delay),
                )
            )
    heads = (
        "sensor", "of what", "watches", "covers", "detects", "false alarms a month",
        "goes to another", "months late",
    )  # fmt: skip
    if rows:
        yield Grid("Sensors and their errors", heads, tuple(rows))
    else:
        yield Text(f"{OFF}no scheme of this world has a sensor.")


def _rate(rate: SensorRate) -> str:
    if not isinstance(rate, RateByGroup):
        return percent(rate)
    groups = [f"{percent(own)} where `{rate.by}` is {value}" for value, own in rate.rates.items()]
    return f"{percent(rate.otherwise)}; {'; '.join(groups)}"


def _ways(facts: Facts) -> Iterator[str]:
    if facts.normed:
        yield f"Norm: what the {facts.conduct.norm.of} did last month moves what is done."
    if facts.conduct.fear.seen and (facts.feared or "fear" in facts.read):
        yield "Fear: harm to others of the community frightens."
    if facts.believed:
        yield "Belief: cases in the community teach what secret rules pay."
    if facts.strays:
        yield "Mistaken identity: a record of one citizen may go to another of the community."
    if facts.averaged:
        yield "Scores: a formula of a scheme reads the mean score of the citizen's community."
    if facts.quotas:
        best = coded(facts.quotas)
        yield f"Rank: places among the best are few, so who rises puts another out: {best}."


def _is_range(scheme: Scheme) -> bool:
    """Whether an official's choice is drawn: points from a range."""
    points = [rule.points for rule in scheme.rules.values()]
    return any(isinstance(its, Span) and its.low != its.high for its in points)
