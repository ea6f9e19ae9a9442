"""Every kind of hostile or mistaken file: one clear report."""

import os
import socket
import time
from pathlib import Path

import pytest

from glasstown.errors import FileProblems, Problem
from glasstown.files import read_text, read_yaml


def problems_of(content: bytes | str, folder: Path) -> tuple[Problem, ...]:
    file = folder / "x.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(FileProblems) as caught:
        read_yaml(file)
    for problem in caught.value.problems:
        assert problem.where.file == str(file)
    return caught.value.problems


def only(content: bytes | str, folder: Path) -> Problem:
    problems = problems_of(content, folder)
    assert len(problems) == 1, problems
    return problems[0]


# --- is it a file -----------------------------------------------------------------------------


def refusal(path: Path | str) -> Problem:
    with pytest.raises(FileProblems) as caught:
        read_yaml(path)
    (problem,) = caught.value.problems
    return problem


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "unictown-2019.yaml").write_text("a: 1")
    problem = refusal(tmp_path / "unictwon-2019.yaml")
    assert problem.what == "there is no such file"
    assert problem.nearest == str(tmp_path / "unictown-2019.yaml")


def test_a_missing_file_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "campus.yaml").write_text("a: 1")
    monkeypatch.chdir(tmp_path)
    assert refusal("campus").nearest == "campus.yaml"
    assert refusal("elsewhere").nearest == ""


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    problem = refusal(tmp_path / "no" / "x.yaml")
    assert problem.what.startswith("there is no such file, nor a folder `")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path).what == "this is a folder, and a file is wanted"
    assert refusal(tmp_path).remedy == "name a YAML file"
    (tmp_path / "a.yaml").write_text("a: 1")
    assert refusal(tmp_path).why == "it holds a.yaml"
    assert refusal("").what == "there is no such file"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert refusal(tmp_path / "x.yaml").what == "this is a pipe, and a file is wanted"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("x.yaml")
        assert refusal("x.yaml").what == "this is a socket, and a file is wanted"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    assert refusal(device).what == "this is a device, and a file is wanted"


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "x.yaml/y.yaml", "\ud800"])
def test_a_name_that_no_file_can_have(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.yaml").write_text("a: 1")
    monkeypatch.chdir(tmp_path)
    problem = refusal(name)
    assert "file" in problem.what
    problem.text().encode()


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert refusal(tmp_path / "a.yaml").what.startswith("the file cannot be read: too many")


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("a: 1")
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    assert read_yaml(tmp_path / "a.yaml").data == {"a": 1}


# --- is it small ------------------------------------------------------------------------------


def test_ten_megabytes_of_nesting_are_refused_at_once(tmp_path: Path) -> None:
    start = time.perf_counter()
    problem = only("[" * 10_000_000, tmp_path)
    assert problem.what == "the file is larger than 1 MB"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[{a: [", "a:\n  "])
def test_a_megabyte_of_nesting_is_refused_soon(opening: str, tmp_path: Path) -> None:
    text = opening * (999_000 // len(opening))
    if opening.endswith("\n  "):
        text = "".join(f"{' ' * n}a:\n" for n in range(1300))
    start = time.perf_counter()
    problems = problems_of(text, tmp_path)
    assert problems[-1].what == "the file nests deeper than 20 levels"
    assert time.perf_counter() - start < 2


def test_twenty_levels_are_enough_for_anybody(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a: " + "[" * 19 + "]" * 19)
    assert read_yaml(file).has("a", *[0] * 18)
    problem = only("a: " + "[" * 20 + "]" * 20, tmp_path)
    assert problem.where.line == 1
    assert problem.where.column == 23


@pytest.mark.parametrize(
    "text",
    [
        "# comment\n" * 99_000,
        "a: |\n" + " x\n" * 330_000,
        'a: "' + "x " * 490_000 + '"',
        "a: " + "x " * 490_000,
        "a: " + "x\n " * 330_000,
        "a: [" + "1," * 490_000,
        "".join(f"k{n}: v\n" for n in range(80_000)),
        "a: " + "!" * 990_000,
        "a: &" + "b" * 990_000,
        "a: " + "9" * 990_000,
        "a: 1." + "9" * 990_000,
        "a: 1e" + "9" * 990_000,
        "%YAML 1." + "9" * 990_000,
        "%TAG ! " + "x" * 990_000,
        ":" * 990_000,
        "a: *" * 240_000,
        "*a " * 330_000,
        "{" + "a," * 490_000,
        "x" * 990_000,
        "x" * 990_000 + ": 1",
        " " * 990_000,
        "\n" * 990_000,
        "--- \n" * 190_000,
        "a: '" + "''" * 490_000,
        'a: "' + "\\n" * 490_000,
        "a: >\n" + "\n" * 900_000 + " b\nc",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_megabyte_of_anything_takes_little_time(text: str, tmp_path: Path) -> None:
    assert len(text) <= 1_000_000
    start = time.perf_counter()
    assert problems_of(text, tmp_path)
    assert time.perf_counter() - start < 4


def test_too_many_names_and_values(tmp_path: Path) -> None:
    problem = only("a: [" + "1, " * 20_000 + "]", tmp_path)
    assert problem.what == "the file holds more than 20,000 names and values"


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    problem = only(f'a:\n  b: "{"x" * 10_001}"', tmp_path)
    assert problem.where.line == 2
    assert problem.what == "this text is 10,001 characters long"
    assert problem.why == "the longest that is read is 10,000"


# --- is it text -------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"   \n\n", b"# only\n# comments\n"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    assert only(content, tmp_path).what == "the file is empty"


@pytest.mark.parametrize("content", ["---\n", "---\n...\n", "null", "~\n"])
def test_a_file_of_nothing(content: str, tmp_path: Path) -> None:
    assert only(content, tmp_path).what == "the file is empty"


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    problem = only(b"a: 1\nb: caf\xe9\n", tmp_path)
    assert problem.what == "the file is not UTF-8: byte 11 (from 0) is 0xe9"
    assert (problem.where.line, problem.where.column) == (2, 7)
    assert problem.remedy == "save it as UTF-8 in your editor"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_named(encoding: str, tmp_path: Path) -> None:
    problem = only("a: 1\n".encode(encoding), tmp_path)
    assert problem.what == f"the file is in {encoding.upper()}, not UTF-8"


def test_utf16_without_its_mark_is_guessed(tmp_path: Path) -> None:
    problem = only("a: 1\n".encode("utf-16-le"), tmp_path)
    what = "the file holds NUL characters: it seems to be UTF-16, or no text at all"
    assert problem.what == what


def test_a_mark_of_utf8_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(tmp_path / "x.yaml").data == {"a": 1}
    assert read_text("\ufeffa: 1", "x").data == {"a": 1}


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "a NUL character (U+0000)"),
        ("\x07", "a control character (U+0007)"),
        ("\x1b", "a control character (U+001B)"),
        ("\x85", "a control character (U+0085)"),
        ("\u2028", "an invisible character (U+2028)"),
        ("\u202e", "an invisible character (U+202E)"),
        ("\ufeff", "an invisible character (U+FEFF)"),
    ],
)
def test_what_no_editor_shows_is_refused(character: str, name: str, tmp_path: Path) -> None:
    problem = only(f"a: 1\nb: x{character}y\n", tmp_path)
    assert problem.what == f"{name} in the file"
    assert (problem.where.line, problem.where.column) == (2, 5)


def test_all_of_them_are_named(tmp_path: Path) -> None:
    lines = [problem.where.line for problem in problems_of("a: \x01\nb: \x02\nc: \x03", tmp_path)]
    assert lines == [1, 2, 3]
    assert len(problems_of("a: \x01\n" * 1000, tmp_path)) == 20


@pytest.mark.parametrize("escape", [r"\0", r"\x1b", r"\ud800", r"\u202e", r"\e", r"\N", r"\_\a"])
def test_nor_can_an_escape_bring_it_in(escape: str, tmp_path: Path) -> None:
    problem = only(f'a: 1\nb: "x{escape}y"\n', tmp_path)
    assert problem.where.line == 2
    assert "this text holds a" in problem.what


def test_an_escape_beyond_unicode(tmp_path: Path) -> None:
    problem = only('a: 1\nb: "\\U00110000"\n', tmp_path)
    assert problem.where.file.endswith("x.yaml")
    assert problem.what.startswith("this is not YAML")


def test_text_is_read_like_a_file() -> None:
    with pytest.raises(FileProblems, match="larger than 1 MB"):
        read_text("é" * 600_000, "x")
    with pytest.raises(FileProblems, match=r"x:1: an invisible character \(U\+D800\)"):
        read_text("a: \ud800", "x")


# --- is it plain YAML -------------------------------------------------------------------------

BILLION_LAUGHS = "a: &a [lol, lol, lol, lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_a_billion_laughs_are_refused_unexpanded(tmp_path: Path) -> None:
    start = time.perf_counter()
    problems = problems_of(BILLION_LAUGHS, tmp_path)
    assert {problem.what for problem in problems} == {"anchors and aliases are not used here"}
    assert {problem.where.line for problem in problems} == set(range(1, 10))
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "text", ["a: &a [*a]", "&a a: *a", "a: &b c", "*a : b", "*a", "&a {a: *a}", "[*a, *b]"]
)
def test_anchors_and_cycles_are_refused(text: str, tmp_path: Path) -> None:
    whats = {problem.what for problem in problems_of(text, tmp_path)}
    assert "anchors and aliases are not used here" in whats


def test_a_name_beside_an_alias_is_still_in_step(tmp_path: Path) -> None:
    problem = only("*a : 1\nb: 2\n", tmp_path)
    assert problem.where.line == 1


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system [ls]",
        "!!python/name:os.system",
        "!mine x",
        "!!str 12",
        "!!binary aGVsbG8=",
        "! x",
        "!<tag:x,2000:y> z",
    ],
)
def test_tags_make_nothing(tag: str, tmp_path: Path) -> None:
    problem = only(f"a: 1\nb: {tag}\n", tmp_path)
    assert problem.where.line == 2
    assert problem.what.startswith("tags are not used here, and this is `")


def test_a_tag_without_a_meaning(tmp_path: Path) -> None:
    assert only("a: !x!y z", tmp_path).what == "tags (`!`) are not used here"


def test_merge_keys_are_refused(tmp_path: Path) -> None:
    problem = only("a: {<<: {b: 1}, c: 2}", tmp_path)
    assert problem.what == "merge keys (`<<`) are not used here"


def test_duplicate_names_tell_both_lines(tmp_path: Path) -> None:
    first, second = problems_of(
        "rules:\n  a: 1\n  b: 2\n  a: {x: &x y}\nrules: 3\n".replace("&x ", ""), tmp_path
    )
    assert first.what == "the name `a` is given twice in `rules`: first on line 2"
    assert first.where.line == 4
    assert second.what == "the name `rules` is given twice: first on line 1"
    assert second.where.line == 5


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = "a: &x 1\nb: *x\nc: !!set {d}\ne: .inf\na: 2\nf: {<<: 1}\n[g]: h\ni: 'open\n"
    problems = problems_of(text, tmp_path)
    assert [problem.where.line for problem in problems] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    problem = only("a: 1\n---\nb: 2\n", tmp_path)
    assert problem.what == "a second document begins here"
    assert problem.where.line == 2


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: {[b]: c}", "a list stands where a name should"),
        ("a: 1\n? {b: c}\n: d", "a mapping stands where a name should"),
        ("a: 1\n: b", "a value stands here without a name"),
        ("a: {~: b}", "a value stands here without a name"),
        ("a: {'': b}", "a value stands here without a name"),
    ],
)
def test_names_are_text(text: str, what: str, tmp_path: Path) -> None:
    assert only(text, tmp_path).what == what


