"""Sensors, registers and consequences in sentences."""

from __future__ import annotations

from fractions import Fraction

from glasstown.expr import Yes
from glasstown.scheme.model import RateByGroup, Scheme
from glasstown.scheme.reads import records_read
from glasstown.scheme.words import Words, capital, listed, months, number, percent, plain


def sensor_sentence(scheme: Scheme, name: str, words: Words) -> str:
    """Say what a sensor sees, misses and imagines."""
    sensor = scheme.sensors[name]
    several = name.endswith("s") and not name.endswith("ss")
    it, s = ("they", "") if several else ("it", "s")
    of = f" ({sensor.context})" if sensor.context else ""
    sentences = [f"The {plain(name)}{of} {_sees(scheme, name, s)}"]
    if sensor.watches.expr != Yes(True):
        watch = "watch" if several else "watches"
        sentences.append(f"{it} {watch} a citizen only if {words.holds(sensor.watches.expr)}")
    if sensor.covers != 1:
        bodies = "communities" if sensor.covers_by == "community" else "citizens"
        cover = f"{it} cover{s} {percent(sensor.covers)} of {bodies}"
        sentences.append(cover)
    if sensor.delay:
        sentences.append(f"What {it} record{s} arrives {months(sensor.delay)} later")
    if sensor.mistaken:
        sentences.append(
            f"Of what {it} see{s}, {percent(sensor.mistaken)} goes down under the name of somebody "
            "else in the community"
        )
    return " ".join(capital(sentence) for sentence in sentences)


def _sees(scheme: Scheme, name: str, s: str) -> str:
    sensor = scheme.sensors[name]
    acts = any(reader == name for reader, _ in records_read(scheme))
    if not acts and any(register.seen_by == name for register in scheme.registers.values()):
        finds = f"each month find{s} {_rate(sensor.detects, 'of the cases looked for')}"
        others = "of the others"
    else:
        finds = f"see{s} {_rate(sensor.detects, 'of what is done')}"
        others = "of those who did nothing"
    if sensor.false_alarm == 0:
        return f"{finds} and imagine{s} nothing"
    alarms = _rate(sensor.false_alarm, others)
    month = ", and each month" if others != "of the others" else ", and"
    return f"{finds}{month} wrongly report{s} {alarms}"


def _rate(rate: Fraction | RateByGroup, of: str) -> str:
    if isinstance(rate, RateByGroup):
        trait = plain(rate.by)
        groups = [f"{percent(own)} where {trait} is {value}" for value, own in rate.rates.items()]
        return f"{percent(rate.otherwise)} {of} ({listed(groups)})"
    everything = "everything that is done" if of == "of what is done" else f"all {of}"
    return everything if rate == 1 else f"{percent(rate)} {of}"


def register_sentence(scheme: Scheme, name: str, words: Words) -> str:
    """Say who gets on a register, and who gets off."""
    register = scheme.registers[name]
    enters = words.holds(register.enter.expr)
    found = f", as far as the {plain(register.seen_by)} finds out" if register.seen_by else ""
    sentences = [f"A citizen is put on the register {plain(name)} when {enters}{found}"]
    ways = []
    leave = register.leave.expr
    if leave == Yes(True):
        ways.append(f"after {months(max(register.at_least, 1))}")
    elif leave != Yes(False):
        soon = months(register.at_least)
        least = f", after {soon} at the earliest" if register.at_least > 1 else ""
        ways.append(f"when {words.holds(leave)}{least}")
    if register.at_most is not None:
        ways.append(f"after {months(register.at_most)}{' in any case' if ways else ''}")
    off = f"The citizen comes off it {', and '.join(ways)}" if ways else "Nobody ever comes off it"
    sentences.append(off)
    if register.extend is not None:
        most = register.extend.at_most
        limit = f", up to {months(most)}" if most is not None else ""
        by = months(register.extend.by)
        condition = words.holds(register.extend.only_if.expr)
        sentences.append(f"The least stay grows by {by} for each month in which {condition}{limit}")
    if register.disclosed is not None:
        told = "are told" if register.disclosed else "are not told"
        sentences.append(f"Citizens {told} that they are on it")
    return " ".join(capital(sentence) for sentence in sentences)


def consequence_sentence(scheme: Scheme, name: str, words: Words) -> str:
    """Say what happens to whom, on which occasion."""
    consequence = scheme.consequences[name]
    outcome = consequence.outcome
    doing = words.doing(consequence.occasion) if consequence.occasion else ""
    on = f"on {doing}, " if doing else ""
    match outcome.kind:
        case "refuse":
            what = f"{doing} is refused"
        case "discount":
            what = f"{doing} costs {percent(outcome.percent or Fraction(0))} less"
        case "advance":
            what = f"{on}the citizen is put ahead of the others"
        case "expose":
            what = f"{on}the citizen is named in public"
        case "require":
            needs = consequence.needs_means
            means = f", for which means of at least {number(needs)} are needed" if needs else ""
            what = f"{doing} takes {_article(plain(outcome.what or ''))}{means}"
    conditions = []
    if consequence.best is not None:
        share, of = percent(consequence.best.share), consequence.best.of
        whole = "the nation" if of == "nation" else "the citizen's community"
        conditions.append(f"the score is among the best {share} of {whole}")
    if consequence.applies_to.expr != Yes(True):
        conditions.append(words.holds(consequence.applies_to.expr))
    means_comma = "," if outcome.kind == "require" and consequence.needs_means else ""
    return capital(f"{what}{means_comma} if {listed(conditions)}" if conditions else what)


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
