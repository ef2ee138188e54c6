"""What goes into a bundle: what the public may see, or all of it for auditors."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import dossier as store
from pipeline.dossier import INTERNAL, for_audience
from pipeline.dossier.views import DocumentView, Dossier
from pipeline.files import as_csv, as_json
from pipeline.inputs.scan import SHIPPED, digest_of
from pipeline.publish.bundle.archive import EVIDENCE, INPUT, OTHER, PAPER, Part
from pipeline.publish.bundle.names import renamed, safe_names
from pipeline.publish.cited_pages import Pictures, cited_pages, open_pages, pictures_in
from pipeline.publish.leaving import Leaving
from pipeline.publish.manifest import NAME as MANIFEST
from pipeline.publish.manifest import papers_in
from pipeline.publish.trail import iso, trail_csv
from pipeline.publish.trail_page import trail_page
from pipeline.publish.website import LeftOut, reason_to_leave_out
from pipeline.workspace import SHIPPED_FRAMEWORKS, SHIPPED_TEMPLATES, Workspace

ANSWERS = ("statement", "text", "respondent", "level", "comment", "evidence", "audience")
REGISTER = (
    "id", "title", "file", "url", "owner", "dated", "review_by", "visibility", "kind", "assurance_line", "status",
    "nature", "publisher", "supersedes", "sha256", "audience",
)  # fmt: skip
OPEN_INPUTS = ("templates/", f"{SHIPPED}/")
"""Inputs that hold nobody's words: they come with the program, or are the look of the papers."""
IN_A_PRIVATE_SESSION = "the paper is for a private session"


def public_parts(
    ws: Workspace, shown: Dossier, judged: Dossier, faulty: Collection[Path]
) -> tuple[list[Part], list[LeftOut]]:
    """What the public may see: `shown` is the public dossier; `judged` all of it, to know what must stay out.

    `faulty` are the papers that are not as they were made; none of them goes in.
    """
    folder, build = ws.build(judged.cycle), f"build/{judged.cycle}"
    parts, left = [], []
    for paper in (p for p in papers_in(folder) if p not in faulty):
        why = reason_to_leave_out(paper)
        if why:
            left.append(LeftOut(paper, why))
        else:
            parts.append(Part(f"{build}/{paper.name}", paper.read_bytes(), kind=PAPER))
    evidence, more = _public_evidence(ws, shown, judged)
    parts += evidence
    if shown.cover.session == "public":
        parts += _open_case(folder, build, shown, _beside(evidence), pictures_in(folder, open_pages(shown, judged)))
    else:
        left.append(LeftOut(Path("answers and trail"), IN_A_PRIVATE_SESSION))
    fit, unfit = _last_look(parts, judged)
    manifest = Part(f"{build}/{MANIFEST}", _public_manifest(folder / MANIFEST, fit, build, shown), "Manifest")
    return [*fit, manifest], [*left, *more, *unfit]


def _last_look(parts: Sequence[Part], judged: Dossier) -> tuple[list[Part], list[LeftOut]]:
    """The parts that were made here, looked through as they leave; the documents were published by their owners."""
    leaving, fit, left = Leaving(judged.screen), [], []
    for part in parts:
        content = part.content if isinstance(part.content, bytes) else b""
        why = leaving.why_unfit(part.name, content) if part.kind != EVIDENCE else ""
        if why:
            left.append(LeftOut(Path(part.name), why))
        else:
            fit.append(part)
    return fit, left


def _open_case(
    folder: Path, build: str, shown: Dossier, beside: Mapping[str, str], pictures: Pictures
) -> Iterator[Part]:
    """Answers, register and trail as the public may see them, worked out anew: never the forms themselves."""
    yield Part(f"{build}/answers.csv", as_csv(ANSWERS, _answers(shown)), "Answers as published", INPUT)
    yield Part(f"{build}/evidence-register.csv", as_csv(REGISTER, _register(shown)), "Published evidence", INPUT)
    yield Part(f"{build}/dossier.json", store.dump(shown), "The checked case, as published")
    yield Part(f"{build}/trail.csv", trail_csv(shown), "Trail of citations, as a table")
    yield Part(f"{build}/trail.html", trail_page(shown, beside=beside, pictures=pictures), "Trail, to be searched")
    yield from _figures(folder, build)
    yield from _pages(folder, build, pictures)


def _beside(parts: Iterable[Part]) -> dict[str, str]:
    """The documents that go with the trail, by file, with the names that they get in the bundle."""
    names = safe_names(part.name for part in parts if part.kind == EVIDENCE)
    return {old.removeprefix("evidence/"): new.removeprefix("evidence/") for old, new in names.items()}


def _figures(folder: Path, build: str) -> Iterator[Part]:
    for path in sorted((folder / "figures").glob("*.*")):
        if path.suffix in (".png", ".svg"):
            yield Part(f"{build}/figures/{path.name}", path.read_bytes(), f"Figure {path.stem}")


def _pages(folder: Path, build: str, pictures: Pictures) -> Iterator[Part]:
    for name in sorted({picture.name for picture in pictures.values()}):
        yield Part(f"{build}/{name}", (folder / name).read_bytes(), "Picture of a cited page")


