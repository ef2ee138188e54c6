"""Reading processes: killed, silent, noisy or slow, each costs only the file that it was reading."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.errors import ProgramMissingError
from pipeline.evidence import workers
from pipeline.evidence.jobs import Job, Outcome
from pipeline.model import CheckRequest, Verdict
from pipeline.office.limits import MIB, Limits
from tests.evidence.cases import Desk
from tests.evidence.made_office import docx
from tests.evidence.made_pdf import pdf

PATIENT = Limits(seconds=20, processes=2)
STAND_IN = """
import sys; sys.path[:] = sys.argv[1:]
import os, time
from pipeline.evidence import worker
def work(job):
    if job.name == "killed":
        os.kill(os.getpid(), 9)
    if job.name == "silent":
        time.sleep(60)
    if job.name == "noisy":
        print("noise" * 1000, flush=True)
        os.write(1, b"more noise")
    if job.name == "long":
        return jobs.Outcome(fault="x" * 2_000_000)
    if job.name == "greedy":
        return jobs.Outcome(fault=str(len(bytearray(job.limits.memory))))
    if job.name == "spinning":
        while True:
            pass
    if job.name == "rambling":
        return "found"
    if job.name == "leaves":
        os._exit(0)
    return true_work(job)
true_work, worker.work = worker.work, work
worker.main()
"""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(workers, "START", STAND_IN)
    monkeypatch.setattr(workers, "ANSWER_SIZE", 1_000_000)
    path = tmp_path / "plan.docx"
    path.write_bytes(docx("The Board agreed the plan."))

    def read(*names: str, limits: Limits = PATIENT, done: Callable[[], None] = lambda: None) -> dict[str, Outcome]:
        jobs = [
            Job(str(path), name, f"{n}", (CheckRequest(quotation="agreed"),), "", limits)
            for n, name in enumerate(names)
        ]
        outcomes = workers.run(jobs, limits, done)
        return {job.name: outcomes[job] for job in jobs}

    return read


def sound(outcome: Outcome) -> bool:
    return [s.verdict for s in outcome.check_results] == [Verdict.FOUND]


BROKE_DOWN = "it is damaged or too large: the program that reads it broke down on it"


@pytest.mark.parametrize("trouble", ["killed", "leaves"])
def test_a_process_that_dies_costs_its_own_file(read, trouble: str) -> None:  # type: ignore[no-untyped-def]
    outcomes = read("a.docx", trouble, "b.docx", "c.docx", "d.docx")
    assert outcomes[trouble].fault == BROKE_DOWN
    assert all(sound(outcomes[name]) for name in ("a.docx", "b.docx", "c.docx", "d.docx"))


def test_what_is_said_of_a_file_does_not_depend_on_what_this_process_holds(read) -> None:  # type: ignore[no-untyped-def]
    held = bytearray(400_000_000)
    assert read("killed")["killed"].fault == BROKE_DOWN
    assert held


@pytest.mark.parametrize("trouble", ["silent", "spinning"])
def test_a_process_that_hangs_is_ended_in_time(read, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(workers, "PATIENCE", 3.0)
    outcomes = read(trouble, "a.docx", "b.docx", limits=Limits(seconds=0.8, processes=2))
    assert outcomes[trouble].fault == "it took too long to read (more than 0.8 seconds)"
    assert sound(outcomes["a.docx"]) and sound(outcomes["b.docx"])


def test_a_fault_of_the_moment_is_not_kept(read, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(workers, "PATIENCE", 1.0)
    slow = desk.document("silent", docx("The Board agreed the plan."))
    good = desk.document("good.docx", docx("The plan was agreed."))
    cited = desk.cite(slow, "agreed the plan")
    also = desk.cite(good, "plan was agreed")

    case = desk.follow(limits=Limits(seconds=2))
    assert case.copies[slow].fault == "it took too long to read (more than 2 seconds)"
    assert case.check_results[also].verdict is Verdict.FOUND

    monkeypatch.undo()
    assert desk.follow(limits=Limits(seconds=20)).check_results[cited].verdict is Verdict.FOUND


@pytest.mark.skipif(find_spec("resource") is None, reason="this system gives a process no limit of memory")
def test_a_process_gets_no_more_memory_than_one_document_may_take(read) -> None:  # type: ignore[no-untyped-def]
    outcomes = read("greedy", "a.docx", limits=Limits(memory=400 * MIB))
    assert "too large" in outcomes["greedy"].fault
    assert sound(outcomes["a.docx"])


def test_what_a_library_prints_does_not_reach_the_answers(read) -> None:  # type: ignore[no-untyped-def]
    outcomes = read("noisy", "a.docx")
    assert sound(outcomes["a.docx"])
    assert "noise" not in str(outcomes["noisy"])


def test_an_endless_answer_is_cut_off(read) -> None:  # type: ignore[no-untyped-def]
    outcomes = read("long", "a.docx")
    assert "too large" in outcomes["long"].fault
    assert sound(outcomes["a.docx"])


def test_every_file_may_be_the_worst(read) -> None:  # type: ignore[no-untyped-def]
    assert set(read("killed").values()) == {Outcome(fault=BROKE_DOWN, passing=True)}


def test_no_process_outlives_the_run(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def watched(*given, **named):  # type: ignore[no-untyped-def]
        started.append(popen(*given, **named))
        return started[-1]

    monkeypatch.setattr(workers.subprocess, "Popen", watched)
    read("a.docx", "killed", "b.docx")
    assert len(started) >= 2
    for process in started:
        assert process.returncode is not None
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)


def test_nothing_to_read_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers.subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    assert workers.run([], Limits()) == {}


def test_an_interruption_ends_every_process_and_reads_nothing_more(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen
    monkeypatch.setattr(workers.subprocess, "Popen", lambda *g, **n: started.append(popen(*g, **n)) or started[-1])

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read("a.docx", "silent", *["silent"] * 5, done=interrupted)
    assert started and all(process.returncode is not None for process in started)


def test_a_reader_that_cannot_be_started_is_told(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(workers, "START", "raise SystemExit(1)")
    with pytest.raises(ProgramMissingError, match="did not start"):
        read("a.docx", "b.docx")


def test_an_answer_that_is_none_of_ours_is_a_breakdown(read) -> None:  # type: ignore[no-untyped-def]
    outcomes = read("rambling", "a.docx")
    assert outcomes["rambling"].fault == BROKE_DOWN
    assert sound(outcomes["a.docx"])


def test_starting_a_reading_process_loads_nothing_heavy() -> None:
    """A process is started for each run, so it must be cheap."""
    code = "import sys; import pipeline.evidence.worker; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pypdfium2", "pypdf", "openpyxl", "pandas", "docx", "lxml", "yaml", "distributed", "rapidfuzz", "sqlite3"}
    assert heavy.isdisjoint(loaded)
    assert "pipeline.read" not in loaded


def test_a_wrong_quotation_costs_a_long_document_only_itself(desk: Desk) -> None:
    pages = [f"Page {n} of the minutes: the committee heard item {n} and agreed it." for n in range(1, 1001)]
    document = desk.document("minutes.pdf", pdf(pages))
    right = desk.cite(document, "the committee heard item 950 and agreed it", (1, 1000))
    wrong = [desk.cite(document, f"the committee heard item {n} and refused it", (1, 1000)) for n in (12,)]
    nowhere = desk.cite(document, "penguins were counted along the whole of the northern shore")
    case = desk.follow()
    assert not case.copies[document].fault
    assert (case.check_results[right].verdict, case.check_results[right].page) == (Verdict.FOUND, 950)
    assert [case.check_results[citation].verdict for citation in wrong] == [Verdict.NOT_FOUND]
    assert case.check_results[nowhere].verdict is Verdict.NOT_FOUND


def test_a_citation_that_takes_too_long_leaves_the_others_their_answers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = """
import sys; sys.path[:] = sys.argv[1:]
from pipeline.evidence import worker
def answer(question, texts):
    while question.quotation == "penguins along the shore":
        pass
    return true_answer(question, texts)
true_answer, worker.answer = worker.answer, answer
worker.main()
"""
    monkeypatch.setattr(workers, "START", slow)
    document = desk.document("a.docx", docx("The Board agreed the plan."))
    endless, right = desk.cite(document, "penguins along the shore"), desk.cite(document, "agreed the plan")
    for _ in range(2):  # read, and kept
        case = desk.follow(limits=Limits(seconds=1.5))
        assert case.check_results[right].verdict is Verdict.FOUND
        assert case.check_results[endless].verdict is Verdict.NOT_CHECKABLE
        assert "given up" in case.check_results[endless].reason
        monkeypatch.undo()
