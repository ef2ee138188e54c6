"""What levels suggest for a risk: a gap in control below target on sound evidence, a gap in assurance on unsound."""

from __future__ import annotations

import pytest

from pipeline.dossier import build
from tests.case_workspaces import CYCLE, judge, make_workspace

FOLDER = f"assessments/{CYCLE}"
TARGETS = "targets: {default: growing, by: 2027-03-31}\n"
LINKED = (f"{FOLDER}/risks.csv", "GA1;GA2", "GA1;GA2;CO1;CO2")
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


def test_below_target_on_evidence_that_stands_is_a_gap_in_control(suggested):
    assert {(i, k) for i, k in suggested(RAISED) if i == "GA2"} == {("GA2", "gap in control")}


def test_no_gap_in_control_without_targets(suggested):
    found = suggested((f"{FOLDER}/assessment.yaml", TARGETS, ""))
    assert not any(kind == "gap in control" for _, kind in found)


@pytest.mark.parametrize(
    ("case", "statement"), [("words-altered", "GA1"), ("file-missing", "CO2"), ("expired-alone", "CO1")]
)
def test_evidence_that_is_not_found_missing_or_expired_is_a_gap_in_assurance(suggested, case, statement):
    assert (statement, "gap in assurance") in suggested(case=case)


def test_below_target_on_words_that_were_not_found_is_no_gap_in_control(suggested):
    found = suggested(RAISED, case="words-altered")
    assert ("GA1", "gap in assurance") in found and ("GA1", "gap in control") not in found


def test_first_line_evidence_alone_is_a_gap_in_assurance(suggested):
    from tests.case_workspaces import BASE

    register = (BASE / "evidence/register.csv").read_text(encoding="utf-8")
    rows = [line for line in register.splitlines() if line.startswith(("E03,", "E04,"))]
    changes = [("evidence/register.csv", row, _first_line(register, row)) for row in rows]
    assert ("GA2", "gap in assurance") in suggested(*[c for c in changes if c[1] != c[2]])


def _first_line(register: str, row: str) -> str:
    place = register.splitlines()[0].split(",").index("assurance_line")
    cells = row.split(",")
    assert len(cells) == len(register.splitlines()[0].split(",")), row
    cells[place] = "1"
    return ",".join(cells)


def test_what_partners_cite_does_not_change_what_the_level_rests_on(suggested):
    assert suggested(case="partner-form") == suggested()
