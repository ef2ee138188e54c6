"""What people are handed before they answer, and what comes back with their forms."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from pipeline import evidence
from pipeline.dossier import INTERNAL, PUBLIC, for_audience, peers
from pipeline.dossier.peers import compare
from pipeline.dossier.progress import CycleProgress, queried, view_progress
from pipeline.dossier.views import Dossier
from pipeline.errors import UsageError
from pipeline.evidence import Progress
from pipeline.files import write_whole
from pipeline.flow.gathering import read_case
from pipeline.flow.judging import judge
from pipeline.flow.papers import audience_of, blocking, find_template
from pipeline.forms.out import write_forms
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.framework import framework_at, read_framework, shipped_frameworks
from pipeline.inputs.suggest import did_you_mean, shown
from pipeline.model import Case, Framework, Role
from pipeline.office.sources import read_bytes
from pipeline.prepare import due
from pipeline.prepare.inbox import InboxReport, accept_actions, inbox
from pipeline.prepare.new_cycle import NewCycleReport, new_cycle
from pipeline.publish import sharing
from pipeline.score.movement import reported_levels
from pipeline.text import list_in_words
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace


def read_written(ws: Workspace, cycle: str) -> Case:
    """What people wrote in a cycle; the evidence is not opened."""
    assessment, faults = read_assessment(ws, cycle)
    register, more = evidence.read_register(ws, assessment.column_names)
    return read_case(ws, assessment, register, (*faults, *more))


def make_forms(ws: Workspace, cycle: str) -> list[Path]:
    """An Excel and a Word form for each respondent, in build/<cycle>/forms/."""
    return write_forms(read_written(ws, cycle), ws.build(cycle) / "forms")


def make_second_forms(ws: Workspace, cycle: str) -> list[Path]:
    """A second form for each respondent whose answers the checks query: only those, with what is asked beside each."""
    dossier = judge(ws, cycle).dossier
    case = read_written(ws, cycle)
    queries = {}
    for respondent in case.assessment.respondents:
        if not any(form.respondent == respondent.id for form in case.forms):
            continue
        # What a partner is sent quotes no document that the partner may not see.
        shown = for_audience(dossier, PUBLIC if respondent.role is Role.PARTNER else INTERNAL)
        queries[respondent.id] = queried(shown, respondent.id)
    return write_forms(case, ws.build(cycle) / "forms", queries)


def make_due(ws: Workspace, cycle: str) -> tuple[Path, ...]:
    """build/<cycle>/due.ics, and letters/ beside it: those of an earlier run that nobody needs any more are gone."""
    shown = for_audience(judge(ws, cycle).dossier, INTERNAL)
    folder = ws.build(cycle)
    files = {folder / due.CALENDAR: due.calendar(shown)}
    for letter in due.letters(shown):
        stem = folder / due.LETTERS / letter.name
        files |= {
            stem.with_name(f"{stem.name}.md"): letter.text.encode(),
            stem.with_name(f"{stem.name}.eml"): letter.mail(),
        }
    for old in (folder / due.LETTERS).glob("*.*"):
        if old not in files and old.suffix in (".md", ".eml"):
            old.unlink()
    for path, content in files.items():
        write_whole(path, content)
    return tuple(files)


def see_progress(ws: Workspace, cycle: str) -> tuple[Dossier, CycleProgress]:
    """The cycle as it stands now, and how far its answers have come."""
    shown = judge(ws, cycle).dossier
    return shown, view_progress(shown)


def start_cycle(ws: Workspace, new: str, old: str, meeting: datetime.date | None) -> NewCycleReport:
    """Next year's folder, from this year's."""
    return new_cycle(ws, read_written(ws, old), new, meeting)


def empty_inbox(ws: Workspace, cycle: str) -> InboxReport:
    """Documents that came inside forms, taken out, each with a proposed register row; nothing is registered."""
    return inbox(ws, read_written(ws, cycle))


def register_columns(ws: Workspace) -> dict[str, str]:
    """The team's own headings of the register, as the newest cycle maps them."""
    cycles = ws.cycles()
    if not cycles:
        return {}
    assessment, _ = read_assessment(ws, cycles[-1])
    return dict(assessment.column_names.get("register", {}))


def take_over_actions(ws: Workspace, cycle: str, found: InboxReport) -> tuple[Path, int]:
    """Proposed actions into the action plan of the cycle."""
    return accept_actions(ws, read_written(ws, cycle), found)


QUESTIONS = "questions"


def make_questions(ws: Workspace, cycle: str, audience: str) -> str:
    """build/<cycle>/questions-<audience>.docx, from this year's answers; a draft while anything must be put right."""
    from pipeline import papers
    from pipeline.papers.questions import AUDIENCES
    from pipeline.publish.manifest import write_manifest

    if audience not in AUDIENCES:
        raise UsageError(f"There is no question sheet for {audience}.", f"Use one of {', '.join(AUDIENCES)}.")
    template = find_template(ws, QUESTIONS)
    judged = judge(ws, cycle)
    shown = for_audience(judged.dossier, audience_of(QUESTIONS, judged.dossier))
    folder = ws.build(cycle)
    out = folder / f"{QUESTIONS}-{audience}.docx"
    draft = bool(blocking(judged.dossier, QUESTIONS))
    papers.fill(f"{QUESTIONS}-{audience}", shown, template, out, draft=draft, logo=ws.logo())
    write_manifest(folder, judged.dossier, judged.inputs, [out])
    return f"{ws.relative(out)} is made."


