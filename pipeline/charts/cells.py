"""The parts that pictures share: a cell with a level's word, a statement's name, a title, a note below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from pipeline.charts.fonts import width_of
from pipeline.charts.sheet import POINTS, Box, Sheet
from pipeline.dossier.figures import COMPARED, NO_ANSWER, NOT_ASKED, NOT_ASSESSED, ROLES, level_of
from pipeline.dossier.palette import EDGE, INK, LINE, PAPER, QUIET, Shade, shades
from pipeline.dossier.views import Dossier, StatementView

WIDTH = 6.69
"""Of a page between its margins: placed that wide, words have the size that they are drawn in."""
TITLE, HEAD, FOOT, GAP, STRIP = 0.3, 0.3, 0.24, 0.01, 0.1
ARROWS = {"up": "↑", "down": "↓"}
ARROWS_MEAN = "↑ moved up, ↓ moved down"
MARKS: Mapping[str, tuple[str, Callable[[StatementView], bool]]] = {
    "†": ("evidence incomplete", lambda s: s.evidence_incomplete and not s.agreed_exception),
    "‡": ("agreed without complete evidence", lambda s: s.agreed_exception),
    "§": ("several answers; the range stands beside who gave them", lambda s: bool(s.spread)),
}
SAID = {"same": "no change", "first": "first assessed", "not shown": "", "other scale": "other scale, not compared"}


def shades_by_name(dossier: Dossier) -> Mapping[str, Shade]:
    """Each level's shade, by its name."""
    ramp = shades(len(dossier.levels))
    return {level.name: ramp[level.rank] for level in dossier.levels}


def level_cell(sheet: Sheet, text: str, shade: Shade | None, box: Box, *, size: float = 7, bold: bool = False) -> None:
    """A level's word on its shade; `not assessed` on a hatched white cell; that nobody answered, quietly."""
    if text in (NO_ANSWER, NOT_ASKED):
        sheet.words(text, box, size=size - 1, colour=QUIET, centred=True)
        return
    edge = PAPER if shade and shade.text == PAPER else EDGE
    sheet.box(box.inset(GAP, GAP), shade.fill if shade else PAPER, edge=edge, line=0.5, hatched=shade is None)
    colour = shade.text if shade else INK
    sheet.words(text, box.inset(0.04, 2 * GAP), size=size, bold=bold, colour=colour, centred=True)


def count_cell(
    sheet: Sheet, level: str, number: int, most: int, shade: Shade | None, box: Box, *, size: float = 8
) -> None:
    """A number with its level's word, over a strip as long as the number is large."""
    words = Box(box.x + 0.04, box.y + 0.05, box.width - 0.08, box.height - STRIP - 0.12)
    if not number:
        sheet.words("none", words, size=size - 0.5, colour=QUIET)
        return
    sheet.words(f"{number} {level}", words, size=size)
    strip = Box(words.x, box.y + box.height - STRIP - 0.07, words.width * number / most, STRIP)
    fill, edge = (shade.fill, INK) if shade else (PAPER, LINE)
    sheet.box(strip, fill, edge=edge, line=0.4, hatched=shade is None)


def levels_title(dossier: Dossier) -> str:
    """`Levels`, or `Proposed levels` while the Board has yet to give its own."""
    return "Proposed levels" if dossier.stage == "proposal" else "Levels"


def title(sheet: Sheet, dossier: Dossier, text: str, when: str = "") -> None:
    """What the picture is of, whose it is and when."""
    scope = f" ({dossier.partial})" if dossier.partial else ""
    said = f"{text}, {dossier.organisation}, {when or dossier.cycle}{scope}"
    sheet.words(said, Box(0, 0, sheet.width, TITLE - 0.06), size=10, bold=True)


def head(
    sheet: Sheet, text: str, x: float, width: float, *, height: float = HEAD, size: float = 7, centred: bool = True
) -> None:
    """A column's heading."""
    sheet.words(text, Box(x, TITLE, width - 0.02, height), size=size, bold=True, centred=centred)


