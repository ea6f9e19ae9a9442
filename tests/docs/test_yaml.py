"""Every YAML block in the documentation is in order, as a whole file or as a part of one."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.docs.pages import FILES_PAGE, PAGES, Block, blocks

import glasstown as gt
from glasstown.files import read_text

YAML = [block for page in PAGES for block in blocks(page) if block.language == "yaml"]
WRONG = [block for block in YAML if block.file.startswith("wrong")]
WHOLE = [block for block in YAML if block.whole and block not in WRONG]
PARTS = [block for block in YAML if block.part_of]


def where(block: Block) -> str:
    return block.where


def put_whole_files(page: Path, folder: Path) -> None:
    """The whole files of a page, under their own names: one may name another."""
    for block in WHOLE:
        if block.page == page:
            (folder / (block.file or f"{block.name}.yaml")).write_text(block.code)


@pytest.mark.parametrize("block", YAML, ids=where)
def test_a_block_says_what_it_is(block: Block) -> None:
    kinds = [bool(block.whole), bool(block.part_of)]
    assert sum(kinds) == 1, f"{block.where}: begin with `scheme: NAME` or with `# in a scheme`"


@pytest.mark.parametrize("block", WHOLE, ids=where)
def test_a_whole_file_is_in_order(block: Block, tmp_path: Path) -> None:
    put_whole_files(block.page, tmp_path)
    file = tmp_path / (block.file or f"{block.name}.yaml")
    assert file.read_text() == block.code, f"{block.where}: two files of one name on one page"
    gt.check(file)


@pytest.mark.parametrize("block", PARTS, ids=where)
def test_a_part_makes_a_whole_file(block: Block, tmp_path: Path) -> None:
    put_whole_files(block.page, tmp_path)
    kind = block.part_of
    here = [whole for whole in WHOLE if whole.page == block.page and whole.whole == kind]
    wrapper = (here or [w for w in WHOLE if w.page == FILES_PAGE and w.whole == kind])[0]
    base = read_text(wrapper.code, wrapper.where).data
    file = tmp_path / "part.yaml"
    file.write_text(json.dumps(laid(base, read_text(block.code, block.where).data), default=plain))
    gt.check(file)


def laid(base: Any, over: Any) -> Any:
    """One mapping over another, name by name; null removes an entry."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    both = {**base, **{name: laid(base.get(name), value) for name, value in over.items()}}
    return {name: value for name, value in both.items() if value is not None}


def plain(value: Decimal) -> float:
    """A decimal as JSON has it: its shortest text is the decimal itself."""
    assert Decimal(repr(float(value))) == value
    return float(value)
