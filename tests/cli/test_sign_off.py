"""Sign-off through the front door: a chain of records, and what changes after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from tests.cli.conftest import Run

CHAIN = "assessments/2025-26/sign-offs.jsonl"


def sign(run: Run, ws: Workspace, by: str = "Director of Strategy", on: str = "2026-03-19") -> None:
    said = run(ws.root, "sign-off", "2025-26", "--by", by, "--on", on)
    assert said.code == 0, said.err
    assert "not who signed it" in said.out


def changes(run: Run, ws: Workspace) -> list[tuple[str, int | None, str]]:
    run(ws.root, "check")
    findings = json.loads((ws.build("2025-26") / "findings.json").read_text(encoding="utf-8"))
    return [(f["file"], f["row"], f["message"]) for f in findings if f["code"] == "EV310"]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_found_as_long_as_nothing_changes(run: Run, clean: Workspace) -> None:
    assert changes(run, clean) == []
    sign(run, clean)
    assert changes(run, clean) == []


def test_each_record_holds_the_digest_of_the_one_before(run: Run, clean: Workspace) -> None:
    sign(run, clean)
    first = (clean.root / CHAIN).read_bytes()
    sign(run, clean, by="Chair of the Audit Committee", on="2026-03-20")

    records = [json.loads(line) for line in (clean.root / CHAIN).read_text(encoding="utf-8").splitlines()]
    assert (clean.root / CHAIN).read_bytes().startswith(first)
    assert [r["by"] for r in records] == ["Director of Strategy", "Chair of the Audit Committee"]
    assert records[1]["previous"] == records[0]["digest"]


def test_a_changed_document_a_row_and_an_answer_are_each_found(run: Run, clean: Workspace) -> None:
    sign(run, clean)
    with (clean.root / "evidence/audit.txt").open("a", encoding="utf-8") as file:
        file.write("\nA line added later.\n")
    register = clean.root / "evidence/register.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    row = next(n for n, line in enumerate(lines, start=1) if ",audit.txt," in line)
    owner = lines[row - 1].split(",")[3]
    change(register, f",audit.txt,{owner},", ",audit.txt,Somebody else,")
    change(clean.root / "assessments/2025-26/responses/team.csv", ",Growing,", ",Emergent,")

    found = changes(run, clean)

    assert [(file, line) for file, line, _ in found] == [
        ("assessments/2025-26/responses/team.csv", 2),
        ("evidence/register.csv", row),
        ("evidence/register.csv", row),
    ]
    assert all("since Director of Strategy, 19 March 2026, signed" in message for _, _, message in found)


@pytest.mark.parametrize("old, new", [("Director of Strategy", "Director of Finance"), ("2026-03-19", "2026-03-18")])
def test_a_record_that_was_changed_is_found(run: Run, clean: Workspace, old: str, new: str) -> None:
    sign(run, clean)
    change(clean.root / CHAIN, old, new)

    assert [(file, row) for file, row, _ in changes(run, clean)] == [(CHAIN, 1)]


def test_a_record_that_cannot_be_read_stops_with_its_line(run: Run, clean: Workspace) -> None:
    (clean.root / CHAIN).write_text("not a record\n", encoding="utf-8")

    said = run(clean.root, "check")

    assert said.code == 4
    assert f"{CHAIN}, row 1" in said.err


def test_the_paper_names_who_signed(run: Run, clean: Workspace) -> None:
    from docx import Document

    sign(run, clean)
    assert run(clean.root, "build", "board-paper").code == 0

    paper = Document(str(clean.build("2025-26") / "board-paper.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any("Director of Strategy, 19 March 2026" in cell for cell in cells)
