"""The cited pages of the documents: which they are, and the picture of each that lies in pages/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.dossier import PUBLIC
from pipeline.dossier.views import CitationView, Dossier
from pipeline.publish.trail import Place, citations_in_place

FOLDER = "pages"
MOST_OF_A_RANGE = 3
"""Pages of a range that are shown where no words are cited."""


@dataclass(frozen=True)
class Picture:
    """The picture of a page, as it is named from the page that shows it."""

    name: str
    width: int
    height: int


Key = tuple[str, int]
"""Digest of a document, and page."""
Pictures = Mapping[Key, Picture]


@dataclass(frozen=True)
class CitedPage:
    """One page of a document, and every citation that rests on it, each with its place in the paper."""

    sha256: str
    page: int
    evidence: str
    title: str
    file: str
    citations: tuple[tuple[Place, CitationView], ...]


def pages_of(citation: CitationView) -> tuple[int, ...]:
    """The pages of a PDF that a citation rests on: where its words stand, else where they were found, else as cited."""
    if not citation.file.lower().endswith(".pdf") or not citation.sha256:
        return ()
    if citation.marks:
        return tuple(dict.fromkeys(mark.page for mark in citation.marks))
    if citation.page_found:
        return (citation.page_found,)
    first, _, last = citation.page_cited.partition("-")
    if not first.isdecimal():
        return ()
    return tuple(range(int(first), int(last or first) + 1))[:MOST_OF_A_RANGE]


def cited_pages(dossier: Dossier) -> tuple[CitedPage, ...]:
    """Every cited page of the dossier once, by document in the order of the register, then by number."""
    order = {d.id: n for n, d in enumerate(dossier.documents)}
    found: dict[tuple[str, int], list[tuple[Place, CitationView]]] = {}
    for place, citation in citations_in_place(dossier):
        for page in pages_of(citation):
            found.setdefault((citation.evidence, page), []).append((place, citation))
    return tuple(
        CitedPage(first.sha256, page, evidence, first.title, first.file, tuple(cited))
        for (evidence, page), cited in sorted(found.items(), key=lambda i: (order.get(i[0][0], len(order)), i[0][1]))
        for first in (cited[0][1],)
    )


def open_pages(shown: Dossier, judged: Dossier) -> tuple[CitedPage, ...]:
    """The cited pages of a public dossier; none of a document of which another row says that it is not public."""
    kept_back = {d.sha256 for d in judged.documents if d.visibility != PUBLIC}
    return tuple(page for page in cited_pages(shown) if page.sha256 not in kept_back)


def picture_name(sha256: str, page: int) -> str:
    """What the picture of a page is called: by what its document holds, and by nothing that a title says."""
    return f"{FOLDER}/{sha256[:24]}-{page}.webp"


def pictures_in(folder: Path, pages: Iterable[CitedPage]) -> dict[Key, Picture]:
    """The pictures of these pages that lie there."""
    there = {}
    for page in pages:
        name = picture_name(page.sha256, page.page)
        size = _size(folder / name)
        if size:
            there[page.sha256, page.page] = Picture(name, *size)
    return there


def _size(path: Path) -> tuple[int, int] | None:
    """Pixels across and down, from the first bytes of a WebP file; None where it is none of ours."""
    try:
        with path.open("rb") as file:
            head = file.read(30)
    except OSError:
        return None
    if len(head) < 30 or head[8:16] != b"WEBPVP8 ":
        return None
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
