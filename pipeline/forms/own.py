"""A form that boardpack sent out, read back: answers and citations by statement, and whatever else was typed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.forms import wording as words
from pipeline.forms.headings import (
    ACTION,
    ACTION_COLUMNS,
    COMMENT,
    DOCUMENT,
    DUE,
    LAST,
    LEVEL,
    MEASURE,
    OWNER,
    PAGE,
    PUBLIC,
    STATEMENT,
    TYPED,
    WORDS,
    Heads,
    heads_of,
    tagged,
)
from pipeline.forms.leftovers import Leftovers
from pipeline.forms.wording import BETWEEN, FormStamp
from pipeline.inputs.citations import is_place
from pipeline.inputs.quotation_marks import OPENING, STRAIGHT, Quotations, end_of_quotation
from pipeline.inputs.suggest import same
from pipeline.inputs.tables import Row
from pipeline.model import Framework, Place, ProposedAction
from pipeline.office.workbooks import Grid

_DASH = r"(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|to)"
_PAGE = r"(?:(?:pp?|pgs?|pages?|slides?)\b\.?|pp?(?=\d))?\s*"
_ONE_PAGE = re.compile(rf"{_PAGE}(\d{{1,9}})(?:\.0+)?", re.I)
_PAGES = re.compile(rf"{_PAGE}(\d{{1,9}})\s*{_DASH}\s*(\d{{1,9}})", re.I)
_MARKS = re.compile('["\u201c\u201d]')
_SHEET = re.compile(r"sheet\s*[:=]?\s*[\"\u201c\u201d']?(.+?)[\"\u201c\u201d']?", re.I | re.S)


def citation_text(document: str, page: str, quoted: str, listed: Iterable[str] = ()) -> str:
    """One line of a form as citations; what cannot be understood is left in, so that reading names it.

    `listed`: what the form's look-up list offered, `E012 | Title`.
    """
    document, page = ids_only(document.strip(), listed), page.strip()
    locators, said = _locators(page), _quotations(quoted)
    if said:
        locators = _joined_pages(locators)
    if not locators or (len(locators) > 1 and said):
        locators = [page if is_place(page) else f"p.{page}"] if page else [""]
    parts = [
        " ".join(part for part in (document, locator, words) if part) for locator in locators for words in said or [""]
    ]
    return "; ".join(part for part in parts if part)


def ids_only(document: str, listed: Iterable[str]) -> str:
    """`E012 | Title` of the look-up list as `E012`, wherever it stands in the text, and a title alone as its id."""
    listed = tuple(listed)
    titles = [entry.partition(BETWEEN) for entry in listed if BETWEEN in entry]
    if len(alike := {identity for identity, _, title in titles if same(title) == same(document)}) == 1:
        return alike.pop()
    # The longest first: one title may begin another.
    for entry in sorted((e for e in listed if BETWEEN in e and e in document), key=len, reverse=True):
        document = document.replace(entry, entry.partition(BETWEEN)[0])
    parts = (part.partition(BETWEEN)[0] if BETWEEN in part else part for part in Quotations(document).split())
    return "; ".join(part.strip() for part in parts if part.strip())


def _locators(page: str) -> list[str]:
    """What a page cell means; several pages are several citations; none where it cannot be understood."""
    if not page:
        return [""]
    found = []
    for part in re.split(r"[,;&\n]|\band\b", page):
        if match := _PAGES.fullmatch(part.strip()):
            found.append(f"pp.{match[1]}-{match[2]}")
        elif match := _ONE_PAGE.fullmatch(part.strip()):
            found.append(f"p.{match[1]}")
        else:
            break
    else:
        return found
    sheet = _SHEET.fullmatch(page)
    if sheet and not set(sheet[1]) & set(OPENING):
        return [f'sheet "{sheet[1].strip()}"']
    return [page] if is_place(page) else []


def _joined_pages(locators: list[str]) -> list[str]:
    """Single pages that follow each other as one range: the words may run from one to the next."""
    pages = [int(one[2:]) for one in locators if one.startswith("p.")]
    follow = len(pages) > 1 and pages == list(range(pages[0], pages[0] + len(locators)))
    return [f"pp.{pages[0]}-{pages[-1]}"] if follow else locators


def _quotations(quoted: str) -> list[str]:
    """The words in quotation marks that hold them whole; several quotations where several are given."""
    quoted = quoted.strip()
    if not quoted:
        return []
    parts = [part.strip() for part in Quotations(quoted).split() if part.strip()]
    if all(_is_quotation(part) for part in parts):
        return parts
    return [quote(quoted)]


def _is_quotation(text: str) -> bool:
    return text[0] in OPENING and end_of_quotation(text, 0) == len(text) - 1 and len(text) > 2


def quote(text: str) -> str:
    """Words in the marks that do not end before they do."""
    for opening, closing in ((STRAIGHT, STRAIGHT), ("\u201c", "\u201d")):
        if end_of_quotation(f"{opening}{text}{closing}", 0) == len(text) + 1:
            return f"{opening}{text}{closing}"
    # Marks that would end it early become single ones; quotation marks are compared whatever their form.
    return STRAIGHT + _MARKS.sub("'", text) + STRAIGHT


_COVER = {words.plain(label): label for label in (words.COMPLETED_BY, words.COMPLETED_ON, words.METHOD)}


@dataclass(frozen=True)
class Line:
    """One filled row of a table of statements: the id as written, and what stands in the columns to type in."""

    grid: Grid
    number: int
    written: str
    statement: str | None
    values: Mapping[str, str]
    at: Mapping[str, int]

    @property
    def answers(self) -> bool:
        """Whether it gives more than evidence."""
        return any(self.values.get(key) for key in (LEVEL, COMMENT, PUBLIC))


@dataclass
class OwnForm:
    """What was found in a form of ours."""

    lines: list[Line] = field(default_factory=list)
    actions: list[ProposedAction] = field(default_factory=list)
    completed: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)


class OwnReader:
    """Goes through the grids of one form once, row by row."""

    def __init__(self, file: str, framework: Framework, stamp: FormStamp | None, left: Leftovers) -> None:
        self.file, self.stamp, self.left = file, stamp, left
        self.statements = {same(s.id): s.id for s in framework.statements}
        self.found = OwnForm()
        self._heads: Heads | None = None
        self._below = False
        """Whether the row at hand lies where the form itself says hardly anything."""

    def read(self, grids: Iterable[Grid]) -> OwnForm:
        """The answers, actions and cover of a form; what has no place goes to the leftovers."""
        for grid in grids:
            if _is_lists(grid):
                self._note_listed(grid)
                continue
            self._heads = None
            self._below = not _is_fixed(grid)
            for number, cells in grid.rows:
                self._row(grid, number, cells)
        return self.found

    def _row(self, grid: Grid, number: int, cells: Sequence[str]) -> None:
        if heads := heads_of(number, cells, self._is_id, below=self._heads is not None):
            self._heads, self._below = heads, not self.left.in_word
            self.left.unknown_headings(grid, heads)
        elif self._heads and self._heads.kind == "actions":
            self._action(grid, number, cells, self._heads)
        elif not self._answer(grid, number, cells) and not self._cover(grid, number, cells):
            self._note_listed_row(cells)
            if grid.sheet == "text" and self.stamp is None and self.left.begins_sections(" ".join(cells)):
                self._below = True
            self.left.row(grid, number, cells, theirs=self._below)

    def _is_id(self, text: str) -> bool:
        return same(text) in self.statements

    def _answer(self, grid: Grid, number: int, cells: Sequence[str]) -> bool:
        """Take a row that answers a statement, or that someone filled in without its id."""
        by_tag = tagged(grid, number, len(cells))
        at = dict(self._heads.at) if self._heads and self._heads.kind == "answers" else {}
        for index, (_, key) in by_tag.items():
            if key not in at and index not in at.values():
                at[key] = index
        values = {key: typed(cells[at[key]]) if at[key] < len(cells) else "" for key in TYPED if key in at}
        index = at.get(STATEMENT, next((i for i, cell in enumerate(cells) if self._is_id(cell)), 0))
        written = cells[index].strip() if index < len(cells) else ""
        if not self._is_id(written) and not any(values.values()):
            return False
        if not values:
            return self.left.without_headings(grid, number, cells, self.statements[same(written)])
        tag = next((statement for statement, _ in by_tag.values()), "")
        if not written and not tag:
            written = self._only_statement_of(grid, at)
        known = self.statements.get(same(written or tag))
        self.found.lines.append(Line(grid, number, written, known, values, at))
        if known and LAST in at and at[LAST] < len(cells):
            self.left.last_year(number, cells[at[LAST]], known, grid)
        width = len(self._heads.cells) if self._heads else 99
        self.left.beside(grid, number, cells, {index, *(at[key] for key in values)}, known, width)
        return True

    def _only_statement_of(self, grid: Grid, at: Mapping[str, int]) -> str:
        """Whose a line for evidence is that was added to a table of one statement alone, as Word's tables are."""
        here = {line.statement for line in self.found.lines if line.grid is grid}
        alone = here.pop() if len(here) == 1 and not {LEVEL, COMMENT} & set(at) else None
        return alone or ""

    def _action(self, grid: Grid, number: int, cells: Sequence[str], heads: Heads) -> None:
        values = {
            key: typed(cells[index]).strip()
            for key, index in heads.at.items()
            if index < len(cells) and key in (STATEMENT, *ACTION_COLUMNS)
        }
        if not any(values.get(key) for key in ACTION_COLUMNS):
            self.left.row(grid, number, cells, theirs=self._below)
            return
        written = values.get(STATEMENT, "")
        self.found.actions.append(
            ProposedAction(
                statement=self.statements.get(same(written), written),
                action=values.get(ACTION, ""),
                owner=values.get(OWNER, ""),
                due=values.get(DUE, ""),
                measure=values.get(MEASURE, ""),
                place=self.left.place(number, "action", grid),
            )
        )
        self.left.beside(grid, number, cells, set(heads.at.values()), None)

    def _cover(self, grid: Grid, number: int, cells: Sequence[str]) -> bool:
        filled = [(i, cell) for i, cell in enumerate(cells) if cell.strip()]
        label = _COVER.get(words.plain(filled[0][1])) if filled else None
        if label is None:
            return False
        if len(filled) > 1 and (value := typed(filled[1][1]).strip()):
            self.found.completed[label] = value
        self.left.beside(grid, number, cells, {i for i, _ in filled[:2]}, None)
        return True

    def _note_listed(self, grid: Grid) -> None:
        self.found.listed |= {cell for _, cells in grid.rows for cell in cells if words.BETWEEN in cell}

    def _note_listed_row(self, cells: Sequence[str]) -> None:
        """A row of the documents that can be cited: id and title."""
        if len(cells) > 1 and cells[0].strip() and cells[1].strip():
            self.found.listed.add(words.list_entry(cells[0].strip(), cells[1].strip()))


