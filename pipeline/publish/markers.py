"""For whom a made file is: read from the file itself, never from its name or its folder."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
