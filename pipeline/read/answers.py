"""The rows of a form as answers: statement, level, comment and citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.model import NOT_ASSESSED, Answer, Assessment, Case, Framework, Severity
from pipeline.read.cells import Cells, beyond_the_header, known_as, repeated, suggestion
from pipeline.read.citations import RegisterIndex
from pipeline.read.faults import Faults
from pipeline.read.forms import ReturnedForm
from pipeline.read.forms_words import is_prompt
from pipeline.read.grids import MARKS, PROMPT
from pipeline.read.nearest import did_you_mean, one_of, same, shown
from pipeline.read.tables import Row
from pipeline.wording import compared

_ANSWERED = ("level", "comment", "evidence", "public_comment")
"""The columns that hold an answer."""
ERRORS = frozenset(
    {
        "#REF!",
        "#NAME?",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
    }
)
"""What Excel shows in place of a value."""


@dataclass(frozen=True)
class Known:
    """What a form may name."""

    framework: Framework
    statements: Mapping[str, str]
    levels: Mapping[str, str]
    index: RegisterIndex
    scope: frozenset[str]
    """The statements that this run assesses; answers to others are nobody's business today."""


def what_is_known(assessment: Assessment, framework: Framework, index: RegisterIndex) -> Known:
    """What the forms of an assessment may name."""
    scope = frozenset(s.id for s in Case(assessment, framework).statements)
    return Known(framework, known_as(s.id for s in framework.statements), _levels(framework), index, scope)


def _levels(framework: Framework) -> dict[str, str]:
    by_name = {compared(level.name): level.id for level in framework.levels}
    return by_name | {compared(level.id): level.id for level in framework.levels} | {NOT_ASSESSED: NOT_ASSESSED}


def read_answers(form: ReturnedForm, respondent: str, known: Known, faults: Faults) -> Iterator[Answer]:
    """The answers in scope, the first row of each statement."""
    named = {same(row["statement"]) for row in form.rows}
    first: dict[str, int] = {}
    for row in form.rows:
        statement = _statement(row, known, named, faults)
        if statement not in known.scope:
            continue
        cells = Cells(_without_prompts(row, statement, faults), faults, {}, {"statement": statement})
        if statement in first:
            repeated(cells, "statement", statement, first[statement])
            continue
        first[statement] = row.number
        yield _answer(cells, statement, respondent, known)


def _without_prompts(row: Row, statement: str, faults: Faults) -> Row:
    """The row with what nobody typed left out: `Choose a level` is no level."""
    left = [column for column in _ANSWERED if is_prompt(row[column])]
    for column in left:
        faults.add("IN105", Severity.WARNING, row.place(column), *MARKS[PROMPT], statement=statement)
    return replace(row, cells={**row.cells, **dict.fromkeys(left, "")}) if left else row


def _statement(row: Row, known: Known, named: set[str], faults: Faults) -> str | None:
    """The statement that a row answers, in the framework's spelling."""
    written = row.word("statement")
    if same(written) in known.statements:
        return known.statements[same(written)]
    answered = any(row.word(c) for c in _ANSWERED)
    # In Word and Excel a line without an answer is a heading.
    if answered or row.file.endswith(".csv"):
        _unknown(row, written, known, named, faults)
    return None


def _unknown(row: Row, written: str, known: Known, named: set[str], faults: Faults) -> None:
    unanswered = {key: s for key, s in known.statements.items() if key not in named and s in known.scope}
    # Only where one statement lacks a row can it be said that what is missing there is this row.
    only = next(iter(unanswered.values())) if len(unanswered) == 1 else None
    if not written:
        faults.value(
            row.place("statement"),
            "The row does not say which statement it answers.",
            "Type the statement's id, or take the row out.",
            statement=only,
        )
        return
    near = suggestion(written, unanswered) or suggestion(written, known.statements)
    faults.unknown(
        row.place("statement"),
        f"There is no statement `{shown(written)}` in {known.framework.title}.",
        f"{near}Type the id of a statement that is in the framework.",
        statement=next((s for s in unanswered.values() if f"`{s}`" in near), only),
    )


def _answer(cells: Cells, statement: str, respondent: str, known: Known) -> Answer:
    level = _level(cells, known)
    answer = Answer(
        statement=statement,
        respondent=respondent,
        level=level,
        comment=cells.text("comment"),
        evidence=cells.text("evidence"),
        citations=cells.citations("evidence", known.index, statement, respondent),
        place=cells.place(),
        public_comment=cells.text("public_comment"),
        level_text=cells.text("level"),
    )
    if cells.row.too_long:
        beyond_the_header(cells)
        # A comma too many moves the cells behind it: what then cannot be followed is not evidence.
        if any(c.fault or not c.known for c in answer.citations):
            return replace(answer, citations=())
    return answer


def _level(cells: Cells, known: Known) -> str | None:
    text = cells.word("level")
    level = known.levels.get(compared(text)) if text else None
    if text and level is None:
        names = [*(lv.name for lv in known.framework.levels), NOT_ASSESSED]
        cells.bad("level", f"`{shown(text)}` is not a level.", f"{did_you_mean(text, names)}Type {one_of(names)}.")
    if level == NOT_ASSESSED and not cells.word("comment"):
        cells.bad(
            "comment",
            "It is `not assessed`, and no comment says why.",
            "Say why in the comment, or give a level.",
        )
        return None
    return level
