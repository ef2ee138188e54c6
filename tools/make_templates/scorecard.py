"""The scorecard's template: what was asked, the matrix, its weakest and strongest cells, the evidence."""

from __future__ import annotations

from tools.make_templates.board_paper import cover_table, not_complete, points
from tools.make_templates.evidence import evidence_by_statement
from tools.make_templates.package import template
from tools.make_templates.parts import Bookmarks, caption, each, end, field, listing, new_page, p, when, words


def cells_table(loop: str, title: str) -> str:
    """Cells with their place, level, prompt and what they rest on."""
    small = "Table Text"
    return listing(
        (2000, 1300, 2838, 3500),
        ("Where", "Level", "Prompt", "What it rests on"),
        f"c in {loop}",
        (
            p("{{r c.name }}", small)
            + p("{%p for line in c.place %}", small)
            + p("{{ line }}", small)
            + p("{%p endfor %}", small),
            p(words("{{ c.level }}", bold=True), small) + p("{{ c.stands }}", small),
            "{{ c.prompt }}",
            "{{r c.rests_on }}",
        ),
        title=title,
        description="Each row gives a cell of the matrix, its level, its prompt and what the level rests on.",
    )


def picture(marks: Bookmarks) -> str:
    """The same matrix as a picture, with its caption below."""
    number = marks.mark("scorecard_figure", words("Figure ") + field("SEQ Figure \\* ARABIC", "1"))
    return when(
        "scorecard_picture",
        p("{{r scorecard_picture }}", "Body Text", '<w:keepNext/><w:spacing w:before="120" w:after="0"/>'),
        p(number + words(": {{ scorecard_caption }}"), "caption", '<w:keepNext w:val="0"/>'),
    )


def body(marks: Bookmarks) -> list[str]:
    """From what was asked to how far it can be relied on."""
    return [
        when("marking_line", p("{{ marking_line }}", "Marking")),
        p("{{ paper_title }}", "Title"),
        p("{{ organisation }}, {{ cover.meeting }}, {{ cover.date }}", "Subtitle"),
        cover_table("asked_rows", "What was asked, of what and by whom"),
        p("How to read this", "heading 1"),
        each("said in how_to_read", p("{{ said }}")),
        p("Result", "heading 1"),
        points("result_points"),
        when(
            "scorecard_matrix",
            new_page("Scorecard"),
            p("{{ scorecard_rule }}", "Note", "<w:keepNext/>"),
            caption(marks, "scorecard_table", "Levels by line of enquiry and priority"),
            p("{{p scorecard_matrix }}"),
            otherwise=p("{{ no_matrix }}"),
        ),
        p("Where it is weakest", "heading 1"),
        when(
            "weak_cells",
            caption(marks, "weak_table", "The lowest levels, and what they rest on"),
            cells_table("weak_cells", "Weakest cells"),
            when("more_weak", p("{{ more_weak }}", "Note")),
            otherwise=p("{{ no_weak_cells }}"),
        ),
        p("Where it is strong", "heading 1"),
        when(
            "strong_cells",
            caption(marks, "strong_table", "The highest levels, and what they rest on"),
            cells_table("strong_cells", "Strongest cells"),
            otherwise=p("{{ no_strong_cells }}"),
        ),
        p("Where those who answered see it differently", "heading 1"),
        points("different_points"),
        p("How far this can be relied on", "heading 1"),
        points("caveats_said"),
        points("exceptions_said"),
        when("evidence_elsewhere", p("{{ evidence_elsewhere }}", "Numbered Body")),
        when(
            "row_results",
            p("Cells at each level", "heading 1"),
            caption(marks, "row_table", "Cells at each level, by line of enquiry"),
            p("{{p row_results }}"),
            caption(marks, "column_table", "Cells at each level, by priority"),
            p("{{p column_results }}"),
            end(),
        ),
        picture(marks),
    ]


def annex(marks: Bookmarks) -> str:
    """The evidence, where a cell is a statement."""
    return when(
        "evidence_sections",
        new_page(marks.mark("annex_a", words("Annex A")) + words(": Evidence by cell")),
        p("{{ found_means }}"),
        evidence_by_statement(),
        end(),
    )


def scorecard() -> bytes:
    """The whole template."""
    marks = Bookmarks()
    return template(*body(marks), not_complete(), annex(marks))
