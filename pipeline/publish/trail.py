"""trail.csv: a row for each citation, from the claim to the page and the digest of the file."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.dossier.views import CitationView, Dossier
from pipeline.files import write_whole
from pipeline.publish.places import Place, citations_in_place

COLUMNS = (
    "statement",
    "respondent",
    "level",
    "evidence id",
    "title",
    "file",
    "page",
    "quotation",
    "verdict",
    "page found",
    "sha256",
    "owner",
    "dated",
    "review by",
    "where",
    "as written",
    "audience",
)
# A spreadsheet runs a cell that begins with one of these; the wide forms are what some keyboards type.
RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\0")


def write_trail(dossier: Dossier, folder: Path) -> None:
    """trail.csv and trail.html, for whoever the dossier is for."""
    from pipeline.publish.trail_page import trail_page

    write_whole(folder / "trail.csv", trail_csv(dossier))
    write_whole(folder / "trail.html", trail_page(dossier))


def trail_csv(dossier: Dossier) -> bytes:
    """The trail as a table: UTF-8 with its mark, so that Excel reads every letter right."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows(dossier))
    return table.getvalue().encode("utf-8-sig", "replace")


def rows(dossier: Dossier) -> Iterator[Sequence[str]]:
    """A row for each citation, in the order of COLUMNS."""
    for place, citation in citations_in_place(dossier):
        yield _row(place, citation, dossier.audience)


def _row(place: Place, citation: CitationView, audience: str) -> Sequence[str]:
    return (
        place.statement.id if place.statement else citation.statement,
        place.answer.name if place.answer else "",
        place.answer.level if place.answer else "",
        citation.evidence,
        citation.title or ("" if citation.evidence else citation.shown),
        citation.file or citation.url,
        page_cited(citation),
        citation.quotation,
        citation.verdict,
        str(citation.page_found) if citation.page_found else "",
        citation.sha256,
        citation.owner,
        iso(citation.dated),
        iso(citation.review_by),
        place.where,
        citation.written,
        audience,
    )


def page_cited(citation: CitationView) -> str:
    """The page, the pages or the sheet that was cited. Excel would take `4-6` for the fourth of June."""
    if citation.page_cited:
        return citation.page_cited.replace("-", " to ")
    return f"sheet “{citation.sheet}”" if citation.sheet else ""


def iso(day: datetime.date | None) -> str:
    """The date in ISO form; empty for none."""
    return day.isoformat() if day else ""


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" ").startswith(RUN_AS_FORMULA) else text
