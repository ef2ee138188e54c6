"""What a team's template holds besides its words: left out of every paper, or a reason to refuse it; always said."""

from __future__ import annotations

import re

import pytest
from openxml_audit import OpenXmlValidator

from pipeline.errors import TemplateError
from pipeline.papers import fill
from pipeline.papers.trying import faults, left_out
from tests.dossiers import make_dossier
from tests.fill.reading import Paper, own_template
from tests.fill.team_templates import SPACES, WORDML, team_template

RUN = "<w:r><w:t>{}</w:t></w:r>"
XML = "application/xml"
DRAWINGML = "application/vnd.openxmlformats-officedocument.drawingml"
MICROSOFT = "http://schemas.microsoft.com/office"


def made(template):
    """The paper, and what was left out of it."""
    out = template.parent.parent / "paper.docx"
    unseen = fill(template.stem, make_dossier(6, audience="public"), template, out)
    assert OpenXmlValidator().validate(out).errors == []
    return Paper(out.read_bytes()), unseen


def refused(template):
    with pytest.raises(TemplateError) as caught:
        made(template)
    told = [fault.message for fault in faults(template.stem, template)]
    assert any(caught.value.message.split(": it would be")[0] in message for message in told)
    return str(caught.value)


def field(code, shown="x"):
    begin, part, end = (f'<w:r><w:fldChar w:fldCharType="{t}"/></w:r>' for t in ("begin", "separate", "end"))
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code.split("|"))
    return f"<w:p>{begin}{pieces}{part}{RUN.format(shown)}{end}</w:p>"


def comment():
    note = f'<w:comments {SPACES}><w:comment w:id="0" w:author="CANARY"><w:p>{RUN.format("CANARY")}</w:p></w:comment>'
    marked = f'<w:commentRangeStart w:id="0"/>{RUN.format("Kept")}<w:commentRangeEnd w:id="0"/>'
    return {
        "body": [f'<w:p>{marked}<w:r><w:commentReference w:id="0"/></w:r></w:p>'],
        "relations": [("rId90", "comments", "comments.xml")],
        "parts": {"word/comments.xml": (f"{WORDML}.comments+xml", f"{note}</w:comments>")},
    }


def a_part(kind, name="word/other.xml", content="<x>CANARY</x>"):
    return {"relations": [("rId90", kind, name.removeprefix("word/"))], "parts": {name: (XML, content)}}


