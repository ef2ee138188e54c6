"""Sheets beside the papers: questions to ask, and what a template may name."""

from __future__ import annotations

import click

from pipeline.cli.cycles import CYCLE, split_cycle
from pipeline.cli.say import say
from pipeline.flow.questions import make_questions
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
    _, cycle = split_cycle(ws, words)
    say(make_questions(ws, cycle, audience))
