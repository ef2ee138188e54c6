"""Forms that are handed out: only what is asked, last year for reference, locked, legible, the same bytes twice."""

from __future__ import annotations

import dataclasses
import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from pipeline.errors import EditedError
from pipeline.flow.gathering import read_case
from pipeline.forms.out import write_forms
from pipeline.inputs.assessment import read_assessment
from pipeline.model import Action, Answer, Case, Form, Place, PreviousCycle
from pipeline.workspace import Workspace
from tests.read.filled_forms import Desk, Said, control, excel_row, excel_rows, fill_excel, fill_word

PLACE = Place("actions.csv")
OPEN = Action("A07", "A", "A1", "Publish the plan", "Director", datetime.date(2026, 9, 30), "open", "It is out", PLACE)
DONE = dataclasses.replace(OPEN, id="A08", action="Write the plan", status="done")
LAST_COMMENT = "=SUM(A1) we said <so> & meant it"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def case(desk: Desk) -> Case:
    """This year, and last year's answers of the team."""
    case = desk.case()
    last = Answer("A1", "team", "mid", LAST_COMMENT, "", (), Place("f"))
    before = dataclasses.replace(case.assessment, cycle="2024-25")
    previous = PreviousCycle(before, case.framework, (Form("team", "f", (last,)),))
    return dataclasses.replace(case, actions=(OPEN, DONE), previous=previous)


def made(case: Case, folder: Path, name: str) -> Path:
    write_forms(case, folder)
    return folder / name


def sheets(form: Path) -> Iterator[Worksheet]:
    yield from (s for s in load_workbook(form).worksheets if s.title != "Lists")


def excel_text(form: Path) -> str:
    return "\n".join(str(c.value) for s in sheets(form) for row in s.iter_rows() for c in row if c.value is not None)


def word_text(form: Path) -> str:
    return "\n".join(t.text or "" for t in Document(str(form)).element.body.iter(qn("w:t")))


def asked_in(form: Path) -> list[str]:
    if form.suffix == ".xlsx":
        return [row.id for sheet in sheets(form) for row in excel_rows(sheet) if row.first]
    tags = [t.get(qn("w:val")) for t in Document(str(form)).element.body.iter(qn("w:tag"))]
    return [tag.removesuffix(".level") for tag in tags if tag.endswith(".level")]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("respondent", "statements"),
    [
        ("team", ["A1", "A2", "1.10"]),
        ("board", ["A2", "B1", "1.10"]),
        ("partner", ["A1", "A2", "B1", "1.10"]),
    ],
)
def test_only_the_statements_that_a_respondent_answers(
    desk: Desk, suffix: str, respondent: str, statements: list[str]
) -> None:
    assert asked_in(desk.sent / f"{respondent}.{suffix}") == statements


def test_only_sections_in_scope(desk: Desk, case: Case) -> None:
    one = dataclasses.replace(case, assessment=dataclasses.replace(case.assessment, sections=("A",)))

    assert asked_in(made(one, desk.root / "some", "partner.xlsx")) == ["A1", "A2"]


def test_no_form_for_one_who_has_nothing_to_answer(desk: Desk, case: Case) -> None:
    section = dataclasses.replace(case.framework.sections[0], statements=case.framework.sections[0].statements[:1])
    framework = dataclasses.replace(case.framework, sections=(section,))

    names = {p.name for p in write_forms(dataclasses.replace(case, framework=framework), desk.root / "few")}

    assert names == {"team.xlsx", "team.docx", "partner.xlsx", "partner.docx"}


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_last_year_is_shown_and_never_filled_in(desk: Desk, case: Case, suffix: str) -> None:
    form = made(case, desk.root / "with-last-year", f"team.{suffix}")
    text = excel_text(form) if suffix == "xlsx" else word_text(form)

    assert "Middle" in text
    assert LAST_COMMENT in text
    assert "No answer last time" in text
    read_back, findings = desk.returned(form)
    assert [a for a in read_back.answers if a.level or a.comment] == []
    assert findings == []


