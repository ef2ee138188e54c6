"""One tiny workspace a fault: exactly that fault is named, at its file and row, and a final paper is refused or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.codes import codes
from pipeline.dossier.build import build
from pipeline.errors import ExitCode
from pipeline.model import Finding, Severity
from pipeline.office import recognition
from pipeline.papers.actions import due_in_words
from tests.case_workspaces import CYCLE, expected, faults, judge, make_workspace
from tests.plain_words import assert_plain


def as_expected(finding: Finding, wanted: dict[str, Any]) -> dict[str, Any]:
    """The finding's own values of what the case says."""
    values = {key: getattr(finding, key) for key in {*wanted, "code", "severity", "file", "row"}}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


@pytest.mark.parametrize("name", faults())
def test_exactly_the_fault_is_named(name: str, tmp_path: Path) -> None:
    said = expected(name)
    if said.get("needs") == "text recognition" and recognition.engine() is None:
        pytest.skip("needs text recognition: Tesseract, or the extra boardpack[ocr]")
    ws = make_workspace(tmp_path, name)
    found = judge(ws)[2]
    wanted = [{"row": None, "file": None} | w for w in said["expect"]]
    here = sorted(found, key=lambda f: (f.code, f.file or "", f.row or 0, f.field or ""))
    wanted.sort(key=lambda w: (w["code"], w["file"] or "", w["row"] or 0, w.get("field") or ""))
    assert [f.code for f in here] == [w["code"] for w in wanted], here
    assert [as_expected(f, w) for f, w in zip(here, wanted, strict=True)] == wanted
    for finding in found:
        assert_plain(finding)
    blocked = any(f.severity is Severity.BLOCKER for f in found)
    assert (ExitCode.FINDINGS_BLOCK if blocked else ExitCode.DONE) == said["exit"]


def test_every_code_has_a_case_that_trips_it() -> None:
    tripped = {wanted["code"] for name in faults() for wanted in expected(name)["expect"]}
    assert {*codes()} == tripped


def test_the_clean_workspace_has_two_cycles_and_trips_nothing(tmp_path: Path) -> None:
    case, scores, found = judge(make_workspace(tmp_path))
    assert found == ()
    assert case.previous is not None
    assert case.assessment.cycle == CYCLE
    assert scores.statements["GA1"].movement.kind == "up"


def test_a_revised_date_that_lies_ahead_is_not_overdue_and_both_dates_are_printed(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    table = ws.cycle_folder("2025-26") / "actions.csv"
    text = table.read_text(encoding="utf-8").replace("measure,evidence", "measure,evidence,revised_due", 1)
    text = text.replace("2026-06-30,open,Each aim has a date,", "2025-09-30,open,Each aim has a date,,2026-06-30")
    table.write_text(text, encoding="utf-8")
    case, scores, found = judge(ws)
    assert "AC502" not in {f.code for f in found}
    (action, *_) = build(case, scores, found).actions
    assert not action.overdue
    assert due_in_words(action) == "30 June 2026 (first 30 September 2025)"
