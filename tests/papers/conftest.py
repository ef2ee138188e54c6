"""The sample's papers, made once for all tests that read them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.dossier.views import Dossier
from pipeline.flow.judging import load
from pipeline.flow.papers import build_paper, fill_paper
from pipeline.flow.preparing import make_questions
from pipeline.workspace import SHIPPED, Workspace
from tests.fill.reading import Paper

CYCLE = "2025-26"
THREE = ("board-paper", "baf-annex", "annual-report-section")
SHEETS = ("questions-ned", "questions-lead", "questions-partner")


@dataclass(frozen=True)
class Made:
    """A workspace with its papers, and the dossier that they were made from."""

    ws: Workspace
    dossier: Dossier

    def paper(self, name: str) -> Paper:
        return Paper((self.ws.build(CYCLE) / f"{name}.docx").read_bytes())

    @property
    def page(self) -> str:
        return (self.ws.build(CYCLE) / "annual-report-section.html").read_text(encoding="utf-8")


def copy_of_sample(root: Path) -> Workspace:
    """The sample's answers and evidence in a folder of their own."""
    for folder in ("assessments", "evidence"):
        shutil.copytree(SHIPPED / folder, root / folder)
    return Workspace(root)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample's three papers and question sheets."""
    ws = copy_of_sample(tmp_path_factory.mktemp("sample"))
    build_paper(ws, THREE[0], CYCLE, draft=False)
    for paper in THREE[1:]:
        fill_paper(ws, paper, CYCLE, draft=False)
    for sheet in SHEETS:
        make_questions(ws, CYCLE, sheet.removeprefix("questions-"))
    return Made(ws, load(ws, CYCLE))


@pytest.fixture
def changed(tmp_path: Path, sample: Made) -> Callable[..., Workspace]:
    """The sample with words replaced in some of its files: path -> (old, new)."""

    def change(files: dict[str, list[tuple[str, str]]], remove: tuple[str, ...] = ()) -> Workspace:
        ws = copy_of_sample(tmp_path / "changed")
        for file, pairs in files.items():
            text = (ws.root / file).read_text(encoding="utf-8")
            for old, new in pairs:
                assert old in text, f"{file} has no {old!r}"
                text = text.replace(old, new)
            (ws.root / file).write_text(text, encoding="utf-8")
        for name in remove:
            path = ws.root / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return ws

    return change
