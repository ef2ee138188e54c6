"""From a judged cycle to a paper: refused, or filled for its audience and noted in the manifest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checks.scope import touches
from pipeline.dossier import PRIVATE, PUBLIC, for_audience
from pipeline.dossier.views import AnswerView, Dossier, FindingView, StatementView
from pipeline.errors import FindingsBlockError, PipelineError, TemplateError, UsageError, command
from pipeline.evidence import Progress
from pipeline.files import as_compact_json, one_at_a_time, write_whole
from pipeline.flow.judging import judge, load, write_judgement
from pipeline.flow.made import note_made, up_to_date
from pipeline.inputs.scan import digest_of, read_inputs
from pipeline.model import Severity
from pipeline.publish.trail import every_citation
from pipeline.text import counted, list_in_words
from pipeline.workspace import SHIPPED, Workspace

if TYPE_CHECKING:
    from pipeline.papers.catalogue import Names

DRAWN = ".drawn"
"""What the pictures that lie there were drawn from, and what they were then: a digest a line."""
DRAWERS = ("charts", "dossier")
OTHER_SCRIPTS = re.compile("[\u0590-\u1dff\u2e80-\ud7ff\uf900-\uffef\U00010000-\U0010ffff]")
"""Letters for which the pictures may need a font that is installed."""


def draw_figures(ws: Workspace, judged: Dossier) -> Path:
    """The heatmaps into figures/; they hold levels and short names only, so they are the same for every audience."""
    folder = ws.build(judged.cycle) / "figures"
    shown = only_what_pictures_show(for_audience(judged, PUBLIC))
    source = _source(shown)
    if _note(source, folder) != _read(folder / DRAWN):
        from pipeline import charts

        charts.draw(shown, folder)
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
    return replace(answer, comment="", public_comment="", dissent="", shortened=False, citations=(), file="", row=None)


def _source(shown: Dossier) -> bytes:
    """A digest of all that goes into the pictures: what they show, and the programs that draw them."""
    words = as_compact_json(shown, "sorted")
    digest = hashlib.sha256(words)
    if OTHER_SCRIPTS.search(words.decode()):
        from pipeline.charts.fonts import installed

        digest.update("\n".join(installed()).encode("utf-8", "surrogateescape"))
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


ALWAYS_PUBLIC = "annual-report-section"
BOARD_PAPER, SEPARATE_ANNEX, BAF_ANNEX = "board-paper", "evidence-annex", "baf-annex"


def blocking(shown: Dossier, paper: str = "") -> tuple[FindingView, ...]:
    """The findings that stand in the way of a final paper; of any paper, where none is named."""
    grave = [f for f in shown.findings if f.severity == Severity.BLOCKER]
    return tuple(f for f in grave if not paper or touches(f.code, f.papers, paper))


def build_paper(
    ws: Workspace,
    paper: str,
    cycle: str,
    *,
    draft: bool,
    progress: Progress | None = None,
    scheduler: str | None = None,
) -> str:
    """All stages in one process, or none where nothing has changed; says in a line what was made.

    FindingsBlockError refuses a final paper.
    """
    find_template(ws, paper)
    name = f"{paper}-draft" if draft else paper
    with one_at_a_time(ws.lock(cycle)):
        if told := up_to_date(ws, cycle, name):
            return told
        judged = judge(ws, cycle, rehash=not draft, progress=progress, scheduler=scheduler)
        write_judgement(ws, judged)
        if not draft:
            refuse_blocked(ws, paper, judged.dossier)
        draw_figures(ws, judged.dossier)
        made = make_paper(ws, paper, judged.dossier, draft=draft)
        note_made(ws, cycle, name, files_of(ws, paper, judged.dossier, draft=draft))
        return made


def files_of(ws: Workspace, paper: str, judged: Dossier, *, draft: bool) -> list[Path]:
    """The files that a paper is made of: itself, its page, its separate annex."""
    folder, ending = ws.build(judged.cycle), "-draft" if draft else ""
    annex = [f"{SEPARATE_ANNEX}{ending}.docx"] if _has_annex(paper, judged) else []
    page = [f"{paper}{ending}.html"] if paper == ALWAYS_PUBLIC else []
    return [folder / name for name in (f"{paper}{ending}.docx", *page, *annex)]


def _has_annex(paper: str, judged: Dossier) -> bool:
    return paper == BOARD_PAPER and judged.cover.evidence_annex == "separate"


def fill_paper(ws: Workspace, paper: str, cycle: str, *, draft: bool) -> str:
    """Fill a paper from dossier.json. For a final one the cited documents are looked at once more."""
    find_template(ws, paper)
    with one_at_a_time(ws.lock(cycle)):
        judged = load(ws, cycle)
        if not draft and changed_evidence(ws, judged):
            return build_paper(ws, paper, cycle, draft=False)
        return make_paper(ws, paper, judged, draft=draft)


def changed_evidence(ws: Workspace, judged: Dossier) -> list[str]:
    """The cited documents whose digest is no longer the one that was checked."""
    cited = {c.evidence for c in every_citation(judged)}
    held = [d for d in judged.documents if d.id in cited and d.sha256]
    return [d.id for d in held if digest_of(ws.evidence / d.file) != d.sha256]


def make_paper(ws: Workspace, paper: str, judged: Dossier, *, draft: bool) -> str:
    """Refuse, or fill the template and note in the manifest what lies there now."""
    from pipeline import papers
    from pipeline.office.integrity import refuse_edited
    from pipeline.publish.manifest import write_manifest
    from pipeline.publish.word_page import refuse_edited_page, to_html

    folder = ws.build(judged.cycle)
    out = folder / f"{paper}-draft.docx" if draft else folder / f"{paper}.docx"
    if not draft:
        refuse_blocked(ws, paper, judged)
    page = out.with_suffix(".html") if paper == ALWAYS_PUBLIC else None
    if page:
        refuse_edited_page(page)
    if _has_annex(paper, judged):
        refuse_edited(folder / out.name.replace(paper, SEPARATE_ANNEX, 1))
    shown = for_audience(judged, audience_of(paper, judged))
    template, look = find_template(ws, paper), partial(_last_look, paper, judged, shown)
    figures, logo = folder / "figures", ws.logo()
    unseen = papers.fill(paper, shown, template, out, draft=draft, figures=figures, logo=logo, last_look=look)
    made = [f"{ws.relative(out)} is made.", *([left_out_of(template, unseen)] if unseen else [])]
    if page:
        to_html(out, page)
        made.append(f"{ws.relative(page)} is made.")
    if _has_annex(paper, judged):
        made.append(make_paper(ws, SEPARATE_ANNEX, judged, draft=draft))
    write_manifest(folder, judged, read_inputs(folder / "inputs.json"), [out, page] if page else [out])
    return "\n".join(made)


def left_out_of(template: Path, unseen: Sequence[str]) -> str:
    """A sentence on what a template holds that goes into no paper."""
    return f"Left out of the paper, though {template.parent.name}/{template.name} holds it: {list_in_words(unseen)}."


def _last_look(paper: str, judged: Dossier, shown: Dossier, content: bytes) -> None:
    """Refuse a public paper that still holds what must not be published: all texts of the dossier were held back."""
    from pipeline.publish.leaving import Leaving

    why = Leaving(judged.screen).why_unfit(f"{paper}.docx", content) if shown.audience == PUBLIC else ""
    if why:
        raise TemplateError(
            f"{paper}.docx is public and was not made: {why}.",
            "It stands in the template, or comes together only on the page: take it out there. An address that the "
            "public is to write to can be listed in `publication.contacts` of assessment.yaml.",
        )


def refuse_blocked(ws: Workspace, paper: str, judged: Dossier) -> None:
    """Say why no final paper is made, and that an older one is out of date."""
    stopping = blocking(judged, paper)
    out = ws.build(judged.cycle) / f"{paper}.docx"
    if stopping:
        words = f"No final {paper} was made: {counted(len(stopping), 'finding')} must be put right first."
        words += f" The first: {stopping[0].message} The rest is in check-report.html."
    elif paper == BAF_ANNEX and not judged.risks:
        risks = ws.relative(ws.cycle_folder(judged.cycle) / "risks.csv")
        words = f"No final {paper} was made: it is about risks of the Board Assurance Framework, and none is recorded."
        words += f" Write each risk that this assessment informs as a row of {risks}."
    else:
        return
    words += f" {ws.relative(out)} is still there and is out of date." if out.exists() else ""
    raise FindingsBlockError(words, f"A draft can be made now: {draft_command(paper)}.")


def draft_command(paper: str) -> str:
    """How a draft of that paper is made."""
    targets = {BOARD_PAPER: BOARD_PAPER, BAF_ANNEX: BAF_ANNEX, ALWAYS_PUBLIC: "annual-report"}
    if paper in targets:
        return command(f"build {paper} --draft", f"{targets[paper]} DRAFT=1")
    return command(f"build {paper} --draft")


def find_template(ws: Workspace, paper: str) -> Path:
    """The Word template of a paper. UsageError names the papers that there are."""
    template = ws.template(paper)
    if not template.is_file():
        known = ", ".join(ws.papers())
        raise UsageError(f"There is no paper {paper}.", f"The papers here are: {known}. A new template adds one.")
    return template


def audience_of(paper: str, shown: Dossier) -> str:
    """For whom a paper is: the public for the annual report section, else whoever its session is for."""
    return PUBLIC if paper == ALWAYS_PUBLIC or shown.cover.session == PUBLIC else PRIVATE


def templates(ws: Workspace) -> dict[str, Path]:
    """The template of each paper that can be made here."""
    return {paper: ws.template(paper) for paper in ws.papers()}


def try_templates(ws: Workspace) -> Mapping[str, list[TemplateError]]:
    """Every template with its faults, none where it can be filled."""
    from pipeline.papers.trying import faults

    known = newest_dossier(ws)
    return {
        paper: faults(paper, path, [for_audience(known, audience_of(paper, known))] if known else [])
        for paper, path in templates(ws).items()
    }


def left_out(ws: Workspace) -> Mapping[str, str]:
    """Of each template that holds what goes into no paper, a sentence that says what."""
    from pipeline.papers.trying import left_out as held

    unseen = {paper: (path, held(path)) for paper, path in templates(ws).items()}
    return {paper: left_out_of(path, words) for paper, (path, words) in unseen.items() if words}


def known_names(ws: Workspace) -> tuple[Names, ...]:
    """Every name that a template may use."""
    from pipeline.papers.catalogue import catalogue

    return catalogue(templates(ws))


def newest_dossier(ws: Workspace) -> Dossier | None:
    """The dossier of the newest cycle that was checked, if any."""
    for cycle in reversed(ws.cycles()):
        if (ws.build(cycle) / "dossier.json").is_file():
            try:
                return load(ws, cycle)
            except PipelineError:
                return None
    return None
