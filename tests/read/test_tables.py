"""Tables: found by their headings, values as written, rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.inputs.faults import Faults
from pipeline.inputs.tables import Table, read_table
from pipeline.model import Place, Severity
from pipeline.workspace import Workspace
from tests.read.making import HERE, REGISTER_HEAD, RESPONSES, TEAM, faults_of, gather, places, refused, workbook

ACTIONS = f"{HERE}/actions.csv"
HEAD = "id,section,statement,action,owner,due,status,measure\n"


def read(root: Path, content: str | bytes, name: str = "actions.csv", own: dict[str, str] | None = None) -> Table:
    (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read_table(Workspace(root), root, name.partition(".")[0], {"actions": own or {}}, Faults())
    assert table
    return table


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("cp1252", ";"),
        ("utf-16", "\t"),
        ("utf-16", ","),
        ("utf-8", "\t"),
    ],
)
def test_letters_are_read_in_whatever_encoding_and_separator_they_come(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = HEAD.replace(",", separator) + separator.join(["A1", "", "", "Café £5 – “now”", "Zoë", "", "open", ""])
    row = read(tmp_path, text.encode(encoding)).rows[0]
    assert (row["action"], row["owner"]) == ("Café £5 – “now”", "Zoë")


def test_words_that_programs_take_for_values_stay_words(tmp_path: Path) -> None:
    row = read(tmp_path, HEAD + "1.10,no,None,NA,=1+1,null,TRUE, 007 \n").rows[0]
    assert list(row.cells.values()) == ["1.10", "no", "None", "NA", "=1+1", "null", "TRUE", " 007 "]


def test_quotation_marks_inside_a_cell_are_words(tmp_path: Path) -> None:
    row = read(tmp_path, HEAD + 'A1,,,E012 p.4 "the words",,,"said ""no""",\n').rows[0]
    assert (row["action"], row["status"]) == ('E012 p.4 "the words"', 'said "no"')


def test_a_short_row_ends_in_empty_cells(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + "A1,GA\n").rows[0]["measure"] == ""


def test_rows_count_as_in_a_spreadsheet(tmp_path: Path) -> None:
    text = HEAD + 'A1,,,"two\nlines",,,,\n\n,,,,,,,\nA2,,,,,,,\n'
    assert [(r.number, r["id"]) for r in read(tmp_path, text).rows] == [(2, "A1"), (5, "A2")]


def test_line_ends_of_old_macs_and_windows_are_one(tmp_path: Path) -> None:
    text = HEAD.strip() + '\rA1,,,"two\r\nlines",,,,\rA2,,,,,,,\r'
    assert [r["action"] for r in read(tmp_path, text).rows] == ["two\nlines", ""]


def test_headings_may_differ_in_case_and_spaces(tmp_path: Path) -> None:
    text = " ID ,Section,STATEMENT,Action,Owner,Due,Status,Measure\nA1,x,,,,,,\n"
    assert read(tmp_path, text).rows[0]["section"] == "x"


def test_a_team_has_headings_of_its_own(tmp_path: Path) -> None:
    text = HEAD.replace("owner", "Lead officer") + "A1,,,,Director,,,\n"
    assert read(tmp_path, text, own={"Lead Officer": "owner"}).rows[0]["owner"] == "Director"


def test_the_separator_line_that_excel_writes_is_no_row(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\n" + HEAD.replace(",", ";") + "A1;;;;;;;\n")
    assert table.rows[0].number == 2


def test_a_table_that_is_absent_is_none(tmp_path: Path) -> None:
    assert read_table(Workspace(tmp_path), tmp_path, "actions", {}, Faults()) is None


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD).rows == ()


def test_a_comment_of_fifty_thousand_letters_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, f"{HEAD}A1,,,{'x' * 150_000},,,,\n").rows[0]["action"]) == 150_000


def test_an_extra_column_is_a_note_and_left_alone(tmp_path: Path) -> None:
    faults = Faults()
    (tmp_path / "actions.csv").write_text(HEAD.strip() + ",colour\nA1,,,,,,,,red\n")
    table = read_table(Workspace(tmp_path), tmp_path, "actions", {}, faults)
    assert table and "colour" not in table.rows[0].cells and not table.rows[0].too_long
    assert [(f.code, f.severity, f.row, f.field) for f in faults.found] == [("IN106", Severity.NOTE, 1, "colour")]


