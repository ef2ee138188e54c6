"""The answers on one statement as people gave them, and how they are written: into tables, never into forms."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.dossier.views import AnswerView, Dossier, RespondentView
from pipeline.errors import InputError, UsageError
from pipeline.flow.edits import Edit, write
from pipeline.flow.judging import Judgement
from pipeline.flow.rows import ShownRow, Typed, is_table, open_table, save_row, shown_row
from pipeline.inputs.editing import Change, changed, empty_sheet
from pipeline.inputs.quotation_marks import split_outside_quotations
from pipeline.inputs.suggest import same
from pipeline.inputs.tables import TABLES
from pipeline.inputs.unread import RETURNED
from pipeline.model import NOT_ASSESSED, Answer, Form
from pipeline.workspace import Workspace

COLUMNS = tuple(c for c in TABLES["responses"].all if c != "statement")
_PAGE = re.compile(r"\bpp?\.\s*\d+(?:\s*[-\u2013]\s*\d+)?", re.IGNORECASE)
_MARKS = re.compile('["\u201c]')


@dataclass(frozen=True)
class GivenAnswer:
    """What one respondent answered on a statement, and whether it can be changed where it stands."""

    respondent: RespondentView
    answer: AnswerView | None
    kind: str
    """table | form | none"""
    file: str
    row: ShownRow | None
    """Its row, a new one where the table has none; None for a form."""
    asked: bool


def given_answers(ws: Workspace, judged: Judgement, statement: str) -> list[GivenAnswer]:
    """One for each respondent, in the order of assessment.yaml."""
    shown = judged.dossier.statement(statement)
    by_respondent = {a.respondent: a for a in (*shown.answers, *shown.partners)}
    must = {"both": ("team", "board"), "team": ("team",), "board": ("board",)}.get(shown.answered_by, ())
    return [
        _given(ws, judged, r, by_respondent.get(r.id), r.role in (*must, "partner")) for r in judged.dossier.respondents
    ]


def _given(
    ws: Workspace, judged: Judgement, respondent: RespondentView, answer: AnswerView | None, asked: bool
) -> GivenAnswer:
    cycle = judged.dossier.cycle
    path = _file_of(ws, judged, respondent.id, answer)
    if path is None:
        own = ws.cycle_folder(cycle) / "responses" / f"{respondent.id}.csv"
        _, sheet = open_table(ws, cycle, "responses", own)
        row = shown_row("responses", sheet, None, COLUMNS)
        return GivenAnswer(respondent, answer, "none", ws.relative(own), row, asked)
    file = ws.relative(path)
    try:
        table = path.suffix.lower() in (".csv", ".xlsx") and open_table(ws, cycle, "responses", path)[1]
    except InputError:
        table = None
    if not table or not is_table(table):
        return GivenAnswer(respondent, answer, "form", file, None, asked)
    number = answer.row if answer and answer.row in table.rows else None
    return GivenAnswer(respondent, answer, "table", file, shown_row("responses", table, number, COLUMNS), asked)


def _file_of(ws: Workspace, judged: Judgement, respondent: str, answer: AnswerView | None) -> Path | None:
    """The file in which an answer stands, else the first that the respondent returned."""
    if answer and answer.file:
        return ws.root / answer.file
    form = _form(judged, respondent)
    return ws.root / form.files[0] if form else None


def _form(judged: Judgement, respondent: str) -> Form | None:
    return next((f for f in judged.case.forms if f.respondent == respondent), None)


def save_answer(
    ws: Workspace, judged: Judgement, statement: str, respondent: str, typed: Typed, when: datetime.datetime
) -> Edit | None:
    """Write what was typed into the respondent's table, which is begun where there is none."""
    given = next((g for g in given_answers(ws, judged, statement) if g.respondent.id == respondent), None)
    if given is None or given.kind == "form":
        raise UsageError("This answer came as a form, which stays as it came.", "Take it over into a table first.")
    cells = dict(typed.cells)
    if typed.row is None:
        if not any(text.strip() for text in cells.values()):
            return None
        cells["statement"] = statement
    said = f"{statement}, {given.respondent.name}: the answer"
    path, key = ws.root / given.file, "statement"
    at = Typed(typed.row, typed.seen, cells, typed.seen_cells)
    return save_row(ws, judged.dossier.cycle, "responses", at, said, when, path=path, key=key)


