"""The main job: check, build, and the stages that make calls one by one."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import (
    CYCLE,
    SCHEDULER,
    Counter,
    say,
    say_error,
    say_findings,
    say_not_kept,
    say_totals,
    split_cycle,
)
from pipeline.errors import ExitCode, command
from pipeline.text import counted
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.flow.judging import Judgement


def judge_with_bar(ws: Workspace, cycle: str, scheduler: str | None) -> Judgement:
    """Judge a cycle; long reading shows how far it is."""
    from pipeline.flow.judging import judge

    with Counter("Reading the evidence") as counter:
        return judge(ws, cycle, progress=counter.tell, scheduler=scheduler)


@click.command()
@CYCLE
@SCHEDULER
@click.pass_obj
def check(ws: Workspace, words: tuple[str, ...], scheduler: str | None) -> None:
    """Check every answer and reference; say whether a final paper can be made."""
    from pipeline.flow.judging import keep_judgement
    from pipeline.flow.papers import BOARD_PAPER, blocking, draft_command

    _, cycle = split_cycle(ws, words)
    judged = judge_with_bar(ws, cycle, scheduler)
    not_kept = keep_judgement(ws, judged)
    if not judged.case.forms:
        say(f"No form is back yet. {command('forms', 'forms')} writes those to send out.", colour="yellow")
    say_findings(judged.findings, every=bool(not_kept))
    if not not_kept:
        say(f"The full report is {ws.relative(ws.build(cycle) / 'check-report.html')}")
    say_not_kept(not_kept)
    stopping = blocking(judged.dossier)
    if stopping:
        refused = f"No final paper can be made: {counted(len(stopping), 'finding')} must be put right first."
        say_error(refused, f"A draft can be made now: {draft_command(BOARD_PAPER)}.", ExitCode.FINDINGS_BLOCK)
    say("A final paper can be made.", colour="green")


@click.command()
@click.argument("name")
@CYCLE
@click.option("--draft", is_flag=True, help="Build a draft that says what is missing.")
@SCHEDULER
@click.pass_obj
def build(ws: Workspace, name: str, words: tuple[str, ...], draft: bool, scheduler: str | None) -> None:
    """Build the paper NAME (board-paper, baf-annex ...), where it is not there or is out of date."""
    from pipeline.flow.made import up_to_date

    path = PurePosixPath(name)
    if not words and path.parts[:1] == ("build",) and len(path.parts) == 3:  # as make names it
        name, words = path.stem.removesuffix("-draft"), (path.parts[1],)
        draft = path.stem.endswith("-draft")
    _, cycle = split_cycle(ws, words)
    if told := up_to_date(ws, cycle, f"{name}-draft" if draft else name):
        say(told)
        return
    from pipeline.flow.papers import build_paper

    with Counter("Reading the evidence") as counter:
        made = build_paper(ws, name, cycle, draft=draft, progress=counter.tell, scheduler=scheduler)
    say(made)


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a finding's CODE means, why a board would care, and how to put it right."""
    from pipeline.codes import codes
    from pipeline.errors import UsageError
    from pipeline.inputs.suggest import did_you_mean

    wanted = code.strip().upper()
    told = codes().get(wanted)
    if told is None:
        raise UsageError(
            f"There is no finding with the code `{code.strip()}`.",
            f"{did_you_mean(wanted, codes())}The codes are {', '.join(codes())}.",
        )
    say(f"{told.code} ({told.severity}): {told.title}\n")
    say(f"{told.means}\n\nWhy it matters: {told.why}\n\nWhat to do: {told.remedy}")


@click.command()
@CYCLE
@click.pass_obj
def inputs(ws: Workspace, words: tuple[str, ...]) -> None:
    """Note path, size, time and digest of every input (a stage of make)."""
    from pipeline.flow.made import note_inputs

    _, cycle = split_cycle(ws, words)
    note_inputs(ws, cycle)


@click.command()
@CYCLE
@SCHEDULER
@click.pass_obj
def judge(ws: Workspace, words: tuple[str, ...], scheduler: str | None) -> None:
    """Write dossier, findings, report and trail, whatever they say (a stage of make)."""
    from pipeline.flow.judging import write_judgement

    _, cycle = split_cycle(ws, words)
    judged = judge_with_bar(ws, cycle, scheduler)
    write_judgement(ws, judged)
    say_totals(judged.findings)


@click.command()
@CYCLE
@click.pass_obj
def draw(ws: Workspace, words: tuple[str, ...]) -> None:
    """Draw the maturity heatmaps as PNG and SVG."""
    from pipeline.flow.judging import load
    from pipeline.flow.papers import draw_figures

    _, cycle = split_cycle(ws, words)
    say(f"The heatmaps are in {ws.relative(draw_figures(ws, load(ws, cycle)))}/")


@click.command()
@click.argument("name")
@CYCLE
@click.option("--draft", is_flag=True, help="Fill a draft that says what is missing.")
@click.pass_obj
def fill(ws: Workspace, name: str, words: tuple[str, ...], draft: bool) -> None:
    """Fill the Word template of the paper NAME from dossier.json (a stage of make)."""
    from pipeline.flow.papers import fill_paper

    _, cycle = split_cycle(ws, words)
    say(fill_paper(ws, name, cycle, draft=draft))


@click.command("compare-papers")
@click.argument("older", type=click.Path(path_type=Path), metavar="A.docx")
@click.argument("newer", type=click.Path(path_type=Path), metavar="B.docx")
def compare_papers(older: Path, newer: Path) -> None:
    """Say what changed from paper A to paper B, such as since a committee saw it: by part, statement, paragraph."""
    from pipeline.adopt.between import told
    from pipeline.flow import adopting

    found = adopting.compare_papers(older, newer)
    if not found:
        say(f"{newer.name} says the same as {older.name}.")
        return
    say(f"{counted(len(found), 'change')} from {older.name} to {newer.name}:")
    heading = None
    for difference in found:
        if difference.heading != heading:
            heading = difference.heading
            say()
            say(heading or "Before the first heading")
        row = f"{difference.row}: " if difference.row else ""
        say(f"  {row}{told(difference)}")


@click.command()
@click.option("--names/--no-names", default=True, help="List every name that a template may use.")
@click.pass_obj
def templates(ws: Workspace, names: bool) -> None:
    """List every name that a template may use, and try each template."""
    from pipeline.flow.papers import known_names, left_out, try_templates

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
