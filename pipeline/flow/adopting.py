"""A paper that a person edited: find it, compare it with the one that was made, take its edits back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from pipeline import papers as papers_
from pipeline.adopt import Adoption, Cited, NarrativeFile, Origin, Source, adopt
from pipeline.adopt.between import Difference, differences
from pipeline.checks.texts import authors_texts
from pipeline.dossier import for_audience
from pipeline.dossier.audience import WITHHELD
from pipeline.dossier.views import Dossier
from pipeline.errors import InputError, UsageError, place_in_words
from pipeline.evidence import Progress
from pipeline.flow.judging import Judgement, judge
from pipeline.flow.papers import audience_of, draw_figures, find_template
from pipeline.office import integrity
from pipeline.publish.manifest import own_words
from pipeline.publish.trail import every_citation
from pipeline.score import score
from pipeline.score.live import live_figures
from pipeline.text import date_in_words
from pipeline.word.prose import region
from pipeline.workspace import Workspace

ASIDE = "adopted"


@dataclass(frozen=True)
class Edited:
    """An edited paper: where it lies, which paper and cycle it is, and what it says of itself."""

    path: Path
    paper: str
    cycle: str
    draft: bool
    inputs: str


def find_edited(ws: Workspace, given: str, cycle: str | None) -> Edited:
    """The paper by its name in build/<cycle>/, else by its path."""
    name = given if given.lower().endswith(".docx") else f"{given}.docx"
    cycles = [cycle] if cycle else ws.cycles()[::-1]
    places = [*(ws.build(c) / name for c in cycles), Path(given), Path(name)]
    path = next((p for p in places if p.is_file()), None)
    if path is None:
        raise UsageError(f"There is no paper {given} in build/ or here.", "Give its name in build/, or its path.")
    said = own_words(integrity.read_properties(path))
    made_for = said.get("cycle", "")
    if cycle and made_for and made_for != cycle:
        raise UsageError(
            f"{path.name} was made for {made_for}, not for {cycle}.", "Leave the cycle out, or name its own."
        )
    chosen = cycle or (made_for if made_for in ws.cycles() else ws.newest_cycle())
    draft = said.get("state") == "draft" or path.stem.endswith("-draft")
    return Edited(path, _which_paper(ws, path), chosen, draft, said.get("inputs", ""))


def _which_paper(ws: Workspace, path: Path) -> str:
    """By its name, which people lengthen: `board-paper v2 comments.docx`."""
    stem = path.stem.casefold().replace(" ", "-").replace("_", "-")
    known = [name for name in ws.papers() if name.casefold() in stem]
    if not known:
        papers = ", ".join(ws.papers())
        raise UsageError(f"{path.name} is none of the papers here: {papers}.", "Give it the name of the paper it was.")
    return max(known, key=len)


def read_edits(ws: Workspace, edited: Edited, progress: Progress | None = None) -> Adoption:
    """What was edited in it; nothing is written."""
    parts = _parts(edited.path)
    judged = judge(ws, edited.cycle, progress=progress)
    shown = for_audience(judged.dossier, audience_of(edited.paper, judged.dossier))
    made = papers_.filled(
        edited.paper,
        shown,
        find_template(ws, edited.paper),
        draft=edited.draft,
        figures=draw_figures(ws, judged.dossier),
        logo=ws.logo(),
    )
    same = not edited.inputs or edited.inputs == judged.dossier.inputs_digest
    adoption = adopt(edited.path.name, parts, integrity.read_parts(made), _origin(ws, edited, judged, shown, same))
    if same:
        return adoption
    moved = f"{edited.path.name} was made from other inputs than those here: some differences may be theirs, not edits."
    return Adoption(adoption.changes, adoption.elsewhere, (moved, *adoption.remarks))


def compare_papers(older: Path, newer: Path) -> tuple[Difference, ...]:
    """What changed between two Word papers, whoever made them; nothing is written."""
    for path in (older, newer):
        if not path.is_file():
            raise UsageError(f"There is no file {path}.", "Name two Word papers: the earlier one first.")
    return differences(older.name, _parts(older), newer.name, _parts(newer))


def _parts(path: Path) -> dict[str, bytes]:
    try:
        return integrity.read_parts(path)
    except ValueError as fault:
        remedy = "Open it in Word and save it as “Word Document (.docx)”."
        raise InputError("this cannot be opened as a Word document.", remedy, file=path.name) from fault


def _origin(ws: Workspace, edited: Edited, judged: Judgement, shown: Dossier, same: bool) -> Origin:
    case = judged.case
    folder = ws.cycle_folder(edited.cycle) / "narrative"
    narratives = [
        NarrativeFile(
            name=n.name,
            path=folder / Path(n.place.file).name,
            shown=n.place.file,
            bookmark=region(n.name),
            withheld=WITHHELD in shown.narratives[n.name].text,
        )
        for n in case.narratives
    ]
    return Origin(
        narratives=narratives,
        figures=live_figures(score(case), case),
        cited=list(_cited(judged.dossier, shown)),
        evidence_ids=[d.id for d in case.register],
        sources=list(_sources(judged)),
        otherwise=f"worked out from the answers, or part of templates/{edited.paper}.docx",
        same_inputs=same,
    )


def _cited(judged: Dossier, shown: Dossier) -> Iterator[Cited]:
    """Every citation as written, with what the paper's footnotes say of it; the narrative's first."""
    for name, narrative in judged.narratives.items():
        for written, printed in zip(narrative.citations, shown.narratives[name].citations, strict=False):
            yield Cited(written.written, printed.key, (printed.shown, printed.shown_again))
    for written, printed in zip(every_citation(judged), every_citation(shown), strict=False):
        yield Cited(written.written, printed.key, (printed.shown, printed.shown_again))


def _sources(judged: Judgement) -> Iterator[Source]:
    """What people wrote that a paper prints, each with its place; what stands on the cover first."""
    assessment = judged.case.assessment
    for name, written in _written(assessment, ""):
        yield Source(written, f"{assessment.file}, field `{name}`")
    for text in authors_texts(judged.case, score(judged.case)):
        if text.kind == "narrative":
            continue
        place = place_in_words(text.place.file, text.place.row, f"`{text.place.field}`")
        about = tuple(filter(None, (text.statement, text.about)))
        for line in {text.text, *text.text.splitlines()}:
            yield Source(line, place, about)
    for statement in judged.case.statements:
        framework = f"the framework `{judged.case.framework.id}`, statement {statement.id}"
        yield Source(statement.text, framework, (statement.id,))
    for document in judged.case.register:
        yield Source(document.title, f"evidence/register, {document.id}, field `title`", (document.id,))


def _written(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text and date of assessment.yaml, with its field's name as the file has it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, datetime.date):
        yield name, date_in_words(value)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name != "file":
                yield from _written(getattr(value, one.name), f"{name}.{one.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from _written(held, f"{name}.{key}")
    elif isinstance(value, (tuple, list)):
        for held in value:
            yield from _written(held, name)


def put_aside(ws: Workspace, edited: Edited) -> Path | None:
    """The edited paper out of the way of the next one, kept in build/<cycle>/adopted/; None where it lies elsewhere."""
    folder = ws.build(edited.cycle)
    if edited.path.parent.resolve() != folder.resolve():
        return None
    place, number = folder / ASIDE / edited.path.name, 1
    while place.exists():
        number += 1
        place = folder / ASIDE / f"{edited.path.stem}-{number}.docx"
    place.parent.mkdir(exist_ok=True)
    return edited.path.rename(place)
