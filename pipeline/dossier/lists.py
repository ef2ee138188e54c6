"""Which statements a paper names: the weakest, the strongest, those that moved, those seen differently."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier.views import StatementView

LISTED = 5


def weakest(statements: Sequence[StatementView], top_rank: int) -> tuple[str, ...]:
    """Lowest reported level first, then fallen, then below target, then framework order.

    A statement at the highest level that has neither fallen nor missed its target is nobody's weak point.
    """

    def is_weak(s: StatementView) -> bool:
        return s.rank >= 0 and (s.rank < top_rank or s.movement.kind == "down" or s.below_target)

    def order(s: StatementView) -> tuple[int, bool, bool]:
        return s.rank, s.movement.kind != "down", not s.below_target

    return tuple(s.id for s in sorted(filter(is_weak, statements), key=order)[:LISTED])


def strongest(statements: Sequence[StatementView], weak: Sequence[str]) -> tuple[str, ...]:
    """Highest level first, then most words found, then framework order; never the lowest level."""
    strong = [s for s in statements if s.rank > 0 and s.id not in weak]
    return tuple(s.id for s in sorted(strong, key=lambda s: (-s.rank, -s.words_found))[:LISTED])


def moved(statements: Sequence[StatementView]) -> tuple[str, ...]:
    """Those that moved down, then those that moved up, each in framework order."""
    return tuple(s.id for kind in ("down", "up") for s in statements if s.movement.kind == kind)


def differences(statements: Sequence[StatementView], ranks: dict[str, int]) -> tuple[str, ...]:
    """Where the Board, the team and partners placed a statement differently, widest first."""

    def spread(s: StatementView) -> int:
        seen = [ranks[v.level_id] for v in s.views.values() if v.level_id in ranks]
        return max(seen) - min(seen) if seen else 0

    apart = [s for s in statements if spread(s) > 0]
    return tuple(s.id for s in sorted(apart, key=lambda s: -spread(s)))
