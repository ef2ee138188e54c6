"""What the annual report section says: public evidence alone, roles instead of names, weak areas with the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dossier.audience import role_of
from pipeline.dossier.views import ActionView, CitationView, Dossier, StatementView
from pipeline.model.periods import months_after
from pipeline.papers import sentences
from pipeline.papers.actions import HALF_YEAR, due_in_words
from pipeline.papers.heatmap import Heatmap, SectionResults
from pipeline.papers.indicators import ExpectedLine, expected_said, overview
from pipeline.papers.money import FundingLine, SchemePart, charters_said, money_said
from pipeline.papers.reliance import exception_sentences
from pipeline.papers.trends import indicator_parts
from pipeline.text import date_in_words, natural, the
from pipeline.word.prose import Prose
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence

NARRATIVE = "annual-report-"
# Kind -> (id, title where the framework gives none, words by which another framework's part is known).
KINDS = {
    "governance": ("AR1", "Our duties, leadership and governance", r"govern|leader|dut(y|ies)"),
    "population": ("AR2", "Our population and the inequalities they experience", r"population|need"),
    "information": ("AR3", "Information we collect, analyse and publish", r"information|indicator|data"),
    "money": ("AR4", "What we did and what we spent", r"spen[dt]|fund|money|invest"),
    "involvement": ("AR5", "How people, communities and partners were involved", r"involve|engage|people"),
    "learning": ("AR6", "What changed, what we learned and how we know", r"learn|impact|chang|evaluat"),
    "next": ("AR7", "What we will do next", r"next|future|ahead"),
}


@dataclass(frozen=True)
class PartName:
    """A part by the id that statements and narrative use, its title, and what goes into it; no kind for words alone."""

    id: str
    title: str
    kind: str


def part_names(dossier: Dossier) -> tuple[PartName, ...]:
    """The parts in order. What has no place among the framework's own is added where it belongs."""
    given = dict(dossier.annual_report_parts)
    if not given:
        given = {ident: title for ident, title, _ in KINDS.values()}
    kinds = _kinds(given)
    parts = [PartName(ident, title, kinds.get(ident, "")) for ident, title in given.items()]
    for kind, (ident, title, _) in KINDS.items():
        if kind not in kinds.values() and (_has_content(kind, dossier) or _written(ident, dossier)):
            parts.append(PartName(ident, title, kind))
    loose = [n for n in dossier.narratives if n.startswith(NARRATIVE) and n[len(NARRATIVE) :] not in _ids(parts)]
    parts += [PartName(n[len(NARRATIVE) :], _title(n), "") for n in sorted(loose)]
    # What comes next is told last, wherever it was put.
    return tuple(sorted(parts, key=lambda part: part.kind == "next"))


def _ids(parts: list[PartName]) -> set[str]:
    return {part.id for part in parts}


def _title(narrative: str) -> str:
    words = narrative[len(NARRATIVE) :].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "More"


def _kinds(given: dict[str, str]) -> dict[str, str]:
    """What goes into each part: told by its id, else by the words of its title."""
    by_id = {ident: kind for kind, (ident, _, _) in KINDS.items()}
    found = {ident: by_id[ident] for ident in given if ident in by_id}
    for kind, (_, _, words) in KINDS.items():
        if kind in found.values():
            continue
        fits = [i for i, title in given.items() if i not in found and re.search(words, title, re.IGNORECASE)]
        if fits:
            found[fits[0]] = kind
    return found


def _has_content(kind: str, dossier: Dossier) -> bool:
    tables = {
        "information": dossier.indicators,
        "money": dossier.funding,
        "learning": dossier.schemes,
        "next": [a for a in dossier.actions if a.status == "open"],
    }
    return bool(tables.get(kind))


def _written(ident: str, dossier: Dossier) -> bool:
    return f"{NARRATIVE}{ident}" in dossier.narratives


CITED_EACH, EVIDENCE_LISTED = 2, 5
FOUND = ("found on page", "found elsewhere")


def annual_report_section(dossier: Dossier, kit: RenderContext, figures: Path | None) -> Mapping[str, Any]:
    """The names that the annual report section's template uses beyond the dossier's own."""
    report = AnnualReport(dossier, kit)
    kit.notes.with_addresses = True
    levels = dossier.include_levels
    return {
        "paper_title": f"Health inequalities: annual report section, {dossier.cycle}",
        "report_introduction": report.introduction(),
        "how_to_read": sentences.how_to_read(dossier),
        "report_parts": tuple(part for part in map(report.part, part_names(dossier)) if part.is_told),
        "indicator_lines": overview(dossier),
        "expected_said": expected_said(dossier),
        "expected_lines": tuple(map(ExpectedLine, dossier.expected_indicators)),
        "indicator_parts": indicator_parts(dossier, kit, figures),
        "money_said": money_said(dossier),
        "funding_lines": tuple(FundingLine(row, kit) for row in dossier.funding),
        "charters_said": charters_said(dossier),
        "scheme_parts": tuple(SchemePart(scheme, dossier, kit) for scheme in dossier.schemes),
        "planned": report.planned(),
        "levels_said": report.levels_said() if levels else (),
        "section_results": SectionResults(dossier, kit) if levels else "",
        "heatmap": Heatmap(dossier, kit, linked=False) if levels else "",
        "exceptions_said": exception_sentences(dossier, kit),
    }


class ReportPart:
    """A part of the section, under its own heading."""

    def __init__(
        self, name: PartName, narrative: Prose | str, points: list[Sentence], weak: list[Sentence], *, recorded: bool
    ) -> None:
        self.title, self.kind = name.title, name.kind
        self.narrative = narrative
        self.points = points
        self.before_points = "These published documents are cited for this part:"
        self.weak_points = weak
        self.is_told = bool(narrative or points or weak or recorded)
        """Whether there is anything to say: a part without is left out with its heading."""