def rows_by_statement(form: OwnForm, file: str, left: Leftovers) -> tuple[Row, ...]:
    """One row a statement, its further documents joined to it; a second answer to it is named with its text."""
    rows: dict[str, Row] = {}
    cited: dict[str, dict[str, int | None]] = defaultdict(dict)
    refused: set[str] = set()
    for line in form.lines:
        if line.statement is None:
            left.unknown_statement(line)
            continue
        if not line.written:
            left.without_id(line)
        before = rows.get(line.statement)
        if before is not None and (line.statement in refused or (line.answers and _differs(line, before))):
            # The documents beside and below an answer that is not read belong to it.
            refused.add(line.statement)
            left.second_answer(line, before)
            continue
        document, page, quoted = (line.values.get(key, "") for key in (DOCUMENT, PAGE, WORDS))
        evidence = citation_text(document, page, quoted, form.listed)
        if evidence:
            cited[line.statement].setdefault(evidence, left.place(line.number).row)
        if before is None or (line.answers and not _answers(before)):
            rows[line.statement] = _row_of(line, left.place(line.number, grid=line.grid))
    return tuple(
        replace(
            row,
            file=file,
            cells={**row.cells, "evidence": "; ".join(cited[statement])},
            evidence=tuple(cited[statement].items()),
        )
        for statement, row in rows.items()
    )


