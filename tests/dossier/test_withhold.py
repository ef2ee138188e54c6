"""What the public must not see is in no part of a public dossier: neither in a draft nor in a partner's form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import charts, dossier
from pipeline.dossier import PRIVATE, PUBLIC, for_audience
from pipeline.dossier.views import Dossier
from pipeline.text import web_address
from tests.case_workspaces import CYCLE, judge, make_workspace

SECRET = "jo.bloggs@example.org"
HERE = f"assessments/{CYCLE}"


def public(root: Path) -> tuple[bytes, bytes]:
    """What the public sees of a workspace, and what a private session does."""
    ws = make_workspace(root)
    return _shown(ws)


def _shown(ws: object) -> tuple[bytes, bytes]:
    case, scores, findings = judge(ws)  # type: ignore[arg-type]
    whole = dossier.build(case, scores, findings)
    return dossier.dump(for_audience(whole, PUBLIC)), dossier.dump(for_audience(whole, PRIVATE))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{HERE}/responses/team.csv", "Two directors share the brief", f"Write to {SECRET}; two directors share it"),
        (f"{HERE}/narrative/executive-summary.md", "\n", f"\nWrite to {SECRET} about it.\n"),
        (f"{HERE}/assessment.yaml", "  title: ", f"  involvement: Write to {SECRET}.\n  title: "),
    ],
)
def test_personal_data_is_held_back_from_the_public_alone(tmp_path: Path, file: str, old: str, new: str) -> None:
    ws = make_workspace(tmp_path)
    path = ws.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    shown, private = _shown(ws)

    assert SECRET.encode() not in shown
    assert b"Withheld" in shown
    assert SECRET.encode() in private


def test_a_note_before_a_full_stop_is_no_address(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    path = ws.root / HERE / "narrative/executive-summary.md"
    told = "We learned of it afterwards [@E001]. They are now asked first."
    path.write_text(f"{told}\n", encoding="utf-8")

    assert b"They are now asked first" in _shown(ws)[0]


def test_a_partner_whose_words_block_nothing_is_held_back_too(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    path = ws.root / HERE / "responses/vcse.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    statement, level, _, evidence = lines[1].split(",")[0], lines[1].split(",")[1], "", ""
    lines[1] = f"{statement},{level},Ask {SECRET} about it.,{evidence}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    shown, private = _shown(ws)

    assert SECRET.encode() not in shown
    assert SECRET.encode() in private


def test_nothing_is_held_back_where_nothing_is_unfit(tmp_path: Path) -> None:
    shown, _ = public(tmp_path)

    assert b"Withheld" not in shown


def test_an_internal_document_that_is_cited_shows_its_owner_and_nothing_else(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    register = ws.root / "evidence/register.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    row = next(n for n, line in enumerate(lines) if line.startswith("E02,"))
    lines[row] = lines[row].replace(",public,", ",internal,")
    register.write_text("\n".join(lines) + "\n", encoding="utf-8")

    shown, private = _shown(ws)

    assert b"Internal document held by the Company Secretary; not published with this paper" in shown
    for secret in (b"E02", b"minutes-november.txt", b"Minutes of the Health Equity Committee in November"):
        assert secret in private
        assert secret not in shown


def changed(tmp_path: Path, file: str, old: str, new: str) -> tuple[Dossier, Dossier, list[str]]:
    """The public dossier, the whole one, and the codes of PU7xx findings, with one thing changed in a workspace."""
    ws = make_workspace(tmp_path)
    path = ws.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    case, scores, findings = judge(ws)
    whole = dossier.build(case, scores, findings)
    return for_audience(whole, PUBLIC), whole, [f.code for f in findings if f.code.startswith("PU70")]


@pytest.mark.parametrize(
    "said",
    [
        "See E06 for more.",
        "It is in impact.txt on the shared drive.",
        "The impact-paper on the clinics; says so.",
        "Impact Paper / on the Clinics",
        "The [Impact paper](https://x.example/y) on the clinics",
        "The Impact <i>paper</i> on the&nbsp;clinics",
        "See https://x.example/impact%20paper%20on%20the%20clinics now",
    ],
)
def test_an_internal_document_is_not_given_away_in_a_comment(tmp_path: Path, said: str) -> None:
    shown, whole, codes = changed(
        tmp_path, f"{HERE}/responses/team.csv", "The quarterly report shows", f"{said} The report shows"
    )

    assert codes == ["PU701"]
    assert said in dossier.dump(whole).decode()
    assert said not in dossier.dump(shown).decode()


def test_levels_whose_names_are_withheld_are_still_told_apart(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    path = ws.root / HERE / "framework.yaml"
    text = path.read_text(encoding="utf-8")
    for level in ("Emergent", "Growing"):
        text = text.replace(f"name: {level}", f"name: {level} 943 476 5919")
    path.write_text(text, encoding="utf-8")
    for form in (ws.root / HERE / "responses").iterdir():
        form.write_text(re.sub("Emergent|Growing", r"\g<0> 943 476 5919", form.read_text(encoding="utf-8")), "utf-8")
    case, scores, findings = judge(ws)
    shown = for_audience(dossier.build(case, scores, findings), PUBLIC)

    assert len({level.name for level in shown.levels}) == len(shown.levels)
    assert "943 476 5919" not in dossier.dump(shown).decode()
    charts.draw(shown, tmp_path / "figures")
    assert [*(tmp_path / "figures").glob("heatmap*.svg")]


@pytest.mark.parametrize(
    "address",
    [
        "https://reader:secret1@data.example/x",
        "https://data.example/x?sv=2&sig=abcdef",
        "https://data.example/x#access_token=abcdef",
    ],
)
def test_an_address_that_opens_a_door_is_no_link_and_is_found(tmp_path: Path, address: str) -> None:
    shown, _, codes = changed(tmp_path, "evidence/register.csv", "public,strategy,1,,", f"public,strategy,1,{address},")

    assert {*codes} == {"PU702"}
    assert next(d.url for d in shown.documents if d.id == "E01") == ""
    assert not web_address(address)
    assert web_address(address.partition("?")[0].partition("#")[0].replace("reader:secret1@", ""))


def test_a_scheme_has_no_name_that_its_funding_row_may_not_show(tmp_path: Path) -> None:
    shown, whole, codes = changed(
        tmp_path, f"{HERE}/funding.csv", "F01,connectors", f"connectors,Connectors ({SECRET})"
    )

    assert codes == ["PU702"]
    assert SECRET in whole.schemes[0].name
    assert SECRET not in dossier.dump(shown).decode()


def test_what_was_agreed_may_be_shown(tmp_path: Path) -> None:
    agreed = (
        "agreed_exceptions:\n- {code: PU702, subject: GA1, reason: The office answers, mitigation: It is staffed, "
        "agreed_by: Chair, agreed_on: 2026-03-10, until: 2026-06-30}\norganisation:"
    )
    ws = make_workspace(tmp_path)
    (about := ws.root / HERE / "assessment.yaml").write_text(
        about.read_text(encoding="utf-8").replace("organisation:", agreed, 1), encoding="utf-8"
    )
    form = ws.root / HERE / "responses/team.csv"
    form.write_text(
        form.read_text(encoding="utf-8").replace("Two directors", f"Ask {SECRET}. Two directors"), encoding="utf-8"
    )

    shown, _ = _shown(ws)

    assert SECRET.encode() in shown


def test_signs_that_nobody_sees_are_shown_by_a_stand_in(tmp_path: Path) -> None:
    for n, sign in enumerate(("\u202e", "\x1b[31m", "\u2066", "\x85")):
        _, whole, _ = changed(tmp_path / str(n), f"{HERE}/responses/team.csv", "Two directors", f"Two{sign}directors")

        assert sign[0] not in dossier.dump(whole).decode()
        assert sign[0] not in "".join(a.comment for s in whole.statements for a in s.answers)
