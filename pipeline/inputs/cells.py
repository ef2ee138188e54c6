"""One row's cells as values: dates, choices, amounts and ids, with a fault for each that cannot be understood."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.inputs.citations import RegisterIndex, parse_citations
from pipeline.inputs.dates import NotADate, day_first, read_date
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import did_you_mean, nearest, one_of, only_looks_like, same, shown
from pipeline.inputs.tables import Row, Table
from pipeline.model import Citation, Framework, Place

_AMOUNT = re.compile(r"-?£?-?(\d+|\d{1,3}(?:,\d{3})+)(\.\d{1,2})?", re.ASCII)
_SEPARATORS = re.compile(r"[;,\n]")


@dataclass(frozen=True)
class Cells:
    """Reads the cells of one row. `about` goes with every fault: statement, evidence or about."""

    row: Row
    faults: Faults
    day_first: Mapping[str, bool]
    about: Mapping[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.row.errors:
            self.faults.value(
                self.place(column),
                self.named(f"Excel shows the error `{shown(self.row.cells[column])}` here, so it reads as empty."),
                "Type the value itself over it.",
                **self.about,
            )

    def text(self, column: str) -> str:
        """As written."""
        return self.row[column]

    def word(self, column: str) -> str:
        """Without outer spaces."""
        return self.row.word(column)

    def place(self, column: str | None = None) -> Place:
        """Where a cell of this row stands."""
        return self.row.place(column)

    def date(self, column: str) -> datetime.date | None:
        """A date; None where the cell is empty or not understood."""
        text = self.word(column)
        if not text:
            return None
        read = read_date(text, self.day_first.get(column, False))
        if isinstance(read, NotADate):
            self.bad(column, read.message, f"{read.remedy}{self._kept_by_excel(text)}")
            return None
        return read

    def _kept_by_excel(self, text: str) -> str:
        """Excel writes days so when it saves a table as CSV; in a workbook they stay what they are."""
        file = PurePosixPath(self.place().file)
        if "/" not in text or file.suffix.lower() != ".csv":
            return ""
        return (
            f" Where Excel wrote them so: open {file.name} in Excel, save it as an Excel workbook ({file.stem}.xlsx), "
            f"and take {file.name} away."
        )

    def choice(self, column: str, allowed: Iterable[str], default: str = "") -> str:
        """One of the allowed words, whatever its case; the default where the cell is empty or not understood."""
        text, allowed = self.word(column), tuple(allowed)
        if not text:
            return default
        word = next((a for a in allowed if same(a) == same(text)), None)
        if word is None:
            self.bad_choice(column, allowed)
            return default
        return word

    def bad_choice(self, column: str, allowed: Iterable[str]) -> None:
        """The fault for a word that is not one of those allowed."""
        text, allowed = self.word(column), tuple(allowed)
        name = _named(column)
        article = "an" if name[0] in "aeiou" else "a"
        said = f"`{shown(text)}` is not {article} {name}." if text else f"The {name} is not given."
        self.bad(column, said, f"{did_you_mean(text, allowed) if text else ''}Type {one_of(allowed)}.")

    def amount(self, column: str) -> float | None:
        """Pounds: `12000`, `12,000`, `12,000.50`, each with or without a pound sign."""
        text = self.word(column)
        if not text:
            return None
        if not _AMOUNT.fullmatch(text.replace(" ", "")):
            self.bad(
                column,
                f"`{shown(text)}` is not an amount in pounds.",
                "Type figures only, such as 12000 or 12,000.50; put words into another column.",
            )
            return None
        return float(text.replace(" ", "").replace("£", "").replace(",", ""))

    def words(self, column: str) -> tuple[str, ...]:
        """Ids separated by `;`."""
        return split_ids(self.row[column])

    def known_ids(self, column: str, known: Mapping[str, str], kind: str, code: str = "IN102") -> tuple[str, ...]:
        """Ids in their known spelling; a fault for each that nothing has. `known`: compared form -> spelling."""
        found = []
        for word in self.words(column):
            if same(word) in known:
                found.append(known[same(word)])
            else:
                self.unknown(column, word, known, kind, code)
        return tuple(dict.fromkeys(found))

    def unknown(self, column: str, word: str, known: Mapping[str, str], kind: str, code: str = "IN102") -> None:
        """The fault for an id that nothing has."""
        self.faults.add(
            code,
            self.faults.blocking,
            self.place(column),
            self.named(f"There is no {kind} `{shown(word)}`."),
            f"{suggestion(word, known)}Type the id of a {kind} that is there.",
            **self.about,
        )

    def citations(
        self, column: str, index: RegisterIndex, statement: str | None = None, respondent: str | None = None
    ) -> tuple[Citation, ...]:
        """The citations in a cell."""
        lines = (self.row.evidence if column == "evidence" else ()) or ((self.row[column], self.place(column).row),)
        place = replace(self.place(column), by_columns=column == "evidence" and bool(self.row.evidence))
        return tuple(
            citation
            for text, row in lines
            for citation in parse_citations(text, index, replace(place, row=row), statement, respondent)
        )

    def bad(self, column: str, message: str, remedy: str) -> None:
        """IN101 at a cell of this row; one that shows an error has its own."""
        if column in self.row.errors:
            return
        self.faults.value(self.place(column), self.named(message), remedy, **self.about)

    def named(self, message: str) -> str:
        """A message that begins with the id of the row, so that it can be understood on its own."""
        identity = next((i for i in self.about.values() if i), "")
        return f"{shown(identity)}: {message}" if identity else message


def suggestion(word: str, known: Mapping[str, str]) -> str:
    """`Did you mean `GA1`? `; says so where two ids only look alike."""
    near = nearest(word, known.values())
    if near and only_looks_like(word, near):
        return f"It looks like `{near}`, but a letter in it is another one: type it anew. "
    return did_you_mean(word, known.values())


def split_ids(text: str) -> tuple[str, ...]:
    """Ids separated by `;` (a comma or a line break will do)."""
    return tuple(word.strip() for word in _SEPARATORS.split(text) if word.strip())


def known_as(ids: Iterable[str]) -> dict[str, str]:
    """Compared form -> the id's own spelling."""
    return {same(i): i for i in ids}


