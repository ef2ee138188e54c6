"""What the checks found, and the words for where and how grave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to a final paper."""

    BLOCKER = "blocker"
    EXCEPTED = "excepted"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Place:
    """Where something was written: file relative to the workspace, row as a spreadsheet numbers it, column or key."""

    file: str
    row: int | None = None
    field: str | None = None


@dataclass(frozen=True)
class Finding:
    """One fault, with what to do about it. `papers` empty means that every paper is touched."""

    code: str
    severity: Severity
    message: str
    remedy: str
    file: str | None = None
    row: int | None = None
    field: str | None = None
    statement: str | None = None
    evidence: str | None = None
    respondent: str | None = None
    papers: tuple[str, ...] = ()
    about: str | None = None
    """The id of an action, risk, indicator or scheme; not written to findings.json, where the message names it."""
