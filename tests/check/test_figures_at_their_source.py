"""Figures against the sheet, the cell or the words that their row cites, compared as numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import evidence
from pipeline.checks.figures_sources import differs_from_source
from pipeline.model import Case, CheckResult, Finding, Verdict
from pipeline.score import score
from pipeline.workspace import Workspace
from tests.cases_by_hand import cite, document, make_case
from tests.check.test_figures_in_rows import MONEY, TREATED

SHEET = (
    ("Treated to target, March 2025",),
    ("Deprivation fifth", "Treated", "People", "Share"),
    ("1 (most deprived)", 26131, 40203, 0.64997),
    ("2", 20930, 29900, 0.7),
    ("Source: practice records, 88 of 88",),
)


def workbook(path: Path, rows: Any, formats: dict[str, str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "By fifth"
    for row in rows:
        sheet.append(row)
    for name, code in formats.items():
        sheet[name].number_format = code
    path.parent.mkdir(parents=True)
    book.save(path)


def found(case: Case) -> list[Finding]:
    return list(differs_from_source(case, score(case)))


def against_sheet(
    tmp_path: Path, row: Any, rows: Any = SHEET, sheet: str = "By fifth", **formats: str
) -> list[Finding]:
    """What is found where a row cites a sheet of a real workbook."""
    workbook(tmp_path / "evidence" / "book.xlsx", rows, {"D3": "0.0%", "D4": "0.0%"} | formats)
    cited = cite("E1", sheet=sheet, statement=None, respondent=None)
    table = "funding" if hasattr(row, "amount") else "indicators"
    case = make_case(register=[document("E1", file="book.xlsx")], **{table: (replace(row, citations=(cited,)),)})
    return found(evidence.follow(case, Workspace(tmp_path)))


@pytest.mark.parametrize(
    ("changed", "field", "cell"),
    [
        ({"value": "64.0"}, "value", "By fifth!D3 holds 65.0%"),
        ({"numerator": "26,731"}, "numerator", "By fifth!B3 holds 26131"),
        ({"denominator": "40230"}, "denominator", "By fifth!C3 holds 40203"),
        ({"numerator": "20930"}, "numerator", "By fifth!B3 holds 26131; 20930 stands in By fifth!B4"),
        ({"value": "70.0"}, "value", "By fifth!D3 holds 65.0%; 70.0% stands in By fifth!D4"),
        ({"category": "2"}, "value", "By fifth!D4 holds 70.0%; 65.0% stands in By fifth!D3"),
    ],
)
def test_the_cell_that_holds_another_figure_is_named(
    tmp_path: Path, changed: dict[str, str], field: str, cell: str
) -> None:
    (told,) = [f for f in against_sheet(tmp_path, replace(TREATED, **changed)) if f.field == field]
    assert told.code == "FG902"
    assert cell in told.message


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"value": "65"},
        {"value": "65.0%", "numerator": "26,131", "denominator": "40 203"},
        {"category": "Most deprived fifth"},
        {"category": "Quintile 1", "breakdown": "IMD"},
        {"value": "*", "numerator": "*", "denominator": "*"},
        {"category": "3", "value": "91.2", "numerator": "5", "denominator": "9"},
    ],
)
def test_the_same_figure_in_another_dress_is_the_same(tmp_path: Path, changed: dict[str, str]) -> None:
    assert against_sheet(tmp_path, replace(TREATED, **changed)) == []


def test_a_cell_that_is_named_is_compared_alone(tmp_path: Path) -> None:
    one = replace(TREATED, numerator="", denominator="")
    assert against_sheet(tmp_path / "a", one, sheet="By fifth!D3") == []
    (told,) = against_sheet(tmp_path / "b", one, sheet="By fifth!D4")
    assert "By fifth!D4 holds 70.0%" in told.message


def test_a_share_without_its_sign_and_periods_in_columns(tmp_path: Path) -> None:
    wide = (
        ("Fifth", "2023-24", "2024-25"),
        ("1 (most deprived)", 61.8, 65.0),
        ("5 (least deprived)", 70.9, 71.6),
    )
    row = replace(TREATED, numerator="", denominator="")
    assert against_sheet(tmp_path / "a", row, wide) == []
    (told,) = against_sheet(tmp_path / "b", replace(row, value="61.8"), wide)
    assert "By fifth!C2 holds 65; 61.8% stands in By fifth!B2" in told.message


def test_sums_of_money_in_a_sheet(tmp_path: Path) -> None:
    rows = (("Scheme", "Amount", "Staff"), ("Checks", 300000, 12), ("Others", 810000, 4))
    assert against_sheet(tmp_path / "a", MONEY, rows, B2="£#,##0") == []
    (told,) = against_sheet(tmp_path / "b", replace(MONEY, amount=350_000.0), rows)
    assert (told.field, "By fifth!B2 holds 300000" in told.message) == ("amount", True)


def against_words(row: Any, words: str) -> list[str | None]:
    cited = cite("E1", words, statement=None, respondent=None)
    table = "funding" if hasattr(row, "amount") else "indicators"
    seen = {cited: CheckResult(Verdict.FOUND)}
    case = make_case(register=[document("E1")], check_results=seen, **{table: (replace(row, citations=(cited,)),)})
    assert {f.code for f in found(case)} <= {"FG902"}
    return [f.field for f in found(case)]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("26,131 of 40,203 people, or 65%, were treated", []),
        ("26,181 of 40,203 people were treated", ["numerator"]),
        ("26,131 of 41,203 people were treated", ["denominator"]),
        ("66.0% were treated", ["value"]),
        ("65% were treated", []),
        ("treatment was talked about for eleven of the eighteen", []),
        ("110,270 of 161,560 people in all places (68%) were treated", []),
        ("the plan was agreed on 18 September 2025", []),
        ("treatment has risen in each of the last six quarters", []),
    ],
)
def test_figures_against_the_words_cited(words: str, fields: list[str]) -> None:
    assert against_words(TREATED, words) == fields


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("£180,000 had been moved", []),
        ("£0.18 million had been moved", []),
        ("£180k had been moved", []),
        ("£190,000 had been moved", ["redirected"]),
        ("£30,000 for checks", ["amount"]),
        ("Checks 300", []),
        ("Checks 380", ["amount"]),
        ("the £6.40 million is protected for 2025-26", []),
        ("7,460 people in 18 places", []),
    ],
)
def test_money_against_the_words_cited(words: str, fields: list[str]) -> None:
    assert against_words(MONEY, words) == fields
