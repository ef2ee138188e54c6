"""Nothing of a document that is not public stands in any part of a public file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.dossier.audience import WITHHELD, for_audience
from pipeline.dossier.views import Dossier
from pipeline.flow.judging import load
from pipeline.flow.papers import build_paper, fill_paper
from pipeline.publish.trail import every_citation
from pipeline.workspace import Workspace
from tests.papers.conftest import CYCLE, SHEETS, THREE, Made

FEWEST_WORDS = 4


def secrets(dossier: Dossier) -> set[str]:
    """What must not be read: ids, titles, files, addresses, digests and words of what is not public."""
    found: set[str] = set()
    for document in dossier.documents:
        if document.visibility != "public":
            found |= {document.id, document.title, document.file, document.url, document.sha256}
    for citation in every_citation(dossier):
        if citation.visibility not in ("", "public"):
            found |= {
                t for t in (citation.quotation, citation.context, citation.written) if len(t.split()) >= FEWEST_WORDS
            }
    return {plain(text) for text in found if text}


def plain(text: str) -> str:
    """Letters and digits alone, so that no markup or quotation mark hides anything."""
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]*>|&\w+;", " ", text).casefold()))


def parts(path: Path) -> Iterator[tuple[str, str]]:
    """Every part of a file as text; a picture by the words inside it."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                yield f"{path.name}: {name}", package.read(name).decode("utf-8", "ignore") + f" {name}"
    else:
        yield path.name, path.read_bytes().decode("utf-8", "ignore")


def leaks(ws: Workspace, dossier: Dossier, files: list[Path]) -> list[str]:
    known = secrets(dossier)
    assert len(known) >= 8, "there is nothing to keep secret here"
    assert all(f.is_file() for f in files), [f.name for f in files if not f.is_file()]
    return [
        f"{place} holds “{secret}”"
        for file in files
        for place, text in parts(file)
        for read in (f" {plain(text)} ",)
        for secret in known
        if f" {secret} " in read
    ]


def test_the_samples_public_files_keep_its_internal_documents_to_themselves(sample: Made) -> None:
    folder = sample.ws.build(CYCLE)
    files = [folder / f"{name}.docx" for name in (*THREE, *SHEETS)]
    files += [folder / "annual-report-section.html", *sorted((folder / "figures").glob("*.*"))]

    assert leaks(sample.ws, sample.dossier, files) == []


def test_what_the_checks_let_pass_is_not_held_back_either(sample: Made) -> None:
    """A final paper was made, so that nothing in it may be missing without a word."""
    folder = sample.ws.build(CYCLE)
    files = [folder / f"{name}.docx" for name in (*THREE, *SHEETS)] + [folder / "annual-report-section.html"]
    read = [(place, text) for file in files for place, text in parts(file)]
    assert [place for place, text in read if WITHHELD.strip("[].") in text] == []
    assert WITHHELD not in str(for_audience(sample.dossier, "public"))


def test_documents_cited_in_every_table_and_in_the_narrative_can_be_made_internal(
    changed: Callable[..., Workspace],
) -> None:
    register = "evidence/register.csv"
    ws = changed({register: []})
    lines = (ws.root / register).read_text(encoding="utf-8").splitlines(keepends=True)
    made = [
        line.replace(",public,", ",internal,", 1) if line.startswith(("E005,", "E015,")) else line for line in lines
    ]
    assert made != lines
    (ws.root / register).write_text("".join(made), encoding="utf-8")
    build_paper(ws, THREE[0], CYCLE, draft=True)
    for paper in THREE[1:]:
        fill_paper(ws, paper, CYCLE, draft=True)

    folder = ws.build(CYCLE)
    files = [folder / f"{name}-draft.docx" for name in THREE]
    files += [folder / "annual-report-section-draft.html", *sorted((folder / "figures").glob("*.*"))]
    assert leaks(ws, load(ws, CYCLE), files) == []
    shown = (folder / "annual-report-section-draft.html").read_text(encoding="utf-8")
    assert "not published with this paper" in shown


def test_a_small_count_that_is_not_suppressed_is_shown_nowhere(changed: Callable[..., Workspace]) -> None:
    table = f"assessments/{CYCLE}/indicators.csv"
    ws = changed({table: [("Arab,*,%,*,*,*,*", "Arab,41.67,%,5,12,19.3,68.0")]})
    build_paper(ws, "annual-report-section", CYCLE, draft=True)

    folder = ws.build(CYCLE)
    files = [folder / "annual-report-section-draft.docx", folder / "annual-report-section-draft.html"]
    for place, text in [p for f in (*files, *sorted((folder / "figures").glob("[it]*.*"))) for p in parts(f)]:
        assert not re.search(r"41\.67%|,41\.67,|\b5 of 12\b|19\.3 to|,19\.3,", text), place


def test_the_data_of_each_chart_says_that_it_is_public_and_names_no_document(sample: Made) -> None:
    import csv

    files = sorted((sample.ws.build(CYCLE) / "figures").glob("*.csv"))
    charts = [f.id for f in sample.dossier.figures if f.id.startswith(("indicator-", "trend-"))]
    assert [f.stem for f in files] == sorted(charts)
    for file in files:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
        assert rows and {row["audience"] for row in rows} == {"public"}
        assert not {"evidence", "citations"} & rows[0].keys()
