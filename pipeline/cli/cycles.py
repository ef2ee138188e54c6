"""How a command names its cycle: the last word, where it is a folder in assessments/, else the newest."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pipeline.errors import UsageError
from pipeline.workspace import Workspace


def split_cycle(ws: Workspace, words: Sequence[str], others: int = 0) -> tuple[list[str], str]:
    """The words of a command without its cycle (`others` of them at most), and the cycle."""
    rest = [word for word in words if word]
    if rest and ws.names_folder(rest[-1]):
        return rest[:-1], rest[-1]
    if len(rest) > others:
        known = ", ".join(ws.cycles()) or "none yet"
        raise UsageError(f"There is no cycle {rest[-1]} in assessments/.", f"The cycles here are: {known}.")
    return rest, ws.newest_cycle()


CYCLE = click.argument("words", nargs=-1, metavar="[CYCLE]")
