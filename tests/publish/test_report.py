"""check-report.html: who has to act, what must be put right first, where it stands and what to do."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import html

from pipeline.publish.pages import check_report, write_report
from tests.dossiers import make_dossier, make_finding
from tests.publish.browser import browser, faults, opened

__all__ = ["browser"]


def page(**changes):
    return html.fromstring(check_report(make_dossier(**changes)))


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_it_says_internal_on_its_first_line():
    data = check_report(make_dossier())
    assert b"INTERNAL" in data.splitlines()[0]
    body = html.fromstring(data).find("body")
    assert words(body).startswith("INTERNAL: not for publication")


def test_what_must_be_put_right_comes_first_and_is_counted():
    report = page()
    assert "2 findings must be put right before a final paper can be made. A draft can be made now." in words(report)
    people = [words(h) for h in report.findall(".//h2")]
    assert people == [
        "Who has to act",
        "Authors of the paper",
        "ICB health inequalities team",
        "Director of Strategy",
        "Agreed exceptions in effect",
    ]
    [authors] = report.xpath("//section[h2='Authors of the paper']")
    assert [words(h) for h in authors.findall("h3")] == [
        "Must be put right before a final paper (1)",
        "For information (1)",
    ]


def test_a_finding_has_place_message_remedy_and_meaning():
    [kind] = page().xpath("//div[contains(h4, 'CI403') or h4/span[contains(., 'CI403')]]")
    said = words(kind)
    assert "assessments/2025-26/responses/icb-team.csv , row 3, field evidence GA2" in said
    assert "do not stand in “Health Equity Strategy, part 2”" in said
    assert "Correct the quotation, or cite the page where the words stand." in said
    assert "were looked for in the whole document" in said, "what the finding means"
    links = [a.get("href") for a in kind.iter("a")]
    assert links == ["../../assessments/2025-26/responses/icb-team.csv", "trail.html#GA2"]


def test_papers_that_are_held_back_are_named_where_not_all_are():
    finding = make_finding("PU702", papers=("annual-report-section",))
    assert "Held back: annual-report-section." in words(page(findings=(finding,)))
    assert "Held back" not in words(page(findings=(finding, make_finding())))


def test_without_anything_that_stops_a_final_paper():
    report = page(findings=(make_finding(severity="warning"),))
    assert "A final paper can be made. These checks found nothing that must be put right first." in words(report)


def test_nothing_found_is_said_in_the_words_of_the_house():
    said = words(page(findings=()))
    assert "These checks found none of the faults that they look for" in said
    assert "no issues" not in said


def test_an_agreed_exception_says_who_agreed_why_and_until_when():
    said = words(page())
    assert "Reason: The review is booked." in said
    assert "Agreed by Chair of the Quality Committee on 19 March 2026, until 30 April 2026." in said


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "A&E <18 weeks", "]]> --> \x1b[31m"])
def test_peoples_text_is_shown_and_never_run(text):
    data = check_report(make_dossier(findings=(make_finding(message=text, remedy=text, file=text, who=text),)))
    assert b"<script" not in data
    shown = html.fromstring(data.replace(b"\x1b", b"?"))
    assert text.replace("\x1b", "?") in shown.text_content()


def test_the_same_bytes_and_whole_file(tmp_path):
    write_report(make_dossier(), tmp_path)
    assert (tmp_path / "check-report.html").read_bytes() == check_report(make_dossier())
    assert [p.name for p in tmp_path.iterdir()] == ["check-report.html"]


@pytest.mark.parametrize("findings", ["many", "none"])
@pytest.mark.parametrize("width", [1280, 320])
def test_anyone_can_read_it(browser, tmp_path, findings, width):
    dossier = make_dossier() if findings == "many" else make_dossier(findings=(), exceptions=())
    write_report(dossier, tmp_path)
    shown = opened(browser, tmp_path / "check-report.html", width=width)
    assert faults(shown) == ""
    assert len(shown.fetched) == 1
    assert shown.said == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.context.close()


def test_each_persons_part_starts_a_printed_page(browser, tmp_path):
    write_report(make_dossier(), tmp_path)
    shown = opened(browser, tmp_path / "check-report.html")
    shown.emulate_media(media="print")
    breaks = shown.eval_on_selector_all("section.person", "all => all.map(e => getComputedStyle(e).breakBefore)")
    assert set(breaks) == {"page"}
    shown.context.close()


def test_findings_without_a_name_go_to_the_authors():
    nameless = dataclasses.replace(make_finding(), who="")
    assert page(findings=(nameless,)).xpath("//section/h2[.='Authors of the paper']")
