"""A framework from an Excel workbook: its sheets give the keys of the YAML file and are held to its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.errors import InputError
from pipeline.inputs import framework as rules
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import did_you_mean, same, shown, words
from pipeline.inputs.tables import Columns, Row, table_from
from pipeline.inputs.yaml import Node
from pipeline.model import Framework
from pipeline.office.workbooks import Grid, read_workbook
from pipeline.text import list_in_words, whole_letters

REQUIRES = words("documents max_age_months kinds periods outside_the_team")
SHEETS: Mapping[str, Columns] = {
    "Framework": Columns(("key", "value")),
    "Levels": Columns(("id", "name"), ("meaning", *REQUIRES)),
    "Columns": Columns(("id", "title"), ("short", "meaning")),
    "Sections": Columns(("id", "title"), ("scope", "compliance", "level_notes")),
    "Statements": Columns(
        ("section", "id", "text", "answered_by"),
        tuple(k for k in (*rules.STATEMENT_KEYS, "tags") if k not in ("id", "text", "answered_by")),
    ),
    "References": Columns(("id", "title"), tuple(k for k in rules.REFERENCE_KEYS if k not in ("id", "title"))),
    "Principal risks": Columns(("id", "title"), ("cause", "event", "effect")),
    "Annual report parts": Columns(("id", "title")),
    "Expected indicators": Columns(("id", "indicator"), ("area", "why", "breakdowns", "core20plus5")),
    "Tags": Columns(("tag", "value", "meaning")),
}
"""Sheet -> its headings."""
NEEDED = ("Framework", "Levels", "Sections", "Statements")
LINES = words("breakdowns kinds evidence references kloe priorities formerly statements")
"""Columns that hold several entries, each on its own line of the cell."""
PAIRS = words("baf level_notes tags")
"""Columns whose lines each read `key: text`."""
KEYS = words("id title version status wording note")
Kind = Literal["text", "list", "mapping", "nothing"]


@dataclass
class _Reader:
    """What was read so far, and every fault of it."""

    file: str
    grids: Mapping[str, Grid]
    faults: list[InputError] = field(default_factory=list)

    def attempt(self, read: Callable[[], object]) -> None:
        try:
            read()
        except InputError as fault:
            self.faults.append(fault)

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet; none where it is absent or its headings are wrong."""
        grid = self.grids.get(same(sheet))
        file, columns = f"{self.file}, sheet {sheet}", SHEETS[sheet]
        if grid is None or not grid.rows:
            if sheet in NEEDED:
                remedy = f"It needs the headings {', '.join(columns.needed)}."
                self.faults.append(InputError(f"The sheet `{sheet}` is missing or empty.", remedy, file=self.file))
            return ()
        noted = Faults()
        try:
            rows = table_from(grid, file, columns, {}, noted).rows
        except InputError as fault:
            self.faults.append(fault)
            return ()
        for finding in noted.found:
            self.faults.append(InputError(finding.message, finding.remedy, file=file, row=finding.row))
        for row in rows:
            for column in row.errors:
                message, remedy = "A formula here has no answer.", "Type the value itself."
                self.faults.append(InputError(message, remedy, file=file, row=row.number, field=column))
        return rows

    def nodes(self, sheet: str, path: str, check: Callable[[Node], object] | None = None) -> list[Node]:
        """A mapping for each row, as a YAML file would give it; each is checked by itself."""
        nodes = []
        for row in self.rows(sheet):
            keys: dict[str, Node] = {}
            for column in SHEETS[sheet].all:
                self.attempt(lambda row=row, column=column, keys=keys: _fill(keys, row, column, path))  # type: ignore[misc]
            node = _mapping(row, path, keys)
            if check is not None:
                self.attempt(lambda node=node: check(node))  # type: ignore[misc]
            nodes.append(node)
        return nodes


def _mapping(row: Row, path: str, keys: Mapping[str, Node]) -> Node:
    return Node(row.file, row.number, path, "mapping", keys=keys)