def test_last_year_is_only_ones_own(desk: Desk, case: Case) -> None:
    for name in ("board.xlsx", "partner.xlsx"):
        assert LAST_COMMENT not in excel_text(made(case, desk.root / "own", name))


def test_another_organisations_last_year_is_not_ours(desk: Desk, case: Case) -> None:
    assert case.previous
    other = dataclasses.replace(case.previous.assessment, organisation="NHS Other ICB")
    merged = dataclasses.replace(case, previous=dataclasses.replace(case.previous, assessment=other))

    assert LAST_COMMENT not in excel_text(made(merged, desk.root / "merged", "team.xlsx"))


@pytest.mark.parametrize("name", ["team.xlsx", "team.docx", "partner.xlsx", "partner.docx"])
def test_what_a_respondent_must_know_is_said(desk: Desk, name: str) -> None:
    form = desk.sent / name
    text = excel_text(form) if name.endswith("xlsx") else word_text(form)

    for sentence in (
        "Your level and comment may be printed in a public paper.",
        "If parts of a statement are at different levels, choose the lower and say which part.",
        "the page shown by your PDF reader, not the number printed on it",
        "NHS Invented ICB",
        "2025-26",
        "What good looks like: Aims are known.",
        "Evidence that may help: budget; minutes",
        "Little is in place.",
        "No aim yet.",
        f"({name.partition('.')[0]}.xlsx or {name.partition('.')[0]}.docx)",
    ):
        assert sentence in text


def test_partners_are_asked_in_plain_english_and_see_nothing_that_is_not_public(desk: Desk, case: Case) -> None:
    text = excel_text(made(case, desk.root / "partners", "partner.xlsx"))

    assert "How do you see it?" in text
    assert "health inequalities" in text
    for private in ("Board minutes", "Quiet matters", "Publish the plan"):
        assert private not in text
    assert "Strategy; part two | of three" in text


def test_confidential_titles_stay_at_home_and_open_actions_are_shown(desk: Desk, case: Case) -> None:
    for name in ("team.xlsx", "team.docx"):
        form = made(case, desk.root / "team", name)
        with zipfile.ZipFile(form) as archive:
            everything = b"".join(archive.read(part) for part in archive.namelist())
        assert b"Quiet matters" not in everything
        text = excel_text(form) if name.endswith("xlsx") else word_text(form)
        assert "Publish the plan" in text
        assert "Write the plan" not in text, "a done action is not handed out again"


def test_the_workbook_is_locked_but_for_the_answers(desk: Desk) -> None:
    for sheet in sheets(desk.sent / "team.xlsx"):
        assert sheet.protection.sheet, sheet.title
        for row in excel_rows(sheet):
            assert sheet.cell(row.number, 1).protection.locked
            assert row.cell("Level").protection.locked is not row.first
            assert not row.cell("Evidence: page").protection.locked
            assert row.cell("Evidence: page").number_format == "@", "4-6 must not become a date"


def test_levels_and_documents_are_chosen_from_lists(desk: Desk) -> None:
    book = load_workbook(desk.sent / "team.xlsx")
    row = excel_row(book, "A1")
    rules = {
        str(rule.formula1): rule for rule in row.sheet.data_validations.dataValidation if row.cell("Level").coordinate
    }
    lists = book["Lists"]

    assert row.cell("Level").coordinate in rules["=Levels"].sqref
    assert row.cell("Evidence: document").coordinate in rules["=Documents"].sqref
    assert [c.value for c in lists["A"] if c.value] == ["Low", "Middle", "High", "not assessed"]
    assert [c.value for c in lists["B"] if c.value] == ["E1 | Strategy; part two | of three", "E2 | Board minutes"]
    assert lists.sheet_state == "hidden"


def test_levels_and_documents_are_chosen_from_lists_in_word_too(desk: Desk) -> None:
    document = Document(str(desk.sent / "team.docx"))

    def offered(tag: str) -> list[str]:
        return [i.get(qn("w:value")) for i in control(document, tag).iter(qn("w:listItem"))]

    assert offered("A1.level") == ["Low", "Middle", "High", "not assessed"]
    assert offered("A1.evidence3.document") == ["E1 | Strategy; part two | of three", "E2 | Board minutes"]


