"""The year's own file as fields, the authors' prose, and forms that go out and come back."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.flow.edits import Edit, write
from pipeline.flow.judging import Judgement
from pipeline.flow.preparing import make_forms, read_written, start_cycle
from pipeline.flow.rows import Clash, ClashError, digest, plain
from pipeline.forms.responses import named_after
from pipeline.inputs.narrative import known_narratives
from pipeline.inputs.suggest import (
    ANNEXES,
    ASSURANCE_LEVELS,
    IMPLICATIONS,
    METHODS,
    PAPER_TYPES,
    SESSIONS,
    STAGES,
    SUFFIXES,
)
from pipeline.inputs.yaml_edit import value_at, with_value
from pipeline.office.sources import decode, read_bytes
from pipeline.prepare.init import KEYS, PAPER_KEYS
from pipeline.prepare.register_add import safe_name
from pipeline.score import score
from pipeline.score.live import live_figures
from pipeline.text import sentence_case
from pipeline.workspace import Workspace

__all__ = ["start_cycle"]

BOM = "\ufeff"
OWN = ("organisation", "senior_responsible_officer", "non_executive_lead", "committee", "as_of", "stage", "objectives")
NESTED = {
    "assurance_offered": ("level", "reason"),
    "implications": IMPLICATIONS,
}
LISTS = ("objectives", "report_by", "action_required", "key_areas", "strategic_objectives", "baf_risks")
DATES = ("as_of", "date", "next_review", "completed_on", "by")
CHOICES: Mapping[str, Sequence[str]] = {
    "stage": STAGES,
    "session": SESSIONS,
    "type": PAPER_TYPES,
    "evidence_annex": ANNEXES,
    "level": ASSURANCE_LEVELS,
    "method": METHODS,
}
LEFT = ("previously_considered",)
"""Lists of more than words: they are changed in the file itself."""


@dataclass(frozen=True)
class YearField:
    """One value of assessment.yaml, with the guide's words."""

    name: str
    """Its path, such as `paper.date`; the number of a respondent counts from 0."""
    label: str
    help: str
    text: str
    """A list stands with a line for each entry."""
    kind: str
    """choice | date | list | long | text"""
    choices: Sequence[str]
    seen: str


def year_file(ws: Workspace, cycle: str) -> Path:
    """assessment.yaml of a cycle."""
    return ws.cycle_folder(cycle) / "assessment.yaml"


def year_fields(ws: Workspace, cycle: str) -> list[tuple[str, list[YearField]]]:
    """The fields of assessment.yaml under their headings."""
    text = _text(ws, year_file(ws, cycle))
    helps: dict[tuple[str | int, ...], str] = {("paper", key.name): key.help for key in PAPER_KEYS} | {
        (key.name,): key.help for key in KEYS
    }
    groups: list[tuple[str, list[tuple[str | int, ...]]]] = [
        ("The meeting and the paper", [("paper", key.name) for key in PAPER_KEYS if key.name not in (*NESTED, *LEFT)]),
        ("The assurance offered", [("paper", "assurance_offered", key) for key in NESTED["assurance_offered"]]),
        ("Implications", [("paper", "implications", key) for key in IMPLICATIONS]),
        ("The organisation", [(key,) for key in OWN]),
        ("Publication", [("publication", "contacts"), ("publication", "small_numbers")]),
    ]
    fields = [(heading, [_field(text, path, helps.get(path, "")) for path in paths]) for heading, paths in groups]
    return [*fields, *_respondents(text)]


def _respondents(text: str) -> Iterator[tuple[str, list[YearField]]]:
    number = 0
    while name := value_at(text, ("respondents", number, "id")):
        shown = value_at(text, ("respondents", number, "name")) or name
        keys = ("name", "completed_on", "method")
        yield f"Who answers: {shown}", [_field(text, ("respondents", number, key), "") for key in keys]
        number += 1


def _field(text: str, path: tuple[str | int, ...], help_: str) -> YearField:
    key = str(path[-1])
    found = value_at(text, path) or ""
    lines = key in LISTS or isinstance(found, list) or key == "contacts"
    said = "\n".join(found) if isinstance(found, list) else found
    kind = "choice" if key in CHOICES else "date" if key in DATES else "list" if lines else "text"
    if kind == "text" and (len(said) > 70 or "implications" in path or key == "reason"):
        kind = "long"
    name = ".".join(map(str, path))
    return YearField(name, sentence_case(key.replace("_", " ")), help_, said, kind, CHOICES.get(key, ()), digest(said))


