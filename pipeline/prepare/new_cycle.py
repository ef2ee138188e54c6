"""The next cycle's folder: what lasts is carried over, levels are not, and what stays behind is listed."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePath
from typing import Any

from pipeline.errors import UsageError
from pipeline.files import possible_name, write_whole
from pipeline.inputs.suggest import same, shown
from pipeline.inputs.unread import CARRIED_OVER
from pipeline.model import Assessment, Case, Paper, Respondent, Targets
from pipeline.model.periods import period_of
from pipeline.office.sources import read_bytes
from pipeline.prepare.carrying import Carried, chosen, table_rows, year_in
from pipeline.prepare.init import guided_yaml
from pipeline.prepare.left_behind import OutOfDate, carried_over, out_of_date
from pipeline.text import number_in_words
from pipeline.workspace import Workspace

_QUARTER = re.compile(r"(?<![\s_-])[\s_-]*+(q[1-4])\b", re.IGNORECASE)
"""`2025-26-Q2` is read as `2025-26 Q2`."""


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
    carried: Carried
    out_of_date: tuple[OutOfDate, ...]


def new_cycle(ws: Workspace, case: Case, new: str, meeting: datetime.date | None = None) -> NewCycleReport:
    """Make the folder of cycle `new` from `case`, the old one. Nothing that is there is overwritten."""
    folder = _new_folder(ws, case, new)
    day, check = (meeting, "") if meeting else _guessed(case.assessment, new)
    carried, old_documents = chosen(case, new), out_of_date(case, day)
    files = {"assessment.yaml": _assessment(case, new, day, check).encode("utf-8")}
    files |= _own_framework(ws, case)
    files |= table_rows(ws, case, carried, new)
    files |= {
        PurePath(scheme.place.file).relative_to(ws.relative(ws.cycle_folder(case.assessment.cycle))).as_posix(): (
            read_bytes(ws, ws.root / scheme.place.file)
        )
        for scheme in carried.schemes
    }
    files[CARRIED_OVER] = carried_over(case, new, day, carried, old_documents, check).encode("utf-8")
    written = {folder / name: content for name, content in files.items()}
    _write_folder(folder, written)
    return NewCycleReport(
        cycle=new,
        previous=case.assessment.cycle,
        meeting=day,
        written=tuple(written),
        respondents=tuple(r.id for r in case.assessment.respondents),
        statements=len(case.statements),
        carried=carried,
        out_of_date=old_documents,
    )


def _guessed(a: Assessment, new: str) -> tuple[datetime.date, str]:
    """As long after the last meeting as the new cycle ends after the old one, else a year; and the words of a check."""
    old_period, new_period = (period_of(_QUARTER.sub(r" \1", name)) for name in (a.cycle, new))
    quarters = round((new_period.ends - old_period.ends).days / 91) if old_period and new_period else 0
    quarters = quarters if quarters > 0 else 4
    years, over = divmod(quarters, 4)
    after = f"{number_in_words(3 * quarters)} months" if over else "a year" if years == 1 else f"{years} years"
    # Whole weeks: boards meet on the same day of the week.
    return (
        a.paper.date + datetime.timedelta(weeks=13 * quarters),
        f"CHECK: {after} after the last meeting, not yet agreed by anyone.",
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


def _new_folder(ws: Workspace, case: Case, new: str) -> Path:
    if not new.strip() or new.startswith(".") or possible_name(new) != new:
        raise UsageError(f"`{shown(new)}` cannot be the name of a cycle.", "Name it like 2026-27.")
    if same(new) == same(case.assessment.cycle) or any(same(new) == same(c) for c in ws.cycles()):
        raise UsageError(
            f"There is a cycle {new} already, and nothing in it is overwritten.",
            f"Choose another name, or move {ws.relative(ws.cycle_folder(new))}/ away first.",
        )
    return ws.cycle_folder(new)


def _assessment(case: Case, new: str, day: datetime.date, check: str) -> str:
    a = case.assessment
    values: dict[str, Any] = {
        "organisation": a.organisation,
        "cycle": new,
        "kind": a.kind if a.kind != "cycle" else None,
        "previous": a.cycle if a.kind == "cycle" else None,
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
        "respondents": [_respondent(r) for r in a.respondents],
        "publication": {"contacts": list(a.contacts), "small_numbers": a.small_numbers} if a.contacts else None,
        "abbreviations": dict(a.abbreviations),
        "column_names": {table: dict(names) for table, names in a.column_names.items()},
        "severities": {code: severity.value for code, severity in a.severities.items()},
        "tags": dict(a.tags),
    }
    heading = (
        f"Made from {a.cycle}. Respondents and settings are carried over; levels, comments, exceptions and what was\n"
        f"said of the last paper are not: see {CARRIED_OVER}. Check every line marked CHECK."
    )
    paper = _paper(a, new, day)
    notes = {"date": check} if check else {}
    if paper["title"] == a.paper.title and any(figure.isdigit() for figure in a.paper.title):
        notes["title"] = "CHECK: does it still name the right time?"
    return guided_yaml(heading, _given(values), _given(paper), notes)


def _respondent(respondent: Respondent) -> dict[str, Any]:
    """All that is said of a respondent, except how and when this one answered last time."""
    said = {f.name: getattr(respondent, f.name) for f in fields(respondent) if f.name not in ("completed_on", "method")}
    said["role"] = respondent.role.value
    return _given({key: list(value) if isinstance(value, tuple) else value for key, value in said.items()})


def _paper(a: Assessment, new: str, day: datetime.date) -> dict[str, Any]:
    """What is likely to be said again; what was a judgement on the last paper is left open."""
    paper = a.paper
    return {
        "title": _retitled(paper.title, a.cycle, new),
        "meeting": paper.meeting,
        "date": day,
        "session": paper.session,
        "session_reason": paper.session_reason,
        "type": paper.type,
        "report_by": list(paper.report_by),
        "key_areas": list(paper.key_areas),
        "strategic_objectives": list(paper.strategic_objectives),
        "baf_risks": list(paper.baf_risks),
        "foi_status": paper.foi_status,
        "evidence_annex": paper.evidence_annex if paper.evidence_annex != Paper.evidence_annex else "",
    }


def _retitled(title: str, old: str, new: str) -> str:
    """The title with the new cycle's name, or year, where the old one's stands."""
    if old in title:
        return title.replace(old, new)
    then, now = year_in(old), year_in(new)
    for mark in "-/" if then and now and then != now else "":
        title = title.replace(then.replace("-", mark), now.replace("-", mark))
    return title


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