def test_the_words_of_a_statement_are_locked_in_word(desk: Desk) -> None:
    document = Document(str(desk.sent / "team.docx"))
    locked = [
        s
        for s in document.element.body.iter(qn("w:sdt"))
        if (lock := s.find(qn("w:sdtPr")).find(qn("w:lock"))) is not None
        and lock.get(qn("w:val")) == "sdtContentLocked"
    ]

    text = "\n".join(t.text or "" for s in locked for t in s.iter(qn("w:t")))
    assert "The Board has set aims." in text
    assert "Aims are known." in text


def test_peoples_text_is_never_a_formula(desk: Desk, case: Case) -> None:
    book = load_workbook(made(case, desk.root / "formula", "team.xlsx"))

    kinds = {c.data_type for s in book.worksheets for row in s.iter_rows() for c in row if c.value is not None}
    assert kinds == {"s"}


@pytest.mark.parametrize(
    "bad", ["\x00\x0b" + "x" * 60_000 + " _x0041_ ]]> \ufffe", "xxx _x0041_ ]]> _x000D_\r\n\ud800"]
)
def test_hostile_text_does_not_break_a_form(desk: Desk, case: Case, bad: str) -> None:
    assert case.previous
    last = dataclasses.replace(case.previous.forms[0].answers[0], comment=bad)
    previous = dataclasses.replace(case.previous, forms=(Form("team", "f", (last,)),))
    folder = desk.root / "hostile"
    write_forms(dataclasses.replace(case, previous=previous), folder)

    assert "xxx" in excel_text(folder / "team.xlsx")
    assert "_x0041_ ]]>" in word_text(folder / "team.docx")
    for name in ("team.xlsx", "team.docx"):
        assert desk.returned(folder / name)[1] == []


