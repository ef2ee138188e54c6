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
    case = with_last(tmp_path, **{"actions.csv": "not a table", "risks.csv": "\0", "narrative/background.md": "\0"})
    assert case.faults == ()


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
