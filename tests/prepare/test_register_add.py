"""A row for the register: what the document says of itself, nothing overwritten, nothing written where it is wrong."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.errors import UsageError
from pipeline.evidence import read_register
from pipeline.inputs.tables import TABLES
from pipeline.office.properties import title_from
from pipeline.prepare.register_add import QUESTIONS, add_register_row, next_id, propose_register_row
from pipeline.workspace import Workspace
from tests.prepare.test_inbox import pdf, word_file

HEADER = "id,title,file,owner,dated,review_by,visibility,kind,assurance_line"
ROW = "E009,Strategy,strategy.pdf,Director,2025-05-01,2027-05-01,public,strategy,1"
SAID = {"owner": "Head of Insight", "visibility": "internal", "kind": "audit", "assurance_line": "3"}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "register.csv").write_text(f"{HEADER}\n{ROW}\n", "utf-8")
    return Workspace(tmp_path)


def register(ws: Workspace) -> list[list[str]]:
    return list(csv.reader(io.StringIO((ws.evidence / "register.csv").read_text("utf-8-sig"))))


def test_a_row_is_filled_from_the_document_and_the_rest_is_asked(ws: Workspace, tmp_path: Path) -> None:
    (ws.evidence / "audits").mkdir()
    document = ws.evidence / "audits" / "audit.pdf"
    document.write_bytes(pdf("Health Equity Audit 2025"))

    row = propose_register_row(ws, document)

    assert (row["id"], row["title"], row["file"], row["dated"]) == (
        "E010",
        "Health Equity Audit 2025",
        "audits/audit.pdf",
        "2025-09-15",
    )
    assert [column for column, value in row.items() if not value] == [
        "owner",
        "review_by",
        "visibility",
        "assurance_line",
    ]
    assert set(QUESTIONS) <= set(TABLES["register"].needed)


def test_a_new_row_stands_at_the_end_and_is_read(ws: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "Audit, final.pdf"
    outside.write_bytes(pdf())

    path, place = add_register_row(ws, outside, propose_register_row(ws, outside) | SAID)

    assert place == "received/Audit, final.pdf"
    assert (ws.evidence / place).read_bytes() == outside.read_bytes()
    assert path == ws.evidence / "register.csv"
    documents, faults = read_register(ws, {})
    assert faults == ()
    assert [(d.id, d.file, d.owner, d.assurance_line) for d in documents][1] == ("E010", place, "Head of Insight", 3)
    assert (ws.evidence / "register.csv").read_text("utf-8").startswith(f"{HEADER}\n{ROW}\n"), (
        "other rows stay as they are"
    )


def test_a_document_in_the_inbox_is_copied_to_where_it_will_stay(ws: Workspace) -> None:
    waiting = ws.evidence / "inbox" / f"{'a' * 64}.docx"
    waiting.parent.mkdir()
    waiting.write_bytes(word_file("Report on access"))

    row = propose_register_row(ws, waiting) | SAID | {"file": "partners/access report.docx"}
    _, place = add_register_row(ws, waiting, row)

    assert place == "partners/access report.docx"
    assert (ws.evidence / place).is_file()
    assert row["title"] == "Report on access"


@pytest.mark.parametrize(
    ("content", "expected_ending"),
    [
        (f"\ufeff{HEADER}\n{ROW}".encode(), f"{ROW}\nE010,"),
        (f"{HEADER}\r\n{ROW}\r\n".replace(",", ";").encode(), "\r\nE010;"),
        (f"{HEADER}\n{ROW}\n".replace("Director", "Café").encode("cp1252"), "\nE010,"),
    ],
    ids=["mark, no last line end", "semicolons and Windows line ends", "cp1252"],
)
def test_the_registers_own_ways_are_kept(ws: Workspace, tmp_path: Path, content: bytes, expected_ending: str) -> None:
    (ws.evidence / "register.csv").write_bytes(content)
    outside = tmp_path / "audit.pdf"
    outside.write_bytes(pdf())

    add_register_row(ws, outside, propose_register_row(ws, outside) | SAID)

    after = (ws.evidence / "register.csv").read_bytes()
    assert after.startswith(content)
    assert expected_ending in after.decode("cp1252" if b"\xe9" in content else "utf-8")
    assert len(read_register(ws, {})[0]) == 2


def test_letters_that_the_old_encoding_lacks_are_kept(ws: Workspace, tmp_path: Path) -> None:
    (ws.evidence / "register.csv").write_bytes(f"{HEADER}\n{ROW}\n".replace("Director", "Café").encode("cp1252"))
    outside = tmp_path / "audit.pdf"
    outside.write_bytes(pdf())

    add_register_row(ws, outside, propose_register_row(ws, outside) | SAID | {"title": "Łódź exchange"})

    assert [d.title for d in read_register(ws, {})[0]] == ["Strategy", "Łódź exchange"]
    assert read_register(ws, {})[0][0].owner == "Café"


def test_an_excel_register_gets_its_row(ws: Workspace, tmp_path: Path) -> None:
    (ws.evidence / "register.csv").unlink()
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["Our register"])
    sheet.append([*HEADER.replace("owner", "Lead").split(","), "remarks"])
    sheet.append([*ROW.split(","), "keep me"])
    book.save(ws.evidence / "register.xlsx")
    outside = tmp_path / "audit.pdf"
    outside.write_bytes(pdf("=cmd|calc"))

    row = propose_register_row(ws, outside, {"Lead": "owner"}) | SAID
    add_register_row(ws, outside, row, {"Lead": "owner"})

    documents, _ = read_register(ws, {"register": {"Lead": "owner"}})
    assert [(d.id, d.owner) for d in documents] == [("E009", "Director"), ("E010", "Head of Insight")]
    made = load_workbook(ws.evidence / "register.xlsx").worksheets[0]
    assert made["J3"].value == "keep me"
    assert {c.data_type for row in made.iter_rows(min_row=4) for c in row if c.value} == {"s"}, "never a formula"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("id", "e009", "taken"),
        ("title", " ", "title"),
        ("visibility", "publik", "public"),
        ("kind", "report s", "report"),
        ("dated", "12/02/2026", "2026"),
        ("review_by", "2026-02-30", "calendar"),
        ("assurance_line", "4", "assurance line"),
        ("file", "../../x.pdf", "not a place"),
        ("file", "inbox/x.pdf", "not a place"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_written(
    ws: Workspace, tmp_path: Path, column: str, value: str, said: str
) -> None:
    outside = tmp_path / "audit.pdf"
    outside.write_bytes(pdf())
    before = (ws.evidence / "register.csv").read_bytes()

    with pytest.raises(UsageError, match=said):
        add_register_row(ws, outside, propose_register_row(ws, outside) | SAID | {column: value})

    assert (ws.evidence / "register.csv").read_bytes() == before
    assert not (ws.evidence / "received").exists()


def test_another_document_of_that_name_is_not_overwritten(ws: Workspace, tmp_path: Path) -> None:
    (ws.evidence / "received").mkdir()
    (ws.evidence / "received" / "audit.pdf").write_bytes(b"another")
    outside = tmp_path / "audit.pdf"
    outside.write_bytes(pdf())

    with pytest.raises(UsageError, match="another document"):
        add_register_row(ws, outside, propose_register_row(ws, outside) | SAID)

    assert (ws.evidence / "received" / "audit.pdf").read_bytes() == b"another"


def test_there_may_be_no_register_yet(ws: Workspace, tmp_path: Path) -> None:
    shutil.rmtree(ws.evidence)
    ws.evidence.mkdir()
    outside = tmp_path / "audit.pdf"
    outside.write_bytes(pdf())

    add_register_row(ws, outside, propose_register_row(ws, outside) | SAID)

    assert [row[0] for row in register(ws)] == ["id", "E001"]


def test_a_file_that_says_nothing_of_itself_is_asked_for_everything(ws: Workspace, tmp_path: Path) -> None:
    damaged = tmp_path / "Contract_with-provider.pdf"
    damaged.write_bytes(b"%PDF-1.7 damaged")

    row = propose_register_row(ws, damaged)

    assert (row["title"], row["kind"], row["dated"]) == ("Contract with-provider", "contract", "")


def test_a_file_that_is_not_there_is_said_to_be(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        propose_register_row(ws, tmp_path / "nowhere.pdf")


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], "E001"),
        (["E001", "E009"], "E010"),
        (["E99", "E100", "X1"], "E101"),
        (["alpha", "beta"], "E001"),
        (["12", "14"], "15"),
        (["DOC-7", "DOC-8", "E1"], "DOC-9"),
    ],
)
def test_the_next_id_follows_the_teams_own_pattern(ids: list[str], expected: str) -> None:
    assert next_id(ids) == expected


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Microsoft Word - Final Report.docx", "Final Report"),
        ("PowerPoint Presentation", ""),
        ("Report template", ""),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("Two\nlines\x00", "Two lines"),
        ("Strategy", "Strategy"),
    ],
)
def test_titles_that_say_nothing_are_not_offered(said: str, title: str) -> None:
    assert title_from(said) == title


def test_an_answer_that_cannot_be_taken_is_asked_again_and_the_others_are_kept(ws: Workspace, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from pipeline.cli.main import boardpack

    outside = tmp_path / "scan.pdf"
    outside.write_bytes(pdf(title=""))
    given = ["E011", " ", "Equity scan", "Head of Insight", "last May", "2026-05-01", "", "secret", "internal"]
    typed = "\n".join([*given, "audit", "3", ""])

    told = CliRunner().invoke(
        boardpack, ["--root", str(tmp_path), "register", "add", str(outside)], input=typed, catch_exceptions=False
    )

    assert told.exit_code == 0, told.output
    assert "--title" not in told.output and "--set title=" in told.output
    assert register(ws)[-1][:4] == ["E011", "Equity scan", "received/scan.pdf", "Head of Insight"]
    assert register(ws)[-1][6:] == ["internal", "audit", "3"]
