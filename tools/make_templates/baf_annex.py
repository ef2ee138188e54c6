"""The BAF annex's template: landscape, a summary page, then each risk."""

from __future__ import annotations

from tools.make_templates.board_paper import not_complete, what_levels_mean
from tools.make_templates.package import template
from tools.make_templates.parts import Bookmarks, caption, each, end, listing, new_page, p, when


def summary(marks: Bookmarks) -> list[str]:
    """What the annex is, the risks at a glance, their places on the grid."""
    return [
        when("marking_line", p("{{ marking_line }}", "Marking")),
        when("draft_line", p("{{ draft_line }}", "Marking")),
        p("{{ paper_title }}", "Title"),
        p("{{ organisation }}, {{ cover.meeting }}, {{ cover.date }}", "Subtitle"),
        p("Summary", "heading 1"),
        when(
            "risk_pages",
            each("said in baf_introduction", p("{{ said }}", "Note")),
            caption(marks, "risks_table", "Risks at a glance"),
            p("{{p risks_at_a_glance }}"),
            caption(marks, "matrix_table", "Where the risks stand, likelihood by consequence"),
            p("{{p all_risks_matrix }}"),
            otherwise=p("{{ no_risks }}"),
        ),
    ]


def how_to_read(marks: Bookmarks) -> str:
    """What the levels and a found quotation mean, and what was agreed without complete evidence."""
    return (
        p("How to read this annex", "heading 1")
        + what_levels_mean(marks)
        + p("{{ how_to_read }}", "Note", "<w:keepLines/>")
        + each("said in exceptions_said", p("{{r said }}", "Note", "<w:keepLines/>"))
    )


def risk_page() -> str:
    """One risk, on at most two pages as a rule."""
    return each(
        "risk in risk_pages",
        new_page("{{ risk.heading }}"),
        p("{{p risk.scores }}"),
        p("{{ risk.rationale }}", "Note"),
        p("{{p risk.profile }}"),
        p("Controls, assurances and gaps", "heading 2"),
        p("{{p risk.controls }}"),
        p("Actions", "heading 2"),
        when(
            "risk.actions",
            listing(
                (5600, 3870, 2700, 2400),
                ("Action", "Gap that it closes", "Owner", "Due"),
                "a in risk.actions",
                ("{{r a.action }}", "{{ a.closes }}", "{{ a.owner }}", "{{ a.due }}"),
                title="Actions on this risk",
                description="Each row gives an action, the gap that it closes, its owner and its date.",
            ),
            when("risk.more_actions", p("{{ risk.more_actions }}", "Note")),
            otherwise=p("{{ risk.no_actions }}"),
        ),
        p("Suggested by the self-assessment, for the risk lead to accept or reject", "heading 2"),
        when("risk.suggestions", p("{{p risk.suggestions }}")),
        each("said in risk.suggestions_said", p("{{ said }}", "Note")),
    )


def baf_annex() -> bytes:
    """The whole template."""
    marks = Bookmarks()
    return template(*summary(marks), risk_page(), how_to_read(marks), not_complete(), end(), landscape=True)