def _fill(keys: dict[str, Node], row: Row, column: str, path: str) -> None:
    """One cell: a text, a list with an entry a line, or keys with a text a line."""
    text = whole_letters(row.word(column))
    if not text:
        return
    blank = Node(row.file, row.number, f"{path}.{column}", "nothing")
    lines = [replace(blank, kind="text", text=line.strip()) for line in text.split("\n") if line.strip()]
    if column in LINES:
        keys[column] = replace(blank, kind="list", items=tuple(lines))
    elif column in PAIRS:
        keys[column] = replace(blank, kind="mapping", keys=_pairs(lines, many=column == "tags"))
    else:
        keys[column] = replace(blank, kind="text", text=text)


def _pairs(lines: Iterable[Node], *, many: bool) -> dict[str, Node]:
    keys: dict[str, Node] = {}
    for line in lines:
        key, colon, text = (part.strip() for part in line.text.partition(":"))
        if not (key and colon and text):
            raise line.error(f"`{shown(line.text)}` does not read `key: text`.", "Write one `key: text` on each line.")
        if key in keys and not many:
            raise line.error(f"`{shown(key)}` stands here twice.", "Keep the line that is right.")
        value = replace(line, text=text)
        items = (*keys[key].items, value) if key in keys else (value,)
        keys[key] = replace(line, kind="list", items=items) if many else value
    return keys


@dataclass(frozen=True)
class Imported:
    """A framework that holds, and what its YAML files are to say."""

    framework: Framework
    content: Mapping[str, object]
    references: tuple[object, ...]


def read_framework_workbook(content: bytes, file: str) -> Imported:
    """The framework of a workbook; every fault is named in one InputError, each at its sheet and row."""
    return read_framework_sheets(read_workbook(content, file), file)


def read_framework_sheets(grids: Sequence[Grid], file: str) -> Imported:
    """The same from sheets, or from tables that stand for them."""
    reader = _Reader(file, {same(grid.sheet): grid for grid in grids})
    known = {same(sheet) for sheet in SHEETS}
    for grid in grids:
        if grid.rows and same(grid.sheet) not in known:
            remedy = f"{did_you_mean(grid.sheet, list(SHEETS))}The sheets are {', '.join(SHEETS)}."
            reader.faults.append(InputError(f"The sheet `{shown(grid.sheet)}` is not known.", remedy, file=file))
    root, references = _root(reader)
    built: list[Framework] = []
    if not reader.faults:
        read = tuple(rules.read_reference(node) for node in references)
        reader.attempt(
            lambda: rules.refuse_repeats(replace(root, items=tuple(references)), "references", [r.id for r in read])
        )
        reader.attempt(lambda: built.append(rules.framework_of(root, read, on_fault=reader.faults.append)))
    if reader.faults:
        raise _all_in_one(reader.faults)
    return Imported(built[0], _plain(root), tuple(node.as_plain() for node in references))


def _plain(root: Node) -> dict[str, object]:
    return {key: node.as_plain() for key, node in root.keys.items()}


def _all_in_one(faults: list[InputError]) -> InputError:
    # People know a column by its heading alone.
    short = [
        InputError(f.what, f.remedy, file=f.file, row=f.row, field=(f.field or "").rpartition(".")[2]) for f in faults
    ]
    told = list(dict.fromkeys(f"{f.message} {f.remedy}".strip() for f in short))
    return InputError("\n".join(told), "Put this right in the workbook, then import it again. Nothing was written.")


