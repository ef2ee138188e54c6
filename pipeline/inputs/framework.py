"""A framework from its YAML file: one that cannot be trusted is refused as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import KINDS, did_you_mean, one_of, same, shown, words
from pipeline.inputs.yaml import Node, read_yaml
from pipeline.model import (
    NOT_ASSESSED,
    Assessment,
    Column,
    ExpectedIndicator,
    Framework,
    Level,
    PrincipalRisk,
    Reference,
    Requirement,
    Section,
    Severity,
    Statement,
)
from pipeline.text import LEFT_OVER
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace

_ANSWERED_BY = ("team", "board", "both")
STATEMENT_KEYS = words(
    "id short text plain good_looks_like answered_by prompt evidence references kloe priorities baf "
    "annual_report formerly both_natures column statements"
)


def id_of(node: Node) -> str:
    """The id that an entry must have."""
    return node.need("id").as_text().strip()


def read_levels(root: Node) -> tuple[Level, ...]:
    """The levels, lowest first; no word may stand for two of them."""
    nodes = root.need("levels").as_list()
    if not nodes:
        raise root.need("levels").error("The framework has no levels.", "List them, the lowest first.")
    levels = tuple(read_level(node, rank) for rank, node in enumerate(nodes))
    words = [word for level in levels for word in {same(level.id), same(level.name)}]
    if same(NOT_ASSESSED) in words or len(words) != len(set(words)):
        raise root.need("levels").error(
            "Two levels share an id or name, or one is named `not assessed`.", "Give each level words of its own."
        )
    return levels


def read_level(node: Node, rank: int) -> Level:
    """One level; `rank` counts from the lowest."""
    node.only("id", "name", "meaning", "requires")
    requires = node.get("requires")
    # A level that says nothing asks for one document, the lowest for none.
    needs = _requirement(requires) if requires else Requirement(documents=1 if rank else 0)
    return Level(id_of(node), node.need("name").as_text().strip(), rank, node.text_of("meaning"), needs)


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
        outside_the_team=node.yes_of("outside_the_team"),
    )


def read_column(node: Node) -> Column:
    """A column of a matrix."""
    node.only("id", "title", "short", "meaning")
    return Column(id_of(node), node.need("title").as_text(), node.text_of("short"), node.text_of("meaning"))


def read_section(node: Node, columns: tuple[Column, ...]) -> Section:
    """A section with its statements."""
    node.only("id", "title", "statements", "scope", "compliance", "level_notes")
    identity = id_of(node)
    return Section(
        id=identity,
        title=node.need("title").as_text(),
        statements=tuple(read_statement(n, identity, columns) for n in node.need("statements").as_list()),
        scope=node.text_of("scope"),
        compliance=node.yes_of("compliance"),
        level_notes=node.text_by_key_of("level_notes"),
    )


def read_statement(node: Node, section: str, columns: tuple[Column, ...]) -> Statement:
    """One statement, or a cell of a matrix."""
    node.only(*STATEMENT_KEYS)
    return Statement(
        id=id_of(node),
        section=section,
        text=node.need("text").as_text(),
        answered_by=_answered_by(node.need("answered_by")),
        short=node.text_of("short"),
        plain=node.text_of("plain"),
        good_looks_like=node.text_of("good_looks_like"),
        prompt=node.text_of("prompt"),
        evidence=node.texts_of("evidence"),
        references=node.texts_of("references"),
        kloe=node.texts_of("kloe"),
        priorities=node.texts_of("priorities"),
        baf=node.text_by_key_of("baf"),
        annual_report=node.text_of("annual_report"),
        formerly=node.texts_of("formerly"),
        both_natures=node.yes_of("both_natures"),
        column=_matrix_column(node, columns),
        statements=node.texts_of("statements"),
        tags={key: tag.texts_in() for key, tag in node.mapping_of("tags").items()},
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


def read_principal_risk(node: Node) -> PrincipalRisk:
    """A risk given as an illustration."""
    node.only("id", "title", "cause", "event", "effect")
    cause, event, effect = (node.text_of(k) for k in ("cause", "event", "effect"))
    return PrincipalRisk(id_of(node), node.need("title").as_text(), cause, event, effect)


EXPECTED_KEYS = words("id area indicator why breakdowns core20plus5")


def read_expected_indicator(node: Node) -> ExpectedIndicator:
    """An indicator that the framework looks for."""
    node.only(*EXPECTED_KEYS)
    return ExpectedIndicator(
        id=id_of(node),
        indicator=node.need("indicator").as_text(),
        area=node.text_of("area"),
        why=node.text_of("why"),
        breakdowns=node.texts_of("breakdowns"),
        core20plus5=node.text_of("core20plus5"),
    )


def _raise(fault: InputError) -> None:
    raise fault


OnFault = Callable[[InputError], None]


def refuse_repeats(node: Node, key: str, ids: list[str], on_fault: OnFault = _raise) -> None:
    """Each id once."""
    seen: set[str] = set()
    for identity in ids:
        if same(identity) in seen:
            at = _last_of(node, identity)
            message = f"The id `{shown(identity)}` is used twice."
            on_fault(InputError(message, "Give each its own id.", file=at.file, row=at.line, field=key))
        seen.add(same(identity))


def _last_of(node: Node, identity: str) -> Node:
    found = [n for n in node.all() if n.path.endswith("id") and same(n.text) == same(identity)]
    return found[-1] if found else node


REFERENCE_KEYS = words("id title kind status publisher year url note confirm")


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
    references = tuple(read_reference(n) for n in entries.as_list())
    refuse_repeats(entries, "references", [r.id for r in references])
    return references


def read_reference(node: Node) -> Reference:
    """One entry of the references."""
    node.only(*REFERENCE_KEYS)
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


_TOP_KEYS = words(
    "id title version levels sections columns references principal_risks annual_report_parts status wording note "
    "expected_indicators"
)


def read_framework(ws: Workspace, framework: str, cycle: str) -> Framework:
    """The framework that an assessment names: a shipped id, or a path beside assessment.yaml."""
    return framework_at(ws, _find(ws, framework, cycle))


def framework_at(ws: Workspace, path: Path) -> Framework:
    """The framework of a YAML file."""
    root = read_yaml(ws, path).only(*_TOP_KEYS)
    return framework_of(root, read_references(ws, root, path), shipped=path.parent == SHIPPED_FRAMEWORKS)


def framework_of(
    root: Node, references: tuple[Reference, ...], *, shipped: bool = False, on_fault: OnFault = _raise
) -> Framework:
    """The framework that these keys describe; what disagrees between its parts goes to `on_fault`."""
    levels = read_levels(root)
    columns = tuple(read_column(n) for n in root.items_of("columns"))
    sections = tuple(read_section(n, columns) for n in root.need("sections").as_list())
    refuse_repeats(root, "sections", [s.id for s in sections], on_fault)
    refuse_repeats(root, "sections", [s.id for section in sections for s in section.statements], on_fault)
    expected = [id_of(n) for n in root.items_of("expected_indicators")]
    refuse_repeats(root.get("expected_indicators") or root, "expected_indicators", expected, on_fault)
    if not any(section.statements for section in sections):
        raise root.need("sections").error("The framework has no statements.", "Add `statements` to its sections.")
    built = Framework(
        id=root.need("id").as_text(),
        title=root.need("title").as_text(),
        version=root.need("version").as_text(),
        levels=levels,
        sections=sections,
        columns=columns,
        references=references,
        principal_risks=tuple(read_principal_risk(n) for n in root.items_of("principal_risks")),
        annual_report_parts=root.text_by_key_of("annual_report_parts"),
        expected_indicators=tuple(read_expected_indicator(n) for n in root.items_of("expected_indicators")),
        status=root.text_of("status"),
        wording=root.text_of("wording"),
        note=root.text_of("note"),
        tags=_meanings(root),
        shipped=shipped,
    )
    for fault in _unresolved(root, built):
        on_fault(fault)
    return built


def _meanings(root: Node) -> dict[str, dict[str, str]]:
    """Tag -> its values and what they mean; other attributes under `tags` are a team's own business."""
    named = {key: node for key, node in root.mapping_of("tags").items() if node.kind == "mapping"}
    return {key: {v: "; ".join(m.texts_in()) for v, m in node.keys.items()} for key, node in named.items()}


