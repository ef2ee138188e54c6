"""Word papers as accessible PDF files: tagged, titled, in British English, the same bytes each time."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Name, ObjectStreamMode

from pipeline.errors import EditedError, ProgramMissingError, TemplateError
from pipeline.files import write_whole
from pipeline.office.libreoffice import (
    HOW_TO_INSTALL,
    QUIET,
    find_office,
    profile_in,
    stop,
    surroundings,
    without_network,
)
from pipeline.publish.pdf_tags import mark_decoration, mend
from pipeline.publish.website import AUDIENCE, STATE, read_marker

LIMIT_SECONDS = 300
"""For one run, however many papers: an ordinary one takes 2 to 20 seconds."""

# An accessible PDF (PDF/UA): tags, a title, the language and bookmarks from the headings.
EXPORT_OPTIONS = {"PDFUACompliance": True, "UseTaggedPDF": True, "ExportBookmarks": True}


class ConversionError(ProgramMissingError):
    """LibreOffice is there, but made no PDF of a paper."""


def convert(
    papers: Sequence[Path], folder: Path, *, office: Path | None = None, limit: int = LIMIT_SECONDS
) -> list[Path]:
    """Turn Word files into PDF files in `folder`, in one run and in the same order; `limit` in seconds."""
    if not papers:
        return []
    command = office or find_office()
    with tempfile.TemporaryDirectory(prefix="boardpack-", ignore_cleanup_errors=True) as scratch:
        # Plain names of our own: two papers may share a name, and a name may look like an option.
        copies = [Path(shutil.copyfile(paper, Path(scratch) / f"{n:04}.docx")) for n, paper in enumerate(papers)]
        profile = profile_in(Path(scratch) / "profile")
        said = _run([*without_network(), str(command), *_arguments(profile, folder), *map(str, copies)], papers, limit)
    made = [folder / f"{copy.stem}.pdf" for copy in copies]
    for paper, pdf in zip(papers, made, strict=True):
        if not pdf.is_file() or pdf.stat().st_size == 0:
            raise ConversionError(f"LibreOffice made no PDF of {paper.name}{said}.", _try_by_hand(paper))
    return made


def _arguments(profile: Path, folder: Path) -> list[str]:
    # A profile of its own: the user's settings change nothing, and an open LibreOffice window does not stop the run.
    options = {name: {"type": "boolean", "value": str(value).lower()} for name, value in EXPORT_OPTIONS.items()}
    return [
        f"-env:UserInstallation={profile.as_uri()}",
        *QUIET,
        *("--convert-to", f"pdf:writer_pdf_Export:{json.dumps(options)}", "--outdir", str(folder)),
    ]


def _run(command: list[str], papers: Sequence[Path], limit: int) -> str:
    """Run to the end or to the limit; returns what LibreOffice said, as the end of a sentence."""
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=surroundings(), start_new_session=True
        )
    except OSError as error:
        raise ProgramMissingError(f"LibreOffice could not be started ({error.strerror}).", HOW_TO_INSTALL) from error
    with process:
        try:
            _, said = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired as error:
            names = ", ".join(paper.name for paper in papers)
            raise ConversionError(
                f"LibreOffice did not finish within {limit} seconds and was stopped: {names}.", _try_by_hand(papers[0])
            ) from error
        finally:
            stop(process)
    # `javaldx` is a standing complaint about Java, which no paper needs.
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip() and "javaldx" not in line]
    return f" ({lines[-1].strip().rstrip('.')})" if lines else ""


def _try_by_hand(paper: Path) -> str:
    return f"Open {paper.name} in Word or LibreOffice to see whether it opens, then give the same command again."


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


_OWN_DIGEST = re.compile(rb"%boardpack ([0-9a-f]{64})\n\Z")


def with_own_digest(pdf: bytes) -> bytes:
    """A PDF that ends in a remark, which readers pass by, with the digest of all that stands before it."""
    return pdf + b"%%boardpack %s\n" % hashlib.sha256(pdf).hexdigest().encode()


def refuse_edited_pdf(path: Path) -> None:
    """Stop before a PDF that a person has edited, or put in the place of ours, would be overwritten."""
    content = path.read_bytes() if path.exists() else with_own_digest(b"")
    own = _OWN_DIGEST.search(content[-100:])
    if own is None or with_own_digest(content[: -len(own[0])]) != content:
        raise EditedError(
            f"{'/'.join(path.parts[-3:])} was edited or replaced after it was made. Nothing was overwritten.",
            "To keep it, move the file to another folder or give it another name; to do without it, delete it. "
            "Then give the same command again.",
        )


def save_dated(
    pdf: pikepdf.Pdf,
    out: Path,
    *,
    title: str,
    date: datetime.date,
    audience: str,
    draft: bool,
    accessible: bool = True,
) -> None:
    """Write with title, date, audience and an id that depends on nothing but the contents."""
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{date:%Y%m%d}000000Z"
    pdf.docinfo[AUDIENCE] = audience
    pdf.docinfo[STATE] = "draft" if draft else "final"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
        # LibreOffice escapes a title twice here: `R&D` would be shown as `R&amp;D`.
        described["dc:title"] = title
        if accessible:
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
