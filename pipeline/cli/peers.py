"""Between organisations: share, compare."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.cycles import CYCLE, split_cycle
from pipeline.cli.say import Counter, say
from pipeline.words import counted
from pipeline.workspace import Workspace


@click.command()
@CYCLE
@click.pass_obj
def share(ws: Workspace, words: tuple[str, ...]) -> None:
    """Write share.json for other organisations: levels, and nothing that anyone wrote."""
    from pipeline.flow.peers import share_cycle

    _, cycle = split_cycle(ws, words)
    with Counter("Reading the evidence") as counter:
        path, shared = share_cycle(ws, cycle, counter.tell)
    say(f"{ws.relative(path)} is made: the levels of {counted(len(shared.statements), 'statement')}.")
    say("No comment, evidence, owner or finding is in it. It is marked public: whoever has it may publish the levels.")
    if shared.draft:
        say("It is marked as a draft: something must still be put right; `boardpack check` names it.", colour="yellow")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="A B ...")
@click.pass_obj
def compare(ws: Workspace, files: tuple[Path, ...]) -> None:
    """Set organisations side by side, from the share.json (or dossier.json) of each."""
    from pipeline.flow.peers import compare_files

    for path in compare_files(ws, files):
        say(f"  {ws.relative(path)}")
