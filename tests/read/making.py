"""Small workspaces for tests of reading: a framework of four statements, three respondents, two documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.flow.gathering import read_case
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.register import read_register
from pipeline.model import Case, Finding
from pipeline.workspace import Workspace

CYCLE = "2025-26"
HERE = f"assessments/{CYCLE}"
ASSESSMENT = f"{HERE}/assessment.yaml"
TEAM = f"{HERE}/responses/team.csv"
PARTNER = f"{HERE}/responses/vcse.csv"
REGISTER = "evidence/register.csv"

FRAMEWORK_TEXT = """\
id: small
title: A small framework
version: "1.0"
levels:
  - {id: low, name: Low}
  - {id: mid, name: Middling}
  - {id: high, name: High}
sections:
  - id: A
    title: First section
    statements:
      - {id: A1, text: First., answered_by: team}
      - {id: A2, text: Second., answered_by: both}
  - id: B
    title: Second section
    statements:
      - {id: B1, text: Third., answered_by: board}
      - {id: B2, text: Fourth., answered_by: team}
"""
ASSESSMENT_TEXT = """\
organisation: NHS Example ICB
cycle: 2025-26
framework: small.yaml
respondents:
  - {id: team, name: The team, role: team}
  - {id: board, name: The Board, role: board}
  - {id: vcse, name: The alliance, role: partner}
paper:
  title: Self-assessment
  meeting: ICB Board
  date: 2026-03-26
  session: public
"""
RESPONSES = "statement,level,comment,evidence\n"
REGISTER_HEAD = "id,title,file,owner,dated,review_by,visibility,kind,assurance_line\n"
REGISTER_TEXT = (
    REGISTER_HEAD
    + "E001,The strategy,plans/strategy.pdf,Director of Strategy,2025-05-01,2027-05-01,public,strategy,1\n"
    + "E002,Minutes,minutes.docx,Secretary,2025-11-06,,internal,minutes,2\n"
)
FILES: Mapping[str, str | bytes] = {
    ASSESSMENT: ASSESSMENT_TEXT,
    f"{HERE}/small.yaml": FRAMEWORK_TEXT,
    TEAM: RESPONSES + "A1,Middling,Done.,E001 p.4\nA2,low,Begun.,E002\nB2,High,Whole.,E001\n",
    f"{HERE}/responses/board.csv": RESPONSES + "A2,Low,We agree.,\nB1,Middling,We asked.,E002\n",
    f"{HERE}/responses/vcse.csv": RESPONSES + "A1,Low,We see less.,\n",
    REGISTER: REGISTER_TEXT,
}


def make(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Workspace:
    """The small workspace; a change to None takes a file away."""
    for name, content in {**FILES, **(changes or {})}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return Workspace(root)


def gather(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Case:
    """The case of the small workspace after some changes."""
    return gather_from(make(root, changes))


def gather_from(ws: Workspace, cycle: str = CYCLE) -> Case:
    """The case of a workspace, as the flow gathers it."""
    assessment, faults = read_assessment(ws, cycle)
    register, more = read_register(ws, assessment.column_names)
    return read_case(ws, assessment, register, (*faults, *more))


def faults_of(root: Path, changes: Mapping[str, str | bytes | None]) -> list[Finding]:
    """What is found wrong, apart from notes of forms not returned."""
    return [f for f in gather(root, changes).faults if not (f.code == "IN105" and f.severity == "note")]


def places(findings: Sequence[Finding]) -> list[tuple[str, str | None, int | None, str | None]]:
    """Code, file's name, row and field of each."""
    return [(f.code, (f.file or "").rpartition("/")[2] or None, f.row, f.field) for f in findings]


def refused(root: Path, changes: Mapping[str, str | bytes | None]) -> InputError:
    """The error that stops the reading."""
    try:
        gather(root, changes)
    except InputError as fault:
        return fault
    raise AssertionError("the reading was not stopped")


def passed_over(root: Path, changes: Mapping[str, str | bytes | None]) -> Finding:
    """The finding at a form that cannot be read; the rest of the case is there."""
    (found,) = [f for f in gather(root, changes).faults if f.message.startswith("The form cannot be read")]
    assert found.code == "IN101" and found.respondent
    return found


def workbook(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """An Excel workbook; a cell may be a (value, number format) pair."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, lines in {"Sheet1": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line, start=1):
                cell = sheet.cell(number, column)
                if isinstance(value, tuple):
                    value, cell.number_format = value
                cell.value = value
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of an openpyxl workbook or python-docx document."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(package: bytes, changes: Mapping[str, bytes]) -> bytes:
    """An Office file with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return stream.getvalue()
