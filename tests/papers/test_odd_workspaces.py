"""Every sentence that we generate is read on odd workspaces, and is true of what people gave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from pipeline.checks import check
from pipeline.dossier import for_audience
from pipeline.dossier.build import build
from pipeline.dossier.views import Dossier
from pipeline.model import NOT_ASSESSED, Case, Column, LeftOut, Risk, Role, Targets
from pipeline.model import Score as RiskScore
from pipeline.papers import filled
from pipeline.score import score
from pipeline.text import SMALL_NUMBERS
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.cases_by_hand import (
    FOLDER,
    LEVELS,
    RESPONDENTS,
    Place,
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
)
from tests.fill.reading import Paper
from tests.papers.test_own_words import NOT_OURS

NAMES = {level.id: level.name for level in LEVELS}
LOW, HIGH = ("reactive", "emergent"), ("growing", "consistent")
WHO = RESPONDENTS[:1] + RESPONDENTS[3:]


def risk() -> Risk:
    """A risk with nothing said of its gaps or assurances."""
    scores = (RiskScore(4, 4), RiskScore(3, 4), RiskScore(2, 4))
    words = ("R1", "Narrow the gaps", "The gaps do not narrow", "Nobody leads", "People fall ill", "Director", "Board")
    return Risk(*words, ("GA1", "GA9"), *scores, "The strategy", "", Place(f"{FOLDER}/risks.csv", 2))


def workspace(
    team: Sequence[str | None],
    partner: Mapping[int, str] | None = None,
    before: Sequence[str | None] | None = None,
    board: Mapping[str, Sequence[str]] | None = None,
    prompts: bool = False,
    by: str = "team",
    matrix: bool = False,
    **more: Any,
) -> Case:
    """A case of as many statements as the team gave levels; the second half of them in a section of its own."""
    ids = [f"{'GA' if n < (len(team) + 1) // 2 else 'SC'}{n + 1}" for n in range(len(team))]
    own = {"prompt": "What was done?"} if prompts else {}
    made = [statement(i, by, short=f"Name of {i}", **own) for i in ids]
    if matrix:
        made = [replace(s, column=f"P{n % 2 + 1}") for n, s in enumerate(made)]
    of = framework(*made, **({"columns": (Column("P1", "First"), Column("P2", "Second"))} if matrix else {}))
    register = [document("E01"), document("E02", 3, kind="minutes", assurance_line=2, dated=day("2025-10-10"))]
    cited = [(cite("E01", "the words cited here", statement=i), cite("E02", statement=i)) for i in ids]
    rows = [
        answer(i, level, "team", f"Comment on {i}.", *(c if level not in (None, NOT_ASSESSED) else ()))
        for i, level, c in zip(ids, team, cited, strict=True)
    ]
    rows += [answer(ids[n], level, "vcse", "As they see it.") for n, level in (partner or {}).items()]
    for who, levels in (board or {}).items():
        rows += [answer(i, level, who, "As members see it.") for i, level in zip(ids, levels, strict=True)]
    about = {"respondents": WHO} | more.pop("about", {})
    if before is not None:
        then = [answer(i, level, "team", "Then.") for i, level in zip(ids, before, strict=True)]
        more["previous"] = last_year(*then, of=of)
        about["previous"] = "2024-25"
    return make_case(*rows, of=of, register=register, about=assessment(**about), **more)


MEMBERS = tuple(replace(RESPONDENTS[3], id=f"board{n}", name=f"Member {n}") for n in range(3))
MANY = ["reactive", "emergent", "growing", "consistent", NOT_ASSESSED] * 30
TARGETS = Targets("growing", {}, day("2027-03-31"))
ASKS_APPROVAL = {
    "paper": paper(action_required=("Approve the action plan in Annex A.",), next_review=day("2026-10-01"))
}
ASKS_DISCUSSION = {"paper": paper(action_required=("Discuss the action plan.",), type="discussion")}
WORKSPACES: dict[str, Any] = {
    "all highest": lambda: workspace(["consistent"] * 4, prompts=True),
    "all lowest": lambda: workspace(["reactive"] * 9, about={"targets": TARGETS}, actions=(action(),)),
    "none assessed": lambda: workspace([NOT_ASSESSED] * 3, before=["growing", "growing", None]),
    "nobody answered": lambda: workspace([None] * 3),
    "ties": lambda: workspace(["reactive"] * 8 + ["emergent", "consistent"] * 4, actions=(action(),)),
    "one statement": lambda: workspace(["growing"], before=["growing"]),
    "partner lower": lambda: workspace(["growing"] * 3, partner={0: "reactive"}),
    "nothing moved": lambda: workspace(["growing", "reactive", "growing"], before=["growing", "reactive", "growing"]),
    "all moved": lambda: workspace(["growing", "reactive", "growing"], before=["emergent", "emergent", "reactive"]),
    "nothing to compare": lambda: workspace(["growing", "reactive"], before=[None, None]),
    "gap year": lambda: workspace(
        ["emergent", "growing"],
        before=[NOT_ASSESSED, None],
        earlier=(
            replace(
                last_year(answer("GA1", "growing"), of=framework(statement("GA1"))),
                assessment=assessment(cycle="2023-24"),
            ),
        ),
    ),
    "split board": lambda: workspace(
        ["growing"] * 2,
        by="board",
        board={"board0": ["reactive"] * 2, "board1": ["growing"] * 2, "board2": ["consistent", "growing"]},
        about={"respondents": (*RESPONDENTS[:1], *MEMBERS)},
    ),
    "proposal": lambda: workspace(["growing"] * 3, by="both", about={"stage": "proposal"}),
    "private": lambda: workspace(["growing", "reactive"], about={"paper": paper(session="private")}),
    "matrix": lambda: workspace(["growing", "reactive", "emergent", "emergent"], matrix=True),
    "many": lambda: workspace(MANY, before=MANY[1:] + MANY[:1], about={"targets": TARGETS}),
    "approve": lambda: workspace(["growing", "reactive"], about=ASKS_APPROVAL, actions=(action(section="SC"),)),
    "approve nothing": lambda: workspace(["growing", "reactive"], about=ASKS_APPROVAL),
    "discuss": lambda: workspace(
        ["growing", "reactive"],
        before=["growing", "reactive"],
        about=ASKS_DISCUSSION,
        actions=(action(due=day("2026-03-22")), action("A2", statement="", section="SC", due=day("2026-01-31"))),
    ),
    "a risk": lambda: workspace(["growing", "reactive"], risks=(risk(),)),
    "left out": lambda: workspace(
        ["growing", "reactive", "growing"], about={"left_out": (LeftOut("GA2", "Another body does this."),)}
    ),
}
PAPERS = ("board-paper", "evidence-annex", "questions-ned", "scorecard", "baf-annex", "annual-report-section")


@dataclass(frozen=True)
class Read:
    """An odd workspace, its dossier, and the words of its papers."""

    case: Case
    dossier: Dossier
    papers: Mapping[str, Paper]

    @property
    def said(self) -> list[str]:
        return [p for made in self.papers.values() for p in made.paragraphs if p.strip()]

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def levels(self) -> list[str]:
        """The reported level of each statement in scope, counted anew from the answers."""
        found = []
        for s in self.case.statements:
            given = {role: self.given(s.id, role) for role in (Role.TEAM, Role.BOARD)}
            must = {"team": [Role.TEAM], "board": [Role.BOARD], "both": [Role.TEAM, Role.BOARD]}[s.answered_by]
            ranks = [sorted(given[r])[(len(given[r]) - 1) // 2] if given[r] else -1 for r in must]
            found.append(LEVELS[min(ranks)].id if min(ranks) >= 0 else NOT_ASSESSED)
        return found

    def given(self, ident: str, role: Role) -> list[int]:
        ids = [level.id for level in LEVELS]
        roles = {r.id: r.role for r in self.case.assessment.respondents}
        every = [a for form in self.case.forms for a in form.answers]
        return [
            ids.index(a.level) for a in every if a.statement == ident and roles[a.respondent] is role and a.level in ids
        ]


@cache
def read(name: str) -> Read:
    case = WORKSPACES[name]()
    scores = score(case)
    dossier = build(case, scores, check(case, scores))
    shown = for_audience(dossier, "private" if name == "private" else "public")
    papers = {}
    for made in PAPERS:
        template = SHIPPED_TEMPLATES / f"{made.split('-')[0] if made.startswith('questions') else made}.docx"
        papers[made] = Paper(filled(made, shown, template))
    return Read(case, dossier, papers)


every_workspace = pytest.mark.parametrize("name", WORKSPACES)


def figure(word: str) -> int:
    word = word.lower().replace(",", "")
    return int(word) if word.isdigit() else {"no": 0, "all": -1, **{w: n for n, w in enumerate(SMALL_NUMBERS)}}[word]


@every_workspace
def test_our_words_are_plain_and_no_cell_is_bare(name: str) -> None:
    found = read(name)
    ours = [
        re.sub(r"\b(?:GA|SC)\d+", "it", p) for p in found.said if not p.endswith("?")
    ]  # questions have their own bank
    assert [p for p in ours if NOT_OURS.search(p)] == []
    odd = re.compile(
        r"\b0 (?:statements|actions|gaps)|\bnone (?:gaps|did|statements|actions)\b|\(\)|\.\.(?!\.)| \.|  |: \.|, \."
    )
    assert [p for p in found.said if odd.search(p.replace("...", "")) and "☐" not in p] == []
    cells = [c.strip() for made in found.papers.values() for t in made.tables() for row in t for c in row]
    assert [c for c in cells if c in ("", "-", "–", "—", "None", "n/a")] == []


@every_workspace
def test_counts_by_level_are_those_of_the_answers(name: str) -> None:
    found = read(name)
    counts, size = Counter(found.levels), len(found.levels)
    said = [
        p
        for p in found.said
        if re.match(r"(Of [\d,]+ statements?,|All [\d,]+ statements|The one statement is|Not one of the)", p)
    ]
    assert said, "the headline counts"
    for p in said:
        if p.startswith("Of "):
            for level in LEVELS:
                match = re.search(rf"\b([\w,]+) (?:is|are) {level.name}\b", p)
                assert match and figure(match[1]) == counts[level.id], p
            rest = re.search(r"([\w,]+) (?:is|are) not assessed", p)
            assert (figure(rest[1]) if rest else 0) == counts[NOT_ASSESSED], p
        elif "not assessed" in p or "is assessed" in p:
            assert counts[NOT_ASSESSED] == size, p
        elif not re.search("moved|compared", p):
            assert len(counts) == 1 and any(f" {NAMES[level]}." in p for level in counts), p


@every_workspace
def test_ties_lows_and_highs_are_named_as_what_they_are(name: str) -> None:
    found = read(name)
    counts = Counter(found.levels)
    given = [level.id for level in LEVELS if counts[level.id]]
    for level, where in re.findall(r"The lowest level reported is (\w+), at ([^.]*)\.", found.text):
        assert NAMES[given[0]] == level
        number = re.match(r"([\w,]+) statements$", where)
        assert (figure(number[1]) if number else len(re.split(r", | and ", where))) == counts[given[0]]
    for number, level in re.findall(r"\b(\w+) statements are (\w+); \w+ of them", found.text):
        assert figure(number) == counts[level.lower()]
    board = found.papers["board-paper"]
    ids = {s.id: level for s, level in zip(found.case.statements, found.levels, strict=True)}
    for heading, allowed in (("Where we are weakest", LOW), ("Where we are strong", HIGH)):
        named = [re.match(r"[A-Z]{2}\d+", p) for p in board.section(heading)]
        assert all(ids[m[0]] in allowed for m in named if m), (heading, board.section(heading))
        assert bool([m for m in named if m]) == any(level in allowed for level in ids.values())
    if counts["consistent"]:
        strong = [m[0] for p in board.section("Where we are strong") if (m := re.match(r"[A-Z]{2}\d+", p))]
        assert ids[strong[0]] == "consistent"


@every_workspace
def test_nothing_is_said_to_be_absent_that_is_there(name: str) -> None:
    found = read(name)
    levels = {s.id: level for s, level in zip(found.case.statements, found.levels, strict=True)}
    apart = [
        s.id
        for s in found.case.statements
        if len({tuple(sorted(found.given(s.id, r)))[:1] for r in Role if found.given(s.id, r)}) > 1
    ]
    roles = {r for s in found.case.statements for r in Role if found.given(s.id, r)}
    truths = {
        r"No assessed statement is Reactive or Emergent": not set(levels.values()) & {*LOW},
        r"No assessed statement is Growing or Consistent": not set(levels.values()) & {*HIGH},
        r"No statement was placed differently": not apart and len(roles) > 1,
        r"(?:The team|The Board|Partners) alone gave levels": len(roles) == 1,
        r"No statement is assessed": set(levels.values()) == {NOT_ASSESSED},
        r"No open action answers it": bool(found.case.actions),
        r"No action has been recorded": not found.case.actions,
        r"No risk recorded here names it": bool(found.case.risks),
        r"these checks found|These checks found": True,
        r"No matrix can be drawn": not found.case.framework.columns,
        r"No statement can be compared": not found.dossier.totals.moved_up
        + found.dossier.totals.moved_down
        + found.dossier.totals.unchanged,
    }
    for words, true in truths.items():
        assert true or not re.search(words, found.text), words
    for never in (
        "next meeting",
        "gives no prompt",
        "stands out",
        "No cell is below",
        "first year",
        "No risk in the BAF",
    ):
        assert never not in found.text


@every_workspace
def test_movement_is_counted_as_in_the_answers_of_both_years(name: str) -> None:
    found = read(name)
    before = {}
    if found.case.previous:
        before = {a.statement: a.level for form in found.case.previous.forms for a in form.answers}
    ids = [level.id for level in LEVELS]
    both = [
        (ids.index(before[s.id]), ids.index(level))
        for s, level in zip(found.case.statements, found.levels, strict=True)
        if before.get(s.id) in ids and level in ids
    ]
    moves = {"down": sum(a > b for a, b in both), "up": sum(a < b for a, b in both)}
    headline = [p for p in found.papers["board-paper"].section("Headline") if p.startswith("Since ")]
    assert bool(headline) == any(moves.values())
    for p in headline:
        for way, number in moves.items():
            match = re.search(rf"(\w+)(?: statements?)? moved {way}", p)
            assert (figure(match[1]) if match else 0) == number, p
        match = re.search(r"(\w+)(?: statements?)? did not change", p)
        assert (figure(match[1]) if match else 0) == sum(a == b for a, b in both), p
    if both and not any(moves.values()):
        assert re.search(r"(?:Not one of the \w+ statements|The one statement) that can be compared", found.text)


def test_a_fall_over_a_missed_year_is_told_and_is_not_called_the_first() -> None:
    found = read("gap year")
    assert "last assessed 2023-24: Growing; moved down since" in found.text
    assert found.text.count("first assessed") > 0, "the other statement is new"
    assert "One is assessed for the first time and one was last assessed before 2024-25: not compared." in found.text


def test_a_split_board_is_shown_with_number_and_range_wherever_its_level_is() -> None:
    found = read("split board")
    for made in ("board-paper", "questions-ned", "scorecard"):
        rows = [" ".join(row) for table in found.papers[made].tables() for row in table]
        level_rows = [
            p
            for p in (*rows, *(p for p in found.papers[made].paragraphs if not any(p in row for row in rows)))
            if "Growing, not seen" in p or "Growing, found" in p or "Growing, document" in p
        ]
        assert all(
            "3 answers, Reactive to Consistent" in p or "3 answers, Reactive to Growing" in p for p in level_rows
        )
    assert "Board: 3 answers, Reactive to Consistent" in found.text


def test_the_ask_of_the_annex_is_the_ask_of_the_paper() -> None:
    assert "which the Board is asked to approve." in read("approve").text
    assert "which the Board is asked to discuss." in read("discuss").text
    assert "asked to approve" not in read("discuss").text
    assert "By the next review (1 October 2026)" in read("approve").text
    assert "AC506" in {f.code for f in read("approve nothing").dossier.findings}


def test_overdue_is_said_with_its_day_and_what_falls_due_before_the_meeting_too() -> None:
    text = read("discuss").text
    assert "overdue on 19 March 2026" in text
    assert "open; due before the meeting" in text
    assert "Evidence and actions are judged as at 19 March 2026." in text


def test_an_action_for_a_whole_section_answers_its_statements() -> None:
    weak = read("discuss").papers["board-paper"].section("Where we are weakest")
    assert "Action A2" in weak[0], weak


def test_what_is_left_out_is_told_with_its_reason_and_counted_nowhere() -> None:
    found = read("left out")
    assert "GA2 Name of GA2: Another body does this." in found.text
    assert "All 2 statements are Growing." in found.text


def test_three_lines_without_assurance_are_not_no_gap() -> None:
    assert "No gap is recorded, and no assurance either." in read("a risk").text
