"""One value of a YAML file changed: every other line, comment and quotation mark stays as it is."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from pipeline.errors import UsageError

Value = str | Sequence[str] | Mapping[str, str]
Path = tuple[str | int, ...]
WIDTH = 118
_PLAIN = re.compile(r"[A-Za-z0-9£(][^\n\"'{}\[\],&*!|>%@`]*")


def value_at(text: str, path: Path) -> str | list[str] | None:
    """The text, or the list of texts, at a place of the file; None where nothing stands there."""
    node = _find(_root(text), path)
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value if isinstance(item, yaml.ScalarNode)]
    return _said(node) if isinstance(node, yaml.ScalarNode) else None


def with_value(text: str, path: Path, value: Value) -> str:
    """The file with another value there; an empty one takes the key away. UsageError where it cannot be done so."""
    new = _changed(text, path, value)
    before, after = (_plain(_root(t)) for t in (text, new))
    if _set(before, path, value) != after:
        raise UsageError(
            f"`{'.'.join(map(str, path))}` cannot be changed here without changing more than it.",
            "Open the file in a text editor and change it there.",
        )
    return new


def _root(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.SafeLoader)  # noqa: S506  only composed: nothing is made of it


def _find(node: Any, path: Path) -> Any:
    for part in path:
        if isinstance(part, int):
            held = node.value if isinstance(node, yaml.SequenceNode) else []
            node = held[part] if part < len(held) else None
        else:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            node = next((value for key, value in pairs if key.value == part), None)
    return node


def _said(node: Any) -> str:
    empty = not node.style and node.value in ("", "~", "null", "Null", "NULL")
    return "" if empty else str(node.value.rstrip("\n") if node.style in ("|", ">") else node.value)


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        held = {key.value: _plain(value) for key, value in node.value}
        return {key: value for key, value in held.items() if value != ""}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return _said(node)


def _set(data: Any, path: Path, value: Value) -> Any:
    """The file's values as they should be then."""
    *way, last = path
    at = data
    for part in way:
        at = at.setdefault(part, {}) if isinstance(at, dict) else at[part]
    if not value:
        at.pop(last, None)
    else:
        at[last] = value if isinstance(value, str) else dict(value) if isinstance(value, Mapping) else list(value)
    return data


def _changed(text: str, path: Path, value: Value) -> str:
    root = _root(text)
    node, parent = _find(root, path), _find(root, path[:-1])
    if node is None:
        return _inserted(text, path, value, parent) if value else text
    if not value:
        return _without(text, parent, path[-1])
    if isinstance(node, yaml.SequenceNode) and not isinstance(value, str | Mapping):
        held = [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
        if len(held) == len(value) == len(node.value):
            for place, (old, new) in enumerate(zip(held, value, strict=True)):
                text = text if old == new else with_value(text, (*path, place), new)
            return text
    start, end = _span(text, node)
    in_flow = _in_flow(root, path)
    indent = _indent_of(text, node, parent, path[-1])
    style = getattr(node, "style", None) if isinstance(node, yaml.ScalarNode) else None
    new = _written(value, in_flow or bool(getattr(node, "flow_style", False)), indent, style, _line_end(text))
    if not isinstance(value, str) and new.startswith(("\n", "\r")) and text[:start].endswith(" "):
        start = len(text[:start].rstrip(" "))
    return text[:start] + new + text[end:]


def _span(text: str, node: Any) -> tuple[int, int]:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.SequenceNode | yaml.MappingNode) and not node.flow_style and node.value:
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        end = _span(text, last)[1]
        start = len(text[:start].rstrip())
    return start, start + len(text[start:end].rstrip()) if end > start else end


def _in_flow(root: Any, path: Path) -> bool:
    return any(bool(getattr(_find(root, path[:n]), "flow_style", False)) for n in range(len(path)))


def _indent_of(text: str, node: Any, parent: Any, key: str | int) -> int:
    """How far a block below the key is set in."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return int(node.start_mark.column)
    if isinstance(parent, yaml.MappingNode):
        found = next((k for k, _ in parent.value if k.value == key), None)
        return int((found or parent).start_mark.column) + 2
    line = text.rfind("\n", 0, node.start_mark.index) + 1
    return int(node.start_mark.index - line) + 2


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _written(value: Value, flow: bool, indent: int, style: str | None, line_end: str) -> str:
    if isinstance(value, str):
        return _scalar(value, flow, indent, style, line_end)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key}: {_scalar(text, True, indent, None, line_end)}" for key, text in value.items())
        return f"{{{inner}}}"
    if flow:
        return "[" + ", ".join(_scalar(text, True, indent, None, line_end) for text in value) + "]"
    items = (_scalar(text, False, indent + 2, None, line_end) for text in value)
    return "".join(f"{line_end}{' ' * indent}- {item}" for item in items)


def _scalar(text: str, flow: bool, indent: int, style: str | None, line_end: str) -> str:
    lines = text.split("\n")
    if not flow and (len(lines) > 1 or style in ("|", ">")) and text == text.strip() and "\t" not in text:
        mark, shown = "|-", lines
        if len(lines) == 1 and not re.search(r"  |\s-\s", text):
            mark, shown = ">-", textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        return mark + "".join(f"{line_end}{' ' * indent}{line}".rstrip(" ") for line in shown)
    plain = _PLAIN.fullmatch(text) and not re.search(r":(\s|$)|\s#", text) and text.strip() == text
    if style not in ('"', "'") and plain:
        return text
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _inserted(text: str, path: Path, value: Value, parent: Any) -> str:
    key, line_end = path[-1], _line_end(text)
    if parent is None or not isinstance(key, str) or not isinstance(parent, yaml.MappingNode):
        if parent is None and len(path) > 1 and isinstance(key, str) and isinstance(value, str):
            return _changed(text, path[:-1], {key: value})
        raise UsageError(f"There is no place for `{key}` in the file.", "Write it with a text editor.")
    if parent.flow_style:
        end = parent.end_mark.index - 1
        between = ", " if parent.value else ""
        return text[:end].rstrip() + f"{between}{key}: {_written(value, True, 0, None, line_end)}" + text[end:]
    indent = parent.start_mark.column
    entry = f"{' ' * indent}{key}:"
    written = _written(value, False, indent + 2, None, line_end)
    entry += written if written.startswith(line_end) else f" {written}"
    if example := re.search(rf"^ {{{indent}}}# {re.escape(key)}:[^\r\n]*", text, re.MULTILINE):
        return text[: example.start()] + entry + text[example.end() :]
    end = _span(text, parent)[1]
    end = text.find("\n", end) + 1 or len(text)
    before = text[:end] if text[:end].endswith("\n") else text[:end] + line_end
    return before + entry + line_end + text[end:]


def _without(text: str, parent: Any, key: str | int) -> str:
    """The file without a key; in a list of entries in braces its comma goes, too."""
    if not isinstance(parent, yaml.MappingNode):
        raise UsageError("An entry of a list cannot be left empty here.", "Change the list as a whole.")
    pairs = [(k, v) for k, v in parent.value if k.value == key]
    name, node = pairs[0]
    start, end = name.start_mark.index, max(_span(text, node)[1], name.end_mark.index + 1)
    if parent.flow_style:
        before = text[:start].rstrip()
        if before.endswith(","):
            return before[:-1] + text[end:]
        return text[:start] + text[end:].lstrip(", ")
    start = text.rfind("\n", 0, start) + 1
    return text[:start] + text[(text.find("\n", end) + 1 or len(text)) :]
