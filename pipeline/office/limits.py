"""How much one evidence file may cost before it is left alone."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What reading one file may take. Sizes in bytes, unless said otherwise."""

    seconds: float = 30.0
    """Computing time for one document, everything included."""
    second_try: float = 8.0
    """Of that, the seconds that the slower second reading of a PDF may take."""
    recognition: float = 90.0
    """Seconds that text recognition may take for one document; 0 leaves pictures of words alone."""
    memory: int = 1024 * MIB
    """Address space of a reading process."""
    file: int = 1024 * MIB
    """A larger file is not opened."""
    unpacked: int = 128 * MIB
    """What one Office file may unpack to, counted while it is read."""
    text: int = 20_000_000
    """Characters of text that one document may give."""
    cells: int = 1_000_000
    """Filled cells that one workbook may hold."""
    processes: int = 0
    """Reading processes; 0: one a core, four at most."""


DEFAULT = Limits()


ENCRYPTED = "it is encrypted: a password is needed to open it"


class UnreadableError(Exception):
    """The file cannot be read; the words say why, so that they can follow "cannot be read: "."""


class UncheckableError(Exception):
    """The file is sound, but of a kind that holds no words for a program to check."""


class ProgramAbsentError(UncheckableError):
    """The file is sound, and the program that reads its kind is not installed here."""
