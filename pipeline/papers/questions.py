"""The question sheet: first what this year's weakest statements and widest differences raise, then the stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline.dossier.heatmap import called
from pipeline.dossier.views import Dossier, StatementView
from pipeline.inputs.questions import Question, QuestionBank, shipped_questions
from pipeline.papers import sentences
from pipeline.papers.points import nothing_weak
from pipeline.papers.sentences import prompt_of
from pipeline.word.render import RenderContext

AUDIENCES = ("ned", "lead", "partner")
RAISED_BY_EACH = 5
KINDS = {
    "": "",
    "charter": "To be answered in writing before a solution is discussed:",
    "result": "To be answered in writing when results are in:",
}


def question_sheet(audience: str) -> Callable[[Dossier, RenderContext, Path | None], Mapping[str, Any]]:
    """What the sheet of one audience says."""

    def content(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
        del kit, figures
        bank = shipped_questions()
        first = raised_this_year(dossier, bank, audience)
        asked = {f.question.id for f in first if f.question}
        return {
            "paper_title": f"Questions for {_lower(bank.audiences[audience])}",
            "first_questions": tuple(first),
            "no_first_questions": "" if first else nothing_raised(dossier),
            "question_stages": tuple(
                Stage(title, ident, bank, audience, asked) for ident, title in bank.stages.items()
            ),
            "questions_wording": f"{bank.title}, version {bank.version}. {bank.wording}".strip(),
            "how_to_read": sentences.how_to_read(dossier),
        }

    return content


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


class FirstQuestion:
    """A question that this year's answers raise, and what raises it."""

    def __init__(self, question: Question | None, text: str) -> None:
        self.question, self.text = question, text
        self.reasons: list[str] = []

    @property
    def raised_by(self) -> str:
        """`Raised by CP7 No group worse off: Reactive, found on page.`"""
        return f"Raised by {'; and by '.join(self.reasons)}."


class StageGroup:
    """Questions of a stage that are answered in the same way."""

    def __init__(self, heading: str, texts: tuple[str, ...]) -> None:
        self.heading, self.texts = heading, texts


class Stage:
    """A stage with the questions that were not asked first."""

    def __init__(self, title: str, ident: str, bank: QuestionBank, audience: str, asked: set[str]) -> None:
        self.title = title
        every = [q for q in bank.questions if q.stage == ident and q.audience == audience]
        rest = [q for q in every if q.id not in asked]
        groups = ((words, tuple(q.text for q in rest if q.kind == kind)) for kind, words in KINDS.items())
        self.groups = tuple(StageGroup(words, texts) for words, texts in groups if texts)
        above = len(every) - len(rest)
        self.note = "" if rest else "The questions of this stage are asked above." if above else "No question."


def raised_this_year(dossier: Dossier, bank: QuestionBank, audience: str) -> list[FirstQuestion]:
    """The questions of an audience that go with the weakest statements, then with the widest differences.

    A statement for which the bank has no question of that audience is asked about with its own prompt.
    """
    asked = [q for q in bank.questions if q.audience == audience]
    found: dict[str, FirstQuestion] = {}
    for statement, reason in _reasons(dossier):
        fitting = sorted(
            (q for q in asked if {statement.id, *statement.related} & {*q.statements}),
            key=lambda q: (q.id in found, len(q.statements)),
        )
        chosen = fitting[0] if fitting else None
        key = chosen.id if chosen else statement.id
        own = prompt_of(statement, dossier.levels)
        first = found.setdefault(key, FirstQuestion(chosen, chosen.text if chosen else own))
        first.reasons.append(reason)
    return list(found.values())


def nothing_raised(dossier: Dossier) -> str:
    """Why this year's answers raise no question: nothing assessed, or nothing low and nothing seen differently."""
    if not dossier.totals.assessed:
        return f"{sentences.NOTHING_ASSESSED} Begin with the stages below."
    return f"{nothing_weak(dossier)} {sentences.nothing_apart(dossier)} Begin with the stages below."


def _reasons(dossier: Dossier) -> list[tuple[StatementView, str]]:
    """The statements that raise questions, in order, each with the reason in words."""
    statements = {s.id: s for s in dossier.statements}
    ranks = {level.id: level.rank for level in dossier.levels}
    weak = [statements[i] for i in dossier.weakest if i in statements]
    apart = [statements[i] for i in dossier.differences[:RAISED_BY_EACH] if i in statements]
    told = [(s, f"{called(s)}: {s.cell}{f' ({s.qualifier})' if s.qualifier else ''}") for s in weak]
    return told + [(s, f"{called(s)}: {sentences.placed_differently(s, ranks)}") for s in apart if s not in weak]
