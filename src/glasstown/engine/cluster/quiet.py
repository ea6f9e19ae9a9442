"""Ray says much about itself, and counts its uses. A run says what it has to say itself."""

from __future__ import annotations

import os
import sys


def quiet_ray() -> None:
    """Have Ray, where this process has not imported it yet, print nothing and tell nobody.

    What was set for Ray by hand stays as it is, but for its counting of uses.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else it warns of its future
    if "ray" in sys.modules:
        return
    # A lost worker or node is printed on stdout, whatever the level of the log; Ray reads this
    # once. Workers of a cluster that is started later need not know of it.
    ours = "RAY_DEDUP_LOGS_SKIP_REGEX" not in os.environ
    os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", ".*")
    import ray  # noqa: F401

    if ours:
        del os.environ["RAY_DEDUP_LOGS_SKIP_REGEX"]
