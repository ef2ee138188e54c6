"""Cells of a matrix as the scorecard lists them: where each stands, its level, its prompt, what is cited for it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dossier.lists import strong, weak
from pipeline.dossier.views import CitationView, Dossier, MatrixCellView, StatementView
from pipeline.fill.actions import owner_and_date
from pipeline.fill.heatmap import bookmark_of
from pipeline.fill.kit import Kit
from pipeline.fill.links import Link
from pipeline.fill.runs import Sentence
from pipeline.fill.sentences import called, open_actions_for, prompt_of
from pipeline.words import number_in_words

LISTED, CELLS_NAMED = 5, 6


@dataclass(frozen=True)
class Listed:
    """A statement and the cells whose level it is: its own one in a matrix, one or more in a list seen by its tags."""

    statement: StatementView
    cells: tuple[MatrixCellView, ...]


def weakest(dossier: Dossier) -> list[Listed]:
    """Of the lower half: lowest first, then as the dossier orders its weak, then what bears on most cells."""
    order = {s.id: n for n, s in enumerate(weak(dossier.statements, len(dossier.levels)))}
    listed = [one for one in _listed(dossier) if one.statement.id in order]
    if not dossier.matrix.by_tags:
        return sorted(listed, key=lambda one: order[one.statement.id])
    return sorted(listed, key=lambda one: (one.statement.rank, -len(one.cells), order[one.statement.id]))


def strongest(dossier: Dossier) -> list[Listed]:
    """Of the upper half: highest first, then what bears on most cells, then as the dossier orders its strong."""
    order = {s.id: n for n, s in enumerate(strong(dossier.statements, len(dossier.levels)))}
    listed = [one for one in _listed(dossier) if one.statement.id in order]
    return sorted(listed, key=lambda one: (-one.statement.rank, -len(one.cells), order[one.statement.id]))


def _listed(dossier: Dossier) -> list[Listed]:
    """In framework order."""
    cells: dict[str, list[MatrixCellView]] = {}
    for cell in dossier.matrix.cells:
        for ident in cell.lowest:
            cells.setdefault(ident, []).append(cell)
    return [Listed(s, tuple(cells[s.id])) for s in dossier.statements if s.id in cells]


class CellLine:
    """A row of a list of cells."""

    def __init__(self, listed: Listed, dossier: Dossier, kit: Kit, *, linked: bool) -> None:
        statement = listed.statement
        mark = bookmark_of(dossier).get(statement.id) if linked else None
        name = called(statement)
        self.name = Link(kit.links, name, mark) if mark else kit.sentence(name, bold=True)
        self.place = _place_by_tags(listed.cells) if dossier.matrix.by_tags else _place(dossier, listed.cells[0])
        self.level = statement.reported
        moved = statement.movement.shown if statement.movement.kind in ("up", "down") else ""
        self.stands = "; ".join(part for part in (statement.standing, statement.qualifier, moved) if part)
        self.prompt = prompt_of(statement, dossier.levels)
        self.rests_on = _rests_on(statement, dossier, kit)


def _place(dossier: Dossier, cell: MatrixCellView) -> tuple[str, ...]:
    """The line of enquiry and the priority, in full."""
    row = next(r.meaning for r in dossier.matrix.rows if r.id == cell.row)
    return row, next(c.meaning for c in dossier.matrix.columns if c.id == cell.column)


def _place_by_tags(cells: tuple[MatrixCellView, ...]) -> tuple[str, ...]:
    """`Sets the level of nine cells: K1 by P2 ...`"""
    where = [f"{c.row} by {c.column}" for c in cells[:CELLS_NAMED]]
    more = len(cells) - CELLS_NAMED
    said = ", ".join(where) + (f" and {more} more" if more > 0 else "")
    return (f"The level of {number_in_words(len(cells))} {'cell' if len(cells) == 1 else 'cells'}: {said}",)


def _rests_on(statement: StatementView, dossier: Dossier, kit: Kit) -> Sentence:
    """What is cited for it and, where it is below its target or at the lowest level, what answers it."""
    said = _cited_for(statement, kit)
    if not (statement.rank == 0 or statement.below_target):
        return said
    action = next(iter(open_actions_for(dossier, statement)), None)
    if action is None:
        return said.say(" No open action answers it.") if dossier.actions else said
    return said.say(f" Action {action.id}: {action.action.strip().rstrip('.')} ({owner_and_date(action)}).")


def _cited_for(statement: StatementView, kit: Kit) -> Sentence:
    """`Cited for it: Elective Recovery Plan(1) and one more document.` Documents with words found come first."""
    given = [c for a in statement.answers if a.role != "partner" for c in a.citations]
    found = sorted(given, key=lambda c: c.verdict not in ("found on page", "found elsewhere"))
    cited: dict[str, CitationView] = {}
    for citation in found:
        cited.setdefault(citation.source, citation)
    if not cited:
        return kit.sentence("Nothing is cited for it.")
    first, *rest = cited.values()
    said = kit.sentence(f"Cited for it: {first.title or 'an internal document'}").cite([first])
    noun = "document" if len(rest) == 1 else "documents"
    return said.say(f" and {number_in_words(len(rest))} more {noun}." if rest else ".")
