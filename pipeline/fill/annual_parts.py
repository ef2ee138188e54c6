"""The parts of the annual report section: the framework's own, or the seven that the guidance leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.dossier.views import Dossier

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
        "next": dossier.actions,
    }
    return bool(tables.get(kind))


def _written(ident: str, dossier: Dossier) -> bool:
    return f"{NARRATIVE}{ident}" in dossier.narratives
