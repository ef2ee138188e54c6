"""compare.html and compare.csv: organisations side by side, from what each shares."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from pipeline.dossier.comparing import MOVED, Comparison, described, level_counts
from pipeline.publish.pages import render_page
from pipeline.publish.trail import safe_cell

COLUMNS = (
    "statement",
    "short name",
    "section",
    "organisation",
    "cycle",
    "reported level",
    "evidence",
    "beside the level",
    "movement",
    "team",
    "board",
    "partners",
    "spread",
    "worded differently",
    "audience",
)


def compare_page(comparison: Comparison, pictures: Sequence[str]) -> bytes:
    """The comparison as one page that fetches nothing. `pictures` are the files that lie beside it."""
    return render_page(
        "compare.html",
        len(comparison.levels),
        comparison=comparison,
        first=comparison.peers[0],
        counts=[level_counts(comparison, n) for n in range(len(comparison.peers))],
        moved=[_moved(comparison, n) for n in range(len(comparison.peers))],
        pictures=pictures,
        picture_words=described(comparison),
        reworded=any(c.worded_differently for s in comparison.statements for c in s.cells),
    )


def _moved(comparison: Comparison, place: int) -> dict[str, str]:
    said = [s.cells[place].movement for s in comparison.statements]
    counts = {way: sum(m.startswith(f"moved {way}") for m in said) for way in ("up", "down")}
    compared = any(counts.values()) or MOVED["same"] in said
    return {way: f"{number:,}" if number else "none" if compared else "not compared" for way, number in counts.items()}


def compare_csv(comparison: Comparison) -> bytes:
    """A row for each statement and organisation: UTF-8 with its mark, so that Excel reads every letter right."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in _rows(comparison))
    return table.getvalue().encode("utf-8-sig", "replace")


def _rows(comparison: Comparison) -> Iterator[Sequence[str]]:
    for section in comparison.sections:
        for statement in section.statements:
            for peer, cell in zip(comparison.peers, statement.cells, strict=True):
                views = dict(cell.views)
                yield (
                    statement.id,
                    statement.short,
                    section.title,
                    peer.organisation,
                    peer.cycle,
                    cell.level,
                    cell.standing,
                    cell.qualifier,
                    cell.movement,
                    views.get("team", ""),
                    views.get("Board", ""),
                    views.get("partners", ""),
                    statement.spread,
                    "yes" if cell.worded_differently else "",
                    "public",
                )
