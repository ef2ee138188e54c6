"""Every level, count and date that the three papers print is the dossier's."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from pipeline.dossier import dump
from pipeline.dossier.indicators import category_in_words, count_in_words, value_in_words
from pipeline.model.periods import months_after
from pipeline.papers.actions import soon
from pipeline.text import MONTHS, date_in_words
from tests.papers.conftest import THREE, Made

DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
POUNDS = re.compile(r"£\d[\d,]*(?:\.\d+)?(?! ?(?:million|m\b))")
NUMBERS = {"none of the": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
NUMBERS |= {"eight": 8, "nine": 9, "ten": 10}
NUMBER = r"(\d+|none(?: of the)?|one|two|three|four|five|six|seven|eight|nine|ten)"


def figure(word: str) -> int:
    return NUMBERS[word.lower()] if word.lower() in NUMBERS else int(word)


def dates_in(text: str) -> set[datetime.date]:
    found = {datetime.date(int(y), MONTHS.index(m) + 1, int(d)) for d, m, y in DATE.findall(text)}
    return found | {datetime.date(*map(int, iso)) for iso in ISO.findall(text)}


def levels_in_tables(paper, dossier) -> dict[str, set[str]]:
    """By statement id: the levels in a table's row of it, first those of its second column."""
    names = "|".join(re.escape(level.name) for level in dossier.levels)
    found: dict[str, set[str]] = {}
    for table in paper.tables():
        if table[0][0] != "Statement" or "Level" not in table[0][1]:
            continue
        for row in table[1:]:
            ident = row[0].split()[0]
            if len(row) > 1 and ident in {s.id for s in dossier.statements}:
                level = re.match(rf"({names}|not assessed)", row[1])
                assert level, f"{row[0]}: {row[1]} begins with no level"
                found.setdefault(ident, set()).add(level[1])
    return found


@pytest.mark.parametrize("name", THREE)
def test_every_level_in_a_table_is_the_reported_level(sample: Made, name: str) -> None:
    found = levels_in_tables(sample.paper(name), sample.dossier)

    least = 20 if name == "baf-annex" else 40
    assert len(found) >= least, f"{name} shows too few statements for this test to mean anything"
    assert found == {s.id: {s.reported} for s in sample.dossier.statements if s.id in found}


@pytest.mark.parametrize("name", THREE)
def test_every_date_stands_in_the_dossier(sample: Made, name: str) -> None:
    known = dates_in(dump(sample.dossier).decode())
    # Worked out from the day of the meeting, and from the day on which evidence had to be in date.
    known |= {
        soon(sample.dossier)[0],
        *(months_after(d, 6) for d in (sample.dossier.cover.date, sample.dossier.as_of)),
    }
    printed = dates_in(sample.paper(name).everything)

    assert len(printed) > 8
    assert sorted(map(date_in_words, printed - known)) == []


@pytest.mark.parametrize("name", ["board-paper", "annual-report-section"])
def test_the_counts_by_level_are_the_totals(sample: Made, name: str) -> None:
    totals, text = sample.dossier.totals, sample.paper(name).text
    said = next(p for p in text.splitlines() if p.startswith(f"Of {totals.in_scope} statements"))
    for level in sample.dossier.levels:
        found = re.search(rf"\b{NUMBER} (?:is|are) {level.name}\b", said)
        assert found and figure(found[1]) == totals.counts[level.id], (level.name, said)
    left_out = re.search(rf"\b{NUMBER} (?:is|are) not assessed", said)
    assert (figure(left_out[1]) if left_out else 0) == totals.not_assessed


@pytest.mark.parametrize("name", ["board-paper", "annual-report-section"])
def test_movement_and_evidence_are_counted_as_in_the_totals(sample: Made, name: str) -> None:
    totals, text = sample.dossier.totals, sample.paper(name).text
    moved = re.search(
        rf"Since {sample.dossier.previous_cycle}, {NUMBER} statements? moved down, "
        rf"{NUMBER} moved up and {NUMBER} did not",
        text,
    )
    stands = re.search(
        rf"Of the {NUMBER} levels, {NUMBER} rests? on words found .*?"
        rf"(?:, | and ){NUMBER} rests? on documents .*?(?: and {NUMBER} ha(?:s|ve) no citation|\.)",
        text,
    )
    assert moved and [figure(g) for g in moved.groups()] == [totals.moved_down, totals.moved_up, totals.unchanged]
    assert stands and [figure(g or "none") for g in stands.groups()] == [
        totals.assessed,
        totals.found_on_page,
        totals.document_only,
        totals.not_seen,
    ]


