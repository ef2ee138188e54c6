"""A blank sheet measured in inches from its top left corner, on which boxes and fitted words are put.

Nothing here is pyplot: no window system, no global state, and the same fonts on every machine.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipeline.charts.fonts import MISSING, STAND_IN, drawable, families, pieces, width_of
from pipeline.dossier.palette import HATCH, INK, LINE, PAPER
from pipeline.text import begins_right_to_left

DPI = 160
SMALLEST = 5.0
LEADING = 1.2
BELOW_MIDDLE = 0.36
"""How far the base of a line lies below its middle, where fonts are mixed."""
POINTS = 72


@contextmanager
def same_everywhere() -> Iterator[None]:
    """Matplotlib as it is shipped, whatever a machine's own settings say."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rc("text", parse_math=False)  # a `$` in people's text is a dollar
        matplotlib.rc("font", family=families())  # what stands at axes, as wide as it is measured
        matplotlib.rc("text", hinting="none")  # letters as wide as they are measured
        matplotlib.rc("svg", fonttype="path", hashsalt="boardpack")
        matplotlib.rc("hatch", linewidth=1.2)
        yield


class Box(NamedTuple):
    """A place on a sheet, in inches from the top left corner."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, across: float, down: float = 0.0) -> Box:
        """The box less a margin on each side."""
        return Box(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)


class Sheet:
    """A picture in the making."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width, height), dpi=DPI, facecolor=PAPER)
        self.width, self.height = width, height
        self.lacks_letters = False

    def box(
        self,
        box: Box,
        fill: str = PAPER,
        *,
        edge: str = PAPER,
        line: float = 0.6,
        hatched: bool = False,
        dashed: bool = False,
    ) -> None:
        """A filled rectangle; `hatched` for what was not assessed."""
        self.figure.add_artist(
            Rectangle(
                (box.x, self.height - box.y - box.height),
                box.width,
                box.height,
                facecolor=fill,
                edgecolor=HATCH if hatched else edge,
                hatch="////" if hatched else None,
                linewidth=line,
                linestyle="--" if dashed else "-",
                transform=self.figure.dpi_scale_trans,
                snap=True,
            )
        )

    def rule(self, x: float, y: float, width: float, colour: str = LINE, line: float = 0.6) -> None:
        """A horizontal line."""
        self.box(Box(x, y, width, 0), edge=colour, line=line)

    def words(
        self, text: str, box: Box, *, size: float = 7, bold: bool = False, colour: str = INK, centred: bool = False
    ) -> None:
        """Text fitted into a box: smaller, then on more lines, then cut with an ellipsis."""
        shown = drawable(one_line(text), bold)
        self.lacks_letters |= STAND_IN in shown and STAND_IN not in text
        lines, size = fit(shown, box.width * POINTS, box.height * POINTS, size, bold)
        middle = self.height - box.y - box.height / 2
        step = size * LEADING / POINTS
        for n, line in enumerate(lines):
            y = middle + ((len(lines) - 1) / 2 - n) * step
            self._line(line, box.x + box.width / 2 if centred else box.x, y, size, bold, colour, centred)

    def laid(self, text: LaidText, box: Box, *, size: float, colour: str = INK) -> None:
        """Words that were laid out for a box of this width and size (see `lay`)."""
        self.lacks_letters |= text.lacks_letters
        middle = self.height - box.y - box.height / 2
        step = size * LEADING / POINTS
        for n, line in enumerate(text.lines):
            x, y = box.x, middle + ((len(text.lines) - 1) / 2 - n) * step
            for words, bold in line:
                self._line(words, x, y, size, bold, colour, False)
                x += width_of(words, bold) * size / POINTS

    def _line(self, line: str, x: float, y: float, size: float, bold: bool, colour: str, centred: bool) -> None:
        """One line, in as many pieces as it needs fonts."""
        parts = pieces(line, bold)
        y -= BELOW_MIDDLE * size / POINTS if len(parts) > 1 else 0
        if len(parts) > 1 and centred:
            x, centred = x - width_of(line, bold) * size / POINTS / 2, False
        for words, font in reversed(parts) if begins_right_to_left(line) else parts:
            self.figure.text(
                x,
                y,
                words,
                transform=self.figure.dpi_scale_trans,
                fontproperties=font,
                fontsize=size,
                color=colour,
                ha="center" if centred else "left",
                va="center_baseline" if len(parts) == 1 else "baseline",
            )
            x += width_of(words, bold) * size / POINTS

    def letters_note(self) -> list[str]:
        """What must be said below the picture of letters that could not be drawn."""
        return [MISSING] if self.lacks_letters else []


