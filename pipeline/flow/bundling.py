"""Everything of a cycle in one archive: papers that are up to date, the trail, the evidence, the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import seal
from pipeline.dossier import PUBLIC, for_audience
from pipeline.dossier.views import Dossier
from pipeline.errors import FindingsBlockError
from pipeline.evidence import Progress
from pipeline.files import one_at_a_time
from pipeline.flow.figures import draw_figures
from pipeline.flow.judging import judge, write_judgement
from pipeline.flow.papers import BOARD_PAPER, make_paper
from pipeline.flow.publishing import papers_made
from pipeline.publish.bundle import Bundle, all_parts, public_parts, write_bundle
from pipeline.publish.bundle.archive import About
from pipeline.publish.manifest import write_manifest
from pipeline.publish.standing import faulty_papers, made_from
from pipeline.publish.website import LeftOut
from pipeline.workspace import Workspace

PUBLIC_NAME, ALL_NAME = "bundle.zip", "bundle-internal.zip"


@dataclass(frozen=True)
class Bundled:
    """The bundle, and what is not in it."""

    bundle: Bundle
    left_out: tuple[LeftOut, ...]
    faulty: Mapping[Path, str]
    """Papers that lie in build/ and are not as they were made, or not from what is here now: left out, and why."""


def bundle_cycle(ws: Workspace, cycle: str, *, everything: bool, progress: Progress | None = None) -> Bundled:
    """Judge the cycle, make anew the papers that are out of date, and bind what may go in."""
    with one_at_a_time(ws.lock(cycle)):
        return _bundle(ws, cycle, everything, progress)


def _bundle(ws: Workspace, cycle: str, everything: bool, progress: Progress | None) -> Bundled:
    judged = judge(ws, cycle, rehash=True, progress=progress)
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
        if not paper.exists() or (seal.is_untouched(paper) and made_from(paper) != judged.inputs_digest):
            try:
                make_paper(ws, paper.stem, judged, draft=False)
            except FindingsBlockError:
                blocked.append(LeftOut(paper, "no final one can be made until the findings are put right"))
    return blocked
