"""The question sheet: led by what this year's answers raise, then the stages."""

from __future__ import annotations

import re

import pytest
import yaml

from pipeline.errors import ExitCode, InputError, UsageError
from pipeline.flow.preparing import make_questions
from pipeline.inputs.questions import FILE, read_bank, shipped_questions
from pipeline.papers.questions import raised_this_year
from tests.fill.samples import full_dossier
from tests.papers.conftest import CYCLE, Made

AUDIENCES = {"ned": "non-executive directors", "lead": "health inequalities leads", "partner": "system partners"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_question_of_the_audience_is_asked_once_and_none_of_another(sample: Made, audience: str) -> None:
    bank = yaml.safe_load(FILE.read_text(encoding="utf-8"))["questions"]
    said = sample.paper(f"questions-{audience}").paragraphs

    for question in bank:
        times = said.count(question["text"])
        assert times == (1 if question["audience"] == audience else 0), question["id"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_four_stages_stand_in_order_behind_what_this_year_raises(sample: Made, audience: str) -> None:
    paper = sample.paper(f"questions-{audience}")
    assert paper.styled("Title") == [f"Questions for {AUDIENCES[audience]}"]
    assert paper.styled("heading 1")[:5] == [
        "Questions that this year's answers raise",
        "Culture, leadership and governance",
        "Understanding the problem",
        "Developing the solution",
        "Evaluating success",
    ]


def test_it_begins_with_the_weakest_statements_and_says_their_levels(sample: Made) -> None:
    first = sample.paper("questions-ned").section("Questions that this year's answers raise")
    raised = [p for p in first if p.startswith("Raised by ")]
    weak = [sample.dossier.statement(i) for i in sample.dossier.weakest]
    assert [re.match(r"Raised by (\w+)", p)[1] for p in raised[: len(weak)]] == [s.id for s in weak]
    assert all(s.reported in p for s, p in zip(weak, raised, strict=False))
    apart = [i for i in sample.dossier.differences[:5] if i not in sample.dossier.weakest]
    assert all(any(i in p and "placed this" in p for p in raised) for i in apart)


def test_a_question_that_two_statements_raise_is_asked_once_with_both_reasons():
    dossier = full_dossier(45, weakest=("CP4", "CP5"), differences=())
    found = raised_this_year(dossier, shipped_questions(), "ned")
    texts = [f.text for f in found]
    assert len(texts) == len(set(texts)) and len(found) == 2
    again = raised_this_year(full_dossier(45, weakest=("SC9", "CP6"), differences=("CP6",)), shipped_questions(), "ned")
    assert sum(len(f.reasons) for f in again) == 2


def test_a_statement_that_the_bank_does_not_name_is_asked_about_with_its_own_prompt():
    import dataclasses

    dossier = full_dossier(45, weakest=("GA1",), differences=())
    bank = dataclasses.replace(shipped_questions(), questions=())
    found = raised_this_year(dossier, bank, "ned")
    assert [f.text for f in found] == [dossier.statement("GA1").prompt]


def test_the_leads_sheet_tells_which_answers_are_written_down(sample: Made) -> None:
    said = sample.paper("questions-lead").section("Understanding the problem")
    at = said.index("To be answered in writing before a solution is discussed:")
    assert len(said[at + 1 :]) == 5


def test_an_audience_that_there_is_not_is_refused(sample: Made) -> None:
    with pytest.raises(UsageError) as caught:
        make_questions(sample.ws, CYCLE, "minister")
    assert caught.value.exit_code == ExitCode.USAGE and "ned, lead, partner" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("stage: developing-the-solution", "stage: developing"), "This stage is not declared above"),
        (("audience: ned", "audience: chair"), "This audience is not declared above"),
        (("    text:", "    txt:"), "`txt` is not known here"),
    ],
)
def test_a_bank_with_a_fault_names_the_line(change, said):
    text = FILE.read_text(encoding="utf-8").replace(*change)
    with pytest.raises(InputError) as caught:
        read_bank(text, "questions.yaml")
    assert said in str(caught.value) and "questions.yaml, line " in str(caught.value)
