"""assessment.yaml. A wrong value is a finding where the rest can still be understood; else it is an InputError."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.errors import InputError, UsageError
from pipeline.files import possible_name
from pipeline.inputs.dates import NotADate
from pipeline.inputs.exceptions import read_exceptions, read_severities
from pipeline.inputs.faults import Faults, choice, date, number, yes
from pipeline.inputs.suggest import (
    ANNEXES,
    ASSURANCE_LEVELS,
    CYCLE_KINDS,
    IMPLICATIONS,
    METHODS,
    PAPER_TYPES,
    SESSIONS,
    STAGES,
    did_you_mean,
    nearest,
    one_of,
    same,
    shown,
    words,
)
from pipeline.inputs.tables import TABLES
from pipeline.inputs.yaml import Node, read_yaml
from pipeline.model import Assessment, AssuranceOffered, Consideration, Finding, Paper, Respondent, Role, Targets
from pipeline.office.sources import listed
from pipeline.workspace import Workspace

_PAPER_KEYS = words(
    "title meeting date agenda_item session session_reason type report_by action_required key_areas "
    "strategic_objectives previously_considered assurance_offered baf_risks implications involvement "
    "conflicts_of_interest foi_status equality_impact_assessment next_review evidence_annex"
)


def read_paper(node: Node, faults: Faults) -> Paper:
    """The cover's fields. Without a title, a meeting and a date there is no paper."""
    node.only(*_PAPER_KEYS)
    day = node.need("date").as_date()
    if isinstance(day, NotADate):
        # Every age and deadline is counted from this day.
        raise node.need("date").error(day.message, day.remedy)
    return Paper(
        title=node.need("title").as_text(),
        meeting=node.need("meeting").as_text(),
        date=day,
        agenda_item=node.text_of("agenda_item"),
        # Where it is not clear who may read the paper, it shows no more than the public may see.
        session=choice(node, "session", SESSIONS, faults, "public"),
        session_reason=node.text_of("session_reason"),
        type=choice(node, "type", PAPER_TYPES, faults),
        report_by=node.texts_of("report_by"),
        action_required=node.texts_of("action_required"),
        key_areas=node.texts_of("key_areas"),
        strategic_objectives=node.texts_of("strategic_objectives"),
        previously_considered=_considerations(node, faults),
        assurance_offered=_assurance(node, faults),
        baf_risks=node.texts_of("baf_risks"),
        implications=_implications(node),
        involvement=node.text_of("involvement"),
        conflicts_of_interest=node.text_of("conflicts_of_interest"),
        foi_status=node.text_of("foi_status"),
        equality_impact_assessment=node.text_of("equality_impact_assessment"),
        next_review=date(node, "next_review", faults),
        evidence_annex=choice(node, "evidence_annex", ANNEXES, faults, "separate"),
    )


def _considerations(node: Node, faults: Faults) -> tuple[Consideration, ...]:
    entries = node.get("previously_considered")
    found = []
    for entry in entries.as_list() if entries else ():
        entry.only("meeting", "date", "outcome")
        meeting = entry.need("meeting").as_text()
        found.append(Consideration(meeting, date(entry, "date", faults), entry.text_of("outcome")))
    return tuple(found)


def _assurance(node: Node, faults: Faults) -> AssuranceOffered | None:
    offered = node.get("assurance_offered")
    if offered is None:
        return None
    offered.only("level", "reason").need("level")
    level = choice(offered, "level", ASSURANCE_LEVELS, faults)
    return AssuranceOffered(level, offered.text_of("reason")) if level else None


def _implications(node: Node) -> dict[str, str]:
    given = node.get("implications")
    if given is None:
        return {}
    given.only(*IMPLICATIONS)
    return {key: value.as_text() for key, value in given.as_mapping().items() if key != "tags" and value.as_text()}


_KEYS = words(
    "organisation cycle kind previous framework as_of stage sections left_out targets senior_responsible_officer "
    "non_executive_lead committee objectives respondents paper annual_report publication abbreviations "
    "column_names comparable subject severities agreed_exceptions"
)
SMALL_NUMBERS = 7


def read_assessment(ws: Workspace, cycle: str) -> tuple[Assessment, tuple[Finding, ...]]:
    """assessment.yaml of a cycle, and what in it could not be understood."""
    root = _root(ws, cycle)
    faults = Faults()
    faults.slips(root)
    paper = read_paper(root.need("paper"), faults)
    publication, annual_report = root.get("publication"), root.get("annual_report")
    if publication:
        publication.only("contacts", "small_numbers")
    if annual_report:
        annual_report.only("include_levels")
    tags = root.get("tags")
    assessment = Assessment(
        organisation=root.need("organisation").as_text(),
        cycle=_cycle(root, cycle, faults),
        framework=root.need("framework").as_text().strip(),
        as_of=date(root, "as_of", faults) or paper.date,
        paper=paper,
        respondents=_respondents(root.need("respondents"), faults),
        file=root.file,
        previous=_previous(ws, root, cycle, faults),
        stage=choice(root, "stage", STAGES, faults, "result"),
        kind=choice(root, "kind", CYCLE_KINDS, faults) or "cycle",
        sections=tuple(s.strip() for s in root.texts_of("sections")),
        targets=_targets(root.get("targets"), faults),
        senior_responsible_officer=root.text_of("senior_responsible_officer"),
        non_executive_lead=root.text_of("non_executive_lead"),
        committee=root.text_of("committee"),
        objectives=root.texts_of("objectives"),
        include_levels=yes(annual_report, "include_levels", faults),
        contacts=publication.texts_of("contacts") if publication else (),
        small_numbers=number(publication, "small_numbers", faults, SMALL_NUMBERS),
        abbreviations=_abbreviations(root),
        column_names=_column_names(root),
        comparable=root.text_of("comparable"),
        subject=root.text_of("subject"),
        severities=read_severities(root, faults),
        agreed_exceptions=read_exceptions(root, faults),
        tags={k: n.as_plain() for k, n in tags.as_mapping().items()} if tags else {},
    )
    return assessment, tuple(faults.found)


