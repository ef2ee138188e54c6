"""The wording of the shipped frameworks: every prompt of the grid is there, and partners are asked in plain English."""

from __future__ import annotations

import re

from pipeline.inputs.framework import framework_at
from pipeline.model import Framework
from pipeline.workspace import SHIPPED, SHIPPED_FRAMEWORKS, Workspace

PROMPTS = {
    "K1": (1, 1, 3, 1, 4),
    "K2": (1, 1, 1, 4, 2),
    "K3": (1, 1, 3, 2, 2),
    "K4": (1, 1, 1, 1, 3),
    "K5": (3, 2, 2, 2, 3),
    "K6": (3, 3, 2, 2, 2),
    "K7": (3, 1, 2, 2, 4),
    "K8": (2, 2, 2, 2, 5),
}
"""How many prompts the published grid has in each of its cells, by priority."""
HIGHEST_GRADE = 9


def shipped(name: str) -> Framework:
    return framework_at(Workspace(SHIPPED), SHIPPED_FRAMEWORKS / f"{name}.yaml")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: years of school that a text asks for, from the lengths of its sentences and words."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, a silent ending left out."""
    spoken = re.sub(r"(?<![aeiouytdscgl])e[sd]?$|(?<=[aeioubcdfghjkmnprstvwz])e$", "", word.casefold())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def test_the_measure_of_reading_age_tells_easy_from_hard() -> None:
    assert grade("The cat sat on the mat. It was fat.") < 1
    assert grade(shipped("hi-icb").statements[0].text) > 12


def test_every_cell_asks_each_prompt_as_a_question_of_its_own() -> None:
    framework = shipped("hi-kloe")
    asked = {s.id: s.prompt.count("?") for s in framework.statements}
    assert asked == {f"{row}P{n}": number for row, cells in PROMPTS.items() for n, number in enumerate(cells, 1)}
    assert sum(asked.values()) == 84
    questions = [q.strip() for s in framework.statements for q in s.prompt.split("?") if q.strip()]
    assert all(q[0].isupper() for q in questions)
    assert all(column.meaning for column in framework.columns)


def test_partners_are_asked_in_plain_english() -> None:
    for statement in shipped("hi-icb").statements:
        assert statement.plain, statement.id
        assert grade(statement.plain) <= HIGHEST_GRADE, (statement.id, grade(statement.plain))


def test_what_the_board_is_assured_of_is_the_boards_to_answer() -> None:
    by_id = {s.id: s for s in shipped("hi-icb").statements}
    assert by_id["CP1"].answered_by == by_id["EE3"].answered_by == "both"
