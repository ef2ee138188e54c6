"""What the scorecard says: what was asked of which paper or plan, the matrix, its weakest and strongest cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dossier.build import strong, weak
from pipeline.dossier.heatmap import EVIDENCE_MEANS, called
from pipeline.dossier.matrix import TAG_PICTURE
from pipeline.dossier.views import CitationView, Dossier, MatrixCellView, RespondentView, StatementView
from pipeline.papers import sentences
from pipeline.papers.actions import owner_and_date
from pipeline.papers.cover import Row
from pipeline.papers.evidence import ROLE_NAMES, evidence_of
from pipeline.papers.heatmap import bookmark_of
from pipeline.papers.points import nothing_strong, nothing_weak
from pipeline.papers.reliance import caveat_sentences, exception_sentences
from pipeline.papers.scorecard_table import ScorecardTable, SideResults
from pipeline.papers.sentences import open_actions_for, prompt_of
from pipeline.text import counted, date_in_words, list_in_words, number_in_words, sentence_case
from pipeline.word.footnotes import Link
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence

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

    def __init__(self, listed: Listed, dossier: Dossier, kit: RenderContext, *, linked: bool) -> None:
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


def _rests_on(statement: StatementView, dossier: Dossier, kit: RenderContext) -> Sentence:
    """What is cited for it and, where it is below its target or at the lowest level, what answers it."""
    said = _cited_for(statement, kit)
    if not (statement.rank == 0 or statement.below_target):
        return said
    action = next(iter(open_actions_for(dossier, statement)), None)
    if action is None:
        return said.say(" No open action answers it.") if dossier.actions else said
    return said.say(f" Action {action.id}: {action.action.strip().rstrip('.')} ({owner_and_date(action)}).")


def _cited_for(statement: StatementView, kit: RenderContext) -> Sentence:
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


RULE = (
    "Each cell shows the lowest level reported among the statements that the framework places there by their line of "
    "enquiry and priority, and how many they are; those not assessed are counted apart. One statement may stand in "
    "several cells. This is a second view of the same answers: no level is given anew, and none is an average."
)
SECOND_VIEW = "This scorecard is a second view of the self-assessment, by line of enquiry and priority."
THIS = "This is a scorecard."
CANNOT_BE_DRAWN = (
    "No matrix can be drawn: the statements of this framework name no line of enquiry and priority together."
)
ELSEWHERE = "The evidence for each statement is set out in the board paper, and is not repeated here."


def scorecard(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
    """The names that the scorecard's template uses beyond the dossier's own."""
    by_tags, is_matrix = dossier.matrix.by_tags, bool(dossier.columns)
    picture = next((f for f in dossier.figures if f.id == (TAG_PICTURE if by_tags else "matrix")), None)
    drawn = kit.figure(figures, picture)
    linked = is_matrix
    weak = weakest(dossier)
    strong = strongest(dossier)
    return {
        "paper_title": f"Scorecard: {dossier.cover.title}",
        "asked_rows": asked_rows(dossier),
        "how_to_read": how_to_read(dossier),
        "result_points": [kit.sentence(words) for words in result(dossier) if words],
        "scorecard_matrix": ScorecardTable(dossier, kit) if dossier.matrix.rows else "",
        "no_matrix": "" if dossier.matrix.rows else CANNOT_BE_DRAWN,
        "scorecard_rule": RULE if by_tags else EVIDENCE_MEANS if is_matrix else "",
        "scorecard_picture": drawn,
        "scorecard_caption": picture.caption if picture and drawn else "",
        "row_results": SideResults(dossier, kit, "row") if is_matrix else "",
        "column_results": SideResults(dossier, kit, "column") if is_matrix else "",
        "weak_cells": tuple(CellLine(c, dossier, kit, linked=linked) for c in weak[:LISTED]),
        "more_weak": _more(len(weak) - LISTED, by_tags=by_tags),
        "no_weak_cells": "" if weak else _no_cells(dossier, nothing_weak(dossier)),
        "no_strong_cells": "" if strong else _no_cells(dossier, nothing_strong(dossier)),
        "strong_cells": tuple(CellLine(c, dossier, kit, linked=linked) for c in strong[:LISTED]),
        "different_points": _different(dossier, kit),
        "caveats_said": caveat_sentences(dossier, kit),
        "exceptions_said": exception_sentences(dossier, kit),
        "evidence_elsewhere": "" if is_matrix else ELSEWHERE,
        "evidence_sections": evidence_of(dossier, kit) if linked else (),
        "found_means": sentences.FOUND_MEANS,
    }


def asked_rows(dossier: Dossier) -> tuple[Row, ...]:
    """What was asked of which paper or plan, by whom, for which meeting."""
    meeting, lead = dossier.cover, dossier.senior_responsible_officer
    fields = (
        ("Asked of", (_asked_of(dossier),)),
        ("Asked with", (_asked_with(dossier),)),
        ("Answered by", tuple(_who(r) for r in dossier.respondents if r.returned)),
        ("Evidence in date on", (date_in_words(dossier.as_of),)),
        ("Meeting", (f"{meeting.meeting}, {date_in_words(meeting.date)}",)),
        ("Executive lead", (lead,)),
        ("Report by", meeting.report_by),
        ("Coverage", (f"This scorecard {dossier.partial}." if dossier.partial else "",)),
    )
    kept = ((label, tuple(line for line in lines if line)) for label, lines in fields)
    return tuple(Row(label, lines) for label, lines in kept if lines)


def _asked_of(dossier: Dossier) -> str:
    if dossier.subject:
        return sentence_case(dossier.subject)
    if dossier.columns:
        return f"The work of {dossier.organisation} as a whole; no one paper or plan is named"
    return f"The {dossier.cycle} self-assessment by {dossier.organisation}, seen a second time"


def _asked_with(dossier: Dossier) -> str:
    matrix = dossier.matrix
    size = (
        f": {counted(len(matrix.rows), 'line')} of enquiry by {counted(len(matrix.columns), 'priority', 'priorities')}"
        if matrix.rows
        else ""
    )
    return f"{dossier.framework_title}, version {dossier.framework_version}{size}"


def _who(respondent: RespondentView) -> str:
    when = date_in_words(respondent.completed_on)
    said = (f"{respondent.name} ({ROLE_NAMES.get(respondent.role, respondent.role)})", when, respondent.method)
    return ", ".join(part for part in said if part)


def how_to_read(dossier: Dossier) -> list[str]:
    """The sentences that always stand. The framework's own note goes first."""
    note = SECOND_VIEW if dossier.matrix.by_tags else dossier.framework_note
    first = note if sentences.NOT_AN_EIA in note else f"{note or THIS} {sentences.NOT_AN_EIA}"
    return [first, sentences.how_to_read(dossier)]


