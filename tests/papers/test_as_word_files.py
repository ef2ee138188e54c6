"""Each of our papers is a Word file that opens, that everyone can read, and in which nothing is left blank."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator

from pipeline.flow.papers import build_paper, fill_paper
from pipeline.publish.pdf import convert
from pipeline.workspace import Workspace
from tests.fill.accessibility import faults
from tests.papers.conftest import CYCLE, SHEETS, THREE, Made

OURS = (*THREE[1:], *SHEETS)


@pytest.mark.parametrize("name", OURS)
def test_it_is_accessible(sample: Made, name: str) -> None:
    assert faults(sample.paper(name).content) == []


@pytest.mark.parametrize("name", OURS)
def test_it_is_sound(sample: Made, name: str) -> None:
    path = sample.ws.build(CYCLE) / f"{name}.docx"
    assert [str(e) for e in OpenXmlValidator().validate(path).errors] == []


@pytest.mark.parametrize("name", OURS)
def test_nothing_is_blank_and_nothing_says_none(sample: Made, name: str) -> None:
    paper = sample.paper(name)
    assert [p for p in paper.paragraphs if p.strip() in ("None", "None.", "nan", "()")] == []
    for table in paper.tables():
        for row in table:
            assert all(cell.strip() for cell in row), row


@pytest.mark.parametrize("name", OURS)
def test_its_title_is_its_own(sample: Made, name: str) -> None:
    paper = sample.paper(name)
    title = re.search(r"<dc:title>(.*?)</dc:title>", paper.parts["docProps/core.xml"].decode())
    assert title and title[1] == paper.styled("Title")[0]
    assert len({sample.paper(n).styled("Title")[0] for n in (*THREE, *SHEETS)}) == 6


def test_the_same_inputs_give_the_same_bytes(sample: Made, changed: Callable[..., Workspace]) -> None:
    ws = changed({})
    build_paper(ws, THREE[1], CYCLE, draft=False)
    fill_paper(ws, THREE[2], CYCLE, draft=False)
    for file in ("baf-annex.docx", "annual-report-section.docx", "annual-report-section.html"):
        assert (ws.build(CYCLE) / file).read_bytes() == (sample.ws.build(CYCLE) / file).read_bytes(), file


class Page:
    """A page as it is printed: its words, and how much of it below the last of them is white."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.words = page.get_textpage().get_text_bounded()
        grey = np.asarray(page.render(scale=0.5).to_pil().convert("L"))
        # Between the header and the footer, which stand on an empty page too.
        body = grey[round(len(grey) * 0.07) : round(len(grey) * 0.94)]
        dark = np.flatnonzero((body < 160).any(axis=1))
        self.white = 1 - (dark.max() + 1) / len(body) if len(dark) else 1.0


def pages_of(paths: Sequence[Path], folder: Path) -> list[list[Page]]:
    """The pages of several Word files."""
    found = []
    for pdf in convert(paths, folder):
        document = pypdfium2.PdfDocument(pdf)
        found.append([Page(page) for page in document])
        document.close()
    return found


@pytest.fixture(scope="module")
def printed(sample: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The pages of each paper of the sample."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice makes the pages")
    names = (*THREE, "evidence-annex")
    paths = [sample.ws.build(CYCLE) / f"{name}.docx" for name in names]
    return dict(zip(names, pages_of(paths, tmp_path_factory.mktemp("pages")), strict=True))


@pytest.mark.parametrize("name", [*THREE, "evidence-annex"])
def test_no_page_is_blank_and_the_last_holds_more_than_a_few_lines(printed: dict[str, list[Page]], name: str) -> None:
    assert max(page.white for page in printed[name]) < 0.8


def test_no_page_of_the_annexes_is_more_than_a_third_empty_but_the_last(printed: dict[str, list[Page]]) -> None:
    board = printed["board-paper"]
    annex = next(n for n, page in enumerate(board) if "Annex A: Action plan" in page.words)
    for pages in (board[annex:], printed["evidence-annex"]):
        assert all(page.white <= 1 / 3 for page in pages[:-1])


def test_the_board_paper_has_at_most_fourteen_pages_and_its_evidence_annex_thirty(
    printed: dict[str, list[Page]],
) -> None:
    assert len(printed["board-paper"]) <= 14 and len(printed["evidence-annex"]) <= 30


@pytest.mark.xfail(strict=True, reason="with three headline indicators and their picture the body runs on to a seventh")
def test_the_body_of_the_board_paper_has_at_most_six_pages(printed: dict[str, list[Page]]) -> None:
    board = printed["board-paper"]
    first = next(n for n, page in enumerate(board) if "Headline\r\n" in page.words)
    annex = next(n for n, page in enumerate(board) if "Annex A: Action plan" in page.words)
    assert annex - first <= 6
