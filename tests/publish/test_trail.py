"""trail.csv: a row for each citation; safe to open in a spreadsheet; the same bytes each time."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from lxml import html

from pipeline.dossier.views import Dossier
from pipeline.files import plain_cell, safe_cell
from pipeline.model import Mark
from pipeline.publish.pages import passage
from pipeline.publish.trail import reach_of_documents, trail_csv, write_trail
from pipeline.publish.trail_page import trail_page
from pipeline.publish.trail_text import statement_text
from tests.dossiers import digest, make_action, make_answer, make_citation, make_dossier, make_levels, redacted_citation

LEVELS = make_levels()


def rows(dossier: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(trail_csv(dossier).decode("utf-8-sig"), newline="")))


def with_answers(*answers, dossier: Dossier | None = None) -> Dossier:
    """A dossier whose first statement has these answers."""
    dossier = dossier or make_dossier()
    first, *rest = dossier.sections
    changed = dataclasses.replace(first.statements[0], answers=answers)
    first = dataclasses.replace(first, statements=(changed, *first.statements[1:]))
    return dataclasses.replace(dossier, sections=(first, *rest))


def cited(*citations, respondent: int = 0) -> Dossier:
    return with_answers(make_answer(LEVELS[2], respondent, citations=citations))


def test_where_the_words_stand_is_said_in_parts_of_the_page_or_by_its_name() -> None:
    marks = (Mark(4, 0.12, 0.3, 0.5, 0.015), Mark(4, 0.1, 0.32, 0.25, 0.015), Mark(5, 0.1, 0.08, 0.2, 0.015))
    row = rows(cited(make_citation(marks=marks)))[0]
    assert row["found at"] == "page 4 at 12.0 30.0 50.0 1.5, 10.0 32.0 25.0 1.5; page 5 at 10.0 8.0 20.0 1.5"
    assert rows(cited(make_citation(at="Summary!B7")))[0]["found at"] == "Summary!B7"


def test_a_citation_is_followed_from_claim_to_digest():
    row = rows(make_dossier())[0]
    assert row == {
        "statement": "GA1",
        "respondent": "ICB health inequalities team",
        "level": "Growing",
        "evidence id": "E001",
        "title": "Health Equity Strategy, part 1",
        "file": "strategy/part 1.pdf",
        "page": "4",
        "quotation": "the Board agreed to move £2.4 million from reactive to preventive services",
        "verdict": "found on page",
        "page found": "4",
        "sha256": digest("document 1"),
        "owner": "Director of Strategy",
        "dated": "2025-11-06",
        "review by": "2026-11-06",
        "where": "answer on GA1",
        "as written": 'E001 p.4 "the Board agreed to move £2.4 million from reactive to preventive services"',
        "audience": "internal",
        "remarks": "",
        "found at": "",
    }


def test_every_citation_has_a_row_wherever_it_stands():
    dossier = make_dossier()
    action = make_action(1, dossier.statements[0], citations=(make_citation(5),))
    places = [r["where"] for r in rows(dataclasses.replace(dossier, actions=(action,)))]
    assert places[-3:] == ["action A1", "risk BAF3", "narrative background"]
    assert places[:2] == ["answer on GA1", "answer on GA2"]


def test_excel_reads_every_letter_and_takes_no_page_for_a_date():
    data = trail_csv(cited(make_citation(page_cited="4-6", page_found=5, title="Ŵ £ – 平等")))
    assert data.startswith(b"\xef\xbb\xbf")
    row = rows(cited(make_citation(page_cited="4-6", page_found=5, title="Ŵ £ – 平等")))[0]
    assert (row["page"], row["page found"], row["title"]) == ("4 to 6", "5", "Ŵ £ – 平等")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", " ="])
def test_a_cell_that_would_run_is_escaped_in_every_column(start):
    text = f"{start}cmd|' /C calc'!A0"
    row = rows(cited(make_citation(title=text, owner=text, quotation=text, file=text, written=text)))[0]
    for column in ("title", "owner", "quotation", "file", "as written"):
        assert row[column] == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "a = b", "3-4", "'quoted'", "# heading", "-3.5", "-12"])
def test_other_cells_stay_letter_for_letter(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", ["=1", "'=1", "''@x", "'", "'quoted'", "' -a", "- a point", "-3.5", "'-3.5", "", "\t"])
def test_what_was_escaped_is_read_back_letter_for_letter(text):
    assert plain_cell(safe_cell(text)) == text


def test_line_breaks_commas_and_quotation_marks_survive():
    text = 'one, "two"\nthree; four'
    assert rows(cited(make_citation(quotation=text)))[0]["quotation"] == text


def test_what_was_left_alone_in_a_document_is_said_wherever_it_is_cited():
    said = ("it holds 2 attached files, not opened", "it holds macros, not run")
    dossier = cited(make_citation(remarks=said))
    assert rows(dossier)[0]["remarks"] == "; ".join(said)
    for text in (statement_text(dossier, "GA1"), html.fromstring(trail_page(dossier)).text_content()):
        assert "Of this document" in text and "; ".join(said) in " ".join(text.split())


def test_what_is_not_public_is_not_in_a_public_trail():
    dossier = dataclasses.replace(cited(redacted_citation(statement="GA1")), audience="public")
    row = rows(dossier)[0]
    assert row["title"] == "Internal document held by the Director of Strategy; not published with this paper"
    assert (row["statement"], row["verdict"], row["audience"]) == ("GA1", "found on page", "public")
    assert not any(row[c] for c in ("evidence id", "file", "page", "quotation", "page found", "sha256", "as written"))


def test_a_reference_that_could_not_be_understood_still_has_its_row():
    broken = make_citation(
        evidence="",
        title="",
        file="",
        sha256="",
        quotation="",
        page_cited="",
        page_found=None,
        written="E001 page four",
        shown="A reference that could not be understood: E001 page four",
        verdict="not checkable",
        dated=None,
    )
    row = rows(cited(broken))[0]
    assert row["as written"] == "E001 page four"
    assert row["title"] == "A reference that could not be understood: E001 page four"
    assert row["dated"] == ""


def test_the_same_bytes_each_time(monkeypatch, tmp_path):
    write_trail(make_dossier(), tmp_path / "one")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    write_trail(make_dossier(), tmp_path / "two")
    for name in ("trail.csv", "trail.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


# --- what falls if a document is withdrawn


def reach(dossier: Dossier) -> dict[str, tuple[list[str], list[str], list[str]]]:
    names = lambda statements: [s.id for s in statements]  # noqa: E731
    return {r.document.id: (names(r.alone), names(r.shared), names(r.idle)) for r in reach_of_documents(dossier)}


def only_first(*answers) -> Dossier:
    dossier = with_answers(*answers, dossier=make_dossier(1, 1))
    return dataclasses.replace(dossier, risks=(), narratives={})


def test_a_statement_rests_alone_on_its_only_document():
    one = make_answer(LEVELS[2], citations=(make_citation(1), make_citation(1, page_cited="9")))
    assert reach(only_first(one)) == {"E001": (["GA1"], [], [])}


def test_two_documents_carry_it_together_whoever_of_us_cites_them():
    team = make_answer(LEVELS[2], citations=(make_citation(1),))
    board = make_answer(LEVELS[2], 1, citations=(make_citation(2),))
    assert reach(only_first(team, board)) == {"E001": ([], ["GA1"], []), "E002": ([], ["GA1"], [])}


def test_a_partners_citation_carries_no_level():
    team = make_answer(LEVELS[2], citations=(make_citation(1),))
    partner = make_answer(LEVELS[2], 2, citations=(make_citation(2),))
    assert reach(only_first(team, partner)) == {"E001": (["GA1"], [], []), "E002": ([], [], ["GA1"])}


def test_words_not_found_and_a_missing_file_carry_nothing():
    lost = make_citation(2, verdict="not found")
    missing = make_citation(3, verdict="not checkable", sha256="")
    team = make_answer(LEVELS[2], citations=(make_citation(1), lost, missing))
    assert reach(only_first(team)) == {
        "E001": (["GA1"], [], []),
        "E002": ([], [], ["GA1"]),
        "E003": ([], [], ["GA1"]),
    }


def test_two_ids_of_one_file_are_one_document():
    same = make_citation(2, sha256=make_citation(1).sha256)
    team = make_answer(LEVELS[2], citations=(make_citation(1), same))
    assert reach(only_first(team))["E001"] == (["GA1"], [], [])


def test_the_document_on_which_most_rests_comes_first():
    lengths = [len(r.alone) for r in reach_of_documents(make_dossier(45, 5))]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 0


# --- the words cited, marked in their passage


@pytest.mark.parametrize(
    ("context", "quotation", "marked"),
    [
        ("the Board agreed it in May", "Board agreed", ["Board agreed"]),
        ("the Board\nagreed  it in May", "board agreed", ["Board\nagreed"]),
        ("a popula-\ntion health plan", "population health", ["popula-\ntion health"]),
        ("it says “we’ll act” today", '"we\'ll act"', ["we’ll act"]),
        ("the ﬁnal report", "final report", ["ﬁnal report"]),
        ("we began early and then ended well", "began ... ended", ["began", "ended"]),
        ("spend was £6.2 million", "£6.2 million", ["6.2 million"]),
        ("quite another passage", "Board agreed", []),
        ("words", "", []),
    ],
)
def test_the_words_are_marked_where_they_stand(context, quotation, marked):
    parts = passage(context, quotation)
    assert "".join(text for text, _ in parts) == context
    assert [text for text, is_marked in parts if is_marked] == marked
