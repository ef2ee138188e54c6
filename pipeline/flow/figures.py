"""The pictures, drawn again only where something that they show has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from pipeline.dossier import PUBLIC, for_audience
from pipeline.dossier.views import AnswerView, Dossier, StatementView
from pipeline.files import as_compact_json, write_whole
from pipeline.publish.inputs import digest_of
from pipeline.workspace import SHIPPED, Workspace

DRAWN = ".drawn"
"""What the pictures that lie there were drawn from, and what they were then: a digest a line."""
DRAWERS = ("draw", "dossier")


def draw_figures(ws: Workspace, judged: Dossier) -> Path:
    """The heatmaps into figures/; they hold levels and short names only, so they are the same for every audience."""
    folder = ws.build(judged.cycle) / "figures"
    shown = only_what_pictures_show(for_audience(judged, PUBLIC))
    source = _source(shown)
    if _note(source, folder) != _read(folder / DRAWN):
        from pipeline import draw

        draw.draw(shown, folder)
    write_whole(folder / DRAWN, _note(source, folder))
    return folder


def only_what_pictures_show(dossier: Dossier) -> Dossier:
    """The dossier without the texts and tables that no picture shows, so that none can come to hang on them."""
    sections = tuple(replace(s, statements=tuple(map(_statement, s.statements))) for s in dossier.sections)
    return replace(
        dossier,
        sections=sections,
        totals=replace(dossier.totals, found_on_page=0, document_only=0, not_seen=0),
        actions=(),
        risks=(),
        narratives={},
        documents=(),
        findings=(),
        exceptions=(),
        caveats=(),
        signoffs=(),
        inputs_digest="",
    )


def _statement(statement: StatementView) -> StatementView:
    answers, partners = (tuple(map(_answer, given)) for given in (statement.answers, statement.partners))
    return replace(statement, answers=answers, partners=partners, words_found=0)


def _answer(answer: AnswerView) -> AnswerView:
    return replace(answer, comment="", public_comment="", shortened=False, citations=(), file="", row=None)


def _source(shown: Dossier) -> bytes:
    """A digest of all that goes into the pictures: what they show, and the programs that draw them."""
    digest = hashlib.sha256(as_compact_json(shown, "sorted"))
    digest.update(version("matplotlib").encode())
    for path in (p for room in DRAWERS for p in sorted((SHIPPED / "pipeline" / room).rglob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest().encode()


def _note(source: bytes, folder: Path) -> bytes:
    pictures: Iterable[Path] = sorted(p for p in folder.glob("*") if p.is_file() and p.name != DRAWN)
    lines = [source, *(f"{digest_of(p)}  {p.name}".encode() for p in pictures)]
    return b"\n".join(lines) + b"\n"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
