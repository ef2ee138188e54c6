"""A small case around evidence: files put into a folder, citations of them, and what following them gives."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.evidence import follow
from pipeline.model import (
    Answer,
    Assessment,
    Case,
    CheckResult,
    Citation,
    EvidenceDocument,
    Form,
    Framework,
    Locator,
    Paper,
    Place,
    StoredFile,
)
from pipeline.workspace import Workspace

DAY = datetime.date(2026, 3, 26)
Pages = tuple[int, int] | int | None


class Desk:
    """A workspace with evidence, and the citations that somebody makes of it."""

    def __init__(self, root: Path) -> None:
        self.ws = Workspace(root)
        self.ws.evidence.mkdir(exist_ok=True)
        self.register: list[EvidenceDocument] = []
        self.citations: list[Citation] = []

    def put(self, name: str, content: bytes | str) -> Path:
        """A file in the evidence folder."""
        path = self.ws.evidence / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def document(self, file: str, content: bytes | str | None = None, **fields: Any) -> str:
        """A register row, and its file where there is content; the row's id."""
        if content is not None:
            self.put(file, content)
        number = len(self.register) + 1
        row = EvidenceDocument(
            f"E{number:03}", f"Document {number}", Place("evidence/register.csv", number + 1), file=file
        )
        self.register.append(replace(row, **fields))
        return row.id

    def cite(
        self,
        evidence: str,
        quotation: str | None = None,
        pages: Pages = None,
        sheet: str | None = None,
        locator: Locator | None = None,
    ) -> Citation:
        """A citation in a form."""
        span = (pages, pages) if isinstance(pages, int) else pages
        place = Place("responses/team.csv", len(self.citations) + 2, "evidence")
        citation = Citation(quotation or evidence, place, evidence, span, sheet, quotation, locator=locator)
        self.citations.append(citation)
        return citation

    def case(self) -> Case:
        """All of it, as the reading of the forms would give it."""
        answer = Answer("GA1", "team", None, "", "", tuple(self.citations), Place("responses/team.csv", 2))
        assessment = Assessment("NHS Example ICB", "2025-26", "small", DAY, Paper("Title", "ICB Board", DAY), ())
        framework = Framework("small", "Small", "1", (), ())
        return Case(assessment, framework, (Form("team", "responses/team.csv", (answer,)),), tuple(self.register))

    def follow(self, **options: Any) -> Case:
        """Every citation followed."""
        return follow(self.case(), self.ws, **options)

    def check_result(
        self,
        evidence: str,
        quotation: str | None = None,
        pages: Pages = None,
        sheet: str | None = None,
        locator: Locator | None = None,
    ) -> CheckResult:
        """What one citation gives."""
        citation = self.cite(evidence, quotation, pages, sheet, locator)
        return self.follow().check_results[citation]

    def copy_of(self, evidence: str) -> StoredFile:
        """What is said of one document, cited as a whole."""
        self.cite(evidence)
        return self.follow().copies[evidence]
