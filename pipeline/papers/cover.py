"""The cover sheet: a row for each field that was given, and no row for one that was not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.dossier.views import Dossier, LeftOutView, SignOffView
from pipeline.text import date_in_words, list_in_words, number_in_words, sentence_case, the

FOLLOWS = (
    "Headline; heatmap; where we are weakest; what moved; where views differ; where we are strong; actions due and "
    "overdue; how far this can be relied on; questions; next steps"
)
TICKED, NOT_TICKED = "☑", "☐"
NOT_TO_BE_PUBLISHED = "INTERNAL: for a private session; not for publication."


@dataclass(frozen=True)
class Row:
    """A label and the lines beside it."""

    label: str
    lines: tuple[str, ...]


def _rows(fields: Iterable[tuple[str, Iterable[str]]]) -> tuple[Row, ...]:
    kept = ((label, tuple(line for line in lines if line)) for label, lines in fields)
    return tuple(Row(label, lines) for label, lines in kept if lines)


def marking(dossier: Dossier) -> str:
    """`Public`, `Private` or `INTERNAL`, for the header of each page."""
    return {"public": "Public", "private": "Private"}.get(dossier.audience, "INTERNAL")


def first_line(dossier: Dossier) -> str:
    """What stands first in a file that is not fit to publish; empty in a public paper."""
    if dossier.audience == "public":
        return ""
    return NOT_TO_BE_PUBLISHED if dossier.audience == "private" else "INTERNAL: not for publication."


def who_is_asked(dossier: Dossier) -> str:
    """`the Board`, or the meeting by its own name."""
    meeting = dossier.cover.meeting
    if "board" in meeting.lower():
        return "the Board"
    return meeting if meeting.lower().startswith("the ") else f"the {meeting}"


def upper_rows(dossier: Dossier) -> tuple[Row, ...]:
    """Before the executive summary: which meeting, what for, by whom."""
    cover = dossier.cover
    session = f"{cover.session} session" if cover.session else ""
    item = f"{cover.agenda_item} ({session})" if cover.agenda_item else sentence_case(session)
    return _rows(
        (
            ("Meeting", [cover.meeting]),
            ("Organisation", [dossier.organisation]),
            ("Date", [date_in_words(cover.date)]),
            ("Agenda item", [item]),
            ("Purpose", [f"For {cover.type}" if cover.type else ""]),
            ("Key areas", [", ".join(sentence_case(area) for area in cover.key_areas)]),
            ("Executive lead", [dossier.senior_responsible_officer]),
            ("Non-executive lead", [dossier.non_executive_lead]),
            ("Report by", cover.report_by),
            ("Committee", [dossier.committee]),
            ("Strategic objectives", [f"{TICKED if t else NOT_TICKED} {words}" for t, words in cover.objectives]),
            ("Reason for the private session", [cover.session_reason if cover.session == "private" else ""]),
            ("As at", [_as_at(dossier)]),
            ("Coverage", [f"This paper {dossier.partial}." if dossier.partial else ""]),
            ("Left out", [_left_out(left) for left in dossier.left_out]),
        )
    )


def lower_rows(dossier: Dossier) -> tuple[Row, ...]:
    """After the executive summary: assurance, exceptions, what else members are told."""
    cover = dossier.cover
    offered = sentence_case(cover.assurance_level) if cover.assurance_level else ""
    reason = f"{offered}. {cover.assurance_reason}" if cover.assurance_reason else offered
    return _rows(
        (
            ("Assurance offered", [reason]),
            ("This paper", [what_follows(dossier)]),
            ("Agreed exceptions", [_exceptions(dossier)]),
            ("Previously considered", [_considered(dict(c)) for c in cover.previously_considered]),
            ("BAF risks", [_risk(dossier, ident) for ident in cover.baf_risks]),
            *((label, [text]) for label, text in (_implication(i) for i in cover.implications)),
            ("Involvement", [cover.involvement]),
            ("Equality impact assessment", [cover.equality_impact_assessment]),
            ("Conflicts of interest", [cover.conflicts_of_interest]),
            ("Freedom of information", ["" if _contradicted(dossier) else sentence_case(cover.foi_status)]),
            ("Next review", [date_in_words(cover.next_review)]),
            ("Signed off", [f"{s.by}, {_day(s.on)}{_since(s)}" for s in dossier.signoffs]),
        )
    )


def _contradicted(dossier: Dossier) -> bool:
    """True of a status that says open on a paper that is marked as not for publication."""
    return dossier.audience != "public" and dossier.cover.foi_status.strip().lower() == "open"


def what_follows(dossier: Dossier) -> str:
    """The parts of the board paper and its annexes."""
    separate = dossier.cover.evidence_annex == "separate"
    annex_b = "Annex B (a paper of its own): evidence by statement" if separate else "Annex B: evidence by statement"
    return f"{FOLLOWS}. Annex A: action plan. {annex_b}. Annex C: abbreviations."


def _since(signed: SignOffView) -> str:
    """What was not signed of what is printed here."""
    return f" (changed since then, and not signed: {list_in_words(signed.changed)})" if signed.changed else ""


def _as_at(dossier: Dossier) -> str:
    """The day on which evidence and actions were judged, where it is not the day of the meeting."""
    if dossier.as_of == dossier.cover.date:
        return ""
    return f"Evidence and actions are judged as at {date_in_words(dossier.as_of)}."


def _left_out(left: LeftOutView) -> str:
    named = left.statement if left.short == left.statement else f"{left.statement} {left.short}"
    by = f" Agreed by {the(left.agreed_by)}." if left.agreed_by else ""
    return f"{named}: {left.reason.rstrip('.')}.{by}"


def _day(written: str) -> str:
    """A date as the records write it, in words."""
    try:
        return date_in_words(datetime.date.fromisoformat(written[:10]))
    except ValueError:
        return written


def _implication(given: tuple[str, str]) -> tuple[str, str]:
    label, text = given
    return f"{label} implications", text


def _exceptions(dossier: Dossier) -> str:
    number = len(dossier.exceptions)
    if not number:
        return "No agreed exception."
    return f"{sentence_case(number_in_words(number))}; each is printed below with its reason and who agreed it."


def _considered(given: dict[str, str]) -> str:
    when = ", ".join(part for part in (given.get("meeting", ""), given.get("date", "")) if part)
    return f"{when}: {given['outcome']}" if given.get("outcome") else when


def _risk(dossier: Dossier, ident: str) -> str:
    risk = next((r.risk for r in dossier.risks if r.id == ident), "")
    return f"{ident}: {risk}" if risk else ident
