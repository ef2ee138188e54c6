"""What may go on the website, in one folder: each file is asked for whom it is, and only a public one goes in."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from pipeline.errors import EditedError
from pipeline.files import cannot_write
from pipeline.text import date_in_words

AUDIENCES = ("public", "private", "internal")
"""Each stricter than the one before it."""
AUDIENCE = "/Audience"
STATE = "/State"
"""Entries of a PDF's own properties."""
OWN = "boardpack "
"""How the names of a Word paper's own properties begin."""
CUSTOM_PROPERTIES = "docProps/custom.xml"
CORE_PROPERTIES = "docProps/core.xml"
HEADER = re.compile(r"word/header\d*\.xml")


@dataclass(frozen=True)
class Marker:
    """What a file says of itself; empty where it says nothing."""

    audience: str = ""
    draft: bool = False
    title: str = ""
    fault: str = ""
    """Why it could not be read, where it could not."""


def stricter(*audiences: str) -> str:
    """The strictest of several; a word that is none of them counts as `internal`."""
    return AUDIENCES[max((AUDIENCES.index(a) if a in AUDIENCES else len(AUDIENCES) - 1) for a in audiences)]


def read_marker(path: Path) -> Marker:
    """For whom the file is and whether it is a draft, as the file itself says."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return Marker()
    try:
        return reader(path)
    except Exception as error:  # a damaged file fails in as many ways as there are libraries
        return Marker(fault=f"it cannot be read ({type(error).__name__})")


def _docx(path: Path) -> Marker:
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        custom = etree.fromstring(package.read(CUSTOM_PROPERTIES), safe) if CUSTOM_PROPERTIES in names else ()
        said = {entry.get("name").removeprefix(OWN): "".join(entry.itertext()).strip() for entry in custom}
        core = etree.fromstring(package.read(CORE_PROPERTIES), safe)
        headers = [etree.fromstring(package.read(name), safe) for name in names if HEADER.fullmatch(name)]
    # The watermark is part of the page, so a draft stays one whatever its name and properties become.
    marked = any(text.get("string") == "DRAFT" for header in headers for text in header.iter("{*}textpath"))
    return Marker(
        said.get("audience", ""),
        marked or said.get("state") == "draft",
        core.findtext("{http://purl.org/dc/elements/1.1/}title") or "",
    )


def _pdf(path: Path) -> Marker:
    import pikepdf

    with pikepdf.open(path) as pdf:
        said = {name: str(pdf.docinfo.get(name, "")) for name in (AUDIENCE, STATE, "/Title")}
    return Marker(said[AUDIENCE], said[STATE] == "draft", said["/Title"])


def _html(path: Path) -> Marker:
    from lxml import html

    page = html.fromstring(path.read_bytes())
    said = {meta.get("name"): meta.get("content", "") for meta in page.iter("meta")}
    body = page.find("body")
    text = " ".join(body.itertext()).split() if body is not None else []
    internal = bool(text) and text[0].startswith("INTERNAL")
    return Marker(
        "internal" if internal else said.get("audience", ""),
        said.get("state", "") == "draft",
        (page.findtext(".//title") or "").strip(),
    )


def _csv(path: Path) -> Marker:
    with path.open(encoding="utf-8-sig", newline="") as file:
        said = {row.get("audience") or "" for row in csv.DictReader(file)}
    return Marker(said.pop() if len(said) == 1 else stricter(*said) if said else "")


def _json(path: Path) -> Marker:
    content = json.loads(path.read_text(encoding="utf-8"))
    said = content if isinstance(content, dict) else {}
    return Marker(str(said.get("audience", "")), bool(said.get("draft", False)), str(said.get("title", "")))


READERS: dict[str, Callable[[Path], Marker]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".csv": _csv,
    ".json": _json,
}


INDEX, DOCUMENTS, TRAIL = "index.html", "documents", "trail.html"
KINDS = {
    ".docx": "Word document",
    ".pdf": "PDF",
    ".html": "web page",
    ".csv": "data file, CSV",
    ".json": "data file, JSON",
}
OWN_DIGEST = re.compile(r'<meta name="sha256" content="[0-9a-f]*">')


@dataclass(frozen=True)
class LeftOut:
    """A file that does not go on the website, and why: a sentence that goes on from its name."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Published:
    """What was laid into the folder and what was not."""

    folder: Path
    copied: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class _Listed:
    """A file as the index lists it."""

    address: str
    title: str
    kind: str
    size: str
    sha256: str


