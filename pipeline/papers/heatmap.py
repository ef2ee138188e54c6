"""The heatmap as a native Word table: every level in words, shaded, readable cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier.figures import is_compared
from pipeline.dossier.heatmap import (
    SAME,
    HeatCell,
    HeatColumn,
    few_named,
    heat_columns,
    heat_row,
    movement_in_short,
    section_result,
)
from pipeline.dossier.palette import SECTION_FILL, WEAKEST_EDGE, shade
from pipeline.dossier.risks import band_of
from pipeline.dossier.views import Dossier, RiskView, SectionView, StatementView
from pipeline.text import list_in_words
from pipeline.word.render import RenderContext
from pipeline.word.tables import LANDSCAPE_WIDTH, PAGE_WIDTH, Cell, shared_widths, table_xml, words
from pipeline.word.text import paragraph, run


def bookmark_of(dossier: Dossier) -> dict[str, str]:
    """The bookmark of each statement's evidence in Annex B, by statement id."""
    return {s.id: f"evidence_{n}" for n, s in enumerate(dossier.statements, start=1)}


class Heatmap:
    """The heatmap of a dossier. Used as `{{p heatmap }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext, *, linked: bool) -> None:
        self._dossier, self._kit = dossier, kit
        self._marks = bookmark_of(dossier) if linked else {}

    def __html__(self) -> str:
        return self._matrix() if self._dossier.columns else self._list()

    def _list(self) -> str:
        dossier = self._dossier
        columns = heat_columns(dossier)
        rows: list[Sequence[Cell]] = []
        for section in dossier.sections:
            said = run(section.title, bold=True) + run(": " + section_result(dossier, section))
            line = paragraph(said, self._kit.styles.id("Table Text"), "<w:keepNext/>")
            rows.append([Cell(line, fill=SECTION_FILL.lstrip("#"), span=len(columns), whole=True)])
            rows += [self._row(s, columns) for s in section.statements]
        widths = shared_widths([column.width for column in columns])
        said = self._description([c.heading for c in columns if c.role])
        head = [column.heading for column in columns]
        return table_xml(self._kit, widths, head, rows, "Levels by statement", said, tight=True)

    def _row(self, statement: StatementView, columns: Sequence[HeatColumn]) -> list[Cell]:
        name, *cells = heat_row(self._dossier, statement, columns)
        mark = self._marks.get(statement.id)
        ident = self._kit.links.inside(statement.id, mark) if mark else run(statement.id)
        return [Cell(ident + run(name.said.removeprefix(statement.id))), *map(self._cell, cells)]

    def _cell(self, cell: HeatCell) -> Cell:
        fill, colour = shade(cell.rank, len(self._dossier.levels)) if cell.rank >= 0 else ("", "")
        content = run(cell.bold, bold=True, colour=colour) if cell.bold else ""
        content += run(cell.said, colour=colour) if cell.said else ""
        return Cell(content, fill=fill, edge=lowest_edge(cell.rank), span=cell.span)

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


def lowest_edge(rank: int) -> str:
    """A dark line round the lowest level, so that it is seen as soon as the highest is."""
    return WEAKEST_EDGE.lstrip("#") if rank == 0 else ""


class LevelsBox:
    """What the levels mean, a line each. Used as `{{p levels_box }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext, width: int = PAGE_WIDTH) -> None:
        self._dossier, self._kit, self._width = dossier, kit, width

    def __bool__(self) -> bool:
        return any(level.meaning for level in self._dossier.levels)

    def __html__(self) -> str:
        levels = self._dossier.levels
        rows = []
        for level in levels:
            fill, colour = shade(level.rank, len(levels))
            name = words(level.name, bold=True, colour=colour, fill=fill, edge=lowest_edge(level.rank))
            rows.append([name, words(level.meaning or "no meaning given")])
        description = "Each row gives a level, the lowest first, and what it means."
        head = ["Level", "What it means"]
        return table_xml(
            self._kit,
            shared_widths([1200, self._width - 1200], self._width),
            head,
            rows,
            "What the levels mean",
            description,
        )


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
        where = few_named(score.lowest_statements)
        return [*cells, words(score.middle), words(f"{score.lowest}: {where}" if where else score.lowest)]


def _figure(number: int) -> str:
    return f"{number:,}" if number else "none"


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
