"""The question sheet's template."""

from __future__ import annotations

from tools.make_templates.package import template
from tools.make_templates.parts import each, p, when


def questions() -> bytes:
    """The whole template."""
    return template(
        when("marking_line", p("{{ marking_line }}", "Marking")),
        p("{{ paper_title }}", "Title"),
        p("{{ organisation }}, {{ cover.meeting }}, {{ cover.date }}", "Subtitle"),
        when(
            "draft",
            p("This is a draft: the levels named here may change."),
        ),
        p("Questions that this year's answers raise", "heading 1"),
        when("no_first_questions", p("{{ no_first_questions }}")),
        each(
            "q in first_questions",
            p("{{ q.text }}", "Numbered Body", '<w:keepNext/><w:spacing w:before="60" w:after="20"/>'),
            p("{{ q.raised_by }}", "Note", '<w:spacing w:before="0" w:after="120"/><w:ind w:left="567"/>'),
        ),
        each(
            "stage in question_stages",
            p("{{ stage.title }}", "heading 1"),
            when("stage.note", p("{{ stage.note }}")),
            each(
                "group in stage.groups",
                when("group.heading", p("{{ group.heading }}", "Body Text", "<w:keepNext/>")),
                each("text in group.texts", p("{{ text }}", "Numbered Body")),
            ),
        ),
        p("How to read this sheet", "heading 1"),
        p("{{ how_to_read }}", "Note"),
        p("{{ questions_wording }}", "Note"),
    )
