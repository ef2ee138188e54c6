"""The smallest files that carry the seal of a paper, and what a person may do to them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.office import integrity

WORDS = "word/document.xml"


def write_sealed(path: Path, words: str, inputs: str, cycle: str = "2025-26", state: str = "final") -> Path:
    """A package with these words, sealed as the papers are."""
    said = {"boardpack inputs": inputs, "boardpack cycle": cycle, "boardpack state": state}
    return write_parts(
        path, integrity.sealed({WORDS: words.encode(), integrity.PROPERTIES: integrity.properties_xml(said)})
    )


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """A zip of these parts."""
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def edit(path: Path, old: str, new: str, *, again: bool = False) -> None:
    """Change the words inside; `again` seals the paper anew, as somebody who knows how would."""
    parts = integrity.read_parts(path)
    part = next(name for name, content in parts.items() if name != integrity.PROPERTIES and old.encode() in content)
    parts[part] = parts[part].replace(old.encode(), new.encode())
    write_parts(path, integrity.sealed(parts) if again else parts)
