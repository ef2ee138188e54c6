"""What the checks found, and the words for where and how grave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar


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
    sheet: str = ""
    """The sheet on which the row is, in a workbook."""
    by_columns: bool = False
    """Whether a citation came by a form that has a column each for document, page and words."""

    def at(self, field: str | None) -> Place:
        """Another column of the same row, or another key."""
        return Place(self.file, self.row, field, self.sheet, self.by_columns)

    def on_its_sheet(self, message: str) -> str:
        """The message, and on which sheet of a workbook its row is: the number alone leads nobody there."""
        return f"{message} It is row {self.row} of the sheet “{self.sheet}”." if self.sheet and self.row else message


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


class Told(Protocol):
    """What is told of a finding, in a terminal or on a page."""

    @property
    def code(self) -> str:
        """As in codes.yaml."""

    @property
    def severity(self) -> str:
        """How grave it is."""

    @property
    def message(self) -> str:
        """What was found."""

    @property
    def remedy(self) -> str:
        """What to do."""

    @property
    def file(self) -> str | None:
        """Where it was written."""

    @property
    def row(self) -> int | None:
        """In which row or line."""

    @property
    def statement(self) -> str | None:
        """What it is about."""


T = TypeVar("T", bound=Told)
ABOUT_A_FORM = re.compile(r"/responses(/[^/]*)?$")


def by_cause(findings: Iterable[T]) -> list[tuple[T, list[str]]]:
    """Findings to tell, the gravest first and, of those, first what hides others: a form that is not there or not read.

    One fault of one document that touches several statements is told once, with the statements that it touches, too.
    """
    order = list(Severity)
    causes: dict[tuple[object, ...], tuple[T, list[str]]] = {}
    for finding in sorted(findings, key=lambda f: (order.index(Severity(f.severity)), not hides_others(f))):
        named = rf"{re.escape(finding.statement)}( \([^()]*\))?" if finding.statement else None
        said = re.sub(named, "", finding.message) if named else finding.message
        key = (finding.severity, finding.code, finding.file, finding.row, said, finding.remedy)
        told = causes.setdefault(key, (finding, []))
        if told[0] is not finding and finding.statement and finding.statement not in (told[0].statement, *told[1]):
            told[1].append(finding.statement)
    return list(causes.values())


def hides_others(finding: Told) -> bool:
    """Whether it is about a whole form or file: what else is missing may come of it."""
    return (
        finding.code in ("IN107", "ST201", "ST202")
        and not finding.statement
        or (not finding.row and bool(ABOUT_A_FORM.search(finding.file or "")))
    )
