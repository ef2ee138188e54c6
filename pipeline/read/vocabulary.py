"""The words that tables and keys allow."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """A list of words, legible where it is long."""
    return tuple(text.split())


KINDS = words(
    "strategy plan policy minutes report contract dashboard data audit survey engagement letter presentation other"
)
VISIBILITIES = ("public", "internal", "confidential")
DOCUMENT_STATUSES = ("draft", "approved")
NATURES = ("quantitative", "qualitative")
ASSURANCE_LINES = ("1", "2", "3")
ACTION_STATUSES = ("open", "done", "dropped")
FUNDING_CATEGORIES = (
    "pilot",
    "team capacity",
    "system capability",
    "devolved to place",
    "evaluation",
    "intervention",
    "wider budget",
)
RINGFENCED = ("full", "part", "none")
SESSIONS = ("public", "private")
PAPER_TYPES = ("decision", "discussion", "assurance", "information")
STAGES = ("proposal", "result")
ASSURANCE_LEVELS = ("substantial", "reasonable", "limited", "none")
METHODS = ("individually", "workshop", "committee")
ANNEXES = ("full", "separate")
IMPLICATIONS = ("equality", "quality", "financial", "legal", "workforce", "data_protection", "sustainability")
