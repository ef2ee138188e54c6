"""What the readers could not understand, gathered so that one run names all of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.errors import InputError
from pipeline.inputs.dates import NotADate
from pipeline.inputs.suggest import did_you_mean, one_of, same, shown
from pipeline.inputs.yaml import Node
from pipeline.model import Finding, Place, Severity


@dataclass
class Faults:
    """Findings of one file or table. What is found in a partner's form weighs less: `blocking` is then a warning."""

    papers: tuple[str, ...] = ()
    respondent: str | None = None
    blocking: Severity = Severity.BLOCKER
    found: list[Finding] = field(default_factory=list)

    def value(self, place: Place, message: str, remedy: str, **about: str | None) -> None:
        """IN101: a value that is not allowed."""
        self.add("IN101", self.blocking, place, message, remedy, **about)

    def unknown(self, place: Place, message: str, remedy: str, **about: str | None) -> None:
        """IN102: an id that nothing has."""
        self.add("IN102", self.blocking, place, message, remedy, **about)

    def repeated(self, place: Place, message: str, remedy: str, **about: str | None) -> None:
        """IN103: an id used twice."""
        self.add("IN103", self.blocking, place, message, remedy, **about)

    def slips(self, root: Node) -> None:
        """IN101 for each value of a YAML file of which something else is read than people see."""
        for node in root.all():
            if node.slip:
                self.value(node.place, *node.slip)

    def add(self, code: str, severity: Severity, place: Place, message: str, remedy: str, **about: str | None) -> None:
        """Any finding, at its place."""
        finding = Finding(
            code,
            severity,
            place.on_its_sheet(message),
            remedy,
            file=place.file,
            row=place.row,
            field=place.field,
            respondent=self.respondent,
            papers=self.papers,
        )
        self.found.append(replace(finding, **about) if about else finding)  # type: ignore[arg-type]


def unreadable(fault: InputError, consequence: str, respondent: str | None = None) -> Finding:
    """The finding for an input that cannot be read and that the rest can do without."""
    return Finding(
        "IN101",
        Severity.BLOCKER,
        f"{consequence} {fault.what}",
        fault.remedy,
        file=fault.file or None,
        row=fault.row,
        field=fault.field,
        respondent=respondent,
    )


def note_extra_column(place: Place, named: str, levels: Sequence[str], missing: Sequence[str], faults: Faults) -> None:
    """IN106 for a column that is not known; a warning where what stands in it may be answers."""
    if not levels and not missing:
        faults.add(
            "IN106",
            Severity.NOTE,
            place,
            f"The column {named} is not one that is known here; it is left alone.",
            "Nothing needs doing, unless it should be one of the known columns.",
        )
        return
    holds = f" It holds names of levels (`{shown(levels[0])}`)." if levels else ""
    gone = (
        f" Of the known columns, {one_of(missing)} {'is' if len(missing) == 1 else 'are'} not there." if missing else ""
    )
    faults.add(
        "IN106",
        Severity.WARNING,
        place,
        f"The column {named} is not one that is known here, so it is not read.{holds}{gone}",
        "If this year's answers stand in it, give it the heading that it stands for; if not, leave it.",
    )


def date(parent: Node, key: str, faults: Faults) -> datetime.date | None:
    """An optional date."""
    node = parent.get(key)
    if node is None:
        return None
    read = node.as_date()
    if isinstance(read, NotADate):
        faults.value(node.place, read.message, read.remedy)
        return None
    return read


def choice(parent: Node, key: str, allowed: Iterable[str], faults: Faults, default: str = "") -> str:
    """An optional word out of a few."""
    node, allowed = parent.get(key), tuple(allowed)
    if node is None:
        return default
    word = next((a for a in allowed if same(a) == same(node.as_text())), None)
    if word is None:
        faults.value(
            node.place,
            f"`{shown(node.text)}` is not allowed here.",
            f"{did_you_mean(node.text, allowed)}Type {one_of(allowed)}.",
        )
        return default
    return word


def yes(parent: Node | None, key: str, faults: Faults) -> bool:
    """An optional true or false; false where absent."""
    node = parent.get(key) if parent else None
    if node is None:
        return False
    try:
        return node.as_yes()
    except InputError:
        faults.value(node.place, f"`{shown(node.text)}` is neither true nor false.", "Type `true` or `false`.")
        return False


def number(parent: Node | None, key: str, faults: Faults, default: int) -> int:
    """An optional whole number from 1 on."""
    node = parent.get(key) if parent else None
    if node is None:
        return default
    try:
        given = node.as_whole_number()
    except InputError:
        given = 0
    if given < 1:
        said = f"`{shown(node.text)}` is not a whole number from 1 on."
        faults.value(node.place, said, f"Type figures only, such as {default}.")
        return default
    return given
