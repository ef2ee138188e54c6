"""A workspace with answers and evidence alone: every paper is made, and says in words what was not given."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pipeline.dossier import for_audience
from pipeline.flow.judging import judge
from pipeline.papers import filled
from pipeline.workspace import SHIPPED_TEMPLATES, Workspace
from tests.fill.accessibility import faults
from tests.fill.reading import Paper
from tests.papers.conftest import CYCLE, SHEETS, THREE

TABLES = ("risks.csv", "funding.csv", "indicators.csv", "actions.csv", "schemes", "narrative")
SAYS = {
    "board-paper": "No action has been recorded.",
    "baf-annex": "No risk of the Board Assurance Framework is recorded for this cycle.",
    "annual-report-section": "These published documents are cited for this part:",
    "questions-ned": "Questions that this year's answers raise",
    "questions-lead": "Evaluating success",
    "questions-partner": "Developing the solution",
}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory):
    import shutil

    from tests.papers.conftest import copy_of_sample

    ws: Workspace = copy_of_sample(tmp_path_factory.mktemp("bare"))
    for name in TABLES:
        path = ws.cycle_folder(CYCLE) / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    settings = ws.cycle_folder(CYCLE) / "assessment.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^targets:\n(?:  .*\n)+", "", text, flags=re.M), encoding="utf-8")
    return for_audience(judge(ws, CYCLE).dossier, "public")


@pytest.mark.parametrize("name", [*THREE, *SHEETS])
def test_every_paper_is_made_and_has_no_empty_place(bare, name: str) -> None:
    template = "questions" if name.startswith("questions") else name
    content = filled(name, bare, SHIPPED_TEMPLATES / f"{template}.docx")
    paper = Paper(content)

    assert SAYS[name] in paper.paragraphs
    assert faults(content) == []
    assert [p for p in paper.paragraphs if re.fullmatch(r"None\.?|nan|", p.strip()) and p.strip()] == []


def test_levels_suggest_no_gap_in_control_without_targets(bare) -> None:
    assert not any(s.target for s in bare.statements)


def test_the_charts_need_indicators(changed: Callable[..., Workspace], bare) -> None:
    assert [f.id for f in bare.figures if f.id.startswith("indicator-")] == []
