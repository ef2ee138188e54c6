"""The papers are valid, accessible, restyled by their template alone, and fit their pages."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from pipeline.dossier.palette import shade
from pipeline.office.integrity import read_parts
from pipeline.papers import filled
from tests.dossiers import make_cover, make_dossier
from tests.fill import accessibility
from tests.fill.reading import BOARD_PAPER, EVIDENCE_ANNEX, Paper, own_template, paper
from tests.fill.samples import full_dossier

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")

KINDS = {
    "six": lambda: full_dossier(6),
    "forty-five": lambda: full_dossier(45),
    "matrix": lambda: make_dossier(6, 3, columns=("Data", "People"), audience="public"),
    "seven levels": lambda: make_dossier(20, 2, levels=tuple("ABCDEFG"), audience="public"),
    "bare": lambda: make_dossier(
        6,
        2,
        audience="public",
        risks=(),
        actions=(),
        narratives={},
        exceptions=(),
        findings=(),
        weakest=(),
        moved=(),
        cover=make_cover(action_required=(), report_by=(), assurance_level="", foi_status="", type=""),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
def test_a_paper_is_valid_and_accessible(tmp_path, kind, draft):
    content = filled("board-paper", KINDS[kind](), BOARD_PAPER, draft=draft)
    (tmp_path / "paper.docx").write_bytes(content)
    assert [str(e) for e in OpenXmlValidator().validate(str(tmp_path / "paper.docx")).errors] == []
    assert accessibility.faults(content) == []


def test_the_evidence_annex_is_valid_and_accessible(tmp_path):
    content = filled("evidence-annex", full_dossier(6), EVIDENCE_ANNEX)
    (tmp_path / "paper.docx").write_bytes(content)
    assert [str(e) for e in OpenXmlValidator().validate(str(tmp_path / "paper.docx")).errors] == []
    assert accessibility.faults(content) == []


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("without a head row", lambda x: x.replace(b"<w:tblHeader/>", b"")),
        ("heading is skipped", lambda x: x.replace(b'"Heading2"', b'"Heading3"')),
        ("link to nowhere", lambda x: x.replace(b'w:name="evidence_1"', b'w:name="evidence_x"')),
        ("template code", lambda x: x.replace(b"Headline", b"{{ x }}")),
        ("cannot be read well", lambda x: x.replace(b'w:val="FFFFFF"', b'w:val="99C7EB"')),
    ],
)
def test_the_accessibility_checks_see_faults(fault, change):
    import zipfile
    from io import BytesIO

    parts = read_parts(filled("board-paper", full_dossier(6), BOARD_PAPER))
    parts["word/document.xml"] = change(parts["word/document.xml"])
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert any(fault in said for said in accessibility.faults(out.getvalue()))


@pytest.mark.parametrize("levels", range(2, 9))
def test_words_can_be_read_on_every_level_and_levels_are_told_apart_in_grey(levels):
    shades = [shade(rank, levels) for rank in range(levels)]
    assert all(accessibility.contrast(fill, ink) >= 4.5 for fill, ink in shades)
    grey = [accessibility._luminance(fill) for fill, _ in shades]
    assert grey == sorted(grey, reverse=True) and len(set(grey)) == levels


def test_nothing_of_the_tools_that_made_it_is_left(tmp_path):
    made = paper(full_dossier(6))
    core = Document(_saved(tmp_path, made)).core_properties
    assert (core.author, core.last_modified_by) == ("NHS Example ICB", "NHS Example ICB")
    assert (core.comments, core.revision, core.title) == ("", 1, "Health inequalities self-assessment 2025-26")
    everything = b"".join(made.parts.values()).lower()
    assert not re.search(rb"python-docx|docxtpl|jinja|w:rsid|thumbnail|normal\.dotm", everything)
    assert b"<Application>boardpack</Application>" in made.parts["docProps/app.xml"]


def _saved(folder: Path, made: Paper) -> str:
    path = folder / "paper.docx"
    path.write_bytes(made.content)
    return str(path)


def test_a_plain_word_file_with_none_of_our_styles_can_be_a_template(tmp_path):
    document = Document()
    for text in ("{{p narratives.background|prose }}", "{{p heatmap }}", "{{p executive_summary }}"):
        document.add_paragraph(text)
    path = tmp_path / "plain.docx"
    document.save(str(path))
    made = paper(full_dossier(6), path)
    assert made.styled("List Bullet")[0] == "the team drafted its answers in January;"
    assert len(made.notes) == 3
    assert made.styled("Table Heading")[0] == "Statement"


def test_headers_are_marked_and_pages_counted():
    made = paper(full_dossier(6))
    headers = [made.parts[n].decode() for n in sorted(made.parts) if n.startswith("word/header")]
    assert "NHS Example ICB: ICB Board, 26 March 2026" in "".join(headers)
    assert all("Public" in h for h in headers)
    assert "NUMPAGES" in made.parts["word/footer1.xml"].decode()


def test_answers_and_evidence_may_break_across_pages_and_no_other_row():
    dossier = full_dossier(6)
    statement = dossier.sections[0].statements[0]
    answers = (dataclasses.replace(statement.answers[0], comment="word " * 2000), *statement.answers[1:])
    section = dataclasses.replace(dossier.sections[0], statements=(dataclasses.replace(statement, answers=answers),))
    xml = paper(dataclasses.replace(dossier, sections=(section,))).parts["word/document.xml"].decode()
    long_row = next(row for row in re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL) if "word word" in row)
    assert "cantSplit" not in long_row
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>") - len(answers)


def test_the_shipped_templates_are_linted():
    lint = Path(sys.executable).parent / "docxtpl-lint"
    for template in (BOARD_PAPER, EVIDENCE_ANNEX):
        run = subprocess.run([lint, "--no-config", str(template)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout


def test_ten_times_the_statements_take_about_ten_times_as_long():
    def seconds(statements: int) -> float:
        dossier = full_dossier(statements)
        begun = time.process_time()
        filled("board-paper", dossier, BOARD_PAPER)
        return time.process_time() - begun

    seconds(6)
    assert seconds(1000) < 25 * max(seconds(100), 0.1)


def pdf(folder: Path, content: bytes, name: str = "paper") -> list[str]:
    """The pages of a paper as LibreOffice lays them out, as text."""
    (folder / f"{name}.docx").write_bytes(content)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / f"{name}.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    import pypdfium2

    document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def first_page_with(pages: list[str], words: str) -> int:
    return next(n for n, page in enumerate(pages) if words in page)


@needs_libreoffice
def test_the_pages_keep_to_their_budget(tmp_path):
    pages = pdf(tmp_path, filled("board-paper", full_dossier(45), BOARD_PAPER))
    background = first_page_with(pages, "Background")
    annex = first_page_with(pages, "Annex A: Action plan")
    assert background <= 2
    assert annex - (background + 1) <= 6, "the body, after the background"
    heatmap = first_page_with(pages, "Table 2: Heatmap")
    assert first_page_with(pages, "Where we are weakest") - heatmap <= 2


@needs_libreoffice
def test_a_template_that_libreoffice_has_saved_still_fills(tmp_path):
    shutil.copy(BOARD_PAPER, tmp_path / "board-paper.docx")
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "restyled"),
            str(tmp_path / "board-paper.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    ours = paper(full_dossier(6))
    theirs = paper(full_dossier(6), tmp_path / "restyled" / "board-paper.docx")
    assert theirs.paragraphs == ours.paragraphs
    assert theirs.notes == ours.notes


def test_a_teams_own_template_is_a_paper(tmp_path):
    made = paper(
        full_dossier(6),
        own_template(tmp_path, "{%p for s in statements %}", "{{ s.id }}: {{ s.cell }}", "{%p endfor %}"),
    )
    dossier = full_dossier(6)
    assert made.paragraphs == [f"{s.id}: {s.cell}" for s in dossier.statements]
