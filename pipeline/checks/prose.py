"""Authors' text that is not finished: left-overs, unknown figures, an ask without its verb, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.checks.glossary import EVERYBODY_KNOWS, glossary, mentions
from pipeline.checks.messages import BLOCKER, WARNING, column, finding, quoted
from pipeline.checks.texts import AuthorsText, authors_texts
from pipeline.checks.words import Phrases
from pipeline.inputs.suggest import did_you_mean, words
from pipeline.model import Case, Finding, Place
from pipeline.score import Scores
from pipeline.score.live import fill_in, live_figures, names
from pipeline.text import LEFT_OVER, list_in_words

_PERCENTAGE = re.compile(r"(?<![\w.])(?<!\d,)\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent\b)", re.IGNORECASE)
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


_CAPITALS = re.compile(r"(?<![\w&])[A-Z]{2,6}(?=s?(?![\w&]))")
_NO_ABBREVIATIONS = frozenset(words("II III IV VI VII VIII IX XI XII NA TBC XXX NOT AND ALL NO YES DRAFT INTERNAL"))
_NEAR = 80
"""Letters before and behind an abbreviation that are looked at: more say nothing of it."""
_ANNUAL = ("funding", "indicator", "scheme")


def not_spelled_out(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU703: an abbreviation used before it is spelled out; each is named once, where a reader first meets it."""
    texts = list(authors_texts(case, scores))
    known, ids = glossary(case.assessment), _ids(case)
    spelled = _phrases(known)
    for papers in ([t for t in texts if not _annual(t)], [t for t in texts if _annual(t)]):
        met: set[str] = set()
        for text in papers:
            here = {short: start for short, start, _ in reversed(list(spelled.find(text.text)))}
            for short, position in _used(text.text, known, ids):
                explained = here.get(short, len(text.text)) <= position or _in_brackets(short, text.text, position)
                if short not in met and not explained:
                    yield _unexplained(text, position, short, known.get(short, ""))
                met.add(short)
            met |= {*here}


def _annual(text: AuthorsText) -> bool:
    return text.kind in _ANNUAL or (text.kind == "narrative" and str(text.about).startswith("annual-report"))


def _used(text: str, known: Mapping[str, str], ids: frozenset[str]) -> list[tuple[str, int]]:
    """Each abbreviation that a text uses, where it first does, in reading order."""
    first: dict[str, int] = {}
    for match in _CAPITALS.finditer(text):
        if match[0] not in ids and not _shouted(text, match):
            first.setdefault(match[0], match.start())
    for short in known:
        if short in text and (match2 := next(mentions(short, text), None)):
            first[short] = match2.start()
    return sorted(first.items(), key=lambda item: item[1])


def _shouted(text: str, match: re.Match[str]) -> bool:
    """Words in capitals side by side are a heading or a raised voice."""
    before = text[max(0, match.start() - _NEAR) : match.start()].split()[-1:]
    after = text[match.end() : match.end() + _NEAR].split()[:1]
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in (*before, *after))


def _in_brackets(short: str, text: str, position: int) -> bool:
    """In brackets behind its words, or with its words in brackets behind it."""
    if re.search(r"\w\s*\(\s*$", text[max(0, position - _NEAR) : position]):
        return True
    return (
        re.match(r"s?\s*\(\s*[A-Za-z]+[\s,-]+[A-Za-z]", text[position + len(short) : position + len(short) + _NEAR])
        is not None
    )


def _phrases(known: Mapping[str, str]) -> Phrases:
    phrases = Phrases()
    for short, full in known.items():
        phrases.add(full, short)
        phrases.add(f"{full}s", short)
    return phrases


def _ids(case: Case) -> frozenset[str]:
    """Ids are no abbreviations, and are known to whoever reads the papers."""
    framework, assessment = case.framework, case.assessment
    ids = {s.id for s in framework.sections} | {c.id for c in framework.columns} | {s.id for s in framework.statements}
    ids |= {d.id for d in case.register} | {a.id for a in case.actions} | {r.id for r in case.risks}
    ids |= {r.id for r in assessment.respondents}
    return (EVERYBODY_KNOWS | _NO_ABBREVIATIONS | ids) - {*assessment.abbreviations}


def _unexplained(text: AuthorsText, position: int, short: str, full: str) -> Finding:
    remedy = f"Write “{full} ({short})” there." if full else "Spell it out there, with the short form in brackets."
    return finding(
        "PU703",
        WARNING,
        text.at(position),
        f"{text.named} uses {short} before it is spelled out.",
        remedy,
        statement=text.statement,
        respondent=text.respondent,
        about=text.about,
    )
