"""The integrity digest of a paper: of all its parts, inside the file, so that an edited paper is known by itself."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.errors import EditedError
from pipeline.text import legible

PROPERTIES = "docProps/custom.xml"
SEAL = "boardpack seal"
BLANK = "0" * 64
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
LARGEST = 512 * 1024 * 1024
_SEALED = re.compile(rf'(name="{SEAL}"><vt:lpwstr>)([0-9a-f]{{64}})(</vt:lpwstr>)'.encode())


def properties_xml(properties: Mapping[str, str]) -> bytes:
    """The custom properties of a paper, as texts, with a place for the seal."""
    every = {**properties, SEAL: BLANK}
    rows = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(legible(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(every.items(), start=2)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<Properties {NAMESPACES}>{rows}</Properties>".encode()


def digest(parts: Mapping[str, bytes]) -> str:
    """One digest over the names and bytes of all parts; the seal's own place counts as blank."""
    whole = hashlib.sha256()
    for name in sorted(parts):
        content = _SEALED.sub(rf"\g<1>{BLANK}\g<3>".encode(), parts[name]) if name == PROPERTIES else parts[name]
        whole.update(f"{len(name.encode())} {len(content)} {name}".encode())
        whole.update(content)
    return whole.hexdigest()


def sealed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with the seal in its place."""
    mark = digest(parts).encode()
    return {**parts, PROPERTIES: _SEALED.sub(rb"\g<1>" + mark + rb"\g<3>", parts[PROPERTIES])}


def read_parts(file: Path | bytes) -> dict[str, bytes]:
    """Every part of a Word file by name. ValueError where it is no such file."""
    source = BytesIO(file) if isinstance(file, bytes) else file
    try:
        with zipfile.ZipFile(source) as package:
            members = package.infolist()
            if len({m.filename for m in members}) != len(members) or sum(m.file_size for m in members) > LARGEST:
                raise ValueError("not a paper")
            return {m.filename: package.read(m) for m in members}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as fault:
        raise ValueError("not a paper") from fault


def read_properties(file: Path | bytes) -> dict[str, str]:
    """The custom properties of a paper: inputs, cycle, audience, version and seal. Empty where there are none."""
    try:
        root = etree.fromstring(read_parts(file)[PROPERTIES], etree.XMLParser(resolve_entities=False))
    except (ValueError, KeyError, etree.XMLSyntaxError):
        return {}
    return {p.get("name"): "".join(p.itertext()) for p in root if p.get("name")}


def is_untouched(file: Path | bytes) -> bool:
    """True for a paper that is as it was made. One that cannot be opened, or has no seal, counts as edited."""
    try:
        parts = read_parts(file)
    except ValueError:
        return False
    found = _SEALED.search(parts.get(PROPERTIES, b""))
    return found is not None and found.group(2).decode() == digest(parts)


def refuse_edited(path: Path) -> None:
    """Stop before a paper that a person has edited would be overwritten."""
    if path.exists() and not is_untouched(path):
        place = "/".join(path.parts[-3:])
        raise EditedError(
            f"{place} was edited after it was made, or cannot be opened. Nothing was overwritten.",
            f"To keep the edits, run `boardpack adopt {path.name}`, or move the file to another folder; "
            "to do without them, delete the file. Then make the paper again.",
        )