def one_line(text: str) -> str:
    """The text as a picture can show it: white space collapsed, control characters left out."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def fit(text: str, width: float, height: float, size: float, bold: bool) -> tuple[list[str], float]:
    """Lines, and the size at which they stand in a box of that width and height (all in points)."""
    while True:
        lines = wrap(text, width / size, bold)
        room = max(1, int(height / (size * LEADING)))
        if len(lines) <= room and (size <= SMALLEST or not _has_broken_word(text, lines)):
            return lines, size
        if size <= SMALLEST:
            return [*lines[: room - 1], _cut(" ".join(lines[room - 1 :]), width / size, bold)], size
        size = max(SMALLEST, size - 0.5)


def _has_broken_word(text: str, lines: list[str]) -> bool:
    return " ".join(lines) != text


Part = tuple[str, bool]
"""Words, and whether they are bold."""


class LaidText(NamedTuple):
    """Words on lines, and whether a letter of theirs had no font."""

    lines: list[list[Part]]
    lacks_letters: bool

    def height(self, size: float) -> float:
        """What the lines need, in inches."""
        return len(self.lines) * size * LEADING / POINTS


def lay(parts: Sequence[Part], width: float, size: float) -> LaidText:
    """Words on lines no wider than `width` inches; a line ends where the words have a line break."""
    lines: list[list[Part]] = [[]]
    room = widest = width * POINTS / size
    lacks = False
    for text, bold in parts:
        for n, paragraph in enumerate(text.split("\n")):
            if n:
                lines, room = [*lines, []], widest
            shown = drawable(one_line(paragraph), bold)
            lacks |= STAND_IN in shown and STAND_IN not in paragraph
            for k, word in enumerate(shown.split(" ")):
                for piece in _breakable([word], widest, bold):
                    may_break = k > 0 or paragraph[:1].isspace() or piece != word
                    gap = " " if may_break and lines[-1] else ""
                    if gap and width_of(gap + piece, bold) > room:
                        lines, room, gap = [*lines, []], widest, ""
                    lines[-1].append((gap + piece, bold))
                    room -= width_of(gap + piece, bold)
    return LaidText([_joined(line) for line in lines], lacks)


def _joined(line: Sequence[Part]) -> list[Part]:
    """Neighbours of one weight as one."""
    return [
        ("".join(words for words, _ in alike), bold) for bold, alike in itertools.groupby(line, lambda part: part[1])
    ]


def wrap(text: str, width: float, bold: bool) -> list[str]:
    """Lines no wider than `width` (at a size of one point); a word that is too long is broken."""
    lines, line = [], ""
    for word in _breakable(text.split(" "), width, bold):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _breakable(words: list[str], width: float, bold: bool) -> Iterator[str]:
    for word in words:
        rest = word
        while len(rest) > 1 and width_of(rest, bold) > width:
            cut = next((n for n in range(len(rest) - 1, 1, -1) if width_of(rest[:n], bold) <= width), 1)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _cut(text: str, width: float, bold: bool) -> str:
    while text and width_of(f"{text}…", bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def png(figure: Figure, title: str, description: str) -> bytes:
    """The picture as PNG, with its words inside; the same bytes each time."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    words = PngInfo()
    words.add_itxt("Title", one_line(title))
    words.add_itxt("Description", one_line(description))
    picture = _with_few_colours(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]
    data = io.BytesIO()
    picture.save(data, format="png", optimize=True, dpi=(DPI, DPI), pnginfo=words)
    return data.getvalue()


def _with_few_colours(pixels: np.ndarray) -> Image.Image:
    """The picture with a palette of its commonest colours: a third of the size, and every plain area stays exact."""
    red, green, blue = (pixels[..., n].astype(np.uint32) for n in range(3))
    colours, places, counts = np.unique(red << 16 | green << 8 | blue, return_inverse=True, return_counts=True)
    every = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)
    kept = every[np.argsort(counts, kind="stable")[::-1][:256]]
    nearest = ((every[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    picture = Image.fromarray(nearest[places].reshape(red.shape))
    picture.putpalette(kept.astype(np.uint8).tobytes())
    return picture


def svg(figure: Figure, title: str, description: str) -> bytes:
    """The picture as SVG, with its words where a screen reader finds them; the same bytes each time."""
    from lxml import etree

    data = io.BytesIO()
    figure.savefig(data, format="svg", metadata={"Date": None, "Creator": None})
    root = etree.fromstring(data.getvalue(), etree.XMLParser(remove_comments=True, no_network=True))
    space = root.nsmap[None]
    for n, (tag, text) in enumerate((("title", title), ("desc", description))):
        made = etree.Element(f"{{{space}}}{tag}", id=f"figure-{tag}")
        made.text = one_line(text)
        root.insert(n, made)
    for metadata in root.findall(f"{{{space}}}metadata"):
        root.remove(metadata)
    root.set("role", "img")
    root.set("aria-labelledby", "figure-title")
    root.set("aria-describedby", "figure-desc")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written
