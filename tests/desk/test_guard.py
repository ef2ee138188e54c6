"""Nobody is answered but this machine's browser, from the desk's own pages."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.desk.conftest import PORT, Browser

Open = Callable[..., Browser]
HOME = f"http://127.0.0.1:{PORT}"


def test_the_key_is_changed_for_a_cookie_and_stands_in_no_address(opened: Open) -> None:
    client = opened()
    client.delete_cookie(client.desk.guard.cookie, domain="127.0.0.1")
    answer = client.get(f"/?key={client.desk.guard.key}")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert client.desk.guard.key not in answer.headers["Set-Cookie"]
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/?key=guess", "/?key=", "/papers", "/desk.css", "/ping", "/no-such-page"])
def test_without_the_key_nothing_is_told(opened: Open, address: str) -> None:
    client = opened()
    client.delete_cookie(client.desk.guard.cookie, domain="127.0.0.1")
    answer = client.get(address)

    assert answer.status_code == 403
    assert "ICB" not in answer.text and answer.mimetype == "text/plain"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": f"evil.example:{PORT}"},
        {"Host": "127.0.0.1:1"},
        {"Host": f"127.0.0.1.evil.example:{PORT}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_foreign_host_or_origin_is_refused_with_cookie_and_token(opened: Open, headers: dict[str, str]) -> None:
    client = opened()
    stopped: list[int] = []
    client.desk.stop = lambda: stopped.append(1)
    token = {"token": client.desk.guard.token}

    assert client.get("/", headers=headers).status_code == 403
    assert client.post("/stop", data=token, headers=headers).status_code == 403
    assert not stopped
    assert client.post("/stop", data=token, headers={"Origin": HOME}).status_code == 200
    assert stopped


@pytest.mark.parametrize("token", [None, "", "guess"])
def test_a_write_needs_the_token_of_the_page(opened: Open, token: str | None) -> None:
    client = opened()
    client.desk.stop = lambda: pytest.fail("stopped")

    assert client.post("/stop", data={} if token is None else {"token": token}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/../secret", "/a/../../secret", "/..%2f..%2fsecret", "/%2e%2e/secret", "/..\\secret", "/a%00b"]
)
def test_a_path_that_leaves_is_refused(opened: Open, path: str) -> None:
    answer = opened().get(path, environ_overrides={"RAW_URI": path})

    assert answer.status_code == 400


def test_every_answer_says_what_a_browser_may_do_with_it(opened: Open) -> None:
    client = opened()
    for address in ("/", "/desk.css", "/no-such-page"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def test_who_only_reads_changes_nothing(opened: Open) -> None:
    client = opened(read_only=True)

    assert "for reading only" in client.words("/")
    assert client.post("/stop", data={"token": client.desk.guard.token}).status_code == 403


def test_a_crash_shows_no_trace(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    client = opened()
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("pipeline.desk.today.view_progress", lambda _: 1 / 0)
    answer = client.get("/")

    assert answer.status_code == 500
    assert "Traceback" not in answer.text and "That did not work" in answer.text


def test_who_looks_is_told_how_far_the_first_reading_is(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    client, go_on = opened(), threading.Event()
    monkeypatch.setattr("pipeline.desk.app.PATIENCE", 0.05)
    client.desk.warming, client.desk.read = threading.Thread(target=go_on.wait, daemon=True), (3, 14)
    client.desk.warming.start()
    answer = client.get("/", headers={"Sec-Fetch-Mode": "navigate"})
    assert "3 of 14 documents read" in answer.text and answer.headers["Refresh"] == "1"
    go_on.set()
    assert "Reading the evidence" not in client.get("/").text
