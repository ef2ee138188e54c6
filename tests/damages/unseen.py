"""What nothing can see when it comes: said so, not left out. A sign-off shows most of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.damages.kinds import ACTIONS, FUNDING, INDICATORS, NEXT_STEPS, REGISTER, TEAM, YAML, Named
from tests.damages.verbs import Deed, cells, flip, nth_row, pages, swap


@dataclass(frozen=True)
class Unseen:
    """A kind of damage that goes unseen; `later` is what names it where the cycle was signed off before."""

    what: str
    do: Deed
    later: Named | None = None


UNSEEN = (
    Unseen(
        "a byte turned over in a picture",
        flip("evidence/people/partnership-agreement-signed-2024.pdf", b"stream", 30_000),
        Named("EV310", REGISTER, 27),
    ),
    Unseen(
        "a page cut that nobody cites",
        pages("evidence/strategy/fairer-health-strategy-2024-2029.pdf", *range(1, 18)),
        Named("EV310", REGISTER, 2),
    ),
    Unseen(
        "a comment that says the opposite",
        swap(TEAM, "The places are now asked first.", "The places are not asked."),
        Named("EV310", TEAM, 4),
    ),
    Unseen("a level lowered to the Board's", cells(TEAM, "GA4", level="Emergent"), Named("EV310", TEAM, 5)),
    Unseen("one citation of several taken out", cells(TEAM, "CP2", evidence="E016"), Named("EV310", TEAM, 31)),
    Unseen("an action put off", cells(ACTIONS, "A03", due="2026-12-31"), Named("EV310", ACTIONS, 4)),
    Unseen(
        "a promise altered that cites nothing",
        swap(NEXT_STEPS, "in September.", "in December."),
        Named("EV310", NEXT_STEPS),
    ),
    Unseen("money that ends later", cells(FUNDING, "outreach-checks", ends="2026-12-31"), Named("EV310", FUNDING, 7)),
    Unseen(
        "another source of a figure", nth_row(INDICATORS, 12, source="Another extract"), Named("EV310", INDICATORS, 12)
    ),
    Unseen(
        "a next review before the meeting",
        swap(YAML, "next_review: 2026-05-28", "next_review: 2026-02-28"),
        Named("EV310", YAML),
    ),
)
