"""Rich text (.rtf): its words, as far as they can be told from its commands."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading
from pipeline.evidence.readers.plain import content
from pipeline.office.limits import UncheckableError

NOT_LIVE = re.compile(r"\\(?:v|strike|striked1|deleted|cf\d+\\v)(?:1)?(?![a-z0-9])")
SAVE_IT = "a rich text file with hidden, struck out or deleted words: it can be checked once it is saved as .docx"


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A rich text file as one page; one that holds words which are not live is not read."""
    from striprtf.striprtf import rtf_to_text

    written = content(path, asked).decode("cp1252", errors="replace")
    if NOT_LIVE.search(written):
        raise UncheckableError(SAVE_IT)
    text: str = rtf_to_text(written, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    return Reading("rich text", 1, {1: Page(1, text.replace("|", " \t "))})
