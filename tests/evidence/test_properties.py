"""Any passage of any page is found as given and after harmless changes of typography; any other words are not."""

from __future__ import annotations

import re
import string
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.evidence.checking import answer
from pipeline.evidence.sniff import kind_of
from pipeline.evidence.texts import TextCache, Texts
from pipeline.model import CheckRequest, CheckResult, Verdict
from pipeline.office.limits import Limits
from tests.evidence.made_pdf import pdf
from tests.evidence.test_corpus import CORPUS, rows

FOUND = (Verdict.FOUND, Verdict.FOUND_ELSEWHERE)
WORD = st.text(string.ascii_lowercase, min_size=1, max_size=10)
TOKEN = st.one_of(WORD, WORD, WORD, st.integers(0, 9999).map(str), st.decimals(0, 99, places=1).map("{}%".format))
WIDTH = 46


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[list[str]], list[str]]:
    """The words of each page, and each page as it is set: in lines, with broken words, a header and a footer."""
    pages, drawn = [], []
    for number in range(1, 4):
        words = draw(st.lists(TOKEN, min_size=8, max_size=40))
        lines = [""]
        for word in words:
            if len(lines[-1]) + len(word) + 1 > WIDTH:
                at = WIDTH - len(lines[-1]) - 2
                if word.isalpha() and 2 <= at <= len(word) - 2 and draw(st.booleans()):
                    lines[-1] += f" {word[:at]}-"
                    word = word[at:]
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        pages.append(words)
        drawn.append("\n".join(["Health Equity Strategy 2025", *lines, f"NHS Example ICB, page {number} of 3"]))
    return pages, drawn


def seen(drawn: list[str], quotation: str, page: int) -> CheckResult:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.pdf")
        path.write_bytes(pdf(drawn))
        return answer(
            CheckRequest((page, page), None, quotation), Texts(path, "pdf", "", TextCache(None, ""), Limits())
        )


@given(documents(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_passage_is_found_on_its_page_and_over_the_turn_of_it(
    document: tuple[list[list[str]], list[str]], data: st.DataObject
) -> None:
    pages, drawn = document
    page = data.draw(st.integers(1, 2))
    words = pages[page - 1] + pages[page]
    first = data.draw(st.integers(0, len(pages[page - 1]) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    check_result = seen(drawn, " ".join(words[first:last]), page)
    assert (check_result.verdict, check_result.page) == (Verdict.FOUND, page)


@given(documents(), st.data())
@settings(max_examples=40, deadline=None)
def test_an_altered_passage_is_not_found_anywhere(
    document: tuple[list[list[str]], list[str]], data: st.DataObject
) -> None:
    pages, drawn = document
    words = pages[1][data.draw(st.integers(0, 3)) :]
    altered = data.draw(alterations(words))
    assume(bare(" ".join(altered)) not in bare(" ".join(pages[0] + pages[1] + pages[2])))
    assert seen(drawn, " ".join(altered), 2).verdict is Verdict.NOT_FOUND


@st.composite
def alterations(draw: st.DrawFn, words: list[str]) -> list[str]:
    """One letter, digit, word or sign changed, dropped, added or moved."""
    at = draw(st.integers(1, len(words) - 2))
    kind = draw(st.sampled_from(["letter", "drop", "negate", "swap", "sign"]))
    word = words[at]
    if kind == "letter":
        place = draw(st.integers(0, len(word) - 1))
        pool = string.digits if word[place].isdigit() else string.ascii_lowercase
        changed = word[:place] + draw(st.sampled_from(pool)) + word[place + 1 :]
        assume(changed != word and word[place].isalnum())
        return [*words[:at], changed, *words[at + 1 :]]
    if kind == "drop":
        return words[:at] + words[at + 1 :]
    if kind == "negate":
        return [*words[:at], "not", *words[at:]]
    if kind == "swap":
        assume(words[at] != words[at + 1])
        return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
    changed = word.replace("%", "").replace(".", "") if "%" in word else f"{word}%"
    assume(changed != word)
    return [*words[:at], changed, *words[at + 1 :]]


def bare(text: str) -> str:
    """Letters, digits and signs alone: on purpose not the code under test."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^\w%.]", "", folded)


@cache
def real(name: str) -> Texts:
    path = CORPUS / name
    return Texts(path, kind_of(path, name), "", TextCache(None, ""), Limits(second_try=10_000))


NAMES = sorted({row["file"] for row in rows()} - {"handbook-872p.docx", "bug59058.docx"}) or ["absent"]
CHANGES = {"'": "’", '"': "”", "’": "'", "“": '"', "-": "\u2010", "–": "-", " ": "\u00a0", "fi": "ﬁ", "ﬁ": "fi"}


@st.composite
def real_passages(draw: st.DrawFn) -> tuple[Texts, int, list[str], int, int]:
    texts = real(draw(st.sampled_from(NAMES)))
    page = draw(st.integers(1, texts.count))
    texts.clear(page)  # what a reader sees: press marks in white are rightly not found
    words = texts.page(page).text.split()
    assume(len(words) > 3)
    first = draw(st.integers(0, len(words) - 2))
    return texts, page, words, first, draw(st.integers(first + 1, min(len(words), first + 40)))


@pytest.mark.skipif(NAMES == ["absent"], reason="../shared/corpus is not there")
@given(
    real_passages(), st.sampled_from(["NFC", "NFD", "NFKC"]), st.sampled_from([str, str.upper, str.lower]), st.data()
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_any_passage_of_real_pages_is_found(case, form, letters, data) -> None:  # type: ignore[no-untyped-def]
    texts, page, words, first, last = case
    quotation = data.draw(st.sampled_from([" ", "\n", "  "])).join(words[first:last])
    for old, new in CHANGES.items():
        if data.draw(st.booleans()):
            quotation = quotation.replace(old, new)
    quotation = unicodedata.normalize(form, letters(quotation))
    assume(any(letter.isalnum() for letter in quotation))
    # An accent that stands alone becomes a part of its neighbour in some Unicode forms: no harmless change.
    assume(not any(unicodedata.category(letter) == "Sk" for word in words[first:last] for letter in word))
    check_result = answer(CheckRequest((page, page), None, quotation), texts)
    assert check_result.verdict is Verdict.FOUND, (quotation, check_result)


@pytest.mark.skipif(NAMES == ["absent"], reason="../shared/corpus is not there")
@given(real_passages(), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_no_altered_passage_of_real_pages_is_found(case, data) -> None:  # type: ignore[no-untyped-def]
    texts, page, words, first, last = case
    passage = words[first:last]
    assume(len(passage) > 4 and not any("…" in word or "..." in word for word in passage))
    altered = data.draw(alterations(passage))
    whole = " ".join(texts.page(n).text for n in range(1, texts.count + 1))
    assume(bare(" ".join(altered)) not in bare(whole) and bare(" ".join(altered)) != bare(" ".join(passage)))
    assert answer(CheckRequest((page, page), None, " ".join(altered)), texts).verdict not in FOUND