def _root(reader: _Reader) -> tuple[Node, list[Node]]:
    """Everything as the YAML file has it, and the references."""
    keys: dict[str, Node] = {}
    for row in reader.rows("Framework"):
        key, text = row.word("key"), whole_letters(row.word("value"))
        if key not in KEYS or key in keys:
            what = "stands here twice" if key in keys else "is not known here"
            remedy = f"{did_you_mean(key, KEYS)}The keys are {list_in_words(KEYS)}."
            reader.faults.append(InputError(f"The key `{shown(key)}` {what}.", remedy, file=row.file, row=row.number))
        elif text:
            keys[key] = Node(row.file, row.number, key, "text", text=text)
    at = f"{reader.file}, sheet "
    lists = {
        "levels": _levels(reader),
        "columns": reader.nodes("Columns", "columns", rules.read_column),
    }
    lists["sections"] = _sections(reader, lists["columns"])
    lists["principal_risks"] = reader.nodes("Principal risks", "principal_risks", rules.read_principal_risk)
    lists["expected_indicators"] = reader.nodes(
        "Expected indicators", "expected_indicators", rules.read_expected_indicator
    )
    for key, nodes in lists.items():
        if nodes:
            keys[key] = Node(at + key.replace("_", " ").capitalize(), 1, key, "list", items=tuple(nodes))
    parts = reader.nodes("Annual report parts", "annual_report_parts", lambda n: (rules.id_of(n), n.need("title")))
    named = {n.text_of("id"): n.keys["title"] for n in parts if "title" in n.keys}
    if named:
        keys["annual_report_parts"] = Node(at + "Annual report parts", 1, "annual_report_parts", "mapping", keys=named)
    if tags := _tags(reader):
        keys["tags"] = Node(at + "Tags", 1, "tags", "mapping", keys=tags)
    return Node(at + "Framework", 1, "", "mapping", keys=keys), reader.nodes(
        "References", "references", rules.read_reference
    )


def _levels(reader: _Reader) -> list[Node]:
    levels = []
    for node in reader.nodes("Levels", "levels"):
        asked = {key: value for key, value in node.keys.items() if key in REQUIRES}
        own: dict[str, Node] = {key: value for key, value in node.keys.items() if key not in REQUIRES}
        if asked:
            own["requires"] = replace(node, path="levels.requires", keys=asked)
        level = replace(node, keys=own)
        reader.attempt(lambda level=level: rules.read_level(level, 0))  # type: ignore[misc]
        levels.append(level)
    return levels


def _sections(reader: _Reader, columns: list[Node]) -> list[Node]:
    known = tuple(rules.read_column(node) for node in columns if "id" in node.keys and "title" in node.keys)
    sections = reader.nodes("Sections", "sections")
    ids = {same(node.text_of("id")): node.text_of("id") for node in sections}
    by_section: dict[str, list[Node]] = {}
    for row in reader.nodes("Statements", "sections.statements"):
        named = row.text_of("section")
        if same(named) not in ids:
            message = f"There is no section `{shown(named)}`." if named else "The row names no section."
            remedy = f"{did_you_mean(named, list(ids.values()))}The sections stand on the sheet Sections."
            reader.faults.append(row.error(message, remedy))
        statement = replace(row, keys={key: value for key, value in row.keys.items() if key != "section"})
        reader.attempt(lambda s=statement, n=named: rules.read_statement(s, n, known))  # type: ignore[misc]
        by_section.setdefault(same(named), []).append(statement)
    whole = []
    for node in sections:
        mine = tuple(by_section.get(same(node.text_of("id")), ()))
        listed = replace(node, path="sections.statements", kind="list", keys={}, items=mine)
        section = replace(node, keys={**node.keys, "statements": listed})
        empty = replace(node, keys={**node.keys, "statements": replace(listed, items=())})
        reader.attempt(lambda empty=empty: rules.read_section(empty, ()))  # type: ignore[misc]
        whole.append(section)
    return whole


def _tags(reader: _Reader) -> dict[str, Node]:
    tags: dict[str, dict[str, Node]] = {}
    firsts: dict[str, Node] = {}
    for node in reader.nodes("Tags", "tags", lambda n: [n.need(key) for key in ("tag", "value", "meaning")]):
        tag = firsts.setdefault(node.text_of("tag"), node).text_of("tag")
        if "meaning" in node.keys:
            tags.setdefault(tag, {})[node.text_of("value")] = node.keys["meaning"]
    return {tag: replace(firsts[tag], path=f"tags.{tag}", keys=values) for tag, values in tags.items()}
