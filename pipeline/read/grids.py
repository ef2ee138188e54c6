"""Rows and cells as they lie in a file, before anyone knows what the columns mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.errors import InputError

MOST_CELL = 1_000_000
"""Letters in one cell; more means that a quotation mark was never closed."""
MOST_ROWS = 50_000

FORMULA, UNCALCULATED, TRACKED = "formula", "uncalculated", "tracked"
PROMPT, PROMPT_BESIDE = "prompt", "prompt beside"
MARKS: Mapping[str, tuple[str, str]] = {
    FORMULA: ("A formula stands here; its last saved result is used.", "Type the value itself over the formula."),
    UNCALCULATED: (
        "A formula stands here whose result was never saved, so the cell reads as empty.",
        "Type the value itself over the formula.",
    ),
    TRACKED: (
        "Tracked changes stand here: what was added is read, what was struck out is not.",
        "Accept or reject the changes in Word and save the form.",
    ),
    PROMPT: ("The form's own prompt was left here, so the cell reads as empty.", "Type the answer over the prompt."),
    PROMPT_BESIDE: (
        "The form's own prompt was left beside the answer; only the answer is read.",
        "Take the prompt out.",
    ),
}
"""Mark of a cell -> message and remedy."""


@dataclass(frozen=True)
class Grid:
    """The filled rows of a sheet, each with its number as a spreadsheet shows it."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str = ""
    hidden: bool = False
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> what else there is to know of a cell: one of `MARKS`."""
    tags: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> the name of the content control in a cell of a Word table."""
    unseen: Mapping[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """(row number, column index) -> words that are not read, with why: struck out, in the colour of the paper."""
    covered: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> that its row or column is hidden; what stands there is read."""
    colours: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> the colours of a cell, where it has any."""
    gone: tuple[tuple[str, ...], ...] = ()
    """The cells of rows that were deleted with tracking."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Cells made into one: first row, first column, last row, last column."""


def read_csv(text: str, name: str, headings: frozenset[str]) -> Grid:
    """The rows of a CSV text; the separator is the one that shows the most of the headings."""
    text = _without_separator_line(text)
    separator = max(",;\t", key=lambda s: _headings_shown(text, s, headings))
    rows = []
    for number, cells in _records(text, separator, name):
        if any(cell.strip() for cell in cells):
            rows.append((number, tuple(cells)))
        if len(rows) > MOST_ROWS:
            raise too_many_rows(name)
    return Grid(tuple(rows))


def too_many_rows(name: str) -> InputError:
    """The error for a table that no team filled in by hand."""
    return InputError(
        f"The table has more than {MOST_ROWS:,} filled rows.", "Check that it is the right file.", file=name
    )


def _without_separator_line(text: str) -> str:
    # Excel writes `sep=;` above the header and does not count it as a row.
    first, _, rest = text.partition("\n")
    return rest if first.strip().strip('"').lower() in {"sep=;", "sep=,", "sep=\t", "sep="} else text


def _headings_shown(text: str, separator: str, headings: frozenset[str]) -> int:
    shown = 0
    try:
        for number, cells in _records(text[:20_000], separator, ""):
            shown = max(shown, sum(" ".join(c.replace("_", " ").split()).casefold() in headings for c in cells))
            if number > 30:
                break
    except InputError:
        pass
    return shown


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    before = csv.field_size_limit(MOST_CELL)
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as fault:
        raise _broken_quotation(str(fault), name, number + 1) from fault
    finally:
        csv.field_size_limit(before)


def _broken_quotation(fault: str, name: str, row: int) -> InputError:
    if "expected after" in fault:
        message = "A cell begins with a quotation mark, and something stands behind the mark that ends it."
        remedy = 'Within a cell in quotation marks each further mark is doubled: "". Saving from Excel does this.'
    else:
        message = "A quotation mark that begins a cell is never closed, so the rest of the file runs into this row."
        remedy = "Close the quotation mark at the end of the cell. Saving from Excel does this."
    return InputError(message, remedy, file=name, row=row)
