"""One module a file type. A reader is one function: a path in, pages out.

To add a type: write the module, and add its line to READERS with how such files are named, called and begin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import Asked, Reading
from pipeline.evidence.readers import (
    excel,
    html,
    mail,
    old_office,
    old_workbook,
    open_document,
    pdf,
    pdf_layout,
    pdf_second,
    pdf_seen,
    picture,
    plain,
    rich_text,
    slides,
    transcript,
    word,
)

if TYPE_CHECKING:
    from PIL.Image import Image

Reader = Callable[[Path, Asked], Reading]


@dataclass(frozen=True)
class FileType:
    """A type of file whose words can be read."""

    read: Reader
    endings: tuple[str, ...] = ()
    """Of the names of such files; none for another way to read a type that has its line."""
    called: str = ""
    """What people call it."""
    begins: tuple[bytes, ...] = ()
    """The first bytes of such files; none where `sniff.py` looks deeper (zip archives, text)."""


READERS: Mapping[str, FileType] = {
    "pdf": FileType(pdf.read, ("pdf",), "a PDF"),
    "word": FileType(word.read, ("docx", "docm", "dotx", "dotm"), "a Word document"),
    "workbook": FileType(excel.read, ("xlsx", "xlsm", "xltx", "xltm"), "an Excel workbook"),
    "slides": FileType(slides.read, ("pptx", "pptm", "ppsx", "ppsm", "potx"), "a PowerPoint presentation"),
    "text": FileType(plain.read, ("txt", "text"), "plain text"),
    "markdown": FileType(html.read_markdown, ("md", "markdown"), "plain text"),
    "csv": FileType(plain.read_csv, ("csv", "tsv"), "plain text"),
    "html": FileType(html.read, ("htm", "html", "xhtml"), "a web page"),
    "picture": FileType(
        picture.read,
        ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"),
        "a picture",
        (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM"),
    ),
    "e-mail": FileType(mail.read, ("eml",), "an e-mail message"),
    "Outlook message": FileType(mail.read_outlook, ("msg",), "an e-mail message saved from Outlook"),
    "web archive": FileType(mail.read_web_archive, ("mht", "mhtml"), "a web page saved as one file"),
    "open text": FileType(open_document.read_text, ("odt", "ott"), "an OpenDocument text"),
    "open slides": FileType(open_document.read_slides, ("odp", "otp"), "an OpenDocument presentation"),
    "open workbook": FileType(open_document.read_workbook, ("ods", "ots"), "an OpenDocument workbook"),
    "old word": FileType(old_office.read_word, ("doc", "dot"), "an old Word document (.doc)"),
    "old slides": FileType(old_office.read_slides, ("ppt", "pps"), "an old PowerPoint presentation (.ppt)"),
    "old workbook": FileType(old_workbook.read, ("xls", "xlt"), "an old Excel workbook (.xls)"),
    "binary workbook": FileType(old_workbook.read, ("xlsb",), "a binary Excel workbook (.xlsb)"),
    "rich text": FileType(rich_text.read, ("rtf",), "a rich text file", (b"{\\rtf",)),
    "transcript": FileType(transcript.read, ("vtt", "srt"), "a transcript with times"),
    "pdf-layout": FileType(pdf_layout.read),
    "pdf-second": FileType(pdf_second.read),
    "pdf-seen": FileType(pdf_seen.read),
}
SHEETS = frozenset({"workbook", "open workbook", "old workbook", "binary workbook"})
"""Types whose pages are sheets with names."""
SECOND_READERS: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf-layout", "pdf-second"),
    "markdown": ("text",),
}
"""What is tried, in this order, before words are said not to be there."""
SEEN = {"pdf": "pdf-seen"}
"""What says which words of a page are not seen, for kinds whose first reading does not."""
PICTURES: Mapping[str, Callable[[Path, int], Image]] = {
    "pdf": picture.picture_of_page,
    "picture": picture.picture,
}
"""What text recognition looks at: a page as a picture."""
