"""The smallest and the largest nations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import glasstown as gt
from glasstown.compiler import compile_world, program_from_bytes
from glasstown.engine import reference
from glasstown.engine.dossier import dossier
from glasstown.engine.execute import execute, live_ward
from glasstown.engine.lives import memory
from glasstown.errors import RunProblem


def test_the_last_community_of_the_largest_nation() -> None:
    world = gt.load_world("unictown-china", citizens=2**40, months=2)
    ward = world.wards - 1
    first = ward * world.layout.communities
    by_machine = live_ward(world, compile_world(world), ward, np.zeros((2, 1), np.int32))
    by_reference = reference.live(world, range(first, world.communities))
    assert (np.array(by_reference.counts) == by_machine).all()
    assert by_machine[0, 0, 0] == 2**40 - first * world.layout.size
    assert "1,099,511,627,775" in dossier(world, 2**40 - 1).text()


def test_one_citizen_alone() -> None:
    world = gt.load_world("unictown-china-ranked", citizens=1, months=2)
    by_machine, by_reference = execute(world), reference.run(world)
    assert (np.array(by_reference.counts) == by_machine.values).all()
    assert gt.run(world).ledger.sum("citizens") == 2


def test_a_coupled_nation_that_does_not_fit_is_refused_before_it_starts() -> None:
    world = gt.load_world("unictown-china-ranked", citizens=2**40)
    with pytest.raises(RunProblem) as caught:
        execute(world)
    text = str(caught.value)
    assert "GiB of memory, and this machine has" in text
    assert "bytes of every citizen are kept" in text
    assert "do: run at most" in text
    there = memory()
    assert there is not None
    assert there > 2**28


def test_a_program_survives_being_written_down() -> None:
    program = compile_world(gt.load_world("unictown-china-ranked"))
    again = program_from_bytes(program.to_bytes())
    assert again.to_bytes() == program.to_bytes()
    assert again.listing() == program.listing()
    for damaged in (b"", b"nonsense", program.to_bytes()[:-4]):
        with pytest.raises(ValueError, match="program"):
            program_from_bytes(damaged)


def test_a_program_does_not_depend_on_the_nations_size_or_seed() -> None:
    world = gt.load_world("unictown-china")
    other = replace(world, citizens=1000, seed=5)
    assert compile_world(world).to_bytes() == compile_world(other).to_bytes()


def test_a_new_scheme_waits_for_no_compiler() -> None:
    """The machine has one signature, whatever world it runs."""
    from glasstown.engine.machine.wards import compiled as machine

    for name in ("unictown-campus", "fico-campus", "unictown-china-ranked"):
        execute(gt.load_world(name, citizens=300, months=2))
    execute(gt.load_world("unictown-campus", citizens=300).without("rules.cheating"))
    assert len(getattr(machine, "signatures", [0])) == 1
