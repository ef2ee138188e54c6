"""The other extractor for PDF: pypdf, which is slow, and right where pdfium is not once in a while.

It also gives what was typed into the fields of a form and onto a page as a note, which is not part of the page's text.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading, UnreadableError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for; one that pypdf cannot read is empty."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        import pypdf

        reader = pypdf.PdfReader(path)
        count = len(reader.pages)
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises anything on a broken file
        raise UnreadableError("the second reading failed") from error
    pages = {n: Page(n, _text(reader, n)) for n in range(1, count + 1) if asked.wants(n)}
    return Reading("pdf-second", count, pages, paged=True)


def _text(reader: PdfReader, number: int) -> str:
    try:
        page = reader.pages[number - 1]
        return "\f".join([page.extract_text(), *_typed(page)])
    except MemoryError:
        raise
    except Exception:
        return ""


def _typed(page: PageObject) -> list[str]:
    """What was typed into fields, and onto the page."""
    typed = []
    for entry in page.get("/Annots") or ():
        note = entry.get_object()
        hidden = int(note.get("/F", 0)) & 2
        value = note.get("/V") if note.get("/Subtype") == "/Widget" else note.get("/Contents")
        if not hidden and note.get("/Subtype") in ("/Widget", "/FreeText") and isinstance(value, str):
            typed.append(str(value))
    return typed
