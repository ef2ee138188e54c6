"""A form that lost its marks or contradicts them is not trusted, and nothing that was typed into one is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from pipeline.model import Finding, Severity
from tests.read.filled_forms import FULL, Desk, Said, answer, assert_all_said, excel_row, fill_excel, fill_word


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def excel(desk: Desk, damage: Callable[[Any], None], respondent: str = "team") -> tuple[Any, list[Finding]]:
    filled = fill_excel(desk.sent / f"{respondent}.xlsx", FULL, desk.root / "filled.xlsx", damage)
    return desk.returned(filled, respondent)


def copied(form: Path, to: Path, *left_out: str, changes: dict[tuple[str, str], str] | None = None) -> Path:
    """The values of a form's sheets in a workbook of somebody's own."""
    book, own = load_workbook(form), Workbook()
    own.remove(own.active)  # type: ignore[arg-type]
    for sheet in book.worksheets:
        if sheet.title not in left_out:
            made = own.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        made[cell.coordinate] = (changes or {}).get((sheet.title, str(cell.value)), cell.value)
    own.save(to)
    return to


def codes(findings: list[Finding]) -> set[str]:
    return {f.code for f in findings}


def test_sheets_copied_into_a_new_workbook_are_not_trusted(desk: Desk) -> None:
    filled = fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx")
    form, findings = desk.returned(copied(filled, desk.root / "own.xlsx", "Lists", "Cover"))

    assert form.answers == ()
    (found,) = [f for f in findings if f.code == "IN109"]
    assert (found.severity, found.respondent) == (Severity.BLOCKER, "team")
    assert "cycle, framework or respondent" in found.message


def test_sheets_copied_with_their_cover_are_read_with_a_warning(desk: Desk) -> None:
    filled = fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx")
    form, findings = desk.returned(copied(filled, desk.root / "own.xlsx", "Lists"))

    assert answer(form, "A1").level == "high"
    assert codes(findings) == {"IN105"} and "lost its hidden marks" in findings[0].message


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_last_years_form_with_the_year_overtyped_is_not_trusted(desk: Desk, suffix: str) -> None:
    yaml = desk.root / "assessments" / "2025-26" / "assessment.yaml"
    filled = desk.root / f"filled.{suffix}"
    if suffix == "xlsx":
        fill_excel(desk.sent / "team.xlsx", FULL, filled)
        book = load_workbook(filled)
        for sheet in (book["Cover"],):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == "2025-26":
                        cell.value = "2026-27"
        book.save(filled)
    else:
        fill_word(desk.sent / "team.docx", FULL, filled)
        document = Document(str(filled))
        for table in document.tables:
            for word_row in table.rows:
                if word_row.cells[-1].text == "2025-26":
                    word_row.cells[-1].text = "2026-27"
        document.save(str(filled))
    (desk.root / "assessments" / "2025-26").rename(desk.root / "assessments" / "2026-27")
    yaml = desk.root / "assessments" / "2026-27" / "assessment.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("cycle: 2025-26", "cycle: 2026-27"), "utf-8")
    form, findings = desk.returned_in(filled, "2026-27")

    assert form.answers == ()
    assert [f.code for f in findings] == ["IN109"]
    assert "`2025-26`" in findings[0].message and "`2026-27`" in findings[0].message


def test_a_partners_untrusted_form_is_a_warning(desk: Desk) -> None:
    filled = fill_excel(desk.sent / "partner.xlsx", FULL, desk.root / "filled.xlsx")
    form, findings = desk.returned(copied(filled, desk.root / "own.xlsx", "Lists", "Cover"), "partner")

    assert form.answers == ()
    assert [f.severity for f in findings if f.code == "IN109"] == [Severity.WARNING]


def remarks(book: Any) -> None:
    own = book.create_sheet("Notes")
    own["A1"] = "Please ring us before printing A1."
    row = excel_row(book, "A2", 2)
    row.sheet.cell(row.sheet.max_row + 2, 1).value = "A remark under the table."
    row.sheet.cell(row.number, 12).value = "Beside it."


REMARKS = ("Please ring us before printing A1.", "A remark under the table.", "Beside it.")


@pytest.mark.parametrize("lost", [(), ("Lists",)], ids=["with its marks", "without its marks"])
def test_a_sheet_of_notes_and_a_remark_under_the_table_are_named_and_nothing_else(
    desk: Desk, lost: tuple[str, ...]
) -> None:
    filled = fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx", remarks)
    form, findings = desk.returned(copied(filled, desk.root / "own.xlsx", *lost))

    assert answer(form, "A1").level == "high"
    said = [f.message for f in findings if "was typed where" in f.message]
    assert len(said) == len(REMARKS), said
    assert all(any(remark in message for message in said) for remark in REMARKS)


def test_the_hidden_sheet_says_nothing_when_it_is_shown(desk: Desk) -> None:
    def show(book: Any) -> None:
        book["Lists"].sheet_state = "visible"

    form, findings = excel(desk, show)

    assert_all_said(form)
    assert findings == []


def forget(document: Any) -> None:
    """Take away the hidden marks of a Word form, as programs do that keep no properties."""
    for relation in [r for r in document.part.package.rels.values() if "custom-properties" in r.reltype]:
        del document.part.package.rels[relation.rId]


def test_remarks_between_the_tables_of_a_word_form_without_marks_are_each_named(desk: Desk) -> None:
    def remark(document: Any) -> None:
        forget(document)
        for table, text in zip(document.tables[-5:-3], ("Ask Amina.", "We doubt this one."), strict=True):
            table._tbl.addprevious(document.add_paragraph(text)._p)

    filled = fill_word(desk.sent / "team.docx", {"A1": Said("High", "Well.")}, desk.root / "filled.docx", remark)
    _, findings = desk.returned(filled)

    named = sorted(f.message.split("`")[1] for f in findings if "no place for an answer" in f.message)
    assert named == ["Ask Amina.", "We doubt this one."]


def test_the_footer_of_a_word_form_without_marks_is_its_own(desk: Desk) -> None:
    filled = fill_word(desk.sent / "team.docx", {"A1": Said("High", "Well.")}, desk.root / "filled.docx", forget)
    form, findings = desk.returned(filled)

    assert answer(form, "A1").level == "high"
    assert len(findings) == 1 and "lost its hidden marks" in findings[0].message


def rename_headings(book: Any) -> None:
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            if cells[0].value == "Statement" and cells[3].value == "Level":
                cells[3].value, cells[5].value = "How far on", "Kurzfassung"


def test_renamed_headings_over_levels_are_never_nothing_to_do(desk: Desk) -> None:
    form, findings = excel(desk, rename_headings, "partner")

    assert answer(form, "A1").level is None
    columns = [f for f in findings if f.code == "IN106" and "How far on" in f.message]
    assert columns and all(f.severity is Severity.WARNING and "`High`" in f.message for f in columns[:1])
    assert not any("Nothing needs doing" in f.remedy for f in columns)


def test_a_partner_whose_levels_were_lost_is_named(desk: Desk) -> None:
    from pipeline.checks import check
    from pipeline.score import score

    filled = fill_excel(desk.sent / "partner.xlsx", FULL, desk.root / "filled.xlsx", rename_headings)
    place = desk.root / "assessments" / "2025-26" / "responses" / "partner.xlsx"
    place.write_bytes(filled.read_bytes())
    case = desk.case()
    (found,) = [f for f in check(case, score(case)) if f.code == "ST211"]

    assert (found.respondent, found.severity) == ("partner", Severity.WARNING)
    assert "A1" in found.message and "1.10" in found.message and "no level at all" in found.message


def test_a_deleted_comment_column_is_named(desk: Desk) -> None:
    def delete(book: Any) -> None:
        excel_row(book, "A1").sheet.delete_cols(5)

    form, findings = excel(desk, delete)

    assert answer(form, "A1").level == "high"
    assert ["`Comment`" in f.message for f in findings if f.code == "IN108"] == [True]


def test_the_documents_of_a_second_answer_are_not_counted(desk: Desk) -> None:
    said = {**FULL, "A2": Said("Low", "Meant for A2.", "", (("E2", "", ""), ("E3", "", "")))}

    def retype(book: Any) -> None:
        for _ in range(3):
            row = excel_row(book, "A2", 0)
            row.sheet.cell(row.number, 1).value = "A1"

    form, findings = desk.returned(fill_excel(desk.sent / "team.xlsx", said, desk.root / "f.xlsx", retype))

    assert [c.evidence for c in answer(form, "A1").citations] == ["E1", "E2"]
    twice = [f for f in findings if f.code == "IN103"]
    assert twice and "Meant for A2." in twice[0].message and "`E3`" in twice[-1].message


def test_a_column_of_levels_in_a_teams_own_table_is_more_than_a_note(tmp_path: Path) -> None:
    from tests.read.making import PARTNER, faults_of

    text = "statement,level,comment,evidence,agreed\nA1,,Seen.,,High\n"
    (found,) = faults_of(tmp_path, {PARTNER: text})
    assert (found.code, found.severity) == ("IN106", Severity.WARNING)
    assert "`High`" in found.message and "Nothing needs doing" not in found.remedy


def test_remarks_in_a_teams_own_workbook_are_named(tmp_path: Path) -> None:
    from tests.read.making import TEAM, gather, workbook

    rows = [
        ["statement", "level", "comment", "evidence"],
        ["First section", "", "", ""],
        ["A1", "Low", "x", "E001"],
        ["Please do not print A1 before June.", "", "", ""],
        ["Ask Amina", "", "", ""],
    ]
    content = workbook(rows, Notes=[["The chair has doubts about B2."]])
    case = gather(tmp_path, {TEAM: None, TEAM.replace(".csv", ".xlsx"): content})
    (found,) = [f for f in case.faults if f.code == "IN105" and "outside the table" in f.message]
    assert "`Ask Amina`" in found.message
    assert "do not print A1 before June" in found.message and "doubts about B2" in found.message
    assert "First section" not in found.message


def test_a_level_typed_under_last_year_is_named_though_the_form_says_that_word_elsewhere(desk: Desk) -> None:
    def overtype(book: Any) -> None:
        row = excel_row(book, "A2")
        row.cell("Level").value = None
        row.cell("Last year").value = "High"

    _, findings = excel(desk, overtype)

    named = [f for f in findings if "Last year" in f.message]
    assert [(f.code, f.statement) for f in named] == [("IN105", "A2")] and "`High`" in named[0].message


@pytest.mark.parametrize(
    ("typed", "day"), [("2026-02-12", "2026-02-12"), ("12 February 2026", "2026-02-12"), ("last week", None)]
)
def test_what_a_form_says_of_itself_is_used_where_nothing_else_says_it(desk: Desk, typed: str, day: str | None) -> None:
    def complete(book: Any) -> None:
        for cells in book["Cover"].iter_rows():
            if cells[0].value == "Date completed":
                cells[1].value = typed
            elif cells[0].value == "Completed in which way":
                cells[1].value = "Workshop"

    filled = fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx", complete)
    place = desk.root / "assessments" / "2025-26" / "responses" / "team.xlsx"
    place.write_bytes(filled.read_bytes())
    case = desk.case()
    team = case.assessment.respondents[0]

    assert team.method == "workshop"
    assert str(team.completed_on) == str(day)
    assert any("`last week`" in f.message for f in case.faults) == (day is None)


def test_proposed_actions_come_back_as_rows_to_paste(desk: Desk) -> None:
    from pipeline.prepare.inbox import inbox
    from pipeline.workspace import Workspace

    def act(book: Any) -> None:
        sheet = excel_row(book, "A1").sheet
        row = next(c.row for c in sheet["B"] if c.value == "Action") + 1
        for column, value in enumerate(("a2", "Publish, then ask", "Director", "30 September 2026", "It is out"), 1):
            sheet.cell(row, column).value = value

    filled = fill_excel(desk.sent / "team.xlsx", {}, desk.root / "filled.xlsx", act)
    place = desk.root / "assessments" / "2025-26" / "responses" / "team.xlsx"
    place.write_bytes(filled.read_bytes())
    lines = inbox(Workspace(desk.root), desk.case()).action_rows

    (desk.root / "assessments" / "2025-26" / "actions.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (action,) = desk.case().actions
    assert (action.section, action.statement, action.action) == ("A", "A2", "Publish, then ask")
    assert (action.owner, str(action.due), action.status) == ("Director", "2026-09-30", "open")


@pytest.mark.parametrize("written", ["1.1O", "A 11", "1.1"])
def test_an_answer_with_a_mistyped_id_is_named_even_where_it_reads_like_headings(desk: Desk, written: str) -> None:
    def mistype(book: Any) -> None:
        row = excel_row(book, "1.10")
        for heading, text in (("Level", "Low"), ("Comment", "Our comment"), ("Evidence: words", "these words")):
            row.write(heading, text)
        row.sheet.cell(row.number, 1).value = written

    _, findings = excel(desk, mistype)

    (named,) = [f for f in findings if f"no statement `{written}`" in f.message]
    assert named.code == "IN102"
    assert all(f"`{text}`" in named.message for text in ("Low", "Our comment", "these words"))
