"""Next year: respondents and open actions carried, levels not, nothing done copied as done, nothing overwritten."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from pipeline import evidence
from pipeline.errors import UsageError
from pipeline.flow.gathering import read_case
from pipeline.inputs.assessment import read_assessment
from pipeline.model import Case
from pipeline.prepare.new_cycle import NewCycleReport, new_cycle
from pipeline.workspace import Workspace
from tests.read.filled_forms import FULL, Desk, fill_excel

ASSESSMENT = """
organisation: "NHS Invented: the ICB"
cycle: 2025-26
previous: 2024-25
framework: small.yaml
stage: proposal
sections: [A]
targets: {default: mid, A1: high, by: 2026-12-31}
senior_responsible_officer: "Director, #1"
objectives: [Be fair, "Yes"]
respondents:
  - {id: team, name: The team, role: team, completed_on: 2026-02-12, method: workshop}
  - {id: partner, name: "A partner: no", role: partner}
paper:
  title: Self-assessment 2025-26
  meeting: ICB Board
  date: 2026-03-26
  type: decision
  action_required: approve it
  assurance_offered: {level: limited, reason: because}
  previously_considered: [{meeting: Committee, date: 2026-02-20}]
annual_report: {include_levels: true}
publication: {contacts: [enquiries@example.nhs.uk], small_numbers: 5}
abbreviations: {PCN: primary care network}
column_names: {actions: {Lead: owner}}
severities: {ST204: blocker}
agreed_exceptions:
  - {code: EV303, subject: E1, reason: r, agreed_by: Chair, agreed_on: 2026-03-19, until: 2026-04-30}
