"""What findings on actions, risks and money say: at which cell, of what, and in which words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.model import NOT_ASSESSED, AssuranceOffered, Case, Place, PreviousCycle, Risk, Score
from tests.cases_by_hand import (
    FOLDER,
    action,
    answer,
    assessment,
    cite,
    day,
    document,
    framework,
    last_year,
    make_case,
    paper,
    statement,
    told,
)

LONG = "Ask each of the places to name a lead for health inequalities, and to say by when that lead will start"
LOW, OK = answer("GA1", "reactive"), answer("GA1", "growing")
LATE = day("2026-03-18")
BEFORE = last_year(OK)
NONE = Score(None, None)


def asking(*asks: str) -> Case:
    return make_case(OK, about=assessment(paper=paper(action_required=asks)))


def earlier(cycle: str) -> PreviousCycle:
    return replace(BEFORE, assessment=assessment(cycle=cycle, file=f"assessments/{cycle}/assessment.yaml"))


def risk(**more: Any) -> Case:
    empty = dict.fromkeys(("objective", "risk", "cause", "effect", "lead", "committee", "controls"), "")
    scores = {"inherent": NONE, "current": NONE, "target": NONE, "gaps_in_control": "", "statements": ()}
    one = Risk(**{"id": "R1", "place": Place(f"{FOLDER}/risks.csv", 2), **empty, **scores, **more})
    return make_case(OK, risks=(one,))


def offered(*levels: str) -> Case:
    """Reasonable assurance, on levels that rest on the first line."""
    about = assessment(paper=paper(assurance_offered=AssuranceOffered("reasonable", "Why")))
    rows = [answer(f"GA{n}", level, "team", "Why", cite("E1", "w", row=n)) for n, level in enumerate(levels, 1)]
    of = framework(*(statement(a.statement) for a in rows))
    return make_case(*rows, of=of, about=about, register=[document("E1", assurance_line=1)])


def on_the_cover(*risks: str) -> Any:
    return paper(baf_risks=risks)


@pytest.mark.parametrize(
    ("code", "case", "expected"),
    [
        (
            "AC501",
            make_case(LOW, actions=(action(owner="", due=None, action=LONG),)),
            "2 due GA1 A1: The open action A1 (“Ask each of the places to name a lead for health inequalities, "
            "and to say by...”) has no due date.\n"
            "2 owner GA1 A1: The open action A1 (“Ask each of the places to name a lead for health "
            "inequalities, and to say by...”) has no owner.",
        ),
        (
            "AC502",
            make_case(LOW, actions=(action(due=LATE, action=LONG),)),
            "2 due GA1 A1: The action A1 (“Ask each of the places to name a lead for health inequalities, and "
            "to say by...”) was due on 18 March 2026 and is open on 19 March 2026.",
        ),
        (
            "AC503",
            make_case(LOW, actions=(action(status="done", citations=(cite("E1"),)),)),
            "- statement GA1: GA1 (Text of GA1) is at Reactive, the lowest level, and no open action answers it.",
        ),
        (
            "AC503",
            make_case(answer("GA1", "emergent"), previous=BEFORE),
            "- - GA1: GA1 (Text of GA1) moved down from Growing to Emergent, and no open action answers it.",
        ),
        (
            "AC503",
            make_case(answer("GA1", "emergent"), previous=last_year(), earlier=(earlier("2023-24"),)),
            "- - GA1: GA1 (Text of GA1) was at Growing when it was last assessed, in 2023-24, and is at "
            "Emergent, and no open action answers it.",
        ),
        (
            "AC504",
            make_case(
                LOW, actions=(action(status="done", action=LONG), action("A2", status="done", evidence="minutes"))
            ),
            "2 evidence GA1 A1: The action A1 (“Ask each of the places to name a lead for health inequalities, "
            "and to say by...”) is marked as done, and nothing is cited for it.",
        ),
        (
            "AC505",
            make_case(
                OK,
                previous=replace(BEFORE, actions=(action("A7", action=LONG), action("A8", statement="Z9", action="B"))),
            ),
            "- previous A8: The action A8 of 2024-25 (“B”) was open then, and this year's action plan does not "
            "say what became of it.\n"
            "- previous GA1 A7: The action A7 of 2024-25 (“Ask each of the places to name a lead for health "
            "inequalities, and to say by...”) was open then, and this year's action plan does not say what "
            "became of it.",
        ),
        (
            "AC506",
            asking("Approve the BAF annex", "Note Annex d, on money", f"Note the BAF risks. {LONG}", "Note annex C"),
            "- paper.action_required: The paper asks “Approve the BAF annex”, and there is no risk in "
            "risks.csv.\n"
            "- paper.action_required: The paper asks “Note Annex d, on money”, and there is no Annex D: A has "
            "the actions, B the evidence, C the abbreviations.\n"
            "- paper.action_required: The paper asks “Note the BAF risks. Ask each of the places to name a lead"
            " for health inequali...”, and there is no risk in risks.csv.",
        ),
        (
            "BA602",
            risk(inherent=Score(3, 4), current=Score(3, 5), target=Score(4, 4), target_date=day("2026-03-20")),
            "2 current_likelihood R1: The current score of R1 (15) is above its inherent score (12).\n"
            "2 target_likelihood R1: The target score of R1 (16) is above its current score (15).",
        ),
        (
            "BA603",
            risk(previous=Score(4, 4), current=Score(3, 4), rationale="So.", statements=("GA1", "GA9")),
            "2 rationale R1: The current score of R1 moved from 16 to 12, and no statement linked to it is "
            "shown to have moved up.",
        ),
        (
            "BA603",
            risk(previous=Score(4, 4), current=Score(3, 4), statements=("GA1",)),
            "2 rationale R1: The current score of R1 moved from 16 to 12, and no rationale is given and no "
            "statement linked to it is shown to have moved up.",
        ),
        (
            "BA604",
            risk(current=Score(3, 3), target=Score(2, 3), target_date=LATE),
            "2 target_date R1: R1 was to reach its target score of 6 by 18 March 2026, and its current score on"
            " 19 March 2026 is 9.",
        ),
        (
            "BA604",
            risk(current=Score(3, 3), target=Score(2, 3)),
            "2 target_date R1: R1 has a target score of 6 and no date by which it is to be reached.",
        ),
        (
            "BA605",
            offered("growing", "growing", NOT_ASSESSED),
            "- paper.assurance_offered: The paper offers reasonable assurance, and 2 of 2 levels rest on the "
            "evidence of those who do the work.",
        ),
        (
            "BA606",
            replace(
                risk(),
                actions=(action(risk="R2; r 1"),),
                assessment=assessment(paper=on_the_cover("R 1", "R7")),
                previous=last_year(OK, paper=on_the_cover("R1", "R3", "R7")),
            ),
            "2 risk GA1 A1: The action A1 names the risk “R2”, and risks.csv does not have it.\n"
            "- paper.baf_risks R7: The cover names the risk “R7”, and risks.csv does not have it.\n"
            "- paper.baf_risks R3: The risk “R3” stood on the cover of 2024-25, and this cycle does not name it.",
        ),
    ],
)
def test_what_is_said_of_actions_and_risks(code: str, case: Case, expected: str) -> None:
    assert told(code, case) == expected
