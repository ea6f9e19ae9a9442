"""Whatever a file holds, the answer is a Document or FileProblems that can be printed."""

import json
import os
import re
import tempfile
import unicodedata

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glasstown.errors import FileProblems
from glasstown.files import Document, read_text, read_yaml

TOKENS = [
    *"abc:-,?[]{}#&*!|>'\"%@` \n\t~=<.0159_+eE\\",
    *("a: ", "b:\n", "- ", "\n  ", "\n    ", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n"),
    *("<<", "yes", "no", "null", ".inf", ".nan", "1e9", "0x1", "&a ", "*a", "!!str ", "!x "),
    *("'", '"', "\\x1b", "\\ud800", "\\U00110000", "|2-\n", ">+\n", "? ", "\r\n", "\r"),
    *("\ufeff", "\0", "\x85", "\u2028", "é", "名", "😀", "\u202e"),
]
near_yaml = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def read_bytes(content: bytes) -> Document | None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.yaml")
        with open(path, "wb") as file:
            file.write(content)
        try:
            document = read_yaml(path)
        except FileProblems as error:
            check_report(error, content)
            return None
    check_document(document, content)
    return document


def check_report(error: FileProblems, content: bytes) -> None:
    assert error.problems
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for problem in error.problems:
        assert problem.where.line is None or 1 <= problem.where.line <= lines
    printed = str(error)
    printed.encode()
    assert {c for c in printed if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")} <= {"\n"}


def check_document(document: Document, content: bytes) -> None:
    """Every path in the document has its places, and only those."""
    lines = content.count(b"\n") + content.count(b"\r") + 1
    seen: set[tuple[str | int, ...]] = set()

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        seen.add(path)
        assert 1 <= (document.value_place(*path).line or 1) <= lines
        inner: list[tuple[str | int, object]] = []
        if isinstance(value, dict):
            inner = list(value.items())
            assert all((*path, key) in document.keys for key, _ in inner)
        elif isinstance(value, list):
            inner = list(enumerate(value))
        elif isinstance(value, str):
            value.encode()
        for part, one in inner:
            walk(one, (*path, part))

    walk(document.data, ())
    assert seen == set(document.values)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    read_bytes(content)


@settings(max_examples=600, deadline=None)
@given(near_yaml)
@example('a: "\\U00110000"')
@example("a: !<tag:%ff> b")
@example("a: !%C3%28 b")
@example("%YAML 1." + "9" * 5000 + "\n---\na: b")
@example("a: |" + "9" * 30 + "\n b")
@example("a: \ufeffb")
def test_nearly_yaml(text: str) -> None:
    read_bytes(text.encode())


@settings(max_examples=300, deadline=None)
@given(data, st.data())
def test_true_yaml_and_what_damage_does_to_it(value: object, drawn: st.DataObject) -> None:
    content = bytearray(yaml.safe_dump({"a": value}, allow_unicode=True).encode())
    read_bytes(bytes(content))
    for _ in range(drawn.draw(st.integers(1, 3))):
        at = drawn.draw(st.integers(0, len(content) - 1))
        content[at : at + 1] = drawn.draw(st.binary(max_size=2))
        if not content:
            break
    read_bytes(bytes(content))


characters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Cn"))
# PyYAML writes `1e5` without quotes, for to YAML 1.1 it is text; here it is a number.
texts = st.text(characters).filter(lambda text: not re.fullmatch(r"[-+]?[0-9.]+[eE].*", text))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(texts.filter(bool), plain))
def test_plain_data_comes_back_as_it_was(value: dict[str, object]) -> None:
    for flow in (True, False):
        text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)
        assert read_text(text, "x").data == value
    assert read_text(json.dumps(value, ensure_ascii=False), "x").data == value