def statements_by_name(framework: Framework) -> dict[str, str]:
    """Compared form -> the statement's id: of the ids in use, and of those that statements had before."""
    return {same(old): now for old, now in framework.former_names.items()} | known_as(
        s.id for s in framework.statements
    )


def rows_of(table: Table, faults: Faults, dates: Iterable[str] = (), about: str = "about") -> Iterator[Cells]:
    """The rows that can be read, each id once: the first stands, a repeated one is a fault and is left out."""
    slashes = {column: day_first(table.column(column)) for column in dates}
    first: dict[str, int] = {}
    for row in table.rows:
        identity = row.word("id")
        cells = Cells(row, faults, slashes, {about: identity or None})
        if not identity:
            cells.bad("id", "The row has no id.", "Give it an id that no other row has.")
        elif same(identity) in first:
            repeated(cells, "id", identity, first[same(identity)])
        else:
            first[same(identity)] = row.number
            if row.too_long:
                beyond_the_header(cells)
            yield cells


def repeated(cells: Cells, column: str, identity: str, first_row: int) -> None:
    """IN103: the row's id stands in a row above."""
    cells.faults.repeated(
        cells.place(column),
        f"`{shown(identity)}` is used again; it stands in row {first_row} already, and only that row is read.",
        "Give this row an id of its own, or take the row out.",
        **cells.about,
    )


def beyond_the_header(cells: Cells) -> None:
    """IN101: a row with more cells than there are headings."""
    cells.faults.value(
        cells.place(),
        cells.named(f"The row is longer than the header: `{shown(cells.row.too_long)}` stands beyond the last column."),
        "Put text that holds the separator into quotation marks, or take out what stands beyond the last column.",
        **cells.about,
    )


def _named(column: str) -> str:
    return column.replace("_", " ")
