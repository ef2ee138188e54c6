"""Actions, risks and money at the edges of their rules; what has changed since a sign-off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.checks import check
from pipeline.checks.signed import changes_since, kinds_changed_since, prints_of, signed_digests
from pipeline.inputs.suggest import words
from pipeline.model import AssuranceOffered, Case, Finding, Funding, Indicator, Place, Risk, Scheme, Score, SignOff
from pipeline.score import score
from tests.cases_by_hand import (
    AS_OF,
    FOLDER,
    action,
    answer,
    assessment,
    cite,
    day,
    document,
    forms,
    framework,
    last_year,
    make_case,
    paper,
    statement,
)

BEFORE, AFTER = day("2026-03-18"), day("2026-03-20")
NONE = Score(None, None)


def found_in(case: Case) -> tuple[Finding, ...]:
    return check(case, score(case))


def said(code: str, case: Case) -> list[str]:
    return [f.message for f in found_in(case) if f.code == code]


def fields(code: str, case: Case) -> list[str | None]:
    return [f.field for f in found_in(case) if f.code == code]


def with_risk(**more: Any) -> Case:
    empty = dict.fromkeys(("objective", "risk", "cause", "effect", "lead", "committee", "controls"), "")
    scores = {"inherent": NONE, "current": NONE, "target": NONE, "gaps_in_control": "", "statements": ()}
    risk = Risk(**{"id": "R1", "place": Place(f"{FOLDER}/risks.csv", 2), **empty, **scores, **more})
    return make_case(answer("GA1", "growing"), risks=(risk,), previous=last_year(answer("GA1", "growing")))


@pytest.mark.parametrize(("due", "late"), [(BEFORE, 1), (AS_OF, 0), (AFTER, 0)])
def test_an_action_is_overdue_after_its_day(due: Any, late: int) -> None:
    case = make_case(answer("GA1", "growing"), actions=(action(due=due),))
    assert len(said("AC502", case)) == late


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"owner": " "}, ["owner"]),
        ({"due": None}, ["due"]),
        ({"owner": "", "due": None}, ["due", "owner"]),
        ({"owner": "", "due": None, "status": "done"}, []),
        ({"owner": "", "due": None, "status": "dropped"}, []),
        ({"owner": "", "status": ""}, ["owner"]),
        ({}, []),
    ],
)
def test_an_open_action_needs_somebody_and_a_day(more: dict[str, Any], expected: list[str]) -> None:
    case = make_case(answer("GA1", "growing"), actions=(action(**more),))
    assert sorted(map(str, fields("AC501", case))) == expected
    assert {f.severity for f in found_in(case) if f.code == "AC501"} <= {"blocker"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"status": "done"}, 1),
        ({"status": "done", "evidence": "E1"}, 0),
        ({"status": "done", "evidence": " "}, 1),
        ({"status": "done", "citations": (cite("E1"),)}, 0),
        ({"status": "open"}, 0),
        ({"status": "dropped"}, 0),
    ],
)
def test_what_is_done_is_shown(more: dict[str, Any], expected: int) -> None:
    case = make_case(answer("GA1", "growing"), actions=(action(**more),), register=[document("E1")])
    assert len(said("AC504", case)) == expected


@pytest.mark.parametrize(
    ("level", "actions", "expected"),
    [
        ("reactive", (), 1),
        ("emergent", (), 0),
        ("reactive", ({"statement": "GA1"},), 0),
        ("reactive", ({"statement": "GA2"},), 1),
        ("reactive", ({"statement": "", "section": "GA"},), 0),
        ("reactive", ({"statement": "", "section": "SC"},), 1),
        ("reactive", ({"statement": "GA1", "status": "done"},), 1),
        ("reactive", ({"statement": "GA2", "section": "GA"},), 1),
    ],
)
def test_the_lowest_level_needs_an_open_action(level: str, actions: tuple[dict[str, Any], ...], expected: int) -> None:
    of = framework(statement("GA1"), statement("GA2"), statement("SC1"))
    rows = [answer("GA1", level), answer("GA2", "emergent"), answer("SC1", "emergent")]
    case = make_case(*rows, of=of, actions=tuple(action(**more) for more in actions))
    assert len(said("AC503", case)) == expected


def test_a_fall_needs_an_open_action_too_and_says_from_where() -> None:
    case = make_case(answer("GA1", "emergent"), previous=last_year(answer("GA1", "growing")))
    (told,) = said("AC503", case)
    assert "moved down from Growing to" in told
    assert said("AC503", make_case(answer("GA1", "growing"), previous=last_year(answer("GA1", "growing")))) == []


@pytest.mark.parametrize(
    ("asked", "actions", "expected"),
    [
        ("Approve the action plan", 0, 1),
        ("Approve the actions", 0, 1),
        ("Approve Annex A", 0, 1),
        ("Approve the paper", 0, 0),
        ("Approve the action plan", 1, 0),
    ],
)
def test_no_plan_is_put_forward_that_is_empty(asked: str, actions: int, expected: int) -> None:
    about = assessment(paper=paper(action_required=("Note.", asked)))
    case = make_case(answer("GA1", "growing"), about=about, actions=(action(),) * actions)
    assert len(said("AC506", case)) == expected


def test_last_years_open_action_is_named_where_the_plan_lies() -> None:
    before = replace(last_year(answer("GA1", "growing")), actions=(action("A7", action="Ask each place"),))
    for now, place in (((), (f"{FOLDER}/assessment.yaml", "previous")), ((action(),), (f"{FOLDER}/actions.csv", "id"))):
        case = make_case(answer("GA1", "growing"), previous=before, actions=now)
        (told,) = (f for f in found_in(case) if f.code == "AC505")
        assert ((told.file, told.field), told.about, told.statement) == (place, "A7", "GA1")
        assert "actions.csv, row 2" in told.remedy


@pytest.mark.parametrize(
    ("inherent", "current", "target", "expected"),
    [
        ((4, 4), (3, 4), (2, 4), []),
        ((4, 4), (4, 4), (4, 4), []),
        ((3, 4), (3, 5), (2, 4), ["current_likelihood"]),
        ((4, 4), (2, 4), (3, 3), ["target_likelihood"]),
        ((1, 1), (1, 2), (1, 3), ["target_likelihood", "current_likelihood"]),
        ((None, None), (3, 4), (None, 2), []),
        ((3, 4), (None, 4), (4, 4), []),
    ],
)
def test_a_target_is_not_above_the_current_score_nor_that_above_the_inherent(
    inherent: Any, current: Any, target: Any, expected: list[str]
) -> None:
    case = with_risk(
        inherent=Score(*inherent), current=Score(*current), target=Score(*target), target_date=AFTER, rationale="So."
    )
    assert sorted(map(str, fields("BA602", case))) == sorted(expected)


@pytest.mark.parametrize(
    ("before", "now", "rationale", "level", "reasons"),
    [
        ((3, 4), (3, 4), "", "growing", None),
        ((4, 3), (3, 4), "", "growing", None),
        ((3, 4), (4, 4), "Worse.", "growing", None),
        ((3, 4), (4, 4), " ", "growing", "12 to 16, and no rationale is given."),
        ((4, 4), (3, 4), "Better.", "consistent", None),
        ((4, 4), (3, 4), "", "consistent", "16 to 12, and no rationale is given."),
        ((4, 4), (3, 4), "Better.", "growing", "and no statement linked to it is shown to have moved up."),
        ((4, 4), (3, 4), "", "emergent", "no rationale is given and no statement linked to it"),
        ((4, 4), (3, 4), "Better.", "not assessed", None),
        ((None, 4), (3, 4), "", "growing", None),
        ((3, 4), (None, 4), "", "growing", None),
    ],
)
def test_a_score_that_moved_says_why(before: Any, now: Any, rationale: str, level: str, reasons: str | None) -> None:
    case = with_risk(previous=Score(*before), current=Score(*now), rationale=rationale, statements=("GA1", "GA9"))
    case = replace(case, forms=forms(answer("GA1", level, "team", "Why")))
    told = said("BA603", case)
    assert len(told) == bool(reasons)
    assert (reasons or "") in "".join(told)


@pytest.mark.parametrize(
    ("target", "current", "date", "says"),
    [
        ((2, 3), (3, 3), None, "no date by which"),
        ((2, 3), (3, 3), BEFORE, "was to reach its target score of 6 by 18 March 2026"),
        ((2, 3), (3, 3), AS_OF, ""),
        ((2, 3), (2, 3), BEFORE, ""),
        ((2, 3), (1, 3), BEFORE, ""),
        ((None, 3), (3, 3), BEFORE, ""),
        ((None, 3), (3, 3), None, ""),
        ((2, 3), (None, 3), BEFORE, ""),
    ],
)
def test_a_target_has_a_day_that_has_not_passed(target: Any, current: Any, date: Any, says: str) -> None:
    told = said("BA604", with_risk(target=Score(*target), current=Score(*current), target_date=date))
    assert len(told) == bool(says)
    assert says in "".join(told)


@pytest.mark.parametrize(
    ("offered", "lines", "expected"),
    [
        ("substantial", (1, 1, 2), 1),
        ("reasonable", (1, 1, 2), 1),
        ("limited", (1, 1, 2), 0),
        ("none", (1, 1, 1), 0),
        (None, (1, 1, 1), 0),
        ("reasonable", (1, 2, 3), 0),
        ("reasonable", (1, 2), 0),
        ("reasonable", (1, None, 3), 1),
    ],
)
def test_assurance_is_not_offered_on_the_first_line_alone(offered: Any, lines: Any, expected: int) -> None:
    ids = [f"GA{n}" for n, _ in enumerate(lines, 1)]
    about = assessment(paper=paper(assurance_offered=AssuranceOffered(offered, "Why") if offered else None))
    rows = [answer(i, "growing", "team", "", cite(f"E{i}", "w" * 4, row=n), row=n) for n, i in enumerate(ids, 2)]
    register = [
        document(f"E{i}", n, assurance_line=line) for n, (i, line) in enumerate(zip(ids, lines, strict=True), 2)
    ]
    case = make_case(*rows, of=framework(*map(statement, ids)), about=about, register=register)
    assert len(said("BA605", case)) == expected


def test_the_risks_of_the_cover_are_there_and_last_years_do_not_go_without_a_word() -> None:
    before = last_year(answer("GA1", "growing"), paper=paper(baf_risks=("R1", "R2", "R3")))
    about = assessment(paper=paper(baf_risks=("r 1", "R2")))
    case = replace(with_risk(), previous=before, assessment=about)
    first, second = said("BA606", case)
    assert "names the risk “R2”, and risks.csv does not have it" in first
    assert "“R3” stood on the cover of 2024-25" in second
    assert said("BA606", with_risk()) == []


def funded(row: dict[str, Any], **scheme: Any) -> list[str | None]:
    texts = words("place_name ringfenced recurrent redirected decision decided_by basis method evaluation")
    given = {"id": "F1", "scheme": "connectors", "year": "2025-26", "category": "pilot", "amount": 1.0, "ends": BEFORE}
    given |= {"statements": (), "place": Place(f"{FOLDER}/funding.csv", 2)}
    funding = Funding(**(dict.fromkeys(texts, "") | given | row))
    charter = Scheme("connectors", Place(f"{FOLDER}/schemes/connectors.yaml"), **({"actual": "412 people"} | scheme))
    return fields("FU901", make_case(answer("GA1", "growing"), funding=(funding,), schemes=(charter,)))


def test_a_pilot_that_has_ended_has_a_decision_and_an_outcome() -> None:
    assert funded({}) == ["decision"]
    assert funded({"ends": AS_OF}) == funded({"ends": AFTER}) == funded({"ends": None}) == []
    assert funded({"decision": "To stop."}) == funded({}, decision="To stop.") == funded({"category": "core"}) == []
    assert funded({"decision": " ", "scheme": "other"}, decision="To stop.") == ["decision"]
    assert funded({"decision": "To stop."}, actual=" ") == ["actual"]
    assert funded({"decision": "To stop.", "ends": AS_OF}, actual="") == []


SIGNED = Place(f"{FOLDER}/sign-offs.jsonl", 1)
INPUTS = {
    f"{FOLDER}/actions.csv": "a",
    f"{FOLDER}/narrative/background.md": "b",
    f"{FOLDER}/assessment.yaml": "c",
    f"{FOLDER}/matrix.yaml": "d",
    "assessments/2024-25/actions.csv": "e",
    "templates/board-paper.docx": "f",
    "evidence/register.csv": "g",
    "evidence/E1.txt": "h",
    f"{FOLDER}/sign-offs.jsonl": "i",
}


def signed_case(**more: Any) -> Case:
    rows = [answer("GA1", "emergent", "team", "As it is.", cite("E1", "the words cited here"))]
    case = make_case(*rows, register=[document("E1")], inputs=INPUTS)
    record = SignOff(1, "Chair", AS_OF, **signed_digests(case), previous="", digest="x", mends="", place=SIGNED)
    return replace(case, signoffs=(replace(record, **more),))


def test_nothing_has_changed_right_after_a_sign_off() -> None:
    assert changes_since(signed_case(), signed_case().signoffs[0]) == []
    assert said("EV310", signed_case()) == said("EV310", replace(signed_case(), signoffs=())) == []


def changed(**more: Any) -> list[tuple[str, str]]:
    case = replace(signed_case(), **more)
    return [(c.kind, c.words) for c in changes_since(case, case.signoffs[0])]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"{FOLDER}/actions.csv", "the actions"),
        (f"{FOLDER}/narrative/background.md", "the narrative"),
        (f"{FOLDER}/assessment.yaml", "what the assessment says of itself"),
        (f"{FOLDER}/matrix.yaml", "the framework"),
        ("assessments/2024-25/actions.csv", "an earlier assessment"),
        ("templates/board-paper.docx", "the template of a paper"),
        ("evidence/register.csv", "the register of evidence"),
    ],
)
def test_every_other_input_is_signed_and_named_by_its_file(path: str, kind: str) -> None:
    assert changed(inputs=INPUTS | {path: "z"}) == [(kind, f"{path} has changed")]
    assert changed(inputs={p: d for p, d in INPUTS.items() if p != path}) == [(kind, f"{path} was removed")]
    now = signed_case()
    before = replace(now.signoffs[0], inputs={p: d for p, d in now.signoffs[0].inputs.items() if p != path})
    assert [(c.kind, c.words) for c in changes_since(now, before)] == [(kind, f"{path} was added")]


def test_documents_and_the_record_itself_are_not_signed_as_files() -> None:
    assert changed(inputs=INPUTS | {"evidence/E1.txt": "z", f"{FOLDER}/sign-offs.jsonl": "z"}) == []


def test_an_answer_a_row_and_a_document_are_named_by_themselves_and_not_by_their_file() -> None:
    case = signed_case()
    other = forms(answer("GA1", "growing", "team", "As it is.", cite("E1", "the words cited here")))
    form = f"{FOLDER}/responses/team.csv"
    assert changed(forms=other, inputs=INPUTS | {form: "z"}) == [
        ("answers", "The answer of team on GA1 has changed in `level`")
    ]
    assert changed(forms=()) == [("answers", "The answer of team on GA1 was removed")]
    retitled = (replace(case.register[0], title="Another"),)
    row = "The register row of E1 has changed in `title`"
    assert changed(register=retitled, inputs=INPUTS | {"evidence/register.csv": "z"}) == [
        ("the register of evidence", row)
    ]
    copies = {"E1": replace(case.copies["E1"], sha256="another")}
    assert changed(copies=copies) == [("documents", "The document E1 (Title of document E1) has changed")]


def test_a_record_that_signed_less_says_so() -> None:
    for less in ({"inputs": {}}, {"rows": {}}):
        case = signed_case(**less)
        kinds = kinds_changed_since(case, case.signoffs[0])
        assert kinds == ("all but documents, which alone can be compared",)


def test_a_finding_names_who_signed_and_when_and_the_last_record_counts() -> None:
    case = signed_case()
    stale = replace(case.signoffs[0], rows={**case.signoffs[0].rows, "responses": {}}, by="Somebody else")
    assert said("EV310", replace(case, signoffs=(stale, *case.signoffs))) == []
    (told,) = said("EV310", replace(case, signoffs=(*case.signoffs, stale)))
    assert told == "The answer of team on GA1 was added since Somebody else, 19 March 2026, signed."
    mended = replace(case.signoffs[0], mends="a record is missing.")
    (told,) = said("EV310", replace(case, signoffs=(mended,)))
    assert told.startswith("Chair, 19 March 2026, signed over a record of sign-offs that was not whole: a record is")
    broken = replace(case, signoffs=(), signoffs_broken=("Record 2 was changed.", SIGNED))
    assert [(f.severity, f.message) for f in found_in(broken) if f.code == "EV310"] == [
        ("blocker", "Record 2 was changed.")
    ]


def test_every_row_of_every_table_is_signed_and_named_with_its_ids() -> None:
    texts = {name: "" for name in Indicator.__dataclass_fields__ if name not in ("place", "citations")}
    indicator = Indicator(
        **(texts | {"id": "I1", "breakdown": "sex", "category": "Men", "period": "2025"}), place=SIGNED
    )
    texts = {f: "" for f, kind in Funding.__annotations__.items() if kind == "str"}
    money = Funding(**(texts | {"id": "F1"}), amount=1.0, ends=None, statements=(), place=Place("funding.csv", 4))
    scheme = Scheme("connectors", Place("connectors.yaml"), why="It helps")
    held = {
        "actions": (action("A1", 7),),
        "risks": with_risk(place=Place("risks.csv", 5), risk="It stays").risks,
        "funding": (money,),
        "indicators": (replace(indicator, place=Place("indicators.csv", 3)),),
        "schemes": (scheme,),
    }
    case = replace(signed_case(), **held)
    case = replace(case, signoffs=(replace(case.signoffs[0], **signed_digests(case)),))
    assert said("EV310", case) == []
    for name, field, file, row, ids in (
        ("actions", "measure", f"{FOLDER}/actions.csv", 7, ("GA1", "A1")),
        ("risks", "controls", "risks.csv", 5, (None, "R1")),
        ("funding", "basis", "funding.csv", 4, (None, "F1")),
        ("indicators", "value", "indicators.csv", 3, (None, "I1")),
        ("schemes", "problem", "connectors.yaml", None, (None, "connectors")),
    ):
        other = replace(case, **{name: (replace(held[name][0], **{field: "other"}),)})
        (found,) = (f for f in found_in(other) if f.code == "EV310")
        assert (found.file, found.row, found.field, (found.statement, found.about)) == (file, row, field, ids)
        (gone,) = (f for f in found_in(replace(case, **{name: ()})) if f.code == "EV310")
        assert "was removed" in gone.message
    cover = {"assessment": assessment(committee="Another"), "inputs": INPUTS | {f"{FOLDER}/assessment.yaml": "z"}}
    (found,) = (f for f in found_in(replace(case, **cover)) if f.code == "EV310")
    assert found.file == f"{FOLDER}/assessment.yaml"
    assert "`committee`" in found.message


def test_a_digest_is_of_what_was_said_and_not_of_where_it_stands() -> None:
    one = answer("GA1", "growing", "team", "Words.")
    assert prints_of(one) == prints_of(replace(one, place=Place("x.csv", 9), citations=()))
    for change in ({"level": "reactive"}, {"comment": "Other."}, {"public_comment": "O."}, {"evidence": "E1"}):
        assert prints_of(one) != prints_of(replace(one, **change))  # type: ignore[arg-type]
    row = document("E1")
    assert prints_of(row) == prints_of(replace(row, place=Place("x.csv", 9)))
    for change in ({"id": "E2"}, {"owner": "x"}, {"dated": None}, {"visibility": "internal"}):
        assert prints_of(row) != prints_of(replace(row, **change))  # type: ignore[arg-type]
