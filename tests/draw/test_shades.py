"""Colours: one hue, told apart in grey, words readable on each."""

from __future__ import annotations

import colorsys
from itertools import pairwise

import pytest

from pipeline.dossier.palette import EDGE, HATCH, INK, LEAST_CONTRAST, PAPER, QUIET, contrast, luminance, shades
from pipeline.word.styles import HEADER


@pytest.mark.parametrize("levels", range(2, 8))
def test_neighbouring_levels_are_told_apart_and_none_is_the_paper_or_the_header(levels):
    fills = [s.fill for s in shades(levels)]
    assert all(round(contrast(one, other), 2) >= 1.5 for one, other in pairwise(fills))
    assert contrast(fills[0], PAPER) >= (1.5 if levels < 5 else 1.19)
    assert f"#{HEADER}" not in fills


@pytest.mark.parametrize("levels", range(1, 9))
def test_words_can_be_read_on_every_shade(levels):
    assert len(shades(levels)) == levels
    assert all(contrast(s.fill, s.text) > LEAST_CONTRAST for s in shades(levels))


@pytest.mark.parametrize("levels", range(2, 9))
def test_each_level_is_darker_than_the_one_below_even_in_grey(levels):
    greys = [luminance(s.fill) for s in shades(levels)]
    assert all(lower - higher > 0.015 for lower, higher in pairwise(greys))


@pytest.mark.parametrize("levels", range(2, 9))
def test_one_hue(levels):
    def hue(colour):
        return colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))[0] * 360

    assert all(185 < hue(s.fill) < 225 for s in shades(levels))


@pytest.mark.parametrize(("words", "ground"), [(INK, PAPER), (QUIET, PAPER), (INK, HATCH), (INK, EDGE)])
def test_other_words_can_be_read(words, ground):
    assert contrast(words, ground) > LEAST_CONTRAST


def test_contrast_is_reckoned_as_the_guidelines_do():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
