"""What can be done to a workspace: small verbs, each of which gives the deed to do later.

The files of a copy are hard links to the sample's own, so a file is always taken away before it is written.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from lxml import etree
from openpyxl import Workbook

from pipeline.workspace import Workspace

Deed = Callable[[Workspace], None]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def write(path: Path, content: bytes) -> None:
    """A file of its own in this place, whatever was linked to it."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def all_of(*deeds: Deed) -> Deed:
    """One after the other."""

    def do(ws: Workspace) -> None:
        for deed in deeds:
            deed(ws)

    return do


def swap(file: str, old: str, new: str) -> Deed:
    """Replace words that stand once in a text file."""

    def do(ws: Workspace) -> None:
        text = (ws.root / file).read_bytes().decode("utf-8")
        assert text.count(old) == 1, f"{file} has {text.count(old)} times {old!r}"
        write(ws.root / file, text.replace(old, new).encode("utf-8"))

    return do


def cells(file: str, key: str, /, **values: str) -> Deed:
    """Fill cells of the row whose first cell is `key`."""

    def change(rows: list[dict[str, str]], first: str) -> None:
        next(row for row in rows if row[first] == key).update(values)

    return _table(file, change)


def add_row(file: str, like: str, /, **values: str) -> Deed:
    """Add a row at the end, like another but for some cells."""

    def change(rows: list[dict[str, str]], first: str) -> None:
        rows.append({**next(row for row in rows if row[first] == like), **values})

    return _table(file, change)


def every(file: str, /, **values: str) -> Deed:
    """Fill cells of every row."""

    def change(rows: list[dict[str, str]], _: str) -> None:
        for row in rows:
            row.update(values)

    return _table(file, change)


def nth_row(file: str, number: int, /, **values: str) -> Deed:
    """Fill cells of a row, numbered as a spreadsheet does."""
    return _table(file, lambda rows, _: rows[number - 2].update(values))


def drop_row(file: str, key: str) -> Deed:
    """Take a row out."""

    def change(rows: list[dict[str, str]], first: str) -> None:
        rows.remove(next(row for row in rows if row[first] == key))

    return _table(file, change)


def _table(file: str, change: Callable[[list[dict[str, str]], str], None]) -> Deed:
    def do(ws: Workspace) -> None:
        reader = csv.DictReader(io.StringIO((ws.root / file).read_text(encoding="utf-8"), newline=""))
        rows = list(reader)
        heads = list(reader.fieldnames or ())
        change(rows, heads[0])
        out = io.StringIO()
        writer = csv.DictWriter(out, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write(ws.root / file, out.getvalue().encode("utf-8"))

    return do


def drop(file: str) -> Deed:
    """Take a file away."""
    return lambda ws: (ws.root / file).unlink()


def put(file: str, content: bytes) -> Deed:
    """Write a file anew."""
    return lambda ws: write(ws.root / file, content)


def move(file: str, to: str) -> Deed:
    """Give a file another name or place."""
    return lambda ws: os.replace(ws.root / file, ws.root / to)  # noqa: PTH105


def copy(file: str, to: str) -> Deed:
    """Put a file's content in another place."""
    return lambda ws: write(ws.root / to, (ws.root / file).read_bytes())


def link(file: str, to: str) -> Deed:
    """Put a link in a file's place."""

    def do(ws: Workspace) -> None:
        (ws.root / file).unlink()
        (ws.root / file).symlink_to(to)

    return do


def flip(file: str, mark: bytes, further: int = 0) -> Deed:
    """Turn over one bit, so many bytes after the first place of a mark."""

    def do(ws: Workspace) -> None:
        content = bytearray((ws.root / file).read_bytes())
        content[content.index(mark) + further] ^= 1
        write(ws.root / file, bytes(content))

    return do


def cut_short(file: str, kept: float) -> Deed:
    """Keep only the first part of a file, as a broken copy does."""

    def do(ws: Workspace) -> None:
        content = (ws.root / file).read_bytes()
        write(ws.root / file, content[: int(len(content) * kept)])

    return do


def pages(file: str, *order: int, password: str = "") -> Deed:
    """Keep these pages of a PDF, in this order; with a password, lock it."""

    def do(ws: Workspace) -> None:
        out = io.BytesIO()
        with pikepdf.open(ws.root / file) as old, pikepdf.new() as new:
            new.pages.extend(old.pages[number - 1] for number in order)
            new.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else None)
        write(ws.root / file, out.getvalue())

    return do


def office(file: str, old: str, new: str) -> Deed:
    """Replace words inside the parts of an Office file, wherever they stand."""

    def change(_: str, content: bytes) -> bytes:
        return content.replace(old.encode("utf-8"), new.encode("utf-8"))

    return _parts(file, change)


def sheet_cell(file: str, sheet: int, ref: str, value: str, formula: str = "") -> Deed:
    """Write a text, or a formula with its saved result, into a cell of the sheet so numbered."""

    def change(name: str, content: bytes) -> bytes:
        if name != f"xl/worksheets/sheet{sheet}.xml":
            return content
        root = etree.fromstring(content)
        cell = next(c for c in root.iter(f"{SHEET}c") if c.get("r") == ref)
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "str")
        if formula:
            etree.SubElement(cell, f"{SHEET}f").text = formula
        etree.SubElement(cell, f"{SHEET}v").text = value
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    return _parts(file, change)


def _parts(file: str, change: Callable[[str, bytes], bytes]) -> Deed:
    def do(ws: Workspace) -> None:
        out, changed = io.BytesIO(), 0
        with zipfile.ZipFile(ws.root / file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                before = old.read(entry)
                after = change(entry.filename, before)
                changed += before != after
                new.writestr(entry, after)
        assert changed, f"nothing was changed in {file}"
        write(ws.root / file, out.getvalue())

    return do


def as_workbook(file: str, to: str) -> Deed:
    """Save a table as a workbook too."""

    def do(ws: Workspace) -> None:
        book = Workbook()
        for row in csv.reader(io.StringIO((ws.root / file).read_text(encoding="utf-8"), newline="")):
            book.active.append(row)
        book.save(ws.root / to)

    return do


def drop_folder(folder: str) -> Deed:
    """Take a folder away."""
    return lambda ws: shutil.rmtree(ws.root / folder)


def link_tree(source: Path, to: Path) -> None:
    """A copy of a folder whose files are hard links; where the disk has none, a plain copy."""

    def linked(old: str, new: str) -> None:
        try:
            os.link(old, new)
        except OSError:
            shutil.copy2(old, new)

    shutil.copytree(source, to, copy_function=linked)
