"""A framework goes to Word and comes back the same; what people got wrong there is named."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document

from pipeline.errors import InputError
from pipeline.inputs.framework import framework_at, shipped_frameworks
from pipeline.inputs.framework_sheets import read_framework_sheets
from pipeline.model import Framework
from pipeline.prepare.framework_word import framework_document, sheets_in_document
from pipeline.workspace import SHIPPED, SHIPPED_FRAMEWORKS, Workspace


def shipped(name: str) -> Framework:
    return framework_at(Workspace(SHIPPED), SHIPPED_FRAMEWORKS / f"{name}.yaml")


def document(name: str = "hi-icb") -> Any:
    return Document(io.BytesIO(framework_document(shipped(name))))


def back(made: Any) -> Framework:
    out = io.BytesIO()
    made.save(out)
    return read_framework_sheets(sheets_in_document(out.getvalue(), "own.docx"), "own.docx").framework


def of(made: Any, statement: str) -> Any:
    return next(t for t in made.tables if [c.text for c in t.rows[0].cells] == ["statement", statement])


def row(table: Any, key: str) -> Any:
    return next(r.cells[1] for r in table.rows if r.cells[0].text == key)


@pytest.mark.parametrize("name", shipped_frameworks())
def test_each_shipped_framework_comes_back_the_same(name: str) -> None:
    assert replace(back(document(name)), shipped=True) == shipped(name)


def test_the_same_framework_gives_the_same_bytes() -> None:
    assert framework_document(shipped("hi-icb")) == framework_document(shipped("hi-icb"))


def test_what_people_change_is_what_comes_back() -> None:
    made = document()
    row(of(made, "GA1"), "text").text = "A new wording."
    found = back(made)
    assert found.statement("GA1").text == "A new wording."  # type: ignore[union-attr]
    assert len(found.statements) == len(shipped("hi-icb").statements)


def test_a_statement_added_by_copying_a_table_is_there() -> None:
    made = document()
    copied = Document(io.BytesIO(framework_document(shipped("hi-icb"))))
    table = of(copied, "GA1")
    row(table, "id").text = "GA99"
    of(made, "GA10")._tbl.addnext(table._tbl)
    assert back(made).statement("GA99") is not None


def test_a_table_of_statements_can_be_pasted_in() -> None:
    made = document()
    for table in [t for t in made.tables if t.rows[0].cells[0].text == "statement"]:
        table._tbl.getparent().remove(table._tbl)
    heads = ("section", "id", "text", "answered_by")
    pasted = made.add_table(rows=1, cols=4)
    cells = [heads]
    cells += [(s.section, s.id, s.text, s.answered_by) for s in shipped("hi-icb").statements]
    for values in cells[1:]:
        for cell, text in zip(pasted.add_row().cells, values, strict=True):
            cell.text = text
    for cell, text in zip(pasted.rows[0].cells, heads, strict=True):
        cell.text = text
    found = back(made)
    assert [(s.id, s.text) for s in found.statements] == [(s.id, s.text) for s in shipped("hi-icb").statements]


def test_every_fault_is_named() -> None:
    made = document()
    row(of(made, "GA1"), "answered_by").text = "boards"
    row(of(made, "GA2"), "text").text = ""
    with pytest.raises(InputError) as refused:
        back(made)
    assert "boards" in str(refused.value) and "text" in str(refused.value)
