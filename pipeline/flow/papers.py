"""From a judged cycle to a paper: refused, or filled for its audience and noted in the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipeline.check.scope import touches
from pipeline.dossier import PRIVATE, PUBLIC, for_audience
from pipeline.dossier.views import Dossier, FindingView
from pipeline.errors import FindingsBlockError, TemplateError, UsageError
from pipeline.evidence import Progress
from pipeline.files import one_at_a_time
from pipeline.flow.figures import draw_figures
from pipeline.flow.judging import judge, load, write_judgement
from pipeline.flow.made import is_made, note_made
from pipeline.model import Severity
from pipeline.publish.inputs import digest_of, read_inputs
from pipeline.publish.places import every_citation
from pipeline.words import counted, list_in_words
from pipeline.workspace import Workspace

ALWAYS_PUBLIC = "annual-report-section"
BOARD_PAPER, SEPARATE_ANNEX = "board-paper", "evidence-annex"


def blocking(shown: Dossier, paper: str = "") -> tuple[FindingView, ...]:
    """The findings that stand in the way of a final paper; of any paper, where none is named."""
    grave = [f for f in shown.findings if f.severity == Severity.BLOCKER]
    return tuple(f for f in grave if not paper or touches(f.code, f.papers, paper))


def build_paper(ws: Workspace, paper: str, cycle: str, *, draft: bool, progress: Progress | None = None) -> str:
    """All stages in one process, or none where nothing has changed; says in a line what was made.

    FindingsBlockError refuses a final paper.
    """
    find_template(ws, paper)
    name = f"{paper}-draft" if draft else paper
    with one_at_a_time(ws.lock(cycle)):
        if is_made(ws, cycle, name):
            return f"{ws.relative(ws.build(cycle) / name)}.docx is up to date."
        judged = judge(ws, cycle, rehash=not draft, progress=progress)
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
    from pipeline import fill
    from pipeline.publish.manifest import write_manifest
    from pipeline.publish.word_page import refuse_edited_page, to_html

    folder = ws.build(judged.cycle)
    out = folder / f"{paper}-draft.docx" if draft else folder / f"{paper}.docx"
    if not draft:
        refuse_blocked(ws, paper, judged)
    page = out.with_suffix(".html") if paper == ALWAYS_PUBLIC else None
    if page:
        refuse_edited_page(page)
    shown = for_audience(judged, audience_of(paper, judged))
    template, look = find_template(ws, paper), partial(_last_look, paper, judged, shown)
    figures, logo = folder / "figures", ws.logo()
    unseen = fill.fill(paper, shown, template, out, draft=draft, figures=figures, logo=logo, last_look=look)
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
            "It stands in the template: take it out there. An address that the public is to write to can be listed in "
            "`publication.contacts` of assessment.yaml.",
        )


def refuse_blocked(ws: Workspace, paper: str, judged: Dossier) -> None:
    """Say why no final paper is made, and that an older one is out of date."""
    stopping = blocking(judged, paper)
    if not stopping:
        return
    out = ws.build(judged.cycle) / f"{paper}.docx"
    words = f"No final {paper} was made: {counted(len(stopping), 'finding')} must be put right first."
    words += f" The first: {stopping[0].message} The rest is in check-report.html."
    words += f" {ws.relative(out)} is still there and is out of date." if out.exists() else ""
    raise FindingsBlockError(words, f"A draft can be made now: {draft_command(paper)}.")


def draft_command(paper: str) -> str:
    """How a draft of that paper is made."""
    targets = {BOARD_PAPER: BOARD_PAPER, "baf-annex": "baf-annex", ALWAYS_PUBLIC: "annual-report"}
    if paper in targets:
        return f"make {targets[paper]} DRAFT=1"
    return f"boardpack build {paper} --draft"


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
