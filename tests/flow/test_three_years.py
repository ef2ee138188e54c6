"""Three years of an invented organisation with a framework that changes under them; each answer worked out by hand.

The framework: A1 is reworded in the second year; A2 becomes B1, then B9; A3 is asked in the first year alone; A4 comes
in the second, A5 in the third.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass

import pytest

from pipeline.dossier.views import Dossier
from pipeline.flow.judging import judge
from pipeline.flow.preparing import start_cycle
from pipeline.prepare.due import letters
from pipeline.workspace import Workspace

YEARS = ("2023-24", "2024-25", "2025-26")
HEAD = """id: own
title: Own framework
version: "{version}"
levels:
  - {{id: low, name: Low}}
  - {{id: mid, name: Middle, requires: {{documents: 0}}}}
  - {{id: high, name: High, requires: {{documents: 0}}}}
sections:
  - id: S
    title: All of it
    statements:
"""
STATEMENTS = {
    "2023-24": ("A1|Aims are set.|", "A2|Money follows the aims.|", "A3|Reports are read.|"),
    "2024-25": ("A1|Aims are set and dated.|", "B1|Money follows the aims.|A2", "A4|Partners are asked.|"),
    "2025-26": (
        "A1|Aims are set and dated.|",
        "B9|Money follows the aims.|B1",
        "A4|Partners are asked.|",
        "A5|Lessons are used.|",
    ),
}
ANSWERS = {
    "2023-24": {"A1": "Middle", "A2": "High", "A3": "Low"},
    "2024-25": {"A1": "High", "B1": "Middle", "A4": "Low"},
    "2025-26": {"A1": "Middle", "B9": "High", "A4": "not assessed", "A5": "Low"},
}
ASSESSMENT = """organisation: NHS Invented ICB
cycle: 2023-24
framework: own.yaml
respondents: [{id: team, name: The team, role: team}]
paper: {title: Self-assessment 2023-24, meeting: ICB Board, date: 2024-03-28}
"""
ACTIONS = """id,section,statement,action,owner,due,status,measure
X1,S,A2,Follow each pound to a place,Finance lead,2024-09-30,open,
X2,S,A3,Read the reports aloud,Secretary,2024-10-31,open,
X3,S,A1,Print the aims,Secretary,2024-05-31,done,
"""
REGISTER = "id,title,file,owner,dated,review_by,visibility,kind,assurance_line\n"


@dataclass(frozen=True)
class Years:
    ws: Workspace

    def dossier(self, cycle: str) -> Dossier:
        return judge(self.ws, cycle).dossier

    def answer(self, cycle: str) -> None:
        folder = self.ws.cycle_folder(cycle)
        parts = (s.split("|") for s in STATEMENTS[cycle])
        rows = [
            f'      - {{id: {i}, text: "{text}", answered_by: team{f", formerly: [{was}]" if was else ""}}}'
            for i, text, was in parts
        ]
        version = YEARS.index(cycle) + 1
        (folder / "own.yaml").write_text(HEAD.format(version=version) + "\n".join(rows) + "\n", "utf-8")
        answers = [f"{i},{level},What we saw of {i} in {cycle}.," for i, level in ANSWERS[cycle].items()]
        text = "\n".join(["statement,level,comment,evidence", *answers]) + "\n"
        (folder / "responses" / "team.csv").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    """Each year is rolled from the one before, and only what a team would type is typed."""
    root = tmp_path_factory.mktemp("years")
    first = root / "assessments" / YEARS[0]
    (first / "responses").mkdir(parents=True)
    (root / "evidence").mkdir()
    (root / "evidence" / "register.csv").write_text(REGISTER, "utf-8")
    (first / "assessment.yaml").write_text(ASSESSMENT, "utf-8")
    (first / "actions.csv").write_text(ACTIONS, "utf-8")
    made = Years(Workspace(root))
    made.answer(YEARS[0])
    for old, new, day in zip(YEARS, YEARS[1:], (datetime.date(2025, 3, 27), datetime.date(2026, 3, 26)), strict=False):
        start_cycle(made.ws, new, old, day)
        made.answer(new)
        if new == YEARS[1]:
            carried = made.ws.cycle_folder(new) / "actions.csv"
            rows = list(csv.reader(carried.read_text("utf-8").splitlines()))
            assert [row[0] for row in rows[1:]] == ["X1", "X2"], "what is done is not carried"
            kept = [rows[0], [cell.replace("A2", "B1").replace("2024-09-30", "2025-09-30") for cell in rows[1]]]
            carried.write_text("\n".join(",".join(row) for row in kept) + "\n", "utf-8")
    return made


@pytest.mark.parametrize(
    ("cycle", "moved"),
    [
        ("2023-24", dict.fromkeys(("A1", "A2", "A3"), "")),
        (
            "2024-25",
            {
                "A1": "Middle in 2023-24; wording changed, not compared",
                "B1": "moved down from High to Middle",
                "A4": "first assessed",
            },
        ),
        (
            "2025-26",
            {
                "A1": "moved down from High to Middle",
                "B9": "moved up from Middle to High",
                "A4": "not assessed this year; last assessed 2024-25: Low",
                "A5": "first assessed",
            },
        ),
    ],
)
def test_movement_follows_each_statement_through_its_names_and_wordings(
    years: Years, cycle: str, moved: dict[str, str]
) -> None:
    assert {s.id: s.movement.shown for s in years.dossier(cycle).statements} == moved


def test_the_framework_of_each_year_is_compared_with_the_one_before(years: Years) -> None:
    second, third = (years.dossier(cycle).framework_changes for cycle in YEARS[1:])
    assert (second.added, second.removed) == (("A4, Partners are asked",), ("A3, Reports are read",))
    assert second.reworded == ("A1, Aims are set and dated",)
    assert second.renumbered == ("B1, Money follows the aims, formerly A2",)
    assert (third.added, third.removed, third.reworded) == (("A5, Lessons are used",), (), ())
    assert third.renumbered == ("B9, Money follows the aims, formerly B1",)
    asked_no_more = [[gone.statement for gone in years.dossier(cycle).no_longer_asked] for cycle in YEARS]
    assert asked_no_more == [[], ["A3"], []]


def test_what_became_of_the_actions_is_told_by_year(years: Years) -> None:
    became = {past.id: (past.became, past.first_due, past.due) for past in years.dossier("2024-25").last_years_actions}
    assert became == {
        "X2": ("", datetime.date(2024, 10, 31), None),
        "X1": ("carried", datetime.date(2024, 9, 30), datetime.date(2025, 9, 30)),
    }
    found = [f.message for f in years.dossier("2024-25").findings if f.code == "AC505"]
    assert len(found) == 1 and "X2" in found[0]
    (third,) = years.dossier("2025-26").last_years_actions
    assert (third.id, third.became, third.first_due) == ("X1", "carried", datetime.date(2025, 9, 30))


def test_an_action_under_an_old_id_is_about_the_statement_of_today(years: Years) -> None:
    (action,) = years.dossier("2025-26").actions
    assert (action.statement, action.overdue) == ("B9", True)


def test_the_letters_of_the_third_year_name_what_is_overdue_and_nobody_who_has_nothing_to_do(years: Years) -> None:
    written = {letter.who: letter.text for letter in letters(years.dossier("2025-26"))}
    assert "Overdue on 26 March 2026" in written["Finance lead"]
    assert "30 September 2025: Action X1: Follow each pound to a place." in written["Finance lead"]
    assert "Secretary" not in written
