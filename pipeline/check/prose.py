"""Authors' text that is not finished: left-overs, figures that do not exist, an ask without its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.say import BLOCKER, WARNING, column, finding, quoted
from pipeline.check.texts import AuthorsText, authors_texts
from pipeline.live import fill_in, live_figures, names
from pipeline.model import Case, Finding, Place
from pipeline.read.nearest import did_you_mean
from pipeline.score import Scores
from pipeline.wording import LEFT_OVER
from pipeline.words import list_in_words

_PERCENTAGE = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent\b)", re.IGNORECASE)
_DENOMINATOR = re.compile(
    r"\b(?:of|among|denominator:?)\s+(?:(?:a|an|all|the|our|total|its)\s+){0,2}(?!(?:19|20)\d\d\b)\d"
    r"|\bn\s?=\s?\d|\d\s?/\s?\d|\b(?:of|out of) (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\S))+")
_NO_DENOMINATOR_NEEDED = ("action", "risk")
VERBS = {
    "decision": ("approve", "agree", "ratify", "adopt"),
    "discussion": ("discuss", "consider", "advise"),
    "assurance": ("assurance", "review", "receive"),
    "information": ("note",),
}


def left_over(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU704: a left-over in authors' text, after live figures are filled in, and in the register's own words."""
    for text in authors_texts(case, scores):
        if match := LEFT_OVER.search(text.text):
            yield _in_text(
                "PU704",
                text,
                match.start(),
                f"{text.named} still holds {quoted(match[0])}.",
                "Write what is meant to stand there, or take it out.",
            )
    for document in case.register:
        for field in ("title", "owner", "publisher"):
            if match := LEFT_OVER.search(getattr(document, field)):
                yield finding(
                    "PU704",
                    BLOCKER,
                    column(document.place, field),
                    f"The {field} of {document.id} in the register still holds {quoted(match[0])}.",
                    "Write what is meant to stand there.",
                    evidence=document.id,
                )


def unknown_figures(case: Case, scores: Scores) -> Iterator[Finding]:
    """NA801: narrative names a figure that does not exist."""
    figures = live_figures(scores, case)
    known = names(figures)
    for narrative in case.narratives:
        for number, line in enumerate(narrative.text.split("\n"), start=1):
            for missing in fill_in(line, figures)[1]:
                yield finding(
                    "NA801",
                    BLOCKER,
                    Place(narrative.place.file, number, missing),
                    f"The narrative {narrative.name} asks for the figure `{missing}`, and there is none of that name.",
                    f"{did_you_mean(missing, known)}A section's figures are `scores.<section>.middle`, `.lowest`, "
                    "`.counts.<level>` and `.not_assessed`.",
                )


def unplaced_pictures(case: Case, _: Scores) -> Iterator[Finding]:
    """IN101: a picture in narrative, of which a paper would print the alt text alone."""
    for narrative in case.narratives:
        for line, file, alt in _pictures(narrative.text):
            yield finding(
                "IN101",
                BLOCKER,
                Place(narrative.place.file, line, "picture"),
                f"The narrative {narrative.name} holds the picture `{file}`{f' ({quoted(alt)})' if alt else ''}. "
                "Pictures in narrative are not placed in papers: only its description would be printed.",
                "Put the picture into the Word template of the paper, or take it out of the narrative.",
            )


def _pictures(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, file and alt text of each picture."""
    if "![" not in text:
        return
    from markdown_it import MarkdownIt

    for block in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        for token in block.children or ():
            if token.type == "image":
                yield (block.map or [0])[0] + 1, str(token.attrs.get("src", "")), token.content


def ask_without_its_verb(case: Case, _: Scores) -> Iterator[Finding]:
    """PU705: no verb of the paper's type in what the Board is asked."""
    paper = case.assessment.paper
    verbs = VERBS.get(paper.type, ())
    asked = " ".join(paper.action_required)
    if verbs and not any(_says(verb, asked) for verb in verbs):
        ways = ["take assurance" if verb == "assurance" else verb for verb in verbs]
        shown = f". What it asks is {quoted(asked, 100)}" if asked.strip() else "; it asks nothing"
        yield finding(
            "PU705",
            WARNING,
            Place(case.assessment.file, None, "paper.action_required"),
            f"The paper is for {paper.type}, and does not ask the Board to {list_in_words(ways, 'or')}{shown}.",
            "Change what is asked, or the paper's `type`.",
        )


def _says(verb: str, text: str) -> bool:
    stem = verb.removesuffix("e").removesuffix("y")
    return re.search(rf"\b{stem}(?:e|es|ed|ing|s|y|ies|ied|ying|d|al)?\b", text, re.IGNORECASE) is not None


def no_denominator(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU706: a percentage without a denominator, in prose ."""
    for text in authors_texts(case, scores):
        if text.kind in _NO_DENOMINATOR_NEEDED:
            continue
        for sentence in _SENTENCE.finditer(text.text):
            match = _PERCENTAGE.search(sentence[0])
            if match and not _DENOMINATOR.search(sentence[0]):
                yield _in_text(
                    "PU706",
                    text,
                    sentence.start() + match.start(),
                    f"{text.named} gives {quoted(match[0])} and does not say of how many.",
                    "Say of how many: “62% (154 of 248)”.",
                )
                break


def _in_text(code: str, text: AuthorsText, position: int, message: str, remedy: str) -> Finding:
    return finding(
        code,
        BLOCKER if code == "PU704" else WARNING,
        text.at(position),
        message,
        remedy,
        statement=text.statement,
        respondent=text.respondent,
        about=text.about,
    )
