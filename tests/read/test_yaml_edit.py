"""A change of one value leaves every other line of the file as it is, with its comments and quotation marks."""

from __future__ import annotations

import difflib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.inputs.yaml import parse_yaml
from pipeline.inputs.yaml_edit import value_at, with_value
from pipeline.prepare.init import init
from pipeline.workspace import SHIPPED

SAMPLE = (SHIPPED / "assessments/2025-26/assessment.yaml").read_text(encoding="utf-8")
SMALL = """# who
organisation: "NHS North"  # as printed
paper:
  title: 'Our paper'   # the cover
  # agenda_item: "8"
  report_by: [A, "B, role"]
  action_required:
    - review the levels   # first
    - note the plan
respondents:
  - {id: team, name: Team, role: team}
"""


def changes(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("path", "value", "differs"),
    [
        (("organisation",), "New", ['-organisation: "NHS North"  # as printed', '+organisation: "New"  # as printed']),
        (("paper", "title"), "It's", ["-  title: 'Our paper'   # the cover", "+  title: 'It''s'   # the cover"]),
        (("paper", "agenda_item"), "9", ['-  # agenda_item: "8"', "+  agenda_item: 9"]),
        (("paper", "action_required", 1), "note it: all", ["-    - note the plan", '+    - "note it: all"']),
        (("paper", "action_required"), ["review the levels", "approve"], ["-    - note the plan", "+    - approve"]),
        (("paper", "report_by"), ["A"], ['-  report_by: [A, "B, role"]', "+  report_by: [A]"]),
        (("respondents", 0, "completed_on"), "2026-02-01", [
            "-  - {id: team, name: Team, role: team}",
            "+  - {id: team, name: Team, role: team, completed_on: 2026-02-01}",
        ]),
        (("paper", "assurance_offered", "level"), "limited", ["+  assurance_offered: {level: limited}"]),
        (("committee",), "Equity", ["+committee: Equity"]),
        (("paper", "title"), "", ["-  title: 'Our paper'   # the cover"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_one_value_changes_and_nothing_else(
    path: tuple[str | int, ...], value: object, differs: list[str], line_end: str
) -> None:  # noqa: E501
    old = SMALL.replace("\n", line_end)
    new = with_value(old, path, value)  # type: ignore[arg-type]

    assert changes(old, new) == differs
    assert new.count("\n") == new.count(line_end)


@given(
    st.sampled_from([("organisation",), ("paper", "title"), ("paper", "involvement"), ("respondents", 1, "name"), ("paper", "assurance_offered", "reason"), ("paper", "implications", "legal")]),  # noqa: E501
    st.text(st.sampled_from("ab Z0:#-,[]{}'\"&*!|>%@?é\n"), min_size=1, max_size=30).map(lambda t: t.strip(" \n")).filter(bool),  # noqa: E501
)  # fmt: skip
def test_whatever_is_typed_is_read_again_letter_for_letter(path: tuple[str | int, ...], text: str) -> None:
    new = with_value(SAMPLE, path, text)
    assert value_at(new, path) == text
    node = parse_yaml(new, "assessment.yaml")
    for part in path:
        node = node.items[part] if isinstance(part, int) else node.keys[part]
    assert node.as_text() == text
    old_comments = [line for line in SAMPLE.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in new.splitlines() if line in old_comments] == old_comments


def test_the_guided_file_takes_every_value_where_its_example_stands(tmp_path: object) -> None:
    folder = tmp_path / "new"  # type: ignore[operator]
    init(folder)
    text = (folder / "assessments/2025-26/assessment.yaml").read_text(encoding="utf-8")
    for key in ("committee", "senior_responsible_officer"):
        text = with_value(text, (key,), "Said here")
    text = with_value(text, ("paper", "next_review"), "2026-09-24")
    read = yaml.safe_load(text)
    assert read["committee"] == "Said here" and str(read["paper"]["next_review"]) == "2026-09-24"
    assert "# next_review" not in text
