"""Forms filled in and sent through LibreOffice and back: every answer equal, and nothing else seen in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.filled_forms import FULL, Desk, assert_all_said, convert, fill_excel, fill_word

EXCEL, WORD = "xlsx:Calc MS Excel 2007 XML", "docx:MS Word 2007 XML"


@pytest.mark.parametrize(
    ("suffix", "formats"),
    [("xlsx", (EXCEL,)), ("xlsx", ("ods", EXCEL)), ("docx", (WORD,)), ("docx", ("odt", WORD))],
    ids=["Excel saved again", "Excel through ODS", "Word saved again", "Word through ODT"],
)
def test_answers_survive(tmp_path: Path, suffix: str, formats: tuple[str, ...]) -> None:
    desk = Desk(tmp_path)
    fill = {"xlsx": fill_excel, "docx": fill_word}[suffix]
    filled = fill(desk.sent / f"team.{suffix}", FULL, tmp_path / f"filled.{suffix}")

    form, findings = desk.returned(convert(filled, *formats))

    assert_all_said(form)
    assert findings == []


def test_a_form_that_nobody_filled_in_stays_empty_through_libreoffice(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    form, findings = desk.returned(convert(desk.sent / "partner.docx", "odt", WORD), "partner")

    assert [a for a in form.answers if a.level or a.comment or a.evidence] == []
    assert findings == []
