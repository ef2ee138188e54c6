"""The same structure again, with every view or every text in it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.text import legible

Value = TypeVar("Value")


def rebuild(value: Any, *, view: Callable[[Any], Any] | None = None, text: Callable[[str], str] | None = None) -> Any:
    """The same structure with `text` applied to every text in it, and `view` to every view, innermost first."""
    if type(value) is str:  # a word of a fixed few stays what it is
        return text(value) if text else value
    if isinstance(value, tuple):
        return tuple(rebuild(v, view=view, text=text) for v in value)
    if isinstance(value, Mapping):
        return {rebuild(k, text=text): rebuild(v, view=view, text=text) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        before = {f.name: getattr(value, f.name) for f in fields(value)}
        inner = {name: rebuild(old, view=view, text=text) for name, old in before.items()}
        changed = value if inner == before else replace(value, **inner)
        return view(changed) if view else changed
    return value


def legible_texts(value: Value) -> Value:
    """The same structure with every sign that nobody can see, or that turns the line round, shown by a stand-in."""
    shown: Value = rebuild(value, text=legible)
    return shown
