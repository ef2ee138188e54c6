"""Values of YAML keys that may be wrong without stopping the reading: IN101, and the default is used."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from pipeline.errors import InputError
from pipeline.read.dates import NotADate
from pipeline.read.faults import Faults
from pipeline.read.nearest import did_you_mean, one_of, same, shown
from pipeline.read.node import Node


def date(parent: Node, key: str, faults: Faults) -> datetime.date | None:
    """An optional date."""
    node = parent.get(key)
    if node is None:
        return None
    read = node.as_date()
    if isinstance(read, NotADate):
        faults.value(node.place, read.message, read.remedy)
        return None
    return read


def choice(parent: Node, key: str, allowed: Iterable[str], faults: Faults, default: str = "") -> str:
    """An optional word out of a few."""
    node, allowed = parent.get(key), tuple(allowed)
    if node is None:
        return default
    word = next((a for a in allowed if same(a) == same(node.as_text())), None)
    if word is None:
        faults.value(
            node.place,
            f"`{shown(node.text)}` is not allowed here.",
            f"{did_you_mean(node.text, allowed)}Type {one_of(allowed)}.",
        )
        return default
    return word


def yes(parent: Node | None, key: str, faults: Faults) -> bool:
    """An optional true or false; false where absent."""
    node = parent.get(key) if parent else None
    if node is None:
        return False
    try:
        return node.as_yes()
    except InputError:
        faults.value(node.place, f"`{shown(node.text)}` is neither true nor false.", "Type `true` or `false`.")
        return False


def number(parent: Node | None, key: str, faults: Faults, default: int) -> int:
    """An optional whole number from 1 on."""
    node = parent.get(key) if parent else None
    if node is None:
        return default
    try:
        given = node.as_whole_number()
    except InputError:
        given = 0
    if given < 1:
        said = f"`{shown(node.text)}` is not a whole number from 1 on."
        faults.value(node.place, said, f"Type figures only, such as {default}.")
        return default
    return given
