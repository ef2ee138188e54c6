"""Every input of a cycle: path, size, time and digest. What make looks at, and what the manifest lists."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec

from pipeline.files import as_json, write_whole
from pipeline.workspace import SHIPPED_FRAMEWORKS, SHIPPED_TEMPLATES, Workspace, is_ignored

SCHEMA = "boardpack.inputs/1"
NOT_LOOKED_AT = "evidence/inbox/"
SHIPPED = "shipped"
"""Stands before the path of a template or framework that came with the program."""
HASHED_AT_ONCE = 4
LAST_SIGN_OFF = ".last-sign-off.json"
OF_EARLIER_CYCLES = (".yaml", ".yml", "/actions.csv", "/actions.xlsx")


class InputFile(msgspec.Struct, frozen=True):
    """One input: where it is (relative to the workspace, with `/`), how large, when changed, what it holds."""

    path: str
    size: int
    time: int
    """Last change, in nanoseconds since 1970."""
    digest: str
    """SHA-256; empty where the file could not be read."""
    changed: int = 0
    """When the system last noted a change of it: unlike `time`, no program can set this back."""


class Inputs(msgspec.Struct, frozen=True):
    """inputs.json."""

    schema: str
    audience: str
    digest: str
    inputs: tuple[InputFile, ...]


def scan(
    ws: Workspace,
    cycle: str,
    previous: str | None = None,
    known: Sequence[InputFile] = (),
    *,
    also: Iterable[Path] = (),
    rehash: bool = False,
) -> tuple[InputFile, ...]:
    """Every input of the cycle, by path. A digest in `known` is used again where path, size and times agree.

    `previous` is the cycle to compare with, whereupon those before it count too. `also` names inputs outside the
    folders, such as a framework beside them.
    """
    before = {} if rehash else {entry.path: entry for entry in known}
    entries: dict[str, InputFile] = {}
    changed: dict[str, str] = {}
    for name, path in _found(ws, cycle, previous, also):
        with suppress(OSError):  # one that has just gone is no input
            seen = os.lstat(path)
            old = before.get(name)
            new = InputFile(name, seen.st_size, seen.st_mtime_ns, "", seen.st_ctime_ns)
            if old and old.digest and msgspec.structs.replace(old, digest="") == new:
                entries[name] = old
            else:
                entries[name] = new
                changed[name] = path
    with ThreadPoolExecutor(HASHED_AT_ONCE) as pool:  # hashing lets go of the interpreter
        for name, digest in zip(changed, pool.map(digest_of, changed.values()), strict=True):
            entries[name] = msgspec.structs.replace(entries[name], digest=digest)
    return tuple(entries[name] for name in sorted(entries))


def _found(ws: Workspace, cycle: str, previous: str | None, also: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Name and place of every input."""
    yield from _files(ws.cycle_folder(cycle), f"assessments/{cycle}")
    yield from ((n, p) for n, p in _files(ws.evidence, "evidence") if not n.startswith(NOT_LOOKED_AT))
    for before in {previous, *ws.cycles_before(cycle)} if previous else ():
        last, name = ws.cycle_folder(before), f"assessments/{before}"
        yield from ((n, p) for n, p in _files(last, name, deep=False) if n.endswith(OF_EARLIER_CYCLES))
        yield from _files(last / "responses", f"{name}/responses")
    # Named alike whether they lie in the workspace or came with the program: the same template, the same input.
    templates = dict(_files(SHIPPED_TEMPLATES, "templates", deep=False))
    templates |= _files(ws.root / "templates", "templates", deep=False)
    yield from ((n, p) for n, p in templates.items() if n.endswith((".docx", ".png")))
    for folder, name in ((ws.assessments, "assessments"), (ws.root / "frameworks", "frameworks")):
        yield from ((n, p) for n, p in _files(folder, name, deep=False) if n.endswith((".yaml", ".yml")))
    frameworks = _files(SHIPPED_FRAMEWORKS, "frameworks", deep=False)
    yield from ((f"{SHIPPED}/{n}", p) for n, p in frameworks if n.endswith(".yaml"))
    last = ws.assessments / f"{cycle}{LAST_SIGN_OFF}"
    if last.is_file():
        yield _legible(ws.relative(last)), str(last)
    yield from ((_legible(ws.relative(path)), str(path)) for path in also)


def _files(folder: Path | str, name: str, *, deep: bool = True) -> Iterator[tuple[str, str]]:
    """Files and links in a folder, which need not be there; what programs leave behind is nobody's input.

    A folder that is a link is not entered: it stands here as a link.
    """
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            inside = f"{name}/{_legible(entry.name)}"
            if is_ignored(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if deep:
                    yield from _files(entry.path, inside)
            elif entry.is_file(follow_symlinks=False) or entry.is_symlink():
                yield inside, entry.path


def _legible(name: str) -> str:
    """A file's name as JSON can hold it: bytes that are no text are shown as such."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def digest_of(path: Path | str) -> str:
    """SHA-256 of a file; of where it points to, for a link (it is not followed); empty where it cannot be read."""
    try:
        if Path(path).is_symlink():
            return hashlib.sha256(os.fsencode(Path(path).readlink())).hexdigest()
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def inputs_digest(inputs: Iterable[InputFile]) -> str:
    """SHA-256 over the digests of every input: of the lines that `sha256sum` prints for them, sorted by path."""
    lines = sorted((entry.path, f"{entry.digest}  {entry.path}\n") for entry in inputs)
    return hashlib.sha256("".join(line for _, line in lines).encode("utf-8", "backslashreplace")).hexdigest()


def read_inputs(path: Path) -> tuple[InputFile, ...]:
    """What an earlier run noted in inputs.json; nothing where there is none, or it cannot be understood."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Inputs).inputs
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ()


def write_if_changed(path: Path, inputs: Sequence[InputFile]) -> bool:
    """Write inputs.json; True where an input was added, removed or changed since it was last written.

    Where only times differ (a file was touched, or copied anew) the new ones are noted and the file keeps its own
    time, so that make has nothing to do and the next run need not hash those files again.
    """
    before = read_inputs(path)
    if before and tuple(inputs) == before:
        return False
    content = Inputs(SCHEMA, "internal", inputs_digest(inputs), tuple(inputs))
    same = bool(before) and inputs_digest(before) == content.digest
    times = path.stat() if same else None
    write_whole(path, as_json(content))
    if times:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return not same
