"""Forms for everyone who answers: an Excel and a Word file each, with only the statements that they answer."""

from __future__ import annotations

from pathlib import Path

from pipeline.files import write_whole
from pipeline.model import Case
from pipeline.prepare.form_content import form_content


def write_forms(case: Case, folder: Path) -> list[Path]:
    """Write `<respondent>.xlsx` and `<respondent>.docx` for each respondent who has statements to answer."""
    from pipeline.prepare.form_excel import excel_form
    from pipeline.prepare.form_word import word_form

    made: dict[Path, bytes] = {}
    for respondent in case.assessment.respondents:
        if content := form_content(case, respondent):
            made[folder / f"{respondent.id}.xlsx"] = excel_form(content)
            made[folder / f"{respondent.id}.docx"] = word_form(content)
    for path, form in made.items():
        write_whole(path, form)
    return list(made)
