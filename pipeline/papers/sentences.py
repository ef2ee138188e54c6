"""The sentences that the papers say of levels, movement and evidence: no claim beyond the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dossier.views import ActionView, Dossier, LevelView, RoleView, StatementView
from pipeline.text import counted, counted_in_words, list_in_words, number_in_words, sentence_case

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
NOTHING_ASSESSED = "No statement is assessed, so nothing can be said here."


def which_framework(dossier: Dossier) -> str:
    """`This paper uses <framework title, version>.`"""
    named = f"This paper uses {dossier.framework_title}, version {dossier.framework_version}"
    return f"{named}: {OUR_WORDING}" if dossier.framework_shipped else f"{named}."


MOST_NAMED = 5


def how_the_framework_changed(dossier: Dossier) -> list[str]:
    """One sentence; none where it is as it was. Statements are named where they are few."""
    changes = dossier.framework_changes
    told = (
        (changes.added, "new", True),
        # Those that are gone are named, with their levels, where it is said what is no longer asked.
        (changes.removed, "asked no longer", False),
        (changes.reworded, "worded differently", True),
        (changes.renumbered, "numbered differently", True),
    )
    there = [change for change in told if change[0]]
    nouns = ["statement", *[""] * len(there)]
    parts = [
        _how_many(names, what, noun, named=named) for (names, what, named), noun in zip(there, nouns, strict=False)
    ]
    since = f"Since {dossier.previous_cycle} the framework has changed"
    return [f"{since}: {list_in_words(parts)}."] if parts else []


def _how_many(names: Sequence[str], what: str, noun: str, *, named: bool) -> str:
    number = counted_in_words(len(names), noun) if noun else number_in_words(len(names))
    said = f"{number} {is_are(len(names))} {what}"
    return f"{said} ({'; '.join(names)})" if named and len(names) <= MOST_NAMED else said


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


def counts_before(dossier: Dossier) -> Mapping[str, int]:
    """How many of this year's statements stood at each level in the previous cycle, by name; empty where none did."""
    then = [level for s in dossier.statements for cycle, level in s.history if cycle == dossier.previous_cycle]
    names = [level.name for level in dossier.levels]
    if not any(then.count(name) for name in names) or not any(
        s.movement.kind in ("up", "down", "same") for s in dossier.statements
    ):
        return {}
    return {name: then.count(name) for name in names}


def levels_counted(dossier: Dossier, *, before: bool = False) -> str:
    """`Of 45 statements, four are Reactive, 20 are Emergent and one is Consistent; two are not assessed.`

    With `before`, how many stood there the year before: `four are Reactive (eight in 2024-25)`.
    """
    totals = dossier.totals
    then = counts_before(dossier) if before else {}
    if not totals.assessed:
        one = "The one statement is not assessed."
        return one if totals.in_scope == 1 else f"Not one of the {totals.in_scope:,} statements is assessed."
    whole = [level.name for level in dossier.levels if totals.counts.get(level.id, 0) == totals.in_scope]
    if whole:
        return (
            f"The one statement is {whole[0]}."
            if totals.in_scope == 1
            else f"All {totals.in_scope:,} statements are {whole[0]}."
        )
    parts: list[str] = []
    for level in dossier.levels:
        number = totals.counts.get(level.id, 0)
        year = f" in {dossier.previous_cycle}" if not parts else ""
        was = f" ({number_in_words(then[level.name])}{year})" if then else ""
        parts.append(f"{number_in_words(number)} {is_are(number)} {level.name}{was}")
    rest = totals.not_assessed
    left = f"; {number_in_words(rest)} {is_are(rest)} not assessed" if rest else ""
    return f"Of {counted(totals.in_scope, 'statement')}, {list_in_words(parts)}{left}."


def below_target(dossier: Dossier) -> str:
    """`Six of the 40 levels with a target are below it.`; nothing where no target is set or none is below."""
    aimed = [s for s in dossier.statements if s.rank >= 0 and s.target_id]
    below = sum(s.below_target for s in aimed)
    if not below:
        return ""
    if len(aimed) == 1:
        return "The one level with a target is below it."
    if below == len(aimed):
        return f"All {number_in_words(below)} levels with a target are below it."
    subject = f"{sentence_case(number_in_words(below))} of the {number_in_words(len(aimed))} levels with a target"
    return f"{subject} {is_are(below)} below it."


def lowest_levels(dossier: Dossier, most: int = 3) -> str:
    """`The lowest level reported is Reactive, at nine statements.`; by name where they are few, and ties as ties."""
    ranks = [s.rank for s in dossier.statements if s.rank >= 0]
    if not ranks or min(ranks) == max(ranks):
        return ""
    lowest = [s for s in dossier.statements if s.rank == min(ranks)]
    where = (
        list_in_words([s.short for s in lowest])
        if len(lowest) <= most
        else f"{number_in_words(len(lowest))} statements"
    )
    return f"The lowest level reported is {lowest[0].reported}, at {where}."


