"""Files and folders of a cycle that nothing reads: named, with the known name that may be meant."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.inputs.faults import Faults
from pipeline.inputs.framework import framework_files
from pipeline.inputs.grids import ANNUAL_REPORT
from pipeline.inputs.narrative import known_narratives
from pipeline.inputs.signoffs import SIGN_OFFS as SIGNOFFS
from pipeline.inputs.suggest import MISSPELT, SUFFIXES, likeness, nearest, same, shown
from pipeline.inputs.tables import TABLES
from pipeline.model import Case, Place, Severity
from pipeline.office.sources import listed
from pipeline.workspace import Workspace

_HERE = "assessment.yaml"
CARRIED_OVER = "carried-over.md"
"""What a new cycle says of the one before: for people, and for no paper."""
_TABLES = tuple(name for name in TABLES if name not in ("responses", "register"))
_TABLE_SUFFIXES = (".csv", ".xlsx")
RETURNED = "returned"
"""In responses/: forms that are kept as they came, whose answers stand in a table now."""
_FOLDERS = {"responses": SUFFIXES, "schemes": (".yaml", ".yml"), "narrative": (".md",)}
"""Each folder that is read, with the files that are read there; the last one is what a new file is best saved as."""
_BOARD_PAPER = ("board-paper",)
_WORDS = re.compile(r"[^\W\d_]+")
_TAGS = re.compile(rb"<[^<>]*>")


@dataclass(frozen=True)
class _Known:
    """What a cycle may hold and does not: compared stem -> the name to give, by folder (`` for the cycle's own)."""

    absent: Mapping[str, Mapping[str, str]]
    taken: frozenset[str]
    """Files beside assessment.yaml that are read under a name of their own: the framework and its references."""


def note_unread(ws: Workspace, case: Case, faults: Faults) -> None:
    """IN107 for every file or folder of the cycle that nothing reads."""
    folder = ws.cycle_folder(case.assessment.cycle)
    known = _known(ws, case, folder)
    for path in listed(folder):
        if path.name not in _FOLDERS and not _is_read(path, known):
            _note(ws, path, _meant(path, "", known), faults)
    # A charter whose funding table is misnamed has its cause said already.
    misnamed = not case.funding and any(f.code == "IN107" and "funding.csv" in f.message for f in faults.found)
    for name in _FOLDERS:
        for path in listed(folder / name):
            if not (_is_read_inside(path, name, case, ws) or (name == "schemes" and misnamed)):
                _note(ws, path, _meant(path, name, known), faults)


def _known(ws: Workspace, case: Case, folder: Path) -> _Known:
    tables = {path.stem.casefold() for path in listed(folder) if path.suffix.lower() in _TABLE_SUFFIXES}
    own = {name: f"{name}.csv" for name in _TABLES if name not in tables}
    own |= {name: f"{name}/" for name in _FOLDERS if not (folder / name).is_dir()}
    returned = {form.respondent for form in case.forms}
    charters = [scheme.id for scheme in case.schemes]
    written = {same(narrative.name) for narrative in case.narratives}
    funded = {row.scheme.strip() or row.id for row in case.funding if not any(map(row.pays_for, charters))}
    absent = {
        "": own,
        "responses": {r.id: f"responses/{r.id}" for r in case.assessment.respondents if r.id not in returned},
        "schemes": {_as_stem(name): f"schemes/{_as_stem(name)}.yaml" for name in sorted(funded)},
        "narrative": {
            name: f"narrative/{name}.md" for name in known_narratives(case.framework) if same(name) not in written
        },
    }
    taken = frozenset(path.name for path in framework_files(ws, case.assessment) if path.parent == folder)
    return _Known(absent, taken)


def _as_stem(scheme: str) -> str:
    return "-".join(_WORDS.findall(scheme.casefold()))


def _is_read(path: Path, known: _Known) -> bool:
    if path.is_dir():
        return not any(_files(path))
    table = path.stem.casefold() in _TABLES and path.suffix.lower() in _TABLE_SUFFIXES
    return table or path.name in (_HERE, SIGNOFFS, CARRIED_OVER) or path.name in known.taken


def _is_read_inside(path: Path, folder: str, case: Case, ws: Workspace) -> bool:
    suffix = path.suffix.lower()
    if folder == "responses" and path.name == RETURNED and path.is_dir():
        return all(_has_a_table(file, case) for file in listed(path))
    if path.is_dir() and not (folder == "responses" and suffix in SUFFIXES):
        return not any(_files(path))
    if folder == "responses":
        # Whose form it is, and whether it can be read, is said where the forms are read.
        return True
    if suffix not in _FOLDERS[folder]:
        return False
    if folder == "schemes":
        return any(row.pays_for(path.stem) for row in case.funding)
    return _is_printed(path.stem, case, ws)


def _has_a_table(form: Path, case: Case) -> bool:
    """Whether a form that was put aside is of a respondent whose answers are read from another file."""
    return any(same(form.stem).startswith(same(f.respondent)) for f in case.forms)


def _is_printed(narrative: str, case: Case, ws: Workspace) -> bool:
    """Whether a paper prints a narrative of this name: one of ours, or one made from the team's own template."""
    names = [n.name for n in case.narratives]
    if narrative in known_narratives(case.framework) or narrative.startswith("annual-report-"):
        return True
    if narrative not in names:
        return any(same(narrative) == same(name) for name in names)
    return any(narrative in text for text in _own_templates(ws))


def _own_templates(ws: Workspace) -> Iterator[str]:
    """The words of the workspace's own templates, as far as they can be read."""
    for path in listed(ws.root / "templates"):
        if path.suffix.lower() == ".docx":
            try:
                with zipfile.ZipFile(path) as package:
                    yield _TAGS.sub(b"", package.read("word/document.xml")).decode("utf-8", "replace")
            except (OSError, ValueError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
                continue


def _files(folder: Path) -> Iterator[Path]:
    """Everything in a folder that somebody may have put there."""
    for path in listed(folder):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _meant(path: Path, folder: str, known: _Known) -> tuple[Path, str]:
    """What lies in the wrong place or has the wrong name, and the known name that is absent and may be meant."""
    if near := _near(path.stem if path.is_file() else path.name, known.absent[folder]):
        return path, near
    for file in _files(path) if path.is_dir() else [path]:
        for where, names in known.absent.items():
            if where == folder and not path.is_dir():
                continue
            if exact := next((name for stem, name in names.items() if same(stem) == same(file.stem)), ""):
                return file, f"{exact}{file.suffix.lower()}" if where == "responses" else exact
    return path, ""


def _near(stem: str, absent: Mapping[str, str]) -> str:
    """`action`, `actions (2)` and `action plan` are all near `actions`; `summary` is near `executive-summary`."""
    if word := nearest(stem, absent):
        return absent[word]
    words = _WORDS.findall(stem.casefold())
    for known, name in absent.items():
        parts = _WORDS.findall(known.casefold())
        if len(parts) == 1 and any(likeness(word, known) >= MISSPELT for word in words):
            return name
        if len(parts) > 1 and len(words) and {*words} <= {*parts} and max(map(len, words)) > 3:
            return name
    return ""


def _note(ws: Workspace, path: Path, found: tuple[Path, str], faults: Faults) -> None:
    file, meant = found
    name, aim = f"{path.name}/" if path.is_dir() else path.name, f"`{shown(meant)}`"
    holds = f", which holds `{shown(file.name)}`" if file != path else ""
    form = PurePosixPath(meant).stem if meant.startswith("responses/") else ""
    own = Faults(_papers(meant or ws.relative(path)), form or None)
    if meant:
        message = f"Nothing reads `{shown(name)}`{holds}; and there is no {aim}. Did you mean that?"
        remedy = f"Save it as {aim}, or take it out of the folder."
    else:
        message = f"Nothing reads `{shown(name)}`; what it holds reaches no paper."
        remedy = f"{_what_is_read(path)} Give it one of these names if it is one of them, or take it out of the folder."
    own.add("IN107", Severity.BLOCKER if meant else Severity.WARNING, Place(ws.relative(path)), message, remedy)
    faults.found.extend(own.found)


def _what_is_read(path: Path) -> str:
    if path.parent.name == "schemes":
        return "A charter is read from a .yaml file that has the name of a scheme in funding.csv."
    if path.parent.name == "narrative":
        return "Read here are executive-summary.md, background.md, next-steps.md and annual-report-<part>.md."
    if path.parent.name == "responses":
        return "Forms are read from responses/ itself, not from folders in it."
    tables = ", ".join(f"{name}.csv" for name in _TABLES)
    return f"Read here are {_HERE}, {tables} and the folders {', '.join(f'{name}/' for name in _FOLDERS)}."


def _papers(name: str) -> tuple[str, ...]:
    """The papers that a file of this name would go into; empty for all."""
    parts: Iterable[str] = name.replace(".", "/").split("/")
    if "schemes" in parts or any(part.startswith("annual-report-") for part in parts):
        return ANNUAL_REPORT
    if "funding" in parts or "indicators" in parts:
        return (*ANNUAL_REPORT, *_BOARD_PAPER)
    return _BOARD_PAPER if "narrative" in parts else ()
