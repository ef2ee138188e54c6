"""The sentences of a form: for the team and the Board in their own terms, for partners in plain English."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.forms.wording import FOR_ACTIONS, PAGE_HELP
from pipeline.model import NOT_ASSESSED, Case, Respondent, Role
from pipeline.text import list_in_words

EVIDENCE_LINES = 3
"""Documents that a form has room for under each statement; more go into the last line, separated by `;`."""

MAY_BE_PRINTED = "Your level and comment may be printed in a public paper."
CHOOSE_LOWER = "If parts of a statement are at different levels, choose the lower and say which part."
NO_PERSONAL_DATA = "Please do not name patients or members of staff, and give no details by which they could be known."


@dataclass(frozen=True)
class Sentences:
    """The fixed text of one form."""

    title: str
    welcome: tuple[str, ...]
    how_to_answer: tuple[str, ...]
    how_to_return: tuple[str, ...]
    after: tuple[str, ...]
    """What happens with the answers."""
    for_actions: str
    answers_as: str


def file_stem(respondent: Respondent, *, second: bool) -> str:
    """The name of a form's file, without an ending."""
    return f"{respondent.id}-second" if second else respondent.id


def sentences(case: Case, respondent: Respondent, *, second: bool = False) -> Sentences:
    """The sentences for one respondent, in the first form or in a second one about answers that came back."""
    partner = respondent.role is Role.PARTNER
    welcome = _SECOND_WELCOME if second else _partner_welcome(case) if partner else _own_welcome(case)
    return Sentences(
        title=_SECOND_TITLE if second else _title(case, respondent),
        welcome=welcome,
        how_to_answer=(
            *(_PARTNER_ANSWER if partner else _OWN_ANSWER),
            *(() if second or case.previous is None else (_PARTNER_LAST_YEAR if partner else _OWN_LAST_YEAR,)),
            *_EVIDENCE,
            _MORE_DOCUMENTS if partner else _ROOM,
        ),
        how_to_return=_return(case, file_stem(respondent, second=second)),
        after=_after(respondent),
        for_actions=_PARTNER_ACTIONS if partner else _OWN_ACTIONS,
        answers_as=_ANSWERS_AS[respondent.role],
    )


_ANSWERS_AS = {
    Role.TEAM: "The team that drafts the assessment",
    Role.BOARD: "Members of the Board",
    Role.PARTNER: "A partner",
}

_SECOND_TITLE = "A second look at some of your answers"
_SECOND_WELCOME = (
    "Thank you for your answers. We looked through them and have questions about some. This form holds only those.",
    "Your earlier answer, and what we ask, stand under each statement.",
    "What you fill in here replaces that part of your earlier answer: its level, its comment or all of its evidence. "
    "What you leave empty stays as it was. To take evidence away, write \N{LEFT DOUBLE QUOTATION MARK}none"
    "\N{RIGHT DOUBLE QUOTATION MARK} as the document.",
)
_OWN_ANSWER = (
    "For each statement, choose the level that describes what is in place today. The meanings of the levels "
    "stand before the statements of each section.",
    CHOOSE_LOWER,
    f"If you cannot tell, choose \N{LEFT DOUBLE QUOTATION MARK}{NOT_ASSESSED}\N{RIGHT DOUBLE QUOTATION MARK} "
    "and say why in the comment. It is counted apart, never as the lowest level.",
)
_OWN_LAST_YEAR = "Last year's level and comment are shown for reference. They are not filled in for this year."
_PARTNER_ANSWER = (
    "Read each statement and choose the level that fits best what you see. What the levels mean is explained "
    "before the statements of each section.",
    CHOOSE_LOWER,
    f"If you do not know, choose \N{LEFT DOUBLE QUOTATION MARK}{NOT_ASSESSED}\N{RIGHT DOUBLE QUOTATION MARK} "
    "and tell us why. That is a useful answer too.",
    "In the comment, tell us what you have seen or heard. Plain words are best.",
)
_PARTNER_LAST_YEAR = "What you told us last year is shown to remind you. You do not have to say the same."
_EVIDENCE = (
    "Evidence: choose the document from the list. If it is not there, write its name and send the document with "
    "this form, or put it into the comment of the Word form.",
    f"Page: give {PAGE_HELP}. For a spreadsheet give the sheet, for example: sheet Summary.",
    "Words: copy the words that you rely on exactly as they stand on that page.",
)
_ROOM = (
    f"There is room for {EVIDENCE_LINES} documents under each statement. If you have more, write them all into the "
    "last line, separated by a semicolon."
)
_MORE_DOCUMENTS = "If you have more documents than lines, write them all into the last line, with a semicolon between."
_OWN_ACTIONS, _PARTNER_ACTIONS = FOR_ACTIONS


def _title(case: Case, respondent: Respondent) -> str:
    if respondent.role is Role.PARTNER:
        return f"How do you see it? {case.assessment.organisation} and health inequalities"
    return f"Self-assessment form for {respondent.name}"


def _own_welcome(case: Case) -> tuple[str, ...]:
    about = f"It asks these statements of: {case.assessment.subject}." if case.assessment.subject else ""
    first = (
        f"This form is for the {case.assessment.cycle} self-assessment of {case.assessment.organisation}. It holds "
        "only the statements that you are asked to answer."
    )
    columns = (f"{c.title}: {c.meaning}" for c in case.framework.columns if c.meaning)
    return tuple(s for s in (first, about, *columns, case.framework.wording, case.framework.note) if s)


def _partner_welcome(case: Case) -> tuple[str, ...]:
    organisation = case.assessment.organisation
    about = f"We ask about: {case.assessment.subject}." if case.assessment.subject else ""
    first = (
        "Some groups of people have poorer health than others, and find it harder to get care. Those differences "
        f"are called health inequalities. {organisation} is looking at how well it works to reduce them."
    )
    second = (
        "You work with us, or use what we pay for, so you see things that we do not. Your answers stand beside our "
        "own. They are never mixed in with ours or averaged, so a different view will be seen."
    )
    third = "You do not have to answer everything. Answer what you know about."
    return tuple(s for s in (first, second, about, third) if s)


def _return(case: Case, stem: str) -> tuple[str, ...]:
    contacts = case.assessment.contacts
    to = f"Send it to {list_in_words(contacts, 'or')}" if contacts else "Send it to the person who sent it to you"
    return (
        f"Save the form under the name that it has ({stem}.xlsx or {stem}.docx).",
        f"{to}. Send the Excel form or the Word form, not both.",
        "Please keep the first column and the headings as they are: answers are found by them.",
    )


def _after(respondent: Respondent) -> tuple[str, ...]:
    shorter = (
        "If you fill in the shorter comment, that one is printed instead in public papers, and marked as shortened."
    )
    marking = "Levels and comments of partners are shown under the name of their organisation."
    named = (marking,) if respondent.role is Role.PARTNER else ()
    return (MAY_BE_PRINTED, shorter, *named, NO_PERSONAL_DATA)
