"""Actions, risks, funding, indicators and schemes: what is understood, and one finding for each fault."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.model import Score, Severity
from tests.read.making import ASSESSMENT, ASSESSMENT_TEXT, HERE, faults_of, gather, places, refused

ACTION_HEAD = "id,section,statement,action,owner,due,status,measure,risk,closes,progress,evidence\n"
RISK_HEAD = (
    "id,objective,risk,cause,effect,lead,committee,statements,inherent_likelihood,inherent_consequence,"
    "current_likelihood,current_consequence,target_likelihood,target_consequence,controls,gaps_in_control,"
    "assurances,target_date,previous_likelihood,previous_consequence\n"
)
FUNDING_HEAD = (
    "id,scheme,year,category,place,amount,ringfenced,recurrent,redirected,decision,decided_by,basis,method,"
    "evaluation,ends,statements,evidence\n"
)
INDICATOR_HEAD = (
    "id,area,indicator,period,breakdown,category,value,unit,numerator,denominator,low,high,comparator,"
    "completeness,source,evidence,published_at,action_taken,why_missing,core20plus5\n"
)
ANNUAL = ("annual-report-section",)


def actions(row: str) -> dict[str, str]:
    return {f"{HERE}/actions.csv": ACTION_HEAD + row}


def risks(row: str) -> dict[str, str]:
    return {f"{HERE}/risks.csv": RISK_HEAD + row}


def funding(row: str) -> dict[str, str]:
    return {f"{HERE}/funding.csv": FUNDING_HEAD + row}


def indicators(*rows: str) -> dict[str, str]:
    return {f"{HERE}/indicators.csv": INDICATOR_HEAD + "\n".join(rows)}


class TestActions:
    def test_a_row(self, tmp_path: Path) -> None:
        row = 'X1,a,A1,Do it,Director,2026-05-01,Done,Number,BAF1,the gap,going,"E001 p.4; E002"\n'
        (action,) = gather(tmp_path, actions(row)).actions
        assert (action.section, action.statement, action.status, action.owner) == ("A", "A1", "done", "Director")
        assert (action.due, action.closes, action.risk) == (datetime.date(2026, 5, 1), "the gap", "BAF1")
        assert [(c.evidence, c.statement, c.respondent) for c in action.citations] == [
            ("E001", "A1", None),
            ("E002", "A1", None),
        ]
        assert action.place.row == 2

    def test_a_section_may_be_named_by_its_title_and_an_action_may_have_no_statement(self, tmp_path: Path) -> None:
        case = gather(tmp_path, actions("X1,First section,,a,o,2026-05-01,open,,,,,\n"))
        assert (case.actions[0].section, case.actions[0].statement, case.faults) == ("A", "", ())

    @pytest.mark.parametrize(
        ("row", "code", "field", "remedy"),
        [
            ("X1,C,A1,a,o,2026-05-01,open,,,,,", "IN102", "section", "Type the id of a section"),
            ("X1,A,A11,a,o,2026-05-01,open,,,,,", "IN102", "statement", "`A1`"),
            ("X1,A,A1,a,o,2026-02-30,open,,,,,", "IN101", "due", "real date"),
            ("X1,A,A1,a,o,tbc,open,,,,,", "IN101", "due", "year-month-day"),
            ("X1,A,A1,a,o,2026-05-01,opne,,,,,", "IN101", "status", "`open`"),
            ("X1,A,A1,a,o,2026-05-01,,,,,,", "IN101", "status", "`dropped`"),
            (",A,A1,a,o,2026-05-01,open,,,,,", "IN101", "id", "id"),
        ],
    )
    def test_a_fault_is_one_finding(self, tmp_path: Path, row: str, code: str, field: str, remedy: str) -> None:
        (found,) = faults_of(tmp_path, actions(row + "\n"))
        assert (found.code, found.row, found.field, found.papers) == (code, 2, field, ())
        assert remedy in found.remedy and found.about == (row.partition(",")[0] or None)
        assert not found.about or found.message.startswith("X1: ")

    def test_of_a_repeated_id_the_first_stands_and_the_second_is_checked_no_further(self, tmp_path: Path) -> None:
        changes = actions("X1,A,A1,first,o,2026-05-01,open,,,,,\n x1 ,Z,Z,second,o,soon,never,,,,,E9\n")
        case = gather(tmp_path, changes)
        assert [a.action for a in case.actions] == ["first"]
        assert places(case.faults) == [("IN103", "actions.csv", 3, "id")] and case.faults[0].about == "x1"


class TestRisks:
    ROW = "BAF1,Obj,A risk,c,e,Lead,Committee,A1;B2,5,4,4,4,2,3,Controls,Gaps,E001 p.4,2027-01-01,5,\n"

    def test_a_row(self, tmp_path: Path) -> None:
        case = gather(tmp_path, risks(self.ROW))
        (risk,) = case.risks
        assert (risk.statements, risk.inherent, risk.current, risk.target) == (
            ("A1", "B2"),
            Score(5, 4),
            Score(4, 4),
            Score(2, 3),
        )
        assert (risk.previous, risk.target_date) == (Score(5, None), datetime.date(2027, 1, 1))
        assert [c.place.field for c in risk.citations] == ["assurances"] and case.faults == ()

    @pytest.mark.parametrize("score", ["0", "6", "-1", "4.5", "high", "5 x 4", "\u0665", "1e0"])
    def test_a_score_outside_one_to_five(self, tmp_path: Path, score: str) -> None:
        (found,) = faults_of(tmp_path, risks(self.ROW.replace(",5,4,4,4,2,3,", f",5,4,{score},4,2,3,")))
        assert (found.code, found.row, found.field, found.about) == ("BA601", 2, "current_likelihood", "BAF1")
        assert found.severity is Severity.BLOCKER

    @pytest.mark.parametrize("statements", ["A1;Z9", "Z9", "A1, Z9", "A1\nZ9"])
    def test_a_statement_that_nothing_has(self, tmp_path: Path, statements: str) -> None:
        case = gather(tmp_path, risks(self.ROW.replace("A1;B2", f'"{statements}"')))
        assert places(case.faults) == [("BA601", "risks.csv", 2, "statements")]
        assert case.risks[0].statements == (("A1",) if "A1" in statements else ())

    def test_a_repeated_id_and_a_bad_date(self, tmp_path: Path) -> None:
        changes = risks(self.ROW + self.ROW.replace("2027-01-01", "1/1/27"))
        assert places(faults_of(tmp_path, changes)) == [("IN103", "risks.csv", 3, "id")]
        found = faults_of(tmp_path, risks(self.ROW.replace("2027-01-01", "1/1/27")))
        assert places(found) == [("IN101", "risks.csv", 2, "target_date")] and "2027-01-01" in found[0].remedy


class TestFunding:
    ROW = 'F1,scheme-a,2025/26,Pilot,North,"£12,000.50",Part,no,yes,Minute 4,Board,need,m,e,2026-03-31,A1,E001\n'

    def test_a_row(self, tmp_path: Path) -> None:
        case = gather(tmp_path, funding(self.ROW))
        (row,) = case.funding
        assert (row.category, row.amount, row.ringfenced, row.place_name) == ("pilot", 12000.5, "part", "North")
        assert (row.year, row.recurrent, row.ends, row.statements) == (
            "2025/26",
            "no",
            datetime.date(2026, 3, 31),
            ("A1",),
        )
        assert row.place.row == 2 and case.faults == ()

    @pytest.mark.parametrize(
        ("amount", "pounds"),
        [("12000", 12000), ("12,000", 12000), ("£1,234,567.8", 1234567.8), ("-500", -500), ("", None), ("£ 5", 5)],
    )
    def test_amounts(self, tmp_path: Path, amount: str, pounds: float | None) -> None:
        case = gather(tmp_path, funding(self.ROW.replace("£12,000.50", amount)))
        assert (case.funding[0].amount, case.faults) == (pounds, ())

    @pytest.mark.parametrize("amount", ["12k", "12.000,50", "1,00", "12,0000", "about 5", "£", "1e6", "nan", "\u0661"])
    def test_what_is_no_amount(self, tmp_path: Path, amount: str) -> None:
        (found,) = faults_of(tmp_path, funding(self.ROW.replace("£12,000.50", amount)))
        assert (found.code, found.field, found.papers) == ("IN101", "amount", ANNUAL)

    @pytest.mark.parametrize(
        ("old", "new", "code", "field"),
        [
            ("Pilot", "Pilott", "IN101", "category"),
            ("Part", "Some", "IN101", "ringfenced"),
            ("2026-03-31", "end of year", "IN101", "ends"),
            (",A1,", ",A9,", "IN102", "statements"),
        ],
    )
    def test_faults_touch_the_annual_report_alone(
        self, tmp_path: Path, old: str, new: str, code: str, field: str
    ) -> None:
        (found,) = faults_of(tmp_path, funding(self.ROW.replace(old, new)))
        assert (found.code, found.row, found.field, found.papers, found.about) == (code, 2, field, ANNUAL, "F1")


class TestIndicators:
    def row(self, identity: str, name: str = "Smoking", category: str = "1", breakdown: str = "deprivation") -> str:
        return f"{identity},Area,{name},2024/25,{breakdown},{category},*,count,*,100,,,,,Source,E001,,,,\n".strip()

    def test_an_id_stands_for_one_indicator_with_a_row_for_each_value(self, tmp_path: Path) -> None:
        rows = [self.row("I1", category=c) for c in ("1", "2")] + [self.row("I1", category="", breakdown="")]
        case = gather(tmp_path, indicators(*rows))
        assert [(i.id, i.category, i.value, i.numerator) for i in case.indicators] == [
            ("I1", "1", "*", "*"),
            ("I1", "2", "*", "*"),
            ("I1", "", "*", "*"),
        ]
        assert case.faults == () and case.indicators[0].citations[0].evidence == "E001"

    def test_the_same_value_twice_is_a_repeated_id(self, tmp_path: Path) -> None:
        case = gather(tmp_path, indicators(self.row("I1"), self.row("i1")))
        assert places(case.faults) == [("IN103", "indicators.csv", 3, "id")] and case.faults[0].papers == ANNUAL
        assert len(case.indicators) == 1

    def test_one_id_for_two_indicators_is_a_repeated_id(self, tmp_path: Path) -> None:
        case = gather(tmp_path, indicators(self.row("I1"), self.row("I1", "Diabetes", "2"), self.row("I2", "Diabetes")))
        assert places(case.faults) == [("IN103", "indicators.csv", 3, "id")]
        assert [i.indicator for i in case.indicators] == ["Smoking", "Diabetes"]

    def test_a_row_without_id(self, tmp_path: Path) -> None:
        assert places(faults_of(tmp_path, indicators(self.row("")))) == [("IN101", "indicators.csv", 2, "id")]


class TestSchemes:
    def scheme(self, text: str) -> dict[str, str]:
        return {f"{HERE}/schemes/scheme-a.yaml": text, f"{HERE}/funding.csv": FUNDING_HEAD + "scheme-a,,,pilot\n"}

    def test_a_charter(self, tmp_path: Path) -> None:
        text = (
            "problem: Fewer checks\nwhy: no\ngoals:\n  - Reach more people\n  - {goal: Fewer gaps, baseline: 1.10}\n"
            "period: 2025/26\ninequality: Healthcare\nlessons: Begin earlier\nbaseline: [one, two]\ndecision: |\n  Go\n"
            "expected: {2026: 10%}\n"
        )
        case = gather(tmp_path, self.scheme(text))
        (scheme,) = case.schemes
        assert (scheme.id, scheme.why, scheme.inequality, scheme.lessons) == (
            "scheme-a",
            "no",
            "healthcare",
            ("Begin earlier",),
        )
        assert scheme.goals == ({"goal": "Reach more people"}, {"goal": "Fewer gaps", "baseline": "1.10"})
        assert (scheme.baseline, scheme.decision, scheme.expected) == ("one\ntwo", "Go", "2026: 10%")
        assert scheme.place.file == f"{HERE}/schemes/scheme-a.yaml" and case.faults == ()

    def test_one_goal_may_be_a_text(self, tmp_path: Path) -> None:
        assert gather(tmp_path, self.scheme("goals: Fewer gaps\n")).schemes[0].goals == ({"goal": "Fewer gaps"},)

    def test_an_unknown_key_is_refused(self, tmp_path: Path) -> None:
        fault = refused(tmp_path, self.scheme("problm: x\n"))
        assert "`problem`" in fault.remedy and (fault.row, fault.field) == (1, "problm")

    def test_a_wrong_word_touches_the_annual_report_alone(self, tmp_path: Path) -> None:
        (found,) = faults_of(tmp_path, self.scheme("problem: x\ninequality: wealth\n"))
        assert (found.code, found.row, found.field, found.papers) == ("IN101", 2, "inequality", ANNUAL)


def test_the_teams_own_headings(tmp_path: Path) -> None:
    text = ACTION_HEAD.replace("owner", "Lead").replace("due", "By when") + "X1,A,A1,a,Director,2026-05-01,open,,,,,\n"
    assessment = ASSESSMENT_TEXT + "column_names: {actions: {Lead: owner, by when: due}}\n"
    (action,) = gather(tmp_path, {ASSESSMENT: assessment, f"{HERE}/actions.csv": text}).actions
    assert (action.owner, action.due) == ("Director", datetime.date(2026, 5, 1))
