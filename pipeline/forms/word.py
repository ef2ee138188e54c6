"""One respondent's form as a Word document: cover, sections, a table for each statement, documents, resources."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from docx.oxml.ns import qn

from pipeline.forms import wording as words
from pipeline.forms.content import Asked, FormContent, Part, facts
from pipeline.forms.sentences import CHOOSE_LOWER, EVIDENCE_LINES, MAY_BE_PRINTED
from pipeline.forms.word_layout import (
    Controls,
    clean,
    keep_with_next,
    new_document,
    running_lines,
    table,
    write,
    write_rows,
)
from pipeline.forms.word_tables import paragraph_text
from pipeline.forms.wording import make_stamp, without_figures
from pipeline.office.archive import same_bytes
from pipeline.office.properties import with_properties
from pipeline.text import date_in_words, sentence_case

ACTION_LINES = 3
MOST_LISTED = 60
"""Documents that a drop-down offers; a longer register is looked up in the list at the end of the form."""


def word_form(content: FormContent) -> bytes:
    """The document, ready to be written."""
    return same_bytes(_WordForm(content).made(), content.made_on)


class _WordForm:
    def __init__(self, content: FormContent) -> None:
        self.content, self.controls = content, Controls()
        title = f"{content.sentences.title} ({content.cycle})"
        self.document = new_document(title, content.organisation, content.made_on)
        # Partners have little time: one line for evidence takes several documents.
        self.short = content.brief
        self.offered = [words.list_entry(d.id, d.title) for d in content.documents if d.listed]

    def made(self) -> bytes:
        content = self.content
        running_lines(self.document, content.organisation, f"{content.cycle}, {content.respondent.name}")
        self._cover()
        for part in content.parts:
            self._part(part)
        self._documents()
        self._resources()
        out = io.BytesIO()
        self.document.save(out)
        a = self.content
        stamp = make_stamp(a.cycle, a.framework, a.respondent.id, self._said(), second=a.second)
        return with_properties(out.getvalue(), stamp)

    def _said(self) -> list[str]:
        """Every paragraph that this form says by itself."""
        section = self.document.sections[0]
        running = [without_figures(p.text) for part in (section.header, section.footer) for p in part.paragraphs]
        return [paragraph_text(p) for p in self.document.element.body.iter(qn("w:p"))] + running

    def _heading(self, text: str, level: int) -> None:
        self.document.add_heading(clean(text), level)

    def _paragraphs(self, lines: Iterable[str], style: str = "Normal") -> None:
        """Locked paragraphs."""
        made = [self.document.add_paragraph(clean(line))._p for line in lines if line]
        for paragraph in made:
            paragraph.style = style.replace(" ", "")
        if made:
            place = self.document.element.body
            at = list(place).index(made[0])
            place.insert(at, self.controls.locked(made))

    def _cover(self) -> None:
        content = self.content
        self._heading(content.sentences.title, 0)
        self._paragraphs((content.organisation, *content.sentences.welcome))
        self._heading("About this form", 1)
        stated = facts(content)
        write_rows(table(self.document, ("About this form", "Please leave as it is"), len(stated), (6, 11.4)), stated)
        self._heading("Please fill in", 1)
        self._to_fill_in()
        for heading, lines, style in (
            ("How to answer", content.sentences.how_to_answer, "List Bullet"),
            ("How to return it", content.sentences.how_to_return, "List Bullet"),
            ("What happens with your answers", content.sentences.after, "List Bullet"),
        ):
            self._heading(heading, 1)
            self._paragraphs(lines, style)

    def _to_fill_in(self) -> None:
        made = table(self.document, ("Please fill in", "Your answer"), 3, (6, 11.4))
        controls = (
            (words.COMPLETED_BY, self.controls.text("cover.by", words.COMPLETED_BY)),
            (words.COMPLETED_ON, self.controls.date("cover.on", words.COMPLETED_ON, words.CHOOSE_DATE)),
            (words.METHOD, self.controls.choice("cover.way", words.METHOD, words.CHOOSE_WAY, words.METHODS)),
        )
        for row, (label, control) in zip(made.rows[1:], controls, strict=True):
            write(row.cells[0], label)
            row.cells[1].paragraphs[0]._p.append(control)

    def _part(self, part: Part) -> None:
        self._heading(part.title, 1)
        first = part is self.content.parts[0]
        self.document.paragraphs[-1].paragraph_format.page_break_before = first or not self.short
        if not self.short:
            self._paragraphs((part.scope, f"{MAY_BE_PRINTED} {CHOOSE_LOWER}"))
        if first or not self.short:
            self._levels(part)
        for asked in part.asked:
            self._statement(asked)
        self._actions(part)

    def _levels(self, part: Part) -> None:
        here = any(m.here for m in part.meanings) and not self.short
        rows: list[tuple[str, ...]] = [(m.name, m.meaning, *((m.here,) if here else ())) for m in part.meanings]
        headings = ("The levels", "What each means", *(("In this section",) if here else ()))
        widths = (2.8, 8.2, 6.4) if here else (2.8, 14.6)
        write_rows(table(self.document, headings, len(rows), widths), rows)

    def _statement(self, asked: Asked) -> None:
        self._heading(f"{asked.id} {asked.name}".strip(), 2)
        last = f"{words.LAST}: {asked.last_level}" if asked.last_level else ""
        comment = f"{words.LAST}, the comment: {asked.last_comment}" if asked.last_comment else ""
        here = len(self.document.element.body)
        self._paragraphs((asked.text,))
        self._paragraphs((*asked.notes, last, comment), "Small")
        self._answer(asked)
        # A question, its answer and the first line for evidence stay on one page.
        keep_with_next(p for block in self.document.element.body[here - 1 : -1] for p in _paragraphs_in(block))
        self._evidence(asked)

    def _answer(self, asked: Asked) -> None:
        headings = (words.STATEMENT, words.LEVEL, words.COMMENT, f"{words.PUBLIC} (optional)")
        cells = table(self.document, headings, 1, (2.2, 3, 8, 4.2), f"{asked.id}: your answer").rows[1].cells
        self._id(cells[0], asked.id)
        level = self.controls.choice(f"{asked.id}.level", f"{asked.id} level", words.CHOOSE_LEVEL, self.content.levels)
        cells[1].paragraphs[0]._p.append(level)
        comment = self.controls.rich(f"{asked.id}.comment", f"{asked.id} comment", words.TYPE_COMMENT)
        cells[2]._tc.remove(cells[2].paragraphs[0]._p)
        cells[2]._tc.append(comment)
        shorter = self.controls.text(f"{asked.id}.public_comment", f"{asked.id} shorter comment")
        cells[3].paragraphs[0]._p.append(shorter)
        self._gap()

    def _evidence(self, asked: Asked) -> None:
        headings = (
            words.STATEMENT,
            f"{words.DOCUMENT} ({words.DOCUMENT_HELP})",
            f"{words.PAGE} ({words.PAGE_HELP})",
            f"{words.WORDS} ({words.WORDS_HELP})",
        )
        lines = 1 if self.short else EVIDENCE_LINES
        made = table(self.document, headings, lines, (2.2, 5.2, 4.6, 5.4), f"{asked.id}: your evidence")
        for number, row in enumerate(made.rows[1:], 1):
            base = f"{asked.id}.evidence{number}"
            self._id(row.cells[0], asked.id)
            row.cells[1].paragraphs[0]._p.append(self._document_choice(base, f"{asked.id} document {number}"))
            for cell, key in zip(row.cells[2:], ("page", "words"), strict=True):
                control = self.controls.text(f"{base}.{key}", f"{asked.id} document {number} {key}")
                cell.paragraphs[0]._p.append(control)

    def _document_choice(self, base: str, alias: str) -> Any:
        if not 0 < len(self.offered) <= MOST_LISTED:
            return self.controls.text(f"{base}.document", alias)
        return self.controls.choice(f"{base}.document", alias, words.CHOOSE_DOCUMENT, self.offered, free=True)

    def _id(self, cell: Any, statement: str) -> None:
        # Not a locked control: programs that fill forms look for the id in the text of the cell.
        write(cell, statement, bold=True)

    def _gap(self) -> None:
        """Word joins two tables that nothing stands between."""
        self.document.add_paragraph()._p.style = "Small"

    def _actions(self, part: Part) -> None:
        self._heading(f"Actions: {part.title}", 2)
        self._paragraphs((self.content.sentences.for_actions,))
        if part.open_actions:
            rows = [
                (f"{a.id} ({a.statement})" if a.statement else a.id, a.action, a.owner, date_in_words(a.due), a.measure)
                for a in part.open_actions
            ]
            headings = ("Open already", words.ACTION, words.OWNER, words.DUE, words.MEASURE)
            write_rows(table(self.document, headings, len(rows), (2.4, 5.4, 3.2, 2.8, 3.6)), rows)
            self._gap()
        headings = (words.STATEMENT, words.ACTION, words.OWNER, words.DUE, words.MEASURE)
        made = table(self.document, headings, 1 if self.short else ACTION_LINES, (2.4, 5.4, 3.2, 2.8, 3.6))
        for number, row in enumerate(made.rows[1:], 1):
            base, alias = f"{part.id}.action{number}", f"{part.title} action {number}"
            controls = (
                self.controls.choice(
                    f"{base}.statement", alias, words.CHOOSE_STATEMENT, [a.id for a in part.asked], free=True
                ),
                self.controls.text(f"{base}.action", f"{alias} what"),
                self.controls.text(f"{base}.owner", f"{alias} owner"),
                self.controls.date(f"{base}.due", f"{alias} due", words.CHOOSE_DATE),
                self.controls.text(f"{base}.measure", f"{alias} measure"),
            )
            for cell, control in zip(row.cells, controls, strict=True):
                cell.paragraphs[0]._p.append(control)

    def _documents(self) -> None:
        self._heading(words.CITABLE, 1)
        rows = [(d.id, d.title, d.dated, sentence_case(d.note)) for d in self.content.documents]
        made = table(self.document, ("Id", "Title", "Dated", "Note"), len(rows), (2.2, 8.2, 3.2, 3.8))
        write_rows(made, rows)

    def _resources(self) -> None:
        self._heading(words.RESOURCES, 1)
        rows = [
            (f"{s.title}{f' ({s.year})' if s.year else ''}", s.publisher, s.url, s.note, ", ".join(s.named_by))
            for s in self.content.sources
            if s.named_by or not self.short
        ]
        headings = ("Title", "Publisher", "Address", "Note", "Statements that name it")
        write_rows(table(self.document, headings, len(rows), (5.4, 3, 4, 2.6, 2.4)), rows)


def _paragraphs_in(block: Any) -> Iterator[Any]:
    """A paragraph itself, or those in a table or a locked region."""
    yield from block.iter(qn("w:p"))
