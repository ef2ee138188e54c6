"""schemes/<id>.yaml: the charter of each funded scheme."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import Place, Scheme
from pipeline.read.faults import Faults
from pipeline.read.node import Node
from pipeline.read.publication_tables import ANNUAL_REPORT
from pipeline.read.sources import listed
from pipeline.read.values import choice
from pipeline.read.vocabulary import words
from pipeline.read.yaml import read_yaml
from pipeline.wording import whole_letters
from pipeline.workspace import Workspace

_KEYS = words(
    "problem why goals period in_scope out_of_scope inequality baseline expected actual evaluation lessons decision"
)
_INEQUALITIES = ("health", "healthcare")


def read_schemes(ws: Workspace, cycle: str, faults: Faults) -> tuple[Scheme, ...]:
    """The charters of a cycle, by id."""
    own = Faults(ANNUAL_REPORT)
    paths = [p for p in listed(ws.cycle_folder(cycle) / "schemes") if p.suffix.lower() in (".yaml", ".yml")]
    roots = [(whole_letters(path.stem), read_yaml(ws, path).only(*_KEYS)) for path in paths]
    for _, root in roots:
        own.slips(root)
    schemes = tuple(_scheme(name, root, own) for name, root in roots)
    faults.found.extend(own.found)
    return schemes


def _scheme(identity: str, node: Node, faults: Faults) -> Scheme:
    return Scheme(
        id=identity,
        place=Place(node.file),
        problem=_prose(node, "problem"),
        why=_prose(node, "why"),
        goals=_goals(node.get("goals")),
        period=_prose(node, "period"),
        in_scope=_prose(node, "in_scope"),
        out_of_scope=_prose(node, "out_of_scope"),
        inequality=choice(node, "inequality", _INEQUALITIES, faults),
        baseline=_prose(node, "baseline"),
        expected=_prose(node, "expected"),
        actual=_prose(node, "actual"),
        evaluation=_prose(node, "evaluation"),
        lessons=node.texts_of("lessons"),
        decision=_prose(node, "decision"),
    )


def _prose(node: Node, key: str) -> str:
    """A text; a list is read as its entries one below the other, keys with values as `key: value`."""
    found = node.get(key)
    return "\n".join(_lines(found)) if found else ""


def _lines(node: Node) -> list[str]:
    if node.kind == "list":
        return [line for item in node.items for line in _lines(item)]
    if node.kind == "mapping":
        return [f"{key}: {'; '.join(_lines(value))}" for key, value in node.keys.items()]
    return [node.text] if node.text else []


def _goals(node: Node | None) -> tuple[Mapping[str, str], ...]:
    """Each goal as its keys and texts; a goal that is only a text is `goal`."""
    if node is None:
        return ()
    entries = node.items if node.kind == "list" else (node,)
    return tuple(_goal(entry) for entry in entries if entry.kind != "nothing")


def _goal(node: Node) -> Mapping[str, str]:
    if node.kind != "mapping":
        return {"goal": node.as_text()}
    return {key: "; ".join(_lines(value)) for key, value in node.keys.items()}
