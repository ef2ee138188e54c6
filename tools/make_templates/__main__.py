"""`python -m tools.make_templates [NAME ...]`: write the shipped templates afresh into templates/."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.make_templates.annual_report import annual_report_section
from tools.make_templates.baf_annex import baf_annex
from tools.make_templates.board_paper import board_paper
from tools.make_templates.evidence import evidence_annex
from tools.make_templates.questions import questions
from tools.make_templates.scorecard import scorecard

TEMPLATES = {
    "board-paper": board_paper,
    "evidence-annex": evidence_annex,
    "baf-annex": baf_annex,
    "annual-report-section": annual_report_section,
    "scorecard": scorecard,
    "questions": questions,
}
FOLDER = Path(__file__).resolve().parents[2] / "templates"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or TEMPLATES:
        (FOLDER / f"{name}.docx").write_bytes(TEMPLATES[name]())
