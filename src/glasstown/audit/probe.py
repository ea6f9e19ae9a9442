"""A probe asks one question. What it asks, and what it cannot show, is part of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar, final

from glasstown.audit.finding import Finding, Verdict, Weight

Case = TypeVar("Case")


@final
@dataclass(frozen=True)
class Reference:
    """Where a question comes from: a rule of law, a paper, a guide."""

    title: str
    where: str = ""
    url: str = ""


@final
@dataclass(frozen=True)
class About:
    """What every probe says of itself; the docs and the report are made from it.

    name: in lower case with hyphens; title: the question in a few words; asks: the question;
    matters: why it matters; computed: how it is answered; cannot: what it cannot show; sources:
    the law or literature behind it.
    """

    name: str
    title: str
    asks: str
    matters: str
    computed: str
    cannot: str
    sources: tuple[Reference, ...] = field(default=())


class Probe(ABC, Generic[Case]):
    """One question that can be asked of a case: a scheme as written, or a run from inside."""

    about: ClassVar[About]

    @abstractmethod
    def findings(self, case: Case) -> Iterable[Finding]:
        """What is found, or cannot be told; nothing where there is nothing of the kind."""

    def looked(self, case: Case) -> str:
        """What was looked at, in a sentence, for where nothing was found."""
        return ""


@final
@dataclass(frozen=True)
class Answer:
    """What a probe answers for a case: its findings in order of weight."""

    about: About
    findings: tuple[Finding, ...]
    looked: str = ""

    @property
    def verdict(self) -> Verdict:
        """Found if anything was; else cannot tell if anything could not be told."""
        verdicts = {finding.verdict for finding in self.findings}
        for verdict in (Verdict.FOUND, Verdict.CANNOT_TELL):
            if verdict in verdicts:
                return verdict
        return Verdict.NOT_FOUND

    @property
    def weight(self) -> Weight | None:
        """The greatest weight among what was found."""
        found = {f.weight for f in self.findings if f.verdict is Verdict.FOUND}
        return next((weight for weight in Weight if weight in found), None)


def ask(probe: Probe[Case], case: Case) -> Answer:
    """Ask a probe of a case; what was found comes first, the weightiest before the rest."""
    verdicts, weights = list(Verdict), list(Weight)
    found = sorted(
        probe.findings(case),
        key=lambda finding: (verdicts.index(finding.verdict), weights.index(finding.weight)),
    )
    return Answer(probe.about, tuple(found), probe.looked(case))
