"""Sign-off through the front door: a chain of records, and what changes after it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.flow.publishing import sign_cycle
from pipeline.inputs.signoffs import read_signoffs
from pipeline.workspace import SHIPPED_TEMPLATES, Workspace
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


EVERYTHING = (
    "assessments/2025-26/assessment.yaml",
    "assessments/2025-26/actions.csv",
    "assessments/2025-26/risks.csv",
    "assessments/2025-26/funding.csv",
    "assessments/2025-26/indicators.csv",
    "assessments/2025-26/schemes/connectors.yaml",
    "assessments/2025-26/narrative/executive-summary.md",
    "assessments/2025-26/framework.yaml",
    "assessments/2024-25/assessment.yaml",
    "assessments/2024-25/responses/team.csv",
    "evidence/register.csv",
)


def test_whatever_the_papers_rest_on_is_named_when_it_changes(run: Run, clean: Workspace) -> None:
    templates = clean.root / "templates"
    templates.mkdir()
    shutil.copyfile(SHIPPED_TEMPLATES / "baf-annex.docx", templates / "baf-annex.docx")
    sign(run, clean)
    for file in EVERYTHING:
        with (clean.root / file).open("ab") as opened:
            opened.write(b"\n")
    (templates / "baf-annex.docx").unlink()
    (clean.root / "assessments/2025-26/actions.csv").unlink()

    found = changes(run, clean)

    assert {file for file, _, _ in found} == {*EVERYTHING}, "the shipped template is the same"
    assert len(found) == len(EVERYTHING), "a table that is gone is said once, not row by row"
    assert "assessments/2025-26/actions.csv was removed since" in " ".join(message for *_, message in found)


def test_a_change_in_a_table_names_the_row_and_the_column(run: Run, clean: Workspace) -> None:
    folder = clean.cycle_folder("2025-26")
    sign(run, clean)
    for table in ("actions", "risks", "funding", "indicators"):
        in_excel(folder / f"{table}.csv")
    assert sorted(message.partition(" since ")[0] for *_, message in changes(run, clean)) == [
        f"assessments/2025-26/{table}.{how}"
        for table in ("actions", "funding", "indicators", "risks")
        for how in ("csv was removed", "xlsx was added")
    ], "the rows are the same, whatever file they stand in"

    sign(run, clean)
    edit_in_excel(folder / "actions.xlsx", "owner", "Somebody else")
    edit_in_excel(folder / "risks.xlsx", "current_likelihood", "2")
    edit_in_excel(folder / "funding.xlsx", "amount", "123456")
    edit_in_excel(folder / "indicators.xlsx", "source", "Another")
    found = {file: (row, words.partition(" since ")[0]) for file, row, words in changes(run, clean)}

    assert found == {
        "assessments/2025-26/actions.xlsx": (2, "The action A01 has changed in `owner`"),
        "assessments/2025-26/risks.xlsx": (2, "The risk BAF1 has changed in `current_likelihood`"),
        "assessments/2025-26/funding.xlsx": (2, "The funding F01 has changed in `amount`"),
        "assessments/2025-26/indicators.xlsx": (2, "The indicator I01 (total All, 2024-25) has changed in `source`"),
    }


def in_excel(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(table.with_suffix(".xlsx"))
    table.unlink()


def edit_in_excel(table: Path, column: str, value: str) -> None:
    book = openpyxl.load_workbook(table)
    heads = [cell.value for cell in book.active[1]]
    assert book.active.cell(2, heads.index(column) + 1).value != value
    book.active.cell(2, heads.index(column) + 1).value = value
    book.save(table)


def test_what_the_assessment_says_and_what_an_earlier_one_said_is_named(run: Run, clean: Workspace) -> None:
    sign(run, clean)
    assessment = clean.cycle_folder("2025-26") / "assessment.yaml"
    change(assessment, "meeting: ", "meeting: Extraordinary ")
    change(clean.cycle_folder("2024-25") / "responses/team.csv", "Emergent", "Growing")

    found = changes(run, clean)

    assert [(file, row) for file, row, _ in found] == [
        ("assessments/2024-25/responses/team.csv", 2),
        ("assessments/2025-26/assessment.yaml", None),
    ]
    assert found[0][2].startswith("The answer of team on GA1 in 2024-25 has changed in `level` since")
    assert found[1][2].startswith("The file assessments/2025-26/assessment.yaml has changed in `paper.meeting` since")


def broken(run: Run, ws: Workspace) -> list[str]:
    """What is said of a chain that is not whole: it stands in the way of a final paper."""
    assert run(ws.root, "build", "board-paper").code == 3
    run(ws.root, "check")
    findings = json.loads((ws.build("2025-26") / "findings.json").read_text(encoding="utf-8"))
    return [f["message"] for f in findings if f["code"] == "EV310" and f["severity"] == "blocker"]


def lines_of(ws: Workspace) -> list[str]:
    return (ws.root / CHAIN).read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize(
    "damage, says",
    [
        (lambda ls: [ls[0].replace("Director", "Head"), *ls[1:]], "Sign-off 1 (Head of Strategy"),
        (lambda ls: [ls[0].replace("2026-03-19", "2026-03-18"), *ls[1:]], "Sign-off 1"),
        (lambda ls: [ls[0], ls[1].replace('{"by"', '{"by":"Someone","by"')], "Sign-off 2"),
        (lambda ls: ls[1:], "Sign-off 2"),
        (lambda ls: ls[:1], "cut short"),
        (lambda ls: [], "gone or empty; 2 sign-offs"),
    ],
)
def test_a_chain_that_is_not_whole_stops_the_paper(
    run: Run, clean: Workspace, damage: Callable[[list[str]], list[str]], says: str
) -> None:
    sign(run, clean)
    sign(run, clean, by="Chair")
    (clean.root / CHAIN).write_text("".join(damage(lines_of(clean))), encoding="utf-8")

    assert [says in message for message in broken(run, clean)] == [True]
    assert run(clean.root, "build", "board-paper", "--draft").code == 0
    assert not signed_in(clean, "board-paper-draft.docx")

    sign(run, clean, by="Chief Executive")
    said = changes(run, clean)
    assert ["signed over a record of sign-offs that was not whole" in message for _, _, message in said] == [True]
    assert run(clean.root, "build", "board-paper").code == 0
    assert signed_in(clean, "board-paper.docx") == "Chief Executive, 19 March 2026"


def test_a_chain_whose_file_is_gone_or_whose_end_is_not_known_stops_the_paper(run: Run, clean: Workspace) -> None:
    sign(run, clean)
    kept = (clean.root / CHAIN).read_bytes()
    (clean.root / CHAIN).unlink()
    assert ["is gone" in message for message in broken(run, clean)] == [True]
    (clean.root / CHAIN).write_bytes(kept)
    assert changes(run, clean) == []
    (clean.root / "assessments/2025-26.last-sign-off.json").unlink()
    assert ["nobody can tell" in message for message in broken(run, clean)] == [True]


def signed_in(ws: Workspace, paper: str) -> str:
    """What the cover says beside "Signed off"; empty where it has no such row."""
    from docx import Document

    tables = Document(str(ws.build("2025-26") / paper)).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    return next((row[1] for row in rows if row[0] == "Signed off"), "")


def test_the_cover_says_of_each_signature_what_changed_after_it(run: Run, clean: Workspace) -> None:
    sign(run, clean)
    change(clean.root / "assessments/2025-26/responses/team.csv", ",Growing,", ",Emergent,")
    with (clean.root / "assessments/2025-26/actions.csv").open("ab") as file:
        file.write(b"\n")
    sign(run, clean, by="Chair")
    with (clean.root / "evidence/audit.txt").open("ab") as file:
        file.write(b"\nMore.\n")
    assert run(clean.root, "build", "board-paper", "--draft").code == 0

    told = signed_in(clean, "board-paper-draft.docx").splitlines()

    assert told == [
        "Director of Strategy, 19 March 2026 (changed since then, and not signed: documents, answers and the actions)",
        "Chair, 19 March 2026 (changed since then, and not signed: documents)",
    ]


def test_sign_offs_at_once_lose_none(clean: Workspace) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: sign_cycle(clean, "2025-26", f"Role {n}", date(2026, 3, 19)), range(4)))

    records = [json.loads(line) for line in lines_of(clean)]
    assert [r["number"] for r in records] == [1, 2, 3, 4]
    assert {r["by"] for r in records} == {f"Role {n}" for n in range(4)}
    assert read_signoffs(clean, "2025-26").broken is None


def test_a_record_that_cannot_be_read_stops_with_its_line(run: Run, clean: Workspace) -> None:
    (clean.root / CHAIN).write_text("not a record\n", encoding="utf-8")

    said = run(clean.root, "check")

    assert said.code == 4
    assert f"{CHAIN}, row 1" in said.err


def test_the_paper_names_who_signed(run: Run, clean: Workspace) -> None:
    sign(run, clean)
    assert run(clean.root, "build", "board-paper").code == 0
    assert signed_in(clean, "board-paper.docx") == "Director of Strategy, 19 March 2026"
