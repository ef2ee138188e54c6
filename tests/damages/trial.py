"""One damage done to a copy of the sample: what is found, how the program leaves, and whether a paper is refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ExitCode, FindingsBlockError, InputError
from pipeline.evidence.jobs import Job, Outcome
from pipeline.evidence.worker import work
from pipeline.flow.judging import judge
from pipeline.flow.papers import blocking, make_paper
from pipeline.flow.publishing import sign_cycle
from pipeline.forms.reading import ReturnedForm, read_form
from pipeline.inputs.faults import Faults
from pipeline.model import Finding, Framework, Severity
from pipeline.office.limits import Limits
from pipeline.workspace import SHIPPED, Workspace
from tests.damages.kinds import CYCLE, UNREADABLE, Damage, Named
from tests.damages.verbs import link_tree

PAPERS = ("board-paper", "baf-annex", "annual-report-section")
SIGNED_ON = datetime.date(2026, 3, 20)


@dataclass(frozen=True)
class Told:
    """What the program says of a workspace."""

    named: frozenset[tuple[Named, Severity]]
    exit: ExitCode
    refused: frozenset[str] = frozenset()
    """The papers of which no final was written."""

    def beyond(self, before: Told) -> frozenset[Named]:
        """What is named here and was not named, or weighed less, before."""
        return frozenset(named for named, _ in self.named - before.named)


def sample(root: Path, library: Path) -> Workspace:
    """A copy of the sample that shares the texts read by other copies."""
    for folder in ("assessments", "evidence"):
        link_tree(SHIPPED / folder, root / folder)
    (root / "build").mkdir()
    (root / "build" / ".library").symlink_to(library)
    return Workspace(root)


def ask(ws: Workspace) -> Told:
    """Judge, and where that blocks ask for each final paper."""
    try:
        judged = judge(ws, CYCLE, rehash=True)
    except InputError as fault:
        place = Named(UNREADABLE, fault.file, fault.row)
        return Told(frozenset([(place, Severity.BLOCKER)]), fault.exit_code, frozenset(PAPERS))
    named = frozenset((Named(f.code, f.file or "", f.row), f.severity) for f in judged.findings)
    stopped = frozenset(paper for paper in PAPERS if blocking(judged.dossier, paper))
    for paper in stopped:
        _assert_refused(ws, lambda name=paper: make_paper(ws, name, judged.dossier, draft=False))
    return Told(named, ExitCode.FINDINGS_BLOCK if blocking(judged.dossier) else ExitCode.DONE, stopped)


def _assert_refused(ws: Workspace, make: Callable[[], object]) -> None:
    try:
        make()
    except FindingsBlockError:
        assert not [*ws.root.glob("build/**/*.docx")]
        return
    raise AssertionError("a final paper was made while something blocks it")


def try_damage(damage: Damage, ws: Workspace) -> Told:
    """Sign off where the damage asks for it, do it, and ask."""
    if damage.signed:
        sign_cycle(ws, CYCLE, "Director of Strategy", SIGNED_ON)
    damage.do(ws)
    return ask(ws)


def read_forms_once() -> Callable[..., ReturnedForm]:
    """Reading forms that remembers: most damages leave the forms alone, and these are what takes longest to read."""
    kept: dict[tuple[bytes, str], tuple[ReturnedForm, list[Finding]]] = {}

    def read(content: bytes, file: str, own: Mapping[str, str], framework: Framework, faults: Faults) -> ReturnedForm:
        if (content, file) not in kept:
            before = Faults(faults.papers, faults.respondent, faults.blocking)
            kept[content, file] = (read_form(content, file, own, framework, before), before.found)
        form, found = kept[content, file]
        faults.found.extend(found)
        return form

    return read


def read_here(jobs: Iterable[Job], limits: Limits, done: Callable[[], None] = lambda: None) -> Mapping[Job, Outcome]:
    """Reading without reading processes, which take long to start; they are tested by themselves."""
    return {job: work(job) for job in jobs}
