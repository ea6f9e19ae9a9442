"""The right name that somebody most likely meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher

_CUTOFF = 0.7
_LONGEST = 64


def _plain(name: str) -> str:
    """Drop what people get wrong without seeing it: case, and which joiner stands where."""
    return "".join(c for c in name[:_LONGEST].casefold() if c not in "-_ .")


def _sorted_words(name: str) -> str:
    words = name[:_LONGEST].casefold().replace("-", " ").replace("_", " ").split()
    return "".join(sorted(words))


def _likeness(matcher: "SequenceMatcher[str]", other: str) -> float:
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < _CUTOFF or matcher.quick_ratio() < _CUTOFF:
        return 0.0
    return matcher.ratio()


def nearest(name: str, candidates: Iterable[str]) -> str:
    """Find the candidate closest to a wrong name, or "" where none is close.

    Case and the joiners `-`, `_`, space and `.` do not count, nor does the order of the words; a
    candidate that begins with the name (or the other way round) counts as close from three
    letters up. Of equally close candidates the first is taken. The name itself is never returned.
    """
    plain = _plain(name)
    if not plain:
        return ""
    forward = SequenceMatcher(None, "", plain, autojunk=False)
    by_word = SequenceMatcher(None, "", _sorted_words(name), autojunk=False)
    best, best_likeness = "", 0.0
    for candidate in candidates:
        if candidate == name:
            continue
        other = _plain(candidate)
        if other == plain:
            return candidate
        likeness = max(
            _likeness(forward, other), 0.98 * _likeness(by_word, _sorted_words(candidate))
        )
        shorter, longer = sorted((plain, other), key=len)
        if len(shorter) >= 3 and longer.startswith(shorter):
            likeness = max(likeness, _CUTOFF)
        if likeness > best_likeness:
            best, best_likeness = candidate, likeness
    return best
