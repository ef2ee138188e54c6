"""What is looked at last, before a paper is there or is published: the finished file itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from pipeline.workspace import SHIPPED_TEMPLATES, Workspace
from tests.cli.conftest import Run
from tests.publish.sealed import edit

CYCLE = "2025-26"


def own_template(ws: Workspace, words: str) -> None:
    """The shipped template of the board paper with a paragraph of the team's own."""
    path = ws.root / "templates" / "board-paper.docx"
    path.parent.mkdir(exist_ok=True)
    shutil.copy(SHIPPED_TEMPLATES / "board-paper.docx", path)
    document = docx.Document(str(path))
    document.add_paragraph(words)
    document.save(str(path))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Write to j.smith4@example-trust.nhs.uk for the notes.", "e-mail"),
        ("Our example patient is 943 476 5919.", "NHS number"),
    ],
)
def test_a_public_paper_whose_template_holds_what_must_not_be_published_is_not_made(
    run: Run, clean: Workspace, words: str, named: str
) -> None:
    own_template(clean, words)
    said = run(clean.root, "build", "board-paper")
    assert said.code == 5
    assert "board-paper.docx is public and was not made" in said.err and named in said.err
    assert "It stands in the template, or comes together only on the page: take it out there." in said.err
    assert not (clean.build(CYCLE) / "board-paper.docx").exists()


def test_an_address_that_the_public_is_to_write_to_may_stand_in_the_template(run: Run, clean: Workspace) -> None:
    own_template(clean, "Write to enquiries@westmarch.example for the notes.")
    assert run(clean.root, "build", "board-paper").code == 0


def test_where_the_annex_was_edited_the_board_paper_is_left_alone_too(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    folder: Path = clean.build(CYCLE)
    edit(folder / "evidence-annex.docx", "Evidence by statement", "Evidence as I see it")
    before = {path.name: path.read_bytes() for path in folder.glob("*.docx")}
    assert set(before) == {"board-paper.docx", "evidence-annex.docx"}
    actions = clean.cycle_folder(CYCLE) / "actions.csv"
    actions.write_bytes(actions.read_bytes() + b"\n")
    said = run(clean.root, "build", "board-paper")
    assert said.code == 7 and "evidence-annex.docx" in said.err
    assert {path.name: path.read_bytes() for path in folder.glob("*.docx")} == before
