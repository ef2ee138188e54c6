"""Office files are zip archives: judged by what really comes out of them, written the same bytes each time."""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.office.limits import MIB, Limits, UnreadableError

if TYPE_CHECKING:
    from lxml import etree

MOST_UNPACKED = 30_000_000
"""Bytes of XML that an Office file may unpack to: some 50,000 rows of a table."""
MOST_MEMBERS = 5_000
_CHUNK = 1 << 16
_DOCTYPES = tuple("<!DOCTYPE".encode(e) for e in ("utf-8", "utf-16-le", "utf-16-be"))


def check_package(content: bytes, name: str) -> None:
    """Refuse a damaged archive, one that unpacks to too much, and any document type declaration in its XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [m for m in archive.infolist() if _is_xml(m.filename)]
            if len(archive.infolist()) > MOST_MEMBERS:
                raise _too_large(name)
            _count(archive, members, name)
    except InputError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise damaged(name) from fault


def damaged(name: str) -> InputError:
    """The error for a file that is not whole."""
    return InputError("The file is damaged, so it cannot be read.", "Ask for it again, or save it again.", file=name)


def _is_xml(member: str) -> bool:
    return member.lower().endswith((".xml", ".rels", ".vml"))


def _count(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    left = MOST_UNPACKED
    for member in members:
        tail = b""
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_large(name)
                if any(mark in tail + chunk for mark in _DOCTYPES):
                    raise InputError(
                        "The file holds a document type declaration, which Office never writes; it is not opened.",
                        "Ask who sent it how it was made, and save it again from Excel or Word.",
                        file=name,
                    )
                tail = chunk[-20:]


def _too_large(name: str) -> InputError:
    return InputError(
        f"The file unpacks to more than {MOST_UNPACKED // 1_000_000} MB, too much for something that people typed.",
        "Check that it is the right file; copy the rows that matter into a new one.",
        file=name,
    )


CHUNK = 64 * 1024
MOST_PARTS = 20_000
DOCTYPE = "it is not safe to read: it carries a document type definition, which no Office file has"
DAMAGED = "it is damaged: the file cannot be unpacked, perhaps because it was cut short when it was copied or sent"
ALTERED = "it is damaged or was altered: a part of it is not what the file's own list says (size or checksum)"


class Package:
    """The parts of an Office file. What they unpack to is counted as it comes."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._left = limits.unpacked
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError(DAMAGED) from error
        try:
            self.names = _part_names(self._zip.infolist())
        except UnreadableError:
            self._zip.close()
            raise
        self._relations: dict[str, list[etree._Element]] = {}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream of bytes, counted."""
        try:
            return _Counted(self, self._zip.open(name))  # type: ignore[return-value]
        except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, ValueError) as error:
            raise UnreadableError(DAMAGED) from error

    def read(self, name: str) -> bytes:
        """A part as bytes, counted."""
        kept = BytesIO()
        stream = self.open(name)
        while piece := stream.read(CHUNK):
            kept.write(piece)
        stream.close()
        return kept.getvalue()

    def count(self, size: int) -> None:
        """Take what was unpacked off what may be unpacked."""
        self._left -= size
        if self._left < 0:
            raise UnreadableError(f"it is too large: it unpacks to more than {self._limits.unpacked // MIB} MB")

    def xml(self, name: str) -> etree._Element:
        """A part parsed as XML; a document type definition is refused, entities are never expanded."""
        return parse_xml(self.read(name))

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the file: relationship id -> (kind, part). What lies outside is left alone."""
        found = {}
        for relation in self._relations_of(part):
            target = relation.get("Target") or ""
            where = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            if relation.get("TargetMode") != "External" and target and where in self.names:
                found[relation.get("Id") or ""] = (_kind(relation), where)
        return found

    def _relations_of(self, part: str) -> list[etree._Element]:
        if part not in self._relations:
            folder, name = posixpath.split(part)
            rels = posixpath.join(folder, "_rels", f"{name}.rels")
            self._relations[part] = list(self.xml(rels).iter("{*}Relationship")) if rels in self.names else []
        return self._relations[part]

    def remarks(self, main: str) -> tuple[str, ...]:
        """What the file holds or points to that was left alone."""
        parts = [main, *self.parts_of(main, "settings")]
        outside = [
            relation
            for part in parts
            for relation in self._relations_of(part)
            if relation.get("TargetMode") == "External" and _kind(relation) != "hyperlink"
        ]
        embedded = sum("/embeddings/" in name for name in self.names)
        macros = any(name.endswith("vbaProject.bin") for name in self.names)
        said = (
            f"it holds {embedded} embedded file{'s' * (embedded > 1)}, not opened" if embedded else "",
            f"it points to {len(outside)} file{'s' * (len(outside) > 1)} elsewhere, not fetched" if outside else "",
            "it holds macros, not run" if macros else "",
        )
        return tuple(remark for remark in said if remark)

    def main_part(self, usual: str) -> str:
        """The part that the file opens with."""
        kinds = {kind: where for kind, where in self.related("").values()}
        where = kinds.get("officeDocument", usual)
        if where not in self.names:
            raise UnreadableError("it is damaged: its main part is missing")
        return where

    def parts_of(self, part: str, *kinds: str) -> Iterator[str]:
        """The parts that `part` refers to, of these kinds, in a stable order."""
        found = {where for kind, where in self.related(part).values() if kind in kinds}
        yield from sorted(found, key=_natural)


