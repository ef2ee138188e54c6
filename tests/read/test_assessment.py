"""assessment.yaml: wrong values are findings where the rest can be understood, else the reading stops."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.errors import InputError, UsageError
from pipeline.inputs.assessment import read_assessment
from pipeline.model import Role, Severity
from tests.read.making import (
    ASSESSMENT,
    ASSESSMENT_TEXT,
    CYCLE,
    HERE,
    RESPONSES,
    TEAM,
    faults_of,
    gather,
    make,
    places,
    refused,
)

FULL = (
    ASSESSMENT_TEXT.replace(
        "cycle: 2025-26",
        """cycle: 2025-26
as_of: 2026-03-20
stage: proposal
sections: [b, A]
targets: {default: Middling, A2: high, by: 2027-03-31}
senior_responsible_officer: "A. Person, Director"
non_executive_lead: "B. Person, Chair"
committee: Quality committee
objectives: [Narrow the gap, Spend well]
annual_report: {include_levels: yes}
publication: {contacts: [enquiries@example.nhs.uk], small_numbers: 10}
abbreviations: {PCN: primary care network, NO: nobody}
comparable: same footprint, new name
subject: The plan
severities: {ST204: blocker, ev308: Warning}
tags: {colour: [red]}
agreed_exceptions:
  - {code: EV303, subject: E001, statement: a1, reason: "Being renewed: soon", mitigation: m, agreed_by: Chair,
     agreed_on: 2026-03-19, until: 2026-04-30}""",
    ).replace("role: board}", "role: Board, completed_on: 2026-02-12, method: workshop}")
    + """\
  type: Assurance
  agenda_item: "8"
  report_by: ["A. Person, Director", "C. Person, Manager"]
  action_required: [Receive it, Note it]
  key_areas: strategy
  strategic_objectives: [Narrow the gap]
  previously_considered: [{meeting: Committee, date: 2026-02-01, outcome: Supported}]
  assurance_offered: {level: reasonable, reason: Most is in place}
  baf_risks: [BAF3]
  implications: {equality: Yes, data_protection: no}
  involvement: Three events
  conflicts_of_interest: None
  foi_status: open
  equality_impact_assessment: Done
  next_review: 2026-09-24
  evidence_annex: separate
