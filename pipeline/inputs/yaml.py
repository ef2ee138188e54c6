"""Strict YAML: every value as it was written, every key known, with its place; nothing run, nothing repeated."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from pipeline.errors import InputError
from pipeline.inputs.dates import NotADate, read_date
from pipeline.inputs.suggest import did_you_mean, one_of, shown
from pipeline.model import Place
from pipeline.office.sources import decode, read_bytes
from pipeline.text import whole_letters
from pipeline.workspace import SHIPPED_FRAMEWORKS, Workspace

_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


@dataclass(frozen=True)
class Node:
    """A value with its place: text, list or mapping. `path` is the way to it, such as `paper.date`."""

    file: str
    line: int
    path: str
    kind: Literal["text", "list", "mapping", "nothing"]
    text: str = ""
    items: tuple[Node, ...] = ()
    keys: Mapping[str, Node] = field(default_factory=dict)
    slip: tuple[str, str] | None = None
    """Where YAML reads something else than people see: what, and what to type."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line, self.path or None)

    def error(self, message: str, remedy: str = "") -> InputError:
        """An error at this place."""
        return InputError(message, remedy, file=self.file, row=self.line, field=self.path or None)

    def only(self, *known: str) -> Node:
        """Itself, a mapping with none but these keys (and `tags`)."""
        for key, node in self.as_mapping().items():
            if key not in known and key != "tags":
                raise node.error(
                    f"The key `{shown(key)}` is not known here.",
                    f"{did_you_mean(key, (*known, 'tags'))}The keys are {', '.join(known)}; "
                    "what else you need goes under `tags`.",
                )
        return self

    def get(self, key: str) -> Node | None:
        """The value of a key; None where it is absent or empty."""
        node = self.as_mapping().get(key)
        return None if node is None or node.kind == "nothing" else node

    def need(self, key: str) -> Node:
        """The value of a key that must be there."""
        node = self.get(key)
        if node is None:
            path = f"{self.path}.{key}" if self.path else key
            line = self.keys[key].line if key in self.keys else self.line
            raise InputError(f"`{key}` is missing.", f"Add `{key}:`.", file=self.file, row=line, field=path)
        return node

    def text_of(self, key: str, default: str = "") -> str:
        """The text of a key, or the default."""
        node = self.get(key)
        return node.as_text() if node else default

    def texts_of(self, key: str) -> tuple[str, ...]:
        """The texts of a key that holds one text or a list of them."""
        node = self.get(key)
        return node.as_texts() if node else ()

    def text_by_key_of(self, key: str) -> dict[str, str]:
        """The keys and texts of a key that holds a mapping."""
        return {name: node.as_text() for name, node in self.mapping_of(key).items()}

    def items_of(self, key: str) -> tuple[Node, ...]:
        """The items of a key that holds a list."""
        node = self.get(key)
        return node.as_list() if node else ()

    def mapping_of(self, key: str) -> Mapping[str, Node]:
        """The keys and values of a key that holds a mapping."""
        node = self.get(key)
        return node.as_mapping() if node else {}

    def yes_of(self, key: str) -> bool:
        """Whether a key says true; false where it is absent."""
        node = self.get(key)
        return node.as_yes() if node else False

    def all(self) -> list[Node]:
        """Itself and everything in it, in reading order."""
        return [self, *(n for child in (*self.items, *self.keys.values()) for n in child.all())]

    def texts_in(self) -> tuple[str, ...]:
        """Every text in it, however it is laid out."""
        return tuple(node.text for node in self.all() if node.kind == "text")

    def as_text(self) -> str:
        """Its text."""
        if self.kind == "list":
            raise self.error("A single text belongs here, not a list.", "Write one text, in quotation marks.")
        if self.kind == "mapping":
            raise self.error(
                "A single text belongs here, not keys with values.",
                "Put a text that holds a colon into quotation marks.",
            )
        return self.text

    def as_texts(self) -> tuple[str, ...]:
        """One text or a list of texts; empty ones are left out."""
        if self.kind == "list":
            return tuple(item.as_text() for item in self.items if item.kind != "nothing")
        text = self.as_text()
        return (text,) if text.strip() else ()

    def as_list(self) -> tuple[Node, ...]:
        """The items of a list."""
        if self.kind == "nothing":
            return ()
        if self.kind != "list":
            raise self.error("A list belongs here.", "Begin each entry on its own line with `- `.")
        return self.items

    def as_mapping(self) -> Mapping[str, Node]:
        """The keys and values of a mapping."""
        if self.kind == "nothing":
            return {}
        if self.kind != "mapping":
            raise self.error("Keys with values belong here.", "Write each as `key: value` on its own line.")
        return self.keys

    def as_date(self) -> datetime.date | NotADate:
        """Its date, or why it is none."""
        return read_date(self.as_text())

    def as_yes(self) -> bool:
        """`true` or `false` (`yes` and `no` will do)."""
        word = self.as_text().strip().lower()
        if word not in _YES | _NO:
            raise self.error(f"`{shown(self.text)}` is neither true nor false.", f"Type {one_of(('true', 'false'))}.")
        return word in _YES

    def as_whole_number(self) -> int:
        """A whole number, not negative."""
        text = self.as_text().strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise self.error(f"`{shown(text)}` is not a whole number.", "Type figures only, such as 12.")
        return int(text)

    def as_plain(self) -> object:
        """Texts, lists and dicts, for what nobody interprets."""
        if self.kind == "list":
            return [item.as_plain() for item in self.items]
        if self.kind == "mapping":
            return {key: node.as_plain() for key, node in self.keys.items()}
        return self.text


