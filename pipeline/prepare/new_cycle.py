"""Next year's folder: respondents and open actions carried over, levels not, and what will be out of date listed."""

from __future__ import annotations

import calendar
import csv
import datetime
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.files import possible_name, write_whole
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import same, shown
from pipeline.inputs.tables import TABLES, best_grid, find_table, grids_of, header_of, read_table
from pipeline.model import Assessment, Case, EvidenceDocument, Targets
from pipeline.office.sources import read_bytes
from pipeline.prepare.init import guided_yaml
from pipeline.text import date_in_words
from pipeline.workspace import Workspace

MOMENTS = ("minutes", "letter", "audit", "survey", "engagement")
"""Kinds that record a moment: they have no review date, and count for less as they age."""
CHECK_THE_DATE = "CHECK: a year after the last meeting, not yet agreed by anyone."


@dataclass(frozen=True)
class OutOfDate:
    """A document that will be out of date by the new meeting."""

    id: str
    title: str
    owner: str
    reason: str
    cited: bool


@dataclass(frozen=True)
class NewCycleReport:
    """What was carried into the new cycle, and what people have to see to."""

    cycle: str
    previous: str
    meeting: datetime.date
    """The date written into the new assessment.yaml; to be checked by a person unless it was given."""
    written: tuple[Path, ...]
    respondents: tuple[str, ...]
    statements: int
    actions: tuple[str, ...]
    """Ids of the open actions that were carried."""
    not_carried: tuple[str, ...]
    """Ids of actions that are done or dropped."""
    out_of_date: tuple[OutOfDate, ...]
    lessons: tuple[tuple[str, str], ...]
    """Scheme and lesson."""


def new_cycle(ws: Workspace, case: Case, new: str, meeting: datetime.date | None = None) -> NewCycleReport:
    """Make the folder of cycle `new` from `case`, the old one. Nothing that is there is overwritten."""
    folder = _new_folder(ws, case, new)
    day = meeting or case.assessment.paper.date + datetime.timedelta(weeks=52)
    files = {folder / "assessment.yaml": _assessment(case, new, day, agreed=meeting is not None).encode("utf-8")}
    if framework := _own_framework(ws, case):
        files |= {folder / name: content for name, content in framework.items()}
    carried = tuple(a.id for a in case.actions if a.status == "open")
    if actions := _open_rows(ws, case, carried):
        files[folder / "actions.csv"] = actions
    _write_folder(folder, files)
    return NewCycleReport(
        cycle=new,
        previous=case.assessment.cycle,
        meeting=day,
        written=tuple(files),
        respondents=tuple(r.id for r in case.assessment.respondents),
        statements=len(case.statements),
        actions=carried,
        not_carried=tuple(a.id for a in case.actions if a.status != "open"),
        out_of_date=out_of_date(case, day),
        lessons=tuple((scheme.id, lesson) for scheme in case.schemes for lesson in scheme.lessons),
    )


def _write_folder(folder: Path, files: Mapping[Path, bytes]) -> None:
    """The folder of a cycle, there whole or not at all: half of one would be taken for the newest cycle."""
    beside = folder.with_name(f".{folder.name}.making")
    try:
        for path, content in files.items():
            write_whole(beside / path.relative_to(folder), content)
        (beside / "responses").mkdir(exist_ok=True)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def out_of_date(case: Case, day: datetime.date) -> tuple[OutOfDate, ...]:
    """The documents that will be past their review date, or too old to count, on that day; cited ones first."""
    cited = {c.evidence for c in case.citations}
    found = [
        OutOfDate(d.id, d.title, d.owner, reason, d.id in cited)
        for d in case.register
        if (reason := _why_out_of_date(d, case, day))
    ]
    return tuple(sorted(found, key=lambda d: not d.cited))


def _why_out_of_date(document: EvidenceDocument, case: Case, day: datetime.date) -> str:
    if any(document.id in d.supersedes and d.dated and d.dated <= day for d in case.register):
        return ""  # its successor is what matters
    if document.review_by and document.review_by < day:
        return f"to be reviewed by {date_in_words(document.review_by)}"
    ages = [level.requires.max_age_months for level in case.framework.levels if level.requires.max_age_months]
    if document.kind in MOMENTS and document.dated and ages and document.dated < _months_before(day, max(ages)):
        return f"dated {date_in_words(document.dated)}, more than {max(ages)} months before"
    return ""


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def _new_folder(ws: Workspace, case: Case, new: str) -> Path:
    if not new.strip() or new.startswith(".") or possible_name(new) != new:
        raise UsageError(f"`{shown(new)}` cannot be the name of a cycle.", "Name it like 2026-27.")
    if same(new) == same(case.assessment.cycle) or any(same(new) == same(c) for c in ws.cycles()):
        raise UsageError(
            f"There is a cycle {new} already, and nothing in it is overwritten.",
            f"Choose another name, or move {ws.relative(ws.cycle_folder(new))}/ away first.",
        )
    return ws.cycle_folder(new)