def _part_names(entries: Sequence[zipfile.ZipInfo]) -> frozenset[str]:
    """The names of the parts, if the directory of the archive makes sense."""
    if len(entries) > MOST_PARTS:
        raise UnreadableError(f"it is too large: it holds more than {MOST_PARTS:,} parts")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("it is encrypted: a password is needed to open it")
    names = frozenset(entry.filename for entry in entries)
    if len(names) != len(entries):
        raise UnreadableError("it is damaged: it holds two different parts of one name")
    return names


def _kind(relation: etree._Element) -> str:
    return (relation.get("Type") or "").rsplit("/", 1)[-1]


def _natural(name: str) -> tuple[int, str]:
    stem = PurePosixPath(name).stem
    digits = "".join(c for c in stem if c.isdigit())
    return (int(digits[:9]) if digits.isascii() and digits else 0, name)


class _Counted:
    """A stream that tells its package how much came out."""

    def __init__(self, package: Package, stream: IO[bytes]) -> None:
        self._package, self._stream = package, stream

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._stream.read(min(size, CHUNK) if size > 0 else CHUNK)
        except MemoryError:
            raise
        except Exception as error:  # zlib, lzma and zipfile have no error in common
            raise UnreadableError(ALTERED if "CRC" in str(error) else DAMAGED) from error
        self._package.count(len(piece))
        return piece

    def close(self) -> None:
        self._stream.close()


def parse_xml(data: bytes) -> etree._Element:
    """Bytes -> root element, without network, entities or document types."""
    from lxml import etree

    if b"<!DOCTYPE" in data:
        raise UnreadableError(DOCTYPE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(xml_fault(str(error))) from error
    refuse_doctype(root)
    return root


def refuse_doctype(root: etree._Element) -> None:
    """Office files have no document type definition; one that has is not what it seems."""
    if root.getroottree().docinfo.doctype:
        raise UnreadableError(DOCTYPE)


def xml_fault(message: str) -> str:
    """The parser's message in plain words."""
    if "Text node too long" in message or "huge text node" in message:
        return "it is too large: one piece of text in it is longer than ten million letters"
    if "depth" in message:
        return "it is damaged: its contents are nested too deeply"
    if "ntity" in message:
        return DOCTYPE
    return "it is damaged: part of its contents is not well formed"


_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip archive can name
_FIXED_HEIGHT = re.compile(rb'(<row [^<>]*?) customHeight="1"')
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")


def same_bytes(package: bytes, day: datetime.date) -> bytes:
    """An Office file with its times set to one day: those of its members, and those that its properties name."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            if name.startswith("xl/worksheets/sheet"):
                # The height is where we start from; a row still grows with what people type into it.
                content = _FIXED_HEIGHT.sub(rb"\g<1>", content)
            new.writestr(_member(name), content)
    return out.getvalue()


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment that a day begins, as the libraries want it."""
    return datetime.datetime(day.year, day.month, day.day)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NEVER)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member
