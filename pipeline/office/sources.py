"""From a path to bytes and text: what is a file, how large it may be, and which letters its bytes stand for."""

from __future__ import annotations

import codecs
import io
import zipfile
from pathlib import Path

from pipeline.errors import InputError
from pipeline.files import close
from pipeline.workspace import Workspace, is_ignored

MOST_BYTES = 60_000_000
"""A table, form or text larger than this is not something that people typed."""

EMPTY = "The file is empty (0 bytes)."
DOWNLOAD = "Where the folder is copied from a cloud such as OneDrive, download the file first."

BYTE_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_bytes(ws: Workspace, path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of an ordinary file of reasonable size; anything else is an InputError."""
    name = ws.relative(path)
    try:
        # Looked at before it is opened: opening a pipe waits for ever.
        if not path.is_file():
            raise InputError("This is not an ordinary file.", "Put the file itself here.", file=name)
        if path.stat().st_size > most:
            raise InputError(
                f"The file is larger than {most // 1_000_000} MB, too large for something that people typed.",
                "Check that it is the right file.",
                file=name,
            )
        content = path.read_bytes()
    except OSError as fault:
        raise InputError(
            f"The file cannot be opened: {fault.strerror or 'unknown reason'}.",
            f"{close(path)} if it is open there, and check that you may read it.",
            file=name,
        ) from fault
    if not content and path.suffix.lower() != ".md":  # prose may be still to be written
        raise InputError(EMPTY, DOWNLOAD + " Else fill it in, or take it away.", file=name)
    return content


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 with a mark, or cp1252, with every line end as one line feed."""
    refuse_other_kinds(content, name)
    text = _decoded(content, name)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(
            "The file holds a NUL character, so it is damaged or is not plain text.",
            "Save it again as CSV UTF-8 or plain text.",
            file=name,
            row=row,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, name: str) -> str:
    for mark, encoding in BYTE_MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as fault:
                raise _unreadable_letters(content, fault.start, name) from fault
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise _unreadable_letters(content, fault.start, name) from fault


def _unreadable_letters(content: bytes, position: int, name: str) -> InputError:
    return InputError(
        "The file holds letters that cannot be read (it is neither UTF-8 nor Windows text).",
        "Open it in the program that made it and save it again as CSV UTF-8 or plain UTF-8 text.",
        file=name,
        row=content.count(b"\n", 0, position) + 1,
    )


_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an Excel, Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file, or one protected with a password"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def refuse_other_kinds(content: bytes, name: str) -> None:
    """A file whose first bytes say that it is something else than text."""
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise InputError(
                f"By its name this is plain text, but it is {kind}.",
                "Give it its true name, or save it again in the right format.",
                file=name,
            )


def office_package(content: bytes, name: str, kind: str) -> io.BytesIO:
    """The bytes of an Office file that may safely be opened; `kind` is `Excel workbook` or `Word document`."""
    from pipeline.office.archive import check_package

    if not content:
        raise InputError(EMPTY, f"{DOWNLOAD} Else put the {kind} itself here.", file=name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_or_encrypted(content, name, kind)
    if not content.startswith(b"PK"):
        raise _something_else(name, kind, "something else")
    check_package(content, name)
    _refuse_other_packages(content, name, kind)
    return io.BytesIO(content)


_PACKAGES = {"word/": "Word document", "xl/": "Excel workbook", "ppt/": "PowerPoint presentation"}


def _refuse_other_packages(content: bytes, name: str, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        held = {called for part in package.namelist() for start, called in _PACKAGES.items() if part.startswith(start)}
    if held and kind in _PACKAGES.values() and kind not in held:
        raise _something_else(name, kind, _a(min(held)))


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AEIOU" else f"a {kind}"


def _something_else(name: str, kind: str, found: str) -> InputError:
    return InputError(
        f"By its name this is {_a(kind)}, but it is {found}.",
        "Give it its true name, or open it in the program that made it and save it again in the right format.",
        file=name,
    )


def _old_or_encrypted(content: bytes, name: str, kind: str) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return InputError(
            "The file is protected with a password, so it cannot be read.", "Save it without a password.", file=name
        )
    modern = ".xlsx" if "Excel" in kind else ".docx"
    return InputError(
        f"The file is in an old Office format with a new name ({modern}).", f"Save it again as {modern}.", file=name
    )


def listed(folder: Path) -> list[Path]:
    """What lies in a folder, by name, without what Word, Windows and macOS leave behind."""
    if not folder.is_dir():
        return []
    try:
        there = (p for p in folder.iterdir() if not is_ignored(p.name) and not p.name.startswith("."))
        return sorted(there, key=lambda p: p.name)  # paths themselves are in another order on Windows
    except OSError as fault:
        raise InputError(
            f"The folder cannot be opened: {fault.strerror or 'unknown reason'}.",
            "Check that you may read it.",
            file=f"{folder.name}/",
        ) from fault
