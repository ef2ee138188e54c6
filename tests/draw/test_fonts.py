"""Letters that the pictures' own font lacks: drawn in one that is installed, else said in words; never empty boxes."""

from __future__ import annotations

import dataclasses
import warnings
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pipeline.charts import draw, fonts
from pipeline.charts.fonts import MISSING, STAND_IN, width_of
from pipeline.charts.sheet import Box, Sheet, same_everywhere
from pipeline.dossier.figures import describe_figures
from tests.dossiers import make_dossier

BENGALI, CHINESE = "স্বাস্থ্য সমতা", "健康公平"


@pytest.fixture(autouse=True)
def afresh(monkeypatch):
    """No font but our own, and nothing remembered."""
    kept = (fonts.installed, fonts._installed_font_of, fonts.pieces, fonts.width_of)
    monkeypatch.setattr(fonts, "findSystemFonts", list)
    for remembered in kept:
        remembered.cache_clear()
    yield
    for remembered in kept:
        remembered.cache_clear()


def install(monkeypatch, folder: Path, text: str, name: str = "NotoSansMade-Regular.ttf") -> Path:
    """A font that has the letters of the text, as if it were installed."""
    letters = sorted({ord(c) for c in text} - {32})
    names = [".notdef", *(f"u{code:04X}" for code in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(letters, names[1:], strict=True)))
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (550, 350)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = folder / name
    builder.save(path)
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(folder / "no font.ttf"), str(path)])
    return path


def named(text: str):
    """A dossier whose first statement has that short name, with the words that stand in for its pictures."""
    dossier = make_dossier(6)
    first = dossier.sections[0]
    statements = (dataclasses.replace(first.statements[0], short=text), *first.statements[1:])
    dossier = dataclasses.replace(
        dossier, sections=(dataclasses.replace(first, statements=statements), *dossier.sections[1:])
    )
    return dataclasses.replace(dossier, figures=describe_figures(dossier))


def said_on(sheet: Sheet) -> str:
    return " ".join(text.get_text() for text in sheet.figure.texts)


@pytest.mark.parametrize("text", [BENGALI, CHINESE, f"Equity {CHINESE} 2026"])
def test_a_letter_that_no_font_has_is_said_and_not_drawn_as_a_box(text):
    sheet = Sheet(3, 1)
    sheet.words(text, Box(0, 0, 3, 1))
    assert STAND_IN in said_on(sheet)
    assert not set(said_on(sheet)) & set(BENGALI.replace(" ", "") + CHINESE)
    assert sheet.letters_note() == [MISSING]


@pytest.mark.parametrize("text", ["Łódź, Ωmega, Жизнь", "صحة عامة", "a [?] of our own", "café"])
def test_what_the_font_has_is_drawn_as_it_is(text):
    sheet = Sheet(3, 1)
    sheet.words(text, Box(0, 0, 3, 1))
    assert said_on(sheet) == text
    assert sheet.letters_note() == []


@pytest.mark.parametrize("text", [BENGALI, CHINESE, f"Equity {CHINESE} 2026"])
def test_an_installed_font_is_used(monkeypatch, tmp_path, text):
    path = install(monkeypatch, tmp_path, BENGALI + CHINESE)
    sheet = Sheet(4, 1)
    sheet.words(text, Box(0, 0, 4, 1), centred=True)
    assert said_on(sheet).split() == text.split()
    assert sheet.letters_note() == []
    assert str(path) in {str(t.get_fontproperties().get_file()) for t in sheet.figure.texts}


def test_pictures_say_it_and_are_the_same_twice_with_and_without_the_font(monkeypatch, tmp_path):
    def drawn(folder: str) -> dict[str, bytes]:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            draw(named(BENGALI), tmp_path / folder)
        return {p.name: p.read_bytes() for p in sorted((tmp_path / folder).iterdir())}

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    without = drawn("one")
    assert without == drawn("two")
    install(monkeypatch, tmp_path, BENGALI)
    fonts.installed.cache_clear()
    fonts._installed_font_of.cache_clear()
    fonts.pieces.cache_clear()
    fonts.width_of.cache_clear()
    with_font = drawn("one")
    assert with_font == drawn("two")
    assert with_font["heatmap.png"] != without["heatmap.png"]


def test_what_stands_at_axes_is_in_the_font_by_which_it_is_measured():
    with same_everywhere():
        figure = Figure()
        axes = figure.add_axes((0, 0, 1, 1))
        said = axes.annotate("Black, Black British, Caribbean or African", (0, 0), fontsize=10)
        across = said.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width / figure.dpi * 72
    assert across == pytest.approx(10 * width_of(said.get_text(), False), rel=0.02)
