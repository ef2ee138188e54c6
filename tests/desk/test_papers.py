"""From the first page to the final paper: made, looked at, signed, edited in Word and taken back."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pytest

from pipeline.office import integrity
from tests.desk.conftest import Browser, fields_of, seen

Open = Callable[..., Browser]


def finished(client: Browser, address: str, **fields: str) -> str:
    """What the page of a piece of work says in the end."""
    place = client.send(address, **fields).headers["Location"]
    for _ in range(600):
        answer = client.get(place)
        if "Refresh" not in answer.headers:
            return seen(answer.text)
        time.sleep(0.1)
    raise AssertionError("it never ends")


def test_the_final_paper_is_made_fetched_signed_and_goes_out_of_date(opened: Open) -> None:
    client = opened()
    assert "board-paper.docx is made" in finished(client, "/papers/board-paper", do="final")
    page = client.words("/papers")
    assert "Board paper final" in page and "Evidence annex final" in page
    answer = client.get("/build/board-paper.docx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert docx.Document(io.BytesIO(answer.data)).paragraphs
    assert integrity.is_untouched(answer.data)

    assert "Sign-off 1" in finished(client, "/sign-off", by="Chair of the Board")
    assert "Chair of the Board" in client.words("/papers")
    typed = fields_of(client.page("/statement/GA1"), "/statement/GA1/team") | {"cell.comment": "Another view."}
    client.send("/statement/GA1/team", **typed)
    page = client.words("/papers")
    assert "Board paper out of date" in page and "changed since: answers" in page


def test_a_final_paper_is_refused_and_a_draft_is_made(opened: Open) -> None:
    client = opened("file-missing")
    said = finished(client, "/papers/board-paper", do="final")
    assert "No final board-paper was made" in said and "Traceback" not in said
    assert not (client.desk.ws.build("2025-26") / "board-paper.docx").exists()
    assert "board-paper-draft.docx is made" in finished(client, "/papers/board-paper", do="draft")


@pytest.mark.parametrize("name", ["inputs.json.bak", "..%2f..%2fevidence%2fregister.csv", ".made.json", "no.docx"])
def test_only_what_was_made_is_fetched(opened: Open, name: str) -> None:
    assert opened().get(f"/build/{name}").status_code in (400, 404)


def test_edits_made_in_word_are_shown_and_taken_back_into_the_narrative(opened: Open) -> None:
    client = opened()
    finished(client, "/papers/board-paper", do="final")
    path = client.desk.ws.build("2025-26") / "board-paper.docx"
    paper = docx.Document(str(path))
    narrative = client.desk.ws.cycle_folder("2025-26") / "narrative/executive-summary.md"
    first = next(p for p in paper.paragraphs if p.text and p.text.split(".")[0] in narrative.read_text())
    first.runs[0].text = "Let it be said plainly: " + first.runs[0].text
    out = io.BytesIO()
    paper.save(out)
    before = narrative.read_bytes()
    place = client.send("/edited", file=[(io.BytesIO(out.getvalue()), "board-paper v2.docx")]).headers["Location"]
    assert "Let it be said plainly" in client.words(place) and narrative.read_bytes() == before
    client.send(place)
    assert b"Let it be said plainly" in narrative.read_bytes()
    client.send("/edits/1/undo")
    assert narrative.read_bytes() == before


def test_the_cited_pages_are_bound_and_can_be_fetched(opened: Open) -> None:
    client = opened()
    assert "evidence-pack.pdf is made" in finished(client, "/make/evidence")
    assert client.get("/build/evidence-pack.pdf").data.startswith(b"%PDF-")


def test_what_is_no_paper_is_not_taken(opened: Open) -> None:
    answer = opened().send("/edited", 409, file=[(io.BytesIO(b"<html>"), "paper.docx")])
    assert "no Word document" in seen(answer.text)


def test_year_and_meeting_are_changed_with_comments_kept(opened: Open) -> None:
    client = opened()
    path = client.desk.ws.cycle_folder("2025-26") / "assessment.yaml"
    path.write_text("# kept\n" + path.read_text())
    before = path.read_text()
    typed = fields_of(client.page("/meeting"), "/meeting")
    client.send("/meeting", **typed)
    assert path.read_text() == before
    path.write_text(before.replace('agenda_item: "8"', 'agenda_item: "11"'))
    client.send("/meeting", **typed | {"cell.paper.title": "A new title"})
    assert path.read_text() == before.replace('"8"', '"11"').replace(
        "Health inequalities self-assessment", "A new title", 1
    )
    clash = client.send("/meeting", 409, **typed | {"cell.paper.title": "Mine"})
    assert "A new title" in seen(clash.text) and "Mine" in clash.text


def test_narrative_is_written_previewed_and_never_overwritten(opened: Open) -> None:
    client = opened()
    path = client.desk.ws.cycle_folder("2025-26") / "narrative/executive-summary.md"
    action = "/narrative/executive-summary"
    typed = fields_of(client.page(action), action)
    path.write_text("A colleague's words.\n")
    clash = client.send(action, 409, **typed | {"cell.text": "Mine."})
    assert "A colleague's words." in seen(clash.text) and path.read_text() == "A colleague's words.\n"
    again = fields_of(client.page(action), action) | {"cell.text": "Hello <script>x</script> *there*.\r\nMore.\r\n"}
    client.send(action, **again)
    assert path.read_bytes() == b"Hello <script>x</script> *there*.\nMore.\n"
    page = client.page(action)
    assert "<em>there</em>" in page and "<script>x" not in page
    client.page("/narrative/../../etc", 400)


def test_forms_go_out_in_one_archive_and_come_back(opened: Open) -> None:
    client = opened()
    names = zipfile.ZipFile(io.BytesIO(client.send("/forms", 200).data)).namelist()
    assert {"team.xlsx", "team.docx", "board.xlsx", "vcse.docx"} <= set(names)
    folder = client.desk.ws.cycle_folder("2025-26") / "responses"
    form = b"statement,level,comment,evidence\nGA1,Growing,Good.,\n"
    before = (folder / "vcse.csv").read_bytes()
    refused = client.send("/forms/returned", 409, file=[(io.BytesIO(form), "vcse.csv")])
    assert "was not overwritten" in seen(refused.text) and (folder / "vcse.csv").read_bytes() == before
    client.send("/forms/returned", replace="yes", file=[(io.BytesIO(form), "vcse.csv")])
    assert (folder / "vcse.csv").read_bytes() == form
    client.send("/edits/1/undo")
    assert (folder / "vcse.csv").read_bytes() == before
    client.send("/forms/returned", who="vcse", file=[(io.BytesIO(b"PK"), "../answers of ours.docx")])
    assert (folder / "vcse.docx").read_bytes() == b"PK"


def test_the_next_cycle_is_begun_and_shown(opened: Open) -> None:
    client = opened()
    answer = client.send("/new-cycle", 200, name="2026-27", day="2027-03-25")
    assert "2026-27 is begun" in seen(answer.text)
    assert "25 March 2027" in client.words("/")


def test_a_file_that_cannot_be_read_is_told_with_the_way_to_it(opened: Open) -> None:
    client = opened()
    client.page("/")
    path = client.desk.ws.cycle_folder("2025-26") / "actions.csv"
    path.write_text(path.read_text().replace("owner", "ownr", 1))
    page = client.page("/")
    assert "The check cannot run" in seen(page) and "did you mean owner" in seen(page)
    assert "Nothing stands between us" not in seen(page) and "Nothing must be put right" not in seen(page)
    for address in ("/statements", "/evidence", "/papers", "/meeting", "/forms"):
        client.page(address)
