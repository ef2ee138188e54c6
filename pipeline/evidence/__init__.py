"""What the evidence says: each cited document opened with care, each citation followed to its page and words.

Reading processes pass through here when they start, so what they have no use for is imported only when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pipeline.office.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from pipeline.evidence.folder import Known
    from pipeline.model import Case, EvidenceDocument, Finding
    from pipeline.workspace import Workspace

__all__ = ["Limits", "Progress", "follow", "read_register"]

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


def read_register(
    ws: Workspace, column_names: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[EvidenceDocument, ...], tuple[Finding, ...]]:
    """The rows of the evidence register, and what could not be understood in them."""
    from pipeline.inputs import register

    return register.read_register(ws, column_names)


def follow(
    case: Case,
    ws: Workspace,
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    scheduler: str | None = None,
    rehash: bool = False,
    known_digests: Known | None = None,
) -> Case:
    """The case with its copies, check_results and unregistered files. Only cited documents are opened.

    `known_digests` (path relative to the workspace -> size, time in nanoseconds, sha256) spares hashing what has not
    changed; with `rehash` cited documents are hashed all the same. `scheduler` is the address of a Dask cluster.
    """
    from pipeline.evidence import resolver

    return resolver.follow(case, ws, limits, progress, scheduler, rehash, known_digests or {})
