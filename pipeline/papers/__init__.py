"""FILL: from the dossier and a Word template to a paper that nobody need be afraid to open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dossier.figures import CHARTS, placed
from pipeline.dossier.views import Dossier
from pipeline.papers import cover
from pipeline.papers.annual_report import annual_report_section
from pipeline.papers.baf_annex import baf_annex
from pipeline.papers.board_paper import board_paper, evidence_annex
from pipeline.papers.heatmap import LevelsBox
from pipeline.papers.questions import AUDIENCES, question_sheet
from pipeline.papers.reliance import draft_line, what_is_not_complete
from pipeline.papers.scorecard import scorecard
from pipeline.papers.trying import NOT_FOR_TEMPLATES

if TYPE_CHECKING:
    from pipeline.word.engine import StrictTemplate
    from pipeline.word.render import Placed, RenderContext

Content = Callable[["Dossier", "RenderContext", Path | None], Mapping[str, Any]]

# Papers that need figures or sentences of their own; any other template may use those of the board paper.
PAPERS: dict[str, Content] = {
    "board-paper": board_paper,
    "evidence-annex": evidence_annex,
    "baf-annex": baf_annex,
    "annual-report-section": annual_report_section,
    "scorecard": scorecard,
    "questions": question_sheet("ned"),
    **{f"questions-{audience}": question_sheet(audience) for audience in AUDIENCES},
}
LOGO_HEIGHT_MM = 14


def fill(
    paper: str,
    dossier: Dossier,
    template: Path,
    out: Path,
    *,
    draft: bool = False,
    figures: Path | None = None,
    logo: Path | None = None,
    last_look: Callable[[bytes], None] = lambda _: None,
) -> tuple[str, ...]:
    """Fill a template for an audience that the dossier has already been through, and write the paper whole.

    `last_look` sees the finished file before it is written, and may refuse it. Gives what the template held that went
    into no paper, in words.
    """
    from pipeline.files import write_whole
    from pipeline.office import integrity
    from pipeline.word.engine import StrictTemplate

    integrity.refuse_edited(out)
    word = StrictTemplate(template)
    content = _filled(paper, dossier, word, draft, figures, logo)
    last_look(content)
    write_whole(out, content)
    return word.left_out


def filled(
    paper: str,
    dossier: Dossier,
    template: Path,
    *,
    draft: bool = False,
    figures: Path | None = None,
    logo: Path | None = None,
) -> bytes:
    """The bytes of a paper."""
    from pipeline.word.engine import StrictTemplate

    return _filled(paper, dossier, StrictTemplate(template), draft, figures, logo)


def _filled(
    paper: str, dossier: Dossier, word: StrictTemplate, draft: bool, figures: Path | None, logo: Path | None
) -> bytes:
    from pipeline.word import package
    from pipeline.word.package import add_watermark

    names = context(paper, dossier, word.kit, draft=draft, figures=figures, logo=logo)
    docx = word.filled(names, filters(word.kit, dossier, figures))
    if draft:
        add_watermark(docx)
    package.set_properties(
        docx,
        title=f"DRAFT: {names['paper_title']}" if draft else names["paper_title"],
        author=dossier.organisation,
        made_on=dossier.as_of,
        properties=properties(dossier, draft=draft),
    )
    return package.to_bytes(docx)


def context(
    paper: str, dossier: Dossier, kit: RenderContext, *, draft: bool, figures: Path | None, logo: Path | None
) -> dict[str, Any]:
    """Every name that the template of a paper may use."""
    general = {f.name: getattr(dossier, f.name) for f in fields(dossier) if f.name not in NOT_FOR_TEMPLATES}
    general |= {
        "statements": dossier.statements,
        "draft": draft,
        "draft_line": draft_line(dossier, paper) if draft else "",
        "levels_box": LevelsBox(dossier, kit),
        "paper_title": dossier.cover.title,
        "marking": f"DRAFT, {cover.marking(dossier)}" if draft else cover.marking(dossier),
        "marking_line": cover.first_line(dossier),
        "logo": kit.picture(logo, dossier.organisation, height_mm=LOGO_HEIGHT_MM) if logo else "",
        "not_complete": what_is_not_complete(dossier, paper) if draft else (),
    }
    return general | dict(PAPERS.get(paper, board_paper)(dossier, kit, figures))


def filters(kit: RenderContext, dossier: Dossier, figures: Path | None) -> dict[str, Callable[..., Any]]:
    """What a template may apply: `{{r a.citations|cite }}`, `{{p narratives.background|prose }}`, `|figure`."""
    from pipeline.word.prose import Prose
    from pipeline.word.render import Placed
    from pipeline.word.text import UnknownNameError

    def place(name: str) -> Placed:
        views = placed(dossier, str(name))
        if views is None:
            raise UnknownNameError("no such chart", str(name), {*CHARTS, *(f.id for f in dossier.figures)})
        return Placed(kit, figures, views)

    return {"cite": kit.cite, "prose": lambda narrative: Prose(kit, narrative), "figure": place}


def properties(dossier: Dossier, *, draft: bool) -> dict[str, str]:
    """What a paper says of its own making, as custom properties of the file."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        made_with = version("boardpack")
    except PackageNotFoundError:
        made_with = "unknown"
    return {
        "boardpack inputs": dossier.inputs_digest,
        "boardpack cycle": dossier.cycle,
        "boardpack audience": dossier.audience,
        "boardpack state": "draft" if draft else "final",
        "boardpack version": made_with,
    }
