"""Where cited words stand on a PDF page: the letters under the marks are the words."""

from __future__ import annotations

import csv
import ctypes
import io
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.evidence.pictures import find_on_page, page_picture, page_words
from pipeline.evidence.places import FINE
from pipeline.evidence.readers.pdf import HYPHEN_OF_A_LINE
from pipeline.evidence.words import letters
from pipeline.model import Mark, Verdict
from tests.evidence.cases import Desk
from tests.evidence.made_office import cell, docx, paragraph, pptx, shape, words_cell, xlsx
from tests.evidence.made_pdf import pdf, prose

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.usefixtures("here")


def under(path: Path, marks: tuple[Mark, ...]) -> str:
    """The letters whose middle lies under the marks, in the order of the marks, by pdfium's own way back."""
    said = ""
    with pypdfium2.PdfDocument(path) as document:
        for mark in marks:
            page = document[mark.page - 1]
            text_page = page.get_textpage()
            x, y = ctypes.c_double(), ctypes.c_double()
            corners = []
            for left, top in ((mark.left, mark.top), (mark.left + mark.width, mark.top + mark.height)):
                raw.FPDF_DeviceToPage(page, 0, 0, FINE, FINE, 0, round(left * FINE), round(top * FINE), x, y)
                corners.append((x.value, y.value))
            (x0, y0), (x1, y1) = corners
            for at in range(text_page.count_chars()):
                left, bottom, right, top = text_page.get_charbox(at)
                across, down = (left + right) / 2, (bottom + top) / 2
                if right > left and min(x0, x1) <= across <= max(x0, x1) and min(y0, y1) <= down <= max(y0, y1):
                    said += chr(raw.FPDFText_GetUnicode(text_page, at))
    return said


def assert_marked(desk: Desk, evidence: str, quotation: str, page: int, *, lines: int | None = None) -> None:
    seen = desk.check_result(evidence, quotation, page)
    assert seen.verdict is Verdict.FOUND
    file = next(d.file for d in desk.register if d.id == evidence)
    assert letters(under(desk.ws.evidence / file, seen.marks)) == letters(quotation.replace("...", ""))
    assert all(min(m.left, m.top) >= 0 and max(m.left + m.width, m.top + m.height) <= 1.0001 for m in seen.marks)
    if lines is not None:
        assert len(seen.marks) == lines


TEXT = """The Board agreed a plan for the coming year.
It will be looked at again each quarter, and
by the whole Board in March."""


def test_a_line_gets_one_mark_and_words_over_line_ends_one_for_each_line(desk: Desk) -> None:
    evidence = desk.document("plan.pdf", pdf([TEXT]))
    assert_marked(desk, evidence, "agreed a plan", 1, lines=1)
    assert_marked(desk, evidence, "coming year. It will be looked at again each quarter, and by the whole", 1, lines=3)


def test_words_left_out_are_not_marked(desk: Desk) -> None:
    evidence = desk.document("plan.pdf", pdf([TEXT]))
    assert_marked(desk, evidence, "The Board agreed ... in March", 1, lines=2)


def test_of_words_that_stand_twice_those_that_were_weighed_are_marked(desk: Desk) -> None:
    page = (
        "Equal access\n\nNobody waits longer. We hold to equal access for all who\nneed it in every one of our places."
    )
    seen = desk.check_result(desk.document("twice.pdf", pdf([page])), "equal access", 1)
    assert seen.marks[0].top > 0.08, "the heading stands above it"


def test_a_word_that_a_line_breaks_is_marked_in_both_halves(desk: Desk) -> None:
    evidence = desk.document("broken.pdf", pdf(["Services for the whole popu-\nlation are planned with partners."]))
    assert_marked(desk, evidence, "the whole population are planned", 1, lines=2)


def test_words_in_columns_stay_in_theirs(desk: Desk) -> None:
    left = prose("Funding grew in each of\nthe four years and is\nset to grow again.")
    right = prose("Waiting times fell for\nall groups, most of all\nin the poorest wards.", left=320)
    evidence = desk.document("columns.pdf", pdf([[line for pair in zip(left, right, strict=True) for line in pair]]))
    assert_marked(desk, evidence, "each of the four years and is set to grow", 1, lines=3)
    assert_marked(desk, evidence, "fell for all groups, most of all in the poorest wards", 1, lines=3)