def _root(ws: Workspace, cycle: str) -> Node:
    folder = ws.cycle_folder(cycle)
    if not ws.names_folder(cycle):
        raise UsageError(
            f"There is no cycle `{shown(cycle)}`.",
            f"{did_you_mean(cycle, ws.cycles())}The cycles are the folders in {ws.relative(ws.assessments)}/.",
        )
    path = folder / "assessment.yaml"
    if not path.is_file():
        near = nearest(path.name, (p.name for p in listed(folder)))
        raise InputError(
            f"The file is missing.{f' There is `{near}`: rename it.' if near else ''}",
            "It says who assesses what, when and for which meeting; copy last year's, or run `boardpack init`.",
            file=ws.relative(path),
        )
    return read_yaml(ws, path).only(*_KEYS)


def _cycle(root: Node, folder: str, faults: Faults) -> str:
    node = root.need("cycle")
    if same(node.as_text()) != same(folder):
        faults.value(
            node.place,
            f"The cycle is `{shown(node.text)}`, but the file lies in the folder of {folder}.",
            f"Type {folder}, and check that the rest of the file is this year's too.",
        )
    return folder


def _previous(ws: Workspace, root: Node, cycle: str, faults: Faults) -> str | None:
    node = root.get("previous")
    if node is None:
        return None
    name = node.as_text().strip()
    others = [c for c in ws.cycles() if c != cycle and not ws.is_plan(c)]
    if name != cycle and name in ws.cycles() and name not in others:
        faults.unknown(
            node.place,
            f"`{shown(name)}` is an assessment of one plan, and is no cycle to compare with.",
            "Name an earlier cycle, or take the key out.",
        )
        return None
    if name in others:
        return name
    faults.unknown(
        node.place,
        f"There is no other cycle `{shown(name)}` to compare with.",
        f"{did_you_mean(name, others)}Name a folder in assessments/, or take the key out.",
    )
    return None


def _respondents(node: Node, faults: Faults) -> tuple[Respondent, ...]:
    found: dict[str, Respondent] = {}
    for entry in node.as_list():
        entry.only("id", "name", "role", "completed_on", "method", "sections", "statements")
        identity = entry.need("id").as_text().strip()
        if not identity[:1].isalnum() or possible_name(identity) != identity:
            raise entry.need("id").error(
                f"`{shown(identity)}` cannot be the name of a file, as the id of a respondent must be.",
                "Use letters, figures and hyphens.",
            )
        if same(identity) in found:
            faults.repeated(
                entry.need("id").place,
                f"The respondent `{shown(identity)}` is listed again; only the first entry is read.",
                "Give this respondent an id of its own, or take the entry out.",
                respondent=found[same(identity)].id,
            )
            continue
        found[same(identity)] = Respondent(
            id=identity,
            name=entry.text_of("name", identity),
            role=_role(entry, identity, faults),
            completed_on=date(entry, "completed_on", faults),
            method=choice(entry, "method", METHODS, faults),
            sections=entry.texts_of("sections"),
            statements=entry.texts_of("statements"),
        )
    if not found:
        raise node.error("No respondent is listed.", "List at least one, with id, name and role.")
    return tuple(found.values())


def _role(entry: Node, identity: str, faults: Faults) -> Role:
    node = entry.need("role")
    word = node.as_text().strip().lower()
    if word in tuple(Role):
        return Role(word)
    faults.value(
        node.place,
        f"`{shown(word)}` is not a role.",
        f"{did_you_mean(word, Role)}Type {one_of(Role)}.",
        respondent=identity,
    )
    # The nearest role keeps one slip of the keyboard from turning into forty missing answers.
    return Role(nearest(word, Role) or Role.PARTNER)


def _targets(node: Node | None, faults: Faults) -> Targets:
    """As written; `settle` turns names into level ids once the framework is known."""
    if node is None:
        return Targets()
    by_statement = {k: n.as_text() for k, n in node.as_mapping().items() if k not in ("default", "by")}
    default = node.get("default")
    return Targets(default.as_text() if default else None, by_statement, date(node, "by", faults))


def _abbreviations(root: Node) -> Mapping[str, str]:
    node = root.get("abbreviations")
    return {key: value.as_text() for key, value in node.as_mapping().items()} if node else {}


def _column_names(root: Node) -> Mapping[str, Mapping[str, str]]:
    node = root.get("column_names")
    if node is None:
        return {}
    node.only(*TABLES)
    return {table: _headings(names, TABLES[table].all) for table, names in node.as_mapping().items() if table in TABLES}


def _headings(node: Node, columns: Iterable[str]) -> Mapping[str, str]:
    columns = tuple(columns)
    named = {}
    for theirs, ours in node.as_mapping().items():
        if ours.as_text().strip() not in columns:
            raise ours.error(
                f"`{shown(ours.text)}` is not one of our columns.",
                f"{did_you_mean(ours.text, columns)}Write your heading first, then ours.",
            )
        named[theirs] = ours.as_text().strip()
    return named
