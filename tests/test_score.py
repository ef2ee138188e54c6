"""Reported levels, section results, movement and standing, as the contract says them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.model import NOT_ASSESSED, CheckResult, EvidenceStrength, LeftOut, Role, StoredFile, Verdict
from pipeline.score import score
from pipeline.score.movement import actions_not_carried, no_longer_asked
from tests.cases_by_hand import (
    LEVELS,
    RESPONDENTS,
    action,
    answer,
    assessment,
    cite,
    document,
    framework,
    last_year,
    make_case,
    statement,
)

BOTH = framework(statement("GA1", "both"))


@pytest.mark.parametrize(
    ("levels", "middle", "lowest", "highest", "number"),
    [
        (["growing"], "growing", "growing", "growing", 1),
        (["emergent", "growing"], "emergent", "emergent", "growing", 2),
        (["consistent", "reactive", "growing"], "growing", "reactive", "consistent", 3),
        (["growing", NOT_ASSESSED, "consistent"], "growing", "growing", "consistent", 2),
        ([NOT_ASSESSED, None], NOT_ASSESSED, None, None, 0),
        ([None], None, None, None, 0),
        ([], None, None, None, 0),
    ],
)
def test_several_of_one_role_come_to_the_middle_one(
    levels: list[str | None], middle: str | None, lowest: str | None, highest: str | None, number: int
) -> None:
    teams = ["team", "team2", "team3"]
    case = make_case(*(answer("GA1", level, who, "Why") for who, level in zip(teams, levels, strict=False)))
    view = score(case).statements["GA1"].views[Role.TEAM]
    assert (view.level, view.lowest, view.highest, view.number) == (middle, lowest, highest, number)
    assert len(view.answers) == len(levels)


@pytest.mark.parametrize(
    ("answered_by", "team", "board", "reported"),
    [
        ("team", "growing", None, "growing"),
        ("team", "growing", "reactive", "growing"),
        ("team", None, "growing", NOT_ASSESSED),
        ("board", "growing", None, NOT_ASSESSED),
        ("board", "growing", "emergent", "emergent"),
        ("board", None, "consistent", "consistent"),
        ("both", "growing", "emergent", "emergent"),
        ("both", "emergent", "consistent", "emergent"),
        ("both", "growing", None, NOT_ASSESSED),
        ("both", None, "growing", NOT_ASSESSED),
        ("both", NOT_ASSESSED, "growing", NOT_ASSESSED),
    ],
)
def test_who_answers_decides_the_reported_level(
    answered_by: str, team: str | None, board: str | None, reported: str
) -> None:
    case = make_case(
        answer("GA1", team, "team", "Why"),
        answer("GA1", board, "board", "Why"),
        answer("GA1", "reactive", "vcse"),
        of=framework(statement("GA1", answered_by)),
    )
    found = score(case).statements["GA1"]
    assert found.reported == reported
    assert found.views[Role.TEAM].level == team
    assert found.views[Role.BOARD].level == board
    assert found.views[Role.PARTNER].level == "reactive"


def test_a_proposal_shows_the_teams_view_and_reports_nothing_for_the_board() -> None:
    case = make_case(answer("GA1", "growing"), of=BOTH, about=assessment(stage="proposal"))
    found = score(case).statements["GA1"]
    assert (found.reported, found.views[Role.TEAM].level) == (NOT_ASSESSED, "growing")


def section_of(*levels: str | None) -> tuple[str | None, str | None, tuple[str, ...], int]:
    ids = [f"GA{n}" for n in range(1, len(levels) + 1)]
    rows = [answer(i, level, "team", "Why") for i, level in zip(ids, levels, strict=True)]
    found = score(make_case(*rows, of=framework(*map(statement, ids)))).sections["GA"]
    assert sum(found.counts.values()) + found.not_assessed == len(levels)
    assert list(found.counts) == [level.id for level in LEVELS]
    return found.middle, found.lowest, found.lowest_statements, found.not_assessed


@pytest.mark.parametrize(
    ("levels", "result"),
    [
        (["emergent", "growing"], ("emergent", "emergent", ("GA1",), 0)),
        (["growing", "reactive", "reactive"], ("reactive", "reactive", ("GA2", "GA3"), 0)),
        (["consistent", "reactive", "emergent", "growing"], ("emergent", "reactive", ("GA2",), 0)),
        (["growing", "emergent", NOT_ASSESSED], ("emergent", "emergent", ("GA2",), 1)),
        (["growing", None, NOT_ASSESSED], (None, "growing", ("GA1",), 2)),
        ([None, None], (None, None, (), 2)),
    ],
)
def test_a_section_comes_to_its_middle_level_if_two_thirds_are_assessed(
    levels: list[str | None], result: tuple[str | None, str | None, tuple[str, ...], int]
) -> None:
    assert section_of(*levels) == result


def test_a_partial_run_scores_the_sections_in_scope_alone() -> None:
    both = framework(statement("GA1"), statement("SC1"))
    case = make_case(answer("GA1", "growing"), of=both, about=assessment(sections=("SC",)))
    found = score(case)
    assert list(found.sections) == ["SC"]
    assert list(found.statements) == ["SC1"]


@pytest.mark.parametrize(
    ("before", "now", "kind", "previous"),
    [
        ("emergent", "growing", "up", "emergent"),
        ("growing", "reactive", "down", "growing"),
        ("growing", "growing", "same", "growing"),
        (NOT_ASSESSED, "growing", "first", None),
        (None, "growing", "first", None),
        ("growing", NOT_ASSESSED, "not assessed", "growing"),
        (None, NOT_ASSESSED, "not assessed", None),
    ],
)
def test_movement(before: str | None, now: str, kind: str, previous: str | None) -> None:
    earlier = last_year(answer("GA1", before, "team", "Why"))
    found = score(make_case(answer("GA1", now, "team", "Why"), previous=earlier))
    movement = found.statements["GA1"].movement
    assert (movement.kind, movement.previous) == (kind, previous)
    assert found.movement_note == ""


def moved(now_text: str = "A.", then_text: str = "A.", then_id: str = "GA1", **more: object) -> str:
    this = framework(statement("GA1", text=now_text, **more))
    earlier = last_year(answer(then_id, "emergent"), of=framework(statement(then_id, text=then_text)))
    return score(make_case(answer("GA1", "growing"), of=this, previous=earlier)).statements["GA1"].movement.kind


def test_a_statement_whose_text_changed_is_not_compared() -> None:
    assert moved("Leaders hold the brief.", "Leaders hold the brief. ") == "up"
    assert moved("Leaders hold the brief.", "Leaders held the brief.") == "wording changed"


def test_a_statement_is_known_by_its_former_id() -> None:
    assert moved(then_id="GA7") == "first"
    assert moved(then_id="GA7", formerly=("GA7",)) == "up"


def test_an_id_that_was_given_to_another_statement_is_no_past() -> None:
    this = framework(statement("GA1", text="Old.", formerly=("GA2",)), statement("GA2", text="Quite new."))
    earlier = last_year(answer("GA2", "emergent"), of=framework(statement("GA2", text="Old.")))
    rows = [answer("GA1", "growing"), answer("GA2", "growing", row=3)]
    found = score(make_case(*rows, of=this, previous=earlier)).statements
    assert (found["GA1"].movement.kind, found["GA2"].movement.kind) == ("up", "first")


def test_another_organisation_is_not_compared_unless_it_may_be() -> None:
    earlier = last_year(answer("GA1", "emergent"), organisation="NHS Former ICB")
    found = score(make_case(answer("GA1", "growing"), previous=earlier))
    assert found.statements["GA1"].movement.kind == "not shown"
    assert "NHS Former ICB" in found.movement_note
    comparable = assessment(comparable="same footprint, new name")
    found = score(make_case(answer("GA1", "growing"), previous=earlier, about=comparable))
    assert (found.statements["GA1"].movement.kind, found.movement_note) == ("up", "")


def test_without_an_earlier_cycle_no_movement_is_shown_and_it_says_why() -> None:
    found = score(make_case(answer("GA1", "growing")))
    assert found.statements["GA1"].movement.kind == "not shown"
    assert found.movement_note


def test_levels_of_two_frameworks_are_compared_by_id() -> None:
    then = [replace(LEVELS[1], rank=0), replace(LEVELS[2], rank=1)]
    earlier = last_year(answer("GA1", "growing"), of=framework(statement("GA1"), levels=then))
    assert score(make_case(answer("GA1", "growing"), previous=earlier)).statements["GA1"].movement.kind == "same"
    gone = [replace(LEVELS[0], id="basic", rank=0)]
    earlier = last_year(answer("GA1", "basic"), of=framework(statement("GA1"), levels=gone))
    movement = score(make_case(answer("GA1", "growing"), previous=earlier)).statements["GA1"].movement
    assert (movement.kind, movement.previous) == ("other scale", "basic")


FOUND, ELSEWHERE, MISSED = Verdict.FOUND, Verdict.FOUND_ELSEWHERE, Verdict.NOT_FOUND
NO_TEXT, PERSON, WHOLE = Verdict.NOT_CHECKABLE, Verdict.SEEN_BY_A_PERSON, Verdict.NO_QUOTATION


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        ([FOUND], EvidenceStrength.FOUND),
        ([ELSEWHERE, WHOLE], EvidenceStrength.FOUND),
        ([FOUND, NO_TEXT], EvidenceStrength.FOUND),
        ([FOUND, MISSED], EvidenceStrength.DOCUMENT_ONLY),
        ([WHOLE], EvidenceStrength.DOCUMENT_ONLY),
        ([WHOLE, MISSED], EvidenceStrength.DOCUMENT_ONLY),
        ([PERSON], EvidenceStrength.DOCUMENT_ONLY),
        ([MISSED], EvidenceStrength.NOT_SEEN),
        ([NO_TEXT], EvidenceStrength.NOT_SEEN),
        ([], EvidenceStrength.NOT_SEEN),
    ],
)
def test_how_evidence_stands(verdicts: list[Verdict], standing: EvidenceStrength) -> None:
    cited = [cite(f"E{n}", None if v is WHOLE else f"all of words {n}") for n, v in enumerate(verdicts)]
    case = make_case(
        answer("GA1", "growing", "team", "", *cited),
        register=[document(c.evidence) for c in cited],
        check_results={c: CheckResult(v) for c, v in zip(cited, verdicts, strict=True)},
    )
    assert score(case).statements["GA1"].standing is standing


@pytest.mark.parametrize(
    ("quotation", "said", "standing"),
    [
        ("three words alone", {}, EvidenceStrength.DOCUMENT_ONLY),
        ("four words with weight", {}, EvidenceStrength.FOUND),
        ("three - words - alone", {}, EvidenceStrength.DOCUMENT_ONLY),
        ("412 people", {}, EvidenceStrength.FOUND),
        ("four words of heading", {"little": "a heading"}, EvidenceStrength.DOCUMENT_ONLY),
        ("narrowed in 2015 and since", {"negation": "not"}, EvidenceStrength.DOCUMENT_ONLY),
    ],
)
def test_words_that_show_little_stand_as_the_document_alone(
    quotation: str, said: dict[str, str], standing: EvidenceStrength
) -> None:
    cited = cite("E1", quotation)
    rows = [answer("GA1", "growing", "team", "", cited)]
    case = make_case(*rows, register=[document("E1")], check_results={cited: CheckResult(FOUND, **said)})
    found = score(case).statements["GA1"]
    assert (found.standing, found.words_found) == (standing, int(standing is EvidenceStrength.FOUND))


def test_one_quotation_with_weight_is_enough_beside_one_without() -> None:
    cited = [cite("E1", "the words"), cite("E2", "four words with weight")]
    rows = [answer("GA1", "growing", "team", "", *cited)]
    case = make_case(
        *rows, register=[document("E1"), document("E2")], check_results={c: CheckResult(FOUND) for c in cited}
    )
    found = score(case).statements["GA1"]
    assert (found.standing, found.words_found) == (EvidenceStrength.FOUND, 1)


def test_partners_citations_do_not_make_evidence_stand() -> None:
    theirs = cite("E1", "all of the words", respondent="vcse")
    rows = [answer("GA1", "growing"), answer("GA1", "growing", "vcse", "", theirs)]
    found = score(make_case(*rows, register=[document("E1")])).statements["GA1"]
    assert (found.standing, found.words_found) == (EvidenceStrength.NOT_SEEN, 0)


def test_a_teams_citation_on_a_board_statement_counts() -> None:
    rows = [answer("GA1", "growing", "board"), answer("GA1", None, "team", "", cite("E1", "all of the words"))]
    found = score(make_case(*rows, of=framework(statement("GA1", "board")), register=[document("E1")]))
    assert found.statements["GA1"].standing is EvidenceStrength.FOUND


def test_documents_that_nobody_could_read_are_not_seen() -> None:
    whole = cite("E1")
    film = make_case(
        answer("GA1", "growing", "team", "", whole),
        register=[document("E1", file="film.mp4")],
        copies={"E1": StoredFile("E1", sha256="x", uncheckable="a film")},
    )
    link = make_case(
        answer("GA1", "growing", "team", "", whole),
        register=[document("E1", file="", url="https://example.org")],
        check_results={whole: CheckResult(Verdict.NO_QUOTATION)},
    )
    missing = make_case(
        answer("GA1", "growing", "team", "", whole),
        register=[document("E1")],
        copies={"E1": StoredFile("E1", missing=True)},
    )
    for case in (film, link, missing):
        assert score(case).statements["GA1"].standing is EvidenceStrength.NOT_SEEN


def test_the_same_words_cited_twice_count_once() -> None:
    rows = [
        answer("GA1", "growing", "team", "", cite("E1", "All of  the words"), cite("E1", "some of other words")),
        answer("GA1", "growing", "board", "", cite("E1", "all of the words", respondent="board")),
    ]
    assert score(make_case(*rows, register=[document("E1")], of=BOTH)).statements["GA1"].words_found == 2


def test_two_equal_citations_are_looked_up_alike() -> None:
    cited, again = cite("E1", "all of the words"), cite("E1", "all of the words")
    case = make_case(
        answer("GA1", "growing", "team", "", cited, again),
        register=[document("E1")],
        check_results={cited: CheckResult(Verdict.NOT_FOUND)},
    )
    assert cited is not again
    assert score(case).statements["GA1"].standing is EvidenceStrength.NOT_SEEN


def test_undeclared_respondents_say_nothing() -> None:
    case = make_case(answer("GA1", "growing", "team2"), about=assessment(respondents=RESPONDENTS[:1]))
    assert score(case).statements["GA1"].reported == NOT_ASSESSED


def cycle(name: str, *answers: Any, of: Any = None) -> Any:
    before = last_year(*answers, of=of)
    return replace(before, assessment=replace(before.assessment, cycle=name))


def test_a_statement_missed_for_a_year_is_last_assessed_and_a_fall_since_is_not_hidden() -> None:
    missed = cycle("2024-25", answer("GA1", NOT_ASSESSED, "team", "Not this year."))
    before = cycle("2023-24", answer("GA1", "growing"))
    case = make_case(answer("GA1", "emergent"), previous=missed, earlier=(before,))
    found = score(case).statements["GA1"]
    assert (found.movement.kind, found.movement.cycle, found.movement.previous, found.movement.change) == (
        "last assessed",
        "2023-24",
        "growing",
        "down",
    )
    assert [(p.cycle, p.level) for p in found.past] == [("2024-25", NOT_ASSESSED), ("2023-24", "growing")]


def test_first_assessed_is_said_where_no_earlier_cycle_has_a_level() -> None:
    missed, also = cycle("2024-25"), cycle("2023-24", answer("GA1", NOT_ASSESSED, "team", "No."))
    case = make_case(answer("GA1", "emergent"), previous=missed, earlier=(also,))
    assert score(case).statements["GA1"].movement.kind == "first"


def test_a_former_id_is_followed_from_year_to_year() -> None:
    oldest = cycle("2022-23", answer("GC1", "consistent"), of=framework(statement("GC1", text="The same.")))
    older = cycle("2023-24", of=framework(statement("GB1", text="The same.", formerly=("GC1",))))
    last = cycle("2024-25", of=framework(statement("GB1", text="The same.")))
    now = framework(statement("GA1", text="The same.", formerly=("GB1",)))
    movement = score(make_case(answer("GA1", "growing"), of=now, previous=last, earlier=(older, oldest)))
    assert (movement.statements["GA1"].movement.cycle, movement.statements["GA1"].movement.change) == (
        "2022-23",
        "down",
    )


def test_what_was_asked_and_is_gone_is_named_once() -> None:
    then = framework(statement("GA1"), statement("GA2"), statement("GA3", text="Was three."))
    now = framework(statement("GA1"), statement("GA4", text="Was three, reworded.", formerly=("GA3",)))
    assert [s.id for s in no_longer_asked(make_case(of=now, previous=last_year(of=then)))] == ["GA2"]


@pytest.mark.parametrize(
    ("then", "now", "gone"),
    [
        (action("A1"), action("A1", status="done"), []),
        (action("A1"), action("A1", status="dropped"), []),
        (action("A1", action="Name a lead"), action("B7", action="Name a  LEAD"), []),
        (action("A1", action="Name a lead"), action("A1", statement="GA2", action="Name a lead for each"), []),
        (action("A1", action="Name a lead"), action("A1", statement="GA2", action="Publish the figures"), ["A1"]),
        (action("A1"), action("A2", action="Something else"), ["A1"]),
        (action("A1", status="done"), action("A2", action="Something else"), []),
    ],
)
def test_an_open_action_of_last_year_is_carried_done_dropped_or_named(then: Any, now: Any, gone: list[str]) -> None:
    case = make_case(actions=(now,), previous=replace(last_year(), actions=(then,)))
    assert [a.id for a in actions_not_carried(case)] == gone


def test_a_statement_that_is_left_out_is_counted_nowhere() -> None:
    about = assessment(left_out=(LeftOut("GA2", "We run no such service."),))
    found = score(make_case(answer("GA1", "growing"), of=framework(statement("GA1"), statement("GA2")), about=about))
    assert list(found.statements) == ["GA1"]
    assert found.sections["GA"].not_assessed == 0
