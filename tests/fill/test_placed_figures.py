"""Any template places any chart by its name, with caption and alt text."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import Image

from pipeline.charts import FIGURES
from pipeline.dossier.figures import CHARTS
from pipeline.dossier.views import Dossier, FigureView
from pipeline.errors import TemplateError
from tests.dossiers import make_dossier
from tests.fill.reading import Paper, own_template, paper

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A_MILLIMETRE = 36_000


def with_pictures(folder: Path, *names: str, size: tuple[int, int] = (200, 100)) -> Dossier:
    """A dossier with pictures of these names, which lie in the folder."""
    views = tuple(FigureView(n, n, f"What {n} shows", f"Seen in {n}: <all> & more.") for n in names)
    for name in names:
        Image.new("RGB", size, "white").save(folder / f"{name}.png")
    return dataclasses.replace(make_dossier(6, audience="public"), figures=views)


def read_aloud(made: Paper) -> list[str]:
    return [str(p.get("descr")) for p in made.body.iter(f"{DRAWING}docPr")]


@pytest.mark.parametrize("name", ["heatmap", "sections", "trend-h1", "‘movement’"])
def test_a_picture_stands_above_its_numbered_caption(tmp_path: Path, name: str) -> None:
    plain = name.strip("‘’")
    asked = name if name != plain else f"'{name}'"  # Word makes typographic marks of those that are typed
    known = with_pictures(tmp_path, plain)
    made = paper(known, own_template(tmp_path, "{{ cycle }}", f"{{{{p {asked}|figure }}}}"), figures=tmp_path)
    assert read_aloud(made) == [f"Seen in {plain}: <all> & more."]
    assert made.paragraphs[-1] == f"Figure 1: What {plain} shows"
    assert made.styled("caption") == [f"Figure 1: What {plain} shows"]


def test_a_chart_of_several_pictures_is_placed_in_full_and_in_order(tmp_path: Path) -> None:
    names = ("heatmap-1", "heatmap-2", "heatmap-3", "heat", "sections")
    known = with_pictures(tmp_path, *names)
    made = paper(known, own_template(tmp_path, "{{p 'sections'|figure }}", "{{p 'heatmap'|figure }}"), figures=tmp_path)
    told = [f"Figure {n}: What {name} shows" for n, name in enumerate((names[4], *names[:3]), 1)]
    assert made.styled("caption") == told
    alone = paper(known, own_template(tmp_path, "{{ cycle }}", "{{p 'heatmap-2'|figure }}"), figures=tmp_path)
    assert alone.styled("caption") == ["Figure 1: What heatmap-2 shows"]


def test_a_tall_picture_stands_on_one_page_with_its_caption(tmp_path: Path) -> None:
    known = with_pictures(tmp_path, "heatmap", size=(100, 900))
    made = paper(known, own_template(tmp_path, "{{ cycle }}", "{{p 'heatmap'|figure }}"), figures=tmp_path)
    extent = next(made.body.iter(f"{DRAWING}extent"))
    width, height = int(extent.get("cx", 0)), int(extent.get("cy", 0))
    assert height <= 230 * A_MILLIMETRE and abs(height / width - 9) < 0.1


def test_where_there_is_nothing_to_draw_nothing_is_placed(tmp_path: Path) -> None:
    known = with_pictures(tmp_path, "heatmap")
    asked = [f"{{{{p '{name}'|figure }}}}" for name in CHARTS if name != "heatmap"]
    made = paper(known, own_template(tmp_path, "{{ cycle }}", *asked), figures=tmp_path)
    assert read_aloud(made) == [] and made.styled("caption") == []


@pytest.mark.parametrize(
    ("asked", "meant"), [("heatmp", "heatmap"), ("trend-h2", "trend-h1"), ("Movement", "movement")]
)
def test_a_name_that_no_chart_has_is_refused_with_the_nearest(tmp_path: Path, asked: str, meant: str) -> None:
    known = with_pictures(tmp_path, "trend-h1")
    with pytest.raises(TemplateError) as caught:
        paper(known, own_template(tmp_path, "{{ cycle }}", f"{{{{p '{asked}'|figure }}}}"), figures=tmp_path)
    assert f"names `{asked}`" in str(caught.value)
    assert "the paragraph" in str(caught.value)
    assert f"Did you mean `{meant}`?" in str(caught.value)


def test_no_chart_is_drawn_that_is_not_described_nor_the_other_way_round() -> None:
    """And each begins the names of its pictures, by which a template places them."""
    assert FIGURES.keys() == CHARTS.keys()
    for shown in (make_dossier(6), make_dossier(0, 3, columns=("A", "B"))):
        for name, describe in CHARTS.items():
            assert all(f.id == name or f.id.startswith(f"{name}-") for f in describe(shown)), name
            files = {file for file, _ in FIGURES[name](shown)}
            assert files == {f.file for f in describe(shown)}, name
