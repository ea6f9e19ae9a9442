"""What is sent to workers by value: it looks for Glasstown there, and says if it is not the same.

A worker without Glasstown, or with another, could not read a function of Glasstown by its name;
functions inside a function cross whole. They use nothing but what they import themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def crossing() -> tuple[Callable[..., Any], Callable[..., Any], type]:
    """The tasks of living a span and of a whole run, and the actor that keeps spans.

    All answer (trouble, what was asked for); trouble is "" where all is well.
    """

    def found(stamp: str) -> tuple[str, Any]:
        try:
            from glasstown.engine.cluster import worker
        except ImportError as error:
            return f"cannot import Glasstown: {error}", None
        there = worker.stamp()
        return ("", worker) if there == stamp else (f"has Glasstown {there}", None)

    def here() -> str:
        import ray

        return str(ray.util.get_node_ip_address())

    def life(stamp: str, sent: Any, span: Any) -> tuple[str, Any]:
        trouble, worker = found(stamp)
        if trouble:
            return f"{here()} {trouble}", None
        return "", worker.life(sent, span)

    def run(stamp: str, sent: Any, seed: int) -> tuple[str, Any]:
        trouble, worker = found(stamp)
        if trouble:
            return f"{here()} {trouble}", None
        return "", worker.run(sent, seed)

    class Keeper:
        def __init__(self, stamp: str, sent: Any) -> None:
            self.asked = stamp, sent
            self.kept: Any = None

        def ready(self) -> tuple[str, str]:
            import ray

            stamp, sent = self.asked
            trouble, worker = found(stamp)
            if trouble:
                return f"{here()} {trouble}", ""
            self.kept = worker.Kept(sent)
            return "", ray.get_runtime_context().get_node_id()

        def births(self, spans: Any) -> Any:
            return self.kept.births(spans)

        def month(self, spans: Any, signals: Any) -> Any:
            return self.kept.month(spans, signals)

        def forget(self, numbers: Any) -> None:
            self.kept.forget(numbers)

    return life, run, Keeper
