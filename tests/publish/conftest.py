"""Papers that the tests of publishing share: written once, and turned into PDF in one run of LibreOffice."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.errors import ProgramMissingError
from pipeline.publish.pdf import find_office, to_pdfs
from tests.publish.word_papers import write_paper


@pytest.fixture(scope="session")
def word_papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A public paper, a private one, one that does not say, and a draft; by name."""
    folder = tmp_path_factory.mktemp("word")
    return {
        "board": write_paper(folder / "board.docx", "Board paper: R&D <plan>", audience="public"),
        "annex": write_paper(folder / "annex.docx", "BAF annex", sections=40, audience="private"),
        "other": write_paper(folder / "other.docx", "Other paper", sections=1),
        "draft": write_paper(folder / "draft.docx", "A draft", sections=12, audience="public", draft=True),
    }


@pytest.fixture(scope="session")
def pdf_papers(word_papers: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same papers as PDF; skips where there is no LibreOffice."""
    try:
        find_office()
    except ProgramMissingError:
        pytest.skip("LibreOffice is not installed, so no PDF can be made")
    folder = tmp_path_factory.mktemp("pdf")
    made = {name: folder / f"{name}.pdf" for name in word_papers}
    to_pdfs([(word_papers[name], made[name]) for name in word_papers], date=datetime.date(2026, 3, 26))
    return made
