"""What people answered, and the evidence they cite."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.findings import Place

NOT_ASSESSED = "not assessed"


@dataclass(frozen=True)
class Citation:
    """One reference to evidence, as written and as understood. Pages count from 1, as a PDF reader shows them."""

    text: str
    place: Place
    evidence: str = ""
    """The register's id (its own spelling), or what was written where no row has it."""
    pages: tuple[int, int] | None = None
    sheet: str | None = None
    quotation: str | None = None
    fault: str = ""
    """Why it cannot be parsed, with the part that failed; empty if it can."""
    known: bool = True
    """False where no register row has this id or file name."""
    statement: str | None = None
    respondent: str | None = None


@dataclass(frozen=True)
class Answer:
    """One row of a form. `level` is a level's id, NOT_ASSESSED, or None (empty, or not understood: see a finding)."""

    statement: str
    respondent: str
    level: str | None
    comment: str
    evidence: str
    citations: tuple[Citation, ...]
    place: Place
    public_comment: str = ""
    level_text: str = ""


@dataclass(frozen=True)
class ProposedAction:
    """An action written into the grid of a form; text as typed, also the date."""

    statement: str
    action: str
    owner: str
    due: str
    measure: str
    place: Place


@dataclass(frozen=True)
class Form:
    """One respondent's returned form; `answers` holds the first row of each statement of the framework."""

    respondent: str
    file: str
    answers: tuple[Answer, ...]
    actions: tuple[ProposedAction, ...] = ()
    """What the form proposes; nothing is done until it stands in actions.csv."""
    completed_by: str = ""
    completed_on: str = ""
    method: str = ""
    """Who filled it in, when and in which way, as typed on its cover."""
    further: tuple[str, ...] = ()
    """More files of this respondent that were read together with the first."""

    @property
    def files(self) -> tuple[str, ...]:
        """All files that it was read from."""
        return (self.file, *self.further)
