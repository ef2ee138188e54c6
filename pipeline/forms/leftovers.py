"""What was typed into a form where it has no place: named with its text, so that it is never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.forms.headings import LAST, LEVEL, OWN_NAMES, STATEMENT, Heads
from pipeline.forms.sentences import CHOOSE_LOWER, MAY_BE_PRINTED
from pipeline.forms.wording import (
    ACTIONS,
    AT_THE_END,
    FOR_ACTIONS,
    NOTE_BEGINNINGS,
    FormStamp,
    is_prompt,
    last_print,
    plain,
)
from pipeline.forms.wording import LAST as LAST_YEAR
from pipeline.inputs.faults import Faults, note_extra_column
from pipeline.inputs.suggest import did_you_mean, one_of, same, shown
from pipeline.model import Framework, Place, Severity
from pipeline.office.workbooks import MARKS, PROMPT, WORKBOOKS, Grid

if TYPE_CHECKING:
    from pipeline.forms.own import Line
    from pipeline.inputs.tables import Row

_MOST = 400
"""Letters of a typed text that a message holds; the rest stands in the form."""
_REMARK, _SHOWN = 2, 12
"""Words that make a line more than a heading; lines that a message holds."""
RUNNING = "the header or footer"
_OWN_BEGINNINGS = tuple(
    f"{text.casefold()}:" for text in (LAST_YEAR, f"{LAST_YEAR}, the comment", "Priority", *NOTE_BEGINNINGS)
)
"""What the changing lines under a statement begin with."""
_TAKE_OUT = "Copy what matters into the comment of the statement that it belongs to, then take it out here."


class Leftovers:
    """Names what has no place. A form without its marks can tell its own words by their place alone."""

    def __init__(self, file: str, framework: Framework, stamp: FormStamp | None, faults: Faults) -> None:
        self.file, self.stamp, self.faults, self.framework = file, stamp, faults, framework
        self.in_word = file.lower().endswith((".docx", ".odt"))
        self.statements = {same(s.id): s.id for s in framework.statements}
        self.levels = {same(level.name) for level in framework.levels} | {same("not assessed")}

    def place(self, number: int, field: str | None = None, grid: Grid | None = None) -> Place:
        """Where something stands; the rows of Word's many tables have no numbers that a person would find."""
        sheet = grid.sheet if grid and self.file.lower().endswith(WORKBOOKS) else ""
        return Place(self.file, None if self.in_word else number, field, sheet)

    def row(self, grid: Grid, number: int, cells: Sequence[str], *, theirs: bool) -> None:
        """A row outside the tables to fill in; `theirs`: it lies where the form itself says hardly anything."""
        known = {plain(text) for text in (ACTIONS, *FOR_ACTIONS)}
        for index, cell in enumerate(cells):
            unmarked = self.stamp is None and theirs and cell.strip() and plain(cell) not in known
            unmarked = unmarked and not (grid.sheet == "text" and self._own_line(cell))
            if unmarked or self._added(cell):
                self._typed_outside(grid, number, index, cell, None)

    def _own_line(self, text: str) -> bool:
        """Whether a paragraph of a Word form without marks is one that such a form has of itself."""
        said = " ".join(text.split()).casefold()
        return said in self._own_lines or said.startswith(_OWN_BEGINNINGS)

    @cached_property
    def _own_lines(self) -> frozenset[str]:
        """The paragraphs of a form's sections: headings, statements and what stands above the tables."""
        framework = self.framework
        said = [f"{MAY_BE_PRINTED} {CHOOSE_LOWER}", *FOR_ACTIONS, *AT_THE_END]
        for section in framework.sections:
            said += [section.title, section.scope, f"{ACTIONS}: {section.title}"]
            said += [text for s in section.statements for text in (s.text, f"{s.id} {s.short}".strip())]
        return frozenset(" ".join(text.split()).casefold() for text in said)

    def begins_sections(self, text: str) -> bool:
        """Whether a paragraph is the heading of the first section: what comes before it is the form's cover."""
        return any(same(text) == same(section.title) for section in self.framework.sections)

    def beside(
        self, grid: Grid, number: int, cells: Sequence[str], taken: set[int], statement: str | None, width: int = 99
    ) -> None:
        """The cells of a row that are not taken as answers; the form itself is `width` columns wide."""
        for index, cell in enumerate(cells):
            beyond = self.stamp is None and index >= width and cell.strip()
            if index not in taken and (beyond or self._added(cell)):
                self._typed_outside(grid, number, index, cell, statement)

    def beside_the_table(self, rows: Iterable[Row], others: Iterable[Grid], framework: Framework) -> None:
        """What stands in a respondent's own file under the table, or on other sheets: it is not read."""
        titles = {same(text) for section in framework.sections for text in (section.id, section.title)}
        lines = [" ".join(row.cells.values()) for row in rows if same(row["statement"]) not in self.statements]
        lines += [" ".join(cells) for grid in others for _, cells in grid.rows]
        said = [line for line in lines if len(line.split()) >= _REMARK and not _is_heading(line, titles)]
        if said:
            more = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
            self.faults.add(
                "IN105",
                Severity.NOTE,
                Place(self.file),
                f"These words stand outside the table of answers and are not read: {_quoted(said[:_SHOWN])}{more}.",
                "If one of them is meant as an answer, copy it into the comment of its statement.",
            )

    def loose(self, where: str, text: str) -> None:
        """A text that hangs on the form: a note, a comment in the margin, a text box, a footnote."""
        own = where == RUNNING if self.stamp is None else self.stamp.said(text)
        if not own:
            self._warn(
                Place(self.file),
                f"`{shown(text, _MOST)}` was written in {where} of the form, so it is not read as an answer.",
                _TAKE_OUT,
            )

    def revisions(self) -> None:
        """A workbook that keeps a history of its changes."""
        self._warn(
            Place(self.file),
            "The workbook tracks changes; what stands in the cells now is read.",
            "Accept or reject the changes in Excel, switch tracking off and save the form.",
        )

    def without_headings(self, grid: Grid, number: int, cells: Sequence[str], statement: str) -> bool:
        """A row of a known statement in a table that has lost its headings."""
        texts = [c for c in cells if c.strip() and same(c) != same(statement) and (self._added(c) or self._level(c))]
        if texts:
            self._warn(
                self.place(number),
                f"The headings above {statement} are missing{_where(grid)}, so this is not read: {_quoted(texts)}.",
                "Put the headings back as they are in the form's other tables, or type the answer into a new form.",
                statement=statement,
            )
        return bool(texts)

    def unknown_headings(self, grid: Grid, heads: Heads) -> None:
        """Columns that are not ours, and one that was taken for ours."""
        if heads.guessed:
            heading = shown(heads.cells[heads.at[heads.guessed]])
            self.faults.add(
                "IN106",
                Severity.NOTE,
                self.place(heads.number, heading),
                f"The heading `{heading}` is not known{_where(grid)}; it is read as `{OWN_NAMES[heads.guessed]}`, the "
                "only one missing.",
                f"Check the answers below it, or put the heading `{OWN_NAMES[heads.guessed]}` back.",
            )
        missing = [OWN_NAMES[key] for key in heads.missing]
        below = [cells for number, cells in grid.rows if number > heads.number]
        if missing and not heads.unknown:
            self.faults.add(
                "IN108",
                Severity.WARNING,
                self.place(heads.number),
                f"The form came back without its {'column' if len(missing) == 1 else 'columns'} {one_of(missing)}"
                f"{_where(grid)}, so nothing is read there.",
                "Ask whether answers were lost with it.",
            )
        for index in heads.unknown:
            heading = heads.cells[index]
            levels = [c[index] for c in below if index < len(c) and self._level(c[index])]
            typed = any(index < len(c) and self._added(c[index]) for c in below)
            if self._added(heading) or levels or (typed and missing):
                place = self.place(heads.number, shown(heading))
                note_extra_column(place, f"`{shown(heading)}`", levels, missing, self.faults)

    def last_year(self, line_number: int, text: str, statement: str, grid: Grid) -> None:
        """Something typed over what the form says of last year, also where the form says those words elsewhere."""
        if not (self.stamp and self.stamp.said(last_print("", "")) and text.strip() and self.stamp.said(text)):
            return
        if not self.stamp.said(last_print(statement, text)):
            self._warn(
                self.place(line_number, OWN_NAMES[LAST]),
                f"`{shown(text, _MOST)}` was typed under `{OWN_NAMES[LAST]}` at {statement}{_where(grid)}, so it is "
                "not read.",
                f"If it is this year's level, choose it under `{OWN_NAMES[LEVEL]}`.",
                statement=statement,
            )

    def unknown_statement(self, line: Line) -> None:
        """An answer to a statement that is not there, or to none."""
        said = _quoted(value for value in line.values.values() if value)
        place = self.place(line.number, STATEMENT)
        if line.written:
            self.faults.unknown(
                place,
                f"There is no statement `{shown(line.written)}`{_where(line.grid)}, so this is not read: {said}.",
                f"{did_you_mean(line.written, self.statements.values())}Type the id of a statement of the framework.",
            )
        else:
            self.faults.value(
                place,
                f"The row does not say which statement it answers{_where(line.grid)}, so this is not read: {said}.",
                "Type the statement's id into its first column, or take the row out.",
            )

    def without_id(self, line: Line) -> None:
        """An answer whose id is gone, and that is known by the name of its control."""
        self._warn(
            self.place(line.number, STATEMENT, line.grid),
            f"The id of {line.statement} is gone from its row; the answer is known by the name of its field.",
            f"Check that it is the answer to {line.statement}, and type the id into the first column.",
            statement=line.statement,
        )

    def second_answer(self, line: Line, before: Row) -> None:
        """Another answer for a statement that has one already, or a document that stands below such an answer."""
        said = [v for k, v in line.values.items() if v and v != before[k]]
        if said:
            self.faults.repeated(
                self.place(line.number, STATEMENT),
                f"{line.statement} is answered again{_where(line.grid)}; the first answer is read with its evidence, "
                f"and this is not: {_quoted(said)}.",
                "Keep one answer, and take the other out. If this row is meant for another statement, type that id.",
                statement=line.statement,
            )

    def marks(self, lines: Iterable[Line]) -> None:
        """Formulas, tracked changes and prompts in the cells that answer."""
        for line in lines:
            given = any(line.values.values())
            for key, index in line.at.items():
                mark = line.grid.marks.get((line.number, index))
                # An untouched prompt beside an answer was overlooked; in a row that nobody filled in it says nothing.
                if mark and (mark != PROMPT or (given and key in ("level", "comment"))):
                    self._warn(self.place(line.number, key, line.grid), *MARKS[mark], statement=line.statement)

    def merged(self, grid: Grid, answers: Mapping[tuple[int, int], tuple[str, str]]) -> None:
        """Cells for different answers that were made into one: Excel and Word keep only what stood in the first."""
        for top, left, bottom, right in grid.merged:
            covered = [
                answer
                for (row, index), answer in sorted(answers.items())
                if top <= row <= bottom and left <= index <= right
            ]
            if len(set(covered)) > 1:
                self._merged(grid, top, list(dict.fromkeys(covered)))

    def _merged(self, grid: Grid, row: int, covered: list[tuple[str, str]]) -> None:
        names = [f"{statement} {OWN_NAMES.get(key, key)}" for statement, key in covered]
        self._warn(
            self.place(row, covered[0][1]),
            f"The cells for {', '.join(names)} were merged{_where(grid)}: what stands there is read as {names[0]}, and "
            "nothing as the others.",
            "Undo the merging and type each answer into its own cell.",
            statement=covered[0][0] if covered[0][0] in self.statements.values() else None,
        )

    def _typed_outside(self, grid: Grid, number: int, index: int, text: str, statement: str | None) -> None:
        self._warn(
            self.place(number, None if self.in_word else _letters(index)),
            f"`{shown(text, _MOST)}` was typed where the form has no place for an answer{_where(grid)}, so it is not "
            "read.",
            _TAKE_OUT,
            statement=statement,
        )

    def _added(self, text: str) -> bool:
        """Whether a person put this there."""
        if self.stamp is None or is_prompt(text):
            return False
        return not (self.stamp.said(text) or all(self.stamp.said(line) for line in text.split("\n")))

    def _level(self, text: str) -> bool:
        return same(text) in self.levels

    def _warn(self, place: Place, message: str, remedy: str, **about: str | None) -> None:
        self.faults.add("IN105", Severity.WARNING, place, message, remedy, **about)


def _is_heading(line: str, titles: set[str]) -> bool:
    return any(title in same(line) for title in titles if len(title) > 3) or ":" in line[:25]


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"`{shown(text, _MOST)}`" for text in texts) or "nothing was typed"


def _where(grid: Grid) -> str:
    """` in the sheet ...`; Word's tables have no name that a person sees."""
    return (
        f" (sheet {grid.sheet})" if grid.sheet and not grid.sheet.startswith("table ") and grid.sheet != "text" else ""
    )


def _letters(index: int) -> str:
    """The letters of a column, as a spreadsheet shows them."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
