"""A change in a table changes what was asked and nothing else: in CSV to the byte, in Excel to the part and style."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from pipeline.errors import PipelineError
from pipeline.inputs.editing import Change, changed, empty_sheet, open_sheet
from pipeline.inputs.tables import TABLES

COLUMNS = TABLES["responses"]


def edit(text: str | bytes, *changes: Change, encoding: str = "utf-8") -> bytes:
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return changed(open_sheet(content, "team.csv", COLUMNS, {}), changes)


HEAD = "statement,level,comment,evidence"


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (f"{HEAD}\nGA1,Low,said,E1\n", Change(2, {"level": "High"}), f"{HEAD}\nGA1,High,said,E1\n"),
        (f'{HEAD}\r\n"GA1","Low","a, b",E1', Change(2, {"level": "High"}), f'{HEAD}\r\n"GA1","High","a, b",E1'),
        (
            f"{HEAD}\nGA1,Low,said,E1\n",
            Change(2, {"comment": 'he said "no", and\nleft'}),
            f'{HEAD}\nGA1,Low,"he said ""no"", and\nleft",E1\n',
        ),
        (f"{HEAD}\nGA1,Low\n", Change(2, {"evidence": "E1"}), f"{HEAD}\nGA1,Low,,E1\n"),
        (f"{HEAD}\nGA1,Low,,E1", Change(None, {"statement": "GA2"}), f"{HEAD}\nGA1,Low,,E1\nGA2,,,\n"),
        (f"{HEAD}\r\nGA1,Low,,\r\nGA2,Low,,\r\n", Change(2, None), f"{HEAD}\r\nGA2,Low,,\r\n"),
        (
            f"{HEAD}\nGA1,Low,a,\nGA2,Low,b,\n",
            Change(3, {"public_comment": "short"}),
            f"{HEAD},public_comment\nGA1,Low,a,\nGA2,Low,b,,short\n",
        ),
        (
            "sep=;\r\nstatement;level;comment;evidence\r\n\r\nGA1;Low;a;b\r\n",
            Change(3, {"comment": "x;y"}),
            'sep=;\r\nstatement;level;comment;evidence\r\n\r\nGA1;Low;"x;y";b\r\n',
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_only_what_was_asked_becomes_another(before: str, change: Change, after: str, encoding: str) -> None:
    assert edit(before, change, encoding=encoding) == after.encode(encoding)


def test_old_windows_letters_stay_and_give_way_only_to_a_letter_they_lack() -> None:
    text = f"{HEAD}\r\nGA1,Low,Zoë £5,E1\r\n"

    assert edit(text, Change(2, {"level": "élevé"}), encoding="cp1252") == text.replace("Low", "élevé").encode("cp1252")
    assert edit(text, Change(2, {"level": "Łow"}), encoding="cp1252") == text.replace("Low", "Łow").encode("utf-8-sig")


CELLS = st.text(st.sampled_from('ab ,;"\n\té'), max_size=8)


@given(
    st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.data(),
)
def test_every_row_that_was_not_touched_stays_byte_for_byte(
    rows: list[list[str]], separator: str, line_end: str, quoting: int, data: st.DataObject
) -> None:
    lines = [_line([f"GA{n}", *row[1:]], separator, line_end, quoting) for n, row in enumerate(rows)]
    before = _line(list(COLUMNS.needed), separator, line_end, quoting) + "".join(lines)
    at = data.draw(st.integers(0, len(rows) - 1))
    column, text = data.draw(st.sampled_from(["level", "comment", "evidence"])), data.draw(CELLS)

    after = edit(before, Change(at + 2, {column: text})).decode()

    assert after.startswith(before[: before.index(lines[at])] if at else before.partition(line_end)[0])
    assert after.endswith("".join(lines[at + 1 :]))
    read = open_sheet(after.encode(), "team.csv", COLUMNS, {}).rows
    assert read[at + 2][column] == text


def _line(cells: list[str], separator: str, line_end: str, quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=quoting).writerow(cells)  # type: ignore[arg-type]
    return out.getvalue()


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Answers"
    sheet.append(["Self-assessment of the team"])
    sheet.append([*TABLES["actions"].needed])
    sheet.append(["A1", "GA", "GA1", "Do it", "Chair", datetime.date(2026, 3, 1), "open", 5])
    sheet.append(["A2", "GA", "GA2", "Do more", "Chair", datetime.date(2026, 4, 1), "open", "=1+1"])
    sheet["D3"].font = Font(bold=True)
    sheet["D3"].comment = Comment("seen", "me")
    book.create_sheet("Notes")["A1"] = "kept"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_keeps_styles_notes_sheets_days_and_numbers() -> None:
    before = workbook()
    sheet = open_sheet(before, "actions.xlsx", TABLES["actions"], {})
    after = changed(
        sheet,
        [
            Change(3, {"action": "Do it <now> & _x0041_ twice\nover", "due": "2026-05-02", "measure": "7"}),
            Change(None, {"id": "A3", "action": "New", "due": "2026-06-01"}),
        ],
    )

    read = load_workbook(io.BytesIO(after))
    cells = read["Answers"]
    assert cells["D3"].value == "Do it <now> & _x0041_ twice\nover" or "_x005F_" in str(cells["D3"].value)
    assert cells["D3"].font.bold and cells["D3"].comment.text == "seen"
    assert cells["F3"].value == datetime.datetime(2026, 5, 2) and cells["F3"].is_date
    assert cells["H3"].value == 7 and cells["H4"].value == "=1+1"
    assert cells["F5"].value == datetime.datetime(2026, 6, 1)
    assert read["Notes"]["A1"].value == "kept"
    assert _others(before) == _others(after)


def _others(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {n: package.read(n) for n in package.namelist() if n != "xl/worksheets/sheet1.xml"}


def test_a_cell_with_a_formula_is_refused() -> None:
    sheet = open_sheet(workbook(), "actions.xlsx", TABLES["actions"], {})
    with pytest.raises(PipelineError, match="a formula stands in this cell"):
        changed(sheet, [Change(4, {"measure": "2"})])


def test_a_row_is_taken_out_of_a_workbook() -> None:
    sheet = open_sheet(workbook(), "actions.xlsx", TABLES["actions"], {})
    left = open_sheet(changed(sheet, [Change(3, None)]), "actions.xlsx", TABLES["actions"], {})
    assert [row["id"] for row in left.rows.values()] == ["A2"]


def test_a_new_table_begins_with_its_headings() -> None:
    begun = changed(empty_sheet("team.csv", COLUMNS), [Change(None, {"statement": "GA1", "level": "Low"})])
    assert begun == b"statement,level,comment,evidence\nGA1,Low,,\n"
