"""The scorecard: a matrix asked of a plan, and a list seen by line of enquiry and priority."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from PIL import Image

from pipeline import dossier
from pipeline.charts import draw
from pipeline.charts.matrix import scorecards
from pipeline.charts.sheet import same_everywhere
from pipeline.dossier import PUBLIC, for_audience
from pipeline.dossier.matrix import view_matrix
from pipeline.flow.preparing import read_written
from pipeline.model import Framework, Level
from pipeline.papers import filled
from pipeline.score import score
from pipeline.workspace import SHIPPED, SHIPPED_TEMPLATES, Workspace
from tests.case_workspaces import judge
from tests.dossiers import make_dossier
from tests.fill import accessibility
from tests.fill.reading import Paper, paper

SCORECARD = SHIPPED_TEMPLATES / "scorecard.docx"
EXAMPLE = Path(__file__).parents[1] / "matrix"
LEVELS = ("Reactive", "Emergent", "Growing", "Consistent", "not assessed")


def judged(root: Path, cycle: str):
    case, scores, findings = judge(Workspace(root), cycle)
    return dossier.build(case, scores, findings)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("example") / "ws"))


@pytest.fixture(scope="module")
def plan(root):
    """The forty prompts asked of a recovery plan."""
    return judged(root, "2026-27")


@pytest.fixture(scope="module")
def figures(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    draw(for_audience(plan, PUBLIC), folder)
    return folder


@pytest.fixture(scope="module")
def card(plan, figures) -> Paper:
    return paper(for_audience(plan, PUBLIC), SCORECARD, figures=figures)


def tagged(**levels: int | None):
    """A list of four statements, placed by tags; the rank of each, None where not assessed."""
    made = make_dossier(4, 1)
    scale = made.levels
    placed = {
        "GA1": (("K1",), ("P1", "P2")),
        "GA2": (("K1",), ("P1",)),
        "GA3": (("K1", "K2"), ("P1",)),
        "GA4": (("K2",), ("P2",)),
    }

    def changed(s):
        rank = levels.get(s.id, 1)
        kloe, priorities = placed[s.id]
        level = scale[rank] if rank is not None else None
        return dataclasses.replace(
            s,
            kloe=kloe,
            priorities=priorities,
            rank=-1 if rank is None else rank,
            reported=level.name if level else "not assessed",
            level_id=level.id if level else "",
        )

    section = dataclasses.replace(made.sections[0], statements=tuple(map(changed, made.sections[0].statements)))
    framework = Framework(
        "own", "Own", "1", tuple(Level(level.id, level.name, level.rank) for level in scale), (),
        tags={"kloe": {"K1": "Leaders", "K2": "Plans", "K3": "Learning"}, "priorities": {"P1": "Recovery"}},
    )  # fmt: skip
    matrix = view_matrix(framework, [section])
    return dataclasses.replace(made, sections=(section,), matrix=matrix, audience="public")


def cell(matrix, row, column):
    return next(c for c in matrix.cells if (c.row, c.column) == (row, column))


def test_the_example_reads_checks_and_scores(plan):
    assert [f.message for f in plan.findings if f.severity == "blocker"] == []
    assert (len(plan.matrix.rows), len(plan.matrix.columns), len(plan.matrix.cells)) == (8, 5, 40)
    assert not plan.matrix.by_tags
    assert (plan.statement("K1P1").reported, plan.statement("K1P1").views["team"].level) == ("Growing", "Consistent")
    assert plan.totals.not_assessed == 2


def test_the_matrix_is_a_picture_with_its_words(plan, figures):
    words = next(f for f in plan.figures if f.id == "matrix")
    assert "Grid of 8 rows" in words.alt and "by 5 columns" in words.alt
    with Image.open(figures / "matrix.png") as picture:
        assert picture.info["Description"] == words.alt
    assert not (figures / "scorecard.png").exists(), "a matrix needs no second view of itself"


def test_the_scorecard_says_what_was_asked_of_which_plan(card):
    asked = dict(row[:2] for row in card.tables()[0])
    assert asked["Asked of"] == "The Elective Recovery Plan 2026 to 2028"
    assert asked["Asked with"].endswith("8 lines of enquiry by 5 priorities")
    assert "Planned care programme team (team), 20 April 2026, workshop" in asked["Answered by"]


def test_the_sentences_that_always_stand_are_there(card):
    for sentence in (
        "It does not replace an equality impact assessment.",
        "This is the ICB's own assessment (first line). It has not been independently tested except where stated.",
        "they are not a finding on whether a legal duty has been met.",
        "it does not mean that they prove the level.",
        "its wording is our own; it is not the framework published by the NHS Confederation.",
    ):
        assert sentence in card.text


def test_the_table_is_eight_by_five_with_a_level_in_words_in_every_cell(plan, card):
    table = next(t for t in card.tables() if t[0][0] == "Line of enquiry" and t[0][1].startswith("P1"))
    assert (len(table), {len(row) for row in table}) == (9, {6})
    for row, section in zip(table[1:], plan.sections, strict=True):
        assert row[0] == f"{section.id} {section.title}"
        for text, statement in zip(row[1:], section.statements, strict=True):
            assert text.startswith(statement.reported)
            assert statement.standing in text or not statement.level_id


def test_weakest_cells_come_with_their_prompt_and_action_and_none_that_is_not_assessed(plan, card):
    weak = next(t for t in card.tables() if t[0][0] == "Where")
    assert len(weak) == 6
    assert [row[1].startswith("Reactive") for row in weak[1:]] == [True] * 5
    assert weak[1][0].startswith("K2P2 Digital barriers removed")
    assert plan.statement("K2P2").prompt in weak[1]
    accountable = next(row for row in weak if row[0].startswith("K4P2"))
    assert "Action A1: Name in the plan who answers for it" in accountable[3]
    assert "Nothing is cited for it." in accountable[3]
    strong = [t for t in card.tables() if t[0][0] == "Where"][1]
    assert strong[1][:2] == [
        "K4P1 Who answers for recovery\nRoles, accountability and good governance\nRecover services inclusively",
        "Consistent\nfound on page",
    ]
    assert not {"K3P3", "K8P5"} & {row[0].split()[0] for row in [*weak, *strong]}


def test_counts_name_no_average_and_a_cell_not_assessed_is_never_the_lowest(card):
    lines = next(t for t in card.tables() if t[0][:2] == ["Line of enquiry", "Reactive"])
    assert lines[3] == [
        "K3 Inclusive workplace, sensitive services and staff wellbeing", "1", "2", "1", "none", "1", "Reactive: K3P5",
    ]  # fmt: skip
    assert "average" not in card.text and "score of" not in card.text


def test_every_comment_and_the_documents_cited_stand_in_the_annex(plan, card):
    for statement in plan.statements:
        for answer in statement.answers:
            assert answer.comment in card.text
    assert any("Elective Recovery Plan 2026 to 2028, draft for the Board" in note for note in card.notes)
    assert "Digital access review: working paper" not in card.everything, "an internal document's title is not shown"


def test_where_those_who_answered_differ_is_said(card):
    said = card.section("Where those who answered see it differently")
    assert "K1P1 Who benefits first: the Board placed this lower (Growing) than the team (Consistent)." in said


@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
def test_a_scorecard_is_valid_and_accessible(tmp_path, plan, figures, draft):
    content = filled("scorecard", for_audience(plan, PUBLIC), SCORECARD, draft=draft, figures=figures)
    (tmp_path / "scorecard.docx").write_bytes(content)
    assert [str(e) for e in OpenXmlValidator().validate(str(tmp_path / "scorecard.docx")).errors] == []
    assert accessibility.faults(content) == []
    assert ("What is not complete" in [p.text for p in Document(tmp_path / "scorecard.docx").paragraphs]) is draft


def test_the_same_bytes_each_time_and_in_another_folder(tmp_path, plan, figures):
    elsewhere = Path(shutil.copytree(EXAMPLE, tmp_path / "deeper" / "ws"))
    again = filled("scorecard", for_audience(judged(elsewhere, "2026-27"), PUBLIC), SCORECARD, figures=figures)
    assert again == filled("scorecard", for_audience(plan, PUBLIC), SCORECARD, figures=figures)


def test_the_board_paper_of_a_matrix_gives_the_plan_and_its_grid(plan, figures):
    made = paper(for_audience(plan, PUBLIC), figures=figures)
    assert "self-assessment of the Elective Recovery Plan 2026 to 2028 by NHS Fenmoor and Holt ICB" in made.text
    assert "It does not replace an equality impact assessment." in made.text
    grid = next(t for t in made.tables() if t[0][:2] == ["Section", "Inclusive recovery"])
    assert len(grid) == 9 and grid[1][1].startswith("K1P1")
    assert accessibility.faults(made.content) == []


def test_a_cell_of_a_list_shows_the_lowest_level_and_counts_those_not_assessed_apart():
    matrix = tagged(GA1=3, GA2=1, GA3=None, GA4=2).matrix
    here = cell(matrix, "K1", "P1")
    assert (here.statements, here.level, here.lowest, here.not_assessed) == (
        ("GA1", "GA2", "GA3"), "Emergent", ("GA2",), 1,
    )  # fmt: skip
    assert (cell(matrix, "K1", "P2").level, cell(matrix, "K2", "P1").level) == ("Consistent", "not assessed")
    assert cell(matrix, "K3", "P1").level == "" and cell(matrix, "K3", "P1").statements == ()
    assert [(r.id, r.name) for r in matrix.rows] == [("K1", "Leaders"), ("K2", "Plans"), ("K3", "Learning")]
    assert [(c.id, c.name) for c in matrix.columns] == [("P1", "Recovery"), ("P2", "P2")], (
        "an unexplained tag is its id"
    )


def test_the_second_view_says_its_rule_and_names_statements_behind_low_cells():
    card = paper(tagged(GA1=3, GA2=0, GA3=None, GA4=2), SCORECARD)
    assert "Each cell shows the lowest level reported among the statements" in card.text
    assert "none is an average" in card.text
    table = next(t for t in card.tables() if t[0][1:] == ["P1 Recovery", "P2"])
    assert table[1] == ["K1 Leaders", "Reactive\nlowest of 2, 1 not assessed", "Consistent\n1 statement"]
    assert table[2] == ["K2 Plans", "not assessed\n1 statement", "Growing\n1 statement"]
    assert table[3][1:] == ["no statement", "no statement"]
    weak = next(t for t in card.tables() if t[0][0] == "Where")
    assert weak[1][0].endswith("The level of one cell: K1 by P1")
    assert "The evidence for each statement is set out in the board paper" in card.text


def test_the_second_view_is_a_picture_with_levels_and_counts_in_words():
    with same_everywhere():
        drawn = {name: [text.get_text() for text in figure.texts] for name, figure in scorecards(tagged(GA3=None))}
    assert set(drawn) == {"scorecard"}
    said = drawn["scorecard"]
    for words in ("K1 Leaders", "Recovery", "Emergent", "not assessed", "no statement", "1 statement"):
        assert words in said
    assert any("never an average" in words for words in said)


def test_the_shipped_list_has_the_same_eight_by_five(tmp_path):
    sample = Workspace(SHIPPED)
    case = read_written(sample, sample.newest_cycle())
    made = dossier.build(case, score(case), ())
    assert made.matrix.by_tags
    assert (len(made.matrix.rows), len(made.matrix.columns)) == (8, 5)
    assert all(row.name != row.id for row in (*made.matrix.rows, *made.matrix.columns))
    figure = next(f for f in made.figures if f.id == "scorecard")
    assert "8 lines of enquiry by 5 priorities" in figure.alt
    content = filled("scorecard", for_audience(made, PUBLIC), SCORECARD)
    (tmp_path / "scorecard.docx").write_bytes(content)
    assert [str(e) for e in OpenXmlValidator().validate(str(tmp_path / "scorecard.docx")).errors] == []
    assert accessibility.faults(content) == []


def test_a_list_without_tags_says_that_no_matrix_can_be_drawn():
    card = paper(make_dossier(4, 1, audience="public"), SCORECARD)
    assert "No matrix can be drawn" in card.text
    assert accessibility.faults(card.content) == []
