"""Words that no reader sees, or sees crossed out, are not found; what only looks so is."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from pptx.dml.color import RGBColor as RGB
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Emu

from pipeline.model import CheckResult, Verdict
from tests.evidence.cases import Desk
from tests.evidence.made_office import A, W, run
from tests.evidence.made_office import docx as made_docx
from tests.evidence.made_office import paragraph as made_paragraph
from tests.evidence.made_pdf import page_stream, pdf

DEAD = "forty wards were closed last winter"
LIVE = "The Board met in public"
BLUE = PatternFill("solid", fgColor="FF003087")
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def word(make: Callable[[Any, Any], None]) -> bytes:
    """A document whose second paragraph's run is changed."""
    document = docx.Document()
    document.add_paragraph(LIVE)
    make(document, document.add_paragraph("").add_run(DEAD))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_style(**look: bool) -> Callable[[Any, Any], None]:
    def make(document: Any, run: Any) -> None:
        style = document.styles.add_style("Old words", WD_STYLE_TYPE.PARAGRAPH)
        for name, value in look.items():
            setattr(style.font, name, value)
        run._parent.style = style

    return make


def deleted_row(document: Any, run: Any) -> None:
    run.text = ""
    row = document.add_table(1, 1).rows[0]
    row.cells[0].text = DEAD
    row._tr.get_or_add_trPr().append(parse_xml(f'<w:del xmlns:w="{W}" w:id="1" w:author="A"/>'))


def set_font(**look: Any) -> Callable[[Any, Any], None]:
    def make(_: Any, run: Any) -> None:
        for name, value in look.items():
            setattr(run.font.color if name == "rgb" else run.font, name, value)

    return make


def on_dark(document: Any, run: Any) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)
    run._r.get_or_add_rPr().append(parse_xml(f'<w:shd xmlns:w="{W}" w:val="clear" w:fill="003087"/>'))


def blue_on_blue(document: Any, run: Any) -> None:
    on_dark(document, run)
    run.font.color.rgb = RGBColor(0, 0x30, 0x87)


def in_a_dark_cell(document: Any, run: Any) -> None:
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd xmlns:w="{W}" w:val="clear" w:fill="003087"/>'))
    white = cell.paragraphs[0].add_run(DEAD)
    white.font.color.rgb = RGBColor(255, 255, 255)
    run.text = ""


def not_struck_by_hand(document: Any, run: Any) -> None:
    in_style(strike=True)(document, run)
    run.font.strike = False


