"""What Excel shows where a formula has no answer is nobody's word: named at its cell, and printed nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Severity
from tests.read.making import HERE, REGISTER, REGISTER_HEAD, RESPONSES, TEAM, faults_of, gather

ACTIONS = f"{HERE}/actions.csv"
ACTION_HEAD = "id,section,statement,action,owner,due,status,measure\n"
ACTION = "X1,A,A1,Ask the places,Director,2026-09-01,open,Asked\n"


@pytest.mark.parametrize("error", ["#N/A", "#NAME?", "#REF!", "#VALUE!", " #div/0! ", "#SPILL!"])
@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        (TEAM, RESPONSES + "A1,@,Done.,\n", (2, "level")),
        (TEAM, RESPONSES + "A1,Low,@,\n", (2, "comment")),
        (TEAM, RESPONSES + "A1,Low,Done.,@\n", (2, "evidence")),
        (ACTIONS, ACTION_HEAD + ACTION.replace("Director", "@"), (2, "owner")),
        (ACTIONS, ACTION_HEAD + ACTION.replace("2026-09-01", "@"), (2, "due")),
        (ACTIONS, ACTION_HEAD + ACTION.replace("X1", "@"), (2, "id")),
        (ACTIONS, ACTION_HEAD + ACTION.replace("Ask the places", "@"), (2, "action")),
        (REGISTER, REGISTER_HEAD + "E1,@,a.pdf,Secretary,2025-11-06,,internal,minutes,2\n", (2, "title")),
        (REGISTER, REGISTER_HEAD + "E1,Notes,a.pdf,Secretary,2025-11-06,,@,minutes,2\n", (2, "visibility")),
    ],
)
def test_an_error_is_named_once_at_its_cell(
    file: str, text: str, place: tuple[int, str], error: str, tmp_path: Path
) -> None:
    found = [f for f in faults_of(tmp_path, {file: text.replace("@", error)}) if f.file == file]
    assert {(f.code, f.severity, f.row, f.field) for f in found} == {("IN101", Severity.BLOCKER, *place)}
    assert len(found) == 1 and error.strip() in found[0].message


def test_an_error_in_a_comment_is_printed_nowhere_and_the_rest_is_read(tmp_path: Path) -> None:
    case = gather(tmp_path, {TEAM: RESPONSES + "A1,Low,#N/A,E001 p.4\n"})
    (answer,) = case.forms[0].answers
    assert (answer.level, answer.comment, len(answer.citations)) == ("low", "", 1)


def test_words_that_only_look_like_one_are_read(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {TEAM: RESPONSES + "A1,Low,#NHS and n/a,\n"}) == []
