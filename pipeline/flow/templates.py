"""What templates may name, and whether they and the dossier agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dossier import for_audience
from pipeline.dossier.views import Dossier
from pipeline.errors import PipelineError, TemplateError
from pipeline.flow.judging import load
from pipeline.flow.papers import audience_of, left_out_of
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.fill.catalogue import Names


def templates(ws: Workspace) -> dict[str, Path]:
    """The template of each paper that can be made here."""
    return {paper: ws.template(paper) for paper in ws.papers()}


def try_templates(ws: Workspace) -> Mapping[str, list[TemplateError]]:
    """Every template with its faults, none where it can be filled."""
    from pipeline.fill.trying import faults

    known = newest_dossier(ws)
    return {
        paper: faults(paper, path, [for_audience(known, audience_of(paper, known))] if known else [])
        for paper, path in templates(ws).items()
    }


def left_out(ws: Workspace) -> Mapping[str, str]:
    """Of each template that holds what goes into no paper, a sentence that says what."""
    from pipeline.fill.trying import left_out as held

    unseen = {paper: (path, held(path)) for paper, path in templates(ws).items()}
    return {paper: left_out_of(path, words) for paper, (path, words) in unseen.items() if words}


def known_names(ws: Workspace) -> tuple[Names, ...]:
    """Every name that a template may use."""
    from pipeline.fill.catalogue import catalogue

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