def sheet(make: Callable[[Any, Any], None]) -> bytes:
    """A workbook whose cell B2 is changed."""
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B2"] = LIVE, DEAD
    make(page, page["B2"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(**look: Any) -> Callable[[Any, Any], None]:
    def make(_: Any, cell: Any) -> None:
        for name, value in look.items():
            setattr(cell, name, value)

    return make


def hidden_row(page: Any, _: Any) -> None:
    page.row_dimensions[2].hidden = True


def low_row(page: Any, _: Any) -> None:
    page.row_dimensions[2].height = 0.5


def hidden_column(page: Any, _: Any) -> None:
    page.column_dimensions.group("B", "D", hidden=True)


def struck_in_part(_: Any, cell: Any) -> None:
    cell.value = CellRichText("Agreed: ", TextBlock(InlineFont(strike=True), DEAD))


def slide(make: Callable[[Any, Any], None]) -> bytes:
    """A presentation with a shape on its second slide that is changed."""
    show = pptx.Presentation()
    for words in (LIVE, DEAD):
        page = show.slides.add_slide(show.slide_layouts[6])
        box = page.shapes.add_textbox(0, 0, Emu(3_000_000), Emu(500_000))
        box.text_frame.text = words
    make(page, box)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def slide_off(page: Any, _: Any) -> None:
    page._element.set("show", "0")


def shape_off(_: Any, box: Any) -> None:
    box._element.nvSpPr.cNvPr.set("hidden", "1")


def shape_away(_: Any, box: Any) -> None:
    box.left = Emu(20_000_000)


def slide_struck(_: Any, box: Any) -> None:
    box.text_frame.paragraphs[0].runs[0].font._element.set("strike", "sngStrike")


def slide_white(ground: str = "", *, box: str = "", under: str = "", words: str = "FFFFFF") -> bytes:
    """Words in a colour, on a slide, in a box, or over a shape that lies under it, of these colours."""

    def make(page: Any, text: Any) -> None:
        colour = text.text_frame.paragraphs[0].runs[0].font.color
        colour.rgb = RGB.from_string(words)
        for fill, given in ((page.background.fill, ground), (text.fill, box)):
            if given:
                fill.solid()
                fill.fore_color.rgb = RGB.from_string(given)
        if under:
            shape = page.shapes.add_shape(1, 0, 0, Emu(9_000_000), Emu(900_000))
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGB.from_string(under)
            page.shapes._spTree.insert(2, shape._element)

    return slide(make)


def slide_grouped(*, over: bool) -> bytes:
    """White words over a blue shape that lies in a group drawn at half its size, or beside it."""

    def make(page: Any, text: Any) -> None:
        text.text_frame.paragraphs[0].runs[0].font.color.rgb = RGB(255, 255, 255)
        group = page.shapes.add_group_shape()
        shape = group.shapes.add_shape(1, 0, 0, Emu(8_000_000), Emu(2_000_000))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGB.from_string("003087")
        group.left, group.top, group.width, group.height = (
            0,
            Emu(0 if over else 600_000),
            Emu(4_000_000),
            Emu(1_000_000),
        )
        page.shapes._spTree.insert(2, group._element)

    return slide(make)


def slide_themed(page: Any, text: Any) -> None:
    text.text_frame.paragraphs[0].runs[0].font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def in_a_text_box(fill: str, words: str = '<w:color w:val="FFFFFF"/>', more: str = "") -> bytes:
    """A Word document with a text box of a colour, or hidden, beside its first paragraph."""
    shape = (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{WP}"><wp:docPr id="1" name="a" {more}/><a:graphic xmlns:a="{A}">'
        f'<a:graphicData><wps:wsp xmlns:wps="{WPS}"><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>'
        f"{made_paragraph(run(DEAD, words))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )
    return made_docx(LIVE, made_paragraph(shape))


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def white_in_part(_: Any, cell: Any) -> None:
    cell.value = CellRichText("Agreed: ", TextBlock(InlineFont(color="FFFFFFFF"), DEAD))


def page(body: str, style: str = "") -> str:
    return f"<!DOCTYPE html><html><head><style>{style}</style></head><body><p>{LIVE}</p>{body}</body></html>"


UNSEEN: dict[str, tuple[str, bytes | str, str]] = {
    "word, struck": ("a.docx", word(set_font(strike=True)), "struck out"),
    "word, struck twice": ("a.docx", word(set_font(double_strike=True)), "struck out"),
    "word, struck by its style": ("a.docx", word(in_style(strike=True)), "struck out"),
    "word, hidden": ("a.docx", word(set_font(hidden=True)), "hidden"),
    "word, hidden by its style": ("a.docx", word(in_style(hidden=True)), "hidden"),
    "word, white": ("a.docx", word(set_font(rgb=RGBColor(255, 255, 255))), "colour of the paper"),
    "word, tiny": ("a.docx", word(set_font(size=Pt(1))), "too small"),
    "word, row deleted": ("a.docx", word(deleted_row), "deleted"),
    "word, moved away": ("a.docx", made_docx(LIVE, made_paragraph(f"<w:moveFrom>{run(DEAD)}</w:moveFrom>")), "deleted"),
    "word, blue on blue": ("a.docx", word(blue_on_blue), "colour of the paper"),
    "word, white in a white text box": ("a.docx", in_a_text_box(solid("FFFFFF")), "colour of the paper"),
    "word, a hidden text box": ("a.docx", in_a_text_box("", "", 'hidden="1"'), "hidden"),
    "excel, white in part": ("a.xlsx", sheet(white_in_part), "colour of the paper"),
    "excel, white by its format": ("a.xlsx", sheet(cell(number_format="[White]General")), "colour of the paper"),
    "excel, blue on blue": ("a.xlsx", sheet(cell(font=Font(color="FF003087"), fill=BLUE)), "colour of the paper"),
    "excel, a row of no height": ("a.xlsx", sheet(low_row), "hidden row"),
    "excel, struck": ("a.xlsx", sheet(cell(font=Font(strike=True))), "struck out"),
    "excel, struck in part": ("a.xlsx", sheet(struck_in_part), "struck out"),
    "excel, hidden row": ("a.xlsx", sheet(hidden_row), "hidden row"),
    "excel, hidden column": ("a.xlsx", sheet(hidden_column), "hidden column"),
    "excel, white": ("a.xlsx", sheet(cell(font=Font(color="FFFFFFFF"))), "colour of the paper"),
    "excel, no format": ("a.xlsx", sheet(cell(number_format=";;;")), "hidden"),
    "slides, hidden": ("a.pptx", slide(slide_off), "slide 2, which is hidden"),
    "slides, hidden shape": ("a.pptx", slide(shape_off), "hidden"),
    "slides, beside": ("a.pptx", slide(shape_away), "beside the slide"),
    "slides, struck": ("a.pptx", slide(slide_struck), "struck out"),
    "slides, white": ("a.pptx", slide_white(), "colour of the paper"),
    "slides, white by the theme": ("a.pptx", slide(slide_themed), "colour of the paper"),
    "slides, blue on a blue slide": ("a.pptx", slide_white("003087", words="003087"), "colour of the paper"),
    "slides, white in a white box": ("a.pptx", slide_white("003087", box="FFFFFF"), "colour of the paper"),
    "slides, white beside a group": ("a.pptx", slide_grouped(over=False), "colour of the paper"),
    "slides, white over a white shape": ("a.pptx", slide_white("003087", under="FEFEFE"), "colour of the paper"),
    "web, del": ("a.html", page(f"<p>So <del>{DEAD}</del>.</p>"), "struck out"),
    "web, s": ("a.html", page(f"<p><s>{DEAD}</s></p>"), "struck out"),
    "web, line through": (
        "a.html",
        page(f'<p style="text-decoration: red line-through">{DEAD}</p>'),
        "struck out",
    ),
    "web, a class": ("a.html", page(f'<p class="x old">{DEAD}</p>', "p.old, b {display:none}"), "hidden"),
    "web, white": ("a.html", page(f'<p style="color:#FFF">{DEAD}</p>'), "colour of the paper"),
    "web, white on a white page": (
        "a.html",
        page(f"<p style='color:rgb(255, 255, 255)'><b>{DEAD}</b></p>", "body {background:#fff}"),
        "colour of the paper",
    ),
    "web, blue on blue": (
        "a.html",
        page(f'<p style="background-color:#003087"><b style="color:#003087">{DEAD}</b></p>'),
        "colour of the paper",
    ),
    "web, of no colour": ("a.html", page(f'<p style="color:transparent"><i>{DEAD}</i></p>'), "colour of the paper"),
    "web, of no height": ("a.html", page(f'<p style="height:0; overflow:hidden">{DEAD}</p>'), "hidden"),
    "web, a closed dialogue": ("a.html", page(f"<dialog>{DEAD}</dialog>"), "hidden"),
    "web, a remark": ("a.html", page(f"<!-- {DEAD} -->"), "remark"),
    "markdown": ("a.md", f"{LIVE}\n\n~~{DEAD}~~\n", "struck out"),
    "markdown, del": ("a.md", f"{LIVE}\n\nSo <del>{DEAD}</del>.\n", "struck out"),
    "markdown, a remark": ("a.md", f"{LIVE}\n\n<!-- {DEAD} -->\n", "remark"),
}


SEEN: dict[str, tuple[str, bytes | str]] = {
    "word, white on dark": ("a.docx", word(on_dark)),
    "word, white in a dark cell": ("a.docx", word(in_a_dark_cell)),
    "word, struck by its style and not by hand": ("a.docx", word(not_struck_by_hand)),
    "excel, white on dark": (
        "a.xlsx",
        sheet(cell(font=Font(color="FFFFFFFF"), fill=PatternFill("solid", fgColor="FF003087"))),
    ),
    "excel, blue": ("a.xlsx", sheet(cell(font=Font(color="FF003087")))),
    "word, white in a blue text box": ("a.docx", in_a_text_box(solid("003087"))),
    "excel, white in part on blue": ("a.xlsx", sheet(lambda p, c: (white_in_part(p, c), setattr(c, "fill", BLUE)))),
    "slides, white on a blue slide": ("a.pptx", slide_white("003087")),
    "slides, white in a blue box": ("a.pptx", slide_white(box="003087")),
    "slides, white over a group": ("a.pptx", slide_grouped(over=True)),
    "slides, white over a blue shape": ("a.pptx", slide_white(under="003087")),
    "web, blue in a white box on blue": (
        "a.html",
        page(f'<div style="background:#003087;color:#fff"><p style="color:#003087;background:#fff">{DEAD}</p></div>'),
    ),
    "slides, plain": ("a.pptx", slide(lambda *_: None)),
    "web, white on dark": (
        "a.html",
        page(f'<p style="background:#003087"><b style="color:white">{DEAD}</b></p>'),
    ),
    "web, hidden in print": ("a.html", page(f"<p>{DEAD}</p>", "@media print {p {display:none}}")),
    "markdown, struck elsewhere": ("a.md", f"{LIVE} ~~not~~\n\n{DEAD}\n"),
}


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("~~Old words~~ new.\n\n1. First item words\n2. Second item words\n", "2. Second item words"),
        ("<!-- aside -->\n\n7) Seventh item words\n8) Eighth item words\n", "8) Eighth item words"),
        ("~~Old~~\n\n1. First item\n   1. Inner item words\n2. Second item words\n", "2. Second item words"),
        ("1. First ~~item~~ words\n1. Second item words\n", "2. Second item words"),
    ],
)
def test_the_numbers_of_a_list_are_read_where_words_are_struck_out(desk: Desk, text: str, quotation: str) -> None:
    document = desk.document("a.md", text)
    assert desk.check_result(document, quotation).verdict is Verdict.FOUND
    assert desk.check_result(document, quotation.replace(quotation[0], "9")).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("page", "quotation"),
    [
        ("<ol><li>First words here<li>Second words here</ol>", "2. Second words here"),
        ("<ol type=a start=3><li>Third words here</ol>", "(c) Third words here"),
        ("<ol><li value=7>Seventh words here<li>Eighth words here</ol>", "8 Eighth words here"),
        ("<ol type=i><li>First words<ol><li>x</ol><li>Second words here</ol>", "ii. Second words here"),
    ],
)
def test_the_numbers_that_a_browser_makes_are_read(desk: Desk, page: str, quotation: str) -> None:
    assert desk.check_result(desk.document("a.html", page), quotation).verdict is Verdict.FOUND