def take_over(ws: Workspace, judged: Judgement, respondent: str, when: datetime.datetime) -> Edit:
    """The answers of a form as a table; the form itself is kept in responses/returned/."""
    form = _form(judged, respondent)
    if form is None:
        raise UsageError("There is no form to take over.", "It may have been taken over already.")
    cycle = judged.dossier.cycle
    folder = ws.cycle_folder(cycle) / "responses"
    table = folder / f"{respondent}.csv"
    forms = [ws.root / name for name in form.files]
    if table.exists():
        raise UsageError(f"{table.name} is there already.", "The answers can be changed in it.")
    seen: dict[Path, bytes | None] = {path: path.read_bytes() for path in forms}
    new: dict[Path, bytes | None] = dict.fromkeys(forms)
    for path in forms:
        known = same(path.stem).startswith(same(respondent))
        kept = _free(folder / RETURNED / (path.name if known else f"{respondent} {path.name}"))
        new[kept], seen[kept] = seen[path], None
    rows = [Change(None, _row(judged, answer)) for answer in form.answers if _says(answer)]
    new[table], seen[table] = changed(empty_sheet(ws.relative(table), TABLES["responses"]), rows), None
    return write(ws, f"The form of {respondent} taken over into {table.name}", when, new, seen)


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _says(answer: Answer) -> bool:
    return bool(answer.level or any(t.strip() for t in (answer.level_text, answer.comment, answer.evidence)))


def _row(judged: Judgement, answer: Answer) -> Mapping[str, str]:
    names = {level.id: level.name for level in judged.case.framework.levels} | {NOT_ASSESSED: NOT_ASSESSED}
    cells = {c: str(getattr(answer, c, "") or "") for c in COLUMNS}
    cells |= {"statement": answer.statement, "level": names.get(answer.level or "", answer.level_text)}
    return {column: text for column, text in cells.items() if text.strip()}


def levels_to_choose(dossier: Dossier) -> list[str]:
    """What can be answered: the levels by name, and that a statement was not assessed."""
    return [*(level.name for level in dossier.levels), NOT_ASSESSED]


def parts(evidence: str) -> list[str]:
    """The citations of a cell, as they are written."""
    return [part.strip() for part in split_outside_quotations(evidence) if part.strip()]


def with_citation(evidence: str, citation: str, instead: str = "") -> str:
    """The cell with a citation at its end, or in the place of another. UsageError where that one is gone."""
    if instead:
        if instead not in parts(evidence):
            raise UsageError("This citation was changed meanwhile.", "Look at it again.")
        at = evidence.index(instead)
        return evidence[:at] + citation + evidence[at + len(instead) :]
    between = "\n" if "\n" in evidence else "; "
    return f"{evidence.rstrip().rstrip(';')}{between}{citation}" if evidence.strip() else citation


def without_citation(evidence: str, citation: str) -> str:
    """The cell without one of its citations."""
    left = [part for part in parts(evidence) if part != citation]
    return ("\n" if "\n" in evidence else "; ").join(left)


def on_page(citation: str, page: int) -> str:
    """The citation with another page, else with a page behind its document."""
    begin = _MARKS.search(citation)
    head, words = (citation[: begin.start()], citation[begin.start() :]) if begin else (citation, "")
    if _PAGE.search(head):
        return f"{_PAGE.sub(f'p.{page}', head, count=1)}{words}"
    return f"{head.rstrip()} p.{page} {words}".strip()


def with_words(citation: str, words: str, page: int | None) -> str:
    """The citation of the same document with other words, and their page where it has one."""
    begin = _MARKS.search(citation)
    head = (citation[: begin.start()] if begin else citation).rstrip()
    cited = f"{head} {quoted(words)}"
    return on_page(cited, page) if page else cited


def quoted(words: str) -> str:
    """Words in quotation marks that end where they should."""
    line = " ".join(words.split())
    return f"\u201c{line}\u201d" if '"' in line else f'"{line}"'
