"""The heatmap as a native Word table: every level in words, shaded, readable cell by cell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.dossier.figures import level_of
from pipeline.dossier.palette import WEAKEST_EDGE, shade
from pipeline.dossier.risks import band_of
from pipeline.dossier.statements import TOO_FEW
from pipeline.dossier.views import Dossier, RiskView, SectionView, StatementView
from pipeline.papers.sentences import called
from pipeline.text import list_in_words
from pipeline.word.render import RenderContext
from pipeline.word.tables import LANDSCAPE_WIDTH, Cell, shared_widths, table_xml, words
from pipeline.word.text import paragraph, run

ROLES = {"team": "Team", "board": "Board", "partner": "Partners"}
SECTION_FILL = "F0F4F5"
AGES = {"in date": "", "lapses within three months": "lapses soon"}
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


def bookmark_of(dossier: Dossier) -> dict[str, str]:
    """The bookmark of each statement's evidence in Annex B, by statement id."""
    return {s.id: f"evidence_{n}" for n, s in enumerate(dossier.statements, start=1)}


def is_compared(dossier: Dossier) -> bool:
    """True where at least one statement is compared with the previous cycle."""
    return any(s.movement.kind in ("up", "down", "same") for s in dossier.statements)


def movement_in_short(statement: StatementView) -> str:
    """`moved up`, `no change`, `last assessed 2024-25: Growing`; `not assessed` where there is no level yet."""
    movement = statement.movement
    if movement.kind == "not assessed" and not movement.previous:
        return "not assessed"
    return SHORT_MOVEMENT[movement.kind].format(movement.previous, movement.cycle)


def views_apart(statement: StatementView) -> bool:
    """True where the roles' levels stand side by side: they differ, or there is a view but no reported level."""
    seen = {v.level_id for v in statement.views.values() if v.level_id}
    split = any(v.number > 1 and v.lowest != v.highest for v in statement.views.values())
    return split or len(seen) > 1 or (bool(seen) and not statement.level_id)


def roles_apart(dossier: Dossier) -> list[str]:
    """The roles that get a column of their own: those that answered, where any views are apart."""
    if not any(views_apart(s) for s in dossier.statements):
        return []
    return [r for r in ROLES if any(r in s.views and s.views[r].level_id for s in dossier.statements)]