def movement_counted(dossier: Dossier) -> str:
    """How many moved since the previous cycle, or why no movement is shown."""
    totals = dossier.totals
    compared = totals.moved_up + totals.moved_down + totals.unchanged
    apart = _not_compared(dossier.statements, dossier.previous_cycle)
    if not compared:
        if dossier.movement_note:
            return f"No movement is shown. {dossier.movement_note}"
        return f"No statement can be compared with {dossier.previous_cycle}.{apart}" if dossier.previous_cycle else ""
    if not totals.moved_up + totals.moved_down:
        of = "The one statement that can be compared did not move"
        many = f"Not one of the {number_in_words(compared)} statements that can be compared moved"
        return f"{of if compared == 1 else many} since {dossier.previous_cycle}.{apart}"
    kinds = ((totals.moved_down, "moved down"), (totals.moved_up, "moved up"), (totals.unchanged, "did not change"))
    said = [(number, words) for number, words in kinds if number]
    first = f"{number_in_words(said[0][0])} {'statement' if said[0][0] == 1 else 'statements'} {said[0][1]}"
    parts = [first, *(f"{number_in_words(number)} {words}" for number, words in said[1:])]
    return f"Since {dossier.previous_cycle}, {list_in_words(parts)}.{apart}"


def _not_compared(statements: Sequence[StatementView], previous: str) -> str:
    """What is counted apart from this year's movement."""
    kinds = (
        ("first", "is assessed for the first time", "are assessed for the first time"),
        ("last assessed", f"was last assessed before {previous}", f"were last assessed before {previous}"),
        ("wording changed", "has a wording that changed", "have a wording that changed"),
        ("other scale", "stood on another scale", "stood on another scale"),
    )
    parts = []
    for kind, one, many in kinds:
        number = sum(s.movement.kind == kind for s in statements)
        if number:
            parts.append(f"{number_in_words(number)} {one if number == 1 else many}")
    return f" {sentence_case(list_in_words(parts))}: not compared." if parts else ""


def evidence_counted(dossier: Dossier) -> str:
    """How many levels rest on words found in the documents cited."""
    totals = dossier.totals
    if not totals.assessed:
        return ""
    kinds = (
        (totals.found_on_page, "rests on words found in the documents cited"),
        (totals.document_only, "rests on documents with no words found in them"),
        (totals.not_seen, "has no citation that could be read or found"),
    )
    parts = [(n, words if n == 1 else _of_many(words)) for n, words in kinds if n]
    if totals.assessed == 1:
        return f"The one level {parts[0][1]}."
    if len(parts) == 1:
        return f"All {number_in_words(totals.assessed)} levels {parts[0][1]}."
    said = list_in_words([f"{number_in_words(n)} {words}" for n, words in parts])
    return f"Of the {number_in_words(totals.assessed)} levels, {said}."


def _of_many(words: str) -> str:
    return words.replace("rests ", "rest ", 1).replace("has ", "have ", 1)


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


def prompt_of(statement: StatementView, levels: Sequence[LevelView]) -> str:
    """The framework's own prompt; where it gives none, a question that fits the level."""
    if statement.prompt:
        return statement.prompt
    above = [level.name for level in levels if level.rank == statement.rank + 1]
    if statement.rank >= 0 and above:
        return f"What would it take to reach {above[0]}, and by when?"
    return "What would show that this holds, to someone from outside the team?"


def open_actions_for(dossier: Dossier, statement: StatementView) -> list[ActionView]:
    """The open actions that answer a statement: its own first, then those of its whole section."""
    still_open = [a for a in dossier.actions if a.status == "open"]
    own = [a for a in still_open if a.statement == statement.id]
    return own + [a for a in still_open if not a.statement and a.section and a.section == statement.section]


def nothing_apart(dossier: Dossier) -> str:
    """Where no statement was placed differently: which groups there are to differ."""
    groups = {role for s in dossier.statements for role, view in s.views.items() if view.level_id}
    split = any(v.number > 1 and v.lowest != v.highest for s in dossier.statements for v in s.views.values())
    if len(groups) > 1 and split:
        return "The middle levels of those who answered are alike; where one group is split, its range is shown."
    if len(groups) > 1:
        return "No statement was placed differently by those who answered it."
    who = {"team": "The team", "board": "The Board", "partner": "Partners"}
    return f"{who[groups.pop()]} alone gave levels." if groups else NOTHING_ASSESSED
