"""What the documents say is so: links lead somewhere, commands can be given, and examples can be read."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from pipeline.cli import main
from pipeline.cli.main import boardpack
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.framework import read_framework
from pipeline.workspace import SHIPPED
from tests.case_workspaces import CYCLE, make_workspace
from tools.reference import made

DOCUMENTS = sorted(
    [*SHIPPED.glob("*.md"), *(SHIPPED / "docs").glob("*.md"), *(SHIPPED / "assessments").glob("*.md")],
    key=lambda path: path.relative_to(SHIPPED),
)
names = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(SHIPPED)))
BEGINS = re.compile(r"(\.venv/bin/)?boardpack [a-z]|make [a-z]")
FENCED = re.compile(r"^```(\w*).*?\n(.*?)^```", re.MULTILINE | re.DOTALL)


# --- what is made from the program ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", made(), ids=lambda p: p.name)
def test_what_is_made_from_the_program_is_current(path: Path) -> None:
    assert path.read_bytes() == made()[path], "run `make reference`"


# --- links ------------------------------------------------------------------------------------------------------------


def anchors(document: Path) -> set[str]:
    """The names by which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", document.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@names
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", document.read_text("utf-8"))):
        if not link.startswith(("https://", "mailto:")):
            path, _, anchor = link.partition("#")
            there = (document.parent / path).resolve() if path else document
            assert there.exists() and there.is_relative_to(SHIPPED), link
            assert not anchor or anchor in anchors(there), link


def test_every_document_is_reached_from_the_readme() -> None:
    reached, ahead = set(), [SHIPPED / "README.md"]
    while ahead:
        here = ahead.pop()
        reached.add(here)
        links = re.findall(r"\]\(([^)#\s]+\.md)", here.read_text("utf-8"))
        ahead += {(here.parent / link).resolve() for link in links if "://" not in link} - reached
    assert {*DOCUMENTS} == reached


# --- commands ---------------------------------------------------------------------------------------------------------

MAKEFILES = {name: (SHIPPED / name).read_text("utf-8") for name in ("Makefile", "pipeline/data/workspace/Makefile")}


def commands(document: Path) -> Iterator[tuple[str, ...]]:
    """Every command of boardpack or make that a document shows, as words; a bare name is a mention."""
    text = document.read_text("utf-8")
    lines = [line for language, block in FENCED.findall(text) if not language for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", FENCED.sub("", text))
    for shown in (*lines, *spans):
        words = shlex.split(shown.removeprefix(".venv/bin/"), comments=True) if BEGINS.match(shown) else []
        if len(words) > 1 and words[1].isupper() is False:
            yield tuple(words)


def parsed(words: Sequence[str]) -> None:
    """Have click read a command as it would; UsageError where it takes no such thing."""
    command: click.Command = boardpack
    context, rest = click.Context(boardpack), list(words)
    while isinstance(command, click.Group) and rest:
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command, context = found, click.Context(found, parent=context, info_name=name)
    if rest:  # else the name alone is a mention
        command.make_context("boardpack", rest)


SHOWN = sorted({words for document in DOCUMENTS for words in commands(document)})


@pytest.mark.parametrize("words", [w[1:] for w in SHOWN if w[0] == "boardpack"], ids=" ".join)
def test_a_command_exists_with_what_it_is_given(words: tuple[str, ...]) -> None:
    parsed(words)


@pytest.mark.parametrize("words", [w[1:] for w in SHOWN if w[0] == "make"], ids=" ".join)
def test_a_target_of_make_exists_with_what_it_is_given(words: tuple[str, ...]) -> None:
    target, *settings = words
    for makefile in MAKEFILES.values():
        there = re.findall(r"^([a-z-]+|build/%\.docx):", makefile, re.MULTILINE)
        variables = re.findall(r"^(\w+) \?=", makefile, re.MULTILINE) + ["UPGRADE"] * ("UPGRADE" in makefile)
        named = "build/%.docx" if target.startswith("build/") else target
        if named in there and all(s.partition("=")[0] in variables for s in settings):
            return
    pytest.fail("neither Makefile has it")


@names
def test_options_in_a_table_are_those_of_the_command_beside_them(document: Path) -> None:
    for line in document.read_text("utf-8").splitlines():
        named = [boardpack.commands[n] for n in re.findall(r"`boardpack ([a-z-]+)", line) if n in boardpack.commands]
        known = {option for command in named for p in command.params for option in p.opts}
        for option in re.findall(r"`(--[a-z-]+)", line):
            assert not named or option in known, line


# --- examples and schemas ---------------------------------------------------------------------------------------------

EXAMPLES = [
    (f"{document.name} {n}", text)
    for document in DOCUMENTS
    for n, (language, text) in enumerate(FENCED.findall(document.read_text("utf-8")))
    if language == "yaml" and document.name != "engineering.md"
]
"""Those of engineering.md are tried by test_additions.py."""


@pytest.mark.parametrize("text", [t for _, t in EXAMPLES], ids=[name for name, _ in EXAMPLES])
def test_an_example_can_be_read(text: str, tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    if "levels" in yaml.safe_load(text):
        (ws.cycle_folder(CYCLE) / "our-framework.yaml").write_text(text, "utf-8")
        assert read_framework(ws, "our-framework.yaml", CYCLE).statements
        return
    file = ws.cycle_folder(CYCLE) / "assessment.yaml"
    content = yaml.safe_load(file.read_text("utf-8")) | yaml.safe_load(text)
    file.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    assert read_assessment(ws, CYCLE)[1] == ()


@pytest.mark.parametrize("name", ["dossier", "findings"])
def test_what_is_written_is_as_its_schema_says(name: str, tmp_path: Path) -> None:
    make_workspace(tmp_path, "words-altered")
    with pytest.raises(SystemExit):
        main(["--root", str(tmp_path), "check"])
    schema = json.loads((SHIPPED / f"docs/schemas/{name}.schema.json").read_text("utf-8"))
    for part in schema["$defs"].values():
        if "properties" in part:
            part["additionalProperties"] = False  # nothing is written that the schema does not name
    written = json.loads((tmp_path / f"build/{CYCLE}/{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert written
    jsonschema.validate(written, schema, jsonschema.Draft202012Validator)
