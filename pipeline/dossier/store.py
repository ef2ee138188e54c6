"""How a dossier is written to dossier.json and read back, the same to the last name."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.dossier.views import SCHEMA, Dossier
from pipeline.errors import InputError, command
from pipeline.files import as_json


def dump(dossier: Dossier) -> bytes:
    """The dossier as JSON, indented for people, in a fixed order."""
    return as_json(dossier)


def load(path: Path) -> Dossier:
    """The dossier in that file. InputError where it is not one, or was written by another version."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Dossier)
    except OSError as fault:
        raise InputError(
            "there is no dossier here.", f"Build it with {command('check', 'check')}.", file=path.name
        ) from fault
    except msgspec.MsgspecError as fault:
        raise InputError(
            f"this is not a dossier of the form {SCHEMA}: {fault}.",
            f"Build it again with {command('check', 'check')}.",
            file=path.name,
        ) from fault
