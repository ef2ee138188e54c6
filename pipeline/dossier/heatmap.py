"""The heatmap cell by cell: the Word table and the picture show the same columns, words and shades."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dossier.figures import is_compared, level_of
from pipeline.dossier.statements import TOO_FEW
from pipeline.dossier.views import Dossier, SectionView, StatementView
from pipeline.text import date_in_words, list_in_words, number_in_words

ROLES = {"team": "Team", "board": "Board", "partner": "Partners"}
AGES = {"lapses within three months": "lapses soon"}
SAME = "same as reported"
MOST_NAMED = 6
# In one line; the levels between which a statement moved stand in Annex B.
SHORT_MOVEMENT = {
    "up": "moved up",
    "down": "moved down",
    "same": "no change",
    "first": "first assessed",
    "last assessed": "last assessed {1}: {0}",
    "wording changed": "reworded, not compared",
    "other scale": "other scale, not compared",
    "not assessed": "was {0} in {1}",
    "not shown": "not compared",
}
AGE_MEANS = "Evidence is judged on {}: in date, 'lapses soon' (within three months), 'part lapsed' or 'lapsed'."
MEANS = {
    "document only": "'Document only' means that a document is cited, with no words of it found.",
    "not seen": "'Not seen' means that nothing is cited, or nothing that could be read or found.",
}
EVIDENCE_MEANS = " ".join(MEANS.values())
FIRST_WORDS = 8
# Of a letter and of the air beside the words, in twentieths of a point at 10 points.
LETTER, AIR = 100, 140


@dataclass(frozen=True)
class HeatColumn:
    """A column: its heading, and how much of the width it wants."""

    heading: str
    width: int
    role: str = ""


@dataclass(frozen=True)
class HeatCell:
    """A cell: words in bold, then the rest; shaded as the level of that rank, plain where there is none."""

    said: str
    bold: str = ""
    rank: int = -1
    span: int = 1

    @property
    def text(self) -> str:
        """All its words."""
        return self.bold + self.said


def heat_columns(dossier: Dossier) -> tuple[HeatColumn, ...]:
    """Statement, level and evidence, movement and target where there are any, and each role where views are apart."""
    columns = [HeatColumn("Statement", 1790), HeatColumn("Level and evidence", 2040)]
    if is_compared(dossier):
        columns.append(HeatColumn(f"Since {dossier.previous_cycle}", 1500))
    elif any(s.target for s in dossier.statements):
        columns.append(HeatColumn("Target", 1200))
    # A range of several answers is a line of words: in a narrow column it makes each row five lines high.
    several = {role for s in dossier.statements for role, view in s.views.items() if view.number > 1}
    longest = max((len(word) for level in dossier.levels for word in level.name.split()), default=0)
    narrow = max(LETTER * min(longest, 20) + AIR, 1040)
    wanted = {role: max(narrow, 2120) if role in several else narrow for role in roles_apart(dossier)}
    return (*columns, *(HeatColumn(ROLES[role], width, role) for role, width in wanted.items()))


def roles_apart(dossier: Dossier) -> list[str]:
    """The roles that get a column of their own: those that answered, where any views are apart."""
    if not any(views_apart(s) for s in dossier.statements):
        return []
    return [r for r in ROLES if any(r in s.views and s.views[r].level_id for s in dossier.statements)]


def views_apart(statement: StatementView) -> bool:
    """True where the roles' levels stand side by side: they differ, or there is a view but no reported level."""
    seen = {v.level_id for v in statement.views.values() if v.level_id}
    split = any(v.number > 1 and v.lowest != v.highest for v in statement.views.values())
    return split or len(seen) > 1 or (bool(seen) and not statement.level_id)


def heat_row(dossier: Dossier, statement: StatementView, columns: Sequence[HeatColumn]) -> list[HeatCell]:
    """A statement's cells; views that are all as reported share one."""
    roles = [column.role for column in columns if column.role]
    cells = [HeatCell(called(statement)), _level(statement)]
    if len(columns) - len(roles) > 2:
        below = "below target" if statement.below_target else ""
        said = (movement_in_short(statement) if is_compared(dossier) else "", below)
        cells.append(HeatCell("\n".join(filter(None, said)) or _not_below(statement)))
    views = [_view(dossier, statement, role) for role in roles]
    for cell, alike in itertools.groupby(views):
        many = len(list(alike))
        cells += [HeatCell(SAME, span=many)] if cell.said == SAME else [cell] * many
    return cells


