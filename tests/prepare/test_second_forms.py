"""A second form asks again about what the checks query, and what comes back replaces that part of the answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from pipeline.flow.judging import judge
from pipeline.flow.preparing import make_forms, make_second_forms
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE, make_workspace
from tests.case_workspaces import judge as judge_case
from tests.read.filled_forms import Said, fill_excel, fill_word

Fill = Callable[[Path, Mapping[str, Said], Path], Path]
BAD = "statement,level,comment,evidence\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """The team cites a document that nobody knows on GA1; its other answers are as they should be."""
    ws = make_workspace(tmp_path / "w")
    form = ws.cycle_folder(CYCLE) / "responses" / "team.csv"
    lines = form.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("GA1,"))
    lines[at] = "GA1,Emergent,Two leads of three are named.,E999"
    form.write_text("\n".join(lines) + "\n", "utf-8")
    return ws


def second(ws: Workspace, ending: str) -> Path:
    return next(p for p in make_second_forms(ws, CYCLE) if p.name == f"team-second{ending}")


def test_it_holds_only_the_queried_rows_with_answer_and_question(ws: Workspace) -> None:
    body = Document(str(second(ws, ".docx"))).element.body
    said = "\n".join("".join(t.text or "" for t in p.iter("{*}t")) for p in body.iter("{*}p"))
    assert "GA1" in said and "GA2" not in said
    assert "Your answer so far: Emergent. Two leads of three are named. E999" in said
    (fault,) = [f for f in judge_case(ws)[2] if f.code == "CI401"]
    assert f"Please look again: {fault.message} {fault.remedy}" in said
    assert "replaces that part of your earlier answer" in said
    assert "last year" not in said.casefold()


def test_a_respondent_with_nothing_queried_gets_none(ws: Workspace) -> None:
    assert not [p for p in make_second_forms(ws, CYCLE) if p.name.startswith("board")]


@pytest.mark.parametrize(("ending", "fill"), [(".xlsx", fill_excel), (".docx", fill_word)])
def test_what_comes_back_replaces_that_part_and_is_said(ws: Workspace, ending: str, fill: Fill, tmp_path: Path) -> None:
    form = second(ws, ending)
    fill(form, {"GA1": Said(evidence=(("E01", "pg 2", ""),))}, form)
    shutil.copy(form, ws.cycle_folder(CYCLE) / "responses" / form.name)
    case, _, findings = judge_case(ws)
    team = next(f for f in case.forms if f.respondent == "team")
    answer = next(a for a in team.answers if a.statement == "GA1")
    assert (answer.level, answer.comment) == ("emergent", "Two leads of three are named.")
    assert [c.text for c in answer.citations] == ["E01 p.2"]
    assert not [f for f in findings if f.code in ("CI401", "IN103")]
    (note,) = [f for f in findings if f.file and f.file.endswith(form.name) and "second form" in f.message]
    assert note.severity == "note" and "GA1" in note.message


def test_none_takes_evidence_away_and_a_new_level_stands(ws: Workspace) -> None:
    form = second(ws, ".xlsx")
    fill_excel(form, {"GA1": Said("Reactive", "", "", (("none", "", ""),))}, form)
    shutil.copy(form, ws.cycle_folder(CYCLE) / "responses" / form.name)
    case = judge_case(ws)[0]
    answer = next(a for f in case.forms if f.respondent == "team" for a in f.answers if a.statement == "GA1")
    assert (answer.level, answer.citations) == ("reactive", ())
    assert answer.comment == "Two leads of three are named."


def test_a_first_form_beside_another_still_contradicts_it(ws: Workspace) -> None:
    form = next(p for p in make_forms(ws, CYCLE) if p.name == "team.xlsx")
    fill_excel(form, {"GA1": Said("Growing", "All are named.")}, form)
    shutil.copy(form, ws.cycle_folder(CYCLE) / "responses" / "team (2).xlsx")
    assert [f.statement for f in judge_case(ws)[2] if f.code == "IN103"] == ["GA1"]


def test_a_partner_reads_no_words_of_documents_that_are_not_public(ws: Workspace) -> None:
    form = ws.cycle_folder(CYCLE) / "responses" / "vcse.csv"
    internal = next(d for d in judge(ws, CYCLE).dossier.documents if d.visibility == "internal")
    form.write_text(
        f'{BAD}GA2,Emergent,We saw little.,"{internal.id} ""words that are nowhere in it at all"""\n', "utf-8"
    )
    made = next(p for p in make_second_forms(ws, CYCLE) if p.name == "vcse-second.xlsx")
    texts = [str(c.value) for s in load_workbook(made).worksheets for row in s.iter_rows() for c in row if c.value]
    assert any(text.startswith("GA2") for text in texts)
    assert not any(internal.title in text for text in texts)