def test_words_over_the_turn_of_a_page_are_marked_on_both(desk: Desk) -> None:
    header = "Annual report of the ICB\n"
    pages = [
        f"{header}We started with people who had waited for a very\nlong time and who then\n- 1 -",
        f"{header}told us what had to change in our clinics.\nMore was said.\n- 2 -",
        f"{header}Another page of the report stands here.\n- 3 -",
    ]
    evidence = desk.document("turn.pdf", pdf(pages))
    assert_marked(desk, evidence, "long time and who then told us what had to change", 1)
    assert {m.page for m in desk.check_result(evidence, "who then told us what had to change", 1).marks} == {1, 2}


@pytest.mark.parametrize("rotated", [0, 90, 180, 270])
def test_pages_that_are_turned_or_cut_are_marked_as_they_are_shown(desk: Desk, rotated: int) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([TEXT]))) as opened:
        opened.pages[0].Rotate = rotated
        opened.pages[0].CropBox = pikepdf.Array([40, 500, 560, 830])
        opened.save(out)
    evidence = desk.document("turned.pdf", out.getvalue())
    assert_marked(desk, evidence, "looked at again each quarter", 1, lines=1)
    (mark,) = desk.check_result(evidence, "looked at again each quarter", 1).marks
    assert (mark.width > mark.height) is (rotated in (0, 180))
    # In points from the corner that is shown top left: the base line of the words is at 765 from the bottom.
    assert rotated != 0 or abs(mark.top + mark.height - (830 - 763) / 330) < 0.02


def test_the_picture_is_dark_under_the_marks_and_nowhere_else_on_the_line(desk: Desk) -> None:
    from PIL import Image

    evidence = desk.document("plan.pdf", pdf(["\n\nOnly this line is here."]))
    (mark,) = desk.check_result(evidence, "Only this line is here.", 1).marks
    view = page_picture(desk.ws, "plan.pdf", 1)
    assert view.picture and view.picture.read_bytes()[8:12] == b"WEBP"
    with Image.open(view.picture) as opened:
        grey = opened.convert("L")
    width, height = grey.size
    box = (mark.left * width, mark.top * height, (mark.left + mark.width) * width, (mark.top + mark.height) * height)
    ink = grey.point(lambda v: 255 if v < 128 else 0).getbbox()
    assert ink and all(abs(a - b) < 5 for a, b in zip(ink, box, strict=True))


def test_letters_on_their_side_get_marks_along_them(desk: Desk) -> None:
    drawing = b"BT /F1 12 Tf 0 1 -1 0 100 100 Tm (Read this from the side) Tj ET"
    evidence = desk.document("side.pdf", pdf([drawing]))
    assert_marked(desk, evidence, "this from the side", 1, lines=1)


def test_a_picture_is_drawn_once_and_the_same_each_time(desk: Desk) -> None:
    desk.document("plan.pdf", pdf([TEXT]))
    first = page_picture(desk.ws, "plan.pdf", 1).picture
    assert first is not None
    content, seen = first.read_bytes(), first.stat().st_mtime_ns
    again = page_picture(desk.ws, "plan.pdf", 1).picture
    assert again == first and first.stat().st_mtime_ns == seen
    first.unlink()
    page_picture(desk.ws, "plan.pdf", 1)
    assert first.read_bytes() == content


def test_what_cannot_be_shown_is_said(desk: Desk) -> None:
    desk.document("plan.pdf", pdf([TEXT]))
    desk.put("plan.txt", "Words.")
    desk.put("bad.pdf", b"%PDF-1.7\nnothing")
    assert page_picture(desk.ws, "plan.pdf", 7).reason == "it has no such page"
    assert page_picture(desk.ws, "plan.txt", 1).reason == "it has no fixed pages"
    assert "damaged" in page_picture(desk.ws, "bad.pdf", 1).reason
    assert page_picture(desk.ws, "gone.pdf", 1).reason == "no file is there"


def test_the_words_of_a_page_come_in_order_with_their_places(desk: Desk) -> None:
    desk.document("plan.pdf", pdf([TEXT]))
    words = page_words(desk.ws, "plan.pdf", 1)
    assert " ".join(word for word, _ in words) == " ".join(TEXT.split())
    for word, mark in words:
        assert under(desk.ws.evidence / "plan.pdf", (mark,)) == word