def test_words_around_what_is_struck_out_read_on(desk: Desk) -> None:
    struck = made_paragraph(run("The plan was "), run("not ", "<w:strike/>"), run("approved by all members."))
    seen = desk.check_result(desk.document("a.docx", made_docx(struck)), "The plan was approved by all members")
    assert seen.verdict is Verdict.FOUND


def test_an_error_of_a_workbook_is_no_word_and_is_said(desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = LIVE, "=SUM(B1:B9)"
    book.active["A3"].value, book.active["A3"].data_type = "#N/A", "e"
    out = io.BytesIO()
    book.save(out)
    document = desk.document("a.xlsx", out.getvalue())
    assert desk.check_result(document, "#N/A").verdict is Verdict.NOT_FOUND
    said = " ".join(desk.follow().copies[document].remarks)
    assert "1 formula in it has no result saved" in said
    assert "1 cell in it shows an Excel error" in said


def test_escapes_of_a_workbook_are_read_as_what_they_stand_for(desk: Desk) -> None:
    def escaped(_: Any, cell: Any) -> None:
        cell.value = "Uptake rose_x000D_\nin the north _xD83D__xDE00_ to 61%"

    document = desk.document("a.xlsx", sheet(escaped))
    assert desk.check_result(document, "Uptake rose in the north").verdict is Verdict.FOUND
    assert "😀" in desk.check_result(document, "Uptake rose in the north").context


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
CLAUSES = (
    (0, "Duties of the committee"), (1, "The committee meets six times a year."), (1, "The chair reports to the Board"),
    (2, "in writing;"), (2, "in person."), (0, "Quorum"), (1, "Five members are a quorum."),
)  # fmt: skip


def test_the_numbers_that_word_makes_are_read(desk: Desk) -> None:
    asked = {
        "1.1 The committee meets six times a year": True,
        "The committee meets six times a year. The chair reports to the Board": True,
        "1.2 The chair reports to the Board (a) in writing; (b) in person": True,
        "2.1 Five members are a quorum": True,
        "1.2 The committee meets six times a year": False,
        "2.2 Five members are a quorum": False,
    }
    listed = [
        made_paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
        for level, words in CLAUSES
    ]
    related = {"rId1": ("numbering", "numbering.xml")}
    document = desk.document("a.docx", made_docx(*listed, parts={"word/numbering.xml": NUMBERING}, related=related))
    cited = {quotation: desk.cite(document, quotation) for quotation in asked}
    seen = desk.follow().check_results
    assert {q: seen[citation].verdict is Verdict.FOUND for q, citation in cited.items()} == asked


OPEN = page_stream([(60, 780, 11, LIVE)])
DARK = b" BT /F1 11 Tf 1 0 0 1 60 700 Tm (" + DEAD.encode() + b") Tj ET "


def note(kind: bytes) -> bytes:
    return (
        b"<< /Type /Annot /Subtype /%s /Rect [58 697 260 711] /QuadPoints [58 711 260 711 58 697 260 697] /C [0 0 0] >>"
        % kind
    )


def layered(*, off: bool) -> bytes:
    """A PDF with a layer, switched on or off."""
    from tests.evidence.made_pdf import Pdf

    made = Pdf([b"", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b""])
    layer = made.add(b"<< /Type /OCG /Name (Draft) >>")
    face = made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    content = made.stream(OPEN + b" /OC /L1 BDC " + DARK + b" EMC")
    state = b"/%s [%d 0 R]" % (b"OFF" if off else b"ON", layer)
    made.objects[0] = b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [%d 0 R] /D << %s >> >> >>" % (
        layer,
        state,
    )
    made.objects[2] = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >>"
        b" /Properties << /L1 %d 0 R >> >> >>" % (content, face, layer)
    )
    return made.data()


