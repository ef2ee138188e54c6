"""The rows of a form as answers, and what its cover says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.forms.reading import ReturnedForm
from pipeline.forms.wording import is_prompt
from pipeline.inputs.cells import Cells, beyond_the_header, known_as, repeated, suggestion
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import did_you_mean, one_of, same, shown
from pipeline.inputs.tables import Row
from pipeline.model import NOT_ASSESSED, Answer, Assessment, Case, Framework, Place, Respondent, Severity
from pipeline.office.workbooks import MARKS, PROMPT
from pipeline.text import compared, list_in_words

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
    left_out: frozenset[str] = frozenset()
    """The statements that this organisation does not assess."""


def what_is_known(assessment: Assessment, framework: Framework, index: RegisterIndex) -> Known:
    """What the forms of an assessment may name."""
    scope = frozenset(s.id for s in Case(assessment, framework).statements)
    left_out = frozenset(left.statement for left in assessment.left_out)
    return Known(framework, known_as(s.id for s in framework.statements), _levels(framework), index, scope, left_out)


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
            if statement in known.left_out:
                _answered_all_the_same(row, statement, respondent, faults)
            continue
        cells = Cells(_without_prompts(row, statement, faults), faults, {}, {"statement": statement})
        if statement in first:
            repeated(cells, "statement", statement, first[statement])
            continue
        first[statement] = row.number
        yield _answer(cells, statement, respondent, known)


def _answered_all_the_same(row: Row, statement: str, respondent: str, faults: Faults) -> None:
    if not any(row.word(column) and not is_prompt(row[column]) for column in _ANSWERED):
        return
    faults.add(
        "ST210",
        Severity.WARNING,
        row.place("statement"),
        f"{statement} is answered here and is left out in assessment.yaml, so no paper shows this answer.",
        "Take it out of `left_out`, or tell the respondent that it is not assessed.",
        statement=statement,
        respondent=respondent,
    )


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
        dissent=cells.text("dissent"),
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


_YEAR = re.compile(r"\d{2,4}", re.ASCII)


def is_of_another(
    form: ReturnedForm, respondent: Respondent, assessment: Assessment, framework: Framework, faults: Faults
) -> bool:
    """Whether a form is another cycle's, framework's or respondent's, or may be; its answers are then not read."""
    expected = {"cycle": assessment.cycle, "framework": framework.title, "respondent": respondent.name}
    others = [r for r in assessment.respondents if r.id != respondent.id]

    def agrees(label: str, value: str, place: Place | None) -> bool:
        if label == "cycle":
            return _is_cycle(value, assessment.cycle)
        if label == "framework":
            return any(same(name) in same(value) for name in (framework.id, framework.title))
        # People write the cover of their own form; on one of ours stands what was printed, and it must be this form's.
        written = not form.ours and place is not None and place.row is not None
        return _is_respondent(value, respondent, others, written)

    wrong = [(label, value, place) for label, (value, place) in form.cover.items() if not agrees(label, value, place)]
    for label, value, place in wrong:
        faults.add(
            "IN104",
            faults.blocking,
            place,
            f"The form's cover names the {label} `{shown(value)}`, but it was put in the place of "
            f"`{shown(expected[label])}`; its answers are not read.",
            "Put the right form here, or correct the cover if only the cover is wrong.",
        )
    if not wrong and form.ours:
        against = [(label, value) for label, value in form.marks.items() if value and not agrees(label, value, None)]
        return _contradicts_itself(form, against, expected, faults) or _cannot_be_placed(form, faults)
    return bool(wrong)


def _contradicts_itself(
    form: ReturnedForm, against: Sequence[tuple[str, str]], expected: Mapping[str, str], faults: Faults
) -> bool:
    for label, value in against:
        faults.add(
            "IN109",
            faults.blocking,
            form.cover[label][1] if label in form.cover else Place(form.file),
            f"By its hidden marks this form was sent out for the {label} `{shown(value)}`, and its cover says "
            f"`{shown(form.cover[label][0] if label in form.cover else expected[label])}`; its answers are not read.",
            "Ask for the answers in the form that was sent out this time. If they are meant for this assessment, copy "
            "them into that form.",
        )
    return bool(against)


def _cannot_be_placed(form: ReturnedForm, faults: Faults) -> bool:
    """A CSV file can hold no marks; there its name alone says whose it is."""
    if form.marks or form.file.lower().endswith(".csv"):
        return False
    missing = [label for label in ("cycle", "framework", "respondent") if label not in form.cover]
    if missing:
        faults.add(
            "IN109",
            faults.blocking,
            Place(form.file),
            "This form has lost the hidden marks that say whose it is and for which cycle, and no cover in it names "
            f"the {list_in_words(missing, 'or')}. It may be an earlier year's, so its answers are not read.",
            "Ask for the answers in the form that was sent out, or copy them into it; do not copy its sheets.",
        )
        return True
    faults.add(
        "IN105",
        Severity.WARNING,
        Place(form.file),
        "This form has lost its hidden marks; by its cover it is the right one, and its answers are read. What was "
        "typed outside the places for answers cannot all be told from the form's own words.",
        "Look through the form for remarks outside those places.",
    )
    return False


def _is_cycle(value: str, cycle: str) -> bool:
    """2025-26, 2025/26 and 2025-2026 are one cycle; words without a year name none."""
    years, expected = ([year[-2:] for year in _YEAR.findall(text)] for text in (value, cycle))
    return same(value) == same(cycle) or (years == expected if expected and years else bool(expected))


def _is_respondent(value: str, respondent: Respondent, others: Iterable[Respondent], written: bool) -> bool:
    """The hidden mark of a form holds an id; on a cover that people fill in may also stand the name of a person."""
    if same(value) in (same(respondent.id), same(respondent.name)):
        return True
    if written:
        return not any(same(value) in (same(other.id), same(other.name)) for other in others)
    return False
