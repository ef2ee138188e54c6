"""What was read is kept by digest: the answers are the same with it and without it, and nothing harms it."""

from __future__ import annotations

import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.evidence import workers
from pipeline.evidence.pages import Page, Reading
from pipeline.evidence.texts import TextCache
from pipeline.model import Case, Verdict
from tests.evidence.cases import DAY, Desk
from tests.evidence.made_office import docx, words_cell, xlsx
from tests.evidence.made_pdf import SCAN, pdf

DIGEST = "ab" * 32


def busy(desk: Desk) -> list[str]:
    """Citations of every outcome, of several types."""
    report = desk.document("a.pdf", pdf(["One page of words.", "Uptake rose to 61%.", SCAN]))
    plan = desk.document("b.docx", docx("The Board agreed the plan.", "It runs on."))
    book = desk.document("c.xlsx", xlsx({"Data": [[words_cell("A1", "North ward")]]}))
    bad = desk.document("d.pdf", b"%PDF-1.7 broken")
    desk.cite(report, "Uptake rose to 61%", 2)
    desk.cite(report, "Uptake rose to 61%", 1)
    desk.cite(report, "Uptake rose to 71%", 2)
    desk.cite(report, "signed", 3)
    desk.cite(report, None, 9)
    desk.cite(plan, "agreed the plan", 4)
    desk.cite(plan, "rejected the plan")
    desk.cite(book, "North ward", sheet="Data")
    desk.cite(bad, "words", 1)
    return [report, plan, book, bad]


@pytest.mark.usefixtures("here")
def test_answers_are_the_same_cold_and_warm(desk: Desk) -> None:
    busy(desk)
    cold = desk.follow()
    warm = desk.follow()
    shutil.rmtree(desk.ws.library)
    assert warm == cold == desk.follow()


@pytest.mark.usefixtures("here")
def test_a_new_question_to_a_kept_document_gets_the_same_answer(desk: Desk, tmp_path: Path) -> None:
    """One citation at a time, over a library that grows, as against all at once without one."""
    busy(desk)
    del desk.citations[5:]
    whole = desk.follow()
    shutil.rmtree(desk.ws.library)
    citations, desk.citations = desk.citations, []
    for citation in citations:
        desk.citations.append(citation)
        desk.follow()
    assert desk.follow().check_results == whole.check_results


@pytest.mark.usefixtures("here")
def test_nothing_is_opened_when_nothing_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(desk)
    before = desk.follow()
    monkeypatch.setattr(workers, "run", lambda *_: pytest.fail("a document was opened"))
    assert desk.follow() == before


@pytest.mark.usefixtures("here")
def test_only_the_document_that_changed_is_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    report, *_ = busy(desk)
    desk.follow()
    desk.put("a.pdf", pdf(["One page of words.", "Uptake rose to 71%."]))
    opened: list[str] = []
    run = workers.run

    def watched(jobs, *rest):  # type: ignore[no-untyped-def]
        opened.extend(job.name for job in jobs)
        return run(jobs, *rest)

    monkeypatch.setattr(workers, "run", watched)
    case = desk.follow()
    assert opened == ["a.pdf"]
    assert case.check_results[desk.citations[0]].verdict is Verdict.NOT_FOUND
    assert case.check_results[desk.citations[2]].verdict is Verdict.FOUND
    assert report in case.copies


@pytest.mark.usefixtures("here")
def test_the_name_is_part_of_what_is_known(desk: Desk) -> None:
    """The same bytes are a sound PDF under one name and not what they seem under another."""
    good = desk.document("a.pdf", pdf(["The plan"]))
    bad = desk.document("a.docx", pdf(["The plan"]))
    for evidence in (good, bad):
        desk.cite(evidence, "The plan")
    for case in (desk.follow(), desk.follow()):
        assert case.copies[good].fault == "" and "not what its name says" in case.copies[bad].fault


