"""The evidence register: which rows are read, and one finding for each that cannot be."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.inputs.register import named_files, read_register
from pipeline.model import EvidenceDocument, Finding, Severity
from pipeline.workspace import Workspace
from tests.read.making import REGISTER, REGISTER_HEAD, RESPONSES, TEAM, gather, workbook

ALL = REGISTER_HEAD.strip() + ",url,supersedes,status,nature,publisher,checked_by,checked_on\n"


def read(root: Path, *rows: str, head: str = REGISTER_HEAD) -> tuple[list[EvidenceDocument], list[Finding]]:
    (root / "evidence").mkdir(parents=True, exist_ok=True)
    (root / REGISTER).write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    documents, faults = read_register(Workspace(root), {})
    return list(documents), list(faults)


def test_a_whole_row(tmp_path: Path) -> None:
    row = (
        "E002, The plan ,plans\\new.pdf,Director,2025-05-01,2027-05-01,Public,Plan,3,https://x.org,e001; E009,Draft,"
        "Qualitative,NHS,Secretary,2026-01-05"
    )
    (old, _, new), faults = read(
        tmp_path, "E001,Old,old.pdf,o,,,,,,,,,,,,", "E009,Older,older.pdf,o,,,,,,,,,,,,", row, head=ALL
    )
    assert faults == []
    assert (new.id, new.title, new.file, new.owner) == ("E002", "The plan", "plans/new.pdf", "Director")
    assert (new.dated, new.review_by) == (datetime.date(2025, 5, 1), datetime.date(2027, 5, 1))
    assert (new.visibility, new.kind, new.assurance_line, new.status) == ("public", "plan", 3, "draft")
    assert (new.supersedes, new.nature, new.publisher, new.url) == (
        ("E001", "E009"),
        "qualitative",
        "NHS",
        "https://x.org",
    )
    assert (new.checked_by, new.checked_on, new.place.row) == ("Secretary", datetime.date(2026, 1, 5), 4)
    assert (old.visibility, old.kind, old.assurance_line, old.status) == ("internal", "other", 1, "approved")


def test_a_link_alone_is_enough(tmp_path: Path) -> None:
    (found,), faults = read(tmp_path, "E001,A page,,o,,,,,,https://x.org,,,,,,", head=ALL)
    assert (found.file, found.url, faults) == ("", "https://x.org", [])


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("E001,,a.pdf,o,,,,,", "title"),
        ("E001,Title,,o,,,,,", "file"),
        (",Title,a.pdf,o,,,,,", "id"),
        ("E001, ,a.pdf,o,never,,pubic,,7", "title"),
    ],
)
def test_a_row_without_id_title_or_place_is_left_out_with_one_finding(tmp_path: Path, row: str, field: str) -> None:
    documents, (found,) = read(tmp_path, row)
    assert documents == []
    assert (found.code, found.severity, found.file, found.row, found.field) == (
        "IN101",
        Severity.BLOCKER,
        REGISTER,
        2,
        field,
    )
    assert found.evidence == (row.partition(",")[0] or None)


def test_citations_of_a_row_that_could_not_be_read_are_not_unknown(tmp_path: Path) -> None:
    case = gather(tmp_path, {REGISTER: REGISTER_HEAD + "E001,,a.pdf,o,,,,,\n", TEAM: RESPONSES + "A1,Low,x,e001 p.3\n"})
    (citation,) = case.forms[0].answers[0].citations
    assert (citation.evidence, citation.known, citation.fault, citation.pages) == ("E001", True, "", (3, 3))
    assert case.document("E001") is None


@pytest.mark.parametrize(
    ("old", "new", "field", "remedy"),
    [
        ("2025-05-01", "2025-02-30", "dated", "real date"),
        ("2027-05-01", "03/04/2027", "review_by", "2027-04-03 if the day comes first"),
        ("public", "pubic", "visibility", "`public`"),
        ("strategy,", "stratgy,", "kind", "`strategy`"),
        (",1", ",4", "assurance_line", "`1`, `2` or `3`"),
        (",1", ",first", "assurance_line", "`3`"),
    ],
)
def test_a_wrong_value_is_one_finding_and_the_row_stays(
    tmp_path: Path, old: str, new: str, field: str, remedy: str
) -> None:
    row = "E001,A title,a.pdf,Owner,2025-05-01,2027-05-01,public,strategy,1"
    documents, (found,) = read(tmp_path, row.replace(old, new, 1))
    assert (found.code, found.row, found.field, found.evidence) == ("IN101", 2, field, "E001")
    assert remedy in found.remedy and [d.id for d in documents] == ["E001"]


def test_a_visibility_that_is_not_clear_is_not_public(tmp_path: Path) -> None:
    assert read(tmp_path, "E001,T,a.pdf,o,,,pubic,,")[0][0].visibility == "internal"


@pytest.mark.parametrize("again", ["E001", "e001", " E001 ", "E 001"])
def test_of_a_repeated_id_the_first_stands(tmp_path: Path, again: str) -> None:
    documents, (found,) = read(tmp_path, "E001,First,a.pdf,o,,,,,", f"{again},,,o,soon,,pubic,,")
    assert [d.title for d in documents] == ["First"]
    assert (found.code, found.row, found.field, found.evidence) == ("IN103", 3, "id", again.strip())


def test_a_document_supersedes_only_what_is_there(tmp_path: Path) -> None:
    documents, (found,) = read(tmp_path, "E001,T,a.pdf,o,,,,,,,E01;E002,,,,,", "E002,T,b.pdf,o,,,,,,,,,,,,", head=ALL)
    assert (found.code, found.row, found.field) == ("IN102", 2, "supersedes") and "`E001`" in found.remedy
    assert documents[0].supersedes == ("E002",)


def test_ids_stay_as_they_are_written(tmp_path: Path) -> None:
    documents, faults = read(tmp_path, "1.10,T,a.pdf,o,,,,,", "1.1,T,b.pdf,o,,,,,", "007,None,NA,no,,,,,")
    assert [d.id for d in documents] == ["1.10", "1.1", "007"] and faults == []
    assert (documents[2].title, documents[2].file, documents[2].owner) == ("None", "NA", "no")


def test_a_register_in_excel(tmp_path: Path) -> None:
    rows = [
        REGISTER_HEAD.strip().split(","),
        ["E001", "T", "a.pdf", "o", datetime.date(2025, 5, 1), None, None, None, 2],
        [(1.1, "0.00"), "T", "b.pdf", "o", datetime.datetime(2025, 5, 1), "", "public", "minutes", "3"],
    ]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "register.xlsx").write_bytes(workbook(rows))
    documents, faults = read_register(Workspace(tmp_path), {})
    assert [(d.id, d.dated, d.assurance_line) for d in documents] == [
        ("E001", datetime.date(2025, 5, 1), 2),
        ("1.10", datetime.date(2025, 5, 1), 3),
    ]
    assert faults == ()


def test_thousands_of_rows_are_read_quickly(tmp_path: Path) -> None:
    import time

    rows = [f"E{i:05},Title {i},f/{i}.pdf,Owner,2025-05-01,2027-05-01,public,report,1" for i in range(5000)]
    begun = time.perf_counter()
    documents, faults = read(tmp_path, *rows)
    assert (len(documents), faults) == (5000, []) and time.perf_counter() - begun < 5


def test_a_file_of_a_row_that_could_not_be_read_is_still_named_by_it(tmp_path: Path) -> None:
    read(tmp_path, "E001,,one.pdf,o,,,,,", "E002,T,two\\b.pdf,o,,,,,", "e002,T,three.pdf,o,,,,,", "E004,T,,o,,,,,")
    assert named_files(Workspace(tmp_path), {}) == {"one.pdf", "two/b.pdf", "three.pdf"}


def test_the_file_of_a_row_that_could_not_be_read_is_not_called_unregistered(tmp_path):
    from tests.case_workspaces import judge, make_workspace

    ws = make_workspace(tmp_path)
    register = ws.root / "evidence/register.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    row = lines[-1].split(",")
    register.write_text("\n".join([*lines[:-1], ",".join([row[0], "", *row[2:]])]) + "\n", encoding="utf-8")

    _, _, findings = judge(ws)

    assert "IN101" in {f.code for f in findings}
    assert "EV307" not in {f.code for f in findings}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("registr.csv", "register.csv"),
        ("Registers.csv", "register.csv"),
        ("regsiter.xlsx", "register.xlsx"),
        ("register.cvs", "register.csv"),
    ],
)
def test_a_register_whose_name_is_misspelt_is_suggested(name: str, right: str, tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / name).write_text(REGISTER_HEAD, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_register(Workspace(tmp_path), {})

    assert refused.value.remedy.startswith(f"`{name}` lies there: if that is the register, name it `{right}`")
