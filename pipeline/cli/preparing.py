"""Before people answer, and what comes back: init, forms, inbox, register, new-cycle."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import CYCLE, Counter, say, split_cycle
from pipeline.errors import UsageError
from pipeline.text import as_argument, counted, date_in_words, list_in_words
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.adopt import Edit

DATE = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Make an empty workspace in DIR, with a guided assessment.yaml; `make` works in it."""
    from pipeline.prepare.init import init as make_workspace

    for path in make_workspace(folder):
        say(f"  {path}")
    say(f"Read {folder / 'START-HERE.md'} next.")


@click.command()
@CYCLE
@click.option("--queried", is_flag=True, help="A second form instead: only the answers that the checks query.")
@click.pass_obj
def forms(ws: Workspace, words: tuple[str, ...], queried: bool) -> None:
    """Write an Excel and a Word form for each respondent, with the statements that they answer."""
    from pipeline.flow.preparing import make_forms, make_second_forms

    _, cycle = split_cycle(ws, words)
    made = make_second_forms(ws, cycle) if queried else make_forms(ws, cycle)
    if not made:
        say("The checks query no answer of a form that came back, so no second form is needed.")
        return
    for path in made:
        say(f"  {ws.relative(path)}")
    say(f"Send them out; what comes back goes into {ws.relative(ws.cycle_folder(cycle) / 'responses')}/.")


@click.command()
@CYCLE
@click.option("--accept", is_flag=True, help="Add the proposed actions to the action plan.")
@click.pass_obj
def inbox(ws: Workspace, words: tuple[str, ...], accept: bool) -> None:
    """Take documents out of returned forms into evidence/inbox/, and propose register rows."""
    from pipeline.flow.preparing import empty_inbox, take_over_actions

    _, cycle = split_cycle(ws, words)
    found = empty_inbox(ws, cycle)
    for proposal in found.proposals:
        came = f", from {proposal.form}" if proposal.form else ""
        if proposal.registered:
            say(f"{proposal.name}{came}: registered already as {proposal.registered}.")
            continue
        say(f"{proposal.name}{came}: {ws.relative(proposal.path)}")
        say(f"    To register it: boardpack register add {as_argument(ws.relative(proposal.path))}")
        if proposal.statement:
            say(f"    It lay at {proposal.statement}: cite it there as `{proposal.row['id']}` once it is registered.")
    for left in found.left:
        say(f"Left in {left.form}: {left.name}, since {left.reason}.")
    if found.actions and accept:
        path, number = take_over_actions(ws, cycle, found)
        say(f"{counted(number, 'action')} added to {ws.relative(path)}. See that each has an owner and a date.")
    elif found.actions:
        say(f"Rows for actions.csv, proposed by {list_in_words(list(dict.fromkeys(r for r, _ in found.actions)))}:")
    for line in () if accept else found.action_rows:
        say(line)
    if not (found.proposals or found.left or found.actions):
        say("No document and no new action came with the forms.")


@click.group()
def register() -> None:
    """The evidence register."""


@register.command("add")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
@click.option("--set", "given", multiple=True, metavar="COLUMN=VALUE", help="A column's value; others are asked for.")
@click.pass_obj
def register_add(ws: Workspace, files: tuple[Path, ...], given: tuple[str, ...]) -> None:
    """Add a row for each FILE, filled from the document's own properties; the rest is asked for."""
    from pipeline.flow.preparing import register_columns
    from pipeline.prepare.register_add import QUESTIONS, add_register_row, propose_register_row

    columns = register_columns(ws)
    for file in files:  # each is looked at before anything is asked
        propose_register_row(ws, file, columns)
    remembered: dict[str, str] = {}
    for file in files:
        row = propose_register_row(ws, file, columns)
        row |= {column: text for column, text in remembered.items() if not row.get(column)}
        values = dict(_column_and_value(pair) for pair in given)
        if len(files) > 1:
            say(f"{file.name}:")
        for column, question in QUESTIONS.items():
            row[column] = values.pop(column) if column in values else _asked(ws, column, question, row, columns)
        register_file, place = add_register_row(ws, file, row | values, columns)
        say(f"{row['id']} stands in {ws.relative(register_file)}, for evidence/{place}.")
        remembered = {column: row[column] for column in ALIKE_IN_MANY}


ALIKE_IN_MANY = ("owner", "visibility", "kind", "assurance_line")
"""What documents that are registered together often share: offered again for the next one."""


