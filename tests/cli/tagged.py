"""A tagged PDF whose passages have a tag of their own name."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.evidence.made_pdf import pdf


def tagged_pdf(texts: Sequence[str]) -> bytes:
    """Each page is one passage, tagged as a `Verse`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(list(texts)))) as made:
        root = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Verse=Name.P), K=Array()))
        numbers = []
        for number, page in enumerate(made.pages):
            verse = made.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Verse, P=root, Pg=page.obj, K=Array([0]))
            )
            root.K.append(verse)
            numbers += [number, Array([verse])]
            page.obj.StructParents = number
            page.contents_add(b"/Verse <</MCID 0>> BDC\n", prepend=True)
            page.contents_add(b"\nEMC")
        root.ParentTree = made.make_indirect(Dictionary(Nums=Array(numbers)))
        made.Root.StructTreeRoot, made.Root.MarkInfo = root, Dictionary(Marked=True)
        made.save(out)
    return out.getvalue()
