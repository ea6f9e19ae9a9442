"""A scheme in plain sentences, for somebody who has never seen its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glasstown.scheme.model import Scheme, Score
from glasstown.scheme.prose_lists import consequence_sentence, register_sentence, sensor_sentence
from glasstown.scheme.prose_rules import rule_sentence
from glasstown.scheme.words import Words, capital, listed, months, number, percent, plain

SECTIONS = {
    "score": "The score",
    "sensors": "Who is watching",
    "rules": "What counts",
    "tiers": "Where a score leads",
    "registers": "Registers",
    "consequences": "What follows",
    "appeals": "Appeals",
    "discloses": "What citizens are told",
}
"""The sections of an explanation, in order, with their headings."""

_NAMED = {
    "sensors": sensor_sentence,
    "rules": rule_sentence,
    "registers": register_sentence,
    "consequences": consequence_sentence,
}


@dataclass(frozen=True)
class Section:
    """One part of an explanation: a heading, and sentences by the names of what they are about."""

    key: str
    heading: str
    sentences: dict[str, str]


def explain(scheme: Scheme) -> str:
    """Explain a scheme in plain sentences: what is watched, what counts, what follows."""
    about = " ".join(scheme.about.split())
    blocks = [scheme.title or plain(scheme.scheme)]
    if about:
        blocks.append(about)
    for section in sections(scheme):
        lines = [section.heading, *(f"  {said}" for said in section.sentences.values())]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def sections(scheme: Scheme) -> tuple[Section, ...]:
    """The sections of an explanation that the scheme has something for."""
    return tuple(_sections(scheme))


def sentence(scheme: Scheme, section: str, name: str = "") -> str:
    """Say one thing of a scheme in a sentence or a few.

    section: one of `SECTIONS`; name: of the sensor, rule, register or consequence. Raises KeyError
    for what is not there.
    """
    if section in _NAMED:
        return _NAMED[section](scheme, name, Words(scheme.words))
    return {
        "score": _score,
        "tiers": _tiers,
        "appeals": _appeals,
        "discloses": _discloses,
    }[section](scheme)


def _sections(scheme: Scheme) -> Iterator[Section]:
    for key, heading in SECTIONS.items():
        if key in _NAMED:
            said = {name: sentence(scheme, key, name) for name in getattr(scheme, key)}
        else:
            said = {"": sentence(scheme, key)}
        said = {name: text for name, text in said.items() if text}
        if said:
            yield Section(key, heading, said)


def _score(scheme: Scheme) -> str:
    score = scheme.score
    if score is None:
        return "Nobody has a score."
    low, high = (number(end) for end in score.range)
    steps = "in whole points" if score.kept_to == 1 else f"to {number(score.kept_to)} of a point"
    sentences = [f"Every citizen has a score from {low} to {high}, kept {steps}"]
    if score.link == "logistic":
        sentences.append(
            "Where somebody starts is worked out from what is known of them: the rules for the "
            "start add up to log-odds, which become a place between the lowest and the highest "
            "score"
        )
    else:
        sentences.append(f"It starts at {number(score.start)}")
    sentences += _fades(score)
    return " ".join(capital(said) for said in sentences)


def _fades(score: Score) -> list[str]:
    fade = score.fades
    if fade is None:
        return []
    toward = number(fade.toward)
    if fade.half_life is not None:
        gone = months(fade.half_life)
        return [f"Left alone it drifts toward {toward}: half of the way in {gone}"]
    if fade.rate is not None:
        return [f"Left alone it drifts toward {toward}: {percent(fade.rate)} of the way each month"]
    return []


def _tiers(scheme: Scheme) -> str:
    if not scheme.tiers:
        return ""
    low = scheme.score.range[0] if scheme.score is not None else None
    parts = []
    for number_of_tier, (name, floor) in enumerate(scheme.tiers.items()):
        lowest = number_of_tier == 0 and (low is None or floor <= low)
        where = "at the bottom" if lowest else f"from {number(floor)} points"
        parts.append(f"{plain(name)} {where}")
    one = len(parts) == 1
    said = f"There {'is one tier' if one else f'are {len(parts)} tiers'}: {listed(parts)}"
    if scheme.tier_margin:
        margin = number(scheme.tier_margin)
        said += f". A tier is lost only when the score falls more than {margin} below its beginning"
    return capital(said)


def _appeals(scheme: Scheme) -> str:
    appeals = scheme.appeals
    harms = {
        "lose points": ("the points are given back", bool(scheme.rules)),
        "are put on a register": ("the citizen comes off the register", bool(scheme.registers)),
    }
    who = [harm for harm, (_, has) in harms.items() if has]
    undone = [remedy for remedy, has in harms.values() if has]
    if not who:
        return ""
    if appeals is None:
        return "There is no appeal."
    filed, upheld = percent(appeals.filed), appeals.upheld
    return (
        f"Of those who {listed(who, 'or')}, {filed} appeal. "
        f"An appeal is heard {months(appeals.heard_after)} later: {percent(upheld.wrong)} of those "
        f"against a mistake are upheld, and {percent(upheld.right)} of the others. "
        f"Then {listed(undone)}."
    )


def _discloses(scheme: Scheme) -> str:
    discloses = scheme.discloses
    there = {
        "their score": (discloses.score, scheme.score is not None),
        "their tier": (discloses.tier, bool(scheme.tiers)),
        "what the rules are": (discloses.rules, bool(scheme.rules)),
        "which registers they are on": (discloses.registers, bool(scheme.registers)),
        "the reasons for what befalls them": (
            discloses.reasons,
            bool(scheme.rules or scheme.registers),
        ),
    }
    told = [what for what, (open_, has) in there.items() if has and open_]
    hidden = [what for what, (open_, has) in there.items() if has and not open_]
    sentences = []
    if told:
        sentences.append(f"Citizens are told {listed(told)}.")
    if hidden:
        whom = "They" if told else "Citizens"
        sentences.append(f"{whom} are not told {listed(hidden, 'or')}.")
    own = [rule.disclosed for rule in scheme.rules.values() if rule.disclosed is not None]
    if any(said != discloses.rules for said in own):
        sentences.append("Some rules are an exception, as said with them.")
    return " ".join(sentences)
