"""What assessment.yaml says of the framework: what is in scope, and targets, once the framework is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Assessment, Framework, LeftOut, Targets
from pipeline.read.cells import known_as, split_ids, suggestion
from pipeline.read.faults import Faults
from pipeline.read.nearest import did_you_mean, one_of, same, shown
from pipeline.read.node import Node
from pipeline.read.yaml import read_yaml
from pipeline.wording import compared
from pipeline.workspace import Workspace


def settle(ws: Workspace, assessment: Assessment, framework: Framework, faults: Faults) -> Assessment:
    """The assessment with its scope and targets in the framework's own ids; what it does not have is a fault."""
    root = read_yaml(ws, ws.root / assessment.file)
    sections = _sections(root.get("sections"), framework, faults)
    targets = _targets(root.get("targets"), framework, assessment.targets, faults)
    statements = known_as(s.id for s in framework.statements)
    exceptions = tuple(
        replace(e, statement=statements.get(same(e.statement), e.statement)) if e.statement else e
        for e in assessment.agreed_exceptions
    )
    left_out = tuple(_left_out(root, framework, faults))
    return replace(assessment, sections=sections, left_out=left_out, targets=targets, agreed_exceptions=exceptions)


def _left_out(root: Node, framework: Framework, faults: Faults) -> Iterator[LeftOut]:
    """The statements that are left out for a reason; one without a reason stays in scope."""
    known = known_as(s.id for s in framework.statements)
    seen: set[str] = set()
    for entry in root.items_of("left_out"):
        entry.only("statement", "reason", "agreed_by")
        written, reason = entry.text_of("statement").strip(), entry.text_of("reason").strip()
        if same(written) not in known:
            faults.unknown(
                entry.place,
                f"`left_out` names `{shown(written)}`, and there is no such statement in {framework.title}."
                if written
                else "An entry of `left_out` names no statement.",
                f"{suggestion(written, known)}Name a statement's id in `statement`.",
            )
        elif not reason:
            faults.value(
                entry.place,
                f"{known[same(written)]} is left out and no reason is given, so it stays in scope.",
                "Say in `reason` why this organisation does not assess it, or take the entry out.",
                statement=known[same(written)],
            )
        elif known[same(written)] not in seen:
            seen.add(known[same(written)])
            yield LeftOut(known[same(written)], reason, entry.text_of("agreed_by").strip(), entry.place)


def _sections(node: Node | None, framework: Framework, faults: Faults) -> tuple[str, ...]:
    known = known_as(s.id for s in framework.sections)
    found = set()
    for written in (word for text in node.as_texts() for word in split_ids(text)) if node else ():
        if same(written) in known:
            found.add(known[same(written)])
        elif node:
            faults.unknown(
                node.place,
                f"There is no section `{shown(written)}` in {framework.title}.",
                f"{suggestion(written, known)}The sections are {', '.join(known.values())}.",
            )
    return tuple(s.id for s in framework.sections if s.id in found)


def _targets(node: Node | None, framework: Framework, targets: Targets, faults: Faults) -> Targets:
    if node is None:
        return targets
    statements = known_as(s.id for s in framework.statements)
    default, by_statement = None, {}
    for key, value in node.as_mapping().items():
        if key in ("by", "tags") or value.kind == "nothing":
            continue
        level = _level(value, framework, faults)
        if key == "default":
            default = level
        elif same(key) in statements:
            if level:
                by_statement[statements[same(key)]] = level
        else:
            near = did_you_mean(key, ("default", "by", *statements.values()))
            faults.unknown(value.place, f"There is no statement `{shown(key)}`.", f"{near}Name a statement's id.")
    return replace(targets, default=default, by_statement=by_statement)


def _level(node: Node, framework: Framework, faults: Faults) -> str | None:
    word = compared(node.as_text())
    for level in framework.levels:
        if word in (compared(level.id), compared(level.name)):
            return level.id
    ids = [level.id for level in framework.levels]
    faults.value(node.place, f"`{shown(node.text)}` is not a level.", f"{did_you_mean(word, ids)}Type {one_of(ids)}.")
    return None