"""
)


def changed(old: str, new: str, text: str = ASSESSMENT_TEXT) -> dict[str, str]:
    assert old in text
    return {ASSESSMENT: text.replace(old, new)}


def test_every_key_is_understood(tmp_path: Path) -> None:
    case = gather(tmp_path, {ASSESSMENT: FULL})
    found, paper = case.assessment, case.assessment.paper
    assert [f for f in case.faults if f.file == ASSESSMENT] == []
    assert (found.as_of, found.stage) == (datetime.date(2026, 3, 20), "proposal")
    assert found.sections == ("A", "B")
    assert (found.targets.default, found.targets.of("A2"), found.targets.of("A1")) == ("mid", "high", "mid")
    assert found.targets.by == datetime.date(2027, 3, 31)
    assert found.respondent("board") is not None and found.respondents[1].role is Role.BOARD
    assert (found.respondents[1].completed_on, found.respondents[1].method) == (datetime.date(2026, 2, 12), "workshop")
    assert (found.include_levels, found.contacts, found.small_numbers) == (True, ("enquiries@example.nhs.uk",), 10)
    assert found.abbreviations == {"PCN": "primary care network", "NO": "nobody"}
    assert found.severities == {"ST204": Severity.BLOCKER, "EV308": Severity.WARNING}
    assert found.tags == {"colour": ["red"]}
    exception = found.agreed_exceptions[0]
    assert (exception.statement, exception.reason, exception.place.row) == ("A1", "Being renewed: soon", 19)
    assert (paper.type, paper.agenda_item, paper.action_required) == ("assurance", "8", ("Receive it", "Note it"))
    assert (paper.key_areas, paper.conflicts_of_interest) == (("strategy",), "None")
    assert paper.implications == {"equality": "Yes", "data_protection": "no"}
    assert paper.previously_considered[0].date == datetime.date(2026, 2, 1)
    assert paper.assurance_offered is not None and paper.assurance_offered.level == "reasonable"
    assert (paper.next_review, paper.evidence_annex) == (datetime.date(2026, 9, 24), "separate")


def test_what_is_not_given_is_empty_and_the_evidence_is_judged_on_the_day_of_the_paper(tmp_path: Path) -> None:
    found = gather(tmp_path).assessment
    assert found.as_of == datetime.date(2026, 3, 26)
    assert (found.stage, found.sections, found.targets.default, found.small_numbers) == ("result", (), None, 7)
    assert (found.paper.session, found.paper.implications, found.paper.assurance_offered) == ("public", {}, None)
    assert found.file == ASSESSMENT


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "field"),
    [
        ("cycle: 2025-26", "cycle: 2024-25", "IN101", 2, "cycle"),
        ("role: partner", "role: partnr", "IN101", 7, "respondents.role"),
        ("session: public", "session: pubic", "IN101", 12, "paper.session"),
        ("session: public", "type: asurance", "IN101", 12, "paper.type"),
        ("session: public", "evidence_annex: half", "IN101", 12, "paper.evidence_annex"),
        ("session: public", "next_review: 24/09/2026", "IN101", 12, "paper.next_review"),
        ("session: public", "assurance_offered: {level: full}", "IN101", 12, "paper.assurance_offered.level"),
        ("cycle: 2025-26", "cycle: 2025-26\nas_of: 2026-02-30", "IN101", 3, "as_of"),
        ("cycle: 2025-26", "cycle: 2025-26\nstage: draft", "IN101", 3, "stage"),
        ("cycle: 2025-26", "cycle: 2025-26\nsections: [A, C]", "IN102", 3, "sections"),
        ("cycle: 2025-26", "cycle: 2025-26\ntargets: {default: midling}", "IN101", 3, "targets.default"),
        ("cycle: 2025-26", "cycle: 2025-26\ntargets: {A7: low}", "IN102", 3, "targets.A7"),
        ("cycle: 2025-26", "cycle: 2025-26\nprevious: 2024-25", "IN102", 3, "previous"),
        ("cycle: 2025-26", "cycle: 2025-26\nprevious: 2025-26", "IN102", 3, "previous"),
        ("cycle: 2025-26", "cycle: 2025-26\nprevious: ../..", "IN102", 3, "previous"),
        ("cycle: 2025-26", "cycle: 2025-26\nseverities: {EV309: note}", "IN101", 3, "severities.EV309"),
        ("cycle: 2025-26", "cycle: 2025-26\nseverities: {EV399: blocker}", "IN101", 3, "severities.EV399"),
        ("cycle: 2025-26", "cycle: 2025-26\nseverities: {ST204: excepted}", "IN101", 3, "severities.ST204"),
        (
            "cycle: 2025-26",
            "cycle: 2025-26\npublication: {small_numbers: few}",
            "IN101",
            3,
            "publication.small_numbers",
        ),
        (
            "cycle: 2025-26",
            "cycle: 2025-26\nannual_report: {include_levels: perhaps}",
            "IN101",
            3,
            "annual_report.include_levels",
        ),
        ("role: board}", "role: board, completed_on: soon}", "IN101", 6, "respondents.completed_on"),
        ("role: board}", "role: board, method: post}", "IN101", 6, "respondents.method"),
        ("- {id: vcse,", "- {id: BOARD ,", "IN103", 7, "respondents.id"),
    ],
)
def test_a_wrong_value_is_one_finding_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, row: int, field: str
) -> None:
    changes: dict[str, str | None] = {**changed(old, new)}
    if "BOARD" in new:
        changes[f"{HERE}/responses/vcse.csv"] = None
    found = faults_of(tmp_path, changes)
    assert places(found) == [(code, "assessment.yaml", row, field)]
    assert found[0].severity is Severity.BLOCKER and found[0].remedy and found[0].file == ASSESSMENT


def test_a_slip_in_a_role_does_not_cost_the_respondent_the_answers(tmp_path: Path) -> None:
    found = gather(tmp_path, changed("role: board", "role: borad")).assessment
    assert found.respondents[1].role is Role.BOARD


def test_a_session_that_is_not_clear_shows_no_more_than_the_public_may_see(tmp_path: Path) -> None:
    assert gather(tmp_path, changed("session: public", "session: prvate")).assessment.paper.session == "public"


def test_an_exception_that_is_not_whole_has_no_effect(tmp_path: Path) -> None:
    text = changed("agreed_by: Chair,", "", FULL)
    case = gather(tmp_path, text)
    assert case.assessment.agreed_exceptions == ()
    assert any("agreed_by" in f.message for f in case.faults)


@pytest.mark.parametrize(
    ("old", "new", "said", "row", "field"),
    [
        ("organisation: NHS Example ICB\n", "", "`organisation` is missing", 1, "organisation"),
        ("framework: small.yaml\n", "", "`framework` is missing", 1, "framework"),
        ("framework: small.yaml", "framework: smal.yaml", "no framework `smal.yaml`", 3, "framework"),
        ("framework: small.yaml", "framework: hi-icbb", "no framework", 3, "framework"),
        ("framework: small.yaml", "framework: ../../../../etc/passwd", "no framework|outside", 3, "framework"),
        ("framework: small.yaml", f"framework: {'x' * 5000}", "no framework", 3, "framework"),
        ("  date: 2026-03-26\n", "", "`date` is missing", 8, "paper.date"),
        ("date: 2026-03-26", "date: 26/03/2026", "can be relied on", 11, "paper.date"),
        ("date: 2026-03-26", "date:", "`date` is missing", 11, "paper.date"),
        ("  meeting: ICB Board\n", "", "`meeting` is missing", 8, "paper.meeting"),
        ("organisation:", "organization:", "`organization` is not known", 1, "organization"),
        ("  session:", "  sesion:", "`sesion` is not known", 12, "paper.sesion"),
        ("role: team}", "rol: team}", "`rol` is not known", 5, "respondents.rol"),
        ("{id: team,", "{id: ../team,", "cannot be the name of a file", 5, "respondents.id"),
        ("respondents:\n", "respondents: []\nx:\n", "", None, None),
        ("cycle: 2025-26", "cycle: [2025-26]", "single text", 2, "cycle"),
        (
            "cycle: 2025-26",
            "cycle: 2025-26\ncolumn_names: {action: {Lead: owner}}",
            "not known",
            3,
            "column_names.action",
        ),
        (
            "cycle: 2025-26",
            "cycle: 2025-26\ncolumn_names: {actions: {Lead: onwer}}",
            "`onwer` is not one of our columns",
            3,
            "column_names.actions.Lead",
        ),
    ],
)
def test_a_value_without_which_nothing_can_be_said_stops_the_reading(
    tmp_path: Path, old: str, new: str, said: str, row: int | None, field: str | None
) -> None:
    fault = refused(tmp_path, changed(old, new))
    assert any(part in fault.message for part in said.split("|"))
    assert fault.file == ASSESSMENT
    if row:
        assert (fault.row, fault.field) == (row, field)


def test_a_cycle_without_assessment_says_what_to_do(tmp_path: Path) -> None:
    fault = refused(tmp_path, {ASSESSMENT: None})
    assert "is missing" in fault.message and "copy last year's" in fault.remedy
    fault = refused(tmp_path, {ASSESSMENT: None, ASSESSMENT.replace(".yaml", ".yml"): ASSESSMENT_TEXT})
    assert "There is `assessment.yml`" in fault.message


def test_a_cycle_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    ws = make(tmp_path)
    for name in ("2025-62", "../evidence", ""):
        with pytest.raises(UsageError):
            read_assessment(ws, name)
    with pytest.raises(UsageError, match=r"Did you mean `2025-26`"):
        read_assessment(ws, "2025-27")


def test_a_workspace_without_a_register_says_what_to_make(tmp_path: Path) -> None:
    fault = refused(tmp_path, {"evidence/register.csv": None})
    assert isinstance(fault, InputError) and "assurance_line" in fault.remedy and fault.file == "evidence/register.csv"


class TestAPartialRun:
    def test_answers_outside_its_sections_are_nobodys_business(self, tmp_path: Path) -> None:
        text = RESPONSES + "A1,Low,x,E001\nB2,Hgih,x,E999\nB2,Low,x,\n"
        case = gather(tmp_path, {**changed("cycle: 2025-26", "cycle: 2025-26\nsections: A"), TEAM: text})
        assert [a.statement for a in case.forms[0].answers] == ["A1"]
        assert [f for f in case.faults if f.file == TEAM] == []
        assert [s.id for s in case.statements] == ["A1", "A2"]

    def test_a_section_that_nothing_has_leaves_the_others(self, tmp_path: Path) -> None:
        case = gather(tmp_path, changed("cycle: 2025-26", "cycle: 2025-26\nsections: [A, BB]"))
        assert case.assessment.sections == ("A",)
        assert any("Did you mean `B`" in f.remedy or "A, B" in f.remedy for f in case.faults)


def test_names_of_people_with_accents_in_windows_letters_are_read(tmp_path: Path) -> None:
    text = ASSESSMENT_TEXT.replace("NHS Example ICB", "NHS Caf\u00e9 ICB").encode("cp1252")
    assert gather(tmp_path, {ASSESSMENT: text}).assessment.organisation == "NHS Caf\u00e9 ICB"


def test_the_cycle_is_the_folders(tmp_path: Path) -> None:
    assert gather(tmp_path, changed("cycle: 2025-26", "cycle: 1999-00")).assessment.cycle == CYCLE
