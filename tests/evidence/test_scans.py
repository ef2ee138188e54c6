"""Scans: words in pictures of pages are found by text recognition, letter for letter; never "on the page"."""

from __future__ import annotations

import datetime

import pytest

from pipeline.evidence import jobs, scans, texts
from pipeline.evidence.matching import find, fragments
from pipeline.evidence.words import words_of
from pipeline.model import Verdict
from pipeline.office import recognition
from pipeline.office.limits import Limits
from pipeline.office.recognition import Engine, in_columns
from tests.evidence.cases import DAY, Desk
from tests.evidence.made_pdf import pdf
from tests.evidence.made_scan import needs_an_engine, photographed, scanned

pytestmark = pytest.mark.usefixtures("here")
MINUTES = (
    "Minutes of the Health Equity Committee\n\nThe Committee agreed to fund 105 places on the programme, at a cost of "
    "£6.2 million, from April 2026. It has not agreed the plan for the second year.\n\nThe Committee will hear from "
    "the four places in"
)
NEXT = "September, and from each provider before the end of the year. Nobody else reports to it."


class Reads(Engine):
    """An engine that reads what a test says it does."""

    def __new__(cls, *texts: str) -> Reads:
        made = object.__new__(cls)
        object.__setattr__(made, "name", "Reader 1.0")
        object.__setattr__(made, "texts", list(texts))
        return made

    def __init__(self, *texts: str) -> None:
        pass

    def read(self, picture: object, seconds: float) -> str:
        return str(self.texts.pop(0))  # type: ignore[attr-defined]


def reads(monkeypatch: pytest.MonkeyPatch, *said: str) -> None:
    engine = Reads(*said)
    monkeypatch.setattr(recognition, "engine", lambda: engine)
    monkeypatch.setattr(recognition, "engine_name", lambda: engine.name)
    monkeypatch.setattr(jobs, "engine_name", lambda: engine.name)


def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "engine", lambda: None)
    monkeypatch.setattr(jobs, "engine_name", recognition.engine_name)


