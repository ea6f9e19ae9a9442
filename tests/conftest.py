"""What every test shares: in CI the generated examples are the same each time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

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
