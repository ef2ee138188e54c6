"""Tables are edited row by row, with what is wrong beside the cell; the register as well."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.conftest import Browser, fields_of, seen

Open = Callable[..., Browser]
TABLES = ("actions", "risks", "funding", "indicators")


def file(client: Browser, table: str) -> Path:
    return client.desk.ws.root / "assessments/2025-26" / f"{table}.csv"


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_shown_and_comes_back_as_it_was(opened: Open, table: str) -> None:
    client = opened()
    before = file(client, table).read_bytes()
    numbers = range(2, 2 + len(before.splitlines()) - 1)
    assert f"{len(numbers)} of {len(numbers)} row" in client.words(f"/table/{table}")
    for number in list(numbers)[:3]:
        client.send(f"/table/{table}", **fields_of(client.page(f"/table/{table}?row={number}"), f"/table/{table}"))
    assert file(client, table).read_bytes() == before


def test_a_cell_is_changed_a_row_added_and_taken_out(opened: Open) -> None:
    client = opened()
    before = file(client, "actions").read_bytes()
    row = fields_of(client.page("/table/actions?row=2"), "/table/actions")
    client.send("/table/actions", **row | {"cell.owner": "Chair, for now"})
    owner = row["cell.owner"].encode()
    line = before.splitlines()[1]
    assert file(client, "actions").read_bytes() == before.replace(line, line.replace(owner, b'"Chair, for now"', 1))

    new = fields_of(client.page("/table/actions?row=new"), "/table/actions")
    client.send("/table/actions", **new | {"cell.id": "A99", "cell.action": "Do it", "cell.status": "open"})
    assert file(client, "actions").read_text().splitlines()[-1].startswith("A99,")
    last = len(file(client, "actions").read_text().splitlines())
    row = fields_of(client.page(f"/table/actions?row={last}"), "/table/actions")
    client.send("/table/actions", **row | {"do": "out"})
    assert "A99" not in file(client, "actions").read_text()
    client.send("/edits/1/undo")
    assert file(client, "actions").read_bytes() == before


def test_an_id_that_is_taken_is_refused_before_anything_is_written(opened: Open) -> None:
    client = opened()
    before = file(client, "actions").read_bytes()
    first = before.decode().splitlines()[1].split(",")[0]
    new = fields_of(client.page("/table/actions?row=new"), "/table/actions")
    assert "is taken" in seen(client.send("/table/actions", 409, **new | {"cell.id": first.lower()}).text)
    assert file(client, "actions").read_bytes() == before


@pytest.mark.parametrize(
    ("case", "typed"),
    [
        ("action-without-owner", {"cell.owner": "Chair"}),
        ("action-date-impossible", {"cell.due": "2026-09-30"}),
        ("action-without-date", {"cell.due": "2026-09-30"}),
        ("score-out-of-range", {"cell.current_likelihood": "4"}),
    ],
)
def test_from_today_to_the_cell_and_the_finding_is_gone(opened: Open, case: str, typed: dict[str, str]) -> None:
    client = opened(case)
    place = re.search(r'class="button big" href="([^"]+)"', client.page("/"))
    assert place
    page = client.page(place[1].replace("&amp;", "&"))
    assert 'class="error"' in page and 'aria-invalid="true"' in page
    action = place[1].partition("?")[0]
    answer = client.post(action, data=fields_of(page, action) | typed, follow_redirects=True)
    assert "That is put right" in seen(answer.text), seen(answer.text)[:800]


def test_rows_are_found_and_put_in_order(opened: Open) -> None:
    client = opened()
    assert "1 of 14 rows" in client.words("/evidence?q=connectors")
    page = client.page("/evidence?sort=-dated")
    assert page.index("E13") < page.index("E01")


def test_a_document_lands_in_evidence_with_its_row_and_is_undone(opened: Open) -> None:
    client = opened()
    register = client.desk.ws.evidence / "register.csv"
    before = register.read_bytes()
    content = b"A letter to the Board.\n"
    answer = client.send("/evidence", file=[(io.BytesIO(content), "../../Letter from <img>Healthwatch.txt")])

    assert answer.headers["Location"].startswith("/evidence/E15?new=1")
    (landed,) = (client.desk.ws.evidence / "received").iterdir()
    assert landed.read_bytes() == content
    assert register.read_bytes().startswith(before) and b"E15,Letter from" in register.read_bytes()
    page = client.page("/evidence/E15")
    assert "<img>" not in page and "who may see it" in client.words("/evidence/E15?new=1").lower()
    twice = client.send("/evidence", 409, file=[(io.BytesIO(content), "again.txt")])
    assert "is here already" in seen(twice.text)
    client.send("/edits/1/undo")
    assert register.read_bytes() == before and not landed.exists()


@pytest.mark.parametrize("name", ["virus.exe", "page.hta", "none", "script.js"])
def test_what_is_no_document_is_not_taken_in(opened: Open, name: str) -> None:
    client = opened()
    before = sorted(client.desk.ws.evidence.rglob("*"))
    client.send("/evidence", 409, file=[(io.BytesIO(b"MZ"), name)])
    assert sorted(client.desk.ws.evidence.rglob("*")) == before


def test_documents_are_handed_over_and_never_shown_as_pages(opened: Open) -> None:
    client = opened()
    page = client.desk.ws.evidence / "aims.html"
    page.write_text("<script>alert(1)</script>")
    register = client.desk.ws.evidence / "register.csv"
    register.write_text(register.read_text().replace("aims.txt", "aims.html"))
    for identity in ("E01", "E03", "E08"):
        answer = client.get(f"/evidence/{identity}/file")
        assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.mimetype in ("application/pdf", "application/octet-stream")


def test_pages_are_leafed_through_with_the_words_marked(opened: Open) -> None:
    client = opened()
    page = client.page("/statement/GA1?cite=team.1")
    assert "page 2 of" in seen(page) and 'class="hit"' in page
    assert client.get("/evidence/E01/page/2.webp").mimetype == "image/webp"
    words = client.get("/evidence/E01/page/2.json").get_json()
    assert "Strategy" in " ".join(word for word, *_ in words)
    assert client.get("/evidence/E01/page/999.webp").status_code == 404
    assert 'class="hit"' not in client.page("/statement/GA1?cite=team.1&leaf=1")


def test_words_chosen_on_a_page_become_a_citation_that_is_found(opened: Open) -> None:
    client = opened()
    words = [w for w, *_ in client.get("/evidence/E01/page/2.json").get_json()]
    chosen = " ".join(words[:9])
    client.send("/statement/GA2/team/cite", do="select", document="E01", page="2", words=chosen)
    dossier = client.desk.held.now().dossier
    (team,) = (a for a in dossier.statement("GA2").answers if a.respondent == "team")
    assert team.citations[-1].verdict == "found on page" and team.citations[-1].page_found == 2


def test_words_are_searched_in_every_document(opened: Open) -> None:
    assert "E04" in opened().words("/search?q=asked+for+a+plan")


@pytest.mark.parametrize("address", ["/evidence/none", "/statement/none", "/table/none", "/evidence/E01/page/x.webp"])
def test_what_is_not_there_is_said(opened: Open, address: str) -> None:
    assert "There is no such page" in seen(opened().page(address, 404))
