"""Statements set out as rows by columns, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dossier.views.statements import LevelView


@dataclass(frozen=True)
class MatrixCellView:
    """One cell, with the lowest level reported among its statements; never an average."""

    row: str
    column: str
    statements: tuple[str, ...]
    """In framework order; more than one only where statements are placed by their tags."""
    level: str
    """The lowest reported level by name, `not assessed` where none has one, or empty where no statement stands here."""
    level_id: str
    rank: int
    """-1 where not assessed or empty."""
    lowest: tuple[str, ...]
    """The statements at that level."""
    not_assessed: int


@dataclass(frozen=True)
class MatrixView:
    """Lines of enquiry by priorities."""

    by_tags: bool = False
    """True where statements of a list are placed by their `kloe` and `priorities`; then a cell may hold several."""
    rows: tuple[LevelView, ...] = ()
    """id, short title, place, title in full"""
    columns: tuple[LevelView, ...] = ()
    cells: tuple[MatrixCellView, ...] = ()
    """Row by row, each with a cell for every column."""
