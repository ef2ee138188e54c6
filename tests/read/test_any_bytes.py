"""Whatever bytes arrive, reading ends with a case or with an error that names the file: never with a crash."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.model import Case
from tests.read.making import ASSESSMENT, FILES, HERE, REGISTER, TEAM, gather, saved, workbook

HEAD = ["statement", "level", "comment", "evidence"]
NARRATIVE = f"{HERE}/narrative/background.md"
SCHEME = f"{HERE}/schemes/a.yaml"
TEXTS = {
    **FILES,
    NARRATIVE: 'Text [@E001, p.4 "words"] and {{ scores.A.middle }}.\n',
    SCHEME: "problem: x\ngoals: [{goal: y, baseline: z}]\n",
}
SPLINTERS = (
    b"",
    b"\0",
    b"\xff\xfe",
    b'"',
    b"'",
    b"\n",
    b";",
    b",",
    b":",
    b"- ",
    b"[",
    b"{",
    b"&a",
    b"*a",
    b"!!x ",
    b"#",
    b"\t",
)


@functools.cache
def office(suffix: str) -> bytes:
    if suffix == ".xlsx":
        return workbook([HEAD, ["A1", "Low", "x", "E001 p.4"], ["A2", "High", "y", ""]])
    made = docx.Document()
    table = made.add_table(2, 4)
    for cells, row in zip(table.rows, (HEAD, ["A1", "Low", "x", "E001"]), strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    return saved(made)


def read(changes: dict[str, str | bytes | None]) -> Case | InputError:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return gather(Path(folder), {NARRATIVE: TEXTS[NARRATIVE], SCHEME: TEXTS[SCHEME], **changes})
        except InputError as fault:
            assert fault.file and fault.message and "Traceback" not in fault.message
            return fault


def splintered(content: bytes, places: list[tuple[int, int, bytes]]) -> bytes:
    for start, length, splinter in places:
        begin = start % (len(content) + 1)
        content = content[:begin] + splinter + content[begin + length :]
    return content


damage = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 12), st.sampled_from(SPLINTERS) | st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXTS)), damage)
def test_a_damaged_text_is_read_or_refused(name: str, places: list[tuple[int, int, bytes]]) -> None:
    content = TEXTS[name]
    read({name: splintered(content if isinstance(content, bytes) else content.encode(), places)})


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([".xlsx", ".docx"]), damage)
def test_a_damaged_office_file_is_read_or_refused(suffix: str, places: list[tuple[int, int, bytes]]) -> None:
    read({TEAM: None, TEAM.replace(".csv", suffix): splintered(office(suffix), places)})


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["a", "b", "c"]), st.text(max_size=40))
def test_any_text_in_a_cell_comes_back_as_it_was(column: str, text: str) -> None:
    import csv
    import io

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEAD, ["A1", "Low", text, ""]])
    content = stream.getvalue().encode("utf-8", "surrogatepass")
    found = read({TEAM: content})
    assert isinstance(found, Case)
    read_from = {form.file: form for form in found.forms}
    if "\0" in text:
        assert TEAM not in read_from
        assert TEAM in {f.file for f in found.faults}
    else:
        expected = text.replace("\r\n", "\n").replace("\r", "\n")
        assert read_from[TEAM].answers[0].comment == expected


@pytest.mark.parametrize("name", [ASSESSMENT, REGISTER, TEAM])
@pytest.mark.parametrize("length", range(0, 260, 13))
def test_a_file_cut_short_is_read_or_refused(name: str, length: int) -> None:
    read({name: str(FILES[name])[:length]})
