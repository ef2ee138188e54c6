"""The board pack: the papers of a meeting in one accessible PDF, each page numbered and marked."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import UsageError, command
from pipeline.files import write_whole
from pipeline.publish.pack_pages import (
    ADDRESS,
    STRIP_WIDTH,
    Bookmark,
    Entry,
    Part,
    bookmarks,
    join,
    likely_length,
    write_contents,
    write_strips,
)
from pipeline.publish.pdf import (
    LANGUAGE,
    LIMIT_SECONDS,
    ConversionError,
    convert,
    open_tagged,
    save_dated,
    with_own_digest,
)
from pipeline.publish.website import read_marker, stricter
from pipeline.text import date_in_words, list_in_words

MARKINGS = {
    "public": "PUBLIC",
    "private": "PRIVATE: not for publication",
    "internal": "INTERNAL: not for publication",
}
STRIP_FROM_FOOT = 3
"""In points: clear of the papers' own footers, and still within what an office printer can print."""

TRIES = 4


class Paper(NamedTuple):
    """A paper of the pack: its title in the contents, its PDF file, and for whom it is."""

    title: str
    pdf: Path
    marking: str
    """public, private or internal; what the file says of itself counts where that is stricter"""
    draft: bool = False


@dataclass(frozen=True)
class _Bound:
    """A paper as it lies in the pack."""

    title: str
    pdf: pikepdf.Pdf
    audience: str
    draft: bool

    @property
    def marking(self) -> str:
        return f"DRAFT | {MARKINGS[self.audience]}" if self.draft else MARKINGS[self.audience]


def make_pack(
    papers: Sequence[Paper],
    out: Path,
    *,
    organisation: str,
    meeting: str,
    date: datetime.date,
    office: Path | None = None,
    limit: int = LIMIT_SECONDS,
) -> Path:
    """Bind the papers in order behind a contents page; the contents carry the strictest marking of them all."""
    if not papers:
        raise UsageError(
            "There is no paper to put into the pack.",
            f"Make the papers first: {command('build board-paper', 'board-paper')}.",
        )
    title = f"{organisation}: papers for {meeting}, {date_in_words(date)}"
    with tempfile.TemporaryDirectory(prefix="boardpack-") as scratch, ExitStack() as opened:
        folder = Path(scratch)
        bound = [_bind(paper, opened) for paper in papers]
        cover = _Bound("Contents", pikepdf.new(), stricter(*(p.audience for p in bound)), any(p.draft for p in bound))
        words = _Words(title, f"{meeting}, {date_in_words(date)}", (organisation, *_how_marked(bound)))
        contents, strips, entries = _added_pages(bound, cover, words, folder, office, limit)
        first = opened.enter_context(open_tagged(contents, "the contents page"))
        parts = [Part(paper.title, paper.pdf, bookmarks(paper.pdf)) for paper in bound]
        pack = opened.enter_context(join([Part(cover.title, first), *parts], LANGUAGE))
        _link(pack, len(first.pages), entries)
        _stamp(pack, opened.enter_context(pikepdf.open(strips)))
        save_dated(pack, folder / "pack.pdf", title=title, date=date, audience=cover.audience, draft=cover.draft)
        write_whole(out, with_own_digest((folder / "pack.pdf").read_bytes()))
    return out


@dataclass(frozen=True)
class _Words:
    title: str
    heading: str
    lines: tuple[str, ...]


def _bind(paper: Paper, opened: ExitStack) -> _Bound:
    """Open a paper; a file that says of itself that it is private stays so, whatever it was called."""
    said = read_marker(paper.pdf)
    audience = stricter(paper.marking, said.audience or paper.marking)
    pdf = opened.enter_context(open_tagged(paper.pdf, paper.pdf.name))
    return _Bound(paper.title, pdf, audience, paper.draft or said.draft)


def _how_marked(papers: Sequence[_Bound]) -> Iterator[str]:
    """How the papers are marked, in sentences for the contents page."""
    audiences = sorted({paper.audience for paper in papers}, key=list(MARKINGS).index)
    if len(audiences) == 1:
        closing = "." if audiences[0] == "public" else " and not for publication."
        yield f"Every paper in this pack is {audiences[0]}{closing}"
    else:
        yield f"This pack holds {list_in_words(audiences)} papers and is not for publication as a whole."
        yield "Each page is marked at its foot with the marking of its own paper."
    if any(paper.draft for paper in papers):
        yield "A paper named as a draft is not complete."