@needs_an_engine
@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("agreed to fund 105 places on the programme, at a cost of £6.2 million", Verdict.RECOGNISED),
        ("It has not agreed the plan for the second year", Verdict.RECOGNISED),
        ("will hear from the four places in September, and from each provider", Verdict.RECOGNISED),
        ("agreed to fund 106 places on the programme", Verdict.NOT_CHECKABLE),
        ("at a cost of £62 million", Verdict.NOT_CHECKABLE),
        ("It has agreed the plan for the second year", Verdict.NOT_CHECKABLE),
        ("agreed to find 105 places", Verdict.NOT_CHECKABLE),
        ("body else reports to it", Verdict.NOT_CHECKABLE),
    ],
)
def test_words_in_a_scan(scan: Desk, quotation: str, verdict: Verdict) -> None:
    seen = scan.check_result("E001", quotation)
    assert seen.verdict is verdict
    assert seen.read_by == recognition.engine_name()


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One scan for all, so that it is read once."""
    desk = Desk(tmp_path_factory.mktemp("scan"))
    desk.document("minutes.pdf", scanned([MINUTES, NEXT], tilt=0.7))
    return desk


@needs_an_engine
@pytest.mark.parametrize(("name", "kind"), [("photo.png", "PNG"), ("fax.tif", "TIFF"), ("letter.jpg", "JPEG")])
def test_words_in_a_picture(desk: Desk, name: str, kind: str) -> None:
    document = desk.document(name, photographed(NEXT, kind))
    assert desk.check_result(document, "from each provider before the end of the year").verdict is Verdict.RECOGNISED
    assert desk.check_result(document, "from each provider after the end of the year").verdict is Verdict.NOT_CHECKABLE


def test_what_is_read_tells_page_words_and_engine(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch, "The Board hasagreed thefour priorities. They are old.", "Page two.")
    document = desk.document("a.pdf", scanned([NEXT, NEXT], dpi=40))
    seen = desk.check_result(document, "The Board has agreed the four priorities")
    assert (seen.verdict, seen.page, seen.read_by) == (Verdict.RECOGNISED, 1, "Reader 1.0")
    assert seen.context == "The Board hasagreed thefour priorities."
    assert (seen.figures, seen.cells) == ("", ())


def test_words_read_on_another_page_than_the_one_cited_are_not_looked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch, "Nothing of that kind")
    document = desk.document("a.pdf", scanned([NEXT, NEXT], dpi=40))
    assert desk.check_result(document, "The Board has agreed", 2).verdict is Verdict.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("quotation", "read", "found"),
    [
        ("has not agreed", "the Board hasnot ag reed it", True),
        ("The Board has agreed", "The Board has agreedthe plan", False),
        ("from 5 to 10 places", "from 5to 10places", True),
        ("5 10", "510", False),
        ("105 places", "1O5 places", False),
        ("105 places", "105places a year", True),
        ("6.2%", "62%", False),
        ("£6.2m", "£ 6.2m", True),
        ("popular", "popu-\nlar", True),
        ("able to go", "unable to go", False),
        ("2025", "12025", False),
        ("one ... three", "one two th ree", True),
    ],
)
def test_spaces_are_left_out_of_account_and_nothing_else(quotation: str, read: str, found: bool) -> None:
    assert (find(fragments(quotation), words_of(read), spaces=False) is not None) is found


def test_letters_that_look_alike_are_shown_and_never_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch, "They fund 1O5 places on the programme")
    seen = desk.check_result(desk.document("a.pdf", scanned([NEXT], dpi=40)), "fund 105 places on the programme")
    assert seen.verdict is Verdict.NOT_CHECKABLE
    assert seen.nearest == "fund 1O5 places on the programme"
    assert "look alike" in seen.difference


def test_without_an_engine_the_words_are_not_checkable_and_it_is_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_engine(monkeypatch)
    seen = desk.check_result(desk.document("a.pdf", scanned([NEXT], dpi=40)), "from each provider")
    assert (seen.verdict, seen.read_by) == (Verdict.NOT_CHECKABLE, "none")


def test_an_answer_for_want_of_an_engine_does_not_outlive_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    no_engine(monkeypatch)
    document = desk.document("a.pdf", scanned([NEXT], dpi=40))
    assert desk.check_result(document, "from each provider").verdict is Verdict.NOT_CHECKABLE
    reads(monkeypatch, NEXT)
    assert desk.follow().check_results[desk.citations[0]].verdict is Verdict.RECOGNISED
    monkeypatch.setattr(Reads, "read", None)  # from now on it comes from what was kept
    assert desk.follow().check_results[desk.citations[0]].verdict is Verdict.RECOGNISED


def test_who_saw_it_counts_and_nothing_is_read_then(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch)
    scan = scanned([NEXT], dpi=40)
    document = desk.document("a.pdf", scan, owner="Chief Nurse", checked_by="Head of Governance", checked_on=DAY)
    seen = desk.check_result(document, "from each provider")
    assert (seen.verdict, seen.read_by) == (Verdict.SEEN_BY_A_PERSON, "")
    late = desk.document("b.pdf", scan + b"\n", checked_by="Head of Governance", checked_on=DAY + datetime.timedelta(9))
    reads(monkeypatch, NEXT)
    assert desk.check_result(late, "from each provider").verdict is Verdict.RECOGNISED


def test_a_document_with_text_is_never_read_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch)
    document = desk.document("a.pdf", pdf(["The Board met in March and heard of the winter."]))
    assert desk.check_result(document, "heard of the summer").verdict is Verdict.NOT_FOUND


def test_a_poor_text_layer_is_read_again_where_words_were_not_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    layered = b"q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F1 10 Tf 60 700 Td (Tbe Board heard of all tbe winter beds at "
    layered += b"its meeting in March and agreed to write to tbe provider about what was done in tbe four places) Tj "
    layered += b"0 -14 Td (It will come back to tbe next meeting, in May, with figures for each of tbe wards) Tj ET"
    document = desk.document("a.pdf", pdf([layered]))
    reads(monkeypatch, "The Board heard of all the winter beds at its meeting in March and agreed to write")
    assert desk.check_result(document, "agreed to write to tbe provider").verdict is Verdict.FOUND
    assert desk.check_result(document, "The Board heard of all the winter beds").verdict is Verdict.RECOGNISED
    assert desk.check_result(document, "The Board heard of all the summer beds").verdict is Verdict.NOT_FOUND


def test_reading_that_takes_too_long_goes_on_in_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch, "One.", NEXT)
    document = desk.document("a.pdf", scanned([NEXT, NEXT], dpi=40))
    citation = desk.cite(document, "from each provider before the end")
    first = desk.follow(limits=Limits(recognition=1e-9)).check_results[citation]
    assert (first.verdict, first.reason) == (Verdict.NOT_CHECKABLE, scans.TIME_IS_UP)
    again = desk.follow(limits=Limits(recognition=1e-9)).check_results[citation]
    assert (again.verdict, again.page) == (Verdict.RECOGNISED, 2)


def test_an_engine_that_breaks_down_costs_only_the_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Engine("Broken 1", ("false",))
    monkeypatch.setattr(recognition, "engine", lambda: broken)
    monkeypatch.setattr(texts, "LONGEST_PAGE", 5.0)
    seen = desk.check_result(desk.document("a.pdf", scanned([NEXT], dpi=40)), "from each provider")
    assert seen.verdict is Verdict.NOT_CHECKABLE


def test_lines_are_read_column_by_column() -> None:
    left = [(10.0, 20.0 * n, 100.0, 20.0 * n + 15, f"left {n}") for n in range(1, 4)]
    right = [(120.0, 20.0 * n + 1, 220.0, 20.0 * n + 16, f"right {n}") for n in range(1, 4)]
    assert in_columns([*right, *left]) == [["left 1", "left 2", "left 3"], ["right 1", "right 2", "right 3"]]


def test_the_engine_is_named_with_its_version() -> None:
    found = recognition.engine()
    assert found is None or any(c.isdigit() for c in found.name)
