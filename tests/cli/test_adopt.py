"""Edits made in Word, taken back through the front door."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from pipeline.workspace import Workspace
from tests.cli.conftest import Run

SUMMARY = "assessments/2025-26/narrative/executive-summary.md"


@pytest.fixture
def edited(run: Run, clean: Workspace) -> Path:
    """A final paper in which a person changed a sentence of the summary and one of the cover."""
    assert run(clean.root, "build", "board-paper").code == 0
    path = clean.build("2025-26") / "board-paper.docx"
    docx = Document(str(path))
    for old, new in (("names who leads", "says who leads"), ("Take assurance from", "Be glad of")):
        written = next(r for p in docx.paragraphs for r in p.runs if old.casefold() in r.text.casefold())
        written.text = written.text.replace(old, new).replace(old[0].lower() + old[1:], new)
    docx.save(str(path))
    return path


def test_the_edit_is_shown_written_and_the_paper_can_be_made_anew(run: Run, clean: Workspace, edited: Path) -> None:
    content = edited.read_bytes()
    assert run(clean.root, "build", "board-paper").code == 7

    said = run(clean.root, "adopt", "board-paper.docx", "2025-26", "--yes")

    assert said.code == 0, said.err
    assert "-The strategy names who leads" in said.out
    assert "+The strategy says who leads" in said.out
    assert "field `paper.action_required`" in said.out
    assert "{{ scores.GA.middle }}" in (clean.root / SUMMARY).read_text(encoding="utf-8")
    assert "says who leads [@E01 p.2" in (clean.root / SUMMARY).read_text(encoding="utf-8")
    assert (edited.parent / "adopted/board-paper.docx").read_bytes() == content
    assert run(clean.root, "build", "board-paper").code == 0
    words = " ".join(p.text for p in Document(str(edited)).paragraphs)
    assert "says who leads" in words


def test_nothing_is_written_without_a_yes(
    run: Run, clean: Workspace, edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (clean.root / SUMMARY).read_bytes(), edited.read_bytes()
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)

    said = run(clean.root, "adopt", "board-paper")

    assert said.code == 0
    assert "+The strategy says who leads" in said.out
    assert "Nothing was written." in said.out
    assert ((clean.root / SUMMARY).read_bytes(), edited.read_bytes()) == before


def test_a_paper_that_was_only_opened_changes_nothing(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    before = (clean.root / SUMMARY).read_bytes()

    said = run(clean.root, "adopt", str(clean.build("2025-26") / "board-paper.docx"), "--yes")

    assert said.code == 0
    assert "nothing is written" in said.out
    assert (clean.root / SUMMARY).read_bytes() == before


def test_what_is_no_paper_is_named(run: Run, clean: Workspace, tmp_path: Path) -> None:
    (tmp_path / "board-paper.docx").write_bytes(b"not a Word file")
    (tmp_path / "minutes.docx").write_bytes(b"PK")

    assert run(clean.root, "adopt", "no-such-paper").code == 2
    assert run(clean.root, "adopt", str(tmp_path / "minutes.docx")).code == 2
    said = run(clean.root, "adopt", str(tmp_path / "board-paper.docx"))
    assert said.code == 4
    assert "board-paper.docx" in said.err
