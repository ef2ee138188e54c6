"""What the desk shows besides the dossier: papers and their state, findings by who acts, colours of levels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.codes import Explanation, explain
from pipeline.dossier.palette import shades
from pipeline.dossier.progress import view_progress
from pipeline.dossier.views import Dossier, FindingView
from pipeline.flow.judging import Judgement
from pipeline.flow.papers import BAF_ANNEX, BOARD_PAPER, SEPARATE_ANNEX, blocking
from pipeline.flow.publishing import title
from pipeline.inputs.scan import inputs_digest
from pipeline.model.findings import by_cause
from pipeline.office import integrity
from pipeline.publish.pages import NOBODY, passage, shares
from pipeline.publish.standing import made_from
from pipeline.workspace import Workspace

__all__ = ["NOBODY", "passage", "shades", "shares", "view_progress"]

NOT_PAPERS = ("questions", "scorecard")
"""Templates of other things than papers of a cycle."""


@dataclass(frozen=True)
class PaperState:
    """A paper of the cycle: what lies in build/ under its name, and what stands in the way of a final one."""

    name: str
    title: str
    state: str
    """final | out of date | edited by hand | not made"""
    draft: str
    """draft | draft, out of date | draft, edited by hand; or empty"""
    signed: bool
    blocked: int
    with_it: bool = False
    """Whether it is made together with the board paper."""


def paper_states(ws: Workspace, judged: Judgement) -> list[PaperState]:
    """Every paper that can be made here, ours first."""
    shown, now = judged.dossier, inputs_digest(judged.inputs)
    folder = ws.build(shown.cycle)
    separate = shown.cover.evidence_annex == "separate"
    names = [n for n in ws.papers() if n not in NOT_PAPERS and (separate or n != SEPARATE_ANNEX)]
    if not shown.risks:
        names = [n for n in names if n != BAF_ANNEX]
    ours = (BOARD_PAPER, SEPARATE_ANNEX, BAF_ANNEX)
    names.sort(key=lambda n: (ours.index(n) if n in ours else len(ours), n))
    signed = bool(shown.signoffs) and not shown.signoffs[-1].changed
    return [_state(folder, name, shown, now, signed) for name in names]


def _state(folder: Path, name: str, shown: Dossier, now: str, signed: bool) -> PaperState:
    final, draft = folder / f"{name}.docx", folder / f"{name}-draft.docx"
    state = _of_file(final, now) or "not made"
    return PaperState(
        name,
        title(final),
        "final" if state == "as made" else state,
        {"": "", "as made": "draft"}.get(of := _of_file(draft, now), f"draft, {of}"),
        signed and state == "as made",
        len(by_cause(blocking(shown, name))),
        name == SEPARATE_ANNEX,
    )


def _of_file(path: Path, now: str) -> str:
    if not path.is_file():
        return ""
    if not integrity.is_untouched(path):
        return "edited by hand"
    return "as made" if made_from(path) == now else "out of date"


@dataclass(frozen=True)
class Told:
    """A finding as the desk tells it: once for one cause, with the other statements that it touches."""

    key: str
    """The same for as long as it is the same fault, wherever its row has moved to."""
    finding: FindingView
    others: tuple[str, ...]
    explanation: Explanation


def told(findings: Sequence[FindingView]) -> list[Told]:
    """Findings once for each cause, the gravest first."""
    return [Told(key_of(f), f, tuple(others), explain(f.code)) for f, others in by_cause(findings)]


def key_of(finding: FindingView) -> str:
    """What tells a fault from others: its code and what it is about, not its words or row."""
    about = (finding.code, finding.file, finding.field, finding.statement, finding.evidence, finding.respondent)
    row = str(finding.row) if not (finding.statement or finding.evidence) else ""
    return hashlib.sha256("\0".join([*(part or "" for part in about), row]).encode()).hexdigest()[:12]