def _added_pages(
    papers: Sequence[_Bound], cover: _Bound, words: _Words, folder: Path, office: Path | None, limit: int
) -> tuple[Path, Path, list[Entry]]:
    """The contents, the strips for every page, and what the contents list.

    How many pages the contents take is known once they are laid out, and moves every page number in them: so they are
    laid out again where the guess was wrong.
    """
    names = [folder / "contents.docx", folder / "strips.docx"]
    length = likely_length(_entries(papers, 1))
    for _ in range(TRIES):
        entries = _entries(papers, length)
        write_contents(names[0], title=words.title, heading=words.heading, lines=words.lines, entries=entries)
        write_strips(names[1], _strips(cover, papers, length))
        contents, strips = convert(names, folder, office=office, limit=limit)
        with pikepdf.open(contents) as laid_out:
            guessed, length = length, len(laid_out.pages)
        if guessed == length:
            return contents, strips, entries
    raise ConversionError("LibreOffice gave the contents of the pack another length each time.", "Make the pack again.")


def _entries(papers: Sequence[_Bound], length: int) -> list[Entry]:
    entries = []
    first = length + 1
    mixed = len({(paper.audience, paper.draft) for paper in papers}) > 1
    for number, paper in enumerate(papers, 1):
        kind = f"draft, {paper.audience}" if paper.draft else paper.audience
        entries.append(Entry(f"{number}. {paper.title}" + (f" ({kind})" if mixed else ""), first))
        entries += [Entry(section.title, first + section.page, 2, section.place) for section in _sections(paper)]
        first += len(paper.pdf.pages)
    return entries


def _sections(paper: _Bound) -> tuple[Bookmark, ...]:
    """The sections of a paper; where one heading holds all the others, it is the paper's own title."""
    top = bookmarks(paper.pdf)
    return top[0].below if len(top) == 1 and top[0].below else top


def _strips(cover: _Bound, papers: Sequence[_Bound], length: int) -> list[tuple[str, str]]:
    markings = [cover.marking] * length + [paper.marking for paper in papers for _ in paper.pdf.pages]
    return [(marking, f"Pack page {page} of {len(markings)}") for page, marking in enumerate(markings, 1)]


def _link(pack: pikepdf.Pdf, length: int, entries: Sequence[Entry]) -> None:
    """Lead each line of the contents to the page that it names."""
    for page in list(pack.pages)[:length]:
        for link in page.obj.get("/Annots", Array()):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(ADDRESS):
                entry = entries[int(address.removeprefix(ADDRESS))]
                del link.A
                link.Dest = Array([pack.pages[entry.page - 1].obj, *(entry.place or (Name.Fit,))])
                link.Contents = String(f"{entry.title}, page {entry.page}")


def _stamp(pack: pikepdf.Pdf, strips: pikepdf.Pdf) -> None:
    """Lay each page's strip over its foot; a screen reader, which knows the page, passes it by."""
    for page, strip in zip(pack.pages, strips.pages, strict=True):
        strip.obj.Contents = strips.make_stream(_untagged(strip))
        form = pack.copy_foreign(strip.as_form_xobject())
        # LibreOffice's pages share their resources: copies keep this page's strip its own.
        resources = Dictionary({**page.obj.Resources})
        resources.XObject = Dictionary({**resources.get("/XObject", {}), "/Strip": form})
        page.obj.Resources = resources
        left = float(page.mediabox[0]) + (float(page.mediabox[2] - page.mediabox[0]) - STRIP_WIDTH) / 2
        foot = float(page.mediabox[1]) + STRIP_FROM_FOOT
        page.contents_add(b"q\n", prepend=True)
        drawn = f"q 1 0 0 1 {left:.2f} {foot:.2f} cm /Strip Do Q"
        page.contents_add(f"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC {drawn} EMC".encode())


def _untagged(page: pikepdf.Page) -> bytes:
    """A page's drawing without its tags, which mean nothing outside the file that they come from."""
    tagging = {"BMC", "BDC", "EMC", "MP", "DP"}
    kept = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) not in tagging]
    return pikepdf.unparse_content_stream(kept)
