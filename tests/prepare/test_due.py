"""The calendar and the letters of `due`, and what `progress` counts."""

from __future__ import annotations

import datetime
import email
import email.policy
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest

from pipeline.dossier.progress import view_progress
from pipeline.dossier.views import Dossier, FundingView
from pipeline.flow.judging import judge
from pipeline.flow.preparing import make_due
from pipeline.prepare import due
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE, make_workspace

ACTIONS = "id,section,statement,action,owner,due,status,measure\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    ws = make_workspace(tmp_path)
    (ws.cycle_folder(CYCLE) / "actions.csv").write_text(
        ACTIONS
        + 'A1,GA,GA1,"Name a lead; one for each place, at once",Chief of Staff,2026-01-31,open,\n'
        + "A2,GA,GA2,Publish the plan,Chief of Staff,2026-04-30,open,\n"
        + "A3,GA,GA1,Long since done,Chief of Staff,2026-04-30,done,\n"
        + "A4,GA,GA2,Look again in ten years,Head of Räume/Estates,2036-04-30,open,\n",
        encoding="utf-8",
    )
    return tmp_path


def judged(root: Path) -> Dossier:
    return judge(Workspace(root), CYCLE).dossier


def entries(content: bytes) -> dict[str, datetime.date]:
    book = icalendar.Calendar.from_ical(content)
    return {str(e["summary"]): e.decoded("dtstart") for e in book.walk("VEVENT")}


def test_the_calendar_holds_open_actions_and_reviews_of_cited_documents_on_their_days(root: Path) -> None:
    dossier = judged(root)
    found = entries(due.calendar(dossier))
    assert found["Action A1: Name a lead; one for each place, at once"] == datetime.date(2026, 1, 31)
    assert found["Action A4: Look again in ten years"] == datetime.date(2036, 4, 30)
    assert not any("Long since done" in what for what in found)
    reviewed = {what.split(":")[0]: day for what, day in found.items() if what.startswith("Review of ")}
    wanted = {f"Review of {d.id}": d.review_by for d in dossier.documents if d.review_by and d.statements}
    assert wanted and reviewed == wanted


def test_a_calendar_knows_its_entries_again_when_it_is_made_anew(root: Path) -> None:
    dossier = judged(root)
    assert due.calendar(dossier) == due.calendar(dossier)
    keys = [e["uid"] for e in icalendar.Calendar.from_ical(due.calendar(dossier)).walk("VEVENT")]
    assert len(keys) == len(set(keys))
    later = replace(dossier, actions=tuple(replace(a, due=datetime.date(2027, 1, 1)) for a in dossier.actions))
    moved = [e["uid"] for e in icalendar.Calendar.from_ical(due.calendar(later)).walk("VEVENT")]
    assert sorted(moved) == sorted(keys)


def test_a_letter_tells_one_person_what_is_late_what_comes_and_what_to_do(root: Path) -> None:
    letters = {letter.who: letter for letter in due.letters(judged(root))}
    text = letters["Chief of Staff"].text
    late, coming = text.split("## Due by ")
    assert "31 January 2026: Action A1: Name a lead; one for each place, at once." in late.split("## Overdue on ")[1]
    assert "30 April 2026: Action A2: Publish the plan." in coming
    assert "Long since done" not in text and text.count("Tell the authors of the action plan") == 1
    assert "Head of Räume/Estates" not in letters  # ten years ahead is nobody's next half-year


def test_who_has_not_sent_a_form_back_is_asked_for_it_and_no_one_else(root: Path) -> None:
    next((root / "assessments" / CYCLE / "responses").glob("board.*")).unlink()
    dossier = judged(root)
    asked = {letter.who for letter in due.letters(dossier) if "## Your form" in letter.text}
    assert asked == {r.name for r in dossier.respondents if r.id == "board"}
    board = next(r for r in view_progress(dossier).respondents if r.role == "board")
    assert (board.returned, board.answered) == (False, 0) and board.asked > 0


def test_what_stops_the_final_paper_is_told_to_who_can_put_it_right(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    answers = next((tmp_path / "assessments" / CYCLE / "responses").glob("team.csv"))
    answers.write_text(answers.read_text(encoding="utf-8").replace("E01", "E99"), encoding="utf-8")
    dossier = judge(ws, CYCLE).dossier
    stopping = [f for f in dossier.findings if f.severity == "blocker"]
    assert stopping
    written = {letter.who: letter.text for letter in due.letters(dossier)}
    assert all(f.message in written[f.who] and f.remedy in written[f.who] for f in stopping)
    assert sum(part.blocked for part in view_progress(dossier).sections) > 0


def test_letters_are_text_and_messages_without_an_address_and_old_ones_go(root: Path) -> None:
    ws = Workspace(root)
    old = ws.build(CYCLE) / "letters" / "somebody-who-left.md"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    made = make_due(ws, CYCLE)
    assert not old.exists() and all(path.is_file() for path in made)
    mail = next(path for path in made if path.name == "chief-of-staff.eml")
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert message["To"] is None and message["From"] is None and message["X-Unsent"] == "1"
    assert message.get_content().replace("\r\n", "\n") == mail.with_suffix(".md").read_text(encoding="utf-8")


def test_progress_counts_answers_by_respondent_and_by_section(root: Path) -> None:
    dossier = judged(root)
    found = view_progress(dossier)
    for one, respondent in zip(found.respondents, dossier.respondents, strict=True):
        given = {a.respondent for s in dossier.statements for a in s.answers if a.level}
        assert one.returned is (respondent.id in given)
        if respondent.role == "partner":
            assert one.asked == len(dossier.statements)
    assert sum(s.asked for s in found.sections) == len(dossier.statements)
    assert sum(s.answered for s in found.sections) == sum(
        all(
            any(a.level and a.role == role for a in s.answers)
            for role in (("team", "board") if s.answered_by == "both" else (s.answered_by,))
        )
        for s in dossier.statements
    )


@pytest.mark.parametrize(("decision", "told"), [("", True), ("Decision due by 30 June 2026", True), ("Stops", False)])
def test_the_end_of_a_pilot_falls_due_until_it_is_decided(root: Path, decision: str, told: bool) -> None:
    dossier = judged(root)
    row = FundingView(
        id="outreach", scheme="Outreach", year="2025-26", category="pilot", place="", amount=None, amount_shown="",
        ringfenced="", recurrent="", redirected="", decision=decision, decided_by="Finance Committee", basis="",
        method="", evaluation="", ends=datetime.date(2026, 5, 31), statements=(),
    )  # fmt: skip
    letters = {letter.who: letter.text for letter in due.letters(replace(dossier, funding=(row,)))}
    assert ("31 May 2026: End of pilot: Outreach." in letters.get("Finance Committee", "")) is told


def test_a_title_of_several_lines_gives_a_subject_of_one() -> None:
    letter = due.Letter("Chair", "One\nTwo\r\nThree\x07: what we need from you", "Dear Chair\n")
    message = email.message_from_bytes(letter.mail(), policy=email.policy.default)
    assert message["Subject"] == "One Two Three\u2407: what we need from you"
