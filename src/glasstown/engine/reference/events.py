"""What happened to a watched citizen, as the phases tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a citizen in a month."""

    month: int
    citizen: int


@dataclass(frozen=True, slots=True)
class Born(Event):
    """A citizen's start in a scheme: the score, before and after the at_start rules, in steps."""

    scheme: str
    score: int
    tier: str
    rules: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Wanted(Event):
    """An occasion arose."""

    occasion: str


class Utility(NamedTuple):
    """The parts of a utility, in log-odds of 2**-10."""

    base: int
    taste: int
    norm: int
    pull: int
    fear: int

    @property
    def free(self) -> int:
        """What would move the citizen without the schemes."""
        return self.base + self.taste + self.norm

    @property
    def scheme(self) -> int:
        """What the schemes add."""
        return self.pull + self.fear


@dataclass(frozen=True, slots=True)
class Chose(Event):
    """An action that a citizen could take: whether it was done, and with what chance, of 2**30.

    `utility` is absent where the chance is the action's bare rate. `held` and `would` are of
    actions with voices: the private view, and whether it would have been done without the scheme.
    """

    action: str
    done: bool
    chance: int
    utility: Utility | None
    held: bool | None
    would: bool | None


@dataclass(frozen=True, slots=True)
class Became(Event):
    """A condition began or ended."""

    condition: str
    began: bool


Verdict: TypeAlias = Literal[
    "hit", "miss", "unwatched", "uncovered", "false alarm", "stray", "mistaken"
]
"""What a sensor made of a citizen's month.

`stray`: it saw the deed and wrote it to another's name. `mistaken`: it wrote another's deed to
this citizen's name.
"""


@dataclass(frozen=True, slots=True)
class Sensed(Event):
    """What a sensor saw, wrongly saw or missed: an action, or the grounds for a register.

    `other` is the citizen to whom a stray record went, or from whom it came; `arrives` the month
    in which the record takes effect.
    """

    scheme: str
    sensor: str
    of: str
    grounds: bool
    verdict: Verdict
    other: int | None
    arrives: int


@dataclass(frozen=True, slots=True)
class RuleFired(Event):
    """A rule fired; `full` is what its points would be without a cap. `wrong`: the record was."""

    scheme: str
    rule: str
    points: int
    full: int
    wrong: bool
    sent_to: str | None


@dataclass(frozen=True, slots=True)
class Scored(Event):
    """A month's score: `after = before + points + cut_off + faded`, in steps.

    `cut_off` is what the ends of the range took from the points.
    """

    scheme: str
    before: int
    points: int
    cut_off: int
    faded: int
    after: int


@dataclass(frozen=True, slots=True)
class Placed(Event):
    """The standing changed; `held_down` names the rules that hold it below the score's tier."""

    scheme: str
    before: str
    after: str
    held_down: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entered(Event):
    """An entry on a register."""

    scheme: str
    register: str
    wrong: bool
    least: int


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """A stay on a register whose least term was lengthened to `least` months."""

    scheme: str
    register: str
    least: int


Exit: TypeAlias = Literal["leave", "at_most", "appeal"]
"""Why a citizen left a register: the conditions were met, the longest term was over, an appeal."""


@dataclass(frozen=True, slots=True)
class Left(Event):
    """An exit from a register, after `months` on it."""

    scheme: str
    register: str
    why: Exit
    months: int


@dataclass(frozen=True, slots=True)
class Filed(Event):
    """An appeal was filed, to be heard in month `hearing`."""

    scheme: str
    deduction: int
    entries: tuple[str, ...]
    wrong: bool
    hearing: int


@dataclass(frozen=True, slots=True)
class Heard(Event):
    """An appeal was heard; `restored` is by how many steps it raised the score."""

    scheme: str
    upheld: bool
    deduction: int
    restored: int
    entries: tuple[str, ...]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Treated(Event):
    """What became of a wanted occasion; `by` names the consequences that had a part in it.

    `gain` is what it did to the citizen's means, in sixteenths of a unit of worth.
    """

    occasion: str
    refused: bool
    refused_wrongly: bool
    required: bool
    unmet: bool
    advanced: bool
    discount: bool
    gain: int
    by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exposed(Event):
    """The scheme published the citizen's name."""

    scheme: str
    consequence: str


@dataclass(frozen=True, slots=True)
class Learned(Event):
    """How the month left its citizen: means and fear, in their units; who did harm."""

    means_before: int
    means: int
    fear_before: int
    fear: int
    harmed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Believed(Event):
    """The community's belief in an undisclosed rule changed, in 4096ths."""

    scheme: str
    rule: str
    before: int
    after: int
