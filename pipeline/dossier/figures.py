"""Which pictures a dossier has, and the words that stand in for each: a caption, and what can be seen in it.

Which statements share a picture is decided here, so that a picture and its words can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.dossier.headline import describe_headline
from pipeline.dossier.indicators import describe_charts
from pipeline.dossier.matrix import TAG_PICTURE, describe_tag_matrix
from pipeline.dossier.trend_words import describe_trends
from pipeline.dossier.views import Dossier, FigureView, SectionView, StatementView
from pipeline.text import counted, list_in_words, number_in_words, sentence_case

ROLES = {"team": "Team", "board": "Board", "partner": "Partners"}
# Rows of two lines and of four (a section's own row counts as one) that fill one A4 page.
ROWS_A_PICTURE, ROWS_IF_WORDY = 23, 13
LONG_NAME = 16
MOVED_A_PICTURE = 90
LEVEL_GIVEN_BY = {"team": "the team", "board": "the Board", "partner": "partners"}
NAMED = 5
NOT_ASSESSED, NO_ANSWER, NOT_ASKED = "not assessed", "no answer", "not asked"
COMPARED = ("up", "down", "same")

Group = tuple[str, tuple[StatementView, ...]]
"""A section's heading and the statements of it that stand in one picture."""


def describe_figures(dossier: Dossier) -> tuple[FigureView, ...]:
    """Every picture that `draw` makes of this dossier, with caption and alt text."""
    figures = [f for describe in CHARTS.values() for f in describe(dossier)]
    return tuple(figures) if dossier.statements else ()


def roles_shown(dossier: Dossier) -> tuple[str, ...]:
    """The roles of which at least one respondent answered something."""
    return tuple(r for r in ROLES if any(s.views[r].level for s in dossier.statements if r in s.views))


def level_of(statement: StatementView, role: str) -> str:
    """The level that a role gave, by name; `not asked` or `no answer` where it gave none."""
    view = statement.views.get(role)
    if view and view.level:
        return view.level
    theirs = statement.answered_by in ("both", role) or role == "partner"
    return NO_ANSWER if theirs and (view is None or view.asked) else NOT_ASKED


def is_compared(dossier: Dossier) -> bool:
    """True where at least one statement is compared with last year."""
    return any(s.movement.kind in COMPARED for s in dossier.statements)


def is_wordy(dossier: Dossier) -> bool:
    """True where cells need two or three lines: a level's name is long, or several answers have a range."""
    several = any(v.number > 1 for s in dossier.statements for v in s.views.values())
    return several or any(len(level.name) > LONG_NAME for level in dossier.levels)


def heatmap_pages(dossier: Dossier) -> tuple[tuple[Group, ...], ...]:
    """Statements by picture: whole sections together while they fit, a long section in equal parts."""
    rows = ROWS_IF_WORDY if any(len(level.name) > LONG_NAME for level in dossier.levels) else ROWS_A_PICTURE
    pages: list[list[Group]] = []
    room = 0
    for group in (g for section in dossier.sections for g in _parts(section, rows - 1)):
        needed = len(group[1]) + 1
        if needed > room:
            pages.append([])
            room = rows
        pages[-1].append(group)
        room -= needed
    return tuple(tuple(page) for page in pages)


def _parts(section: SectionView, most: int) -> list[Group]:
    heading = f"{section.id} {section.title}".strip()
    parts = _equal_parts(section.statements, most)
    return [(heading if n == 0 else f"{heading} (continued)", part) for n, part in enumerate(parts)]


