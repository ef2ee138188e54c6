"""The other extractor for PDF: pypdf, which is slow, and right where pdfium is not once in a while."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, NEXT_TEXT, Asked, Page, Reading
from pipeline.office.limits import UnreadableError

if TYPE_CHECKING:
    from pypdf import PdfReader


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for; one that pypdf cannot read is empty."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        seen = path.stat()
        reader = _opened(path, (seen.st_size, seen.st_mtime_ns))
        count = len(reader.pages)
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises anything on a broken file
        raise UnreadableError("the second reading failed") from error
    pages = {n: Page(n, _text(reader, n)) for n in asked.among(count)}
    return Reading("pdf-second", count, pages, paged=True)


@lru_cache(maxsize=1)
def _opened(path: Path, _: tuple[int, int]) -> PdfReader:
    """The document, which is kept for the next page that is asked for: size and time say that it is the same."""
    import pypdf

    return pypdf.PdfReader(path)


def _text(reader: PdfReader, number: int) -> str:
    try:
        page = reader.pages[number - 1]
        return page.extract_text().replace(NEXT_TEXT, "\n")
    except MemoryError:
        raise
    except Exception:
        return ""
