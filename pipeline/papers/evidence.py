"""Evidence as Annex B prints it: each citation with its place, the words in their context, and what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.dossier.citations import SLIDES
from pipeline.dossier.views import AnswerView, CitationView, Dossier, StatementView
from pipeline.papers.heatmap import bookmark_of
from pipeline.text import date_in_words, list_in_words
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell
from pipeline.word.text import Sentence, paragraph, run

ROLE_NAMES = {"team": "team", "board": "Board", "partner": "partner"}
SHORTENED = "Shortened for publication."
NO_COMMENT = "No comment was given."
NOBODY = "No answer was given."
NOTHING_CITED = "No evidence is cited."


@dataclass(frozen=True)
class CitedLine:
    """One citation in Annex B: where it leads, the words in their context, what was seen."""

    said: Sentence


@dataclass(frozen=True)
class AnswerLine:
    """One respondent's row in Annex B."""

    who: str
    level: str
    comment: str
    remark: str
    cited: tuple[CitedLine, ...]
    none_cited: str


@dataclass(frozen=True)
class StatementEvidence:
    """One statement in Annex B."""

    heading: object
    text: str
    summary: str
    answers: tuple[AnswerLine, ...]
    unanswered: str
    """Who was asked and gave neither level, comment nor evidence; or that nobody answered."""


@dataclass(frozen=True)
class SectionEvidence:
    """One section in Annex B."""

    title: str
    statements: tuple[StatementEvidence, ...]


class Heading:
    """A statement's heading with the bookmark that the heatmap leads to. Used as `{{r name }}`."""

    tag = "r"

    def __init__(self, kit: RenderContext, bookmark: str, words: str) -> None:
        self._kit, self._bookmark, self._words = kit, bookmark, words

    def __html__(self) -> str:
        return self._kit.links.bookmark(self._bookmark, self._kit.sentence(self._words).__html__())


def evidence_of(dossier: Dossier, kit: RenderContext) -> tuple[SectionEvidence, ...]:
    """Every section in scope, in framework order."""
    marks, seen = bookmark_of(dossier), set[str]()
    label = "Proposed level" if dossier.stage == "proposal" else "Reported level"
    return tuple(
        SectionEvidence(section.title, tuple(_statement(s, kit, marks[s.id], label, seen) for s in section.statements))
        for section in dossier.sections
    )


def _statement(
    statement: StatementView, kit: RenderContext, mark: str, label: str, seen: set[str]
) -> StatementEvidence:
    answered = [a for a in statement.answers if a.level or a.comment or a.citations]
    silent = [a.name for a in statement.answers if a not in answered]
    short = "" if statement.short == statement.id else f" {statement.short}"
    return StatementEvidence(
        heading=Heading(kit, mark, f"{statement.id}{short}"),
        text=statement.text,
        summary=_summary(statement, label),
        answers=tuple(_answer(a, kit, seen) for a in answered),
        unanswered=f"No answer came from {list_in_words(silent)}." if silent else "" if answered else NOBODY,
    )


def _summary(statement: StatementView, label: str) -> str:
    said = f"{label}: {statement.cell}"
    if statement.qualifier:
        said += f" ({statement.qualifier})"
    moved = statement.movement.shown
    shown = f"; {moved}" if moved and moved != statement.reported else ""
    aimed = f" The level aimed at is {statement.target}." if statement.below_target and statement.target else ""
    return f"{said}{shown}.{aimed}"


def _answer(answer: AnswerView, kit: RenderContext, seen: set[str]) -> AnswerLine:
    return AnswerLine(
        who=f"{answer.name} ({ROLE_NAMES.get(answer.role, answer.role)})",
        level=answer.level or "no level given",
        comment=answer.comment or NO_COMMENT,
        remark=" ".join(filter(None, (SHORTENED if answer.shortened else "", dissent_said(answer)))),
        cited=tuple(_cited(c, kit, seen) for c in answer.citations),
        none_cited="" if answer.citations else NOTHING_CITED,
    )


def dissent_said(answer: AnswerView) -> str:
    """Who saw it otherwise, beside the level; empty where nobody did."""
    return f"Seen otherwise: {answer.dissent.strip()}" if answer.dissent.strip() else ""


