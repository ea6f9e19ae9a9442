"""Starting an object store, and what a process needs to reach it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def served() -> Iterator[tuple[dict[str, str], "subprocess.Popen[str]"]]:
    """An S3-compatible server: the environment with which it is reached, and its process."""
    command = [sys.executable, str(Path(__file__).with_name("serve.py"))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            yield reached_at(f"http://127.0.0.1:{port}"), process
        finally:
            process.kill()


def reached_at(endpoint: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "invented",
        "AWS_SECRET_ACCESS_KEY": "invented",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }


def reached(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment that reaches a store with an empty bucket, for a page that speaks of one."""
    environment: dict[str, str] = request.getfixturevalue("store")
    if system().exists("my-bucket"):
        system().rm("my-bucket", recursive=True)
    system().mkdir("my-bucket")
    return environment


def system() -> Any:
    """The file system of fsspec for the store that the environment names."""
    import fsspec

    return fsspec.filesystem("s3", use_listings_cache=False)


def put_in(url: str) -> dict[str, bytes]:
    """Every object below a URL, by its name from there on."""
    path = url.removeprefix("s3://")
    found: dict[str, bytes] = system().cat(system().find(path)) if system().find(path) else {}
    return {name.removeprefix(f"{path}/"): data for name, data in found.items()}
