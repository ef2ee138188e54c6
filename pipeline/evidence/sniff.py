"""What a file really is, by its first bytes, and whether its name agrees."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pipeline.evidence.readers import READERS
from pipeline.office.limits import ENCRYPTED, UncheckableError, UnreadableError

HEAD = 4096
OTHER_NAMES: Mapping[str, str] = {
    "heic": "drawing", "svg": "drawing",
    "mp4": "video", "mov": "video", "avi": "video", "mkv": "video", "webm": "video", "wmv": "video", "m4v": "video",
    "mp3": "sound", "wav": "sound", "m4a": "sound", "ogg": "sound", "flac": "sound", "zip": "archive",
    "7z": "archive", "rar": "archive", "gz": "archive", "tar": "archive",
    "odg": "open document", "odf": "open document",
}  # fmt: skip
NAMES: Mapping[str, str] = {
    **OTHER_NAMES,
    **{ending: kind for kind, t in READERS.items() for ending in t.endings},
}
OTHERS_CALLED: Mapping[str, str] = {
    "drawing": "a picture (.heic or .svg)",
    "video": "a video", "sound": "a sound recording", "archive": "an archive (zip or the like)",
    "open document": "an OpenDocument file of a kind that is not read",
    "unknown": "a kind of file that is not known here",
}  # fmt: skip
CALLED: Mapping[str, str] = {**OTHERS_CALLED, **{kind: t.called for kind, t in READERS.items()}}
MAGIC: tuple[tuple[bytes, int, str], ...] = (
    *((begin, 0, kind) for kind, t in READERS.items() for begin in t.begins),
    (b"WEBP", 8, "picture"), (b"ftypheic", 4, "drawing"), (b"ftypmif1", 4, "drawing"),
    (b"ftypM4A", 4, "sound"), (b"ftyp", 4, "video"),
    (b"\x1aE\xdf\xa3", 0, "video"), (b"AVI ", 8, "video"), (b"0&\xb2u\x8ef\xcf\x11", 0, "video"),
    (b"WAVE", 8, "sound"), (b"ID3", 0, "sound"), (b"\xff\xfb", 0, "sound"), (b"OggS", 0, "sound"),
    (b"fLaC", 0, "sound"), (b"7z\xbc\xaf\x27\x1c", 0, "archive"), (b"Rar!", 0, "archive"),
    (b"\x1f\x8b", 0, "archive"), (b"ustar", 257, "archive"),
)  # fmt: skip
TEXTUAL = frozenset({"text", "markdown", "csv", "html", "e-mail", "web archive", "transcript"})
OPEN: Mapping[str, str] = {"text": "open text", "spreadsheet": "open workbook", "presentation": "open slides"}
"""OpenDocument files by what they say that they are."""


def kind_of(path: Path, name: str) -> str:
    """The key of the reader for this file; `name` is what the register calls it.

    Raises UnreadableError where name and bytes disagree, UncheckableError where there is no reader for the kind.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise UnreadableError("it is empty (0 bytes)")
    suffix = PurePosixPath(name.lower().rstrip()).suffix.lstrip(".")
    claimed = NAMES.get(suffix, "unknown")
    found = _by_bytes(path, head)
    if claimed != "unknown" and not _agree(claimed, found):
        raise UnreadableError(
            f"it is not what its name says: it is {CALLED[found]}, although its name ends in .{suffix}"
        )
    kind = claimed if claimed != "unknown" and found in TEXTUAL else found
    if kind not in READERS:
        raise UncheckableError(f"{CALLED[kind]}, whose words this program cannot read")
    return kind


def _agree(claimed: str, found: str) -> bool:
    if claimed == found:
        return True
    if found in TEXTUAL:
        return claimed in TEXTUAL or claimed == "drawing"  # .svg is text
    return {claimed, found} <= {"video", "sound"} or found == "unknown" and claimed not in _KNOWN_BYTES


_KNOWN_BYTES = frozenset({*READERS} - {"picture"})


def _by_bytes(path: Path, head: bytes) -> str:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(path)
    for magic, at, kind in MAGIC:
        if head[at : at + len(magic)] == magic:
            return kind
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head and _mostly_printable(head):
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        return "html" if start.startswith((b"<!doctype html", b"<html")) else "text"
    return "unknown"


def _mostly_printable(head: bytes) -> bool:
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return odd <= len(head) // 50


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            says = archive.open("mimetype").read(99).decode("ascii", "replace") if "mimetype" in names else ""
    except Exception as error:
        raise UnreadableError(
            "it is damaged: the file cannot be unpacked, perhaps because it was cut short when it was copied or sent"
        ) from error
    for part, kind in (
        ("xl/workbook.bin", "binary workbook"),
        ("word/", "word"),
        ("xl/", "workbook"),
        ("ppt/", "slides"),
    ):
        if "[Content_Types].xml" in names and any(n.startswith(part) for n in names):
            return kind
    if "content.xml" not in names or "opendocument" not in says:
        return "archive"
    return OPEN.get(says.rpartition(".")[2].removesuffix("-template"), "open document")


def _compound(path: Path) -> str:
    """Old Office files, Outlook messages, and new Office files with a password share one container."""
    import olefile

    try:
        with olefile.OleFileIO(path) as container:
            names = {"/".join(entry) for entry in container.listdir(streams=True, storages=False)}
    except Exception as error:
        raise UnreadableError("it is damaged: the parts inside the file cannot be found") from error
    if "EncryptedPackage" in names:
        raise UnreadableError(ENCRYPTED)
    for part, kind in (("WordDocument", "old word"), ("Workbook", "old workbook"), ("Book", "old workbook"),
                       ("PowerPoint Document", "old slides"),
                       ("__properties_version1.0", "Outlook message")):  # fmt: skip
        if part in names:
            return kind
    return "unknown"
