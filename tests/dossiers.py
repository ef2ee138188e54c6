"""Hand-made dossiers for tests of what is shown: any size, any scale; the wording is that of the shipped framework."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
from typing import Any

import yaml

from pipeline.dossier.views import (
    SCHEMA,
    ActionView,
    AnswerView,
    CitationView,
    CoverView,
    DocumentView,
    Dossier,
    ExceptionView,
    FindingView,
    LevelView,
    MovementView,
    NarrativeView,
    RespondentView,
    RiskScoreView,
    RiskView,
    RoleView,
    ScoreView,
    SectionView,
    SignOffView,
    StatementView,
    TotalsView,
)
from pipeline.workspace import SHIPPED_FRAMEWORKS

LEVELS = ("Reactive", "Emergent", "Growing", "Consistent")
RESPONDENTS = (
    ("icb-team", "ICB health inequalities team", "team"),
    ("board", "Board members", "board"),
    ("vcse", "Voluntary sector alliance", "partner"),
)
DATED = datetime.date(2025, 11, 6)
QUOTATION = "the Board agreed to move £2.4 million from reactive to preventive services"


def digest(text: str) -> str:
    """A SHA-256, as a register row's copy has."""
    return hashlib.sha256(text.encode()).hexdigest()


@functools.cache
def shipped_wording() -> list[tuple[str, str]]:
    """(short name, text) of each statement of the shipped framework."""
    framework = yaml.safe_load((SHIPPED_FRAMEWORKS / "hi-icb.yaml").read_text(encoding="utf-8"))
    return [(s["short"], s["text"]) for section in framework["sections"] for s in section["statements"]]


def make_levels(names: tuple[str, ...] = LEVELS) -> tuple[LevelView, ...]:
    """A scale, lowest first."""
    return tuple(LevelView(n.lower().replace(" ", "-"), n, rank, f"What {n} means.") for rank, n in enumerate(names))


def make_document(number: int = 1, **changes: Any) -> DocumentView:
    """A registered document, a PDF of 40 pages."""
    made = DocumentView(
        id=f"E{number:03}",
        title=f"Health Equity Strategy, part {number}",
        file=f"strategy/part {number}.pdf",
        url="",
        owner="Director of Strategy",
        dated=DATED,
        review_by=datetime.date(2026, 11, 6),
        visibility="public",
        kind="strategy",
        assurance_line=1,
        status="approved",
        nature="",
        publisher="NHS Example ICB",
        sha256=digest(f"document {number}"),
        pages=40,
        supersedes=(),
        statements=(),
    )
    return dataclasses.replace(made, **changes)


def make_citation(number: int = 1, **changes: Any) -> CitationView:
    """A citation of document `number` whose words were found on page 4."""
    document = make_document(number)
    made = CitationView(
        key=f"{document.id}|4|found",
        source=document.id,
        shown=f"{document.title}, NHS Example ICB, 6 November 2025, page 4 of the PDF: “{QUOTATION}”",
        shown_again=f"{document.title}, page 4 of the PDF: “{QUOTATION}”",
        verdict="found on page",
        written=f'{document.id} p.4 "{QUOTATION}"',
        evidence=document.id,
        title=document.title,
        file=document.file,
        owner=document.owner,
        kind=document.kind,
        dated=document.dated,
        review_by=document.review_by,
        visibility="public",
        sha256=document.sha256,
        page_cited="4",
        page_found=4,
        quotation=QUOTATION,
        context=f"At its meeting in May {QUOTATION} over two years.",
        statement="",
        respondent="icb-team",
    )
    return dataclasses.replace(made, **changes)


def redacted_citation(**changes: Any) -> CitationView:
    """An internal document's citation as a public dossier has it."""
    shown = "Internal document held by the Director of Strategy; not published with this paper"
    made = CitationView(
        key="redacted-1",
        source="redacted-1",
        shown=shown,
        shown_again=shown,
        verdict="found on page",
        owner="Director of Strategy",
        respondent="icb-team",
        redacted=True,
    )
    return dataclasses.replace(made, **changes)


def make_answer(level: LevelView | None, respondent: int = 0, **changes: Any) -> AnswerView:
    """An answer of one of RESPONDENTS; no level means `not assessed`."""
    ident, name, role = RESPONDENTS[respondent]
    made = AnswerView(
        respondent=ident,
        name=name,
        role=role,
        level=level.name if level else "not assessed",
        level_id=level.id if level else "",
        comment="Reviewed with the programme team in January.",
    )
    return dataclasses.replace(made, **changes)