"""
ACTIONS = """id,section,statement,action,Lead,due,status,measure,progress,our own column
X1,A,A1,"Publish; it, now",Director,2026-09-30,open,Out,Half way,mine
X2,A,A1,Write it,Director,2026-01-30,done,Written,Done,
X3,A,A2,Drop it,Director,2026-01-30,dropped,None,,
X4,A,A2,=keep as typed,Director,no date yet,Open,"two
lines",,
"""
REGISTER = """id,title,file,owner,dated,review_by,visibility,kind,assurance_line,supersedes
E1,Strategy,a.pdf,Director,2025-05-01,2027-05-01,public,strategy,1,
E2,Old plan,b.pdf,Planner,2024-05-01,2026-12-31,public,plan,1,
E3,Old minutes,c.pdf,Secretary,2025-01-01,,public,minutes,2,
E4,New minutes,d.pdf,Secretary,2026-01-01,,public,minutes,2,
E5,Replaced,e.pdf,Planner,2020-01-01,2021-01-01,public,plan,1,
E6,Its successor,f.pdf,Planner,2025-01-01,2028-01-01,public,plan,1,E5
E7,Cited and old,g.pdf,Planner,2025-01-01,2026-06-30,public,plan,1,
"""


def read_cycle(root: Path, cycle: str) -> Case:
    ws = Workspace(root)
    assessment, faults = read_assessment(ws, cycle)
    register, more = evidence.read_register(ws, assessment.column_names)
    return read_case(ws, assessment, register, (*faults, *more))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    desk = Desk(tmp_path)
    here = tmp_path / "assessments" / "2025-26"
    (here / "assessment.yaml").write_text(ASSESSMENT, "utf-8")
    (here / "actions.csv").write_text(ACTIONS, "utf-8")
    framework = (here / "small.yaml").read_text("utf-8")
    framework = framework.replace(
        "meaning: Some is in place.", "meaning: Some is in place., requires: {max_age_months: 24}"
    )
    (here / "small.yaml").write_text(framework + "references: refs.yaml\n", "utf-8")
    (here / "refs.yaml").write_text("references:\n  - {id: r1, title: A law}\n", "utf-8")
    (here / "schemes").mkdir()
    (here / "schemes" / "vans.yaml").write_text("problem: p\nlessons: [Ask first., Stay longer.]\n", "utf-8")
    (tmp_path / "evidence" / "register.csv").write_text(REGISTER, "utf-8")
    fill_excel(desk.sent / "team.xlsx", {**FULL}, here / "responses" / "team.xlsx")
    shutil.rmtree(desk.sent)
    return tmp_path


@pytest.fixture
def report(root: Path) -> NewCycleReport:
    return new_cycle(Workspace(root), read_cycle(root, "2025-26"), "2026-27")


def test_the_new_cycle_can_be_read_at_once(root: Path, report: NewCycleReport) -> None:
    case = read_cycle(root, "2026-27")
    a = case.assessment

    assert (a.cycle, a.previous, a.organisation, a.framework) == (
        "2026-27",
        "2025-26",
        "NHS Invented: the ICB",
        "small.yaml",
    )
    assert [(r.id, r.name, r.role) for r in a.respondents] == [
        ("team", "The team", "team"),
        ("partner", "A partner: no", "partner"),
    ]
    assert (a.sections, a.senior_responsible_officer, a.objectives) == (("A",), "Director, #1", ("Be fair", "Yes"))
    assert (a.targets.default, dict(a.targets.by_statement)) == ("mid", {"A1": "high"})
    assert (a.contacts, a.small_numbers, dict(a.abbreviations)) == (
        ("enquiries@example.nhs.uk",),
        5,
        {"PCN": "primary care network"},
    )
    blockers = [f.message for f in case.faults if f.severity == "blocker"]
    assert blockers == ["X4: `no date yet` is not a date that can be relied on."], "as it was typed last year"


def test_levels_and_judgements_are_not_carried(root: Path, report: NewCycleReport) -> None:
    case = read_cycle(root, "2026-27")
    a = case.assessment

    assert case.forms == ()
    assert list((root / "assessments" / "2026-27" / "responses").iterdir()) == []
    assert [r.completed_on for r in a.respondents] == [None, None]
    assert [r.method for r in a.respondents] == ["", ""]
    assert (a.agreed_exceptions, a.include_levels, a.stage) == ((), False, "result")
    assert a.paper.assurance_offered is None
    assert (a.paper.previously_considered, a.paper.action_required) == ((), ())
    assert a.targets.by is None, "a date that will have passed aims at nothing"
    assert case.previous and case.previous.forms[0].answers[0].level == "high", "last year is there to compare with"


def test_open_actions_are_carried_with_their_ids_and_as_written(root: Path, report: NewCycleReport) -> None:
    carried = (root / "assessments" / "2026-27" / "actions.csv").read_text("utf-8")

    assert report.actions == ("X1", "X4")
    assert report.not_carried == ("X2", "X3")
    assert "our own column" in carried and "Half way,mine" in carried
    assert '=keep as typed,Director,no date yet,Open,"two\nlines"' in carried
    assert "done" not in carried.casefold()
    assert [(a.id, a.status) for a in read_cycle(root, "2026-27").actions] == [("X1", "open"), ("X4", "open")]


def test_evidence_that_will_be_out_of_date_is_listed_with_its_owner(root: Path, report: NewCycleReport) -> None:
    assert [(d.id, d.owner) for d in report.out_of_date] == [
        ("E2", "Planner"),
        ("E3", "Secretary"),
        ("E7", "Planner"),
    ]
    assert report.out_of_date[0].cited
    assert "31 December 2026" in report.out_of_date[0].reason
    assert "more than 24 months" in report.out_of_date[1].reason


def test_lessons_and_what_is_to_be_checked_are_told(root: Path, report: NewCycleReport) -> None:
    text = (root / "assessments" / "2026-27" / "assessment.yaml").read_text("utf-8")

    assert report.lessons == (("vans", "Ask first."), ("vans", "Stay longer."))
    assert report.meeting == datetime.date(2027, 3, 25)
    assert report.meeting.weekday() == datetime.date(2026, 3, 26).weekday()
    assert "CHECK: a year after the last meeting" in text
    assert "title: Self-assessment 2026-27" in text


def test_a_meeting_that_was_given_needs_no_check(root: Path) -> None:
    given = new_cycle(Workspace(root), read_cycle(root, "2025-26"), "2026-27", datetime.date(2027, 5, 6))

    text = (root / "assessments" / "2026-27" / "assessment.yaml").read_text("utf-8")
    assert given.meeting == datetime.date(2027, 5, 6)
    assert "date: 2027-05-06" in text
    assert "CHECK: a year" not in text


def test_a_framework_that_lies_in_the_cycle_goes_with_it(root: Path, report: NewCycleReport) -> None:
    names = {path.name for path in report.written}

    assert names == {"assessment.yaml", "actions.csv", "small.yaml", "refs.yaml"}


@pytest.mark.parametrize("name", ["2025-26", " 2025-26", "", "..", "a/b", ".hidden"])
def test_a_cycle_that_is_there_or_no_name_is_refused(root: Path, name: str) -> None:
    before = (root / "assessments" / "2025-26" / "assessment.yaml").read_bytes()

    with pytest.raises(UsageError):
        new_cycle(Workspace(root), read_cycle(root, "2025-26"), name)

    assert (root / "assessments" / "2025-26" / "assessment.yaml").read_bytes() == before
    assert [p.name for p in (root / "assessments").iterdir()] == ["2025-26"]
