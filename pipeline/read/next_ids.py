"""The id that a new row gets."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ID = re.compile(r"(.*?)(\d+)")


def next_id(ids: Iterable[str]) -> str:
    """The id that follows the highest one of the most usual pattern: `E024` gives `E025`."""
    patterns: dict[str, list[str]] = {}
    for identity in ids:
        if match := _ID.fullmatch(identity.strip()):
            patterns.setdefault(match[1], []).append(match[2])
    if not patterns:
        return "E001"
    prefix = max(sorted(patterns), key=lambda p: len(patterns[p]))
    highest = max(int(number) for number in patterns[prefix])
    return f"{prefix}{str(highest + 1).zfill(max(len(number) for number in patterns[prefix]))}"
