"""Pages cut out of a PDF, with nothing but what is seen on them: no scripts, forms, files, links or actions."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.evidence import Progress
from pipeline.evidence.folder import digest, locate
from pipeline.evidence.jobs import Job
from pipeline.files import written_whole
from pipeline.office.cache import code_version
from pipeline.office.limits import DEFAULT, Limits, UnreadableError
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    import pikepdf

NO_PAGES = "it has no fixed pages"
KEPT = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group", "/StructParents")
"""Of a page. Its notes are drawn onto it first, so that words typed into a form stay."""
KEPT_OF_TAGS = ("/S", "/P", "/Pg", "/K", "/Alt", "/ActualText", "/E", "/Lang", "/A")
MOST_TAGS, DEEPEST = 50_000, 200


def cut_pages(
    ws: Workspace,
    asked: Mapping[str, tuple[str, str, Sequence[int]]],
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    scheduler: str | None = None,
) -> dict[str, Path | str]:
    """By key: the PDF of just these pages of a document, asked for by file, digest and pages; or why there is none."""
    from pipeline.evidence.resolver import read_all

    jobs, found = dict[str, Job](), dict[str, Path | str]()
    for key, (file, sha256, pages) in asked.items():
        located = locate(ws.evidence, file)
        job = Job(str(located.path), file, sha256, (), str(ws.library), limits, located.size, cut=tuple(pages))
        if cut_of(job).is_file():
            found[key] = cut_of(job)
        elif located.path is None or digest(located.path) != sha256:
            found[key] = "it is not the document that was checked"
        else:
            jobs[key] = job
    finished = 0

    def done() -> None:
        nonlocal finished
        finished += 1
        if progress:
            progress(finished, len(jobs))

    outcomes = read_all(jobs.values(), limits, done, scheduler)
    for key, job in jobs.items():
        made, outcome = cut_of(job), outcomes[job]
        found[key] = made if made.is_file() else outcome.fault or outcome.uncheckable or NO_PAGES
    return found


def cut_of(job: Job) -> Path:
    """Where the pages that a job cuts out are kept."""
    pages = hashlib.sha256(repr(job.cut).encode()).hexdigest()[:16]
    version = code_version(("evidence/cut",), ("pikepdf",))
    return Path(job.library) / job.digest[:2] / f"{job.digest}.cut-{pages}.{version}.pdf"


def cut(job: Job) -> None:
    """What a reading process does: write a PDF of the pages alone. Tags come along where they can be followed."""
    import pikepdf

    try:
        _cut(Path(job.path), job.cut, cut_of(job))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError("it is damaged: its pages cannot be taken out of it") from error


def _cut(path: Path, numbers: Sequence[int], out: Path) -> None:
    import pikepdf

    with pikepdf.open(path) as pdf, pikepdf.new() as fresh:
        for at in range(len(pdf.pages), 0, -1):
            if at not in numbers:
                del pdf.pages[at - 1]
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
        for page in pdf.pages:
            for key in [str(key) for key in page.obj if key not in KEPT]:
                del page.obj[key]
        tags = _tags(pdf)
        fresh.pages.extend(pdf.pages)
        if tags is not None:
            fresh.Root.StructTreeRoot = fresh.copy_foreign(tags)
        layers = _layers(pdf)
        if layers is not None:
            fresh.Root.OCProperties = fresh.copy_foreign(layers)
        for key in list(map(str, fresh.docinfo)):
            del fresh.docinfo[key]
        _defuse(fresh)
        fresh.remove_unreferenced_resources()
        made = io.BytesIO()
        fresh.save(made, deterministic_id=True)
        with written_whole(out, lasting=False) as file:
            file.write(made.getbuffer())


def _defuse(pdf: pikepdf.Pdf) -> None:
    """Nothing that acts may hide in what the pages draw with."""
    import pikepdf

    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in ("/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/AF", "/Metadata", "/PieceInfo", "/OPI"):
                if key in thing:
                    del thing[key]
            if thing.get("/S") in ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR", "/GoToE"):
                del thing["/S"]


def _layers(pdf: pikepdf.Pdf) -> Any:
    """Which layers there are, and which of them are off; None where there are none."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    given = pdf.Root.get("/OCProperties")
    if not isinstance(given, Dictionary) or not isinstance(given.get("/OCGs"), Array):
        return None
    how = given.get("/D", Dictionary())
    off = list(how.get("/OFF", Array()))
    if how.get("/BaseState") == Name.OFF:
        on = {layer.objgen for layer in how.get("/ON", Array())}
        off = [layer for layer in given.OCGs if layer.objgen not in on]
    layers = Dictionary(OCGs=Array(list(given.OCGs)), D=Dictionary(OFF=Array(off), Order=Array()))
    return pdf.make_indirect(layers) if isinstance(pdf, pikepdf.Pdf) else layers