def test_words_are_marked_where_they_stand_and_not_where_only_some_of_them_do(desk: Desk) -> None:
    desk.document("plan.pdf", pdf([TEXT]))
    marks = find_on_page(desk.ws, "plan.pdf", 1, "looked at again")
    assert letters(under(desk.ws.evidence / "plan.pdf", marks)) == "lookedatagain"
    assert find_on_page(desk.ws, "plan.pdf", 1, "The Board agreed to sell the sea and all who sail on it") == ()


def rows() -> list[dict[str, str]]:
    if not (CORPUS / "cases.csv").is_file():
        return []
    with (CORPUS / "cases.csv").open(encoding="utf-8", newline="") as stream:
        return [
            r for r in csv.DictReader(stream) if r["expected"] in ("true", "page-moved") and r["file"].endswith("pdf")
        ]


@pytest.mark.skipif(not rows(), reason="../shared/corpus is not there")
def test_marks_on_real_documents(desk: Desk) -> None:
    ids: dict[str, str] = {}
    for row in rows():
        if row["file"] not in ids:
            ids[row["file"]] = desk.document(row["file"], (CORPUS / row["file"]).read_bytes())
        desk.cite(ids[row["file"]], row["quote"], int(row["page"]) if row["page"] else None)
    case = desk.follow()
    wrong = []
    for row, citation in zip(rows(), desk.citations, strict=True):
        seen = case.check_results[citation]
        there = without_notes(under(CORPUS / row["file"], seen.marks))
        if there != without_notes(row["quote"].replace("...", "")):
            wrong.append((row["file"], row["quote"], there))
    assert not wrong


def without_notes(text: str) -> str:
    """Letters alone: the figure of a note may stand among the words."""
    return letters("".join(c for c in unicodedata.normalize("NFKC", text) if not c.isdigit() and c != HYPHEN_OF_A_LINE))


def test_a_cell_of_a_workbook_is_named(desk: Desk) -> None:
    rows = [
        [words_cell("A1", "Action"), words_cell("B1", "Owner")],
        [words_cell("A2", "Publish the plan"), words_cell("B2", "Chief nurse")],
        [cell("A3", "5"), cell("B3", "15")],
    ]
    evidence = desk.document("plan.xlsx", xlsx({"Next steps": rows}))
    assert desk.check_result(evidence, "Chief nurse", sheet="Next steps").at == "Next steps!B2"
    assert desk.check_result(evidence, "15", sheet="Next steps").at == "Next steps!B3"
    assert desk.check_result(evidence, "Publish the plan Chief nurse").at == "Next steps!A2:B2"


def test_a_paragraph_and_a_cell_of_a_table_are_named(desk: Desk) -> None:
    rows = (("Goal", "Year"), ("Fewer waits", "2027"))
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(c)}</w:tc>' for c in row)}</w:tr>" for row in rows)
    body = [
        paragraph("Our aims", properties='<w:pStyle w:val="Heading1"/>'),
        paragraph(),
        paragraph("Nobody waits longer than others."),
        f"<w:tbl>{cells}</w:tbl>",
        paragraph("The Board agreed this in May."),
    ]
    evidence = desk.document("aims.docx", docx(*body))
    assert desk.check_result(evidence, "Our aims").at == "heading, paragraph 1"
    assert desk.check_result(evidence, "waits longer than others").at == "paragraph 2"
    assert desk.check_result(evidence, "Fewer waits").at == "table 1, row 2, column 1"
    assert desk.check_result(evidence, "agreed this in May").at == "paragraph 3"


def test_a_shape_of_a_slide_and_a_line_of_a_text_are_named(desk: Desk) -> None:
    named = '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1"/></p:nvSpPr>'
    slides = ["Welcome", shape("Fewer waits for all").replace("<p:sp>", named), "Thank you"]
    evidence = desk.document("talk.pptx", pptx(slides, notes={2: "Say this slowly."}))
    assert desk.check_result(evidence, "Fewer waits for all", 2).at == "slide 2, Title 1"
    assert desk.check_result(evidence, "Say this slowly", 2).at == "slide 2, its notes, diagrams and charts"
    evidence = desk.document("notes.txt", "First line.\nSecond line of it.\n")
    assert desk.check_result(evidence, "Second line of it").at == "line 2"
