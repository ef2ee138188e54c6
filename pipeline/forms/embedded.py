"""Documents dropped into a form: Office packages, OLE objects, pictures. Nothing in them is run or followed."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.forms.anchors import Anchors
from pipeline.inputs.suggest import same

MOST_BYTES = 100_000_000
"""An embedded document larger than this is left where it is, and named."""
_HELD = {"package", "oleObject", "image", "control", "aFChunk", "subDocument", "attachedTemplate"}
_LINK = "it is a link to a file elsewhere, and links are not followed"
_A_PART = "it is kept as a part of the form itself; open it in the form and save it as a file of its own"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGES = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))
_STARTS = (
    (b"%PDF", ".pdf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"{\\rtf", ".rtf"),
    (b"PK", ".zip"),
)


@dataclass(frozen=True)
class Embedded:
    """One document found inside a form; without `content` where `fault` says why it could not be taken out."""

    name: str
    """The name that it had, as far as the form tells."""
    content: bytes
    suffix: str
    statement: str | None = None
    """The statement in whose row it lies."""
    fault: str = ""

    @property
    def sha256(self) -> str:
        """Its digest."""
        return hashlib.sha256(self.content).hexdigest()


def embedded_documents(content: bytes, statements: Mapping[str, str]) -> tuple[Embedded, ...]:
    """Everything that lies in a form, each content once a statement; `statements`: compared form -> id."""
    found: dict[tuple[str, str | None], Embedded] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        anchors = Anchors(lambda part: _xml(archive, part), names, statements)
        rels = sorted(name for name in names if name.endswith(".rels"))
        inside = [one for part in rels for one in _of_part(archive, part, statements, anchors)]
        if "content.xml" in names:
            inside += _of_open_document(archive, statements)
        for document in inside:
            key = document.sha256 if document.content else f"{document.name}{document.fault}"
            found.setdefault((key, document.statement), document)
    return tuple(found.values())


def files_by_digest(inbox: Path) -> dict[str, Path]:
    """The files that wait in the inbox, by the digest of their content."""
    files = sorted(path for path in inbox.iterdir() if path.is_file()) if inbox.is_dir() else []
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


def _of_part(
    archive: zipfile.ZipFile, rels: str, statements: Mapping[str, str], anchors: Anchors
) -> Iterator[Embedded]:
    folder, _, name = rels.rpartition("_rels/")
    owner = f"{folder}{name.removesuffix('.rels')}"
    relations, source = _xml(archive, rels), _xml(archive, owner)
    icons = _icons(source)
    for relation in relations if relations is not None else ():
        kind, target = str(relation.get("Type", "")).rpartition("/")[2], str(relation.get("Target", ""))
        identity = str(relation.get("Id", ""))
        if kind not in _HELD or identity in icons or (kind == "image" and "vmlDrawing" in name):
            continue
        places = {_statement_of(owner, element, statements, anchors) for element in _with(source, identity)}
        # An old copy of the same element says less than the new one beside it.
        for where in sorted(filter(None, places)) or (None,):
            if relation.get("TargetMode") == "External":
                yield Embedded(target, b"", "", where, _LINK)
            else:
                yield _taken_out(archive, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), where)


def _of_open_document(archive: zipfile.ZipFile, statements: Mapping[str, str]) -> Iterator[Embedded]:
    """What lies in the frames of a spreadsheet or a text; the picture beside an object only stands for it."""
    root = _xml(archive, "content.xml")
    for frame in root.iter("{*}frame") if root is not None else ():
        held = [e for e in frame if _name(e) in ("object", "object-ole", "plugin")]
        for element in held or [e for e in frame if _name(e) == "image"]:
            target = next((str(v) for k, v in element.attrib.items() if k.endswith("}href")), "")
            where = _row_of(element, "table-row", "table-cell", "p", statements)
            part = target.removeprefix("./").rstrip("/")
            if f"{part}/content.xml" in archive.namelist():
                yield Embedded(part, b"", "", where, _A_PART)
            elif ":" in target or target.startswith(("/", "..")):
                yield Embedded(target, b"", "", where, _LINK)
            elif target:
                yield _taken_out(archive, part, where)


def _icons(source: Any) -> set[str]:
    """Pictures that only stand for an embedded object: Word's beside it, Excel's in `objectPr`."""
    if source is None:
        return set()
    pictures = [e for o in source.iter("{*}object") for e in o.iter("{*}imagedata", "{*}blip")]
    pictures += source.iter("{*}objectPr")
    return {v for e in pictures for k, v in e.attrib.items() if "}" in k}


def _with(source: Any, identity: str) -> list[Any]:
    """The elements of a part that hold a relation."""
    elements = source.iter() if source is not None else ()
    return [e for e in elements if isinstance(e.tag, str) and identity in e.attrib.values()]


def _statement_of(owner: str, element: Any, statements: Mapping[str, str], anchors: Anchors) -> str | None:
    """The statement of the table row, or of the row of a sheet, in which an element lies."""
    if owner.startswith("xl/"):
        return anchors.statement_of(owner, element)
    return _row_of(element, "tr", "tc", "t", statements)


def _row_of(element: Any, row: str, cell: str, text: str, statements: Mapping[str, str]) -> str | None:
    """The statement that the first cell of the row around an element names; of rows in rows, the nearest that does."""
    for around in (a for a in element.iterancestors() if _name(a) == row):
        first = next((c for c in around.iter() if _name(c) == cell), None)
        said = "".join("".join(t.itertext()) for t in first.iter() if _name(t) == text) if first is not None else ""
        if statement := statements.get(same(said)):
            return statement
    return None


def _taken_out(archive: zipfile.ZipFile, part: str, where: str | None) -> Embedded:
    name = posixpath.basename(part)
    content = _read(archive, part)
    if content is None:
        return Embedded(name, b"", "", where, "it is damaged, missing or too large")
    if content.startswith(_OLE):
        name, content = _from_ole(name, content)
    if not content:
        return Embedded(name, b"", "", where, "what it holds is not known here; open it in the form and save it")
    return Embedded(name, content, _suffix(name, content), where)


def _read(archive: zipfile.ZipFile, part: str) -> bytes | None:
    """The bytes of a part, counted while they come out."""
    try:
        with archive.open(part) as stream:
            content = stream.read(MOST_BYTES + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return None
    return content if len(content) <= MOST_BYTES else None


def _from_ole(name: str, content: bytes) -> tuple[str, bytes]:
    """The document inside an OLE object and the name that it was dropped with; no bytes where it is of another kind."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            if ole.exists("\x01Ole10Native"):
                return _from_native(name, ole.openstream("\x01Ole10Native").read())
            for stream in ("Package", "CONTENTS"):
                if ole.exists(stream):
                    return name, ole.openstream(stream).read()
            old = next((s for s in ("WordDocument", "Workbook", "PowerPoint Document") if ole.exists(s)), None)
            return (name, content) if old else (name, b"")
    except Exception:  # the library raises what it likes on a damaged object
        return name, b""