def test_the_same_case_gives_the_same_bytes(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {p.name: p.read_bytes() for p in write_forms(case, desk.root / "one")}
    monkeypatch.setenv("TZ", "Pacific/Auckland")

    second = {p.name: p.read_bytes() for p in write_forms(case, desk.root / "two")}

    assert first == second


def test_a_form_that_someone_filled_in_is_not_overwritten(desk: Desk, case: Case) -> None:
    folder = desk.root / "forms"
    write_forms(case, folder)
    for name, fill in (("team.xlsx", fill_excel), ("team.docx", fill_word)):
        untouched = (folder / name).read_bytes()
        fill(folder / name, {"A2": Said("Low")}, folder / name)
        filled = (folder / name).read_bytes()

        with pytest.raises(EditedError, match=name):
            write_forms(case, folder)

        assert (folder / name).read_bytes() == filled
        (folder / name).write_bytes(untouched)


def test_a_form_that_was_only_opened_and_saved_is_made_again(desk: Desk, case: Case) -> None:
    folder = desk.root / "forms"
    write_forms(case, folder)
    sent = (folder / "team.xlsx").read_bytes()
    fill_excel(folder / "team.xlsx", {}, folder / "team.xlsx")

    write_forms(case, folder)

    assert (folder / "team.xlsx").read_bytes() == sent


@pytest.mark.parametrize("name", ["team.docx", "partner.docx"])
def test_word_forms_are_valid_and_accessible(desk: Desk, name: str) -> None:
    form = desk.sent / name
    document = Document(str(form))

    assert [str(e) for e in OpenXmlValidator().validate(form).errors] == []
    assert document.core_properties.title and document.core_properties.language == "en-GB"
    headings = [int(p.style.name[-1]) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert headings[0] == 1
    assert all(b <= a + 1 for a, b in zip(headings, headings[1:], strict=False))
    for table in document.element.body.iter(qn("w:tbl")):
        assert next(table.iter(qn("w:tr"))).find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    for alias in document.element.body.iter(qn("w:alias")):
        assert alias.get(qn("w:val")), "a screen reader says a control's name"


def test_matrix_forms_say_what_they_are_asked_of(tmp_path: Path) -> None:
    cycle = tmp_path / "assessments" / "2025-26"
    cycle.mkdir(parents=True)
    (cycle / "assessment.yaml").write_text(
        "organisation: NHS Invented ICB\ncycle: 2025-26\nframework: hi-kloe\nsubject: Elective recovery plan\n"
        "respondents:\n  - {id: board, name: The Board, role: board}\n"
        "paper: {title: T, meeting: ICB Board, date: 2026-03-26}\n",
        "utf-8",
    )
    ws = Workspace(tmp_path)
    assessment, faults = read_assessment(ws, "2025-26")
    case = read_case(ws, assessment, (), faults)

    forms = write_forms(case, tmp_path / "forms")

    for form in forms:
        assert len(asked_in(form)) == 40
        text = excel_text(form) if form.suffix == ".xlsx" else word_text(form)
        assert "Elective recovery plan" in text
        assert "does not replace an equality impact assessment" in text
        assert "Priority: Avoid digital exclusion" in text


def test_long_names_and_signs_that_no_file_can_hold_are_no_reason_to_fail(case: Case, tmp_path: Path) -> None:
    odd = "An organisation\x07 with \x1b[31m a name \u202e of many letters " + "n" * 300
    people = tuple(dataclasses.replace(r, name=f"{odd} {r.name}") for r in case.assessment.respondents)
    named = dataclasses.replace(case.assessment, organisation=odd, respondents=people)

    for path in write_forms(dataclasses.replace(case, assessment=named), tmp_path / "odd"):
        with zipfile.ZipFile(path) as package:
            held = b"".join(package.read(part) for part in package.namelist()).decode("utf-8", "replace")
        assert "n" * 300 in held
        assert not {"\x07", "\x1b", "\u202e"} & {*held}


def test_word_forms_open_in_todays_mode_and_every_table_says_what_it_is(case: Case, tmp_path: Path) -> None:
    document = Document(str(made(case, tmp_path / "forms", "team.docx")))
    modes = {s.get(qn("w:name")): s.get(qn("w:val")) for s in document.settings.element.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"
    assert all(table._tbl.tblPr.find(qn("w:tblCaption")) is not None for table in document.tables)


def test_a_printed_row_of_an_excel_form_shows_its_smallest_letters_at_eight_points(case: Case, tmp_path: Path) -> None:
    for sheet in load_workbook(made(case, tmp_path / "forms", "team.xlsx")).worksheets:
        if sheet.sheet_state != "visible" or sheet.page_setup.orientation != "landscape":
            continue
        wide = sum(d.width for d in sheet.column_dimensions.values()) * 5.25
        room = 841.9 - 72 * (sheet.page_margins.left + sheet.page_margins.right)
        smallest = min(c.font.sz for row in sheet.iter_rows() for c in row if c.value)
        assert smallest * min(1, room / wide) >= 8, sheet.title
        assert sheet.print_title_rows


def test_a_partners_word_form_says_the_levels_once_and_has_one_line_for_evidence(case: Case, tmp_path: Path) -> None:
    plain = [
        dataclasses.replace(
            section, statements=tuple(dataclasses.replace(s, plain="We do this well.") for s in section.statements)
        )
        for section in case.framework.sections
    ]
    case = dataclasses.replace(case, framework=dataclasses.replace(case.framework, sections=tuple(plain)))
    partner, own = (Document(str(made(case, tmp_path / "forms", f"{who}.docx"))) for who in ("partner", "team"))
    assert "We do this well." in word_text(tmp_path / "forms" / "partner.docx")
    headings = [[cell.text.split(" (")[0] for cell in table.rows[0].cells] for table in partner.tables]
    assert headings.count(["The levels", "What each means"]) == 1
    evidence = [t for t, heads in zip(partner.tables, headings, strict=True) if "Evidence: document" in heads]
    assert evidence and all(len(table.rows) == 2 for table in evidence)
    assert sum("The levels" in t.rows[0].cells[0].text for t in own.tables) > 1
