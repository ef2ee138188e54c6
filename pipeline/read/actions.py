"""actions.csv: the action planning grid."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Action, Assessment, Framework
from pipeline.read.cells import Cells, known_as, rows_of
from pipeline.read.citations import RegisterIndex
from pipeline.read.faults import Faults
from pipeline.read.nearest import same, shown
from pipeline.read.tables import read_table
from pipeline.read.vocabulary import ACTION_STATUSES
from pipeline.wording import compared
from pipeline.workspace import Workspace

FEWEST_WORDS = 3
"""An action of fewer words than these is not known again by them."""


def read_actions(
    ws: Workspace, assessment: Assessment, framework: Framework, index: RegisterIndex, faults: Faults
) -> tuple[Action, ...]:
    """The actions, each id once."""
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "actions", assessment.column_names, faults)
    if table is None:
        return ()
    actions: dict[tuple[str, ...], Action] = {}
    for cells in rows_of(table, faults, ("due",)):
        action = _action(cells, framework, index)
        first = actions.setdefault(_what(action), action)
        if first is not action:
            _repeated(cells, first)
    return tuple(actions.values())


def _what(action: Action) -> tuple[str, ...]:
    """What makes an action another one. One that is done may be planned anew; few words are said of many things."""
    words = compared(action.action).rstrip(".")
    if len(words.split()) < FEWEST_WORDS:
        return (action.id,)
    return (words, action.statement or action.section, "open" if action.status == "open" else "closed")


def _repeated(cells: Cells, first: Action) -> None:
    cells.faults.repeated(
        cells.place("action"),
        cells.named(
            f"The same action stands in row {first.place.row} already, as {shown(first.id)}; only that row is read."
        ),
        "Take this row out, or say what is different about it.",
        **cells.about,
    )


def _action(cells: Cells, framework: Framework, index: RegisterIndex) -> Action:
    statement = _known(cells, "statement", {same(s.id): s.id for s in framework.statements})
    section = _known(cells, "section", dict(_section_words(framework)))
    known = framework.statement(statement)
    if known and section in {s.id for s in framework.sections} - {known.section}:
        cells.bad(
            "section",
            f"The action is for {known.id}, which stands in the section {known.section}, not in {section}.",
            f"Type {known.section}; or name the statement of {section} that is meant.",
        )
    return Action(
        id=cells.word("id"),
        section=section,
        statement=statement,
        action=cells.text("action"),
        owner=cells.word("owner"),
        due=cells.date("due"),
        status=_status(cells),
        measure=cells.text("measure"),
        place=cells.place(),
        risk=cells.word("risk"),
        closes=cells.text("closes"),
        progress=cells.text("progress"),
        evidence=cells.text("evidence"),
        citations=cells.citations("evidence", index, statement or None),
    )


def _section_words(framework: Framework) -> Iterator[tuple[str, str]]:
    """Sections by id, or by their title in full."""
    yield from ((same(s.title), s.id) for s in framework.sections)
    yield from known_as(s.id for s in framework.sections).items()


def _known(cells: Cells, column: str, known: dict[str, str]) -> str:
    word = cells.word(column)
    if word and same(word) not in known:
        cells.unknown(column, word, known, column)
    return known.get(same(word), word)


def _status(cells: Cells) -> str:
    # What is neither done nor dropped still has to be done; the finding blocks a final paper.
    if not cells.word("status"):
        cells.bad_choice("status", ACTION_STATUSES)
    return cells.choice("status", ACTION_STATUSES, "open")