def _level(statement: StatementView) -> HeatCell:
    # Who gave several answers is said in that column; here it would be said twice.
    noted = statement.qualifier.removesuffix(statement.spread).rstrip("; ")
    age = AGES.get(statement.evidence_age, statement.evidence_age) if statement.level_id else ""
    stands = "; ".join(filter(None, (statement.cell.removeprefix(statement.reported), noted, age)))
    return HeatCell(stands, statement.reported, statement.rank)


def _not_below(statement: StatementView) -> str:
    if not statement.level_id:
        return statement.reported
    return "at or above target" if statement.target else "no target set"


def _view(dossier: Dossier, statement: StatementView, role: str) -> HeatCell:
    view = statement.views.get(role)
    if view is None or not view.level:
        return HeatCell(level_of(statement, role))
    if not views_apart(statement):
        return HeatCell(SAME)
    shown = view.shown or view.level
    if view.number == 2 and view.lowest != view.highest:
        # Of two the middle one is the lower: it stands first in the range.
        shown = f"{view.number} answers, {view.lowest} to {view.highest}"
    return HeatCell(shown, rank=next((level.rank for level in dossier.levels if level.id == view.level_id), -1))


def called(statement: StatementView) -> str:
    """`GA1 Named leaders`; where there is no short name, the id and the first words."""
    if statement.short and statement.short != statement.id:
        return f"{statement.id} {statement.short}"
    words = statement.text.split()
    if not words:
        return statement.id
    return f"{statement.id} {' '.join(words[:FIRST_WORDS])}{'...' if len(words) > FIRST_WORDS else ''}"


def movement_in_short(statement: StatementView) -> str:
    """`moved up`, `no change`, `last assessed 2024-25: Growing`; `not assessed` where there is no level yet."""
    movement = statement.movement
    if movement.kind == "not assessed" and not movement.previous:
        return "not assessed"
    return SHORT_MOVEMENT[movement.kind].format(movement.previous, movement.cycle)


def section_result(dossier: Dossier, section: SectionView) -> str:
    """`3 Emergent and 5 Growing; 1 not assessed; middle level Growing; lowest Emergent, at GA4 and GA8.`"""
    score = section.score
    counts = [(score.counts.get(level.id, 0), level.name) for level in dossier.levels]
    parts = [list_in_words([f"{number:,} {name}" for number, name in counts if number])]
    if score.not_assessed:
        parts.append(f"{score.not_assessed:,} not assessed")
    parts.append(score.middle if score.middle == TOO_FEW else f"middle level {score.middle}")
    if score.assessed and score.lowest_statements:
        parts.append(f"lowest {score.lowest}, at {few_named(score.lowest_statements)}")
    return f"{'; '.join(filter(None, parts))}."


def few_named(statements: Sequence[str]) -> str:
    """`GA4, GA8 and 3 more`: the first six by id."""
    more = len(statements) - MOST_NAMED
    named = ", ".join(statements[:MOST_NAMED])
    return f"{named} and {more:,} more" if more > 0 else named


def heatmap_note(dossier: Dossier) -> str:
    """What the words and marks of the heatmap mean; nothing of what it does not hold."""
    standing = {s.standing for s in dossier.statements if s.rank >= 0}
    said = [means for kind, means in MEANS.items() if kind in standing]
    if any(s.evidence_age for s in dossier.statements):
        said.append(AGE_MEANS.format(date_in_words(dossier.as_of)))
    if any(s.below_target for s in dossier.statements):
        said.append(f"'Below target' marks a level below the one aimed at ({levels_aimed_at(dossier)}).")
    return " ".join(said)


def levels_aimed_at(dossier: Dossier) -> str:
    """`Growing, and Consistent for GA1 and GA3, by 31 March 2027`: what most aim at, then what the others do."""
    aims: dict[str, list[str]] = {}
    for s in dossier.statements:
        if s.target:
            aims.setdefault(s.target, []).append(s.id)
    most, *others = sorted(aims, key=lambda name: -len(aims[name]))
    parts = [most, *(f"and {name} for {_few(aims[name])}" for name in others)]
    by = f", by {date_in_words(dossier.targets_by)}" if dossier.targets_by else ""
    return f"{', '.join(parts)}{by}"


def _few(idents: Sequence[str], most: int = 12) -> str:
    return list_in_words(idents) if len(idents) <= most else f"{number_in_words(len(idents))} statements"
