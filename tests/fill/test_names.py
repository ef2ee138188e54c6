"""Every name that a template may use is listed with the way to use it; every name that ours use is listed."""

from __future__ import annotations

import html
import re

import pytest

from pipeline.papers.trying import ALONE, BLOCK, EACH, PARTS, template_names
from tests.dossiers import make_dossier
from tests.fill.reading import BOARD_PAPER, EVIDENCE_ANNEX, own_template, paper
from tests.fill.samples import full_dossier


def names(path=BOARD_PAPER, dossier=None):
    return {n.name: n for n in template_names(path.stem, dossier or full_dossier(6), path)}


def test_the_names_are_told_apart_by_how_they_are_used():
    known = names()
    assert known["organisation"].use == ALONE
    assert known["heatmap"].use == BLOCK
    assert (known["actions"].use, known["actions"].parts[:3]) == (EACH, ("id", "section", "statement"))
    assert known["cover"].use == PARTS and "agenda_item" in known["cover"].parts


def test_an_empty_list_is_known_by_its_type():
    known = names(dossier=make_dossier(6, audience="public", actions=(), indicators=()))
    assert "owner" in known["actions"].parts and "denominator" in known["indicators"].parts


@pytest.mark.parametrize("path", [BOARD_PAPER, EVIDENCE_ANNEX], ids=lambda p: p.stem)
def test_every_name_that_a_shipped_template_uses_is_listed(path):
    import zipfile

    with zipfile.ZipFile(path) as package:
        source = html.unescape("".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml")))
    code = re.findall(r"\{[\{%](?:tr|tc|p|r)?\s(.*?)[\}%]\}", source)
    loops = {m.group(1) for c in code for m in [re.match(r"for (\w+) in", c)] if m}
    words = {w for c in code for w in re.findall(r"(?<![\w.|'])[a-z_]+\b(?!')", c)}
    ours = words - loops - {"for", "in", "if", "else", "endif", "endfor", "not", "and", "or", "length"}
    assert ours and ours <= set(names(path))


@pytest.mark.parametrize("name", [n for n, v in names().items() if v.use == ALONE])
def test_a_name_that_stands_alone_can_be_printed(tmp_path, name):
    assert paper(full_dossier(6), own_template(tmp_path, f"{{{{ {name} }}}}")).content
