"""Last cycle is read to be compared with, and its faults are notes."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Case, Severity
from tests.read.making import ASSESSMENT, ASSESSMENT_TEXT, FRAMEWORK_TEXT, RESPONSES, gather

LAST = "assessments/2024-25"
NOW = ASSESSMENT_TEXT.replace("cycle: 2025-26", "cycle: 2025-26\nprevious: 2024-25")
FILES = {
    ASSESSMENT: NOW,
    f"{LAST}/assessment.yaml": ASSESSMENT_TEXT.replace("cycle: 2025-26", "cycle: 2024-25"),
    f"{LAST}/small.yaml": FRAMEWORK_TEXT,
    f"{LAST}/responses/team.csv": RESPONSES + "A1,Low,Then.,E001\n",
}


def with_last(root: Path, **changes: str | None) -> Case:
    return gather(root, {**FILES, **{f"{LAST}/{name}": text for name, text in changes.items()}})


def test_its_levels_and_citations_are_read(tmp_path: Path) -> None:
    case = with_last(tmp_path)
    assert case.previous and case.previous.assessment.cycle == "2024-25"
    (answer,) = case.previous.forms[0].answers
    assert (answer.level, answer.citations[0].evidence, answer.place.file) == (
        "low",
        "E001",
        f"{LAST}/responses/team.csv",
    )
    assert case.faults == ()
    assert answer.citations[0] not in case.citations


def test_no_other_table_of_it_is_opened(tmp_path: Path) -> None:
    case = with_last(tmp_path, **{"risks.csv": "\0", "narrative/background.md": "\0", "funding.csv": "x"})
    assert case.faults == ()


def test_its_open_actions_are_read_and_a_table_that_is_none_costs_only_itself(tmp_path: Path) -> None:
    rows = "id,section,statement,action,owner,due,status,measure\nX1,A,A1,Name a lead,Director,2025-01-31,open,Named\n"
    case = with_last(tmp_path / "read", **{"actions.csv": rows})
    assert case.previous and [a.id for a in case.previous.actions] == ["X1"]
    case = with_last(tmp_path / "not", **{"actions.csv": "not a table"})
    assert case.previous and case.previous.forms and case.previous.actions == ()
    assert [(f.severity, f.file) for f in case.faults] == [(Severity.NOTE, f"{LAST}/actions.csv")]


def test_the_cycles_before_it_are_read_newest_first_where_they_are_this_organisations(tmp_path: Path) -> None:
    older = {}
    for cycle, day in (("2022-23", "2023-03-30"), ("2023-24", "2024-03-28")):
        text = ASSESSMENT_TEXT.replace("cycle: 2025-26", f"cycle: {cycle}").replace("2026-03-26", day)
        older |= {f"assessments/{cycle}/assessment.yaml": text, f"assessments/{cycle}/small.yaml": FRAMEWORK_TEXT}
    other = older["assessments/2022-23/assessment.yaml"].replace("organisation: ", "organisation: Not ")
    case = gather(tmp_path / "ours", {**FILES, **older})
    assert [c.assessment.cycle for c in case.earlier] == ["2023-24", "2022-23"]
    case = gather(tmp_path / "other", {**FILES, **older, "assessments/2022-23/assessment.yaml": other})
    assert [c.assessment.cycle for c in case.earlier] == ["2023-24"]


def test_its_faults_are_notes_that_name_the_cycle(tmp_path: Path) -> None:
    case = with_last(tmp_path, **{"responses/team.csv": RESPONSES + "A1,Lwo,x,\nZ9,Low,x,\n"})
    assert [(f.code, f.severity, f.row, f.respondent) for f in case.faults] == [
        ("IN101", Severity.NOTE, 2, "team"),
        ("IN102", Severity.NOTE, 3, "team"),
    ]
    assert all(f.message.startswith("Last cycle (2024-25): ") and f.file for f in case.faults)


def test_a_form_of_it_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    case = with_last(tmp_path, **{"responses/board.csv": "\0"})
    assert case.previous and [f.respondent for f in case.previous.forms] == ["team"]
    (found,) = case.faults
    assert (found.severity, found.file, found.respondent) == (Severity.NOTE, f"{LAST}/responses/board.csv", "board")


def test_where_it_cannot_be_read_at_all_a_note_says_so_and_nothing_is_compared(tmp_path: Path) -> None:
    for name in ("assessment.yaml", "small.yaml"):
        case = with_last(tmp_path / name, **{name: "a: [1"})
        assert case.previous is None
        assert [(f.code, f.severity, f.file) for f in case.faults] == [("IN101", Severity.NOTE, f"{LAST}/{name}")]
        assert "no movement" in case.faults[0].message
