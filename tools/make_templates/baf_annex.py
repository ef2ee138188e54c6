"""The BAF annex's template: a summary page, then a page for each risk."""

from __future__ import annotations

from tools.make_templates.board_paper import cover_table, not_complete
from tools.make_templates.package import template
from tools.make_templates.parts import Bookmarks, caption, each, listing, new_page, p, when, words


def summary(marks: Bookmarks) -> list[str]:
    """What the annex is, the risks at a glance, their places on the grid."""
    return [
        when("marking_line", p("{{ marking_line }}", "Marking")),
        p("{{ paper_title }}", "Title"),
        p("{{ organisation }}, {{ cover.meeting }}, {{ cover.date }}", "Subtitle"),
        p("Summary", "heading 1"),
        each("said in baf_introduction", p("{{ said }}")),
        p("{{ how_to_read }}", "Note"),
        when(
            "risk_lines",
            caption(marks, "risks_table", "Risks at a glance"),
            listing(
                (2900, 1050, 1050, 1900, 1438, 1300),
                ("Risk", "Inherent", "Current", "Target", "Movement", "Assurance"),
                "r in risk_lines",
                (
                    p(words("{{ r.id }}", bold=True) + words(": {{ r.risk }}"), "Table Text"),
                    "{{ r.inherent }}",
                    "{{ r.current }}",
                    "{{ r.target }}",
                    "{{ r.movement }}",
                    "{{ r.rating }}",
                ),
                title="Risks at a glance",
                description="Each row gives a risk, its scores, its movement and its assurance rating.",
            ),
            caption(marks, "matrix_table", "Current scores of all risks"),
            p("{{p all_risks_matrix }}"),
            otherwise=p("{{ no_risks }}"),
        ),
        each("said in exceptions_said", p("{{r said }}", "Note")),
    ]


def lines(name: str) -> str:
    """Lines that people wrote: one as a paragraph, several as a list."""
    return when(
        f"{name}|length > 1",
        each(f"line in {name}", p("{{ line }}", "List Bullet")),
        otherwise=each(f"line in {name}", p("{{ line }}")),
    )


def risk_page() -> str:
    """One risk."""
    return each(
        "risk in risk_pages",
        new_page("{{ risk.heading }}"),
        cover_table("risk.profile", "Risk profile"),
        p("Scores and movement", "heading 2"),
        p("{{ risk.scores }}", "Body Text", "<w:keepNext/>"),
        p("{{p risk.matrix }}"),
        p("{{ risk.movement }}", "Body Text", '<w:spacing w:before="80" w:after="90"/>'),
        p("Controls", "heading 2"),
        lines("risk.controls"),
        p("Gaps in control", "heading 2"),
        lines("risk.gaps_in_control"),
        p("Assurances", "heading 2"),
        p("{{p risk.assurances }}"),
        p("Gaps in assurance", "heading 2"),
        lines("risk.gaps_in_assurance"),
        p("Actions", "heading 2"),
        when(
            "risk.actions",
            listing(
                (3538, 2500, 1700, 1900),
                ("Action", "Gap that it closes", "Owner", "Due"),
                "a in risk.actions",
                (
                    "{{r a.action }}",
                    "{{ a.closes }}",
                    "{{ a.owner }}",
                    p("{{ a.due }}", "Table Text") + p("{{ a.status }}", "Table Text"),
                ),
                title="Actions on this risk",
                description="Each row gives an action, the gap that it closes, its owner and its date.",
            ),
            otherwise=p("{{ risk.no_actions }}"),
        ),
        p("Linked statements", "heading 2"),
        when(
            "risk.statements",
            listing(
                (2500, 2800, 1238, 3100),
                ("Statement", "Level and how its evidence stands", "Level aimed at", "Movement"),
                "s in risk.statements",
                ("{{r s.name }}", "{{ s.level }}", "{{ s.target }}", "{{ s.movement }}"),
                title="Statements linked to this risk",
                description="Each row gives a statement, its level, the level aimed at and its movement.",
            ),
            otherwise=p("{{ risk.no_statements }}"),
        ),
        p("Suggested by the self-assessment, for the risk lead to accept or reject", "heading 2"),
        each("said in risk.suggestions", p("{{r said }}", "List Bullet")),
    )


def baf_annex() -> bytes:
    """The whole template."""
    marks = Bookmarks()
    return template(*summary(marks), risk_page(), not_complete(), p("", "Note"))
