"""What somebody signed: the digests of everything that the papers rested on at that time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.findings import Place


@dataclass(frozen=True)
class SignOff:
    """One record of the chain. It proves order and content, not identity."""

    number: int
    by: str
    on: datetime.date
    answers: Mapping[str, str]
    """`<respondent> <statement>` -> SHA-256 of what was answered."""
    register: Mapping[str, str]
    """Evidence id -> SHA-256 of the register row."""
    evidence: Mapping[str, str]
    """Evidence id -> SHA-256 of the document."""
    inputs: Mapping[str, str]
    """Path of any other input (a table, narrative, the framework, a template, an earlier cycle) -> SHA-256."""
    previous: str
    """The digest of the record before this one; empty for the first."""
    digest: str
    """The digest of this record, as it is written in it."""
    mends: str
    """What was wrong with the chain when it was signed anew; empty where nothing was."""
    place: Place
