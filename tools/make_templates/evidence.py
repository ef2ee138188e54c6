"""The evidence by statement: Annex B of the board paper, and a paper of its own."""

from __future__ import annotations

from tools.make_templates.package import template
from tools.make_templates.parts import each, end, listing, not_complete, p, when, words


def evidence_by_statement() -> str:
    """Section by section, statement by statement: each answer with its comment and what it cites."""
    answers = listing(
        (4500, 5138),
        ("Who, level and comment", "Evidence cited, the words cited in bold, and what was seen"),
        "a in s.answers",
        (
            p(words("{{ a.who }}: ") + words("{{ a.level }}", bold=True), "Table Text")
            + p("{{ a.comment }}", "Table Text")
            + p("{%p if a.remark %}", "Table Text")
            + p("{{ a.remark }}", "Table Text")
            + p("{%p endif %}", "Table Text"),
            p("{%p for c in a.cited %}", "Table Text")
            + p("{{r c.said }}", "Table Text", '<w:spacing w:before="10" w:after="50"/>')
            + p("{%p endfor %}", "Table Text")
            + p("{%p if a.none_cited %}", "Table Text")
            + p("{{ a.none_cited }}", "Table Text")
            + p("{%p endif %}", "Table Text"),
        ),
        title="Answers and evidence",
        description="Each row gives one respondent's level, comment and evidence.",
        whole=False,
    )
    return each(
        "section in evidence_sections",
        p("{{ section.title }}", "heading 2"),
        each(
            "s in section.statements",
            p("{{r s.heading }}", "heading 3"),
            p(words("{{ s.text }} ") + words("{{ s.summary }}", bold=True), "Note", "<w:keepNext/>"),
            when("s.answers", answers),
            when("s.unanswered", p("{{ s.unanswered }}", "Note")),
        ),
    )


def evidence_annex() -> bytes:
    """The evidence by statement as a paper of its own."""
    return template(
        when("marking_line", p("{{ marking_line }}", "Marking")),
        when("draft_line", p("{{ draft_line }}", "Marking")),
        p("{{ paper_title }}", "Title"),
        p("{{ organisation }}, {{ cover.meeting }}, {{ cover.date }}", "Subtitle"),
        p("{{ how_to_read }}"),
        when("levels_box", p("What the levels mean", "heading 1"), p("{{p levels_box }}")),
        p("Evidence by statement", "heading 1"),
        evidence_by_statement(),
        not_complete(),
        end(),
    )
