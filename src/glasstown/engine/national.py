"""National signals: what the nation's last month tells its next."""

from __future__ import annotations

from collections.abc import Sequence

from glasstown.compiler import Signal
from glasstown.engine.lives import Counts, Lives


def first_signals(lives: Lives, signals: Sequence[Signal], scores: Counts) -> list[int]:
    """The signals of the first month, from the histograms of the scores at birth."""
    return [_cut(lives, s, scores) if s.histogram >= 0 else s.at_birth for s in signals]


def next_signals(
    lives: Lives, signals: Sequence[Signal], scores: Counts, counted: Counts
) -> list[int]:
    """The signals of the month after one that counted these scores and measures x cells."""
    return [
        _cut(lives, signal, scores) if signal.histogram >= 0 else _share(lives, signal, counted)
        for signal in signals
    ]


def _share(lives: Lives, signal: Signal, counted: Counts) -> int:
    count = int(counted[lives.world.measures.index(signal.measure), 0])
    return count * 4096 // lives.world.citizens


def _cut(lives: Lives, signal: Signal, scores: Counts) -> int:
    """The least score that at most the signal's share of the nation lies above."""
    start = int(lives.offsets[signal.histogram])
    own = scores[start : start + signal.width]
    above = int(own.sum())
    quota = int(signal.share * lives.world.citizens)
    cut = signal.low - 1
    for count in own.tolist():
        if above <= quota:
            break
        above -= count
        cut += 1
    return cut
