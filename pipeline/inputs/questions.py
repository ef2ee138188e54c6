"""The question bank: the stages of work on health inequalities, and who asks what at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.inputs.yaml import Node, parse_yaml
from pipeline.workspace import SHIPPED_FRAMEWORKS

FILE = SHIPPED_FRAMEWORKS / "questions.yaml"
_WRITTEN_DOWN = ("charter", "result")


@dataclass(frozen=True)
class Question:
    """A question, the statements that it goes with, and whether its answer is to be written down."""

    id: str
    stage: str
    audience: str
    text: str
    statements: tuple[str, ...]

    @property
    def kind(self) -> str:
        """`charter` (defines a problem), `result` (tests success), or empty."""
        return next((kind for kind in _WRITTEN_DOWN if f"-{kind}-" in self.id), "")


@dataclass(frozen=True)
class QuestionBank:
    """Questions by stage and audience."""

    title: str
    version: str
    wording: str
    stages: Mapping[str, str]
    audiences: Mapping[str, str]
    questions: tuple[Question, ...]


@cache
def shipped_questions() -> QuestionBank:
    """The bank that boardpack comes with."""
    return read_bank(FILE.read_text(encoding="utf-8"), f"{FILE.parent.name}/{FILE.name}")


def read_bank(text: str, file: str) -> QuestionBank:
    """A bank from YAML. InputError names the line of what cannot be understood."""
    node = parse_yaml(text, file)
    node.only("id", "title", "version", "status", "wording", "stages", "audiences", "questions")
    stages, audiences = _titles(node, "stages"), _titles(node, "audiences")
    questions = tuple(_question(item, stages, audiences) for item in node.items_of("questions"))
    return QuestionBank(
        title=node.need("title").as_text(),
        version=node.text_of("version"),
        wording=node.text_of("wording"),
        stages=stages,
        audiences=audiences,
        questions=questions,
    )


def _titles(node: Node, key: str) -> dict[str, str]:
    """The titles of stages or audiences, by id, in order."""
    return {item.need("id").as_text(): item.need("title").as_text() for item in node.items_of(key)}


def _question(node: Node, stages: Mapping[str, str], audiences: Mapping[str, str]) -> Question:
    node.only("id", "stage", "audience", "text", "statements")
    for key, known in (("stage", stages), ("audience", audiences)):
        if node.need(key).as_text() not in known:
            raise node.need(key).error(f"This {key} is not declared above.", f"Use one of {', '.join(known)}.")
    return Question(
        id=node.need("id").as_text(),
        stage=node.need("stage").as_text(),
        audience=node.need("audience").as_text(),
        text=node.need("text").as_text(),
        statements=node.texts_of("statements"),
    )
