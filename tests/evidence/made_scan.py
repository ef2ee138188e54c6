"""Papers as a scanner leaves them: each page a picture, with no text behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from io import BytesIO

import pytest
from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont

from pipeline.office import recognition

needs_an_engine = pytest.mark.skipif(
    recognition.engine() is None, reason="needs text recognition: Tesseract, or the extra boardpack[ocr]"
)


def sheet(text: str, dpi: int = 150, tilt: float = 0.0) -> Image.Image:
    """An A4 sheet with these words on it, perhaps not quite straight."""
    page = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 245)
    font = ImageFont.truetype(font_manager.findfont("DejaVu Serif"), int(12 / 72 * dpi))
    lines = "\n".join("\n".join(textwrap.wrap(line, 64)) for line in text.splitlines())
    ImageDraw.Draw(page).multiline_text((dpi, dpi), lines, fill=20, font=font, spacing=dpi // 12)
    return page.rotate(tilt, fillcolor=245, resample=Image.Resampling.BICUBIC)


def scanned(pages: Sequence[str], dpi: int = 150, tilt: float = 0.0) -> bytes:
    """A PDF of such sheets."""
    sheets = [sheet(text, dpi, tilt).quantize(8).convert("L") for text in pages]
    out = BytesIO()
    sheets[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=sheets[1:])
    return out.getvalue()


def photographed(text: str, kind: str = "PNG") -> bytes:
    """A picture file of such a sheet."""
    out = BytesIO()
    sheet(text).save(out, kind, dpi=(150, 150))
    return out.getvalue()
