"""Everything that is wrong with a nation, at once."""

from __future__ import annotations

from glasstown.errors import Problem
from glasstown.files import Document
from glasstown.nation.check_cited import check_cited
from glasstown.nation.check_given import check_given
from glasstown.nation.check_joints import check_joints
from glasstown.nation.check_traits import check_traits
from glasstown.nation.findings import MOST_CHOICES, MOST_TRAITS, Findings
from glasstown.nation.model import Nation


def problems(nation: Nation, document: Document | None = None) -> list[Problem]:
    """Find everything that is wrong with a nation; an empty list when it can be drawn.

    document: the file it was read from, so that each problem has its line; without one, problems
    name the path in the nation.
    """
    findings = Findings(document)
    for path, places in (
        (("communities", "kinds"), nation.communities.kinds),
        (("regions",), nation.regions),
    ):
        if places and findings.at_most(len(places), MOST_CHOICES, "names", *path):
            findings.whole((place.share for place in places.values()), *path)
    if findings.at_most(len(nation.traits), MOST_TRAITS, "traits", "traits"):
        sound = check_traits(nation, findings)
        check_given(nation, sound, findings)
        check_joints(nation, sound, findings)
    check_cited(nation, findings)
    return findings.problems