def _cited(citation: CitationView, kit: RenderContext, seen: set[str]) -> CitedLine:
    """What is cited, its note, the words marked in their context, what was seen; the same again points to the note."""
    place = place_of(citation)
    named = citation.title or citation.shown.rstrip(".")
    said = kit.sentence(f"{named}, {place}" if place and citation.title else named).cite([citation])
    told = citation.key in seen
    seen.add(citation.key)
    context = "" if told or citation.redacted or citation.verdict == "not found" else citation.context
    if context:
        before, found, after = context.partition(citation.found) if citation.found else (context, "", "")
        said = said.say(f": “{before}").say(found, bold=True).say(f"{after}”.")
    else:
        said = said.say(".")
    again = " The words stand in full at the same note above." if told and citation.quotation else ""
    return CitedLine(said.say(f" {what_was_seen(citation)}{again if not citation.redacted else ''}"))


def place_of(citation: CitationView) -> str:
    """`page 9 of the PDF (printed page 7)`, `slide 4`, `sheet “Summary”`; empty for a whole document."""
    if citation.sheet:
        return f"sheet “{citation.sheet}”"
    suffix = PurePosixPath(citation.file).suffix.lower()
    if suffix not in (".pdf", *SLIDES):
        return citation.locator if citation.verdict != "found elsewhere" else ""
    noun, whole = ("slide", "") if suffix in SLIDES else ("page", " of the PDF")
    if citation.page_found:
        label = f" (printed page {citation.page_label})" if citation.page_label else ""
        return f"{noun} {citation.page_found}{whole}{label}"
    if not citation.page_cited:
        return ""
    several = "s" if "-" in citation.page_cited else ""
    return f"{noun}{several} {citation.page_cited.replace('-', ' to ')}{whole}"


def what_was_seen(citation: CitationView) -> str:
    """The verdict as a sentence."""
    match citation.verdict:
        case "found on page":
            return _found(citation)
        case "found elsewhere":
            if citation.page_cited and not citation.redacted:
                here = "slide" if place_of(citation).startswith("slide") else "page"
                return f"Found on this {here}, not on page {citation.page_cited}."
            not_there = f", not {citation.locator}" if citation.locator.startswith("at ") else ""
            not_there = not_there or (f", not in {citation.locator}" if citation.locator else "")
            return f"Found elsewhere in the document{not_there}."
        case "found by text recognition":
            return "Found by text recognition alone, in a scan; seen by nobody yet."
        case "not found":
            return _not_found(citation)
        case "not checkable":
            return f"Not checkable: {citation.reason}." if citation.reason else "Not checkable."
        case "seen by a person":
            return "Seen by a person."
        case _:
            page = "The page is cited" if citation.page_cited else "The whole document is cited"
            page = "A part of the document is cited" if citation.locator else page
            return f"{page}; no words are quoted."


def _found(citation: CitationView) -> str:
    if citation.sheet:
        return "Found on the sheet."
    place = "" if citation.redacted else place_of(citation)
    return f"Found on the {place.split()[0].removesuffix('s')}." if place else "Found in the document."


def _not_found(citation: CitationView) -> str:
    if not citation.nearest:
        return "The words cited were not found."
    where = f" (page {citation.nearest_page})" if citation.nearest_page else ""
    return f"The words cited were not found. The nearest passage{where} reads: “{citation.nearest}”"


LINES = {
    1: "First line: the people who do the work",
    2: "Second line: oversight inside the organisation",
    3: "Third line: audit, regulator, peers and partners",
}


def assurances_by_line(assurances: Sequence[CitationView], kit: RenderContext) -> Cell:
    """By the three lines: document, place, date and what was seen."""
    out = []
    for line, title in LINES.items():
        here = [c for c in assurances if min(max(c.assurance_line, 1), 3) == line]
        out.append(paragraph(run(title if here else f"{title}: none recorded", bold=True), kit.styles.id("Table Text")))
        out += [paragraph(_assurance(c, kit).__html__(), kit.styles.id("Table Text")) for c in here]
    return Cell("".join(out), whole=True)


def _assurance(citation: CitationView, kit: RenderContext) -> Sentence:
    named = kit.sentence((citation.title or citation.shown).rstrip(".")).cite([citation])
    where = (place_of(citation), date_in_words(citation.dated))
    said = "".join(f", {part}" for part in where if part)
    return named.say(f"{said}. {what_was_seen(citation)}")
