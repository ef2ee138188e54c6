"""A dossier as a real one looks: a full cover, narrative, risks, views that differ, actions of every age."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from pipeline.dossier.build import differences, moved, strongest, weakest
from pipeline.dossier.views import (
    ActionView,
    CaveatView,
    CitationView,
    Dossier,
    ExceptionView,
    FigureView,
    NarrativeView,
    StatementView,
)
from tests.dossiers import make_citation, make_cover, make_dossier, make_risk

COMMENTS = (
    "The strategy names an aim, a baseline and a date for four of the six gaps. Two have no baseline, since the data "
    "for people in inclusion health groups are not complete. Providers report each quarter; the Board last challenged "
    "one in November.",
    "Reported to the Quality Committee twice this year, with breakdowns by deprivation and ethnicity. No breakdown by "
    "disability yet.",
    "Partners tell us that they hear of decisions late. A shared calendar began in January.",
)
TITLES = (
    "Health Equity Strategy 2024 to 2029",
    "Board minutes, November 2025",
    "Quality Committee report, January 2026",
    "Joint strategic needs assessment: inclusion health",
    "Public sector equality duty report 2025",
    "Engagement report: hearing from carers",
    "Core20PLUS5 dashboard, December 2025",
    "Internal audit of data quality",
    "Equality impact assessment log",
    "Contract review with the community trust, October 2025",
)
QUOTED = (
    "the Board agreed to move £2.4 million from reactive to preventive services",
    "each aim has a named executive",
    "breakdowns by deprivation and ethnicity were received",
    "people in temporary accommodation were not counted",
    "the duty was considered at the point of decision",
    "carers asked for one place to ask",
)


def cited(number: int, statement: str) -> CitationView:
    """One of a dozen documents, at one of several pages."""
    n, page, quotation = number % len(TITLES), 3 + number % 7, QUOTED[number % len(QUOTED)]
    title = TITLES[n]
    place = f"page {page} of the PDF"
    return make_citation(
        n + 1,
        key=f"E{n}|{page}|{quotation}",
        source=f"E{n}",
        title=title,
        statement=statement,
        shown=f"{title}, NHS Example ICB, 6 November 2025, {place}: “{quotation}”",
        shown_again=f"{title}, {place}: “{quotation}”",
        page_cited=str(page),
        page_found=page,
        quotation=quotation,
        context=f"… after a long discussion {quotation}, to be reviewed in the spring …",
        url="https://www.example.nhs.uk/strategy" if n % 3 == 0 else "",
    )


def _answered(statement: StatementView, number: int) -> StatementView:
    """The statement with comments of some length, and citations of different pages."""
    answers = tuple(
        dataclasses.replace(
            a,
            comment=COMMENTS[(number + k) % 3],
            citations=()
            if statement.standing == "not seen" or k == 2
            else tuple(cited(number * 2 + k + j, statement.id) for j in range(2 - k))
            if a.citations or k
            else a.citations,
        )
        for k, a in enumerate(statement.answers)
    )
    return dataclasses.replace(statement, answers=answers, partners=tuple(a for a in answers if a.role == "partner"))


def _actions(dossier: Dossier) -> tuple[ActionView, ...]:
    days = (
        datetime.date(2026, 1, 31),
        datetime.date(2026, 4, 30),
        datetime.date(2026, 7, 31),
        datetime.date(2026, 12, 18),
    )
    words = (
        "Agree with places how spending follows need, and publish the rule",
        "Add breakdowns by disability to the quarterly report",
        "Name a clinical lead for inclusion health in each place",
    )
    return tuple(
        ActionView(
            id=f"A{n + 1}",
            section=s.section,
            statement=s.id,
            action=f"{words[n % 3]}.",
            owner="Director of Strategy" if n % 2 else "Chief Nurse",
            due=days[n % 4],
            status="done" if n % 9 == 8 else "open",
            measure="Agreed by the Quality Committee and reported to the Board.",
            overdue=days[n % 4] < dossier.as_of and n % 9 != 8,
            risk="BAF3" if n % 3 == 0 else "",
            closes="the gap in how spending is followed up" if n % 3 == 0 else "",
            progress="A first draft went to the committee in January." if n % 2 else "",
        )
        for n, s in enumerate(dossier.statements[:30])
    )


def full_dossier(statements: int = 45, **changes: Any) -> Dossier:
    """A public dossier with something in every part."""
    plain = make_dossier(statements, 5 if statements >= 10 else 2)
    levels = {level.id: level.rank for level in plain.levels}
    sections, number = [], 0
    for section in plain.sections:
        answered = tuple(_answered(s, number + k) for k, s in enumerate(section.statements))
        number += len(answered)
        sections.append(dataclasses.replace(section, statements=answered))
    every = [s for section in sections for s in section.statements]
    weak = weakest(every, len(levels))
    idents = tuple(s.id for s in every)
    made = dataclasses.replace(
        plain,
        sections=tuple(sections),
        audience="public",
        weakest=weak,
        strongest=strongest(every, len(levels)),
        moved=moved(every),
        differences=differences(every, levels),
        actions=_actions(plain),
        risks=(
            make_risk(
                statements=idents[::2],
                risk="Gaps in healthy life expectancy widen because services do not "
                "reach the people who need them most",
            ),
        ),
        cover=full_cover(),
        narratives=narratives(),
        caveats=caveats(idents),
        exceptions=(
            ExceptionView(
                idents[2],
                "A document past its review date",
                "The review is booked for April.",
                "The text that is cited does not change",
                "Chair of the Quality Committee",
                datetime.date(2026, 3, 19),
                datetime.date(2026, 4, 30),
            ),
        ),
        abbreviations=(
            ("BAF", "Board Assurance Framework"),
            ("ICB", "integrated care board"),
            ("VCSE", "voluntary, community and social enterprise"),
        ),
        figures=(FigureView("sections", "sections", "Number of statements at each reported level", "How many."),),
    )
    return dataclasses.replace(made, **changes)


def full_cover(**changes: Any) -> Any:
    """A cover sheet with every field."""
    given: dict[str, Any] = {
        "action_required": (
            "Receive assurance on how the ICB meets its duties on health inequalities.",
            "Approve the action plan in Annex A.",
            "Advise on the five weakest statements.",
        ),
        "key_areas": ("strategy", "performance"),
        "objectives": (
            (True, "Reduce health inequalities"),
            (False, "Improve productivity"),
            (True, "Other: Act as an anchor institution"),
        ),
        "previously_considered": (
            {
                "meeting": "Quality Committee",
                "date": "12 March 2026",
                "outcome": "supported, with two changes of level",
            },
        ),
        "assurance_reason": "Most levels rest on words found in the documents cited; nine do not.",
        "baf_risks": ("BAF3",),
        "implications": (
            ("Equality and health inequalities", "The paper is about them throughout."),
            ("Financial", "None beyond the plan for 2026/27."),
            ("Legal", "The duties in sections 14Z35 and 149 apply."),
        ),
        "involvement": "Two partner organisations completed the same statements.",
        "conflicts_of_interest": "None declared.",
        "equality_impact_assessment": "Completed on 2 March 2026.",
        "next_review": datetime.date(2026, 5, 28),
    }
    return make_cover(**{**given, **changes})


def narratives() -> dict[str, NarrativeView]:
    """Prose of the authors with lists, emphasis, links and notes."""
    return {
        "executive-summary": NarrativeView(
            "executive-summary",
            "The ICB has assessed itself for the second time. **More levels rest on evidence that can be checked**: "
            "words found on the page cited [@1].\n\nThe Board's own answers are lower than the team's on eight "
            "statements. The plan in Annex A answers each of the five weakest.",
            (cited(1, ""),),
        ),
        "background": NarrativeView(
            "background",
            "The Health and Care Act 2022 asks integrated care boards to have regard to the need to reduce "
            "inequalities [@1]. This is the second year of self-assessment [@2].\n\n"
            "The assessment was made in three steps:\n\n- the team drafted its answers in January;\n"
            "- the Board gave its own at a workshop;\n- two partners answered separately.\n\n"
            "## How it was checked\n\nEach quotation was looked for in the document cited, see "
            "[the method](https://www.example.nhs.uk/method).",
            (cited(2, ""), cited(9, "")),
        ),
        "next-steps": NarrativeView("next-steps", "The plan was agreed with places in February.", ()),
    }


def caveats(idents: tuple[str, ...]) -> tuple[CaveatView, ...]:
    """Three things that change how far a level can be relied on."""
    return (
        CaveatView(
            "evidence incomplete",
            "3 statements with less evidence than the level asks for: Committee oversight, "
            "Open publication and Duty to involve.",
            idents[:3],
        ),
        CaveatView(
            "expired", "1 statement cites a document past its review date: Money follows ambition.", idents[2:3]
        ),
        CaveatView(
            "whole documents only",
            "2 statements rest on whole documents, with no page or words cited: "
            "Strategy with targets and Clinical leadership.",
            idents[3:5],
        ),
    )
