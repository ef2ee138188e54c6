"""manifest.json: which papers were made, each from which inputs, and what the checks said.

It has the shape of an in-toto Statement: the papers are its subjects, how they were made is its predicate. It proves
nothing about who made it; it lets anyone see later that a file is, or is not, the one that was made then. So a paper is
entered by the act that makes it and by nothing else: whatever is made later leaves the entry as it is.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.checks.signed import signed_digests
from pipeline.dossier.views import CitationView, Dossier
from pipeline.errors import InputError
from pipeline.files import as_json, write_whole
from pipeline.inputs.scan import InputFile, digest_of, inputs_digest
from pipeline.inputs.signoffs import SIGN_OFFS, canonical, last_file, read_signoffs, record_digest
from pipeline.model import Case
from pipeline.publish.trail import every_citation
from pipeline.workspace import Workspace, is_ignored

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:boardpack:paper:1"
NAME = "manifest.json"
OURS = "boardpack "
PAPERS = (".docx", ".pdf")
SEVERITIES = ("blocker", "excepted", "warning", "note")
# The libraries whose version can change what stands in a paper.
LIBRARIES = (
    "docxtpl", "jinja2", "lxml", "markdown-it-py", "matplotlib", "msgspec", "openpyxl", "pandas", "pikepdf", "pypdf",
    "pypdfium2", "python-calamine", "python-docx", "pyyaml", "rapidfuzz",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A paper as it was made: its SHA-256, and the digest of the inputs that it was made from."""

    digest: str
    inputs: str


@dataclass(frozen=True)
class Manifest:
    """A manifest as it was read back."""

    cycle: str
    previous: str
    inputs_digest: str
    inputs: Mapping[str, str]
    """Path -> SHA-256."""
    papers: Mapping[str, Made]
    """By file name."""


def papers_in(folder: Path) -> tuple[Path, ...]:
    """The papers that lie in build/<cycle>: Word and PDF files, and a web page that goes with one of them."""
    files = [p for p in sorted(folder.glob("*.*")) if p.is_file() and not is_ignored(p.name)]
    stems = {p.stem for p in files if p.suffix == ".docx"}
    return tuple(p for p in files if p.suffix in PAPERS or (p.suffix == ".html" and p.stem in stems))


def write_manifest(folder: Path, dossier: Dossier, inputs: Sequence[InputFile], made: Iterable[Path] = ()) -> Path:
    """Enter the papers just `made` from this dossier; entries of others that still lie there are kept as they are.

    The same inputs and papers give the same bytes.
    """
    path = folder / NAME
    papers = {**_papers_before(path), **{p.name: Made(digest_of(p), dossier.inputs_digest) for p in made}}
    there = {p.name for p in papers_in(folder)}
    listed = {name: papers[name] for name in sorted(papers) if name in there}
    write_whole(path, as_json(statement(dossier, inputs, listed)))
    return path


def _papers_before(path: Path) -> Mapping[str, Made]:
    """What an earlier manifest lists; nothing where there is none, or it cannot be understood."""
    try:
        return read_manifest(path).papers
    except InputError:
        return {}


def own_words(properties: Mapping[str, str]) -> dict[str, str]:
    """What a paper's properties say of how it was made: inputs, cycle, audience, state, version."""
    return {name.removeprefix(OURS): text for name, text in properties.items() if name.startswith(OURS)}


def statement(dossier: Dossier, inputs: Sequence[InputFile], papers: Mapping[str, Made]) -> dict[str, Any]:
    """The in-toto Statement."""
    return {
        "_type": STATEMENT,
        "subject": [
            {"name": name, "digest": {"sha256": made.digest}, "annotations": {"inputs_digest": made.inputs}}
            for name, made in papers.items()
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "audience": "internal",
            "organisation": dossier.organisation,
            "cycle": dossier.cycle,
            "previous": dossier.previous_cycle,
            "as_of": dossier.as_of.isoformat(),
            "tool": {"name": "boardpack", "version": __version__, "libraries": _libraries()},
            "framework": {
                "id": dossier.framework_id, "title": dossier.framework_title, "version": dossier.framework_version,
            },
            "inputs_digest": inputs_digest(inputs),
            "inputs": [
                {"name": entry.path, "digest": {"sha256": entry.digest} if entry.digest else {}, "size": entry.size}
                for entry in inputs
            ],
            "checks": _checks(dossier, list(every_citation(dossier))),
        },
    }  # fmt: skip


def _libraries() -> dict[str, str]:
    """Versions, from what is installed."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _checks(dossier: Dossier, citations: Sequence[CitationView]) -> dict[str, Any]:
    severities = Counter(f.severity for f in dossier.findings)
    verdicts = Counter(c.verdict for c in citations)
    engines = sorted({c.read_by for c in citations if c.read_by})
    return {
        "findings": {severity: severities[severity] for severity in SEVERITIES},
        "citations": {verdict: verdicts[verdict] for verdict in sorted(verdicts)},
        **({"text_recognition": engines} if engines else {}),
    }


def read_manifest(path: Path) -> Manifest:
    """The manifest in that file. InputError where there is none, or it is not one."""
    try:
        content = json.loads(path.read_bytes())
        if content["_type"] != STATEMENT or content["predicateType"] != PREDICATE:
            raise ValueError("another kind of file")
        predicate = content["predicate"]
        return Manifest(
            cycle=str(predicate["cycle"]),
            previous=str(predicate["previous"]),
            inputs_digest=str(predicate["inputs_digest"]),
            inputs=_digests(predicate["inputs"]),
            papers={str(paper["name"]): _made(paper) for paper in content["subject"]},
        )
    except OSError as fault:
        raise InputError("there is no manifest here.", "Build a paper first.", file=path.name) from fault
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as fault:
        remedy = "Build a paper again, or take the file from where it was kept."
        raise InputError("this is not a manifest of papers.", remedy, file=path.name) from fault


def _made(paper: Mapping[str, Any]) -> Made:
    return Made(str(paper["digest"]["sha256"]), str(paper.get("annotations", {}).get("inputs_digest", "")))


def _digests(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {str(entry["name"]): str(entry["digest"].get("sha256", "")) for entry in entries}


WHAT_IT_PROVES = "This record shows what was signed and in which order, not who signed it."


def sign_off(ws: Workspace, case: Case, by: str, on: datetime.date) -> dict[str, Any]:
    """Add a record of the case as it stands, and return it. Where the chain is broken the record says so for good."""
    cycle = case.assessment.cycle
    path = ws.cycle_folder(cycle) / SIGN_OFFS
    number, previous = read_signoffs(ws, cycle).last
    record: dict[str, Any] = {
        "number": number + 1,
        "by": by,
        "on": on.isoformat(),
        "what_it_proves": WHAT_IT_PROVES,
        **signed_digests(case),
        "previous": previous,
    }
    if case.signoffs_broken:
        record["mends"] = case.signoffs_broken[0]
    record["digest"] = record_digest(record)
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_whole(path, before + canonical(record) + b"\n")
    # After the record, so that a run stopped between the two leaves a chain that is whole.
    last = {"number": record["number"], "digest": record["digest"]}
    write_whole(last_file(ws, cycle), canonical(last) + b"\n")
    return record
