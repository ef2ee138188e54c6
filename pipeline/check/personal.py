"""Personal data in text that the public will read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

from pipeline.check.say import BLOCKER, finding
from pipeline.check.scope import public_papers_citing, the_paper_is_public
from pipeline.check.texts import AuthorsText, public_texts
from pipeline.check.uses import uses
from pipeline.model import Case, Finding
from pipeline.score import Scores

_GAP = r"[ \u00a0\u2009\u202f\u2010-\u2013-]"
_NHS_NUMBER = re.compile(rf"(?<![\w.,£+-])\d{{3}}{_GAP}?\d{{3}}{_GAP}?\d{{4}}(?![\w%]|[.,]\d)")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(rf"(?<![\w.,£/-])\(?(?P<code>\+44|0044|0(?=\d\d))(?P<rest>(?:(?:[().]|{_GAP}){{0,3}}\d+)+)")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = (
    r"(?:\d{1,2}[/. -]\d{1,2}[/. -](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?(?:{_MONTH})[a-z]*\.?,?[ -]\d{{2,4}}"
    rf"|(?:{_MONTH})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\d)"
)
_BETWEEN = r"(?:[\s:;,()=\u2013-]|\b(?:on|the|is|was|of|as|a)\b){0,12}"
_BIRTH = re.compile(
    rf"\b(?:born|d\.?o\.?b\b\.?|dates? of birth){_BETWEEN}(?P<date>{_DATE})",
    re.IGNORECASE,
)


def personal_data(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU702: a valid NHS number, an e-mail address, a telephone number or a date of birth."""
    contacts = {_address(m) for contact in case.assessment.contacts for m in _EMAIL.findall(contact)}
    for text, papers in (*public_texts(case, scores), *_public_quotations(case, scores)):
        for what, position in found_in(text.text, contacts).items():
            yield finding(
                "PU702",
                BLOCKER,
                text.at(position),
                f"{text.named} holds {what}, and {the_paper_is_public(papers)}.",
                _remedy(what),
                statement=text.statement,
                respondent=text.respondent,
                papers=papers,
                about=text.about,
            )


def found_in(text: str, contacts: Collection[str] = ()) -> Mapping[str, int]:
    """What personal data a text holds, in words, with where the first of each kind starts."""
    every = {
        "an NHS number": (m.start() for m in _NHS_NUMBER.finditer(text) if valid_nhs_number(m[0])),
        "an e-mail address": (m.start() for m in _EMAIL.finditer(text) if _address(m[0]) not in contacts),
        "a telephone number": (m.start() for m in _TELEPHONE.finditer(text) if _is_telephone(m)),
        "a date of birth": (m.start("date") for m in _BIRTH.finditer(text)),
    }
    first = {what: next(found, None) for what, found in every.items()}
    return {what: position for what, position in first.items() if position is not None}


def _address(text: str) -> str:
    return text.casefold().strip(".'")


def valid_nhs_number(text: str) -> bool:
    """Ten digits of which the last agrees with the nine before it (modulus 11)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return digits[9] == (0 if check == 11 else check)


def _is_telephone(match: re.Match[str]) -> bool:
    """0 or +44, and 9 or 10 digits more: counted up to the end of some group of digits."""
    groups = re.findall(r"\d+", match["rest"])
    if match["code"] != "0" and groups and groups[0] == "0":
        groups = groups[1:]  # +44 (0)113
    counts = accumulate(len(group) for group in groups)
    return any(count in (9, 10) for count in counts)


def _remedy(what: str) -> str:
    if what == "an e-mail address":
        return "Take it out; or, if the public is to write to it, list it in `publication.contacts` of assessment.yaml."
    return "Take it out, or write a `public_comment` without it."


def _public_quotations(case: Case, scores: Scores) -> Iterator[tuple[AuthorsText, tuple[str, ...]]]:
    """Words cited from public documents are printed too."""
    for use in uses(case, scores):
        citation = use.citation
        document = case.document(citation.evidence)
        papers = public_papers_citing(citation.place.file, case.assessment)
        if document and document.visibility == "public" and citation.quotation and papers:
            named = AuthorsText(
                "quotation", citation.quotation, citation.place, use.statement, use.respondent, use.about
            )
            yield named, papers
