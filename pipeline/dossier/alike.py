"""A view that takes over what the model's row already says under the same name."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

View = TypeVar("View")


def alike(view: type[View], row: Any, **own: Any) -> View:
    """A view of a row: fields of one name are taken over, then `file` and `row` of its place; `own` goes first."""
    place = getattr(row, "place", None)
    taken = {f.name: getattr(row, f.name) for f in fields(view) if hasattr(row, f.name)}  # type: ignore[arg-type]
    where = {"file": place.file, "row": place.row} if place is not None else {}
    named = {f.name for f in fields(view)}  # type: ignore[arg-type]
    return view(**{key: value for key, value in {**where, **taken, **own}.items() if key in named})