@pytest.mark.parametrize(
    ("content", "said", "row", "field"),
    [
        (HEAD.replace("owner", "onwer"), "did you mean `owner`", 1, "owner"),
        (HEAD.replace(",owner", ""), "`owner` is missing", 1, "owner"),
        (HEAD.strip() + ",evidnce\n", "did you mean `evidence`", 1, "evidence"),
        (HEAD.replace("owner", "due"), "Two columns stand for `due`", 1, "due"),
        ("", "is empty", None, None),
        ("\n \n", "is empty", None, None),
        ("Hello\nworld\n", "`id` is missing", 1, "id"),
        (HEAD + 'A1,,,"never closed,,,\nA2,,,,,,,\n', "never closed", 2, None),
        (HEAD + 'A1,,,"said" so,,,,\n', "behind the mark", 2, None),
        (HEAD + "A1,,,\0,,,,\n", "NUL", 2, None),
        ("%PDF-1.7", "it is a PDF", None, None),
        (b"PK\x03\x04", "it is an Excel", None, None),
        (HEAD.encode() + b"A1,,,\x81\xff,,,,\n", "letters that cannot be read", 2, None),
        (b"\xff\xfea", "letters that cannot be read", 1, None),
        (HEAD.encode("utf-16-le"), "NUL", 1, None),
    ],
)
def test_a_table_that_cannot_be_read_stops_everything_and_says_why(
    tmp_path: Path, content: str | bytes, said: str, row: int | None, field: str | None
) -> None:
    fault = refused(tmp_path, {ACTIONS: content})
    assert said in fault.message and fault.remedy
    assert (fault.file, fault.row, fault.field) == (ACTIONS, row, field)
    assert fault.exit_code == 4


def test_csv_and_excel_side_by_side_are_refused(tmp_path: Path) -> None:
    fault = refused(tmp_path, {ACTIONS: HEAD, f"{HERE}/actions.xlsx": workbook([["id"]])})
    assert "actions.csv and actions.xlsx" in fault.message


def test_another_format_is_named_rather_than_passed_over(tmp_path: Path) -> None:
    fault = refused(tmp_path, {f"{HERE}/actions.ods": b"PK"})
    assert ".ods" in fault.message and "actions.xlsx" in fault.remedy


def test_a_folder_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / ACTIONS).mkdir(parents=True)
    assert "not an ordinary file" in refused(tmp_path, {}).message


def test_a_pipe_in_the_place_of_a_table_is_never_opened(tmp_path: Path) -> None:
    import os

    (tmp_path / HERE).mkdir(parents=True)
    os.mkfifo(tmp_path / ACTIONS)
    assert "not an ordinary file" in refused(tmp_path, {}).message


class TestARowLongerThanItsHeader:
    def test_is_a_finding_at_its_row(self, tmp_path: Path) -> None:
        found = faults_of(tmp_path, {ACTIONS: HEAD + "A1,A,A1,Act,Lead,2026-05-01,open,None,surplus\n"})
        assert places(found) == [("IN101", "actions.csv", 2, None)]
        assert "surplus" in found[0].message and found[0].about == "A1"

    def test_empty_cells_at_its_end_are_nothing(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, {ACTIONS: HEAD + "A1,A,A1,Act,Lead,2026-05-01,open,None,, \n"}) == []

    def test_in_a_form_keeps_level_and_comment_and_raises_one_finding(self, tmp_path: Path) -> None:
        # The comma in the comment was not put into quotation marks, so its end lies under `evidence`.
        case = gather(tmp_path, {TEAM: RESPONSES + "A1,Middling,Begun, and going on,E001 p.4\n"})
        answer = case.forms[0].answers[0]
        assert (answer.level, answer.comment, answer.citations) == ("mid", "Begun", ())
        assert [(f.code, f.row, f.statement) for f in case.faults] == [("IN101", 2, "A1")]

    def test_in_a_form_keeps_citations_that_are_whole(self, tmp_path: Path) -> None:
        case = gather(tmp_path, {TEAM: RESPONSES + "A1,Middling,Begun,E001 p.4,surplus\n"})
        assert [c.evidence for c in case.forms[0].answers[0].citations] == ["E001"]

    def test_in_the_register_costs_one_finding_and_no_unknown_ids(self, tmp_path: Path) -> None:
        row = "E001,Strategy, the,plan.pdf,Lead,2025-05-01,2027-05-01,public,strategy,1\n"
        case = gather(tmp_path, {"evidence/register.csv": REGISTER_HEAD + row, TEAM: RESPONSES + "A1,Low,x,E001\n"})
        citation = case.forms[0].answers[0].citations[0]
        assert (citation.evidence, citation.known, case.document("E001")) == ("E001", True, None)
        assert [(f.code, f.row, f.evidence) for f in case.faults if f.file == "evidence/register.csv"] == [
            ("IN101", 2, "E001")
        ]


def test_a_column_without_a_heading_is_a_note_where_something_stands_in_it(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {ACTIONS: HEAD.strip() + ",,\nX1,A,A1,a,o,2026-05-01,open,,lost,\n"})
    assert [(f.code, f.row, f.field) for f in found] == [("IN106", 1, None)] and "number 9" in found[0].message


def test_the_header_repeated_on_the_next_page_is_no_row(tmp_path: Path) -> None:
    assert [r["id"] for r in read(tmp_path, HEAD + "A1,,,,,,,\n" + HEAD + "A2,,,,,,,\n").rows] == ["A1", "A2"]


def test_a_misspelt_heading_of_the_teams_own_is_understood_as_such(tmp_path: Path) -> None:
    text = HEAD.replace("owner", "Lead offcer")
    with pytest.raises(InputError, match=r"`Lead offcer`: did you mean `owner`"):
        read(tmp_path, text, own={"Lead officer": "owner"})


def test_a_place_says_file_row_and_column(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + "\nA1,,,,,,,\n").rows[0].place("due") == Place("actions.csv", 3, "due")
