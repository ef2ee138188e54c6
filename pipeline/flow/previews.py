"""A made paper to look at without Word: its pages as pictures where LibreOffice is installed, else its text."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.adopt import Adoption
from pipeline.errors import ProgramMissingError, UsageError
from pipeline.evidence.jobs import Job, PageRequest
from pipeline.evidence.pictures import show_pages
from pipeline.flow.adopting import Edited, find_edited, read_edits
from pipeline.flow.edits import Edit, write
from pipeline.inputs.scan import digest_of
from pipeline.workspace import Workspace

KEPT = 8
"""Papers whose pages are kept to look at."""


@dataclass(frozen=True)
class Preview:
    """What there is to look at: the paper as a PDF with so many pages, or its paragraphs."""

    pdf: Path | None
    pages: int = 0
    text: tuple[str, ...] = ()


def preview(ws: Workspace, paper: Path, day: datetime.date) -> Preview:
    """The pages of a Word paper; made once for each state of it."""
    from pipeline.publish.pdf import to_pdfs

    digest = digest_of(paper)
    pdf = ws.desk / "preview" / f"{digest}.pdf"
    if not pdf.is_file():
        pdf.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(pdf.parent.glob("*.pdf"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
        try:
            to_pdfs([(paper, pdf)], date=day)
        except ProgramMissingError:
            return Preview(None, text=_paragraphs(paper))
    from pypdf import PdfReader

    return Preview(pdf, len(PdfReader(pdf).pages))


def _paragraphs(paper: Path) -> tuple[str, ...]:
    import mammoth

    with paper.open("rb") as file:
        text = mammoth.extract_raw_text(file).value
    return tuple(part for part in text.split("\n\n") if part.strip())


def preview_page(ws: Workspace, pdf: Path, number: int) -> Path | None:
    """The picture of a page of such a PDF."""
    request = PageRequest(number)
    job = Job(str(pdf), pdf.name, pdf.stem, (), str(ws.library), size=pdf.stat().st_size, pages=(request,))
    return show_pages([job])[job][request].picture


def receive_edited(ws: Workspace, name: str, content: bytes) -> str:
    """Keep a paper that was edited in Word until it was looked at; gives the name that it is kept under."""
    if not content.startswith(b"PK") or not name.lower().endswith(".docx"):
        raise UsageError("This is no Word document.", "Choose the paper that was edited, a .docx file.")
    folder = ws.desk / "edited"
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    kept = folder / Path(name.replace("\\", "/")).name
    kept.write_bytes(content)
    return kept.name


def edited_paper(ws: Workspace, cycle: str, name: str) -> Edited:
    """A paper that was received, else the one of that name in build/."""
    folder = ws.desk / "edited"
    received = next((p for p in folder.iterdir() if p.name == name), None) if folder.is_dir() else None
    if received:
        return find_edited(ws, str(received), None)
    return find_edited(ws, Path(name).name, cycle)


def what_was_edited(ws: Workspace, cycle: str, name: str) -> Adoption:
    """What a person changed in a paper, and where each change belongs."""
    return read_edits(ws, edited_paper(ws, cycle, name))


def adopt_edited(ws: Workspace, cycle: str, name: str, when: datetime.datetime) -> Edit:
    """Write the edits of the narrative back; the edited paper is put aside so that it can be made anew."""
    from pipeline.flow.adopting import put_aside

    edited = edited_paper(ws, cycle, name)
    adoption = read_edits(ws, edited)
    if not adoption.changes:
        raise UsageError("No passage of the narrative was edited.", "Make the other edits where their words come from.")
    seen = {change.file.path: change.file.path.read_bytes() for change in adoption.changes}
    new = {change.file.path: change.content(seen[change.file.path]) for change in adoption.changes}
    edit = write(ws, f"Edits taken back from {edited.path.name}", when, {**new}, {**seen})
    put_aside(ws, edited)
    return edit
