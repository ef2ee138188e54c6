"""A personal detail of its own in every place of the inputs that takes people's words: which are found, not listed.

A cell or value is tried with the detail added. Where the readers then find fault with it (a date, a number, an id, one
word of a few), it takes no free text and is put back.
"""

from __future__ import annotations

import csv
import io
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from pipeline import evidence
from pipeline.errors import PipelineError
from pipeline.flow.gathering import read_case
from pipeline.inputs.assessment import read_assessment
from pipeline.model import Assessment, Paper
from pipeline.model import tables as models
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE

ASSESSMENT = "assessment.yaml"
HERE = f"assessments/{CYCLE}"
TABLES = {"actions": models.Action, "risks": models.Risk, "funding": models.Funding, "indicators": models.Indicator}


@dataclass(frozen=True)
class Canary:
    """A valid NHS number and an e-mail address that stand in one place of the inputs."""

    number: str
    mail: str
    file: str
    row: int | None
    field: str

    @property
    def text(self) -> str:
        return f"{self.number[:3]} {self.number[3:6]} {self.number[6:]} {self.mail}"


def nhs_numbers() -> Iterator[str]:
    """Valid ones, from the range that is kept for tests."""
    for n in range(999_000_000, 999_999_999, 37):
        digits = [int(c) for c in str(n)]
        check = 11 - sum(w * d for w, d in zip(range(10, 1, -1), digits, strict=True)) % 11
        if check != 10:
            yield f"{n}{0 if check == 11 else check}"


class Planter:
    """Puts canaries into a workspace."""

    def __init__(self, ws: Workspace) -> None:
        self.ws, self.planted = ws, list[Canary]()
        self._numbers = nhs_numbers()
        self._faults_before = 0

    def plant(self) -> list[Canary]:
        """A canary in every place that takes one."""
        tables = [*(self.ws.root / HERE).glob("*.csv"), *(self.ws.root / HERE / "responses").glob("*.csv")]
        for path in sorted(tables):
            model = TABLES.get(path.stem)
            self._table(path, [f.name for f in fields(model)] if model and path.parent.name == CYCLE else [], rows=1)
        self._table(self.ws.root / "evidence/register.csv", ["publisher", "checked_by"], rows=2)
        for path in sorted((self.ws.root / HERE).rglob("*.yaml")):
            self._yaml(path)
        for path in sorted((self.ws.root / HERE / "narrative").glob("*.md")):
            canary = self._new(path, None, "text")
            path.write_text(f"{path.read_text(encoding='utf-8')}\n\nSee {canary.text}.\n", encoding="utf-8")
            self.planted.append(canary)
        return self.planted

    def _new(self, path: Path, row: int | None, field: str) -> Canary:
        number = next(self._numbers)
        return Canary(number, f"canary{number}@leak.example", self.ws.relative(path), row, field)

    def _faults(self) -> list[Any] | None:
        """What the readers say; None where they refuse."""
        try:
            assessment, faults = read_assessment(self.ws, CYCLE)
            register, more = evidence.read_register(self.ws, assessment.column_names)
            return list(read_case(self.ws, assessment, register, (*faults, *more)).faults)
        except PipelineError:
            return None

    def _table(self, path: Path, columns: list[str], rows: int) -> None:
        """The first `rows` rows; a column of the model that the table does not have is added, if it is one."""
        table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        for name in [n for n in columns if n not in table[0]]:
            wider = [[*table[0], name], *([*row, ""] for row in table[1:])]
            path.write_text(_written(wider), encoding="utf-8")
            faults = self._faults()
            table = wider if faults is not None and not any(f.code == "IN106" for f in faults) else table
        places = [(r, c) for r in range(1, rows + 1) for c in range(len(table[0]))]
        tried = {(r + 1, table[0][c]): (r, c, self._new(path, r + 1, table[0][c]), table[r][c]) for r, c in places}
        for row, column, canary, before in tried.values():
            table[row][column] = f"{before} {canary.text}".strip()
        while True:
            path.write_text(_written(table), encoding="utf-8")
            faults = self._faults()
            assert faults is not None, f"a table is read whatever its cells say: {path}"
            wrong = [tried.pop((f.row, f.field)) for f in faults if f.file == canary.file and (f.row, f.field) in tried]
            if not wrong:
                break
            for row, column, _, before in wrong:
                table[row][column] = before
        self.planted += [canary for _, _, canary, _ in tried.values()]

    def _yaml(self, path: Path) -> None:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._faults_before = len(self._faults() or ())
        more = [(content, Assessment, ""), (content.get("paper"), Paper, "paper.")] if path.name == ASSESSMENT else []
        leaves = [*_leaves(content, ""), *(leaf for holder, model, at in more for leaf in _texts_of(holder, model, at))]
        for holder, key, name in {name: (holder, key, name) for holder, key, name in reversed(leaves)}.values():
            canary = self._new(path, None, name)
            before = holder.get(key, "") if isinstance(holder, dict) else holder[key]
            told = f"{before if isinstance(before, str) else ''} {canary.text}".strip()
            holder[key] = told if isinstance(before, str) else [told]
            path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
            if self._is_read():
                self.planted.append(canary)
            elif before and before != [""]:
                holder[key] = before
            else:
                del holder[key]
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    def _is_read(self) -> bool:
        faults = self._faults()
        return faults is not None and len(faults) == self._faults_before


def _written(table: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def _texts_of(content: dict[str, Any], model: type, at: str) -> Iterator[tuple[Any, Any, str]]:
    """Every text or list of texts that the model has and the file does not."""
    for name, hint in typing.get_type_hints(model).items():
        if name not in content and hint in (str, tuple[str, ...]):
            yield content, name, f"{at}{name}"


def _leaves(value: Any, path: str) -> Iterator[tuple[Any, Any, str]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        name = f"{path}.{key}".strip(".") if isinstance(value, dict) else path
        if isinstance(inner, str):
            yield value, key, name
        else:
            yield from _leaves(inner, name)
