"""What falls due: a calendar of it, and one letter for each person who has something to do."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.dossier.views import Dossier
from pipeline.files import possible_name
from pipeline.text import date_in_words, decided, legible, list_in_words

CALENDAR = "due.ics"
LETTERS = "letters"
AHEAD = datetime.timedelta(days=183)
"""How far after the meeting a letter looks, where no next review is set: half a year."""
PILOT = "pilot"
ACTION_TO_DO = "Tell the authors of the action plan when an action is done, or its new date and the reason for it."
REVIEW_TO_DO = "Send the new version of a document, or its new review date, to the keeper of the evidence register."
PILOT_TO_DO = (
    "Tell the keeper of the funding table whether a pilot stops, goes on or becomes permanent, and who decided."
)
TO_AUTHORS = "Authors of the paper"
UNSENT = "X-Unsent"
"""Mail programs open such a file as a message to be finished and sent."""


@dataclass(frozen=True)
class Due:
    """One thing that falls due on a day, and who sees to it."""

    key: str
    """The same in every run, so that a calendar knows an entry again: `action-A01`."""
    day: datetime.date
    who: str
    what: str
    """In a few words: `Action A01: name a lead for each place`."""
    to_do: str


def falls_due(dossier: Dossier) -> tuple[Due, ...]:
    """Open actions, review dates of the documents cited, and ends of pilots without a decision; earliest first."""
    found = [*_actions(dossier), *_reviews(dossier), *_pilots(dossier)]
    return tuple(sorted(found, key=lambda due: (due.day, due.key)))


def _actions(dossier: Dossier) -> Iterator[Due]:
    for action in dossier.actions:
        if action.status == "open" and action.due:
            what = f"Action {action.id}: {action.action}"
            yield Due(f"action-{action.id}", action.due, action.owner or TO_AUTHORS, what, ACTION_TO_DO)


def _reviews(dossier: Dossier) -> Iterator[Due]:
    for document in dossier.documents:
        if document.review_by and document.statements:
            what = f"Review of {document.id}: {document.title} (cited for {list_in_words(document.statements)})"
            yield Due(f"review-{document.id}", document.review_by, document.owner or TO_AUTHORS, what, REVIEW_TO_DO)


def _pilots(dossier: Dossier) -> Iterator[Due]:
    for row in dossier.funding:
        if row.category == PILOT and row.ends and not decided(row.decision):
            what = f"End of pilot: {row.scheme}"
            yield Due(f"pilot-{row.id}", row.ends, row.decided_by or TO_AUTHORS, what, PILOT_TO_DO)


def calendar(dossier: Dossier) -> bytes:
    """Everything that falls due as whole-day entries (iCalendar), the same bytes each time."""
    import icalendar

    book = icalendar.Calendar()
    book.add("prodid", "-//boardpack//due//EN")
    book.add("version", "2.0")
    stamp = datetime.datetime.combine(dossier.as_of, datetime.time(), tzinfo=datetime.UTC)
    for due in falls_due(dossier):
        entry = icalendar.Event()
        known = hashlib.sha256(f"{dossier.organisation}\n{dossier.cycle}\n{due.key}".encode()).hexdigest()[:32]
        entry.add("uid", f"{known}@boardpack")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", due.day)
        entry.add("dtend", due.day + datetime.timedelta(days=1))
        entry.add("summary", due.what)
        entry.add("description", f"{due.who}. {due.to_do}")
        entry.add("transp", "TRANSPARENT")
        book.add_component(entry)
    return bytes(book.to_ical())


@dataclass(frozen=True)
class Letter:
    """A plain letter to one role, as Markdown. No address stands in it: who writes knows where it goes."""

    who: str
    subject: str
    text: str

    @property
    def name(self) -> str:
        """Its file's name without an ending: `chief-finance-officer`."""
        return possible_name("-".join(self.who.casefold().replace("/", " ").split()))

    def mail(self) -> bytes:
        """The same as a message that a mail program opens to be finished and sent."""
        message = EmailMessage(policy=SMTP)
        message["Subject"] = " ".join(legible(self.subject).split())
        message[UNSENT] = "1"
        message.set_content(self.text, charset="utf-8", cte="quoted-printable")
        return message.as_bytes()


def letters(dossier: Dossier) -> tuple[Letter, ...]:
    """One for each person or group with a form outstanding, something to put right, or something falling due soon."""
    horizon = dossier.cover.next_review or dossier.cover.date + AHEAD
    parts: dict[str, list[str]] = {}

    def add(who: str, heading: str, lines: Sequence[str]) -> None:
        if lines:
            parts.setdefault(who, []).append("\n".join([f"## {heading}", "", *(f"- {line}" for line in lines)]))

    for respondent in dossier.respondents:
        if not respondent.returned:
            line = f"We have no form yet that answers for {respondent.name}. Please send back the one you were given."
            add(respondent.name, "Your form", [line])
    stopping = [f for f in dossier.findings if f.severity == "blocker"]
    for who in dict.fromkeys(f.who for f in stopping):
        lines = dict.fromkeys(f"{f.message} {f.remedy}" for f in stopping if f.who == who)
        add(who, "To put right before the paper can be final", list(lines))
    soon = [due for due in falls_due(dossier) if due.day <= horizon]
    for who in dict.fromkeys(due.who for due in soon):
        mine = [due for due in soon if due.who == who]
        late = [_line(due) for due in mine if due.day < dossier.as_of]
        coming = [_line(due) for due in mine if due.day >= dossier.as_of]
        add(who, f"Overdue on {date_in_words(dossier.as_of)}", late)
        add(who, f"Due by {date_in_words(horizon)}", coming)
        add(who, "What to do", list(dict.fromkeys(due.to_do for due in mine)))
    return tuple(_letter(dossier, who, lines) for who, lines in sorted(parts.items()))


def _line(due: Due) -> str:
    return f"{date_in_words(due.day)}: {due.what.rstrip('.')}."


def _letter(dossier: Dossier, who: str, parts: Sequence[str]) -> Letter:
    meeting = f"{dossier.cover.meeting}, {date_in_words(dossier.cover.date)}"
    subject = f"{dossier.cover.title}: what we need from you"
    opening = f"To: {who}\n\nThis is about the paper “{dossier.cover.title}” for the {meeting}."
    closing = f"Thank you.\n\n{dossier.organisation}"
    return Letter(who, subject, "\n\n".join([opening, *parts, closing]) + "\n")