def test_the_heatmap_gives_the_result_of_each_section(sample: Made) -> None:
    table = next(t for t in sample.paper("board-paper").tables() if t[0][:2] == ["Statement", "Level and evidence"])
    said = dict(row[0].split(": ", 1) for row in table[1:] if len(set(row)) == 1 and ": " in row[0])
    assert list(said) == [s.title for s in sample.dossier.sections]
    for section in sample.dossier.sections:
        line = said[section.title]
        for level in sample.dossier.levels:
            found = re.search(rf"(\d+) {level.name}\b", line)
            assert (int(found[1]) if found else 0) == section.score.counts[level.id], line
        assert f"middle level {section.score.middle}" in line and f"lowest {section.score.lowest}, at " in line


def test_the_counts_of_each_section_are_its_own_in_the_annual_report(sample: Made) -> None:
    table = next(t for t in sample.paper("annual-report-section").tables() if t[0][0] == "Section")
    heads = {cell: n for n, cell in enumerate(table[0])}
    assert [row[0] for row in table[1:]] == [s.title for s in sample.dossier.sections]
    for section, row in zip(sample.dossier.sections, table[1:], strict=True):
        for level in sample.dossier.levels:
            assert figure(row[heads[level.name]]) == section.score.counts[level.id]
        assert row[heads["Middle level"]] == section.score.middle
        assert row[-1].startswith(section.score.lowest)


def test_risk_scores_and_suggestions_are_the_dossiers(sample: Made) -> None:
    paper = sample.paper("baf-annex")
    glance = next(t for t in paper.tables() if t[0][:2] == ["Risk", "Inherent"])
    for risk, row in zip(sample.dossier.risks, glance[1:], strict=True):
        assert row[0].startswith(f"{risk.id}: ")
        assert row[1:3] == [risk.inherent.shown, risk.current.shown]
        assert row[3] == f"{risk.target.shown}, by {date_in_words(risk.target_date)}"
    suggested = [t for t in paper.tables() if t[0][:2] == ["Statement", "Level and evidence"]]
    for risk, table in zip((r for r in sample.dossier.risks if r.suggestions), suggested, strict=True):
        printed = {
            (row[0].split()[0], head.lower())
            for row in table[1:]
            for head, cell in zip(table[0], row, strict=True)
            if head.startswith("Gap in ") and cell != "None suggested"
        }
        assert printed == {(s.statement, s.kind) for s in risk.suggestions}
    for kind in ("control", "assurance"):
        number = sum(s.kind == f"gap in {kind}" for r in sample.dossier.risks for s in r.suggestions)
        assert f"{number} gaps in {kind}" in paper.text


def test_every_amount_stands_in_the_dossier(sample: Made) -> None:
    known = set(POUNDS.findall(json.dumps(json.loads(dump(sample.dossier)), ensure_ascii=False)))
    known |= {amount.rstrip(",") for amount in known} | {f"£{180_000:,}"}
    printed = {amount.rstrip(",") for amount in POUNDS.findall(sample.paper("annual-report-section").text)}

    assert len(printed) > 10
    assert printed - known == set()


def test_indicator_values_are_the_dossiers(sample: Made) -> None:
    shown = [
        row for t in sample.paper("annual-report-section").tables() if t[0][:2] == ["Group", "Value"] for row in t[1:]
    ]
    # The newest of each group stands in these tables; the periods before it stand in tables over time.
    given = [row for row in sample.dossier.indicators if row.value.strip()]
    assert len(shown) > 30
    for cells in shown:
        row = next(r for r in given if [category_in_words(r), value_in_words(r), count_in_words(r)] == cells[:3])
        if row.value == "*":
            assert cells[1:] == ["not shown *", "*", "*"]
        else:
            assert cells[1].startswith(row.value)
            assert cells[2] == f"{int(row.numerator):,} of {int(row.denominator):,}"
            assert cells[3] == f"{row.low} to {row.high}"


def test_the_web_page_says_what_the_word_file_says(sample: Made) -> None:
    from lxml import html

    def words(text: str) -> str:
        return re.sub(r"\W+|\[\d+\]|↑", "", text)

    page = html.fromstring(sample.page.encode())
    for mark in page.xpath("//sup"):
        mark.drop_tree()
    text = words("".join(page.find("body").itertext()))
    missing = [
        p
        for p in sample.paper("annual-report-section").paragraphs
        if not re.search(r"\d", p) and words(p) and words(p) not in text
    ]
    assert missing == []
