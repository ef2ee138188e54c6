"""Pictures: photographs and scans of papers. Their words are read by text recognition alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERY_LETTER, EVERYTHING, Asked, Page, Reading
from pipeline.evidence.readers.pdf import opened
from pipeline.office.limits import UnreadableError
from pipeline.office.recognition import DPI, MOST_DOTS

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURE = "is a picture, which holds no text"
WHITE = 255
SCREEN, LARGEST = 110, 4_000
"""Dots to the inch of a picture that was made for screens; the longer side of one that is made larger."""
TALLEST = 300
"""Pages of a fax."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A picture as a page without text; a fax of several sheets has as many pages."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 4 * MOST_DOTS
    try:
        with Image.open(path) as opened:
            count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
            too_large = opened.width * opened.height > 4 * MOST_DOTS
    except MemoryError:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableError("it is too large: the picture has too many dots") from error
    except Exception as error:
        raise UnreadableError("it is damaged: the picture cannot be opened") from error
    if too_large or count > TALLEST:
        raise UnreadableError("it is too large: the picture has too many dots or sheets")
    pages = {n: Page(n, "", unreadable=PICTURE, unread=EVERY_LETTER) for n in asked.among(count)}
    return Reading("picture", count, pages, paged=count > 1)


def picture(path: Path, number: int) -> Image:
    """One sheet in shades of grey, upright as the camera says, on white where it lets through."""
    from PIL import Image, ImageOps

    with Image.open(path) as opened:
        if number > 1:
            opened.seek(number - 1)
        seen = ImageOps.exif_transpose(opened).convert("RGBA")
        flat = Image.new("RGBA", seen.size, (WHITE, WHITE, WHITE, WHITE))
        flat.alpha_composite(seen)
        grey = flat.convert("L")
    dots = grey.width * grey.height
    resolution = opened.info.get("dpi", (SCREEN, SCREEN))[0] or SCREEN
    wanted = min(max(1.0, DPI / max(float(resolution), SCREEN)), LARGEST / max(grey.size))
    factor = min(max(wanted, 1.0), (MOST_DOTS / max(1, dots)) ** 0.5)
    return (
        grey if 0.99 < factor < 1.01 else grey.resize((int(grey.width * factor) or 1, int(grey.height * factor) or 1))
    )


def picture_of_page(path: Path, number: int) -> Image:
    """A page of a PDF as a person sees it, in shades of grey, as large as text recognition wants it."""
    with opened(path) as document:
        page = document[number - 1]
        try:
            area = max(1.0, page.get_width() * page.get_height())
            seen: Image = page.render(scale=min(DPI / 72, (MOST_DOTS / area) ** 0.5), grayscale=True).to_pil()
            return seen
        finally:
            page.close()
