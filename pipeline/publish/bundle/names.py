"""Names that every system can hold: Windows knows fewer than others, and what it cannot hold is lost in unpacking."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import PurePosixPath

from pipeline.files import name_length, possible_name

LONGEST = 150
"""Signs in a whole path: Windows takes 260, of which the folder that it is unpacked into needs some."""


def safe_names(paths: Iterable[str]) -> dict[str, str]:
    """Each path of the archive with the one that it gets there: its own, unless Windows could not make it.

    Names that differ in capitals or in how their accents are written are one name there: the second gets a number.
    """
    placed = _placed(sorted({path: tuple(path.split("/")) for path in paths}.items(), key=lambda item: item[1]), 0)
    long = sorted(path for path, name in placed.items() if name_length(name) > LONGEST)
    return {**placed, **{path: _shortened(path, placed[path]) for path in long}}


def renamed(names: Mapping[str, str]) -> dict[str, str]:
    """Those that got another name."""
    return {path: name for path, name in names.items() if path != name}


def _placed(entries: list[tuple[str, tuple[str, ...]]], depth: int) -> dict[str, str]:
    """The entries of one folder, and of the folders in it: a name that is good as it is stays, others make way."""
    parts = {name: list(inside) for name, inside in groupby(entries, key=lambda entry: entry[1][depth])}
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in sorted(parts, key=lambda name: (possible_name(name) != name, name)):
        free = _free(possible_name(name), taken)
        taken.add(_same(free))
        below = [entry for entry in parts[name] if len(entry[1]) > depth + 1]
        found |= {path: free for path, pieces in parts[name] if len(pieces) == depth + 1}
        found |= {path: f"{free}/{rest}" for path, rest in (_placed(below, depth + 1) if below else {}).items()}
    return found


def _free(name: str, taken: set[str]) -> str:
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    free, number = name, 1
    while _same(free) in taken:
        number += 1
        free = f"{stem} ({number}){ending}"
    return free


def _shortened(path: str, name: str) -> str:
    """Without the folders between: a mark of the whole path keeps two of one name apart."""
    first, last = name.split("/")[0], name.split("/")[-1]
    return f"{first}/long paths/{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:12]} {last}"


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