def _answers(shown: Dossier) -> Iterator[Sequence[str]]:
    for s in shown.statements:
        for a in s.answers:
            cited = "\n".join(c.shown for c in a.citations)
            yield s.id, s.text, a.name, a.level, a.comment, cited, shown.audience


def _register(shown: Dossier) -> Iterator[Sequence[str]]:
    for d in shown.documents:
        yield (
            d.id, d.title, d.file, d.url, d.owner, iso(d.dated), iso(d.review_by), d.visibility, d.kind,
            str(d.assurance_line), d.status, d.nature, d.publisher, "; ".join(d.supersedes), d.sha256, shown.audience,
        )  # fmt: skip


def _public_evidence(ws: Workspace, shown: Dossier, judged: Dossier) -> tuple[list[Part], list[LeftOut]]:
    """Public documents that lie in the evidence folder and that no other row says is not public."""
    kept_back = [d for d in judged.documents if d.visibility != "public"]
    digests = {d.sha256 for d in kept_back if d.sha256}
    files = {d.file.casefold() for d in kept_back if d.file}
    parts, left = [], []
    for document in shown.documents:
        if not document.file:
            continue
        path = ws.evidence / document.file
        why = _why_not(ws, document, path)
        if document.sha256 in digests or document.file.casefold() in files:
            why = "another row of the register says that the same document is not public"
        if why:
            left.append(LeftOut(path, why))
        else:
            parts.append(Part(f"evidence/{document.file}", path, document.title, EVIDENCE))
    return parts, left


def _why_not(ws: Workspace, document: DocumentView, path: Path) -> str:
    inside = path.resolve().is_relative_to(ws.evidence.resolve())
    if not inside or path.is_symlink() or ".." in Path(document.file).parts:
        return "it leads out of the evidence folder"
    if not path.is_file() or not document.sha256:
        return "it is not there, or cannot be read"
    return "" if digest_of(path) == document.sha256 else "it was changed since it was checked"


def _public_manifest(path: Path, parts: Sequence[Part], build: str, shown: Dossier) -> bytes:
    """The manifest without the names of what is not in the bundle; the digest over all inputs stays."""
    content, names = _manifest_of(path, parts, build), {part.name for part in parts}
    predicate = content["predicate"]
    predicate["audience"], predicate["organisation"] = "public", shown.organisation
    predicate["framework"] |= {
        "id": shown.framework_id, "title": shown.framework_title, "version": shown.framework_version,
    }  # fmt: skip
    predicate["inputs"] = [i for i in predicate["inputs"] if i["name"] in names or i["name"].startswith(OPEN_INPUTS)]
    predicate["inputs_listed"] = "public only"
    return as_json(content)


def _manifest_of(path: Path, parts: Sequence[Part], build: str) -> dict[str, Any]:
    """The manifest without the papers that are not in the bundle, and with the names that inputs have only there."""
    content: dict[str, Any] = json.loads(path.read_bytes())
    names = safe_names(part.name for part in parts)
    papers = [(names.get(f"{build}/{paper['name']}"), paper) for paper in content["subject"]]
    content["subject"] = [{**paper, "name": name.rpartition("/")[2]} for name, paper in papers if name]
    if other := renamed(names):
        content["predicate"]["names_in_bundle"] = other
    return content


def all_parts(
    ws: Workspace, judged: Dossier, inputs: Iterable[str], faulty: Collection[Path]
) -> tuple[list[Part], list[LeftOut]]:
    """Everything, for auditors: every input as it is, every paper, what the checks found, and the trail.

    `faulty` are the papers that are not as they were made; none of them goes in.
    """
    folder, build = ws.build(judged.cycle), f"build/{judged.cycle}"
    titles = {f"evidence/{d.file}": d.title for d in judged.documents if d.file}
    parts, left = [], []
    for name in inputs:
        path = _input(ws, name)
        if path.is_symlink() or not path.is_file():
            left.append(LeftOut(path, "it is a link, or cannot be read"))
        else:
            kind = EVIDENCE if name.startswith("evidence/") else INPUT
            parts.append(Part(name, path, titles.get(name, ""), kind))
    parts += [Part(f"{build}/{p.name}", p, kind=PAPER) for p in papers_in(folder) if p not in faulty]
    made = ["dossier.json", "findings.json", "check-report.html", "trail.csv", "trail.html"]
    pictures = pictures_in(folder, cited_pages(judged))
    if renamed(beside := _beside(parts)):  # its links lead to the documents by the names that they have there
        page = trail_page(for_audience(judged, INTERNAL), beside=beside, pictures=pictures)
        parts.append(Part(f"{build}/{made.pop()}", page))
    parts += [Part(f"{build}/{name}", folder / name, kind=OTHER) for name in made if (folder / name).is_file()]
    parts.append(Part(f"{build}/{MANIFEST}", as_json(_manifest_of(folder / MANIFEST, parts, build)), "Manifest"))
    return [*parts, *_figures(folder, build), *_pages(folder, build, pictures)], left


def _input(ws: Workspace, name: str) -> Path:
    """Where an input lies: templates and frameworks may have come with the program."""
    own = ws.root / name
    if name.startswith(f"{SHIPPED}/"):
        return SHIPPED_FRAMEWORKS / Path(name).name
    return SHIPPED_TEMPLATES / Path(name).name if name.startswith("templates/") and not own.is_file() else own
