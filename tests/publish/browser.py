"""A headless browser that fetches nothing, for the pages that people open from disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Chromium; skipped where it is absent."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: pages are not tried in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


def faults(page) -> str:
    """What axe finds; empty where it finds nothing."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page)
    return results.generate_report() if results.violations_count else ""


def opened(browser, path: Path, *, width: int = 1280, scripts: bool = True, address: str = ""):
    """The page, opened from disk; it notes what it fetches and complains of in `page.fetched` and `page.said`."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.fetched, page.said = [], []
    page.on("request", lambda request: page.fetched.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(f"{path.as_uri()}{address}")
    return page
