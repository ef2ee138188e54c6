"""What leaves the house: the PDF pack, the folder for the website, and the proof that nothing moved."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.dossier import PUBLIC, for_audience
from pipeline.dossier.views import Dossier
from pipeline.errors import FindingsBlockError, UsageError
from pipeline.evidence import Progress
from pipeline.files import one_at_a_time
from pipeline.flow.judging import Judgement, inputs_now, judge, load, write_judgement
from pipeline.flow.pages import draw_pages
from pipeline.flow.papers import ALWAYS_PUBLIC, BOARD_PAPER, SEPARATE_ANNEX, audience_of, draw_figures, make_paper
from pipeline.inputs.scan import digest_of, inputs_digest
from pipeline.office import integrity
from pipeline.publish.bundle import Bundle, all_parts, public_parts, write_bundle
from pipeline.publish.bundle.archive import About
from pipeline.publish.cited_pages import open_pages, pictures_in
from pipeline.publish.manifest import WHAT_IT_PROVES, sign_off, write_manifest
from pipeline.publish.standing import OLDER, faulty_papers, made_from
from pipeline.publish.trail import every_citation
from pipeline.publish.verify import PaperReport, Verification, verify_cycle, verify_paper
from pipeline.publish.website import LeftOut, Published
from pipeline.text import counted, date_in_words
from pipeline.workspace import Workspace

PACK = "pack.pdf"
MAKE_AGAIN = "Make these papers again; `boardpack adopt` takes edits made in Word back first."
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


@dataclass(frozen=True)
class Packed:
    """The pack, and the papers that lie there and are not in it since they are not as they were made."""

    path: Path
    faulty: Mapping[Path, str]


def pack_papers(ws: Workspace, cycle: str) -> Packed:
    """One tagged PDF of the papers that lie there, as they were made and from what is here now."""
    from pipeline.publish.pack import Paper, make_pack
    from pipeline.publish.pdf import refuse_edited_pdf, to_pdfs

    folder = ws.build(cycle)
    out = folder / PACK
    with one_at_a_time(ws.lock(cycle)):
        refuse_edited_pdf(out)
        judged, inputs = load(ws, cycle), inputs_now(ws, cycle)
        faulty = {p: why for p, why in faulty_papers(folder, inputs_digest(inputs)).items() if p != out}
        papers = [paper for paper in papers_made(ws, cycle) if paper not in faulty]
        if faulty and not papers:
            raise FindingsBlockError("There is no paper to bind: " + "; ".join(say_faulty(faulty)) + ".", MAKE_AGAIN)
        with TemporaryDirectory(prefix="boardpack-") as scratch:
            pdfs = to_pdfs([(p, Path(scratch) / f"{p.stem}.pdf") for p in papers], date=judged.cover.date)
            parts = [
                Paper(title(paper), pdf, marking(paper, judged), paper.stem.endswith("-draft"))
                for paper, pdf in zip(papers, pdfs, strict=True)
            ]
            public = all(part.marking == PUBLIC for part in parts)
            shown = for_audience(judged, PUBLIC) if public else judged
            make_pack(parts, out, organisation=shown.organisation, meeting=shown.cover.meeting, date=shown.cover.date)
        write_manifest(folder, judged, inputs, [out])
    return Packed(out, faulty)


def say_faulty(faulty: Mapping[Path, str]) -> list[str]:
    """Each such paper with what is wrong with it."""
    return [f"{paper.name} {why}" for paper, why in faulty.items()]


def title(paper: Path) -> str:
    """A paper's name in the pack's contents."""
    name = paper.stem.removesuffix("-draft")
    return TITLES.get(name, name.replace("-", " ").capitalize())


def marking(paper: Path, judged: Dossier) -> str:
    """For whom a paper is."""
    return audience_of(paper.stem.removesuffix("-draft"), judged)


def publish_cycle(ws: Workspace, cycle: str) -> Published:
    """The public papers, and after a public session a public trail, in build/<cycle>/publish/."""
    from pipeline.publish.leaving import Leaving
    from pipeline.publish.trail_page import trail_page
    from pipeline.publish.website import publish

    judged = load(ws, cycle)
    shown, leaving = for_audience(judged, PUBLIC), Leaving(judged.screen)
    folder = ws.build(cycle)
    with TemporaryDirectory(prefix="boardpack-") as scratch:
        now = inputs_digest(inputs_now(ws, cycle))
        faulty = faulty_papers(folder, now)
        papers = papers_made(ws, cycle)
        files = [p for p in (*papers, *(q.with_suffix(".html") for q in papers)) if p.is_file() and p not in faulty]
        older = judged.inputs_digest != now
        pictures: dict[str, Path] = {}
        if (
            judged.cover.session == PUBLIC and not older
        ):  # what was answered for a private session is nobody else's business
            files.append(Path(scratch) / "trail.html")
            draw_pages(ws, judged)
            lying = pictures_in(folder, open_pages(shown, judged))
            pictures = {picture.name: folder / picture.name for picture in lying.values()}
            files[-1].write_bytes(trail_page(shown, pictures=lying))
        published = publish(
            files,
            folder / "publish",
            organisation=shown.organisation,
            meeting=shown.cover.meeting,
            date=shown.cover.date,
            why_unfit=lambda file: leaving.why_unfit(file.name, file.read_bytes()),
            documents=public_documents(ws, shown),
            pictures=pictures,
        )
    left = [LeftOut(paper, f"it {why}") for paper, why in faulty.items()]
    left += [LeftOut(folder / "trail.html", f"it {OLDER}; run `boardpack check`")] if older else []
    return replace(published, left_out=(*published.left_out, *left))


def public_documents(ws: Workspace, shown: Dossier) -> list[tuple[Path, str]]:
    """The public documents that are cited, as they were when they were checked, each with its title."""
    cited = {c.evidence for c in every_citation(shown)}
    held = [(ws.evidence / d.file, d) for d in shown.documents if d.id in cited and d.visibility == PUBLIC and d.sha256]
    return [(path, d.title) for path, d in held if path.is_file() and digest_of(path) == d.sha256]


def verify(ws: Workspace, words: Sequence[str]) -> Verification | PaperReport:
    """A cycle against its manifest, or a paper that came back against what it says of itself."""
    if words and words[0] and not ws.names_folder(words[0]):
        made = [ws.build(cycle) / words[0] for cycle in ws.cycles()[::-1]]
        return verify_paper(ws, next((p for p in (Path(words[0]), *made) if p.is_file()), Path(words[0])))
    return verify_cycle(ws, words[0] if words and words[0] else ws.newest_cycle())


PUBLIC_NAME, ALL_NAME = "bundle.zip", "bundle-internal.zip"


@dataclass(frozen=True)
class Bundled:
    """The bundle, and what is not in it."""

    bundle: Bundle
    left_out: tuple[LeftOut, ...]
    faulty: Mapping[Path, str]
    """Papers that lie in build/ and are not as they were made, or not from what is here now: left out, and why."""


def bundle_cycle(
    ws: Workspace, cycle: str, *, everything: bool, progress: Progress | None = None, scheduler: str | None = None
) -> Bundled:
    """Judge the cycle, make anew the papers that are out of date, and bind what may go in."""
    with one_at_a_time(ws.lock(cycle)):
        return _bundle(ws, cycle, everything, progress, scheduler)


def _bundle(ws: Workspace, cycle: str, everything: bool, progress: Progress | None, scheduler: str | None) -> Bundled:
    judged = judge(ws, cycle, rehash=True, progress=progress, scheduler=scheduler)
    draw_pages(ws, judged.dossier, progress, scheduler)
    write_judgement(ws, judged)
    draw_figures(ws, judged.dossier)
    blocked = _bring_up_to_date(ws, judged.dossier)
    folder = ws.build(cycle)
    write_manifest(folder, judged.dossier, judged.inputs)
    faulty = faulty_papers(folder, judged.dossier.inputs_digest)
    shown = judged.dossier if everything else for_audience(judged.dossier, PUBLIC)
    audience = "internal" if everything else PUBLIC
    about = About(shown.organisation, cycle, shown.cover.title, shown.cover.date, audience)
    if everything:
        parts, left = all_parts(ws, judged.dossier, [entry.path for entry in judged.inputs], faulty)
    else:
        parts, left = public_parts(ws, shown, judged.dossier, faulty)
    written = write_bundle(folder / (ALL_NAME if everything else PUBLIC_NAME), parts, about)
    return Bundled(written, (*(b for b in blocked if b.path not in faulty), *left), faulty)


def _bring_up_to_date(ws: Workspace, judged: Dossier) -> list[LeftOut]:
    """Final papers that lie there and were not edited; the board paper where there is none. Says what cannot be."""
    blocked = []
    finals = [p for p in papers_made(ws, judged.cycle) if not p.stem.endswith("-draft")]
    for paper in finals or [ws.build(judged.cycle) / f"{BOARD_PAPER}.docx"]:
        if not paper.exists() or (integrity.is_untouched(paper) and made_from(paper) != judged.inputs_digest):
            try:
                make_paper(ws, paper.stem, judged, draft=False)
            except FindingsBlockError:
                blocked.append(LeftOut(paper, "no final one can be made until the findings are put right"))
    return blocked


def sign_cycle(ws: Workspace, cycle: str, by: str, on: datetime.date) -> tuple[str, Judgement]:
    """Record who signed what; says it in words. UsageError where nobody is named."""
    if not by.strip():
        raise UsageError("Nobody is named who signs.", 'Name a role: --by "Director of Strategy".')
    with one_at_a_time(ws.lock(cycle)):  # what is signed next must follow from this
        judged = judge(ws, cycle, rehash=True)
        record = sign_off(ws, judged.case, by.strip(), on)
    what = ", ".join(
        (
            counted(len(record["rows"].get("responses", ())), "answer"),
            counted(len(record["rows"].get("register", ())), "register row"),
            counted(len(record["evidence"]), "document"),
            counted(len(record["inputs"]), "other file"),
        )
    )
    words = f"Sign-off {record['number']} of {cycle} by {record['by']}, {date_in_words(on)}: {what}."
    return f"{words}\n{WHAT_IT_PROVES}", judged
