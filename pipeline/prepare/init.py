"""An empty workspace with everything in it that a newcomer needs to begin."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import UsageError
from pipeline.files import write_whole
from pipeline.inputs.tables import TABLES


@dataclass(frozen=True)
class Key:
    """One key of the file: what it is for, and an example for those who leave it open."""

    name: str
    help: str
    example: str = ""


KEYS = (
    Key("organisation", "The name as it is printed on every paper."),
    Key("cycle", "The year of this assessment; the same as the name of this folder."),
    Key("kind", "plan, where one paper or plan is assessed: such a cycle is never the newest.", "plan"),
    Key("previous", "The cycle to compare with, if there is one.", "2024-25"),
    Key("framework", "What is assessed: hi-icb, hi-kloe, or a file beside this one."),
    Key("subject", "Only for hi-kloe: the paper or plan that the matrix is asked of.", "Elective recovery plan"),
    Key("as_of", "The date on which evidence must be in date; without it, the date of the meeting.", "2026-03-26"),
    Key("stage", "proposal: the Board is asked to give its levels; result: they are given.", "result"),
    Key("sections", "To assess only some sections; without it, all of them.", "[GA, SC]"),
    Key(
        "left_out",
        "Statements that you do not assess, with the reason; every paper says so.",
        "[{statement: GA5, reason: Another body does this for us., agreed_by: Director of Strategy}]",
    ),
    Key(
        "targets",
        "The levels aimed at; without them no paper says that a level is below its target.",
        "{default: growing, by: 2027-03-31}",
    ),
    Key("senior_responsible_officer", "The executive lead, with role.", '"Name, role"'),
    Key("non_executive_lead", "The non-executive lead, with role.", '"Name, role"'),
    Key("committee", "The committee that looks at health inequalities.", "Health Equity Committee"),
    Key("objectives", "The organisation's own objectives, for the tick boxes of the cover.", "[First aim, Second aim]"),
    Key(
        "respondents",
        "Who answers. role: team (who drafts), board, or partner. The id is the name of the returned form.\n"
        "When a form is back, add completed_on (a date) and method (individually, workshop or committee).\n"
        "Add sections or statements, such as sections: [GA, SC], to ask one respondent only these.",
    ),
    Key(
        "annual_report",
        "Whether the annual report says which levels were given. That is your choice.",
        "{include_levels: false}",
    ),
    Key(
        "publication",
        "Addresses that may be printed, and the size up to which counts of people are small.",
        "{contacts: [enquiries@example.nhs.uk], small_numbers: 7}",
    ),
    Key("abbreviations", "Your own abbreviations, spelled out.", "{PCN: primary care network}"),
    Key("column_names", "The headings of your own tables, where they differ.", "{actions: {Lead: owner}}"),
    Key("severities", "Checks that are to be stricter here.", "{ST204: blocker}"),
    Key("tags", "Anything else that you want to keep with the assessment.", "{place: North}"),
)
PAPER_KEYS = (
    Key("title", "As printed on the cover."),
    Key("meeting", "The meeting that receives the paper."),
    Key("date", "The day of the meeting."),
    Key("agenda_item", "", '"8"'),
    Key("session", "public or private."),
    Key("session_reason", "Why the session is private; printed on the cover."),
    Key("type", "decision, discussion, assurance or information."),
    Key("report_by", "Who wrote it: names or roles.", '["Name, role"]'),
    Key(
        "action_required",
        "What the meeting is asked: a sentence, or a list that is lettered on the cover.",
        "[receive assurance on ..., approve the action plan in Annex A]",
    ),
    Key("key_areas", "", "[strategy]"),
    Key("strategic_objectives", "Those of `objectives` that the paper serves.", "[First aim]"),
    Key("previously_considered", "", "[{meeting: Health Equity Committee, date: 2026-02-20, outcome: Supported}]"),
    Key("assurance_offered", "", "{level: limited, reason: ...}"),
    Key("baf_risks", "", "[BAF3]"),
    Key("implications", "Only those that there are.", "{equality: ..., financial: ...}"),
    Key("involvement", "How people were involved.", "..."),
    Key("conflicts_of_interest", "", "..."),
    Key("foi_status", "", "open"),
    Key("equality_impact_assessment", "", "..."),
    Key("next_review", "", "2026-09-24"),
    Key("evidence_annex", "separate for an annex that is a paper of its own, or full.", "separate"),
)


def guided_yaml(heading: str, values: Mapping[str, Any], paper: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    """The file: `values` are filled in, other keys stand as examples; `notes` are added to the help of a key.

    An example is a line of the file as soon as its `#` is gone; help stays a comment even then.
    """
    lines = [f"## {line}" for line in heading.split("\n")]
    for key in KEYS:
        lines += ["", *_key(key, values, notes)]
        if key.name == "respondents":
            lines += ["", "## The paper. What is left out here is left off its cover.", "paper:"]
            for inner in PAPER_KEYS:
                lines += [f"  {line}" for line in _key(inner, paper, notes)]
    return "\n".join(lines) + "\n"


def _key(key: Key, values: Mapping[str, Any], notes: Mapping[str, str]) -> list[str]:
    said = "\n".join(text for text in (key.help, notes.get(key.name, "")) if text)
    lines = [f"## {line}" for line in said.split("\n") if line]
    if key.name in values:
        return [*lines, *_dumped(key.name, values[key.name])]
    return [*lines, f"#{key.name}: {key.example}"]


def _dumped(name: str, value: Any) -> list[str]:
    """Respondents and the like one a line; text as YAML wants it quoted."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [f"{name}:", *(f"  - {_inline(item)}" for item in value)]
    text = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, default_flow_style=False, width=110)
    return text.rstrip("\n").split("\n")


