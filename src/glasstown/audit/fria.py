"""A draft of an assessment of the impact on fundamental rights, from a scheme and its audit."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.audit.audit import Audit
from glasstown.audit.finding import Finding, Verdict
from glasstown.audit.written.automated_decision import SAFEGUARDS
from glasstown.audit.written.impact_assessment import CONTENTS, ImpactAssessment
from glasstown.scheme import sentence
from glasstown.scheme.model import Assessment, Scheme
from glasstown.scheme.reads import actions_read, conditions_read, free_names
from glasstown.scheme.words import Words, capital, listed, months, plain

GAP = "**To be filled in**"
"""What stands where neither the scheme nor the audit has an answer."""


def fria(audit: Audit, scheme: Scheme) -> str:
    """The six contents of Article 27(1) of the EU AI Act in Markdown, each line with its origin.

    audit: of the same scheme. What the scheme's own assessment says comes first in each content;
    what neither says is marked as to be filled in.

    Raises:
        ValueError: the audit is of another scheme.
    """
    if audit.subject != scheme.scheme:
        raise ValueError(f"the audit is of {audit.subject}, and the scheme is {scheme.scheme}")
    own = scheme.oversight.assessment or Assessment()
    drafts = {
        "process": list(_process(scheme)),
        "period": list(_period(scheme)),
        "persons": list(_persons(scheme)),
        "risks": list(_risks(audit)),
        "oversight": list(_oversight(scheme)),
        "measures": list(_measures(scheme)),
    }
    blocks = [
        f"# Assessment of the impact on fundamental rights: {scheme.title or plain(scheme.scheme)}",
        f"A draft by the contents of Article 27(1) of the EU AI Act, made from the scheme "
        f"`{scheme.scheme}` and its audit by the yardstick `{audit.yardstick}`. Each line says "
        "where it comes from. It is to be read, corrected and answered for by whoever puts the "
        "scheme over people. None of it is legal advice.",
    ]
    for field, title in CONTENTS.items():
        said = getattr(own, field).strip()
        lines = [_line(said, f"oversight.assessment.{field}")] if said else []
        lines += drafts[field]
        mark, _, rest = title.partition(" ")
        blocks += [f"## {mark} {rest[:1].upper()}{rest[1:]}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def _line(says: str, *origins: str) -> str:
    return f"- {capital(' '.join(says.split()))} ({', '.join(f'`{path}`' for path in origins)})"


def _gap(what: str) -> str:
    return f"- {GAP}: {what}."


def _process(scheme: Scheme) -> Iterator[str]:
    purpose = scheme.oversight.purpose
    yield (
        _line(f"The purpose: {purpose}", "oversight.purpose")
        if purpose
        else _gap("the purpose of the scheme, and the process in which it is used")
    )
    for name in scheme.consequences:
        yield _line(sentence(scheme, "consequences", name), f"consequences.{name}")


def _period(scheme: Scheme) -> Iterator[str]:
    if scheme.score is not None and scheme.rules:
        yield _line(
            "The score is worked out anew each month. " + sentence(scheme, "score"), "score"
        )
    for name, rule in scheme.rules.items():
        if rule.at_start:
            yield _line(f"The rule {plain(name)} speaks once, at the start", f"rules.{name}")
        elif rule.each is not None and rule.each > 1:
            yield _line(f"The rule {plain(name)} speaks every {months(rule.each)}", f"rules.{name}")
    for name in scheme.registers:
        yield _line(sentence(scheme, "registers", name), f"registers.{name}")
    yield _gap("from when to when the scheme is meant to be used")


def _persons(scheme: Scheme) -> Iterator[str]:
    words = Words(scheme.words)
    for name, paths in actions_read(scheme).items():
        yield _line(f"Those who are recorded as {words.doing(name)}", *_paths(paths[:1]))
    for name, paths in {**free_names(scheme), **conditions_read(scheme)}.items():
        yield _line(f"Those told apart by {plain(name)}", *_paths(paths[:1]))
    for name in scheme.sensors:
        yield _line(sentence(scheme, "sensors", name), f"sensors.{name}")
    yield _gap("which groups among them are likely to be affected; a run of the scheme shows some")


def _risks(audit: Audit) -> Iterator[str]:
    for answer in audit.answers:
        if answer.about.name == ImpactAssessment.about.name:
            continue  # that the assessment is missing is no risk, and this is one
        for finding in answer.findings:
            origins = (answer.about.name, *_ends(finding))
            if finding.verdict is Verdict.FOUND:
                yield _line(finding.says, *origins)
            elif finding.verdict is Verdict.CANNOT_TELL:
                said = finding.says.rstrip(".")
                yield f"- {GAP}: {said} ({', '.join(f'`{path}`' for path in origins)})."
    yield _gap("risks that do not follow from the scheme's text, and how likely each is")


def _ends(finding: Finding) -> list[str]:
    """Where a finding ends: in consequences, or else where its way begins."""
    paths = list(dict.fromkeys(step.path for step in finding.steps))
    ends = [path for path in paths if path.startswith("consequences.") and path.count(".") == 1]
    return ends or paths[:1]


def _oversight(scheme: Scheme) -> Iterator[str]:
    oversight = scheme.oversight
    if oversight.authority:
        yield _line(f"The authority is {oversight.authority}", "oversight.authority")
    else:
        yield _gap("who answers for the scheme, and whether that is a public authority")
    if oversight.decides:
        yield _line(f"A {oversight.decides} has the last word", "oversight.decides")
    else:
        yield _gap("whether a person or a machine has the last word")
    if oversight.legal_basis:
        law = f": {oversight.law}" if oversight.law else ""
        yield _line(f"The legal basis is {oversight.legal_basis}{law}", "oversight.legal_basis")
    else:
        yield _gap("the legal basis")


def _measures(scheme: Scheme) -> Iterator[str]:
    appeals = sentence(scheme, "appeals")
    if scheme.appeals is not None and appeals:
        yield _line(appeals, "appeals")
    else:
        yield _gap("how a citizen can complain; the scheme has no appeal")
    told = sentence(scheme, "discloses")
    if told:
        yield _line(told, "discloses")
    if scheme.oversight.safeguards:
        asked = listed(SAFEGUARDS[name] for name in scheme.oversight.safeguards)
        yield _line(f"Citizens can ask for {asked}", "oversight.safeguards")
    else:
        yield _gap("what citizens can ask for when a decision goes against them")
    yield _gap("what is done inside the organisation when a risk comes true")


def _paths(paths: list[tuple[str | int, ...]]) -> list[str]:
    return [".".join(str(part) for part in path) for path in paths]
