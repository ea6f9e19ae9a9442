"""`glasstown compile`: the program that a world becomes."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import WorldName


def compile_world(
    world: WorldName,
    show: Annotated[bool, typer.Option("--show", help="Print every instruction.")] = False,
) -> None:
    """Compile a world to its program, as a run does first."""
    from glasstown import load_world
    from glasstown.compiler import emit, plan

    loaded = load_world(world)
    program = emit(plan(loaded))
    if show:
        print(program.listing(), end="")
        return
    size = len(program.to_bytes())
    registers = sum(program.registers.values())
    print(f"{loaded.name}: {len(program.code)} instructions, {registers} registers.")
    print(f"The program and its tables are {size:,} bytes. --show prints every instruction.")
    if loaded.coupled:
        ward = program.bytes_per_ward(loaded.layout.communities)
        kept = ward / loaded.layout.seats
        print(f"The world is coupled: {kept:.0f} bytes of each citizen are kept month to month.")
    else:
        print("The world is uncoupled: each community lives all its months and is forgotten.")
