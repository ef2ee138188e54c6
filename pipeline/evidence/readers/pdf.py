"""PDF, page by page, with pdfium. It is not safe in threads: one process, one document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading, UnreadableError

if TYPE_CHECKING:
    import pypdfium2

SCAN = "is a picture with no text layer (a scan)"
NO_MAP = "is set in fonts that do not say which letters they show"
DAMAGED_PAGE = "is damaged"
HYPHEN = "\ufffe"
"""What pdfium writes where a hyphen ends a line, whether it breaks a word or belongs to it."""
STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|/g\\d+")
MOST_TRIED = 200
LITTLE = 120
"""Characters: a page with less, over a picture that fills it, is a scan with a stamp on it."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for (all where none are named), and how many there are."""
    document = open_document(path)
    try:
        count = len(document)
        numbers = [n for n in range(1, count + 1) if asked.wants(n)]
        left = asked.limits.text
        pages = {}
        for number in numbers:
            pages[number] = _page(document, number)
            left -= len(pages[number].text)
            if left < 0:
                raise UnreadableError(f"it is too large: it holds more than {asked.limits.text:,} characters of text")
        if pages and all(page.unreadable == DAMAGED_PAGE for page in pages.values()) and not _any_sound(document):
            raise UnreadableError("it is damaged: none of its pages can be opened")
    finally:
        document.close()
    return Reading("pdf", count, pages, paged=True)


def open_document(path: Path) -> pypdfium2.PdfDocument:
    """The document, or the true reason why it cannot be opened."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnreadableError("it is encrypted: a password is needed to open it") from error
        raise UnreadableError(
            "it is damaged: no PDF reader can open it, perhaps because it was cut short when it was copied or sent"
        ) from error
    if len(document) == 0:
        document.close()
        raise UnreadableError("it is damaged: it has no pages")
    return document


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    import pypdfium2

    label = _label(document, number)
    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number, "", label, DAMAGED_PAGE)
    try:
        text = text_page.get_text_range()
        return Page(number, text, label, _unreadable(page, text))
    finally:
        text_page.close()
        page.close()


def _any_sound(document: pypdfium2.PdfDocument) -> bool:
    return any(_page(document, n).unreadable != DAMAGED_PAGE for n in range(1, min(len(document), MOST_TRIED) + 1))


def _label(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        label = str(document.get_page_label(number - 1) or "").strip()
    except Exception:  # a broken label costs the label, not the page
        return ""
    return "" if label == str(number) else label[:40]


def _unreadable(page: pypdfium2.PdfPage, text: str) -> str:
    """Why the text of this page cannot be read, or nothing."""
    solid = "".join(text.replace(HYPHEN, "").split())
    if solid and len(STRAY.findall(solid)) > len(solid) * 0.05:
        return NO_MAP
    if len(solid) < LITTLE and _picture_share(page) > 0.5:
        return SCAN
    return ""


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """How much of the page its largest picture covers."""
    from pypdfium2 import raw

    area = page.get_width() * page.get_height()
    shares = [0.0]
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        shares.append(max(0.0, right - left) * max(0.0, top - bottom) / area if area else 0.0)
    return max(shares)
