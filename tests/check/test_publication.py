"""What must not be published, and prose that is not finished: what is caught, and what is let be."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from pipeline.checks import check
from pipeline.checks.glossary import abbreviations_used
from pipeline.checks.personal import found_in as personal_in
from pipeline.checks.personal import valid_nhs_number
from pipeline.checks.prose import not_spelled_out
from pipeline.inputs.suggest import words
from pipeline.model import (
    Action,
    AgreedException,
    Case,
    ExpectedIndicator,
    Finding,
    Funding,
    Indicator,
    Place,
    Risk,
    Scheme,
    Score,
)
from pipeline.score import score
from tests.cases_by_hand import (
    FOLDER,
    action,
    answer,
    assessment,
    cite,
    codes,
    document,
    make_case,
    narrative,
    paper,
)

PUBLIC_PAPERS = ("annual-report-section", "baf-annex", "board-paper", "evidence-annex")
SECRET = document("E1", title="Review of the clinics in Eastmarch", visibility="internal")
PRIVATE = assessment(paper=paper(session="private"))


def found_in(case: Case) -> tuple[Finding, ...]:
    return check(case, score(case))


def leaks(comment: str, *more: Any, **options: Any) -> list[str]:
    rows = [answer("GA1", "reactive", "team", comment, cite("E1", "closing two clinics saves one bus in three"))]
    case = make_case(*rows, register=[SECRET, *more], **options)
    return [f.code for f in found_in(case) if f.code == "PU701"]


@pytest.mark.parametrize(
    ("comment", "leaked"),
    [
        ("As the review of the clinics in Eastmarch shows, it is slow.", True),
        ("As the REVIEW of the\nclinics in East\u00admarch shows.", True),
        ("The review of clinics in Eastmarch is due.", False),
        ("They say that closing two clinics saves one bus in three.", True),
        ("Closing two clinics was weighed.", False),
        ("", False),
    ],
)
def test_titles_and_words_of_internal_documents_in_a_comment(comment: str, leaked: bool) -> None:
    assert leaks(comment) == ["PU701"] * leaked


@pytest.mark.parametrize(("words", "leaked"), [("close two more clinics", True), ("close two clinics", False)])
def test_four_words_cited_from_an_internal_document_leak_and_three_do_not(words: str, leaked: bool) -> None:
    rows = [answer("GA1", "reactive", "team", f"We mean to {words} next year.", cite("E1", words))]
    found = found_in(make_case(*rows, register=[SECRET]))
    assert [f.code for f in found if f.code == "PU701"] == ["PU701"] * leaked


def test_a_public_comment_is_printed_in_place_of_the_comment() -> None:
    given = answer("GA1", "reactive", "team", "See the review of the clinics in Eastmarch.")
    shorter = replace(given, public_comment="See the review.")
    assert codes(found_in(make_case(shorter, register=[SECRET])), "PU701") == []
    worse = replace(given, comment="", public_comment=given.comment)
    found = found_in(make_case(worse, register=[SECRET]))
    assert [(f.field, f.papers) for f in found if f.code == "PU701"] == [("public_comment", PUBLIC_PAPERS)]


def test_a_title_inside_a_public_title_or_shared_with_one_is_no_secret() -> None:
    longer = document("E2", 3, title="Review of the clinics in Eastmarch: summary for residents")
    said = "The review of the clinics in Eastmarch, summary for residents, is on our site."
    assert leaks(said, longer) == []
    assert leaks("The review of the clinics in Eastmarch is on our site.", longer) == ["PU701"]
    assert leaks("The review of the clinics in Eastmarch.", document("E2", 3, title=SECRET.title)) == []


def test_a_short_title_is_looked_for_with_its_capitals() -> None:
    minutes = document("E1", title="Board minutes", visibility="internal")
    for comment, expected in (("The board minutes say so.", []), ("The Board minutes say so.", ["PU701"])):
        case = make_case(answer("GA1", "reactive", "team", comment), register=[minutes])
        assert codes(found_in(case), "PU701") == expected


def test_words_cited_from_a_public_document_too_are_public() -> None:
    said = "closing two clinics saves one bus in three"
    both = [cite("E1", said), cite("E2", said)]
    comment = f"They say that {said}."
    case = make_case(answer("GA1", "reactive", "team", comment, *both), register=[SECRET, document("E2", 3)])
    assert codes(found_in(case), "PU701") == []


def test_three_words_are_no_quotation_and_left_out_words_are_minded() -> None:
    for cited, comment, expected in (
        ("closing two clinics", "We weighed closing two clinics.", []),
        ("closing two of the clinics ... one bus", "We weighed closing two of the clinics.", ["PU701"]),
        ("closing two ... saves a bus", "We weighed closing two, it saves a bus.", []),
    ):
        case = make_case(answer("GA1", "reactive", "team", comment, cite("E1", cited)), register=[SECRET])
        assert codes(found_in(case), "PU701") == expected


def test_everything_that_authors_write_is_looked_through() -> None:
    title = "See the review of the clinics in Eastmarch."
    place = Place(f"{FOLDER}/risks.csv", 5)
    none = Score(None, None)
    risk = Risk("R1", "", "", "", "", "", "", (), none, none, none, title, "", place)
    told = narrative(f"One line.\n\n{title}")
    about = assessment(paper=paper(involvement=title, action_required=("Note it.", title)))
    case = make_case(
        answer("GA1", "reactive"),
        about=about,
        register=[SECRET],
        risks=(risk,),
        actions=(action(row=7, progress=title),),
        narratives=(told,),
    )
    places = {(f.file, f.row, f.field) for f in found_in(case) if f.code == "PU701"}
    assert places == {
        (f"{FOLDER}/assessment.yaml", None, "paper.involvement"),
        (f"{FOLDER}/assessment.yaml", None, "paper.action_required"),
        (f"{FOLDER}/risks.csv", 5, "controls"),
        (f"{FOLDER}/actions.csv", 7, "progress"),
        (f"{FOLDER}/narrative/background.md", 3, "text"),
    }


def test_words_inside_a_citation_of_the_narrative_are_redacted_with_it() -> None:
    quoted = 'It is slow [@E1 "closing two clinics saves one [bus] in three"; p.3].'
    assert "PU701" not in codes(found_in(make_case(narratives=(narrative(quoted),), register=[SECRET])))


def test_a_confidential_document_may_be_cited_in_a_private_paper() -> None:
    confidential = document("E1", visibility="confidential")
    rows = [answer("GA1", "emergent", "team", "", cite("E1", "w"))]
    for about, expected in ((assessment(), ["PU701"]), (PRIVATE, [])):
        found = found_in(make_case(*rows, register=[confidential], about=about))
        assert codes(found, "PU701", "ST203") == expected
    place = Place(f"{FOLDER}/narrative/annual-report-AR1.md", 1)
    told = narrative("It is so [@E1].", cite("E1", place=place), name="annual-report-AR1")
    found = found_in(make_case(*rows, register=[confidential], about=PRIVATE, narratives=(told,)))
    assert [(f.file, f.papers) for f in found if f.code == "PU701"] == [(place.file, ("annual-report-section",))]


def test_in_a_private_session_the_annual_report_is_what_is_public() -> None:
    confidential = document("E1", title="Review of the clinics", visibility="confidential")
    rows = [answer("GA1", "reactive", "team", "The review of the clinics. Ring 01632 960001.", cite("E1", "w"))]
    told = narrative("Ring 01632 960001.")
    for about, papers in ((assessment(), PUBLIC_PAPERS), (PRIVATE, ("annual-report-section",))):
        found = found_in(make_case(*rows, register=[confidential], about=about, narratives=(told,)))
        here = [f for f in found if f.code in ("PU701", "PU702")]
        assert {f.papers for f in here if f.file and "responses" in f.file} == {papers}
        told_of = [f.papers for f in here if f.file and "narrative" in f.file]
        assert told_of == ([("board-paper",)] if about is not PRIVATE else [])


def test_a_separate_evidence_annex_is_public_with_the_rest() -> None:
    about = assessment(paper=paper(evidence_annex="separate"))
    found = found_in(make_case(answer("GA1", "reactive", "team", "Ring 01632 960001."), about=about))
    assert [f.papers for f in found if f.code == "PU702"] == [PUBLIC_PAPERS]


def test_a_citation_that_names_no_document_of_ours_or_cannot_be_read_leaks_nothing() -> None:
    held = document("E1", visibility="confidential")
    for cited in (cite("E1", known=False), cite("E1", fault="p.")):
        case = make_case(answer("GA1", "reactive", "team", "", cited), register=[held])
        assert "PU701" not in codes(found_in(case))


def test_a_finding_says_whether_a_document_is_internal_or_confidential() -> None:
    for visibility in ("internal", "confidential"):
        held = document("E1", title="Review of the clinics in Eastmarch", visibility=visibility)
        case = make_case(
            answer("GA1", "reactive", "team", "See the review of the clinics in Eastmarch."), register=[held]
        )
        (found,) = (f for f in found_in(case) if f.code == "PU701")
        assert f"the {visibility} document E1" in found.message


def test_internal_documents_may_be_cited_and_confidential_ones_may_not() -> None:
    for visibility, expected in (("public", []), ("internal", []), ("confidential", ["PU701"])):
        rows = [answer("GA1", "reactive", "team", "", cite("E1", "w"))]
        case = make_case(*rows, register=[document("E1", visibility=visibility)])
        assert codes(found_in(case), "PU701") == expected


NUMBER, EMAIL, PHONE, BIRTH = "an NHS number", "an e-mail address", "a telephone number", "a date of birth"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Patient 943 476 5919 came.", [NUMBER]),
        ("Patient 9434765919.", [NUMBER]),
        ("Patient 943-476-5919", [NUMBER]),
        ("Patient 943 476 5918 came.", []),
        ("It cost £9434765919.", []),
        ("Code 19434765919.", []),
        ("Write to jo.bloggs@nhs.net.", [EMAIL]),
        ("Write to ENQUIRIES@example.nhs.uk.", []),
        ("Write to @nhs or jo@ward", []),
        ("Ring 01632 960001.", [PHONE]),
        ("Ring (020) 7946 0958", [PHONE]),
        ("Ring 07700900123 today", [PHONE]),
        ("Ring +44 7700 900123", [PHONE]),
        ("Ring +44 (0)1632 960001", [PHONE]),
        ("Ring 0044 20 7946 0958", [PHONE]),
        ("Ring 01632 960001 24 hours a day", [PHONE]),
        ("Ring 01204 52345", [PHONE]),
        ("Ring 01204 523451 2", [PHONE]),
        ("Ring 0800 11111", []),
        ("Item 012345678901", []),
        ("Ring +44 1204 52345", [PHONE]),
        ("Ring +44 800 11111", []),
        ("Ring 0044 (0)113 496 0000", [PHONE]),
        ("Ring +44 (0)800 11111", []),
        ("Ring 00 44 20 7946 0958", [PHONE]),
        ("tel01632960001", [PHONE]),
        ("mob07700900123", [PHONE]),
        ("ref01632960001", []),
        ("Ring 01632960001abcd", []),
        ("Ring 01632960001ext", [PHONE]),
        ("It cost £01632 960001", []),
        ("NHS9434765919", [NUMBER]),
        ("no9434765919", [NUMBER]),
        ("ref9434765919", []),
        ("It is 943 476 5919%", []),
        ("It is 943 476 5919.5", []),
        ("+943 476 5919", []),
        ("Patient 943 - 476 - 5919.", [NUMBER]),
        ("Patient 943   476   5919.", [NUMBER]),
        ("Patient 943    476 5919.", []),
        ("Patient 943 476    5919.", []),
        ("Patient \u0669\u0664\u0663 476 5919 came.", [NUMBER]),
        ("Patient \uff19\uff14\uff13 476 5919 came.", [NUMBER]),
        ("Patient 943 **476** 5919.", [NUMBER]),
        ("Write to jo&#64;ward.org", [EMAIL]),
        ("Write to jo%40ward.org", [EMAIL]),
        ("Write to jo (at) ward", [EMAIL]),
        ("Write to jo   (at)   ward", [EMAIL]),
        ("Write to jo    (at) ward", []),
        ("Write to jo [at] ward [dot] org", [EMAIL]),
        ("Write to jo(a)ward.org", [EMAIL]),
        ("Write to jo(a)ward", []),
        ("Write to jo@ ward.org", [EMAIL]),
        ("Write to jo @ward.org", [EMAIL]),
        ("Write to jo @ ward", []),
        ("Of these people 24% live here\n[@1]. Men live longer [@12]. Women", []),
        ("Write to jo at ward dot org", [EMAIL]),
        ("Write to jo.bloggs at ward.org", [EMAIL]),
        ("Write to jo at ward.org", []),
        ("They met at ward level.", []),
        ("Version 1.2 at ward.org", []),
        ("Ring 999 or 111, or 0800 1111", []),
        ("From 2025-03-26 09:30 to 10:45", []),
        ("On 01-04-2025 10 people came.", []),
        ("It is 0.1234567890 of the whole.", []),
        ("In 2024 1,234,567,890 pounds", []),
        ("She was born 12/03/1961.", [BIRTH]),
        ("She was born on the 3rd of March 1961.", [BIRTH]),
        ("DOB: 1961-03-12", [BIRTH]),
        ("D.O.B. 3 March 61", [BIRTH]),
        ("Her date of birth is 12.3.1961", [BIRTH]),
        ("Born March 12, 1961", [BIRTH]),
        ("Birthday: 12-03-61", [BIRTH]),
        ("Born in the winter, 12/03/1961", []),
        ("born 12/03/19612", []),
        ("Children born between 1 April 2024 and 31 March 2025", []),
        ("People born in 1961", []),
        ("The meeting of 12/03/2026", []),
        ("jo@x.org, 01632 960001", [EMAIL, PHONE]),
        ("Patient 943\t476\n5919.", [NUMBER]),
        ("Patient 943_476_5919, 943\u00b7476\u00b75919", [NUMBER]),
        ("Patient 943 476 59 19.", [NUMBER]),
        ("Patient 9 4 3 4 7 6 5 9 1 9.", [NUMBER]),
        ("Ranks 9 4 3 4 7 6 5 9 1 9 2 1", []),
        ("Patient \u2468\u2463\u00b3\u2074\u2466\u2465\u2464\u2468\u00b9\u2468.", [NUMBER]),
        ("Patient \u2066943\u2069 476<br>\u180e5919.", [NUMBER]),
        ("ISBN 0306406152, ISBN-10: 0-306-40615-2", []),
        ("Grid reference 29433 33112, E54000054", []),
        ("Write to jo\u200b@\u200bward\u200b.org", [EMAIL]),
        ("Write to jo\ufe6bward\u3002org", [EMAIL]),
        ("Write to jo *at* ward.org, jo -at- ward.org", [EMAIL]),
        ("Write to jo at nhs.net", [EMAIL]),
        ("Write to j o @ w a r d . o r g", [EMAIL]),
        ("Two sessions @ 3.5 hours, staff @ Band 6", []),
        ("Children-at-risk.The rest", []),
        ("Ring \u0660\u0667\u0667\u0660\u0660 900123", [PHONE]),
        ("Ring 07700\n900123 or 07700_900_123", [PHONE]),
        ("Ring 0 7 7 0 0 9 0 0 1 2 3", [PHONE]),
        ("Marks 1 2 3 4 5 6 7 8 9 10", []),
        ("DOB=12031961", [BIRTH]),
        ("DOB\u0661\u0662/\u0660\u0663/\u0661\u0669\u0666\u0661", [BIRTH]),
        ("date-of-birth [1961-3-12]", [BIRTH]),
        ("born at St Anne's on Sunday, 12 March \u201961", [BIRTH]),
        ("born in hospital on or after 1 April 2024", []),
    ],
)
def test_personal_data(text: str, what: list[str]) -> None:
    assert sorted(personal_in(text, {"enquiries@example.nhs.uk"})) == sorted(what)


def test_the_last_digit_of_an_nhs_number_is_checked() -> None:
    assert valid_nhs_number("401 023 2137")
    assert not valid_nhs_number("401 023 2138")
    assert not valid_nhs_number("000 000 0000")
    assert not valid_nhs_number("401 023 213")
    assert not valid_nhs_number("401 023 2137 0")
    assert valid_nhs_number("943 476 9140")
    assert not any(valid_nhs_number(f"943 476 064{last}") for last in range(10))


def test_personal_data_is_not_repeated_in_the_finding() -> None:
    found = found_in(make_case(answer("GA1", "reactive", "team", "Ring Jo on 01632 960001.")))
    told = next(f for f in found if f.code == "PU702")
    assert "960001" not in told.message + told.remedy


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("See https://jo:one@data.example/x and https://jo:two@data.example/y.", 2),
        ("See https://data.example/x?sig=abcdef, https://data.example/y?sig=ghijkl; https://b.example/?token=1", 3),
        ("See https://data.example/x?sig=abcdef.", 1),
        ("Write to jo@example.org or JO@example.org.", 1),
        ("Write to jo@example.org or to al@example.org.", 2),
        ("Ring 01632 960001 or 01632 960002.", 2),
        ("Ring 01632 960001, that is 01632 960 001.", 1),
    ],
)
def test_several_in_one_text_are_counted(text: str, number: int) -> None:
    told = [f.message for f in found_in(make_case(answer("GA1", "reactive", "team", text))) if f.code == "PU702"]
    assert told
    for message in told:
        assert (f"({number} of them)" in message) == ("of them" in message) == (number > 1)


def test_what_an_author_can_do_goes_with_what_was_found() -> None:
    for text, remedy in (
        ("Write to jo@example.org.", "publication.contacts"),
        ("See https://data.example/x?sig=abcdef for it.", "have the password or key changed"),
        ("Ring 01632 960001.", "`public_comment`"),
    ):
        found = found_in(make_case(answer("GA1", "reactive", "team", text)))
        assert [remedy in f.remedy for f in found if f.code == "PU702"] == [True]


def test_what_was_written_in_code_is_placed_at_the_line_that_it_stands_in() -> None:
    text = "One.\nTwo.\nWrite to jo&#64;ward.org."
    assert personal_in(text) == {EMAIL: len("One.\nTwo.\n")}
    told = make_case(answer("GA1", "reactive"), narratives=(narrative(text),))
    assert [f.row for f in found_in(told) if f.code == "PU702"] == [3]


def test_listed_contacts_may_be_printed_and_private_text_may_say_more() -> None:
    row = answer("GA1", "reactive", "team", "Write to us@example.nhs.uk.")
    assert codes(found_in(make_case(row)), "PU702") == ["PU702"]
    listed = assessment(contacts=("Enquiries <us@example.nhs.uk>",))
    assert codes(found_in(make_case(row, about=listed)), "PU702") == []


def test_words_cited_from_public_documents_are_looked_through_and_from_internal_ones_are_redacted() -> None:
    for visibility, expected in (("public", ["PU702"]), ("internal", [])):
        rows = [answer("GA1", "reactive", "team", "", cite("E1", "ring 01632 960001"))]
        case = make_case(*rows, register=[document("E1", visibility=visibility)])
        assert codes(found_in(case), "PU702") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lead is TBC.", ["PU704"]),
        ("The lead is tbc", ["PU704"]),
        ("XXX people came.", ["PU704"]),
        ("[Insert name] leads.", ["PU704"]),
        ("[ insert date ]", ["PU704"]),
        ("There are {{ n }} of them.", ["PU704"]),
        ("An outbreak of TBCs; size XXXL.", []),
        ("The insert says so.", []),
    ],
)
def test_left_overs(text: str, expected: list[str]) -> None:
    assert codes(found_in(make_case(answer("GA1", "reactive", "team", text))), "PU704") == expected


NEVER_PROSE = {
    Action: {"id", "section", "statement", "status", "risk", "evidence"},
    Risk: {"id", "assurances"},
    Funding: {"id", "year", "category", "ringfenced", "recurrent", "evidence", "recipient"},
    Indicator: {
        "id", "period", "breakdown", "value", "unit", "numerator", "denominator", "low", "high", "completeness",
        "evidence", "core20plus5", "improvement", "target", "headline", "expected_numerator",
    },
    Scheme: {"id"},
    AgreedException: {"code", "subject", "statement", "agreed_by"},
}  # fmt: skip
"""Ids, words of a list, figures, and citations: each has a check of its own. All else is prose."""
EMPTY_CELLS: dict[type, dict[str, Any]] = {
    Action: {"due": None},
    Risk: {"statements": (), **dict.fromkeys(("inherent", "current", "target"), Score(None, None))},
    Funding: {"amount": None, "ends": None, "statements": ()},
    Indicator: {},
    Scheme: {},
    AgreedException: {"agreed_on": None, "until": None},
}


def prose_of(record: type) -> list[str]:
    return [f.name for f in fields(record) if f.type == "str" and f.name not in NEVER_PROSE[record]]


@pytest.mark.parametrize(("record", "field"), [(r, name) for r in NEVER_PROSE for name in prose_of(r)])
def test_a_left_over_is_found_in_whatever_field_it_stands(record: type, field: str) -> None:
    given = {f.name: "" for f in fields(record) if f.type == "str"} | EMPTY_CELLS[record]
    row = record(**(given | {"id": "X1"} if "id" in given else given) | {field: "TBC"}, place=Place("table", 7))
    tables = {Action: "actions", Risk: "risks", Funding: "funding", Indicator: "indicators", Scheme: "schemes"}
    holding = {tables[record]: (row,)} if record in tables else {"about": assessment(agreed_exceptions=(row,))}
    found = [f for f in found_in(make_case(answer("GA1", "reactive"), **holding)) if f.code == "PU704"]
    assert [(f.file, f.row) for f in found] == [("table", 7)]
    assert found[0].field in (field.removesuffix("_name"), None)


def test_live_figures_are_filled_in_before_left_overs_are_looked_for() -> None:
    for text, expected in (
        ("GA is at {{ scores.GA.middle }}.", []),
        ("GA is at {{ scores.GA.midle }}.", ["NA801"]),
        ("GA is at {{ 7*7 }}.", ["NA801"]),
        ("GA is at {{ scores.GA }}.", ["NA801"]),
        ("GA is at {{ scores.GA.middle.", ["PU704"]),
        ("Nothing is asked for.", []),
    ):
        case = make_case(answer("GA1", "reactive"), narratives=(narrative(f"First.\n{text}"),))
        found = [f for f in found_in(case) if f.code in ("PU704", "NA801")]
        assert codes(found) == expected
        assert all((f.row, f.papers) == (2, ("board-paper",)) for f in found)


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [
        ("decision", "The Board is asked to approve the plan.", []),
        ("decision", "Ratify the plan", []),
        ("decision", "Note the plan", ["PU705"]),
        ("discussion", "Discuss and advise", []),
        ("discussion", "Note", ["PU705"]),
        ("assurance", "Take assurance", []),
        ("assurance", "Receive the paper", []),
        ("assurance", "Approve the paper", ["PU705"]),
        ("information", "The Board is asked to note", []),
        ("information", "The Board is asked to take notice", ["PU705"]),
        ("decision", "Members may disagree", ["PU705"]),
        ("", "Whatever", []),
    ],
)
def test_the_ask_has_the_verb_of_its_type(kind: str, asked: str, expected: list[str]) -> None:
    about = assessment(paper=paper(type=kind, action_required=(asked,)))
    assert codes(found_in(make_case(answer("GA1", "reactive"), about=about)), "PU705") == expected


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        ("assurance", ("Approve it.",), ["take assurance", "review", "receive", "What it asks is “Approve it.”"]),
        ("decision", ("Note it.", "Read it."), ["approve", "ratify", "What it asks is “Note it. Read it.”"]),
        ("discussion", (), ["discuss", "consider", "it asks nothing"]),
    ],
)
def test_the_verbs_that_are_missing_and_what_is_asked_are_shown(kind: str, asked: Any, words: list[str]) -> None:
    case = make_case(answer("GA1", "reactive"), about=assessment(paper=paper(type=kind, action_required=asked)))
    (found,) = (f for f in found_in(case) if f.code == "PU705")
    assert [w for w in words if w not in f"{found.message} {found.remedy}"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("62% came.", ["PU706"]),
        ("62 per cent came.", ["PU706"]),
        ("62% (154 of 248) came.", []),
        ("Of all 248 people, 62.1% came.", []),
        ("62% of 1,200 people came.", []),
        ("62% came (n = 248).", []),
        ("62% of people came in 2024.", ["PU706"]),
        ("62% came. There were 3 of 4 before.", ["PU706"]),
        ("It rose by 3 points.", []),
    ],
)
def test_percentages_say_of_how_many(text: str, expected: list[str]) -> None:
    assert codes(found_in(make_case(answer("GA1", "reactive", "team", text))), "PU706") == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Each PCN has a lead."], ["PCN"]),
        (["Each primary care network (PCN) has a lead.", "Two PCNs met."], []),
        (["Each PCN (primary care network) has a lead."], []),
        (["The primary care networks met.", "Each PCN has a lead."], []),
        (["Each PCN has a lead.", "A primary care network (PCN) is small.", "PCNs"], ["PCN"]),
        (["The ABCD met."], ["ABCD"]),
        (["The Alliance for Better Care (ABCD) met.", "The ABCD met again."], []),
        (["The NHS and GPs in the UK met the ICB."], []),
        (["GA is weak; E1 and GA1 say so."], []),
        (["PLEASE NOTE THIS."], []),
    ],
)
def test_abbreviations_are_spelled_out_first(texts: list[str], expected: list[str]) -> None:
    rows = [answer("GA1", "reactive", who, text) for who, text in zip(["team", "team2", "board"], texts, strict=False)]
    found = [f for f in found_in(make_case(*rows, register=[document("E1")])) if f.code == "PU703"]
    assert len(found) == len(expected)
    assert all(any(short in f.message for f in found) for short in expected)


def test_a_teams_own_glossary_is_known() -> None:
    about = assessment(abbreviations={"WMP": "Westmarch Partnership"})
    spelled = make_case(answer("GA1", "reactive", "team", "The Westmarch Partnership met; WMP leads."), about=about)
    assert codes(found_in(spelled), "PU703") == []
    short = make_case(answer("GA1", "reactive", "team", "WMP leads in each PCN."), about=about)
    assert codes(found_in(short), "PU703") == ["PU703", "PU703"]
    assert abbreviations_used(short) == (("PCN", "primary care network"), ("WMP", "Westmarch Partnership"))


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("The PCNs met.", True),
        ("The PCN's lead met.", True),
        ("The PCN-led work.", True),
        ("(PCN)", True),
        ("XPCN and PCNX met.", False),
        ("The PCN2 met.", False),
        ("A&PCN and PCN&B met.", False),
        ("The pcn met.", False),
    ],
)
def test_an_abbreviation_is_a_word_of_its_own(text: str, used: bool) -> None:
    case = make_case(answer("GA1", "reactive", "team", text))
    assert [short for short, _ in abbreviations_used(case)] == ["PCN"] * used


def test_the_annual_report_is_read_by_other_people_than_the_board_paper() -> None:
    told = (
        narrative("Each primary care network (PCN) has a lead."),
        narrative("Each PCN has a lead.", name="annual-report-AR1"),
    )
    found = [f for f in found_in(make_case(answer("GA1", "reactive"), narratives=told)) if f.code == "PU703"]
    assert [f.papers for f in found] == [("annual-report-section",)]


def value(row: int, category: str, count: str, breakdown: str = "deprivation", **more: str) -> Indicator:
    empty = words(
        "area period unit numerator denominator low high comparator completeness source published_at action_taken "
        "why_missing core20plus5"
    )
    given = dict.fromkeys(empty, "") | {"unit": "count", "value": count}
    texts = given | more
    place = Place(f"{FOLDER}/indicators.csv", row)
    return Indicator(id="I1", indicator="Children seen", breakdown=breakdown, category=category, place=place, **texts)


def small(*rows: Indicator, most: int = 7) -> list[tuple[int | None, str | None]]:
    about = assessment(small_numbers=most)
    found = found_in(make_case(answer("GA1", "reactive"), indicators=rows, about=about))
    assert {f.papers for f in found if f.code == "PU708"} <= {PUBLIC_PAPERS}
    return [(f.row, f.field) for f in found if f.code == "PU708"]


def test_a_count_of_one_is_small_and_none_is_not() -> None:
    assert small(value(2, "1", "1")) == [(2, "value")]
    assert small(value(2, "1", "0")) == []
    assert small(value(2, "1", "1"), most=1) == [(2, "value")]
    assert small(value(2, "1", "2"), most=1) == []
    rest = [value(2, "1", "40"), value(3, "2", "50"), value(4, "3", "*")]
    for total, found in (("90", False), ("91", True), ("97", True), ("98", False)):
        assert small(*rest, value(5, "All", total)) == [(4, "value")] * found
    share = {"unit": "%", "numerator": "*", "denominator": "100"}
    for shown, found in (("0", False), ("1", True), ("7", True), ("8", False)):
        assert small(value(2, "1", shown, **share)) == [(2, "value")] * found


def test_each_small_count_is_named_once_in_its_row() -> None:
    both = value(2, "1", "3", numerator="3", denominator="3")
    assert small(both, value(3, "2", "4")) == [(2, "numerator"), (3, "value")]
    twice = {"unit": "people", "numerator": "*"}
    rest = [value(2, "1", "40", unit="people", numerator="40"), value(3, "2", "*", **twice)]
    whole = value(4, "All", "45", unit="people", numerator="45")
    assert small(*rest, whole) == [(3, "numerator")]


def test_small_counts_are_hidden() -> None:
    assert small(value(2, "1", "7")) == [(2, "value")]
    assert small(value(2, "1", "8"), value(3, "2", "0"), value(4, "3", "*"), value(5, "4", "n/a")) == []
    assert small(value(2, "1", "8"), most=10) == [(2, "value")]
    assert small(value(2, "1", "5", unit="rate")) == []
    assert small(value(2, "1", "5.0", unit="%", numerator="5", denominator="100")) == [(2, "numerator")]
    assert small(value(2, "1", "1,005")) == []


def test_a_hidden_count_must_not_follow_from_the_others() -> None:
    rest = [value(2, "1", "40"), value(3, "2", "50"), value(4, "3", "*")]
    assert small(*rest) == []
    assert small(*rest, value(5, "All", "95")) == [(4, "value")]
    assert small(*rest, value(5, "All", "95", breakdown="total")) == [(4, "value")]
    assert small(*rest, value(5, "All", "95", period="last year")) == []
    assert small(*rest, value(5, "All", "120")) == []
    assert small(value(2, "1", "*"), *rest[1:], value(5, "All", "95")) == []


def test_several_hidden_counts_must_not_be_forced_to_one_each_by_what_is_left() -> None:
    hidden = [value(2, "1", "*"), value(3, "2", "50"), value(4, "3", "*")]
    assert small(*hidden, value(5, "All", "52")) == [(2, "value"), (4, "value")]
    assert small(*hidden, value(5, "All", "53")) == []
    assert small(*hidden, value(6, "4", "*"), value(5, "All", "53")) == [(2, "value"), (4, "value"), (6, "value")]


def test_a_hidden_count_must_not_follow_from_its_percentage() -> None:
    hidden = {"unit": "%", "numerator": "*", "denominator": "200"}
    assert small(value(2, "1", "2.5", **hidden)) == [(2, "value")]
    assert small(value(2, "1", "25", **hidden)) == []
    assert small(value(2, "1", "*", **hidden)) == []


@pytest.mark.parametrize(
    ("unit", "shown", "whole"),
    [("per 100,000", "25", "20000"), ("per 1,000 people", "2.5", "2,000"), ("rate per 10 000", "5.0", "10000")]
    + [("per cent", "2.5", "200"), ("proportion", "0.025", "200"), ("deaths per thousand", "1.25", "4000")],
)
def test_a_hidden_count_must_not_follow_from_its_rate(unit: str, shown: str, whole: str) -> None:
    assert small(value(2, "1", shown, unit=unit, numerator="*", denominator=whole)) == [(2, "value")]
    assert small(value(2, "1", shown, unit=unit, numerator="*", denominator=f"{whole}0")) == []
    assert small(value(2, "1", shown, unit=unit, numerator="*", denominator="*")) == []


@pytest.mark.parametrize("unit", ["people", "Patients", "registrations", "hospital admissions"])
def test_whatever_is_counted_is_a_count(unit: str) -> None:
    assert small(value(2, "1", "4", unit=unit)) == [(2, "value")]


@pytest.mark.parametrize("unit", ["years", "score", "per 100,000", "£ a head", "ratio", "percentage points"])
def test_a_measure_that_counts_nobody_is_none(unit: str) -> None:
    assert small(value(2, "1", "4", unit=unit)) == []


def test_a_hidden_count_must_not_follow_from_what_is_said_beside_it_or_from_another_breakdown() -> None:
    rest = [value(2, "1", "40"), value(3, "2", "1,050"), value(4, "3", "*")]
    by_sex = [value(5, "women", "600", "sex"), value(6, "men", "495", "sex")]
    assert small(*rest, *by_sex) == [(4, "value")]
    assert small(*rest, by_sex[0], value(6, "men", "*", "sex")) == []
    for said, found in (("ICB total 1,095", True), ("All: 1095 children", True), ("England 1.095", False)):
        told = [replace(row, comparator=said) for row in rest]
        assert small(*told) == [(4, "value")] * found
    others = value(5, "All other places", "1095")
    assert small(*rest, others) == []
    named = value(5, "Total, all places", "1095")
    assert small(*rest, named) == [(4, "value")]
    parts = [{"unit": "%", "numerator": n, "denominator": "100"} for n in ("40", "55", "*")]
    assert small(*(value(n, str(n), "*", **part) for n, part in enumerate(parts, 2))) == [(4, "numerator")]


@pytest.mark.parametrize(
    "unit",
    [
        "people waiting over 52 weeks",
        "admissions per month",
        "children aged 2 years",
        "number of women with two scores",
    ],
)
def test_what_a_unit_says_further_makes_no_measure_of_a_count(unit: str) -> None:
    assert small(value(2, "1", "4", unit=unit)) == [(2, "value")]
    assert small(value(2, "1", "4", unit="years of life lost"), value(3, "2", "4", unit="days in hospital")) == []


@pytest.mark.parametrize("written", ["4*", "(4)", "~4", "4 people", "four", "about 4"])
def test_a_mark_or_a_word_beside_a_count_hides_nothing(written: str) -> None:
    assert small(value(2, "1", written)) == [(2, "value")]


@pytest.mark.parametrize("mark", ["*", "<5", "1-4", "fewer than 8", "c", "[c]", "suppressed"])
def test_a_count_is_hidden_by_any_mark_and_must_not_follow(mark: str) -> None:
    rest = [value(2, "1", "40"), value(3, "2", "50"), value(4, "3", mark)]
    assert small(*rest) == []
    assert small(*rest, value(5, "All", "95")) == [(4, "value")]
    assert small(*rest, replace(value(5, "All", "95"), indicator="Children seen, everywhere")) == [(4, "value")]
    dated = [replace(row, period="2025-26") for row in rest]
    assert small(*dated, value(5, "All", "95", period="2025/26")) == [(4, "value")]


def test_a_hidden_count_must_not_follow_from_the_year_the_limits_or_the_other_shares() -> None:
    quarters = [value(n + 1, "1", v, period=f"2025-26 Q{n}") for n, v in enumerate(("20", "30", "*", "40"), 1)]
    for year, found in (("94", [(4, "value")]), ("104", [])):
        assert small(*quarters, value(6, "1", year, period="2025-26")) == found
    assert small(*quarters[1:], value(6, "1", "74", period="2025-26")) == []
    share = {"unit": "%", "numerator": "*"}
    assert small(value(2, "1", "*", denominator="200", low="1.1", high="5.7", **share)) == [(2, "low")]
    assert small(value(2, "1", "*", denominator="2000", low="1.8", high="3.2", **share)) == []
    parts = [value(n, str(n), v, denominator="200", **share) for n, v in ((2, "60"), (3, "38"), (4, "*"))]
    assert small(*parts) == [(4, "value")]
    assert small(*parts[1:]) == []


@pytest.mark.parametrize("told", ["England: 2.5% of 200 children", "25 per 100,000 of 20,000"])
def test_what_is_said_beside_a_value_must_not_give_a_small_count(told: str) -> None:
    assert small(value(2, "1", "40", comparator=told)) == [(2, "comparator")]
    assert small(value(2, "1", "40", comparator=f"{told.partition(' of ')[0]} of 400,000")) == []


def test_an_indicator_needs_both_breakdowns_of_more_than_one_category_or_a_reason() -> None:
    def said(*rows: Indicator) -> list[str]:
        return codes(found_in(make_case(answer("GA1", "reactive"), indicators=rows)), "ND901")

    total = value(2, "All", "95", breakdown="total")
    fifths = (value(3, "1", "50"), value(4, "2", "60"))
    ethnic = (value(5, "Asian", "55", breakdown="ethnicity"), value(6, "White", "*", breakdown="ethnicity"))
    assert said(total) == ["ND901"]
    assert said(total, *fifths) == ["ND901"]
    assert said(total, *ethnic) == ["ND901"]
    assert said(total, *fifths, *ethnic) == []
    assert said(total, *fifths, ethnic[0]) == ["ND901"]
    assert said(total, *fifths, *ethnic, value(7, "women", "50", breakdown="Sex")) == ["ND901"]
    assert said(total, *fifths, replace(ethnic[0], why_missing="Too few others.")) == []
    assert said(value(2, "All", "95", breakdown="total", why_missing="Not recorded.")) == []
    elsewhere = value(2, "", "", breakdown="", numerator="", published_at="https://example.nhs.uk/figures")
    assert said(elsewhere) == []


@pytest.mark.parametrize(
    ("breakdown", "more", "expected"),
    [
        *((shown, {}, []) for shown in ("IMD quintile", "National deprivation decile", "deprivation", "Core20")),
        ("age", {}, ["breakdown"]),
        ("deprivation", {"value": " ", "numerator": "9"}, []),
        ("deprivation", {"value": " "}, ["breakdown"]),
        ("total", {"why_missing": " "}, ["breakdown"]),
    ],
)
def test_what_counts_as_results_by_group(breakdown: str, more: dict[str, str], expected: list[str]) -> None:
    groups = [value(n, str(n), "50", **{"breakdown": breakdown} | more) for n in (3, 4)]
    ethnic = [value(n, f"group {n}", "50", breakdown="Ethnic_group") for n in (5, 6)]
    rows = (value(2, "All", "95", breakdown="total"), *groups, *ethnic)
    found = [f for f in found_in(make_case(answer("GA1", "reactive"), indicators=rows)) if f.code == "ND901"]
    assert [f.field for f in found] == expected
    assert [(f.row, f.about) for f in found] == [(2, "I1")] * len(expected)


def test_an_expected_indicator_is_known_by_its_id_or_its_name_and_its_reason_is_told() -> None:
    names = {"I1": "Early diagnosis", "I2": "Waits", "I3": "Births", "I4": "Checks"}
    looked_for = tuple(ExpectedIndicator(i, name, area="Cancer") for i, name in names.items())
    case = make_case(
        answer("GA1", "reactive"),
        indicators=(
            value(2, "1", "50"),
            replace(value(3, "1", "50"), id="other", indicator="waits"),
            replace(value(4, "", "", numerator="", why_missing="Not counted yet."), id="i3"),
        ),
    )
    found = found_in(replace(case, framework=replace(case.framework, expected_indicators=looked_for)))
    told = {f.about: f.message for f in found if f.code == "ND902"}
    assert told.keys() == {"I3", "I4"}
    assert "Not counted yet" in told["I3"]
    assert "no reason is given" in told["I4"]
    bare = replace(case, indicators=(), framework=replace(case.framework, expected_indicators=looked_for))
    assert codes(found_in(bare), "ND902") == []


@pytest.mark.parametrize(
    ("unit", "more", "expected"),
    [
        *((unit, {}, ["denominator"]) for unit in ("%", " Per cent ", "percent", "Percentage")),
        ("%", {"denominator": "200"}, []),
        ("%", {"denominator": " "}, ["denominator"]),
        ("%", {"value": "*"}, []),
        ("per 1,000", {}, []),
    ],
)
def test_a_percentage_is_of_a_number_that_is_given(unit: str, more: dict[str, str], expected: list[str]) -> None:
    rows = (value(3, "1", "50", **{"unit": unit} | more),)
    found = [f for f in found_in(make_case(answer("GA1", "reactive"), indicators=rows)) if f.code == "PU706"]
    assert [f.field for f in found] == expected
    assert all("I1 (Children seen, deprivation 1) is a percentage" in f.message for f in found)


def test_a_charter_needs_a_baseline_and_figures() -> None:
    def said(**more: Any) -> list[str | None]:
        scheme = Scheme("connectors", Place(f"{FOLDER}/schemes/connectors.yaml"), **more)
        found = found_in(make_case(answer("GA1", "reactive"), schemes=(scheme,)))
        return [f.field for f in found if f.code == "FU901"]

    assert said() == []
    assert said(goals=({"goal": "Reach more"},)) == ["goals"]
    assert said(goals=({"goal": "Reach more", "baseline": "20"},)) == []
    assert said(goals=({"goal": "Reach more"},), baseline="20 people") == []
    assert said(actual="Many were reached", expected="Many") == ["actual", "expected"]
    assert said(actual="412 were reached") == []


@pytest.mark.parametrize(
    ("text", "line", "file"),
    [
        ("# Title\n\n![The van](van.png)", 3, "van.png"),
        ("Words with ![](a/b.svg) in them.", 1, "a/b.svg"),
        ("- item\n- ![The van][v]\n\n[v]: van.jpg", 2, "van.jpg"),
        ("Not a picture: !\\[The van](van.png) and `![code](x.png)`.", 0, ""),
    ],
)
def test_a_picture_in_narrative_is_never_lost_without_a_word(text: str, line: int, file: str) -> None:
    case = make_case(answer("GA1", "reactive", "team"), narratives=(narrative(text),))
    found = [f for f in found_in(case) if f.code == "IN101" and f.field == "picture"]
    assert [(f.severity, f.row) for f in found] == [("blocker", line)] * bool(line)
    assert all(f"`{file}`" in f.message for f in found)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a.",
        "1 ",
        "01 ",
        "a@",
        "@",
        " at ",
        "x at y ",
        "a.b at ",
        "://",
        "http://a@",
        "?a=",
        "born ",
        "_",
        "ABC ",
        "PCN (",
    ],
)
def test_a_text_of_any_make_is_looked_through_once(piece: str) -> None:
    """A pattern that begins anew at each letter would take hours over this megabyte."""
    text = piece * (1_000_000 // len(piece))
    assert personal_in(f"{text} jo@x.org ") != {}
    used = make_case(answer("GA1", "reactive", "team", text[:200_000]))
    assert len([f for f in not_spelled_out(used, score(used)) if f.code == "PU703"]) <= 1
