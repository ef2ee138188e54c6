"""What leaves the house: the PDF pack, the folder for the website, and the proof that nothing moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import seal
from pipeline.dossier import PUBLIC, for_audience
from pipeline.dossier.views import Dossier
from pipeline.flow.judging import load
from pipeline.flow.papers import ALWAYS_PUBLIC, BOARD_PAPER, SEPARATE_ANNEX, audience_of
from pipeline.publish.verify import PaperReport, Verification, verify_cycle, verify_paper
from pipeline.publish.website import LeftOut, Published
from pipeline.workspace import Workspace

ORDER = (BOARD_PAPER, SEPARATE_ANNEX, "baf-annex", ALWAYS_PUBLIC)
TITLES = {
    BOARD_PAPER: "Board paper",
    SEPARATE_ANNEX: "Evidence annex",
    "baf-annex": "Board Assurance Framework annex",
    ALWAYS_PUBLIC: "Annual report section",
}


def papers_made(ws: Workspace, cycle: str) -> list[Path]:
    """The Word papers that lie in build/<cycle>, ours in their order first; of a paper the final before its draft."""
    found = {p.stem: p for p in sorted(ws.build(cycle).glob("*.docx")) if not p.name.startswith(("~$", "questions"))}
    finals = [stem for stem in found if not (stem.endswith("-draft") and stem.removesuffix("-draft") in found)]
    places = {name: place for place, name in enumerate(ORDER)}
    return [found[s] for s in sorted(finals, key=lambda s: (places.get(s.removesuffix("-draft"), len(ORDER)), s))]


def pack_papers(ws: Workspace, cycle: str) -> Path:
    """One tagged PDF of the papers that lie there."""
    from pipeline.publish.pack import Paper, make_pack
    from pipeline.publish.pdf import to_pdfs

    judged = load(ws, cycle)
    papers = papers_made(ws, cycle)
    with TemporaryDirectory(prefix="boardpack-") as scratch:
        pdfs = to_pdfs([(p, Path(scratch) / f"{p.stem}.pdf") for p in papers], date=judged.cover.date)
        parts = [
            Paper(title(paper), pdf, marking(paper, judged), paper.stem.endswith("-draft"))
            for paper, pdf in zip(papers, pdfs, strict=True)
        ]
        return make_pack(
            parts,
            ws.build(cycle) / "pack.pdf",
            organisation=judged.organisation,
            meeting=judged.cover.meeting,
            date=judged.cover.date,
        )


def title(paper: Path) -> str:
    """A paper's name in the pack's contents."""
    name = paper.stem.removesuffix("-draft")
    return TITLES.get(name, name.replace("-", " ").capitalize())


def marking(paper: Path, judged: Dossier) -> str:
    """For whom a paper is."""
    return audience_of(paper.stem.removesuffix("-draft"), judged)


def publish_cycle(ws: Workspace, cycle: str) -> Published:
    """The public papers, and after a public session a public trail, in build/<cycle>/publish/."""
    from pipeline.publish.trail_page import trail_page
    from pipeline.publish.website import publish

    judged = load(ws, cycle)
    folder = ws.build(cycle)
    with TemporaryDirectory(prefix="boardpack-") as scratch:
        papers = papers_made(ws, cycle)
        old = [p for p in papers if seal.read_properties(p).get("boardpack inputs") != judged.inputs_digest]
        going = [p for p in papers if p not in old]
        files = [*going, *(page for p in going if (page := p.with_suffix(".html")).is_file())]
        if judged.cover.session == PUBLIC:  # what was answered for a private session is nobody else's business
            files.append(Path(scratch) / "trail.html")
            files[-1].write_bytes(trail_page(for_audience(judged, PUBLIC)))
        published = publish(
            files,
            folder / "publish",
            organisation=judged.organisation,
            meeting=judged.cover.meeting,
            date=judged.cover.date,
            is_edited=is_edited,
        )
    out_of_date = (LeftOut(p, "it was made from other inputs than those here now; make it again") for p in old)
    return replace(published, left_out=(*published.left_out, *out_of_date))


def is_edited(file: Path) -> bool:
    """True for a paper, or the page that goes with it, that a person has changed since it was made."""
    from pipeline.publish.word_page import is_untouched_page

    if file.suffix == ".docx":
        return not seal.is_untouched(file)
    return file.stem.startswith(ALWAYS_PUBLIC) and file.suffix == ".html" and not is_untouched_page(file)


def verify(ws: Workspace, words: Sequence[str]) -> Verification | PaperReport:
    """A cycle against its manifest, or a paper that came back against what it says of itself."""
    if words and words[0] and not ws.names_folder(words[0]):
        return verify_paper(ws, Path(words[0]), seal.read_properties, seal.is_untouched)
    return verify_cycle(ws, words[0] if words and words[0] else ws.newest_cycle())
