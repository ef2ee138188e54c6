"""The laws, guidance and other sources that a framework's statements name."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Reference
from pipeline.read.framework_parts import id_of, refuse_repeats
from pipeline.read.nearest import shown
from pipeline.read.node import Node
from pipeline.read.vocabulary import words
from pipeline.read.yaml import read_yaml
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace

_KEYS = words("id title kind status publisher year url note confirm")


def read_references(ws: Workspace, root: Node, framework: Path) -> tuple[Reference, ...]:
    """The references file that a framework names, beside it."""
    named = root.get("references")
    if named is None:
        return ()
    name = named.as_text()
    # A copy of a shipped framework that was put beside an assessment still finds the shipped references.
    path = next((p for p in (framework.parent / name, SHIPPED_FRAMEWORKS / name) if p.is_file()), None)
    if path is None:
        raise named.error(
            f"There is no file `{shown(name)}` beside the framework.", "Put it there, or take the key out."
        )
    entries = read_yaml(ws, path).only("references").need("references")
    references = tuple(_reference(n) for n in entries.as_list())
    refuse_repeats(entries, "references", [r.id for r in references])
    return references


def _reference(node: Node) -> Reference:
    node.only(*_KEYS)
    return Reference(
        id=id_of(node),
        title=node.need("title").as_text(),
        kind=node.text_of("kind"),
        status=node.text_of("status", "current"),
        publisher=node.text_of("publisher"),
        year=node.text_of("year"),
        url=node.text_of("url"),
        note=node.text_of("note"),
        confirm=node.yes_of("confirm"),
    )
