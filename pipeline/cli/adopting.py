"""Edits made in Word, taken back to where the words come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.cycles import split_cycle
from pipeline.cli.say import Counter, say
from pipeline.errors import UsageError
from pipeline.words import counted
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.prepare.adopt import Edit

SHORT = 300
COLOURS = {"+": "green", "-": "red"}


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="PAPER [CYCLE]")
@click.option("--yes", is_flag=True, help="Write the edits back without asking.")
@click.pass_obj
def adopt(ws: Workspace, words: tuple[str, ...], yes: bool) -> None:
    """Take the edits of a PAPER back into narrative/*.md; show them first, and name those to make elsewhere."""
    from pipeline.flow.adopting import find_edited, put_aside, read_edits
    from pipeline.prepare.adopt import write_changes

    given, cycle = split_cycle(ws, words, others=1)
    if not given:
        raise UsageError("No paper is named.", "Name the one that was edited, such as board-paper.docx.")
    edited = find_edited(ws, given[0], cycle if len(words) > 1 else None)
    with Counter("Reading the evidence") as counter:
        adoption = read_edits(ws, edited, counter.tell)
    for change in adoption.changes:
        for line in change.diff:
            say(line, colour=COLOURS.get(line[:1]))
        say()
    _say_by_hand(adoption.elsewhere)
    for remark in adoption.remarks:
        say(remark, colour="yellow")
    if not adoption.changes:
        say("No passage of the narrative was edited; nothing is written.")
        return
    if not (yes or click.confirm(f"Write this into {counted(len(adoption.changes), 'file')}?", default=False)):
        say("Nothing was written.")
        return
    for path in write_changes(adoption.changes):
        say(f"{ws.relative(path)} is written.")
    aside = put_aside(ws, edited)
    if aside:
        say(f"The edited paper is kept as {ws.relative(aside)}; the paper can be made anew.")


def _say_by_hand(edits: tuple[Edit, ...]) -> None:
    if not edits:
        return
    say(f"{counted(len(edits), 'edit')} outside the narrative, to be made where the words come from:")
    for edit in edits:
        say(f"  {edit.place}" + (f" (under “{edit.near}”)" if edit.near else ""))
        say(f"    was: {_short(edit.before)}")
        say(f"    now: {_short(edit.after)}")


def _short(text: str) -> str:
    shown = text if len(text) <= SHORT else f"{text[:SHORT]} ..."
    return shown.replace("\n", " ") or "(nothing)"