def _assessment(case: Case, new: str, day: datetime.date, *, agreed: bool) -> str:
    a = case.assessment
    values: dict[str, Any] = {
        "organisation": a.organisation,
        "cycle": new,
        "previous": a.cycle,
        "framework": a.framework,
        "subject": a.subject,
        "sections": list(a.sections),
        "left_out": [
            {"statement": one.statement, "reason": one.reason, "agreed_by": one.agreed_by} for one in a.left_out
        ],
        "targets": _targets(a.targets, day),
        "senior_responsible_officer": a.senior_responsible_officer,
        "non_executive_lead": a.non_executive_lead,
        "committee": a.committee,
        "objectives": list(a.objectives),
        "respondents": [{"id": r.id, "name": r.name, "role": r.role.value} for r in a.respondents],
        "publication": {"contacts": list(a.contacts), "small_numbers": a.small_numbers} if a.contacts else None,
        "abbreviations": dict(a.abbreviations),
        "column_names": {table: dict(names) for table, names in a.column_names.items()},
        "severities": {code: severity.value for code, severity in a.severities.items()},
        "tags": dict(a.tags),
    }
    heading = (
        f"Made from {a.cycle}. Respondents and settings are carried over; levels, comments, exceptions and what was\n"
        "said of the last paper are not. Check every line marked CHECK."
    )
    notes = {} if agreed else {"date": CHECK_THE_DATE}
    return guided_yaml(heading, _given(values), _given(_paper(a, new, day)), notes)


def _paper(a: Assessment, new: str, day: datetime.date) -> dict[str, Any]:
    """What is likely to be said again; what was a judgement on the last paper is left open."""
    paper = a.paper
    return {
        "title": paper.title.replace(a.cycle, new),
        "meeting": paper.meeting,
        "date": day,
        "session": paper.session,
        "type": paper.type,
        "report_by": list(paper.report_by),
        "key_areas": list(paper.key_areas),
        "strategic_objectives": list(paper.strategic_objectives),
        "baf_risks": list(paper.baf_risks),
        "foi_status": paper.foi_status,
        "evidence_annex": "separate" if paper.evidence_annex == "separate" else "",
    }


def _targets(targets: Targets, day: datetime.date) -> dict[str, Any]:
    """The levels aimed at; a date that will have passed is not carried."""
    carried: dict[str, Any] = {"default": targets.default} if targets.default else {}
    carried |= dict(targets.by_statement)
    return carried | ({"by": targets.by} if carried and targets.by and targets.by > day else {})


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _own_framework(ws: Workspace, case: Case) -> dict[str, bytes]:
    """A framework that lies in the old cycle's folder, with its references, for the new one."""
    old = ws.cycle_folder(case.assessment.cycle)
    path = old / case.assessment.framework
    if not path.is_file() or not path.resolve().is_relative_to(old.resolve()):
        return {}
    import yaml

    content = read_bytes(ws, path)
    files = {case.assessment.framework: content}
    named = (yaml.safe_load(content) or {}).get("references")
    references = path.parent / named if isinstance(named, str) else None
    if references and references.is_file() and references.resolve().is_relative_to(old.resolve()):
        files[references.relative_to(old).as_posix()] = read_bytes(ws, references)
    return files


def _open_rows(ws: Workspace, case: Case, carried: tuple[str, ...]) -> bytes:
    """The rows of open actions with all their columns, as they were written."""
    folder, columns = ws.cycle_folder(case.assessment.cycle), TABLES["actions"]
    path = find_table(ws, folder, "actions")
    table = read_table(ws, folder, "actions", case.assessment.column_names, Faults())
    if path is None or table is None:
        return b""
    own = case.assessment.column_names.get("actions", {})
    grid = best_grid(grids_of(read_bytes(ws, path), ws.relative(path), columns, own), columns, own)
    _, heads = header_of(grid, columns, own)
    wanted, rows = {same(i) for i in carried}, dict(grid.rows)
    lines = [heads]
    for row in table.rows:
        if same(row.word("id")) in wanted:
            wanted.remove(same(row.word("id")))
            lines.append(rows[row.number])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8")
