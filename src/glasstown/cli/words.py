"""What can be chosen on the command line, known without loading anything."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of file."""

    SCHEME = "scheme"
    NATION = "nation"
    CONDUCT = "conduct"
    WORLD = "world"
    YARDSTICK = "yardstick"


class Kinds(StrEnum):
    """A part of the library."""

    SCHEMES = "schemes"
    NATIONS = "nations"
    CONDUCTS = "conducts"
    WORLDS = "worlds"
    YARDSTICKS = "yardsticks"


class Reader(StrEnum):
    """For whom a dossier is."""

    AUDITOR = "auditor"
    CITIZEN = "citizen"


class AuditFormat(StrEnum):
    """How an audit is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MD = "md"
    HTML = "html"


class CompareFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class PageFormat(StrEnum):
    """How a description is written."""

    MD = "md"
    HTML = "html"


class Snapshots(StrEnum):
    """How often the state of a coupled world is kept."""

    AUTO = "auto"
    EACH_MONTH = "each-month"
    NONE = "none"
