"""Following a claim and sending papers out: trail, verify, search, pack, publish."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import CYCLE, SCHEDULER, Counter, say, say_error, say_not_kept, split_cycle
from pipeline.errors import ExitCode, UsageError
from pipeline.text import counted, natural
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.evidence.search import Results


@click.command()
@click.argument("words", nargs=-1, metavar="[STATEMENT] [CYCLE]")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@click.option("--sample", type=click.IntRange(min=1), help="An auditor's sample of so many statements.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same sample.")
@click.option("--tag", help="Only statements with a tag, such as cqc=inclusive-leaders.")
@SCHEDULER
@click.pass_obj
def trail(
    ws: Workspace,
    words: tuple[str, ...],
    as_json: bool,
    sample: int | None,
    seed: int,
    tag: str | None,
    scheduler: str | None,
) -> None:
    """Follow a statement, or what else cites evidence, or all, to each page cited.

    Writes trail.csv, trail.html and, into pages/, a picture of each cited page.
    """
    from pipeline.flow.pages import make_trail
    from pipeline.publish import trail_text

    wanted, cycle = split_cycle(ws, words, others=1)
    with Counter("Reading the evidence") as counter:
        shown, not_kept = make_trail(ws, cycle, counter.tell, scheduler)
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
        if not not_kept:
            say(f"The whole trail: {ws.relative(ws.build(cycle) / 'trail.html')} and trail.csv beside it.")
    say_not_kept(not_kept)


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
@click.argument("words", nargs=-1, metavar="WORDS")
@click.option("--statement", default="", help="Find what bears most on this statement, such as GA3.")
@SCHEDULER
@click.pass_obj
def search(ws: Workspace, words: tuple[str, ...], statement: str, scheduler: str | None) -> None:
    """Find WORDS, in any order, in every registered document; each hit comes with the citation ready to paste.

    A phrase in quotation marks beside other words is found as it stands: boardpack search "community connectors" ward.
    With --statement it finds the passages that bear most on what a statement says, as `boardpack suggest` does.
    """
    if statement:
        _say_suggested(ws, (statement, *words), scheduler)
        return
    if not words:
        raise UsageError("No word is named.", "Name one, such as `boardpack search connectors`.")
    from pipeline.flow.judging import search_evidence

    _, cycle = split_cycle(ws, ())
    # A terminal takes the marks off: of several arguments, one that holds a space was in quotation marks.
    typed = [f'"{word}"' if " " in word.strip() and len(words) > 1 and '"' not in word else word for word in words]
    with Counter("Reading the evidence") as counter:
        results = search_evidence(ws, cycle, " ".join(typed), counter.tell, scheduler)
    _say_passages(results, "These words stand in none of the documents that can be read.")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="STATEMENT [CYCLE]")
@SCHEDULER
@click.pass_obj
def suggest(ws: Workspace, words: tuple[str, ...], scheduler: str | None) -> None:
    """Find up to five passages that bear most on a STATEMENT, each with the citation ready to paste.

    They share the most words with it, rare words above all. Whether one shows what it says is for you to read.
    """
    _say_suggested(ws, words, scheduler)


def _say_suggested(ws: Workspace, words: tuple[str, ...], scheduler: str | None) -> None:
    from pipeline.flow.judging import suggest_evidence

    given, cycle = split_cycle(ws, words, others=1)
    if not given:
        raise UsageError("No statement is named.", "Name one, such as `boardpack suggest GA3`.")
    with Counter("Reading the evidence") as counter:
        statement, results = suggest_evidence(ws, cycle, given[0], counter.tell, scheduler)
    say(f"{statement.id} {statement.name}\n")
    _say_passages(results, "Nothing near: no document that can be read shares enough words with this statement.")
    if results.hits:
        say("Suggested by the words alone. Read each page before you cite it.")


def _say_passages(results: Results, none: str) -> None:
    for hit in results.hits:
        say(f"{hit.citation}\n    {hit.title}\n    {hit.passage}\n")
    if not results.hits:
        say(none)
    for evidence, reason in sorted(results.not_searched.items(), key=lambda item: natural(item[0])):
        say(f"Not searched: {evidence}, {reason}")
    say_not_kept(results.not_kept and f"{results.not_kept} The next search reads every document again.")


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


@click.command("evidence-pack")
@CYCLE
@click.option("--public", is_flag=True, help="Only public documents: a pack that may be published.")
@click.option("--statement", default="", metavar="ID", help="Only what is cited for this statement.")
@click.option("--sample", type=click.IntRange(min=1), help="An auditor's sample of so many statements.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same sample.")
@SCHEDULER
@click.pass_obj
def evidence_pack(
    ws: Workspace,
    words: tuple[str, ...],
    public: bool,
    statement: str,
    sample: int | None,
    seed: int,
    scheduler: str | None,
) -> None:
    """Bind the cited pages themselves into one PDF, the words marked, with the claims that rest on each."""
    from pipeline.flow.evidence_pack import Chosen, pack_evidence

    _, cycle = split_cycle(ws, words)
    with Counter("Reading the evidence") as counter:
        done = pack_evidence(ws, cycle, Chosen(public, statement, sample, seed), counter.tell, scheduler)
    say(f"{ws.relative(done.path)} is made: {counted(done.pages, 'page')}{'' if public else ', INTERNAL'}.")
    if done.without_pages:
        say(f"Of {counted(len(done.without_pages), 'document')} the words cited are in it as text:")
    for title, reason in done.without_pages.items():
        say(f"  {title}: {reason}")


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
@SCHEDULER
@click.pass_obj
def bundle(ws: Workspace, words: tuple[str, ...], everything: bool, scheduler: str | None) -> None:
    """Bind papers, trail, evidence and manifest into one archive that verifies itself; public unless --all."""
    from pipeline.flow.publishing import bundle_cycle

    _, cycle = split_cycle(ws, words)
    with Counter("Reading the evidence") as counter:
        done = bundle_cycle(ws, cycle, everything=everything, progress=counter.tell, scheduler=scheduler)
    say(f"{ws.relative(done.bundle.path)} is made: {done.bundle.files} files{', INTERNAL' if everything else ''}.")
    for left in done.left_out:
        say(f"Left out: {left.path.name}, since {left.reason}.")
    for old, new in done.bundle.renamed.items():
        say(f"Renamed in the bundle, since Windows cannot make the name: {old} is {new}")
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


@click.command("sign-off")
@CYCLE
@click.option("--by", required=True, help="The role that signs, such as “Director of Strategy”.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The date of signing (2026-03-19); today, if left out.")
@click.pass_obj
def sign_off(ws: Workspace, words: tuple[str, ...], by: str, on: datetime.datetime | None) -> None:
    """Record who signed what and when; whatever the papers rest on and changes afterwards is a finding (EV310)."""
    from pipeline.flow.papers import blocking
    from pipeline.flow.publishing import sign_cycle

    _, cycle = split_cycle(ws, words)
    day = on.date() if on else datetime.date.today()
    told, judged = sign_cycle(ws, cycle, by, day)
    say(told)
    stopping = blocking(judged.dossier)
    if stopping:
        say(f"Signed while {len(stopping)} must still be put right; `boardpack check` names them.", colour="yellow")


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
    from pipeline.flow.preparing import make_questions

    _, cycle = split_cycle(ws, words)
    say(make_questions(ws, cycle, audience))


@click.command()
@CYCLE
@click.pass_obj
def share(ws: Workspace, words: tuple[str, ...]) -> None:
    """Write share.json for other organisations: levels, and nothing that anyone wrote."""
    from pipeline.flow.preparing import share_cycle

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
    from pipeline.flow.preparing import compare_files

    for path in compare_files(ws, files):
        say(f"  {ws.relative(path)}")


@click.command()
@click.pass_obj
def plans(ws: Workspace) -> None:
    """Set every plan that was assessed (`kind: plan`) side by side, cell by cell, on one page."""
    from pipeline.flow.preparing import set_plans_side_by_side

    for path in set_plans_side_by_side(ws):
        say(f"  {ws.relative(path)}")
