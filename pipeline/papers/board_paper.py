"""What the board paper says: its sections and its annexes, from the dossier alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.dossier.headline import HEADLINE_PICTURE, headline_figures, more_marked
from pipeline.dossier.heatmap import heatmap_note
from pipeline.dossier.views import Dossier
from pipeline.papers import actions, cover, sentences
from pipeline.papers.actions import (
    due_actions,
    horizons,
    horizons_counted,
    nothing_due,
    plan_is_for,
    planned_actions,
    soon,
)
from pipeline.papers.evidence import evidence_of
from pipeline.papers.heatmap import Heatmap
from pipeline.papers.money import money_shown
from pipeline.papers.points import Points
from pipeline.papers.reliance import caveat_sentences, exception_sentences
from pipeline.text import date_in_words, number_in_words, sentence_case
from pipeline.word.prose import Prose
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence, paragraph, run

MOST_WORDS = 250
PICTURE_MM = 169


class Paragraphs:
    """Plain paragraphs of one style. Used as `{{p name }}`."""

    def __init__(self, kit: RenderContext, texts: list[str], style: str = "Body Text") -> None:
        self.texts, self._kit, self._style = texts, kit, style

    def __html__(self) -> str:
        style = self._kit.styles.id(self._style)
        return "".join(paragraph(run(text), style) for text in self.texts)


def executive_summary(dossier: Dossier, kit: RenderContext) -> Prose | Paragraphs:
    """`narrative/executive-summary.md` whole, else a generated one."""
    written = dossier.narratives.get("executive-summary")
    if written:
        return Prose(kit, written, body="Body Text", heading="Executive summary")
    return Paragraphs(kit, generated_summary(dossier))


def generated_summary(dossier: Dossier) -> list[str]:
    """Two or three paragraphs; the least needed sentences are left out where it would grow too long."""
    proposal = [sentences.waiting_for_the_board(dossier)] if dossier.stage == "proposal" else []
    first = [*proposal, sentences.what_is_reported(dossier)]
    second = [sentences.lowest_levels(dossier), _overdue(dossier), _exceptions(dossier)]
    third = [sentences.FIRST_LINE]
    paragraphs = [" ".join(part for part in said if part) for said in (first, second, third)]
    while sum(len(p.split()) for p in paragraphs) > MOST_WORDS and len(second) > 1:
        second.pop()
        paragraphs[1] = " ".join(part for part in second if part)
    return [p for p in paragraphs if p]


def _overdue(dossier: Dossier) -> str:
    number = sum(a.overdue for a in dossier.actions)
    said = f"{sentence_case(number_in_words(number))} {'action was' if number == 1 else 'actions were'} overdue on "
    said += f"{date_in_words(dossier.as_of)}."
    return said if number else ""


def _exceptions(dossier: Dossier) -> str:
    number = len(dossier.exceptions)
    noun = "agreed exception is" if number == 1 else "agreed exceptions are"
    return f"{sentence_case(number_in_words(number))} {noun} set out in this paper." if number else ""


def figures_shown(dossier: Dossier, kit: RenderContext) -> list[Sentence]:
    """The headline indicators: latest value, change, target and gap, each with its source."""
    said = [kit.sentence(f.name, bold=True).say(f": {f.said}").cite(f.citations) for f in headline_figures(dossier)]
    more = more_marked(dossier)
    return [*said, kit.sentence(more)] if more else said


def board_paper(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
    """The names that the board paper's template uses beyond the dossier's own."""
    points = Points(dossier, kit)
    separate = dossier.cover.evidence_annex == "separate"
    picture = next((f for f in dossier.figures if f.id == "movement"), None)
    drawn = kit.figure(figures, picture, PICTURE_MM)
    small = next((f for f in dossier.figures if f.id == HEADLINE_PICTURE), None)
    due, later = due_actions(dossier, kit)
    next_steps = points.narrative("next-steps", "Next steps")
    return {
        "who_is_asked": cover.who_is_asked(dossier),
        "cover_upper": cover.upper_rows(dossier),
        "cover_lower": cover.lower_rows(dossier),
        "executive_summary": executive_summary(dossier, kit),
        "background": points.narrative("background", "Background"),
        "next_steps_narrative": next_steps,
        "headline": points.headline(),
        "movement": drawn or "",
        "movement_caption": picture.caption if picture and drawn else "",
        "figures_shown": figures_shown(dossier, kit),
        "figures_picture": kit.figure(figures, small, PICTURE_MM) or "",
        "figures_caption": small.caption if small else "",
        "money_shown": money_shown(dossier),
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
        "horizons": horizons_counted(dossier, kit) if next_steps else horizons(dossier, kit, {a.id for a in due}),
        "plan_is_for": plan_is_for(dossier),
        "earlier_actions_said": actions.earlier_actions_said(dossier, kit),
        "earlier_actions_heading": actions.earlier_actions_heading(dossier),
        "earlier_actions": actions.earlier_actions(dossier, kit),
        "soon_due": soon(dossier)[1],
        "action_plan": planned_actions(dossier, kit),
        "evidence_separate": separate,
        "evidence_sections": () if separate else evidence_of(dossier, kit),
        "found_means": sentences.FOUND_MEANS,
        "heatmap_note": heatmap_note(dossier),
        "evidence_is_in": points.evidence_is_in(),
        "first_line_assurance": sentences.FIRST_LINE,
        "which_framework": sentences.which_framework(dossier),
    }


def evidence_annex(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
    """The evidence by statement as a paper of its own."""
    del figures
    return {
        "paper_title": f"{dossier.cover.title}: Annex B, evidence by statement",
        "evidence_sections": evidence_of(dossier, kit),
        "how_to_read": sentences.how_to_read(dossier),
        "cover_upper": cover.upper_rows(dossier),
    }
