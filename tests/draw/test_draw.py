"""Pictures as files: the level's word in each cell, the same bytes each time, any text and any scale."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from lxml import etree
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from PIL import Image

from pipeline.charts import draw
from pipeline.charts.cells import by_respondent, counts_by_section, counts_by_year
from pipeline.charts.heatmap import heatmaps, sections
from pipeline.charts.matrix import matrices
from pipeline.charts.movement import movements
from pipeline.charts.sheet import fit, same_everywhere, width_of
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.palette import HEADER, WEAKEST_EDGE, shades
from pipeline.dossier.views import RoleView
from tests.dossiers import make_dossier
from tests.fill.reading import paper

LONG = tuple(f"Level {n} with quite a long name" for n in range(7))


def words_in(pictures) -> list[str]:
    with same_everywhere():
        return [text.get_text() for _, figure in pictures for text in figure.texts]


def change_statement(dossier, index, **changes):
    """The dossier with one statement of its first section changed."""
    first, *rest = dossier.sections
    statements = list(first.statements)
    statements[index] = dataclasses.replace(statements[index], **changes)
    changed = dataclasses.replace(first, statements=tuple(statements))
    return dataclasses.replace(dossier, sections=(changed, *rest))


def test_each_figure_is_there_as_png_and_svg_and_carries_its_words(tmp_path):
    dossier = make_dossier()
    draw(dossier, tmp_path / "figures")
    figures = describe_figures(dossier)
    assert sorted(p.name for p in (tmp_path / "figures").iterdir()) == sorted(
        f"{f.file}.{ending}" for f in figures for ending in ("png", "svg")
    )
    for figure in figures:
        with Image.open(tmp_path / "figures" / f"{figure.file}.png") as picture:
            assert picture.info["Description"] == figure.alt
            assert picture.info["dpi"] == pytest.approx((160, 160), abs=0.1)
        svg = etree.parse(tmp_path / "figures" / f"{figure.file}.svg").getroot()
        assert svg.get("role") == "img"
        assert svg.findtext("{*}title") == figure.caption
        assert svg.findtext("{*}desc") == figure.alt


def test_same_bytes_in_another_folder_and_under_another_machines_settings(tmp_path, monkeypatch):
    dossier = make_dossier()
    draw(dossier, tmp_path / "one")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["serif"])
    monkeypatch.setitem(matplotlib.rcParams, "figure.facecolor", "red")
    monkeypatch.setitem(matplotlib.rcParams, "svg.fonttype", "none")
    draw(dossier, tmp_path / "two" / "deeper")
    one = {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}
    two = {p.name: p.read_bytes() for p in (tmp_path / "two" / "deeper").iterdir()}
    assert one == two
    assert matplotlib.rcParams["figure.facecolor"] == "red", "a machine's own settings stay as they were"


def test_nothing_of_the_drawing_tool_is_left_in_the_files(tmp_path):
    draw(make_dossier(), tmp_path)
    assert not any(b"atplotlib" in p.read_bytes() for p in tmp_path.iterdir())


def test_with_no_statement_in_scope_there_is_no_picture(tmp_path):
    draw(make_dossier(), tmp_path)
    draw(make_dossier(0, 1), tmp_path)
    assert list(tmp_path.glob("*.png")) == []


def test_pictures_of_an_earlier_run_go(tmp_path):
    draw(make_dossier(60, 1), tmp_path)
    assert (tmp_path / "heatmap-2.png").exists()
    draw(make_dossier(), tmp_path)
    assert not (tmp_path / "heatmap-2.png").exists()
    assert (tmp_path / "heatmap.png").exists()


def test_the_heatmap_picture_says_in_each_row_what_the_papers_table_says():
    dossier = make_dossier(6, 2)
    dossier = change_statement(dossier, 0, evidence_age="lapses within three months", below_target=True)
    said = " ".join(words_in(heatmaps(dossier)))
    table = next(t for t in paper(dossier).tables() if t[0][0] == "Statement")
    assert len(table) == 6 + 2 + 1
    for cell in (cell for row in table for cell in row):
        assert "".join(cell.split()) in "".join(said.split())
    assert "lapses soon" in said and "below target" in said
    assert "'lapses soon' (within three months)" in said


def test_words_of_the_heatmap_and_of_what_moved_have_ten_points_in_the_font_of_the_papers():
    for dossier in (make_dossier(45, 5), change_statement(make_dossier(), 0, short="A longer name " * 9)):
        with same_everywhere():
            texts = [t for draw_it in (heatmaps, movements) for _, f in draw_it(dossier) for t in f.texts]
        assert texts and {t.get_fontsize() for t in texts} == {10}
        assert {Path(t.get_fontproperties().get_file()).name for t in texts} <= {
            "LiberationSans-Regular.ttf",
            "LiberationSans-Bold.ttf",
        }


def test_the_lowest_level_and_the_head_of_the_heatmap_are_seen(tmp_path):
    with same_everywhere():
        [(_, figure)] = heatmaps(make_dossier(6, 2))
    boxes = [a for a in figure.get_children() if isinstance(a, Rectangle)]
    edged = [b for b in boxes if to_hex(b.get_edgecolor()) == WEAKEST_EDGE.lower()]
    assert edged and {to_hex(b.get_facecolor()).upper() for b in edged} == {shades(4)[0].fill}
    assert sum(to_hex(b.get_facecolor()).upper() == HEADER for b in boxes) >= 2


def test_several_answers_of_one_role_say_how_many():
    dossier = make_dossier()
    statement = dossier.statements[0]
    shown = "Growing (3 answers, Emergent to Growing)"
    views = statement.views | {"board": RoleView("board", "Growing", "growing", "Emergent", "Growing", 3, shown)}
    assert shown in " ".join(words_in(heatmaps(change_statement(dossier, 0, views=views))))


def test_cells_wear_the_shade_of_their_level(tmp_path):
    draw(make_dossier(), tmp_path)
    with Image.open(tmp_path / "heatmap.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    found = {bytes(c).hex().upper(): n for c, n in zip(colours.astype(np.uint8), counts, strict=True)}
    assert all(found.get(shade, 0) > 1000 for shade in (s.fill.lstrip("#") for s in shades(4)))


def test_not_assessed_is_white_and_in_words():
    with same_everywhere():
        [(_, figure)] = heatmaps(make_dossier(17, 1))
    place = next(t for t in figure.texts if t.get_text() == "not assessed").get_position()
    boxes = [b for b in figure.get_children() if isinstance(b, Rectangle) and _holds(b, place)]
    assert {to_hex(b.get_facecolor()) for b in boxes} == {"#ffffff"}


def _holds(box, place):
    x, y = box.get_xy()
    return x <= place[0] <= x + box.get_width() and y <= place[1] <= y + box.get_height()


def test_movement_shows_each_that_moved_down_first_and_counts_the_rest():
    words = words_in(movements(make_dossier(45, 5)))
    arrows = [w[0] for w in words if w[:1] in "↓↑"]
    assert arrows == sorted(arrows, reverse=True) and {*arrows} == {"↓", "↑"}
    assert "was Consistent" in words
    assert "↓ Growing" in words


def test_sections_give_counts_with_the_levels_word():
    words = words_in(sections(make_dossier(45, 5)))
    assert "2 Reactive" in words
    assert "1 not assessed" in " ".join(words)
    assert "none" in words


def test_a_matrix_has_a_cell_for_each_row_and_column():
    dossier = make_dossier(0, 8, columns=("Recovery", "Digital", "Data", "Prevention", "Leadership"), subject="Plan")
    words = words_in(matrices(dossier))
    levels = [w for w in words if w.strip("↑↓ †") in {"Reactive", "Emergent", "Growing", "Consistent", "not assessed"}]
    assert len(levels) == 40
    assert "Levels of Plan, NHS Example ICB, 2025-26" in words
    gap = dataclasses.replace(
        dossier, sections=(dataclasses.replace(dossier.sections[0], statements=dossier.sections[0].statements[1:]),)
    )
    assert words_in(matrices(gap)).count("no statement") == 1


def test_an_unasked_role_is_not_said_to_be_silent():
    words = words_in(heatmaps(change_statement(make_dossier(), 0, answered_by="team", views={})))
    assert words.count("not asked") == 1
    assert "no answer" in words


@pytest.mark.parametrize("levels", [LONG, ("Low", "Middle", "High"), ("NA", "None", "nan", "1.10")])
def test_any_scale_keeps_its_own_words(levels, tmp_path):
    dossier = make_dossier(9, 2, levels=levels)
    words = " ".join(words_in(heatmaps(dossier)))
    for statement in dossier.statements:
        assert statement.reported in words
    draw(dossier, tmp_path)


@pytest.mark.parametrize(
    "short",
    [
        "Costs $5 and $6 a head",
        "line\nbreak\x00\x1b[31m",
        "平等 🙂 עברית",
        "{{ 7*7 }} <b>&amp;</b> ]]> --",
        "x" * 300,
        "",
    ],
)
def test_any_text_can_be_drawn(short, tmp_path):
    draw(change_statement(make_dossier(), 0, short=short), tmp_path)
    etree.parse(tmp_path / "heatmap.svg")


def test_a_dollar_stays_a_dollar():
    words = words_in(heatmaps(change_statement(make_dossier(), 0, short="Costs $5 and $6 a head")))
    assert "Costs $5 and $6 a head" in " ".join(words)


@pytest.mark.parametrize("text", ["Growing", "Public sector equality duty and more besides", "W" * 80, "a " * 60])
@pytest.mark.parametrize(("width", "height"), [(40, 12), (60, 30), (200, 12)])
def test_fitted_words_stay_in_their_box(text, width, height):
    lines, size = fit(text.strip(), width, height, 7, True)
    assert all(width_of(line, True) * size <= width + 0.01 for line in lines)
    assert len(lines) * size * 1.2 <= height + 0.01
    whole = " ".join(lines)
    assert whole.replace(" ", "") == text.replace(" ", "") or whole.endswith("…")


def test_the_table_counts_levels_at_which_nothing_stands():
    dossier = make_dossier(3, 1)
    frame = by_respondent(dossier, dossier.statements)
    assert counts_by_section(frame, ["GA"]).loc["GA"].to_dict() == {
        "Reactive": 1,
        "Emergent": 1,
        "Growing": 1,
        "Consistent": 0,
        "not assessed": 0,
    }
    years = counts_by_year(frame)
    assert years.loc["last year"].to_dict() == {"Reactive": 1, "Emergent": 2, "Growing": 0, "Consistent": 0}
    assert years.loc["reported"].to_dict() == {"Reactive": 1, "Emergent": 1, "Growing": 1, "Consistent": 0}
