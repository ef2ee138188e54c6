"""Word papers as accessible PDF files: tagged, titled, in British English, the same bytes each time."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Name, ObjectStreamMode

from pipeline.errors import TemplateError
from pipeline.files import write_whole
from pipeline.publish.markers import AUDIENCE, STATE, read_marker
from pipeline.publish.office import LIMIT_SECONDS, ConversionError, convert
from pipeline.publish.pdf_pages import mark_decoration
from pipeline.publish.pdf_tags import mend

LANGUAGE = "en-GB"


def to_pdf(
    docx: Path, out: Path, *, date: datetime.date, office: Path | None = None, limit: int = LIMIT_SECONDS
) -> Path:
    """Make `out` from one Word paper; `date` is the paper's own and goes into the file in place of today's."""
    return to_pdfs([(docx, out)], date=date, office=office, limit=limit)[0]


def to_pdfs(
    papers: Sequence[tuple[Path, Path]],
    *,
    date: datetime.date,
    office: Path | None = None,
    limit: int = LIMIT_SECONDS,
) -> list[Path]:
    """Make several (Word file, PDF file) in one run of LibreOffice, which is much faster: all of them, or none."""
    with tempfile.TemporaryDirectory(prefix="boardpack-") as scratch:
        made = convert([docx for docx, _ in papers], Path(scratch), office=office, limit=limit)
        for (docx, _), pdf in zip(papers, made, strict=True):
            _finish(pdf, docx, date)
        for (_, out), pdf in zip(papers, made, strict=True):
            write_whole(out, pdf.read_bytes())
    return [out for _, out in papers]


def open_tagged(pdf: Path, called: str) -> pikepdf.Pdf:
    """Open a PDF that LibreOffice made, and mend its tags; `called` is its name in messages."""
    try:
        opened = pikepdf.open(pdf)
    except pikepdf.PdfError as error:
        raise ConversionError(f"LibreOffice made a damaged PDF of {called}.", "Give the same command again.") from error
    if "/StructTreeRoot" not in opened.Root:
        raise ConversionError(
            f"LibreOffice made a PDF of {called} that a screen reader cannot use.", "Install LibreOffice 7.4 or later."
        )
    mend(opened)
    return opened


def save_dated(pdf: pikepdf.Pdf, out: Path, *, title: str, date: datetime.date, audience: str, draft: bool) -> None:
    """Write with title, date, audience and an id that depends on nothing but the contents."""
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{date:%Y%m%d}000000Z"
    pdf.docinfo[AUDIENCE] = audience
    pdf.docinfo[STATE] = "draft" if draft else "final"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
        # LibreOffice escapes a title twice here: `R&D` would be shown as `R&amp;D`.
        described["dc:title"] = title
        described["pdfuaid:part"] = "1"
        for stamp in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            described[stamp] = f"{date.isoformat()}T00:00:00Z"
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    for name in (Name.ID, Name.DocChecksum):
        if name in pdf.trailer:
            del pdf.trailer[name]
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)


def _finish(made: Path, docx: Path, date: datetime.date) -> None:
    marker = read_marker(docx)
    with open_tagged(made, docx.name) as pdf:
        _require_title_and_language(pdf, docx.name)
        mark_decoration(pdf, watermarked=marker.draft)
        finished = made.with_suffix(".finished")
        title = str(pdf.docinfo["/Title"])
        save_dated(pdf, finished, title=title, date=date, audience=marker.audience, draft=marker.draft)
    finished.replace(made)


def _require_title_and_language(pdf: pikepdf.Pdf, called: str) -> None:
    """What a screen reader says first; without them the file is no accessible PDF whatever else is right."""
    if not str(pdf.docinfo.get("/Title", "")).strip():
        raise TemplateError(f"{called} has no title.", "Set it in its template in Word: File, Info, Title.")
    language = str(pdf.Root.get("/Lang", ""))
    if language != LANGUAGE:
        raise TemplateError(
            f"{called} says that it is written in `{language or 'no language'}`, not in British English.",
            "In its template in Word choose Review, Language, Set Proofing Language, English (United Kingdom).",
        )
