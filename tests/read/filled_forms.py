"""Forms as people send them back: made by the product, filled in by a program, sent through other programs, read."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import load_workbook

from pipeline import evidence as evidence_
from pipeline.flow.gathering import read_case
from pipeline.forms.out import write_forms
from pipeline.inputs.assessment import read_assessment
from pipeline.model import Answer, Case, Finding, Form
from pipeline.workspace import Workspace

FRAMEWORK = """
id: small
title: Small framework
version: "1.0"
levels:
  - {id: low, name: Low, meaning: Little is in place.}
  - {id: mid, name: Middle, meaning: Some is in place.}
  - {id: high, name: High, meaning: All is in place.}
sections:
  - id: A
    title: Ambition
    level_notes: {low: No aim yet.}
    statements:
      - {id: A1, short: Aims, text: The Board has set aims., good_looks_like: Aims are known., answered_by: team}
      - {id: A2, text: Money follows the aims., answered_by: both, evidence: [budget, minutes]}
  - id: B
    title: Being open
    statements:
      - {id: B1, short: Reports, text: Reports are published., answered_by: board}
      - {id: "1.10", short: Odd id, text: Ids stay as written., answered_by: both}
"""
ASSESSMENT = """
organisation: NHS Invented ICB
cycle: 2025-26
framework: small.yaml
respondents:
  - {id: team, name: The team, role: team}
  - {id: board, name: The Board, role: board}
  - {id: partner, name: A partner, role: partner}
