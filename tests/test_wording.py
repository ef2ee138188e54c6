"""People's words are compared in one way, wherever two of them must be the same."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import compared, natural, people_in
from tests.case_workspaces import judge, make_workspace

WRITTEN_OTHERWISE = {
    "case": str.upper,
    "spaces": lambda text: text.replace(" ", "  "),
    "a no-break space": lambda text: text.replace(" ", "\u00a0"),
    "an outer space": lambda text: f" {text}\t",
    "a curly apostrophe": lambda text: text.replace("'", "\u2019"),
    "an apostrophe of letters": lambda text: text.replace("'", "\u02bc"),
    "a longer dash": lambda text: text.replace("-", "\u2013"),
    "a hyphen that does not break": lambda text: text.replace("-", "\u2011"),
    "letters taken apart": lambda text: unicodedata.normalize("NFD", text),
    "wide letters": lambda text: text.replace("C", "\uff23"),
    "a soft hyphen": lambda text: text.replace("Care", "Ca\u00adre"),
    "a byte order mark": lambda text: f"\ufeff{text}",
}


@pytest.mark.parametrize("way", WRITTEN_OTHERWISE)
def test_words_written_otherwise_are_the_same(way: str) -> None:
    text = "Director of Children's Co-ordinated Care, Zo\u00eb \u0141ukasz"
    assert compared(WRITTEN_OTHERWISE[way](text)) == compared(text)


@pytest.mark.parametrize("other", ["Carers' lead", "Carer's lead", "Carers lead", "Careers lead", "Carers lead 2"])
def test_other_words_are_not(other: str) -> None:
    assert [o for o in ("Carers' lead", "Carer's lead", "Carers lead", "Careers lead", "Carers lead 2")
            if compared(o) == compared(other)] == [other]  # fmt: skip


@given(st.text())
def test_what_is_compared_stays_the_same_when_compared_again(text: str) -> None:
    assert compared(compared(text)) == compared(text)
    assert people_in(text) == people_in(f"  {text} ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director of People's Services", "director of people\u2019s  services"),
        ("Director of Strategy", "The Director of Strategy (Amal Brook)"),
        ("Amal Brook, Director of Strategy", "Director of Strategy"),
        ("Amal Brook", "Dr Amal Brook, Director of Strategy"),
        ("Amal Brook \u2013 Director of Strategy", "Director of Strategy, NHS Westmarch ICB"),
        ("Director of People & Culture", "Director of People and Culture"),
        ("Chair", "chair"),
    ],
)
def test_one_person_is_known_however_written(one: str, other: str) -> None:
    assert people_in(one, ["NHS Westmarch ICB"]) & people_in(other, ["NHS Westmarch ICB"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chair, Audit Committee", "Chair, Quality Committee"),
        ("Head of Data, NHS Westmarch ICB", "Chief Nurse, NHS Westmarch ICB"),
        ("Director, Finance", "Director, Public Health"),
        ("Amal Brook", "Amal Brooks"),
        ("", ""),
    ],
)
def test_two_people_are_not_one(one: str, other: str) -> None:
    assert not people_in(one, ["NHS Westmarch ICB"]) & people_in(other, ["NHS Westmarch ICB"])


EXCEPTION = """\
agreed_exceptions:
  - {{code: EV301, subject: E01, reason: Late., agreed_by: "{by}", agreed_on: 2026-03-12, until: 2026-04-30}}
"""
OWNERS = (
    "Director of People\u2019s Services",
    "Sam Ford (director of people's services)",
    "DIRECTOR OF PEOPLE'S  SERVICES",
)


@pytest.mark.parametrize("by", OWNERS)
def test_nobody_excepts_evidence_of_their_own(by: str, tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    register = tmp_path / "evidence/register.csv"
    rows = register.read_text(encoding="utf-8").splitlines()
    head, first = rows[0].split(","), rows[1].split(",")
    owner, file = head.index("owner"), head.index("file")
    (tmp_path / "evidence" / first[file]).unlink()
    first[owner] = "Director of People's Services"
    register.write_text("\n".join([rows[0], ",".join(first), *rows[2:]]), encoding="utf-8")
    yaml = tmp_path / "assessments/2025-26/assessment.yaml"
    exception = EXCEPTION.format(by=by).replace("E01", first[0])
    yaml.write_text(yaml.read_text(encoding="utf-8") + exception, encoding="utf-8")

    found = judge(ws)[2]
    assert {f.severity.value for f in found if f.code == "EV301"} == {"blocker"}
    assert [f.message for f in found if f.code == "OV101" and f"the owner of {first[0]}" in f.message]


def test_an_objective_is_ticked_however_it_was_typed(tmp_path: Path) -> None:
    from pipeline.dossier.build import objectives

    ws = make_workspace(tmp_path)
    yaml = tmp_path / "assessments/2025-26/assessment.yaml"
    text = yaml.read_text(encoding="utf-8").replace(
        "  title:", '  strategic_objectives: ["Our  people\u2019s health", A new aim]\n  title:'
    )
    yaml.write_text(text + 'objectives: ["Our people\'s health", Money]\n', encoding="utf-8")

    assert objectives(judge(ws)[0].assessment) == (
        (True, "Our people's health"),
        (False, "Money"),
        (True, "Other: A new aim"),
    )


@pytest.mark.parametrize(
    ("registered", "lies"),
    [
        ("voices.txt", "Voices.TXT"),
        ("people's voices.txt", "people\u2019s voices.txt"),
        ("voices \u2013 final.txt", "Voices - final.txt"),
        ("voices.txt", "voices.txt.txt"),
        ("minutes.docx", "minutes.docx.txt"),
        ("voices.txt.txt", "VOICES.txt"),
        ("\ufb01nal.txt", "final.txt"),
    ],
)
def test_a_file_that_only_looks_like_another_is_suggested(registered: str, lies: str, tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    register = ws.evidence / "register.csv"
    register.write_text(register.read_text("utf-8").replace(",voices.txt,", f",{registered},"), "utf-8")
    (ws.evidence / "voices.txt").rename(ws.evidence / lies)

    remedies = [f.remedy for f in judge(ws)[2] if f.code == "EV301"]

    assert len(remedies) == 1
    assert remedies[0].startswith(f"`evidence/{lies}` lies there: is it meant? ")


def test_a_file_of_another_name_is_not_suggested(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    (ws.evidence / "voices.txt").rename(ws.evidence / "voices 2.txt")

    assert ["lies there" in f.remedy for f in judge(ws)[2] if f.code == "EV301"] == [False]


def test_ids_are_sorted_as_people_count() -> None:
    ids = ["A10", "a2", "A1", "B1", "A02", "HI-R11", "HI-R9", "A", "1.10", "1.9", "A1b10", "A1b9", "\u0662", "9" * 5000]

    assert sorted(ids, key=natural) == [
        *("1.9", "1.10", "9" * 5000, "A", "A1", "A1b9", "A1b10", "A02", "a2", "A10", "B1", "HI-R9", "HI-R11", "\u0662")
    ]