DEEPEST = 20
MOST_BYTES = 4_000_000
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_LOST = re.compile(r"#[^\s#]")
"""A remark has a space behind its mark; `#3` is part of what was meant."""
_CURLY = re.compile(
    "[\u201c\u201d\u201e][^\u201c\u201d]*[\u201c\u201d]|[\u2018\u2019\u201a][^\u2018\u2019]*[\u2018\u2019]"
)
_ALLOWED_TAGS = frozenset({None, "!"})


def read_yaml(ws: Workspace, path: Path) -> Node:
    """A YAML file of the workspace, or a shipped one."""
    name = ws.relative(path)
    if path.is_relative_to(SHIPPED_FRAMEWORKS):
        name = path.relative_to(SHIPPED_FRAMEWORKS.parent.parent).as_posix()
        return _parse_once(decode(read_bytes(ws, path, MOST_BYTES), name), name)
    return parse_yaml(decode(read_bytes(ws, path, MOST_BYTES), name), name)


def parse_yaml(text: str, file: str) -> Node:
    """The one document of a YAML text; it must be a mapping."""
    try:
        root = _Builder(text, file).build()
    except yaml.YAMLError as fault:
        raise _syntax(fault, file) from fault
    if root.kind == "nothing":
        raise InputError("The file is empty.", "Fill it in, or take it away.", file=file)
    root.as_mapping()
    return root


# Two cycles share a framework and its references.
_parse_once = lru_cache(maxsize=4)(parse_yaml)


