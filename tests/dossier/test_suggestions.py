"""What levels suggest for a risk: a gap in control below target, a gap in assurance on evidence that is weak."""

from __future__ import annotations

import pytest

from pipeline.dossier import build
from tests.case_workspaces import BASE, CYCLE, judge, make_workspace

FOLDER = f"assessments/{CYCLE}"
TARGETS = "targets: {default: growing, by: 2027-03-31}\n"
LINKED = (f"{FOLDER}/risks.csv", "GA1;GA2", "GA1;GA2;CO1;CO2")
REGISTER = (BASE / "evidence/register.csv").read_text(encoding="utf-8")
RAISED = (f"{FOLDER}/assessment.yaml", "default: growing", "default: consistent")


@pytest.fixture
def suggested(tmp_path):
    """The suggestions for the only risk of a workspace, with words of its files replaced: (file, old, new)."""

    def suggest(*changes, case=None):
        ws = make_workspace(tmp_path / f"made{len(list(tmp_path.iterdir()))}", case)
        for file, old, new in (LINKED, *changes):
            text = (ws.root / file).read_text(encoding="utf-8")
            assert old in text, f"{file} has no {old!r}"
            (ws.root / file).write_text(text.replace(old, new), encoding="utf-8")
        found, scores, findings = judge(ws)
        return {(s.statement, s.kind) for r in build(found, scores, findings).risks for s in r.suggestions}

    return suggest


def test_a_level_at_its_target_on_evidence_of_others_suggests_nothing(suggested):
    assert [kind for statement, kind in suggested() if statement in ("GA1", "CO2")] == []


def test_below_target_on_evidence_that_stands_is_a_gap_in_control_alone(suggested):
    assert {(i, k) for i, k in suggested(RAISED) if i == "GA2"} == {("GA2", "gap in control")}


def test_no_gap_in_control_without_targets(suggested):
    found = suggested((f"{FOLDER}/assessment.yaml", TARGETS, ""))
    assert not any(kind == "gap in control" for _, kind in found)


@pytest.mark.parametrize(
    ("case", "statement"), [("words-altered", "GA1"), ("file-missing", "CO2"), ("expired-alone", "CO1")]
)
def test_evidence_that_is_not_found_missing_or_expired_is_a_gap_in_assurance(suggested, case, statement):
    assert (statement, "gap in assurance") in suggested(case=case)


def test_below_target_is_a_gap_in_control_whatever_the_evidence_and_both_may_stand(suggested):
    found = suggested(RAISED, case="words-altered")
    assert {("GA1", "gap in assurance"), ("GA1", "gap in control")} <= found


def test_first_line_evidence_alone_is_a_gap_in_assurance(suggested):
    changes = [
        ("evidence/register.csv", row, _first_line(row)) for row in REGISTER.splitlines() if row.startswith("E04,")
    ]
    assert ("GA2", "gap in assurance") in suggested(*changes)


def _first_line(row: str) -> str:
    place = REGISTER.splitlines()[0].split(",").index("assurance_line")
    cells = row.split(",")
    return ",".join([*cells[:place], "1", *cells[place + 1 :]])


VCSE = (f"{FOLDER}/responses/vcse.csv", "our words in them.,", "our words in them.,E10")


def test_third_line_documents_that_partners_cite_count(suggested):
    first_line = [
        ("evidence/register.csv", row, _first_line(row)) for row in REGISTER.splitlines() if row.startswith("E04,")
    ]
    assert ("GA2", "gap in assurance") in suggested(*first_line)
    assert ("GA2", "gap in assurance") not in suggested(*first_line, VCSE)


def test_actions_bear_on_a_risk_through_its_id_and_through_its_statements(tmp_path):
    ws = make_workspace(tmp_path / "made")
    file = ws.root / FOLDER / "actions.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    named = [f"{row},BAF9; baf1" if row.startswith("A02,") else f"{row}," for row in rows]
    file.write_text("\n".join([f"{head},risk", *named]), encoding="utf-8")
    found, scores, findings = judge(ws)
    (risk,) = build(found, scores, findings).risks
    statements = {a.id: a.statement for a in found.actions}
    assert {"A02", *(i for i, s in statements.items() if s in risk.statements)} == set(risk.actions)
    assert any(s not in risk.statements for s in statements.values())