def typed(cell: str) -> str:
    """What a person typed into a cell: not the prompt that stood there, nor the spaces around."""
    return words.without_prompts(cell.replace("\xa0", " ") if not cell.strip("\xa0 ") else cell)


def _row_of(line: Line, place: Place) -> Row:
    cells = {key: line.values.get(key, "") for key in (LEVEL, COMMENT, PUBLIC)}
    return Row(place.file, place.row or 0, {STATEMENT: line.statement or line.written, **cells}, sheet=place.sheet)


def _differs(line: Line, before: Row) -> bool:
    """Whether a line gives another level or comment than the row that was read for its statement."""
    given = (key for key in (LEVEL, COMMENT, PUBLIC) if line.values.get(key))
    return _answers(before) and any(same(line.values[key]) != same(before[key]) for key in given)


def _answers(row: Row) -> bool:
    return any(row.word(key) for key in (LEVEL, COMMENT, PUBLIC))


def _is_lists(grid: Grid) -> bool:
    return any(words.STAMP in cell for _, cells in grid.rows[:8] for cell in cells)


def _is_fixed(grid: Grid) -> bool:
    """Whether a sheet is one of the form's own: its cover, a section, documents, resources; all of Word is."""
    if not grid.sheet or grid.sheet.startswith("table ") or grid.sheet == "text":
        return True
    own = {words.plain(text) for text in (words.COMPLETED_BY, words.ASKED, "Dated", "Publisher")}
    return any(own & {words.plain(cell) for cell in cells} for _, cells in grid.rows)
