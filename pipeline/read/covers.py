"""What a form's own cover says: whether it is the form of this cycle, framework and respondent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.model import Assessment, Framework, Place, Respondent
from pipeline.read.faults import Faults
from pipeline.read.nearest import same, shown

_YEAR = re.compile(r"\d{2,4}", re.ASCII)


def is_of_another(
    cover: Mapping[str, tuple[str, Place]],
    respondent: Respondent,
    assessment: Assessment,
    framework: Framework,
    faults: Faults,
    *,
    filled_in: bool = True,
) -> bool:
    """Whether a form's cover names another cycle, framework or respondent; its answers are then not read.

    `filled_in`: people wrote the cover themselves. On one of ours stands what was printed, and it must be this form's.
    """
    others = [r for r in assessment.respondents if r.id != respondent.id]
    wrong = []
    for label, (value, place) in cover.items():
        if label == "cycle":
            agrees = _is_cycle(value, assessment.cycle)
        elif label == "framework":
            agrees = any(same(name) in same(value) for name in (framework.id, framework.title))
        else:
            agrees = _is_respondent(value, respondent, others, written=filled_in and place.row is not None)
        if not agrees:
            wrong.append((label, value, place))
    expected = {"cycle": assessment.cycle, "framework": framework.title, "respondent": respondent.name}
    for label, value, place in wrong:
        faults.add(
            "IN104",
            faults.blocking,
            place,
            f"The form's cover names the {label} `{shown(value)}`, but it was put in the place of "
            f"`{shown(expected[label])}`; its answers are not read.",
            "Put the right form here, or correct the cover if only the cover is wrong.",
        )
    return bool(wrong)


def _is_cycle(value: str, cycle: str) -> bool:
    """2025-26, 2025/26 and 2025-2026 are one cycle; words without a year name none."""
    years, expected = ([year[-2:] for year in _YEAR.findall(text)] for text in (value, cycle))
    return same(value) == same(cycle) or (years == expected if expected and years else bool(expected))


def _is_respondent(value: str, respondent: Respondent, others: Iterable[Respondent], written: bool) -> bool:
    """The hidden mark of a form holds an id; on a cover that people fill in may also stand the name of a person."""
    if same(value) in (same(respondent.id), same(respondent.name)):
        return True
    if written:
        return not any(same(value) in (same(other.id), same(other.name)) for other in others)
    return False
