"""The pages that the citations rest on: a picture of each in build/<cycle>/pages/, for the trail and what leaves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.dossier.views import Dossier
from pipeline.errors import OutputError
from pipeline.evidence import Progress
from pipeline.files import one_at_a_time
from pipeline.flow.judging import judge, load, write_judgement
from pipeline.flow.made import is_made, note_made
from pipeline.publish.cited_pages import FOLDER, CitedPage, cited_pages, picture_name
from pipeline.workspace import Workspace

TRAIL = "trail"


def make_trail(
    ws: Workspace, cycle: str, progress: Progress | None = None, scheduler: str | None = None
) -> tuple[Dossier, str]:
    """The judged case, with trail and pictures of the cited pages written; and why they are not kept, where not.

    Where nothing has changed since, all is taken as it lies there.
    """
    try:
        with one_at_a_time(ws.lock(cycle)):
            if is_made(ws, cycle, TRAIL):
                return load(ws, cycle), ""
    except OutputError:
        pass  # what cannot be written is judged all the same
    judged = judge(ws, cycle, progress=progress, scheduler=scheduler)
    try:
        with one_at_a_time(ws.lock(cycle)):
            made = draw_pages(ws, judged.dossier, progress, scheduler)
            write_judgement(ws, judged)
            note_made(ws, cycle, TRAIL, made, is_paper=False)
    except OutputError as fault:
        return judged.dossier, f"What was found is not kept: {fault.message}"
    return judged.dossier, ""


def draw_pages(
    ws: Workspace, dossier: Dossier, progress: Progress | None = None, scheduler: str | None = None
) -> list[Path]:
    """A picture of every cited page that can be shown, as the document was when it was checked; older ones go."""
    folder = ws.build(dossier.cycle)
    with one_at_a_time(ws.lock(dossier.cycle)):
        kept = _drawn(ws, cited_pages(dossier), progress, scheduler)
        made = [folder / name for name in kept]
        for path in (folder / FOLDER).glob("*.webp"):
            if path not in made:
                path.unlink()
        for path, source in zip(made, kept.values(), strict=True):
            if not path.is_file() or path.read_bytes() != source.read_bytes():
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, path)
    return made


def _drawn(
    ws: Workspace, pages: Iterable[CitedPage], progress: Progress | None, scheduler: str | None
) -> dict[str, Path]:
    """By the name that it gets: where the picture of each page is kept."""
    from pipeline.evidence.pictures import pictures_of

    asked: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        asked.setdefault((page.file, page.sha256), []).append(page.page)
    found = pictures_of(ws, asked, progress=progress, scheduler=scheduler)
    return {picture_name(sha256, page): path for (sha256, page), path in sorted(found.items())}
