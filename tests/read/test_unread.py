"""Nothing in a cycle's folder is passed over in silence: what no reader looks at is named, and what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Finding, Severity
from tests.read.making import CYCLE, HERE, RESPONSES, gather, make

ACTIONS = "id,section,statement,action,owner,due,status,measure\nA1,A,A1,Ask.,Secretary,2026-09-01,open,Asked.\n"
FUNDING = (
    "id,scheme,year,category,place,amount,ringfenced,recurrent,redirected,decision,decided_by,basis,method,"
    "evaluation,ends,statements,evidence\n"
    "F1,Warm homes,2025-26,pilot,All,100,full,no,,,,,,,,A1,\n"
)
CHARTER = "problem: Cold homes.\n"


def unread(root: Path, files: dict[str, str | bytes | None]) -> list[Finding]:
    return [f for f in gather(root, {f"{HERE}/{n}": c for n, c in files.items()}).faults if f.code == "IN107"]


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("action.csv", "actions.csv"),
        ("Actions (2).csv", "actions.csv"),
        ("action plan.xlsx", "actions.csv"),
        ("actions.txt", "actions.csv"),
        ("actions.docx", "actions.csv"),
        ("BAF risk register.csv", "risks.csv"),
        ("fundings.csv", "funding.csv"),
        ("indcators.csv", "indicators.csv"),
        ("executive-summary.md", "narrative/executive-summary.md"),
        ("narratives/background.md", "narrative/"),
        ("scheme/warm-homes.yaml", "schemes/"),
        ("narrative/executive-sumary.md", "narrative/executive-summary.md"),
        ("narrative/Executive Summary.md", "narrative/executive-summary.md"),
        ("narrative/exec-summary.docx", "narrative/executive-summary.md"),
        ("narrative/background.txt", "narrative/background.md"),
        ("narrative/background.md.txt", "narrative/background.md"),
        ("narrative/next_steps.md", "narrative/next-steps.md"),
        ("narrative/old/next-steps.md", "narrative/next-steps.md"),
    ],
)
def test_a_name_near_an_absent_one_blocks(file: str, meant: str, tmp_path: Path) -> None:
    (found,) = unread(tmp_path, {file: "x"})
    top = "/".join(file.split("/")[: 1 if meant.endswith("/") else 2])
    at = f"{HERE}/{top}" if not file.startswith("narrative/old") else f"{HERE}/narrative/old"
    assert (found.severity, found.file, found.row) == (Severity.BLOCKER, at, None)
    assert f"`{meant}`" in found.message and f"`{meant}`" in found.remedy


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "x"},
        {"README.md": "x"},
        {"register.csv": "x"},
        {"pictures/logo.png": b"x"},
        {"actions.csv": ACTIONS, "actions-old.csv": "x"},
        {"actions.csv": ACTIONS, "actions.docx": b"x"},
        {"narrative/background.md": "We met.", "narrative/background.docx": b"x"},
        {"narrative/foreword.md": "We met."},
        {"responses/drafts/board.csv": RESPONSES},
        {"another-framework.yaml": "id: x\n"},
    ],
    ids=lambda files: list(files)[-1],
)
def test_another_file_that_nothing_reads_is_a_warning(files: dict[str, str | bytes], tmp_path: Path) -> None:
    (found,) = unread(tmp_path, dict(files))
    last = list(files)[-1].split("/")
    deep = last[0] in ("narrative", "responses")
    assert (found.severity, found.file) == (Severity.WARNING, f"{HERE}/{'/'.join(last[: 2 if deep else 1])}")


@pytest.mark.parametrize("place", ["board.csv", "responses/returned/board.csv", "forms/board.csv"])
def test_a_form_in_the_wrong_folder_blocks_where_it_is_missed(place: str, tmp_path: Path) -> None:
    (found,) = unread(tmp_path, {"responses/board.csv": None, place: RESPONSES})
    assert found.severity is Severity.BLOCKER and "responses/board.csv" in found.message


@pytest.mark.parametrize(
    ("scheme", "severity"),
    [
        ("warm-home.yaml", Severity.BLOCKER),
        ("warm-homes.txt", Severity.BLOCKER),
        ("cycling.yaml", Severity.WARNING),
    ],
)
def test_a_charter_that_no_funding_names(scheme: str, severity: Severity, tmp_path: Path) -> None:
    (found,) = unread(tmp_path, {"funding.csv": FUNDING, f"schemes/{scheme}": CHARTER})
    assert (found.severity, found.file) == (severity, f"{HERE}/schemes/{scheme}")
    assert found.papers == ("annual-report-section",)
    assert ("warm-homes.yaml" in found.message) == (severity is Severity.BLOCKER)


def test_what_is_read_is_not_named(tmp_path: Path) -> None:
    found = unread(
        tmp_path,
        {
            "actions.csv": ACTIONS,
            "Funding.CSV": FUNDING,
            "schemes/warm-homes.yaml": CHARTER,
            "narrative/Background.md": "We met.",
            "narrative/annual-report-AR1.md": "We met.",
            "narrative/desktop.ini": "x",
            "sign-offs.jsonl": "",
            "old/~$actions.csv": "x",
        },
    )
    assert found == []


def test_one_misnamed_funding_table_is_one_fault(tmp_path: Path) -> None:
    (found,) = unread(tmp_path, {"fundings.csv": FUNDING, "schemes/warm-homes.yaml": CHARTER})
    assert found.file == f"{HERE}/fundings.csv"


def test_a_narrative_in_capitals_is_printed_like_any_other(tmp_path: Path) -> None:
    case = gather(tmp_path, {f"{HERE}/narrative/Executive-Summary.md": "We met."})
    assert [n.name for n in case.narratives] == ["executive-summary"]


def test_the_folders_of_earlier_cycles_are_not_looked_through(tmp_path: Path) -> None:
    make(tmp_path)
    old = tmp_path / "assessments/2024-25"
    old.mkdir()
    for name in ("assessment.yaml", "small.yaml"):
        text = (tmp_path / HERE / name).read_text(encoding="utf-8").replace(CYCLE, "2024-25")
        (old / name).write_text(text, encoding="utf-8")
    (old / "action.csv").write_text("x", encoding="utf-8")
    yaml = (tmp_path / HERE / "assessment.yaml").read_text(encoding="utf-8") + "previous: 2024-25\n"
    assert unread(tmp_path, {"assessment.yaml": yaml}) == []
