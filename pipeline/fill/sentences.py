"""The sentences that the papers say of levels, movement and evidence: no claim beyond the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dossier.views import Dossier, RoleView, StatementView
from pipeline.words import counted, list_in_words, number_in_words, sentence_case

FIRST_LINE = "This is the ICB's own assessment (first line). It has not been independently tested except where stated."
NOT_A_FINDING = (
    "Levels describe how mature our approach is; they are not a finding on whether a legal duty has been met."
)
FOUND_MEANS = (
    "'Found on the page' means that the words quoted stand in the document cited; "
    "it does not mean that they prove the level."
)
OUR_WORDING = "its wording is our own; it is not the framework published by the NHS Confederation."
NOT_AN_EIA = "It does not replace an equality impact assessment."
EVIDENCE_MEANS = (
    "'Document only' means that a document is cited, with no words of it found; 'not seen' means that nothing is "
    "cited, or nothing that could be read or found."
)
NOTHING_ASSESSED = "No statement is assessed, so nothing can be said here."


def which_framework(dossier: Dossier) -> str:
    """`This paper uses <framework title, version>.`"""
    named = f"This paper uses {dossier.framework_title}, version {dossier.framework_version}"
    return f"{named}: {OUR_WORDING}" if dossier.framework_shipped else f"{named}."


def how_to_read(dossier: Dossier) -> str:
    """What stands in every paper of what a level is, and is not."""
    return f"{FIRST_LINE} {NOT_A_FINDING} {FOUND_MEANS} {which_framework(dossier)}"


def is_are(number: int) -> str:
    """`is` for none and one, `are` for more."""
    return "is" if number < 2 else "are"


def what_is_reported(dossier: Dossier) -> str:
    """The first sentence: who assessed what."""
    totals = dossier.totals
    sections = counted(totals.sections_in_scope, "section")
    subject = f" of {dossier.subject}" if dossier.subject else ""
    partial = f"; it {dossier.partial}" if dossier.partial else ""
    verb = "proposes levels for" if dossier.stage == "proposal" else "reports"
    return (
        f"This paper {verb} the {dossier.cycle} self-assessment{subject} by {dossier.organisation} against "
        f"{counted(totals.in_scope, 'statement')} in {sections}{partial}."
    )


def levels_counted(dossier: Dossier) -> str:
    """`Of 45 statements, four are Reactive, 20 are Emergent and one is Consistent; two are not assessed.`"""
    totals = dossier.totals
    if not totals.assessed:
        return f"None of the {counted(totals.in_scope, 'statement')} is assessed."
    parts = []
    for level in dossier.levels:
        number = totals.counts.get(level.id, 0)
        parts.append(f"{number_in_words(number)} {is_are(number)} {level.name}")
    rest = totals.not_assessed
    left = f"; {number_in_words(rest)} {is_are(rest)} not assessed" if rest else ""
    return f"Of {counted(totals.in_scope, 'statement')}, {list_in_words(parts)}{left}."


def movement_counted(dossier: Dossier) -> str:
    """How many moved since the previous cycle, or why no movement is shown."""
    totals = dossier.totals
    compared = totals.moved_up + totals.moved_down + totals.unchanged
    if not compared:
        return f"No movement is shown. {dossier.movement_note}" if dossier.movement_note else ""
    said = (
        f"Since {dossier.previous_cycle}, {_statements(totals.moved_down)} moved down, "
        f"{number_in_words(totals.moved_up)} moved up and {number_in_words(totals.unchanged)} did not change."
    )
    return f"{said}{_not_compared(dossier.statements)}"


def _statements(number: int) -> str:
    """`none of the statements`, `one statement`, `12 statements`: for the start of a clause."""
    if number == 0:
        return "none of the statements"
    return f"{number_in_words(number)} {'statement' if number == 1 else 'statements'}"


def _not_compared(statements: Sequence[StatementView]) -> str:
    first = sum(s.movement.kind == "first" for s in statements)
    reworded = sum(s.movement.kind == "wording changed" for s in statements)
    parts = []
    if first:
        parts.append(f"{number_in_words(first)} {'is' if first == 1 else 'are'} assessed for the first time")
    if reworded:
        verb = "has a wording that" if reworded == 1 else "have a wording that"
        parts.append(f"{number_in_words(reworded)} {verb} changed and cannot be compared")
    return f" {sentence_case(list_in_words(parts))}." if parts else ""


def evidence_counted(dossier: Dossier) -> str:
    """How many levels rest on words found in the documents cited."""
    totals = dossier.totals
    if not totals.assessed:
        return ""
    levels = f"Of the {number_in_words(totals.assessed)} levels" if totals.assessed > 1 else "Of the one level"
    return (
        f"{levels}, {number_in_words(totals.found_on_page)} {_rests(totals.found_on_page)} on words found in the "
        f"documents cited, {number_in_words(totals.document_only)} on documents with no words found in them, and "
        f"{number_in_words(totals.not_seen)} on evidence that was not seen."
    )


def _rests(number: int) -> str:
    return "rests" if number < 2 else "rest"


def waiting_for_the_board(dossier: Dossier) -> str:
    """In a proposal: how many statements wait for the Board's own level."""
    waiting = sum(
        s.answered_by in ("board", "both") and not s.views["board"].level for s in dossier.statements if s.views
    )
    said = "This is a proposal. The Board is asked to give its own levels"
    if not waiting:
        return f"{said}."
    one = waiting == 1
    return (
        f"{said}: {number_in_words(waiting)} {'statement waits' if one else 'statements wait'} for its answer and "
        f"{'is' if one else 'are'} shown as not assessed until it is given, with the level that the team proposes."
    )


def placed_differently(statement: StatementView, ranks: Mapping[str, int]) -> str:
    """`the Board placed this lower (Emergent) than the team (Growing); partners placed it at Consistent`."""
    board, team, partners = (statement.views.get(role) for role in ("board", "team", "partner"))
    said = []
    if board and team and board.level_id in ranks and team.level_id in ranks:
        said.append(_board_beside_team(board, team, ranks[board.level_id] - ranks[team.level_id]))
    else:
        answered = (("the Board", board), ("the team", team))
        said += [f"{name} placed this at {view.shown}" for name, view in answered if view and view.level_id]
    if partners and partners.level_id:
        verb = "placed it at" if said else "placed this at"
        said.append(f"partners {verb} {partners.shown}")
    return "; ".join(said)


def _board_beside_team(board: RoleView, team: RoleView, apart: int) -> str:
    if apart:
        return (
            f"the Board placed this {'lower' if apart < 0 else 'higher'} ({board.shown}) than the team ({team.shown})"
        )
    if board.shown == team.shown:
        return f"the Board and the team placed this at {board.shown}"
    return f"the Board placed this at {board.shown}, the team at {team.shown}"
