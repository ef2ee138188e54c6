"""Each file type gives the words that a person sees, page by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evidence.pages import Asked, Reading
from pipeline.evidence.readers import READERS
from pipeline.evidence.sniff import kind_of
from pipeline.office.limits import UncheckableError, UnreadableError
from tests.evidence.made_office import (
    A,
    cell,
    docx,
    paragraph,
    pptx,
    relations,
    run,
    shape,
    word_part,
    words_cell,
    xlsx,
    zipped,
)
from tests.evidence.made_pdf import SCAN, UNMAPPED, locked, page_stream, pdf, prose, unmapped


def read(tmp_path: Path, name: str, content: bytes | str, pages: list[int] | None = None) -> Reading:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return READERS[kind_of(path, name)].read(path, Asked(pages))


def words(tmp_path: Path, name: str, content: bytes | str) -> str:
    """All the text, white space aside."""
    reading = read(tmp_path, name, content)
    return " ".join(" ".join(page.text for page in reading.pages.values()).split())


# Word


def test_word_reads_tables_and_line_breaks(tmp_path: Path) -> None:
    table = (
        "<w:tbl><w:tr><w:tc>" + paragraph("Smoking") + "</w:tc><w:tc>" + paragraph("14.2%") + "</w:tc></w:tr></w:tbl>"
    )
    broken = paragraph("<w:r><w:t>first</w:t><w:br/><w:t>second</w:t><w:tab/><w:t>third</w:t></w:r>")
    assert words(tmp_path, "a.docx", docx("Before", table, broken)) == "Before Smoking 14.2% first second third"


def test_word_joins_the_runs_of_one_word(tmp_path: Path) -> None:
    assert words(tmp_path, "a.docx", docx(paragraph(run("ine"), run("qual", "<w:b/>"), run("ities")))) == "inequalities"


def test_word_takes_tracked_insertions_and_leaves_deletions(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>rejected</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('noted')}</w:moveFrom>"
    inserted = f"<w:ins>{run('approved')}</w:ins>"
    made = docx(paragraph(run("The Board "), deleted, moved, inserted, run(" the plan.")))
    assert words(tmp_path, "a.docx", made) == "The Board approved the plan."


def test_word_leaves_out_hidden_text(tmp_path: Path) -> None:
    styles = word_part(
        "styles",
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Shown"><w:basedOn w:val="Base"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>',
    )
    made = docx(
        paragraph(run("seen "), run("secret ", "<w:vanish/>"), run("shown ", '<w:vanish w:val="false"/>')),
        paragraph(run("styled ", '<w:rStyle w:val="Child"/>'), run("back ", '<w:rStyle w:val="Shown"/>')),
        paragraph(run("whole"), properties='<w:pStyle w:val="Gone"/>'),
        parts={"word/styles.xml": styles},
        related={"rId1": ("styles", "styles.xml")},
    )
    assert words(tmp_path, "a.docx", made) == "seen shown back"


def test_word_reads_headers_footers_and_notes_that_belong_to_it(tmp_path: Path) -> None:
    parts = {
        "word/header1.xml": word_part("hdr", paragraph("In the header")),
        "word/footer1.xml": word_part("ftr", paragraph("In the footer")),
        "word/header9.xml": word_part("hdr", paragraph("Left over")),
        "word/footnotes.xml": word_part(
            "footnotes",
            f'<w:footnote w:type="separator">{paragraph("rule")}</w:footnote>'
            f"<w:footnote>{paragraph('In a note')}</w:footnote>",
        ),
        "word/endnotes.xml": word_part("endnotes", f"<w:endnote>{paragraph('At the end')}</w:endnote>"),
        "word/comments.xml": word_part("comments", f"<w:comment>{paragraph('A comment')}</w:comment>"),
    }
    related = {
        f"rId{n}": (kind, f"{name}.xml")
        for n, (kind, name) in enumerate(
            [
                ("header", "header1"),
                ("footer", "footer1"),
                ("footnotes", "footnotes"),
                ("endnotes", "endnotes"),
                ("comments", "comments"),
            ]  # noqa: E501
        )
    }
    text = words(tmp_path, "a.docx", docx("Body", parts=parts, related=related))
    assert text == "Body At the end In a note In the footer In the header"


def test_word_keeps_a_text_box_apart_and_reads_it_once(tmp_path: Path) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    drawing = f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>'  # noqa: E501
    assert (
        words(tmp_path, "a.docx", docx(paragraph(run("The Board"), drawing, run(" agreed"))))
        == "The Board agreed in the box"
    )


def test_word_knows_special_hyphens_and_raised_figures(tmp_path: Path) -> None:
    made = docx(
        paragraph("<w:r><w:t>long</w:t><w:noBreakHyphen/><w:t>term in</w:t><w:softHyphen/><w:t>equality</w:t></w:r>"),
        paragraph(run("deprivation"), run("12", '<w:vertAlign w:val="superscript"/>')),
    )
    assert words(tmp_path, "a.docx", made) == "long\u2011term in\u00adequality deprivation¹²"


def test_word_reads_the_words_in_a_diagram(tmp_path: Path) -> None:
    diagram = f'<d xmlns:a="{A}"><a:p><a:r><a:t>In the diagram</a:t></a:r></a:p></d>'
    made = docx(
        "Body", parts={"word/diagrams/data1.xml": diagram}, related={"rId1": ("diagramData", "diagrams/data1.xml")}
    )
    assert words(tmp_path, "a.docx", made) == "Body In the diagram"


# Excel


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    made = xlsx(
        {"Summary": [[words_cell("A1", "Uptake"), cell("B1", "61")]], "Detail": [[words_cell("A1", "By ward")]]}
    )
    reading = read(tmp_path, "a.xlsx", made)
    assert [(p.label, " ".join(p.text.split()), p.hidden) for p in reading.pages.values()] == [
        ("Summary", "Uptake 61", False),
        ("Detail", "By ward", False),
    ]
    assert reading.count == 2 and not reading.paged


def test_a_hidden_sheet_is_known_as_hidden(tmp_path: Path) -> None:
    made = xlsx({"Shown": [[words_cell("A1", "one")]], "Kept": [[words_cell("A1", "two")]]}, hidden=["Kept"])
    assert [p.hidden for p in read(tmp_path, "a.xlsx", made).pages.values()] == [False, True]


def test_cells_of_every_kind_are_read_as_they_show(tmp_path: Path) -> None:
    row = [
        cell("A1", "0", kind="s"),
        cell("B1", "12", formula="SUM(C1:C9)"),
        cell("C1", "1", kind="b"),
        cell("D1", "#REF!", kind="e"),
        cell("E1", "joined", kind="str", formula='A1&""'),
        cell("F1", "", formula="NOW()"),
        cell("G1", "12.0"),
        cell("H1", "0.1", style=1),
    ]
    made = xlsx({"Data": [row]}, strings=["shared words"], formats=["0.0%"])
    assert words(tmp_path, "a.xlsx", made) == "shared words 12 TRUE joined 12 10.0%"


def test_rich_text_is_read_without_its_reading_aid(tmp_path: Path) -> None:
    made = xlsx({"Data": [[cell("A1", "0", kind="s")]]}, strings=["x"])
    import io
    import zipfile

    parts = {n: zipfile.ZipFile(io.BytesIO(made)).read(n) for n in zipfile.ZipFile(io.BytesIO(made)).namelist()}
    rich = b"<si><r><t>ine</t></r><r><t>quality</t></r><rPh><t>aid</t></rPh></si>"
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"<si><t>x</t></si>", rich)
    assert words(tmp_path, "a.xlsx", zipped(parts)) == "inequality"


# PowerPoint


def test_slides_are_read_in_the_order_of_the_show(tmp_path: Path) -> None:
    table = "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>In a cell</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>"  # noqa: E501
    group = f"<p:grpSp>{shape('In a group')}</p:grpSp>"
    number = '<p:sp><p:txBody><a:p><a:fld type="slidenum"><a:t>2</a:t></a:fld></a:p></p:txBody></p:sp>'
    reading = read(tmp_path, "a.pptx", pptx(["Title", table + group + number], notes={2: "Say this"}))
    assert [" ".join(p.text.split()) for p in reading.pages.values()] == ["Title", "In a cell In a group Say this"]
    assert reading.paged and reading.count == 2


def test_only_the_slides_asked_for_are_read(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.pptx", pptx(["One", "Two", "Three"]), [2])
    assert list(reading.pages) == [2] and reading.count == 3


# PDF


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.pdf", pdf(["First page", "Second page"]))
    assert [page.text.strip() for page in reading.pages.values()] == ["First page", "Second page"]
    assert reading.paged and reading.count == 2


def test_only_the_pages_asked_for_are_read(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.pdf", pdf(["One", "Two", "Three"]), [3])
    assert [p.text for p in reading.pages.values()] == ["Three"] and reading.count == 3


def test_a_scanned_page_is_said_to_be_one(tmp_path: Path) -> None:
    stamped = SCAN + b"\n" + page_stream(prose("Page 3 of 10"))
    reading = read(tmp_path, "a.pdf", pdf(["Words", SCAN, stamped, b""]))
    assert ["scan" in p.unreadable for p in reading.pages.values()] == [False, True, True, False]


def test_a_font_that_hides_its_letters_is_not_taken_for_text(tmp_path: Path) -> None:
    drawing = unmapped("The Board agreed the plan for the year and the work went on in every ward.")
    page = read(tmp_path, "a.pdf", pdf([drawing], font=UNMAPPED)).pages[1]
    assert page.unreadable == "is set in fonts that do not say which letters they show"
    assert page.unread > 50


def test_what_was_typed_into_a_form_is_read(tmp_path: Path) -> None:
    notes = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /V (Director of Strategy) >>"
        b"<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (Seen by the chair) >>"
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /V (kept back) /F 2 >>"
        b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (a sticky note) >>"
        b"<< /Type /Annot /Subtype /Widget /FT /Btn /Rect [0 0 9 9] /V /Yes >>"
    )
    made = pdf(["Name of the lead:"], notes=notes)
    assert words(tmp_path, "a.pdf", made) == "Name of the lead: Director of Strategy Seen by the chair"


def test_labels_of_pages_are_kept_where_they_differ(tmp_path: Path) -> None:
    labels = b"<< /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    reading = read(tmp_path, "a.pdf", pdf(["a", "b", "c"], labels=labels))
    assert [p.label for p in reading.pages.values()] == ["i", "ii", "1"]


def test_a_pdf_with_an_empty_password_is_read(tmp_path: Path) -> None:
    assert words(tmp_path, "a.pdf", locked(pdf(["The plan"]))) == "The plan"


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_people_send(tmp_path: Path, encoding: str) -> None:
    assert words(tmp_path, "a.txt", "The Board’s café – £5".encode(encoding)) == "The Board’s café – £5"


def test_markdown_is_read_as_it_shows(tmp_path: Path) -> None:
    text = "# Title\n\nThe **Board** agreed the [plan](http://x.org/y).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert words(tmp_path, "a.md", text) == "Title The Board agreed the plan. a b 1 2"


def test_csv_cells_are_kept_apart(tmp_path: Path) -> None:
    assert words(tmp_path, "a.csv", 'ward,uptake,note\nNorth,5,"two\nlines"\n') == "ward uptake note North 5 two lines"
    assert words(tmp_path, "b.csv", "ward;uptake\nNorth;6,2\n") == "ward uptake North 6,2"


def test_a_web_page_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><script>x()</script>
    <p>The <b>Bo</b>ard agreed&nbsp;&pound;5</p><p hidden>gone</p><div style="display: none">gone</div>
    <!-- gone --><table><tr><td>Smoking</td><td>14%</td></tr></table><template>gone</template></body></html>"""
    assert words(tmp_path, "a.html", page) == "The Board agreed £5 Smoking 14%"


