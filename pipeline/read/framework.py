"""A framework from its YAML file: one that cannot be trusted is refused as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Assessment, Framework, Severity
from pipeline.read.faults import Faults
from pipeline.read.framework_parts import read_column, read_levels, read_principal_risk, read_section, refuse_repeats
from pipeline.read.nearest import did_you_mean, shown
from pipeline.read.node import Node
from pipeline.read.references import read_references
from pipeline.read.vocabulary import words
from pipeline.read.yaml import read_yaml
from pipeline.wording import LEFT_OVER
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace

_TOP_KEYS = words(
    "id title version levels sections columns references principal_risks annual_report_parts status wording note"
)


def read_framework(ws: Workspace, framework: str, cycle: str) -> Framework:
    """The framework that an assessment names: a shipped id, or a path beside assessment.yaml."""
    path = _find(ws, framework, cycle)
    root = read_yaml(ws, path).only(*_TOP_KEYS)
    levels = read_levels(root)
    columns = tuple(read_column(n) for n in root.items_of("columns"))
    sections = tuple(read_section(n, columns) for n in root.need("sections").as_list())
    refuse_repeats(root, "sections", [s.id for s in sections])
    refuse_repeats(root, "sections", [s.id for section in sections for s in section.statements])
    if not any(section.statements for section in sections):
        raise root.need("sections").error("The framework has no statements.", "Add `statements` to its sections.")
    built = Framework(
        id=root.need("id").as_text(),
        title=root.need("title").as_text(),
        version=root.need("version").as_text(),
        levels=levels,
        sections=sections,
        columns=columns,
        references=read_references(ws, root, path),
        principal_risks=tuple(read_principal_risk(n) for n in root.items_of("principal_risks")),
        annual_report_parts=root.text_by_key_of("annual_report_parts"),
        status=root.text_of("status"),
        wording=root.text_of("wording"),
        note=root.text_of("note"),
        tags=_meanings(root),
        shipped=path.parent == SHIPPED_FRAMEWORKS,
    )
    _resolve(root, built)
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


def _resolve(root: Node, framework: Framework) -> None:
    """References, parts of the annual report and risks that statements name are there (where the lists are given)."""
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
                raise node.error(f"`{shown(name)}` is named and not listed.", did_you_mean(name, known).strip())
