"""Pages as a reader sees them: a picture of each, drawn once and kept by digest; and where its words stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OutputError
from pipeline.evidence import Progress
from pipeline.evidence.folder import digest, locate
from pipeline.evidence.jobs import Job, PageRequest, ShownPage
from pipeline.evidence.places import spans_of, words_on
from pipeline.evidence.readers.pdf import opened, page_of
from pipeline.evidence.words import letters
from pipeline.files import written_whole
from pipeline.model import Mark
from pipeline.office.cache import code_version
from pipeline.office.limits import DEFAULT, Limits, UnreadableError
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    import pypdfium2

    from pipeline.evidence.texts import Texts

DPI = 110
LONGEST_SIDE = 3_000
"""Pixels: a plan of a building is drawn smaller."""
QUALITY, EFFORT = 60, 2
ENOUGH = 0.8
"""Of the letters of words that are looked for: with fewer of them there, they are other words."""
NO_PAGES = "it has no fixed pages"
NO_SUCH_PAGE = "it has no such page"


@dataclass(frozen=True)
class PageView:
    """One page of a document, to be shown beside a claim."""

    picture: Path | None = None
    """A WebP file, or none: `reason` says why."""
    reason: str = ""
    words: tuple[tuple[str, Mark], ...] = ()
    """The words of the page in reading order, where they were asked for."""
    marks: tuple[Mark, ...] = ()
    """Where the words to be found stand."""


def page_picture(ws: Workspace, file: str, page: int, *, limits: Limits = DEFAULT) -> PageView:
    """The picture of a page of a document in evidence/, drawn where it is not there yet."""
    return _view(ws, file, PageRequest(page), limits)


def find_on_page(ws: Workspace, file: str, page: int, words: str, *, limits: Limits = DEFAULT) -> tuple[Mark, ...]:
    """Where words stand on a page, and on the next where they run on; nothing where they do not."""
    return _view(ws, file, PageRequest(page, draw=False, find=words), limits).marks


def page_words(ws: Workspace, file: str, page: int, *, limits: Limits = DEFAULT) -> tuple[tuple[str, Mark], ...]:
    """Every word of a page with its place, in reading order: so that words can be chosen on the picture."""
    return _view(ws, file, PageRequest(page, draw=False, words=True), limits).words


def _view(ws: Workspace, file: str, request: PageRequest, limits: Limits) -> PageView:
    located = locate(ws.evidence, file)
    if located.path is None:
        return PageView(reason=located.fault or "no file is there")
    job = Job(
        str(located.path), file, digest(located.path), (), str(ws.library), limits, located.size, pages=(request,)
    )
    return show_pages([job], limits)[job][request]


def pictures_of(
    ws: Workspace,
    asked: Mapping[tuple[str, str], Sequence[int]],
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    scheduler: str | None = None,
) -> dict[tuple[str, int], Path]:
    """By digest and page: the pictures of pages of documents, asked for by file and digest.

    A document that is another one by now is not drawn in the place of the one that was checked.
    """
    jobs = []
    for (file, sha256), pages in asked.items():
        requests = tuple(PageRequest(page) for page in pages)
        located = locate(ws.evidence, file)
        job = Job(str(located.path), file, sha256, (), str(ws.library), limits, located.size, pages=requests)
        kept = all(_is_kept(job, request) for request in requests)
        if kept or located.path is not None and digest(located.path) == sha256:
            jobs.append(job)
    shown = show_pages(jobs, limits, progress, scheduler)
    return {
        (job.digest, request.page): view.picture
        for job, views in shown.items()
        for request, view in views.items()
        if view.picture
    }


def show_pages(
    jobs: Iterable[Job], limits: Limits = DEFAULT, progress: Progress | None = None, scheduler: str | None = None
) -> Mapping[Job, Mapping[PageRequest, PageView]]:
    """The pages that jobs ask for; pictures that are kept are not drawn again, and their documents not opened."""
    from pipeline.evidence.resolver import read_all

    jobs = list(jobs)
    lacking = {job: tuple(r for r in job.pages if not _is_kept(job, r)) for job in jobs}
    asked = {job: replace(job, pages=requests) for job, requests in lacking.items() if requests}
    finished = 0

    def done() -> None:
        nonlocal finished
        finished += 1
        if progress:
            progress(finished, len(asked))

    outcomes = read_all(asked.values(), limits, done, scheduler)
    found: dict[Job, dict[PageRequest, PageView]] = {}
    for job in jobs:
        outcome = outcomes[asked[job]] if job in asked else None
        shown = dict(zip(lacking[job], outcome.shown, strict=False)) if outcome else {}
        failed = ShownPage(outcome.fault or outcome.uncheckable if outcome else "")
        found[job] = {request: _seen(job, request, shown.get(request, failed)) for request in job.pages}
    return found


def _seen(job: Job, request: PageRequest, shown: ShownPage) -> PageView:
    path = picture_of(job.library, job.digest, request.page)
    return PageView(path if request.draw and path.is_file() else None, shown.reason, shown.words, shown.marks)


def _is_kept(job: Job, request: PageRequest) -> bool:
    return not (request.words or request.find) and picture_of(job.library, job.digest, request.page).is_file()


def picture_of(library: str, digest: str, page: int) -> Path:
    """Where the picture of a page lies, or will: by what the document holds, and by what draws it."""
    return Path(library) / digest[:2] / f"{digest}.page-{page}.{_drawing_version()}.webp"


def _drawing_version() -> str:
    return code_version(("evidence/pictures",), ("pypdfium2", "pillow"))


def show(request: PageRequest, texts: Texts, job: Job) -> ShownPage:
    """What is asked of one page, done in a reading process."""
    if texts.kind != "pdf":
        return ShownPage(NO_PAGES)
    if not 1 <= request.page <= texts.count:
        return ShownPage(NO_SUCH_PAGE)
    try:
        with opened(Path(job.path)) as document:
            if request.draw:
                _draw(document, request.page, picture_of(job.library, job.digest, request.page))
            words = words_on(document, request.page) if request.words else ()
        numbers = [n for n in (request.page, request.page + 1) if request.find and n <= texts.count]
        spans = spans_of(request.find, [(n, texts.as_read(n)) for n in numbers])
        if sum(span.last + 1 - span.first for span in spans) < len(letters(request.find)) * ENOUGH:
            spans = []
        return ShownPage(words=words, marks=texts.marks(spans))
    except OutputError:
        return ShownPage("its picture cannot be kept: the folder build/ cannot be written")
    except (UnreadableError, RuntimeError, ValueError):  # pdfium's own errors are of the second kind
        return ShownPage(f"page {request.page} is damaged")


def _draw(document: pypdfium2.PdfDocument, number: int, path: Path) -> None:
    """A page as a WebP picture, turned and cut as readers show it."""
    page, _ = page_of(document, number)
    scale = min(DPI / 72, LONGEST_SIDE / max(*page.get_size(), 1.0))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    with written_whole(path, lasting=False) as file:
        picture.save(file, "WEBP", quality=QUALITY, method=EFFORT)
