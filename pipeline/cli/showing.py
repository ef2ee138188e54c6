"""Following a claim and sending papers out: trail, verify, search, pack, publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from pipeline.cli.cycles import CYCLE, split_cycle
from pipeline.cli.say import Counter, say, say_error
from pipeline.errors import ExitCode, OutputError
from pipeline.words import counted
from pipeline.workspace import Workspace


@click.command()
@click.argument("words", nargs=-1, metavar="[STATEMENT] [CYCLE]")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@click.option("--sample", type=click.IntRange(min=1), help="An auditor's sample of so many statements.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same sample.")
@click.option("--tag", help="Only statements with a tag, such as cqc=inclusive-leaders.")
@click.pass_obj
def trail(ws: Workspace, words: tuple[str, ...], as_json: bool, sample: int | None, seed: int, tag: str | None) -> None:
    """Follow a statement, or what else cites evidence, or all, to each page cited; write trail.csv and trail.html."""
    from pipeline.flow.judging import judge, write_judgement
    from pipeline.publish import trail_text

    wanted, cycle = split_cycle(ws, words, others=1)
    judged = judge(ws, cycle)
    try:
        write_judgement(ws, judged)
    except OutputError as fault:  # the answer can be read all the same
        say(f"Nothing was written: {fault.message}", colour="yellow", error=True)
    shown = judged.dossier
    chosen = trail_text.with_tag(shown, tag) if tag else shown.statements
    narrowed = bool(wanted or sample or tag)
    apart = trail_text.elsewhere(shown, wanted[0] if wanted else "") if wanted or not narrowed else ()
    if wanted:
        chosen = () if apart else (trail_text.find_statement(shown, wanted[0]),)
    elif sample:
        chosen = trail_text.sample(shown, sample, seed, chosen)
    if as_json:
        say(trail_text.trail_json(shown, chosen, apart))
    elif apart and wanted:
        say(trail_text.elsewhere_text(apart))
    elif narrowed:
        say(trail_text.statements_text(shown, chosen))
    else:
        say(trail_text.overview_text(shown))
        say(f"The whole trail: {ws.relative(ws.build(cycle) / 'trail.html')} and trail.csv beside it.")


@click.command()
@click.argument("words", nargs=-1, metavar="[CYCLE | PAPER]")
@click.pass_obj
def verify(ws: Workspace, words: tuple[str, ...]) -> None:
    """Hash everything again and name each difference; or say what a PAPER that came back was made from."""
    from pipeline.flow.publishing import verify

    found = verify(ws, words)
    for line in found.lines:
        say(line)
    if found.differs:
        say_error("Something differs.", "Build the papers again, or find out who changed it.", ExitCode.FINDINGS_BLOCK)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@click.pass_obj
def search(ws: Workspace, words: tuple[str, ...]) -> None:
    """Find WORDS in every registered document; each hit comes with the citation ready to paste."""
    from pipeline.flow.judging import search_evidence

    _, cycle = split_cycle(ws, ())
    with Counter("Reading the evidence") as counter:
        results = search_evidence(ws, cycle, " ".join(words), counter.tell)
    for hit in results.hits:
        say(f"{hit.citation}\n    {hit.title}\n    {hit.passage}\n")
    if not results.hits:
        say("These words stand in none of the documents that can be read.")
    for evidence, reason in sorted(results.not_searched.items()):
        say(f"Not searched: {evidence}, {reason}")


@click.command()
@CYCLE
@click.pass_obj
def pack(ws: Workspace, words: tuple[str, ...]) -> None:
    """Bind the papers that are made into one accessible PDF (needs LibreOffice)."""
    from pipeline.flow.publishing import pack_papers

    _, cycle = split_cycle(ws, words)
    done = pack_papers(ws, cycle)
    say(f"{ws.relative(done.path)} is made.")
    refuse_faulty(done.faulty, "pack")


@click.command()
@CYCLE
@click.pass_obj
def publish(ws: Workspace, words: tuple[str, ...]) -> None:
    """Lay what may go on the website, and only that, into one folder."""
    from pipeline.flow.publishing import publish_cycle

    _, cycle = split_cycle(ws, words)
    done = publish_cycle(ws, cycle)
    say(f"In {ws.relative(done.folder)}/:")
    for path in done.copied:
        say(f"  {path.name}")
    for left in done.left_out:
        say(f"Left out: {left.path.name}, since {left.reason}.")


@click.command()
@CYCLE
@click.option("--all", "everything", is_flag=True, help="Everything, for auditors: marked INTERNAL.")
@click.pass_obj
def bundle(ws: Workspace, words: tuple[str, ...], everything: bool) -> None:
    """Bind papers, trail, evidence and manifest into one archive that verifies itself; public unless --all."""
    from pipeline.flow.bundling import bundle_cycle

    _, cycle = split_cycle(ws, words)
    with Counter("Reading the evidence") as counter:
        done = bundle_cycle(ws, cycle, everything=everything, progress=counter.tell)
    say(f"{ws.relative(done.bundle.path)} is made: {done.bundle.files} files{', INTERNAL' if everything else ''}.")
    for left in done.left_out:
        say(f"Left out: {left.path.name}, since {left.reason}.")
    say(f"Whoever opens it can check it with `python3 verify.py`. Give them this number: {done.bundle.checksum}")
    refuse_faulty(done.faulty, "bundle")


def refuse_faulty(faulty: Mapping[Path, str], what: str) -> None:
    """Name the papers that lie there and are not as they were made; none of them went in."""
    from pipeline.flow.publishing import MAKE_AGAIN, say_faulty

    for sentence in say_faulty(faulty):
        say(f"Not in the {what}: {sentence}.", colour="red")
    if faulty:
        papers = counted(len(faulty), "paper")
        say_error(f"The {what} is made without {papers} that cannot be relied on.", MAKE_AGAIN, ExitCode.FINDINGS_BLOCK)
