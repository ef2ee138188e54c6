"""Sign-off and its record."""

from __future__ import annotations

import datetime

import click

from pipeline.cli.cycles import CYCLE, split_cycle
from pipeline.cli.say import say
from pipeline.workspace import Workspace


@click.command("sign-off")
@CYCLE
@click.option("--by", required=True, help="The role that signs, such as “Director of Strategy”.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The date of signing (2026-03-19); today, if left out.")
@click.pass_obj
def sign_off(ws: Workspace, words: tuple[str, ...], by: str, on: datetime.datetime | None) -> None:
    """Record who signed what and when; whatever the papers rest on and changes afterwards is a finding (EV310)."""
    from pipeline.flow.papers import blocking
    from pipeline.flow.signing import sign_cycle

    _, cycle = split_cycle(ws, words)
    day = on.date() if on else datetime.date.today()
    told, judged = sign_cycle(ws, cycle, by, day)
    say(told)
    stopping = blocking(judged.dossier)
    if stopping:
        say(f"Signed while {len(stopping)} must still be put right; `boardpack check` names them.", colour="yellow")
