"""A respondent who is asked some sections or statements only: forms, findings and progress follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from pipeline.dossier.progress import view_progress
from pipeline.flow.judging import judge
from pipeline.flow.preparing import make_forms
from pipeline.model import Finding
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE, make_workspace
from tests.case_workspaces import judge as judge_case

VCSE = "  - {id: vcse, name: Voluntary sector alliance, role: partner}"
TEAM = "  - {id: team, name: ICB health inequalities team, role: team}"


def workspace(root: Path, *changes: tuple[str, str]) -> Workspace:
    ws = make_workspace(root)
    path = ws.cycle_folder(CYCLE) / "assessment.yaml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return ws


def found(ws: Workspace, code: str) -> list[Finding]:
    return [f for f in judge_case(ws)[2] if f.code == code]


def asks(*limits: str) -> tuple[str, str]:
    return VCSE, VCSE.replace("}", f", {', '.join(limits)}}}")


@pytest.mark.parametrize(
    ("limit", "asked"),
    [
        (("sections: [CO]",), ["CO1", "CO2", "CO3"]),
        (("statements: [GA2, co1]",), ["GA2", "CO1"]),
        (("sections: GA; CO", "statements: GA1"), ["GA1", "GA2", "GA3", "CO1", "CO2", "CO3"]),
        (("sections: [CO]", "statements: [GA1]"), ["GA1", "CO1", "CO2", "CO3"]),
    ],
)
def test_form_and_progress_hold_what_is_asked_and_no_more(tmp_path: Path, limit: tuple[str], asked: list[str]) -> None:
    ws = workspace(tmp_path / "w", asks(*limit))
    form = next(p for p in make_forms(ws, CYCLE) if p.name == "vcse.docx")
    said = "\n".join(p.text for p in Document(str(form)).paragraphs)
    dossier = judge(ws, CYCLE).dossier
    every = [s.id for s in dossier.statements]
    assert [i for i in every if f"{i} " in said or f"{i}:" in said or f"{i}\n" in said] == asked
    partner = next(r for r in view_progress(dossier).respondents if r.role == "partner")
    assert partner.asked == len(asked)


def test_what_nobody_of_the_team_is_asked_is_one_fault_that_says_where_to_add_it(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "w", (TEAM, TEAM.replace("}", ", sections: [CO]}")))
    for form in (ws.cycle_folder(CYCLE) / "responses").glob("team.*"):
        lines = form.read_text("utf-8").splitlines()
        form.write_text("\n".join([lines[0], *(x for x in lines if x.startswith("CO"))]) + "\n", "utf-8")
    (fault,) = [f for f in found(ws, "ST201") if f.severity == "blocker"]
    assert "Nobody who answers for the team is asked" in fault.message
    assert "`sections` or `statements`" in fault.remedy


def test_a_form_that_is_not_back_is_named_for_its_own_statements(tmp_path: Path) -> None:
    second = TEAM.replace("id: team", "id: second").replace("ICB health inequalities team", "Second team")
    ws = workspace(
        tmp_path / "w", (TEAM, f"{TEAM.replace('}', ', sections: [CO]}')}\n{second.replace('}', ', sections: [GA]}')}")
    )
    for form in (ws.cycle_folder(CYCLE) / "responses").glob("team.*"):
        lines = form.read_text("utf-8").splitlines()
        form.write_text("\n".join([lines[0], *(x for x in lines if x.startswith("CO"))]) + "\n", "utf-8")
    (fault,) = [f for f in found(ws, "ST201") if f.severity == "blocker"]
    assert "No form has come back from Second team" in fault.message and fault.respondent == "second"
    assert "CO1" not in fault.message


def test_what_no_framework_has_is_named_with_what_is_near(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "w", asks("sections: [COO]", "statements: [GA22]"))
    said = [f"{f.message} {f.remedy}" for f in found(ws, "IN102") if f.respondent == "vcse"]
    assert any("no section `COO`" in text for text in said)
    assert any("no statement `GA22`" in text for text in said)
