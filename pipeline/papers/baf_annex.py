"""What the BAF annex says: the risks at a glance, then each risk with its controls, assurances, gaps and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.dossier.heatmap import called, movement_in_short
from pipeline.dossier.risks import BANDS, GAP_IN_ASSURANCE, GAP_IN_CONTROL, UNSOUND, band_of
from pipeline.dossier.views import ActionView, Dossier, RiskView, StatementView
from pipeline.papers import sentences
from pipeline.papers.actions import due_in_words
from pipeline.papers.evidence import assurances_by_line
from pipeline.papers.heatmap import LevelsBox, RiskGrid
from pipeline.papers.reliance import exception_sentences
from pipeline.text import (
    counted,
    date_in_words,
    list_in_words,
    natural,
    number_in_words,
    says_nothing,
    sentence_case,
)
from pipeline.word.render import RenderContext
from pipeline.word.tables import LANDSCAPE_WIDTH, AcrossTable, Cell, Column
from pipeline.word.text import Sentence, paragraph, run

TITLE = "Board Assurance Framework annex: health inequalities"
FIRST_LINE_ASSURANCE = (
    "A self-assessment is first-line assurance: the people who do the work have judged it themselves. It contributes "
    "to the Board Assurance Framework and does not replace it. Each risk score is set by people; none is worked out "
    "from a level."
)
KINDS = (GAP_IN_CONTROL, GAP_IN_ASSURANCE)
WAYS = ("score rose, worse", "score fell, better", "score unchanged")
NONE_SUGGESTED = "None suggested"
MOST_ACTIONS, FEWER_ACTIONS, MANY_STATEMENTS = 8, 5, 12


def baf_annex(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
    """The names that the BAF annex's template uses beyond the dossier's own."""
    del figures
    annex = BafAnnex(dossier, kit)
    return {
        "paper_title": f"{TITLE}, {dossier.cycle}",
        "baf_introduction": annex.introduction(),
        "levels_box": LevelsBox(dossier, kit, LANDSCAPE_WIDTH),
        "exceptions_said": exception_sentences(dossier, kit),
        "how_to_read": sentences.how_to_read(dossier),
        "risks_at_a_glance": at_a_glance(dossier, kit),
        "all_risks_matrix": RiskGrid(kit, dossier.risks),
        "risk_pages": tuple(RiskPage(r, annex, kit) for r in dossier.risks),
        "no_risks": "" if dossier.risks else "No risk of the Board Assurance Framework is recorded for this cycle.",
    }


def said_or(text: str, otherwise: str) -> str:
    """The text; where nothing is said in it, that in words."""
    return otherwise if says_nothing(text) else text


def _score_columns(risks: Sequence[RiskView]) -> list[Column]:
    """Each score as people set it with its band, the appetite beside it, and how the score moved."""
    return [
        Column("Inherent", 1750, [r.inherent.shown for r in risks]),
        Column("Current", 1750, [r.current.shown for r in risks]),
        Column("Target", 2600, [f"{r.target.shown}, {_by(r)}" for r in risks]),
        Column("Appetite", 1150, [_given(r.appetite) for r in risks]),
        Column("Movement", 2420, [sentence_case(r.movement) or "No previous score" for r in risks]),
        Column("Assurance", 1500, [_given(r.assurance_rating) for r in risks]),
    ]


def _given(text: str) -> str:
    return sentence_case(said_or(text, ""))


def _by(risk: RiskView) -> str:
    return f"by {date_in_words(risk.target_date)}" if risk.target_date else "no target date"


def at_a_glance(dossier: Dossier, kit: RenderContext) -> AcrossTable:
    """A row for each risk."""
    named = [Cell(run(r.id, bold=True) + run(f": {r.risk}")) for r in dossier.risks]
    description = "Each row gives a risk, its scores, the appetite for it, its movement and its assurance rating."
    columns = [Column("Risk", 5000, named), *_score_columns(dossier.risks)]
    return AcrossTable(kit, columns, "Risks at a glance", description)


class RiskPage:
    """A risk in full."""

    def __init__(self, risk: RiskView, annex: BafAnnex, kit: RenderContext) -> None:
        self.heading = f"{risk.id}: {risk.risk}"
        self.profile = _profile(risk, kit)
        description = "Likelihood by consequence: the scores as people set them, with the band that each falls in."
        self.scores = AcrossTable(kit, _score_columns([risk]), f"Scores of {risk.id}", description)
        self.rationale = f"Why the score stands where it does: {said_or(risk.rationale, 'no reason is given.')}"
        self.controls = _controls(risk, kit)
        self.actions = annex.actions(risk)
        self.more_actions = annex.more_actions(risk)
        self.no_actions = "" if self.actions else "No action recorded for this risk."
        self.suggestions = annex.suggestions(risk)
        self.suggestions_said = annex.suggestions_said(risk)


def _profile(risk: RiskView, kit: RenderContext) -> AcrossTable:
    """Whose risk it is and what it is made of; the event stands in the heading."""
    fields = (
        ("Objective", 3300, risk.objective),
        ("Cause", 3300, risk.cause),
        ("Effect", 3300, risk.effect),
        ("Lead", 1700, risk.lead),
        ("Committee", 1700, risk.committee),
        ("Reviewed", 1270, date_in_words(risk.last_reviewed)),
    )
    columns = [Column(head, width, [said_or(text, "")]) for head, width, text in fields]
    return AcrossTable(kit, columns, f"Profile of {risk.id}", "What the risk threatens, why, and who leads on it.")


def _controls(risk: RiskView, kit: RenderContext) -> AcrossTable:
    """Controls, their assurances by line and their gaps, side by side in one row."""
    no_controls, no_assurance = says_nothing(risk.controls), not risk.assurances
    none = "No gap is recorded, and no {} either."
    in_control = said_or(risk.gaps_in_control, none.format("control") if no_controls else "No gap recorded.")
    in_assurance = said_or(risk.gaps_in_assurance, none.format("assurance") if no_assurance else "No gap recorded.")
    controls = said_or(risk.controls, "No control recorded.")
    columns = [
        Column("Controls", _room(controls), [_lines(controls, kit)]),
        Column("Assurances by line", 8000, [assurances_by_line(risk.assurances, kit)]),
        Column("Gaps in control", _room(in_control), [_lines(in_control, kit)]),
        Column("Gaps in assurance", _room(in_assurance), [_lines(in_assurance, kit)]),
    ]
    description = "One row: the controls, their assurances by the three lines, the gaps in control and in assurance."
    return AcrossTable(kit, columns, f"Controls, assurances and gaps of {risk.id}", description)


def _room(text: str) -> int:
    """The width that a text is given beside others: more for a longer one, within bounds."""
    return min(max(2500, 7 * len(text)), 6000)


def _lines(text: str, kit: RenderContext) -> Cell:
    """The lines that people wrote, each letter for letter: several as a list."""
    lines = [line for line in text.splitlines() if line.strip()]
    style = kit.styles.id("Table Bullet" if len(lines) > 1 else "Table Text")
    return Cell("".join(paragraph(run(line), style) for line in lines), whole=True)


class RiskAction:
    """An action, with the gap that it closes."""

    def __init__(self, action: ActionView, answers: str, kit: RenderContext) -> None:
        self.action = kit.sentence(f"{action.id}: ", bold=True).say(action.action).cite(action.citations)
        self.closes = said_or(action.closes, f"Answers {answers}" if answers else "No gap named")
        self.owner = said_or(action.owner, "No owner named")
        status = "overdue" if action.overdue else action.status
        self.due = ", ".join(part for part in (due_in_words(action) or "No date given", status) if part)


def _listed(risk: RiskView) -> int:
    """How many actions are listed: fewer where many statements stand below them, so that two pages hold both."""
    return FEWER_ACTIONS if len({s.statement for s in risk.suggestions}) > MANY_STATEMENTS else MOST_ACTIONS


class BafAnnex:
    """Lists and sentences of one dossier."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit
        self._statements = {s.id: s for s in dossier.statements}
        self._actions = {a.id: a for a in dossier.actions}

    def introduction(self) -> list[str]:
        """What worries, what moved, what is suggested; then what kind of assurance this is."""
        said = (self._worries(), f"{self._suggested()}{FIRST_LINE_ASSURANCE}")
        return [words for words in said if words]

    def _worries(self) -> str:
        """`Of 5 risks that ..., by current score two are extreme (HI-R1 and HI-R3), three high; all above target.`"""
        d, scored = self._dossier, [r for r in self._dossier.risks if r.current.value]
        if not scored:
            return ""
        partial = f", which {d.partial}" if d.partial else ""
        informs = f"that the {d.cycle} self-assessment by {d.organisation} informs{partial}"
        if len(d.risks) == 1:
            (only,) = scored
            aimed = " and above its target" if only.current.value > only.target.value > 0 else ""
            way = f" {sentence_case(only.movement)}." if only.movement else ""
            return f"The one risk {informs} is {band_of(only.current.value)} by its current score{aimed}.{way}"
        bands = []
        for _, band in BANDS:
            here = [r.id for r in scored if band_of(r.current.value) == band]
            if here:
                bands.append(
                    f"{number_in_words(len(here))} {sentences.is_are(len(here))} {band} ({list_in_words(here)})"
                )
        above = sum(r.current.value > r.target.value > 0 for r in scored)
        every = "all" if 1 < above == len(scored) else number_in_words(above)
        aimed = f"; {every} {sentences.is_are(above)} above target" if above else ""
        ways = {way: [r.id for r in scored if r.movement.startswith(way)] for way in WAYS}
        moved = [f" {sentence_case(way)}: {list_in_words(found)}." for way, found in ways.items() if found]
        scores = f"by current score {list_in_words(bands)}{aimed}.{''.join(moved)}"
        return f"Of {counted(len(d.risks), 'risk')} {informs}, {scores}"

    def _suggested(self) -> str:
        """How many gaps the levels suggest, of which kind."""
        kinds = [(k, sum(s.kind == k for r in self._dossier.risks for s in r.suggestions)) for k in KINDS]
        said = [f"{counted(n, k, k.replace('gap', 'gaps', 1))}" for k, n in kinds if n]
        if not said:
            return ""
        return f"The levels suggest {list_in_words(said)}, for each risk's lead to accept or reject. "

    def actions(self, risk: RiskView) -> tuple[RiskAction, ...]:
        """The first of them: open ones by their date, then the others."""
        return tuple(RiskAction(a, self._answered(a, risk), self._kit) for a in self._ordered(risk)[: _listed(risk)])

    def _ordered(self, risk: RiskView) -> list[ActionView]:
        named = [self._actions[i] for i in risk.actions if i in self._actions]
        return sorted(named, key=lambda a: (a.status != "open", a.due is None, str(a.due), natural(a.id)))

    def _answered(self, action: ActionView, risk: RiskView) -> str:
        """The linked statement that an action answers."""
        statement = self._statements.get(action.statement) if action.statement in risk.statements else None
        return called(statement) if statement else ""

    def more_actions(self, risk: RiskView) -> str:
        """`Six more, of which one is open, stand in Annex A of the board paper.`"""
        rest = self._ordered(risk)[_listed(risk) :]
        if not rest:
            return ""
        closed = sum(a.status != "open" for a in rest)
        noted = f", of which {number_in_words(closed)} {sentences.is_are(closed)} done or dropped," if closed else ""
        verb = "stands" if len(rest) == 1 else "stand"
        return f"{sentence_case(number_in_words(len(rest)))} more{noted} {verb} in Annex A of the board paper."

    def suggestions(self, risk: RiskView) -> AcrossTable | str:
        """A row for each linked statement whose level suggests a gap; those below target first."""
        gaps: dict[str, dict[str, str]] = {}
        for kind in KINDS:
            for s in risk.suggestions:
                if s.kind == kind:
                    gaps.setdefault(s.statement, {})[kind] = _gap(self._statements[s.statement], s.reasons, kind)
        if not gaps:
            return ""
        here, before = [self._statements[i] for i in gaps], self._dossier.previous_cycle
        columns = [
            Column("Statement", 2600, [Cell(self._named(s).__html__()) for s in here]),
            Column("Level and evidence", 2900, [_level(s) for s in here]),
            Column(f"Since {before}", 1450, [sentence_case(movement_in_short(s)) if before else "" for s in here]),
            *(
                Column(
                    sentence_case(kind),
                    3000 if kind == GAP_IN_CONTROL else 4270,
                    [gaps[s.id].get(kind, NONE_SUGGESTED) for s in here],
                )
                for kind in KINDS
                if any(kind in found for found in gaps.values())
            ),
        ]
        description = "Each row gives a linked statement, its level, its movement and the gaps that the level suggests."
        return AcrossTable(self._kit, columns, f"Suggested for {risk.id}", description)

    def _named(self, statement: StatementView) -> Sentence:
        return self._kit.sentence(called(statement))

    def suggestions_said(self, risk: RiskView) -> list[str]:
        """The linked statements that suggest nothing, with their levels, and why nothing is suggested of a kind."""
        suggesting = {s.statement for s in risk.suggestions}
        rest = [i for i in risk.statements if i not in suggesting]
        known = [self._statements[i] for i in rest if i in self._statements]
        good = [f"{called(s)} ({s.reported})" for s in known if s.rank >= 0]
        unassessed = [called(s) for s in known if s.rank < 0]
        unknown = [i for i in rest if i not in self._statements]
        said = [
            f"No gap is suggested by {list_in_words(good)}." if good else "",
            f"Not assessed: {list_in_words(unassessed)}." if unassessed else "",
            f"Not in scope of this assessment: {list_in_words(unknown)}." if unknown else "",
            "" if risk.statements else "No statement of the self-assessment is linked to this risk.",
        ]
        if risk.statements and not any(s.target for s in self._statements.values()):
            said.append("No target levels are set, so no gap in control is suggested.")
        return [" ".join(part for part in said if part)]


def _gap(statement: StatementView, reasons: Sequence[str], kind: str) -> str:
    return (
        f"Below the target of {statement.target}" if kind == GAP_IN_CONTROL else sentence_case(list_in_words(reasons))
    )


def _level(statement: StatementView) -> str:
    """The level and how its evidence stands; that it is incomplete is told beside it, as a gap in assurance."""
    told = [part for part in statement.qualifier.split("; ") if part and part != UNSOUND["ST203"]]
    return "; ".join([statement.cell, *told])
