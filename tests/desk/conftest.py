"""A desk that is asked without a server, and what a page of it says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from pipeline.desk.app import make_app
from pipeline.desk.desk import Desk
from pipeline.desk.guard import Guard
from pipeline.flow.held import Held
from pipeline.workspace import Workspace
from tests.case_workspaces import make_workspace

PORT = 8765


class Browser(FlaskClient):
    """A browser that was let in."""

    desk: Desk

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return super().open(*args, **({"base_url": f"http://127.0.0.1:{PORT}"} | kwargs))

    def page(self, address: str, status: int = 200) -> str:
        """A page as text, spaces run together."""
        answer = self.get(address, follow_redirects=True)
        assert answer.status_code == status, (answer.status_code, answer.text[-2000:])
        return answer.text

    def words(self, address: str) -> str:
        """What a reader sees of a page."""
        return seen(self.page(address))

    def send(self, address: str, status: int = 303, **fields: Any) -> Any:
        """A form that is sent, with the token of the page."""
        answer = self.post(address, data={"token": self.desk.guard.token, **fields})
        assert answer.status_code == status, (answer.status_code, seen(answer.text)[-1500:])
        return answer


def seen(page: str) -> str:
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def fields_of(page: str, action: str) -> dict[str, str]:
    """What a browser would send back of one form of a page, if nobody typed anything."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.S)
    assert form, action
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form[1]))
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form[1], re.S))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form[1], re.S):
        chosen = re.search(r"<option selected>(.*?)</option>", options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(text) for name, text in found.items()}


def browser_of(ws: Workspace, **how: Any) -> Browser:
    here = Desk(ws, Guard(PORT), Held(ws), **how)
    app = make_app(here)
    app.test_client_class = Browser
    client = app.test_client()
    client.desk = here
    client.set_cookie(here.guard.cookie, here.guard.ticket, domain="127.0.0.1")
    return client


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Browser]:
    """A desk on the clean workspace of the cases, or on that of one case."""

    def open_it(name: str | None = None, **how: Any) -> Browser:
        return browser_of(make_workspace(tmp_path / "ws", name), **how)

    return open_it
