"""What stands beside something withheld is withheld with it, in whatever corner of a dossier; the rest stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.checks.screen import FILE, ID, TITLE, WORDS, Finder, Screen, Secret, screen_of
from pipeline.codes import explain
from pipeline.dossier import PUBLIC, dump, for_audience
from pipeline.dossier.audience import WITHHELD, redact_citation, role_of, withhold
from pipeline.dossier.views import CitationView, Dossier, FindingView, NarrativeView
from pipeline.model import Finding, Severity
from pipeline.model.rebuild import rebuild
from pipeline.score import score
from tests.cases_by_hand import answer, assessment, document, make_case
from tests.dossiers import QUOTATION, make_citation, make_dossier

SECRET = "closing two of the clinics"
SCREEN = Screen((Secret(SECRET, WORDS, "E9"),))


def held(citation: CitationView) -> CitationView:
    """The citation as it leaves `withhold`."""
    whole = make_dossier(1, narratives={"background": NarrativeView("background", "It is so [@1].", (citation,))})
    shown = withhold(replace(whole, screen=SCREEN))
    return shown.narratives["background"].citations[0]


def test_with_a_quotation_goes_all_that_is_shown_beside_it() -> None:
    words = f"They weigh {SECRET} by May"
    citation = make_citation(
        1,
        quotation=words,
        context="The passage around it, with nothing unfit in it.",
        nearest="The nearest passage.",
        difference="the quotation adds a word",
        shown=f"Strategy, page 4: “{words}”",
        shown_again=f"page 4: “{words}”",
        written=f'E001 p.4 "{words}"',
    )
    shown = held(citation)
    assert (shown.quotation, shown.context, shown.nearest, shown.difference) == (WITHHELD, "", "", "")
    assert (shown.shown, shown.shown_again) == (f"Strategy, page 4: “{WITHHELD}”", f"page 4: “{WITHHELD}”")
    assert shown.written == f'E001 p.4 "{WITHHELD}"'
    assert (shown.title, shown.page_found, shown.verdict) == (citation.title, 4, citation.verdict)


@pytest.mark.parametrize("beside", ["url", "context", "nearest", "difference", "reason"])
def test_what_is_unfit_beside_a_citation_is_left_off_and_its_words_stay(beside: str) -> None:
    shown = held(make_citation(1, **{beside: f"Here: {SECRET}."}))
    assert getattr(shown, beside) == ""
    assert shown.quotation == QUOTATION
    assert shown == replace(make_citation(1), **{beside: ""})


def test_a_citation_with_nothing_unfit_stays_as_it_is() -> None:
    assert held(make_citation(1)) == make_citation(1)


def test_every_text_is_held_against_the_screen_and_the_screen_does_not_leave() -> None:
    whole: Dossier = make_dossier(2, organisation="ICB", screen=SCREEN)
    whole = replace(whole, narratives={"summary": NarrativeView("summary", f"We weigh {SECRET}.", ())})
    shown = withhold(whole)
    assert shown.narratives["summary"].text == WITHHELD
    assert shown.screen == Screen()
    assert withhold(replace(whole, narratives={})) == replace(whole, narratives={}, screen=Screen())


def test_what_names_another_thing_keeps_a_name_of_its_own() -> None:
    first, second = f"{SECRET} one", f"{SECRET} two"
    whole = make_dossier(1, screen=SCREEN)
    told = {first: NarrativeView(first, "A.", ()), second: NarrativeView(second, "B.", ())}
    shown = withhold(replace(whole, narratives=told)).narratives
    assert list(shown) == ["withheld-1", "withheld-2"]
    assert [n.text for n in shown.values()] == ["A.", "B."]


def test_citations_whose_names_are_withheld_are_told_apart() -> None:
    first = make_citation(1, key=f"{SECRET} one", source=f"{SECRET} two")
    second = make_citation(2, key=f"{SECRET} three", source=f"{SECRET} two")
    told = {"background": NarrativeView("background", "It is so [@1; 2].", (first, second))}
    shown = withhold(replace(make_dossier(1), screen=SCREEN, narratives=told)).narratives["background"].citations
    assert len({c.key for c in shown}) == 2
    assert len({c.source for c in shown}) == 1
    assert not {WITHHELD, ""} & {name for c in shown for name in (c.key, c.source)}


def test_documents_and_actions_whose_ids_are_withheld_are_told_apart() -> None:
    whole = make_dossier(2, screen=SCREEN)
    documents = tuple(replace(d, id=f"{SECRET} {n}") for n, d in enumerate(whole.documents))
    shown = withhold(replace(whole, documents=documents)).documents
    assert len({d.id for d in shown}) == len(documents) > 1
    assert all(d.id.startswith("withheld-") for d in shown)


def test_a_public_comment_stands_in_place_of_the_comment_in_public_alone() -> None:
    whole = make_dossier(1)
    statement = whole.statements[0]
    answers = (replace(statement.answers[0], comment="Inside.", public_comment="Outside."), *statement.answers[1:])
    section = replace(whole.sections[0], statements=(replace(statement, answers=answers),))
    whole = replace(whole, sections=(section, *whole.sections[1:]))
    first, second = for_audience(whole, PUBLIC).statements[0].answers[:2]
    assert (first.comment, first.public_comment, first.shortened) == ("Outside.", "", True)
    assert (second.comment, second.shortened) == (answers[1].comment, False)
    assert for_audience(whole, "private").statements[0].answers[0].comment == "Inside."


def test_a_finding_says_in_public_what_kind_it_is_and_no_more() -> None:
    whole = make_dossier(1)
    told = FindingView("CI403", "blocker", "They wrote something.", "Do this.", statement="GA1", evidence="E9", row=3)
    told = replace(told, file="responses/team.csv", field="evidence")
    (shown,) = for_audience(replace(whole, findings=(told,)), PUBLIC).findings
    assert (shown.code, shown.severity, shown.statement) == ("CI403", "blocker", "GA1")
    assert (shown.evidence, shown.file, shown.row, shown.field) == (None, None, None, None)
    assert (shown.message, shown.remedy) == (explain("CI403").title, explain("CI403").remedy)


def test_an_address_that_is_withheld_is_no_address_and_a_sentence_with_one_is_withheld_as_a_sentence() -> None:
    at = "https://example.org/x?sig=abcdef"
    whole = make_dossier(1, organisation="ICB")
    told = {"a": NarrativeView("a", at, ()), "b": NarrativeView("b", f"See {at} for more.", ())}
    shown = withhold(replace(whole, narratives=told)).narratives
    assert (shown["a"].text, shown["b"].text) == ("", WITHHELD)


def test_which_cycle_and_inputs_a_paper_is_of_is_never_withheld() -> None:
    whole = make_dossier(1)
    screen = Screen((Secret(whole.cycle, ID, "E9", exact=True), Secret(whole.inputs_digest, ID, "E9", exact=True)))
    shown = withhold(replace(whole, screen=screen, previous_cycle="2024-25"))
    assert (shown.cycle, shown.previous_cycle) == (whole.cycle, "2024-25")
    assert shown.inputs_digest == whole.inputs_digest
    assert shown.schema == whole.schema


@pytest.mark.parametrize(
    ("owner", "shown"),
    [
        ("Amina Patel, Director of Strategy", "Director of Strategy"),
        ("Amina Patel (Director of Strategy)", "Director of Strategy"),
        ("Director of Strategy, Amina Patel", "Director of Strategy, Amina Patel"),
        ("Director of Strategy, Medical Director", "Director of Strategy, Medical Director"),
        ("Chief Nurse (Eastmarch)", "Chief Nurse (Eastmarch)"),
        ("Director of Strategy", "Director of Strategy"),
        ("Amina Patel, Westmarch", "Amina Patel, Westmarch"),
        ("  Company Secretary ", "Company Secretary"),
        ("Amina Patel,", "Amina Patel,"),
        ("Amina Patel, Leadbetter", "Amina Patel, Leadbetter"),
        ("Paul Chairman, Directors", "Directors"),
    ],
)
def test_of_a_named_owner_the_role_is_shown(owner: str, shown: str) -> None:
    assert role_of(owner) == shown


def test_an_internal_document_shows_its_owner_and_how_it_was_seen() -> None:
    view = make_citation(1, visibility="internal", owner="Amina Patel, Medical Director", assurance_line=2)
    shown = redact_citation(view)
    assert shown.shown == "Internal document held by the Medical Director; not published with this paper."
    assert shown.shown == shown.shown_again == f"{shown.key}."
    assert shown.source == shown.key
    assert (shown.redacted, shown.owner, shown.assurance_line) == (True, "Medical Director", 2)
    assert (shown.verdict, shown.respondent, shown.statement) == (view.verdict, view.respondent, view.statement)
    assert (shown.evidence, shown.title, shown.file, shown.quotation, shown.context, shown.written) == ("",) * 6
    assert redact_citation(replace(view, owner="")).key.startswith("Internal document held by the organisation;")
    assert redact_citation(make_citation(1)) == make_citation(1)


def test_what_could_not_be_understood_is_shown_by_its_fault_and_no_more() -> None:
    view = make_citation(1, visibility="", evidence="", shown="E9 p.x", shown_again="a citation not understood")
    assert redact_citation(view).shown == "a citation not understood."


def test_a_public_dossier_names_no_document_that_is_not_public() -> None:
    whole = make_dossier(6)
    first, *rest = whole.documents
    hidden = replace(first, visibility="internal", title="Review of the clinics in Eastmarch")
    whole = replace(whole, documents=(hidden, *(replace(d, supersedes=(hidden.id, d.id)) for d in rest)))
    shown = for_audience(whole, PUBLIC)
    assert [d.id for d in shown.documents] == [d.id for d in rest]
    assert {d.supersedes for d in shown.documents} == {(d.id,) for d in rest}
    assert shown.audience == "public"
    assert b"Eastmarch" not in dump(shown)
    private = for_audience(whole, "private")
    assert private == replace(whole, audience="private")


def test_a_structure_is_rebuilt_in_all_its_parts() -> None:
    told = {"a": ("b", {"c": ("d",)}), "e": 1, "f": Severity.NOTE}
    assert rebuild(told, text=str.upper) == {"A": ("B", {"C": ("D",)}), "E": 1, "F": Severity.NOTE}
    assert rebuild(told) == told
    view = make_citation(1, title="title")
    seen: list[str] = []

    def note(one: CitationView) -> CitationView:
        seen.append(one.title)
        return replace(one, owner="changed")

    assert rebuild({"k": (view,)}, view=note, text=str.upper)["K"][0].owner == "changed"
    assert seen == ["TITLE"]


def exposed(text: str, *secrets: Secret, published: tuple[str, ...] = (), cleared: tuple[str, ...] = ()) -> str:
    """What kind of thing a text gives away; empty where it gives nothing away."""
    finder = Finder(Screen(secrets, published, cleared))
    return next((said.what for said in finder.secrets_in(text).values()), "")


def test_names_are_looked_for_letter_for_letter_and_titles_by_their_words() -> None:
    name, title = Secret("minutes_may.pdf", FILE, "E9", exact=True), Secret("Minutes of May", TITLE, "E9")
    assert exposed("See MINUTES_MAY.PDF.", name) == FILE
    assert exposed("See minutes may, pdf.", name) == ""
    assert exposed("See minutes, of may.", title) == TITLE
    assert exposed("See minutes, of may.", title, published=("Minutes of May and June",)) == TITLE
    assert exposed("The minutes of May and June.", title, published=("Minutes of May and June",)) == ""
    assert exposed("The minutes of May and June; minutes of May.", title, published=("Minutes of May and June",))


def test_what_is_unfit_says_why() -> None:
    finder = Finder(Screen((Secret("Minutes of May", TITLE, "E9"),), cleared=("us@example.org",)))
    assert finder.unfit("The minutes of May.") == "words that give away the document E9, which is not public"
    assert finder.unfit("Write to jo@example.org.") == "an e-mail address"
    assert finder.unfit("Write to us@example.org.") == finder.unfit("Nothing.") == ""


def test_only_what_was_agreed_as_an_exception_may_be_shown() -> None:
    case = make_case(answer("GA1", "reactive", "team", "Ask jo@example.org."))
    place = {"file": case.forms[0].file, "row": 2, "field": "comment"}

    def cleared(code: str, severity: Severity, **more: object) -> tuple[str, ...]:
        found = Finding(code, severity, "m", "r", **(place | more))  # type: ignore[arg-type]
        return screen_of(case, score(case), [found]).cleared

    assert cleared("PU702", Severity.EXCEPTED) == ("jo@example.org",)
    assert cleared("PU702", Severity.BLOCKER) == cleared("PU701", Severity.EXCEPTED) == ()
    assert cleared("PU702", Severity.EXCEPTED, row=3) == ()
    assert cleared("PU702", Severity.EXCEPTED, field="evidence") == ()
    listed = make_case(about=assessment(contacts=("us@example.org",)))
    assert screen_of(listed, score(listed)).cleared == ("us@example.org",)


@pytest.mark.parametrize(
    ("hidden", "secrets"),
    [
        ({"id": "E9", "file": "b/minutes.pdf"}, {"E9", "minutes.pdf", "Minutes of the clinics"}),
        ({"id": "E9", "file": "b/clinic_minutes.pdf"}, {"E9", "clinic_minutes.pdf", "clinic_minutes"} | {"title"}),
        ({"id": "E9", "file": "b/minutes-of-may.pdf"}, {"E9", "minutes-of-may.pdf", "minutes-of-may"} | {"title"}),
        ({"id": "E9", "file": "b/minutes-may.pdf"}, {"E9", "minutes-may.pdf"} | {"title"}),
        ({"id": "E9", "file": "b/clinic_minutes"}, {"E9", "clinic_minutes"} | {"title"}),
        ({"id": "minutes", "file": ""}, {"title"}),
        ({"id": "Q1", "file": ""}, {"title"}),
        ({"id": "Q5", "file": ""}, {"Q5"} | {"title"}),
        ({"id": "2025", "file": ""}, {"title"}),
        ({"id": "GA1", "file": ""}, {"title"}),
        ({"id": "team2", "file": ""}, {"title"}),
        ({"id": "E9", "file": "b/public.pdf"}, {"E9"} | {"title"}),
    ],
)
def test_what_gives_an_internal_document_away(hidden: dict[str, str], secrets: set[str]) -> None:
    title = "Minutes of the clinics"
    secret = document(hidden["id"], title=title, visibility="internal", file=hidden["file"])
    case = make_case(register=[secret, document("P1", 3, file="a/public.pdf")])
    screen = screen_of(case, score(case))
    assert {s.words for s in screen.secrets} == {title if s == "title" else s for s in secrets}
    assert {s.evidence for s in screen.secrets} == {hidden["id"]}
    assert {s.words for s in screen.secrets if not s.exact} == {s for s in secrets if s.endswith(".pdf")} | {title}
    assert set(screen.published) == {"Title of document P1", "P1", "a/public.pdf"}


def test_a_title_that_the_framework_says_too_is_no_secret() -> None:
    titles = {"E1": "text of GA1", "E2": "Text of the clinics"}
    case = make_case(
        register=[document(i, n, title=t, visibility="internal") for n, (i, t) in enumerate(titles.items())]
    )
    assert {s.words for s in screen_of(case, score(case)).secrets if s.what == TITLE} == {"Text of the clinics"}
