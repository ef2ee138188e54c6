"""The main job through the front door: what is said, what is written, and each exit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from pipeline.workspace import SHIPPED, Workspace
from tests.cli.conftest import Run

MADE = {
    "board-paper.docx", "evidence-annex.docx", "check-report.html", "dossier.json", "findings.json", "inputs.json",
    "manifest.json",
    "trail.csv", "trail.html",
}  # fmt: skip


def made(ws: Workspace) -> set[str]:
    folder = ws.build("2025-26")
    return {p.name for p in folder.glob("[!.]*") if p.is_file()} if folder.is_dir() else set()


def test_a_clean_workspace_gives_a_final_paper_and_all_that_goes_with_it(run: Run, clean: Workspace) -> None:
    said = run(clean.root, "build", "board-paper")

    assert said.code == 0, said.err
    assert made(clean) == MADE
    assert "board-paper.docx is made" in said.out


def test_check_says_whether_a_final_paper_can_be_made(run: Run, clean: Workspace, faulty: Workspace) -> None:
    assert run(clean.root, "check").last_line == "A final paper can be made."
    refused = run(faulty.root, "check")
    assert refused.code == 3
    assert "1 finding must be put right first" in refused.err
    assert refused.last_line.startswith("exit 3")


def test_a_final_paper_is_refused_and_the_findings_are_written(run: Run, faulty: Workspace) -> None:
    said = run(faulty.root, "build", "board-paper")

    assert said.code == 3
    assert made(faulty) == MADE - {"board-paper.docx", "evidence-annex.docx", "manifest.json"}
    findings = json.loads((faulty.build("2025-26") / "findings.json").read_text(encoding="utf-8"))
    assert [f["code"] for f in findings if f["severity"] == "blocker"] == ["CI403"]


def test_a_draft_is_made_all_the_same_and_says_what_is_missing(run: Run, faulty: Workspace) -> None:
    said = run(faulty.root, "build", "board-paper", "--draft")

    assert said.code == 0, said.err
    paper = Document(str(faulty.build("2025-26") / "board-paper-draft.docx"))
    assert "What is not complete" in [p.text for p in paper.paragraphs]


def test_an_older_final_paper_is_named_as_out_of_date(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    paper = clean.build("2025-26") / "board-paper.docx"
    before = paper.read_bytes()
    team = clean.root / "assessments/2025-26/responses/team.csv"
    team.write_text(team.read_text(encoding="utf-8").replace("Growing", "Grwing", 1), encoding="utf-8")

    said = run(clean.root, "build", "board-paper")

    assert said.code == 3
    assert "is still there and is out of date" in said.err
    assert paper.read_bytes() == before


def test_a_paper_that_a_person_edited_is_not_overwritten(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    path = clean.build("2025-26") / "board-paper.docx"
    paper = Document(str(path))
    paper.paragraphs[-1].add_run(" and one word more")
    paper.save(str(path))
    edited = path.read_bytes()

    said = run(clean.root, "build", "board-paper")

    assert said.code == 7
    assert path.read_bytes() == edited
    assert "adopt" in said.err and "delete the file" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "1999-00"), "The cycles here are: 2024-25, 2025-26"),
        (("build", "bord-paper"), "The papers here are: "),
        (("explain", "XX999"), "There is no finding with the code"),
        (("sing",), "No such command"),
    ],
)
def test_wrong_words_are_told_with_what_is_right(run: Run, clean: Workspace, words: tuple[str, ...], told: str) -> None:
    said = run(clean.root, *words)

    assert said.code == 2
    assert told in said.err
    assert said.last_line.startswith("exit 2")


def test_an_input_that_cannot_be_read_names_file_and_field(run: Run, clean: Workspace) -> None:
    path = clean.root / "assessments/2025-26/assessment.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("organisation:", "organisaton:", 1), encoding="utf-8")

    said = run(clean.root, "check")

    assert said.code == 4
    assert "assessments/2025-26/assessment.yaml" in said.err
    assert "`organisation`" in said.err
    assert made(clean) == set()


def test_a_template_with_an_unknown_name_is_told_with_place_and_name(run: Run, clean: Workspace) -> None:
    (clean.root / "templates").mkdir()
    template = Document()
    template.add_paragraph("From {{ organisaton }}")
    template.save(str(clean.root / "templates/committee-paper.docx"))

    said = run(clean.root, "build", "committee-paper")

    assert said.code == 5
    assert "committee-paper.docx" in said.err and "organisaton" in said.err and "`organisation`" in said.err


def test_a_crash_is_told_without_a_traceback(run: Run, clean: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.judging.judge", lambda *_, **__: 1 / 0)

    said = run(clean.root, "check")

    assert said.code == 1
    assert "Traceback" not in said.err
    assert "division by zero" in said.err


def test_the_same_inputs_give_the_same_bytes_in_any_folder_time_zone_and_locale(
    tmp_path: Path, clean: Workspace
) -> None:
    folders = [tmp_path / "one", tmp_path / "a longer name, with a comma"]
    settings = [
        {"TZ": "Pacific/Auckland", "LC_ALL": "C"},
        {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"},
    ]
    for folder, setting in zip(folders, settings, strict=True):
        shutil.copytree(clean.root, folder)
        subprocess.run(
            [sys.executable, "-m", "pipeline", "--root", str(folder), "build", "board-paper"],
            env=os.environ | setting | {"PYTHONPATH": str(SHIPPED)},
            check=True,
            cwd=tmp_path,
        )
    one, other = (
        {p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("build/2025-26/**/*") if p.is_file()}
        for f in folders
    )
    assert set(one) == set(other)
    assert [name for name in one if one[name] != other[name] and not name.endswith("inputs.json")] == []


def test_no_final_baf_annex_is_made_without_a_risk(run: Run, clean: Workspace) -> None:
    table = clean.cycle_folder("2025-26") / "risks.csv"
    table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    said = run(clean.root, "build", "baf-annex")
    assert said.code == 3
    assert "none is recorded" in said.err and "assessments/2025-26/risks.csv" in said.err
    assert "`boardpack build baf-annex --draft` (or `make baf-annex DRAFT=1`)" in said.err
    assert not (clean.build("2025-26") / "baf-annex.docx").exists()
    assert run(clean.root, "build", "baf-annex", "--draft").code == 0
    draft = Document(str(clean.build("2025-26") / "baf-annex-draft.docx"))
    assert "No risk of the Board Assurance Framework is recorded for this cycle." in [p.text for p in draft.paragraphs]
    assert run(clean.root, "build", "board-paper").code == 0