@pytest.mark.parametrize(
    ("text", "kind"),
    [("- a\n- b", "a list"), ("hello", "one value, `hello`"), ("12", "one value, `12`")],
)
def test_the_top_is_a_mapping(text: str, kind: str, tmp_path: Path) -> None:
    what = f"the file must be a mapping of names to values, and it is {kind}"
    assert only(text, tmp_path).what == what


@pytest.mark.parametrize(
    "number",
    [
        "1" * 21,
        "-" + "9" * 21,
        "1e30",
        "0.000000000000000000001",
        "1e9999999999999999999999",
        "1e-99999999999999999999999",
    ],
)
def test_enormous_numbers_are_refused(number: str, tmp_path: Path) -> None:
    assert only(f"a: {number}", tmp_path).what == f"`{number}` has more than 20 digits"


@pytest.mark.parametrize("number", [".inf", "-.inf", "+.Inf", ".nan", ".NaN"])
def test_what_is_not_a_number_is_refused(number: str, tmp_path: Path) -> None:
    what = f"`{number}` is not a number that can be reckoned with"
    assert only(f"a: {number}", tmp_path).what == what


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        (
            "a:\n\tb: 1\n",
            2,
            "this line is indented with a tab",
            "a tab cannot indent: use spaces",
        ),
        ("a: b: c", 1, "a second `:` where one value is expected", "start each name on a line"),
        ("a: 1\n  b: 2", 2, "a second `:` where one value is expected", "start each name"),
        ("a: 1\nb\nc: 2", 2, "this line has no `:` after its name", "write `name: value`"),
        ("a:\n    b: 1\n  c: 2", 3, "this line is indented unlike its neighbours", "give names"),
        ("a: 1\nb: [1, 2\nc: 3", 2, "the list opened here with `[` is not closed", "close it: `]`"),
        ("a: {b: 1\n", 1, "the mapping opened here with `{` is not closed", "close it: `}`"),
        ("a: 'b\nc: 1\n", 1, "the quote opened here is not closed", "close it with the same sign"),
        ("a: %b", 1, "a value cannot begin with %", "put the whole value in quotes"),
        ("a: @b", 1, "a value cannot begin with @", "put the whole value in quotes"),
        ("a: *", 1, "a value cannot begin with *", "put the whole value in quotes"),
        ("a: & b", 1, "a value cannot begin with &", "put the whole value in quotes"),
        ('a: "\\d"', 1, "a backslash inside double quotes", "write two backslashes"),
        ('a: "b" c', 1, "something stands after the end of the value", "put the whole value"),
        ("a: 1\nb: [c] d\n", 2, "something stands after the end of the value", "put the whole"),
        ("a: {, b: 1}", 1, ", stands where a value is expected", "write the value"),
        ("%YAML 2.0\n---\na: 1", 1, "the file asks for another version", "delete the line"),
        ("a: |5x\n  b", 1, "this is not YAML: expected chomping", "check quotes, brackets"),
    ],
)
def test_malformed_yaml_in_plain_words(
    text: str, line: int, what: str, remedy: str, tmp_path: Path
) -> None:
    problem = only(text, tmp_path)
    assert problem.where.line == line
    assert problem.what.startswith(what)
    assert problem.remedy.startswith(remedy)
