"""Next year: respondents and open actions carried, levels not, nothing done copied as done, nothing overwritten."""

from __future__ import annotations

import csv
import datetime
import shutil
from pathlib import Path

import openpyxl
import pytest

from pipeline import evidence
from pipeline.errors import UsageError
from pipeline.flow.gathering import read_case
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.tables import TABLES
from pipeline.model import Case
from pipeline.prepare.new_cycle import NewCycleReport, new_cycle
from pipeline.workspace import Workspace
from tests.case_workspaces import judge, make_workspace
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

    assert [a.id for a in report.carried.actions] == ["X1", "X4"]
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

    listed = (root / "assessments" / "2026-27" / "carried-over.md").read_text("utf-8")
    assert "- vans: Ask first.\n- vans: Stay longer." in listed
    assert "- X2, done, no evidence named: Write it\n- X3, dropped: Drop it" in listed
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

    assert names == {"assessment.yaml", "actions.csv", "small.yaml", "refs.yaml", "vans.yaml", "carried-over.md"}


@pytest.mark.parametrize("name", ["2025-26", " 2025-26", "", "..", "a/b", ".hidden"])
def test_a_cycle_that_is_there_or_no_name_is_refused(root: Path, name: str) -> None:
    before = (root / "assessments" / "2025-26" / "assessment.yaml").read_bytes()

    with pytest.raises(UsageError):
        new_cycle(Workspace(root), read_cycle(root, "2025-26"), name)

    assert (root / "assessments" / "2025-26" / "assessment.yaml").read_bytes() == before
    assert [p.name for p in (root / "assessments").iterdir()] == ["2025-26"]


RISKS = (
    "Ref,"
    + ",".join(TABLES["risks"].needed[1:])
    + """,target_date,rationale,our column
R1,Fair,Gaps stay,c,e,Planner,Board,GA1,4,5,3,4,2,4,k,g,2026-06-30,It fell for a reason,kept
R2,Fair,Money ends,c,e,,Board,GA2,4,4,2,5,1,4,k,g,2028-06-30,,
"""
)
MONEY = (
    ",".join(TABLES["funding"].needed)
    + """
F01,connectors,2025-26,pilot,North,120000,full,no,,Carry on for two years,Committee,,,,2025-12-31,GA2,
F02,Team,2025/26,team capacity,All,540000,full,Yes,0,Protected,Board,,,,,GA1,
F03,vans,2025-26,pilot,North,90000,full,No,0,Decision due by 30 June 2026,Finance Committee,,,,2026-06-30,GA1,
F04,Posters,2025-26,intervention,North,10,full,one-off,0,Stopped,Board,,,,,GA1,
"""
)


@pytest.fixture
def rolled(tmp_path: Path) -> tuple[Workspace, Path]:
    """A workspace with risks in the team's own columns, money and a scheme that waits; and the folder of next year."""
    ws = make_workspace(tmp_path / "w")
    here = ws.cycle_folder("2025-26")
    said = (here / "assessment.yaml").read_text("utf-8")
    (here / "assessment.yaml").write_text(said + "column_names: {risks: {Ref: id}}\n", "utf-8")
    (here / "risks.csv").unlink()
    book = openpyxl.Workbook()
    for row in csv.reader(RISKS.splitlines()):
        book.worksheets[0].append(row)
    book.save(here / "risks.xlsx")
    (here / "funding.csv").write_text(MONEY, "utf-8")
    (here / "schemes" / "vans.yaml").write_text("problem: Nobody comes.\nlessons: [Ask first.]\n", "utf-8")
    new_cycle(ws, read_cycle(ws.root, "2025-26"), "2026-27")
    return ws, ws.cycle_folder("2026-27")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_risks_begin_where_they_stood(rolled: tuple[Workspace, Path]) -> None:
    ws, folder = rolled
    first, second = _rows(folder / "risks.csv")

    assert (first["Ref"], first["rationale"], first["our column"]) == ("R1", "", "kept")
    assert (first["previous_likelihood"], first["previous_consequence"]) == ("3", "4")
    assert (second["previous_likelihood"], second["previous_consequence"]) == ("2", "5")
    listed = (folder / "carried-over.md").read_text("utf-8")
    passed = listed[listed.index("## Risks whose target date") :].split("## ")[1]
    assert "R1, Planner: 30 June 2026" in passed
    assert "R2" not in passed
    assert [r.previous.value for r in read_cycle(ws.root, "2026-27").risks] == [12, 10]


