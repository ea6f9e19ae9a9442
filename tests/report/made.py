"""Small worlds of every shape that a report has to hold."""

from __future__ import annotations

from functools import cache
from typing import Any

from glasstown import Run
from glasstown.conduct.model import Conduct
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world import World, bind, load_world

HOSTILE = (
    '<script>alert(1)</script> "&amp;" \' </style></title> javascript:alert(2) \u202egnitirw\u202c '
    "{{ 7 * 7 }} {% raw %} \x07 ]]> <!-- <img src=https://evil.example/x.png onerror=alert(3)>"
)
SEEDS = 2
LONG = "a_name_that_is_as_long_as_a_name_may_ever_be_xyz"


def nation(citizens: int = 600, **traits: Any) -> Nation:
    own = {
        "student": {"share": "80%"},
        "party": {"share": "10%"},
        "sex": {"values": {"f": "50%", "m": "50%"}},
        "age_band": {"values": {"a18_21": "60%", "a22_25": "40%"}, "ordered": True},
        "nobody": {"share": "0%"},
    }
    return Nation.model_validate(
        {
            "nation": "made",
            "citizens": citizens,
            "communities": {"size": 60},
            "traits": own | traits,
        }
    )


def conduct(**more: Any) -> Conduct:
    return Conduct.model_validate(
        {
            "conduct": "made",
            "actions": {
                "publish_paper": {"rate": "5%"},
                "cheat_exam": {"rate": "4%"},
                "fall_behind": {"rate": "3%"},
                "pay_debt": {"rate": "20%", "who": "debt"},
                "speak_critically": {"rate": "5%", "fear": 3, "voices": "party"},
            },
            "occasions": {
                "buy_plane_ticket": {"rate": "30%", "worth": 5},
                "buy_course": {"rate": "10%"},
                "apply_for_job": {"rate": "10%", "worth": 10},
            },
            "conditions": {"debt": {"begins": "fall_behind", "ends": "pay_debt"}},
            "pull": {"weight": "0.05", "months": 12, "keeps": "90%", "spread": 15},
            "fear": {"own": "30%", "seen": "30%", "fades": "10%", "unexplained": 2},
            **more,
        }
    )


def scheme(name: str = "app", **more: Any) -> Scheme:
    return Scheme.model_validate(
        {
            "scheme": name,
            "score": {"range": [350, 800], "start": 600},
            "sensors": {
                "records": {"detects": "95%", "false_alarm": "1%", "mistaken": "5%"},
                "court": {"detects": "90%", "false_alarm": "0.5%"},
            },
            "rules": {
                "paper": {"when": "publish_paper", "seen_by": "records", "points": "+30"},
                "cheating": {"when": "cheat_exam", "seen_by": "records", "points": "-40"},
                "member": {"each": "month", "if": "party", "points": "+4"},
            },
            "tiers": {"poor": 350, "ordinary": 560, "excellent": 640},
            "registers": {
                "bad": {
                    "enter": "months(debt) >= 2",
                    "seen_by": "court",
                    "leave": "not debt",
                    "at_least": "1 month",
                }
            },
            "consequences": {
                "cheaper": {
                    "occasion": "buy_course",
                    "outcome": "discount 20%",
                    "for": "tier >= excellent",
                },
                "first": {
                    "occasion": "apply_for_job",
                    "outcome": "advance",
                    "for": "tier >= excellent",
                },
                "grounded": {"occasion": "buy_plane_ticket", "outcome": "refuse", "for": "on(bad)"},
                "deposit": {
                    "occasion": "buy_course",
                    "outcome": "require deposit",
                    "for": "tier == poor",
                    "needs_means": 2,
                },
                "named": {"outcome": "expose", "for": "on(bad)"},
            },
            "appeals": {
                "filed": "30%",
                "heard_after": "2 months",
                "upheld": {"wrong": "60%", "right": "5%"},
            },
            **more,
        }
    )


