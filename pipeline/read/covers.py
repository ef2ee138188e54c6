"""What a form's own cover says: whether it is the form of this cycle, framework and respondent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.model import Assessment, Framework, Place, Respondent, Severity
from pipeline.read.faults import Faults
from pipeline.read.forms import ReturnedForm
from pipeline.read.nearest import same, shown
from pipeline.words import list_in_words

_YEAR = re.compile(r"\d{2,4}", re.ASCII)


def is_of_another(
    form: ReturnedForm, respondent: Respondent, assessment: Assessment, framework: Framework, faults: Faults
) -> bool:
    """Whether a form is another cycle's, framework's or respondent's, or may be; its answers are then not read."""
    expected = {"cycle": assessment.cycle, "framework": framework.title, "respondent": respondent.name}
    others = [r for r in assessment.respondents if r.id != respondent.id]

    def agrees(label: str, value: str, place: Place | None) -> bool:
        if label == "cycle":
            return _is_cycle(value, assessment.cycle)
        if label == "framework":
            return any(same(name) in same(value) for name in (framework.id, framework.title))
        # People write the cover of their own form; on one of ours stands what was printed, and it must be this form's.
        written = not form.ours and place is not None and place.row is not None
        return _is_respondent(value, respondent, others, written)

    wrong = [(label, value, place) for label, (value, place) in form.cover.items() if not agrees(label, value, place)]
    for label, value, place in wrong:
        faults.add(
            "IN104",
            faults.blocking,
            place,
            f"The form's cover names the {label} `{shown(value)}`, but it was put in the place of "
            f"`{shown(expected[label])}`; its answers are not read.",
            "Put the right form here, or correct the cover if only the cover is wrong.",
        )
    if not wrong and form.ours:
        against = [(label, value) for label, value in form.marks.items() if value and not agrees(label, value, None)]
        return _contradicts_itself(form, against, expected, faults) or _cannot_be_placed(form, faults)
    return bool(wrong)


def _contradicts_itself(
    form: ReturnedForm, against: Sequence[tuple[str, str]], expected: Mapping[str, str], faults: Faults
) -> bool:
    for label, value in against:
        faults.add(
            "IN109",
            faults.blocking,
            form.cover[label][1] if label in form.cover else Place(form.file),
            f"By its hidden marks this form was sent out for the {label} `{shown(value)}`, and its cover says "
            f"`{shown(form.cover[label][0] if label in form.cover else expected[label])}`; its answers are not read.",
            "Ask for the answers in the form that was sent out this time. If they are meant for this assessment, copy "
            "them into that form.",
        )
    return bool(against)


def _cannot_be_placed(form: ReturnedForm, faults: Faults) -> bool:
    """A CSV file can hold no marks; there its name alone says whose it is."""
    if form.marks or form.file.lower().endswith(".csv"):
        return False
    missing = [label for label in ("cycle", "framework", "respondent") if label not in form.cover]
    if missing:
        faults.add(
            "IN109",
            faults.blocking,
            Place(form.file),
            "This form has lost the hidden marks that say whose it is and for which cycle, and no cover in it names "
            f"the {list_in_words(missing, 'or')}. It may be an earlier year's, so its answers are not read.",
            "Ask for the answers in the form that was sent out, or copy them into it; do not copy its sheets.",
        )
        return True
    faults.add(
        "IN105",
        Severity.WARNING,
        Place(form.file),
        "This form has lost its hidden marks; by its cover it is the right one, and its answers are read. What was "
        "typed outside the places for answers cannot all be told from the form's own words.",
        "Look through the form for remarks outside those places.",
    )
    return False


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
