"""How a command names its cycle, and how things are said in a terminal."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter as Tally
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.errors import EXIT_WORDS, ExitCode, UsageError, place_in_words
from pipeline.text import list_in_words
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.model import Finding

NOTE = "note"
COLOURS = {"blocker": "red", "excepted": "magenta", "warning": "yellow", NOTE: "blue"}
WORDS = {"blocker": "must be put right", "excepted": "agreed exception", "warning": "warning", NOTE: NOTE}
PLURALS = {"excepted": "agreed exceptions", "warning": "warnings", NOTE: "notes"}
SHOWN = 40


def say(text: str = "", *, colour: str | None = None, error: bool = False) -> None:
    """Print one text, made harmless."""
    stream = sys.stderr if error else sys.stdout
    styled = click.style(plain(text), fg=colour) if colour and not os.environ.get("NO_COLOR") else plain(text)
    click.echo(styled, file=stream)


def say_error(message: str, remedy: str, code: ExitCode) -> NoReturn:
    """Tell an error and leave with its exit code; the last line says which of the exits it is."""
    say(message, colour="red", error=True)
    if remedy:
        say(remedy, error=True)
    say(f"exit {int(code)}: {EXIT_WORDS[code]}", error=True)
    sys.exit(code)


def say_not_kept(why: str) -> None:
    """Tell, beside an answer that was given all the same, why nothing of it was written; nothing where it was."""
    if why:
        say(why, colour="yellow", error=True)


def plain(text: str) -> str:
    """The text without the characters that a terminal would obey (colours, cursor moves, reversed direction)."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t" else c for c in text)


def say_findings(findings: Sequence[Finding], *, every: bool = False) -> None:
    """A short table: what must be put right first, then warnings; notes are counted, the report has them all.

    Where there is no report, `every` one is told.
    """
    from pipeline.model.findings import by_cause

    told = by_cause(f for f in findings if every or f.severity != NOTE)
    shown = len(told) if every else SHOWN
    for finding, others in told[:shown]:
        place = place_in_words(finding.file, finding.row)
        about = f" ({finding.statement})" if finding.statement and finding.row else ""
        say(f"{WORDS[finding.severity]:<18} {finding.code}  {place}{about}", colour=COLOURS[finding.severity])
        say(f"    {finding.message}")
        if others:
            say(f"    It touches {list_in_words(others)}, too.")
        say(f"    {finding.remedy}")
    if len(told) > shown:
        say(f"... and {len(told) - shown} more in check-report.html")
    say_totals(findings)


def say_totals(findings: Sequence[Finding]) -> None:
    """How many of each, in a line."""
    totals = Tally(str(f.severity) for f in findings)
    parts = [f"{totals[s]} {WORDS[s] if totals[s] == 1 else PLURALS.get(s, WORDS[s])}" for s in WORDS if totals[s]]
    say(f"Checked: {', '.join(parts)}." if parts else "These checks found nothing to report.")


class Counter:
    """A progress bar for long work, on a terminal only and gone when done."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.bar: Any = None

    def __enter__(self) -> Counter:
        return self

    def tell(self, done: int, of: int) -> None:
        """So many are done."""
        if self.bar is None and of > SHOWN and sys.stderr.isatty():
            self.bar = click.progressbar(length=of, label=self.label, file=sys.stderr)
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.update(done - self.bar.pos)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)


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
SCHEDULER = click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster that reads the evidence.")