def _inline(item: Mapping[str, Any]) -> str:
    text = yaml.safe_dump(dict(item), allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000)
    return text.strip()


CYCLE = "2025-26"
MEETING = datetime.date(2026, 3, 26)
_HEADING = (
    "Who assesses what, when, and for which meeting. Change what stands here to fit your organisation.\n"
    "A line that begins with one # is an example: take the # away to use it. Lines that begin with ## are help."
)


def init(folder: Path, *, cycle: str = CYCLE, meeting: datetime.date = MEETING) -> list[Path]:
    """Make an empty workspace; nothing in it says where it lies, or where boardpack does."""
    _refuse_full(folder)
    here = folder / "assessments" / cycle
    files = {
        folder / "START-HERE.md": _shipped("START-HERE.md").format(cycle=cycle),
        folder / "Makefile": _shipped("Makefile"),
        folder / "start.cmd": _shipped("start.cmd").replace("\n", "\r\n"),
        folder / "start.command": _shipped("start.command"),
        here / "assessment.yaml": _assessment(cycle, meeting),
        here / "actions.csv": _header("actions"),
        folder / "evidence" / "register.csv": _header("register"),
    }
    for path, text in files.items():
        write_whole(path, text.encode("utf-8"))
    (here / "responses").mkdir(exist_ok=True)
    (folder / "start.command").chmod(0o755)
    return list(files)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder, new or empty.")
    there = sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    if there:
        raise UsageError(
            f"{folder} is not empty: there is {there[0]}, and nothing is overwritten.",
            "Name a new folder, for example `boardpack init our-assessment`.",
        )


def _assessment(cycle: str, meeting: datetime.date) -> str:
    values = {
        "organisation": "NHS Example ICB",
        "cycle": cycle,
        "framework": "hi-icb",
        "respondents": [
            {"id": "icb-team", "name": "Health inequalities team", "role": "team"},
            {"id": "board", "name": "Board members", "role": "board"},
            {"id": "vcse", "name": "Voluntary sector alliance", "role": "partner"},
        ],
    }
    paper = {
        "title": f"Health inequalities self-assessment {cycle}",
        "meeting": "ICB Board",
        "date": meeting,
        "session": "public",
        "type": "assurance",
    }
    notes = {"organisation": "CHANGE: this is an example.", "date": "CHANGE: this is an example."}
    return guided_yaml(_HEADING, values, paper, notes)


def _shipped(name: str) -> str:
    return (Path(__file__).parent.parent / "data" / "workspace" / name).read_text(encoding="utf-8")


def _header(table: str) -> str:
    return ",".join(TABLES[table].needed) + "\n"
