"""trail.html: every claim followed to its page; found, filtered, printed and linked to; also without scripts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from lxml import html

from pipeline.dossier import for_audience
from pipeline.publish.trail import trail_csv
from pipeline.publish.trail_page import trail_page
from tests.dossiers import make_answer, make_citation, make_document, make_dossier, make_levels
from tests.publish.browser import browser, faults, opened
from tests.publish.test_trail import cited, with_answers

__all__ = ["browser"]

LEVELS = make_levels()
HOSTILE = ["<script>alert(1)</script>", "{{ 7*7 }} {% raise %}", 'A&E <18 weeks & "more"', "</style><b>x", "]]> -->"]


def parse(dossier):
    return html.fromstring(trail_page(dossier))


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def statement(page, ident: str = "GA1"):
    return page.get_element_by_id(ident)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "trail.html").write_bytes(trail_page(make_dossier(45, 5)))
    return tmp_path / "trail.html"


def test_the_internal_one_says_so_on_its_first_line_and_the_public_one_does_not():
    internal = trail_page(make_dossier())
    assert b"INTERNAL" in internal.splitlines()[0]
    assert words(html.fromstring(internal).find("body")).startswith("INTERNAL: not for publication")
    public = trail_page(make_dossier(audience="public"))
    assert b"INTERNAL" not in public
    assert html.fromstring(public).xpath("string(//meta[@name='audience']/@content)") == "public"


def test_every_statement_has_an_address_and_everything_said_of_it():
    page = parse(make_dossier())
    for wanted in make_dossier().statements:
        assert wanted.text in words(statement(page, wanted.id))
    said = words(statement(page, "GA3"))
    for part in (
        "Reported level: Reactive",
        "Evidence: document only",
        "No change from Reactive",
        "Target: Consistent (below target)",
        "ICB health inequalities team (team) Reactive",
        "Board members (Board)",
        "Voluntary sector alliance (partner) Growing",
        "Reviewed with the programme team in January.",
        "No quotation (cited by ICB health inequalities team)",
        "A3: Agree a plan",
        "due 30 June 2026; open",
        "A document past its review date. Reason: The review is booked.",
        "Agreed exception : “Health Equity Strategy",
    ):
        assert part in said


def test_a_citation_shows_its_words_in_context_document_page_digest_owner_and_dates():
    said = words(statement(parse(make_dossier())))
    for part in (
        "Found on page",
        "At its meeting in May the Board agreed to move £2.4 million",
        "Page cited 4",
        "Owner Director of Strategy",
        "Dated 6 November 2025",
        "Review by 6 November 2026",
        f"SHA-256 {make_document(1).sha256}",
        "File strategy/part 1.pdf",
    ):
        assert part in said
    marked = statement(parse(make_dossier())).xpath(".//mark")
    assert [m.text for m in marked] == ["the Board agreed to move £2.4 million from reactive to preventive services"]


@pytest.mark.parametrize(
    ("citation", "address"),
    [
        ({}, "../../evidence/strategy/part%201.pdf#page=4"),
        ({"page_found": 9}, "../../evidence/strategy/part%201.pdf#page=9"),
        ({"page_found": None, "page_cited": "5-7"}, "../../evidence/strategy/part%201.pdf#page=5"),
        ({"file": "minutes #3.docx"}, "../../evidence/minutes%20%233.docx"),
        ({"file": "", "url": "https://www.example.nhs.uk/a?b=c"}, "https://www.example.nhs.uk/a?b=c"),
        ({"file": "", "url": "javascript:alert(1)"}, None),
    ],
)
def test_the_link_opens_the_document_at_its_page(citation, address):
    page = parse(cited(make_citation(**citation)))
    links = [a.get("href") for a in statement(page).iter("a") if "Open the document" in words(a)]
    assert links == ([address] if address else [])


def test_words_not_found_are_shown_with_the_nearest_passage_and_never_marked():
    miss = make_citation(
        verdict="not found",
        context="",
        nearest="agreed to move £2.6 million",
        nearest_page=7,
        difference="2.6, not 2.4",
    )
    shown = statement(parse(cited(miss)))
    assert "Nearest passage, page 7: agreed to move £2.6 million 2.6, not 2.4" in words(shown)
    assert not shown.xpath(".//mark")
    assert not shown.xpath(".//blockquote")


def test_what_falls_if_a_document_is_withdrawn():
    page = parse(make_dossier())
    said = words(page.get_element_by_id("document-E002"))
    assert "If it is withdrawn: 2 statements would rest on nothing else: GA2 Strategy with targets (Emergent)" in said
    assert "It is also cited in risk BAF3." in said
    assert "Registered and not cited Health Equity Strategy, part 5 (E005)" in words(page)
    assert "To be looked at : “Health Equity Strategy, part 4” has no date." in words(
        page.get_element_by_id("document-E004")
    )


def test_citations_outside_the_answers_are_shown():
    part = parse(make_dossier()).xpath("//section[h2/@id='part-elsewhere']")[0]
    assert "(risk BAF3)" in words(part)
    assert "(narrative background)" in words(part)


def test_the_public_page_shows_nothing_that_is_not_public():
    kept = {
        "evidence": "E077",
        "title": "Closed session plan",
        "file": "board/closed.pdf",
        "owner": "Company Secretary",
    }
    inside = {"quotation": "forty posts will go", "context": "that forty posts will go", "page_found": 31}
    secret = make_citation(7, visibility="internal", written='E077 p.31 "forty posts"', **kept, **inside)
    dossier = with_answers(make_answer(LEVELS[2], citations=(secret, make_citation(2))))
    documents = (make_document(2), make_document(7, id="E077", title="Closed session plan", visibility="internal"))
    shown = for_audience(dataclasses.replace(dossier, documents=documents), "public")
    for data in (trail_page(shown).decode(), trail_csv(shown).decode()):
        for word in ("E077", "Closed session", "closed.pdf", "forty posts", secret.sha256):
            assert word not in data
    page = html.fromstring(trail_page(shown))
    held = "Internal document held by the Company Secretary; not published with this paper"
    assert held in words(statement(page))
    assert "Health Equity Strategy, part 2" in words(statement(page))
    assert "Documents that are not published are left out." in words(page)
    assert not [a for a in page.iter("a") if "evidence/" in a.get("href", "")], "documents do not lie beside it"
    assert "What the checks found" not in words(page)


@pytest.mark.parametrize("text", HOSTILE)
def test_peoples_text_is_shown_and_never_run(text):
    hostile = make_citation(
        shown=text, title=text, owner=text, quotation=text, context=text, file=f"{text}.pdf", evidence=text
    )
    plain = make_answer(LEVELS[2], comment=text, name=text, citations=(hostile,))
    dossier = with_answers(dataclasses.replace(plain, respondent=text))
    page = html.fromstring(trail_page(dataclasses.replace(dossier, organisation=text)))
    assert len(page.xpath("//script")) == 1
    assert text in statement(page).text_content()
    assert text in page.findtext(".//title")


def test_a_proposal_reads_as_one():
    page = parse(make_dossier(stage="proposal"))
    assert "Proposed level: Growing" in words(statement(page))
    assert "Reported level" not in words(page)


# --- in a browser


@pytest.mark.parametrize(("audience", "width"), [("internal", 1280), ("internal", 320), ("public", 640)])
def test_anyone_can_read_it(browser, tmp_path, audience, width):
    miss = make_citation(verdict="not found", context="", nearest="nearest words", nearest_page=3)
    dossier = with_answers(make_answer(LEVELS[2], citations=(miss, make_citation())), make_answer(None, 1))
    (tmp_path / "trail.html").write_bytes(trail_page(dataclasses.replace(dossier, audience=audience)))
    page = opened(browser, tmp_path / "trail.html", width=width)
    assert faults(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "no scrolling in two directions"
    assert len(page.fetched) == 1, "nothing is fetched"
    assert page.said == []
    page.context.close()


def shown(page) -> list[str]:
    return page.eval_on_selector_all("article.statement", "all => all.filter(e => e.checkVisibility()).map(e => e.id)")


def test_filters_and_search_narrow_statements_and_overview(browser, path):
    page = opened(browser, path)
    status = page.locator("#shown")
    assert status.inner_text() == "All 45 statements are shown."
    page.select_option("#filter-section", "CO")
    page.select_option("#filter-level", "growing")
    expected = [s.id for s in make_dossier(45, 5).statements if s.section == "CO" and s.level_id == "growing"]
    assert shown(page) == expected
    assert status.inner_text() == f"{len(expected)} of 45 statements are shown."
    rows = page.eval_on_selector_all(
        "tr[data-for]", "all => all.filter(e => e.checkVisibility()).map(e => e.dataset.for)"
    )
    assert rows == expected
    page.get_by_role("button", name="Show all again").click()
    assert len(shown(page)) == 45
    page.fill("#filter-words", "digital INCLUSION")
    assert shown(page) == [s.id for s in make_dossier(45, 5).statements if "igital" in s.text + s.short]
    page.context.close()


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("level", "not-assessed", lambda s: s.rank < 0),
        ("verdict", "no-quotation", lambda s: any(c.verdict == "no quotation" for a in s.answers for c in a.citations)),
        ("respondent", "vcse", lambda s: any(a.respondent == "vcse" for a in s.answers)),
        ("document", "E001", lambda s: any(c.evidence == "E001" for a in s.answers for c in a.citations)),
    ],
)
def test_each_filter(browser, path, name, value, fits):
    page = opened(browser, path, address=f"?{name}={value}")
    assert shown(page) == [s.id for s in make_dossier(45, 5).statements if fits(s)], "and the address keeps it"
    page.context.close()


def test_an_address_shows_its_statement_even_when_it_is_filtered_out(browser, path):
    page = opened(browser, path, address="?section=CO#GA3")
    assert "GA3" in shown(page)
    assert page.evaluate("document.querySelector('#GA3').getBoundingClientRect().top < innerHeight")
    page.context.close()


def test_it_works_by_keyboard(browser, path):
    page = opened(browser, path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the statements"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "part-statements"
    page.focus("#filter-level")
    page.keyboard.type("Rea")
    assert page.input_value("#filter-level") == "reactive"
    assert all(page.evaluate(f"document.getElementById('{i}').dataset.level") == "reactive" for i in shown(page))
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "where one is can be seen"
    page.context.close()


def test_without_scripts_everything_is_there(browser, path):
    page = opened(browser, path, scripts=False, address="#GA3")
    assert page.locator("article.statement:visible").count() == 45
    assert page.locator("#filters:visible").count() == 0
    assert page.locator("#GA3").bounding_box()["y"] < 900
    page.context.close()


def test_on_paper_there_are_statements_and_no_filters(browser, path):
    page = opened(browser, path)
    page.emulate_media(media="print")
    assert page.locator("#filters:visible").count() == 0
    assert page.locator("nav:visible").count() == 0
    assert page.locator("article.statement:visible").count() == 45
    assert page.locator(".marking:visible").count() == 1
    page.context.close()


def apart(page) -> list[str]:
    found = page.eval_on_selector_all("li.apart", "all => all.filter(e => e.checkVisibility()).map(e => e.textContent)")
    return [" ".join(text.split()) for text in found]


def test_search_reaches_evidence_cited_in_narrative_and_risks(browser, path):
    page = opened(browser, path)
    every = apart(page)
    assert any("narrative background" in text for text in every) and any("risk BAF3" in text for text in every)
    page.fill("#filter-words", "narrative BACKGROUND")
    assert apart(page) == [text for text in every if "narrative background" in text]
    assert page.locator("#shown").inner_text() == "0 of 45 statements are shown, and 1 citation elsewhere."
    page.context.close()


def test_a_filtered_print_holds_what_was_asked_for_and_no_more(browser, path):
    page = opened(browser, path, address="?section=GA")
    page.emulate_media(media="print")
    assert shown(page) == [s.id for s in make_dossier(45, 5).statements if s.section == "GA"]
    assert apart(page) == []
    assert page.locator("#documents:visible").count() == 0
    page.context.close()


def test_the_name_of_a_link_holds_the_words_that_are_seen():
    page = parse(make_dossier())
    for link in page.xpath("//a[@aria-label] | //button[@aria-label]"):
        assert words(link).casefold() in link.get("aria-label").casefold()
    opens = page.get_element_by_id("document-E001").xpath(".//a[contains(@href, 'evidence/')]")
    assert [words(link) for link in opens] == ["Open Health Equity Strategy, part 1"]
