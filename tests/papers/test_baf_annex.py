"""The BAF annex: each risk as it is recorded; what the levels suggest apart; an empty part says so."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from pipeline.dossier.views import RiskScoreView, SuggestionView
from pipeline.papers.baf_annex import FIRST_LINE_ASSURANCE
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.dossiers import make_action, make_citation, make_dossier, make_risk, redacted_citation
from tests.fill.reading import paper
from tests.papers.conftest import Made

TEMPLATE = SHIPPED_TEMPLATES / "baf-annex.docx"
SUGGESTED = "Suggested by the self-assessment, for the risk lead to accept or reject"
EMPTY = RiskScoreView(0, 0, 0, "not given")


def annex(*risks, **changes):
    return paper(make_dossier(6, audience="public", risks=risks, **changes), TEMPLATE)


def part(said: list[str], heading: str) -> list[str]:
    """The paragraphs of a risk below one of its headings, up to the next."""
    headings = ["Scores and movement", "Controls", "Gaps in control", "Assurances", "Gaps in assurance", "Actions"]
    headings += ["Linked statements", SUGGESTED]
    after = said[said.index(heading) + 1 :]
    end = next((n for n, words in enumerate(after) if words in headings), len(after))
    return after[:end]


def test_it_says_that_a_self_assessment_is_first_line_assurance(sample: Made) -> None:
    assert FIRST_LINE_ASSURANCE in sample.paper("baf-annex").section("Summary")


def test_each_risk_stands_under_its_own_heading_with_what_is_recorded(sample: Made) -> None:
    made = sample.paper("baf-annex")
    for risk in sample.dossier.risks:
        said = made.section(f"{risk.id}: {risk.risk}")
        for recorded in (risk.objective, risk.cause, risk.effect, risk.lead, risk.committee, risk.gaps_in_control):
            assert recorded in said
        assert part(said, "Controls") == risk.controls.splitlines()
        assert f"Rationale: {risk.rationale}" in " ".join(part(said, "Scores and movement"))


def test_the_score_stands_on_the_grid_in_words(sample: Made) -> None:
    grids = [t for t in sample.paper("baf-annex").tables() if t[0][0] == "Likelihood"]
    assert len(grids) == 1 + len(sample.dossier.risks)
    for risk, grid in zip(sample.dossier.risks, grids[1:], strict=True):
        assert len(grid) == 6 and all(len(row) == 6 for row in grid)
        for name, score in (("inherent", risk.inherent), ("current", risk.current), ("target", risk.target)):
            cell = grid[6 - score.likelihood][score.consequence]
            assert cell.startswith(f"{score.value} ") and name in cell.lower()
        named = [cell for row in grid[1:] for cell in row[1:] if not cell.isdecimal()]
        assert len(named) <= 3


def test_assurances_stand_by_line_with_document_page_date_and_verdict():
    second = make_citation(2, assurance_line=2, title="Minutes of the committee")
    said = annex(make_risk(assurances=(make_citation(1, assurance_line=3, title="Internal audit"), second)))
    table = next(t for t in said.tables() if t[0] == ["Document", "Where", "Dated", "What was seen"])
    assert [row[0] for row in table[1:]] == [
        "First line: the people who do the work",
        "No assurance recorded.",
        "Second line: oversight inside the organisation",
        "Minutes of the committee",
        "Third line: audit, regulator, peers and partners",
        "Internal audit",
    ]
    assert table[-1][1:] == ["Page 4 of the PDF", "6 November 2025", "Found on the page."]
    assert len(said.notes) == 2


def test_an_internal_assurance_keeps_its_line_and_nothing_else():
    hidden = redacted_citation(assurance_line=2)
    table = next(t for t in annex(make_risk(assurances=(hidden,))).tables() if t[0][0] == "Document")
    row = table[[r[0] for r in table].index("Second line: oversight inside the organisation") + 1]
    assert row[0].startswith("Internal document held by the Director of Strategy; not published with this paper")
    assert row[1:3] == ["Not shown", "Not shown"]


@pytest.mark.parametrize("nothing", ["", "None", "n/a", "Nil."])
def test_an_empty_part_says_so_in_words(nothing):
    risk = make_risk(
        controls=nothing, gaps_in_control=nothing, gaps_in_assurance=nothing, rationale=nothing, appetite=nothing,
        statements=(), assurances=(), previous=EMPTY, movement="", target_date=None, inherent=EMPTY,
    )  # fmt: skip
    said = annex(risk).section("BAF3: Gaps in outcomes widen.")
    assert part(said, "Controls") == ["No control recorded."]
    assert part(said, "Gaps in control") == ["No gap is recorded, and no control either."]
    assert part(said, "Gaps in assurance") == ["No gap is recorded, and no assurance is recorded either."]
    assert part(said, "Actions") == ["No action recorded for this risk."]
    assert part(said, "Linked statements") == ["No statement of the self-assessment is linked to this risk."]
    movement = " ".join(part(said, "Scores and movement"))
    assert "no previous score is given" in movement and "Rationale: none is given." in movement
    assert "inherent not given" in movement and "no target date" in movement
    assert not any(words.strip() in ("None", "None.", nothing) for words in said if words.strip())


def test_actions_name_the_gap_that_they_close_open_ones_first():
    dossier = make_dossier(6, audience="public")
    first, second = dossier.statements[:2]
    actions = (
        make_action(1, first, status="done", risk="BAF3", closes="No plan"),
        make_action(2, second, risk="BAF3", closes="", due=datetime.date(2026, 1, 31)),
        make_action(3, first, risk="BAF9"),
    )
    made = paper(dataclasses.replace(dossier, actions=actions, risks=(make_risk(actions=("A1", "A2")),)), TEMPLATE)
    table = next(t for t in made.tables() if t[0][0] == "Action")
    assert [(row[0][:2], row[1]) for row in table[1:]] == [("A2", "No gap named"), ("A1", "No plan")]
    assert "Overdue" in table[1][3] and "Done" in table[2][3]


def test_linked_statements_stand_with_their_levels_and_one_out_of_scope_says_so():
    made = annex(make_risk(statements=("GA1", "ZZ9")))
    table = next(t for t in made.tables() if t[0][0] == "Statement" and "Level aimed at" in t[0])
    first = make_dossier(6).statements[0]
    assert table[1][0].startswith("GA1 ") and table[1][1].startswith(first.cell)
    assert table[2][:2] == ["ZZ9", "not in scope of this assessment"]


def test_what_the_levels_suggest_stands_apart_gaps_in_control_first():
    gaps = (
        SuggestionView("gap in assurance", "GA2", "Strategy", "Strategy: Growing, evidence incomplete"),
        SuggestionView("gap in control", "GA1", "Leaders", "Leaders: Emergent, below the target of Growing"),
    )
    said = annex(make_risk(suggestions=gaps)).section("BAF3: Gaps in outcomes widen.")
    assert part(said, SUGGESTED)[:2] == [
        "Gap in control: GA1 Leaders: Emergent, below the target of Growing.",
        "Gap in assurance: GA2 Strategy: Growing, evidence incomplete.",
    ]
    assert not any("below the target" in words for words in said[: said.index(SUGGESTED)])


def test_without_targets_it_says_why_no_gap_in_control_is_suggested():
    dossier = make_dossier(6, audience="public")
    sections = tuple(
        dataclasses.replace(
            section,
            statements=tuple(
                dataclasses.replace(s, target="", target_id="", below_target=False) for s in section.statements
            ),
        )
        for section in dossier.sections
    )
    said = paper(dataclasses.replace(dossier, sections=sections), TEMPLATE).text
    assert "No target levels are set, so no gap in control is suggested." in said


def test_an_agreed_exception_is_printed_with_its_reason_and_who_agreed_it(sample: Made) -> None:
    (agreed,) = sample.dossier.exceptions
    said = " ".join(sample.paper("baf-annex").section("Summary"))
    assert agreed.reason.rstrip(".") in said and agreed.agreed_by in said


def test_without_risks_it_says_so():
    assert "No risk of the Board Assurance Framework is recorded for this cycle." in annex().section("Summary")
