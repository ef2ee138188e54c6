"""Every finding code with what it means, why a board would care, and how to put it right."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.check.codes import answers, citations, evidence, inputs, publication, tables
from pipeline.check.codes.explanation import Explanation
from pipeline.errors import UsageError
from pipeline.read.nearest import did_you_mean

__all__ = ["CODES", "Explanation", "explain"]

_PARTS = (inputs, answers, evidence, citations, tables, publication)
CODES: Mapping[str, Explanation] = {e.code: e for part in _PARTS for e in part.EXPLANATIONS}


def explain(code: str) -> Explanation:
    """The explanation of a code, whatever its case."""
    wanted = code.strip().upper()
    if wanted not in CODES:
        raise UsageError(
            f"There is no finding with the code `{code.strip()}`.",
            f"{did_you_mean(wanted, CODES)}The codes are {', '.join(CODES)}.",
        )
    return CODES[wanted]
