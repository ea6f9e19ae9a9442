"""What can be chosen on the command line, known without loading anything."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of file."""

    SCHEME = "scheme"
    NATION = "nation"
    CONDUCT = "conduct"
    WORLD = "world"


class Kinds(StrEnum):
    """A part of the library."""

    SCHEMES = "schemes"
    NATIONS = "nations"
    CONDUCTS = "conducts"
    WORLDS = "worlds"


class Reader(StrEnum):
    """For whom a dossier is."""

    AUDITOR = "auditor"
    CITIZEN = "citizen"


class Form(StrEnum):
    """How a description is written."""

    MD = "md"
    HTML = "html"


class Snapshots(StrEnum):
    """How often the state of a coupled world is kept."""

    AUTO = "auto"
    EACH_MONTH = "each-month"
    NONE = "none"
