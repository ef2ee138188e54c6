"""The trail in a terminal: 80 columns, nothing that a terminal obeys, a sample that can be drawn again."""

from __future__ import annotations

import dataclasses
import json

import pytest

from pipeline.errors import UsageError
from pipeline.publish.trail import citations_in_place
from pipeline.publish.trail_text import (
    elsewhere,
    elsewhere_text,
    overview_text,
    sample,
    statement_text,
    statements_text,
    trail_json,
    with_tag,
)
from tests.dossiers import make_answer, make_citation, make_dossier, make_levels, redacted_citation
from tests.publish.test_trail import cited, with_answers

LEVELS = make_levels()


@pytest.mark.parametrize("width", [80, 40, 120])
def test_no_line_is_wider_than_the_terminal(width):
    dossier = make_dossier(45, 5)
    for text in (overview_text(dossier, width=width), statement_text(dossier, "GA1", max(width, 80))):
        assert max(len(line) for line in text.splitlines()) <= max(width, 40 if "Evidence trail" in text else 80)


def test_a_statement_in_full():
    text = statement_text(make_dossier(), "ga3")
    words = " ".join(text.split())
    assert words.startswith("GA3 Money follows ambition Spending plans match")
    assert "Reported level: Reactive" in words
    assert "By group: Team Reactive; Board Reactive; Partners Growing" in words
    assert "Movement: no change from Reactive" in words
    assert "[no quotation] Health Equity Strategy, part 4" in words
    assert "owner Director of Strategy; dated 6 November 2025, review by 6 November 2026" in words
    assert "SHA-256 " in words
    assert "Reason: The review is booked." in words
    assert "part 3” was due for review." in words


def test_a_quotation_not_found_shows_the_nearest_passage():
    miss = make_citation(
        verdict="not found",
        context="",
        nearest="agreed to move £2.6 million",
        nearest_page=7,
        difference="the document has £2.6 million, not £2.4 million.",
    )
    words = " ".join(statement_text(cited(miss), "GA1").split())
    assert "[not found]" in words
    nearest = (
        "Nearest passage (page 7): “agreed to move £2.6 million”. The document has £2.6 million, not £2.4 million."
    )
    assert nearest in words


def test_the_overview_marks_what_must_stand_beside_a_level():
    text = overview_text(make_dossier())
    assert "Growing *" in text
    assert "* evidence incomplete, or agreed without complete evidence" in text
    assert "boardpack trail GA1 shows one of them in full." in text


def test_an_unknown_statement_names_those_that_there_are():
    with pytest.raises(UsageError, match=r"There is no statement GA9.*GA1, GA2, GA3, SC1"):
        statement_text(make_dossier(), "GA9")


def test_the_same_seed_draws_the_same_sample_in_order():
    dossier = make_dossier(45, 5)
    drawn = sample(dossier, 10, 2026)
    assert drawn == sample(dossier, 10, 2026)
    assert len(drawn) == 10
    order = [s.id for s in dossier.statements]
    assert [s.id for s in drawn] == sorted((s.id for s in drawn), key=order.index)
    assert drawn != sample(dossier, 10, 2027)
    assert len(sample(dossier, 99, 1)) == 45


def test_statements_by_tag():
    dossier = make_dossier()
    assert [s.id for s in with_tag(dossier, "CQC=Governance")] == ["GA1", "SC2"]
    assert with_tag(dossier, "cqc") == with_tag(dossier, "cqc=governance")
    with pytest.raises(UsageError, match="cqc=governance"):
        with_tag(dossier, "cqc=other")


def test_json_is_for_programs_and_says_for_whom():
    dossier = make_dossier()
    content = json.loads(trail_json(dossier, dossier.statements[:1]))
    assert content["audience"] == "internal"
    assert content["statements"][0]["answers"][0]["citations"][0]["verdict"] == "found on page"


def test_nothing_that_a_terminal_obeys_comes_out():
    nasty = "a\x1b[31mred\x07\x9b2J\u202eesrever\r\nnext so\u00adft"
    dossier = with_answers(
        make_answer(LEVELS[2], comment=nasty, citations=(make_citation(shown=nasty, context=nasty),))
    )
    text = statements_text(dossier, dossier.statements[:1])
    assert not any(c in text for c in "\x1b\x07\x9b\u202e\r\u00ad")
    assert "soft" in text
    encoded = trail_json(dossier, dossier.statements[:1])
    assert encoded.isascii()
    assert json.loads(encoded)["statements"][0]["answers"][0]["comment"] == nasty, "programs get it letter for letter"


def test_a_redacted_citation_shows_nothing_of_its_document():
    dossier = dataclasses.replace(cited(redacted_citation()), audience="public")
    words = " ".join(statement_text(dossier, "GA1").split())
    assert "[found on page] Internal document held by the Director of Strategy; not published with this paper" in words
    assert "SHA-256" not in words
    assert "What the checks found" not in words


def test_every_citation_is_reached_by_the_name_of_its_statement_or_of_where_it_stands():
    dossier = make_dossier()
    reached = {c for s in dossier.statements for a in s.answers for c in a.citations}
    overview = " ".join(overview_text(dossier).split())
    for place, citation in citations_in_place(dossier):
        if place.statement is None:
            assert place.where in overview
            found = elsewhere(dossier, place.where.partition(" ")[2].upper())
            reached |= {c for _, c in found}
            assert " ".join(citation.shown.split()) in " ".join(elsewhere_text(found).split())
    assert reached == {c for _, c in citations_in_place(dossier)}
    assert elsewhere(dossier, "GA1") == () and elsewhere(dossier, "nowhere") == ()


def test_programs_get_the_citations_that_stand_elsewhere():
    dossier = make_dossier()
    told = json.loads(trail_json(dossier, (), elsewhere(dossier)))["elsewhere"]
    assert [row["where"] for row in told] == [p.where for p, _ in citations_in_place(dossier) if not p.statement]
    assert all(row["citation"]["verdict"] for row in told)
