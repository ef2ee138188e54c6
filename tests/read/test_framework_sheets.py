"""A framework goes to Excel and comes back the same; what people got wrong there is named at its sheet and row."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.cli.main import main
from pipeline.errors import InputError
from pipeline.inputs.framework import framework_at, shipped_frameworks
from pipeline.inputs.framework_sheets import read_framework_workbook
from pipeline.prepare.framework_out import framework_workbook
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace

Change = Callable[[Workbook], object]


def shipped(name: str) -> Any:
    return framework_at(Workspace(Path(__file__).parents[2]), SHIPPED_FRAMEWORKS / f"{name}.yaml")


def changed(*changes: Change) -> bytes:
    book = load_workbook(io.BytesIO(framework_workbook(shipped("hi-icb"))))
    for change in changes:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def column(sheet: str, heading: str) -> str:
    heads = load_workbook(io.BytesIO(framework_workbook(shipped("hi-icb"))))[sheet][1]
    return next(str(cell.column_letter) for cell in heads if cell.value == heading)


def run(root: Path, *words: object) -> object:
    with pytest.raises(SystemExit) as left:
        main(["--root", str(root), "framework", *map(str, words)])
    return left.value.code


@pytest.mark.parametrize("name", shipped_frameworks())
def test_each_shipped_framework_comes_back_the_same(name: str, tmp_path: Path) -> None:
    book = tmp_path / "framework.xlsx"
    assert run(tmp_path, "export", name, book) == 0
    assert run(tmp_path, "import", book) == 0
    there = framework_at(Workspace(tmp_path), tmp_path / "frameworks" / f"{name}.yaml")
    assert there == replace(shipped(name), shipped=False)
    assert framework_workbook(there) == book.read_bytes()


def test_what_people_type_is_what_the_framework_says() -> None:
    text = '=1+1 is no formula: "quoted", café, #3 and 50%'
    own = changed(
        put("Framework", "B4", 1.1),
        put("Statements", f"{column('Statements', 'text')}2", text),
        lambda b: setattr(b["Statements"][f"{column('Statements', 'text')}2"], "data_type", "s"),
        put("Statements", f"{column('Statements', 'evidence')}2", "a log\n\nminutes; with a semicolon"),
    )
    found = read_framework_workbook(own, "own.xlsx").framework
    assert found.version == "1.1"
    assert found.statements[0].text == text
    assert found.statements[0].evidence == ("a log", "minutes; with a semicolon")


FAULTS = {
    "a word that does not say who answers": (
        put("Statements", f"{column('Statements', 'answered_by')}5", "teem"),
        "sheet Statements, row 5",
    ),
    "no text": (put("Statements", f"{column('Statements', 'text')}6", None), "sheet Statements, row 6"),
    "a section that is not there": (put("Statements", "A7", "GX"), "sheet Statements, row 7"),
    "a reference that is not listed": (
        put("Statements", f"{column('Statements', 'references')}8", "nhs-act-14z35\nno-such-act"),
        "sheet Statements, row 8",
    ),
    "an id used twice": (put("Statements", "B9", "GA1"), "sheet Statements, row 9"),
    "a kind of document that is none": (
        put("Levels", f"{column('Levels', 'kinds')}4", "minuets"),
        "sheet Levels, row 4",
    ),
    "a pair without its colon": (
        put("Statements", f"{column('Statements', 'baf')}3", "HI-R1"),
        "sheet Statements, row 3",
    ),
    "a misspelt heading": (put("Sections", "B1", "titel"), "sheet Sections, row 1"),
    "a key that is not known": (put("Framework", "A3", "titel"), "sheet Framework, row 3"),
    "a reference without a title": (put("References", "B4", None), "sheet References, row 4"),
    "a column too many": (put("Levels", "Z1", "my notes"), "sheet Levels, row 1"),
    "a sheet too many": (lambda book: book.create_sheet("Levels 2").append(["id", "name"]), "`Levels 2`"),
    "a sheet too few": (lambda book: book.remove(book["Levels"]), "`Levels` is missing"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_is_named_where_it_stands(kind: str) -> None:
    change, place = FAULTS[kind]
    with pytest.raises(InputError) as told:
        read_framework_workbook(changed(change), "own.xlsx")
    assert place in told.value.message


def test_all_faults_are_named_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = ("a word that does not say who answers", "no text", "a kind of document that is none")
    book = tmp_path / "own.xlsx"
    book.write_bytes(changed(*(FAULTS[kind][0] for kind in kinds)))
    assert run(tmp_path, "import", book) == 4
    told = capsys.readouterr().err
    assert all(FAULTS[kind][1] in told for kind in kinds)
    assert not (tmp_path / "frameworks").exists()


def test_a_framework_that_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    book.write_bytes(changed(put("Framework", "B3", "Our own title")))
    assert run(tmp_path, "import", book) == 0
    book.write_bytes(changed(put("Framework", "B3", "Another title")))
    assert run(tmp_path, "import", book) == 2
    kept = tmp_path / "frameworks" / "hi-icb.yaml"
    assert "Our own title" in kept.read_text(encoding="utf-8")
    assert run(tmp_path, "import", book, "--replace") == 0
    assert "Another title" in kept.read_text(encoding="utf-8")
    assert run(tmp_path, "export", "hi-ibc", tmp_path / "new.xlsx") == 2
    assert run(tmp_path, "export", "hi-icb", book) == 2
