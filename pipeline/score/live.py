"""Live figures: `{{ scores.GA.middle }}` in the authors' prose becomes what the scores say.

A dotted name is looked up, and that is all: what people write is never run as a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model import Case
from pipeline.score import Scores, SectionScore
from pipeline.text import date_in_words

TOO_FEW = "too few assessed"
_BRACES = re.compile(r"\{\{([^{}\n]*)\}\}")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~#])")

Figures = Mapping[str, object]


def live_figures(scores: Scores, case: Case) -> Figures:
    """Every name that narrative may use, nested: the same names and values as in the dossier."""
    names = {level.id: level.name for level in case.framework.levels}
    sections = {s.id: _section(scores.sections[s.id], names) for s in case.sections}
    return {
        "scores": sections,
        "totals": _totals(scores, case),
        "organisation": case.assessment.organisation,
        "cycle": case.assessment.cycle,
        "previous_cycle": case.assessment.previous or "",
        "as_of": date_in_words(case.assessment.as_of),
        "subject": case.assessment.subject,
        "framework_title": case.framework.title,
        "framework_version": case.framework.version,
    }


def _section(score: SectionScore, names: Mapping[str, str]) -> Figures:
    assessed = sum(score.counts.values())
    return {
        "middle": names.get(score.middle or "", f"not given ({TOO_FEW})"),
        "lowest": names.get(score.lowest or "", "not given (none assessed)"),
        "counts": dict(score.counts),
        "not_assessed": score.not_assessed,
        "assessed": assessed,
        "in_scope": assessed + score.not_assessed,
    }


def _totals(scores: Scores, case: Case) -> Figures:
    sections = scores.sections.values()
    counts = {level.id: sum(s.counts[level.id] for s in sections) for level in case.framework.levels}
    kinds = [s.movement.kind for s in scores.statements.values()]
    return {
        "counts": counts,
        "not_assessed": sum(s.not_assessed for s in sections),
        "assessed": sum(counts.values()),
        "in_scope": len(scores.statements),
        "moved_up": kinds.count("up"),
        "moved_down": kinds.count("down"),
        "unchanged": kinds.count("same"),
        "sections_in_scope": len(scores.sections),
        "sections_in_framework": len(case.framework.sections),
    }


def fill_in(text: str, figures: Figures) -> tuple[str, tuple[str, ...]]:
    """The text with its live figures filled in, and the names that are no figure (left as they were written)."""
    missing: list[str] = []

    def fill(match: re.Match[str]) -> str:
        value = look_up(match[1].strip(), figures)
        if value is None:
            missing.append(match[1].strip())
            return match[0]
        return _MARKDOWN.sub(r"\\\1", str(value))

    return _BRACES.sub(fill, text), tuple(missing)


def look_up(name: str, figures: Figures) -> str | int | None:
    """The figure of a dotted name, or None where there is none."""
    found: object = figures
    for part in name.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found if isinstance(found, (str, int)) else None


def names(figures: Figures, before: str = "") -> list[str]:
    """Every dotted name that there is."""
    found = []
    for key, value in figures.items():
        found += names(value, f"{before}{key}.") if isinstance(value, Mapping) else [f"{before}{key}"]
    return found
