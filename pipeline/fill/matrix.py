"""Risks on the grid of likelihood by consequence: a native Word table, the score and what stands there in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dossier.shades import shade
from pipeline.dossier.views import Dossier, RiskScoreView, RiskView
from pipeline.fill.kit import Kit
from pipeline.fill.tables import Cell, shared_widths, table_xml
from pipeline.fill.text import run
from pipeline.words import list_in_words, sentence_case

SIDE = range(1, 6)
NAMED = ("inherent", "current", "target")

Places = Mapping[tuple[int, int], Sequence[str]]
"""(likelihood, consequence) -> what stands there."""


class Matrix:
    """A grid of five by five. Used as `{{p name }}`."""

    def __init__(self, kit: Kit, places: Places, title: str, strongest: str = "") -> None:
        self._kit, self._places, self._title, self._strongest = kit, places, title, strongest

    def __html__(self) -> str:
        head = ["Likelihood", *(f"Consequence {n}" for n in SIDE)]
        rows = [self._row(likelihood) for likelihood in reversed(SIDE)]
        widths = shared_widths([1500, *[1628] * len(SIDE)])
        return table_xml(self._kit, widths, head, rows, self._title, self._description())

    def _row(self, likelihood: int) -> list[Cell]:
        return [Cell(run(f"Likelihood {likelihood}"), "Table Section"), *(self._cell(likelihood, c) for c in SIDE)]

    def _cell(self, likelihood: int, consequence: int) -> Cell:
        """The product, and the words of what stands there."""
        here = self._places.get((likelihood, consequence), ())
        score = str(likelihood * consequence)
        if not here:
            return Cell(run(score))
        strong = not self._strongest or self._strongest in here
        fill, colour = shade(2 if strong else 1, 4)
        said = sentence_case(", ".join(here))
        return Cell(run(f"{score} ", colour=colour) + run(said, bold=True, colour=colour), fill=fill)

    def _description(self) -> str:
        """The same for those who cannot see it."""
        said = [
            f"{list_in_words(list(here))} at likelihood {likelihood} and consequence {consequence}"
            for (likelihood, consequence), here in sorted(self._places.items(), reverse=True)
        ]
        where = f" {sentence_case('; '.join(said))}." if said else ""
        return f"Rows are likelihood from 5 to 1, columns are consequence from 1 to 5.{where}"


def places_of_scores(risk: RiskView) -> Places:
    """Inherent, current and target score of one risk."""
    found: dict[tuple[int, int], list[str]] = {}
    for name, score in zip(NAMED, (risk.inherent, risk.current, risk.target), strict=True):
        _place(found, score, name)
    return found


def places_of_risks(dossier: Dossier) -> Places:
    """The current scores of all risks."""
    found: dict[tuple[int, int], list[str]] = {}
    for risk in dossier.risks:
        _place(found, risk.current, risk.id)
    return found


def _place(found: dict[tuple[int, int], list[str]], score: RiskScoreView, name: str) -> None:
    if score.value:
        found.setdefault((score.likelihood, score.consequence), []).append(name)