class Heatmap:
    """The heatmap of a dossier. Used as `{{p heatmap }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext, *, linked: bool) -> None:
        self._dossier, self._kit = dossier, kit
        self._marks = bookmark_of(dossier) if linked else {}

    def __html__(self) -> str:
        return self._matrix() if self._dossier.columns else self._list()

    def _list(self) -> str:
        dossier = self._dossier
        compared, roles = is_compared(dossier), roles_apart(dossier)
        head = ["Statement", "Level and evidence"]
        # A range of several answers is a line of words: in a narrow column it makes each row five lines high.
        several = {role for s in dossier.statements for role, view in s.views.items() if view.number > 1}
        widths = [1960, 2060]
        if compared:
            head.append(f"Since {dossier.previous_cycle}")
            widths.append(1430)
        elif any(s.target for s in dossier.statements):
            head.append("Target")
            widths.append(1200)
        named = len(head)
        head += [ROLES[r] for r in roles]
        widths += [2080 if role in several else 1040 for role in roles]
        rows: list[Sequence[Cell]] = []
        for section in dossier.sections:
            said = run(f"{section.title}: ", bold=True) + run(section_result(dossier, section))
            line = paragraph(said, self._kit.styles.id("Table Text"), "<w:keepNext/>")
            rows.append([Cell(line, fill=SECTION_FILL, span=len(head), whole=True)])
            rows += [self._row(s, roles, more=named > 2, compared=compared) for s in section.statements]
        said = self._description(roles)
        return table_xml(self._kit, shared_widths(widths), head, rows, "Levels by statement", said, tight=True)

    def _row(self, statement: StatementView, roles: Sequence[str], *, more: bool, compared: bool) -> list[Cell]:
        cells = [self._name(statement), self._level(statement)]
        if more:
            below = "below target" if statement.below_target else ""
            said = (movement_in_short(statement) if compared else "", below)
            cells.append(words("\n".join(filter(None, said)) or self._not_below(statement)))
        apart = views_apart(statement)
        views = [self._view(statement, role, apart=apart) for role in roles]
        alike = len(list(itertools.takewhile(lambda cell: cell == words(SAME), views)))
        return [*cells, *([words(SAME, span=alike)] if alike else []), *views[alike:]]

    def _name(self, statement: StatementView) -> Cell:
        mark = self._marks.get(statement.id)
        ident = self._kit.links.inside(statement.id, mark) if mark else run(statement.id)
        return Cell(ident + run(called(statement).removeprefix(statement.id)))

    def _level(self, statement: StatementView) -> Cell:
        fill, colour = shade(statement.rank, len(self._dossier.levels))
        # Who gave several answers is said in that column; here it would be said twice.
        noted = statement.qualifier.removesuffix(statement.spread).rstrip("; ")
        age = AGES.get(statement.evidence_age, statement.evidence_age) if statement.level_id else ""
        stands = "; ".join(filter(None, (statement.cell.removeprefix(statement.reported), noted, age)))
        content = run(statement.reported, bold=True, colour=colour) + run(stands, colour=colour)
        return Cell(content, fill=fill, edge=lowest_edge(statement.rank))

    def _not_below(self, statement: StatementView) -> str:
        if not statement.level_id:
            return statement.reported
        return "at or above target" if statement.target else "no target set"

    def _view(self, statement: StatementView, role: str, *, apart: bool) -> Cell:
        view = statement.views.get(role)
        if view is None or not view.level:
            return words(level_of(statement, role))
        if not apart:
            return words(SAME)
        ranks = {level.id: level.rank for level in self._dossier.levels}
        fill, colour = shade(ranks.get(view.level_id, -1), len(ranks))
        shown = view.shown or view.level
        if view.number == 2 and view.lowest != view.highest:
            # Of two the middle one is the lower: it stands first in the range.
            shown = f"{view.number} answers, {view.lowest} to {view.highest}"
        return words(shown, colour=colour, fill=fill, edge=lowest_edge(ranks.get(view.level_id, -1)))

    def _description(self, roles: Sequence[str]) -> str:
        said = "Rows are statements, grouped by section. Each gives the level in words, with how its evidence stands."
        said += " The row of a section counts its levels and gives the middle one and the lowest."
        if roles:
            said += f" The last columns give the level of each group where views differ; ‘{SAME}’ elsewhere."
        return said

    def _matrix(self) -> str:
        dossier = self._dossier
        names = [column.name for column in dossier.columns]
        rows = []
        for section in dossier.sections:
            cells = {s.column: self._square(s) for s in section.statements}
            row = [Cell(run(section.title), "Table Section")]
            rows.append(row + [cells.get(c.id, words("not in scope")) for c in dossier.columns])
        widths = shared_widths([2000, *[1500] * len(names)])
        description = "Rows and columns are those of the framework; each cell gives the level in words."
        return table_xml(self._kit, widths, ["Section", *names], rows, "Levels by row and column", description)

    def _square(self, statement: StatementView) -> Cell:
        fill, colour = shade(statement.rank, len(self._dossier.levels))
        said = "; ".join(part for part in (statement.cell, statement.qualifier) if part)
        moved = movement_in_short(statement)
        tail = f"\n{moved}" if is_compared(self._dossier) and moved != statement.reported else ""
        below = "\nbelow target" if statement.below_target else ""
        text = f"{statement.id}\n{said}{tail}{below}"
        return words(text, colour=colour, fill=fill, edge=lowest_edge(statement.rank))


def section_result(dossier: Dossier, section: SectionView) -> str:
    """`3 Emergent and 5 Growing; one not assessed; middle level Growing; lowest Emergent, at GA4 and GA8.`"""
    score = section.score
    counts = [(score.counts.get(level.id, 0), level.name) for level in dossier.levels]
    parts = [list_in_words([f"{number:,} {name}" for number, name in counts if number])]
    if score.not_assessed:
        parts.append(f"{score.not_assessed:,} not assessed")
    parts.append(score.middle if score.middle == TOO_FEW else f"middle level {score.middle}")
    if score.assessed and score.lowest_statements:
        parts.append(f"lowest {score.lowest}, at {_where(score.lowest_statements)}")
    return f"{'; '.join(filter(None, parts))}."


def lowest_edge(rank: int) -> str:
    """A dark line round the lowest level, so that it is seen as soon as the highest is."""
    return WEAKEST_EDGE.lstrip("#") if rank == 0 else ""


class LevelsBox:
    """What the levels mean, a line each. Used as `{{p levels_box }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit

    def __html__(self) -> str:
        levels = self._dossier.levels
        rows = []
        for level in levels:
            fill, colour = shade(level.rank, len(levels))
            name = words(level.name, bold=True, colour=colour, fill=fill, edge=lowest_edge(level.rank))
            rows.append([name, words(level.meaning or "no meaning given")])
        description = "Each row gives a level, the lowest first, and what it means."
        head = ["Level", "What it means"]
        return table_xml(self._kit, shared_widths([1200, 8438]), head, rows, "What the levels mean", description)


class SectionResults:
    """The result of each section, counted by level. Used as `{{p section_results }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit

    def __html__(self) -> str:
        dossier = self._dossier
        left_out = any(s.score.not_assessed for s in dossier.sections)
        head = ["Section", *(level.name for level in dossier.levels)]
        widths = [1600, *(108 * len(level.name) + 200 for level in dossier.levels)]
        if left_out:
            head.append("Not assessed")
            widths.append(1090)
        head += ["Middle level", "Lowest level, and where"]
        widths += [1080, 1504]
        rows = [self._row(section, left_out=left_out) for section in dossier.sections]
        return table_xml(
            self._kit,
            shared_widths(widths),
            head,
            rows,
            "Result by section",
            "Rows are sections. The columns count the statements at each level, lowest level first.",
        )

    def _row(self, section: SectionView, *, left_out: bool) -> list[Cell]:
        score = section.score
        cells = [words(section.title)]
        cells += [words(_figure(score.counts.get(level.id, 0))) for level in self._dossier.levels]
        if left_out:
            cells.append(words(_figure(score.not_assessed)))
        where = _where(score.lowest_statements)
        return [*cells, words(score.middle), words(f"{score.lowest}: {where}" if where else score.lowest)]


def _figure(number: int) -> str:
    return f"{number:,}" if number else "none"


def _where(statements: Sequence[str]) -> str:
    more = len(statements) - MOST_NAMED
    named = ", ".join(statements[:MOST_NAMED])
    return f"{named} and {more:,} more" if more > 0 else named


SIDE = range(1, 6)


class RiskGrid:
    """Likelihood by consequence, each risk where its current score and its target stand. Used as `{{p name }}`."""

    def __init__(self, kit: RenderContext, risks: Sequence[RiskView]) -> None:
        self._kit = kit
        self._now: dict[tuple[int, int], list[str]] = {}
        self._aimed: dict[tuple[int, int], list[str]] = {}
        for risk in risks:
            for places, score in ((self._now, risk.current), (self._aimed, risk.target)):
                if score.value:
                    places.setdefault((score.likelihood, score.consequence), []).append(risk.id)

    def __html__(self) -> str:
        head = ["Likelihood", *(f"Consequence {n}" for n in SIDE)]
        rows = [
            [Cell(run(f"Likelihood {likelihood}"), "Table Section"), *(self._cell(likelihood, c) for c in SIDE)]
            for likelihood in reversed(SIDE)
        ]
        widths = shared_widths([1500, *[2614] * len(SIDE)], LANDSCAPE_WIDTH)
        return table_xml(self._kit, widths, head, rows, "Where the risks stand", self._description())

    def _cell(self, likelihood: int, consequence: int) -> Cell:
        """The product with its band; in bold what stands there, else whose target it is."""
        place, score = (likelihood, consequence), likelihood * consequence
        now, aimed = list_in_words(self._now.get(place, ())), list_in_words(self._aimed.get(place, ()))
        fill, colour = shade(2, 4) if now else shade(0, 4) if aimed else ("", "")
        said = run(f"{score} {band_of(score)}", colour=colour)
        if now:
            said += run(f": {now}", bold=True, colour=colour)
        if aimed:
            said += run(f"{'; ' if now else ': '}target of {aimed}", colour=colour)
        return Cell(said, fill=fill)

    def _description(self) -> str:
        """The same for those who cannot see it."""
        said = [
            f"{list_in_words(here)} at likelihood {likelihood} and consequence {consequence}"
            for (likelihood, consequence), here in sorted(self._now.items(), reverse=True)
        ]
        where = f" Now: {'; '.join(said)}." if said else ""
        return f"Rows are likelihood from 5 to 1, columns are consequence from 1 to 5.{where}"
