"""Personal data in text that the public will read: what it is, and where it stands.

Every pattern here is linear: a text of any length and make is looked through once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate, chain

from pipeline.checks.messages import BLOCKER, finding
from pipeline.checks.scope import public_papers_citing, the_paper_is_public
from pipeline.checks.texts import AuthorsText, public_texts
from pipeline.checks.uses import uses
from pipeline.checks.words import as_read, start_of_line
from pipeline.model import Case, Finding
from pipeline.score import Scores
from pipeline.text import what_opens

# What people put between groups of digits: blanks of any width, a turn of the line, dashes, dots and the like.
_GAP = r"[\s\u2800._/|:\u00b7\u2022-]"
_ALONE = r"(?<![^\W_])(?<!\d[.,/-])(?<![£$€])"
_NHS_NUMBER = re.compile(
    rf"(?:{_ALONE}(?<!\+)|(?<=nhs)|(?<=no))(?:\d{{3}}{_GAP}{{0,3}}\d{{3}}{_GAP}{{0,3}}\d\d[ ]?\d\d"
    r"|(?<!\d )(?:\d ){9}\d)(?![^\W_]|%|[.,]\d| \d(?!\d))",
    re.IGNORECASE,
)
# The last digit of an old book number is reckoned as that of an NHS number is.
_BOOK = re.compile(r"\bisbn(?:[ -]?10)?\W{0,3}$", re.IGNORECASE)
_AT = re.compile(r"@|\bat\b|_at_|\(a\)", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++@[\w-]++(?:\.[\w-]++)+")
_DOT = r"(?:\s?\.\s?|\s?[(\[{<]\s?dot\s?[)\]}>]\s?|\sdot\s)"
_PLACE = rf"[\w-]++(?:{_DOT}[\w-]++)+(?<![\d_-])"
# `name (at) place`, `name@ place.org`, `name at place dot org`, `first.last at place.org`, `n a m e @ p l a c e . u k`
_EMAIL_SPELLED = re.compile(
    rf"(?<=\w)\s{{0,3}}[(\[{{<]\s?(?:at|@)\s?[)\]}}>]\s{{0,3}}[\w-]++(?:{_DOT}[\w-]++)*"
    rf"|(?<=\w)(?:\s{{0,3}}\(a\)\s{{0,3}}|\s{{1,3}}@\s{{0,3}}|@\s{{1,3}}){_PLACE}"
    rf"|(?<=\w)(?:\s{{0,3}}(?P<mark>[*_|'\"~])at(?P=mark)|\s{{0,3}}[‹«]at[›»]|\s-at-)\s{{0,3}}{_PLACE}"
    r"|(?<=\w)\s{1,3}at\s{1,3}(?:nhs\.net\b|[\w-]++(?:\sdot\s[\w-]++)+)"
    r"|(?<![\w.])[^\W\d]\w*+(?:\.\w++)++\s{1,3}at\s{1,3}[\w-]++(?:\.[\w-]++)+"
    r"|(?<![^\s])(?:[\w.-] ){2,64}@(?: [\w.-]){4,64}(?![^\s])",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    rf"(?:{_ALONE}|(?<=tel)|(?<=mob))\(?(?:(?P<code>\+ ?44|00 ?44|0(?=\d\d))"
    rf"(?P<rest>(?:(?:[()]|{_GAP}){{0,3}}\d++)++)|(?P<spaced>0(?: \d){{10}})(?! ?\d))(?![^\W_]{{4}})",
    re.IGNORECASE,
)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = (
    r"(?:\d{1,2} ?[/. -] ?\d{1,2} ?[/. -] ?(?:\d{4}|\d{2})|\d{4}[/-]\d{1,2}[/-]\d{1,2}|[0-3]\d[01]\d(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?(?:{_MONTH})[a-z]{{0,6}}\.?,?[ -](?:\d{{4}}|['’]?\d{{2}})"
    rf"|(?:{_MONTH})[a-z]{{0,6}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\d)"
)
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
_BETWEEN = rf"(?:[\s:;,()\[\]=–-]|\b(?:on|the|is|was|of|as|a|{_WEEKDAY})\b){{0,12}}"
_BIRTH = re.compile(
    r"\b(?:born(?: (?:in|at) (?:(?-i:[A-Z])[\w'’.-]{0,20} ){1,4})?|d\.?o\.?b(?![^\W\d_])\.?"
    rf"|dates?[\s-]{{1,3}}of[\s-]{{1,3}}birth|birth[ -]?dates?|birthdays?){_BETWEEN}(?P<date>{_DATE})",
    re.IGNORECASE,
)
_OF_A_KEY = 40
"""So many letters tell one password or key from another."""
ADDRESS_THAT_OPENS = "a web address with a password or key in it"


def personal_data(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU702: a valid NHS number, an e-mail address, a telephone number, a date of birth or a password."""
    contacts = addresses_in(case.assessment.contacts)
    for text, papers in (*public_texts(case, scores), *_public_quotations(case, scores)):
        for what, position in found_in(text.text, contacts).items():
            yield finding(
                "PU702",
                BLOCKER,
                text.at(position),
                f"{text.named} holds {what}{_of_them(text.text, what, contacts)}, and {the_paper_is_public(papers)}.",
                _remedy(what),
                statement=text.statement,
                respondent=text.respondent,
                papers=papers,
                about=text.about,
            )


