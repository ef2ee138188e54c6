"""A framework from its YAML file: one that cannot be trusted is refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import (
    NOT_ASSESSED,
    Column,
    Framework,
    Level,
    Place,
    PrincipalRisk,
    Reference,
    Requirement,
    Section,
    Statement,
)
from pipeline.read.nearest import did_you_mean, one_of, same, shown
from pipeline.read.sources import decode, read_bytes
from pipeline.read.vocabulary import KINDS, words
from pipeline.read.yaml import Node, parse_yaml
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace

_ANSWERED_BY = ("team", "board", "both")
_STATEMENT_KEYS = words(
    "id short text good_looks_like answered_by prompt evidence references kloe priorities baf "
    "annual_report formerly both_natures column statements"
)
_REFERENCE_KEYS = words("id title kind status publisher year url note confirm")
_TOP_KEYS = words(
    "id title version levels sections columns references principal_risks annual_report_parts status wording note"
)


def read_framework(ws: Workspace, framework: str, cycle: str, place: Place | None = None) -> Framework:
    """The framework that an assessment names: a shipped id, or a path beside assessment.yaml."""
    path = _find(ws, framework, cycle, place or Place(""))
    root = read_yaml(ws, path).only(*_TOP_KEYS)
    levels = _levels(root)
    columns = tuple(_column(n) for n in _items(root, "columns"))
    sections = tuple(_section(n, columns) for n in root.need("sections").as_list())
    _refuse_repeats(root, "sections", [s.id for s in sections])
    _refuse_repeats(root, "sections", [s.id for section in sections for s in section.statements])
    if not any(section.statements for section in sections):
        raise root.need("sections").error("The framework has no statements.", "Add `statements` to its sections.")
    built = Framework(
        id=root.need("id").as_text(),
        title=root.need("title").as_text(),
        version=root.need("version").as_text(),
        levels=levels,
        sections=sections,
        columns=columns,
        references=_references(ws, root, path),
        principal_risks=tuple(_principal_risk(n) for n in _items(root, "principal_risks")),
        annual_report_parts=_texts(root, "annual_report_parts"),
        status=root.text_of("status"),
        wording=root.text_of("wording"),
        note=root.text_of("note"),
        tags={k: {t: m.as_text() for t, m in n.as_mapping().items()} for k, n in _mapping(root, "tags").items()},
        shipped=path.parent == SHIPPED_FRAMEWORKS,
    )
    _resolve(root, built)
    return built


def read_yaml(ws: Workspace, path: Path) -> Node:
    """A YAML file of the workspace, or a shipped one."""
    name = ws.relative(path)
    if path.is_relative_to(SHIPPED_FRAMEWORKS):
        name = path.relative_to(SHIPPED_FRAMEWORKS.parent.parent).as_posix()
    return parse_yaml(decode(read_bytes(ws, path), name), name)


def shipped_frameworks() -> list[str]:
    """The ids of the frameworks that come with the program."""
    return sorted(p.stem for p in SHIPPED_FRAMEWORKS.glob("*.yaml") if "levels:" in p.read_text("utf-8"))


def _find(ws: Workspace, framework: str, cycle: str, place: Place) -> Path:
    beside = ws.cycle_folder(cycle)
    if "/" not in framework and "\\" not in framework:
        for folder in (ws.root / "frameworks", SHIPPED_FRAMEWORKS):
            if (path := folder / f"{framework}.yaml").is_file():
                return path
    for name in (framework, f"{framework}.yaml"):
        path = beside / name.replace("\\", "/")
        if path.is_file():
            if not path.resolve().is_relative_to(ws.root.resolve()):
                raise _at(place, "The framework lies outside the workspace.", "Put it beside assessment.yaml.")
            return path
    shipped = shipped_frameworks()
    raise _at(
        place,
        f"There is no framework `{shown(framework)}`.",
        f"{did_you_mean(framework, shipped)}Name a shipped one ({', '.join(shipped)}) or a YAML file beside this one.",
    )


def _at(place: Place, message: str, remedy: str) -> InputError:
    return InputError(message, remedy, file=place.file, row=place.row, field=place.field)


def _items(node: Node, key: str) -> tuple[Node, ...]:
    found = node.get(key)
    return found.as_list() if found else ()


def _mapping(node: Node, key: str) -> Mapping[str, Node]:
    found = node.get(key)
    return found.as_mapping() if found else {}


def _texts(node: Node, key: str) -> dict[str, str]:
    return {k: n.as_text() for k, n in _mapping(node, key).items()}


def _yes(node: Node, key: str) -> bool:
    found = node.get(key)
    return found.as_yes() if found else False


def _id(node: Node) -> str:
    return node.need("id").as_text().strip()


def _levels(root: Node) -> tuple[Level, ...]:
    nodes = root.need("levels").as_list()
    if not nodes:
        raise root.need("levels").error("The framework has no levels.", "List them, the lowest first.")
    levels = tuple(_level(node, rank) for rank, node in enumerate(nodes))
    words = [word for level in levels for word in {same(level.id), same(level.name)}]
    if same(NOT_ASSESSED) in words or len(words) != len(set(words)):
        raise root.need("levels").error(
            "Two levels share an id or name, or one is named `not assessed`.", "Give each level words of its own."
        )
    return levels


def _level(node: Node, rank: int) -> Level:
    node.only("id", "name", "meaning", "requires")
    requires = node.get("requires")
    # A level that says nothing asks for one document, the lowest for none.
    needs = _requirement(requires) if requires else Requirement(documents=1 if rank else 0)
    return Level(_id(node), node.need("name").as_text().strip(), rank, node.text_of("meaning"), needs)


def _requirement(node: Node) -> Requirement:
    node.only("documents", "max_age_months", "kinds", "periods", "outside_the_team")
    documents, age, periods = (node.get(k) for k in ("documents", "max_age_months", "periods"))
    kinds = tuple(k.strip().lower() for k in node.texts_of("kinds"))
    for kind in kinds:
        if kind not in KINDS:
            raise node.need("kinds").error(
                f"`{shown(kind)}` is not a kind of document.", f"{did_you_mean(kind, KINDS)}Use {one_of(KINDS)}."
            )
    return Requirement(
        documents=documents.as_whole_number() if documents else 1,
        max_age_months=age.as_whole_number() if age else None,
        kinds=kinds,
        periods=periods.as_whole_number() if periods else None,
        outside_the_team=_yes(node, "outside_the_team"),
    )


def _column(node: Node) -> Column:
    node.only("id", "title", "short")
    return Column(_id(node), node.need("title").as_text(), node.text_of("short"))


def _section(node: Node, columns: tuple[Column, ...]) -> Section:
    node.only("id", "title", "statements", "scope", "compliance", "level_notes")
    identity = _id(node)
    return Section(
        id=identity,
        title=node.need("title").as_text(),
        statements=tuple(_statement(n, identity, columns) for n in node.need("statements").as_list()),
        scope=node.text_of("scope"),
        compliance=_yes(node, "compliance"),
        level_notes=_texts(node, "level_notes"),
    )


def _statement(node: Node, section: str, columns: tuple[Column, ...]) -> Statement:
    node.only(*_STATEMENT_KEYS)
    return Statement(
        id=_id(node),
        section=section,
        text=node.need("text").as_text(),
        answered_by=_answered_by(node.need("answered_by")),
        short=node.text_of("short"),
        good_looks_like=node.text_of("good_looks_like"),
        prompt=node.text_of("prompt"),
        evidence=node.texts_of("evidence"),
        references=node.texts_of("references"),
        kloe=node.texts_of("kloe"),
        priorities=node.texts_of("priorities"),
        baf=_texts(node, "baf"),
        annual_report=node.text_of("annual_report"),
        formerly=node.texts_of("formerly"),
        both_natures=_yes(node, "both_natures"),
        column=_matrix_column(node, columns),
        statements=node.texts_of("statements"),
        tags={key: tag.as_texts() for key, tag in _mapping(node, "tags").items()},
    )


def _answered_by(node: Node) -> str:
    word = node.as_text().strip().lower()
    if word not in _ANSWERED_BY:
        raise node.error(
            f"`{shown(word)}` does not say who answers.",
            f"{did_you_mean(word, _ANSWERED_BY)}Use {one_of(_ANSWERED_BY)}.",
        )
    return word


def _matrix_column(node: Node, columns: tuple[Column, ...]) -> str:
    if not columns and node.get("column") is None:
        return ""
    column = node.need("column")
    if column.as_text() not in [c.id for c in columns]:
        raise column.error(
            f"There is no column `{shown(column.text)}`.",
            f"{did_you_mean(column.text, [c.id for c in columns])}The columns stand under `columns`.",
        )
    return column.as_text()


def _principal_risk(node: Node) -> PrincipalRisk:
    node.only("id", "title", "cause", "event", "effect")
    cause, event, effect = (node.text_of(k) for k in ("cause", "event", "effect"))
    return PrincipalRisk(_id(node), node.need("title").as_text(), cause, event, effect)


def _references(ws: Workspace, root: Node, framework: Path) -> tuple[Reference, ...]:
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
    _refuse_repeats(entries, "references", [r.id for r in references])
    return references


def _reference(node: Node) -> Reference:
    node.only(*_REFERENCE_KEYS)
    return Reference(
        id=_id(node),
        title=node.need("title").as_text(),
        kind=node.text_of("kind"),
        status=node.text_of("status", "current"),
        publisher=node.text_of("publisher"),
        year=node.text_of("year"),
        url=node.text_of("url"),
        note=node.text_of("note"),
        confirm=_yes(node, "confirm"),
    )


def _refuse_repeats(node: Node, key: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for identity in ids:
        if same(identity) in seen:
            raise InputError(
                f"The id `{shown(identity)}` is used twice.",
                "Give each its own id.",
                file=node.file,
                row=_line_of_last(node, identity),
                field=key,
            )
        seen.add(same(identity))


def _line_of_last(node: Node, identity: str) -> int | None:
    lines = [n.line for n in _all(node) if n.path.endswith("id") and same(n.text) == same(identity)]
    return lines[-1] if lines else node.line


def _all(node: Node) -> list[Node]:
    return [node, *(n for child in (*node.items, *node.keys.values()) for n in _all(child))]


def _resolve(root: Node, framework: Framework) -> None:
    """References, parts of the annual report and risks that statements name are there (where the lists are given)."""
    lists = {
        "references": {r.id for r in framework.references},
        "annual_report": set(framework.annual_report_parts),
        "risk": {r.id for r in framework.principal_risks},
    }
    for node in _all(root.need("sections")):
        known = lists.get(node.path.rpartition(".")[2])
        if not known or node.kind not in ("text", "list") or node.path.count(".") < 2:
            continue
        for name in node.as_texts():
            if name not in known:
                raise node.error(f"`{shown(name)}` is named and not listed.", did_you_mean(name, known).strip())
