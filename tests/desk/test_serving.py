"""The desk as it is started: one a workspace, with its address first, ended by its button."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from pipeline.prepare.init import init
from pipeline.workspace import SHIPPED
from tests.case_workspaces import make_workspace


@contextmanager
def started(root: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pipeline", "--root", str(root), "desk", "--no-browser", "--port", "0", *words]
    with subprocess.Popen(command, cwd=SHIPPED, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            yield run
        finally:
            run.kill()


def first_line(run: subprocess.Popen[str]) -> str:
    assert run.stdout is not None
    return run.stdout.readline().strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws").root


def test_the_desk_runs_once_a_workspace_and_ends_at_its_button(root: Path) -> None:
    with started(root) as run:
        address = first_line(run)
        parts = urlsplit(address)
        assert (parts.scheme, parts.hostname, set(parse_qs(parts.query))) == ("http", "127.0.0.1", {"key"})

        with started(root) as second:
            assert first_line(second) == address
            assert second.stdout is not None
            out = second.stdout.read()
            assert second.wait(timeout=60) == 0 and "open on this workspace already" in out

        browser = build_opener(HTTPCookieProcessor())
        with browser.open(address) as answer:
            page = answer.read().decode()
        token = page.split('data-token="')[1].split('"')[0]
        home = f"http://127.0.0.1:{parts.port}"
        with browser.open(Request(f"{home}/stop", f"token={token}".encode(), {"Origin": home})) as answer:
            assert "The desk has ended" in answer.read().decode()
        assert run.wait(timeout=60) == 0
    assert not (root / "build" / ".desk" / "running.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there a program is not told to leave Ctrl-C alone")
def test_the_button_ends_a_desk_that_was_started_in_the_background(root: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with started(root) as run:
            signal.signal(signal.SIGINT, before)
            address = first_line(run)
            browser = build_opener(HTTPCookieProcessor())
            with browser.open(address) as answer:
                token = answer.read().decode().split('data-token="')[1].split('"')[0]
            home = address.split("/?")[0]
            with browser.open(Request(f"{home}/stop", f"token={token}".encode(), {"Origin": home})):
                assert run.wait(timeout=60) == 0
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_desk_elsewhere_is_named_and_one_for_reading_opens_beside_it(root: Path) -> None:
    with started(root) as run:
        first_line(run)
        note = root / "build" / ".desk" / "running.json"
        note.write_text(json.dumps(json.loads(note.read_text()) | {"machine": "LAPTOP-7"}))
        with started(root) as second:
            _, said = second.communicate(timeout=60)
            assert second.returncode == 2 and "on the computer LAPTOP-7" in said
        with started(root, "--read-only") as reader:
            assert first_line(reader).startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_told(root: Path, tmp_path: Path) -> None:
    with started(root) as run:
        port = urlsplit(first_line(run)).port
        with started(make_workspace(tmp_path / "other").root, "--port", str(port)) as second:
            _, said = second.communicate(timeout=60)
            assert second.returncode == 2 and f"port {port} cannot be used" in said and "Traceback" not in said


def test_a_new_workspace_opens_with_a_double_click(tmp_path: Path) -> None:
    init(tmp_path / "new")
    assert b"boardpack desk\r\n" in (tmp_path / "new" / "start.cmd").read_bytes()
    opens = tmp_path / "new" / "start.command"
    assert "exec boardpack desk" in opens.read_text() and opens.stat().st_mode & 0o111
    with started(tmp_path / "new") as run:
        assert first_line(run).startswith("http://127.0.0.1:")
