"""What lies in responses/: whose form each file is, by its name or by the form's own marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Assessment, Framework, Place, Respondent
from pipeline.read.cells import known_as, suggestion
from pipeline.read.faults import Faults
from pipeline.read.forms import SUFFIXES, read_form
from pipeline.read.nearest import same, shown
from pipeline.read.sources import listed, read_bytes
from pipeline.workspace import Workspace


def forms_by_respondent(
    ws: Workspace, folder: Path, assessment: Assessment, framework: Framework, faults: Faults
) -> Mapping[str, tuple[Path, ...]]:
    """Respondent -> the files that are theirs; a file of nobody is named."""
    returned: dict[str, list[Path]] = {r.id: [] for r in assessment.respondents}
    for path in listed(folder):
        if path.is_dir() and path.suffix.lower() not in SUFFIXES:
            continue
        if owner := _owner(ws, path, assessment, framework):
            returned[owner].append(path)
        else:
            declared = known_as(r.id for r in assessment.respondents)
            faults.unknown(
                Place(ws.relative(path)),
                f"There is no respondent `{shown(path.stem)}` in assessment.yaml, so this form is not read.",
                f"{suggestion(path.stem, declared)}Name the file after a respondent, or add the respondent.",
            )
    # The plain name first, then what was added to it.
    return {owner: tuple(sorted(paths, key=lambda p: (len(p.stem), p.name))) for owner, paths in returned.items()}


def named_after(stem: str, respondents: Iterable[Respondent]) -> str | None:
    """The respondent whose id a file's name begins with (`icb-team GA`, `icb-team (2)`); the longest that fits."""
    ids = [r.id for r in respondents]
    if exact := next((i for i in ids if same(i) == same(stem)), None):
        return exact
    words = _words(stem)
    fitting = [i for i in ids if _words(i) and words[: len(_words(i))] == _words(i)]
    return max(fitting, key=lambda i: len(_words(i)), default=None)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _owner(ws: Workspace, path: Path, assessment: Assessment, framework: Framework) -> str | None:
    if owner := named_after(path.stem, assessment.respondents):
        return owner
    if path.suffix.lower() not in SUFFIXES:
        return None
    try:
        content = read_bytes(ws, path)
        form = read_form(content, path.name, assessment.column_names.get("responses", {}), framework, Faults())
    except InputError:
        return None
    said = form.cover["respondent"][0] if form.ours and "respondent" in form.cover else ""
    return next((r.id for r in assessment.respondents if same(said) in (same(r.id), same(r.name))), None)
