"""No file can hurt us: each bad one costs only itself, and is reported with its true reason."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from pipeline.dossier.citations import view_citation
from pipeline.dossier.tables import view_documents
from pipeline.evidence import workers
from pipeline.evidence.jobs import Job, Outcome
from pipeline.model import CheckRequest, Verdict
from pipeline.office.limits import MIB, Limits
from tests.evidence import hostile
from tests.evidence.cases import Desk
from tests.evidence.made_office import cell, docx, relations, words_cell, xlsx
from tests.evidence.made_pdf import pdf

LIMITS = Limits(seconds=30, memory=320 * MIB, unpacked=8 * MIB, cells=20_000, text=3_000_000, processes=2)
CASES = {
    **{name: (make, file) for name, (make, file, _) in hostile.DEADLY.items()},
    **{name: (make, file) for name, (make, file, _) in hostile.HARMLESS.items()},
    **hostile.HEAVY,
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Every hostile file read in one go, as a run reads them."""
    jobs = {}
    for number, (name, (make, file)) in enumerate(CASES.items()):
        path = tmp_path_factory.mktemp(f"f{number}") / file
        path.write_bytes(make())
        words = hostile.HARMLESS[name][2] if name in hostile.HARMLESS else "The Board agreed the plan"
        jobs[name] = Job(str(path), file, "", (CheckRequest(quotation=words),), "", LIMITS)
    done = workers.run(jobs.values(), LIMITS)
    return {name: done[job] for name, job in jobs.items()}


@pytest.mark.parametrize("name", hostile.DEADLY)
def test_the_true_reason_is_given(outcomes: dict[str, Outcome], name: str) -> None:
    _, _, words = hostile.DEADLY[name]
    outcome = outcomes[name]
    assert not outcome.check_results
    assert all(word in outcome.fault for word in words), outcome.fault


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_what_only_looks_bad_is_read(outcomes: dict[str, Outcome], name: str) -> None:
    outcome = outcomes[name]
    assert not outcome.fault
    assert [s.verdict for s in outcome.check_results] == [Verdict.FOUND]


def test_heavy_files_end_with_a_reason_or_with_an_answer(outcomes: dict[str, Outcome]) -> None:
    assert "too large" in outcomes["drawing of two gigabytes"].fault
    assert "damaged" in outcomes["deep page tree"].fault
    strokes = outcomes["millions of strokes"]
    assert strokes.fault or strokes.check_results[0].verdict is Verdict.NOT_FOUND


def test_reasons_are_plain_words(outcomes: dict[str, Outcome]) -> None:
    for outcome in outcomes.values():
        said = outcome.fault or outcome.uncheckable
        assert (
            not any(odd in said for odd in ("Error", "Exception", "Traceback", "{", "zip", "PK")) or "archive" in said
        )


def test_one_bad_file_among_many_costs_only_itself(desk: Desk) -> None:
    bad = desk.document("bad.pdf", hostile.flate_bomb())
    good = [desk.document(f"good{n}.pdf", pdf([f"Minute {n} was agreed."])) for n in range(6)]
    desk.cite(bad, "agreed", 1)
    cited = [desk.cite(e, f"Minute {n} was agreed", 1) for n, e in enumerate(good)]

    case = desk.follow(limits=Limits(memory=320 * MIB, processes=2))

    assert "too large" in case.copies[bad].fault
    assert [case.check_results[c].verdict for c in cited] == [Verdict.FOUND] * 6


def test_what_was_too_large_is_read_once_more_may_be_read(desk: Desk) -> None:
    book = desk.document("data.docx", docx(*["The plan was agreed. " * 40] * 100))
    cited = desk.cite(book, "plan was agreed")
    assert "too large" in desk.follow(limits=Limits(unpacked=20_000)).copies[book].fault
    assert desk.follow(limits=Limits()).check_results[cited].verdict is Verdict.FOUND


@pytest.mark.parametrize("make", ["fifo", "folder"])
def test_what_is_not_a_file_is_never_opened(desk: Desk, make: str) -> None:
    path = desk.ws.evidence / "plan.pdf"
    if make == "fifo":
        os.mkfifo(path)
    else:
        path.mkdir()
    copy = desk.copy_of(desk.document("plan.pdf"))
    assert ("pipe" if make == "fifo" else "a folder") in copy.fault
    assert not copy.missing and not copy.outside


def test_what_is_embedded_or_lies_elsewhere_is_left_alone_and_told(desk: Desk) -> None:
    rels = relations(
        {"rId1": ("attachedTemplate", "http://127.0.0.1:9/t.dotx"), "rId2": ("header", "file:///etc/passwd"),
         "rId3": ("hyperlink", "https://example.nhs.uk")},
        outside=("rId1", "rId2", "rId3"),
    )  # fmt: skip
    parts = {"word/_rels/document.xml.rels": rels, "word/embeddings/a.bin": b"MZ", "word/vbaProject.bin": b"x"}
    document = desk.document("plan.docm", docx("The plan was agreed.", parts=parts))
    assert desk.check_result(document, "plan was agreed").verdict is Verdict.FOUND
    assert desk.check_result(document, "root").verdict is Verdict.NOT_FOUND
    for copy in (desk.follow().copies[document], desk.follow().copies[document]):
        assert copy.remarks == (
            "it holds 1 embedded file, not opened",
            "it points to 2 files elsewhere, not fetched",
            "it holds macros, not run",
        )


def test_what_readers_say_of_documents_reaches_the_trail(desk: Desk) -> None:
    changed = docx("<w:p><w:ins><w:r><w:t>The plan was agreed.</w:t></w:r></w:ins></w:p>")
    formulas = xlsx({"Sums": [[words_cell("A1", "The plan was agreed."), cell("B1", "", formula="SUM(C1:C9)")]]})
    said = {"a.docx": (changed, "tracked changes"), "a.xlsx": (formulas, "1 formula in it has no result")}
    cited = {desk.cite(desk.document(name, made), "plan was agreed"): why for name, (made, why) in said.items()}
    case = desk.follow()
    for citation, why in cited.items():
        view = view_citation(case, citation)
        assert view.verdict == Verdict.FOUND.value
        assert why in " ".join(view.remarks)
    assert [bool(document.remarks) for document in view_documents(case)] == [True, True]


def test_scripts_and_attachments_of_a_pdf_are_left_alone_and_told(desk: Desk) -> None:
    names = b" /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    made = pdf(["The plan was agreed."]).replace(b"/Type /Catalog", b"/Type /Catalog" + names)
    document = desk.document("plan.pdf", made)
    assert desk.check_result(document, "plan was agreed").verdict is Verdict.FOUND
    assert desk.follow().copies[document].remarks == ("it holds scripts, not run",)


def test_a_device_behind_a_link_is_outside(desk: Desk) -> None:
    Path(desk.ws.evidence / "plan.txt").symlink_to("/dev/zero")
    copy = desk.copy_of(desk.document("plan.txt"))
    assert copy.outside and not copy.fault


def test_a_text_too_long_for_the_reader_is_called_too_large(desk: Desk) -> None:
    document = desk.document("a.docx", docx("x" * 12_000_000))
    assert "too large" in desk.copy_of(document).fault


def test_a_part_that_is_not_as_the_list_of_the_file_says_is_named_so(desk: Desk) -> None:
    data = docx("The Board agreed the plan. " * 40)
    real = struct.pack("<L", len(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")))
    document = desk.document("a.docx", data.replace(real, struct.pack("<L", 300)))
    assert "not what the file's own list says" in desk.copy_of(document).fault
