"""What hides other faults is told first, one cause once, each with where it stands, in terminal and report."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from tests.cli.conftest import Run

CYCLE = "2025-26"


def report(ws: Workspace) -> str:
    page = (ws.build(CYCLE) / "check-report.html").read_text("utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def cite_everywhere(ws: Workspace, document: str) -> None:
    """The team's form cites it on each of its statements."""
    team = ws.cycle_folder(CYCLE) / "responses/team.csv"
    head, *rows = team.read_text("utf-8").splitlines()
    assert head == "statement,level,comment,evidence"
    told = [",".join([*row.split(",")[:2], f"As last year ({n}),{document}"]) for n, row in enumerate(rows)]
    team.write_text("\n".join([head, *told, ""]), "utf-8")


def test_a_document_that_is_not_there_is_told_once_with_all_that_it_touches(run: Run, clean: Workspace) -> None:
    cite_everywhere(clean, "E01")
    (clean.evidence / "strategy.pdf").unlink()

    said = run(clean.root, "check")

    told = re.sub(r"\s+", " ", said.out)
    assert said.code == 3
    assert len(re.findall(r"EV301 +evidence/register\.csv, row 2", told)) == 1
    assert "It touches " in told and "CO3" in told.split("It touches ")[1].split(", too.")[0]
    assert "It touches " in report(clean)


def test_a_form_that_is_not_read_is_told_before_what_comes_of_it(run: Run, faulty: Workspace) -> None:
    (faulty.cycle_folder(CYCLE) / "responses/board.csv").write_bytes(b"")

    said = run(faulty.root, "check")

    first = said.out.splitlines()[:3]
    assert "responses/board.csv" in first[0] and "empty (0 bytes)" in first[1] and "download" in first[2]
    assert "responses/board.csv" not in first[1], "the place is told once"


@pytest.mark.parametrize(("shape", "called"), [(".docx", "a Word document"), (".xlsx", "an Excel workbook")])
def test_an_office_file_under_the_name_of_another_says_what_it_is(
    run: Run, clean: Workspace, shape: str, called: str
) -> None:
    assert run(clean.root, "forms").code == 0
    other = {".docx": ".xlsx", ".xlsx": ".docx"}[shape]
    responses = clean.cycle_folder(CYCLE) / "responses"
    (responses / "board.csv").unlink()
    shutil.copy(clean.build(CYCLE) / f"forms/board{other}", responses / f"board{shape}")

    said = run(clean.root, "check")

    assert f"By its name this is {called}, but it is a" in said.out


def test_yaml_and_prose_have_lines_and_tables_have_rows(run: Run, clean: Workspace, tmp_path: Path) -> None:
    file = clean.cycle_folder(CYCLE) / "assessment.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("organisation:", "organisaton:", 1), "utf-8")
    assert re.search(r"assessment\.yaml, line \d+", run(clean.root, "check").err)
    file.write_text(text, "utf-8")
    (clean.cycle_folder(CYCLE) / "narrative/background.md").write_text("Words.\n\nWritten TBC by them.\n", "utf-8")

    said = run(clean.root, "check")

    assert "narrative/background.md, line 3" in said.out
    assert "background.md , line 3" in report(clean) or "background.md, line 3" in report(clean)
    assert " row 3" not in said.out.split("background.md")[1].splitlines()[0]


def with_dates(ws: Workspace, *dates: str) -> None:
    """The register as Excel saves it in Britain: the column `dated` holds these, row by row."""
    register = ws.evidence / "register.csv"
    head, *rows = register.read_text("utf-8").splitlines()
    place = head.split(",").index("dated")
    for n, day in enumerate(dates):
        cells = rows[n].split(",")
        rows[n] = ",".join([*cells[:place], day, *cells[place + 1 :]])
    register.write_text("\n".join([head, *rows, ""]), "utf-8")


def test_dates_that_excel_wrote_are_understood_or_the_way_to_a_workbook_is_told(run: Run, clean: Workspace) -> None:
    with_dates(clean, "10/06/2025", "20/11/2025")
    assert run(clean.root, "check").code == 0

    with_dates(clean, "10/06/2025", "11/11/2025")
    said = run(clean.root, "check")

    told = re.sub(r"\s+", " ", said.out)
    assert said.code == 3 and "Type 2025-06-10 if the day comes first, 2025-10-06 if the month does." in told
    assert "save it as an Excel workbook (register.xlsx), and take register.csv away" in told


def test_nobody_is_left_to_guess_that_no_form_is_back(run: Run, clean: Workspace) -> None:
    for form in (clean.cycle_folder(CYCLE) / "responses").iterdir():
        form.unlink()
    said = run(clean.root, "check")
    assert said.code == 3 and said.out.startswith("No form is back yet.")
    page = report(clean)
    assert page.index("No form has come back from Board members") < page.index("nothing cites it")
