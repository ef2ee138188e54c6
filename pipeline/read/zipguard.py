"""A zip archive is judged by the bytes that come out of it, not by what its directory claims."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.errors import InputError

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
