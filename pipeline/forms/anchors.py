"""In whose row of an Excel form something lies: by its own anchor, or by that of the shape that stands for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.inputs.suggest import same

_ROW = 2
"""The place of the row among the eight numbers of an old shape's anchor; both count rows from 0."""


class Anchors:
    """The sheets of one workbook and the drawings on them; `part` gives the XML of a part, or None."""

    def __init__(self, part: Callable[[str], Any], names: list[str], statements: Mapping[str, str]) -> None:
        self._part, self._statements = part, statements
        self._sheets = [name for name in names if "/worksheets/" in name and name.endswith(".xml")]
        self._ids: dict[str, dict[int, str]] = {}

    def statement_of(self, owner: str, element: Any) -> str | None:
        """The statement in whose row an element of a sheet, or of a drawing on a sheet, is anchored."""
        row = _anchored(element)
        if row is None and (shape := element.get("shapeId")):
            row = self._row_of_shape(owner, shape)
        sheet = owner if owner in self._sheets else next((s for s in self._sheets if owner in self._targets(s)), "")
        return self._rows(sheet).get(row) if sheet and row else None

    def _targets(self, owner: str) -> list[str]:
        folder, name = posixpath.split(owner)
        rels = self._part(f"{folder}/_rels/{name}.rels")
        targets = [str(r.get("Target", "")) for r in rels] if rels is not None else []
        return [posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets]

    def _row_of_shape(self, sheet: str, shape: str) -> int | None:
        drawings = [self._part(target) for target in self._targets(sheet) if "vmlDrawing" in target]
        for element in (e for drawing in drawings if drawing is not None for e in drawing.iter("{*}shape")):
            numbers = re.findall(r"\d+", "".join(a.text or "" for a in element.iter("{*}Anchor")))
            if str(element.get("id", "")).endswith(f"_s{shape}") and len(numbers) == 8:
                return int(numbers[_ROW]) + 1
        return None

    def _rows(self, sheet: str) -> dict[int, str]:
        """Row -> the first statement that its cells name."""
        if sheet not in self._ids:
            self._ids[sheet] = {}
            root, shared = self._part(sheet), self._part("xl/sharedStrings.xml")
            texts = [_text(entry) for entry in shared] if shared is not None else []
            for row in root.iter("{*}row") if root is not None else ():
                said = (self._statements.get(same(_said(cell, texts))) for cell in row.iter("{*}c"))
                if (statement := next(filter(None, said), None)) and str(row.get("r", "")).isdigit():
                    self._ids[sheet][int(row.get("r"))] = statement
        return self._ids[sheet]


def _anchored(element: Any) -> int | None:
    """The row of the anchor inside an object of a sheet, or around a picture of a drawing."""
    inside = list(element.iter("{*}anchor"))
    around = [a for a in element.iterancestors() if str(a.tag).endswith(("}twoCellAnchor", "}oneCellAnchor"))]
    for anchor in (*inside, *around):
        for begin in anchor.iter("{*}from"):
            for row in begin.iter("{*}row"):
                if (row.text or "").strip().isdigit():
                    return int(row.text) + 1
    return None


def _said(cell: Any, texts: list[str]) -> str:
    value = next((v.text or "" for v in cell.iter("{*}v")), "")
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(texts):
        return texts[int(value)]
    return _text(cell) if cell.get("t") == "inlineStr" else value


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter("{*}t"))
