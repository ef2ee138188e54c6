"""What the board paper says: its ten sections and its annexes, from the dossier alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.dossier.views import ActionView, CitationView, Dossier, RiskView, StatementView
from pipeline.fill import cover, sentences
from pipeline.fill.evidence import evidence_of
from pipeline.fill.heatmap import Heatmap, SectionResults
from pipeline.fill.horizons import horizons
from pipeline.fill.kit import Kit
from pipeline.fill.prose import Prose
from pipeline.fill.reliance import caveat_sentences, exception_sentences
from pipeline.fill.runs import Sentence
from pipeline.fill.summary import executive_summary
from pipeline.words import date_in_words, number_in_words, sentence_case, the

LISTED, ACTIONS_LISTED = 5, 10


def board_paper(dossier: Dossier, kit: Kit, figures: Path | None) -> Mapping[str, Any]:
    """The names that the board paper's template uses beyond the dossier's own."""
    paper = BoardPaper(dossier, kit)
    separate = dossier.cover.evidence_annex == "separate"
    picture = next((f for f in dossier.figures if f.id in ("sections", "matrix")), None)
    drawn = kit.figure(figures, picture)
    due, later = paper.due_actions()
    return {
        "who_is_asked": cover.who_is_asked(dossier),
        "cover_upper": cover.upper_rows(dossier),
        "cover_lower": cover.lower_rows(dossier),
        "executive_summary": executive_summary(dossier, kit),
        "background": paper.narrative("background", "Background"),
        "next_steps_narrative": paper.narrative("next-steps", "Next steps"),
        "headline": paper.headline(),
        "section_results": SectionResults(dossier, kit),
        "overview": drawn,
        "overview_caption": picture.caption if picture and drawn else "",
        "heatmap": Heatmap(dossier, kit, linked=not separate),
        "weak_points": paper.weak_points(),
        "moved_points": paper.moved_points(),
        "different_points": paper.different_points(),
        "strong_points": paper.strong_points(),
        "due_actions": due,
        "more_actions": later,
        "no_due_actions": "" if due else paper.nothing_due(),
        "caveats_said": caveat_sentences(dossier, kit),
        "exceptions_said": exception_sentences(dossier, kit),
        "question_points": paper.question_points(),
        "horizons": horizons(dossier, kit, {a.id for a in due}),
        "plan_is_for": _plan_is_for(dossier),
        "action_plan": tuple(PlannedAction(a, paper, kit) for a in dossier.actions),
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


class PlannedAction:
    """A row of the action plan."""

    def __init__(self, action: ActionView, paper: BoardPaper, kit: Kit) -> None:
        self.id = action.id
        self.name = paper.name_of(action.statement) or paper.section_name(action.section) or "no statement named"
        self.action = action.action
        self.owner = action.owner or "no owner named"
        self.due = date_in_words(action.due) or "no date given"
        self.status = {"open": "overdue" if action.overdue else "open"}.get(action.status, action.status) or "not given"
        self.measure = action.measure or "no measure given"
        self.progress = kit.sentence(action.progress or "no progress recorded").cite(action.citations)
        answers = (f"Risk {action.risk}" if action.risk else "", f"Closes: {action.closes}" if action.closes else "")
        self.bears_on = "; ".join(filter(None, answers))


class BoardPaper:
    """Lists and sentences of one dossier."""

    def __init__(self, dossier: Dossier, kit: Kit) -> None:
        self._dossier, self._kit = dossier, kit
        self._statements = {s.id: s for s in dossier.statements}
        self._sections = {s.id: s.title for s in dossier.sections}
        self._ranks = {level.id: level.rank for level in dossier.levels}
        self._actions: dict[str, list[ActionView]] = {}
        for action in dossier.actions:
            if action.status == "open":
                self._actions.setdefault(action.statement, []).append(action)
        self._risks: dict[str, list[RiskView]] = {}
        for risk in dossier.risks:
            for ident in risk.statements:
                self._risks.setdefault(ident, []).append(risk)

    def name_of(self, ident: str) -> str:
        """`GA1 Named leaders`; the id alone where there is no short name."""
        statement = self._statements.get(ident)
        if statement is None:
            return ident
        return ident if statement.short == ident else f"{ident} {statement.short}"

    def section_name(self, ident: str) -> str:
        """The section's title."""
        return self._sections.get(ident, ident)

    def narrative(self, name: str, heading: str) -> Prose | str:
        """The authors' own words, or nothing."""
        written = self._dossier.narratives.get(name)
        return Prose(self._kit, written, heading=heading) if written else ""

    def headline(self) -> list[Sentence]:
        """Counts by level, movement, evidence, and how to read them."""
        d = self._dossier
        proposal = [sentences.waiting_for_the_board(d)] if d.stage == "proposal" else []
        subject = f" {sentences.NOT_AN_EIA}" if d.subject else ""
        said = [
            *proposal,
            f"{sentences.what_is_reported(d)}{subject} {sentences.FIRST_LINE}",
            sentences.levels_counted(d),
            sentences.movement_counted(d),
            sentences.evidence_counted(d),
            f"{sentences.NOT_A_FINDING} {sentences.which_framework(d)}",
        ]
        return [self._kit.sentence(words) for words in said if words]

    def _chosen(self, idents: Sequence[str]) -> list[StatementView]:
        return [self._statements[i] for i in idents[:LISTED] if i in self._statements]

    def _named(self, statement: StatementView) -> Sentence:
        return self._kit.sentence(self.name_of(statement.id), bold=True)

    def weak_points(self) -> list[Sentence]:
        """Up to five: level and evidence, the risk each bears on, the action that answers it."""
        weak = self._chosen(self._dossier.weakest)
        return [self._weak_point(s) for s in weak] or [self._none("No statement is below the highest level.")]

    def _none(self, words: str) -> Sentence:
        return self._kit.sentence(words)

    def _weak_point(self, statement: StatementView) -> Sentence:
        moved = f", {statement.movement.shown}" if statement.movement.kind == "down" else ""
        qualifier = f" ({statement.qualifier})" if statement.qualifier else ""
        said = self._named(statement).say(f": {statement.cell}{qualifier}{moved}.")
        return said.say(f" {self._risk_of(statement)} {self._answer_to(statement)}")

    def _risk_of(self, statement: StatementView) -> str:
        risks = self._risks.get(statement.id, [])
        if not risks:
            return "No risk in the BAF names it."
        named = "; ".join(f"{r.id}: {_clause(r.risk)}" for r in risks[:2])
        return f"{'Risk' if len(risks) == 1 else 'Risks'} {named}."

    def _answer_to(self, statement: StatementView) -> str:
        actions = self._actions.get(statement.id, [])
        if not actions:
            return "No open action answers it."
        first = actions[0]
        more = len(actions) - 1
        also = (
            f" {sentence_case(number_in_words(more))} more {'answers' if more == 1 else 'answer'} it too."
            if more
            else ""
        )
        return f"Action {first.id}: {_clause(first.action)} ({owner_and_date(first)}).{also}"

    def _cited(self, statement: StatementView) -> list[CitationView]:
        """What the team and the Board cite, each document once, those with words found first."""
        given = [c for a in statement.answers if a.role != "partner" for c in a.citations]
        found = sorted(given, key=lambda c: c.verdict not in ("found on page", "found elsewhere"))
        return list({c.source: c for c in reversed(found)}.values())[::-1]

    def _resting_on(self, statement: StatementView, begin: Sentence) -> Sentence:
        """`...; cited for it: Health Equity Strategy(1) and two more documents.`"""
        cited = self._cited(statement)
        if not cited:
            return begin.say("; nothing is cited for it.")
        said = begin.say(f"; cited for it: {cited[0].title or 'an internal document'}").cite(cited[:1])
        more = len(cited) - 1
        noun = "document" if more == 1 else "documents"
        return said.say(f" and {number_in_words(more)} more {noun}." if more else ".")

    def moved_points(self) -> list[Sentence]:
        """Down first, then up, each with what is cited for it."""
        moved = self._chosen(self._dossier.moved)
        if not moved:
            note = sentences.movement_counted(self._dossier)
            return [self._none(note or "No movement is shown.")]
        points = [self._resting_on(s, self._named(s).say(f" {s.movement.shown}")) for s in moved]
        return self._and_more(points, len(self._dossier.moved) - len(moved), "moved")

    def _and_more(self, points: list[Sentence], more: int, what: str) -> list[Sentence]:
        if more <= 0:
            return points
        noun = "statement" if more == 1 else "statements"
        said = self._kit.sentence(f"{more:,} more {noun} {what}: see ")
        return [*points, said.refer("heatmap_table", "the heatmap").say(" and ").refer("annex_b", "Annex B").say(".")]

    def different_points(self) -> list[Sentence]:
        """Widest first."""
        apart = self._chosen(self._dossier.differences)
        if not apart:
            return [self._none("No statement was placed differently by those who answered it.")]
        points = [self._named(s).say(f": {sentences.placed_differently(s, self._ranks)}.") for s in apart]
        return self._and_more(points, len(self._dossier.differences) - len(apart), "are seen differently")

    def strong_points(self) -> list[Sentence]:
        """Highest first, then most words found."""
        strong = self._chosen(self._dossier.strongest)
        points = [self._named(s).say(f": {s.cell}{_noted(s)}{_found(s)}.") for s in strong]
        return points or [self._none("No statement stands above the lowest level.")]

    def due_actions(self) -> tuple[tuple[PlannedAction, ...], Sentence | str]:
        """Up to ten that are overdue, or due by the next meeting; and how many more there are."""
        from pipeline.fill.horizons import due_first

        due = due_first(self._dossier)
        shown = tuple(PlannedAction(a, self, self._kit) for a in due[:ACTIONS_LISTED])
        more = len(due) - len(shown)
        if more <= 0:
            return shown, ""
        noun = "action is" if more == 1 else "actions are"
        return shown, self._kit.sentence(f"{more:,} more {noun} in ").refer("annex_a", "Annex A").say(".")

    def nothing_due(self) -> str:
        """In words, where the table would be empty."""
        if not self._dossier.actions:
            return "No action has been recorded."
        return "No open action is overdue or due by the next meeting."

    def question_points(self) -> list[Sentence]:
        """The prompts of the weakest five."""
        weak = [s for s in self._chosen(self._dossier.weakest) if s.prompt]
        points = [self._named(s).say(f": {s.prompt}") for s in weak]
        return points or [self._none("The framework gives no prompt for these statements.")]


def _plan_is_for(dossier: Dossier) -> str:
    """What the Board is to do with the plan: approve it, unless the paper is for information."""
    if dossier.cover.type == "information":
        return "This is the whole of the action plan, for information."
    return f"This is the whole of the action plan, which {cover.who_is_asked(dossier)} is asked to approve."


def _noted(statement: StatementView) -> str:
    return f" ({statement.qualifier})" if statement.qualifier else ""


def _found(statement: StatementView) -> str:
    """`; three quotations found`."""
    number = statement.words_found
    return f"; {number_in_words(number)} {'quotation' if number == 1 else 'quotations'} found" if number else ""


def _clause(text: str) -> str:
    return text.strip().rstrip(".")


def owner_and_date(action: ActionView) -> str:
    """`the Director of Strategy, by 30 June 2026`; what is missing is said to be."""
    owner = the(action.owner) if action.owner else "no owner named"
    due = f"due {date_in_words(action.due)}" if action.due else "no date given"
    return f"{owner}, {due}{', overdue' if action.overdue else ''}"
