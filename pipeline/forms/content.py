"""What one respondent's form says, before it is an Excel or a Word file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.forms import wording as words
from pipeline.forms.sentences import Sentences, file_stem, sentences
from pipeline.forms.wording import GOOD, HELPS, QUESTION
from pipeline.model import (
    NOT_ASSESSED,
    Action,
    Answer,
    Case,
    EvidenceDocument,
    Form,
    PreviousCycle,
    Reference,
    Respondent,
    Role,
    Section,
    Statement,
)
from pipeline.model.rebuild import rebuild
from pipeline.score.movement import previous_statement
from pipeline.text import compared, date_in_words, legible


@dataclass(frozen=True)
class Meaning:
    """A level and what it means, in general and in this section."""

    name: str
    meaning: str
    here: str = ""


@dataclass(frozen=True)
class Asked:
    """One statement as it is put to a respondent."""

    id: str
    name: str
    text: str
    notes: tuple[str, ...]
    """What good looks like and the like, each a sentence with its own beginning."""
    last_level: str
    last_comment: str


@dataclass(frozen=True)
class Part:
    """A section of the form."""

    id: str
    title: str
    scope: str
    meanings: tuple[Meaning, ...]
    asked: tuple[Asked, ...]
    open_actions: tuple[Action, ...]


@dataclass(frozen=True)
class Choice:
    """A document that may be cited."""

    id: str
    title: str
    dated: str
    note: str

    @property
    def listed(self) -> bool:
        """Whether the drop-down offers it: one that has been replaced is only looked up."""
        return not self.note.startswith("replaced")


@dataclass(frozen=True)
class Source:
    """A reference of the framework, and the statements of this form that name it."""

    title: str
    publisher: str
    year: str
    url: str
    note: str
    named_by: tuple[str, ...]


@dataclass(frozen=True)
class FormContent:
    """Everything that one respondent's form says."""

    organisation: str
    cycle: str
    framework: str
    framework_title: str
    version: str
    respondent: Respondent
    made_on: datetime.date
    subject: str
    sentences: Sentences
    levels: tuple[str, ...]
    parts: tuple[Part, ...]
    documents: tuple[Choice, ...]
    sources: tuple[Source, ...]
    second: bool = False
    """Whether it asks again, about answers that came back."""
    brief: bool = False
    """Whether all of it is asked of a partner in plain words: what is said once then stands once."""

    @property
    def name(self) -> str:
        """The name of its file, without an ending."""
        return file_stem(self.respondent, second=self.second)


Queries = Mapping[str, Sequence[str]]
"""Statement -> what is asked beside it in a second form."""


def form_content(case: Case, respondent: Respondent, queries: Queries | None = None) -> FormContent | None:
    """The form of one respondent, or None where no statement in scope is theirs to answer.

    With `queries` it is a second form: only the statements named there, each with what is asked.
    """
    parts = tuple(part for s in case.sections if (part := _part(case, s, respondent, queries)).asked)
    if not parts:
        return None
    a, framework = case.assessment, case.framework
    content = FormContent(
        organisation=a.organisation,
        cycle=a.cycle,
        framework=framework.id,
        framework_title=framework.title,
        version=framework.version,
        respondent=respondent,
        made_on=a.as_of,
        subject=a.subject,
        sentences=sentences(case, respondent, second=queries is not None),
        levels=(*(level.name for level in framework.levels), NOT_ASSESSED),
        parts=parts,
        documents=tuple(_choice(d, case) for d in case.register if _may_be_named(d, respondent)),
        sources=tuple(_source(r, parts, framework.statements) for r in framework.references),
        second=queries is not None,
        brief=respondent.role is Role.PARTNER and all(s.plain for s in case.statements if respondent.is_asked(s)),
    )
    legible_content: FormContent = rebuild(content, text=legible)
    return legible_content


def facts(content: FormContent) -> tuple[tuple[str, str], ...]:
    """What a form says about itself, by which it is known again when it comes back."""
    return (
        ("Organisation", content.organisation),
        (words.CYCLE, content.cycle),
        (words.FRAMEWORK, content.framework),
        ("Title of the framework", f"{content.framework_title}, version {content.version}"),
        (words.RESPONDENT, content.respondent.id),
        ("Answers are given by", content.respondent.name),
        ("In the place of", content.sentences.answers_as),
        *(((words.KIND_OF_FORM, words.SECOND_FORM),) if content.second else ()),
    )


def _part(case: Case, section: Section, respondent: Respondent, queries: Queries | None) -> Part:
    notes = section.level_notes
    # Actions are the organisation's own papers until the Board has them; a partner is asked, not shown.
    actions = () if respondent.role is Role.PARTNER or queries is not None else case.actions
    asked = (s for s in section.statements if respondent.is_asked(s) and (queries is None or s.id in queries))
    ids = {statement.id for statement in section.statements}
    return Part(
        id=section.id,
        title=section.title,
        scope=section.scope,
        meanings=tuple(Meaning(v.name, v.meaning, notes.get(v.id, "")) for v in case.framework.levels),
        asked=tuple(
            _asked(case, s, respondent) if queries is None else _asked_again(case, s, respondent, queries[s.id])
            for s in asked
        ),
        open_actions=tuple(
            x for x in actions if x.status == "open" and (x.section == section.id or x.statement in ids)
        ),
    )


