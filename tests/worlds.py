"""Worlds made up by Hypothesis: small, valid, and using every construct of the languages."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from glasstown.conduct.model import Conduct
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world import World, bind

YES_NO_TRAITS = ("student", "member")
CHOICES = {
    "grade": ("low", "middle", "high"),
    "kind": ("block", "village"),
    "region": ("east", "west"),
}
NUMBERS = ("zeal", "age")
ACTIONS = ("study", "publish", "cheat", "fall_behind", "pay", "speak")
OCCASIONS = ("flight", "course", "job")


def percents(low: int = 0, high: int = 100) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda n: f"{n}%")


def rates() -> st.SearchStrategy[str]:
    return st.sampled_from(["1%", "5%", "20%", "50%", "80%"])


@st.composite
def shares(draw: st.DrawFn, labels: tuple[str, ...]) -> dict[str, str]:
    parts = [draw(st.integers(0, 9)) for _ in labels]
    parts[0] += 1
    total = sum(parts)
    cents = [100 * p // total for p in parts]
    cents[0] += 100 - sum(cents)
    return {label: f"{cent}%" for label, cent in zip(labels, cents, strict=True)}


@st.composite
def nations(draw: st.DrawFn) -> Nation:
    traits: dict[str, Any] = {
        "student": {"share": draw(percents())},
        "member": {
            "given": ["student"],
            "table": {"yes": {"share": draw(percents())}, "no": {"share": draw(percents())}},
        },
        "grade": {"values": draw(shares(CHOICES["grade"])), "ordered": True},
        "zeal": {"normal": {"mean": 0, "sd": 25, "low": -75, "high": 75}, "scale": 25},
        "age": draw(
            st.sampled_from(
                [
                    {"range": {"low": 18, "high": 45}},
                    {"numbers": {18: "50%", 25: "25%", 40: "25%"}},
                ]
            )
        ),
        "crowded": {"share": draw(percents()), "of": "community"},
    }
    joints = {}
    if draw(st.booleans()):
        traits["member"] = {"share": draw(percents(1, 99))}
        joints = {
            "learning": {
                "traits": ["grade", "member"],
                "interactions": [{"if": "member and grade == high", "odds": 3}],
            }
        }
        traits["grade"] = {
            "values": {"low": "50%", "middle": "30%", "high": "20%"},
            "ordered": True,
        }
    place = {"block": {"share": "60%"}, "village": {"share": "40%"}}
    regions = {"east": {"share": "30%"}, "west": {"share": "70%"}}
    return Nation.model_validate(
        {
            "nation": "made-up",
            "citizens": draw(st.integers(1, 60)),
            "communities": {"size": draw(st.integers(1, 24)), "kinds": place},
            "regions": regions,
            "traits": traits,
            "joints": joints,
        }
    )


def conditions(own: tuple[str, ...], numbers: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Formulas that are conditions, of names that are in scope."""
    simple = st.one_of(
        st.sampled_from(["yes", "student", "not member", "crowded", *own]),
        st.sampled_from(["grade == high", "grade >= middle", "kind == block", "region != east"]),
        st.builds(
            lambda name, op, x: f"{name} {op} {x}",
            st.sampled_from([*NUMBERS, *numbers]),
            st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
            st.sampled_from(["0", "1", "20", "0.5", "-0.3", "3"]),
        ),
        st.sampled_from(
            ["between(age, 20, 30)", "0.5 * zeal + 0.1 > 0.2", "max(zeal, 0) < abs(zeal)"]
        ),
    )
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(lambda a, b: f"({a} and {b})", inner, inner),
            st.builds(lambda a, b: f"({a} or {b})", inner, inner),
            st.builds(lambda a: f"(not {a})", inner),
        ),
        max_leaves=3,
    )