def save_year(
    ws: Workspace, cycle: str, typed: Mapping[str, str], seen: Mapping[str, str], when: datetime.datetime
) -> Edit | None:
    """Write the values that differ; ClashError where somebody else changed the same ones."""
    path = year_file(ws, cycle)
    content = read_bytes(ws, path)
    mark, text = _raw(content, ws.relative(path))
    known = {f.name: f for _, fields in year_fields(ws, cycle) for f in fields}
    touched = {n: plain(t).strip() for n, t in typed.items() if n in known and digest(t) != seen.get(n)}
    new = {n: t for n, t in touched.items() if t != known[n].text.strip()}
    clashes = [Clash(n, known[n].label, known[n].text, t) for n, t in new.items() if seen.get(n) != known[n].seen]
    if clashes:
        raise ClashError(clashes)
    for name, value in new.items():
        text = with_value(text, _path(name), _value(known[name], value, text))
    labels = ", ".join(known[name].label.lower() for name in new)
    said = f"Year and meeting: {labels}"
    return write(ws, said, when, {path: (mark + text).encode()}, {path: content}) if new else None


def _path(name: str) -> tuple[str | int, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in name.split("."))


def _value(field: YearField, text: str, file: str) -> str | list[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    was_list = isinstance(value_at(file, _path(field.name)), list)
    return lines if field.kind == "list" and (was_list or len(lines) > 1) else text


def _raw(content: bytes, name: str) -> tuple[str, str]:
    """The mark at the beginning, and the text with its own line ends; only UTF-8 is written."""
    decode(content, name)  # it says in words what cannot be read
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise UsageError(
            f"{name} is not in UTF-8, so it is not changed here.", "Open it in a text editor and save it as UTF-8."
        ) from fault
    return (BOM, text[1:]) if text.startswith(BOM) else ("", text)


def _text(ws: Workspace, path: Path) -> str:
    return decode(read_bytes(ws, path), ws.relative(path))


def narratives(ws: Workspace, cycle: str) -> list[tuple[str, bool]]:
    """The names of what authors may write, ours first, each with whether it is there."""
    written = {p.stem for p in (ws.cycle_folder(cycle) / "narrative").glob("*.md")}
    known = list(known_narratives(read_written(ws, cycle).framework))
    return [(name, name in written) for name in (*known, *sorted(written - set(known)))]


def narrative_file(ws: Workspace, cycle: str, name: str) -> Path:
    """Where a narrative lies, or would lie. UsageError for a name that no paper prints."""
    if name not in {known for known, _ in narratives(ws, cycle)}:
        raise UsageError("No paper prints a narrative of this name.", "Choose one of those listed.")
    return ws.cycle_folder(cycle) / "narrative" / f"{name}.md"


def narrative_text(ws: Workspace, cycle: str, name: str) -> str:
    """What stands in a narrative; nothing where there is none."""
    path = narrative_file(ws, cycle, name)
    return _text(ws, path) if path.is_file() else ""


def save_narrative(ws: Workspace, cycle: str, name: str, text: str, seen: str, when: datetime.datetime) -> Edit | None:
    """Write a narrative, with the line ends that it had; ClashError where somebody else changed it."""
    path = narrative_file(ws, cycle, name)
    old = path.read_bytes() if path.is_file() else None
    mark, before = _raw(old, ws.relative(path)) if old else ("", "")
    new = plain(text)
    if new == plain(before):
        return None
    if digest(plain(before)) != seen:
        raise ClashError([Clash("text", name, before, text)])
    if new and not new.endswith("\n"):
        new += "\n"
    content = (mark + (new.replace("\n", "\r\n") if "\r\n" in before else new)).encode("utf-8", "replace")
    return write(ws, f"Narrative: {name.replace('-', ' ')}", when, {path: content}, {path: old})


def as_web(text: str) -> str:
    """Markdown as a page shows it; no HTML of the author's own goes through."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def figures_to_name(judged: Judgement) -> dict[str, str]:
    """Every live figure by its name, with what it is now."""
    return dict(_named("", live_figures(score(judged.case), judged.case)))


def _named(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield from _named(f"{path}.{key}" if path else str(key), held)
    else:
        yield path, str(value)


def forms_as_zip(ws: Workspace, cycle: str) -> bytes:
    """The forms to send out, in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in make_forms(ws, cycle):
            archive.write(path, path.name)
    return out.getvalue()


def take_form(
    ws: Workspace, cycle: str, name: str, content: bytes, respondent: str, when: datetime.datetime, *, replace: bool
) -> Edit:
    """A returned form into responses/, under the respondent's id where its own name does not say whose it is."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"A form does not come as {suffix or 'this'}.", f"Save it as one of {', '.join(SUFFIXES)}.")
    known = read_written(ws, cycle).assessment.respondents
    stem = Path(safe_name(name, suffix)).stem
    if respondent and respondent not in {r.id for r in known}:
        raise UsageError("There is no such respondent.", "Choose one of those listed.")
    if respondent and named_after(stem, known) != respondent:
        stem = respondent
    path = ws.cycle_folder(cycle) / "responses" / f"{stem}{suffix}"
    seen = path.read_bytes() if path.is_file() else None
    if seen is not None and not replace:
        raise UsageError(
            f"{path.name} is there already, and was not overwritten.",
            "Say that the one that is there is to be replaced; it can be undone.",
        )
    return write(ws, f"Form taken in: {path.name}", when, {path: content}, {path: seen})