UNSEEN_IN_PDF: dict[str, tuple[bytes, str]] = {
    "white": (pdf([OPEN + b" q 1 1 1 rg" + DARK + b"Q"]), "colour of the paper"),
    "invisible": (pdf([OPEN + b" q 3 Tr" + DARK + b"Q"]), "invisible"),
    "off the page": (pdf([OPEN + DARK.replace(b"60 700", b"60 -40")]), "outside the edge"),
    "tiny": (pdf([OPEN + DARK.replace(b"/F1 11", b"/F1 2")]), "too small"),
    "black on black": (pdf([OPEN + b" 0 g 55 695 300 20 re f" + DARK]), "a ground of its own colour"),
    "under a box": (pdf([OPEN + DARK + b" 0 g 55 695 300 20 re f"]), "covers it"),
    "under a white box": (pdf([OPEN + DARK + b" 1 g 55 695 300 20 re f"]), "covers it"),
    "struck out by a reviewer": (pdf([OPEN + DARK], notes=note(b"StrikeOut")), "struck out"),
    "marked for redaction": (pdf([OPEN + DARK], notes=note(b"Redact")), "redaction"),
    "a line through it": (pdf([OPEN + DARK + b" 1 w 60 703.5 m 225 703.5 l S"]), "struck out"),
    "a bar through it": (pdf([OPEN + DARK + b" 60 703 165 0.7 re f"]), "struck out"),
    "a layer that is off": (layered(off=True), "switched off"),
}
SEEN_IN_PDF: dict[str, bytes] = {
    "plain": pdf([OPEN + DARK]),
    "white on dark": pdf([OPEN + b" q 0 0.2 0.5 rg 50 690 400 30 re f 1 1 1 rg" + DARK + b"Q"]),
    "a layer that is on": layered(off=False),
    "small, and drawn larger": pdf(
        [OPEN + b" q 11 0 0 11 0 0 cm" + DARK.replace(b"/F1 11", b"/F1 1").replace(b"60 700", b"5 60") + b"Q"]
    ),
    "over a tinted box": pdf([OPEN + b" q 0.9 0.9 1 rg 50 690 400 30 re f Q" + DARK]),
    "the text of a scan": pdf([b"q 595 0 0 842 0 0 cm /Im Do Q " + OPEN + b" q 3 Tr" + DARK + b"Q"]),
    "under the picture of a scan": pdf([OPEN + DARK + b" q 595 0 0 842 0 0 cm /Im Do Q"]),
    "underlined": pdf([OPEN + DARK + b" 1 w 60 698 m 225 698 l S"]),
    "in a chart's grid": pdf([OPEN + DARK + b" 1 w 20 703.5 m 560 703.5 l S"]),
    "highlighted": pdf([OPEN + DARK], notes=note(b"Highlight")),
    "struck out elsewhere": pdf(
        [OPEN + DARK], notes=note(b"StrikeOut").replace(b"697", b"500").replace(b"711", b"515")
    ),
}


