"""Damage to the documents themselves."""
# ruff: noqa: E501  one damage a line

from __future__ import annotations

from tests.damages.kinds import AR1, BOARD, HEALTHWATCH, NEXT_STEPS, REGISTER, RISKS, SUMMARY, TEAM, VCSE, Damage, Named
from tests.damages.verbs import copy, cut_short, drop, flip, link, move, office, pages, put, swap

AUDIT, PEERS = "evidence/assurance/internal-audit-2025-11.pdf", "evidence/assurance/peer-review-letter-2026-02-09.pdf"
EVALUATION = "evidence/assurance/connectors-evaluation-2025-12.pdf"
OUTTURN, EQUALITY = "evidence/finance/outturn-2024-25.pdf", "evidence/equality/equality-information-2025.pdf"
MINUTES = "evidence/board/board-minutes-2025-11-27.docx"
DASHBOARD = "evidence/data/performance-by-group-2026-01.xlsx"
REGISTER_OF_PILOTS = "evidence/finance/decision-and-pilot-register-2026-01.xlsx"
BUDGET, SEMINAR = "evidence/finance/budget-note-2025-26.md", "evidence/board/board-seminar-2025-10-23.pptx"
SURVEY, TRAINING = "evidence/data/staff-and-partner-survey-2025.csv", "evidence/people/training-records-2024.txt"

TERMS = "evidence/committee/health-equity-committee-terms-2025.docx"
OLD_TERMS = "evidence/committee/health-equity-committee-terms-2024.docx"


def _named(code: str, *places: tuple[str, int]) -> tuple[Named, ...]:
    return tuple(Named(code, file, row) for file, row in places)


PEERS_CITED = _named(
    "CI405",
    (TEAM, 12),
    (TEAM, 37),
    (BOARD, 18),
    (BOARD, 22),
    (BOARD, 30),
    (SUMMARY, 10),
    (NEXT_STEPS, 6),
    (RISKS, 5),
    (RISKS, 6),
)
OUTTURN_CITED = _named("CI404", (TEAM, 37), (BOARD, 16), (VCSE, 4), (RISKS, 5))
TERMS_CITED = _named("CI403", (TEAM, 6), (VCSE, 6), (AR1, 3)) + (Named("EV306", REGISTER, 9),)

TO_DOCUMENTS = (
    Damage("a PDF lost", drop(AUDIT), "EV301", REGISTER, 28),
    Damage("a Word document lost", drop(MINUTES), "EV301", REGISTER, 5),
    Damage("a workbook lost", drop(DASHBOARD), "EV301", REGISTER, 16),
    Damage("a document renamed", move(AUDIT, "evidence/assurance/audit.pdf"), "EV301", REGISTER, 28, (Named("EV307", "evidence/assurance/audit.pdf"),)),
    Damage("a byte turned over in a PDF", flip(PEERS, b"stream", 100), "CI405", TEAM, 11, PEERS_CITED),
    Damage("a byte turned over in a Word document", flip(MINUTES, b"word/document.xml", 2000), "EV302", REGISTER, 5),
    Damage("a byte turned over in a workbook", flip(DASHBOARD, b"xl/sharedStrings.xml", 2000), "EV302", REGISTER, 16),
    Damage("a byte turned over in a text", swap(TRAINING, "Projects finished: 9.", "Projects finished: 8."), "CI403", TEAM, 44),
    Damage("a PDF half copied", cut_short(AUDIT, 0.5), "EV302", REGISTER, 28),
    Damage("a Word document half copied", cut_short(MINUTES, 0.5), "EV302", REGISTER, 5),
    Damage("an empty PDF", put(AUDIT, b""), "EV302", REGISTER, 28),
    Damage("an empty Word document", put(MINUTES, b""), "EV302", REGISTER, 5),
    Damage("a locked PDF", pages(PEERS, 1, 2, password="secret"), "EV302", REGISTER, 29),
    Damage("a Word document named .pdf", copy(HEALTHWATCH, AUDIT), "EV302", REGISTER, 28),
    Damage("a PDF named .docx", put(MINUTES, b"%PDF-1.7\n" + bytes(2000)), "EV302", REGISTER, 5),
    Damage("a picture named .pdf", put(AUDIT, b"\x89PNG\r\n\x1a\n" + bytes(2000)), "EV302", REGISTER, 28),
    Damage("an old Word file", put(MINUTES, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)), "EV302", REGISTER, 5),
    Damage("a DOCTYPE in a Word document", office(MINUTES, "<w:document ", "<!DOCTYPE w:document><w:document "), "EV302", REGISTER, 5),
    Damage("the last page cut", pages(EVALUATION, *range(1, 8)), "CI402", TEAM, 43),
    Damage("a page taken out of the middle", pages(EVALUATION, 1, 2, 3, 4, 6, 7, 8), "CI404", TEAM, 40, (Named("CI402", TEAM, 43),)),
    Damage("two pages swapped", pages(OUTTURN, 2, 1), "CI404", TEAM, 4, OUTTURN_CITED),
    Damage("another document under the name", copy(OLD_TERMS, TERMS), "CI403", TEAM, 2, TERMS_CITED),
    Damage("a Word document's words altered", office(MINUTES, "Results that had worsened", "Results that had improved"), "CI403", TEAM, 11),
    Damage("a workbook's figure altered", office(DASHBOARD, "fell in 24 of the 31", "fell in 14 of the 31"), "CI403", TEAM, 20),
    Damage("the words on a slide altered", office(SEMINAR, "the bus was the reason", "the cost was the reason"), "CI403", TEAM, 13),
    Damage("a note's words altered", swap(BUDGET, "considered and not adopted", "considered and adopted"), "CI403", TEAM, 37),
    Damage("the words of a survey altered", swap(SURVEY, "Senior leaders protect time for", "Senior leaders find time for"), "CI403", TEAM, 12),
    Damage("a document nobody registered", copy(BUDGET, "evidence/finance/budget-note-2026-27.md"), "EV307", "evidence/finance/budget-note-2026-27.md"),
    Damage("a link out of the folder", link(AUDIT, "/etc/hostname"), "EV309", REGISTER, 28),
    Damage("a cited document altered after the sign-off", swap(BUDGET, "*The organisation", "*This organisation"), "EV310", REGISTER, 20, signed=True),
)  # fmt: skip
