"""The words that a form is made of, and its fingerprint: shared by the writing and the reading of forms."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STATEMENT, ASKED, LAST = "Statement", "What we ask", "Last year"
LEVEL, COMMENT, PUBLIC = "Level", "Comment", "Shorter comment for publication"
DOCUMENT, PAGE, WORDS = "Evidence: document", "Evidence: page", "Evidence: words"
ACTION, OWNER, DUE, MEASURE = "Action", "Owner", "Due", "How we will know"

ACTIONS = "Actions"
FOR_ACTIONS = (
    "What is to be done in this section: one action a line, with the role that owns it, a date and how we will know.",
    "What should be done, who should do it and by when? Leave this empty if you have no suggestion.",
)
"""What stands above the grid of actions, for the organisation's own people and for partners."""

GOOD, QUESTION, HELPS = "What good looks like", "A question to ask", "Evidence that may help"
SAID_BEFORE, LOOK_AGAIN = "Your answer so far", "Please look again"
NOTE_BEGINNINGS = (GOOD, QUESTION, HELPS, SAID_BEFORE, LOOK_AGAIN)
"""What the notes under a statement begin with."""

AT_THE_END = CITABLE, RESOURCES = "Documents that you can cite", "Resources"
"""The headings behind the sections."""

PAGE_HELP = "the page shown by your PDF reader, not the number printed on it"
WORDS_HELP = "copied exactly from that page"
DOCUMENT_HELP = "choose from the list, or write its name"

CYCLE, FRAMEWORK, RESPONDENT = "Cycle", "Framework", "Respondent"
KIND_OF_FORM, SECOND_FORM = "Kind of form", "Second form: what is filled in here replaces your earlier answer"
COMPLETED_BY, COMPLETED_ON, METHOD = "Completed by", "Date completed", "Completed in which way"
METHODS = ("individually", "workshop", "committee")

CHOOSE_LEVEL = "Choose a level"
TYPE_COMMENT = "Type your comment here"
CHOOSE_DOCUMENT = "Choose a document"
CHOOSE_DATE = "Choose a date"
CHOOSE_WAY = "Choose a way"
CHOOSE_STATEMENT = "Choose"
PROMPTS = (
    CHOOSE_LEVEL,
    TYPE_COMMENT,
    CHOOSE_DOCUMENT,
    CHOOSE_DATE,
    CHOOSE_WAY,
    CHOOSE_STATEMENT,
    "Click or tap here to enter text",
    "Click here to enter text",
    "Click to enter text",
    "Enter text here",
    "Click or tap to enter a date",
    "Click here to enter a date",
    "Click to select a date",
    "Choose an item",
)
"""What stands in a place that nobody has filled in: ours, and those that Word puts there itself."""

BETWEEN = " | "
"""Between a document's id and its title in the look-up list."""
LONGEST_ENTRY = 250
"""Letters of an entry of that list: Word takes no more."""
LISTS_SHEET = "Lists"
"""The hidden sheet that the drop-downs of an Excel form read."""
OPEN_COLOUR = "FFF9E5"
"""The colour of the cells of a form that are to be filled in."""
STAMP = "boardpack-form"
"""Begins the names of the hidden marks that say which form a file was sent out as."""


def list_entry(document: str, title: str) -> str:
    """A document as the look-up list offers it."""
    return f"{document}{BETWEEN}{title}"[:LONGEST_ENTRY]


def plain(text: str) -> str:
    """A heading or label as it is compared: no case, no brackets and what stands in them, no signs."""
    without_help = re.sub(r"\([^)]*\)?", " ", text.replace("\xa0", " "))
    return " ".join(re.findall(r"\w+", without_help.casefold()))


def without_prompts(text: str) -> str:
    """What a person typed: not the form's own prompt, before or beside it."""
    lines = [line for line in text.split("\n") if not is_prompt(line)]
    kept = "\n".join(lines).strip()
    for prompt in _LONG_PROMPTS:
        if kept.casefold().startswith(prompt):
            kept = kept[len(prompt) :].lstrip(" .:")
    return kept


def is_prompt(text: str) -> bool:
    """Whether a text is nothing but what the form asked people to replace."""
    return text.strip().rstrip(".").casefold() in _PROMPTS


_PROMPTS = frozenset(prompt.casefold() for prompt in PROMPTS)
_LONG_PROMPTS = tuple(prompt.casefold() for prompt in PROMPTS if len(prompt.split()) > 3)
"""Those that nobody begins a sentence with."""


LENGTH = 4
"""Letters of a digest: 24 bits, so that of 30,000 texts that people add one may go unlisted."""
_MOST = 240
"""Letters of one mark: Office takes 255 in a property of a document."""


@dataclass(frozen=True)
class FormStamp:
    """The hidden marks of a form: what it was sent out as, and the digests of all that it said then."""

    cycle: str
    framework: str
    respondent: str
    prints: frozenset[str]
    second: bool = False
    """Whether what it answers replaces what its respondent answered before."""

    def said(self, text: str) -> bool:
        """Whether the form said this itself."""
        return not text.strip() or fingerprint(text) in self.prints


def make_stamp(
    cycle: str, framework: str, respondent: str, said: Iterable[str], *, second: bool = False
) -> dict[str, str]:
    """The marks as names and values that hold letters only, for a form's properties or its hidden sheet."""
    packed = "".join(sorted({fingerprint(text) for text in said if text.strip()}))
    marks = {f"{STAMP}-cycle": cycle, f"{STAMP}-framework": framework, f"{STAMP}-respondent": respondent}
    if second:
        marks[f"{STAMP}-second"] = "yes"
    for number, begin in enumerate(range(0, len(packed), _MOST), 1):
        marks[f"{STAMP}-{number:03}"] = packed[begin : begin + _MOST]
    return marks


def read_stamp(marks: Mapping[str, str]) -> FormStamp | None:
    """The stamp that `make_stamp` made; None where a form has none."""
    named = {name: value for name, value in marks.items() if name.startswith(f"{STAMP}-")}
    if not named:
        return None
    packed = "".join(named[name] for name in sorted(named) if re.fullmatch(rf"{STAMP}-\d+", name))
    prints = frozenset(packed[i : i + LENGTH] for i in range(0, len(packed), LENGTH))
    cycle, framework, respondent = (named.get(f"{STAMP}-{n}", "") for n in ("cycle", "framework", "respondent"))
    return FormStamp(cycle, framework, respondent, prints, second=f"{STAMP}-second" in named)


def fingerprint(text: str) -> str:
    """The short digest of a text, whatever its white space and case."""
    words = " ".join(text.split()).casefold()
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode()[:LENGTH]


def last_print(statement: str, text: str) -> str:
    """What the form says of last year at one statement: the same words elsewhere are another print."""
    return f"{statement} last year: {text}"


def without_figures(text: str) -> str:
    """A running line without its page numbers, which differ from page to page."""
    return re.sub(r"\d+", "", text)