def _equal_parts(statements: Sequence[StatementView], most: int) -> list[tuple[StatementView, ...]]:
    number = -(-len(statements) // most)
    size = -(-len(statements) // number) if number else 1
    return [tuple(statements[n : n + size]) for n in range(0, len(statements), size)]


def section_pages(dossier: Dossier, most: int = 14) -> tuple[tuple[SectionView, ...], ...]:
    """Sections by picture."""
    return tuple(dossier.sections[n : n + most] for n in range(0, len(dossier.sections), most))


def movement_pages(dossier: Dossier) -> tuple[tuple[StatementView, ...], ...]:
    """Statements that moved, by picture: down first. One empty picture where statements are compared and none moved."""
    if not is_compared(dossier):
        return ()
    moved = [s for kind in ("down", "up") for s in dossier.statements if s.movement.kind == kind]
    return tuple(_equal_parts(moved, MOVED_A_PICTURE)) or ((),)


def matrix_pages(dossier: Dossier, most: int = 12) -> tuple[tuple[SectionView, ...], ...]:
    """The rows of a matrix by picture; none for a list of statements."""
    return section_pages(dossier, most) if dossier.columns else ()


def named(name: str, page: int, pages: int) -> str:
    """`heatmap` for a single picture, `heatmap-2` for the second of several."""
    return name if pages == 1 else f"{name}-{page + 1}"


def _describe_matrix(dossier: Dossier) -> Iterable[FigureView]:
    pages = matrix_pages(dossier)
    for n, sections in enumerate(pages):
        statements = [s for section in sections for s in section.statements]
        alt = (
            f"Grid of {_span([s.title for s in sections], 'row')} by "
            f"{_span([c.name for c in dossier.columns], 'column')}, "
            f"each cell with its {_reported(dossier)} level in words. {_levels(dossier, statements)}"
        )
        yield _figure("matrix", n, len(pages), f"{_levels_title(dossier)} by row and column", alt)


def _describe_heatmaps(dossier: Dossier) -> Iterable[FigureView]:
    pages = heatmap_pages(dossier)
    said = [f"the {_reported(dossier)} level", "how its evidence stands and how old it is"]
    said += ["its movement"] if is_compared(dossier) else []
    shown = [LEVEL_GIVEN_BY[role] for role in roles_shown(dossier)]
    said += [f"the level given by {list_in_words(shown)} where these differ"] if len(shown) > 1 else []
    for n, groups in enumerate(pages):
        statements = [s for _, part in groups for s in part]
        alt = (
            f"Table of {counted(len(statements), 'statement')} in {_span([h for h, _ in groups], 'section')}. "
            f"Each row has {list_in_words(said)}. "
            f"{_levels(dossier, statements)} {_evidence(statements)}{_movement(dossier, statements)}"
        )
        yield _figure("heatmap", n, len(pages), f"{_levels_title(dossier)} by statement", alt)


def _describe_sections(dossier: Dossier) -> Iterable[FigureView]:
    pages = section_pages(dossier)
    for n, sections in enumerate(pages):
        rows = [f"{s.title}: {_counts(dossier, s.statements)}, {_middle(s)}." for s in sections[:8]]
        more = [f"{counted(len(sections) - 8, 'more section')}."] if len(sections) > 8 else []
        alt = f"How many statements of each section stand at each level. {' '.join([*rows, *more])}"
        yield _figure("sections", n, len(pages), f"Number of statements at each {_reported(dossier)} level", alt)


def _describe_movement(dossier: Dossier) -> Iterable[FigureView]:
    pages = movement_pages(dossier)
    years = f"{dossier.cycle} against {dossier.previous_cycle}"
    compared = [s for s in dossier.statements if s.movement.kind in COMPARED]
    of_these = f"the {counted(len(compared), 'statement')} that can be compared"
    for n, statements in enumerate(pages):
        alt = (
            f"{dossier.cycle} beside {dossier.previous_cycle} for {of_these}: how many stand at each level "
            f"in each year, and the level then and now of each that moved."
            f"{_movement(dossier, statements if len(pages) > 1 else compared)}"
        )
        yield _figure("movement", n, len(pages), f"What moved: {years}, for {of_these}", alt)


CHARTS: Mapping[str, Callable[[Dossier], Iterable[FigureView]]] = {
    "matrix": _describe_matrix,
    "heatmap": _describe_heatmaps,
    "sections": _describe_sections,
    "movement": _describe_movement,
    TAG_PICTURE: describe_tag_matrix,
    "indicator": describe_charts,
    "trend": describe_trends,
    "headline": describe_headline,
}
"""The words of each chart, under its name: with it the name of each of its pictures begins."""


def placed(dossier: Dossier, name: str) -> tuple[FigureView, ...] | None:
    """The pictures of a chart, or the one picture of that name; none where there is nothing to draw.

    None where no chart has such a name.
    """
    found = tuple(f for f in dossier.figures if f.id == name or (name in CHARTS and f.id.startswith(f"{name}-")))
    return found if found or name in CHARTS else None


def _figure(name: str, page: int, pages: int, caption: str, alt: str) -> FigureView:
    of = f" ({page + 1} of {pages})" if pages > 1 else ""
    return FigureView(id=named(name, page, pages), file=named(name, page, pages), caption=caption + of, alt=alt.strip())


def _reported(dossier: Dossier) -> str:
    return "proposed" if dossier.stage == "proposal" else "reported"


def _levels_title(dossier: Dossier) -> str:
    return "Proposed levels" if dossier.stage == "proposal" else "Levels"


def _span(names: Sequence[str], noun: str) -> str:
    """`5 sections (from “Governance” to “Evaluating”)`; both where there are two, one where there is one."""
    joiner = " and " if len(names) == 2 else " to "
    ends = joiner.join(f"“{name}”" for name in dict.fromkeys((names[0], names[-1])))
    return f"{counted(len(names), noun)} ({'from ' if len(names) > 2 else ''}{ends})"


def _few(words: Sequence[str], most: int = 8) -> str:
    more = len(words) - most
    return list_in_words([*words[:most], f"{more} more"] if more > 0 else words)


def _names(statements: Sequence[StatementView]) -> str:
    return _few([f"{s.id} {s.short}" if s.short != s.id else s.id for s in statements], NAMED)


def _counts(dossier: Dossier, statements: Sequence[StatementView]) -> str:
    parts = [(sum(s.level_id == level.id for s in statements), level.name) for level in dossier.levels]
    parts.append((sum(s.rank < 0 for s in statements), "not assessed"))
    return list_in_words([f"{number} {name}" for number, name in parts if number]) or "no statements"


def _levels(dossier: Dossier, statements: Sequence[StatementView]) -> str:
    """How many stand at each level, and which stand at the lowest."""
    said = f"{sentence_case(_reported(dossier))}: {_counts(dossier, statements)}."
    ranks = [s.rank for s in statements if s.rank >= 0]
    if not ranks or min(ranks) == max(ranks):
        return said
    lowest = [s for s in statements if s.rank == min(ranks)]
    return f"{said} Lowest, at {lowest[0].reported}: {_names(lowest)}."


def _evidence(statements: Sequence[StatementView]) -> str:
    assessed = [s for s in statements if s.rank >= 0]
    kinds = ("found on page", "document only", "not seen")
    parts = [f"{sum(s.standing == kind for s in assessed) or 'none'} {kind}" for kind in kinds]
    return f"Evidence: {list_in_words(parts)}." if assessed else ""


def _movement(dossier: Dossier, statements: Sequence[StatementView]) -> str:
    """How many moved, and which."""
    if not is_compared(dossier):
        return ""
    said = []
    for kind in ("down", "up"):
        moved = [s for s in statements if s.movement.kind == kind]
        which = f" ({_names(moved)})" if moved else ""
        said.append(f"{number_in_words(len(moved))} moved {kind}{which}")
    return f" Since {dossier.previous_cycle}, {list_in_words(said)}."


def _middle(section: SectionView) -> str:
    score = section.score
    return f"middle level {score.middle}" if score.assessed and score.middle != "too few assessed" else score.middle