FILES: dict[str, tuple[str, bytes | str]] = {
    **{kind: (name, content) for kind, (name, content, _) in UNSEEN.items()},
    **SEEN,
    **{f"pdf, {kind}": ("a.pdf", content) for kind, (content, _) in UNSEEN_IN_PDF.items()},
    **{f"pdf, {kind}": ("a.pdf", content) for kind, content in SEEN_IN_PDF.items()},
}
REASONS = {kind: why for kind, (*_, why) in UNSEEN.items()} | {
    f"pdf, {kind}": why for kind, (_, why) in UNSEEN_IN_PDF.items()
}


@pytest.fixture(scope="module")
def check_results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[CheckResult, CheckResult]]:
    """Of every file: what is seen of the words that may be dead, and of those that are live. Followed in one go."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    cited = {}
    for number, (kind, (name, content)) in enumerate(FILES.items()):
        document = desk.document(f"{number}-{name}", content)
        cited[kind] = desk.cite(document, DEAD), desk.cite(document, LIVE)
    seen = desk.follow().check_results
    return {kind: (seen[dead], seen[live]) for kind, (dead, live) in cited.items()}


@pytest.mark.parametrize("kind", FILES)
def test_words_are_found_where_a_reader_sees_them(
    check_results: Mapping[str, tuple[CheckResult, CheckResult]], kind: str
) -> None:
    dead, live = check_results[kind]
    why = REASONS.get(kind)
    assert dead.verdict is (Verdict.NOT_FOUND if why else Verdict.FOUND), dead
    assert (why or "") in dead.difference
    assert live.verdict is Verdict.FOUND


def test_words_seen_on_another_page_are_found_there(desk: Desk) -> None:
    white = OPEN + b" q 1 1 1 rg" + DARK + b"Q"
    seen = desk.check_result(desk.document("a.pdf", pdf([white, white, OPEN + DARK])), DEAD)
    assert (seen.verdict, seen.page) == (Verdict.FOUND, 3)


def test_a_sentence_reads_on_past_what_is_struck_out(desk: Desk) -> None:
    line = b" BT /F1 11 Tf 1 0 0 1 60 700 Tm (The plan was ) Tj (not ) Tj (approved by all members.) Tj ET "
    crossed = note(b"StrikeOut").replace(b"58 711 260 711 58 697 260 697", b"126 711 145 711 126 697 145 697")
    document = desk.document("a.pdf", pdf([OPEN + line], notes=crossed))
    assert desk.check_result(document, "The plan was approved by all members", 1).verdict is Verdict.FOUND
    assert desk.check_result(document, "The plan was not approved by all members", 1).verdict is Verdict.NOT_FOUND