def share_cycle(ws: Workspace, cycle: str, progress: Progress | None = None) -> tuple[Path, peers.Share]:
    """share.json of a cycle as it stands now: levels, and nothing that anyone wrote."""
    shared = peers.share(judge(ws, cycle, progress=progress).dossier)
    out = ws.build(cycle) / sharing.NAME
    write_whole(out, sharing.dump(shared))
    return out, shared


def compare_files(ws: Workspace, files: Sequence[Path]) -> tuple[Path, ...]:
    """Organisations side by side, in build/compare/: a page, its data and its pictures."""
    from pipeline.charts.compare import draw_comparison
    from pipeline.publish.sharing import compare_csv, compare_page

    if len(files) < 2:
        raise UsageError(
            "There is nothing to compare: two files or more are needed.",
            "Name the share.json of each organisation: boardpack compare north/share.json south/share.json",
        )
    shares = [(named, sharing.load(path, named)) for path, named in ((p, p.as_posix()) for p in files)]
    sharing.refuse_unlike(shares)
    comparison = compare([shared for _, shared in shares])
    folder = ws.root / "build" / "compare"
    pictures = draw_comparison(comparison, folder)
    write_whole(folder / "compare.csv", compare_csv(comparison))
    write_whole(folder / "compare.html", compare_page(comparison, pictures))
    return tuple(folder / name for name in ("compare.html", "compare.csv", *pictures))


def set_plans_side_by_side(ws: Workspace) -> list[Path]:
    """build/plans-<framework>.html: every plan that was assessed with one framework, cell by cell."""
    cases = [read_written(ws, cycle) for cycle in ws.cycles() if ws.is_plan(cycle)]
    made = []
    for framework in {case.framework.id: case.framework for case in cases}.values():
        names = {level.id: level.name for level in framework.levels}
        plans = [
            sharing.PlanLevels(
                case.assessment.subject or case.assessment.paper.title,
                case.assessment.paper.date,
                {cell: names.get(level, level) for cell, level in reported_levels(case).items()},
            )
            for case in cases
            if case.framework.id == framework.id
        ]
        made.append(ws.root / "build" / f"plans-{framework.id}.html")
        write_whole(made[-1], sharing.plans_page(framework, plans))
    if not made:
        raise UsageError(
            "No plan is assessed here.",
            "Make a folder in assessments/ whose assessment.yaml says `kind: plan` and names a matrix such as hi-kloe.",
        )
    return made


def export_framework(ws: Workspace, named: str | None, out: Path) -> Framework:
    """A framework by its id, else that of the cycle, as a workbook or Word document for people to edit."""
    from pipeline.prepare.framework_out import framework_workbook
    from pipeline.prepare.framework_word import framework_document

    if out.suffix.lower() not in (".xlsx", ".docx"):
        raise UsageError(f"{out.name} is not the name of an Excel or Word file.", "End it in .xlsx or .docx.")
    if out.exists():
        raise UsageError(f"{out} is there already, and nothing is overwritten.", "Name a new file.")
    if named is None:
        cycle = ws.newest_cycle()
        framework = read_framework(ws, read_assessment(ws, cycle)[0].framework, cycle)
    else:
        framework = framework_at(ws, _framework_file(ws, named))
    write = framework_document if out.suffix.lower() == ".docx" else framework_workbook
    write_whole(out, write(framework))
    return framework


def _framework_file(ws: Workspace, named: str) -> Path:
    files = {p.stem: p for p in sorted((ws.root / "frameworks").glob("*.yaml")) if "references" not in p.stem}
    known = {**{n: SHIPPED_FRAMEWORKS / f"{n}.yaml" for n in shipped_frameworks()}, **files}
    if named not in known:
        raise UsageError(
            f"There is no framework {shown(named)}.",
            f"{did_you_mean(named, list(known))}The frameworks here are {list_in_words(list(known))}.",
        )
    return known[named]


def import_framework(ws: Workspace, file: Path, *, replace: bool) -> tuple[Framework, list[Path]]:
    """A framework from Excel or Word, written into frameworks/ as YAML; each fault is named, nothing written then."""
    from pipeline.inputs.framework_sheets import read_framework_sheets, read_framework_workbook
    from pipeline.prepare.framework_out import write_framework
    from pipeline.prepare.framework_word import sheets_in_document

    if not file.is_file():
        raise UsageError(f"There is no file {file}.", "Name a workbook that `boardpack framework export` wrote.")
    content = read_bytes(ws, file)
    if file.suffix.lower() == ".docx":
        found = read_framework_sheets(sheets_in_document(content, file.name), file.name)
    else:
        found = read_framework_workbook(content, file.name)
    return found.framework, write_framework(ws, found, replace=replace)
