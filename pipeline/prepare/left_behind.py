"""carried-over.md: what stays behind in the old cycle, what needs a look in the new one, and what to do about each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Assessment, Case, EvidenceDocument, Level, Paper, Risk, Role
from pipeline.model.periods import months_after
from pipeline.prepare.carrying import Carried, recurs
from pipeline.score.movement import reported_levels
from pipeline.text import date_in_words, list_in_words, says_nothing

MOMENTS = ("minutes", "letter", "audit", "survey", "engagement")
"""Kinds that record a moment: they have no review date, and count for less as they age."""
ASKED_ANEW = (
    "action_required",
    "assurance_offered",
    "implications",
    "involvement",
    "conflicts_of_interest",
    "equality_impact_assessment",
    "previously_considered",
)
"""What the cover said of the last paper, and nobody has said of the next."""
NOBODY = "no owner named"


@dataclass(frozen=True)
class OutOfDate:
    """A document that will be out of date by the new meeting."""

    id: str
    title: str
    owner: str
    reason: str
    cited: bool


def out_of_date(case: Case, day: datetime.date) -> tuple[OutOfDate, ...]:
    """The documents that will be past their review date, or too old for what they are cited for; cited ones first."""
    replaced = {old for d in case.register if d.dated and d.dated <= day for old in d.supersedes}
    uses = _uses(case)
    cited = {c.evidence for c in case.citations}
    found = [
        OutOfDate(d.id, d.title, d.owner, reason, d.id in cited)
        for d in case.register
        # Of a document that was replaced, its successor is what matters.
        if d.id not in replaced and (reason := _why(d, case, day, uses))
    ]
    return tuple(sorted(found, key=lambda d: not d.cited))


_Uses = Mapping[str, tuple[Level, frozenset[str]]]
"""Statement -> the level reported, and the documents cited there by the team or the Board."""


def _uses(case: Case) -> _Uses:
    roles = {r.id: r.role for r in case.assessment.respondents}
    documents: dict[str, set[str]] = {}
    for form in case.forms:
        for answer in form.answers if roles.get(form.respondent) in (Role.TEAM, Role.BOARD) else ():
            documents.setdefault(answer.statement, set()).update(c.evidence for c in answer.citations)
    levels = {level.id: level for level in case.framework.levels}
    reported = reported_levels(case)
    return {s: (levels[reported[s]], frozenset(ids)) for s, ids in documents.items() if reported.get(s) in levels}


def _why(document: EvidenceDocument, case: Case, day: datetime.date, uses: _Uses) -> str:
    if document.review_by and document.review_by < day:
        return f"to be reviewed by {date_in_words(document.review_by)}"
    if not document.dated:
        return ""
    used = {s: level for s, (level, ids) in uses.items() if document.id in ids}
    ages_by_itself = document.kind in MOMENTS and not document.review_by
    too_old: dict[Level, list[str]] = {}
    for statement, level in used.items():
        if _too_old(document, level.requires.max_age_months, day):
            others = (case.document(other) for other in uses[statement][1] - {document.id})
            younger = any(o and o.dated and not _too_old(o, level.requires.max_age_months, day) for o in others)
            if ages_by_itself or not younger:
                too_old.setdefault(level, []).append(statement)
    ages = [level.requires.max_age_months for level in case.framework.levels if level.requires.max_age_months]
    if not used and ages_by_itself and ages and _too_old(document, max(ages), day):
        return f"dated {date_in_words(document.dated)}, more than {max(ages)} months before"
    asked = (
        f"{level.name} asks for evidence of the last {level.requires.max_age_months} months ({list_in_words(names)})"
        for level, names in sorted(too_old.items(), key=lambda found: found[0].rank)
    )
    return f"dated {date_in_words(document.dated)}; {'; '.join(asked)}" if too_old else ""


def _too_old(document: EvidenceDocument, months: int | None, day: datetime.date) -> bool:
    return bool(months and document.dated and document.dated < months_after(day, -months))


@dataclass(frozen=True)
class _Part:
    """One heading, what to do about it, and what it is about; nothing is printed where the last is empty."""

    title: str
    to_do: str
    lines: Sequence[str]


def carried_over(
    case: Case, new: str, day: datetime.date, carried: Carried, old_documents: Sequence[OutOfDate], check: str
) -> str:
    """The list, as Markdown."""
    a = case.assessment
    parts = [
        _Part("The paper", "Settle each in assessment.yaml.", [*_paper(a, day, check)]),
        *_actions(case, carried, day),
        *_risks(carried.risks, day),
        *_money(case, carried),
        _Part(
            "Lessons of the schemes",
            "Plan the next schemes with them.",
            [f"{s.id}: {_line(lesson)}" for s in case.schemes for lesson in s.lessons],
        ),
        _Part(
            "Indicators",
            "What each one is was copied; period, values and what was done were not. Ask its source for the new ones.",
            [*_indicators(carried)],
        ),
        _Part(
            f"Documents that will be out of date by {date_in_words(day)}",
            "Ask each owner for the new version or a new review date.",
            [*_documents(old_documents)],
        ),
        _Part(
            "Agreed exceptions",
            "None is copied. Put right what each was about; if one is still needed, have it agreed anew.",
            [
                f"{e.subject}{f' on {e.statement}' if e.statement else ''}: {_line(e.reason)} (agreed by {e.agreed_by})"
                for e in a.agreed_exceptions
            ],
        ),
        _Part(
            "Narrative",
            "None is copied: it tells of the last paper. Write it anew in narrative/.",
            [f"{narrative.name}.md" for narrative in case.narratives],
        ),
    ]
    lines = [
        f"# Carried over from {a.cycle} to {new}",
        "",
        "What was copied and needs a look, and what was left behind. No paper prints this file: take a line out when",
        "it is settled, or the whole file when you like. No level, comment or sign-off is copied.",
    ]
    for part in parts:
        if part.lines:
            lines += ["", f"## {part.title}", "", part.to_do, "", *(f"- {line}" for line in part.lines)]
    return "\n".join(lines) + "\n"


def _paper(a: Assessment, day: datetime.date, check: str) -> Iterator[str]:
    if check:
        yield f"The date of the meeting, {date_in_words(day)}, is a guess: agree it."
    if a.paper.next_review:
        yield f"The last paper named {date_in_words(a.paper.next_review)} as the next review."
    if given := [name for name in ASKED_ANEW if _given(a.paper, name)]:
        yield f"Not copied, since it was said of the last paper: {list_in_words([f'`{name}`' for name in given])}."
    if a.targets.by and a.targets.by <= day:
        yield f"The date of the targets, {date_in_words(a.targets.by)}, is not copied: it will have passed."
    for left in a.left_out:
        yield f"{left.statement} is left out again ({_line(left.reason)}): is that still so?"


def _given(paper: Paper, name: str) -> bool:
    return bool(getattr(paper, name))


def _actions(case: Case, carried: Carried, day: datetime.date) -> Iterator[_Part]:
    yield _Part(
        f"Open actions that will be past their date by {date_in_words(day)}",
        "Ask each owner: done (with evidence), a new date with the reason, or dropped and why.",
        [
            f"{a.id}, {a.owner or NOBODY}, due {date_in_words(a.due)}: {_line(a.action)}"
            for a in carried.actions
            if a.due and a.due < day
        ],
    )
    yield _Part(
        "Actions left behind",
        "Nothing need be done. They stand in the old cycle; an action that was not finished after all is added anew.",
        [
            f"{a.id}, {a.status}{'' if a.status != 'done' or a.citations else ', no evidence named'}: {_line(a.action)}"
            for a in case.actions
            if a not in carried.actions
        ],
    )


def _risks(risks: Sequence[Risk], day: datetime.date) -> Iterator[_Part]:
    yield _Part(
        "Risks to score anew",
        "The current score was copied, and also stands as the previous one; the rationale is empty. Ask each lead for "
        "the score as it is now, the reason if it moved, and the date of the review.",
        [f"{r.id}, {r.lead or 'no lead named'}: {_line(r.risk)}{_score(r)}" for r in risks],
    )
    yield _Part(
        f"Risks whose target date will have passed by {date_in_words(day)}",
        "Agree a new date with each lead, or say that the target is reached.",
        [
            f"{r.id}, {r.lead or 'no lead named'}: {date_in_words(r.target_date)}"
            for r in risks
            if r.target_date and r.target_date < day
        ],
    )


def _score(risk: Risk) -> str:
    return f" (score {risk.current.value})" if risk.current.value else " (no score given)"


def _money(case: Case, carried: Carried) -> Iterator[_Part]:
    again = [row for row in carried.funding if recurs(row)]
    yield _Part(
        "Money that recurs",
        "Copied, with the new year where the old one stood. Confirm amount, decision and evaluation of each.",
        [f"{row.id}: {_line(row.scheme)}{f', £{row.amount:,.0f}' if row.amount is not None else ''}" for row in again],
    )
    yield _Part(
        "Money that does not recur: copied, since it waits for a decision or is of this same year",
        "Write what was decided and by whom, or take the row out.",
        [
            f"{row.id}: {_line(row.scheme)}{f', ends {date_in_words(row.ends)}' if row.ends else ''}"
            f" ({_line(row.decided_by) or 'nobody is named to decide'})"
            for row in carried.funding
            if row not in again
        ],
    )
    yield _Part(
        "Money left behind",
        "It does not recur. Add what goes on to funding.csv.",
        [
            f"{row.id}: {_line(row.scheme)}{_decision(row.decision)}"
            for row in case.funding
            if row not in carried.funding
        ],
    )
    yield _Part(
        "Schemes that wait for a decision",
        "The charter was copied as it was. Bring it up to date, and write the decision when there is one.",
        [s.id for s in carried.schemes],
    )
    yield _Part(
        "Schemes left behind",
        "They are decided. Write a new charter in schemes/ for what goes on.",
        [f"{s.id}{_decision(s.decision)}" for s in case.schemes if s not in carried.schemes],
    )


def _decision(text: str) -> str:
    return "" if says_nothing(text) else f" ({_line(text)})"


def _indicators(carried: Carried) -> Iterator[str]:
    seen: set[str] = set()
    for row in carried.indicators:
        if row.id not in seen:
            seen.add(row.id)
            missing = f"; last time: {_line(row.why_missing)}" if not says_nothing(row.why_missing) else ""
            yield f"{row.id}: {_line(row.indicator)} ({_line(row.source) or 'no source named'}){missing}"


def _documents(found: Sequence[OutOfDate]) -> Iterator[str]:
    """By owner, in the order in which owners first stand in the list."""
    for owner in dict.fromkeys(d.owner for d in found):
        for document in (d for d in found if d.owner == owner):
            cited = "" if document.cited else "; not cited"
            yield f"{owner or NOBODY}: {document.id} {_line(document.title)}, {document.reason}{cited}"


def _line(text: str) -> str:
    return " ".join(text.split())
