"""Pictures as files: the level's word in each cell, the same bytes each time, any text and any scale."""

from __future__ import annotations

import dataclasses

import matplotlib
import numpy as np
import pytest
from lxml import etree
from PIL import Image

from pipeline.charts import draw
from pipeline.charts.cells import by_respondent, counts_by_section, counts_by_year
from pipeline.charts.heatmap import heatmaps, sections
from pipeline.charts.matrix import matrices
from pipeline.charts.movement import movements
from pipeline.charts.sheet import fit, same_everywhere, width_of
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.palette import shades
from pipeline.dossier.views import RoleView
from tests.dossiers import make_dossier

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


def test_the_heatmap_has_each_level_in_words_and_marks_what_must_stand_beside_it():
    dossier = make_dossier()
    words = words_in(heatmaps(dossier))
    for statement in dossier.statements:
        assert statement.id in words
        assert statement.short in words
    assert words.count("Growing †") == 1
    assert "† evidence incomplete; ↑ moved up, ↓ moved down" in words
    assert "↑ from Emergent" in words
    assert {"Team", "Board", "Partners", "Reported level", "Evidence", "Since 2024-25"} <= set(words)


def test_several_answers_of_one_role_say_how_many():
    dossier = make_dossier()
    statement = dossier.statements[0]
    views = statement.views | {"board": RoleView("board", "Growing", "growing", "Emergent", "Growing", 3, "")}
    words = words_in(heatmaps(change_statement(dossier, 0, views=views)))
    assert "Growing (3: Emergent to Growing)" in " ".join(words)


def test_cells_wear_the_shade_of_their_level(tmp_path):
    draw(make_dossier(), tmp_path)
    with Image.open(tmp_path / "heatmap.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    found = {bytes(c).hex().upper(): n for c, n in zip(colours.astype(np.uint8), counts, strict=True)}
    assert all(found.get(shade, 0) > 1000 for shade in (s.fill.lstrip("#") for s in shades(4)))


def test_not_assessed_is_white_hatched_and_in_words(tmp_path):
    with same_everywhere():
        [(_, figure)] = heatmaps(make_dossier(17, 1))
    hatched = [a for a in figure.get_children() if getattr(a, "get_hatch", lambda: None)()]
    assert len(hatched) == 1
    assert hatched[0].get_facecolor() == (1.0, 1.0, 1.0, 1.0)
    assert "not assessed" in [t.get_text() for t in figure.texts]


def test_movement_shows_each_that_moved_down_first_and_counts_the_rest():
    words = words_in(movements(make_dossier(45, 5)))
    arrows = [w[0] for w in words if w[:1] in "↓↑"]
    assert arrows == sorted(arrows, reverse=True) and {*arrows} == {"↓", "↑"}
    assert "was Consistent" in words
    assert "↓ Growing" in words
    assert any("25 without change" in w for w in words)


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
    assert "Costs $5 and $6 a head" in words_in(
        heatmaps(change_statement(make_dossier(), 0, short="Costs $5 and $6 a head"))
    )


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
