"""One value of a YAML file with its place, and the shapes that it may be asked for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.errors import InputError
from pipeline.model import Place
from pipeline.read.dates import NotADate, read_date
from pipeline.read.nearest import did_you_mean, one_of, shown

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
