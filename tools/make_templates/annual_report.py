"""The template of the annual report section: its parts in order, then the levels where they are published."""

from __future__ import annotations

from tools.make_templates.board_paper import cover_table, not_complete, what_levels_mean
from tools.make_templates.package import template
from tools.make_templates.parts import Bookmarks, caption, each, end, field, listing, p, when, words

OCCASION = "{{ organisation }}: annual report, {{ cycle }}"


def numbered(kind: str, text: str) -> str:
    """`Table 3: ...` or `Figure 2: ...` inside a loop, where it cannot be a bookmark."""
    after = '<w:keepNext w:val="0"/>' if kind == "Figure" else ""
    return p(words(f"{kind} ") + field(f"SEQ {kind} \\* ARABIC", "1") + words(f": {text}"), "caption", after)


def opening(marks: Bookmarks) -> list[str]:
    """Title, what this is, how to read it."""
    return [
        when("marking_line", p("{{ marking_line }}", "Marking")),
        when("draft_line", p("{{ draft_line }}", "Marking")),
        p("{{ paper_title }}", "Title"),
        p("{{ organisation }}", "Subtitle"),
        each("said in report_introduction", p("{{ said }}")),
        p("{{ how_to_read }}", "Note"),
        what_levels_mean(marks, "levels_said and levels_box"),
    ]


def _if(name: str, text: str) -> str:
    """A line of a cell that is there where it has something to say."""
    return p(f"{{%p if {name} %}}", "Table Text") + p(text, "Table Text") + p("{%p endif %}", "Table Text")


def information(marks: Bookmarks) -> str:
    """Indicators: an overview, then each with its chart and its values."""
    return when(
        "indicator_lines",
        caption(marks, "indicators_table", "Information that we collect, and what was done with it"),
        listing(
            (2500, 2000, 2338, 2800),
            (
                "Indicator",
                "Period and breakdown",
                "Source and completeness",
                "What was done, or why figures are missing",
            ),
            "i in indicator_lines",
            (
                p(words("{{ i.name }}", bold=True), "Table Text") + p("{{ i.area }}", "Table Text"),
                p("{{ i.period }}", "Table Text") + p("{{ i.breakdowns }}", "Table Text"),
                p("{{ i.source }}", "Table Text")
                + p("{{ i.completeness }}", "Table Text")
                + p("{{ i.published }}", "Table Text"),
                p("{%p if i.done %}", "Table Text")
                + p("{{ i.done }}", "Table Text")
                + p("{%p endif %}", "Table Text")
                + p("{%p if i.missing %}", "Table Text")
                + p("{{ i.missing }}", "Table Text")
                + p("{%p endif %}", "Table Text"),
            ),
            title="Indicators",
            description="Each row gives an indicator, its period, its source and what was done with it.",
        ),
        end(),
        when(
            "expected_lines",
            each("said in expected_said", p("{{ said }}")),
            numbered("Table", "Indicators that the framework looks for"),
            listing(
                (2100, 3000, 2138, 2400),
                ("Area", "Indicator", "Here, and by which groups", "Why figures are missing"),
                "e in expected_lines",
                (
                    p("{{ e.area }}", "Table Text") + _if("e.core", "{{ e.core }}"),
                    p(words("{{ e.name }}", bold=True), "Table Text") + _if("e.why", "{{ e.why }}"),
                    p("{{ e.status }}", "Table Text")
                    + _if("e.shown_by", "{{ e.shown_by }}")
                    + _if("e.lacking", "{{ e.lacking }}"),
                    p("{%p if e.missing %}", "Table Text")
                    + p("{{ e.missing }}", "Table Text")
                    + p("{%p else %}", "Table Text")
                    + p("No gap recorded", "Table Text")
                    + p("{%p endif %}", "Table Text"),
                ),
                title="Indicators that the framework looks for",
                description="Each row gives an indicator, whether its figures are here, by which groups, and why not.",
            ),
            end(),
        ),
        each(
            "i in indicator_parts",
            when("i.title", p("{{ i.title }}", "heading 2")),
            when(
                "i.figure",
                p("{{r i.figure }}", "Body Text", '<w:keepNext/><w:spacing w:before="60" w:after="0"/>'),
                numbered("Figure", "{{ i.figure_caption }}"),
            ),
            numbered("Table", "{{ i.table_caption }}"),
            p("{{p i.table }}"),
            when("i.suppressed", p("{{ i.suppressed }}", "Note")),
            p("{{r i.about }}", "Note"),
            when("i.done", p(words("What was done: ", bold=True) + words("{{ i.done }}"))),
            when("i.missing", p(words("Why figures are missing: ", bold=True) + words("{{ i.missing }}"))),
            when("i.link", p("{{r i.link }}")),
        ),
    )