def court(name: str = "court") -> Scheme:
    """A scheme without a score."""
    whole = scheme(name).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    whole["consequences"] = {k: whole["consequences"][k] for k in ("grounded", "named")}
    for part in ("score", "tiers", "rules"):
        del whole[part]
    return Scheme.model_validate(whole)


def campus() -> World:
    """The default world of the demo, with fewer citizens."""
    return load_world("unictown-campus", citizens=4000, months=24)


def plain() -> World:
    return bind(
        "plain",
        [scheme()],
        nation(),
        conduct(),
        months=8,
        by=["sex", "party", "nobody", "sex*party"],
    )


def no_scheme() -> World:
    return bind("no-scheme", [], nation(), conduct(), months=6, by=["sex"])


def no_score() -> World:
    return bind("no-score", [court()], nation(), conduct(), months=6, by=["sex", "party"])


def no_groups() -> World:
    return bind("no-groups", [scheme()], nation(), conduct(), months=6)


def one_month() -> World:
    return bind("one-month", [scheme()], nation(), conduct(), months=1, by=["sex", "app.tier"])


def one_citizen() -> World:
    return bind("one-citizen", [scheme()], nation(), conduct(), months=3, citizens=1, by=["sex"])


def coupled() -> World:
    ranked = {
        "first": {"occasion": "apply_for_job", "outcome": "advance", "best": "10% of nation"},
    }
    norms = conduct(norm={"weight": 2, "of": "nation"}).model_dump(mode="json", by_alias=True)
    norms["actions"]["publish_paper"]["norm"] = 1
    return bind(
        "coupled",
        [scheme(consequences=ranked)],
        nation(),
        Conduct.model_validate(norms),
        months=6,
        by=["age_band"],
    )


def eight_schemes() -> World:
    several = [scheme(f"app-{n}") for n in range(7)] + [court()]
    return bind("eight", several, nation(), conduct(), months=4, by=["sex"])


def nothing() -> World:
    """A world in which nobody does or wants anything."""
    idle = Conduct.model_validate({"conduct": "idle"})
    return bind("nothing", [], nation(citizens=3), idle, months=2)


def hostile() -> World:
    """Texts that would do harm if they were not made safe, and names as long as may be."""
    bad = scheme(
        "s" * 64,
        title=HOSTILE,
        about=HOSTILE,
        sources={
            "harm": {
                "title": HOSTILE,
                "url": "javascript:alert(4)",
                "date": HOSTILE,
                "note": HOSTILE,
            },
            "link": {"title": "A page", "url": "https://example.org/" + "long/" * 60},
        },
        words={"buy_plane_ticket": HOSTILE, "speak_critically": HOSTILE, "party": HOSTILE},
        tiers={"poor": 350, "ordinary": 560, "excellent": 640, LONG: 700},
    )
    whole = bad.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    whole["rules"]["paper"] |= {"source": ["harm", "link"], "assumption": HOSTILE, "note": HOSTILE}
    whole["sensors"]["records"]["context"] = HOSTILE
    long_trait = {LONG: {"values": {LONG: "50%", "other": "50%"}}}
    return bind(
        "hostile",
        [Scheme.model_validate(whole)],
        nation(**long_trait),
        conduct(),
        months=5,
        by=[LONG, f"{LONG}*party", "s" * 64 + ".tier"],
        title=HOSTILE,
        about=HOSTILE,
    )


SHAPES = {
    made.__name__: made
    for made in (
        campus, plain, no_scheme, no_score, no_groups, one_month, one_citizen, coupled,
        eight_schemes, nothing, hostile,
    )
}  # fmt: skip


@cache
def run(shape: str) -> Run:
    done: Run = SHAPES[shape]().run()
    return done


@cache
def page(shape: str) -> str:
    from glasstown.report.lived import look
    from glasstown.report.page import page

    return page(run(shape), look(run(shape), seeds=SEEDS))