def _tags(pdf: pikepdf.Pdf) -> Any:
    """The tags of what is on the pages that are left; None where there are none, or they cannot be followed."""
    from pikepdf import Array, Dictionary

    try:
        root = pdf.Root.get("/StructTreeRoot")
        pages = {page.obj.objgen for page in pdf.pages}
        if not isinstance(root, Dictionary) or not all("/StructParents" in page.obj for page in pdf.pages):
            return None
        kept: set[tuple[int, int]] = set()
        kids = [kid for kid in _listed(root.get("/K")) if _prune(kid, None, pages, kept, 0)]
        wanted = {int(page.obj.StructParents) for page in pdf.pages}
        parents = [(number, value) for number, value in sorted(_numbers(root.ParentTree, 0)) if number in wanted]
        if not kids or {number for number, _ in parents} != wanted:
            return None
        numbers = Array([part for number, value in parents for part in (number, _known(value, kept))])
        root.K = Array(kids)
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        for key in [str(key) for key in root if key not in ("/Type", "/K", "/ParentTree", "/RoleMap")]:
            del root[key]
        return root
    except (RecursionError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OverflowError):
        return None  # somebody's tags may be anything


def _prune(element: Any, page: Any, pages: Collection[Any], kept: set[tuple[int, int]], depth: int) -> bool:
    """Take out of an element what is not on these pages; whether anything is left."""
    from pikepdf import Array, Dictionary, Name

    if not isinstance(element, Dictionary) or "/S" not in element or depth > DEEPEST or len(kept) > MOST_TAGS:
        return False
    page = element.get("/Pg", page)
    left = []
    for kid in _listed(element.get("/K")):
        if not isinstance(kid, Dictionary):
            there = page is not None and page.objgen in pages
        elif kid.get("/Type") == Name.MCR:
            on = kid.get("/Pg", page)
            there = on is not None and on.objgen in pages and "/Stm" not in kid
        else:
            there = kid.get("/Type") != Name.OBJR and _prune(kid, page, pages, kept, depth + 1)
        left += [kid] if there else []
    if not left:
        return False
    if "/Pg" in element and element.Pg.objgen not in pages:
        del element["/Pg"]
    for key in [str(key) for key in element if key not in KEPT_OF_TAGS]:
        del element[key]
    element.K = Array(left)
    kept.add(element.objgen)
    return True


def _known(value: Any, kept: Collection[Any]) -> Any:
    """The elements that the marks of a page belong to; none that was taken out."""
    from pikepdf import Array

    return Array([one if one is not None and getattr(one, "objgen", None) in kept else None for one in _listed(value)])


def _numbers(tree: Any, depth: int) -> list[tuple[int, Any]]:
    if depth > DEEPEST:
        return []
    pairs = _listed(tree.get("/Nums"))
    found = [(int(pairs[n]), pairs[n + 1]) for n in range(0, len(pairs) - 1, 2)]
    for branch in _listed(tree.get("/Kids")):
        found += _numbers(branch, depth + 1)
    return found


def _listed(value: Any) -> list[Any]:
    from pikepdf import Array

    return [] if value is None else list(value) if isinstance(value, Array) else [value]
