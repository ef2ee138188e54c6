"""What changed since the committee saw a paper, in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from pipeline.cli.main import main

SUMMARY = "The plan has five aims, and two of them have a date by which they are to be reached by every provider."
ROWS = (("GA1 Named leaders", "Growing", "The Chair"), ("GA2 Strategy", "Growing", "The Director"))


def paper(path: Path, change: Callable[[Any], None] = lambda _: None) -> Path:
    document = Document()
    document.add_heading("Headline", 1)
    document.add_paragraph(SUMMARY)
    document.add_paragraph("Partners were asked.")
    document.add_heading("Levels", 1)
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("Next steps", 1)
    document.add_paragraph("The Board decides in May.")
    change(document)
    document.save(str(path))
    return path


def said(capsys: pytest.CaptureFixture[str], *files: Path) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["compare-papers", *map(str, files)])
    assert ended.value.code in (0, None)
    return capsys.readouterr().out


def test_two_alike_are_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "says the same" in said(capsys, paper(tmp_path / "a.docx"), paper(tmp_path / "b.docx"))


def test_each_kind_of_change_stands_under_its_heading_and_at_its_statement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(document: Any) -> None:
        document.paragraphs[1].text = SUMMARY.replace("two of them", "three of them")
        document.tables[0].rows[1].cells[1].text = "Consistent"
        document.paragraphs[2]._p.getparent().remove(document.paragraphs[2]._p)
        document.add_paragraph("A new step was agreed with the three places.")

    told = said(capsys, paper(tmp_path / "seen.docx"), paper(tmp_path / "now.docx", change))
    assert "4 changes from seen.docx to now.docx" in told
    headline, levels, steps = (told.index(f"\n{name}\n") for name in ("Headline", "Levels", "Next steps"))
    assert headline < told.index("two of them") < told.index("three of them") < levels
    assert headline < told.index("Gone: “Partners were asked.”") < levels
    assert "GA2 Strategy: Was “Growing”; is now “Consistent”" in told[levels:steps]
    assert "GA1" not in told
    assert "New: “A new step was agreed with the three places.”" in told[steps:]


def test_a_long_paragraph_shows_what_changed_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(document: Any) -> None:
        document.paragraphs[1].text = SUMMARY.replace("five aims", "six aims")

    told = said(capsys, paper(tmp_path / "a.docx"), paper(tmp_path / "b.docx", change))
    assert "Was “The plan has five aims, and two of them have" in told and "every provider" not in told


def test_what_moved_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(document: Any) -> None:
        moved = document.paragraphs[2]._p
        moved.getparent().remove(moved)
        document.paragraphs[-1]._p.addnext(moved)

    told = said(capsys, paper(tmp_path / "a.docx"), paper(tmp_path / "b.docx", change))
    assert "1 change" in told and "Moved here from “Headline”: “Partners were asked.”" in told


def test_what_is_no_paper_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"no")
    for files, word, code in (((broken, broken), "broken.docx", 4), ((tmp_path / "none.docx", broken), "none.docx", 2)):
        with pytest.raises(SystemExit) as ended:
            main(["compare-papers", *map(str, files)])
        assert ended.value.code == code and word in capsys.readouterr().err
