"""Transcripts of meetings (.vtt, .srt): what was said, each part with the time at which it was said."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.evidence.pages import AT, EVERYTHING, Asked, Piece, Reading, page_of
from pipeline.evidence.readers.plain import content, decode
from pipeline.office.limits import UnreadableError

TIMES = re.compile(r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->\s*\S+", re.A)
SPEAKER = re.compile(r"<v(?:\.[^\s<>]{0,60})?\s{1,9}([^<>]{1,200})>")
TAG = re.compile(r"</?(?:[a-z]{1,5}|\d{1,3}:[\d:.]+)(?:[\s.][^<>]*)?>", re.I)
NO_TIMES = "it is not what its name says: it holds no times with words, as a transcript has"


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A transcript as one page; its parts are called by their times, as `00:12:30`."""
    pieces: list[Piece] = []
    speaker, shows = "", False
    for line in decode(content(path, asked)).splitlines():
        if at := TIMES.match(line):
            pieces.append(("", f"{AT}{int(at[1] or 0):02}:{int(at[2]):02}:{at[3]}"))
            shows = True
        elif not line.strip():
            shows = False
        elif shows:
            named = SPEAKER.search(line)
            said = TAG.sub("", SPEAKER.sub("", line)).strip()
            new = named is not None and named[1].strip() != speaker
            speaker = named[1].strip() if named else speaker
            pieces.append((f"{f'{speaker}: ' if new else ''}{said}\n", ""))
    if not pieces:
        raise UnreadableError(NO_TIMES)
    return Reading("transcript", 1, {1: page_of(1, pieces)})