def _from_native(name: str, stream: bytes) -> tuple[str, bytes]:
    """`Package` objects: a label, two paths, then the file itself."""
    try:
        label, at = _text(stream, 6)
        _, at = _text(stream, at)
        path_length = struct.unpack_from("<I", stream, at + 4)[0]
        at += 8 + path_length
        size = struct.unpack_from("<I", stream, at)[0]
    except (ValueError, struct.error):
        return name, b""
    content = stream[at + 4 : at + 4 + size]
    return (re.split(r"[\\/]", label)[-1] or name, content) if len(content) == size else (name, b"")


def _text(stream: bytes, at: int) -> tuple[str, int]:
    end = stream.index(b"\0", at)
    return stream[at:end].decode("cp1252", "replace"), end + 1


def _suffix(name: str, content: bytes) -> str:
    """What it is by its first bytes; only where these say nothing, by its name."""
    if content.startswith(b"PK"):
        for mark, suffix in _PACKAGES:
            if mark in content[:4000] or mark in content[-20_000:]:
                return suffix
    for start, suffix in _STARTS:
        if content.startswith(start):
            return suffix
    own = posixpath.splitext(name)[1].lower()
    return own if re.fullmatch(r"\.[a-z0-9]{1,5}", own) else ".bin"


def _xml(archive: zipfile.ZipFile, part: str) -> Any:
    content = _read(archive, part)
    if content is None:
        return None
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
