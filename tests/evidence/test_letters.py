"""Letters that fonts name wrongly or not at all: the true words are found, or the true reason is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evidence.checking import answer
from pipeline.evidence.texts import TextCache, Texts
from pipeline.model import CheckRequest, CheckResult, Verdict
from pipeline.office.limits import Limits
from tests.evidence.cases import Desk
from tests.evidence.made_office import docx, pptx, run, shape
from tests.evidence.made_pdf import Pdf, page_stream, pdf, prose

BODY = "The committee received the report on access and noted it.\nMembers asked for a plan by the summer."
ELSEWHERE = "waits of fifty two weeks fell to 120 in March"


def asked(folder: Path, name: str, content: bytes | str, quotation: str) -> CheckResult:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    page = (1, 1) if name.endswith("pdf") else None
    kind = "pdf" if page else "text"
    return answer(CheckRequest(page, None, quotation), Texts(path, kind, "", TextCache(None, ""), Limits()))


def drawn(words: bytes, names: bytes = b"", letters: bytes = b"") -> bytes:
    """A page of words in a font whose codes have these names, and stand for these letters."""
    made = Pdf([b"", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b""])
    table = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar %s endbfchar endcmap" % letters
    says = b" /ToUnicode %d 0 R" % made.stream(table) if letters else b""
    face = made.add(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding"
        b" /WinAnsiEncoding /Differences [%s] >>%s >>" % (names, says)
    )
    content = made.stream(b"BT /F1 11 Tf 1 0 0 1 60 700 Tm (%s) Tj ET" % words)
    made.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    made.objects[2] = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
        b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (content, face)
    )
    return made.data()


WORDS = b"The par\\001cipa\\001on of pa\\001ents rose by 5 in the year"
KNOWN = {
    "a name that one extractor gives": drawn(WORDS, b"1 /t_i"),
    "another letter": drawn(WORDS, b"", b"<01> <019F>"),
    "another letter by its name": drawn(WORDS, b"1 /uni019F"),
}
UNKNOWN = {
    "a name that says nothing": drawn(WORDS, b"1 /g205"),
    "no letter": drawn(WORDS, b"1 /x", b"<01> <fffd>"),
    "no name": drawn(WORDS),
}


@pytest.mark.parametrize("fault", KNOWN)
def test_words_with_ligatures_under_other_names_are_found(tmp_path: Path, fault: str) -> None:
    for quotation in ("The participation of patients rose by 5", "participation of patients"):
        assert asked(tmp_path, "a.pdf", KNOWN[fault], quotation).verdict is Verdict.FOUND
    for other in ("The parficipation of patients rose", "The participation of patents rose", "The patients rose by 5"):
        assert asked(tmp_path, "a.pdf", KNOWN[fault], other).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize("fault", UNKNOWN)
def test_words_whose_ligatures_nobody_names_cannot_be_checked(tmp_path: Path, fault: str) -> None:
    for quotation in ("The participation of patients rose by 5", "participation of patients"):
        seen = asked(tmp_path, "a.pdf", UNKNOWN[fault], quotation)
        assert (seen.verdict, seen.unreadable_pages) == (Verdict.NOT_CHECKABLE, (1,))
        assert "font" in seen.reason


@pytest.mark.parametrize("content", [*KNOWN.values(), *UNKNOWN.values()], ids=[*KNOWN, *UNKNOWN])
def test_an_altered_quotation_is_compared_with_the_right_letters(tmp_path: Path, content: bytes) -> None:
    seen = asked(tmp_path, "a.pdf", content, "The participation of patients fell by 5")
    assert seen.verdict is Verdict.NOT_FOUND
    assert seen.difference == "the document has “rose” where the quotation has “fell”"
    assert seen.nearest == "The participation of patients rose by 5"


ACCENTS = drawn(
    b"Mr M\\250uller and Mr Poincar\\264 e met in \\250Uberlingen; the board\\264s caf\\264e is na\\250\\365ve",
    b"245 /dotlessi",
)


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("Mr Müller and Mr Poincaré met in Überlingen", Verdict.FOUND),
        ("the board’s café is naïve", Verdict.FOUND),
        ("Mr Mu\u0308ller and Mr Poincaré", Verdict.FOUND),
        ("Mr Muller and Mr Poincare met", Verdict.NOT_FOUND),
        ("Mr Müller and Mr Poincarè met", Verdict.NOT_FOUND),
    ],
)
def test_accents_that_stand_before_their_letters_are_read(tmp_path: Path, quotation: str, verdict: Verdict) -> None:
    assert asked(tmp_path, "a.pdf", ACCENTS, quotation).verdict is verdict


CURVES = b" ".join(b"%d %d m %d 90 200 300 400 %d c f" % (60 + n, 700 - n, 70 + n, 600 - n) for n in range(400))
OTHER_LETTERS = "".join(chr((ord(c) - 94) % 26 + 97) if c.islower() else c for c in f"{BODY}\n{BODY}")
BARE = {
    "a page of outlines": (pdf([CURVES]), "outlines"),
    "outlines under a title": (pdf([page_stream(prose("Our year")) + b" " + CURVES]), "outlines"),
    "a small picture": (pdf([page_stream(prose(BODY)) + b" q 300 0 0 80 60 500 cm /Im Do Q"]), "a picture"),
    "fonts with the wrong letters": (pdf([OTHER_LETTERS]), "other letters"),
}


@pytest.mark.parametrize("kind", BARE)
def test_words_that_may_stand_where_none_can_be_read_are_not_said_to_be_missing(tmp_path: Path, kind: str) -> None:
    content, why = BARE[kind]
    seen = asked(tmp_path, "a.pdf", content, ELSEWHERE)
    assert (seen.verdict, seen.unreadable_pages) == (Verdict.NOT_CHECKABLE, (1,))
    assert why in seen.reason


def test_a_picture_excuses_no_altered_quotation_and_a_logo_none_at_all(tmp_path: Path) -> None:
    altered = asked(tmp_path, "a.pdf", BARE["a small picture"][0], "Members asked for a plan by the spring")
    assert (altered.verdict, altered.nearest) == (Verdict.NOT_FOUND, "Members asked for a plan by the summer")
    logo = pdf([page_stream(prose(BODY)) + b" q 60 0 0 40 500 790 cm /Im Do Q"])
    assert asked(tmp_path, "a.pdf", logo, ELSEWHERE).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("quotation", "text", "there"),
    [
        ("تقدم الخدمة مجانا لجميع السكان", "تُقَدَّم الخدمة مجانًا لجميع السكان", True),
        ("تُقَدَّم الخدمة مجانًا", "تُقَدَّم الخدمة مجانًا لجميع السكان", True),
        ("تَقدم الخدمة مجانًا", "تُقَدَّم الخدمة مجانًا لجميع السكان", False),
        ("لا تقدم الخدمة مجانا", "تُقَدَّم الخدمة مجانًا لجميع السكان", False),
        ("سلام للجميع", "\ufeb3\ufefc\ufee1 للجميع", True),
        ("الخدمة مجانية", "الخـــدمة مجانية", True),
    ],
)
def test_arabic_is_found_as_it_is_typed(tmp_path: Path, quotation: str, text: str, there: bool) -> None:
    seen = asked(tmp_path, "a.txt", text, quotation)
    assert seen.verdict is (Verdict.FOUND if there else Verdict.NOT_FOUND)


STATED = ("Waits of ", " 4 hours were met in nine wards out of ten")


@pytest.mark.parametrize("lost", ["\ue0a3", "\uf8e4", "\ufffd"])
def test_a_sign_that_its_font_does_not_name_is_the_reason_and_nothing_else_is(desk: Desk, lost: str) -> None:
    document = desk.document("a.docx", docx(lost.join(STATED)))
    for sign in "≤>":
        for words in (f"Waits of {sign} 4 hours were met", f"{sign} 4 hours were met in nine wards"):
            seen = desk.check_result(document, words)
            assert (seen.verdict, seen.difference) == (Verdict.NOT_CHECKABLE, "")
            assert "has a sign in a font that does not say which sign it shows" in seen.reason
    assert desk.check_result(document, "Waits of ≤ 6 hours were met in nine wards").verdict is Verdict.NOT_FOUND
    assert desk.check_result(document, "Waits of 4 hours were met ≤ in nine wards").verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("letter", "font", "sign"),
    [("£", "Symbol", "≤"), ("\uf0b3", "Symbol", "≥"), ("m", "Symbol", "μ"), ("ü", "Wingdings", "✓")],
)
def test_letters_in_a_font_of_symbols_are_read_as_what_they_show(desk: Desk, letter: str, font: str, sign: str) -> None:
    before, after = STATED
    shown = run(letter, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')
    word = desk.document("a.docx", docx(f"<w:p>{run(before)}{shown}{run(after)}</w:p>"))
    drawn = f'<a:r><a:t>{before}</a:t></a:r><a:r><a:rPr><a:sym typeface="{font}"/></a:rPr><a:t>{letter}</a:t></a:r>'
    drawn = shape(STATED[0]).replace(f"<a:r><a:t>{before}</a:t></a:r>", f"{drawn}<a:r><a:t>{after}</a:t></a:r>")
    for document in (word, desk.document("a.pptx", pptx([drawn]))):
        assert desk.check_result(document, sign.join(STATED)).verdict is Verdict.FOUND
        assert desk.check_result(document, letter.join(STATED)).verdict is not Verdict.FOUND or letter == "\uf0b3"