class _Builder:
    """Builds nodes from parse events, so that no tag is obeyed and depth is counted before anything nests."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events = yaml.parse(text, Loader=loader)
        self.lines = text.split("\n")

    def build(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise self._error(event, "A second document begins here with `---`.", "Keep one document in the file.")
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, "", 0)
        return root or Node(self.file, 1, "", "nothing")

    def _node(self, event: Any, path: str, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"A repeat by `*{event.anchor}` is not read here.", "Write the value out.", path)
        if getattr(event, "tag", None) not in _ALLOWED_TAGS:
            raise self._error(event, f"The tag `{shown(event.tag)}` is not allowed.", "Take the tag out.", path)
        if depth > DEEPEST:
            raise self._error(
                event, f"The structure goes deeper than {DEEPEST} levels.", "Lay it out more simply.", path
            )
        if isinstance(event, yaml.SequenceStartEvent):
            items = self._until(yaml.SequenceEndEvent, lambda e: self._node(e, path, depth + 1))
            return Node(self.file, line, path, "list", items=tuple(items))
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self.file, line, path, "mapping", keys=self._keys(path, depth))
        return self._text(event, path, line)

    def _text(self, event: Any, path: str, line: int) -> Node:
        slip = None if event.style else self._slip(event)
        if not event.style and event.value in _NOTHING:
            return Node(self.file, line, path, "nothing", slip=slip)
        # The line end that closes a block of text is nobody's.
        text = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
        return Node(self.file, line, path, "text", text=whole_letters(text), slip=slip)

    def _slip(self, event: Any) -> tuple[str, str] | None:
        """What stands behind a text without quotation marks and is lost, or curly marks that YAML takes for letters."""
        end = event.end_mark
        behind = self.lines[end.line][end.column :].strip() if end.line < len(self.lines) else ""
        if _LOST.match(behind):
            return (
                f"From `{shown(behind, 30)}` on nothing is read: a `#` behind a space begins a remark.",
                f'Put the whole text into straight quotation marks: "{shown(f"{event.value} {behind}", 60)}".',
            )
        if _CURLY.fullmatch(event.value.strip()):
            return (
                f"The curly quotation marks of {shown(event.value, 40)} would be printed with the text.",
                "Type straight ones, or none.",
            )
        return None

    def _keys(self, path: str, depth: int) -> dict[str, Node]:
        keys: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, "A key must be a single word or text.", "Write `key: value`.", path)
            key = self._node(event, path, depth)
            name = whole_letters(event.value)
            where = f"{path}.{name}" if path else name
            if name in keys:
                raise InputError(
                    f"The key `{shown(name)}` stands here a second time (first in line {keys[name].line}).",
                    "Keep the one that is right.",
                    file=self.file,
                    row=key.line,
                    field=where,
                )
            value = self._node(next(self.events), where, depth + 1)
            # A value is found by the line of its key: that is where a person looks.
            keys[name] = replace(value, file=self.file, line=key.line, path=where)
        return keys

    def _until(self, end: type, read: Callable[[Any], Node]) -> Iterable[Node]:
        while not isinstance(event := next(self.events), end):
            yield read(event)

    def _error(self, event: Any, message: str, remedy: str, path: str = "") -> InputError:
        return InputError(message, remedy, file=self.file, row=_line(event), field=path or None)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax(fault: yaml.YAMLError, file: str) -> InputError:
    problem = str(getattr(fault, "problem", "") or getattr(fault, "reason", "") or "")
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    row = mark.line + 1 if mark else None
    message, remedy = next(((m, r) for word, m, r in _PROBLEMS if word in problem), _PROBLEMS[-1][1:])
    return InputError(message, remedy, file=file, row=row)


_PROBLEMS = (
    (
        "mapping values are not allowed",
        "A colon stands where none is expected.",
        "Put a text that holds a colon into quotation marks, and check that the lines are indented alike.",
    ),
    (
        "cannot start any token",
        "A character stands here that YAML does not allow.",
        "Indent with spaces, not tabs; put text that begins with % @ ` or a tab into quotation marks.",
    ),
    ("control characters", "The file holds a control character.", "Take it out, or type the text anew."),
    ("special characters", "The file holds a control character.", "Take it out, or type the text anew."),
    ("end of stream", "A quotation mark or bracket is opened here and never closed.", "Close it."),
    (
        "undefined tag handle",
        "A tag (a word that begins with `!`) is not allowed.",
        "Put text that begins with `!` into quotation marks.",
    ),
    (
        "",
        "The layout cannot be understood from here on (YAML).",
        "Check the indentation of this line and the one above, and that quotation marks and brackets are closed.",
    ),
)
