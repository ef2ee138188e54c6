"""Figures in authors' sentences: what holds each of them, and whether it is of the group and period that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks.figures_held import Held, Holdings, far_apart, held_in, holdings, is_distinct, words_about
from pipeline.checks.figures_named import Named
from pipeline.checks.messages import WARNING, column, finding, quoted
from pipeline.checks.texts import AuthorsText, without_citations
from pipeline.model import Case, Citation, Finding, Place, Role, Verdict
from pipeline.model.figures import Figure, agree, figures_in, numbers_in_share
from pipeline.score import Scores
from pipeline.score.results import answers_by_role

_LIVE = re.compile(r"\{\{[^{}\n]*\}\}")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S)|\n(?![^\S\n]*+(?:[-*|]|\d+[.)]\s)))+[.!?]?")
_AIM = re.compile(
    r"\b(?:will|shall|aim to|we aim|goal of|target (?:of|is)|promise[sd]?|plan to|at least|no more than|or fewer|"
    r"by (?:20\d\d|the end))\b",
    re.IGNORECASE,
)
_ONE_LINE = 8
"""Figures that a line or a row of a table may have, so that two of them belong together."""
_GLANCE = 10
"""Whole numbers up to this can be counted by a reader, and stand in words elsewhere."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of authors' text without its live figures, and what is cited in it."""

    text: AuthorsText
    words: str
    first_line: int = 0
    citations: tuple[Citation, ...] = ()

    def place(self, position: int) -> Place:
        """Where something stands: in narrative, its line."""
        where = self.text.place
        row = self.first_line + self.words.count("\n", 0, position) if self.first_line else where.row
        return Place(where.file, row, where.field)


def figures_of_prose(case: Case, scores: Scores) -> Iterator[Finding]:
    """FG903 and FG904: a figure that nothing holds, or that is of another group, place or period than is named."""
    paragraphs = [p for p in _paragraphs(case) if any(c.isdigit() for c in p.words)]
    if not paragraphs:
        return
    held, named = holdings(case, scores), Named(case)
    for paragraph in paragraphs:
        unseen = any(_is_unseen(case, c) for c in paragraph.citations)
        passages = [held_in(p, "the passage cited") for c in paragraph.citations for p in _passages(case, c)]
        for sentence in _SENTENCE.finditer(paragraph.words):
            for figure in figures_in(sentence[0]):
                told = _misplaced(figure, sentence[0], held, named)
                if not told and not unseen:
                    told = _unsupported(figure, sentence[0], held, passages)
                if told:
                    code, said = told
                    text = paragraph.text
                    yield finding(
                        code,
                        WARNING,
                        paragraph.place(sentence.start() + figure.position),
                        f"{text.named} says {quoted(figure.text)} ({quoted(sentence[0].strip(), 110)}), {said}",
                        "Correct it, cite the passage that holds it, or add the row to its table.",
                        statement=text.statement,
                        respondent=text.respondent,
                        about=text.about,
                    )


def _paragraphs(case: Case) -> Iterator[Paragraph]:
    """Narrative, the ask, actions, and the comments of the team and the Board."""
    for narrative in case.narratives:
        whole, bare = narrative.text.split("\n"), without_citations(narrative.text).split("\n")
        text = AuthorsText("narrative", narrative.text, Place(narrative.place.file, None, "text"), about=narrative.name)
        start = 0
        for end in [n for n, line in enumerate(whole) if not line.strip()] + [len(whole)]:
            cited = tuple(c for c in narrative.citations if start < (c.place.row or 0) <= end)
            yield Paragraph(text, _without_live("\n".join(bare[start:end])), start + 1, cited)
            start = end + 1
    for ask in case.assessment.paper.action_required:
        place = Place(case.assessment.file, None, "paper.action_required")
        yield Paragraph(AuthorsText("cover", ask, place), ask)
    of_statement: dict[str, tuple[Citation, ...]] = {}
    answers = answers_by_role(case)
    for statement in case.statements:
        by_role = answers.get(statement.id, {})
        of_statement[statement.id] = tuple(c for given in by_role.values() for a in given for c in a.citations)
        for answer in (a for role in (Role.TEAM, Role.BOARD) for a in by_role.get(role, ())):
            for field in ("comment", "public_comment"):
                place = column(answer.place, field)
                written = AuthorsText("comment", getattr(answer, field), place, answer.statement, answer.respondent)
                yield Paragraph(written, written.text, citations=of_statement[statement.id])
    for action in case.actions:
        for field in ("action", "closes", "progress"):
            place = column(action.place, field)
            written = AuthorsText("action", getattr(action, field), place, about=action.id)
            cited = (*action.citations, *of_statement.get(action.statement, ()))
            yield Paragraph(written, written.text, citations=cited)


