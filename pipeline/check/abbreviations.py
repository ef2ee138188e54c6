"""Abbreviations that a reader meets before they are spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.check.glossary import EVERYBODY_KNOWS, glossary, mentions
from pipeline.check.say import WARNING, finding
from pipeline.check.texts import AuthorsText, authors_texts
from pipeline.check.words import Phrases
from pipeline.model import Case, Finding
from pipeline.read.vocabulary import words
from pipeline.score import Scores

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