def _asked(ws: Workspace, column: str, question: str, row: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """An answer that the register can take; asked again where it cannot, so that the answers before it are kept."""
    from pipeline.prepare.register_add import refuse_wrong

    while True:
        answer: str = click.prompt(question, default=row.get(column, ""))
        try:
            refuse_wrong(ws, {column: answer}, columns)
        except UsageError as fault:
            say(str(fault))
        else:
            return answer


def _column_and_value(pair: str) -> tuple[str, str]:
    column, equals, value = pair.partition("=")
    if not equals:
        raise UsageError(f"`{pair}` is no column with a value.", 'Write it like --set owner="Director of Strategy".')
    return column.strip(), value


@click.group()
def framework() -> None:
    """A framework as an Excel or Word file that people edit, and back."""


@framework.command("export")
@click.argument("words", nargs=-1, required=True, metavar="[FRAMEWORK] FILE")
@click.pass_obj
def framework_export(ws: Workspace, words: tuple[str, ...]) -> None:
    """Write a FRAMEWORK (else that of the newest cycle) into FILE: an .xlsx workbook or a Word .docx."""
    from pipeline.flow.preparing import export_framework

    if len(words) > 2:
        raise UsageError("More than a framework and a file is named.", "boardpack framework export hi-icb own.xlsx")
    out = Path(words[-1])
    found = export_framework(ws, words[0] if len(words) == 2 else None, out)
    say(f"{out} is written: {found.title}, with {counted(len(found.statements), 'statement')}.")
    say("In a cell with several entries each stands on its own line. Then: boardpack framework import FILE")


@framework.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace a framework of the same id in frameworks/.")
@click.pass_obj
def framework_import(ws: Workspace, file: Path, replace: bool) -> None:
    """Read a framework from FILE and write it into frameworks/; every fault is named at its sheet and row."""
    from pipeline.flow.preparing import import_framework

    found, written = import_framework(ws, file, replace=replace)
    for path in written:
        say(f"  {ws.relative(path)}")
    say(f"{found.title}: {counted(len(found.statements), 'statement')}. In assessment.yaml: framework: {found.id}")


@click.command("new-cycle")
@click.argument("new")
@click.option("--from", "old", required=True, help="The cycle to start from, such as 2025-26.")
@click.option("--meeting", type=DATE, help="The date of the new meeting, such as 2027-03-25.")
@click.pass_obj
def new_cycle(ws: Workspace, new: str, old: str, meeting: datetime.datetime | None) -> None:
    """Start the cycle NEW, a year or a quarter: what lasts is carried, levels are not; what stays behind is listed."""
    from pipeline.flow.preparing import start_cycle
    from pipeline.inputs.unread import CARRIED_OVER

    _, old = split_cycle(ws, [old])
    made = start_cycle(ws, new, old, meeting.date() if meeting else None)
    for path in made.written:
        say(f"  {ws.relative(path)}")
    rows = made.carried
    carried = [
        counted(len(made.respondents), "respondent"),
        counted(made.statements, "statement"),
        counted(len(rows.actions), "open action"),
        counted(len(rows.risks), "risk"),
        counted(len(rows.funding), "row of money", "rows of money"),
        counted(len(rows.schemes), "scheme not yet decided", "schemes not yet decided"),
        counted(len({row.id for row in rows.indicators}), "indicator without its values", "indicators without values"),
    ]
    say(f"Carried: {list_in_words([words for words in carried if not words.startswith('no ')])}. No level is carried.")
    if late := len(made.out_of_date):
        day = date_in_words(made.meeting)
        say(f"Out of date by the meeting on {day}: {counted(late, 'document')}, listed with owners.")
    listed = ws.relative(ws.cycle_folder(made.cycle) / CARRIED_OVER)
    say(f"Read {listed} next: what was left behind, and what to do.")


@click.command()
@CYCLE
@click.pass_obj
def due(ws: Workspace, words: tuple[str, ...]) -> None:
    """Write a calendar of what falls due (due.ics), and a plain letter for each person who has something to do."""
    from pipeline.flow.preparing import make_due

    _, cycle = split_cycle(ws, words)
    for path in make_due(ws, cycle):
        say(f"  {ws.relative(path)}")
    say("Open due.ics in your calendar. Each letter is there as text and as a message to finish and send (.eml).")


@click.command()
@CYCLE
@click.pass_obj
def progress(ws: Workspace, words: tuple[str, ...]) -> None:
    """How far the answers have come: who was asked, what is back, what is blocked, and the days to the meeting."""
    from pipeline.flow.preparing import see_progress

    _, cycle = split_cycle(ws, words)
    shown, found = see_progress(ws, cycle)
    days = (shown.cover.date - datetime.date.today()).days
    when = f"in {counted(days, 'day')}" if days > 0 else "today" if days == 0 else f"{counted(-days, 'day')} ago"
    say(f"{shown.cover.meeting}, {date_in_words(shown.cover.date)}: {when}.")
    say("Respondents")
    for one in found.respondents:
        back = f"{one.answered} of {counted(one.asked, 'statement')} answered" if one.returned else "no form is back"
        say(f"  {one.name}: {back}{_blocked(one.blocked, 'finding')}")
    say("Sections")
    for part in found.sections:
        say(
            f"  {part.id} {part.title}: {part.answered} of {counted(part.asked, 'statement')} answered in full, "
            f"{part.in_date} with evidence in date{_blocked(part.blocked, 'statement')}"
        )


def _blocked(number: int, noun: str) -> str:
    return f"; {counted(number, noun)} to be put right" if number else ""


SHORT = 300
COLOURS = {"+": "green", "-": "red"}


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="PAPER [CYCLE]")
@click.option("--yes", is_flag=True, help="Write the edits back without asking.")
@click.pass_obj
def adopt(ws: Workspace, words: tuple[str, ...], yes: bool) -> None:
    """Take the edits of a PAPER back into narrative/*.md; show them first, and name those to make elsewhere."""
    from pipeline.adopt import write_changes
    from pipeline.flow.adopting import find_edited, put_aside, read_edits

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
