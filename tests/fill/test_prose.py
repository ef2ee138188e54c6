"""The authors' Markdown as Word: headings, lists, emphasis, links, tables; HTML and template code stay text."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.dossier.views import NarrativeView
from pipeline.word.prose import region
from tests.dossiers import make_dossier
from tests.fill.reading import W, own_template, paper, style_of, words_of


def told(folder, text):
    dossier = make_dossier(6, audience="public", narratives={"background": NarrativeView("background", text)})
    return paper(dossier, own_template(folder, "{{p narratives.background|prose }}"))


def lines(made):
    return [(style_of(p), words_of(p)) for p in made.body.iter(f"{W}p")]


def test_headings_stand_below_the_papers_own_and_none_is_skipped(tmp_path):
    made = told(tmp_path, "# One\n\ntext\n\n### Deep\n\n##### Deeper\n\n## Two\n\n# Three")
    assert lines(made) == [
        ("Heading2", "One"),
        ("NumberedBody", "text"),
        ("Heading3", "Deep"),
        ("Heading3", "Deeper"),
        ("Heading3", "Two"),
        ("Heading2", "Three"),
    ]


def test_paragraphs_are_numbered_by_word_and_keep_their_emphasis(tmp_path):
    made = told(tmp_path, "Plain **bold** and *italic* and\na second line.")
    assert lines(made) == [("NumberedBody", "Plain bold and italic and a second line.")]
    bold = [words_of(r) for r in made.body.iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None]
    italic = [words_of(r) for r in made.body.iter(f"{W}r") if r.find(f"{W}rPr/{W}i") is not None]
    assert (bold, italic) == (["bold"], ["italic"])


def test_lists_are_real_lists_and_a_second_numbered_list_begins_at_one(tmp_path):
    made = told(tmp_path, "- a\n- b\n  - deeper\n\n1. first\n2. second\n\ntext\n\n1. first again")
    assert [style for style, _ in lines(made)] == [
        "ListBullet",
        "ListBullet",
        "ListBullet",
        "ListNumber",
        "ListNumber",
        "NumberedBody",
        "ListNumber",
    ]
    numbers = {words_of(p): p.find(f"{W}pPr/{W}numPr/{W}numId") for p in made.body.iter(f"{W}p")}
    used = {k: n.get(f"{W}val") for k, n in numbers.items() if n is not None}
    assert used["first"] == used["second"] != used["first again"]
    restarts = made.parts["word/numbering.xml"].decode()
    assert restarts.count("startOverride") == 6
    deeper = next(p for p in made.body.iter(f"{W}p") if words_of(p) == "deeper")
    assert deeper.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val") == "1"


def test_links_lead_to_the_web_and_nowhere_else(tmp_path):
    made = told(tmp_path, "See [the plan](https://example.nhs.uk/a_b) and [this](javascript:alert) now.")
    links = [words_of(h) for h in made.body.iter(f"{W}hyperlink")]
    assert links == ["the plan"]
    assert b"javascript" not in made.parts["word/_rels/document.xml.rels"]
    assert lines(made)[0][1].startswith("See the plan and ")


@pytest.mark.parametrize("text", ["<b>bold</b> & <script>x</script>", "{{ 7*7 }} {% raw %}", "a < b > c"])
def test_html_and_code_stay_text(tmp_path, text):
    assert lines(told(tmp_path, text)) == [("NumberedBody", text)]


def test_a_block_of_html_stays_text(tmp_path):
    assert "<div>raw</div>" in told(tmp_path, "<div>raw</div>\n\nafter").text


def test_tables_repeat_their_head_and_keep_their_cells(tmp_path):
    made = told(tmp_path, "| Place | Spend |\n|---|---|\n| North | **£2m** |\n| South | {{ x }} |")
    assert made.tables() == [[["Place", "Spend"], ["North", "£2m"], ["South", "{{ x }}"]]]
    assert made.body.find(f".//{W}tbl/{W}tr/{W}trPr/{W}tblHeader") is not None


def test_quotations_and_code_blocks_are_kept(tmp_path):
    assert lines(told(tmp_path, "> said a carer\n\n    as it\n      was")) == [
        ("Quote", "said a carer"),
        ("NumberedBody", "as it\n  was"),
    ]


def test_the_passage_is_a_marked_region(tmp_path):
    made = told(tmp_path, "One.\n\nTwo.")
    start = next(b for b in made.body.iter(f"{W}bookmarkStart") if b.get(f"{W}name") == "narrative_background")
    passage = []
    for element in start.itersiblings():
        if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id"):
            break
        passage.append(words_of(element))
    assert passage == ["One.", "Two."]
    assert region("annual-report-AR1") == "narrative_annual_report_AR1"


def test_no_two_narratives_share_a_mark():
    long = "annual-report-engagement-with-our-communities"
    names = [f"{long}-a", f"{long}-b", "next steps", "next_steps", "next-steps", "Next-steps", "annual-report-ar1"]
    marks = [region(name) for name in (*names, "annual-report-AR1", "été", "ete")]
    assert len({mark.casefold() for mark in marks}) == len(marks)
    assert all(len(mark) <= 40 and mark.isascii() for mark in marks)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("3. third\n4. fourth", {"third": ("0", "3"), "fourth": ("0", "3")}),
        ("0. none", {"none": ("0", "0")}),
        ("- a\n\n  5. five\n  6. six", {"five": ("1", "5"), "six": ("1", "5")}),
        ("1. one", {"one": ("0", "1")}),
    ],
)
def test_a_list_begins_where_its_author_began_it(tmp_path, text, starts):
    made = told(tmp_path, text)
    lists = etree.fromstring(made.parts["word/numbering.xml"])
    for words, (depth, start) in starts.items():
        paragraph = next(p for p in made.body.iter(f"{W}p") if words_of(p) == words)
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        assert numbered.find(f"{W}ilvl").get(f"{W}val") == depth
        use = next(n for n in lists.iter(f"{W}num") if n.get(f"{W}numId") == numbered.find(f"{W}numId").get(f"{W}val"))
        begins = {o.get(f"{W}ilvl"): o.find(f"{W}startOverride").get(f"{W}val") for o in use.iter(f"{W}lvlOverride")}
        assert begins[depth] == start


def test_a_number_that_no_citation_has_stays_text(tmp_path):
    assert lines(told(tmp_path, "See [@3] and [@x].")) == [("NumberedBody", "See [@3] and [@x].")]


def test_a_heading_that_repeats_the_papers_own_is_not_there_twice():
    dossier = make_dossier(
        6, audience="public", narratives={"background": NarrativeView("background", "# Background\n\nWhy we assess.")}
    )
    made = paper(dossier)
    assert made.text.count("Background") == 1
    assert "Why we assess." in made.section("Background")
