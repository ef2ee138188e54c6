"""Sheets beside the papers: questions to ask, and what a template may name."""

from __future__ import annotations

import click

from pipeline.cli.cycles import CYCLE, split_cycle
from pipeline.cli.say import say, say_error
from pipeline.errors import ExitCode
from pipeline.words import counted
from pipeline.workspace import Workspace


@click.command()
@CYCLE
@click.option(
    "--audience",
    type=click.Choice(["ned", "lead", "partner"]),
    default="ned",
    help="For non-executives (ned), health inequalities leads or partners.",
)
@click.pass_obj
def questions(ws: Workspace, words: tuple[str, ...], audience: str) -> None:
    """Write a question sheet, led by what this year's answers raise."""
    from pipeline.flow.questions import make_questions

    _, cycle = split_cycle(ws, words)
    say(make_questions(ws, cycle, audience))


@click.command()
@click.option("--names/--no-names", default=True, help="List every name that a template may use.")
@click.pass_obj
def templates(ws: Workspace, names: bool) -> None:
    """List every name that a template may use, and try each template."""
    from pipeline.flow.templates import known_names, left_out, try_templates

    if names:
        for group in known_names(ws):
            say(group.heading, colour="blue")
            for name in group.names:
                say(f"  {name.name:<28} {name.means}")
            say()
    faults, unseen = 0, left_out(ws)
    for paper, found in try_templates(ws).items():
        faults += len(found)
        said = f"{counted(len(found), 'fault')}" if found else "can be filled"
        say(f"{paper}.docx: {said}", colour="red" if found else "green")
        for fault in found:
            say(f"    {fault.message}")
            say(f"    {fault.remedy}")
        if paper in unseen:
            say(f"    {unseen[paper]}")
    if faults:
        remedy = "Correct the templates named above, then give the same command again."
        say_error(f"{counted(faults, 'fault')} found in templates.", remedy, ExitCode.TEMPLATE_DISAGREES)
