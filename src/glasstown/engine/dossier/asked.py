"""A treatment of which it is asked what would have altered it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, final

from glasstown.engine.dossier.reader import Reader
from glasstown.engine.reference.events import Event, Exposed, Treated, Wanted
from glasstown.errors import GlasstownError, Place, Problem, shown
from glasstown.errors import nearest as nearest_name
from glasstown.scheme.model import Consequence
from glasstown.world.world import World

Befell: TypeAlias = Literal["refused", "required", "not put ahead", "no discount", "exposed"]

_BEFELL: dict[str, Befell] = {
    "refuse": "refused",
    "require": "required",
    "advance": "not put ahead",
    "discount": "no discount",
    "expose": "exposed",
}


@final
@dataclass(frozen=True)
class Treatment:
    """What one consequence did to a citizen in a month, or withheld.

    consequence: of which scheme, and its name; occasion: what was wanted, "" for exposure without
    one; says: it in words.
    """

    month: int
    consequence: tuple[str, str]
    befell: Befell
    occasion: str
    says: str

    def is_altered(self, events: Sequence[Event]) -> bool:
        """Whether in these events of the month the citizen still wants it, and is treated better.

        A refusal or a requirement has to be gone whoever made it; and one that is asked for
        something and would then be refused is not treated better.
        """
        if self.occasion and not any(
            isinstance(event, Wanted) and event.occasion == self.occasion for event in events
        ):
            return False
        if self.befell == "exposed":
            return not any(
                isinstance(event, Exposed) and (event.scheme, event.consequence) == self.consequence
                for event in events
            )
        (treated,) = (
            event
            for event in events
            if isinstance(event, Treated) and event.occasion == self.occasion
        )
        if self.befell == "refused":
            return not treated.refused
        if self.befell == "required":
            return not (treated.required or treated.refused)
        return self.consequence in treated.by

    def to_dict(self) -> dict[str, Any]:
        """The treatment as JSON-ready data."""
        return {
            "month": self.month,
            "scheme": self.consequence[0],
            "consequence": self.consequence[1],
            "occasion": self.occasion or None,
            "befell": self.befell,
            "says": self.says,
        }


def treatments(
    world: World, months: Sequence[Sequence[Event]], reader: Reader
) -> Iterator[Treatment]:
    """Every refusal, requirement and exposure of a life, and everything wanted and withheld."""
    for month, events in enumerate(months):
        wanted = {event.occasion for event in events if isinstance(event, Wanted)}
        for scheme in world.schemes:
            for name, consequence in scheme.consequences.items():
                key, occasion = (scheme.scheme, name), consequence.occasion or ""
                if occasion and occasion not in wanted:
                    continue
                kind = consequence.outcome.kind
                asked = Treatment(
                    month, key, _BEFELL[kind], occasion, _says(consequence, reader, key)
                )
                befell = any(
                    (isinstance(event, Treated) and key in event.by and event.occasion == occasion)
                    or (isinstance(event, Exposed) and (event.scheme, event.consequence) == key)
                    for event in events
                )
                if befell is (kind in ("refuse", "require", "expose")):
                    yield asked


def asked_of(
    world: World, found: Sequence[Treatment], citizen: int, month: int, consequence: str
) -> Treatment:
    """The treatment of a month that is meant by a consequence's name, or `SCHEME.NAME`.

    Raises:
        GlasstownError: there is no such consequence, several are meant, or it did nothing to the
            citizen in that month, and withheld nothing.
    """
    every = {
        f"{scheme.scheme}.{name}": (scheme.scheme, name)
        for scheme in world.schemes
        for name in scheme.consequences
    }
    meant = [key for full, key in every.items() if consequence in (full, key[1])]
    if len(meant) != 1:
        names = [name for name, key in every.items() if key in meant] if meant else list(every)
        what = "is of several schemes" if meant else "is no consequence of this world"
        raise _mistake(
            f"{shown(consequence)} {what}",
            f"name one of {', '.join(names)}" if names else "its schemes have none",
            nearest_name(consequence, [*every, *(key[1] for key in every.values())]),
        )
    own = [each for each in found if each.consequence == meant[0]]
    for each in own:
        if each.month == month:
            return each
    months = ", ".join(str(each.month) for each in own)
    raise _mistake(
        f"{'.'.join(meant[0])} did nothing to citizen {citizen:,} in month {month} that another "
        "record could have spared or brought",
        f"ask of one of the months {months}" if months else "it did not in any month",
    )


def _says(consequence: Consequence, reader: Reader, key: tuple[str, str]) -> str:
    doing = reader.words.doing(consequence.occasion) if consequence.occasion else ""
    match consequence.outcome.kind:
        case "refuse":
            said = f"refused when {doing}"
        case "require":
            said = f"asked for {consequence.outcome.what or 'something'} when {doing}"
        case "advance":
            said = f"not put ahead when {doing}"
        case "discount":
            said = f"given no discount when {doing}"
        case _:
            said = "named in public"
    return f"{said} ({'.'.join(key)})"


def _mistake(what: str, remedy: str, close: str = "") -> GlasstownError:
    return GlasstownError(Problem(Place(""), what, remedy=remedy, nearest=close))
