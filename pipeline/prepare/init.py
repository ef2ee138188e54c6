"""An empty workspace with everything in it that a newcomer needs to begin."""

from __future__ import annotations

import datetime
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.files import write_whole
from pipeline.prepare.guided_yaml import guided_yaml
from pipeline.read.columns import TABLES
from pipeline.workspace import SHIPPED

CYCLE = "2025-26"
MEETING = datetime.date(2026, 3, 26)
_HEADING = (
    "Who assesses what, when, and for which meeting. Change what stands here to fit your organisation.\n"
    "A line that begins with # is an example or a help: take the # away to use it."
)
_START = """# Start here

1. Open `assessments/{cycle}/assessment.yaml` in a text editor. Give your organisation's name, who answers, and the
   meeting. Save it.
2. Run `make forms`. In `build/{cycle}/forms/` there is now an Excel and a Word form for everyone who answers. Send each
   of them one of the two.
3. Put the forms that come back into `assessments/{cycle}/responses/`, one for each, under the name that they have
   (`icb-team.xlsx`, `board.docx`).
4. Put the documents that they cite into `evidence/`, in any folders you like, and give each a row in
   `evidence/register.csv`. `make register FILE=evidence/strategy.pdf` fills in what the document says of itself.
   `make inbox` takes documents out of the forms that people dropped them into.
5. Run `make check`. It names everything that has to be put right, and who can do it.
6. Run `make board-paper DRAFT=1` for a draft at any time, and `make board-paper` for the final paper. Both are in
   `build/{cycle}/`.

`make` alone says what else there is.

| What | Where |
|---|---|
| Who, when, which meeting | `assessments/{cycle}/assessment.yaml` |
| Returned forms | `assessments/{cycle}/responses/` |
| Actions | `assessments/{cycle}/actions.csv` |
| Your own words in the paper | `assessments/{cycle}/narrative/executive-summary.md`, if you want any |
| Documents | `evidence/` |
| Register of documents | `evidence/register.csv` |
| Everything that is made | `build/{cycle}/`; nothing there is kept by hand |
"""
_MAKEFILE = """# `make` alone says what there is. Everything is done by boardpack, which lies where the next line says.
BOARDPACK ?= {program}
CYCLE ?=
DRAFT ?=
AUDIENCE ?= ned
FILE ?=
# Names reach the program through the environment, letter for letter: neither make nor the shell looks into them.
override CYCLE := $(value CYCLE)
override AUDIENCE := $(value AUDIENCE)
override FILE := $(value FILE)
export CYCLE AUDIENCE FILE
AS_DRAFT := $(if $(filter-out 0 n N no No NO false False FALSE off Off OFF,$(DRAFT)),--draft)

.PHONY: help forms inbox register check board-paper baf-annex annual-report papers heatmaps trail questions pack publish
.PHONY: bundle clean

help: ## What there is to make
\t@awk 'BEGIN {{FS = ":.*## "}} /^[a-z-]+:.*## / {{printf "  make %-15s %s\\n", $$1, $$2}}' Makefile
\t@echo
\t@echo "  CYCLE=2025-26   another cycle than the newest"
\t@echo "  DRAFT=1         a draft that says what is missing, where a final paper is refused"

forms: ## Excel and Word forms for each respondent
\t@$(BOARDPACK) forms "$$CYCLE"

inbox: ## Take documents out of the returned forms, and propose rows for the register
\t@$(BOARDPACK) inbox "$$CYCLE"

register: ## Register a document: make register FILE=evidence/strategy.pdf
\t@$(BOARDPACK) register add "$$FILE"

check: ## Check every reference and answer, and say whether a final paper can be made
\t@$(BOARDPACK) check "$$CYCLE"

board-paper: ## The board paper
\t@$(BOARDPACK) build board-paper "$$CYCLE" $(AS_DRAFT)

baf-annex: ## The annex to the Board Assurance Framework
\t@$(BOARDPACK) build baf-annex "$$CYCLE" $(AS_DRAFT)

annual-report: ## The health inequalities section of the annual report
\t@$(BOARDPACK) build annual-report-section "$$CYCLE" $(AS_DRAFT)

papers: board-paper baf-annex annual-report ## The three papers

heatmaps: ## The maturity heatmaps, as PNG and SVG
\t@$(BOARDPACK) judge "$$CYCLE"
\t@$(BOARDPACK) draw "$$CYCLE"

trail: ## The audit trail: one row for each citation, and a page to search it
\t@$(BOARDPACK) trail "$$CYCLE"

questions: ## Questions for non-executives, leads or partners (AUDIENCE=ned)
\t@$(BOARDPACK) questions "$$CYCLE" --audience "$$AUDIENCE"

pack: ## One accessible PDF of the papers (needs LibreOffice)
\t@$(BOARDPACK) pack "$$CYCLE"

publish: ## What may go on the website, in one folder
\t@$(BOARDPACK) publish "$$CYCLE"

bundle: ## Papers, trail and evidence in one archive that verifies itself
\t@$(BOARDPACK) bundle "$$CYCLE"

clean: ## Take away everything that was made
\t@rm -rf build
"""


def init(
    folder: Path, *, cycle: str = CYCLE, meeting: datetime.date = MEETING, program: Sequence[str] = ()
) -> list[Path]:
    """Make an empty workspace. `program` runs boardpack from its Makefile; as a rule the one that runs now."""
    _refuse_full(folder)
    here = folder / "assessments" / cycle
    files = {
        folder / "START-HERE.md": _START.format(cycle=cycle),
        folder / "Makefile": _MAKEFILE.format(program=_program(program)),
        here / "assessment.yaml": _assessment(cycle, meeting),
        here / "actions.csv": _header("actions"),
        folder / "evidence" / "register.csv": _header("register"),
    }
    for path, text in files.items():
        write_whole(path, text.encode("utf-8"))
    (here / "responses").mkdir(exist_ok=True)
    return list(files)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder, new or empty.")
    there = sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    if there:
        raise UsageError(
            f"{folder} is not empty: there is {there[0]}, and nothing is overwritten.",
            "Name a new folder, for example `boardpack init our-assessment`.",
        )


def _assessment(cycle: str, meeting: datetime.date) -> str:
    values = {
        "organisation": "NHS Example ICB",
        "cycle": cycle,
        "framework": "hi-icb",
        "respondents": [
            {"id": "icb-team", "name": "Health inequalities team", "role": "team"},
            {"id": "board", "name": "Board members", "role": "board"},
            {"id": "vcse", "name": "Voluntary sector alliance", "role": "partner"},
        ],
    }
    paper = {
        "title": f"Health inequalities self-assessment {cycle}",
        "meeting": "ICB Board",
        "date": meeting,
        "session": "public",
        "type": "assurance",
    }
    notes = {"organisation": "CHANGE: this is an example.", "date": "CHANGE: this is an example."}
    return guided_yaml(_HEADING, values, paper, notes)


def _header(table: str) -> str:
    return ",".join(TABLES[table].needed) + "\n"


def _program(program: Sequence[str]) -> str:
    words = program or ("env", f"PYTHONPATH={SHIPPED}", sys.executable, "-m", "pipeline")
    # A make variable: a dollar and a hash would mean something else.
    return " ".join(shlex.quote(word) for word in words).replace("$", "$$").replace("#", "\\#")
