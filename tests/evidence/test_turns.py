"""Words that run on over the turn of a page are found; half of a word that the turn breaks is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.evidence.checking import answer
from pipeline.evidence.texts import TextCache, Texts
from pipeline.model import CheckRequest, Verdict
from pipeline.office.limits import Limits
from tests.evidence.made_pdf import Line, pdf, prose
from tests.evidence.test_properties import FOUND, seen

HEAD = "Health Equity Strategy 2025"


def furnished(*bodies: str) -> list[str]:
    """Pages with a header and a footer each."""
    return [f"{HEAD}\n{body}\nNHS Example ICB, page {n} of {len(bodies)}" for n, body in enumerate(bodies, 1)]


BROKEN = "The year closed with an under-", "spend of £5m in all\nand more words after it", "The last page of the report"


@pytest.mark.parametrize("drawn", [list(BROKEN), furnished(*BROKEN)], ids=["bare", "with header and footer"])
def test_half_of_a_word_that_the_turn_breaks_is_not_quoted(drawn: list[str]) -> None:
    for quotation in ("spend of £5m", "spend of £5m in all", "closed with an under"):
        assert seen(drawn, quotation, 2).verdict is Verdict.NOT_FOUND
    for quotation in ("an underspend of £5m", "under-spend of £5m in all", "more words after it"):
        assert seen(drawn, quotation, 1).verdict in FOUND


def test_a_half_that_is_whole_elsewhere_on_the_page_is_found() -> None:
    drawn = furnished(BROKEN[0], f"{BROKEN[1]}\nA spend of £5m was planned", BROKEN[2])
    assert seen(drawn, "spend of £5m", 2).verdict is Verdict.FOUND


def set_in_columns(columns: Sequence[str], number: int, *, notes: Sequence[str] = (), beside: str = "") -> list[Line]:
    """A page with a running title, columns side by side with notes under each, a narrow column and a page number."""
    lines = [*prose(HEAD, top=815, size=8), *prose(f"Page {number}", left=280, top=25, size=8)]
    width = 480 / len(columns)
    for at, text in enumerate(columns):
        lines += prose(text, left=40 + at * width, top=780)
    for at, text in enumerate(notes):
        lines += prose(text, left=40 + at * width, top=90, size=7, step=9)
    return lines + (prose(beside, left=490, top=600, size=11) if beside else [])


def filling(subject: str, *, wide: bool = False) -> str:
    """Lines that fill a column down to its notes."""
    tail = " and in what people told the partnership when they were asked" if wide else ""
    return "\n".join(f"Row {n} of the {subject} is about care{tail}" for n in range(10, 54))


TURNED = [
    set_in_columns(
        [
            f"{filling('first')}\nThe gap has not",
            f"narrowed since 2015 in\n{filling('second')}\nSpending rose from 14 in",
        ],
        1,
        notes=["1 See the annex for how\nit was worked out", "2 Figures are rounded\nto the nearest ten"],
    ),
    set_in_columns(
        ["2019. It fell again to 9 in\n" + filling("third"), filling("fourth") + "\nThe plan for each place was"],
        2,
        notes=["3 Counted in the spring", "4 Not counted in winter"],
    ),
    set_in_columns([f"agreed by all partners in May\n{filling('last', wide=True)}\nThe fund was not spent, as"], 3),
    set_in_columns(
        [f"{filling('fifth', wide=True)}\nPartners asked for five"], 4, beside="Key points\nAct early\nAct as one"
    ),
    set_in_columns(["more years of it. The end came soon"], 5, beside="Key points\nAct early\nAct as one"),
]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    path = tmp_path_factory.mktemp("turned") / "plan.pdf"
    path.write_bytes(pdf(TURNED))
    return Texts(path, "pdf", "", TextCache(None, ""), Limits(second_try=600))


@pytest.mark.parametrize(
    ("quotation", "page"),
    [
        ("The gap has not narrowed since 2015", 1),
        ("rose from 14 in 2019. It fell again to 9", 1),
        ("The plan for each place was agreed by all partners", 2),
        ("Partners asked for five more years of it", 4),
    ],
)
def test_words_run_on_past_notes_running_titles_and_side_columns(turned: Texts, quotation: str, page: int) -> None:
    check_result = answer(CheckRequest((page, page), None, quotation), turned)
    assert (check_result.verdict, check_result.page) == (Verdict.FOUND, page)


@pytest.mark.parametrize(
    ("quotation", "page"),
    [
        ("The gap has narrowed since 2015", 1),
        ("rose from 14 in It fell again to 9", 1),
        ("rose from 14 in 2018. It fell again to 9", 1),
        ("The gap has not agreed by all partners", 1),
        ("The plan for each place was not agreed by all partners", 2),
        ("Partners asked for five years of it", 4),
        ("Partners asked for more years of it", 4),
    ],
)
def test_words_altered_or_left_out_at_a_turn_are_not_found(turned: Texts, quotation: str, page: int) -> None:
    assert answer(CheckRequest((page, page), None, quotation), turned).verdict is Verdict.NOT_FOUND
