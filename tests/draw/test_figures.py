"""The words that stand in for pictures: what can be seen, which lowest, what moved."""

from __future__ import annotations

import dataclasses

from pipeline.dossier.figures import describe_figures, heatmap_pages
from pipeline.dossier.views import Dossier, MovementView
from tests.dossiers import make_dossier


def described(dossier: Dossier) -> dict[str, str]:
    return {f.file: f.alt for f in describe_figures(dossier)}


def without_movement(dossier: Dossier) -> Dossier:
    sections = tuple(
        dataclasses.replace(
            part,
            statements=tuple(dataclasses.replace(s, movement=MovementView("not shown")) for s in part.statements),
        )
        for part in dossier.sections
    )
    return dataclasses.replace(dossier, sections=sections)


def test_the_heatmap_says_counts_the_lowest_the_evidence_and_what_moved():
    alt = described(make_dossier())["heatmap"]
    assert "6 statements in 2 sections (“GA Governance and accountability” and “SC Strategic commissioning”)" in alt
    assert "the team, the Board and partners" in alt
    assert "Reported: 1 Reactive, 1 Emergent, 3 Growing and 1 Consistent." in alt
    assert "Lowest, at Reactive: GA3 Money follows ambition." in alt
    assert "Evidence: 4 found on page, 1 document only and 1 not seen." in alt
    assert "Since 2024-25, one moved down (SC3 Impact tested first) and one moved up (GA1 Named leaders)." in alt


def test_not_assessed_is_counted_apart_and_never_lowest():
    alt = described(make_dossier(17, 1))["heatmap"]
    assert "1 not assessed" in alt
    assert "Lowest, at Reactive" in alt


def test_sections_say_their_counts_and_middle_level():
    alt = described(make_dossier())["sections"]
    assert "Governance and accountability: 1 Reactive, 1 Emergent and 1 Growing, middle level Emergent." in alt


def test_without_a_year_to_compare_with_nothing_is_said_of_movement():
    words = described(without_movement(make_dossier()))
    assert "movement" not in words
    assert not any("moved" in alt or "Since" in alt for alt in words.values())


def test_a_proposal_reads_as_one():
    figures = describe_figures(make_dossier(stage="proposal"))
    assert figures[0].caption == "Proposed levels by statement"
    assert "Proposed: 1 Reactive" in figures[0].alt
    assert not any("reported" in f"{f.caption} {f.alt}".lower() for f in figures)


def test_a_matrix_comes_first_and_names_rows_and_columns():
    figures = describe_figures(make_dossier(0, 3, columns=("Inclusive recovery", "Prevention")))
    assert figures[0].file == "matrix"
    assert "3 rows (from “Governance and accountability” to “Compliance with the legal duties”)" in figures[0].alt
    assert "2 columns (“Inclusive recovery” and “Prevention”)" in figures[0].alt


def test_long_lists_are_cut_and_say_so():
    alt = described(make_dossier(45, 5))["movement"]
    assert "and 2 more" in alt
    assert len(alt) < 1000


def test_three_hundred_statements_take_several_pictures_each_statement_in_one():
    dossier = make_dossier(300, 5)
    pages = heatmap_pages(dossier)
    drawn = [s.id for page in pages for _, part in page for s in part]
    assert drawn == [s.id for s in dossier.statements]
    assert all(sum(len(part) + 1 for _, part in page) <= 23 for page in pages)
    assert pages[1][0][0] == "GA Governance and accountability (continued)"
    captions = [f.caption for f in describe_figures(dossier) if f.file.startswith("heatmap-")]
    assert captions[0] == f"Levels by statement (1 of {len(pages)})"
    assert len(captions) == len(pages) > 1


def test_a_page_of_statements_stands_in_one_picture():
    assert [f.file for f in describe_figures(make_dossier(20, 3))] == ["heatmap", "sections", "movement"]


def test_no_statement_in_scope_means_no_picture():
    assert describe_figures(make_dossier(0, 1)) == ()
