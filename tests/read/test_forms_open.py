"""Forms in OpenDocument formats and workbooks with macros are read as any other; their macros are not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.model import Severity
from tests.read.filled_forms import FULL, Desk, assert_all_said, convert, fill_excel, fill_word
from tests.read.making import PARTNER, TEAM, gather, passed_over, repacked, workbook

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
STYLES = (
    '<office:automatic-styles><style:style style:name="S" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="W" style:family="text"><style:text-properties fo:color="#FFFFFF"/></style:style>'
    '<style:style style:name="Blue" style:family="table-cell"><style:table-cell-properties '
    'fo:background-color="#005eb8"/></style:style></office:automatic-styles>'
)


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def open_document(kind: str, *rows: str) -> bytes:
    heads = "".join(map(cell, ("statement", "level", "comment", "evidence")))
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in (heads, *rows))
    body = f'<office:{kind}><table:table table:name="Answers">{table}</table:table></office:{kind}>'
    content = f"<office:document-content {SPACES}>{STYLES}<office:body>{body}</office:body></office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return stream.getvalue()


@pytest.mark.parametrize(("suffix", "kind"), [(".ods", "spreadsheet"), (".odt", "text")])
def test_a_partners_open_document_is_read(tmp_path: Path, suffix: str, kind: str) -> None:
    struck = 'We meet.<text:span text:style-name="S"> Or not.</text:span><text:s text:c="2"/>Often.'
    content = open_document(
        kind,
        "".join(map(cell, ("A1", "Low", struck, "E001 p.4"))),
        cell("A2") + cell("", 'table:number-columns-repeated="3"'),
        "".join(map(cell, ("B2", "High", "R&amp;D &lt;b&gt;", ""))),
    )
    case = gather(tmp_path, {PARTNER: None, PARTNER.replace(".csv", suffix): content})
    (form,) = [f for f in case.forms if f.respondent == "vcse"]

    assert [(a.statement, a.level, a.comment) for a in form.answers] == [
        ("A1", "low", "We meet.  Often."),
        ("A2", None, ""),
        ("B2", "high", "R&D <b>"),
    ]
    assert [c.evidence for c in form.answers[0].citations] == ["E001"]
    assert [(f.statement, "`Or not.`" in f.message) for f in case.faults if f.code == "IN108"] == [("A1", True)]


def test_a_locked_or_broken_open_document_is_a_finding(tmp_path: Path) -> None:
    whole = open_document("spreadsheet")
    locked = repacked(whole, {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    name = PARTNER.replace(".csv", ".ods")
    for content, said in ((locked, "password"), (whole[:200], "damaged"), (b"", "empty"), (b"%PDF", "something else")):
        found = passed_over(tmp_path, {PARTNER: None, name: content})
        assert said in found.message and found.severity is Severity.WARNING


def test_a_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    rows = [["statement", "level", "comment", "evidence"], ["A1", "Low", "Macros?", "E001"]]
    content = repacked(workbook(rows), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Auto_Open"})
    case = gather(tmp_path, {TEAM: None, TEAM.replace(".csv", ".xlsm"): content})

    assert [(a.level, a.comment) for a in case.forms[0].answers] == [("low", "Macros?")]


@pytest.mark.parametrize(("suffix", "into"), [("xlsx", "ods"), ("docx", "odt")])
def test_our_own_form_saved_as_an_open_document_is_read_whole(tmp_path: Path, suffix: str, into: str) -> None:
    desk = Desk(tmp_path)
    fill = {"xlsx": fill_excel, "docx": fill_word}[suffix]
    filled = fill(desk.sent / f"team.{suffix}", FULL, tmp_path / f"filled.{suffix}")

    form, findings = desk.returned(convert(filled, into))

    assert_all_said(form)
    assert findings == []


@pytest.mark.parametrize(("suffix", "kind"), [(".ods", "spreadsheet"), (".odt", "text")])
def test_white_words_in_an_open_document_are_not_read_unless_they_lie_on_a_colour(
    tmp_path: Path, suffix: str, kind: str
) -> None:
    white = 'We meet.<text:span text:style-name="W"> Never.</text:span>'
    content = open_document(
        kind,
        cell("A1") + cell("Low") + cell(white) + cell(""),
        cell("B2") + cell("High") + cell(white, 'table:style-name="Blue"') + cell(""),
    )
    case = gather(tmp_path, {PARTNER: None, PARTNER.replace(".csv", suffix): content})
    (form,) = [f for f in case.forms if f.respondent == "vcse"]

    assert [(a.statement, a.comment) for a in form.answers] == [("A1", "We meet."), ("B2", "We meet. Never.")]
    assert [f.statement for f in case.faults if "Never" in f.message] == ["A1"]
