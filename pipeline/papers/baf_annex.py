"""What the BAF annex says: the risks at a glance, then each risk with its controls, assurances, gaps and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.dossier.risks import GAP_IN_ASSURANCE, GAP_IN_CONTROL
from pipeline.dossier.views import ActionView, CitationView, Dossier, RiskView, StatementView, SuggestionView
from pipeline.papers import sentences
from pipeline.papers.cover import Row
from pipeline.papers.evidence import place_of, what_was_seen
from pipeline.papers.heatmap import Matrix, places_of_risks, places_of_scores
from pipeline.papers.reliance import exception_sentences
from pipeline.text import counted_in_words, date_in_words, natural, number_in_words, says_nothing, sentence_case
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell, shared_widths, table_xml, words
from pipeline.word.text import Sentence, run

TITLE = "Board Assurance Framework annex: health inequalities"
FIRST_LINE_ASSURANCE = (
    "A self-assessment is first-line assurance: the people who do the work have judged it themselves. It contributes "
    "to the Board Assurance Framework and does not replace it. Each risk score is set by people; none is worked out "
    "from a level."
)
LINES = {
    1: "First line: the people who do the work",
    2: "Second line: oversight inside the organisation",
    3: "Third line: audit, regulator, peers and partners",
}
KINDS = (GAP_IN_CONTROL, GAP_IN_ASSURANCE)


def baf_annex(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
    """The names that the BAF annex's template uses beyond the dossier's own."""
    del figures
    annex = BafAnnex(dossier, kit)
    return {
        "paper_title": f"{TITLE}, {dossier.cycle}",
        "baf_introduction": annex.introduction(),
        "exceptions_said": exception_sentences(dossier, kit),
        "how_to_read": sentences.how_to_read(dossier),
        "risk_lines": tuple(RiskLine(r) for r in dossier.risks),
        "all_risks_matrix": Matrix(kit, places_of_risks(dossier), "Current scores of all risks"),
        "risk_pages": tuple(annex.page(r) for r in dossier.risks),
        "no_risks": "" if dossier.risks else "No risk of the Board Assurance Framework is recorded for this cycle.",
    }


def said_or(text: str, otherwise: str) -> str:
    """The text; where nothing is said in it, that in words."""
    return otherwise if says_nothing(text) else text


class RiskLine:
    """A risk in the summary."""

    def __init__(self, risk: RiskView) -> None:
        self.id, self.risk = risk.id, risk.risk
        self.inherent, self.current = risk.inherent.shown, risk.current.shown
        self.target = f"{risk.target.shown}, {_by(risk)}"
        self.movement = sentence_case(risk.movement) or "No previous score"
        self.rating = sentence_case(said_or(risk.assurance_rating, "not given"))


def _by(risk: RiskView) -> str:
    return f"by {date_in_words(risk.target_date)}" if risk.target_date else "no target date"


class RiskPage:
    """A risk in full."""

    def __init__(self, risk: RiskView, annex: BafAnnex, kit: RenderContext) -> None:
        self.heading = f"{risk.id}: {risk.risk}"
        self.profile = _profile(risk)
        self.scores = _scores(risk)
        self.matrix = Matrix(kit, places_of_scores(risk), f"Scores of {risk.id}", "current")
        self.movement = _movement(risk)
        self.controls = _lines(said_or(risk.controls, "No control recorded."))
        none = "No gap recorded." if said_or(risk.controls, "") else "No gap is recorded, and no control either."
        self.gaps_in_control = _lines(said_or(risk.gaps_in_control, none))
        self.assurances = Assurances(risk.assurances, kit)
        none = "No gap recorded." if risk.assurances else "No gap is recorded, and no assurance is recorded either."
        self.gaps_in_assurance = _lines(said_or(risk.gaps_in_assurance, none))
        self.actions = annex.actions(risk)
        self.no_actions = "" if self.actions else "No action recorded for this risk."
        self.statements = tuple(LinkedStatement(i, annex.statement(i), kit) for i in risk.statements)
        self.no_statements = "" if self.statements else "No statement of the self-assessment is linked to this risk."
        self.suggestions = annex.suggestions(risk)


def _lines(text: str) -> tuple[str, ...]:
    """The lines that people wrote, each letter for letter."""
    return tuple(line for line in text.splitlines() if line.strip())


def _profile(risk: RiskView) -> tuple[Row, ...]:
    given = "not given"
    fields = (
        ("Objective", risk.objective),
        ("Cause", risk.cause),
        ("Event", risk.risk),
        ("Effect", risk.effect),
        ("Lead", risk.lead),
        ("Committee", risk.committee),
        ("Appetite", risk.appetite),
        ("Assurance rating", sentence_case(risk.assurance_rating)),
        ("Last reviewed", date_in_words(risk.last_reviewed)),
    )
    return tuple(Row(label, _lines(said_or(text, given))) for label, text in fields)


def _scores(risk: RiskView) -> str:
    """Each score as people set it, likelihood first."""
    return (
        f"Likelihood by consequence: inherent {risk.inherent.shown}; current {risk.current.shown}; "
        f"target {risk.target.shown}, {_by(risk)}."
    )


def _movement(risk: RiskView) -> str:
    moved = risk.movement or "no previous score is given"
    return f"Movement: {moved}. Rationale: {said_or(risk.rationale, 'none is given.')}"


class Assurances:
    """Assurances by the three lines, with document, place, date and what was seen. Used as `{{p name }}`."""

    def __init__(self, assurances: Sequence[CitationView], kit: RenderContext) -> None:
        self._assurances, self._kit = assurances, kit

    def __html__(self) -> str:
        rows: list[Sequence[Cell]] = []
        for line, title in LINES.items():
            rows.append([Cell(run(title), "Table Section", "F0F4F5", span=4)])
            here = [c for c in self._assurances if min(max(c.assurance_line, 1), 3) == line]
            rows += [self._row(c) for c in here] or [[Cell(run("No assurance recorded."), span=4)]]
        head = ("Document", "Where", "Dated", "What was seen")
        description = "Rows are grouped by the three lines of assurance; each gives a document and what was seen in it."
        widths = shared_widths((3788, 2000, 1750, 2100))
        return table_xml(self._kit, widths, head, rows, "Assurances by the three lines", description)

    def _row(self, citation: CitationView) -> list[Cell]:
        named = self._kit.sentence(citation.title or citation.shown.rstrip(".")).cite([citation])
        place = place_of(citation) or ("not shown" if citation.redacted else "whole document")
        dated = date_in_words(citation.dated) or ("not shown" if citation.redacted else "no date")
        said = (sentence_case(place), sentence_case(dated), what_was_seen(citation))
        return [Cell(named.__html__()), *map(words, said)]


class RiskAction:
    """An action, with the gap that it closes."""

    def __init__(self, action: ActionView, kit: RenderContext) -> None:
        self.action = kit.sentence(f"{action.id}: ", bold=True).say(action.action).cite(action.citations)
        self.closes = said_or(action.closes, "No gap named")
        self.owner = said_or(action.owner, "No owner named")
        status = "overdue" if action.overdue else action.status
        self.due = date_in_words(action.due) or "No date given"
        self.status = sentence_case(status or "not given")


class LinkedStatement:
    """A statement that bears on a risk, with its level beside it."""

    def __init__(self, ident: str, statement: StatementView | None, kit: RenderContext) -> None:
        named = kit.sentence(ident, bold=True)
        if statement is None:
            self.name, self.level, self.target, self.movement = (
                named,
                "not in scope of this assessment",
                "not assessed here",
                "not assessed here",
            )
            return
        self.name = named if statement.short == ident else named.say(f" {statement.short}")
        self.level = "; ".join(part for part in (statement.cell, statement.qualifier) if part)
        self.target = statement.target or "none set"
        self.movement = statement.movement.shown or "not shown"


class BafAnnex:
    """Lists and sentences of one dossier."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit
        self._statements = {s.id: s for s in dossier.statements}
        self._actions = {a.id: a for a in dossier.actions}

    def statement(self, ident: str) -> StatementView | None:
        """A statement in scope."""
        return self._statements.get(ident)

    def page(self, risk: RiskView) -> RiskPage:
        """A risk in full."""
        return RiskPage(risk, self, self._kit)

    def introduction(self) -> list[str]:
        """What this annex is."""
        d, risks = self._dossier, len(self._dossier.risks)
        suggested = sum(len(r.suggestions) for r in d.risks)
        said = (
            f"This annex sets out {number_in_words(risks)} {'risk' if risks == 1 else 'risks'} of the Board Assurance "
            f"Framework that the {d.cycle} self-assessment by {d.organisation} informs"
            f"{f'; it {d.partial}' if d.partial else ''}. For each it gives what is recorded and, apart from that, "
            f"what the levels suggest: {counted_in_words(suggested, 'gap')} in all."
        )
        return [said, FIRST_LINE_ASSURANCE] if risks else [FIRST_LINE_ASSURANCE]

    def actions(self, risk: RiskView) -> tuple[RiskAction, ...]:
        """Open ones by their date, then the others."""
        named = [self._actions[i] for i in risk.actions if i in self._actions]
        ordered = sorted(named, key=lambda a: (a.status != "open", a.due is None, str(a.due), natural(a.id)))
        return tuple(RiskAction(a, self._kit) for a in ordered)

    def suggestions(self, risk: RiskView) -> list[Sentence]:
        """What the levels suggest; in words where that is nothing."""
        said = [self._suggested(s) for kind in KINDS for s in risk.suggestions if s.kind == kind]
        if not said:
            said = [self._kit.sentence("The self-assessment suggests no gap for this risk.")]
        if not any(s.target for s in self._statements.values()):
            said.append(self._kit.sentence("No target levels are set, so no gap in control is suggested."))
        return said

    def _suggested(self, gap: SuggestionView) -> Sentence:
        ident = "" if gap.short == gap.statement else f"{gap.statement} "
        return self._kit.sentence(f"{sentence_case(gap.kind)}: ", bold=True).say(f"{ident}{gap.shown}.")
