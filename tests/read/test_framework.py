"""A framework is data: the shipped ones load, a team's own needs little, one that cannot be trusted is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.inputs.framework import read_framework, shipped_frameworks
from pipeline.model import Framework, Requirement
from tests.read.making import ASSESSMENT, ASSESSMENT_TEXT, CYCLE, FRAMEWORK_TEXT, HERE, gather, make, refused

SMALL = f"{HERE}/small.yaml"


def read(root: Path, text: str = FRAMEWORK_TEXT, **files: str) -> Framework:
    return read_framework(
        make(root, {SMALL: text, **{f"{HERE}/{n}.yaml": t for n, t in files.items()}}), "small.yaml", CYCLE
    )


def test_the_shipped_frameworks_load_and_their_links_resolve(tmp_path: Path) -> None:
    ws = make(tmp_path)
    assert shipped_frameworks() == ["hi-icb", "hi-kloe"]
    icb, kloe = (read_framework(ws, name, CYCLE) for name in shipped_frameworks())
    assert (len(icb.sections), len(icb.statements), len(icb.levels), icb.shipped) == (5, 45, 4, True)
    assert (len(kloe.sections), len(kloe.columns), len(kloe.statements)) == (8, 5, 40)
    named = {name for s in icb.statements for name in s.references}
    assert named and named <= {r.id for r in icb.references}
    assert {name for s in kloe.statements for name in s.statements} <= {s.id for s in icb.statements}
    first = icb.statements[0]
    assert (first.id, first.section, first.kloe, first.baf["risk"]) == ("GA1", "GA", ("K1", "K4"), "HI-R1")
    assert icb.tags["cqc"]["equity-in-access"] == "Equity in access"


def test_a_small_framework_needs_only_ids_names_texts_and_who_answers(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert [(level.id, level.name, level.rank) for level in found.levels] == [
        ("low", "Low", 0),
        ("mid", "Middling", 1),
        ("high", "High", 2),
    ]
    assert [(s.id, s.section, s.answered_by) for s in found.statements][1] == ("A2", "A", "both")
    assert (found.statements[0].name, found.shipped, found.references) == ("First", False, ())


def test_a_level_that_says_nothing_asks_for_one_document_and_the_lowest_for_none(tmp_path: Path) -> None:
    assert [level.requires for level in read(tmp_path).levels] == [Requirement(0), Requirement(1), Requirement(1)]


def test_what_a_level_asks_for(tmp_path: Path) -> None:
    text = FRAMEWORK_TEXT.replace(
        "{id: high, name: High}",
        "{id: high, name: High, requires: {documents: 2, max_age_months: 12, kinds: [minutes, Report], periods: 2, "
        "outside_the_team: true}}",
    )
    assert read(tmp_path, text).levels[2].requires == Requirement(2, 12, ("minutes", "report"), 2, True)


def test_everything_else_that_a_framework_may_hold(tmp_path: Path) -> None:
    text = (
        FRAMEWORK_TEXT.replace(
            "{id: A1, text: First., answered_by: team}",
            "{id: A1, text: First., answered_by: Team, short: One, formerly: A9, both_natures: true, "
            "references: [law], "
            "annual_report: P1, baf: {risk: R1, role: control}, tags: {colour: red, sizes: [1.10, no]}}",
        )
        .replace(
            "levels:",
            "references: refs.yaml\nannual_report_parts: {P1: Part one}\nprincipal_risks: [{id: R1, title: A risk}]\n"
            "tags: {colour: {red: Hot}, note: free}\nlevels:",
            1,
        )
        .replace("title: First section", "title: First section\n    compliance: yes\n    level_notes: {low: Little}")
    )
    found = read(tmp_path, text, refs="references:\n  - {id: law, title: A law, status: superseded, confirm: true}\n")
    one = found.statements[0]
    assert (one.short, one.formerly, one.both_natures) == ("One", ("A9",), True)
    assert one.tags == {"colour": ("red",), "sizes": ("1.10", "no")}
    assert (found.references[0].status, found.references[0].confirm) == ("superseded", True)
    assert (found.sections[0].compliance, found.sections[0].level_notes) == (True, {"low": "Little"})
    assert (found.tags, found.principal_risks[0].id) == ({"colour": {"red": "Hot"}}, "R1")


def test_a_matrix_has_a_column_for_each_cell(tmp_path: Path) -> None:
    text = FRAMEWORK_TEXT.replace("sections:", "columns: [{id: P1, title: One}, {id: P2, title: Two}]\nsections:", 1)
    for column, statement in (("P1", "A1"), ("P2", "A2"), ("P1", "B1"), ("P2", "B2")):
        text = text.replace(f"id: {statement},", f"id: {statement}, column: {column},")
    assert [s.column for s in read(tmp_path, text).statements] == ["P1", "P2", "P1", "P2"]


@pytest.mark.parametrize(
    ("old", "new", "said", "row", "field"),
    [
        ("id: A2,", "id: a1 ,", "used twice", 13, "sections"),
        ("  - id: B\n", "  - id: A\n", "used twice", 14, "sections"),
        ("answered_by: both", "answered_by: bord", "`bord`", 13, "sections.statements.answered_by"),
        ("answered_by: both", "answerd_by: both", "not known", 13, "sections.statements.answerd_by"),
        (", answered_by: both", "", "`answered_by` is missing", 13, "sections.statements.answered_by"),
        ("id: A2, ", "", "`id` is missing", 13, "sections.statements.id"),
        ("text: Second.,", "text: ,", "`text` is missing", 13, "sections.statements.text"),
        ("name: Middling", "name: low", "share an id or name", 4, "levels"),
        ("name: Middling", "name: Not assessed", "named `not assessed`", 4, "levels"),
        ("name: High}", "name: High, requires: {kinds: [minuts]}}", "`minuts`", 7, "levels.requires.kinds"),
        ("name: High}", "name: High, requires: {documents: two}}", "whole number", 7, "levels.requires.documents"),
        ("name: High}", "name: High, requires: {document: 2}}", "not known", 7, "levels.requires.document"),
        ("answered_by: both", "answered_by: both, column: P9", "no column `P9`", 13, "sections.statements.column"),
        ("sections:", "columns: [{id: P1, title: One}]\nsections:", "`column` is missing", 13, None),
        ("levels:", "references: refs.yaml\nlevels:", "no file `refs.yaml`", 4, "references"),
        ('version: "1.0"\n', "", "`version` is missing", 1, "version"),
        ("levels:", "levles:", "not known", 4, "levles"),
        (FRAMEWORK_TEXT[FRAMEWORK_TEXT.index("sections:") :], "sections: []\n", "no statements", 8, "sections"),
        (FRAMEWORK_TEXT, "", "is empty", None, None),
        (FRAMEWORK_TEXT, "%PDF-1.4", "it is a PDF", None, None),
    ],
)
def test_a_framework_that_cannot_be_trusted_is_refused(
    tmp_path: Path, old: str, new: str, said: str, row: int | None, field: str | None
) -> None:
    assert old in FRAMEWORK_TEXT
    fault = refused(tmp_path, {SMALL: FRAMEWORK_TEXT.replace(old, new, 1)})
    assert said in fault.message and fault.file == SMALL
    assert fault.row == row
    if field:
        assert fault.field == field


def test_a_reference_that_is_named_and_not_listed_is_refused(tmp_path: Path) -> None:
    text = FRAMEWORK_TEXT.replace("levels:", "references: refs.yaml\nlevels:", 1)
    text = text.replace("text: First.,", "text: First., references: [lwa],")
    fault = refused(tmp_path, {SMALL: text, f"{HERE}/refs.yaml": "references: [{id: law, title: A law}]\n"})
    assert "`lwa`" in fault.message and "`law`" in fault.remedy and fault.row == 13


def test_a_shipped_framework_is_named_by_its_id(tmp_path: Path) -> None:
    text = ASSESSMENT_TEXT.replace("small.yaml", "hi-icb")
    assert gather(tmp_path, {ASSESSMENT: text}).framework.shipped


def test_a_copy_of_a_shipped_framework_finds_the_shipped_references(tmp_path: Path) -> None:
    from pipeline.workspace import SHIPPED_FRAMEWORKS

    copy = (SHIPPED_FRAMEWORKS / "hi-icb.yaml").read_text("utf-8")
    found = read_framework(make(tmp_path, {f"{HERE}/ours.yaml": copy}), "ours", CYCLE)
    assert found.references and not found.shipped


def test_a_framework_outside_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(FRAMEWORK_TEXT)
    text = ASSESSMENT_TEXT.replace("small.yaml", "../../../elsewhere.yaml")
    fault = refused(tmp_path / "workspace", {ASSESSMENT: text})
    assert "outside the workspace" in fault.message and fault.field == "framework"
