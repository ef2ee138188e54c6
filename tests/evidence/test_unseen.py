"""Words that no reader sees, or sees crossed out, are not found; what only looks so is."""

from __future__ import annotations

import io
from collections.abc import Callable
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
from pptx.util import Emu

from pipeline.model import Verdict
from tests.evidence.cases import Desk
from tests.evidence.made_office import W, run
from tests.evidence.made_office import docx as made_docx
from tests.evidence.made_office import paragraph as made_paragraph

DEAD = "forty wards were closed last winter"
LIVE = "The Board met in public"


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
    "web, del": ("a.html", page(f"<p>So <del>{DEAD}</del>.</p>"), "struck out"),
    "web, s": ("a.html", page(f"<p><s>{DEAD}</s></p>"), "struck out"),
    "web, line through": (
        "a.html",
        page(f'<p style="text-decoration: red line-through">{DEAD}</p>'),
        "struck out",
    ),
    "web, a class": ("a.html", page(f'<p class="x old">{DEAD}</p>', "p.old, b {display:none}"), "hidden"),
    "web, white": ("a.html", page(f'<p style="color:#FFF">{DEAD}</p>'), "colour of the paper"),
    "web, a remark": ("a.html", page(f"<!-- {DEAD} -->"), "remark"),
    "markdown": ("a.md", f"{LIVE}\n\n~~{DEAD}~~\n", "struck out"),
    "markdown, del": ("a.md", f"{LIVE}\n\nSo <del>{DEAD}</del>.\n", "struck out"),
    "markdown, a remark": ("a.md", f"{LIVE}\n\n<!-- {DEAD} -->\n", "remark"),
}


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_no_reader_sees_is_not_found_and_the_reason_is_said(desk: Desk, kind: str) -> None:
    name, content, why = UNSEEN[kind]
    document = desk.document(name, content)
    seen = desk.sighting(document, DEAD)
    assert (seen.verdict, why in seen.difference) == (Verdict.NOT_FOUND, True), seen
    assert desk.sighting(document, LIVE).verdict is Verdict.FOUND


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word(on_dark)),
        ("a.docx", word(in_a_dark_cell)),
        ("a.docx", word(not_struck_by_hand)),
        ("a.xlsx", sheet(cell(font=Font(color="FFFFFFFF"), fill=PatternFill("solid", fgColor="FF003087")))),
        ("a.xlsx", sheet(cell(font=Font(color="FF003087")))),
        ("a.pptx", slide(lambda *_: None)),
        ("a.html", page(f'<p style="background:#003087"><b style="color:white">{DEAD}</b></p>')),
        ("a.html", page(f"<p>{DEAD}</p>", "@media print {p {display:none}}")),
        ("a.md", f"{LIVE} ~~not~~\n\n{DEAD}\n"),
    ],
)
def test_what_only_looks_like_it_is_found(desk: Desk, name: str, content: bytes | str) -> None:
    assert desk.sighting(desk.document(name, content), DEAD).verdict is Verdict.FOUND


def test_words_around_what_is_struck_out_read_on(desk: Desk) -> None:
    struck = made_paragraph(run("The plan was "), run("not ", "<w:strike/>"), run("approved by all members."))
    seen = desk.sighting(desk.document("a.docx", made_docx(struck)), "The plan was approved by all members")
    assert seen.verdict is Verdict.FOUND


def test_an_error_of_a_workbook_is_no_word_and_is_said(desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = LIVE, "=SUM(B1:B9)"
    book.active["A3"].value, book.active["A3"].data_type = "#N/A", "e"
    out = io.BytesIO()
    book.save(out)
    document = desk.document("a.xlsx", out.getvalue())
    assert desk.sighting(document, "#N/A").verdict is Verdict.NOT_FOUND
    said = " ".join(desk.follow().copies[document].remarks)
    assert "1 formula in it has no result saved" in said
    assert "1 cell in it shows an Excel error" in said


def test_escapes_of_a_workbook_are_read_as_what_they_stand_for(desk: Desk) -> None:
    def escaped(_: Any, cell: Any) -> None:
        cell.value = "Uptake rose_x000D_\nin the north _xD83D__xDE00_ to 61%"

    document = desk.document("a.xlsx", sheet(escaped))
    assert desk.sighting(document, "Uptake rose in the north").verdict is Verdict.FOUND
    assert "😀" in desk.sighting(document, "Uptake rose in the north").context


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


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("1.1 The committee meets six times a year", True),
        ("The committee meets six times a year. The chair reports to the Board", True),
        ("1.2 The chair reports to the Board (a) in writing; (b) in person", True),
        ("2.1 Five members are a quorum", True),
        ("1.2 The committee meets six times a year", False),
        ("2.2 Five members are a quorum", False),
    ],
)
def test_the_numbers_that_word_makes_are_read(desk: Desk, quotation: str, found: bool) -> None:
    listed = [
        made_paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
        for level, words in CLAUSES
    ]
    made = made_docx(*listed, parts={"word/numbering.xml": NUMBERING}, related={"rId1": ("numbering", "numbering.xml")})
    seen = desk.sighting(desk.document("a.docx", made), quotation)
    assert (seen.verdict is Verdict.FOUND) is found
