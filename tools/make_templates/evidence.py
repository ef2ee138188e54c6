"""The evidence by statement: Annex B of the board paper, and a paper of its own."""

from __future__ import annotations

from tools.make_templates.package import template
from tools.make_templates.parts import each, listing, p, when, words


def evidence_by_statement() -> str:
    """Section by section, statement by statement: each answer with its comment and what it cites."""
    answers = listing(
        (1750, 3050, 4838),
        ("Who and level", "Comment", "Evidence cited, and what was seen"),
        "a in s.answers",
        (
            p("{{ a.who }}", "Table Text") + p(words("{{ a.level }}", bold=True), "Table Text"),
            p("{{ a.comment }}", "Table Text")
            + p("{%p if a.remark %}", "Table Text")
            + p("{{ a.remark }}", "Table Text")
            + p("{%p endif %}", "Table Text"),
            p("{%p for c in a.cited %}", "Table Text")
            + p("{{r c.reference }}", "Table Text")
            + p("{%p if c.context %}", "Table Text")
            + p("{{ c.context }}", "Table Text")
            + p("{%p endif %}", "Table Text")
            + p("{{ c.seen }}", "Table Text", '<w:spacing w:before="20" w:after="100"/>')
            + p("{%p endfor %}", "Table Text")
            + p("{%p if a.none_cited %}", "Table Text")
            + p("{{ a.none_cited }}", "Table Text")
            + p("{%p endif %}", "Table Text"),
        ),
        title="Answers and evidence",
        description="Each row gives one respondent's level, comment and evidence.",
    )
    return each(
        "section in evidence_sections",
        p("{{ section.title }}", "heading 2"),
        each(
            "s in section.statements",
            p("{{r s.heading }}", "heading 3"),
            p("{{ s.text }}", "Body Text", "<w:keepNext/>"),
            p(words("{{ s.summary }}", bold=True), "Body Text", "<w:keepNext/>"),
            when("s.answers", answers, otherwise=p("{{ s.unanswered }}")),
        ),
    )


def evidence_annex() -> bytes:
    """The evidence by statement as a paper of its own."""
    return template(
        when("marking_line", p("{{ marking_line }}", "Marking")),
        p("{{ cover.title }}: evidence annex", "Title"),
        p("{{ organisation }}, {{ cover.meeting }}, {{ cover.date }}", "Subtitle"),
        p("{{ first_line_assurance }} {{ which_framework }} {{ found_means }}"),
        p("Evidence by statement", "heading 1"),
        evidence_by_statement(),
        p("", "Note"),
    )
