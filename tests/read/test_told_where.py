"""A finding leads people to the cell: the sheet beside its row, the columns of their form, the name of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.checks import check
from pipeline.model import Finding
from pipeline.score import score
from tests.read.filled_forms import Desk, Said, fill_excel, fill_word

CYCLE = "assessments/2025-26"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def found(desk: Desk, code: str) -> list[Finding]:
    case = desk.case()
    return [f for f in check(case, score(case)) if f.code == code]


def workbook(path: Path, sheet: str, *rows: tuple[str, ...]) -> None:
    """A table on its sheet, behind a sheet of another kind."""
    book = Workbook()
    book.active.title = "Read me"
    book.active["A1"] = "Sent on Monday."
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    book.save(path)


@pytest.mark.parametrize(
    ("table", "sheet", "rows", "row"),
    [
        (
            "responses/team",
            "Our answers",
            (("statement", "level", "comment", "evidence"), ("A1", "Tall", "Yes.", "")),
            2,
        ),
        (
            "actions",
            "Plan 2026",
            (
                ("id", "section", "statement", "action", "owner", "due", "status", "measure"),
                ("X1", "A", "A1", "Write it all down", "Director", "2026-09-30", "open", "written"),
                ("X2", "A", "A2", "Count what is spent", "Director", "soon", "open", "counted"),
            ),
            3,
        ),
    ],
)
def test_the_sheet_is_told_beside_the_row(
    desk: Desk, table: str, sheet: str, rows: tuple[tuple[str, ...], ...], row: int
) -> None:
    workbook(desk.root / CYCLE / f"{table}.xlsx", sheet, *rows)
    (told,) = [f for f in found(desk, "IN101") if f.file and f.file.endswith(".xlsx")]
    assert told.row == row
    assert told.message.endswith(f" It is row {row} of the sheet “{sheet}”.")


@pytest.mark.parametrize("fill", [fill_excel, fill_word])
def test_whoever_cited_in_the_columns_of_a_form_is_told_of_columns(desk: Desk, fill: object) -> None:
    suffix = ".xlsx" if fill is fill_excel else ".docx"
    said = {"A1": Said("High", "Yes.", "", (("E1", "the second", ""),))}
    fill(desk.sent / f"team{suffix}", said, desk.root / CYCLE / f"responses/team{suffix}")  # type: ignore[operator]
    (told,) = found(desk, "CI406")
    assert "copy the words cited into the column for words" in told.remedy
    assert "`E012 p.4" not in told.remedy


def test_whoever_cited_on_one_line_is_told_of_the_line(desk: Desk) -> None:
    (desk.root / CYCLE / "responses/team.csv").write_text(
        "statement,level,comment,evidence\nA1,High,Yes.,E1 p.the second\n", "utf-8"
    )
    (told,) = found(desk, "CI406")
    assert "`E012 p.4`" in told.remedy and "column" not in told.remedy


def returned(desk: Desk, *names: str) -> None:
    for name in names:
        text = "statement,level,comment,evidence\nA2,High,Yes.,\n"
        (desk.root / CYCLE / "responses" / name).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("there", "name", "meant", "rename"),
    [
        (("team.csv", "partner.csv"), "final version.csv", "The Board", "board.csv"),
        ((), "from The BOARD (2).csv", "The Board", "board.csv"),
        (("board.csv",), "answers of a Partner.CSV", "A partner", "partner.csv"),
    ],
)
def test_a_form_of_nobody_is_told_with_whose_it_may_be(
    desk: Desk, there: tuple[str, ...], name: str, meant: str, rename: str
) -> None:
    returned(desk, *there, name)
    (told,) = [f for f in found(desk, "IN102") if f.file and f.file.endswith(name)]
    assert told.message == f"There is no form from {meant}; `{name}` belongs to nobody, so it is not read."
    assert told.remedy == f"If it is theirs, rename it `{rename}`."


@pytest.mark.parametrize("there", [("team.csv", "board.csv", "partner.csv"), ()])
def test_where_nobody_or_anybody_may_be_meant_no_name_is_guessed(desk: Desk, there: tuple[str, ...]) -> None:
    returned(desk, *there, "final version.csv")
    (told,) = [f for f in found(desk, "IN102") if f.file and f.file.endswith("version.csv")]
    assert "rename it" not in told.remedy and "There is no respondent `final version`" in told.message
