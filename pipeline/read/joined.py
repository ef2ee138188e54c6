"""Several forms of one respondent as one: each statement from the form that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.model import Answer, Form
from pipeline.read.faults import Faults
from pipeline.read.nearest import same, shown

_SAID = ("level_text", "comment", "public_comment")


def joined(forms: Sequence[Form], faults: Faults) -> Form:
    """One form out of several; where two of them answer a statement differently both are named, and neither stands."""
    if len(forms) == 1:
        return forms[0]
    by_statement: dict[str, list[Answer]] = {}
    for answer in (answer for form in forms for answer in form.answers):
        by_statement.setdefault(answer.statement, []).append(answer)
    answers = []
    for given in by_statement.values():
        filled = [a for a in given if _is_filled(a)] or given[:1]
        if differing := [a for a in filled if any(not _agree(a, b) for b in filled)]:
            _name_all(differing, faults)
        else:
            answers.append(_together(filled))
    return replace(
        forms[0],
        answers=tuple(answers),
        actions=tuple({(same(a.statement), same(a.action)): a for f in forms for a in f.actions}.values()),
        completed_by=_first(f.completed_by for f in forms),
        completed_on=_first(f.completed_on for f in forms),
        method=_first(f.method for f in forms),
        further=tuple(f.file for f in forms[1:]),
    )


def _is_filled(answer: Answer) -> bool:
    return bool(answer.evidence.strip()) or any(getattr(answer, key).strip() for key in _SAID)


def _agree(one: Answer, other: Answer) -> bool:
    pairs = ((same(getattr(one, key)), same(getattr(other, key))) for key in _SAID)
    return all(a == b or not a or not b for a, b in pairs)


def _together(answers: Sequence[Answer]) -> Answer:
    """Answers that say the same, with all the evidence that any of them cites."""
    first = answers[0]
    if len(answers) == 1:
        return first
    leads = next((a for a in answers if a.level_text.strip()), first)
    citations = {same(c.text): c for a in reversed(answers) for c in reversed(a.citations)}
    return replace(
        leads,
        comment=_first(a.comment for a in answers),
        public_comment=_first(a.public_comment for a in answers),
        evidence="; ".join(c.text for c in reversed(citations.values())),
        citations=tuple(reversed(citations.values())),
    )


def _name_all(answers: Sequence[Answer], faults: Faults) -> None:
    said = []
    for answer in answers:
        row = f" row {answer.place.row}" if answer.place.row else ""
        what = shown(answer.level_text or answer.comment or answer.public_comment)
        said.append(f"`{what}` in {PurePosixPath(answer.place.file).name}{row}")
    faults.repeated(
        replace(answers[-1].place, field="statement"),
        f"{answers[0].statement} is answered in {len(answers)} forms, and not alike: {', '.join(said)}. None of these "
        "answers is read, nor the evidence beside them.",
        "Take the answer that is not right out of its form; or take that whole form out of the folder.",
        statement=answers[0].statement,
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text.strip()), "")
