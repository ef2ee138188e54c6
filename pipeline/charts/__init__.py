"""Pictures of the dossier, as PNG and SVG: the same bytes each time, with their words inside.

To add a chart: a function from a dossier to (file name, matplotlib Figure) pairs, one line in FIGURES, and under the
same name one in CHARTS of `dossier/figures.py` for the words that stand in for it. With that name its files begin, and
a template places it: `{{p 'heatmap'|figure }}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from matplotlib.figure import Figure

from pipeline.charts.heatmap import heatmaps, sections
from pipeline.charts.indicators import chart_data, indicators
from pipeline.charts.matrix import matrices, scorecards
from pipeline.charts.movement import movements
from pipeline.charts.sheet import png, same_everywhere, svg
from pipeline.charts.trend import headline_chart, trend_charts
from pipeline.dossier import series
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.matrix import TAG_PICTURE
from pipeline.dossier.views import Dossier
from pipeline.files import write_whole

__all__ = ["FIGURES", "draw"]

FIGURES: Mapping[str, Callable[[Dossier], Iterable[tuple[str, Figure]]]] = {
    "matrix": matrices,
    "heatmap": heatmaps,
    "sections": sections,
    "movement": movements,
    TAG_PICTURE: scorecards,
    "indicator": indicators,
    "trend": trend_charts,
    "headline": headline_chart,
}
ENDINGS = {".png": png, ".svg": svg}


def draw(dossier: Dossier, folder: Path) -> None:
    """Every picture of the dossier into the folder; pictures of an earlier run that are no longer made go."""
    figures = {figure.file: figure for figure in describe_figures(dossier)}
    made: dict[str, bytes] = {}
    with same_everywhere():
        for file, picture in (pair for drawn in FIGURES.values() if figures for pair in drawn(dossier)):
            words = figures[file]
            made |= {file + ending: write(picture, words.caption, words.alt) for ending, write in ENDINGS.items()}
    made |= {f"{file}.csv": data for file, data in (*chart_data(dossier), *series.data(dossier))}
    for name, data in made.items():
        write_whole(folder / name, data)
    for path in sorted(folder.glob("*.*")):
        if path.suffix in (*ENDINGS, ".csv") and path.name not in made:
            path.unlink()
