from __future__ import annotations

from fractions import Fraction

import pytest

from glasstown.engine.reference.formulas import Names, amount, condition, reads
from glasstown.expr.field import formula


@pytest.fixture
def names() -> Names:
    found = Names()
    found.add_yes_no("member")
    found.add_choice("grade", ("low", "middle", "high"), ordered=True)
    found.add_quantity("age")
    found.add_quantity("zeal", 100)
    found.add_quantity("score", 10)
    found.add_yes_no("on(bad)")
    found.add_quantity("months_on(bad)")
    found.add_quantity("mean(score)", 10)
    return found


VIEW = {
    "member": 1,
    "grade": 1,
    "age": 30,
    "zeal": -33,
    "score": 6399,
    "on(bad)": 1,
    "months_on(bad)": 4,
    "mean(score)": 5500,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("score >= 639.9", True),
        ("score > 639.9", False),
        ("score >= 640", False),
        # Exactly, as fractions: 639.9 / 3 is 213.3, with nothing lost.
        ("score / 3 == 213.3", True),
        ("zeal == -0.33", True),
        ("3 * zeal < -1", False),
        ("3 * zeal < -0.98", True),
        ("grade == middle", True),
        ("grade >= high", False),
        ("grade in (low, high)", False),
        ("grade == (high if not member else middle)", True),
        ("member and not on(bad)", False),
        ("member == 1", True),
        ("(age > 20) + (age > 40) == 1", True),
        ("between(age, 30, 31)", True),
        ("between(age, 31, 40)", False),
        ("abs(zeal) <= 0.33", True),
        ("max(zeal, 0) < min(age, 1)", True),
        ("score - mean(score) == 89.9", True),
        ("months_on(bad) >= 4", True),
        ("18 <= age < 45", True),
        ("yes if member else age > 99", True),
        ("-age < 0", True),
    ],
)
def test_a_condition_is_exact(text: str, expected: bool, names: Names) -> None:
    assert condition(formula(text).expr, names)(VIEW) is expected


@pytest.mark.parametrize(
    ("text", "unit", "factor", "expected"),
    [
        ("2.55", 10, "1", 26),  # round(25.5) is even
        ("2.45", 10, "1", 24),  # round(24.5) is even
        ("1 / 3", 1, "3", 1),  # folded before it is rounded
        ("age", 10, "1", 300),
        ("age", 1, "0.1", 3),
        ("score", 1, "1", 640),  # term(1/10, 6399): 639.9 to the nearest
        ("zeal", 1024, "1", -338),  # 1024 * -0.33 = -337.92
        # A yes or no is rounded once, to the even: not as a term.
        ("member", 10, "2.45", 24),
        ("age > 20", 10, "2.45", 24),
        ("(age > 20) * 2.45", 10, "1", 24),
        ("member * age", 1, "0.5", 15),
        ("age * (age < 20)", 1, "1", 0),
        # Sums are sums of parts, each rounded by itself.
        ("score + 0.4", 1, "1", 640),
        ("0.5 * score - 0.25 * score", 1, "1", 320 - 160),
        ("-age", 1, "2", -60),
        ("age / 4", 1, "1", 8),  # term(1/4, 30): 7.5 goes up
        ("-age / 4", 1, "1", -7),
        ("min(age, 40)", 1, "1", 30),
        ("min(age, 40)", 1, "-1", -30),  # the greater of -30 and -40
        ("max(age, 40, 50)", 1, "-1", -50),
        ("abs(zeal)", 100, "1", 33),
        ("abs(zeal)", 100, "-1", -33),
        ("10 if member else age", 1, "2", 20),
        ("10 if not member else age", 1, "2", 60),
        ("max(-1, min(1, zeal)) * 2", 100, "1", -66),
    ],
)
def test_a_quantity_is_known(
    text: str, unit: int, factor: str, expected: int, names: Names
) -> None:
    assert amount(formula(text).expr, names, unit, Fraction(factor))(VIEW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("score >= 640 and grade == high", {"score", "grade"}),
        ("on(bad) or months_on(bad) > 3", {"on(bad)", "months_on(bad)"}),
        ("grade == (high if member else low)", {"grade", "member"}),
        ("min(score, 3) > 2", {"score"}),
        ("yes", set()),
    ],
)
def test_what_a_formula_reads(text: str, expected: set[str], names: Names) -> None:
    assert reads(formula(text).expr, names) == expected