def make_role(role: str, level: LevelView | None, number: int = 1) -> RoleView:
    """What one role says."""
    if level is None:
        return RoleView(role, "", "", shown="no answer")
    shown = level.name if number == 1 else f"{level.name} ({number} answers, all {level.name})"
    return RoleView(role, level.name, level.id, level.name, level.name, number, shown)


def make_movement(levels: tuple[LevelView, ...], rank: int, number: int) -> MovementView:
    """Movement of every kind, in turn."""
    before = min(max(rank + (-1, 0, 0, 1, 0, 1, 0)[number % 7], 0), len(levels) - 1)
    name, now = levels[before].name, levels[rank].name
    if rank < 0:
        return MovementView("not assessed", name, f"not assessed this year, {name} last year")
    if number % 11 == 10:
        return MovementView("wording changed", name, "wording changed, not compared")
    if number % 13 == 12:
        return MovementView("first", "", "first assessed this year")
    if before == rank:
        return MovementView("same", name, f"no change from {name}")
    kind = "up" if before < rank else "down"
    return MovementView(kind, name, f"moved {kind} from {name} to {now}")


def make_statement(number: int, section: str, title: str, levels: tuple[LevelView, ...], ident: str) -> StatementView:
    """Statement `number` (from 0), its level and evidence different from its neighbours'."""
    top = len(levels)
    rank = -1 if number % 17 == 16 else (number * 7 + number // 5 + 2) % top
    level = levels[rank] if rank >= 0 else None
    board = levels[max(rank - (number % 3 == 1), 0)] if level else None
    partner = levels[(number * 3) % top] if number % 2 == 0 else None
    short, text = shipped_wording()[number % len(shipped_wording())]
    standing = ("found on page", "document only", "not seen")[(0, 0, 1, 0, 2)[number % 5]]
    citations = (make_citation(number % 4 + 1, statement=ident),) if standing == "found on page" else ()
    if standing == "document only":
        whole = {"verdict": "no quotation", "quotation": "", "context": "", "page_cited": "", "page_found": None}
        citations = (make_citation(4, statement=ident, key="E004|whole", written="E004", **whole),)
    incomplete = standing == "not seen" and level is not None
    answers = [make_answer(level, citations=citations), make_answer(board, 1)]
    partners = (make_answer(partner, 2),) if partner else ()
    return StatementView(
        id=ident,
        short=short,
        text=text,
        section=section,
        section_title=title,
        answered_by="both",
        reported=level.name if level else "not assessed",
        level_id=level.id if level else "",
        rank=rank,
        standing=standing,
        cell=f"{level.name}, {standing}" if level else "not assessed",
        words_found=int(standing == "found on page"),
        movement=make_movement(levels, rank, number),
        views={r.role: r for r in (make_role("team", level), make_role("board", board), make_role("partner", partner))},
        partners=partners,
        answers=(*answers, *partners),
        evidence_incomplete=incomplete,
        qualifier="evidence incomplete" if incomplete else "",
        target=levels[-1].name,
        target_id=levels[-1].id,
        below_target=0 <= rank < top - 1,
        prompt="Which gap are we committed to closing, by how much and by when?",
        tags={"cqc": ("governance",)} if number % 4 == 0 else {},
        actions=(f"A{number + 1}",) if rank == 0 else (),
    )


def make_score(statements: tuple[StatementView, ...], levels: tuple[LevelView, ...]) -> ScoreView:
    """Counts of a section's statements."""
    ranks = sorted(s.rank for s in statements if s.rank >= 0)
    lowest = levels[ranks[0]].name if ranks else "not assessed"
    return ScoreView(
        middle=levels[ranks[(len(ranks) - 1) // 2]].name if ranks else "too few assessed",
        lowest=lowest,
        counts={level.id: ranks.count(level.rank) for level in levels},
        not_assessed=len(statements) - len(ranks),
        assessed=len(ranks),
        in_scope=len(statements),
        lowest_statements=tuple(s.id for s in statements if s.rank >= 0 and s.rank == ranks[0]),
    )


def make_sections(
    statements: int, sections: int, levels: tuple[LevelView, ...], columns: tuple[LevelView, ...] = ()
) -> tuple[SectionView, ...]:
    """Sections of about the same size; in a matrix, a statement for each column."""
    titles = (
        ("GA", "Governance and accountability"),
        ("SC", "Strategic commissioning"),
        ("CO", "Compliance with the legal duties"),
        ("CP", "Commissioning process"),
        ("EE", "Evaluating and embedding"),
    )
    made, number = [], 0
    for n in range(sections):
        ident, title = titles[n] if n < len(titles) else (f"S{n + 1}", f"Section {n + 1} of a longer framework")
        size = len(columns) or statements // sections + (n < statements % sections)
        ids = [f"{ident}{c.id}" for c in columns] or [f"{ident}{k + 1}" for k in range(size)]
        of_section = [make_statement(number + k, ident, title, levels, ids[k]) for k in range(size)]
        if columns:
            of_section = [dataclasses.replace(s, column=c.id) for s, c in zip(of_section, columns, strict=True)]
        number += size
        made.append(
            SectionView(ident, title, "", ident == "CO", make_score(tuple(of_section), levels), tuple(of_section))
        )
    return tuple(made)


def make_totals(sections: tuple[SectionView, ...], levels: tuple[LevelView, ...]) -> TotalsView:
    """Counts over all sections."""
    every = [s for section in sections for s in section.statements]
    assessed = [s for s in every if s.rank >= 0]
    count = lambda name, value: sum(getattr(s, name) == value for s in assessed)  # noqa: E731
    kinds = [s.movement.kind for s in every]
    return TotalsView(
        counts={level.id: count("level_id", level.id) for level in levels},
        not_assessed=len(every) - len(assessed),
        assessed=len(assessed),
        in_scope=len(every),
        found_on_page=count("standing", "found on page"),
        document_only=count("standing", "document only"),
        not_seen=count("standing", "not seen"),
        moved_up=kinds.count("up"),
        moved_down=kinds.count("down"),
        unchanged=kinds.count("same"),
        sections_in_scope=len(sections),
        sections_in_framework=5,
    )


def make_cover(**changes: Any) -> CoverView:
    """A cover for a public meeting."""
    made = CoverView(
        title="Health inequalities self-assessment 2025-26",
        meeting="ICB Board",
        date=datetime.date(2026, 3, 26),
        agenda_item="8",
        session="public",
        session_reason="",
        type="assurance",
        report_by=("Amina Patel, Director of Strategy",),
        action_required=("Receive the result.",),
        key_areas=(),
        objectives=(),
        previously_considered=(),
        assurance_level="reasonable",
        assurance_reason="",
        baf_risks=(),
        implications=(),
        involvement="",
        conflicts_of_interest="",
        foi_status="open",
        equality_impact_assessment="",
        next_review=None,
        evidence_annex="full",
    )
    return dataclasses.replace(made, **changes)


def make_action(number: int, statement: StatementView, **changes: Any) -> ActionView:
    """An open action on a statement, overdue where its number is even."""
    made = ActionView(
        id=f"A{number}",
        section=statement.section,
        statement=statement.id,
        action=f"Agree a plan for “{statement.short.lower()}” with partners.",
        owner="Director of Strategy",
        due=datetime.date(2026, 6, 30) if number % 2 else datetime.date(2026, 1, 31),
        status="open",
        measure="Plan approved by the committee.",
        overdue=number % 2 == 0,
    )
    return dataclasses.replace(made, **changes)


def make_risk(**changes: Any) -> RiskView:
    """A BAF risk with one assurance."""
    score = lambda a, b: RiskScoreView(a, b, a * b, f"{a} x {b} = {a * b}")  # noqa: E731
    made = RiskView(
        id="BAF3",
        objective="Tackle inequalities",
        risk="Gaps in outcomes widen.",
        cause="Data are incomplete.",
        effect="People die earlier than they need to.",
        lead="Director of Strategy",
        committee="Quality Committee",
        statements=("GA1",),
        inherent=score(4, 5),
        current=score(3, 4),
        target=score(2, 4),
        previous=score(3, 4),
        movement="no change",
        controls="Dashboard.",
        gaps_in_control="",
        gaps_in_assurance="",
        assurances=(make_citation(2),),
        assurance_rating="",
        appetite="cautious",
        target_date=None,
        rationale="",
        last_reviewed=None,
    )
    return dataclasses.replace(made, **changes)


def make_finding(code: str = "CI403", **changes: Any) -> FindingView:
    """A blocker: words that were not found."""
    made = FindingView(
        code=code,
        severity="blocker",
        message="GA2: the words “moved £2.6 million” do not stand in “Health Equity Strategy, part 2”. "
        "The nearest passage, on page 4, says £2.4 million.",
        remedy="Correct the quotation, or cite the page where the words stand.",
        file="assessments/2025-26/responses/icb-team.csv",
        row=3,
        field="evidence",
        statement="GA2",
        evidence="E002",
        respondent="icb-team",
        who="ICB health inequalities team",
    )
    return dataclasses.replace(made, **changes)


def make_findings() -> tuple[FindingView, ...]:
    """Findings of every severity, for three people."""
    return (
        make_finding(),
        make_finding(
            "AC501",
            message="Action A1 is open and has no owner.",
            remedy="Name the owner's role.",
            file="assessments/2025-26/actions.csv",
            row=2,
            field="owner",
            statement="GA1",
            evidence=None,
            respondent=None,
            who="Authors of the paper",
        ),
        make_finding(
            "EV303",
            severity="excepted",
            message="“Health Equity Strategy, part 3” was due for review.",
            remedy="Review it, or cite its successor.",
            file="evidence/register.csv",
            row=4,
            field="review_by",
            statement="GA3",
            evidence="E003",
            respondent=None,
            who="Director of Strategy",
        ),
        make_finding(
            "EV305",
            severity="warning",
            message="“Health Equity Strategy, part 4” has no date.",
            remedy="Give the date it was approved.",
            file="evidence/register.csv",
            row=5,
            field="dated",
            statement=None,
            evidence="E004",
            respondent=None,
            who="Director of Strategy",
        ),
        make_finding(
            "ST206",
            severity="note",
            message="The Board and partners are two levels apart on GA1.",
            remedy="Say in the comment why they differ.",
            file=None,
            row=None,
            field=None,
            statement="GA1",
            evidence=None,
            respondent=None,
            who="Authors of the paper",
        ),
    )


def make_dossier(
    statements: int = 6,
    sections: int = 2,
    levels: tuple[str, ...] = LEVELS,
    columns: tuple[str, ...] = (),
    **changes: Any,
) -> Dossier:
    """A whole dossier; `columns` makes it a matrix of `sections` rows."""
    scale, heads = make_levels(levels), tuple(LevelView(f"P{n + 1}", c, n) for n, c in enumerate(columns))
    parts = make_sections(statements, sections, scale, heads)
    every = [s for part in parts for s in part.statements]
    cited = {
        c.evidence: [s.id for s in every for a in s.answers for x in a.citations if x.evidence == c.evidence]
        for s in every
        for a in s.answers
        for c in a.citations
    }
    weak = tuple(s.id for s in sorted(every, key=lambda s: s.rank) if 0 <= s.rank < len(scale) - 1)[:5]
    made = Dossier(
        schema=SCHEMA,
        audience="internal",
        organisation="NHS Example ICB",
        cycle="2025-26",
        previous_cycle="2024-25",
        as_of=datetime.date(2026, 3, 26),
        stage="result",
        subject="",
        framework_id="hi-icb",
        framework_title="Health inequalities self-assessment framework for an integrated care board",
        framework_version="1.0",
        framework_wording="",
        framework_note="",
        framework_shipped=True,
        senior_responsible_officer="Amina Patel, Director of Strategy",
        non_executive_lead="",
        committee="",
        cover=make_cover(),
        levels=scale,
        columns=heads,
        respondents=tuple(
            RespondentView(i, n, r, datetime.date(2026, 2, 12), "workshop", True) for i, n, r in RESPONDENTS
        ),
        sections=parts,
        scores={p.id: p.score for p in parts},
        totals=make_totals(parts, scale),
        partial="",
        weakest=weak,
        strongest=(),
        moved=tuple(s.id for s in every if s.movement.kind in ("up", "down")),
        differences=(),
        movement_note="",
        actions=tuple(make_action(n + 1, s) for n, s in enumerate(every) if s.actions),
        risks=(make_risk(),),
        funding=(),
        indicators=(),
        schemes=(),
        narratives={"background": NarrativeView("background", "Why we assess. [@1]", (make_citation(3),))},
        documents=tuple(make_document(n, statements=tuple(cited.get(f"E{n:03}", ()))) for n in range(1, 6)),
        findings=make_findings(),
        exceptions=(
            ExceptionView(
                "GA3",
                "a document past its review date",
                "The review is booked.",
                "Old text stands.",
                "Chair of the Quality Committee",
                datetime.date(2026, 3, 19),
                datetime.date(2026, 4, 30),
            ),
        ),
        caveats=(),
        references=(),
        abbreviations=(),
        figures=(),
        annual_report_parts={},
        include_levels=False,
        targets_by=None,
        small_numbers=7,
        signoffs=(SignOffView("Director of Strategy", "2026-03-20", digest("s")),),
        inputs_digest=digest("inputs"),
    )
    return dataclasses.replace(made, **changes)
