"""A team's own template with whatever Word, or somebody else, may have put into it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.fill.reading import own_template

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
Relation = tuple[str, str, str]
"""(id, kind or whole type, target); a target with a colon or a name in it leads out of the file."""


def team_template(
    folder: Path,
    *body: str,
    relations: Sequence[Relation] = (),
    parts: Mapping[str, tuple[str, str]] | None = None,
    of: str = "word/document.xml",
    settings: str = "",
) -> Path:
    """A template with these relations and parts, by name: (content type, content)."""
    path = own_template(folder, "{{ organisation }}", *body)
    with zipfile.ZipFile(path) as package:
        held = {name: package.read(name).decode() for name in package.namelist()}
    where = f"{of.rpartition('/')[0]}/_rels/{of.rpartition('/')[2]}.rels"
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    rows = "".join(_relation(*relation) for relation in relations)
    held[where] = held.get(where, empty).replace("</Relationships>", f"{rows}</Relationships>")
    kinds = ""
    for name, (kind, content) in (parts or {}).items():
        held[name] = content
        kinds += f'<Override PartName="/{name}" ContentType="{kind}"/>'
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace("</Types>", f"{kinds}</Types>")
    held["word/document.xml"] = held["word/document.xml"].replace("<w:document ", f"<w:document {_others(held)} ", 1)
    held["word/settings.xml"] = held["word/settings.xml"].replace("</w:settings>", f"{settings}</w:settings>")
    with zipfile.ZipFile(path, "w") as package:
        for name, content in held.items():
            package.writestr(name, content)
    return path


def _relation(key: str, kind: str, target: str) -> str:
    out = ' TargetMode="External"' if ":" in target or "{{" in target else ""
    whole = kind if ":" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{key}" Type="{whole}" Target={quoteattr(target)}{out}/>'


def _others(held: Mapping[str, str]) -> str:
    """The namespaces that the template's text does not name yet."""
    start = held["word/document.xml"].split(">", 2)[1]
    return " ".join(space for space in SPACES.split(" ") if space.split("=")[0] not in start)
