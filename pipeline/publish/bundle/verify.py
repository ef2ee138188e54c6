"""Check that nothing in this bundle was changed. Needs Python 3.8 or newer and nothing else.

python3 verify.py                   in the folder into which the bundle was unpacked
python3 verify.py bundle.zip        without unpacking it
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO, Sequence  # noqa: UP035  older Pythons have no other
from urllib.parse import unquote

CHECKSUMS, CRATE, MANIFEST = "checksums.sha256", "ro-crate-metadata.json", "manifest.json"
LEFT_BEHIND = (".DS_Store", "Thumbs.db", "desktop.ini")
PROPERTIES = "docProps/custom.xml"
INPUTS = re.compile(rb'name="boardpack inputs"><vt:lpwstr>([0-9a-f]{64})<')
SEAL = re.compile(rb'(name="boardpack seal"><vt:lpwstr>)([0-9a-f]{64})(</vt:lpwstr>)')
PAPERS = (".docx", ".pdf")


class Folder:
    """The bundle unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        """Every file, by its path with slashes."""
        files = (p for p in self.path.rglob("*") if p.is_file())
        return sorted(p.relative_to(self.path).as_posix() for p in files if p.name not in LEFT_BEHIND)

    def open(self, name: str) -> IO[bytes]:
        """The file, to be read."""
        return (self.path / name).open("rb")


class Archive:
    """The bundle as it was sent."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)

    def names(self) -> list[str]:
        """Every file, by its path with slashes."""
        return sorted(name for name in self.zip.namelist() if not name.endswith("/"))

    def open(self, name: str) -> IO[bytes]:
        """The file, to be read."""
        return self.zip.open(name)


def digest(files: Folder | Archive, name: str) -> str:
    """SHA-256 of one file."""
    found = hashlib.sha256()
    with files.open(name) as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            found.update(piece)
    return found.hexdigest()


def read(files: Folder | Archive, name: str) -> bytes:
    """All of one file."""
    with files.open(name) as file:
        return file.read()


def check(files: Folder | Archive) -> tuple[list[str], int]:
    """Every fault, as a sentence; and how many files were compared."""
    every = files.names()
    names = set(every)
    if CHECKSUMS not in names:
        return [f"There is no {CHECKSUMS} here: this is no bundle, or not the whole of it."], 0
    lines = [line.split("  ", 1) for line in read(files, CHECKSUMS).decode("utf-8").splitlines()]
    listed = {name: written for written, name in lines}
    faults = [f"{name} stands in the archive more than once." for name in sorted(names) if every.count(name) > 1]
    faults += [f"{name} is gone." for name in sorted(listed.keys() - names)]
    faults += [f"{name} was not in the bundle." for name in sorted(names - listed.keys() - {CHECKSUMS})]
    found = {name: digest(files, name) for name in sorted(listed.keys() & names)}
    faults += [f"{name} was changed." for name in found if found[name] != listed[name]]
    faults += check_crate(files, found) if CRATE in found else []
    for name in sorted(n for n in found if n.split("/")[-1] == MANIFEST):
        faults += check_manifest(files, found, name)
    return faults, len(found)


def check_crate(files: Folder | Archive, found: dict[str, str]) -> list[str]:
    """The description of the bundle names every file, with its digest."""
    entities = json.loads(read(files, CRATE).decode("utf-8"))["@graph"]
    said = {unquote(e["@id"]): e.get("sha256") for e in entities if "File" in str(e.get("@type"))}
    differ = sorted(name for name in said.keys() | found.keys() - {CRATE} if said.get(name) != found.get(name))
    return [f"{name} is not as {CRATE} describes it." for name in differ]


def check_manifest(files: Folder | Archive, found: dict[str, str], manifest: str) -> list[str]:
    """Papers and inputs are those that the manifest lists."""
    content = json.loads(read(files, manifest).decode("utf-8"))
    folder = manifest[: -len(MANIFEST)]
    said = {folder + paper["name"]: paper for paper in content["subject"]}
    faults = [
        f"{name} is not the paper that {manifest} lists."
        for name, paper in said.items()
        if found.get(name) != paper["digest"]["sha256"]
    ]
    predicate = content["predicate"]
    inputs = {entry["name"]: entry["digest"].get("sha256", "") for entry in predicate["inputs"]}
    here = predicate.get("names_in_bundle", {})
    faults += [
        f"{name} is not the input that {manifest} lists."
        for name, written in sorted((here.get(name, name), written) for name, written in inputs.items())
        if name in found and found[name] != written
    ]
    if predicate.get("inputs_listed", "all") == "all":
        text = "".join(f"{inputs[name]}  {name}\n" for name in sorted(inputs))
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != predicate["inputs_digest"]:
            faults.append(f"The list of inputs in {manifest} was changed.")
    lying = [n for n in found if n.rpartition("/")[0] + "/" == folder and n.endswith(PAPERS)]
    faults += [f"{name} is not among the papers that {manifest} lists." for name in lying if name not in said]
    for name in (n for n in lying if n.endswith(".docx")):
        untouched, made_from = look_into(files, name)
        if not untouched:
            faults.append(f"{name} was edited after it was made, or is damaged.")
        elif made_from != predicate["inputs_digest"]:
            faults.append(f"{name} was made from other inputs than {manifest} says.")
    return faults


def look_into(files: Folder | Archive, name: str) -> tuple[bool, str]:
    """Whether a Word paper agrees with the digest of all its parts that it carries; and the inputs that it names."""
    try:
        with files.open(name) as file, zipfile.ZipFile(file) as paper:
            members = paper.infolist()
            parts = {member.filename: paper.read(member) for member in members}
    except (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False, ""
    said = parts.get(PROPERTIES, b"")
    mark, inputs = SEAL.search(said), INPUTS.search(said)
    whole = hashlib.sha256()
    for part in sorted(parts):
        content = SEAL.sub(rb"\g<1>" + b"0" * 64 + rb"\g<3>", said) if part == PROPERTIES else parts[part]
        whole.update(f"{len(part.encode())} {len(content)} {part}".encode())
        whole.update(content)
    untouched = len(parts) == len(members) and mark is not None and mark.group(2).decode() == whole.hexdigest()
    return untouched, inputs.group(1).decode() if inputs else ""


def main(arguments: Sequence[str]) -> int:
    """Say what was found; 0 where nothing differs, 1 where something does."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not place.exists():
        sys.stdout.write(f"There is no {place} here.\n")
        return 2
    try:
        files = Folder(place) if place.is_dir() else Archive(place)
        faults, number = check(files)
        whole = digest(files, CHECKSUMS) if CHECKSUMS in files.names() else ""
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        EOFError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ) as fault:
        faults, number, whole = [f"The bundle cannot be read: {fault}"], 0, ""
    lines = faults or [f"{number} files compared: no difference found."]
    if whole:
        lines.append(f"The list of digests has the SHA-256 {whole}")
        lines.append("Compare this number with the one that you were given: it shows that the list itself is the same.")
    text = "\n".join(lines) + "\n"
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    sys.stdout.flush()
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