def test_money_that_recurs_and_schemes_that_wait_are_carried(rolled: tuple[Workspace, Path]) -> None:
    _, folder = rolled
    listed = (folder / "carried-over.md").read_text("utf-8")

    assert [(row["id"], row["year"]) for row in _rows(folder / "funding.csv")] == [
        ("F02", "2026/27"),
        ("F03", "2025-26"),
    ]
    assert [p.name for p in (folder / "schemes").iterdir()] == ["vans.yaml"]
    assert "- F01: connectors (Carry on for two years)\n- F04: Posters (Stopped)" in listed
    assert "- F03: vans, ends 30 June 2026 (Finance Committee)" in listed
    assert "- connectors: Start with one street at a time." in listed


def test_indicators_are_carried_without_what_they_showed(rolled: tuple[Workspace, Path]) -> None:
    _, folder = rolled
    rows = _rows(folder / "indicators.csv")

    assert [(r["id"], r["indicator"], r["breakdown"], r["category"], r["unit"], r["source"]) for r in rows] == [
        ("I01", "Early diagnosis", "total", "All", "%", "Registry"),
        ("I01", "Early diagnosis", "deprivation", "Quintile 1", "%", "Registry"),
        ("I01", "Early diagnosis", "deprivation", "Quintiles 2 to 5", "%", "Registry"),
        ("I01", "Early diagnosis", "ethnicity", "White British", "%", "Registry"),
        ("I01", "Early diagnosis", "ethnicity", "All other ethnic groups", "%", "Registry"),
    ]
    assert {r[c] for r in rows for c in ("period", "value", "numerator", "denominator", "action_taken")} == {""}


def test_nothing_in_the_new_folder_goes_unread(rolled: tuple[Workspace, Path]) -> None:
    ws, folder = rolled
    _, _, findings = judge(ws, "2026-27")

    assert (folder / "carried-over.md").is_file()
    assert [f.message for f in findings if f.code == "IN107"] == []
    assert [f.message for f in findings if f.code == "IN101" and f.severity == "blocker"] == []


def test_a_document_is_too_old_by_the_rule_of_the_level_that_it_is_cited_for(rolled: tuple[Workspace, Path]) -> None:
    ws, folder = rolled
    listed = (folder / "carried-over.md").read_text("utf-8")

    audit = (
        "E10 Internal audit of the approach, dated 20 October 2025; Consistent asks for evidence of the last 12 months"
    )
    assert f"- Internal audit: {audit} (CO3)" in listed
    assert "- Director of Performance: E08 Quarterly report by group, to be reviewed by 31 July 2026" in listed
    assert "E12" not in listed, "a survey that no level with such a rule rests on"


@pytest.mark.parametrize(
    ("old", "new", "day", "after"),
    [
        ("2025-26-Q1", "2025-26-Q2", datetime.date(2026, 6, 25), "three months"),
        ("2025-26-Q4", "2026-27-Q1", datetime.date(2026, 6, 25), "three months"),
        ("2025-26", "2026-27-Q2", datetime.date(2026, 9, 24), "six months"),
        ("2025-26-Q3", "2026-27-Q3", datetime.date(2027, 3, 25), "a year"),
        ("spring", "autumn", datetime.date(2027, 3, 25), "a year"),
    ],
)
def test_a_quarter_rolls_like_a_year(tmp_path: Path, old: str, new: str, day: datetime.date, after: str) -> None:
    ws = make_workspace(tmp_path / "w")
    here = ws.cycle_folder(old)
    if old != "2025-26":
        ws.cycle_folder("2025-26").rename(here)
    said = (here / "assessment.yaml").read_text("utf-8")
    said = said.replace("cycle: 2025-26", f"cycle: {old}").replace("self-assessment\n", f"self-assessment {old}\n")
    (here / "assessment.yaml").write_text(said, "utf-8")

    made = new_cycle(ws, read_cycle(ws.root, old), new)

    assert made.meeting == day
    text = (ws.cycle_folder(new) / "assessment.yaml").read_text("utf-8")
    assert f"CHECK: {after} after the last meeting" in text
    case = read_cycle(ws.root, new)
    assert (case.assessment.previous, case.assessment.paper.title) == (
        old,
        f"Health inequalities self-assessment {new}",
    )
    assert len(case.risks) == 1 and len(case.actions) == 1