@pytest.mark.usefixtures("here")
def test_a_person_who_has_looked_counts_at_once(desk: Desk) -> None:
    scan = desk.document("a.pdf", pdf([SCAN]))
    cited = desk.cite(scan, "agreed", 1)
    assert desk.follow().check_results[cited].verdict is Verdict.NOT_CHECKABLE
    desk.register[0] = replace(desk.register[0], checked_by="Head of Governance", checked_on=DAY)
    assert desk.follow().check_results[cited].verdict is Verdict.SEEN_BY_A_PERSON


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("harm", ["cut", "nonsense", "another shape", "not to be read"])
def test_a_harmed_library_costs_time_and_nothing_else(desk: Desk, harm: str) -> None:
    report = desk.document("a.pdf", pdf(["One page of words.", "Uptake rose to 61%."]))
    desk.cite(report, "Uptake rose to 61%", 1)
    before = desk.follow()
    for path in sorted(desk.ws.library.rglob("*.json")):
        content = path.read_bytes()
        path.unlink()
        if harm == "not to be read":
            path.mkdir()
        else:
            spoilt = {"cut": content[: len(content) // 2], "nonsense": b"\xff\x00", "another shape": b'{"pages": 3}'}
            path.write_bytes(spoilt[harm])
    assert desk.follow() == before


def test_a_library_that_cannot_be_written_is_done_without(desk: Desk) -> None:
    busy(desk)
    desk.ws.library.parent.mkdir()
    desk.ws.library.write_text("a file where the folder should be")
    case = desk.follow()
    assert case.check_results[desk.citations[0]].verdict is Verdict.FOUND
    assert desk.follow() == case


def test_two_runs_at_once_both_get_their_answers(desk: Desk) -> None:
    busy(desk)
    cases: list[Case] = []
    runs = [threading.Thread(target=lambda: cases.append(desk.follow())) for _ in range(3)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert len(cases) == 3 and cases[0] == cases[1] == cases[2]
    assert not list(desk.ws.library.rglob(".*"))


@pytest.mark.usefixtures("here")
def test_known_digests_spare_hashing_only_while_size_and_time_agree(desk: Desk) -> None:
    path = desk.put("a.pdf", pdf(["The plan"]))
    evidence = desk.document("a.pdf")
    true = desk.follow().copies[evidence].sha256
    seen = path.stat()
    key = "evidence/a.pdf"
    same = {key: (seen.st_size, seen.st_mtime_ns, DIGEST)}
    assert desk.follow(known_digests=same).copies[evidence].sha256 == DIGEST
    for changed in ((seen.st_size + 1, seen.st_mtime_ns, DIGEST), (seen.st_size, seen.st_mtime_ns + 1, DIGEST)):
        assert desk.follow(known_digests={key: changed}).copies[evidence].sha256 == true


@pytest.mark.usefixtures("here")
def test_a_final_paper_hashes_what_is_cited_once_more(desk: Desk) -> None:
    """A file changed behind its date is noticed where it is cited."""
    path = desk.put("a.pdf", pdf(["The plan of 2025"]))
    evidence = desk.document("a.pdf")
    idle = desk.document("b.pdf", pdf(["Another"]))
    cited = desk.cite(evidence, "plan of 2025", 1)
    copies = desk.follow().copies
    stats = {e: (desk.ws.evidence / f).stat() for e, f in ((evidence, "a.pdf"), (idle, "b.pdf"))}
    known = {
        f"evidence/{f}": (stats[e].st_size, stats[e].st_mtime_ns, copies[e].sha256)
        for e, f in ((evidence, "a.pdf"), (idle, "b.pdf"))
    }
    path.write_bytes(pdf(["The plan of 2026"]))
    os.utime(path, ns=(stats[evidence].st_atime_ns, stats[evidence].st_mtime_ns))
    assert desk.follow(known_digests=known).check_results[cited].verdict is Verdict.FOUND
    assert desk.follow(known_digests=known, rehash=True).check_results[cited].verdict is Verdict.NOT_FOUND


def test_pages_are_added_to_what_is_kept(tmp_path: Path) -> None:
    library = TextCache(tmp_path, "v")
    library.keep(DIGEST, Reading("pdf", 3, {1: Page(1, "one")}, paged=True))
    library.keep(DIGEST, Reading("pdf", 3, {3: Page(3, "three", label="iii")}, paged=True))
    kept = library.reading(DIGEST, "pdf")
    assert kept is not None and sorted(kept.pages) == [1, 3] and kept.pages[3].label == "iii" and kept.paged
    assert library.reading(DIGEST, "word") is None
    assert TextCache(tmp_path, "another version").reading(DIGEST, "pdf") is None


def test_text_that_is_no_proper_text_is_kept_all_the_same(tmp_path: Path) -> None:
    library = TextCache(tmp_path, "v")
    library.keep(DIGEST, Reading("text", 1, {1: Page(1, "half \ud800 a pair, a nul \0 and \u2028")}))
    kept = library.reading(DIGEST, "text")
    assert kept is not None and "a nul \0 and \u2028" in kept.pages[1].text


def test_an_interrupted_write_leaves_the_old_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = TextCache(tmp_path, "v")
    library.store(DIGEST, "x", {"a": 1})

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        library.store(DIGEST, "x", {"a": 2})
    assert library.load(DIGEST, "x", dict) == {"a": 1}
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".json"]
