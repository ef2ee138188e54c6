"""From the evidence columns of a form (document, page, words) to a citation as the grammar has it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.read.forms_words import BETWEEN
from pipeline.read.nearest import same
from pipeline.read.quoting import OPENING, STRAIGHT, Quotations, end_of_quotation

_DASH = r"(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|to)"
_ONE_PAGE = re.compile(r"(?:pp?\.?|pages?)?\s*(\d{1,9})(?:\.0+)?", re.I)
_PAGES = re.compile(rf"(?:pp?\.?|pages?)?\s*(\d{{1,9}})\s*{_DASH}\s*(\d{{1,9}})", re.I)
_MARKS = re.compile('["\u201c\u201d]')
_SHEET = re.compile(r"sheet\s*[:=]?\s*[\"\u201c\u201d']?(.+?)[\"\u201c\u201d']?", re.I | re.S)


def citation_text(document: str, page: str, quoted: str, listed: Iterable[str] = ()) -> str:
    """One line of a form as citations; what cannot be understood is left in, so that reading names it.

    `listed`: what the form's look-up list offered, `E012 | Title`.
    """
    document, page = ids_only(document.strip(), listed), page.strip()
    locators, said = _locators(page), _quotations(quoted)
    if not locators or (len(locators) > 1 and said):
        locators = [f"p.{page}"] if page else [""]
    parts = [
        " ".join(part for part in (document, locator, words) if part) for locator in locators for words in said or [""]
    ]
    return "; ".join(part for part in parts if part)


def ids_only(document: str, listed: Iterable[str]) -> str:
    """`E012 | Title` of the look-up list as `E012`, wherever it stands in the text, and a title alone as its id."""
    listed = tuple(listed)
    titles = [entry.partition(BETWEEN) for entry in listed if BETWEEN in entry]
    if len(alike := {identity for identity, _, title in titles if same(title) == same(document)}) == 1:
        return alike.pop()
    # The longest first: one title may begin another.
    for entry in sorted((e for e in listed if BETWEEN in e and e in document), key=len, reverse=True):
        document = document.replace(entry, entry.partition(BETWEEN)[0])
    parts = (part.partition(BETWEEN)[0] if BETWEEN in part else part for part in Quotations(document).split())
    return "; ".join(part.strip() for part in parts if part.strip())


def _locators(page: str) -> list[str]:
    """What a page cell means; several pages are several citations; none where it cannot be understood."""
    if not page:
        return [""]
    found = []
    for part in re.split(r"[,;&\n]|\band\b", page):
        if match := _PAGES.fullmatch(part.strip()):
            found.append(f"pp.{match[1]}-{match[2]}")
        elif match := _ONE_PAGE.fullmatch(part.strip()):
            found.append(f"p.{match[1]}")
        else:
            break
    else:
        return found
    sheet = _SHEET.fullmatch(page)
    return [f'sheet "{sheet[1].strip()}"'] if sheet and not set(sheet[1]) & set(OPENING) else []


def _quotations(quoted: str) -> list[str]:
    """The words in quotation marks that hold them whole; several quotations where several are given."""
    quoted = quoted.strip()
    if not quoted:
        return []
    parts = [part.strip() for part in Quotations(quoted).split() if part.strip()]
    if all(_is_quotation(part) for part in parts):
        return parts
    return [quote(quoted)]


def _is_quotation(text: str) -> bool:
    return text[0] in OPENING and end_of_quotation(text, 0) == len(text) - 1 and len(text) > 2


def quote(text: str) -> str:
    """Words in the marks that do not end before they do."""
    for opening, closing in ((STRAIGHT, STRAIGHT), ("\u201c", "\u201d")):
        if end_of_quotation(f"{opening}{text}{closing}", 0) == len(text) + 1:
            return f"{opening}{text}{closing}"
    # Marks that would end it early become single ones; quotation marks are compared whatever their form.
    return STRAIGHT + _MARKS.sub("'", text) + STRAIGHT
