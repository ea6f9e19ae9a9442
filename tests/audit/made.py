"""Audits made by hand, of every shape that a format has to hold."""

from __future__ import annotations

import math
from typing import Any

from glasstown.audit import (
    About,
    Answer,
    Audit,
    Figure,
    Finding,
    Reference,
    Step,
    Verdict,
    Way,
    Weight,
)
from glasstown.errors import Place

HOSTILE = '<script>alert(1)</script> "q" | [x](javascript:1) \u202egnitirw {{ 7 * 7 }} ]]> & *b*'


def about(name: str, **more: Any) -> About:
    source = Reference("A law", "Article 1", "https://example.org/law_(1)")
    texts = {
        "title": f"Title of {name}",
        "asks": f"Is there {name}?",
        "matters": "It matters.",
        "computed": "By counting.",
        "cannot": f"The limits of {name}.",
    }
    return About(name=name, sources=(source,), **texts | more)


GRAVE = Finding(
    "A grave thing.",
    weight=Weight.GRAVE,
    steps=(
        Step("rules.a", "The rule a.", Place("s.yaml", 7, 3)),
        Step("score", "The score.", Place("s.yaml", 2, 1)),
    ),
    figures=(
        Figure("share", 0.12345, "", 0.1, 0.2, "8 seeds"),
        Figure("stay", math.inf, "months"),
        Figure("ratio", math.nan),
        Figure("citizens", 12345, "citizens"),
    ),
    remedy="take out `rules.a`",
    lives=(3, 14),
    open="whether it is used",
)
NOTABLE = Finding("A notable thing.", weight=Weight.NOTABLE, remedy="leave it")
UNTOLD = Finding("Who knows.", Verdict.CANNOT_TELL, Weight.GRAVE, remedy="never shown")
FIRST = Audit(
    "one",
    "ordinary",
    (
        Answer(about("small"), (NOTABLE,)),
        Answer(about("quiet"), (), "3 rules"),
        Answer(about("large"), (GRAVE, UNTOLD)),
    ),
)
SECOND = Audit(
    "world",
    "ordinary",
    (Answer(about("lived"), (Finding("A serious thing.", figures=(Figure("n", 2),)),)),),
    Way.INSIDE,
    "all 100 invented citizens",
)
BOTH = Audit(
    "world",
    "ordinary",
    (*FIRST.answers, *SECOND.answers),
    Way.INSIDE,
    "the run with digest abc",
    parts=(FIRST, SECOND),
)
HARM = Audit(
    HOSTILE,
    "ordinary",
    (
        Answer(
            about("harm", title=HOSTILE, cannot=HOSTILE),
            (
                Finding(
                    HOSTILE,
                    steps=(Step("rules.x", HOSTILE, Place("a b#%.yaml", 1, 1)),),
                    figures=(Figure(HOSTILE, 1, HOSTILE, 0, 2, HOSTILE),),
                    remedy=HOSTILE + "`",
                    open=HOSTILE,
                ),
            ),
        ),
        Answer(about("silent"), (), HOSTILE),
    ),
)
EMPTY = Audit("none", "ordinary", ())
EVERY = {"one": FIRST, "both": BOTH, "hostile": HARM, "empty": EMPTY}
