"""share.json and compare.html: what is written for others and read from others with care."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.dossier.peers import (
    MOVED,
    NOT_ASSESSED,
    SCHEMA,
    Comparison,
    Share,
    SharedStatement,
    described,
    level_counts,
    share,
)
from pipeline.dossier.views import SCHEMA as DOSSIER
from pipeline.dossier.views import Dossier
from pipeline.errors import InputError
from pipeline.files import as_csv, as_json
from pipeline.model import Framework
from pipeline.publish.pages import render_page

T = TypeVar("T")
NAME = "share.json"
MOST_BYTES = 64_000_000
ROLES = ("team", "board", "partner")
ASK = "Ask the organisation to make it again with `boardpack share`, and to send the file as it is."


@dataclass(frozen=True)
class _Kind:
    schema: str = ""


def dump(shared: Share) -> bytes:
    """The share as JSON, indented for people, in a fixed order."""
    return as_json(shared)


def load(path: Path, named: str) -> Share:
    """What an organisation shares, from its share.json, or from its dossier.json, which is reduced in the same way."""
    content = _read(path, named)
    kind = _decoded(content, _Kind, named).schema
    if kind == DOSSIER:
        content = dump(share(_decoded(content, Dossier, named)))
    elif kind != SCHEMA:
        raise InputError(f"this file is neither a share ({SCHEMA}) nor a dossier ({DOSSIER}).", ASK, file=named)
    shared = _decoded(content, Share, named)
    fault = _fault(shared)
    if fault:
        raise InputError(fault, ASK, file=named)
    return shared


def _read(path: Path, named: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"this file cannot be read: {error.strerror or error}.", ASK, file=named) from error
    if len(content) > MOST_BYTES:
        raise InputError(f"this file is larger than {MOST_BYTES // 1_000_000} MB, which no share is.", ASK, file=named)
    return content


def _decoded(content: bytes, kind: type[T], named: str) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        raise InputError(f"something in this file is not as a share has it: {error}.", ASK, file=named) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"this file is not JSON that can be read: {error}.", ASK, file=named) from error


def _fault(shared: Share) -> str:
    """What in a share contradicts itself; empty where nothing does."""
    if shared.audience != "public":
        return "it does not say that it is public."
    names = {level.id: level.name for level in shared.levels}
    repeated = (
        _twice("level", (level.id for level in shared.levels))
        or _twice("level", (level.name for level in shared.levels))
        or _twice("section", (s.id for s in shared.sections))
        or _twice("statement", (s.id for s in shared.statements))
    )
    sections = {s.id for s in shared.sections}
    return repeated or next((fault for s in shared.statements if (fault := _fault_of(s, sections, names))), "")


def _twice(what: str, ids: Iterable[str]) -> str:
    again = [ident for ident, number in Counter(ids).items() if number > 1]
    return f"the {what} `{again[0]}` stands in it twice." if again else ""


def _fault_of(statement: SharedStatement, sections: set[str], names: Mapping[str, str]) -> str:
    ident = statement.id
    if statement.section not in sections:
        return f"the statement `{ident}` stands in no section of it."
    if statement.reported != (names.get(statement.level_id) if statement.level_id else NOT_ASSESSED):
        return f"the level of `{ident}` is none of its levels."
    known = {*names.values(), NOT_ASSESSED}
    if any(role not in ROLES or level not in known for role, level in statement.views.items()):
        return f"a view on `{ident}` is none of its levels."
    return ""


def refuse_unlike(shares: Sequence[tuple[str, Share]]) -> None:
    """Only what was measured with one framework can stand side by side. InputError names the files that differ."""
    first, one = shares[0]
    seen: dict[tuple[str, str], str] = {}
    for named, other in shares:
        for what, mine, theirs in _measures(one, other):
            if mine != theirs:
                raise InputError(
                    f"{first} and {named} cannot be compared: their {what} differ ({mine} and {theirs}).",
                    "Compare only organisations that used the same version of the same framework.",
                )
        again = seen.setdefault((other.organisation, other.cycle), named)
        if again != named or [n for n, _ in shares].count(named) > 1:
            raise InputError(
                f"{again} and {named} are both of {other.organisation}, {other.cycle}.", "Name each of them once."
            )


def _measures(one: Share, other: Share) -> tuple[tuple[str, str, str], ...]:
    scale = [", ".join(f"{level.name}" for level in s.levels) for s in (one, other)]
    ids = [", ".join(f"{level.id}" for level in s.levels) for s in (one, other)]
    return (
        ("frameworks", one.framework_id, other.framework_id),
        ("versions of the framework", one.framework_version, other.framework_version),
        ("levels", scale[0], scale[1]),
        ("ids of levels", ids[0], ids[1]),
    )


COLUMNS = (
    "statement",
    "short name",
    "section",
    "organisation",
    "cycle",
    "reported level",
    "evidence",
    "beside the level",
    "movement",
    "team",
    "board",
    "partners",
    "spread",
    "worded differently",
    "audience",
)


def compare_page(comparison: Comparison, pictures: Sequence[str]) -> bytes:
    """The comparison as one page that fetches nothing. `pictures` are the files that lie beside it."""
    return render_page(
        "compare.html",
        len(comparison.levels),
        comparison=comparison,
        first=comparison.peers[0],
        counts=[level_counts(comparison, n) for n in range(len(comparison.peers))],
        moved=[_moved(comparison, n) for n in range(len(comparison.peers))],
        pictures=pictures,
        picture_words=described(comparison),
        reworded=any(c.worded_differently for s in comparison.statements for c in s.cells),
    )


@dataclass(frozen=True)
class PlanLevels:
    """One paper or plan and the level of each cell that was asked of it, by name."""

    subject: str
    meeting: datetime.date
    levels: Mapping[str, str]


def plans_page(framework: Framework, plans: Sequence[PlanLevels]) -> bytes:
    """Plans side by side, with the cells that at least one of them was asked."""
    asked = {cell for plan in plans for cell in plan.levels}
    return render_page(
        "plans.html",
        len(framework.levels),
        framework=framework,
        names=[level.name for level in framework.levels],
        plans=plans,
        statements=[s for s in framework.statements if s.id in asked],
    )


def _moved(comparison: Comparison, place: int) -> dict[str, str]:
    said = [s.cells[place].movement for s in comparison.statements]
    counts = {way: sum(m.startswith(f"moved {way}") for m in said) for way in ("up", "down")}
    compared = any(counts.values()) or MOVED["same"] in said
    return {way: f"{number:,}" if number else "none" if compared else "not compared" for way, number in counts.items()}


def compare_csv(comparison: Comparison) -> bytes:
    """A row for each statement and organisation."""
    return as_csv(COLUMNS, _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[Sequence[str]]:
    for section in comparison.sections:
        for statement in section.statements:
            for peer, cell in zip(comparison.peers, statement.cells, strict=True):
                views = dict(cell.views)
                yield (
                    statement.id,
                    statement.short,
                    section.title,
                    peer.organisation,
                    peer.cycle,
                    cell.level,
                    cell.standing,
                    cell.qualifier,
                    cell.movement,
                    views.get("team", ""),
                    views.get("Board", ""),
                    views.get("partners", ""),
                    statement.spread,
                    "yes" if cell.worded_differently else "",
                    "public",
                )
