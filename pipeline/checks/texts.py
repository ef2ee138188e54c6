"""What the authors wrote, piece by piece with its place: everything that a paper prints as it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from pipeline.checks.scope import public_papers_with
from pipeline.inputs.narrative import citation_spans
from pipeline.model import Assessment, Case, Citation, Place, Role
from pipeline.score import Scores
from pipeline.score.live import fill_in, live_figures
from pipeline.score.movement import actions_not_carried
from pipeline.score.results import answers_by_role

_LIVE = re.compile(r"\{\{[^{}\n]*\}\}")
# fmt: off
ACTION_TEXTS = ("action", "owner", "measure", "closes", "progress")
RISK_TEXTS = (
    "objective", "risk", "cause", "effect", "lead", "committee", "controls", "gaps_in_control", "gaps_in_assurance",
    "assurance_rating", "appetite", "rationale",
)
FUNDING_TEXTS = ("scheme", "place_name", "redirected", "decision", "decided_by", "basis", "method", "evaluation")
INDICATOR_TEXTS = (
    "area", "indicator", "category", "comparator", "source", "published_at", "action_taken", "why_missing",
)
SCHEME_TEXTS = (
    "problem", "why", "period", "in_scope", "out_of_scope", "inequality", "baseline", "expected", "actual",
    "evaluation", "decision",
)
COVER_TEXTS = (
    "title", "meeting", "agenda_item", "report_by", "action_required", "key_areas", "strategic_objectives",
    "involvement", "conflicts_of_interest", "foi_status", "equality_impact_assessment",
)
PEOPLE_TEXTS = (
    "organisation", "senior_responsible_officer", "non_executive_lead", "committee", "objectives", "subject",
    "comparable",
)
# fmt: on
DOCUMENT, FRAMEWORK = "document", "framework"
SHOWN_OF_ANY_DOCUMENT = ("owner", "url")
"""Of a document that is not public its owner is named, and nothing else; but no address may hold a password."""
NEVER_PRINTED = ("evidence", "assurances")
"""Columns of citations, which are shown as what they were understood to be."""
NOT_PRINTED = {
    "cover": ("file", "framework", "column_names", "tags", "severities", "contacts", "agreed_exceptions"),
    "exception": ("code", "subject", "statement"),
    "sign-off": ("rows", "evidence", "inputs", "digest", "previous", "mends"),
}
RENAMED = {"place_name": "place"}
"""Columns that the model has under another name."""


@dataclass(frozen=True)
class AuthorsText:
    """One piece of text. `kind`: comment, narrative, cover, exception, framework, or what a row of the table is."""

    kind: str
    text: str
    place: Place
    statement: str | None = None
    respondent: str | None = None
    about: str | None = None
    hidden_in_public: bool = False
    """A comment that a public paper replaces with its public comment."""

    def at(self, position: int) -> Place:
        """The place of something in the text: in narrative, its line."""
        if self.kind != "narrative":
            return self.place
        return Place(self.place.file, self.text.count("\n", 0, position) + 1, self.place.field)

    @property
    def named(self) -> str:
        """`The comment on GA3`, `The narrative executive-summary`: how a message begins."""
        field = (self.place.field or "").removeprefix("paper.").replace("_", " ")
        return {
            "comment": f"The {field} on {self.statement}",
            "narrative": f"The narrative {self.about}",
            "cover": f"The field `{self.place.field}` of assessment.yaml",
            "exception": f"The {field} of an agreed exception",
            "left out": f"The reason for leaving out {self.statement}",
            FRAMEWORK: f"The {field.replace('.', ' ')} of the framework",
            "quotation": f"The evidence cited for {self.statement or self.about or 'the narrative'}",
        }.get(self.kind, f"The {field} of {self.kind} {self.about}")


def authors_texts(case: Case, scores: Scores | None) -> Iterator[AuthorsText]:
    """Everything the authors wrote that is not empty, in the order in which the papers show it.

    Live figures are filled in where there are scores.
    """
    pieces = (_cover(case.assessment), _narratives(case, scores), _tables(case), _comments(case), _rest(case))
    return (t for piece in pieces for t in piece if t.text.strip())


def public_texts(case: Case, scores: Scores) -> Iterator[tuple[AuthorsText, tuple[str, ...]]]:
    """Every text that a public paper may print, each with those papers: whatever field it stands in."""
    for text in _every_text(case, scores):
        papers = public_papers_with(text.place.file, case.assessment)
        if papers and not text.hidden_in_public and text.text.strip():
            yield text, papers


def _every_text(case: Case, scores: Scores) -> Iterator[AuthorsText]:
    yield from _fields(case.assessment, Place(case.assessment.file), "cover")
    yield from _narratives(case, scores)
    tables: dict[str, Sequence[Any]] = {
        "action": case.actions,
        "risk": case.risks,
        "funding": case.funding,
        "indicator": case.indicators,
    }
    tables |= {"scheme": case.schemes, "sign-off": case.signoffs, "exception": case.assessment.agreed_exceptions}
    for kind, rows in tables.items():
        for row in rows:
            yield from _fields(row, row.place, kind, about=getattr(row, "id", ""))
    answers = answers_by_role(case)
    for a in (a for s in case.statements for role in Role for a in answers.get(s.id, {}).get(role, ())):
        for text in _fields(a, a.place, "comment", statement=a.statement, respondent=a.respondent):
            yield replace(text, hidden_in_public=text.place.field == "comment" and bool(a.public_comment.strip()))
    for document in case.register:
        for text in _fields(document, document.place, DOCUMENT, about=document.id):
            if document.visibility == "public" or text.place.field in SHOWN_OF_ANY_DOCUMENT:
                yield text
    if not case.framework.shipped:
        folder = PurePosixPath(case.assessment.file).parent
        yield from _fields(case.framework, Place(f"{folder}/{case.assessment.framework}"), FRAMEWORK)


def _fields(
    record: object,
    place: Place,
    kind: str,
    *,
    about: str = "",
    statement: str | None = None,
    respondent: str | None = None,
) -> Iterator[AuthorsText]:
    """Every text in a record, found by walking its types, so that a field added tomorrow is looked through too."""
    unprinted = NOT_PRINTED.get(kind, ()) + NEVER_PRINTED
    for path, text in strings(record, leaving_out=unprinted):
        field = RENAMED.get(path, path)
        yield AuthorsText(kind, text, _in(place, field), statement, respondent, about or None)


def strings(value: object, path: str = "", leaving_out: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Every text inside a value, with the names of the fields that lead to it: `paper.implications.equality`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(key, path)
            yield from strings(inner, f"{path}.{key}".strip("."), leaving_out)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from strings(inner, path, leaving_out)
    elif is_dataclass(value) and not isinstance(value, (type, Place, Citation)):
        for name in (f.name for f in fields(value)):
            if name not in leaving_out:
                yield from strings(getattr(value, name), f"{path}.{name}".strip("."), leaving_out)


def _cover(assessment: Assessment) -> Iterator[AuthorsText]:
    paper, file = assessment.paper, assessment.file

    def text(field: str, value: str) -> AuthorsText:
        return AuthorsText("cover", value, Place(file, None, field))

    for name in PEOPLE_TEXTS:
        yield text(name, _joined(getattr(assessment, name)))
    for name in COVER_TEXTS:
        yield text(f"paper.{name}", _joined(getattr(paper, name)))
    for key, value in paper.implications.items():
        yield text(f"paper.implications.{key}", value)
    for considered in paper.previously_considered:
        yield text("paper.previously_considered", f"{considered.meeting}. {considered.outcome}")
    if paper.assurance_offered:
        yield text("paper.assurance_offered", paper.assurance_offered.reason)


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _narratives(case: Case, scores: Scores | None) -> Iterator[AuthorsText]:
    figures = live_figures(scores, case) if scores and case.narratives else {}
    for narrative in sorted(case.narratives, key=lambda n: _reading_order(n.name, case)):
        text = fill_in(without_citations(narrative.text), figures)[0]
        # A figure that does not exist has its own finding.
        text = _LIVE.sub("", text)
        yield AuthorsText("narrative", text, Place(narrative.place.file, None, "text"), about=narrative.name)


def _reading_order(name: str, case: Case) -> tuple[int, str]:
    parts = [f"annual-report-{part}".casefold() for part in case.framework.annual_report_parts]
    order = ["executive-summary", "background", "next-steps", *parts]
    key = name.casefold()
    return (order.index(key) if key in order else len(order), key)


def without_citations(text: str) -> str:
    """Narrative without its `[@...]`, which are no prose; everything else keeps its line."""
    kept, position = [], 0
    for start, end in citation_spans(text):
        kept += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end
    return "".join((*kept, text[position:]))


def _tables(case: Case) -> Iterator[AuthorsText]:
    for action in case.actions:
        for name in ACTION_TEXTS:
            yield AuthorsText("action", getattr(action, name), _in(action.place, name), about=action.id)
    for risk in case.risks:
        for name in RISK_TEXTS:
            yield AuthorsText("risk", getattr(risk, name), _in(risk.place, name), about=risk.id)


def _comments(case: Case) -> Iterator[AuthorsText]:
    answers = answers_by_role(case)
    for statement in case.statements:
        for role in Role:
            for a in answers.get(statement.id, {}).get(role, ()):
                replaced = bool(a.public_comment.strip())
                place, shorter = _in(a.place, "comment"), _in(a.place, "public_comment")
                yield AuthorsText("comment", a.comment, place, a.statement, a.respondent, hidden_in_public=replaced)
                yield AuthorsText("comment", a.public_comment, shorter, a.statement, a.respondent)
                yield AuthorsText("comment", a.dissent, _in(a.place, "dissent"), a.statement, a.respondent)


def _rest(case: Case) -> Iterator[AuthorsText]:
    for left in case.assessment.left_out:
        yield AuthorsText("left out", f"{left.reason}\n{left.agreed_by}", _in(left.place, "reason"), left.statement)
    for gone in actions_not_carried(case):
        yield AuthorsText("earlier action", gone.action, _in(gone.place, "action"), about=gone.id)
    for agreed in case.assessment.agreed_exceptions:
        yield AuthorsText("exception", f"{agreed.reason}\n{agreed.mitigation}", agreed.place)
    for funding in case.funding:
        for name in FUNDING_TEXTS:
            field = "place" if name == "place_name" else name
            yield AuthorsText("funding", getattr(funding, name), _in(funding.place, field), about=funding.id)
    for indicator in case.indicators:
        for name in INDICATOR_TEXTS:
            yield AuthorsText("indicator", getattr(indicator, name), _in(indicator.place, name), about=indicator.id)
    for scheme in case.schemes:
        for name in SCHEME_TEXTS:
            yield AuthorsText("scheme", getattr(scheme, name), _in(scheme.place, name), about=scheme.id)
        goals = "\n".join(v for goal in scheme.goals for v in goal.values())
        yield AuthorsText("scheme", goals, _in(scheme.place, "goals"), about=scheme.id)
        yield AuthorsText("scheme", "\n".join(scheme.lessons), _in(scheme.place, "lessons"), about=scheme.id)


def _in(place: Place, field: str) -> Place:
    return place.at(field)
