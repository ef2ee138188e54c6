"""A statement: what was answered and what it rests on, changed where it stands and checked at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.workspace import SHIPPED, Workspace
from tests.desk.conftest import Browser, browser_of, fields_of, seen

Open = Callable[..., Browser]


def answers(client: Browser, who: str = "team") -> Path:
    return client.desk.ws.root / f"assessments/2025-26/responses/{who}.csv"


def test_every_statement_is_reached_and_shows_every_answer(opened: Open) -> None:
    client = opened()
    page = client.page("/statements")
    for identity in re.findall(r'href="/statement/([^"?]+)"', page):
        words = client.words(f"/statement/{identity}")
        shown = client.desk.held.now().dossier.statement(identity)
        for answer in (*shown.answers, *shown.partners):
            assert answer.comment in words and answer.name in words
            for citation in answer.citations:
                assert citation.quotation in words


def test_a_save_without_a_change_writes_nothing(opened: Open) -> None:
    client = opened()
    before = answers(client).read_bytes()
    client.send("/statement/GA1/team", **fields_of(client.page("/statement/GA1"), "/statement/GA1/team"))
    assert answers(client).read_bytes() == before and "Nothing was changed yet" in client.words("/edits")


def test_a_level_is_changed_as_by_hand_and_checked_at_once(opened: Open) -> None:
    client = opened("level-misspelt")
    told = client.desk.held.now().findings
    fault = next(f for f in told if f.severity == "blocker")
    today = client.page("/")
    place = re.search(rf'href="(/statement/{fault.statement}\?[^"]*)"', today)
    assert place
    before = answers(client, str(fault.respondent)).read_bytes()
    page = client.page(place[1].replace("&amp;", "&"))
    assert "To put right" in page
    action = f"/statement/{fault.statement}/{fault.respondent}"
    typed = fields_of(page, action)
    wrong, typed["cell.level"] = typed["cell.level"], "Growing"
    answer = client.post(action, data=typed, follow_redirects=True)

    assert "That is put right" in seen(answer.text) and "Saved:" in seen(answer.text)
    after = answers(client, str(fault.respondent)).read_bytes()
    row = next(line for line in before.splitlines() if line.startswith(f"{fault.statement},".encode()))
    assert after == before.replace(row, row.replace(f",{wrong},".encode(), b",Growing,", 1))


def test_a_colleagues_edit_of_another_row_is_kept(opened: Open) -> None:
    client = opened()
    typed = fields_of(client.page("/statement/GA1"), "/statement/GA1/team")
    theirs = answers(client).read_bytes().replace(b"A briefing on", b"Two briefings on")
    answers(client).write_bytes(theirs)
    client.send("/statement/GA1/team", **typed | {"cell.comment": "Mine."})

    assert answers(client).read_bytes() == theirs.replace(
        b'"Two directors share the brief, and their objectives name it."', b'"Mine."'
    )


@pytest.mark.parametrize("choice", ["theirs", "yours"])
def test_where_both_changed_the_same_the_person_chooses(opened: Open, choice: str) -> None:
    client = opened()
    typed = fields_of(client.page("/statement/GA1"), "/statement/GA1/team") | {
        "cell.comment": "Mine.",
        "cell.level": "Emergent",
    }
    theirs = answers(client).read_bytes().replace(b"Two directors share", b"Three directors share")
    answers(client).write_bytes(theirs)
    page = client.send("/statement/GA1/team", 409, **typed).text

    assert answers(client).read_bytes() == theirs
    assert "Three directors share" in seen(page) and "Mine." in seen(page)
    again = fields_of(page, "/statement/GA1/team") | {"pick.comment": choice}
    client.send("/statement/GA1/team", **again)
    said = answers(client).read_text()
    assert ("Mine." in said) == (choice == "yours") and ("Three directors" in said) == (choice == "theirs")
    assert "GA1,Emergent," in said


def test_a_row_that_is_gone_loses_nothing_that_was_typed(opened: Open) -> None:
    client = opened()
    typed = fields_of(client.page("/statement/GA1"), "/statement/GA1/team") | {"cell.comment": "My long work."}
    lines = answers(client).read_bytes().splitlines(keepends=True)
    answers(client).write_bytes(lines[0] + b"".join(lines[2:]))
    page = client.send("/statement/GA1/team", 409, **typed).text
    assert "My long work." in page and "no longer there" in seen(page)


def test_the_page_where_the_words_stand_is_taken_with_one_press(opened: Open) -> None:
    client = opened()
    text = answers(client).read_bytes()
    answers(client).write_bytes(text.replace(b"E01 p.2", b"E01 p.1"))
    page = client.page("/statement/GA1")
    assert "page 2, not 1" in seen(page)
    asked = fields_of(page, "/statement/GA1/team/cite")
    assert asked["page"] == "2"
    client.send("/statement/GA1/team/cite", **asked | {"do": "page"})
    assert answers(client).read_bytes() == text


def test_the_documents_words_are_taken_for_words_that_are_not_there(opened: Open) -> None:
    client = opened()
    text = answers(client).read_bytes()
    answers(client).write_bytes(text.replace(b"reports twice a year", b"reports twice each week"))
    page = client.page("/statement/GA1")
    forms = re.findall(r'name="words" value="([^"]*)"', page)
    written = re.search(r'name="written" value="(E02 [^"]*)"', page)
    assert forms and written
    client.send("/statement/GA1/team/cite", do="words", words=forms[0], page="", written=_plain(written[1]))
    assert not [f for f in client.desk.held.now().findings if f.code == "CI403"]


def _plain(text: str) -> str:
    import html

    return html.unescape(text)


def test_a_form_is_shown_as_it_came_and_taken_over_kept(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    for folder in ("assessments", "evidence"):
        shutil.copytree(SHIPPED / folder, root / folder)
    client = browser_of(Workspace(root))
    form = root / "assessments/2025-26/responses/board.xlsx"
    held, before = form.read_bytes(), client.desk.held.now().case
    assert "As it came" in client.words("/statement/GA2")
    client.send("/statement/GA2/board/take-over")

    assert (form.parent / "returned" / "board.xlsx").read_bytes() == held and not form.exists()
    after = client.desk.held.now().case

    def said(case: object) -> dict[str, tuple[str, ...]]:
        own = next(f for f in case.forms if f.respondent == "board")  # type: ignore[attr-defined]
        answered = (a for a in own.answers if a.level or a.comment or a.evidence)
        return {a.statement: (a.level, a.comment, *sorted(c.text for c in a.citations)) for a in answered}

    assert said(after) == said(before)
    assert not [f for f in client.desk.held.now().findings if f.code == "IN107"]
    client.send("/edits/1/undo")
    assert form.read_bytes() == held and not (form.parent / "board.csv").exists()
