"""PDF, page by page, with pdfium. It is not safe in threads: one process, one document."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERY_LETTER, EVERYTHING, Asked, Page, Reading
from pipeline.evidence.readers.pdf_lines import catalogue, notes
from pipeline.office.limits import UnreadableError
from pipeline.text import counted

if TYPE_CHECKING:
    import pypdfium2

SCAN = "is a picture with no text layer (a scan)"
NO_MAP = "is set in fonts that do not say which letters they show"
PARTLY_NO_MAP = "is set in part in fonts that do not say which letters they show"
WRONG_MAP = "is set in fonts that give other letters than they show"
PARTLY_WRONG_MAP = "is set in part in fonts that give other letters than they show"
OUTLINES = "shows its words as drawn outlines, not as letters"
MANY_CURVES, MOST_SEGMENTS = 300, 5_000
WHOLE_PAGE = 0.8
PICTURE, A_LETTER = 8_000, 60
"""Square points: a smaller picture is a logo or an icon; and the room that a letter takes."""
SMALL_LETTERS = re.compile("[a-z]+")
FEWEST_VOWELS = 0.24
"""Of the letters: English and Welsh have a third and more; codes and abbreviations stand in capitals."""
DAMAGED_PAGE = "is damaged"
STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
"""What stands in a text for a letter that could not be made out."""
BULLET = re.compile("(?<!\\w)[\ue000-\uf8ff]")
"""The same before a word is a symbol of the font, which is no letter."""
HYPHEN_OF_A_LINE = "\ufffe"
LINE_END = "\r\n"
"""pdfium sets the line after a broken word, be it the foot of the page, on one line with it."""
NAMED_SHAPE = re.compile(r"/g\d+")
SAMPLES = (32, 512)
"""Characters of a page that are looked at for whether their font names them."""
XFA = (
    "it is an XFA form, whose words only Adobe Reader shows: open it there and print it to a new PDF, then its words "
    "can be checked"
)
PORTFOLIO = "it is a PDF portfolio: {} found inside it and not opened; take out the one that is meant and register it"
NOTICE = re.compile(r"(?i)please wait|not eventually replaced|viewer may not|adobe (?:acrobat )?reader|later version")
LONGEST_NOTICE = 1_500
MOST_NAMED = 8
MOST_TRIED = 200
_OPEN: dict[tuple[str, int, int], pypdfium2.PdfDocument] = {}
"""The one document that is open: each page asked for later need not open it again."""
_PAGES: dict[tuple[int, int], tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]] = {}
KEPT = 12
"""Pages of it that stay open: where words stand on them is asked next."""
MOST_THINGS = 20_000
"""Things drawn on a page: a scan is one picture, or a few."""
FEW = 12
LITTLE = 120
"""Characters: a page with less, over a picture that fills it, is a scan with a stamp on it."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for (all where none are named), and how many there are."""
    with opened(path) as document:
        count = len(document)
        numbers = asked.among(count)
        left = asked.limits.text
        pages = {}
        for number in numbers:
            pages[number] = _page(document, number)
            left -= len(pages[number].text)
            if left < 0:
                raise UnreadableError(f"it is too large: it holds more than {asked.limits.text:,} characters of text")
        if pages and all(page.unreadable == DAMAGED_PAGE for page in pages.values()) and not _any_sound(document):
            raise UnreadableError("it is damaged: none of its pages can be opened")
        remarks, elsewhere = _remarks(document), _elsewhere(document, path)
    return Reading("pdf", count, pages, paged=True, remarks=remarks, elsewhere=elsewhere)


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """The document, which stays open for the next that asks for it; `release` closes it."""
    seen = path.stat()
    key = (str(path), seen.st_size, seen.st_mtime_ns)
    if key not in _OPEN:
        release()
        _OPEN[key] = open_document(path)
    yield _OPEN[key]


def page_of(document: pypdfium2.PdfDocument, number: int) -> tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]:
    """A page and its letters; the last few stay open until `release`."""
    key = (id(document), number)
    if key not in _PAGES:
        while len(_PAGES) >= KEPT:
            _PAGES.pop(next(iter(_PAGES)))[0].close()  # and with it the text page
        page = document[number - 1]
        _PAGES[key] = page, page.get_textpage()
    return _PAGES[key]


def release() -> None:
    """Close what was left open."""
    while _PAGES:
        _PAGES.popitem()[1][0].close()
    while _OPEN:
        _OPEN.popitem()[1].close()


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


def _remarks(document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    from pypdfium2 import raw

    attached = raw.FPDFDoc_GetAttachmentCount(document)
    said = (
        f"it holds {attached} attached file{'s' * (attached > 1)}, not opened{_named(document)}"
        if attached > 0
        else "",
        "it holds scripts, not run" if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 else "",
    )
    return tuple(remark for remark in said if remark)


def _named(document: pypdfium2.PdfDocument) -> str:
    """The names of attached files, in brackets."""
    try:
        names = [document.get_attachment(n).get_name() for n in range(min(document.count_attachments(), MOST_NAMED))]
    except Exception:  # a broken list of attachments costs their names
        return ""
    return f" ({', '.join(' '.join(name.split())[:80] for name in names)})" if all(names) else ""


def _elsewhere(document: pypdfium2.PdfDocument, path: Path) -> str:
    """Of an XFA form, and of a portfolio: why its pages are not what a reader sees."""
    from pypdfium2 import raw

    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND) and len(document) == 1:
        text = document[0].get_textpage().get_text_range()
        if len(text) < LONGEST_NOTICE and NOTICE.search(text):
            return XFA
    attached = raw.FPDFDoc_GetAttachmentCount(document)
    if attached > 0 and "/Collection" in catalogue(path):
        return PORTFOLIO.format(f"{counted(attached, 'document')} {'was' if attached == 1 else 'were'}")
    return ""


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    import pypdfium2

    label = _label(document, number)
    try:
        page, text_page = page_of(document, number)
        text = text_page.get_text_range()
        reason, unread = _unread(page, text_page, text)
        sizes = list(_pictures(page))
        whole = "\n".join([as_read(text), *_typed(page)])
        scanned = max(sizes, default=0.0) > WHOLE_PAGE * _area(page)
        return Page(number, whole, label, reason, unread, _pictured(page, sizes), scanned)
    except pypdfium2.PdfiumError:
        return Page(number, "", label, DAMAGED_PAGE, EVERY_LETTER)


