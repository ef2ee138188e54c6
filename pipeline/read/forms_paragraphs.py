"""The text of a Word paragraph as a person reads it, and the changes that were tracked in it."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {f"{W}del", f"{W}moveFrom"}
_SPACES = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}


def paragraph_text(paragraph: Any) -> str:
    """Its letters, tracked insertions in and deletions out; text boxes that hang on it are paragraphs of their own."""
    parts: list[str] = []
    _gather(paragraph, parts)
    return "".join(parts)


def _gather(element: Any, parts: list[str]) -> None:
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _SPACES:
            parts.append(_SPACES[child.tag])
        elif child.tag == f"{W}p" or child.tag in _GONE or child.tag == _ALTERNATIVE or child.tag == f"{W}rPr":
            continue
        elif isinstance(child.tag, str) and child.tag != f"{W}pPr":
            _gather(child, parts)
