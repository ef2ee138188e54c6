"""What people and documents hold is shown as text and never run; a server that is killed leaves whole files."""

from __future__ import annotations

import csv
import io
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.case_workspaces import make_workspace
from tests.desk.conftest import Browser, fields_of
from tests.desk.test_serving import first_line, started

Open = Callable[..., Browser]
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
PAGES = ("/", "/statements", "/statement/GA1", "/evidence", "/evidence/E01", "/table/actions?row=2",
         "/table/risks?row=2", "/narrative/executive-summary", "/forms", "/meeting",
         "/papers", "/edits", "/search?q=strategy")  # fmt: skip


def with_evil(path: Path, columns: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows([row | dict.fromkeys([c for c in columns if c in row], EVIL) for row in rows])
    path.write_text(out.getvalue())


def test_what_people_typed_is_text_on_every_page(opened: Open) -> None:
    client = opened()
    cycle = client.desk.ws.cycle_folder("2025-26")
    for name in ("team", "board", "vcse"):
        with_evil(cycle / f"responses/{name}.csv", ("comment",))
    with_evil(client.desk.ws.evidence / "register.csv", ("title", "owner"))
    with_evil(cycle / "actions.csv", ("action", "owner", "measure"))
    with_evil(cycle / "risks.csv", ("risk", "cause", "lead"))
    assessment = cycle / "assessment.yaml"
    assessment.write_text(assessment.read_text().replace("ICB Board", "'" + EVIL + "'"))
    (cycle / "narrative/executive-summary.md").write_text(f"{EVIL} [x](javascript:alert(1))\n")
    shown = 0
    for address in PAGES:
        page = client.page(address)
        assert "<script>alert" not in page and "<img src=x" not in page and 'href="javascript' not in page, address
        shown += "&lt;script&gt;alert(1)" in page
    assert shown > 8


@pytest.mark.parametrize("name", ["<img src=x>.txt", "a%0d%0aSet-Cookie: x=1.txt", "con.txt", "..\\..\\up.txt", "x" * 300 + ".txt"])  # fmt: skip  # noqa: E501
def test_a_hostile_file_name_becomes_a_plain_one(opened: Open, name: str) -> None:
    client = opened()
    answer = client.send("/evidence", file=[(io.BytesIO(name.encode() + b" words"), name)])
    (landed,) = (client.desk.ws.evidence / "received").iterdir()
    assert len(landed.name) < 130 and not set(landed.name) & set('<>:"/\\|?*\r\n') and landed.stem.lower() != "con"
    page = client.page(answer.headers["Location"])
    assert "<img src=x>" not in page
    handed = client.get(f"{urlsplit(answer.headers['Location']).path}/file")
    assert handed.headers["Content-Disposition"].startswith("attachment") and "Set-Cookie" not in handed.headers


@pytest.mark.parametrize("wait", [0.002, 0.03])
def test_a_server_that_is_killed_while_it_saves_leaves_the_old_file_or_the_new(tmp_path: Path, wait: float) -> None:
    ws = make_workspace(tmp_path / "ws")
    table = ws.root / "assessments/2025-26/responses/team.csv"
    before = table.read_bytes()
    after = before.replace(b"Two directors share the brief", b"Three directors share the brief")
    with started(ws.root) as run:
        address = first_line(run)
        home = address.partition("/?")[0]
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        browser.open(address).close()
        with browser.open(f"{home}/statement/GA1") as answer:
            page = answer.read().decode()
        while "Reading the evidence" in page:
            with browser.open(f"{home}/statement/GA1") as answer:
                page = answer.read().decode()
        typed = fields_of(page, "/statement/GA1/team")
        typed["cell.comment"] = typed["cell.comment"].replace("Two", "Three")
        asked = Request(f"{home}/statement/GA1/team", urlencode(typed).encode(), {"Origin": home})

        def send() -> None:
            with suppress(OSError, HTTPException):
                browser.open(asked).close()

        saving = threading.Thread(target=send)
        saving.start()
        time.sleep(wait)
        run.kill()
        saving.join()
    assert table.read_bytes() in (before, after)
    assert {p.name for p in table.parent.iterdir() if not p.name.startswith(".")} == {
        "team.csv",
        "board.csv",
        "vcse.csv",
    }
    with started(ws.root) as run:
        assert first_line(run).startswith("http")
