"""The report as one HTML page: everything in it, nothing fetched, no script."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from glasstown import __version__
from glasstown.report import origin, texts, words
from glasstown.report.again import again, asked_again
from glasstown.report.audit.html import coded
from glasstown.report.figures import figures
from glasstown.report.frame import environment, style
from glasstown.report.share import METHOD
from glasstown.report.view import shown_tables, view
from glasstown.scheme import sections
from glasstown.scheme.model import Scheme

if TYPE_CHECKING:
    from glasstown.engine.run import Run
    from glasstown.report.lived import Lived


def page(run: Run, lived: Lived | None = None) -> str:
    """The page of a run: the same text for the same run.

    lived: what was found by living its citizens again; without it the page leaves that out.
    """
    made = environment()
    made.filters["coded"] = coded
    return made.get_template("page.html").render(_context(run, lived))


def _context(run: Run, lived: Lived | None) -> dict[str, Any]:
    world = run.world
    again_lived = _lived(run, lived)
    shown = (*figures(run), *again_lived.pop("figures"))
    sources = origin.files(world)
    chapters = [
        (chapter, [(figure.name, view(figure)) for figure in several])
        for chapter, several in groupby(shown, key=lambda figure: figure.chapter)
    ]
    return again_lived | {
        "style": style(),
        "title": words.tidy(world.title or world.name),
        "standfirst": texts.standfirst(world),
        "about": words.tidy(world.about),
        "findings": [(figure.name, f) for figure in shown for f in figure.findings if f.main],
        "facts": texts.facts(run),
        "again": again(run),
        "digest": run.digest,
        "schemes": [_explained(scheme) for scheme in world.schemes],
        "chapters": chapters,
        "files": [(file, origin.said(file.counts())) for file in sources],
        "cited": origin.counted(sources),
        "cited_said": origin.said(origin.counted(sources)),
        "limits": texts.limits(world, lived is not None),
        "method": METHOD,
        "glossary": texts.GLOSSARY,
        "version": __version__,
    }


def _lived(run: Run, lived: Lived | None) -> dict[str, Any]:
    """What the page shows of lives lived again: all of it empty where none was."""
    if lived is None:
        return {"figures": (), "audit": None, "lives": (), "chosen": "", "smaller": "", "asked": ()}
    from glasstown.report import lives, spared
    from glasstown.report.audited import audited
    from glasstown.report.reading import Reading

    luck, reading = lived.luck, Reading(run)
    told = [] if luck is None else lives.lives(luck, reading)
    return {
        "figures": () if luck is None else tuple(spared.figures(luck, reading)),
        "audit": audited(lived.audit, lived.sampled(run)),
        "lives": [(life, shown_tables(life.tables)) for life in told],
        "chosen": lives.CHOICE,
        "smaller": "" if luck is None or luck.run is run else lives.SMALLER,
        "asked": asked_again(run, lived, [life.citizen for life in told]),
    }


def _explained(scheme: Scheme) -> dict[str, Any]:
    """A scheme in plain sentences, made safe to show."""
    return {
        "name": scheme.scheme,
        "title": words.tidy(scheme.title),
        "about": words.tidy(scheme.about),
        "sections": [
            (section.heading, [words.tidy(said) for said in section.sentences.values()])
            for section in sections(scheme)
        ],
    }
