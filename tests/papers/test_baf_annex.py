"""The BAF annex: each risk as it is recorded; what the levels suggest apart; an empty part says so."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import shutil

import pikepdf
import pytest

from pipeline.dossier.heatmap import called
from pipeline.dossier.risks import view_score
from pipeline.dossier.views import RiskScoreView, SuggestionView
from pipeline.model import Score
from pipeline.papers.baf_annex import FIRST_LINE_ASSURANCE
from pipeline.publish.pdf import convert
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
    headings = ["Controls, assurances and gaps", "Actions", SUGGESTED]
    after = said[said.index(heading) + 1 :]
    end = next((n for n, words in enumerate(after) if words in headings), len(after))
    return after[:end]


def beside(made, *head: str) -> dict[str, str]:
    """The first row of the first table whose head begins so: what stands under each heading."""
    table = next(t for t in made.tables() if tuple(t[0][: len(head)]) == head)
    return dict(zip(table[0], table[1], strict=True))


def test_it_says_that_a_self_assessment_is_first_line_assurance(sample: Made) -> None:
    assert FIRST_LINE_ASSURANCE in " ".join(sample.paper("baf-annex").section("Summary"))


def test_each_risk_stands_under_its_own_heading_with_what_is_recorded(sample: Made) -> None:
    made = sample.paper("baf-annex")
    for risk in sample.dossier.risks:
        said = made.section(f"{risk.id}: {risk.risk}")
        recorded = (risk.objective, risk.cause, risk.effect, risk.lead, risk.committee, risk.appetite)
        for words in (*recorded, risk.gaps_in_control, *risk.controls.splitlines()):
            assert words in said
        assert any(words.endswith(risk.rationale) for words in said)


def test_the_summary_says_how_grave_the_risks_are_and_which_way_they_moved(sample: Made) -> None:
    said = " ".join(sample.paper("baf-annex").section("Summary"))
    assert "two are extreme (HI-R1 and HI-R3) and three are high (HI-R2, HI-R4 and HI-R5); all are above target" in said
    assert "Score rose, worse: HI-R3 and HI-R5. Score fell, better: HI-R4." in said


@pytest.mark.parametrize(
    ("likelihood", "consequence", "band"),
    [(1, 3, "low"), (2, 2, "moderate"), (2, 4, "high"), (3, 4, "high"), (3, 5, "extreme"), (5, 5, "extreme")],
)
def test_a_score_stands_with_its_band_and_the_appetite_beside_it(likelihood, consequence, band):
    scored = view_score(Score(likelihood, consequence))
    row = beside(annex(make_risk(current=scored, appetite="cautious")), "Inherent")
    assert row["Current"] == f"{likelihood} x {consequence} = {likelihood * consequence}, {band}"
    assert row["Appetite"] == "Cautious"


def test_every_risk_stands_on_the_grid_where_its_score_and_its_target_are(sample: Made) -> None:
    (grid,) = [t for t in sample.paper("baf-annex").tables() if t[0][0] == "Likelihood"]
    assert len(grid) == 6 and all(len(row) == 6 for row in grid)
    for risk in sample.dossier.risks:
        now = grid[6 - risk.current.likelihood][risk.current.consequence]
        assert risk.id in now.split("target of")[0] and now.startswith(f"{risk.current.value} ")
        assert risk.id in grid[6 - risk.target.likelihood][risk.target.consequence].split("target of")[1]


def test_assurances_stand_by_line_with_document_page_date_and_verdict():
    second = make_citation(2, assurance_line=2, title="Minutes of the committee")
    said = annex(make_risk(assurances=(make_citation(1, assurance_line=3, title="Internal audit"), second)))
    cell = beside(said, "Controls")["Assurances by line"]
    assert cell.startswith("First line: the people who do the work: none recorded")
    second_line, third_line = cell.split("Second line: oversight inside the organisation")[1].split("Third line")
    seen = ", page 4 of the PDF, 6 November 2025. Found on the page."
    assert "Minutes of the committee" in second_line and seen in second_line
    assert "Internal audit" in third_line and seen in third_line
    assert len(said.notes) == 2


def test_an_internal_assurance_keeps_its_line_and_nothing_else():
    hidden = redacted_citation(assurance_line=2)
    cell = beside(annex(make_risk(assurances=(hidden,))), "Controls")["Assurances by line"]
    second = cell.split("Second line: oversight inside the organisation")[1].split("Third line")[0]
    assert second.strip().startswith(
        "Internal document held by the Director of Strategy; not published with this paper"
    )
    assert "page" not in second and "November" not in second


@pytest.mark.parametrize("nothing", ["", "None", "n/a", "Nil."])
def test_an_empty_part_says_so_in_words_and_an_empty_column_is_left_out(nothing):
    risk = make_risk(
        controls=nothing, gaps_in_control=nothing, gaps_in_assurance=nothing, rationale=nothing, appetite=nothing,
        statements=(), assurances=(), previous=EMPTY, movement="", target_date=None, inherent=EMPTY, effect=nothing,
    )  # fmt: skip
    made = annex(risk)
    row = beside(made, "Controls")
    assert row["Controls"] == "No control recorded."
    assert row["Gaps in control"] == "No gap is recorded, and no control either."
    assert row["Gaps in assurance"] == "No gap is recorded, and no assurance either."
    scores = beside(made, "Inherent")
    assert scores["Inherent"] == "not given" and scores["Movement"] == "No previous score"
    assert scores["Target"].endswith("no target date") and "Appetite" not in scores
    said = made.section("BAF3: Gaps in outcomes widen.")
    assert part(said, "Actions") == ["No action recorded for this risk."]
    assert part(said, SUGGESTED) == ["No statement of the self-assessment is linked to this risk."]
    assert "Why the score stands where it does: no reason is given." in said
    assert "Effect" not in said and not any(words.strip() in ("None", "None.", nothing) for words in said if words)


def test_actions_name_the_gap_that_they_close_open_ones_first():
    dossier = make_dossier(6, audience="public")
    first, second = dossier.statements[:2]
    actions = (
        make_action(1, first, status="done", risk="BAF3", closes="No plan"),
        make_action(2, second, risk="BAF3", closes="", due=datetime.date(2026, 1, 31)),
        make_action(3, first, risk="BAF9"),
    )
    risk = make_risk(actions=("A1", "A2"), statements=("GA1", "GA2"))
    made = paper(dataclasses.replace(dossier, actions=actions, risks=(risk,)), TEMPLATE)
    table = next(t for t in made.tables() if t[0][0] == "Action")
    assert [(row[0][:2], row[1]) for row in table[1:]] == [
        ("A2", f"Answers {called(second)}"),
        ("A1", "No plan"),
    ]
    assert table[1][3] == "31 January 2026, overdue" and table[2][3].endswith("done")
    assert made.section("BAF3: Gaps in outcomes widen.")


def test_of_many_actions_the_first_eight_are_listed_and_the_others_counted():
    dossier = make_dossier(6, audience="public")
    days = [datetime.date(2026, 5, n) for n in range(1, 11)]
    actions = [make_action(n, dossier.statements[0], due=day, risk="BAF3") for n, day in enumerate(days, start=1)]
    risk = make_risk(actions=tuple(a.id for a in actions))
    made = paper(dataclasses.replace(dossier, actions=tuple(actions), risks=(risk,)), TEMPLATE)
    assert len(next(t for t in made.tables() if t[0][0] == "Action")) == 9
    assert "Two more stand in Annex A of the board paper." in made.text


def test_linked_statements_stand_with_their_levels_and_one_out_of_scope_says_so():
    said = part(annex(make_risk(statements=("GA1", "ZZ9"))).section("BAF3: Gaps in outcomes widen."), SUGGESTED)
    first = make_dossier(6).statements[0]
    assert said == [f"No gap is suggested by {called(first)} ({first.reported}). Not in scope of this assessment: ZZ9."]


def test_what_the_levels_suggest_stands_apart_in_one_row_a_statement():
    gaps = (
        SuggestionView(
            "gap in assurance", "GA2", "Strategy", "words", ("evidence incomplete", "first-line evidence alone")
        ),
        SuggestionView("gap in assurance", "GA1", "Leaders", "words", ("words cited were not found",)),
        SuggestionView("gap in control", "GA2", "Strategy", "words"),
    )
    made = annex(make_risk(statements=("GA1", "GA2"), suggestions=gaps))
    first, second = make_dossier(6).statements[:2]
    table = next(t for t in made.tables() if t[0][0] == "Statement")
    assert table[0][-2:] == ["Gap in control", "Gap in assurance"]
    assert [(row[0], *row[-2:]) for row in table[1:]] == [
        (called(second), f"Below the target of {second.target}", "Evidence incomplete and first-line evidence alone"),
        (called(first), "None suggested", "Words cited were not found"),
    ]
    said = made.section("BAF3: Gaps in outcomes widen.")
    assert not any("Below the target" in words for words in said[: said.index(SUGGESTED)])


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
    said = " ".join(sample.paper("baf-annex").section("How to read this annex"))
    assert agreed.reason.rstrip(".") in said and agreed.agreed_by in said


def test_without_risks_it_says_so():
    assert "No risk of the Board Assurance Framework is recorded for this cycle." in annex().section("Summary")


def test_one_risk_is_told_in_a_sentence_that_needs_no_list():
    scored = view_score(Score(4, 4))
    said = annex(make_risk(current=scored, movement="score rose, worse: from 12 to 16")).section("Summary")[0]
    assert said.endswith(
        "informs is extreme by its current score and above its target. Score rose, worse: from 12 to 16."
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the pages")
def test_the_summary_takes_a_page_and_each_risk_at_most_two(sample: Made, tmp_path) -> None:
    (made,) = convert([sample.ws.build("2025-26") / "baf-annex.docx"], tmp_path)
    with pikepdf.open(made) as pdf:
        assert {float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages} == {True}
        with pdf.open_outline() as outline:
            tops = [item for top in outline.root for item in (top, *top.children)]
            pages = [p.obj.objgen for p in pdf.pages]
            starts = {str(t.title): pages.index(t.destination[0].objgen) for t in tops if ": " in str(t.title)}
    begins = [page for title, page in starts.items() if title.startswith("HI-R")]
    assert begins[0] == 1 and len(begins) == len(sample.dossier.risks)
    assert all(after - before <= 2 for before, after in itertools.pairwise([*begins, len(pages)]))
