"""Words that were found: whether they show something, and whether a negation of their sentence was left out."""

from __future__ import annotations

import pytest

from pipeline.model import CheckResult, Verdict
from tests.evidence.cases import Desk
from tests.evidence.made_pdf import pdf

pytestmark = pytest.mark.usefixtures("here")
NEGATED = [
    ("narrowed since 2015", "In all it has not narrowed since 2015.", "not"),
    ("narrowed since 2015", "It has not, as the survey of 2024 shows,\nnarrowed since 2015.", "not"),
    ("the plan is funded", "There is no evidence that the plan is funded.", "no"),
    ("the gap has closed", "In none of the five places, they said, the gap has closed.", "none"),
    ("meet the standard", "Most trusts failed to meet the standard.", "failed"),
    ("meet the standard", "Most trusts don’t meet the standard.", "don’t"),
    ("meet the standard", "Most trusts have yet to meet the standard.", "yet to"),
    ("met in full", "The aim was far from met in full.", "far from"),
    ("The gap has ... narrowed", "The gap has not narrowed.", "not"),
    ("The gap ... narrowed since 2015", "The gap, which never, in any place, narrowed since 2015.", "never"),
    ("The Board agreed ... the budget", "The Board agreed the plan. It did not agree the budget.", "not"),
    ("agreed by Dr. Smith", "It was not, in the end, agreed by Dr. Smith.", "not"),
    ("in 2024 by 3%", "It did not, e.g. in Year 2, fall in 2024 by 3%.", "not"),
    ("Bradford has narrowed its gap", "It is not true that\nBradford has narrowed its gap.", "not"),
]
PLAIN = [
    ("It has not narrowed since 2015", "It has not narrowed since 2015."),
    ("narrowed since 2015", "This is not so. The gap narrowed since 2015."),
    ("narrowed since 2015", "It did not fail; the gap narrowed since 2015."),
    ("The gap narrowed", "Screening: No\nThe gap narrowed since 2015."),
    ("The gap narrowed", "What we did not do\n\nThe gap narrowed since 2015."),
    ("the gap narrowed since 2015", "Not only that, but the gap narrowed since 2015."),
    ("the gap narrowed since 2015", "By no later than June the gap narrowed since 2015."),
    ("the gap narrowed since 2015", "In notable ways the gap narrowed since 2015."),
    ("The gap narrowed ... by 3%", "The gap narrowed. It did not grow. Men gained by 3%."),
    ("The gap narrowed since 2015", "It has not.¹² The gap narrowed since 2015."),
    ("The gap narrowed since 2015", "• It has not • The gap narrowed since 2015."),
]


@pytest.mark.parametrize(("quotation", "text", "negation"), NEGATED)
def test_a_negation_that_the_quotation_leaves_out_is_named(
    desk: Desk, quotation: str, text: str, negation: str
) -> None:
    seen = desk.check_result(desk.document("a.txt", text), quotation)
    assert (seen.verdict, seen.negation) == (Verdict.FOUND, negation)


@pytest.mark.parametrize(("quotation", "text"), PLAIN)
def test_a_negation_of_another_sentence_or_in_the_quotation_is_not(desk: Desk, quotation: str, text: str) -> None:
    seen = desk.check_result(desk.document("a.txt", text), quotation)
    assert (seen.verdict, seen.negation) == (Verdict.FOUND, "")


def test_words_that_stand_twice_are_taken_where_no_negation_is_left_out(desk: Desk) -> None:
    text = "We do not say that the gap has narrowed since 2015. In the end the gap has narrowed since 2015."
    assert desk.check_result(desk.document("a.txt", text), "the gap has narrowed since 2015").negation == ""


PAGE = "The Board met in May. It heard from each place.\n\nOur priorities for the coming year\n{}\nThey are kept."
BODY = "We have three priorities, and each of them has a director who leads on it."


def headed(desk: Desk, quotation: str, text: str) -> CheckResult:
    return desk.check_result(desk.document("a.txt", text), quotation)


def test_a_heading_alone_is_told_from_a_sentence(desk: Desk) -> None:
    page = PAGE.format(BODY)
    assert headed(desk, "Our priorities for the coming year", page).little == "a heading"
    assert headed(desk, "Our priorities for the coming year", page.replace("Our", "3.2 Our")).little == "a heading"
    assert headed(desk, "Our priorities for the coming year", page.replace("year\n", "year?\n")).little == "a heading"
    assert headed(desk, "We have three priorities", page).little == ""
    assert headed(desk, "Our priorities for the coming year We have three", page).little == ""
    assert headed(desk, "It heard from each place", page).little == ""


def test_a_line_of_a_sentence_or_of_a_list_is_no_heading(desk: Desk) -> None:
    line = "Our priorities for the coming year"
    assert headed(desk, line, PAGE.format("are three, and each has a director who leads on it.")).little == ""
    assert headed(desk, line, PAGE.replace("year", "year.").format(BODY)).little == ""
    assert headed(desk, line, f"They are kept under\n{line}\n{BODY}\nThey are kept.").little == "a heading"
    items = f"These are:\n{line}\nOur money\nOur people"
    assert headed(desk, line, items).little == ""
    assert headed(desk, "Our people of the place", f"We name in turn:\nOur people of the place\n{BODY}").little == ""
    twice = PAGE.format(f"{BODY} {line} are three.")
    assert headed(desk, line, twice).little == ""


def test_a_running_title_is_told_from_the_page(desk: Desk) -> None:
    head = "Fairer Health strategy 2024 to 2029"
    told = ["The gap in men is closing by itself.", "Women wait for longer than men do.", "Letters come too late."]
    pages = [f"{head}\n{said}\nNHS Example ICB, page {n} of 3" for n, said in enumerate(told, start=1)]
    document = desk.document("a.pdf", pdf(pages))
    assert desk.check_result(document, head, 2).little == "a running title"
    assert desk.check_result(document, "NHS Example ICB, page 2 of 3", 2).little == "a running title"
    assert desk.check_result(document, "Women wait for longer than men do", 2).little == ""


def test_what_is_said_of_the_words_is_kept_from_run_to_run(desk: Desk) -> None:
    document = desk.document("a.txt", "It has not narrowed since 2015.")
    assert [desk.check_result(document, "narrowed since 2015").negation for _ in range(2)] == ["not", "not"]
