"""Assessments of one plan: only the cells that are asked, nobody's previous cycle, and several side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.dossier import INTERNAL, for_audience
from pipeline.errors import UsageError
from pipeline.flow.judging import judge
from pipeline.flow.preparing import set_plans_side_by_side
from pipeline.inputs.assessment import read_assessment
from pipeline.publish.pages import check_report
from pipeline.workspace import SHIPPED, Workspace
from tests.case_workspaces import CYCLE, make_workspace

PLAN = """
organisation: NHS Westmarch ICB
cycle: {name}
kind: plan
framework: hi-kloe
subject: {subject}
respondents:
  - {{id: team, name: The team, role: team, statements: [{cells}]}}
  - {{id: board, name: The Board, role: board, statements: [{cells}]}}
paper: {{title: Health inequalities, meeting: Committee, date: 2027-01-21}}
"""
ANSWERS = "statement,level,comment,evidence\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    ws = make_workspace(tmp_path / "w")
    for name, subject, cells, level in (
        ("recovery", "Recovery plan", ("K1P1", "K2P3"), "Growing"),
        ("digital", "Digital plan", ("K1P1",), "Reactive"),
    ):
        folder = ws.cycle_folder(name)
        (folder / "responses").mkdir(parents=True)
        (folder / "assessment.yaml").write_text(PLAN.format(name=name, subject=subject, cells=", ".join(cells)))
        rows = "".join(f"{cell},{level},We looked at it.,E01\n" for cell in cells)
        for who in ("team", "board"):
            (folder / "responses" / f"{who}.csv").write_text(ANSWERS + rows)
    return ws


def test_a_plan_is_never_the_newest_cycle_and_only_what_is_asked_is_in_scope(ws: Workspace) -> None:
    assert ws.newest_cycle() == CYCLE
    dossier = judge(ws, "recovery").dossier
    assert [s.id for s in dossier.statements] == ["K1P1", "K2P3"]
    assert not [f for f in dossier.findings if f.code in ("ST201", "ST202")]
    assert sum(bool(cell.statements) for cell in dossier.matrix.cells) == 2


def test_a_plan_is_nobodys_previous_cycle(ws: Workspace) -> None:
    path = ws.cycle_folder(CYCLE) / "assessment.yaml"
    path.write_text(path.read_text().replace("previous: 2024-25", "previous: recovery"))
    assessment, faults = read_assessment(ws, CYCLE)
    assert assessment.previous is None
    (fault,) = [f for f in faults if f.code == "IN102"]
    assert "`recovery` is an assessment of one plan" in fault.message


def test_several_plans_stand_side_by_side(ws: Workspace) -> None:
    (page,) = set_plans_side_by_side(ws)
    html = page.read_text("utf-8")
    assert page.name == "plans-hi-kloe.html" and "2 plans side by side" in html
    rows = {row.split("</th>")[0].strip(): row.split("</th>")[1] for row in html.split('<th scope="row">')[1:]}
    first = next(cells for name, cells in rows.items() if name.startswith("K1P1 "))
    second = next(cells for name, cells in rows.items() if name.startswith("K2P3 "))
    assert len(rows) == 2
    assert "Reactive" in first and "Growing" in first
    assert "not asked" in second and "Growing" in second


def test_where_there_is_no_plan_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No plan is assessed here"):
        set_plans_side_by_side(make_workspace(tmp_path / "w"))


def test_the_plan_of_the_sample_can_be_final(tmp_path: Path) -> None:
    for folder in ("assessments", "evidence"):
        shutil.copytree(SHIPPED / folder, tmp_path / folder)
    dossier = judge(Workspace(tmp_path), "elective-recovery").dossier
    assert not [f for f in dossier.findings if f.severity == "blocker"]
    assert len(dossier.statements) == 6


def test_the_check_report_says_at_its_top_how_far_the_answers_have_come(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path / "w")
    for form in (ws.cycle_folder(CYCLE) / "responses").glob("vcse.*"):
        form.unlink()
    shown = for_audience(judge(ws, CYCLE).dossier, INTERNAL)
    top = check_report(shown).decode("utf-8").split("</header>")[0]
    assert "<bdi>Voluntary sector alliance</bdi> no form back" in top
    assert "<bdi>Board members</bdi> 3 of 3 statements" in top