def shipped_frameworks() -> list[str]:
    """The ids of the frameworks that come with the program."""
    return sorted(p.stem for p in SHIPPED_FRAMEWORKS.glob("*.yaml") if "levels:" in p.read_text("utf-8"))


def note_left_overs(ws: Workspace, assessment: Assessment, framework: Framework, faults: Faults) -> None:
    """PU704: a left-over in a text of the framework, at its line."""
    root = read_yaml(ws, _find(ws, assessment.framework, assessment.cycle))
    faults.slips(root)
    for node, identity in _texts(root, ""):
        if match := LEFT_OVER.search(node.text):
            statement = identity if framework.statement(identity) else None
            faults.add(
                "PU704",
                Severity.BLOCKER,
                node.place,
                f"The framework's text{f' of {identity}' if identity else ''} still holds `{shown(match[0])}`.",
                "Ask the keeper of the framework what is meant to stand there.",
                statement=statement,
                about=None if statement else identity or None,
            )


def _texts(node: Node, identity: str) -> Iterator[tuple[Node, str]]:
    """Every text of a framework that a paper may print, with the id that it belongs to."""
    if node.kind == "text":
        yield node, identity
    own = node.keys.get("id") if node.kind == "mapping" else None
    for child in (*node.items, *(value for key, value in node.keys.items() if key != "tags")):
        yield from _texts(child, own.text if own and node.path else identity)


