"""The pictures of cited pages: made by the trail, shown in it, and only the public ones leave the house."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import html

from pipeline.evidence.folder import digest
from pipeline.files import write_whole
from pipeline.flow import pages
from pipeline.workspace import Workspace
from tests.cli.conftest import Run
from tests.evidence.made_pdf import pdf
from tests.publish.browser import browser, faults, opened

__all__ = ["browser"]

CYCLE = "2025-26"
SECRET = "Forty posts will go at the closed session of the Board."


@pytest.fixture
def both(clean: Workspace) -> Workspace:
    """The clean workspace with one internal PDF more, cited beside the public one."""
    write_whole(clean.evidence / "closed.pdf", pdf([SECRET]))
    register = clean.evidence / "register.csv"
    row = "E99,Closed session plan,closed.pdf,Company Secretary,2026-01-10,2026-12-31,internal,minutes,1,,,approved,"
    register.write_text(whole(register).rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    form = clean.cycle_folder(CYCLE) / "responses" / "team.csv"
    form.write_text(
        whole(form).replace('"E01 p.2', '"E99 p.1 ""posts will go at the closed session""; E01 p.2'), "utf-8"
    )
    return clean


def whole(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def pictures_in(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "pages").glob("*"))}


def test_the_trail_shows_the_page_with_the_words_marked(run: Run, both: Workspace) -> None:
    assert run(both.root, "trail").code == 0
    folder = both.build(CYCLE)
    assert len(pictures_in(folder)) == 2
    page = html.fromstring(whole(folder / "trail.html"))
    statement = page.get_element_by_id("GA1")
    shown = statement.xpath(".//figure//img")
    assert [img.get("loading") for img in shown] == ["lazy", "lazy"]
    assert shown[1].get("alt") == (
        "Part of page 2 of Health equity strategy, with these words marked: "
        "“The Director of Strategy holds the brief for health equity”"
    )
    assert all((folder / img.get("src")).is_file() for img in shown)
    assert len(statement.xpath(".//figure//span[@class='words']")) == 2
    where = [a.get("href") for a in statement.xpath(".//figure/figcaption/a")]
    assert where == ["#page-E99-1", "#page-E01-2"]
    resting = page.get_element_by_id("page-E01-2")
    assert [a.get("href") for a in resting.xpath("./ul//a")] == ["#GA1"]
    assert resting.xpath("./figure/figcaption/a/@href") == [shown[1].get("src")]


def test_nothing_is_made_again_until_something_changes_and_then_the_bytes_are_the_same(
    run: Run, both: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(both.root, "trail")
    folder = both.build(CYCLE)
    first = {**pictures_in(folder), "trail": (folder / "trail.html").read_bytes()}
    run(both.root, "draw")
    (folder / "manifest.json").touch()  # what papers have beside them is nothing to the trail
    monkeypatch.setattr(pages, "judge", lambda *_, **__: pytest.fail("it was judged again"))
    said = run(both.root, "trail")
    assert said.code == 0 and "GA1" in said.out
    monkeypatch.undo()
    shutil.rmtree(both.root / "build")
    run(both.root, "check")
    assert not pictures_in(folder), "a check draws nothing"
    assert b"<img" not in (folder / "trail.html").read_bytes(), "and shows nothing that is not there"
    run(both.root, "trail")
    assert {**pictures_in(folder), "trail": (folder / "trail.html").read_bytes()} == first
    run(both.root, "check")
    assert (folder / "trail.html").read_bytes() == first["trail"]


def test_a_picture_of_what_is_cited_no_more_goes(run: Run, both: Workspace) -> None:
    run(both.root, "trail")
    before = set(pictures_in(both.build(CYCLE)))
    write_whole(both.evidence / "closed.pdf", pdf([f"{SECRET} It was put off."]))
    run(both.root, "trail")
    after = set(pictures_in(both.build(CYCLE)))
    assert len(after) == 2 and len(before & after) == 1


def test_a_deleted_picture_is_made_again(run: Run, both: Workspace) -> None:
    run(both.root, "trail")
    folder = both.build(CYCLE)
    kept = pictures_in(folder)
    next(iter((folder / "pages").iterdir())).unlink()
    run(both.root, "trail")
    assert pictures_in(folder) == kept


def test_no_picture_of_an_internal_document_leaves(run: Run, both: Workspace) -> None:
    run(both.root, "trail")
    folder = both.build(CYCLE)
    internal = {digest(both.evidence / "closed.pdf"): "closed"}
    (canary,) = [content for name, content in pictures_in(folder).items() if name[:24] in {d[:24] for d in internal}]

    assert run(both.root, "publish").code == 0
    laid = folder / "publish"
    assert len(pictures_in(laid)) == 1 and canary not in pictures_in(laid).values()
    trail = html.fromstring(whole(laid / "trail.html"))
    assert {img.get("src") for img in trail.iter("img")} == {f"pages/{name}" for name in pictures_in(laid)}
    assert run(both.root, "publish").code == 0, "what was laid there is known again"

    assert run(both.root, "bundle").code == 0
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        held = [name for name in archive.namelist() if "/pages/" in name]
        assert len(held) == 1 and canary not in [archive.read(name) for name in archive.namelist()]
    assert run(both.root, "bundle", "--all").code == 0
    with zipfile.ZipFile(folder / "bundle-internal.zip") as archive:
        assert canary in [archive.read(name) for name in archive.namelist()]


def test_a_document_that_another_row_keeps_back_is_not_shown_to_the_public(run: Run, both: Workspace) -> None:
    register = both.evidence / "register.csv"
    row = "E98,A copy of it,closed.pdf,Company Secretary,2026-01-10,2026-12-31,public,minutes,1,,,approved,"
    register.write_text(f"{whole(register)}{row}\n", encoding="utf-8")
    form = both.cycle_folder(CYCLE) / "responses" / "team.csv"
    form.write_text(whole(form).replace("E99 p.1", "E98 p.1"), encoding="utf-8")
    run(both.root, "trail")
    run(both.root, "publish")
    assert len(pictures_in(both.build(CYCLE) / "publish")) == 1


def test_a_browser_shows_them_and_axe_finds_nothing(run: Run, both: Workspace, browser) -> None:
    run(both.root, "trail")
    page = opened(browser, both.build(CYCLE) / "trail.html", address="#page-E01-2")
    page.wait_for_load_state("networkidle")
    assert page.said == []
    page.locator("#page-E01-2 img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#page-E01-2 img').naturalWidth > 500")
    assert faults(page) == ""
    page.context.close()


def test_by_keyboard_from_a_claim_to_its_page_and_back_without_scripts(run: Run, both: Workspace, browser) -> None:
    run(both.root, "trail")
    page = opened(browser, both.build(CYCLE) / "trail.html", scripts=False, address="#GA1")
    page.locator("#GA1 a[href='#page-E01-2']").last.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#page-E01-2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#GA1")
    page.context.close()
