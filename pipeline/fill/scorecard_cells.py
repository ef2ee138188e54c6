"""Cells of a matrix as the scorecard lists them: where each stands, its level, its prompt, what is cited for it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier.matrix import of_how_many
from pipeline.dossier.views import ActionView, CitationView, Dossier, MatrixCellView, StatementView
from pipeline.fill.actions import owner_and_date
from pipeline.fill.heatmap import bookmark_of
from pipeline.fill.kit import Kit
from pipeline.fill.links import Link
from pipeline.fill.runs import Sentence
from pipeline.words import number_in_words, sentence_case

NO_PROMPT = "The framework gives no prompt here."
NAMED = 3


def weakest_cells(dossier: Dossier) -> list[MatrixCellView]:
    """Lowest first; one that is not assessed is never among them."""
    matrix, top = dossier.matrix, max((level.rank for level in dossier.levels), default=0)
    weak = [c for c in matrix.cells if 0 <= c.rank < top]
    order = {ident: n for n, ident in enumerate(dossier.weakest)}
    # A matrix's own cells keep the order of the dossier's weakest: fallen, then below target, then framework order.
    if matrix.by_tags:
        return sorted(weak, key=lambda c: (c.rank, -len(c.lowest)))
    return sorted(weak, key=lambda c: (c.rank, min((order.get(i, len(order)) for i in c.lowest), default=0)))


def strongest_cells(dossier: Dossier) -> list[MatrixCellView]:
    """Highest first, then most words found (of a list: most statements); never the lowest level of the scale."""
    found = {s.id: s.words_found for s in dossier.statements}
    weak = {c.statements for c in weakest_cells(dossier)[:5]} if not dossier.matrix.by_tags else set()
    strong = [c for c in dossier.matrix.cells if c.rank > 0 and c.statements not in weak]

    def weight(cell: MatrixCellView) -> int:
        return len(cell.statements) if dossier.matrix.by_tags else sum(found[i] for i in cell.statements)

    return sorted(strong, key=lambda c: (-c.rank, -weight(c)))


class CellLine:
    """A cell in a list: its place, its level, the prompt, and what it rests on."""

    def __init__(self, cell: MatrixCellView, dossier: Dossier, kit: Kit, *, linked: bool) -> None:
        matrix = dossier.matrix
        statements = {s.id: s for s in dossier.statements}
        here = [statements[i] for i in cell.lowest]
        self._dossier, self._kit = dossier, kit
        self._marks = bookmark_of(dossier) if linked else {}
        self.line = next(r.meaning for r in matrix.rows if r.id == cell.row)
        self.priority = next(c.meaning for c in matrix.columns if c.id == cell.column)
        self.name = self._name(cell, here)
        self.level, self.stands = _level(cell, here, by_tags=matrix.by_tags)
        self.prompts = tuple(self._prompt(s, by_tags=matrix.by_tags) for s in here[:NAMED])
        self.rests_on = tuple(self._rests_on(s, by_tags=matrix.by_tags) for s in here[:NAMED])
        more = len(here) - NAMED
        noun = "statement stands" if more == 1 else "statements stand"
        self.more = f"{number_in_words(more)} more {noun} at this level here." if more > 0 else ""
        self.more = sentence_case(self.more)

    def _name(self, cell: MatrixCellView, here: Sequence[StatementView]) -> Link | Sentence:
        if self._dossier.matrix.by_tags:
            return self._kit.sentence(f"{cell.row} by {cell.column}", bold=True)
        words = named(here[0])
        mark = self._marks.get(here[0].id)
        return Link(self._kit.links, words, mark) if mark else self._kit.sentence(words, bold=True)

    def _prompt(self, statement: StatementView, *, by_tags: bool) -> Sentence:
        begun = self._kit.sentence(f"{named(statement)}: ", bold=True) if by_tags else self._kit.sentence()
        return begun.say(statement.prompt or NO_PROMPT)

    def _rests_on(self, statement: StatementView, *, by_tags: bool) -> Sentence:
        """What is cited for it and, where it is below its target or at the lowest level, what answers it."""
        begun = self._kit.sentence(f"{statement.id}: ", bold=True) if by_tags else self._kit.sentence()
        said = _cited_for(statement, begun.say(f"{sentence_case(statement.standing)}; ") if by_tags else begun)
        action = next((a for a in self._open_actions() if a.statement == statement.id), None)
        if action:
            return said.say(f" Action {action.id}: {action.action.strip().rstrip('.')} ({owner_and_date(action)}).")
        return said.say(" No open action answers it.") if statement.rank == 0 or statement.below_target else said

    def _open_actions(self) -> list[ActionView]:
        return [a for a in self._dossier.actions if a.status == "open"]


def named(statement: StatementView) -> str:
    """`GA1 Named leaders`; the id alone where there is no short name."""
    return statement.id if statement.short == statement.id else f"{statement.id} {statement.short}"


def _level(cell: MatrixCellView, here: Sequence[StatementView], *, by_tags: bool) -> tuple[str, str]:
    """The level's word, and what stands below it."""
    if by_tags:
        return cell.level, of_how_many(cell)
    one = here[0]
    moved = one.movement.shown if one.movement.kind in ("up", "down") else ""
    return cell.level, "; ".join(part for part in (one.standing, one.qualifier, moved) if part)


def _cited_for(statement: StatementView, begin: Sentence) -> Sentence:
    """`Cited for it: Elective Recovery Plan(1) and one more document.` Documents with words found come first."""
    given = [c for a in statement.answers if a.role != "partner" for c in a.citations]
    found = sorted(given, key=lambda c: c.verdict not in ("found on page", "found elsewhere"))
    cited: dict[str, CitationView] = {}
    for citation in found:
        cited.setdefault(citation.source, citation)
    if not cited:
        return begin.say("nothing is cited for it." if begin else "Nothing is cited for it.")
    first, *rest = cited.values()
    said = begin.say("cited for it: " if begin else "Cited for it: ").say(first.title or "an internal document")
    said = said.cite([first])
    noun = "document" if len(rest) == 1 else "documents"
    return said.say(f" and {number_in_words(len(rest))} more {noun}." if rest else ".")
