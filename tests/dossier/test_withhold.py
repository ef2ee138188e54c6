"""What the public must not see is in no part of a public dossier: neither in a draft nor in a partner's form."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import dossier
from pipeline.dossier import PRIVATE, PUBLIC, for_audience
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
