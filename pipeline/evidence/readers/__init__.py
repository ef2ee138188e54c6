"""One module a file type. A reader is one function: a path in, pages out.

To add a type: write the module, add a line to READERS, and tell `sniff.py` how its files begin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.evidence.pages import Asked, Reading
from pipeline.evidence.readers import excel, html, pdf, pdf_layout, pdf_second, pdf_seen, plain, slides, word

Reader = Callable[[Path, Asked], Reading]

READERS: Mapping[str, Reader] = {
    "pdf": pdf.read,
    "word": word.read,
    "workbook": excel.read,
    "slides": slides.read,
    "text": plain.read,
    "markdown": html.read_markdown,
    "csv": plain.read_csv,
    "html": html.read,
    "pdf-layout": pdf_layout.read,
    "pdf-second": pdf_second.read,
    "pdf-seen": pdf_seen.read,
}
SECOND_READERS: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf-layout", "pdf-second"),
    "markdown": ("text",),
}
"""What is tried, in this order, before words are said not to be there."""
SEEN = {"pdf": "pdf-seen"}
"""What says which words of a page are not seen, for kinds whose first reading does not."""