def framework_files(ws: Workspace, assessment: Assessment) -> tuple[Path, ...]:
    """The file of an assessment's framework, and the references beside it."""
    path = _find(ws, assessment.framework, assessment.cycle)
    references = read_yaml(ws, path).get("references")
    return (path, path.parent / references.as_text()) if references else (path,)


def _find(ws: Workspace, framework: str, cycle: str) -> Path:
    beside = ws.cycle_folder(cycle)
    if "/" not in framework and "\\" not in framework:
        for folder in (ws.root / "frameworks", SHIPPED_FRAMEWORKS):
            if _is_there(path := folder / f"{framework}.yaml"):
                return path
    for name in (framework, f"{framework}.yaml"):
        if _is_there(path := beside / name.replace("\\", "/")):
            if not path.resolve().is_relative_to(ws.root.resolve()):
                raise _at(ws, cycle, "The framework lies outside the workspace.", "Put it beside assessment.yaml.")
            return path
    shipped = shipped_frameworks()
    raise _at(
        ws,
        cycle,
        f"There is no framework `{shown(framework)}`.",
        f"{did_you_mean(framework, shipped)}Name a shipped one ({', '.join(shipped)}) or a YAML file beside this one.",
    )


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for any file
        return False


def _at(ws: Workspace, cycle: str, message: str, remedy: str) -> InputError:
    """An error at the line of assessment.yaml that names the framework."""
    return read_yaml(ws, ws.cycle_folder(cycle) / "assessment.yaml").need("framework").error(message, remedy)


def _unresolved(root: Node, framework: Framework) -> Iterator[InputError]:
    """What statements name that the lists of references, parts of the annual report and risks do not have."""
    lists = {
        "references": {r.id for r in framework.references},
        "annual_report": set(framework.annual_report_parts),
        "risk": {r.id for r in framework.principal_risks},
    }
    for node in root.need("sections").all():
        known = lists.get(node.path.rpartition(".")[2])
        if not known or node.kind not in ("text", "list") or node.path.count(".") < 2:
            continue
        for name in node.as_texts():
            if name not in known:
                yield node.error(f"`{shown(name)}` is named and not listed.", did_you_mean(name, known).strip())
