"""What the board paper says, in which order and in which words."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest

from pipeline.dossier.views import FigureView, NarrativeView
from pipeline.errors import TemplateError
from pipeline.office.integrity import read_parts
from pipeline.papers import filled
from pipeline.text import first_sentence, number_in_words, sentence_case
from tests.dossiers import LEVELS, make_cover, make_dossier, make_findings, make_role, redacted_citation
from tests.fill.reading import BOARD_PAPER, EVIDENCE_ANNEX, paper
from tests.fill.samples import full_dossier

SECTIONS = [
    "What the Board is asked to do",
    "Executive summary",
    "Assurance and implications",
    "Background",
    "Headline",
    "Heatmap",
    "Where we are weakest",
    "What moved, and on what evidence",
    "Where the Board, the team and partners see it differently",
    "Where we are strong",
    "Actions due and overdue",
    "How far this can be relied on",
    "Questions members may wish to ask",
    "Next steps",
    "Annex A: Action plan",
    "Annex B: Evidence by statement",
    "Annex C: Abbreviations",
]
# The left-hand column of the words that the papers do not use, of our own sentences.
NOT_OUR_WORDS = (
    r"verified|score|average|\d\.\d of|rating|improved|deteriorated|assured|full assurance|robust|"
    r"significant progress|on track|compliant|proves|confirms|demonstrates|failed|worst|best|only|disagrees|no issues|"
    r"0 statements|override|blocker|because|due to|led to|hard to reach|the vulnerable|deprived people|BAME"
)


@pytest.fixture(scope="module")
def full():
    return paper(full_dossier(45))


def neutral(**changes):
    """A dossier whose own words are all ours, so that what is found was said by the paper."""
    made = full_dossier(45, **changes)
    sections = tuple(
        dataclasses.replace(
            s,
            statements=tuple(
                dataclasses.replace(
                    x,
                    text="Text.",
                    prompt="Which?",
                    answers=tuple(dataclasses.replace(a, comment="Said.") for a in x.answers),
                )
                for x in s.statements
            ),
        )
        for s in made.sections
    )
    actions = tuple(
        dataclasses.replace(a, action="Act.", measure="Seen.", closes="", progress="") for a in made.actions
    )
    risks = tuple(dataclasses.replace(r, risk="Gaps widen.") for r in made.risks)
    return dataclasses.replace(made, sections=sections, actions=actions, risks=risks)


VARIANTS = {
    "full": lambda: neutral(),
    "no narrative": lambda: neutral(narratives={}, exceptions=(), caveats=()),
    "proposal": lambda: neutral(stage="proposal", narratives={}),
    "nothing": lambda: neutral(actions=(), weakest=(), strongest=(), moved=(), differences=(), risks=(), narratives={}),
    "private": lambda: neutral(audience="private"),
}


@pytest.mark.parametrize("kind", VARIANTS)
def test_the_words_that_papers_do_not_use_are_not_used(kind):
    made = paper(VARIANTS[kind](), draft=True)
    # `document only` is the name of a way in which evidence stands.
    ours = re.sub(r"“[^”]*”|(?i:document only)", "", made.everything)
    assert re.findall(rf"\b(?:{NOT_OUR_WORDS})\b", ours, re.IGNORECASE) == []
    assert re.findall(r"\b(?:EV|CI|ST|IN|PU|AC|BA)\d{3}\b|\bE\d{3}\b", made.everything) == []


@pytest.mark.parametrize("kind", VARIANTS)
def test_none_is_never_printed_bare(kind):
    assert not [p for p in paper(VARIANTS[kind]()).paragraphs if p.strip() == "None" or "None," in p]


def test_the_sections_stand_in_their_order(full):
    assert full.styled("heading 1") == SECTIONS


def test_the_sentences_that_always_stand(full):
    for dossier in (full_dossier(45), make_dossier(6, audience="public", narratives={})):
        text = paper(dossier).text
        assert (
            "This is the ICB's own assessment (first line). It has not been independently tested except where stated."
        ) in text
        assert (
            "Levels describe how mature our approach is; they are not a finding on whether a legal duty has been met."
        ) in text
        assert (
            "'Found on the page' means that the words quoted stand in the document cited; "
            "it does not mean that they prove the level."
        ) in text
        assert (
            "This paper uses Health inequalities self-assessment framework for an integrated care board, version 1.0: "
            "its wording is our own; it is not the framework published by the NHS Confederation."
        ) in text


def test_another_framework_is_named_without_our_disclaimer():
    text = paper(make_dossier(6, audience="public", framework_shipped=False, framework_title="Own scale")).text
    assert "This paper uses Own scale, version 1.0." in text
    assert "NHS Confederation" not in text


def test_the_headline_counts_what_the_tables_show(full):
    dossier = full_dossier(45)
    said = " ".join(full.section("Headline"))
    counts = dossier.totals.counts
    assert f"Of 45 statements, nine are Reactive, eight are Emergent, {counts['growing']} are Growing" in said
    assert "eight are Consistent; two are not assessed." in said
    assert "Since 2024-25, seven statements moved down, four moved up and 25 did not change." in said
    assert "Of the 43 levels, 25 rest on words found in the documents cited" in said
    heatmap = next(t for t in full.tables() if t[0][0] == "Statement")
    results = [row[0] for row in heatmap[1:] if len(row) == 1]
    assert [r.split(":")[0] for r in results] == [s.title for s in dossier.sections]
    assert sum(int(n) for r in results for n in re.findall(r"(\d+) Reactive", r)) == counts["reactive"]


def test_one_and_none_are_said_in_good_english():
    dossier = make_dossier(1, 1, audience="public", narratives={})
    text = paper(dossier).text
    assert "against 1 statement in 1 section." in text
    assert "The one statement is Growing." in text


def test_the_heatmap_gives_each_statement_its_level_evidence_movement_and_views_that_differ(full):
    dossier = full_dossier(45)
    heatmap = next(t for t in full.tables() if t[0][0] == "Statement")
    assert heatmap[0] == [
        "Statement",
        "Level and evidence",
        "Since 2024-25",
        "Team",
        "Board",
        "Partners",
    ]
    rows = {r[0].split()[0]: r for r in heatmap[1:] if len(r) > 1}
    assert len(rows) == 45
    for s in dossier.statements:
        qualifier = f"; {s.qualifier}" if s.qualifier else ""
        assert rows[s.id][0] == f"{s.id} {s.short}"
        assert rows[s.id][1] == s.cell + qualifier
        seen = {v.level_id for v in s.views.values() if v.level_id}
        if len(seen) > 1:
            assert rows[s.id][3:] == [s.views[r].level or "no answer" for r in ("team", "board", "partner")]
        elif s.level_id:
            answered = [r for r in ("team", "board", "partner") if s.views[r].level]
            assert rows[s.id][3:] == ["same as reported"] + ["no answer"] * (len(answered) < 3)


def test_the_heatmap_of_a_matrix_has_a_row_a_section_and_a_cell_a_statement():
    dossier = make_dossier(6, 3, columns=("Data", "People"), audience="public", subject="the Joint Forward Plan")
    made = paper(dossier)
    grid = next(t for t in made.tables() if t[0][1:] == ["Data", "People"])
    assert [row[0] for row in grid[1:]] == [s.title for s in dossier.sections]
    assert all(
        s.cell in row[n]
        for sec, row in zip(dossier.sections, grid[1:], strict=True)
        for n, s in enumerate(sec.statements, start=1)
    )
    assert "self-assessment of the Joint Forward Plan" in made.text
    assert "It does not replace an equality impact assessment." in made.text


def test_the_weakest_come_with_their_risk_and_the_action_that_answers_them(full):
    dossier = full_dossier(45)
    said = full.section("Where we are weakest")
    assert len(said) == 6 and "in the lower half of the scale: see" in said[5]
    first = dossier.statement(dossier.weakest[1])
    action = next(a for a in dossier.actions if a.statement == first.id)
    written = {a.role: first_sentence(a.comment) for a in first.answers if a.level_id == first.level_id}
    assert said[1].startswith(f"{first.id} {first.short} is Reactive")
    assert any(f"The {'Board' if r == 'board' else r} writes: “{w}”" in said[1] for r, w in written.items())
    assert any("It bears on risk BAF3." in s for s in said), "the cover tells this risk in full"
    assert f"Action {action.id} answers it: {action.action.rstrip('.')} (the {action.owner}, due" in said[1]
    assert "No open action answers it." in said[0]


def _said(number):
    return sentence_case(number_in_words(number))


def test_lists_are_capped_and_say_how_many_more(full):
    dossier = full_dossier(45)
    moved = full.section("What moved, and on what evidence")
    apart = full.section("Where the Board, the team and partners see it differently")
    assert len(moved) == len(apart) == 6
    assert moved[-1] == f"{_said(len(dossier.moved) - 5)} more statements moved: see Table 2 and Annex B."
    assert apart[-1].startswith(f"{_said(len(dossier.differences) - 5)} more statements are seen differently")


def test_the_board_placed_it_lower_and_never_disagrees(full):
    said = full.section("Where the Board, the team and partners see it differently")
    assert any(
        "the Board placed this lower (Growing) than the team (Consistent); partners placed it at" in s for s in said
    )


def test_a_board_that_placed_it_higher_is_said_to_have():
    dossier = full_dossier(6)
    scale = dossier.levels
    first = dossier.sections[0].statements[0]
    first = dataclasses.replace(
        first,
        answered_by="board",
        level_id="growing",
        views={
            "team": make_role("team", scale[0]),
            "board": make_role("board", scale[2]),
            "partner": make_role("partner", None),
        },
    )
    section = dataclasses.replace(dossier.sections[0], statements=(first, *dossier.sections[0].statements[1:]))
    made = paper(dataclasses.replace(dossier, sections=(section, *dossier.sections[1:]), differences=(first.id,)))
    assert "the Board placed this higher (Growing) than the team (Reactive)." in made.text


def test_no_statement_is_both_weak_and_strong(full):
    weak = {p.split(" is ")[0] for p in full.section("Where we are weakest")[:5]}
    strong = {p.split(" is ")[0] for p in full.section("Where we are strong")[:5]}
    assert len(weak) == len(strong) == 5 and not weak & strong


def test_up_to_ten_actions_are_in_the_body_overdue_first_and_all_in_annex_a(full):
    dossier = full_dossier(45)
    due = next(t for t in full.tables() if t[0] == ["Action", "Owner", "Due"])
    assert len(due) == 11
    late = sum(a.overdue for a in dossier.actions)
    assert ["overdue" in row[2] for row in due[1:]] == [True] * late + [False] * (10 - late)
    assert "more actions are in Annex A." in full.text
    plan = next(t for t in full.tables() if t[0][-1] == "Measure and progress")
    assert [row[0].split(",")[0] for row in plan[1:]] == [a.id for a in dossier.actions]
    assert "This is the whole of the action plan, which the Board is asked to approve." in full.text


def test_without_actions_the_paper_says_so():
    made = paper(full_dossier(6, actions=()))
    assert made.section("Actions due and overdue") == ["No action has been recorded."]
    assert made.section("Annex A: Action plan") == ["No action has been recorded."]


def test_caveats_and_agreed_exceptions_stand_under_reliance(full):
    said = full.section("How far this can be relied on")
    assert said[0].startswith("Three statements with less evidence than the level asks for")
    assert said[2] == (
        "Agreed exception, GA3 Money follows ambition: A document past its review date. Reason: The review is booked "
        "for April. Until then: The text that is cited does not change. Agreed by the Chair of the Quality Committee "
        "on 19 March 2026, until 30 April 2026."
    )


def test_where_the_checks_found_nothing_it_says_what_they_looked_for():
    said = paper(full_dossier(6, caveats=(), exceptions=())).section("How far this can be relied on")
    assert said[0].startswith("These checks found no level with incomplete, expired or superseded evidence")


def test_nothing_good_is_read_out_of_an_assessment_without_levels():
    dossier = make_dossier(6)
    none = {"rank": -1, "level_id": "", "reported": "not assessed", "cell": "not assessed"}
    sections = tuple(
        dataclasses.replace(one, statements=tuple(dataclasses.replace(s, **none) for s in one.statements))
        for one in dossier.sections
    )
    totals = dataclasses.replace(dossier.totals, assessed=0, not_assessed=6, counts={})
    empty = {"weakest": (), "strongest": (), "moved": (), "differences": (), "caveats": (), "exceptions": ()}
    made = paper(dataclasses.replace(dossier, sections=sections, totals=totals, **empty))

    for title in ("Where we are weakest", "Where we are strong", "How far this can be relied on"):
        assert made.section(title)[0] == "No statement is assessed, so nothing can be said here."


def test_questions_are_the_prompts_of_the_weakest(full):
    dossier = full_dossier(45)
    said = full.section("Questions members may wish to ask")
    assert said == [f"{s.id} {s.short}: {s.prompt}" for s in map(dossier.statement, dossier.weakest)]


def test_next_steps_are_the_authors_own_words_and_how_much_of_the_plan_is_due_when(full):
    said = full.section("Next steps")
    assert said[0] == "The plan was agreed with places in February."
    assert re.fullmatch(
        r"The plan in Annex A has \w+ actions due by the next review \(28 May 2026\), \w+ within six months "
        r"\(by 26 September 2026\) and \w+ later\.",
        said[-1],
    )


def test_next_steps_without_the_authors_words_fall_into_three_spans():
    said = paper(full_dossier(45, narratives={})).section("Next steps")
    assert [span.partition(":")[0] for span in said] == [
        "By the next review (28 May 2026)",
        "Within six months (by 26 September 2026)",
        "Later",
    ]


def test_every_comment_and_every_citation_stands_in_the_evidence_annex(full):
    dossier = full_dossier(45)
    annex = "\n".join(full.section("Annex B: Evidence by statement"))
    for statement in dossier.statements:
        assert f"{statement.id} {statement.short}" in annex
        for answer in statement.answers:
            assert answer.comment in annex
            for c in answer.citations:
                assert f"{c.title}, page {c.page_found} of the PDF" in annex and f"“{c.context}”" in annex


def test_a_shortened_comment_is_marked():
    dossier = full_dossier(6)
    statement = dossier.sections[0].statements[0]
    answers = tuple(dataclasses.replace(a, shortened=True) for a in statement.answers)
    section = dataclasses.replace(dossier.sections[0], statements=(dataclasses.replace(statement, answers=answers),))
    made = paper(dataclasses.replace(dossier, sections=(section,)))
    assert made.text.count("Shortened for publication.") == len(answers)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Found on the page."),
        ({"file": "plan.docx", "page_found": None}, "Found in the document."),
        ({"file": "data.xlsx", "sheet": "Summary", "page_found": None}, "Found on the sheet."),
        ({"verdict": "found elsewhere", "page_found": 7}, "Found on this page, not on page 4."),
        (
            {"verdict": "not found", "nearest": "moved £2.4 million", "nearest_page": 9, "context": ""},
            "The words cited were not found. The nearest passage (page 9) reads: “moved £2.4 million”",
        ),
        ({"verdict": "not checkable", "reason": "the page is a scan"}, "Not checkable: the page is a scan."),
        (
            {"verdict": "no quotation", "page_cited": "", "page_found": None},
            "The whole document is cited; no words are quoted.",
        ),
        ({"verdict": "seen by a person"}, "Seen by a person."),
    ],
)
def test_each_verdict_is_said_in_words(changes, said):
    dossier = full_dossier(6)
    statement = dossier.sections[0].statements[0]
    cited = dataclasses.replace(statement.answers[0].citations[0], **{"page_cited": "4", **changes})
    answer = dataclasses.replace(statement.answers[0], citations=(cited,))
    statement = dataclasses.replace(statement, answers=(answer,))
    section = dataclasses.replace(dossier.sections[0], statements=(statement,))
    made = paper(dataclasses.replace(dossier, sections=(section,)))
    assert any(p.endswith(said) for p in made.section("Annex B: Evidence by statement"))


def test_an_internal_document_shows_its_holder_and_nothing_else():
    dossier = full_dossier(
        6, narratives={"background": NarrativeView("background", "So [@1].", (redacted_citation(),))}
    )
    made = paper(dossier)
    assert made.notes[0] == "Internal document held by the Director of Strategy; not published with this paper"


def test_a_cover_shows_what_was_given_and_leaves_off_the_rest():
    cover = make_cover(agenda_item="", report_by=(), type="", foi_status="", assurance_level="", action_required=())
    made = paper(make_dossier(6, audience="public", cover=cover, senior_responsible_officer="", signoffs=()))
    labels = [row[0] for table in made.tables()[:2] for row in table]
    assert labels == [
        "Item",
        "Meeting",
        "Organisation",
        "Date",
        "Agenda item",
        "Item",
        "This paper",
        "Agreed exceptions",
    ]
    assert "What the Board is asked to do" not in made.text


def test_the_whole_cover(full):
    upper, lower = (dict(map(tuple, table)) for table in full.tables()[:2])
    assert upper["Agenda item"] == "8 (public session)"
    assert upper["Purpose"] == "For assurance"
    assert upper["Strategic objectives"] == (
        "☑ Reduce health inequalities\n☐ Improve productivity\n☑ Other: Act as an anchor institution"
    )
    assert lower["Assurance offered"].startswith("Reasonable. Most levels rest")
    assert lower["Agreed exceptions"].startswith("One;")
    assert lower["Previously considered"] == "Quality Committee, 12 March 2026: supported, with two changes of level"
    assert lower["BAF risks"].startswith("BAF3: Gaps in healthy life")
    assert lower["Next review"] == "28 May 2026"
    assert full.styled("List Letter")[1] == "Approve the action plan in Annex A."


def test_a_partial_run_says_so_on_the_cover_and_in_the_headline():
    made = paper(full_dossier(6, partial="covers 2 of 5 sections"))
    assert ["Coverage", "This paper covers 2 of 5 sections."] in made.tables()[0]
    assert "it covers 2 of 5 sections" in " ".join(made.section("Headline"))


def test_a_generated_summary_is_short_and_stands_once():
    dossier = full_dossier(45, narratives={})
    made = paper(dossier)
    said = made.section("Executive summary")
    assert 40 < sum(len(p.split()) for p in said) <= 250
    assert all(made.text.count(p) == 1 for p in said[:2])


def test_the_authors_summary_stands_whole_and_once(full):
    assert full.section("Executive summary")[1].startswith("The Board's own answers are lower than the team's")
    assert full.text.count("The ICB has assessed itself for the second time.") == 1


def test_a_proposal_reads_as_a_proposal():
    dossier = full_dossier(6, stage="proposal", narratives={})
    statement = dossier.sections[0].statements[0]
    waiting = dataclasses.replace(
        statement,
        reported="not assessed",
        level_id="",
        rank=-1,
        cell="not assessed",
        views={**statement.views, "board": make_role("board", None)},
    )
    section = dataclasses.replace(dossier.sections[0], statements=(waiting, *dossier.sections[0].statements[1:]))
    made = paper(dataclasses.replace(dossier, sections=(section, *dossier.sections[1:])))
    said = " ".join(made.section("Headline"))
    assert "This is a proposal. The Board is asked to give its own levels: one statement waits for its answer" in said
    assert "This paper proposes levels for the 2025-26 self-assessment" in said
    heatmap = next(t for t in made.tables() if t[0][0] == "Statement")
    row = next(r for r in heatmap if r[0].startswith(waiting.id))
    assert row[1] == "not assessed" and row[3] == statement.views["team"].level


def test_no_movement_is_explained():
    dossier = make_dossier(6, audience="public", movement_note="The organisation has changed.", moved=())
    totals = dataclasses.replace(dossier.totals, moved_up=0, moved_down=0, unchanged=0)
    made = paper(dataclasses.replace(dossier, totals=totals))
    assert made.section("What moved, and on what evidence") == ["No movement is shown. The organisation has changed."]


def test_a_private_paper_says_so_on_its_first_line_and_on_each_page():
    made = paper(full_dossier(6, audience="private"))
    assert made.paragraphs[0] == "INTERNAL: for a private session; not for publication."
    assert all(b"Private" in made.parts[n] for n in made.parts if n.startswith("word/header"))


def test_a_public_paper_is_marked_public_and_nowhere_internal(full):
    assert "INTERNAL" not in full.everything
    assert all(b"Public" in full.parts[n] for n in full.parts if n.startswith("word/header"))


def test_a_draft_says_what_is_not_complete_and_for_whom():
    made = paper(full_dossier(6, findings=make_findings()), draft=True)
    headings = made.styled("heading 1")
    assert headings.index("What is not complete") == headings.index("Annex A: Action plan") - 1
    said = made.section("What is not complete")
    assert said[1] == "ICB health inequalities team"
    assert said[2].startswith("Must be put right: GA2: the words “moved £2.6 million” do not stand in")
    assert [p.split(":")[0] for p in said if ":" in p] == [
        "Must be put right",
        "Must be put right",
        "Agreed exception",
        "To look at",
    ]
    assert all(b'string="DRAFT"' in made.parts[n] for n in made.parts if n.startswith("word/header"))


@pytest.mark.parametrize("name", ["board-paper", "baf-annex", "annual-report-section", "evidence-annex"])
def test_a_draft_is_called_one_in_title_cover_and_header_with_the_number_to_put_right(name):
    findings = tuple(dataclasses.replace(f, papers=()) for f in make_findings())
    made = paper(full_dossier(6, findings=findings), BOARD_PAPER.with_name(f"{name}.docx"), draft=True)
    assert b"<dc:title>DRAFT: " in made.parts["docProps/core.xml"]
    assert "DRAFT: two things must be put right first: see ‘What is not complete’." in made.styled("Marking")
    assert "What is not complete" in made.styled("heading 1")
    headers = [made.parts[part].decode() for part in made.parts if part.startswith("word/header")]
    assert headers and all("DRAFT, Public" in words for words in headers)


def test_a_draft_names_the_row_where_it_may():
    private = paper(full_dossier(6, findings=make_findings(), audience="private"), draft=True)
    assert any(said.endswith("Name the owner's role. Where: actions.csv, row 2.") for said in private.paragraphs)


def test_a_private_paper_gives_its_reason_and_is_not_open_to_all():
    cover = dataclasses.replace(
        full_dossier(6).cover, session="private", session_reason="Staff can be known.", foi_status="open"
    )
    private = paper(full_dossier(6, cover=cover, audience="private"))
    rows = {row[0]: row[1] for t in private.tables() for row in t if len(row) == 2}
    assert rows["Reason for the private session"] == "Staff can be known."
    assert "Freedom of information" not in rows
    public = {row[0] for t in paper(full_dossier(6)).tables() for row in t}
    assert "Reason for the private session" not in public and "Freedom of information" in public


def test_in_a_public_draft_what_to_do_is_said_in_general():
    finding = dataclasses.replace(make_findings()[0], message="Words that are not in the document", remedy="See E007.")
    public = paper(full_dossier(6, findings=(finding,)), draft=True)
    private = paper(full_dossier(6, findings=(finding,), audience="private"), draft=True)
    assert "E007" not in public.text and "E007" in private.text
    assert "Must be put right: GA2: Words that are not in the document. Copy the words from the document" in public.text


def test_a_finding_that_does_not_name_its_statement_is_led_by_it():
    finding = dataclasses.replace(make_findings()[0], message="A quotation is not in the document.")
    made = paper(full_dossier(6, findings=(finding,)), draft=True)
    assert "Must be put right: GA2: A quotation is not in the document." in made.text


def test_findings_for_another_paper_are_not_this_papers_business():
    finding = dataclasses.replace(make_findings()[0], papers=("annual-report-section",))
    made = paper(full_dossier(6, findings=(finding,)), draft=True)
    assert "These checks found none of the things that they look for." in made.section("What is not complete")


def test_a_final_has_no_trace_of_a_draft(full):
    assert "What is not complete" not in full.text
    assert not any(b"DRAFT" in content for content in full.parts.values())


def test_a_separate_evidence_annex_is_a_paper_of_its_own():
    cover = dataclasses.replace(full_dossier(6).cover, evidence_annex="separate")
    dossier = full_dossier(6, cover=cover)
    body, annex = paper(dossier), paper(dossier, EVIDENCE_ANNEX)
    assert "Annex B: Evidence by statement" not in body.styled("heading 1")
    assert "are in the evidence annex." in body.text
    assert "annex_b" not in body.parts["word/document.xml"].decode()
    comment = dossier.statements[0].answers[0].comment
    assert comment not in body.text and comment in annex.text
    assert annex.styled("Title") == ["Health inequalities self-assessment 2025-26: Annex B, evidence by statement"]
    assert annex.notes


def test_a_teams_own_template_may_use_the_names_of_the_board_paper(tmp_path):
    from tests.fill.reading import own_template

    made = paper(
        full_dossier(6), own_template(tmp_path, "{{ scores.GA.middle }}", "{{p heatmap }}", "{{ organisation }}")
    )
    assert made.paragraphs[0] in LEVELS
    assert made.tables()[0][0][0] == "Statement"


def test_a_picture_has_its_alt_text_and_caption(tmp_path):
    from PIL import Image

    Image.new("RGB", (60, 30), "navy").save(tmp_path / "movement.png")
    Image.new("RGB", (60, 30), "navy").save(tmp_path / "logo.png")
    moved = FigureView("movement", "movement", "What moved: 2025-26 against 2024-25", "How many moved.")
    made = paper(full_dossier(6, figures=(moved,)), figures=tmp_path, logo=tmp_path / "logo.png")
    assert 'descr="How many moved."' in made.parts["word/document.xml"].decode()
    assert "Figure 1: What moved: 2025-26 against 2024-25" in made.styled("caption")
    assert sum(b'descr="NHS Example ICB"' in made.parts[n] for n in made.parts if n.startswith("word/header")) == 1


def test_a_logo_that_is_no_picture_is_named(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"no picture")
    with pytest.raises(TemplateError, match=r"logo.png is not a picture that Word can show"):
        paper(full_dossier(6), logo=tmp_path / "logo.png")


def test_a_board_elsewhere_is_asked_by_its_own_name():
    cover = make_cover(meeting="Quality Committee")
    assert "What the Quality Committee is asked to do" in paper(make_dossier(6, audience="public", cover=cover)).text


def test_the_same_paper_is_made_in_any_time_zone(monkeypatch):
    import time

    dossier = full_dossier(6)
    made = []
    for zone in ("UTC", "Pacific/Auckland"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.append(filled("board-paper", dossier, BOARD_PAPER))
    monkeypatch.undo()
    time.tzset()
    assert made[0] == made[1]
    core = read_parts(made[0])["docProps/core.xml"].decode()
    assert "2026-03-26T00:00:00Z" in core


def test_due_dates_that_month_ends_shorten():
    from pipeline.model.periods import months_after

    assert months_after(datetime.date(2025, 12, 31), 2) == datetime.date(2026, 2, 28)
    assert months_after(datetime.date(2026, 3, 26), 12) == datetime.date(2027, 3, 26)
