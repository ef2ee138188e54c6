"""From a finding to the page of the desk where it is put right, with the field that is in question."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import quote, urlencode

TABLES = ("actions", "risks", "funding", "indicators")
_CYCLE = re.compile(r"assessments/[^/]+/")


class Placed(Protocol):
    """What says where a fault lies."""

    @property
    def file(self) -> str | None:
        """Relative to the workspace."""

    @property
    def row(self) -> int | None:
        """As a spreadsheet numbers it."""

    @property
    def field(self) -> str | None:
        """Column or key."""

    @property
    def statement(self) -> str | None:
        """The statement's id."""

    @property
    def evidence(self) -> str | None:
        """The document's id."""

    @property
    def respondent(self) -> str | None:
        """The respondent's id."""

    @property
    def code(self) -> str:
        """As in codes.yaml."""


def place_of(finding: Placed, key: str) -> str:
    """An address within the desk; the page puts the field in focus."""
    path, asked = _place(finding)
    asked = {name: value for name, value in asked.items() if value} | {"finding": key}
    return f"{path}?{urlencode(asked)}"


def _place(finding: Placed) -> tuple[str, dict[str, str]]:
    file = _CYCLE.sub("", finding.file or "")
    stem = PurePosixPath(file).stem.casefold()
    row = str(finding.row or "")
    field = finding.field or ""
    if stem in TABLES and "/" not in file:
        return f"/table/{stem}", {"row": row, "focus": field}
    if file.startswith("assessment.") and file.count("/") == 0:
        return "/meeting", {"focus": field, "line": row}
    if file.startswith("narrative/"):
        return f"/narrative/{quote(stem)}", {"line": row}
    if finding.statement and (file.startswith("responses") or not file):
        return statement(finding.statement), {"who": finding.respondent or "", "focus": field or _first_field(finding)}
    if file.startswith("responses"):
        return "/forms", {"who": finding.respondent or ""}
    if finding.evidence and finding.code.startswith(("EV", "PU", "IN", "CI")):
        return f"/evidence/{quote(finding.evidence, safe='')}", {"focus": field or _of_document(finding.code)}
    if finding.statement:
        return statement(finding.statement), {"who": finding.respondent or ""}
    if file.startswith("evidence/"):
        return "/evidence", {"file": file if field == "" else "", "row": row, "focus": field}
    if finding.code == "EV310":
        return "/papers", {}
    return "/finding", {}


def statement(identity: str) -> str:
    """The page of a statement."""
    return f"/statement/{quote(identity, safe='')}"


def _first_field(finding: Placed) -> str:
    """Which part of an answer a finding without a field is about."""
    if finding.code in ("ST201", "ST202", "ST206", "ST208"):
        return "level"
    if finding.code in ("ST205", "ST207"):
        return "comment"
    return "evidence"


def _of_document(code: str) -> str:
    return {"EV301": "file", "EV302": "file", "EV303": "review_by", "EV309": "file", "PU701": "visibility"}.get(
        code, ""
    )
