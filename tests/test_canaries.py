"""No personal detail reaches the public, in whatever field of whatever input it stands."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pipeline.flow.judging import Judgement, judge, write_judgement
from pipeline.flow.papers import draw_figures, make_paper
from pipeline.flow.preparing import share_cycle
from pipeline.flow.publishing import bundle_cycle, pack_papers, publish_cycle
from pipeline.workspace import Workspace
from tests.canaries import Canary, Planter
from tests.case_workspaces import CYCLE, make_workspace

INTERNAL = (
    "dossier.json",
    "findings.json",
    "check-report.html",
    "trail.csv",
    "trail.html",
    "inputs.json",
    "manifest.json",
)


@dataclass(frozen=True)
class Planted:
    """A workspace with a canary in every place, and what was made of it."""

    ws: Workspace
    canaries: list[Canary]
    judged: Judgement


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    ws = make_workspace(tmp_path_factory.mktemp("canaries") / "ws")
    canaries = Planter(ws).plant()
    judged = judge(ws, CYCLE)
    write_judgement(ws, judged)
    draw_figures(ws, judged.dossier)
    for paper in ws.papers():
        make_paper(ws, paper, judged.dossier, draft=True)
    publish_cycle(ws, CYCLE)
    bundle_cycle(ws, CYCLE, everything=False)
    share_cycle(ws, CYCLE)
    if shutil.which("soffice"):
        pack_papers(ws, CYCLE)
    return Planted(ws, canaries, judged)


def public_files(ws: Workspace) -> Iterator[tuple[str, bytes]]:
    folder = ws.build(CYCLE)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not (path.parent == folder and path.name in INTERNAL):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def letters(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """All that a file holds, part by part, without markup and blanks."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                yield from letters(f"{name}!{part.filename}", archive.read(part))
        return
    text = content.decode("utf-8", "replace")
    if name.endswith(".pdf"):
        import pikepdf
        import pypdfium2

        with pikepdf.open(io.BytesIO(content)) as pdf, pypdfium2.PdfDocument(content) as pages:
            said = "".join(f"{value}" for value in pdf.docinfo.values()) + "".join(repr(o) for o in pdf.objects)
            text = said + "".join(page.get_textpage().get_text_bounded() for page in pages)
    yield f"{name} (its name)", re.sub(r"[\s-]", "", name)
    yield name, re.sub(r"[\s-]", "", text)
    yield name, re.sub(r"[\s-]", "", re.sub(r"<[^>]+>", "", text))


def test_no_canary_reaches_a_public_file(planted: Planted) -> None:
    leaks = {
        (name, canary.file, canary.field)
        for file, content in public_files(planted.ws)
        for name, text in letters(file, content)
        for canary in planted.canaries
        if canary.number in text or canary.mail in text
    }

    assert sorted(leaks) == []


def test_the_canaries_were_there_to_be_found(planted: Planted) -> None:
    fields = {(c.file.rsplit("/", 1)[-1], c.field) for c in planted.canaries}
    inside = re.sub(r"[\s-]", "", (planted.ws.build(CYCLE) / "dossier.json").read_text(encoding="utf-8"))
    names = {name for name, _ in public_files(planted.ws)}

    assert len(fields) > 90
    assert sum(c.number in inside for c in planted.canaries) > 90
    assert {"board-paper-draft.docx", "annual-report-section-draft.docx", "bundle.zip", "share.json"} <= names
    assert "publish/trail.html" in names


def test_each_canary_is_a_finding_where_it_was_written(planted: Planted) -> None:
    found = {(f.file, f.row, f.field) for f in planted.judged.findings if f.code == "PU702"}
    # Citations are redacted or refused as such; the contacts are what may be shown.
    silent = [
        c
        for c in planted.canaries
        if (c.file, c.row, c.field) not in found
        and c.field not in ("evidence", "assurances", "publication.contacts", "text")
        and not c.file.endswith("references.yaml")
    ]

    assert [c for c in silent if not _of_a_document_not_public(c, planted)] == []


def _of_a_document_not_public(canary: Canary, planted: Planted) -> bool:
    hidden = {d.place.row for d in planted.judged.case.register if d.visibility != "public"}
    return canary.file.endswith("register.csv") and canary.row in hidden
