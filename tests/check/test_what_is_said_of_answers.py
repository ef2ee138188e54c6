"""What findings on answers and levels say: at which cell, of whom, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.checks import check
from pipeline.model import NOT_ASSESSED, Case, Finding, LeftOut, Place, Severity
from pipeline.score import score
from tests.cases_by_hand import (
    FOLDER,
    RESPONDENTS,
    answer,
    assessment,
    cite,
    day,
    document,
    framework,
    last_year,
    make_case,
    statement,
    told,
)

ONE, TWO = framework(statement("GA1", "both")), framework(statement("GA1", "both"), statement("GA2", "both"))
OF_THE_TEAM = framework(statement("GA1"), statement("GA2"))
LOW, OK = answer("GA1", "reactive"), answer("GA1", "growing")
SAME = "The same old words"
YEAR = assessment(previous="2024-25")
GA9 = LeftOut("GA9", "It is the council's", "the Board", Place("a.yaml", 9, "left_out"))
E1 = [document("E1", assurance_line=1, nature="quantitative", dated=day("2025-01-01"))]


@pytest.mark.parametrize(
    ("code", "case", "expected"),
    [
        (
            "ST201",
            make_case(
                answer("GA1", None),
                answer("GA1", None, "board"),
                answer("GA2", NOT_ASSESSED),
                answer("GA2", NOT_ASSESSED, "board", "Why"),
                of=TWO,
            ),
            "2 level GA1: GA1 (Text of GA1) has no answer from the team or the Board.\n"
            "2 level GA2: GA2 (Text of GA2) has no answer from the team: `not assessed` is an answer if a "
            "comment says why.",
        ),
        (
            "ST201",
            make_case(answer("GA1", NOT_ASSESSED, "team", "Too early.")),
            "2 level GA1 team: GA1 (Text of GA1) is not assessed by the team (“Too early.”).",
        ),
        (
            "ST201",
            make_case(of=TWO),
            "- respondents: No form has come back from ICB team, Second team or Third team, so 2 statements "
            "that the team must answer have no answer: GA1 and GA2.\n"
            "- respondents board: No form has come back from Board members, so 2 statements that the Board must"
            " answer have no answer: GA1 and GA2.",
        ),
        (
            "ST201",
            make_case(answer("GA1", "growing", "board"), of=ONE),
            "- respondents: No form has come back from ICB team, Second team or Third team, so 1 statement that"
            " the team must answer has no answer: GA1.",
        ),
        (
            "ST201",
            make_case(answer("GA1", "growing", "board"), of=ONE, about=assessment(respondents=RESPONDENTS[3:])),
            "- respondents: The team is not asked, so 1 statement that the team must answer has no answer: GA1.",
        ),
        (
            "ST201",
            make_case(answer("GA1", None, "team2"), answer("GA1", "growing", "board"), of=ONE),
            "2 level GA1: GA1 (Text of GA1) has no answer from the team.",
        ),
        (
            "ST202",
            make_case(OK, answer("GA2", "growing"), answer("GA2", "growing", "board"), of=TWO),
            "- statement GA1 board: The Board must answer GA1 (Text of GA1), and the team alone has done so.",
        ),
        (
            "ST202",
            make_case(OK, answer("GA2", "growing"), of=TWO),
            "- respondents board: No form has come back from Board members, so 2 statements that the Board must"
            " answer have no answer: GA1 and GA2.",
        ),
        (
            "ST202",
            make_case(OK, of=ONE, about=assessment(stage="proposal")),
            "2 level GA1 board: The Board must answer GA1 (Text of GA1), and the team alone has done so.",
        ),
        (
            "ST205",
            make_case(
                answer("GA1", "growing", "team", SAME),
                answer("GA2", "growing", "team", f"{SAME.upper()}.", row=3),
                of=OF_THE_TEAM,
            ),
            "3 comment GA2 team: The comment of ICB team on GA2 (Text of GA2) has the same words as the comment"
            " on GA1 (Text of GA1).",
        ),
        (
            "ST205",
            make_case(
                answer("GA1", "growing", "team", SAME),
                about=YEAR,
                previous=last_year(answer("GA1", "growing", "team", SAME)),
            ),
            "2 comment GA1 team: The comment of ICB team on GA1 (Text of GA1) has the words of 2024-25, unchanged.",
        ),
        (
            "ST206",
            make_case(LOW, answer("GA1", "growing", "vcse")),
            "2 level GA1 vcse: On GA1 (Text of GA1), ICB team says Reactive and Voluntary sector says Growing.",
        ),
        (
            "ST206",
            make_case(
                answer("GA1", "consistent"), answer("GA1", "growing", "team2"), answer("GA1", "reactive", "board")
            ),
            "2 level GA1 board: On GA1 (Text of GA1), Board members says Reactive and ICB team says Consistent.",
        ),
        (
            "ST206",
            make_case(LOW, answer("GA1", "reactive", "board"), answer("GA1", "consistent", "vcse")),
            "2 level GA1 vcse: On GA1 (Text of GA1), ICB team says Reactive and Voluntary sector says Consistent.",
        ),
        (
            "ST207",
            make_case(answer("GA1", "growing", "team", "Work has not yet started.")),
            "2 comment GA1 team: ICB team places GA1 (Text of GA1) at Growing, and the comment says “not yet started”.",
        ),
        (
            "ST207",
            make_case(answer("GA1", "reactive", "team", "This is fully embedded.")),
            "2 comment GA1 team: ICB team places GA1 (Text of GA1) at Reactive, and the comment says “fully embedded”.",
        ),
        (
            "ST210",
            make_case(
                OK,
                about=replace(YEAR, left_out=(GA9,)),
                previous=last_year(OK, of=framework(statement("GA1"), statement("GA7"))),
            ),
            "9 left_out GA9: GA9 is left out (agreed by the Board): “It is the council's”.\n"
            "- framework GA7: GA7 (Text of GA7) was asked in 2024-25, and this framework does not have it.",
        ),
        (
            "ST211",
            make_case(OK, answer("GA1", None, "vcse", "Good"), answer("GA2", "growing", "vcse"), of=OF_THE_TEAM),
            "2 level GA1 vcse: Voluntary sector gave a comment or evidence on GA1, and no level there was read.",
        ),
        (
            "ST211",
            make_case(
                OK, answer("GA1", None, "vcse", "Good"), answer("GA2", None, "vcse", "", cite("E1")), of=OF_THE_TEAM
            ),
            "2 level vcse: Voluntary sector gave a comment or evidence on GA1 and GA2, and no level at all was read.",
        ),
        (
            "ST203",
            make_case(OK),
            "2 evidence GA1 team: GA1 (Text of GA1) is reported at Growing, and no evidence that can be used is"
            " cited for it.",
        ),
        (
            "ST203",
            make_case(answer("GA1", "consistent", "team", "", cite("E1")), register=E1),
            "2 evidence GA1 team: GA1 (Text of GA1) is reported at Consistent on less evidence than that level "
            "asks for.",
        ),
        (
            "ST204",
            make_case(
                answer("GA1", "growing", "team", "", cite("E1")),
                about=YEAR,
                register=E1,
                previous=last_year(answer("GA1", "emergent", "team", "", cite("E1"))),
            ),
            "2 evidence GA1 team: GA1 (Text of GA1) moved up from Emergent to Growing on documents that were "
            "all cited for it in 2024-25 too.",
        ),
        (
            "ST208",
            make_case(
                LOW,
                of=replace(
                    framework(statement("GA1")),
                    sections=(replace(framework(statement("GA1")).sections[0], compliance=True),),
                ),
            ),
            "2 level GA1 team: GA1 (Text of GA1) is about a duty, and is reported in public at Reactive, the "
            "lowest level.",
        ),
        (
            "ST209",
            make_case(
                answer("GA1", "growing", "team", "", cite("E1")),
                of=framework(statement("GA1", both_natures=True)),
                register=E1,
            ),
            "2 evidence GA1 team: GA1 (Text of GA1) rests on quantitative evidence alone.",
        ),
    ],
)
def test_what_is_said_of_answers_and_levels(code: str, case: Case, expected: str) -> None:
    assert told(code, case) == expected


@pytest.mark.parametrize("code", ["IN104", "IN107", "IN109"])
def test_a_form_that_was_refused_is_not_also_called_missing(code: str) -> None:
    refused = Finding(code, Severity.BLOCKER, "said", "do", file=f"{FOLDER}/responses/team.csv", respondent="team")
    for respondent, expected in (("team", ""), ("vcse", told("ST201", make_case(of=OF_THE_TEAM)))):
        case = make_case(of=OF_THE_TEAM, faults=(replace(refused, respondent=respondent),))
        assert told("ST201", case) == expected


def test_who_is_to_be_asked_depends_on_who_is_listed() -> None:
    for about, advised in ((None, "Save the form"), (assessment(respondents=RESPONDENTS[3:]), "List who answers")):
        case = make_case(of=OF_THE_TEAM, about=about)
        (found,) = (f for f in check(case, score(case)) if f.code == "ST201")
        assert found.remedy.startswith(advised)
