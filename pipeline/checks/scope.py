"""Which papers a finding touches; months and quarters as the framework counts them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from pipeline.model import Assessment, Finding, Severity

ANNUAL_REPORT = "annual-report-section"
BOARD_PAPER = "board-paper"
BAF_ANNEX = "baf-annex"
EVIDENCE_ANNEX = "evidence-annex"
OURS = (BOARD_PAPER, BAF_ANNEX, EVIDENCE_ANNEX, ANNUAL_REPORT)
NAME_PUBLIC_PAPERS = ("PU701", "PU702", "PU708")
_ANNUAL_TABLES = ("funding", "indicators")


@lru_cache(maxsize=256)
def papers_of(file: str | None) -> tuple[str, ...]:
    """The papers that an input file goes into; empty means every paper."""
    path = PurePosixPath(file or "")
    folder = path.parent.name
    if folder == "schemes" or (path.stem in _ANNUAL_TABLES and folder != "responses"):
        return (ANNUAL_REPORT,)
    if folder == "narrative":
        return (ANNUAL_REPORT,) if path.stem.startswith("annual-report") else (BOARD_PAPER,)
    return ()


def public_papers(assessment: Assessment) -> tuple[str, ...]:
    """The papers that the public reads: the annual report section always, the others after a public session."""
    if assessment.paper.session != "public":
        return (ANNUAL_REPORT,)
    annex = (EVIDENCE_ANNEX,) if assessment.paper.evidence_annex == "separate" else ()
    return (ANNUAL_REPORT, BAF_ANNEX, BOARD_PAPER, *annex)


def public_papers_with(file: str | None, assessment: Assessment) -> tuple[str, ...]:
    """The public papers that authors' text in a file reaches; empty where it stays in a private paper.

    Narrative goes into one paper. Everything else may be drawn on by any of them.
    """
    public = public_papers(assessment)
    if "/narrative/" in (file or ""):
        return tuple(p for p in papers_of(file) if p in public)
    return public


def public_papers_citing(file: str | None, assessment: Assessment) -> tuple[str, ...]:
    """The public papers that print what is cited in a file.

    After a private session that is the annual report section, and it prints what is cited in its own inputs alone.
    """
    if assessment.paper.session == "public":
        return public_papers_with(file, assessment)
    return tuple(p for p in papers_of(file) if p == ANNUAL_REPORT)


def the_paper_is_public(papers: tuple[str, ...]) -> str:
    """For a message: which of the papers is public."""
    return "the annual report section is public" if papers == (ANNUAL_REPORT,) else "the paper is public"


def blocks(findings: Iterable[Finding], paper: str) -> tuple[Finding, ...]:
    """The findings that stand in the way of a final `paper`."""
    return tuple(f for f in findings if f.severity is Severity.BLOCKER and touches(f.code, f.papers, paper))


def touches(code: str, papers: Sequence[str], paper: str) -> bool:
    """Whether a finding that names these papers touches `paper`."""
    if not papers or paper in papers:
        return True
    if paper in OURS:
        return False
    # A team's own paper may use any input; it is as public as the board paper.
    return code not in NAME_PUBLIC_PAPERS or BOARD_PAPER in papers


def quarter(day: datetime.date) -> tuple[int, int]:
    """Year and quarter of the year."""
    return day.year, (day.month - 1) // 3
