"""What people are handed before they answer, and what comes back with their forms."""

from __future__ import annotations

import datetime
from pathlib import Path

from pipeline import evidence, read
from pipeline.model import Case
from pipeline.prepare.forms import write_forms
from pipeline.prepare.inbox import InboxReport, inbox
from pipeline.prepare.new_cycle import NewCycleReport, new_cycle
from pipeline.workspace import Workspace


def read_written(ws: Workspace, cycle: str) -> Case:
    """What people wrote in a cycle; the evidence is not opened."""
    assessment, faults = read.read_assessment(ws, cycle)
    register, more = evidence.read_register(ws, assessment.column_names)
    return read.read_case(ws, assessment, register, (*faults, *more))


def make_forms(ws: Workspace, cycle: str) -> list[Path]:
    """An Excel and a Word form for each respondent, in build/<cycle>/forms/."""
    return write_forms(read_written(ws, cycle), ws.build(cycle) / "forms")


def start_cycle(ws: Workspace, new: str, old: str, meeting: datetime.date | None) -> NewCycleReport:
    """Next year's folder, from this year's."""
    return new_cycle(ws, read_written(ws, old), new, meeting)


def empty_inbox(ws: Workspace, cycle: str) -> InboxReport:
    """Documents that came inside forms, taken out, each with a proposed register row; nothing is registered."""
    return inbox(ws, read_written(ws, cycle))


def register_columns(ws: Workspace) -> dict[str, str]:
    """The team's own headings of the register, as the newest cycle maps them."""
    cycles = ws.cycles()
    if not cycles:
        return {}
    assessment, _ = read.read_assessment(ws, cycles[-1])
    return dict(assessment.column_names.get("register", {}))
