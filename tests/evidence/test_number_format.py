"""Numbers in a workbook are read as the sheet shows them."""

from __future__ import annotations

import pytest

from pipeline.evidence.readers.number_format import shown


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("12", "General", "12"),
        ("12.0", "General", "12"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E+20", "General", "1E+20"),
        ("12", "0.0", "12.0"),
        ("0.142", "0.0%", "14.2%"),
        ("0.1425", "0%", "14%"),
        ("0.125", "0.00%", "12.50%"),
        ("21015324", "#,##0", "21,015,324"),
        ("1234.5", '"£"#,##0.00', "£1,234.50"),
        ("1234.5", "[$£-809]#,##0.00", "£1,234.50"),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0.0", "-5.0"),
        ("0", '0;-0;"nil"', "nil"),
        ("5300000", '0.0,,"m"', "5.3m"),
        ("5300000", r"0.0,,\m", "5.3m"),
        ("2.5", "0.##", "2.5"),
        ("7", "000", "007"),
        ("1234567", "0.00E+00", "1.23E+06"),
        ("46107", "dd/mm/yyyy", "26/03/2026"),
        ("46107", "d mmmm yyyy", "26 March 2026"),
        ("46107", "mmm-yy", "Mar-26"),
        ("46107", "dddd", "Thursday"),
        ("46107.5", "dd/mm/yyyy hh:mm", "26/03/2026 12:00"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.5", "[mm]:ss", "720:00"),
        ("46107", 'd" of "mmmm', "26 of March"),
        ("0.25", "h:mm AM/PM", "6:00 AM"),
        ("46107", "[$-809]d mmmm yyyy", "26 March 2026"),
        ("3", '"Quarter "0', "Quarter 3"),
        ("0.5", "# ?/?", "0.5"),
        ("5", "@", "5"),
        ("not a number", "0.0", "not a number"),
        ("1e999", "0.0", "1e999"),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_says(stored: str, code: str, expected: str) -> None:
    assert shown(stored, code) == expected


def test_the_other_calendar_is_known() -> None:
    assert shown("44645", "dd/mm/yyyy", since_1904=True) == "26/03/2026"