def as_read(text: str) -> str:
    """A page's text as pdfium gives it, with a line's end after each word that a line breaks."""
    return text.replace(HYPHEN_OF_A_LINE, HYPHEN_OF_A_LINE + LINE_END)


def _any_sound(document: pypdfium2.PdfDocument) -> bool:
    return any(_page(document, n).unreadable != DAMAGED_PAGE for n in range(1, min(len(document), MOST_TRIED) + 1))


def _label(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        label = str(document.get_page_label(number - 1) or "").strip()
    except Exception:  # a broken label costs the label, not the page
        return ""
    return "" if label == str(number) else label[:40]


def _unread(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, text: str) -> tuple[str, int]:
    """Why text of this page cannot be read, and about how many letters of it; or nothing."""
    garbled = _garbled(text)
    unread = max(_unmapped(text_page), _strays(text), garbled)
    if unread == garbled > FEW:
        return (WRONG_MAP if unread > len(text) * 0.4 else PARTLY_WRONG_MAP), unread
    if unread > FEW and unread > len(text) * 0.01:
        return (NO_MAP if unread > len(text) * 0.5 else PARTLY_NO_MAP), unread
    solid = "".join(text.split()) if len(text) < 4 * LITTLE else text
    if len(solid) < LITTLE and _picture_share(page) > 0.5:
        return SCAN, EVERY_LETTER
    if len(solid) < LITTLE and _curves(page) > MANY_CURVES:
        return OUTLINES, EVERY_LETTER
    return "", 0


def _garbled(text: str) -> int:
    """How many letters stand where no language is written: there are hardly any vowels among them."""
    whole = "".join(SMALL_LETTERS.findall(text))
    if len(whole) >= LITTLE // 2 and _vowels(whole) < FEWEST_VOWELS:
        return len(whole)
    lines = ("".join(SMALL_LETTERS.findall(line)) for line in text.splitlines())
    garbled = sum(len(line) for line in lines if len(line) > 14 and _vowels(line) < FEWEST_VOWELS / 2)
    return garbled if garbled >= LITTLE // 2 else 0


def _vowels(letters: str) -> float:
    return sum(map(letters.count, "aeiouy")) / len(letters)


def _strays(text: str) -> int:
    strays = len(STRAY.findall(text))
    return (strays - len(BULLET.findall(text)) if strays else 0) + (
        len(NAMED_SHAPE.findall(text)) if "/g" in text else 0
    )


def _unmapped(text_page: pypdfium2.PdfTextPage) -> int:
    """About how many characters have no letter that their font names; a larger sample, if a small one has any."""
    from pypdfium2 import raw

    count: int = text_page.count_chars()
    about = 0
    for sample in SAMPLES:
        step = max(1, count // sample)
        missing = sum(raw.FPDFText_HasUnicodeMapError(text_page, at) == 1 for at in range(0, count, step))
        about = missing * step
        if not missing:
            break
    return about


def _typed(page: pypdfium2.PdfPage) -> list[str]:
    """What was typed into the fields of a form, and onto the page."""
    from pypdfium2 import raw

    typed = []
    for kind, note in notes(page):
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
            typed.append(_string(note, b"V" if kind == raw.FPDF_ANNOT_WIDGET else b"Contents"))
    return [words for words in typed if words.strip()]


def _string(note: pypdfium2.raw.FPDF_ANNOTATION, key: bytes) -> str:
    from pypdfium2 import raw

    if raw.FPDFAnnot_GetValueType(note, key) != raw.FPDF_OBJECT_STRING:
        return ""
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """How much of the page its largest picture covers."""
    return max(_pictures(page), default=0.0) / (_area(page) or 1.0)


def _pictured(page: pypdfium2.PdfPage, sizes: Sequence[float]) -> int:
    """About how many letters the page's pictures would hold; what lies behind the whole page is no picture of words."""
    return int(sum(size for size in sizes if PICTURE < size < WHOLE_PAGE * _area(page)) / A_LETTER)


def _area(page: pypdfium2.PdfPage) -> float:
    return float(page.get_width() * page.get_height())


def _pictures(page: pypdfium2.PdfPage) -> Iterator[float]:
    """How large each picture is, in square points."""
    from pypdfium2 import raw

    if raw.FPDFPage_CountObjects(page) > MOST_THINGS:
        return
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        yield max(0.0, right - left) * max(0.0, top - bottom)


def _curves(page: pypdfium2.PdfPage) -> int:
    """How many small shapes with curves are filled: letters drawn as outlines have them by the hundred."""
    from pypdfium2 import raw

    found = 0
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3):
        for at in range(min(raw.FPDFPath_CountSegments(thing), MOST_SEGMENTS)):
            kind = raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(thing, at))
            found += kind == raw.FPDF_SEGMENT_BEZIERTO
        if found > MANY_CURVES:
            break
    return found