def quantities(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Formulas that are quantities."""
    simple = st.sampled_from(["1", "0.25", "zeal", "age", "student", "(grade == high)", *names])
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(lambda a, b: f"({a} + {b})", inner, inner),
            st.builds(lambda a, b: f"({a} - 0.5 * {b})", inner, inner),
            st.builds(lambda a: f"(-{a} / 3)", inner),
            st.builds(lambda a, b: f"min({a}, {b})", inner, inner),
            st.builds(lambda a, b: f"({a} if member else {b})", inner, inner),
            st.builds(lambda a: f"abs({a})", inner),
            st.builds(lambda a: f"(member * {a})", inner),
        ),
        max_leaves=3,
    )


@st.composite
def tastes(draw: st.DrawFn) -> dict[str, str]:
    own = ("means", "fear", "listed", "refused", "exposed", "(above_start / 100)")
    formulas = quantities((*own, "debt", "months(debt)"))
    keys = draw(st.lists(formulas, max_size=2, unique=True))
    return {key: draw(st.sampled_from(["0.3", "-0.02", "0.003", "1"])) for key in keys}


@st.composite
def conducts(draw: st.DrawFn) -> Conduct:
    own = ("listed", "refused", "debt")
    numbers = ("means", "fear", "above_start", "months(debt)", "month")
    able = conditions(own, numbers)

    def action() -> dict[str, Any]:
        found: dict[str, Any] = {"rate": draw(rates())}
        if draw(st.booleans()):
            found["who"] = draw(able)
        found["taste"] = draw(tastes())
        found["norm"] = draw(st.sampled_from(["0", "1", "2.5"]))
        found["fear"] = draw(st.sampled_from(["0", "0", "3"]))
        found["pull"] = draw(st.sampled_from(["1", "0", "2"]))
        if draw(st.booleans()):
            found["usual"] = draw(rates())
        return found

    actions = {name: action() for name in ACTIONS}
    actions["study"] = {"rate": draw(st.sampled_from(["0%", "100%", "30%"]))}
    actions["speak"]["voices"] = draw(able)
    occasions = {
        name: {
            "rate": draw(rates()),
            "taste": draw(st.one_of(st.just({}), tastes())),
            "worth": draw(st.sampled_from(["5", "0.3", "0", "12"])),
            "who": draw(able),
        }
        for name in OCCASIONS
    }
    return Conduct.model_validate(
        {
            "conduct": "made-up",
            "actions": actions,
            "occasions": occasions,
            "conditions": {"debt": {"begins": "fall_behind", "ends": "pay"}},
            "pull": {
                "weight": draw(st.sampled_from(["0", "0.05", "0.4"])),
                "months": draw(st.integers(1, 6)),
                "keeps": draw(percents(0, 100)),
                "spread": draw(st.sampled_from(["0", "3", "12.5"])),
            },
            "belief": {
                "at_first": draw(percents()),
                "learns": draw(percents()),
                "forgets": draw(percents()),
            },
            "norm": {
                "weight": draw(st.sampled_from(["0", "1", "3"])),
                "of": draw(st.sampled_from(["community", "nation"])),
            },
            "fear": {
                "own": draw(percents()),
                "seen": draw(percents()),
                "fades": draw(percents()),
                "unexplained": draw(st.sampled_from(["1", "2.5"])),
            },
            "means": {
                "half_life": draw(st.integers(1, 24)),
                "limit": draw(st.sampled_from(["0", "10", "100"])),
            },
        }
    )


@st.composite
def sensor_rates(draw: st.DrawFn) -> Any:
    if draw(st.booleans()):
        return draw(percents())
    trait, labels = draw(st.sampled_from([("member", ("yes", "no")), ("grade", CHOICES["grade"])]))
    chosen = draw(st.lists(st.sampled_from(labels), unique=True, min_size=1))
    return {
        "by": trait,
        "rates": {label: draw(percents()) for label in chosen},
        "else": draw(percents()),
    }


@st.composite
def schemes(draw: st.DrawFn, name: str = "made-up") -> Scheme:
    scored = draw(st.integers(0, 4)) > 0
    own = (
        ("on(bad)", "debt", "score > 500", "tier == good", "tier < good")
        if scored
        else ("on(bad)", "debt")
    )
    numbers = ("months(debt)", "months_on(bad)", "month") + (
        ("score", "mean(score)") if scored else ()
    )
    holds = conditions(own, numbers)
    scheme: dict[str, Any] = {"scheme": name}
    scheme["sensors"] = {
        sensor: {
            "watches": draw(conditions(("debt",), ())),
            "covers": draw(st.sampled_from(["100%", "100%", "70%", "0%"])),
            "covers_by": draw(st.sampled_from(["citizen", "community"])),
            "detects": draw(sensor_rates()),
            "false_alarm": draw(sensor_rates()),
            "delay": draw(st.sampled_from([0, 0, 1, 3])),
            "mistaken": draw(st.sampled_from(["0%", "0%", "20%", "100%"])),
        }
        for sensor in ("clerk", "camera")
    }
    scheme["rules"] = rules = {}
    if scored:
        _score(draw, scheme)
        rules |= _rules(draw, holds)
        if scheme["score"]["link"] == "logistic" and "profile" in rules:
            del rules["profile"]["points"]
            rules["profile"]["log_odds"] = draw(st.sampled_from(["0.5", "-1.25"]))
    registers: dict[str, Any] = {"bad": {"enter": draw(holds), "leave": draw(holds)}}
    bad = registers["bad"]
    if draw(st.booleans()):
        bad["seen_by"] = "clerk"
    elif scored:
        bad["enter"] = f"seen(cheat, clerk) or {bad['enter']}"
    bad["at_least"] = draw(st.integers(0, 4))
    if draw(st.booleans()):
        bad["at_most"] = bad["at_least"] + draw(st.integers(1, 4))
    if draw(st.booleans()):
        bad["extend"] = {"if": draw(holds), "by": draw(st.integers(1, 3))}
        if draw(st.booleans()):
            bad["extend"]["at_most"] = bad["at_least"] + draw(st.integers(0, 6))
    scheme["registers"] = registers
    scheme["consequences"] = _consequences(draw, holds, scored)
    if draw(st.booleans()):
        scheme["appeals"] = {
            "filed": draw(percents()),
            "heard_after": draw(st.integers(1, 4)),
            "upheld": {"wrong": draw(percents()), "right": draw(percents())},
        }
    scheme["discloses"] = {"rules": draw(st.booleans()), "reasons": draw(st.booleans())}
    return Scheme.model_validate(scheme)


def _score(draw: st.DrawFn, scheme: dict[str, Any]) -> None:
    scheme["score"] = {
        "range": [350, 800],
        "start": 550,
        "kept_to": draw(st.sampled_from(["0.1", "1", "0.05"])),
        "link": draw(st.sampled_from(["additive", "additive", "logistic"])),
    }
    fades = draw(st.sampled_from([None, {"half_life": "24 months"}, {"rate": "10%"}]))
    if fades is not None:
        scheme["score"]["fades"] = {"toward": draw(st.sampled_from([400, 550.5, 800])), **fades}
    scheme["tiers"] = {"poor": 350, "good": 540, "best": 600}
    if draw(st.booleans()):
        scheme["tier_margin"] = draw(st.sampled_from([5, 20.5]))


def _rules(draw: st.DrawFn, holds: st.SearchStrategy[str]) -> dict[str, Any]:
    points = st.one_of(
        st.sampled_from([12, -40, "+2.5", "-1.3"]),
        st.just([-50, -5]),
        quantities(("score", "mean(score)", "months(debt)")).map(lambda q: f"0.1 * (zeal + {q})"),
    )

    def rule(**given: Any) -> dict[str, Any]:
        found = {**given, "points": draw(points)}
        if draw(st.booleans()):
            found["if"] = draw(holds)
        if draw(st.booleans()):
            cap, period = (
                draw(st.integers(1, 60)),
                draw(st.sampled_from(["a year", "a quarter", "ever"])),
            )
            found["at_most"] = f"{cap} {period}"
        if draw(st.booleans()):
            found["disclosed"] = draw(st.booleans())
        return found

    rules = {
        "paper": rule(when="publish", seen_by="clerk"),
        "cheating": rule(when="cheat", seen_by="clerk"),
        "caught": rule(when="cheat", seen_by="camera"),
        "idle": rule(
            missed="study", seen_by="camera", each=draw(st.sampled_from(["month", "quarter"]))
        ),
        "monthly": rule(each=draw(st.sampled_from(["month", "quarter"]))),
        "speech": {
            "when": "speak",
            "seen_by": "camera",
            "straight_to": draw(st.sampled_from(["poor", "good"])),
            "lasts": draw(st.integers(1, 4)),
        },
        "profile": {
            "at_start": True,
            "if": "student",
            "points": draw(st.sampled_from([20, [-9, 30]])),
        },
    }
    keep = draw(st.sets(st.sampled_from(sorted(rules))))
    return {name: given for name, given in rules.items() if name in keep or name == "cheating"}


def _consequences(draw: st.DrawFn, holds: st.SearchStrategy[str], scored: bool) -> dict[str, Any]:
    by_score = st.sampled_from(["tier >= good", "score < 540 or tier == best", "yes"])
    outcomes = ["refuse", "discount 20%", "discount 35%", "advance", "require deposit"]
    found: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 4))):
        given: dict[str, Any] = {
            "occasion": draw(st.sampled_from(OCCASIONS)),
            "outcome": draw(st.sampled_from(outcomes)),
        }
        given["for"] = draw(st.one_of(holds, by_score) if scored else holds)
        if scored and draw(st.booleans()):
            best = draw(st.sampled_from(["10% of community", "30% of nation", "0% of nation"]))
            given["best"] = best
        if "require" in given["outcome"]:
            given["needs_means"] = draw(st.sampled_from([0, 1.5, -3]))
        found[f"c{number}"] = given
    if draw(st.booleans()):
        found["named"] = {"for": "on(bad)", "outcome": "expose"}
    if draw(st.booleans()):
        found["barred"] = {"occasion": "flight", "for": "on(bad)", "outcome": "refuse"}
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world of nought to two schemes."""
    names = ("made-up", "second")[: draw(st.integers(0, 2))]
    made = [draw(schemes(name)) for name in names]
    by = draw(
        st.lists(
            st.sampled_from(["member", "grade", "grade*member", "region"]), unique=True, max_size=2
        )
    )
    by += [f"{s.scheme}.tier" for s in made if s.tiers and draw(st.booleans())]
    nation = draw(nations())
    return bind(
        "made-up",
        made,
        nation,
        draw(conducts()),
        months=draw(st.integers(1, 7)),
        seed=draw(st.integers(0, 2**64 - 1)),
        citizens=draw(st.one_of(st.none(), st.integers(1, 60))),
        by=by,
    )