UNSEEN = {
    "comments": ("comments in the margin", comment()),
    "reviewers": ("names of those who reviewed it", a_part(f"{MICROSOFT}/2011/relationships/people")),
    "custom XML": ("custom XML data", a_part("customXml")),
    "glossary": ("building blocks", a_part("glossaryDocument")),
    "macros": ("macros", a_part(f"{MICROSOFT}/2006/relationships/vbaProject")),
    "unheard of": ("a part of another kind (tasks)", a_part(f"{MICROSOFT}/2099/relationships/tasks")),
    "path": (
        "the path of the file that it was made from",
        {
            "relations": [("rId90", "attachedTemplate", "file:///S:/CANARY.dotm")],
            "of": "word/settings.xml",
            "settings": '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships" r:id="rId90"/>',
        },
    ),
    "variables": (
        "document variables",
        {"settings": '<w:docVars><w:docVar w:name="CANARY" w:val="CANARY"/></w:docVars>'},
    ),
    "hidden run": ("hidden text", {"body": [
        f"<w:p>{RUN.format('Kept')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>CANARY</w:t></w:r></w:p>"]}),
    "hidden row": ("hidden text", {"body": [
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"9000\" w:type=\"dxa\"/></w:tcPr><w:p/></w:tc></w:tr>"
        '<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>'
        f"<w:p>{RUN.format('CANARY')}</w:p></w:tc></w:tr></w:tbl>"
    ]}),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_no_reader_sees_is_left_out_of_the_paper_and_said(tmp_path, kind):
    words, extra = UNSEEN[kind]
    template = team_template(tmp_path, *extra.pop("body", ["Kept"]), **extra)
    paper, unseen = made(template)
    assert words in unseen and words in left_out(template)
    assert faults(template.stem, template) == []
    assert [name for name, content in paper.parts.items() if b"CANARY" in content] == []
    assert "NHS Example ICB" in paper.text


def test_names_of_editors_and_earlier_looks_leave_no_trace(tmp_path):
    was = '<w:rPrChange w:id="7" w:author="CANARY" w:date="2026-01-01T00:00:00Z"><w:rPr><w:b/></w:rPr></w:rPrChange>'
    body = (
        f'<w:p><w:permStart w:id="3" w:ed="CANARY"/><w:r><w:rPr>{was}</w:rPr><w:t>Kept</w:t></w:r><w:permEnd w:id="3"/>'
        f'<w:smartTag w:uri="u" w:element="CANARY">{RUN.format(" words")}</w:smartTag></w:p>'
    )
    paper, _ = made(team_template(tmp_path, body))
    assert "Kept words" in paper.text
    assert not any(b"CANARY" in content for content in paper.parts.values())


def test_a_note_that_only_hidden_words_refer_to_goes_with_them(tmp_path):
    hidden = '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="1"/></w:r></w:p>'
    path = team_template(tmp_path, hidden)
    held = Paper(path.read_bytes()).parts
    note = f'<w:footnote w:id="1"><w:p>{RUN.format("CANARY")}</w:p></w:footnote></w:footnotes>'
    held["word/footnotes.xml"] = held["word/footnotes.xml"].replace(b"</w:footnotes>", note.encode())
    _write(path, held)
    paper, _ = made(path)
    assert "CANARY" not in paper.everything


def _write(path, held):
    import zipfile

    with zipfile.ZipFile(path, "w") as package:
        for name, content in held.items():
            package.writestr(name, content)


DRAWN = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9000" cy="9000"/><wp:docPr id="1" name="P" descr="d"/>'
    '<a:graphic><a:graphicData uri="u"><pic:pic><pic:blipFill><a:blip r:{}="rId90"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
REFUSED = {
    "field that runs": ("a field DDEAUTO", {"body": [field(" DDE|AUTO c:\\\\windows\\\\system32\\\\cmd.exe x")]}),
    "field that fetches": ("a field INCLUDETEXT", {"body": [field('IncludeText "\\\\\\\\server\\\\x.docx"')]}),
    "simple field": ("a field INCLUDEPICTURE", {
        "body": ['<w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://x/y "/></w:p>']}),
    "mail merge": ("a field MERGEFIELD", {"body": [field("MERGEFIELD Name")]}),
    "hidden in another": ("a field LINK", {"body": [field("IF 1 = 1 x").replace(
        "<w:instrText>IF 1 = 1 x</w:instrText>",
        '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>LINK Excel.Sheet</w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/>')]}),
    "link that runs": ("leads to no web address (`javascript:alert(1)`)", {
        "body": [f'<w:p><w:hyperlink r:id="rId90">{RUN.format("click")}</w:hyperlink></w:p>'],
        "relations": [("rId90", "hyperlink", "javascript:alert(1)")]}),
    "link to a file": ("no web address", {
        "body": [f'<w:p><w:hyperlink r:id="rId90">{RUN.format("click")}</w:hyperlink></w:p>'],
        "relations": [("rId90", "hyperlink", "file:///\\\\server\\share\\x.docx")]}),
    "path of the folder": ("prints the folder which the paper lies in", {"body": [field(" FileName \\\\P ")]}),
    "picture of an old drawing": ("fetched from elsewhere", {
        "body": ['<w:p><w:r><w:pict><v:rect><v:fill o:href="http://example.org/p.png"/></v:rect></w:pict></w:r></w:p>']}),
    "link in a field": ("no web address (`file:///c:/x`)", {"body": [field('HYPERLINK "file:///c:/x"')]}),
    "link with a name after its scheme": ("no web address", {
        "body": [f'<w:p><w:hyperlink r:id="rId90">{RUN.format("click")}</w:hyperlink></w:p>'],
        "relations": [("rId90", "hyperlink", "javascript:{{ organisation }}")]}),
    "remote picture": ("fetched from elsewhere", {
        "body": [DRAWN.format("link")], "relations": [("rId90", "image", "https://example.org/p.png")]}),
    "remote picture of an old drawing": ("fetched from elsewhere", {
        "body": ['<w:p><w:r><w:pict><v:shape><v:imagedata src="http://example.org/p.png"/></v:shape></w:pict></w:r></w:p>']}),
    "another file": ("brings in another file", {
        "body": ['<w:altChunk r:id="rId90"/>'], **a_part("aFChunk", "word/chunk.html")}),
    "another file from elsewhere": ("brings in another file", {
        "body": ['<w:p><w:subDoc r:id="rId90"/></w:p>'],
        "relations": [("rId90", "subDocument", "https://example.org/x.docx")]}),
    "ActiveX": ("an ActiveX control", {
        "body": ['<w:p><w:r><w:object><w:control r:id="rId90"/></w:object></w:r></w:p>'], **a_part("control")}),
    "OLE": ("an embedded object", {
        "body": ['<w:p><w:r><w:object><o:OLEObject Type="Embed" r:id="rId90"/></w:object></w:r></w:p>'],
        **a_part("oleObject", "word/embeddings/o.bin")}),
    "something new": ("another kind (hologram)", {
        "body": ['<w:p><w:r><w:object><o:OLEObject r:id="rId90"/></w:object></w:r></w:p>'], **a_part("hologram")}),
    "tracked words": ("2 open tracked changes", {"body": [
        '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>']}),
    "tracked paragraph": ("1 open tracked change,", {"body": [
        '<w:p><w:pPr><w:rPr><w:del w:id="2" w:author="A"/></w:rPr></w:pPr></w:p>']}),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_act_or_is_not_settled_is_refused_by_name_and_place(tmp_path, kind):
    words, extra = REFUSED[kind]
    said = refused(team_template(tmp_path, *extra.pop("body"), **extra))
    assert "templates/committee-paper.docx" in said and words in said


def test_a_linked_picture_with_a_copy_in_the_file_keeps_the_copy(tmp_path):
    both = DRAWN.format("link").replace('r:link="rId90"', 'r:embed="rId91" r:link="rId90"')
    path = team_template(
        tmp_path,
        both,
        relations=[("rId90", "image", "file:///S:/CANARY.svg"), ("rId91", "image", "media/x.svg")],
        parts={"word/media/x.svg": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>')},
    )
    out = tmp_path / "paper.docx"
    fill(path.stem, make_dossier(6, audience="public"), path, out)
    parts = Paper(out.read_bytes()).parts
    assert "word/media/x.svg" in parts
    assert not any(b"CANARY" in content for content in parts.values())


@pytest.mark.parametrize(
    ("inside", "allowed"),
    [
        ('<image href="https://example.org/p.png"/>', False),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///c:/p.svg#a"/>', False),
        ("<style>@import 'https://example.org/s.css';</style>", False),
        ('<rect style="fill:url( https://example.org/f.svg#a)"/>', False),
        ("<script>alert(1)</script>", False),
        ('<rect fill="url(#shade)"/><use href="#shape"/><image href="data:image/png;base64,AA=="/>', True),
        ("<style>rect { fill: url('#shade') }</style>", True),
    ],
)
def test_a_vector_drawing_may_hold_only_what_it_needs_itself(tmp_path, inside, allowed):
    path = team_template(
        tmp_path,
        DRAWN.format("embed"),
        relations=[("rId90", "image", "media/x.svg")],
        parts={"word/media/x.svg": ("image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')},
    )
    if allowed:
        assert faults(path.stem, path) == []
    else:
        assert "fetched from elsewhere" in refused(path)


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("https://example.nhs.uk/%7B%7B%20organisation%20%7D%7D", "https://example.nhs.uk/NHS%20Example%20ICB"),
        ("https://example.nhs.uk/?cycle={{ cycle }}", "https://example.nhs.uk/?cycle=2025-26"),
        ("{{%20'https://example.nhs.uk/a?b=c'%20}}", "https://example.nhs.uk/a?b=c"),
    ],
)
@pytest.mark.parametrize("of", ["word/document.xml", "word/header1.xml"])
def test_a_name_in_the_address_of_a_link_is_filled(tmp_path, written, leads_to, of):
    path = team_template(tmp_path, "Words", relations=[("rId90", "hyperlink", written)], of=of)
    held = Paper(path.read_bytes()).parts
    link = f'<w:hyperlink {SPACES} r:id="rId90">{RUN.format("here")}</w:hyperlink></w:p>'
    held[of] = held[of].replace(b"</w:p>", link.encode(), 1)
    _write(path, held)
    assert faults(path.stem, path) == []
    paper, _ = made(path)
    targets = [
        t for n, c in paper.parts.items() if n.endswith(".rels") for t in re.findall(r'Target="([^"]*)"', c.decode())
    ]
    assert leads_to in targets


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("https://example.nhs.uk/{{ organisaton }}", "names `organisaton`"),
        ("{{ organisation }}", "would be `NHS%20Example%20ICB`"),
    ],
)
def test_a_link_that_cannot_be_filled_is_refused(tmp_path, written, words):
    link = f'<w:p><w:hyperlink r:id="rId90">{RUN.format("here")}</w:hyperlink></w:p>'
    assert words in refused(team_template(tmp_path, link, relations=[("rId90", "hyperlink", written)]))


def chart(text):
    shown = "".join(f"<a:r><a:t>{piece}</a:t></a:r>" for piece in text.split("|"))
    return (
        f"<c:chartSpace {SPACES}><c:chart><c:title><c:tx><c:rich><a:bodyPr/>"
        f"<a:p>{shown}</a:p></c:rich></c:tx></c:title>"
        '<c:plotArea><c:layout/></c:plotArea></c:chart><c:externalData r:id="rId1"/></c:chartSpace>'
    )


def smart_art(text):
    words = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>"
    return f"<dgm:dataModel {SPACES}><dgm:ptLst><dgm:pt>{words}</dgm:pt></dgm:ptLst></dgm:dataModel>"


DRAWINGS = {
    "chart": ("chart", "word/charts/chart1.xml", f"{DRAWINGML}.chart+xml", chart),
    "SmartArt": (
        "diagramData",
        "word/diagrams/data1.xml",
        f"{DRAWINGML}.diagramData+xml",
        smart_art,
    ),
}  # fmt: skip


def drawn(folder, kind, text):
    relation, name, content_type, write = DRAWINGS[kind]
    return team_template(
        folder,
        "Words",
        relations=[("rId90", relation, name.removeprefix("word/"))],
        parts={name: (content_type, write(text))},
    )


def parts_made(template):
    out = template.parent.parent / "paper.docx"
    fill(template.stem, make_dossier(6, audience="public"), template, out)
    return {name: content.decode("utf-8", "replace") for name, content in Paper(out.read_bytes()).parts.items()}


@pytest.mark.parametrize("kind", DRAWINGS)
def test_names_in_charts_and_smart_art_are_filled(tmp_path, kind):
    template = drawn(tmp_path, kind, "Levels at {{ organisation }}")
    assert faults(template.stem, template) == []
    assert "Levels at NHS Example ICB" in parts_made(template)[DRAWINGS[kind][1]]


def test_a_name_that_a_chart_holds_in_pieces_is_filled(tmp_path):
    assert "NHS Example ICB" in parts_made(drawn(tmp_path, "chart", "{{ organi|sation }}"))["word/charts/chart1.xml"]


@pytest.mark.parametrize("kind", DRAWINGS)
def test_a_misspelt_name_in_a_drawing_is_refused_and_told(tmp_path, kind):
    said = refused(drawn(tmp_path, kind, "{{ organisaton }}"))
    assert "names `organisaton`" in said and kind in said and "Did you mean `organisation`?" in said


def test_the_workbook_behind_a_chart_stays_at_home(tmp_path):
    template = drawn(tmp_path, "chart", "Title")
    held = Paper(template.read_bytes()).parts
    held["word/charts/_rels/chart1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" '
        b'Target="../embeddings/b.xlsx"/></Relationships>'
    )
    held["word/embeddings/b.xlsx"] = b"CANARY"
    types = held["[Content_Types].xml"]
    default = (
        b'<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
    )
    held["[Content_Types].xml"] = types.replace(b"<Override", default + b"<Override", 1)
    _write(template, held)
    parts = parts_made(template)
    assert not any("embeddings" in name for name in parts)
    assert "externalData" not in parts["word/charts/chart1.xml"]
    assert "the workbook behind a chart" in left_out(template)


def test_a_name_where_nothing_is_filled_is_refused(tmp_path):
    path = team_template(tmp_path, "Words")
    held = Paper(path.read_bytes()).parts
    held["word/numbering.xml"] = held["word/numbering.xml"].replace(b'w:val="%1."', b'w:val="{{ cycle }}"', 1)
    _write(path, held)
    assert "has template code in a part of another kind (numbering)" in refused(path)


def test_peoples_own_addresses_are_never_a_template(tmp_path):
    import dataclasses

    dossier = make_dossier(6, audience="public")
    cited = dataclasses.replace(dossier.statements[0].answers[0].citations[0], url="https://example.org/{{ 7*7 }}")
    action = dataclasses.replace(dossier.actions[0], citations=(cited,))
    template = own_template(tmp_path, "{{r actions[0].citations|cite }}")
    out = tmp_path / "paper.docx"
    fill(template.stem, dataclasses.replace(dossier, actions=(action,)), template, out)
    parts = Paper(out.read_bytes()).parts
    assert b"https://example.org/{{ 7*7 }}" in parts["word/_rels/footnotes.xml.rels"]


def test_a_template_without_a_single_name_is_named(tmp_path):
    template = own_template(tmp_path, "The Board is assured.")
    held = Paper(template.read_bytes()).parts
    plain = {n: re.sub(rb"\{\{.*?\}\}|\{%.*?%\}", b"", c, flags=re.DOTALL) for n, c in held.items()}
    _write(template, plain)
    assert "has not a single name in it" in refused(template)