paper: {title: Health inequalities, meeting: ICB Board, date: 2026-03-26}
"""
REGISTER = """id,title,file,owner,dated,review_by,visibility,kind,assurance_line
E1,"Strategy; part two | of three",strategy.pdf,Director,2025-05-01,2027-05-01,public,strategy,1
E2,Board minutes,minutes.docx,Secretary,2025-09-01,,internal,minutes,2
E3,Quiet matters,quiet.pdf,Director,2025-09-01,2027-05-01,confidential,report,1
"""
HARD = 'R&D <5% of "spend"; =1+1, naïve – “curly” ½ {{ 7*7 }}\nsecond line'


@dataclass(frozen=True)
class Said:
    """What is typed into one statement of a form."""

    level: str = ""
    comment: str = ""
    public_comment: str = ""
    evidence: tuple[tuple[str, str, str], ...] = ()


FULL: Mapping[str, Said] = {
    "A1": Said("High", HARD, "Short.", (("E1", "4-6", "words; with “marks” and 6.2"), ("E2 | Board minutes", "", ""))),
    "A2": Said("not assessed", "Nobody could tell."),
    "1.10": Said("Low", "Ünïcode ok", "", (("E1 | Strategy; part two | of three", "2", 'said "so"'),)),
}
"""A filled form of the team."""
EVIDENCE = {"A1": 'E1 pp.4-6 "words; with “marks” and 6.2"; E2', "A2": "", "1.10": 'E1 p.2 "said "so""'}


@dataclass
class Desk:
    """A workspace whose forms were sent out."""

    root: Path
    sent: Path = field(init=False)

    def __post_init__(self) -> None:
        self.sent = self.root / "sent"
        cycle = self.root / "assessments" / "2025-26"
        (cycle / "responses").mkdir(parents=True)
        (self.root / "evidence").mkdir()
        (cycle / "small.yaml").write_text(FRAMEWORK, "utf-8")
        (cycle / "assessment.yaml").write_text(ASSESSMENT, "utf-8")
        (self.root / "evidence" / "register.csv").write_text(REGISTER, "utf-8")
        self.sent.mkdir()
        for name, content in _sent(self).items():
            (self.sent / name).write_bytes(content)

    def case(self, cycle: str = "2025-26") -> Case:
        ws = Workspace(self.root)
        assessment, faults = read_assessment(ws, cycle)
        register, more = evidence_.read_register(ws, assessment.column_names)
        case = read_case(ws, assessment, register, (*faults, *more))
        assert read_case(ws, assessment, register, (*faults, *more)) == case, "what is kept of a form is not that form"
        return case

    def returned(self, form: Path, respondent: str = "team") -> tuple[Form, list[Finding]]:
        """Put a form into responses/ and read it; the findings are those that it causes."""
        return self.returned_in(form, "2025-26", respondent)

    def returned_in(self, form: Path, cycle: str, respondent: str = "team") -> tuple[Form, list[Finding]]:
        """The same in another cycle."""
        place = self.root / "assessments" / cycle / "responses" / f"{respondent}{form.suffix}"
        shutil.copy(form, place)
        case = self.case(cycle)
        place.unlink()
        read_form = next(f for f in case.forms if f.respondent == respondent)
        return read_form, [f for f in case.faults if "has returned no form" not in f.message]


_SENT: dict[str, bytes] = {}


def _sent(desk: Desk) -> Mapping[str, bytes]:
    """The forms, made once: they are the same bytes each time."""
    if not _SENT:
        _SENT.update({path.name: path.read_bytes() for path in write_forms(desk.case(), desk.root / "made")})
    return _SENT


def fill_excel(form: Path, said: Mapping[str, Said], to: Path, damage: Callable[[Any], None] | None = None) -> Path:
    """Fill in a workbook by statement and heading, as a program or a careful person would."""
    book = load_workbook(form, rich_text=True)
    for sheet in book.worksheets:
        for row in excel_rows(sheet):
            if row.id in said:
                answer = said[row.id]
                if row.first:
                    row.write("Level", answer.level)
                    row.write("Comment", answer.comment)
                    row.write("Shorter", answer.public_comment)
                if row.line < len(answer.evidence):
                    for heading, text in zip(("document", "page", "words"), answer.evidence[row.line], strict=True):
                        row.write(f"Evidence: {heading}", text)
    if damage:
        damage(book)
    book.save(to)
    return to


@dataclass
class ExcelRow:
    sheet: Any
    number: int
    id: str
    line: int
    columns: Mapping[str, int]

    @property
    def first(self) -> bool:
        return self.line == 0

    def cell(self, heading: str) -> Any:
        return self.sheet.cell(self.number, next(c for h, c in self.columns.items() if h.startswith(heading)))

    def write(self, heading: str, text: str) -> None:
        if text:
            cell = self.cell(heading)
            assert not cell.protection.locked, f"{cell.coordinate} is locked, though it is to be filled in"
            cell.value = text
            cell.data_type = "s"


def excel_rows(sheet: Any) -> list[ExcelRow]:
    """The rows of the statements of a sheet."""
    columns: dict[str, int] = {}
    rows: list[ExcelRow] = []
    for cells in sheet.iter_rows():
        texts = {str(c.value): c.column for c in cells if c.value}
        if "Statement" in texts and "Level" in texts:
            columns = texts
        elif "Actions" in texts:
            break
        elif columns and cells[0].value:
            line = sum(r.id == str(cells[0].value) for r in rows)
            rows.append(ExcelRow(sheet, cells[0].row, str(cells[0].value), line, columns))
    return rows


def excel_row(book: Any, statement: str, line: int = 0) -> ExcelRow:
    return next(r for s in book.worksheets for r in excel_rows(s) if r.id == statement and r.line == line)


def fill_word(form: Path, said: Mapping[str, Said], to: Path, damage: Callable[[Any], None] | None = None) -> Path:
    """Fill in a Word form as Word does: the prompt of a control is replaced, and its mark taken away."""
    document = Document(str(form))
    for statement, answer in said.items():
        for key in ("level", "comment", "public_comment"):
            type_into(document, f"{statement}.{key}", getattr(answer, key))
        for number, line in enumerate(answer.evidence, 1):
            for key, text in zip(("document", "page", "words"), line, strict=True):
                type_into(document, f"{statement}.evidence{number}.{key}", text)
    if damage:
        damage(document)
    document.save(str(to))
    return to


def control(document: Any, tag: str) -> Any:
    for sdt in document.element.body.iter(qn("w:sdt")):
        found = sdt.find(qn("w:sdtPr")).find(qn("w:tag"))
        if found is not None and found.get(qn("w:val")) == tag:
            return sdt
    raise LookupError(tag)


def type_into(document: Any, tag: str, text: str) -> None:
    if not text:
        return
    sdt = control(document, tag)
    prompt = sdt.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr"))
    if prompt is not None:
        prompt.getparent().remove(prompt)
    content = sdt.find(qn("w:sdtContent"))
    for child in list(content):
        content.remove(child)
    in_cell = sdt.getparent().tag == qn("w:tc")
    for line in text.split("\n") if in_cell else [text]:
        run = OxmlElement("w:r")
        for number, piece in enumerate(line.split("\n")):
            if number:
                run.append(OxmlElement("w:br"))
            letters = OxmlElement("w:t")
            letters.text = piece
            letters.set(qn("xml:space"), "preserve")
            run.append(letters)
        if in_cell:
            paragraph = OxmlElement("w:p")
            paragraph.append(run)
            content.append(paragraph)
        else:
            content.append(run)


def without_controls(document: Any) -> None:
    """What some programs do: the controls are gone, what was typed into them stays."""
    for sdt in list(document.element.body.iter(qn("w:sdt"))):
        parent, content = sdt.getparent(), sdt.find(qn("w:sdtContent"))
        at = list(parent).index(sdt)
        for offset, child in enumerate(list(content)):
            parent.insert(at + offset, copy.deepcopy(child))
        parent.remove(sdt)


def convert(form: Path, *formats: str) -> Path:
    """Send a form through LibreOffice, from format to format."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed, so no form was sent through it")
    for number, target in enumerate(formats):
        out = form.parent / f"lo{number}"
        # One profile for all: making it takes longer than a conversion.
        profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/boardpack-forms-{os.getpid()}"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(out), str(form)]
        subprocess.run(command, capture_output=True, timeout=180, check=True)
        form = out / f"{form.stem}.{target.split(':')[0]}"
    return form


def answer(form: Form, statement: str) -> Answer:
    return next(a for a in form.answers if a.statement == statement)


def assert_all_said(form: Form, said: Mapping[str, Said] = FULL) -> None:
    """Every answer equals what was typed, and nothing else was answered."""
    levels = {"High": "high", "Middle": "mid", "Low": "low", "": None}
    for a in form.answers:
        typed = said.get(a.statement, Said())
        assert a.level == levels.get(typed.level, typed.level), a.statement
        assert a.comment == typed.comment, a.statement
        assert a.public_comment == typed.public_comment, a.statement
        assert a.evidence == (EVIDENCE[a.statement] if typed.evidence else ""), a.statement
    assert {a.statement for a in form.answers if a.level} == {s for s, typed in said.items() if typed.level}
