"""Glasstown: a laboratory for social-credit systems.

    import glasstown as gt

    world = gt.load_world("unictown-campus")
    run = world.run()
    print(run.citizen(1234).dossier().text())

The names in `__all__` are the public ones. Each is imported when it is first asked for, so that
importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from glasstown.audit.audit import Audit as Audit
    from glasstown.audit.whole import audit as audit
    from glasstown.audit.yardstick import Yardstick
    from glasstown.conduct import Conduct as Conduct
    from glasstown.engine.contrast import Contrast as Contrast
    from glasstown.engine.contrast import contrast as contrast
    from glasstown.engine.run import Run as Run
    from glasstown.engine.run import load_run as load_run
    from glasstown.engine.run import resume as resume
    from glasstown.engine.run import run as run
    from glasstown.errors import GlasstownError as GlasstownError
    from glasstown.nation import Nation as Nation
    from glasstown.records import Ledger as Ledger
    from glasstown.scheme import Scheme as Scheme
    from glasstown.sweeps import Sweep as Sweep
    from glasstown.sweeps import load_sweep as load_sweep
    from glasstown.sweeps import sweep as sweep
    from glasstown.world import World as World
    from glasstown.world import load_world as load_world

__version__ = "0.1.0"

__all__ = [
    "Audit",
    "Conduct",
    "Contrast",
    "GlasstownError",
    "Ledger",
    "Nation",
    "Run",
    "Scheme",
    "Sweep",
    "World",
    "__version__",
    "audit",
    "check",
    "contrast",
    "explain",
    "load_run",
    "load_sweep",
    "load_world",
    "resume",
    "run",
    "sweep",
]

_HOME = {
    "Audit": "glasstown.audit",
    "Conduct": "glasstown.conduct",
    "Contrast": "glasstown.engine.contrast",
    "GlasstownError": "glasstown.errors",
    "Ledger": "glasstown.records",
    "Nation": "glasstown.nation",
    "Run": "glasstown.engine.run",
    "Scheme": "glasstown.scheme",
    "Sweep": "glasstown.sweeps",
    "World": "glasstown.world",
    "contrast": "glasstown.engine.contrast",
    "load_run": "glasstown.engine.run",
    "load_sweep": "glasstown.sweeps",
    "load_world": "glasstown.world",
    "resume": "glasstown.engine.run",
    "run": "glasstown.engine.run",
    "sweep": "glasstown.sweeps",
}


def check(name_or_path: str | Path) -> Scheme | Nation | Conduct | World | Yardstick:
    """Load a file of any kind, a scheme say, and return what it holds if it is in order.

    What ends in .yaml or has a folder in it is a path, and the file's first name tells its kind;
    anything else is a name in the library.

    Raises:
        GlasstownError: everything that is wrong with it, each problem with its file and line.
    """
    from importlib import import_module

    from glasstown.errors import FileProblems, Place, Problem, nearest, shown
    from glasstown.files import read_yaml

    def load(kind: str) -> Any:
        if kind == "world":
            import_module("glasstown.engine.run")  # so that a world knows how to run
        return getattr(import_module(homes[kind]), f"load_{kind}")(name_or_path)

    kinds = ("world", "scheme", "nation", "conduct", "yardstick")
    homes = {kind: f"glasstown.{kind}" for kind in kinds} | {
        "yardstick": "glasstown.audit.yardstick"
    }
    text = str(name_or_path)
    if not (text.endswith((".yaml", ".yml")) or "/" in text or not isinstance(name_or_path, str)):
        names = {n: kind for kind in kinds for n in import_module(homes[kind]).names()}
        if text in names:
            return load(names[text])  # type: ignore[no-any-return]
        raise FileProblems(
            Problem(
                Place(""),
                f"there is nothing called {shown(text)} in the library",
                remedy="`glasstown list` names what there is; the path of a file ends in .yaml",
                nearest=nearest(text, names),
            )
        )
    document = read_yaml(name_or_path)
    for name in document.data:
        if name in kinds:
            return load(name)  # type: ignore[no-any-return]
    first = next(iter(document.data), "")
    raise FileProblems(
        document.problem(
            *((first,) if first else ()),
            what="the file does not say what it is",
            why="a file begins with its kind and its name, such as `scheme: my-scheme`",
            remedy="begin with one of " + ", ".join(f"`{kind}:`" for kind in kinds),
            nearest=nearest(first, kinds),
        )
    )


def explain(scheme: Scheme | str | Path) -> str:
    """Say in plain sentences what a scheme does; it may be given by name or path.

    Raises:
        GlasstownError: there is no such scheme, or everything that is wrong with its file.
    """
    from glasstown.scheme import Scheme, load_scheme
    from glasstown.scheme import explain as sentences

    return sentences(scheme if isinstance(scheme, Scheme) else load_scheme(scheme))


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "audit":  # importing a package is naming it here, and this one can be called
        return import_module("glasstown.audit")
    if name not in _HOME:
        raise AttributeError(f"module 'glasstown' has no attribute {name!r}")
    if name in ("World", "load_world"):
        import_module("glasstown.engine.run")  # so that a world knows how to run
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
