"""The `paper:` part of assessment.yaml: the fields of the cover sheet."""

from __future__ import annotations

from pipeline.model import AssuranceOffered, Consideration, Paper
from pipeline.read.dates import NotADate
from pipeline.read.faults import Faults
from pipeline.read.node import Node
from pipeline.read.values import choice, date
from pipeline.read.vocabulary import ANNEXES, ASSURANCE_LEVELS, IMPLICATIONS, PAPER_TYPES, SESSIONS, words

_KEYS = words(
    "title meeting date agenda_item session type report_by action_required key_areas strategic_objectives "
    "previously_considered assurance_offered baf_risks implications involvement conflicts_of_interest "
    "foi_status equality_impact_assessment next_review evidence_annex"
)


def read_paper(node: Node, faults: Faults) -> Paper:
    """The cover's fields. Without a title, a meeting and a date there is no paper."""
    node.only(*_KEYS)
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
        evidence_annex=choice(node, "evidence_annex", ANNEXES, faults, "full"),
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