class PlannedLine:
    """An open action: what, who by role, by when."""

    def __init__(self, action: ActionView, names: Mapping[str, str], kit: RenderContext) -> None:
        self.action = kit.sentence(action.action).cite(action.citations)
        self.bears_on = names.get(action.statement, "") or "No area named"
        self.owner = role_of(action.owner) or "No owner named"
        self.due = due_in_words(action) or "No date given"


class PlannedSpan:
    """A span of time with the actions that are due in it."""

    def __init__(self, heading: str, actions: list[ActionView], report: AnnualReport) -> None:
        self.heading = heading
        self.lines = tuple(report.planned_line(a) for a in actions)


class AnnualReport:
    """Lists and sentences of one dossier."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit
        self._names = {s.id: s.short for s in dossier.statements}
        self._titles = {s.id: s.title for s in dossier.sections}
        self._open = [a for a in dossier.actions if a.status == "open"]

    def introduction(self) -> list[str]:
        """What this section is, what it rests on and who answers for it."""
        d = self._dossier
        partial = f" The self-assessment {d.partial}." if d.partial else ""
        fields = (
            ("Senior responsible officer", role_of(d.senior_responsible_officer)),
            ("Non-executive lead", role_of(d.non_executive_lead)),
            ("Committee", d.committee),
        )
        said = [
            f"This section of the annual report of {d.organisation} says what was done in {d.cycle} about unfair "
            "differences in health and in health care, what came of it, and where we have most to do. "
            f"It rests on published evidence, which its notes name.{partial}",
            " ".join(f"{label}: {text}." for label, text in fields if text),
        ]
        return [words for words in said if words]

    def part(self, name: PartName) -> ReportPart:
        """A part: the authors' words first; where there are none, what is cited for it."""
        written = self._dossier.narratives.get(f"{NARRATIVE}{name.id}")
        here = [s for s in self._dossier.statements if s.annual_report == name.id]
        prose: Prose | str = ""
        if written:
            prose = Prose(self._kit, written, body="Body Text", heading=name.title)
        points = [] if written else self._evidence_points(here)
        recorded = _has_content(name.kind, self._dossier)
        return ReportPart(name, prose, points, self._weak_points(here), recorded=recorded)

    def _evidence_points(self, statements: list[StatementView]) -> list[Sentence]:
        """The statements of a part for which most published words were found, with the documents."""
        found = [(s, self._published(s)) for s in statements]
        shown = sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[0].words_found)[:EVIDENCE_LISTED]
        return [self._evidence_point(s, cited) for s, cited in shown]

    def _published(self, statement: StatementView) -> list[CitationView]:
        given = [c for a in statement.answers if a.role != "partner" for c in a.citations]
        good = [c for c in given if not c.redacted and c.visibility == "public" and c.verdict in FOUND]
        return list({c.source: c for c in reversed(good)}.values())[::-1][:CITED_EACH]

    def _evidence_point(self, statement: StatementView, cited: list[CitationView]) -> Sentence:
        said = self._kit.sentence(statement.short, bold=True).say(": ")
        for number, citation in enumerate(cited):
            said = said.say(" and " if number else "").say(citation.title).cite([citation])
        return said.say(".")

    def _weak_points(self, statements: list[StatementView]) -> list[Sentence]:
        """The weakest statements that belong here, in the order of the dossier, each with what is planned."""
        here = {s.id: s for s in statements}
        return [self._weak_point(here[i]) for i in self._dossier.weakest if i in here]

    def _weak_point(self, statement: StatementView) -> Sentence:
        said = self._kit.sentence(statement.short, bold=True)
        if self._dossier.include_levels:
            noted = f"; {statement.qualifier}" if statement.qualifier else ""
            said = said.say(f" ({statement.cell}{noted})")
        said = said.say(f". What we aim for: {statement.text}")
        actions = sentences.open_actions_for(self._dossier, statement)
        if not actions:
            return said
        first = actions[0]
        owner = the(role_of(first.owner)) if first.owner else "no owner named"
        due = f"{date_in_words(first.due) or 'no date given'}{', overdue' if first.overdue else ''}"
        return said.say(f" What we will do: {first.action.strip().rstrip('.')} ({owner}, {due}).")

    def planned(self) -> tuple[PlannedSpan, ...]:
        """Open actions by when they are due."""
        day, half = self._dossier.as_of, months_after(self._dossier.as_of, HALF_YEAR)
        ordered = sorted(self._open, key=lambda a: (a.due is None, str(a.due), natural(a.id)))
        late = [a for a in ordered if a.overdue]
        soon = [a for a in ordered if not a.overdue and a.due and a.due <= half]
        later = [a for a in ordered if not a.overdue and a.due and a.due > half]
        undated = [a for a in ordered if not a.due]
        spans = {
            f"Overdue on {date_in_words(day)}": late,
            f"Within six months (by {date_in_words(half)})": soon,
            "Later": later,
        }
        told = [PlannedSpan(heading, actions, self) for heading, actions in spans.items() if actions]
        return tuple(told + ([PlannedSpan("With no date", undated, self)] if undated else []))

    def planned_line(self, action: ActionView) -> PlannedLine:
        """A row of the plan."""
        return PlannedLine(action, {**self._titles, **self._names, "": self._titles.get(action.section, "")}, self._kit)

    def levels_said(self) -> list[str]:
        """Counts, movement and evidence."""
        d = self._dossier
        said = (sentences.levels_counted(d), sentences.movement_counted(d), sentences.evidence_counted(d))
        return [words for words in said if words]
