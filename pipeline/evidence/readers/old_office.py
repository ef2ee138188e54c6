"""Old Word documents and PowerPoint presentations, which LibreOffice turns into new ones where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ProgramMissingError
from pipeline.evidence.pages import EVERYTHING, Asked, Reading
from pipeline.evidence.readers import slides, word
from pipeline.office.libreoffice import QUIET, find_office, profile_in, stop, surroundings, without_network
from pipeline.office.limits import ProgramAbsentError, UnreadableError

SECONDS = 60.0
"""An ordinary document takes three."""
CONVERTED = "it is read as LibreOffice turns it into a newer file"
NEEDED = "{}: its words can be checked where LibreOffice is installed, or once it is saved as .{}"


def read_word(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """An old Word document (.doc) as one page of text."""
    return _converted(path, asked, "an old Word document (.doc)", "doc", "docx", word.read)


def read_slides(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """An old PowerPoint presentation (.ppt), slide by slide."""
    return _converted(path, asked, "an old PowerPoint presentation (.ppt)", "ppt", "pptx", slides.read)


def _converted(
    path: Path, asked: Asked, called: str, old: str, new: str, read: Callable[[Path, Asked], Reading]
) -> Reading:
    try:
        office = find_office()
    except ProgramMissingError as error:
        raise ProgramAbsentError(NEEDED.format(called, new)) from error
    with tempfile.TemporaryDirectory(prefix="boardpack-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        copy = Path(shutil.copyfile(path, folder / f"document.{old}"))
        profile = f"-env:UserInstallation={profile_in(folder / 'profile').as_uri()}"
        command = [
            *without_network(),
            str(office),
            profile,
            *QUIET,
            "--convert-to",
            new,
            "--outdir",
            scratch,
            str(copy),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            start_new_session=True,
        )
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError("it took too long to read: LibreOffice did not come to an end with it") from error
        finally:
            stop(process)
        made = folder / f"document.{new}"
        if not made.is_file():
            raise UnreadableError("it is damaged: LibreOffice cannot open it")
        reading = read(made, replace(asked, pages=None))  # all at once: to turn it again would take as long
    return replace(reading, remarks=(*reading.remarks, CONVERTED))
