"""What is seen when a citation is followed to its document."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.model import CheckResult, Locator, LocatorKind, Verdict
from tests.evidence.cases import DAY, Desk
from tests.evidence.made_office import docx, pptx, words_cell, xlsx
from tests.evidence.made_pdf import SCAN, UNMAPPED, page_stream, pdf, prose, unmapped
from tests.evidence.made_scan import photographed

pytestmark = pytest.mark.usefixtures("here")
BODY = [
    "The Board met in March and heard of the winter.",
    "Uptake rose from 6.2% to 61% in the ward.\nThe Board has not agreed the plan for the year.",
    "The strategy names three priorities.\nThey are smoking, blood pressure and waiting.",
]


def test_words_on_the_page_cited_are_found_there(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), "rose from 6.2% to 61%", 2)
    assert (seen.verdict, seen.page) == (Verdict.FOUND, 2)
    assert "Uptake rose from 6.2% to 61% in the ward" in seen.context


def test_words_within_a_range_of_pages_are_found_where_they_start(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), "three priorities", (1, 3))
    assert (seen.verdict, seen.page) == (Verdict.FOUND, 3)


def test_words_without_a_page_are_found_on_theirs(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), "three priorities")
    assert (seen.verdict, seen.page) == (Verdict.FOUND, 3)


def test_words_on_another_page_are_found_elsewhere(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), "three priorities", 1)
    assert (seen.verdict, seen.page, seen.beyond_end) == (Verdict.FOUND_ELSEWHERE, 3, False)


def test_the_page_cited_goes_before_an_earlier_one(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(["Contents: the plan", "Words", "On the plan"])), "the plan", 3)
    assert (seen.verdict, seen.page) == (Verdict.FOUND, 3)


def test_a_page_beyond_the_end_is_said_and_the_words_are_looked_for(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf(BODY))
    there = desk.check_result(document, "three priorities", 9)
    assert (there.verdict, there.page, there.beyond_end) == (Verdict.FOUND_ELSEWHERE, 3, True)
    absent = desk.check_result(document, "five priorities", 9)
    assert (absent.verdict, absent.beyond_end) == (Verdict.NOT_FOUND, True)
    whole = desk.check_result(document, None, 9)
    assert (whole.verdict, whole.beyond_end) == (Verdict.NO_QUOTATION, True)
    assert desk.follow().copies[document].pages == 3


def test_a_miss_names_the_nearest_passage_its_page_and_the_difference(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), "The Board has agreed the plan for the year", 2)
    assert seen.verdict is Verdict.NOT_FOUND
    assert seen.nearest == "The Board has not agreed the plan for the year"
    assert seen.nearest_page == 2
    assert seen.difference == "the quotation leaves out “not”"


@pytest.mark.parametrize(
    ("quotation", "difference"),
    [
        ("Uptake rose from 62% to 61%", "the document has “6.2” where the quotation has “62”"),
        ("Uptake rose from 6.2% to 71%", "the document has “61” where the quotation has “71”"),
        ("They are smoking, blood sugar and waiting", "the document has “pressure” where the quotation has “sugar”"),
        ("The strategy names only three priorities", "the quotation adds “only”"),
    ],
)
def test_the_difference_is_told_in_words(desk: Desk, quotation: str, difference: str) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), quotation)
    assert (seen.verdict, seen.difference) == (Verdict.NOT_FOUND, difference)


def test_words_that_nothing_comes_near_are_said_to_be_so(desk: Desk) -> None:
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY)), "Quite another sentence altogether, about boats")
    assert (seen.verdict, seen.nearest) == (Verdict.NOT_FOUND, "")
    assert seen.difference == "no passage of the document comes near these words"


def test_words_run_on_over_headers_footers_and_page_numbers(desk: Desk) -> None:
    foot = "NHS Example ICB - Health Equity Strategy\n- {} -"
    pages = [
        f"Health Equity Strategy 2025\nThe Board agreed to fund the work for\n{foot.format(1)}",
        f"Health Equity Strategy 2025\nthree more years from April.\n{foot.format(2)}",
        f"Health Equity Strategy 2025\nAnother page.\n{foot.format(3)}",
    ]
    document = desk.document("a.pdf", pdf(pages))
    seen = desk.check_result(document, "agreed to fund the work for three more years", 1)
    assert (seen.verdict, seen.page) == (Verdict.FOUND, 1)
    assert desk.check_result(document, "agreed to fund the work for two more years", 1).verdict is Verdict.NOT_FOUND
    assert (
        desk.check_result(document, "agreed to fund the work for three more years", 2).verdict
        is Verdict.FOUND_ELSEWHERE
    )


def test_an_ellipsis_may_run_through_the_pages_cited(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf(BODY))
    assert desk.check_result(document, "The Board met ... three priorities", (1, 3)).verdict is Verdict.FOUND
    turned = desk.check_result(document, "three priorities ... The Board met", (1, 3))
    assert turned.verdict is Verdict.NOT_FOUND
    assert turned.difference == "all the words stand in the document, but not together in this order"


def test_words_in_columns_are_found_though_the_file_holds_them_line_by_line(desk: Desk) -> None:
    """A table of two columns, drawn row by row: each column reads on below."""
    left = ["The Board agreed", "to fund the work", "for three years."]
    right = ["Uptake fell in", "the winter and", "rose in spring."]
    lines = []
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        lines += [(60.0, 700.0 - 14 * n, 10.0, one), (320.0, 700.0 - 14 * n, 10.0, other)]
    document = desk.document("a.pdf", pdf([lines]))
    assert desk.check_result(document, "The Board agreed to fund the work for three years.", 1).verdict is Verdict.FOUND
    assert desk.check_result(document, "Uptake fell in the winter and rose in spring", 1).verdict is Verdict.FOUND
    assert desk.check_result(document, "Uptake fell in the spring and rose in winter", 1).verdict is Verdict.NOT_FOUND


def test_the_last_line_of_a_paragraph_stays_with_it_where_a_table_makes_lines_short(desk: Desk) -> None:
    """Most lines are a table's, so that the paragraph's count as wide and its last line as narrow."""
    lines = [
        (60.0, 720.0, 10.0, "This paper shows what was planned, what was spent and what was moved, so that anyone can"),
        (60.0, 706.0, 10.0, "follow the money to its use."),
        (
            60.0,
            670.0,
            10.0,
            "The difference was moved to hospital discharge by a decision of the Board in December.",
        ),
        (60.0, 656.0, 10.0, "It was a loan."),
    ]
    rows = [
        "Devolved to the first place",
        "Devolved to the second place",
        "Community connectors",
        "Ethnicity recording",
    ]
    for n, row in enumerate(rows * 2):
        lines += [(60.0, 600.0 - 14 * n, 10.0, row), (320.0, 600.0 - 14 * n, 10.0, "Spent in the year")]
    document = desk.document("a.pdf", pdf([lines]))
    for said in (
        "so that anyone can follow the money to its use",
        "by a decision of the Board in December. It was",
    ):
        assert desk.check_result(document, said, 1).verdict is Verdict.FOUND
    for said in ("so that anyone can the difference was moved", "what was moved, so that anyone can the"):
        assert desk.check_result(document, said, 1).verdict is Verdict.NOT_FOUND


def test_a_raised_figure_in_the_line_points_to_a_note(desk: Desk) -> None:
    lines = [(60.0, 700.0, 11.0, "would also limit"), (138.0, 704.0, 6.0, "12"), (150.0, 700.0, 11.0, "the magnitude")]
    document = desk.document("a.pdf", pdf([lines]))
    assert desk.check_result(document, "would also limit the magnitude", 1).verdict is Verdict.FOUND
    plain = desk.document("b.pdf", pdf(["It lasted within 24 hours of it"]))
    assert desk.check_result(plain, "It lasted within hours", 1).verdict is Verdict.NOT_FOUND


def test_the_printed_label_of_a_page_is_told(desk: Desk) -> None:
    labels = b"<< /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    seen = desk.check_result(desk.document("a.pdf", pdf(BODY, labels=labels)), "three priorities", 3)
    assert (seen.page, seen.page_label) == (3, "1")


def test_a_scan_cannot_be_checked(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf([SCAN]))
    seen = desk.check_result(document, "agreed the plan", 1)
    assert (seen.verdict, seen.unreadable_pages) == (Verdict.NOT_CHECKABLE, (1,))
    assert "scan" in seen.reason
    assert desk.follow().copies[document].fault == ""


def test_an_unreadable_page_is_named_and_the_others_are_read(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf([*BODY, SCAN]))
    seen = desk.check_result(document, "signed by the chair", 4)
    assert (seen.verdict, seen.unreadable_pages) == (Verdict.NOT_CHECKABLE, (4,))
    assert seen.reason == "the text of page 4 cannot be read: it is a picture with no text layer (a scan)"
    assert desk.check_result(document, "three priorities", 4).verdict is Verdict.FOUND_ELSEWHERE
    assert desk.check_result(document, "signed by the chair", 2).verdict is Verdict.NOT_FOUND
    assert desk.check_result(document, None, 4).unreadable_pages == (4,)


def test_the_picture_on_a_cover_excuses_nothing(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf([SCAN, *BODY, "More words.", "And more."]))
    seen = desk.check_result(document, "Quite another sentence altogether, about boats")
    assert seen.verdict is Verdict.NOT_FOUND
    assert seen.reason == "the text of page 1 cannot be read: it is a picture with no text layer (a scan)"


def test_a_like_passage_elsewhere_does_not_speak_for_a_page_that_cannot_be_read(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf([*BODY, SCAN]))
    assert desk.check_result(document, "The Board has agreed the plan for the year", 4).verdict is Verdict.NOT_CHECKABLE


def test_an_unreadable_page_does_not_excuse_an_altered_quotation(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf([*BODY, SCAN]))
    assert desk.check_result(document, "The Board has agreed the plan for the year").verdict is Verdict.NOT_FOUND
    assert desk.check_result(document, "signed by the chair").verdict is Verdict.NOT_CHECKABLE


def test_a_person_may_see_what_a_program_cannot(desk: Desk) -> None:
    scan = desk.document("a.pdf", pdf([SCAN]), checked_by="Head of Governance", checked_on=DAY)
    photo = desk.document("b.jpg", photographed("Words", "JPEG"), checked_by="Head of Governance", checked_on=DAY)
    assert desk.check_result(scan, "agreed the plan", 1).verdict is Verdict.SEEN_BY_A_PERSON
    assert desk.check_result(photo, "agreed the plan").verdict is Verdict.SEEN_BY_A_PERSON


def test_a_person_never_rescues_words_that_are_not_there(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf(BODY), checked_by="Head of Governance", checked_on=DAY)
    assert desk.check_result(document, "The Board has agreed the plan", 2).verdict is Verdict.NOT_FOUND


def test_other_types_are_not_checkable_but_no_fault(desk: Desk) -> None:
    document = desk.document("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 60)
    seen = desk.check_result(document, "agreed the plan")
    copy = desk.follow().copies[document]
    assert seen.verdict is Verdict.NOT_CHECKABLE and "a video" in seen.reason
    assert "a video" in copy.uncheckable and copy.fault == "" and len(copy.sha256) == 64
    assert desk.check_result(document).verdict is Verdict.NO_QUOTATION


def test_a_link_without_a_copy_is_not_checkable(desk: Desk) -> None:
    document = desk.document("", url="https://example.nhs.uk/plan")
    assert desk.check_result(document, "agreed the plan").verdict is Verdict.NOT_CHECKABLE
    copy = desk.follow().copies[document]
    assert not (copy.missing or copy.outside or copy.fault or copy.sha256)


def test_word_has_no_pages_and_that_is_said(desk: Desk) -> None:
    document = desk.document("a.docx", docx("The Board agreed the plan."))
    seen = desk.check_result(document, "agreed the plan", 12)
    assert (seen.verdict, seen.page, seen.beyond_end) == (Verdict.FOUND, None, False)
    assert seen.reason == "the document has no fixed pages, so the page cannot be checked"
    copy = desk.follow().copies[document]
    assert (copy.paged, copy.pages) == (False, None)


def test_sheets_are_named_as_pages_are(desk: Desk) -> None:
    book = xlsx({"Summary": [[words_cell("A1", "Uptake 61%")]], "Detail": [[words_cell("A1", "North ward")]]})
    document = desk.document("a.xlsx", book)
    here = desk.check_result(document, "North ward", sheet="detail ")
    assert (here.verdict, here.sheet, here.page) == (Verdict.FOUND, "Detail", None)
    assert desk.check_result(document, "North ward").verdict is Verdict.FOUND
    there = desk.check_result(document, "North ward", sheet="Summary")
    assert (there.verdict, there.sheet) == (Verdict.FOUND_ELSEWHERE, "Detail")
    nowhere = desk.check_result(document, "North ward", sheet="Totals")
    assert nowhere.verdict is Verdict.FOUND_ELSEWHERE
    assert nowhere.reason == "the workbook has no sheet “Totals”; its sheets are “Summary”, “Detail”"
    assert desk.follow().copies[document].pages == 2


def test_words_on_a_hidden_sheet_are_not_what_a_reader_sees(desk: Desk) -> None:
    book = xlsx({"Shown": [[words_cell("A1", "one")]], "Kept": [[words_cell("A1", "North ward")]]}, hidden=["Kept"])
    seen = desk.check_result(desk.document("a.xlsx", book), "North ward")
    assert seen.verdict is Verdict.NOT_FOUND
    assert seen.difference == "the words stand only on the sheet “Kept”, which is hidden from a reader"


def test_slides_have_numbers(desk: Desk) -> None:
    document = desk.document("a.pptx", pptx(["Title", "The Board agreed"]))
    assert desk.check_result(document, "Board agreed", 2).page == 2
    assert desk.check_result(document, "Board agreed", 1).verdict is Verdict.FOUND_ELSEWHERE
    assert desk.follow().copies[document].paged


def test_every_row_has_a_copy_and_only_what_is_cited_is_opened(desk: Desk) -> None:
    cited = desk.document("a.pdf", pdf(BODY))
    damaged = desk.document("b.pdf", b"%PDF-1.7 broken")
    missing = desk.document("c.pdf")
    desk.cite(cited, "three priorities", 3)
    case = desk.follow()
    assert set(case.copies) == {cited, damaged, missing}
    assert case.copies[damaged].sha256 == hashlib.sha256(b"%PDF-1.7 broken").hexdigest()
    assert case.copies[damaged].fault == ""
    assert case.copies[missing].missing
    assert case.copies[cited].size == len(pdf(BODY))


def test_what_cannot_be_opened_has_no_sighting(desk: Desk) -> None:
    citations = [desk.cite(desk.document("a.pdf", b"")), desk.cite(desk.document("b.pdf"), "words", 1)]
    case = desk.follow()
    assert not any(c in case.check_results for c in citations)
    assert "empty" in case.copies["E001"].fault


def test_a_citation_that_is_unknown_or_not_understood_is_left_to_the_checks(desk: Desk) -> None:
    from dataclasses import replace

    document = desk.document("a.pdf", pdf(BODY))
    desk.citations += [
        replace(desk.cite(document, "words"), fault="no page 0"),
        replace(desk.cite(document, "words"), known=False, evidence="E999"),
    ]
    del desk.citations[:2]
    case = desk.follow()
    assert case.check_results == {} and case.copies[document].pages is None


def test_progress_is_told_document_by_document(desk: Desk) -> None:
    for n in range(3):
        desk.cite(desk.document(f"{n}.pdf", pdf([f"Page {n}"])))
    told: list[tuple[int, int]] = []
    desk.follow(progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_one_file_under_two_ids_is_followed_for_both(desk: Desk) -> None:
    one = desk.document("a.pdf", pdf(BODY))
    other = desk.document("a.pdf")
    assert desk.check_result(one, "three priorities", 3).verdict is Verdict.FOUND
    assert desk.check_result(other, "three priorities", 1).verdict is Verdict.FOUND_ELSEWHERE
    case = desk.follow()
    assert case.copies[one].sha256 == case.copies[other].sha256


def test_a_stamp_on_a_scan_is_not_its_text(desk: Desk) -> None:
    stamped = SCAN + b"\n" + page_stream(prose("Received 4 March 2026"))
    document = desk.document("a.pdf", pdf([stamped]))
    assert desk.check_result(document, "The chair thanked all", 1).verdict is Verdict.NOT_CHECKABLE
    assert desk.check_result(document, "Received 4 March", 1).verdict is Verdict.FOUND
    altered = desk.check_result(document, "Received 4 May 2026", 1)
    assert altered.verdict is Verdict.NOT_FOUND
    assert "March" in altered.difference


def test_a_font_that_hides_its_letters_is_said_to_do_so(desk: Desk) -> None:
    hidden = unmapped("The Board agreed the plan for the year and the work went on in every ward.")
    document = desk.document("a.pdf", pdf([hidden], font=UNMAPPED))
    seen = desk.check_result(document, "The Board agreed the plan", 1)
    assert (seen.verdict, seen.unreadable_pages) == (Verdict.NOT_CHECKABLE, (1,))
    assert seen.reason == "its one page is set in fonts that do not say which letters they show"


def test_symbols_that_carry_meaning_are_compared(desk: Desk) -> None:
    document = desk.document("a.txt", "Smoking ↑ 5%\nWaiting ✓ met, screening ✗ not met\n• use • ■ bullets".encode())
    assert desk.check_result(document, "Smoking ↓ 5%").verdict is Verdict.NOT_FOUND
    assert desk.check_result(document, "screening ✓ not met").verdict is Verdict.NOT_FOUND
    assert desk.check_result(document, "use bullets").verdict is Verdict.FOUND


def test_an_endless_quotation_is_answered(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf(BODY))
    for quotation in ("a ... " * 1500, "the Board " * 1500, "x" * 20_000, "(" * 20_000, "1.2" * 5_000):
        assert desk.check_result(document, quotation).verdict is Verdict.NOT_FOUND


def test_notes_at_the_foot_of_a_column_are_read_over(desk: Desk) -> None:
    left = ["The work began in every ward of the", "area and the Board agreed to go on"]
    notes = ["1 As agreed in March by all that were", "present at the meeting of the Board."]
    right = ["with it for three more years until the", "end of the plan, and then to look again."]
    lines = [(60.0, 300.0 - 13 * n, 10.0, line) for n, line in enumerate(left)]
    lines += [(60.0, 270.0 - 10 * n, 7.0, line) for n, line in enumerate(notes)]
    lines += [(320.0, 700.0 - 13 * n, 10.0, line) for n, line in enumerate(right)]
    document = desk.document("a.pdf", pdf([lines]))
    assert (
        desk.check_result(document, "the Board agreed to go on with it for three more years", 1).verdict
        is Verdict.FOUND
    )
    assert desk.check_result(document, "As agreed in March by all that were present", 1).verdict is Verdict.FOUND


def test_small_print_inside_a_sentence_is_part_of_it(desk: Desk) -> None:
    lines = [(60.0, 700.0, 11.0, "The Board has"), (134.0, 700.0, 6.0, "not"), (146.0, 700.0, 11.0, "agreed the plan")]
    document = desk.document("a.pdf", pdf([[*lines, (60.0, 660.0, 11.0, "and the work goes on in every ward")]]))
    assert desk.check_result(document, "The Board has agreed the plan", 1).verdict is Verdict.NOT_FOUND
    assert desk.check_result(document, "The Board has not agreed the plan", 1).verdict is Verdict.FOUND


def test_a_portfolio_is_not_checkable_and_the_reason_is_said(desk: Desk) -> None:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(["Open this portfolio in another program."]))) as opened:
        opened.attachments["plan.pdf"] = pikepdf.AttachedFileSpec(opened, pdf(["The plan."]), filename="plan.pdf")
        opened.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
        opened.save(out)
    document = desk.document("a.pdf", out.getvalue())
    seen = desk.check_result(document, "The committee approved the access plan", 4)
    assert (seen.verdict, seen.beyond_end) == (Verdict.NOT_CHECKABLE, False)
    assert seen.reason.startswith("it is a PDF portfolio: 1 document was found inside it")
    assert "1 attached file" in desk.follow().copies[document].remarks[0]


def test_an_xfa_form_is_not_checkable_and_the_reason_is_said(desk: Desk) -> None:
    packet = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>"
    form = b"/AcroForm << /Fields [] /XFA (%s) >> /NeedsRendering true" % packet
    notice = "Please wait... Your PDF viewer may not be able to display this document."
    seen = desk.check_result(
        desk.document("a.pdf", pdf([notice], catalogue=form)), "The committee approved the plan", 2
    )
    assert (seen.verdict, seen.beyond_end) == (Verdict.NOT_CHECKABLE, False)
    assert "XFA form" in seen.reason


def test_a_blank_page_is_called_blank(desk: Desk) -> None:
    document = desk.document("a.pdf", pdf(["The Board agreed the plan.", b""]))
    asked = desk.cite(document, "penguins along the shore", 2)
    empty = desk.cite(desk.document("b.pdf", pdf([b"", b""])), "penguins along the shore")
    seen = desk.follow().check_results
    assert seen[asked].difference == "page 2 is blank"
    assert seen[empty].difference == "the document is blank: there is no text on any of its pages"


POLICY = [
    "Contents\n3.1 Who decides\n3.2 Who is told\n4 Review",
    "3.1 Who decides\nThe Committee decides within ten days.\n3.2 Who is told\nThe Board is told each quarter.",
    "3.2.1 In between\nThe Chair is told at once.\n4 Review\nIt is reviewed each year.",
]


@pytest.mark.parametrize(
    ("section", "words", "verdict"),
    [
        ("3.2", "The Board is told each quarter", Verdict.FOUND),
        ("3.2", "The Chair is told at once", Verdict.FOUND),
        ("3", "It is reviewed each year", Verdict.FOUND_ELSEWHERE),
        ("3.1", "The Board is told each quarter", Verdict.FOUND_ELSEWHERE),
        ("3.1", "The Committee decides within ten days", Verdict.FOUND),
        ("4", "It is reviewed each year", Verdict.FOUND),
        ("9", "It is reviewed each year", Verdict.FOUND_ELSEWHERE),
        ("3.2", "The Board is told each month", Verdict.NOT_FOUND),
    ],
)
def test_words_are_looked_for_in_the_section_that_is_named(
    desk: Desk, section: str, words: str, verdict: Verdict
) -> None:
    document = desk.document("policy.pdf", pdf(POLICY))
    assert desk.check_result(document, words, locator=Locator(LocatorKind.SECTION, section)).verdict is verdict


def test_a_paragraph_is_named_by_its_own_number_or_as_it_is_counted(desk: Desk) -> None:
    numbered = desk.document("a.txt", "1. The plan is old.\n2. The plan is new.\n")
    counted = desk.document("b.docx", docx("The plan is old.", "The plan is new."))
    for document in (numbered, counted):
        for number, verdict in (("2", Verdict.FOUND), ("1", Verdict.FOUND_ELSEWHERE)):
            locator = Locator(LocatorKind.PARAGRAPH, number)
            assert desk.check_result(document, "The plan is new", locator=locator).verdict is verdict


def test_a_printed_page_is_the_one_that_is_printed_so(desk: Desk) -> None:
    cover = ["Cover", "Contents", "The plan is new\n\nPage 1", "The plan is old\n\nPage 2"]
    document = desk.document("a.pdf", pdf(cover))

    def printed(label: str) -> CheckResult:
        return desk.check_result(document, "The plan is new", locator=Locator(LocatorKind.PRINTED, label))

    assert (printed("1").verdict, printed("1").page) == (Verdict.FOUND, 3)
    assert printed("2").verdict is Verdict.FOUND_ELSEWHERE
    assert "no page of the document says" in printed("9").unclear
    twice = desk.document("b.pdf", pdf(["Words\n\nPage 1", "The plan is new\n\nPage 1"]))
    locator = Locator(LocatorKind.PRINTED, "1")
    assert "page 1 or 2" in desk.check_result(twice, "The plan is new", locator=locator).unclear


def test_a_time_of_a_document_without_times_is_unclear(desk: Desk) -> None:
    document = desk.document("a.txt", "The plan is new.")
    locator = Locator(LocatorKind.TIME, "00:12:30")
    assert "no transcript" in desk.check_result(document, "The plan is new", locator=locator).unclear
