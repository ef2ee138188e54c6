"""The board paper's template: cover, ten sections, annexes."""

from __future__ import annotations

from tools.make_templates.evidence import evidence_by_statement
from tools.make_templates.package import template
from tools.make_templates.parts import (
    Bookmarks,
    caption,
    each,
    end,
    field,
    listing,
    new_page,
    not_complete,
    p,
    row,
    row_code,
    table,
    when,
    words,
)

LABEL, DETAIL = 2552, 7086


def cover_table(rows: str, title: str, first: tuple[str, str] | None = None) -> str:
    """Labels on the left, lines on the right; only rows that were given."""
    widths = (LABEL, DETAIL)
    lines = "{%p for line in row.lines %}", "{{ line }}", "{%p endfor %}"
    cells = [p("{{ row.label }}", "Cover Label"), "".join(p(line, "Table Text") for line in lines)]
    head = first or ("Item", "Detail")
    return table(
        widths,
        [
            row([p(words(h), "Cover Label") for h in head], widths, head=True),
            row_code(f"for row in {rows}", widths),
            row(cells, widths),
            row_code("endfor", widths),
        ],
        style="Cover Table",
        title=title,
        description="Each row gives one item of the cover sheet and what the authors say of it.",
    )


def movement(marks: Bookmarks) -> str:
    """The picture of what moved, with its caption below."""
    number = marks.mark("movement_figure", words("Figure ") + field("SEQ Figure \\* ARABIC", "1"))
    return when(
        "movement",
        p("{{r movement }}", "Body Text", "<w:keepNext/>"),
        p(number + words(": {{ movement_caption }}"), "caption", '<w:keepNext w:val="0"/>'),
    )


def what_levels_mean(marks: Bookmarks, condition: str = "levels_box") -> str:
    """The box of the levels, a line each, with its caption."""
    return when(condition, caption(marks, "meaning_table", "What the levels mean"), p("{{p levels_box }}"))


def points(name: str, style: str = "Numbered Body") -> str:
    """Sentences, each a numbered paragraph."""
    return each(f"said in {name}", p("{{r said }}", style))


def cover() -> list[str]:
    """The cover: at most two pages."""
    return [
        when("marking_line", p("{{ marking_line }}", "Marking")),
        when("draft_line", p("{{ draft_line }}", "Marking")),
        p("{{ cover.title }}", "Title"),
        cover_table("cover_upper", "Cover sheet"),
        when(
            "cover.action_required",
            p("What {{ who_is_asked }} is asked to do", "heading 1"),
            when(
                "cover.action_required|length > 1",
                each("asked in cover.action_required", p("{{ asked }}", "List Letter")),
                otherwise=each("asked in cover.action_required", p("{{ asked }}")),
            ),
        ),
        p("Executive summary", "heading 1"),
        p("{{p executive_summary }}"),
        p("Assurance and implications", "heading 1"),
        cover_table("cover_lower", "Assurance, implications and involvement"),
    ]