def _of_them(text: str, what: str, cleared: Collection[str]) -> str:
    """Where there are several of one kind, how many: who takes out one would think the text clean."""
    plain = _with_plain_digits(text)
    every = (*_looked_for(plain),) or (*_looked_for(as_read(plain)),)
    number = len({token for kind, token, _ in every if kind == what} - {*cleared})
    return f" ({number} of them)" if number > 1 else ""


def found_in(text: str, cleared: Collection[str] = ()) -> Mapping[str, int]:
    """What personal data a text holds, in words, with where the first of each kind starts.

    `cleared` are the addresses and numbers that may be shown, as `personal_in` gives them.
    """
    first: dict[str, int] = {}
    for what, token, position in personal_in(text):
        if token not in cleared:
            first.setdefault(what, position)
    return first


def personal_in(text: str) -> Iterator[tuple[str, str, int]]:
    """Each piece of personal data: what it is, its letters and digits alone, and where it starts."""
    plain = _with_plain_digits(text)
    yield from _looked_for(plain)
    read = as_read(plain)
    if read != plain:
        for what, token, position in _looked_for(read):
            yield what, token, start_of_line(text, read.count("\n", 0, position))


def _looked_for(text: str) -> Iterator[tuple[str, str, int]]:
    for m in chain(_EMAIL.finditer(text), _EMAIL_SPELLED.finditer(text)) if _AT.search(text) else ():
        yield "an e-mail address", _address(m[0]), m.start()
    if any(map(str.isdigit, text)):
        for m in _NHS_NUMBER.finditer(text):
            if valid_nhs_number(m[0]) and not _of_a_book(text, m.start()):
                yield "an NHS number", _digits(m[0]), m.start()
        for m in _TELEPHONE.finditer(text):
            if _is_telephone(m) and not _of_a_book(text, m.start()):
                yield "a telephone number", _digits(m[0]), m.start()
        for m in _BIRTH.finditer(text):
            yield "a date of birth", m["date"], m.start("date")
    for m in what_opens(text):
        yield ADDRESS_THAT_OPENS, text[m.start() : m.end() + _OF_A_KEY].split()[0], m.start()


def addresses_in(texts: Iterable[str]) -> frozenset[str]:
    """The addresses and telephone numbers in `publication.contacts`, as `personal_in` gives them."""
    every = (found for text in texts for found in personal_in(text))
    return frozenset(token for what, token, _ in every if what in ("an e-mail address", "a telephone number"))


def _address(text: str) -> str:
    return text.casefold().strip(".'")


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _with_plain_digits(text: str) -> str:
    """The text, letter by letter, with every digit, dash and sign of another width as ASCII has it."""
    return text if text.isascii() else text.translate({ord(c): _plain_sign(c) for c in set(text) if not c.isascii()})


def _plain_sign(c: str) -> str:
    digit = unicodedata.digit(c, None)
    if digit is not None:
        return str(digit)
    if c == "\u3002":  # the full stop of Chinese and Japanese
        return "."
    if unicodedata.category(c) == "Pd" or c == "\u2212":
        return "-"
    plain = unicodedata.normalize("NFKC", c)
    return plain if len(plain) == 1 else c


def valid_nhs_number(text: str) -> bool:
    """Ten digits of which the last agrees with the nine before it (modulus 11)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return digits[9] == (0 if check == 11 else check)


def _is_telephone(match: re.Match[str]) -> bool:
    """0 or +44, and 9 or 10 digits more: counted up to the end of some group of digits."""
    if match["spaced"]:
        return True
    groups = re.findall(r"\d+", match["rest"])
    if match["code"] != "0" and groups and groups[0] == "0":
        groups = groups[1:]  # +44 (0)113
    counts = accumulate(len(group) for group in groups)
    return any(count in (9, 10) for count in counts)


def _of_a_book(text: str, start: int) -> bool:
    return _BOOK.search(text, max(0, start - 12), start) is not None


def _remedy(what: str) -> str:
    if what == "an e-mail address":
        return "Take it out; or, if the public is to write to it, list it in `publication.contacts` of assessment.yaml."
    if what == ADDRESS_THAT_OPENS:
        return "Give the address without it; if it was shown to anyone, have the password or key changed."
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