def money(marks: Bookmarks) -> str:
    """The funding table."""
    return when(
        "funding_lines",
        each("said in money_said", p("{{ said }}")),
        caption(marks, "funding_table", "Money for health inequalities, and who decided on it"),
        listing(
            (2138, 1700, 2000, 2100, 1700),
            ("Scheme", "Amount", "Decision", "Basis and method", "Evaluation"),
            "f in funding_lines",
            (
                p("{{r f.scheme }}", "Table Text") + p("{{ f.about }}", "Table Text"),
                p("{{ f.amount }}", "Table Text")
                + p("{{ f.ringfenced }}", "Table Text")
                + p("{{ f.redirected }}", "Table Text"),
                p("{{ f.decision }}", "Table Text") + p("{{ f.decided_by }}", "Table Text"),
                p("{{ f.basis }}", "Table Text") + p("{{ f.method }}", "Table Text"),
                "{{ f.evaluation }}",
            ),
            title="Funding",
            description="Each row gives a scheme, its money, the decision, its basis and its evaluation.",
        ),
        end(),
    )


def learning() -> str:
    """A charter for each scheme."""
    return when("charters_said", p("{{ charters_said }}")) + each(
        "s in scheme_parts",
        p("{{ s.title }}", "heading 2"),
        p("{{r s.problem }}"),
        when("s.why", p("{{ s.why }}")),
        cover_table("s.rows", "What was wanted, what happened and what was learned"),
        end(),
    )


def next_steps() -> str:
    """Open actions by when they are due."""
    return when(
        "planned",
        each(
            "span in planned",
            p("{{ span.heading }}", "heading 2"),
            listing(
                (4238, 2000, 1700, 1700),
                ("What we will do", "What it bears on", "Who", "By when"),
                "a in span.lines",
                ("{{r a.action }}", "{{ a.bears_on }}", "{{ a.owner }}", "{{ a.due }}"),
                title="What we will do",
                description="Each row gives an action, what it bears on, who answers for it and by when.",
            ),
        ),
        end(),
    )


def parts(marks: Bookmarks) -> str:
    """Each part: the authors' words, what is cited or recorded, what is weak."""
    return each(
        "part in report_parts",
        p("{{ part.title }}", "heading 1"),
        when("part.narrative", p("{{p part.narrative }}")),
        when(
            "part.points",
            p("{{ part.before_points }}", "Body Text", "<w:keepNext/>"),
            each("said in part.points", p("{{r said }}", "List Bullet")),
        ),
        when("part.kind == 'information'", information(marks)),
        when("part.kind == 'money'", money(marks)),
        when("part.kind == 'learning'", learning()),
        when("part.kind == 'next'", next_steps()),
        when(
            "part.weak_points",
            p("Where we have most to do", "heading 2"),
            each("said in part.weak_points", p("{{r said }}", "List Bullet")),
        ),
    )


def levels(marks: Bookmarks) -> str:
    """The levels, where the team chose to publish them; agreed exceptions in any case."""
    return when(
        "levels_said",
        p("Our self-assessment in summary", "heading 1"),
        each("said in levels_said", p("{{ said }}")),
        caption(marks, "results_table", "Statements at each level, by section"),
        p("{{p section_results }}"),
        caption(marks, "levels_table", "Level of each statement, and how its evidence stands"),
        p("{{p heatmap }}"),
        end(),
    ) + when(
        "exceptions_said",
        p("Agreed exceptions", "heading 1"),
        each("said in exceptions_said", p("{{r said }}")),
    )


def annual_report_section() -> bytes:
    """The whole template."""
    marks = Bookmarks()
    body = (*opening(marks), parts(marks), levels(marks), not_complete(), end())
    return template(*body, occasion=OCCASION)
