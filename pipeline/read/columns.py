"""The columns of every table: those that must be there, and those that may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.read.vocabulary import words


@dataclass(frozen=True)
class Columns:
    """Needed and optional columns of one table."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Needed ones first."""
        return self.needed + self.optional


def _columns(needed: str, optional: str = "") -> Columns:
    return Columns(words(needed), words(optional))


TABLES: Mapping[str, Columns] = {
    "responses": _columns("statement level comment evidence", "public_comment"),
    "register": _columns(
        "id title file owner dated review_by visibility kind assurance_line",
        "url supersedes status nature publisher checked_by checked_on",
    ),
    "actions": _columns("id section statement action owner due status measure", "risk closes progress evidence"),
    "risks": _columns(
        "id objective risk cause effect lead committee statements inherent_likelihood inherent_consequence "
        "current_likelihood current_consequence target_likelihood target_consequence controls gaps_in_control",
        "assurances gaps_in_assurance assurance_rating appetite target_date rationale previous_likelihood "
        "previous_consequence last_reviewed",
    ),
    "funding": _columns(
        "id scheme year category place amount ringfenced recurrent redirected decision decided_by basis method "
        "evaluation ends statements evidence"
    ),
    "indicators": _columns(
        "id area indicator period breakdown category value unit numerator denominator low high comparator "
        "completeness source evidence published_at action_taken why_missing core20plus5"
    ),
}
