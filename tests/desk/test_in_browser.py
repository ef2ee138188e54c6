"""In a real browser: from seeded faults to the final paper without a terminal; every page for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.workspace import Workspace
from tests.case_workspaces import BASE, make_workspace
from tests.desk.test_serving import first_line, started
from tests.publish.browser import browser, faults  # noqa: F401

SEEDS = {
    "assessments/2025-26/responses/team.csv": [
        (b"GA1,Growing", b"GA1,Growign"),
        (b"reports twice a year", b"reports twice each week"),
        (b"GA2,Growing,The strategy sets", b"GA2,,The strategy sets"),
        (b",E07\n", b",E77\n"),
    ],
    "assessments/2025-26/actions.csv": [(b"Director of Strategy", b"")],
    "assessments/2025-26/risks.csv": [],
}
PAGES = (
    "/", "/statements", "/statement/GA1?cite=team.1", "/statement/GA2?suggest=1", "/evidence", "/evidence/E01",
    "/search?q=aims", "/table/actions?row=2", "/table/risks?row=2", "/table/funding", "/table/indicators?row=new",
    "/narrative/executive-summary", "/forms", "/meeting", "/papers", "/edits", "/no-such-page",
)  # fmt: skip


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "ws")
    for file, seeds in SEEDS.items():
        path = made.root / file
        content = path.read_bytes()
        for old, new in seeds:
            assert old in content, (file, old)
            content = content.replace(old, new, 1)
        path.write_bytes(content)
    return made


@pytest.fixture
def desk(ws: Workspace) -> Iterator[str]:
    with started(ws.root) as run:
        yield first_line(run)


def test_seeded_faults_are_put_right_from_first_page_to_final_paper(browser: Any, desk: str, ws: Workspace) -> None:  # noqa: F811
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    opened(page, desk)
    page.get_by_role("link", name="Begin with the first").click()
    for _ in range(12):
        bar = page.locator("#following")
        told = bar.inner_text()
        if "Nothing stands between us" in told:
            break
        put_right(page, told)
        assert "Saved:" in page.locator(".bar.saved").inner_text()
        after = page.locator("#following")
        if after.get_by_role("link", name="Next one").count():
            after.get_by_role("link", name="Next one").click()
    for file in SEEDS:
        assert (ws.root / file).read_bytes() == (BASE / file).read_bytes(), file

    page.get_by_role("link", name="Make the paper").click()
    page.locator("#board-paper").get_by_role("button", name="Make the final paper").click()
    page.get_by_role("link", name="Download board-paper.docx").wait_for(timeout=120_000)
    assert (ws.build("2025-26") / "board-paper.docx").is_file()
    page.get_by_role("button", name="Stop the desk").click()
    assert "The desk has ended" in page.inner_text("body")
    assert said == []


def opened(page: Any, desk: str) -> None:
    """The first page, once everything was read."""
    page.goto(desk)
    page.locator("nav").wait_for(timeout=120_000)


def put_right(page: Any, told: str) -> None:
    """By keyboard where a field is in focus, as somebody would who reads what the bar says."""
    focus = page.evaluate("document.activeElement.id")
    if "Growign" in told or "no answer" in told.lower() or "has not answered" in told:
        assert focus == "team.level", (focus, told)
        page.locator(f"id={focus}").select_option("Growing")
    elif "each week" in told:
        with page.expect_navigation():
            page.get_by_role("button", name="Take the document's words").first.click()
        return
    elif "E77" in told:
        assert focus == "team.evidence", (focus, told)
        page.keyboard.press("Control+A")
        page.keyboard.type("E07")
    elif "no owner" in told:
        assert focus == "owner", (focus, told)
        page.keyboard.type("Director of Strategy")
    else:
        raise AssertionError(told)
    save = page.locator("main form", has=page.locator(":focus")).get_by_role("button", name="Save")
    with page.expect_navigation():
        save.press("Enter")


def test_every_page_can_be_used_by_everybody(browser: Any, desk: str) -> None:  # noqa: F811
    parts = urlsplit(desk)
    found: list[str] = []

    def foreign(asked: Any) -> None:
        if parts.netloc not in asked.url:
            found.append(asked.url)

    for scheme, width in (("light", 1280), ("dark", 320)):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.on("request", foreign)
        opened(page, desk)
        assert "key=" not in page.url
        for address in PAGES:
            page.goto(f"http://{parts.netloc}{address}")
            found += [f"{address} {scheme}: {told}" for told in [faults(page)] if told]
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{address}: {wide} pixels wide"] if wide > width else []
        context.close()
    assert found == []


def test_words_selected_on_the_page_are_cited(browser: Any, desk: str, ws: Workspace) -> None:  # noqa: F811
    page = browser.new_page()
    opened(page, desk)
    page.goto(f"http://{urlsplit(desk).netloc}/statement/CO1?doc=E01&leaf=2")
    page.locator(".sheet[data-ready]").wait_for()
    area = page.locator(".sheet svg").bounding_box()
    words = page.evaluate("fetch(document.querySelector('.sheet').dataset.words).then((a) => a.json())")
    first, last = words[0], words[6]
    page.mouse.move(area["x"] + (first[1] + 0.005) * area["width"], area["y"] + (first[2] + 0.003) * area["height"])
    page.mouse.down()
    page.mouse.move(area["x"] + (last[1] + 0.005) * area["width"], area["y"] + (last[2] + 0.003) * area["height"])
    page.mouse.up()
    chosen = " ".join(word for word, *_ in words[:7])
    assert page.locator("#words").input_value() == chosen
    page.get_by_role("button", name="Cite for ICB health").click()
    assert f'E01 p.2 ""{chosen}""'.encode() in (ws.root / "assessments/2025-26/responses/team.csv").read_bytes()
