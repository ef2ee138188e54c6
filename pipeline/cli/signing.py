"""Sign-off and its record."""

from __future__ import annotations

import datetime

import click

from pipeline import flow
from pipeline.cli.cycles import CYCLE, split_cycle
from pipeline.cli.say import say
from pipeline.workspace import Workspace


@click.command("sign-off")
@CYCLE
@click.option("--by", required=True, help="The role that signs, such as “Director of Strategy”.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The date of signing (2026-03-19); today, if left out.")
@click.pass_obj
def sign_off(ws: Workspace, words: tuple[str, ...], by: str, on: datetime.datetime | None) -> None:
    """Record who signed what and when; afterwards each change is a finding."""
    _, cycle = split_cycle(ws, words)
    day = on.date() if on else datetime.date.today()
    told, judged = flow.sign_cycle(ws, cycle, by, day)
    say(told)
    stopping = flow.blocking(judged.dossier)
    if stopping:
        say(f"Signed while {len(stopping)} must still be put right; `boardpack check` names them.", colour="yellow")