def test_a_web_page_keeps_to_its_encoding(tmp_path: Path) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>café</body></html>'.encode("iso-8859-1")
    assert words(tmp_path, "a.htm", page) == "café"


# What has no reader


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 50, "a picture"),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a picture"),
        ("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 50, "a video"),
        ("talk.mp3", b"ID3\x03" + b"\0" * 50, "a sound recording"),
        ("all.zip", zipped({"a.txt": "x"}), "an archive"),
        ("plan.odg", zipped({"mimetype": "application/opendocument.x", "content.xml": "<x/>"}), "OpenDocument"),
        ("tool.xyz", b"\x00\x01\x02\x03" * 20, "not known"),
    ],
)  # fmt: skip
def test_other_types_are_said_to_be_out_of_reach(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UncheckableError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        read(tmp_path, name, content)


@pytest.mark.parametrize("name", ["plan", "plan.dat", "plan.PDF", "plan.pdf "])
def test_a_pdf_is_known_by_its_bytes(tmp_path: Path, name: str) -> None:
    assert words(tmp_path, name, pdf(["The plan"])) == "The plan"


def test_names_and_bytes_that_disagree_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="it is an Excel workbook, although its name ends in .docx"):
        read(tmp_path, "plan.docx", xlsx({"A": [[words_cell("A1", "x")]]}))


def test_a_document_from_elsewhere_is_left_alone(tmp_path: Path) -> None:
    rels = relations(
        {"rId1": ("header", "file:///etc/passwd"), "rId2": ("footer", "../../../../etc/passwd")}, outside=["rId1"]
    )
    assert words(tmp_path, "a.docx", docx("Body", parts={"word/_rels/document.xml.rels": rels})) == "Body"
