"""The desk: the whole job in a browser on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.console import CYCLE, say, split_cycle
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.desk.guard import Guard


@click.command()
@CYCLE
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A free one is taken where none is named.")
@click.option("--read-only", is_flag=True, help="To look, for members and auditors: nothing can be changed.")
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
@click.pass_obj
def desk(ws: Workspace, words: tuple[str, ...], port: int, read_only: bool, no_browser: bool) -> None:
    """Open the whole job in the browser: answers, evidence, findings, papers. Only this machine can reach it."""
    from pipeline.desk.serving import serve

    cycle = split_cycle(ws, words)[1] if any(words) else None

    def tell(guard: Guard, said: str) -> None:
        say(guard.address)
        say(said or "The desk is open in your browser. Close it with its Stop button, or with Ctrl-C here.")
        if not no_browser:
            import webbrowser

            webbrowser.open(guard.address)

    serve(ws, cycle, port=port, read_only=read_only, tell=tell)
