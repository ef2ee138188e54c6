"""The statements as a table of statement by respondent role, and the counts that pictures need of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.dossier.figures import COMPARED, NOT_ASSESSED, ROLES, level_of
from pipeline.dossier.views import Dossier, StatementView


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
