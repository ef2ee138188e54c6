"""Strict YAML: values as written, unknown and repeated keys refused, nothing obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.inputs.yaml import Node, parse_yaml
from tests.read.making import ASSESSMENT, ASSESSMENT_TEXT, faults_of


def parse(text: str) -> Node:
    return parse_yaml(text, "a.yaml")


@pytest.mark.parametrize(
    "text", ["1.10", "no", "12:30", "0123", "1e3", "None", "none", "NA", "2026-03-26", "True", "=1+1", "0x1F"]
)
def test_a_plain_value_stays_as_it_was_written(text: str) -> None:
    assert parse(f"a: {text}").text_of("a") == text


def test_a_block_of_text_keeps_its_lines_but_not_the_last_line_end() -> None:
    assert parse("a: |\n  one\n  two\n\nb: x").text_of("a") == "one\ntwo"


def test_nothing_is_nothing_and_a_quoted_nothing_is_a_text() -> None:
    root = parse('a:\nb: ~\nc: null\nd: "null"')
    assert (root.get("a"), root.get("b"), root.get("c"), root.text_of("d")) == (None, None, None, "null")


def test_one_text_serves_for_a_list() -> None:
    root = parse("a: one\nb: [one, two, ~]\nc: ''")
    assert (root.texts_of("a"), root.texts_of("b"), root.texts_of("c")) == (("one",), ("one", "two"), ())


def test_a_value_is_found_by_the_line_of_its_key_and_its_path() -> None:
    node = parse("a:\n  b:\n    - c: 1\n").need("a").need("b").items[0].need("c")
    assert (node.line, node.path) == (3, "a.b.c")


@pytest.mark.parametrize(
    ("text", "said", "row", "field"),
    [
        ("a: !!python/object/apply:os.system ['true']", "tag", 1, "a"),
        ("a: 1\nb: !!binary aGk=", "tag", 2, "b"),
        ("a: !env HOME", "tag", 1, "a"),
        ("a: !e!x y", "tag", 1, None),
        ("a: 1\nb: 2\na: 3", "second time", 3, "a"),
        ("p:\n  a: 1\n  a: 2", "second time", 3, "p.a"),
        ("a: &x [1]\nb: *x", "*x", 2, "b"),
        ("a: &x [*x]", "*x", 1, "a"),
        ("a: &x {k: 1}\nb:\n  <<: *x", "*x", 3, "b.<<"),
        ("a: " + "[" * 3000, "deeper", 1, "a"),
        ("a: " + "{b: " * 3000, "deeper", 1, None),
        ("a: 1\n---\nb: 2", "second document", 2, None),
        ("a: Health: a plan", "colon", 1, None),
        ("a:\n\t- b", "does not allow", 2, None),
        ("a: 'open\nb: 2", "never closed", None, None),
        ("a: [1, 2\nb: 3", "", None, None),
        ("a: 1\n b: 2", "colon", 2, None),
        ("? [a, b]\n: c", "A key must be", 1, None),
        ("a: \x07", "control character", None, None),
        ("- a\n- b", "Keys with values", 1, None),
        ("just words", "Keys with values", 1, None),
        ("", "is empty", None, None),
        ("# only a comment\n", "is empty", None, None),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_its_line(
    text: str, said: str, row: int | None, field: str | None
) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    fault = caught.value
    assert said in fault.message and fault.remedy and fault.file == "a.yaml"
    if row:
        assert fault.row == row
    if field:
        assert fault.field == field


def test_an_unknown_key_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(InputError) as caught:
        parse("p:\n  metting: x").need("p").only("meeting", "title")
    assert "`meeting`" in caught.value.remedy and (caught.value.row, caught.value.field) == (2, "p.metting")


def test_free_attributes_go_under_tags() -> None:
    root = parse("a: 1\ntags: {colour: red, deep: {x: [1.10]}}").only("a")
    assert root.need("tags").as_plain() == {"colour": "red", "deep": {"x": ["1.10"]}}


@pytest.mark.parametrize("text", ["a: [1]", "a: {b: 1}"])
def test_a_list_or_keys_where_a_text_belongs_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="single text"):
        parse(text).text_of("a")


def test_a_key_that_must_be_there_is_named_with_its_path() -> None:
    with pytest.raises(InputError) as caught:
        parse("p:\n  a: 1").need("p").need("date")
    assert (caught.value.field, caught.value.row) == ("p.date", 1)


@pytest.mark.parametrize(
    ("old", "new", "row", "said"),
    [
        ("meeting: ICB Board", "meeting: ICB Board #3", 10, "`#3`"),
        ("title: Self-assessment", "title: \u201cSelf-assessment\u201d", 9, "curly"),
        ("title: Self-assessment", "title: \u2018Self-assessment\u2019", 9, "curly"),
        ("session: public", "session: public\n  agenda_item: #8", 13, "`#8`"),
        ("session: public", "session: public\n  report_by: [Amal Brook #2]", 13, "`#2]`"),
    ],
)
def test_what_yaml_reads_otherwise_than_people_do_is_named(
    old: str, new: str, row: int, said: str, tmp_path: Path
) -> None:
    text = ASSESSMENT_TEXT.replace(old, new)
    if "[Amal" in new:
        text += "  ]\n"
    found = [f for f in faults_of(tmp_path, {ASSESSMENT: text}) if f.file == ASSESSMENT]
    assert [(f.code, f.row) for f in found] == [("IN101", row)] and said in found[0].message


@pytest.mark.parametrize(
    "new",
    [
        "meeting: ICB Board # the public one",
        "meeting: ICB Board    ## in public",
        'meeting: "ICB Board #3" # in public',
        'meeting: "\u201cFairer\u201d"',
        "meeting: \u201cFairer\u201d is what we call it",
        "meeting: |\n    ICB Board #3",
    ],
)
def test_remarks_and_quotation_marks_that_are_meant_are_left_alone(new: str, tmp_path: Path) -> None:
    text = ASSESSMENT_TEXT.replace("meeting: ICB Board", new)
    assert [f for f in faults_of(tmp_path, {ASSESSMENT: text}) if f.file == ASSESSMENT] == []
