"""Forms for everyone who answers: an Excel and a Word file each, with only the statements that they answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import EditedError, InputError
from pipeline.files import write_whole
from pipeline.forms.content import Queries, form_content
from pipeline.forms.reading import read_form
from pipeline.inputs.faults import Faults
from pipeline.model import Case, Framework


def write_forms(case: Case, folder: Path, queries: Mapping[str, Queries] | None = None) -> list[Path]:
    """Write `<respondent>.xlsx` and `<respondent>.docx` for each respondent who has statements to answer.

    With `queries` (respondent -> what is asked again) second forms are written instead, `<respondent>-second.xlsx`.

    A form in the folder that someone has filled in is never overwritten, and then nothing is written at all.
    """
    from pipeline.forms.excel import excel_form
    from pipeline.forms.word import word_form

    made: dict[Path, bytes] = {}
    for respondent in case.assessment.respondents:
        asked = None if queries is None else queries.get(respondent.id, {})
        if content := form_content(case, respondent, asked):
            made[folder / f"{content.name}.xlsx"] = excel_form(content)
            made[folder / f"{content.name}.docx"] = word_form(content)
    for path, form in made.items():
        if path.is_file() and path.read_bytes() != form and is_filled_in(path, case.framework):
            raise EditedError(
                f"{path.name} in {folder.name}/ was filled in, so no form was written.",
                "Move it to the responses of its cycle, or take it out of the folder, and make the forms again.",
            )
    for path, form in made.items():
        write_whole(path, form)
    return list(made)


def is_filled_in(path: Path, framework: Framework) -> bool:
    """Whether anybody has typed anything into a form; one that cannot be read counts as filled in."""
    faults = Faults()
    try:
        form = read_form(path.read_bytes(), path.name, {}, framework, faults)
    except InputError:
        return True
    answers = any(row.word(key) for row in form.rows for key in ("level", "comment", "evidence", "public_comment"))
    return bool(answers or form.actions or form.completed or faults.found)
