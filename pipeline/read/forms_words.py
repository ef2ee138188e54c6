"""The words that a form is made of, shared by those who write forms and those who read them back."""

from __future__ import annotations

import re

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

PAGE_HELP = "the page shown by your PDF reader, not the number printed on it"
WORDS_HELP = "copied exactly from that page"
DOCUMENT_HELP = "choose from the list, or write its name"

CYCLE, FRAMEWORK, RESPONDENT = "Cycle", "Framework", "Respondent"
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