def result(dossier: Dossier) -> list[str]:
    """What was found, in counts."""
    if not dossier.matrix.by_tags:
        proposal = [sentences.waiting_for_the_board(dossier)] if dossier.stage == "proposal" else []
        counts = (sentences.levels_counted, sentences.movement_counted, sentences.evidence_counted)
        return [*proposal, *(count(dossier) for count in counts)]
    return [sentences.levels_counted(dossier), cells_counted(dossier)]


def cells_counted(dossier: Dossier) -> str:
    """`Of 40 cells, 14 show Reactive ...; none is without a statement.`"""
    cells = dossier.matrix.cells
    parts = [(sum(c.rank == level.rank for c in cells), level.name) for level in dossier.levels]
    shown = [f"{number_in_words(n)} {'shows' if n < 2 else 'show'} {name}" for n, name in parts]
    empty = sum(not c.statements for c in cells)
    unknown = sum(bool(c.statements) and c.rank < 0 for c in cells)
    rest = (f"; {number_in_words(unknown)} {sentences.is_are(unknown)} not assessed" if unknown else "") + (
        f"; {number_in_words(empty)} {'holds' if empty == 1 else 'hold'} no statement" if empty else ""
    )
    return f"Of {counted(len(cells), 'cell')}, {list_in_words(shown)}{rest}."


def _no_cells(dossier: Dossier, words: str) -> str:
    """Why a list of cells is empty: no matrix, nothing assessed, or nothing in that half of the scale."""
    if not dossier.matrix.rows:
        return CANNOT_BE_DRAWN
    return words if dossier.totals.assessed else sentences.NOTHING_ASSESSED


def _more(more: int, *, by_tags: bool) -> str:
    if more <= 0:
        return ""
    if by_tags:
        said = "more statement gives a cell its level" if more == 1 else "more statements give a cell its level"
    else:
        half = "in the lower half of the scale"
        said = f"more cell stands {half}" if more == 1 else f"more cells stand {half}"
    return f"{more:,} {said}: see Table 1."


def _different(dossier: Dossier, kit: RenderContext) -> list[Sentence]:
    """Where those who answered see it differently, widest first."""
    statements = {s.id: s for s in dossier.statements}
    ranks = {level.id: level.rank for level in dossier.levels}
    apart = [statements[i] for i in dossier.differences if i in statements]
    if not apart:
        return [kit.sentence(sentences.nothing_apart(dossier))]
    points = [
        kit.sentence(called(s), bold=True).say(f": {sentences.placed_differently(s, ranks)}.") for s in apart[:LISTED]
    ]
    more = len(apart) - LISTED
    noun = "statement is" if more == 1 else "statements are"
    return [*points, kit.sentence(f"{more:,} more {noun} seen differently.")] if more > 0 else points
