"""What every test shares: in CI the same generated examples; one cluster, store and browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import settings

from tests.browsing import browser as browser
from tests.browsing import opened as opened
from tests.cluster.fixture import nodes as nodes

settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Any:
    """Have one worker do all that starts a cluster: two at once would be slow, and short of memory.

    (`--dist loadgroup` is for this, and does not work with pytest 9.2: xdist 3.8 sets a name of the
    test that pytest no longer has.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class ClustersTogether(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "cluster" if "cluster" in nodeid else nodeid

    return ClustersTogether(config, log)


_NUMBERS = count()


@pytest.fixture(scope="session")
def store() -> Iterator[dict[str, str]]:
    """The environment that reaches an object store, which is this process's too from then on."""
    from tests.store.server import served

    with served() as (environment, _), pytest.MonkeyPatch.context() as patched:
        for name, value in environment.items():
            patched.setenv(name, value)
        yield environment


@pytest.fixture
def bucket(store: dict[str, str]) -> str:
    """The URL of an empty bucket."""
    from tests.store.server import system

    name = f"bucket-{next(_NUMBERS)}"
    system().mkdir(name)
    return f"s3://{name}"