def _asked(case: Case, statement: Statement, respondent: Respondent) -> Asked:
    level, comment = _last_year(case, statement, respondent)
    if respondent.role is Role.PARTNER and level in NOTHING_TO_REMIND_OF:
        level = ""
    column = next((c.title for c in case.framework.columns if c.id == statement.column), "")
    notes = (
        f"Priority: {column}" if column else "",
        f"{GOOD}: {statement.good_looks_like}" if statement.good_looks_like else "",
        f"{QUESTION}: {statement.prompt}" if statement.prompt and not statement.good_looks_like else "",
        f"{HELPS}: {'; '.join(statement.evidence)}" if statement.evidence else "",
    )
    partner = respondent.role is Role.PARTNER
    # What good looks like and what helps are written for those who do the work.
    shown = notes[:1] if partner and statement.plain else notes
    text = statement.plain if partner and statement.plain else statement.text
    return Asked(statement.id, statement.short, text, tuple(n for n in shown if n), level, comment)


def _asked_again(case: Case, statement: Statement, respondent: Respondent, queries: Sequence[str]) -> Asked:
    """With the answer that came back, and what is asked about it."""
    answer = _answer(case.forms, statement, respondent)
    levels = {level.id: level.name for level in case.framework.levels}
    said = [levels.get(answer.level or "", answer.level_text), answer.comment, answer.evidence] if answer else []
    before = ". ".join(part.strip().rstrip(".") for part in said if part.strip())
    notes = [f"{words.SAID_BEFORE}: {before or 'none'}", *(f"{words.LOOK_AGAIN}: {query}" for query in queries)]
    return replace(_asked(case, statement, respondent), notes=tuple(notes), last_level="", last_comment="")


NOTHING_TO_REMIND_OF = NO_EARLIER, NOT_ASKED, NO_ANSWER = (
    "No earlier assessment to compare with",
    "Not asked last time",
    "No answer last time",
)


def _last_year(case: Case, statement: Statement, respondent: Respondent) -> tuple[str, str]:
    """The level and the comment that this respondent gave last time, for reference."""
    previous = case.previous
    if previous is None or not _comparable(case, previous):
        return NO_EARLIER, ""
    before = previous_statement(statement, case)
    if before is None:
        return NOT_ASKED, ""
    answer = _answer(previous.forms, before, respondent)
    if answer is None or not answer.level:
        return NO_ANSWER, answer.comment if answer else ""
    level = NOT_ASSESSED if answer.level == NOT_ASSESSED else previous.framework.level(answer.level).name
    changed = compared(before.text) != compared(statement.text)
    return f"{level} (the wording has changed since)" if changed else level, answer.comment


def _comparable(case: Case, previous: PreviousCycle) -> bool:
    """Another organisation's level is not this one's last year, unless the assessment says why it may be compared."""
    before, now = previous.assessment.organisation, case.assessment.organisation
    return bool(case.assessment.comparable) or compared(before) == compared(now)


def _answer(forms: Sequence[Form], statement: Statement, respondent: Respondent) -> Answer | None:
    for form in forms:
        if form.respondent == respondent.id:
            return next((a for a in form.answers if a.statement == statement.id), None)
    return None


def _may_be_named(document: EvidenceDocument, respondent: Respondent) -> bool:
    """A form travels by e-mail: a confidential title stays at home, and partners see what is public."""
    allowed = {"public"} if respondent.role is Role.PARTNER else {"public", "internal"}
    return document.visibility in allowed


def _choice(document: EvidenceDocument, case: Case) -> Choice:
    as_of = case.assessment.as_of
    successor = next((d for d in case.register if document.id in d.supersedes and d.dated and d.dated <= as_of), None)
    note = ""
    if successor:
        note = f"replaced by {successor.id}"
    elif document.review_by and document.review_by < as_of:
        note = f"past its review date ({date_in_words(document.review_by)})"
    elif document.status == "draft":
        note = "a draft"
    return Choice(document.id, document.title, date_in_words(document.dated), note)


def _source(reference: Reference, parts: tuple[Part, ...], statements: tuple[Statement, ...]) -> Source:
    asked = {a.id for part in parts for a in part.asked}
    note = {"superseded": "Superseded: no longer in force", "watch": "May change: check before you rely on it"}
    return Source(
        reference.title,
        reference.publisher,
        reference.year,
        reference.url,
        note.get(reference.status, ""),
        tuple(s.id for s in statements if s.id in asked and reference.id in s.references),
    )
