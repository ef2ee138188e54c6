"""Text recognition: what the picture of a page says, by Tesseract where it is installed, else by RapidOCR.

Both run as programs of their own, on a picture made here; neither sees the document, and neither uses the network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.evidence import NO_ENGINE
from pipeline.office.cache import installed_version
from pipeline.office.limits import MIB

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
"""A letter of ten points is then high enough for either engine; more is slower and reads no better."""
MOST_DOTS = 24_000_000
"""Of one picture: a drawing of two metres is made smaller."""
WINDOWS = ("C:/Program Files/Tesseract-OCR/tesseract.exe", "C:/Program Files (x86)/Tesseract-OCR/tesseract.exe")
"""Its installer for Windows does not tell the system where it is."""
RAPID = "import sys; sys.path[:] = sys.argv[1:]; from pipeline.office.recognition import rapid; rapid()"
RAPID_MEMORY = 4096 * MIB
"""Address space; it fills less than a quarter of it."""
GAP = 2.5
"""Heights of a line: what is farther below belongs to another column."""


class RecognitionError(Exception):
    """The engine gave no answer for a picture."""


@dataclass(frozen=True)
class Engine:
    """An engine by its name and version, which are part of the answer, and its command."""

    name: str
    command: tuple[str, ...]

    def read(self, picture: Image, seconds: float) -> str:
        """The words of a picture, line by line."""
        dots = BytesIO()
        picture.save(dots, "PPM")
        try:
            said = subprocess.run(
                self.command,
                input=dots.getvalue(),
                capture_output=True,
                timeout=seconds,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise RecognitionError(str(error)) from error
        return said.stdout.decode("utf-8", errors="replace")


@cache
def engine() -> Engine | None:
    """The engine that is installed here; None where there is none."""
    return _tesseract() or _rapid()


def engine_name() -> str:
    """Its name and version, as `Tesseract 5.3.0`; `none` where there is none."""
    found = engine()
    return found.name if found else NO_ENGINE


def _tesseract() -> Engine | None:
    program = shutil.which("tesseract") or next((path for path in WINDOWS if Path(path).is_file()), "")
    if not program:
        return None
    try:
        said = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    number = (said.stdout or said.stderr).decode("ascii", errors="ignore").split()[1:2]
    command = (program, "stdin", "stdout", "-l", "eng", "--psm", "3", "--dpi", str(DPI))
    return Engine(f"Tesseract {number[0].lstrip('v')}", command) if number else None


def _rapid() -> Engine | None:
    if not (find_spec("rapidocr") and find_spec("onnxruntime")):
        return None
    name = f"RapidOCR {installed_version('rapidocr')} with onnxruntime {installed_version('onnxruntime')}"
    return Engine(name, (sys.executable, "-S", "-c", RAPID, *sys.path))


def rapid() -> None:
    """What the process of RapidOCR does: a picture on standard input, its lines on standard output."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (RAPID_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    import logging

    import numpy
    from PIL import Image
    from rapidocr import RapidOCR

    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what the library prints is no answer
    logging.disable(logging.CRITICAL)
    threads = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
    with Image.open(BytesIO(sys.stdin.buffer.read())) as picture:
        seen = RapidOCR(params=threads)(numpy.asarray(picture.convert("RGB")))
    boxes = seen.boxes if seen.boxes is not None else ()
    lines = [
        (min(p[0] for p in box), min(p[1] for p in box), max(p[0] for p in box), max(p[1] for p in box), text)
        for box, text in zip(boxes, seen.txts or (), strict=False)
    ]
    out.write("\n\n".join("\n".join(column) for column in in_columns(lines)).encode("utf-8"))
    out.flush()


Line = tuple[float, float, float, float, str]
"""Left, top, right and bottom of a line, and what it says."""


def in_columns(lines: Iterable[Line]) -> Sequence[Sequence[str]]:
    """Lines in reading order, column by column: each goes below the one that it stands under."""
    columns: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one[1], one[0])):
        above = [column for column in columns if _is_under(line, column[-1])]
        if above:
            min(above, key=lambda column: abs(column[-1][0] - line[0])).append(line)
        else:
            columns.append([line])
    return [[text for *_, text in column] for column in columns]


def _is_under(line: Line, other: Line) -> bool:
    shared = min(line[2], other[2]) - max(line[0], other[0])
    narrower = min(line[2] - line[0], other[2] - other[0])
    height = line[3] - line[1]
    return shared > narrower / 2 and other[3] - height / 2 < line[1] + height / 2 < other[3] + GAP * height
