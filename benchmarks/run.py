"""One command for speed: `make bench`.

Prints what a run costs beside what this machine can do and what others make of the same work,
all measured in the same run: trust the ratios, not the times.
"""

from __future__ import annotations

import argparse
import platform
import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import latency, worlds
from benchmarks.limits import limits
from benchmarks.limits import section as limits_section
from benchmarks.scl6 import compare
from glasstown.engine.execute import processors, ready

RESULTS = Path(__file__).with_name("RESULTS.md")
PARTS = ("scl6", "worlds", "latency")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and keep if asked to."""
    asked = parser().parse_args(arguments)
    ready(say)
    made = []
    for text in sections(asked):
        print(text, end="\n\n", flush=True)
        made.append(text)
    if asked.write:
        keep("\n\n".join(made), shlex.join(["benchmarks/run.py", *(arguments or sys.argv[1:])]))


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    engines = [engine.module.rstrip("_") for engine in compare.ENGINES]
    found = argparse.ArgumentParser(description=__doc__)
    found.add_argument("--quick", action="store_true", help="small sizes: whether all of it runs")
    found.add_argument(
        "--only", nargs="+", default=[], choices=[*PARTS, *engines], metavar="WHAT",
        help=f"parts ({', '.join(PARTS)}), or engines of SCL-6 ({', '.join(engines)})",
    )  # fmt: skip
    found.add_argument("--sizes", action="store_true", help="speed by size, to 460 million")
    found.add_argument("--write", action="store_true", help=f"keep the tables in {RESULTS.name}")
    return found


def sections(asked: argparse.Namespace) -> Iterator[str]:
    """The texts of what was asked for, each as soon as it is measured."""
    engines = [name for name in asked.only if name not in PARTS]
    parts = [name for name in asked.only if name in PARTS] or ([] if engines else list(PARTS))
    threads = range(1, processors() + 1)
    yield machine()
    if engines or "scl6" in parts:
        found = {t: limits(t, compare.wide(t), quick=asked.quick) for t in threads}
        yield limits_section(found)
        compared = compare.compare(engines, threads, quick=asked.quick, say=say)
        yield compare.section(compared, found)
    if "worlds" in parts:
        yield worlds.section(threads, quick=asked.quick)
    if "latency" in parts:
        yield latency.section()
    if asked.sizes:
        yield worlds.growth(processors(), quick=asked.quick)


def machine() -> str:
    """What this was measured on."""
    info = Path("/proc/cpuinfo")
    models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
    model = models[0].split(":")[1].strip() if models else platform.machine()
    parts = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy"))
    return (
        f"{processors()} processors, {model}, Python {platform.python_version()}, {parts}. "
        "Fastest of several tries."
    )


def say(what: str) -> None:
    """Tell on the terminal what is being measured."""
    print(f"... {what}", file=sys.stderr, flush=True)


def keep(text: str, command: str, results: Path = RESULTS) -> None:
    """Put the tables into the results, before those that are there."""
    old = results.read_text(encoding="utf-8")
    head, mark, rest = old.partition("\n## ")
    new = f"{head}\n## {date.today().isoformat()}, `{command}`\n\n{text}\n{mark}{rest}"
    results.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
