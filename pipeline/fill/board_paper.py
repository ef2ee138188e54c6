"""What the board paper says: its ten sections and its annexes, from the dossier alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.dossier.views import Dossier
from pipeline.fill import cover, sentences
from pipeline.fill.actions import due_actions, nothing_due, plan_is_for, planned_actions
from pipeline.fill.evidence import evidence_of
from pipeline.fill.heatmap import Heatmap, SectionResults
from pipeline.fill.horizons import horizons, soon
from pipeline.fill.kit import Kit
from pipeline.fill.points import Points
from pipeline.fill.reliance import caveat_sentences, exception_sentences
from pipeline.fill.summary import executive_summary


def board_paper(dossier: Dossier, kit: Kit, figures: Path | None) -> Mapping[str, Any]:
    """The names that the board paper's template uses beyond the dossier's own."""
    points = Points(dossier, kit)
    separate = dossier.cover.evidence_annex == "separate"
    picture = next((f for f in dossier.figures if f.id in ("sections", "matrix")), None)
    drawn = kit.figure(figures, picture)
    due, later = due_actions(dossier, kit)
    return {
        "who_is_asked": cover.who_is_asked(dossier),
        "cover_upper": cover.upper_rows(dossier),
        "cover_lower": cover.lower_rows(dossier),
        "executive_summary": executive_summary(dossier, kit),
        "background": points.narrative("background", "Background"),
        "next_steps_narrative": points.narrative("next-steps", "Next steps"),
        "headline": points.headline(),
        "section_results": SectionResults(dossier, kit),
        "overview": drawn,
        "overview_caption": picture.caption if picture and drawn else "",
        "heatmap": Heatmap(dossier, kit, linked=not separate),
        "weak_points": points.weak_points(),
        "moved_points": points.moved_points(),
        "different_points": points.different_points(),
        "strong_points": points.strong_points(),
        "due_actions": due,
        "more_actions": later,
        "no_due_actions": "" if due else nothing_due(dossier),
        "caveats_said": caveat_sentences(dossier, kit),
        "exceptions_said": exception_sentences(dossier, kit),
        "question_points": points.question_points(),
        "horizons": horizons(dossier, kit, {a.id for a in due}),
        "plan_is_for": plan_is_for(dossier),
        "soon_due": soon(dossier)[1],
        "action_plan": planned_actions(dossier, kit),
        "evidence_separate": separate,
        "evidence_sections": () if separate else evidence_of(dossier, kit),
        "found_means": sentences.FOUND_MEANS,
        "evidence_means": sentences.EVIDENCE_MEANS,
        "first_line_assurance": sentences.FIRST_LINE,
        "which_framework": sentences.which_framework(dossier),
    }


def evidence_annex(dossier: Dossier, kit: Kit, figures: Path | None) -> Mapping[str, Any]:
    """The evidence by statement as a paper of its own."""
    del figures
    return {
        "evidence_sections": evidence_of(dossier, kit),
        "found_means": sentences.FOUND_MEANS,
        "first_line_assurance": sentences.FIRST_LINE,
        "which_framework": sentences.which_framework(dossier),
        "cover_upper": cover.upper_rows(dossier),
    }