def body(marks: Bookmarks) -> list[str]:
    """Background, then the ten sections."""
    return [
        when(
            "background",
            new_page("Background"),
            p("{{p background }}"),
            what_levels_mean(marks, "levels_box"),
        ),
        new_page("Headline"),
        points("headline"),
        what_levels_mean(marks, "levels_box and not background"),
        movement(marks),
        when(
            "figures_shown or money_shown",
            p("What the figures show", "heading 2"),
            points("figures_shown"),
            when(
                "figures_picture",
                p("{{r figures_picture }}", "Body Text", "<w:keepNext/>"),
                p(
                    words("Figure ") + field("SEQ Figure \\* ARABIC", "2") + words(": {{ figures_caption }}"),
                    "caption",
                    '<w:keepNext w:val="0"/>',
                ),
            ),
            when("money_shown", p("{{ money_shown }}", "Numbered Body")),
        ),
        p("Heatmap", "heading 1"),
        p(
            field("REF heatmap_table \\h", "Table 2") + words(" is the heatmap. {{ found_means }}"),
            "Numbered Body",
        ),
        caption(marks, "heatmap_table", "Heatmap of levels by statement"),
        p("{{p heatmap }}"),
        when("heatmap_note", p("{{ heatmap_note }}", "Note")),
        p("Where we are weakest", "heading 1"),
        points("weak_points"),
        p("What moved, and on what evidence", "heading 1"),
        points("moved_points"),
        p("Where the Board, the team and partners see it differently", "heading 1"),
        points("different_points"),
        p("Where we are strong", "heading 1"),
        points("strong_points"),
        p("Actions due and overdue", "heading 1"),
        when(
            "due_actions",
            p(
                field("REF due_table \\h", "Table 3") + words(" lists what is overdue or due {{ soon_due }}."),
                "Numbered Body",
            ),
            caption(marks, "due_table", "Actions due and overdue"),
            listing(
                (5738, 2000, 1900),
                ("Action", "Owner", "Due"),
                "a in due_actions",
                (
                    p(words("{{ a.name }}. ", bold=True) + words("{{ a.id }}: {{ a.action }}"), "Table Text"),
                    "{{ a.owner }}",
                    "{{ a.due }}, {{ a.status }}",
                ),
                title="Actions due and overdue",
                description="Each row gives an action, its owner and the date by which it is due.",
            ),
            when("more_actions", p("{{r more_actions }}", "Note")),
            otherwise=p("{{ no_due_actions }}", "Numbered Body"),
        ),
        when("earlier_actions_said", p("{{r earlier_actions_said }}", "Numbered Body")),
        p("How far this can be relied on", "heading 1"),
        points("caveats_said"),
        points("exceptions_said"),
        p("{{r evidence_is_in }}", "Numbered Body"),
        p("Questions members may wish to ask", "heading 1"),
        points("question_points"),
        when(
            "next_steps_narrative or horizons",
            p("Next steps", "heading 1"),
            when("next_steps_narrative", p("{{p next_steps_narrative }}")),
            each("span in horizons", p("{{r span.said }}", "Numbered Body")),
        ),
    ]


def annexes(marks: Bookmarks) -> list[str]:
    """Action plan, evidence, abbreviations."""
    return [
        new_page(marks.mark("annex_a", words("Annex A")) + words(": Action plan")),
        when(
            "action_plan",
            p("{{ plan_is_for }}"),
            caption(marks, "plan_table", "Action plan"),
            listing(
                (4600, 2050, 2988),
                ("Action", "Owner and date", "Measure and progress"),
                "a in action_plan",
                (
                    p(words("{{ a.id }}, {{ a.name }}: ", bold=True) + words("{{ a.action }}"), "Table Text")
                    + p("{%p if a.bears_on %}", "Table Text")
                    + p("{{ a.bears_on }}", "Table Text")
                    + p("{%p endif %}", "Table Text"),
                    p("{{ a.owner }}", "Table Text") + p("{{ a.due }}, {{ a.status }}", "Table Text"),
                    p("{{ a.measure }}", "Table Text")
                    + p("{%p if a.progress %}", "Table Text")
                    + p(words("Progress: ") + words("{{r a.progress }}"), "Table Text")
                    + p("{%p endif %}", "Table Text"),
                ),
                title="Action plan",
                description="Each row gives an action, its owner, its date and how the Board will know it is done.",
            ),
            otherwise=p("No action has been recorded."),
        ),
        when(
            "earlier_actions",
            p("{{ earlier_actions_heading }}", "heading 2"),
            caption(marks, "earlier_table", "Actions that were open in {{ previous_cycle }}"),
            listing(
                (4300, 1750, 3588),
                ("Action", "First due", "What became of it"),
                "a in earlier_actions",
                (
                    p(words("{{ a.id }}, {{ a.name }}: ", bold=True) + words("{{ a.action }}"), "Table Text"),
                    "{{ a.first_due }}",
                    p("{{r a.became }}", "Table Text"),
                ),
                title="What became of earlier actions",
                description="Each row gives an action that was open in the previous cycle, and what became of it.",
            ),
        ),
        when(
            "not evidence_separate",
            new_page(marks.mark("annex_b", words("Annex B")) + words(": Evidence by statement")),
            p("{{ found_means }}"),
            evidence_by_statement(),
        ),
        p(marks.mark("annex_c", words("Annex C")) + words(": Abbreviations"), "heading 1"),
        when(
            "abbreviations",
            listing(
                (2552, 7086),
                ("Short form", "Spelled out"),
                "a in abbreviations",
                ("{{ a[0] }}", "{{ a[1] }}"),
                title="Abbreviations",
                description="Each row gives a short form and what it stands for.",
            ),
            otherwise=p("This paper uses no abbreviation that its glossary knows."),
        ),
        end(),
    ]


def board_paper() -> bytes:
    """The whole template."""
    marks = Bookmarks()
    return template(*cover(), *body(marks), not_complete(), *annexes(marks))
