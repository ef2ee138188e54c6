"""Organisations side by side: what one shares holds nothing that it wrote; what others send is read with care."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re

import pytest
from lxml import etree, html
from PIL import Image

from pipeline.charts.compare import draw_comparison
from pipeline.dossier import dump
from pipeline.dossier.peers import Share, SharedSection, compare, described, share
from pipeline.errors import InputError
from pipeline.publish import sharing as shares
from pipeline.publish.sharing import compare_csv, compare_page
from pipeline.publish.website import read_marker
from tests.dossiers import make_dossier
from tests.plain_words import AVOIDED
from tests.publish.browser import browser, faults, opened

__all__ = ["browser"]

RANKED = re.compile(r"\b(?:best|worst|rank(?:ed|ing)?|average|league|top|bottom|ahead|behind|leader)\b", re.IGNORECASE)


def shared(organisation: str = "NHS Northmere ICB", **changes) -> Share:
    return dataclasses.replace(share(make_dossier(10, 2)), organisation=organisation, **changes)


def at(one: Share, **levels: str) -> Share:
    """The share with these levels, by statement id."""
    names = {level.id: level.name for level in one.levels}

    def changed(s):
        if s.id not in levels:
            return s
        ident = levels[s.id]
        return dataclasses.replace(s, level_id=ident, reported=names.get(ident, "not assessed"))

    return dataclasses.replace(one, statements=tuple(map(changed, one.statements)))


def without(one: Share, *idents: str) -> Share:
    return dataclasses.replace(one, statements=tuple(s for s in one.statements if s.id not in idents))


def written(folder, name, one) -> str:
    (folder / name).write_bytes(one if isinstance(one, bytes) else shares.dump(one))
    return str(folder / name)


def loaded(folder, content, name="share.json") -> Share:
    return shares.load(type(folder)(written(folder, name, content)), name)


def page_of(*given: Share):
    return html.fromstring(compare_page(compare(given), ("compare.png",)))


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def table_of(page) -> dict[str, list[str]]:
    """Statement -> what its row says, cell by cell."""
    rows = page.xpath("//table[@class='levels']/tbody/tr")
    return {words(r[0]).split()[0]: [words(c) for c in r[1:]] for r in rows}


def test_a_share_holds_levels_and_nothing_that_anyone_wrote():
    """Every text of the dossier that is not a level, a name of the framework or of the organisation must be absent."""
    whole = make_dossier(10, 2)
    text = shares.dump(share(whole)).decode()
    for answer in (a for s in whole.statements for a in s.answers):
        assert (
            answer.comment not in text
            and answer.name not in text
            and not (answer.respondent != "board" and answer.respondent in text)
        )
        for citation in answer.citations:
            for secret in (citation.title, citation.quotation, citation.owner, citation.evidence, citation.sha256):
                assert not secret or secret not in text
    written_by_people = [
        *(f.message for f in whole.findings), *(f.remedy for f in whole.findings), *(a.action for a in whole.actions),
        *(r.risk for r in whole.risks), *(n.text for n in whole.narratives.values()),
        *(d.title for d in whole.documents),
        *(e.reason for e in whole.exceptions), whole.senior_responsible_officer, *whole.cover.report_by,
        *whole.cover.action_required, whole.inputs_digest,
    ]  # fmt: skip
    assert [w for w in written_by_people if w in text] == []


def test_a_share_has_these_keys_and_no_others():
    content = json.loads(shares.dump(share(make_dossier(10, 2))))
    assert set(content) == {
        "schema", "audience", "title", "draft", "organisation", "cycle", "previous_cycle", "as_of", "stage", "subject",
        "partial", "framework_id", "framework_title", "framework_version", "levels", "sections", "statements",
    }  # fmt: skip
    assert content["audience"] == "public" and content["schema"] == "boardpack.share/1"
    assert set(content["statements"][0]) == {
        "id", "short", "section", "wording", "level_id", "reported", "standing", "qualifier", "views", "movement",
        "previous",
    }  # fmt: skip


def test_the_plan_that_a_matrix_was_asked_of_is_shared_after_a_public_session_only():
    plan = make_dossier(4, 2, columns=("Data", "People"), subject="the closure of Dockgate ward")
    assert share(plan).subject == "the closure of Dockgate ward"
    private = dataclasses.replace(plan, cover=dataclasses.replace(plan.cover, session="private"))
    assert "Dockgate" not in shares.dump(share(private)).decode()


def test_a_share_made_while_something_must_be_put_right_is_a_draft(tmp_path):
    assert share(make_dossier()).draft
    done = make_dossier(findings=())
    assert not share(done).draft
    written(tmp_path, "share.json", share(done))
    marker = read_marker(tmp_path / "share.json")
    assert (marker.audience, marker.draft) == ("public", False)


def test_a_share_reads_back_the_same_and_a_dossier_is_reduced_in_the_same_way(tmp_path):
    whole = make_dossier(10, 2)
    assert loaded(tmp_path, share(whole)) == share(whole)
    assert loaded(tmp_path, dump(whole), "dossier.json") == share(whole)


def test_every_statement_stands_beside_every_organisation_in_alphabetical_order():
    north, south = at(shared("NHS Northmere ICB"), GA1="reactive"), at(shared("NHS Ashvale ICB"), GA1="growing")
    page = page_of(north, south)
    heads = [words(h) for h in page.xpath("//table[@class='levels'][1]/thead//th")]
    assert heads[:4] == ["Statement", "NHS Ashvale ICB", "NHS Northmere ICB", "Spread"]
    row = table_of(page)["GA1"]
    assert row[0].startswith("Growing") and row[1].startswith("Reactive")
    assert row[2] == "Reactive to Growing, two levels apart"
    assert len(table_of(page)) == 10


def test_the_order_of_the_files_makes_no_difference(tmp_path):
    one, two = shared("NHS Northmere ICB"), at(shared("NHS Ashvale ICB"), GA1="reactive")
    first, second = compare([one, two]), compare([two, one])
    assert compare_page(first, ("compare.png",)) == compare_page(second, ("compare.png",))
    assert compare_csv(first) == compare_csv(second)
    draw_comparison(first, tmp_path / "a")
    draw_comparison(second, tmp_path / "b" / "deeper")
    for name in ("compare.png", "compare.svg"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / "deeper" / name).read_bytes()


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (("growing", "growing", "growing"), "all at Growing"),
        (("growing", "", "growing"), "Growing wherever given"),
        (("", "growing", ""), "Growing, one level given"),
        (("", "", ""), "no level given"),
        (("reactive", "consistent", "growing"), "Reactive to Consistent, three levels apart"),
    ],
)
def test_the_spread_is_said_in_words(levels, said):
    peers = [at(shared(f"NHS {n} ICB"), GA1=level) for n, level in zip("ABC", levels, strict=True)]
    assert compare(peers).statements[0].spread == said


def test_a_statement_that_one_does_not_have_is_said_and_one_out_of_scope_too():
    whole = shared("NHS A ICB")
    own = without(shared("NHS B ICB"), "GA2")
    part = dataclasses.replace(
        without(shared("NHS C ICB"), *(s.id for s in whole.statements if s.section == "GA")),
        sections=tuple(s for s in whole.sections if s.id != "GA"),
        partial="covers 1 of 2 sections",
    )
    row = table_of(page_of(whole, own, part))["GA2"]
    assert row[1:3] == ["not in its framework", "out of scope"]


def test_a_statement_with_other_words_is_marked():
    one, two = shared("NHS A ICB"), shared("NHS B ICB")
    changed = dataclasses.replace(two.statements[0], wording="other")
    two = dataclasses.replace(two, statements=(changed, *two.statements[1:]))
    page = page_of(one, two)
    assert "†" in table_of(page)["GA1"][1] and "†" not in table_of(page)["GA1"][0]
    assert "other words than that of the first organisation" in words(page)


def test_the_page_is_public_ranks_nobody_and_fetches_nothing():
    page = page_of(shared("NHS A ICB"), shared("NHS B ICB"))
    assert page.xpath("string(//meta[@name='audience']/@content)") == "public"
    said = words(page.find("body")).replace("no average", "")
    assert not RANKED.search(said), RANKED.search(said)
    assert not AVOIDED.search(said), AVOIDED.search(said)
    assert page.xpath("//script | //img | //link | //*[@src]") == []


def test_people_s_text_is_never_markup_or_a_formula():
    hostile = shared("<script>alert(1)</script> & {{ 7*7 }}", cycle="=1+1")
    page = page_of(hostile, shared("=HYPERLINK(1)"))
    assert page.xpath("//script") == []
    assert "<script>alert(1)</script> & {{ 7*7 }}, =1+1" in words(page)
    rows = list(
        csv.DictReader(io.StringIO(compare_csv(compare([hostile, shared("=HYPERLINK(1)")])).decode("utf-8-sig")))
    )
    assert {r["organisation"] for r in rows} == {"<script>alert(1)</script> & {{ 7*7 }}", "'=HYPERLINK(1)"}
    assert {r["cycle"] for r in rows} == {"'=1+1", "2025-26"}
    assert {r["audience"] for r in rows} == {"public"}


def test_the_data_has_a_row_for_each_statement_and_organisation():
    one = at(shared("NHS A ICB"), GA1="emergent")
    rows = list(csv.DictReader(io.StringIO(compare_csv(compare([one, shared("NHS B ICB")])).decode("utf-8-sig"))))
    assert len(rows) == 20
    assert (rows[0]["statement"], rows[0]["organisation"], rows[0]["reported level"]) == (
        "GA1",
        "NHS A ICB",
        "Emergent",
    )
    assert rows[0]["team"] and rows[0]["spread"]


def test_the_picture_has_its_words_inside_and_many_organisations_are_spread_over_several(tmp_path):
    two = compare([shared("NHS A ICB"), shared("NHS B ICB")])
    assert draw_comparison(two, tmp_path) == ("compare.png", "compare.svg")
    with Image.open(tmp_path / "compare.png") as picture:
        assert picture.info["Description"] == described(two)
    svg = etree.parse(tmp_path / "compare.svg").getroot()
    assert svg.findtext("{*}desc") == described(two)
    assert "10 statements by 2 organisations" in described(two) and "NHS A ICB: " in described(two)
    many = compare([shared(f"NHS {n} ICB") for n in range(10)])
    assert draw_comparison(many, tmp_path) == ("compare-1.png", "compare-1.svg", "compare-2.png", "compare-2.svg")
    assert not (tmp_path / "compare.png").exists(), "a picture of an earlier run that is no longer made goes"


def test_different_frameworks_versions_or_scales_are_refused_by_the_names_of_the_files():
    one = shared()
    shorter = dataclasses.replace(one, organisation="B", levels=one.levels[:3])
    for other, what in (
        (shared("B", framework_id="hi-kloe"), "frameworks differ (hi-icb and hi-kloe)"),
        (shared("B", framework_version="2.0"), "versions of the framework differ (1.0 and 2.0)"),
        (shorter, "levels differ"),
    ):
        with pytest.raises(InputError, match=re.escape(what)) as refused:
            shares.refuse_unlike([("north/share.json", one), ("south/share.json", other)])
        assert "north/share.json and south/share.json cannot be compared" in str(refused.value)


def test_one_organisation_and_cycle_twice_is_refused_and_two_cycles_of_one_are_not():
    with pytest.raises(InputError, match="are both of NHS Northmere ICB, 2025-26"):
        shares.refuse_unlike([("a.json", shared()), ("b.json", shared())])
    earlier = shared(cycle="2024-25")
    shares.refuse_unlike([("a.json", shared()), ("b.json", earlier)])
    assert compare([shared(), earlier]).names == ("NHS Northmere ICB, 2024-25", "NHS Northmere ICB, 2025-26")


def _changed(change) -> bytes:
    content = json.loads(shares.dump(shared()))
    change(content)
    return json.dumps(content).encode()


HOSTILE = {
    "no JSON": (b"PK\x03\x04 not json", "not JSON"),
    "empty": (b"", "not JSON"),
    "a list": (b"[1, 2]", "not as a share has it"),
    "not text": (b'{"schema": "\xff\xfe"}', "not JSON"),
    "nested without end": (b'{"schema": "boardpack.share/1", "levels": ' + b"[" * 100_000, "not JSON"),
    "another schema": (_changed(lambda c: c.update(schema="boardpack.share/9")), "neither a share"),
    "no schema": (b"{}", "neither a share"),
    "half a share": (b'{"schema": "boardpack.share/1"}', "not as a share has it"),
    "half a dossier": (b'{"schema": "boardpack.dossier/1"}', "not as a share has it"),
    "not public": (_changed(lambda c: c.update(audience="internal")), "does not say that it is public"),
    "a number for a name": (_changed(lambda c: c.update(organisation=7)), "not as a share has it"),
    "a name without end": (_changed(lambda c: c.update(organisation="x" * 10_000)), "not as a share has it"),
    "no level": (_changed(lambda c: c.update(levels=[])), "not as a share has it"),
    "a level twice": (_changed(lambda c: c["levels"].append(c["levels"][0])), "the level `reactive` stands"),
    "a statement twice": (_changed(lambda c: c["statements"].append(c["statements"][0])), "the statement `GA1` stands"),
    "a level of its own": (_changed(lambda c: c["statements"][0].update(reported="Superb")), "level of `GA1` is none"),
    "not assessed, with a level": (
        _changed(lambda c: c["statements"][0].update(reported="not assessed")), "level of `GA1` is none",
    ),
    "a view of its own": (
        _changed(lambda c: c["statements"][0].update(views={"team": "we wrote a lot here"})), "view on `GA1` is none",
    ),
    "a section of its own": (_changed(lambda c: c["statements"][0].update(section="ZZ")), "stands in no section"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_share_is_refused_in_plain_words(tmp_path, name):
    content, said = HOSTILE[name]
    with pytest.raises(InputError, match=re.escape(said)) as refused:
        loaded(tmp_path, content, "south.json")
    assert str(refused.value).startswith("south.json: ")
    assert "boardpack share" in refused.value.remedy


def test_a_file_that_is_far_too_large_or_absent_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "MOST_BYTES", 2_000_000)
    with pytest.raises(InputError, match="larger than 2 MB"):
        loaded(tmp_path, b" " * 2_000_001)
    with pytest.raises(InputError, match="cannot be read"):
        shares.load(tmp_path / "absent.json", "absent.json")


def test_a_section_that_only_one_has_stands_at_the_end():
    extra = dataclasses.replace(shared("NHS B ICB").statements[0], id="XX1", section="XX")
    more = shared("NHS B ICB")
    more = dataclasses.replace(
        more, sections=(SharedSection("XX", "Our own"), *more.sections), statements=(extra, *more.statements)
    )
    assert [s.id for s in compare([shared("NHS A ICB"), more]).sections] == ["GA", "SC", "XX"]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_can_be_read_by_everyone(browser, tmp_path, width):
    peers = [at(shared(f"NHS {name} ICB"), GA1=level) for name, level in (("A", "reactive"), ("B", "consistent"))]
    (tmp_path / "compare.html").write_bytes(compare_page(compare(peers), ("compare.png",)))
    page = opened(browser, tmp_path / "compare.html", width=width)
    assert faults(page) == ""
    assert (page.said, [u for u in page.fetched if not u.startswith("file:")]) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.context.close()
