"""The archive: parts in a fixed order, each with its digest, described as an RO-Crate."""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.errors import OutputError
from pipeline.files import as_json, written_whole
from pipeline.publish.bundle.names import renamed, safe_names

CRATE, CHECKSUMS, VERIFY, README = "ro-crate-metadata.json", "checksums.sha256", "verify.py", "README.txt"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20
LICENCE = "#licence"
LICENCE_WORDS = "All rights with the organisation; each document keeps the licence that it was published under."
TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".md": "text/markdown",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".csv": "text/csv",
    ".sha256": "text/plain",
}
PAPER, INPUT, EVIDENCE, OTHER = "paper", "input", "evidence", "other"


@dataclass(frozen=True)
class Part:
    """A file of the bundle: its path there, what it holds (bytes, or where they lie), and what it is."""

    name: str
    content: bytes | Path
    title: str = ""
    kind: str = OTHER


@dataclass(frozen=True)
class Bundle:
    """What was written, and the number by which another person knows it again."""

    path: Path
    files: int
    checksum: str
    """SHA-256 of the list of digests."""
    renamed: Mapping[str, str]
    """Files whose names Windows cannot make, with the names that they have in the bundle."""


@dataclass(frozen=True)
class About:
    """Whose bundle it is, of what, and for whom."""

    organisation: str
    cycle: str
    title: str
    date: datetime.date
    audience: str

    @property
    def marking(self) -> str:
        """What stands before everything else in a bundle that is not for the public."""
        return "" if self.audience == "public" else "INTERNAL. "


def write_bundle(path: Path, parts: Sequence[Part], about: About) -> Bundle:
    """Write the archive whole. OutputError where a file changes meanwhile."""
    script = Path(__file__).with_name(VERIFY).read_bytes()
    names = safe_names(part.name for part in parts)
    every = [replace(part, name=names[part.name], title=part.title or part.name) for part in parts]
    every.append(Part(VERIFY, script, "Checks every digest; needs Python alone"))
    every.append(Part(README, _readme(about, renamed(names))))
    every = sorted({part.name: part for part in every}.values(), key=lambda part: part.name)
    digests = {part.name: _digest(part) for part in every}
    crate = _crate(every, digests, about)
    digests[CRATE] = (hashlib.sha256(crate).hexdigest(), len(crate))
    checksums = "".join(f"{digests[name][0]}  {name}\n" for name in sorted(digests)).encode()
    every += [Part(CRATE, crate), Part(CHECKSUMS, checksums)]
    with written_whole(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(every, key=lambda part: part.name):
            written = _write(archive, part)
            if part.name in digests and written != digests[part.name][0]:
                raise OutputError(f"{part.name} was changed while the bundle was made.", "Make the bundle again.")
    return Bundle(path, len(every), hashlib.sha256(checksums).hexdigest(), renamed(names))


def _digest(part: Part) -> tuple[str, int]:
    """SHA-256 and size."""
    if isinstance(part.content, bytes):
        return hashlib.sha256(part.content).hexdigest(), len(part.content)
    with _open(part) as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()


def _open(part: Part) -> BufferedReader:
    assert isinstance(part.content, Path)
    try:
        return part.content.open("rb")
    except OSError as fault:
        raise OutputError(
            f"{part.name} cannot be read: {fault.strerror or fault}.", "Make the bundle again."
        ) from fault


def _write(archive: zipfile.ZipFile, part: Part) -> str:
    member = zipfile.ZipInfo(part.name, ZIP_DATE)
    member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
    if isinstance(part.content, bytes):
        archive.writestr(member, part.content)
        return hashlib.sha256(part.content).hexdigest()
    found = hashlib.sha256()
    with _open(part) as source, archive.open(member, "w", force_zip64=part.content.stat().st_size > 1 << 31) as target:
        while piece := source.read(PIECE):
            found.update(piece)
            target.write(piece)
    return found.hexdigest()


def _crate(parts: Sequence[Part], digests: dict[str, tuple[str, int]], about: About) -> bytes:
    """The description: RO-Crate 1.1, with the digest of every file."""
    from rocrate.model import ContextEntity, File, SoftwareApplication
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version="1.1")
    crate.metadata.extra_terms["sha256"] = "https://schema.org/sha256"
    files = {
        part.name: crate.add(File(crate, dest_path=part.name, properties=_said(part, *digests[part.name])))
        for part in parts
    }

    def add(kind: str, ident: str, **said: Any) -> Any:
        return crate.add(ContextEntity(crate, ident, properties={"@type": kind, **said}))

    root = crate.root_dataset
    root["name"] = f"{about.marking}{about.title}: {about.organisation}, {about.cycle}"
    root["description"] = (
        f"{about.marking}Papers, the trail from each claim to its page, evidence and manifest of {about.cycle}."
    )
    root["datePublished"] = about.date.isoformat()
    root["license"] = add("CreativeWork", LICENCE, name="Licence", description=LICENCE_WORDS)
    root["publisher"] = root["author"] = add("Organization", "#organisation", name=about.organisation)
    tool = crate.add(
        SoftwareApplication(crate, "#boardpack", properties={"name": "boardpack", "softwareVersion": __version__})
    )
    action = add("CreateAction", "#making", name="How the papers were made", instrument=tool)
    action["result"] = [files[p.name] for p in parts if p.kind == PAPER]
    action["object"] = [files[p.name] for p in parts if p.kind in (INPUT, EVIDENCE)]
    content = crate.metadata.generate()
    content["@graph"] = sorted(content["@graph"], key=lambda entity: str(entity["@id"]))
    return as_json(content, "sorted")


def _said(part: Part, digest: str, size: int) -> dict[str, str]:
    ending = Path(part.name).suffix.lower()
    kind = TYPES.get(ending) or mimetypes.MimeTypes(filenames=()).guess_type(f"x{ending}")[0]
    said = {"name": part.title or part.name, "sha256": digest, "contentSize": str(size)}
    return {**said, "encodingFormat": kind or "application/octet-stream"}


def _readme(about: About, renamed: Mapping[str, str]) -> bytes:
    build = f"build/{about.cycle}"
    lines = [
        f"{about.marking}{about.title}",
        f"{about.organisation}, {about.cycle}",
        "",
        "This is an RO-Crate: ro-crate-metadata.json describes every file in it.",
        "",
        f"{build}/                  the papers, and manifest.json: what they were made from",
        f"{build}/trail.html        open it in a browser to follow each claim to the words it rests on",
        "evidence/                       the documents",
        "",
        "To check that nothing was changed, with Python 3.8 or newer:",
        "    python3 verify.py",
        "or, where there is no Python:",
        "    sha256sum -c checksums.sha256",
        "on Windows, in PowerShell, one file at a time, to be compared with its line in checksums.sha256:",
        "    Get-FileHash -Algorithm SHA256 FILE",
        "This shows what the files hold, not who made them.",
    ]
    if renamed:
        lines += ["", "Windows cannot make these names, so the files have others here:"]
        lines += [f"    {old}  is  {new}" for old, new in sorted(renamed.items())]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "backslashreplace")
