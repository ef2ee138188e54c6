"""Whatever people's names, cells and values hold, a check ends with findings or with a refusal that names the file."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.workspace import Workspace
from tests.case_workspaces import BASE, CYCLE, judge, make_workspace
from tests.damages.trial import read_here

HERE = f"assessments/{CYCLE}"
TABLES = sorted(p.relative_to(BASE).as_posix() for p in BASE.rglob("*.csv"))
VALUES = (
    ("organisation: ", f"{HERE}/assessment.yaml"),
    ("  title: ", f"{HERE}/assessment.yaml"),
    ("  meeting: ", f"{HERE}/assessment.yaml"),
    ("framework: ", f"{HERE}/assessment.yaml"),
    ("title: ", f"{HERE}/framework.yaml"),
)
PIECES = (
    "\ud800",
    "\udfff",
    "\0",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\r",
    "a" * 20_000,
    "9" * 5000,
    "E05 p." + "9" * 30,
    "E05 p.4-2; ; [",
    "\u201cwords",
    '"words',
    "{{ scores.",
    "[@E05, p.",
    "=1+1",
    "#REF!",
    "*&!!x ",
    "- {a: [",
    "\U0001f600",
    "e\u0301" * 50,
    "943 476 5919",
    "@" * 50,
    "%" * 50,
    "(" * 200,
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=4).map("".join)
SOME = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Documents read without reading processes, which take long to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.evidence.workers.run", read_here)
        yield


def write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def look(ws: Workspace) -> None:
    try:
        findings = judge(ws)[2]
    except InputError as fault:
        assert fault.file and fault.message
        return
    for found in findings:
        assert found.message and found.remedy
        found.message.encode("utf-8")


@SOME
@given(st.sampled_from(TABLES), st.integers(0, 1000), st.integers(0, 1000), texts)
def test_any_text_in_any_cell(table: str, row: int, column: int, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = make_workspace(Path(folder))
        rows = list(csv.reader(io.StringIO((ws.root / table).read_text("utf-8"), newline="")))
        chosen = rows[row % len(rows)]
        chosen[column % len(chosen)] = text
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        write(ws.root / table, out.getvalue())
        look(ws)


@SOME
@given(st.sampled_from(VALUES), texts)
def test_any_text_for_any_value(place: tuple[str, str], text: str) -> None:
    key, file = place
    with tempfile.TemporaryDirectory() as folder:
        ws = make_workspace(Path(folder))
        lines = (ws.root / file).read_text("utf-8").split("\n")
        at = next(n for n, line in enumerate(lines) if line.startswith(key))
        lines[at] = f"{key}{text}"
        write(ws.root / file, "\n".join(lines))
        look(ws)


@SOME
@given(st.sampled_from(["narrative/{}.md", "responses/{}.csv", "responses/{}", "{}.csv", "{}"]), texts)
def test_any_name_and_any_words_of_a_file(place: str, text: str) -> None:
    name = "".join(c for c in text if c not in "/\0" and not "\ud800" <= c <= "\udfff")[:40] or "x"
    with tempfile.TemporaryDirectory() as folder:
        ws = make_workspace(Path(folder))
        (ws.root / HERE / "narrative").mkdir(exist_ok=True)
        if name not in (".", ".."):
            write(ws.root / HERE / place.format(name), text)
        write(ws.root / HERE / "narrative" / "background.md", text)
        look(ws)
