"""Edits made in Word, back in the Markdown: what was edited changes, everything else stays to the letter."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.adopt import Adoption, write_changes
from pipeline.flow.adopting import find_edited, put_aside, read_edits
from pipeline.flow.papers import build_paper
from pipeline.office import integrity
from pipeline.workspace import Workspace
from tests.case_workspaces import make_workspace

CYCLE = "2025-26"
SUMMARY = """\
## Where we stand

Of {{ totals.in_scope }} statements none is *left out* of [the web page](https://westmarch.example/equity),
and the middle level is {{ scores.GA.middle }} [@E01 "Fair start for every child";
E03].

- The first point, which is
  wrapped [@E03].
- The **second** point.

> A quotation \\* with a star.

| When | What |
|:--|---|
| May 2025 | The Board   met |
| June 2025 | {{ totals.assessed }} levels were read |

---

The last words.
"""
Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a draft paper, made once; each test edits a copy."""
    ws = make_workspace(tmp_path_factory.mktemp("adopt") / "ws")
    register = ws.evidence / "register.csv"
    text = register.read_text(encoding="utf-8").replace(",2026-09-30,public,report", ",2026-09-30,internal,report")
    register.write_text(text, encoding="utf-8")
    narrative(ws).write_text(SUMMARY, encoding="utf-8")
    build_paper(ws, "board-paper", CYCLE, draft=True)
    return ws


@pytest.fixture
def ws(built: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(built.root, tmp_path / "ws")
    return Workspace(tmp_path / "ws")


def narrative(ws: Workspace) -> Path:
    return ws.cycle_folder(CYCLE) / "narrative" / "executive-summary.md"


def paper(ws: Workspace) -> Path:
    return ws.build(CYCLE) / "board-paper-draft.docx"


def edit(ws: Workspace, change: Edit) -> Adoption:
    """Change the paper as a person would in Word, and see what comes back."""
    docx = Document(str(paper(ws)))
    change(docx)
    docx.save(str(paper(ws)))
    return read_edits(ws, find_edited(ws, paper(ws).name, None))


def adopted(ws: Workspace, change: Edit) -> str:
    """The narrative after the edit was taken back."""
    write_changes(edit(ws, change).changes)
    return narrative(ws).read_text(encoding="utf-8")


def the_paragraph(docx: Any, words: str) -> Any:
    found = [p for p in docx.paragraphs if words in p.text]
    assert found, words
    return found[0]


def replace_words(old: str, new: str) -> Edit:
    def change(docx: Any) -> None:
        run = next(r for p in docx.paragraphs for r in p.runs if old in r.text)
        run.text = run.text.replace(old, new)

    return change


def insert_after(words: str, text: str, style: str | None = None) -> Edit:
    def change(docx: Any) -> None:
        paragraph = the_paragraph(docx, words)
        new = parse_xml(f"<w:p {nsdecls('w')}/>")
        paragraph._p.addnext(new)
        made = type(paragraph)(new, paragraph._parent)
        made.add_run(text)
        made.style = style or paragraph.style

    return change


def test_a_paper_that_was_not_edited_changes_nothing(ws: Workspace) -> None:
    found = edit(ws, lambda docx: None)  # saved by another program, all the same

    assert found == Adoption((), (), ())


def test_an_edited_sentence_keeps_figures_citations_links_and_line_ends(ws: Workspace) -> None:
    after = adopted(ws, replace_words("and the middle level is", "and our middle level is"))

    assert after == SUMMARY.replace("and the middle level", "and our middle level")


@pytest.mark.parametrize(
    ("words", "new", "written"),
    [
        ("point, which is wrapped", "point, which was wrapped", ("which is\n  wrapped", "which was wrapped")),
        (" point.", " and last point.", ("**second** point.", "**second** and last point.")),
        ("A quotation * with a star.", "A quotation * with two_stars.", ("with a star.", "with two_stars.")),
        ("Where we stand", "Where we stood", ("## Where we stand", "## Where we stood")),
        ("The last words.", "1. The last words # here.", ("The last words.", "1\\. The last words # here.")),
        ("The last words.", "Fish & <b>chips</b> at [x](y)", ("The last words.", "Fish \\& \\<b\\>chips\\</b\\> at")),
    ],
)
def test_each_kind_of_passage_is_edited_where_it_stands(
    ws: Workspace, words: str, new: str, written: tuple[str, str]
) -> None:
    after = adopted(ws, replace_words(words, new))

    kept = [line for line in SUMMARY.splitlines() if line not in written[0].splitlines()]
    assert re.sub(r"\s+", " ", written[1]) in re.sub(r"\s+", " ", after)
    assert [line for line in kept if line.startswith(("|", "---", "Of "))] == [
        line for line in after.splitlines() if line.startswith(("|", "---", "Of "))
    ]
    assert read_edits(ws, find_edited(ws, paper(ws).name, None)).changes == ()


def test_a_cell_is_edited_and_other_rows_stay_as_written(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        cell = next(c for t in docx.tables for r in t.rows for c in r.cells if "levels were read" in c.text)
        cell.paragraphs[0].runs[0].text = cell.paragraphs[0].runs[0].text.replace("read", "read | twice")

    after = adopted(ws, change)

    assert after == SUMMARY.replace("levels were read", "levels were read \\| twice")


def test_paragraphs_that_come_and_go(ws: Workspace) -> None:
    assert adopted(ws, insert_after("second", "A third point.")) == SUMMARY.replace(
        "- The **second** point.\n", "- The **second** point.\n- A third point.\n"
    )

    def remove(docx: Any) -> None:
        gone = the_paragraph(docx, "A quotation")._p
        gone.getparent().remove(gone)

    after = adopted(ws, remove)
    assert "A quotation" not in after
    assert "- A third point.\n\n| When" in after


def test_a_new_heading_and_paragraph_stand_between_blank_lines(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        insert_after("The last words.", "What next", "Heading 2")(docx)
        insert_after("What next", "We go on.", "Body Text")(docx)

    assert adopted(ws, change) == SUMMARY + "\n## What next\n\nWe go on.\n"


def test_bold_and_italic_come_back(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        paragraph = the_paragraph(docx, "The last words.")
        paragraph.add_run(" Read ")
        paragraph.add_run("this").bold = True
        paragraph.add_run(" and ")
        paragraph.add_run("that.").italic = True

    assert adopted(ws, change).endswith("\nThe last words. Read **this** and *that.*\n")


def test_a_figure_written_over_stays_live_and_is_named(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        cell = next(c for t in docx.tables for r in t.rows for c in r.cells if "levels were read" in c.text)
        run = cell.paragraphs[0].runs[0]
        run.text = re.sub(r"^\d+", "99", run.text)

    found = edit(ws, change)

    assert found.changes == ()
    assert "`{{ totals.assessed }}`" in found.remarks[0]
    assert "“99” was written over it" in found.remarks[0]


def test_tracked_changes_are_taken_as_accepted(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        run = the_paragraph(docx, "The last words.").runs[0]._r
        text = '<w:t xml:space="preserve">'
        struck = f'<w:del {nsdecls("w")} w:id="900" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del>'
        added = f'<w:ins {nsdecls("w")} w:id="901" w:author="A"><w:r>{text} And more.</w:t></w:r></w:ins>'
        run.addnext(parse_xml(added))
        run.addnext(parse_xml(struck))

    found = edit(ws, change)

    assert found.changes[0].after == SUMMARY.replace("The last words.", "The last words. And more.")
    assert found.remarks == ("The paper has tracked changes: they are taken as accepted.",)


def test_what_is_typed_as_a_citation_becomes_one(ws: Workspace) -> None:
    after = adopted(ws, replace_words("The last words.", "The last words [@E04 “agreed”] of {{ cycle }}."))

    assert after == SUMMARY.replace("The last words.", "The last words [@E04 “agreed”] of {{ cycle }}.")


def test_a_citation_goes_along_with_its_sentence(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        first = the_paragraph(docx, "statements none is")._p
        last = the_paragraph(docx, "The last words.")._p
        last.addnext(first)

    after = adopted(ws, change)

    assert after.count("[@E01") == 1
    assert after.rstrip().endswith("E03].")
    assert "{{ totals.in_scope }}" in after


def test_an_internal_document_is_known_again_though_the_paper_does_not_name_it(ws: Workspace) -> None:
    words = "".join(p.text for p in Document(str(paper(ws))).paragraphs)
    assert "aims of the strategy" not in words

    after = adopted(ws, replace_words("point, which is wrapped", "point, now"))

    assert "- The first point, now [@E03].\n" in after


def test_edits_elsewhere_are_named_with_their_source(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        replace_words("Take assurance from", "Take no notice of")(docx)
        cell = next(
            c for t in docx.tables for r in t.rows for c in r.cells if "about differences between groups" in c.text
        )
        cell.paragraphs[0].runs[0].text = "Nothing to say."

    found = edit(ws, change)

    assert found.changes == ()
    said = {e.after: e.place for e in found.elsewhere}
    file = "assessments/2025-26/assessment.yaml"
    assert said["Nothing to say."] == f"{file}, field `paper.implications.equality`"
    assert any(after.startswith(("Take no", "take no")) and file in place for after, place in said.items())


def test_an_edited_comment_is_named_with_file_row_and_field(ws: Workspace) -> None:
    comment = (ws.cycle_folder(CYCLE) / "responses/team.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[2]
    sentence = comment.strip('"').split(".")[0]

    def change(docx: Any) -> None:
        runs = [r for p in docx.element.body.iter(qn("w:t")) for r in [p] if sentence in (p.text or "")]
        runs[-1].text = runs[-1].text.replace(sentence, "We do all of it")

    annex = paper(ws).with_name("evidence-annex-draft.docx")
    docx = Document(str(annex))
    change(docx)
    docx.save(str(annex))
    found = read_edits(ws, find_edited(ws, annex.name, None))

    assert [e.place for e in found.elsewhere] == ["assessments/2025-26/responses/team.csv, row 2, field `comment`"]


def test_marks_that_are_gone_are_told_and_nothing_is_taken(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        for mark in list(docx.element.body.iter(qn("w:bookmarkStart"))):
            if mark.get(qn("w:name")).startswith("narrative"):
                mark.getparent().remove(mark)

    found = edit(ws, change)

    assert found.changes == ()
    assert "The marks round the passage executive-summary are gone" in found.remarks[0]


def test_marks_may_stand_inside_the_paragraphs_beside_them(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        body = docx.element.body
        for mark in [m for m in body if m.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            below = mark.getnext()
            while below.tag != qn("w:p"):
                below = below.getnext()
            below.insert(1 if below[0].tag == qn("w:pPr") else 0, mark)

    assert edit(ws, change) == Adoption((), (), ())


def test_where_inputs_moved_other_figures_are_no_edits(ws: Workspace) -> None:
    team = ws.cycle_folder(CYCLE) / "responses/team.csv"
    lines = team.read_text(encoding="utf-8").splitlines(keepends=True)
    team.write_text("".join(lines[:-1]), encoding="utf-8")

    found = edit(ws, replace_words("The last words.", "The very last words."))

    assert found.changes[0].after == SUMMARY.replace("The last words.", "The very last words.")
    assert "was made from other inputs" in found.remarks[0]


def test_line_ends_and_a_mark_at_the_beginning_stay(ws: Workspace) -> None:
    narrative(ws).write_bytes(b"\xef\xbb\xbf" + SUMMARY.replace("\n", "\r\n").encode())

    write_changes(edit(ws, replace_words("The last words.", "The end.")).changes)

    assert narrative(ws).read_bytes().decode() == "\ufeff" + SUMMARY.replace("last words", "end", 1).replace(
        "The end", "The end"
    ).replace("\n", "\r\n")


def test_the_edited_paper_is_kept_out_of_the_way_of_the_next(ws: Workspace) -> None:
    edit(ws, replace_words("The last words.", "The end."))
    content = paper(ws).read_bytes()
    kept = put_aside(ws, find_edited(ws, "board-paper-draft", CYCLE))

    assert kept is not None and kept.read_bytes() == content
    build_paper(ws, "board-paper", CYCLE, draft=True)
    assert integrity.is_untouched(paper(ws))


def footnotes(docx: Any) -> Any:
    return next(r.target_part for r in docx.part.rels.values() if r.reltype.endswith("/footnotes"))


def typed_footnote(words: str) -> Edit:
    """A footnote that a person added in Word behind the last words."""

    def change(docx: Any) -> None:
        part = footnotes(docx)
        note = f'<w:footnote w:id="7777"><w:p><w:r><w:footnoteRef/><w:t>{words}</w:t></w:r></w:p></w:footnote>'
        part._blob = part.blob.replace(b"</w:footnotes>", f"{note}</w:footnotes>".encode())
        mark = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7777"/></w:r>'
        the_paragraph(docx, "The last words.").runs[-1]._r.addnext(parse_xml(mark))

    return change


def said_of(ws: Workspace, words: str) -> str:
    """What a footnote of the paper says, by words in it."""
    docx = Document(str(paper(ws)))
    found = re.findall(r"<w:footnote [^>]*>.*?</w:footnote>", footnotes(docx).blob.decode(), re.DOTALL)
    texts = ["".join(re.findall(r"<w:t[^>]*>(.*?)</w:t>", note)).strip() for note in found]
    return next(text for text in texts if words in text)


@pytest.mark.parametrize("change", [lambda w: f"{w} indeed", lambda w: w.replace("June", "July"), lambda w: w[:-3]])
def test_a_footnote_typed_nearly_like_one_of_ours_is_no_citation_and_is_named(
    ws: Workspace, change: Callable[[str], str]
) -> None:
    words = change(said_of(ws, "Health equity strategy, 10 June 2025"))
    found = edit(ws, typed_footnote(words))

    after = found.changes[0].after
    assert re.findall(r"@E\d+", after) == re.findall(r"@E\d+", SUMMARY)
    assert any("A footnote is no citation" in r for r in found.remarks)
    assert found.elsewhere == ()


def test_a_footnote_typed_as_a_citation_or_just_like_ours_is_one_and_is_not_still_to_do(ws: Workspace) -> None:
    found = edit(ws, typed_footnote("E04 p.1"))
    assert "The last words. [@E04 p.1]" in found.changes[0].after
    assert (found.elsewhere, found.remarks) == ((), ())


def test_prose_in_a_footnote_that_begins_with_an_id_is_no_citation(ws: Workspace) -> None:
    found = edit(ws, typed_footnote("E04 was praised by the Chair"))
    assert "[@E04 was" not in found.changes[0].after
    assert any("E04 was praised by the Chair" in r for r in found.remarks)


def test_a_footnote_of_ours_that_was_reworded_stays_its_citation_and_is_named(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        part = footnotes(docx)
        part._blob = part.blob.replace(b"Health equity strategy, 10 June", b"Quite another thing, 10 June")

    found = edit(ws, change)
    assert found.changes == ()
    assert any("it stays the citation that it was" in r and "Quite another thing" in r for r in found.remarks)


def test_words_struck_out_by_hand_are_not_brought_back(ws: Workspace) -> None:
    def change(docx: Any) -> None:
        paragraph = the_paragraph(docx, "The last words.")
        paragraph.add_run(" Never say this.").font.strike = True
        paragraph.add_run(" Say that.")
        the_paragraph(docx, "point, which is").runs[0].font.double_strike = True

    found = edit(ws, change)
    after = found.changes[0].after
    assert "The last words. Say that." in after
    assert "Never say this" not in after and "which is" not in after
    assert any("struck out" in r and "Never say this." in r for r in found.remarks)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [("paper.meeting", "ICB Board", "Finance Committee"), ("organisation", "", "NHS Other ICB")],
)
def test_an_edit_of_the_cover_leads_to_assessment_yaml(ws: Workspace, field: str, old: str, new: str) -> None:
    team = next((ws.cycle_folder(CYCLE) / "responses").glob("*.csv"))
    organisation = re.search(r"organisation: (.*)", (ws.cycle_folder(CYCLE) / "assessment.yaml").read_text("utf-8"))
    old = old or (organisation[1].strip('"') if organisation else "")
    assert team.is_file()

    def change(docx: Any) -> None:
        cells = [p for t in docx.tables for r in t.rows for c in r.cells for p in c.paragraphs]
        line = next(p for p in [*docx.paragraphs, *cells] if p.text.strip() == old)
        line.runs[0].text = new
        for run in line.runs[1:]:
            run.text = ""

    found = edit(ws, change)
    (place,) = {e.place for e in found.elsewhere if e.after == new}
    assert place.endswith(f"assessment.yaml, field `{field}`")