def publish(
    files: Sequence[Path],
    folder: Path,
    *,
    organisation: str,
    meeting: str,
    date: datetime.date,
    why_unfit: Callable[[Path], str],
    documents: Sequence[tuple[Path, str]] = (),
    pictures: Mapping[str, Path] | None = None,
) -> Published:
    """Fill `folder` afresh with the public ones of `files` and an index that lists them; say what was left out.

    What was left out is for whoever publishes and stands nowhere in the folder. The folder is replaced whole, so that
    nothing stays on it that may no longer be shown; a file in it that a person put there or changed stops this.
    `documents`, each with its title, are what the papers cite; `pictures` are the trail's, by the names that it has.
    """
    _refuse_strange_files(folder)
    judged = [(file, reason_to_leave_out(file) or why_unfit(file)) for file in files]
    going = [file for file, reason in judged if not reason]
    beside = dict(zip(_document_names([f for f, _ in documents]), documents, strict=True)) if going else {}
    if any(file.name == TRAIL for file in going):
        beside |= {name: (file, f"Page {file.stem}") for name, file in (pictures or {}).items()}
    meeting = f"Papers for {meeting}, {date_in_words(date)}."
    page = _index(going, beside, f"{organisation}: health inequalities", meeting)
    try:
        _replace(folder, {**{f.name: f for f in going}, **{name: f for name, (f, _) in beside.items()}}, page)
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    left_out = (LeftOut(file, reason) for file, reason in judged if reason)
    return Published(folder, tuple(folder / file.name for file in going), tuple(left_out))


def reason_to_leave_out(file: Path) -> str:
    """Why a file as it was made may not go on the website; empty where it may."""
    if file.suffix.lower() not in KINDS:
        return "it cannot say for whom it is, so nobody can tell that it is public"
    if reason := _reason_in(marker := read_marker(file)):
        return reason
    return "it is a draft" if marker.draft or file.stem.endswith("-draft") else ""


def _reason_in(marker: Marker) -> str:
    if marker.fault:
        return marker.fault
    if not marker.audience:
        return "it does not say that it is public"
    if marker.audience not in AUDIENCES:
        return f"it says that it is for `{marker.audience}`, which is not known"
    return "" if marker.audience == "public" else f"it is {marker.audience}"


def _refuse_strange_files(folder: Path) -> None:
    """Nothing that a person put into the folder, or changed in it, is thrown away."""
    if not folder.exists():
        return
    known = _known(folder / INDEX)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and known.get(file.relative_to(folder).as_posix()) != _sha256(file):
            raise EditedError(
                f"{file.name} in the folder {folder.name}/ was put there or changed by a person.",
                f"Move it out of {folder.name}/ if it is wanted, or delete it; then give the same command again.",
            )


def _known(index: Path) -> dict[str, str]:
    """The files that an earlier run laid there, with their digests; the index too, where nobody changed it."""
    from lxml import html

    if not index.is_file():
        return {}
    page = index.read_text(encoding="utf-8", errors="replace")
    links = [link for link in html.fromstring(page).iter("a") if "data-sha256" in link.attrib]
    known = {unquote(link.get("href", "")): link.get("data-sha256", "") for link in links}
    unchanged = OWN_DIGEST.sub(_digest_of_page(page), page) == page
    return {**known, INDEX: _sha256(index)} if unchanged else known


def _document_names(files: Sequence[Path]) -> list[str]:
    """Where each document goes; of those with one name the later ones get a number."""
    names: list[str] = []
    for file in files:
        before = sum(other.name.casefold() == file.name.casefold() for other in files[: len(names)])
        names.append(f"{DOCUMENTS}/{file.stem}{f'-{before + 1}' if before else ''}{file.suffix}")
    return names


def _replace(folder: Path, files: Mapping[str, Path], index: str) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".publish-", dir=folder.parent) as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        for name, file in files.items():
            (fresh / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(file, fresh / name)
        (fresh / INDEX).write_text(index, encoding="utf-8", newline="\n")
        old = Path(scratch) / "old"
        if folder.exists():
            folder.replace(old)
        try:
            fresh.replace(folder)
        except OSError:
            if old.exists():
                old.replace(folder)
            raise


def _index(files: Sequence[Path], beside: Mapping[str, tuple[Path, str]], title: str, introduction: str) -> str:
    from jinja2 import Environment, StrictUndefined

    template = (Path(__file__).parent.parent / "data" / "pages" / "website.html").read_text(encoding="utf-8")
    words = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True).from_string(template)
    listed = [_listed(file, file.name, read_marker(file).title) for file in files]
    documents = [_listed(file, name, called) for name, (file, called) in beside.items()]
    page = words.render(files=listed, documents=documents, title=title, introduction=introduction)
    return OWN_DIGEST.sub(_digest_of_page(page), page)


def _digest_of_page(page: str) -> str:
    """The index carries its own digest, worked out with that place empty."""
    empty = OWN_DIGEST.sub("", page)
    return f'<meta name="sha256" content="{hashlib.sha256(empty.encode()).hexdigest()}">'


def _listed(file: Path, name: str, title: str) -> _Listed:
    kind = KINDS.get(file.suffix.lower()) or file.suffix.removeprefix(".").upper() or "file"
    called = title or file.stem.replace("-", " ").capitalize()
    return _Listed(quote(name), called, kind, _size(file.stat().st_size), _sha256(file))


def _size(octets: int) -> str:
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{max(1, round(octets / 1000))} KB"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