def _without_live(text: str) -> str:
    """Live figures are always right."""
    return _LIVE.sub(lambda match: "\x00" * len(match[0]), text)


def _is_unseen(case: Case, citation: Citation) -> bool:
    """Whether it cannot be said what a citation holds: a finding of its own says so, or it names a whole document."""
    seen = case.check_results.get(citation)
    if citation.fault or not citation.known or seen is None:
        return True
    if seen.verdict is Verdict.NO_QUOTATION:
        return not (seen.figures or seen.cells)
    return seen.verdict in (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE, Verdict.RECOGNISED)


def _passages(case: Case, citation: Citation) -> Iterator[str]:
    """What a citation points to: its words, what stands around them, the figures of its page, a row of its sheet."""
    seen = case.check_results.get(citation)
    yield citation.quotation or ""
    if seen is not None:
        yield seen.context
        yield seen.figures
        yield from seen.figures.splitlines()
        rows: dict[str, list[str]] = {}
        for name, text in seen.cells:
            rows.setdefault(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), []).append(text)
        yield from ("; ".join(cells) for cells in rows.values())


def _unsupported(
    figure: Figure, sentence: str, held: Holdings, passages: Sequence[Sequence[Held]]
) -> tuple[str, str] | None:
    """FG903, where neither a passage nor a table has the figure."""
    if figure.kind == "number" and figure.step >= 1 and figure.value <= _GLANCE or _AIM.search(sentence):
        return None
    words = words_about(sentence, figure.position)
    if held.like(figure, words) or any(_holds(passage, figure, words) for passage in passages):
        return None
    shares = [f for f in figures_in(sentence) if f.kind == "share"]
    if figure.kind == "percent" and any(agree(figure, share) for share in shares):
        return None
    pool = [h for h in (*(h for p in passages for h in p), *held.every) if h.figure.kind == figure.kind]
    near = min(((far_apart(figure, h.figure), not words & h.words, n) for n, h in enumerate(pool)), default=None)
    nearest = f" The nearest is {pool[near[2]].figure.text} ({pool[near[2]].where})." if near and near[0] < 0.7 else ""
    return "FG903", f"and no table, level or passage cited there holds that figure.{nearest}"


def _holds(passage: Sequence[Held], figure: Figure, words: frozenset[str]) -> bool:
    if any(held.supports(figure, words) for held in passage):
        return True
    if figure.kind == "share" and len(passage) <= _ONE_LINE:
        return all(any(agree(part, held.figure) for held in passage) for part in numbers_in_share(figure))
    shares = [held.figure.percent for held in passage if held.figure.percent is not None]
    return figure.kind == "points" and any(
        abs(abs(a - b) - figure.value) <= figure.step for a in shares for b in shares if a != b
    )


def _misplaced(figure: Figure, sentence: str, held: Holdings, named: Named) -> tuple[str, str] | None:
    """FG904, where the rows that have the figure are all of another group, place or period than the sentence names."""
    if not is_distinct(figure):
        return None
    like = held.like(figure, frozenset())
    own = [(h, h.row) for h in like if h.row is not None]
    if not own or len(own) < len(like):
        return None
    names = named.beside(sentence, figure.position)
    if not names or not all(named.contradicts(names, row) for _, row in own):
        return None
    return "FG904", f"and in the data that is {own[0][0].where}.{_instead(own[0][0], names, held, named)}"


def _instead(wrong: Held, names: dict[str, set[object]], held: Holdings, named: Named) -> str:
    """What the data have for the group, place or period that was named."""
    for other in held.every:
        if other.row is None or other.figure.kind != wrong.figure.kind or type(other.row) is not type(wrong.row):
            continue
        if getattr(other.row, "indicator", "") == getattr(wrong.row, "indicator", "") and not named.contradicts(
            names, other.row
        ):
            return f" What they have for the one named is {other.figure.text} ({other.where})."
    return ""
