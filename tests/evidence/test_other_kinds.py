"""E-mails, OpenDocument files, old workbooks, rich text and transcripts: their words, and no others, are found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.model import Locator, LocatorKind, Verdict
from tests.evidence.cases import Desk
from tests.evidence.made_office import compound, zipped
from tests.evidence.made_others import XLS, container, eml, mht, msg, odp, ods, odt, opened, rtf, vtt

pytestmark = pytest.mark.usefixtures("here")
WORDS = "The Board has not agreed the plan for 105 wards, at a cost of £6.2 million."
KINDS: Mapping[str, Callable[[str], bytes]] = {
    "minutes.odt": lambda words: odt("Minutes", words, "The end."),
    "talk.odp": lambda words: odp("First slide", words),
    "plan.ods": lambda words: ods({"Summary": [["What", words]], "Other": [["x", "y"]]}),
    "letter.eml": lambda words: eml(words),
    "page.eml": lambda words: eml("See the page.", f"<p>{words}</p>"),
    "note.msg": lambda words: msg("Plan", words),
    "page.msg": lambda words: msg("Plan", "", f"<p>{words}</p>"),
    "page.mht": lambda words: mht(f"<html><body><h1>News</h1><p>{words}</p></body></html>"),
    "plan.rtf": rtf,
    "meeting.vtt": lambda words: vtt(("00:01:00", "Welcome"), ("00:12:30", f"<v Chair>{words}"), ("00:40:00", "Bye")),
    "meeting.srt": lambda words: f"1\n00:12:30,000 --> 00:12:40,000\n{words}\n".encode(),
}
ALTERED = (
    "has agreed the plan for 105 wards",
    "not agreed the plan for 106 wards",
    "at a cost of £62 million",
    "at a cost of £6.2 billion",
    "agreed the plan for 105 words",
    "has not agreed plan for 105 wards",
    "for 5 wards, at a cost",
)


@pytest.mark.parametrize("name", KINDS)
def test_words_are_found_as_they_stand_and_never_otherwise(desk: Desk, name: str) -> None:
    document = desk.document(name, KINDS[name](WORDS))
    assert desk.check_result(document, "not agreed the plan for 105 wards, at a cost of £6.2").verdict is Verdict.FOUND
    for altered in ALTERED:
        assert desk.check_result(document, altered).verdict is Verdict.NOT_FOUND, altered


def test_an_old_workbook_has_its_words_and_sheets_and_no_word_on_how_figures_are_shown(desk: Desk) -> None:
    document = desk.document("old.xls", XLS)
    seen = desk.check_result(document, "agreed the plan for every ward", sheet="Summary")
    assert (seen.verdict, seen.sheet) == (Verdict.FOUND, "Summary")
    assert desk.check_result(document, "agreed the plan for each ward").verdict is Verdict.NOT_FOUND
    percent = desk.check_result(document, "for every ward 61%")
    assert percent.verdict is Verdict.NOT_CHECKABLE and ".xlsx" in percent.reason
    assert desk.check_result(document, "Nobody sees this sentence").verdict is Verdict.NOT_FOUND


def test_headers_of_a_message_are_found_and_attachments_are_named(desk: Desk) -> None:
    for name, made in (
        ("a.eml", eml("Words", attached={"plan.pdf": b"x", "note.docx": b"y"})),
        ("a.msg", msg("Interpreting in maternity", "Words", attached={"plan.pdf": b"x", "note.docx": b"y"})),
    ):
        document = desk.document(name, made)
        assert desk.check_result(document, "Subject: Interpreting in maternity").verdict is Verdict.FOUND
        assert "plan.pdf, note.docx" in " ".join(desk.copy_of(document).remarks)


def test_what_nobody_sees_is_not_found(desk: Desk) -> None:
    struck = (
        '<style:style style:name="S" style:family="text"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    line = '<text:p>The Board <text:span text:style-name="S">agreed</text:span> rejected the plan</text:p>'
    gone = "<text:tracked-changes><text:p>The old words of it</text:p></text:tracked-changes>"
    document = desk.document("a.odt", odt(line, gone, styles=struck))
    assert desk.check_result(document, "The Board rejected the plan").verdict is Verdict.FOUND
    assert "struck out" in desk.check_result(document, "The Board agreed rejected the plan").difference
    assert desk.check_result(document, "The old words of it").verdict is Verdict.NOT_FOUND
    slides = desk.document("a.odp", odp("Seen by all here", "Seen by none there", hidden=2))
    assert "hidden" in desk.check_result(slides, "Seen by none there").difference
    page = desk.document("a.eml", eml("x", "<p>Shown to all</p><p style='display:none'>Kept from all readers</p>"))
    assert desk.check_result(page, "Kept from all readers").verdict is Verdict.NOT_FOUND
    rich = desk.document("a.rtf", b"{\\rtf1 The Board {\\v never} agreed the plan}")
    assert desk.check_result(rich, "The Board never agreed the plan").verdict is Verdict.NOT_CHECKABLE


def test_slides_and_sheets_have_their_numbers_and_names(desk: Desk) -> None:
    slides = desk.document("a.odp", odp("One thing to say", "Another thing to say"))
    assert desk.check_result(slides, "Another thing to say", 2).verdict is Verdict.FOUND
    assert desk.check_result(slides, "Another thing to say", 1).verdict is Verdict.FOUND_ELSEWHERE
    assert desk.check_result(slides, "Another thing to say", 9).beyond_end
    book = desk.document("a.ods", ods({"Summary": [["Uptake rose to", "61%"]], "Notes": [["Nothing else"]]}))
    assert desk.check_result(book, "Uptake rose to 61%", sheet="summary").at == "Summary!A1:B1"
    assert desk.check_result(book, "Uptake rose to 61%", sheet="Notes").verdict is Verdict.FOUND_ELSEWHERE


def test_words_said_at_a_time_are_found_there_and_no_other(desk: Desk) -> None:
    document = desk.document(
        "a.vtt",
        vtt(("00:01:00", "Welcome all"), ("00:12:30", "<v Chair>The plan is agreed"), ("01:02:03", "Thank you all")),
    )

    def at(time: str, words: str = "The plan is agreed") -> Verdict:
        return desk.check_result(document, words, locator=Locator(LocatorKind.TIME, time)).verdict

    assert at("00:12:30") is at("00:12:45") is at("01:02:00", "Thank you all") is Verdict.FOUND
    assert at("00:40:00") is at("01:02:03") is Verdict.FOUND_ELSEWHERE
    assert desk.check_result(document, "The plan is agreed").at == "00:12:30"


BROKEN = {
    "no message": ("a.eml", b"only some words\n", "no e-mail"),
    "no times": ("a.vtt", b"WEBVTT\n\nonly words\n", "no times"),
    "no web page": ("a.mht", b"Subject: x\n\nwords", "no saved web page"),
    "picture named message": ("a.eml", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "a picture"),
    "text named OpenDocument": ("a.odt", b"only words", "plain text"),
    "workbook named text": ("a.odt", ods({"A": [["x"]]}), "OpenDocument workbook"),
    "no content": ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "archive"),
    "not well formed": ("a.odt", odt("x").replace(b"PK\x05\x06", b"PK\x05\x06"), ""),
    "half a message": ("a.msg", msg("x", "y" * 900)[:1600], ""),
    "empty container": ("a.msg", container({"__properties_version1.0": b"\0" * 32}), "no e-mail"),
    "half a workbook": ("a.xls", XLS[:2600], "damaged"),
    "outside entity": (
        "a.odt",
        zipped({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        }),
        "document type",
    ),
    "locked": (
        "a.odt",
        zipped({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "\x01\x02",
            "META-INF/manifest.xml": "<m><encryption-data/></m>",
        }),
        "encrypted",
    ),
    "nested deeply": ("a.odt", odt("<text:p>" * 3000 + "x" + "</text:p>" * 3000), "deeply"),
    "nested messages": ("a.eml", b"Subject: x\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3000, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_cost_only_themselves_and_say_why(desk: Desk, name: str) -> None:
    file, content, why = BROKEN[name]
    copy = desk.copy_of(desk.document(file, content))
    assert why in (copy.fault or copy.uncheckable), copy
    assert "bug" not in copy.fault


def test_a_bomb_is_left_alone(desk: Desk) -> None:
    body = "<text:p>" + "ha " * 60_000_000 + "</text:p>"
    assert "too large" in desk.copy_of(desk.document("a.odt", opened("text", body))).fault
    many = '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    many += (
        'table:number-columns-repeated="16384"><text:p>5</text:p></table:table-cell></table:table-row></table:table>'
    )
    assert desk.check_result(desk.document("a.ods", opened("spreadsheet", many)), "5 5").verdict is Verdict.FOUND


needs_libreoffice = pytest.mark.skipif(
    not any(map(shutil.which, ("soffice", "libreoffice"))), reason="needs LibreOffice, which reads .doc and .ppt"
)


@needs_libreoffice
def test_an_old_word_document_is_read_where_libreoffice_is_installed(desk: Desk) -> None:
    document = desk.document("old.doc", (Path(__file__).parent / "small.doc").read_bytes())
    assert desk.check_result(document, "The Board has not agreed the plan for 105 wards").verdict is Verdict.FOUND
    assert desk.check_result(document, "The Board has agreed the plan for 105 wards").verdict is Verdict.NOT_FOUND
    assert "LibreOffice" in " ".join(desk.follow().copies[document].remarks)
    broken = desk.copy_of(desk.document("half.doc", compound({"WordDocument": b"x"})))
    assert "damaged" in broken.fault or not broken.fault


def test_without_libreoffice_it_is_said_how_an_old_document_can_be_checked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("pipeline.office.libreoffice.USUAL_PLACES", ())
    for name, stream, newer in (("a.doc", "WordDocument", ".docx"), ("a.ppt", "PowerPoint Document", ".pptx")):
        seen = desk.check_result(desk.document(name, compound({stream: b"x"})), "The Board has agreed")
        assert seen.verdict is Verdict.NOT_CHECKABLE
        assert "LibreOffice" in seen.reason and newer in seen.reason