def id_width(ids: Sequence[str], most: float) -> float:
    """How wide a column the ids need, so that the names after them line up."""
    return min(most, max(width_of(i, False) for i in ids) * 6.5 / POINTS + 0.1) if ids else 0.0


def name(sheet: Sheet, s: StatementView, box: Box, ids: float) -> None:
    """A statement's id and short name."""
    named(sheet, s.id, s.short, box, ids)


def named(sheet: Sheet, ident: str, short: str, box: Box, ids: float) -> None:
    """An id and, where there is one, the short name after it."""
    if short == ident:
        sheet.words(ident, box, size=6.5)
        return
    sheet.words(ident, Box(box.x, box.y, ids - 0.04, box.height), size=6.5, colour=QUIET)
    sheet.words(short, Box(box.x + ids, box.y, box.width - ids, box.height), size=6.5)


def marked(s: StatementView) -> str:
    """The reported level, with a mark where something must stand beside it."""
    marks = "".join(mark for mark, (_, is_on) in MARKS.items() if is_on(s))
    return f"{s.reported} {marks}" if marks else s.reported


def movement(s: StatementView) -> str:
    """The movement in a few words, with an arrow where there is one."""
    kind = s.movement.kind
    if kind == "last assessed":
        return f"{s.movement.previous} in {s.movement.cycle}"
    if kind not in ARROWS:
        return SAID.get(kind, kind)
    return f"{ARROWS[kind]} from {s.movement.previous}" if s.movement.previous else f"{ARROWS[kind]} moved {kind}"


def foot(sheet: Sheet, notes: Sequence[str]) -> None:
    """What the signs in a picture mean."""
    sheet.rule(0, sheet.height - FOOT, sheet.width, LINE, 0.4)
    sheet.words(
        "; ".join([*sheet.letters_note(), *notes]),
        Box(0, sheet.height - FOOT, sheet.width, FOOT),
        size=10,
        colour=QUIET,
    )


def notes_on(statements: Sequence[StatementView]) -> list[str]:
    """The notes for the marks that these statements carry."""
    return [f"{mark} {meaning}" for mark, (meaning, is_on) in MARKS.items() if any(map(is_on, statements))]


def by_respondent(dossier: Dossier, statements: Sequence[StatementView]) -> pd.DataFrame:
    """A row a statement (by id): the level's name for each role, `reported`, `last year` and `section`.

    Every column of levels knows the whole scale, so that counts name the levels at which nothing stands.
    """
    names = [*(level.name for level in dossier.levels), NOT_ASSESSED]
    rows = [
        {role: level_of(s, role) for role in ROLES}
        | {"reported": s.reported, "last year": _in(names, s.movement.previous)}
        | {"movement": s.movement.kind, "section": s.section}
        for s in statements
    ]
    columns = [*ROLES, "reported", "last year", "movement", "section"]
    frame = pd.DataFrame(rows, index=pd.Index([s.id for s in statements], name="statement"), columns=columns)
    scale = pd.CategoricalDtype(names, ordered=True)
    return frame.astype({"reported": scale, "last year": scale})


def _in(names: Sequence[str], level: str) -> str | None:
    """Last year's scale may have had other levels."""
    return level if level in names else None


def counts_by_section(frame: pd.DataFrame, sections: Sequence[str]) -> pd.DataFrame:
    """Rows sections, columns the levels lowest first and `not assessed`: how many statements."""
    return pd.crosstab(frame["section"], frame["reported"], dropna=False).reindex(sections, fill_value=0)


def counts_by_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows `last year` and `reported`, columns the levels: the statements that can be compared."""
    compared = frame[frame["movement"].isin(COMPARED)]
    counts = {year: compared[year].value_counts(sort=False) for year in ("last year", "reported")}
    return pd.DataFrame(counts).T.drop(columns=[NOT_ASSESSED])
