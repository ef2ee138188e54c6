"""The evidence pack of a cycle: which citations go in, and the pages of their documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dossier import INTERNAL, PUBLIC, for_audience
from pipeline.dossier.views import Dossier
from pipeline.errors import FindingsBlockError, UsageError
from pipeline.evidence import Progress
from pipeline.files import one_at_a_time
from pipeline.flow.judging import judge, write_judgement
from pipeline.publish.cited_pages import CitedPage, cited_pages, open_pages
from pipeline.publish.evidence_pack import About, Source, make_evidence_pack
from pipeline.publish.manifest import write_manifest
from pipeline.publish.pdf import refuse_edited_pdf
from pipeline.publish.trail import Place, citations_in_place
from pipeline.publish.trail_text import find_statement, sample
from pipeline.text import counted, list_in_words
from pipeline.workspace import Workspace

EVIDENCE_PACK = "evidence-pack.pdf"


@dataclass(frozen=True)
class Chosen:
    """Of which statements the pack is made: all, one, or an auditor's sample."""

    public: bool = False
    statement: str = ""
    sample: int | None = None
    seed: int = 1


@dataclass(frozen=True)
class Packed:
    """The pack that was made: its pages, and the documents of which none is in it, by title, with the reason."""

    path: Path
    pages: int
    without_pages: dict[str, str]


def pack_evidence(
    ws: Workspace, cycle: str, chosen: Chosen, progress: Progress | None = None, scheduler: str | None = None
) -> Packed:
    """Judge the cycle and bind the pages that its citations rest on into build/<cycle>/evidence-pack.pdf."""
    out = ws.build(cycle) / EVIDENCE_PACK
    with one_at_a_time(ws.lock(cycle)):
        refuse_edited_pdf(out)
        judged = judge(ws, cycle, rehash=True, progress=progress, scheduler=scheduler)
        write_judgement(ws, judged)
        shown = for_audience(judged.dossier, PUBLIC if chosen.public else INTERNAL)
        if chosen.public and shown.cover.session != PUBLIC:
            raise FindingsBlockError(
                "No public evidence pack is made: the paper is for a private session.",
                "Leave out --public for a pack that is marked INTERNAL.",
            )
        ids, said = _statements(shown, chosen)
        pages = open_pages(shown, judged.dossier) if chosen.public else cited_pages(shown)
        kept_back = {d.sha256 for d in judged.dossier.documents if chosen.public and d.visibility != PUBLIC}
        sources = _sources(ws, shown, pages, ids, kept_back, progress, scheduler)
        if not sources:
            raise UsageError("Nothing is cited that could go into the pack.", "`boardpack trail` shows what is cited.")
        audience = PUBLIC if chosen.public else INTERNAL
        order = tuple(s.id for s in shown.statements)
        about = About(shown.organisation, cycle, shown.cover.date, audience, said, order)
        length = make_evidence_pack(sources, out, about)
        write_manifest(ws.build(cycle), judged.dossier, judged.inputs, [out])
    return Packed(out, length, {s.title: s.reason for s in sources if s.reason})


def _statements(shown: Dossier, chosen: Chosen) -> tuple[set[str] | None, str]:
    """The statements that are chosen, None for all and what stands elsewhere; and the choice in a sentence."""
    if chosen.statement:
        statement = find_statement(shown, chosen.statement)
        return {statement.id}, f"This pack is of statement {statement.id} alone."
    if chosen.sample:
        drawn = [s.id for s in sample(shown, chosen.sample, chosen.seed)]
        return set(drawn), (
            f"This pack is of a sample of {counted(len(drawn), 'statement')} of {len(shown.statements)}, "
            f"drawn with the seed {chosen.seed}: {list_in_words(drawn)}."
        )
    return None, ""


def _is_chosen(place: Place, ids: set[str] | None) -> bool:
    return ids is None or bool(place.statement and place.statement.id in ids)


def _sources(
    ws: Workspace,
    shown: Dossier,
    pages: Iterable[CitedPage],
    ids: set[str] | None,
    kept_back: set[str],
    progress: Progress | None,
    scheduler: str | None,
) -> list[Source]:
    """The documents in the order of the register: with their cited pages, or with the passages cited."""
    from pipeline.evidence.cut import NO_PAGES, cut_pages

    wanted: dict[str, list[CitedPage]] = {}
    for page in pages:
        citations = tuple(cited for cited in page.citations if _is_chosen(cited[0], ids))
        if citations:
            wanted.setdefault(page.evidence, []).append(replace(page, citations=citations))
    asked = {e: (own[0].file, own[0].sha256, [page.page for page in own]) for e, own in wanted.items()}
    cut = cut_pages(ws, asked, progress=progress, scheduler=scheduler)
    found = []
    for document in shown.documents:
        own = wanted.get(document.id, [])
        made = cut.get(document.id, NO_PAGES)
        if isinstance(made, Path):
            found.append(Source(document.id, document.title, document.sha256, made, own))
            continue
        cited = [(p, c) for p, c in citations_in_place(shown) if c.evidence == document.id and _is_chosen(p, ids)]
        if cited and document.sha256 not in kept_back - {""}:
            reason = made if document.file else "only a link to it is registered"
            found.append(Source(document.id, document.title, document.sha256, passages=cited, reason=reason))
    return found
