"""Text, Markdown and CSV: the words as a person reads them, in whatever encoding they were saved."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading
from pipeline.office.limits import UnreadableError

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BYTES_A_CHARACTER = 4
NOT_TEXT = "it is damaged or not what its name says: it does not hold text"


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A text file as one page."""
    return Reading("text", 1, {1: Page(1, decode(content(path, asked)))})


def read_csv(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A table as text: one line a row, cells kept apart."""
    text = decode(content(path, asked))
    first = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    csv.field_size_limit(asked.limits.text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return Reading("text", 1, {1: Page(1, text)})
    return Reading("text", 1, {1: Page(1, "\n".join(" \t ".join(row) for row in rows))})


def content(path: Path, asked: Asked) -> bytes:
    """A file that is all text, if it is no longer than any text may be."""
    if path.stat().st_size > BYTES_A_CHARACTER * asked.limits.text:
        raise UnreadableError(f"it is too large: it holds more than {asked.limits.text:,} characters of text")
    return path.read_bytes()


def decode(data: bytes) -> str:
    """Bytes -> text: UTF-8 or UTF-16 by their mark, else UTF-8, else the Windows encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data:
        raise UnreadableError(NOT_TEXT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
