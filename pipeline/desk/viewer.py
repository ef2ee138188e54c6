"""Pages of documents: as pictures with their words marked, to leaf through, and to choose words on."""

from __future__ import annotations

import io
import mimetypes
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, send_file

from pipeline.desk.desk import View, desk
from pipeline.flow.reading import Leaf, document_of, file_of, first_page, leaf_of, page_picture, page_words


def leaf(view: View, identity: str, cited: Any = None) -> Leaf | None:
    """The page of a document that is asked for, else the one that a citation is about, else the first."""
    document = document_of(view.dossier, identity)
    if document is None:
        return None
    wanted = request.args.get("leaf", "")
    page = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else first_page(cited) if cited else 1
    return leaf_of(view.desk.ws, document, page, cited)


def add_pages(app: Blueprint) -> None:
    """The picture of a page, its words with their places, and the document itself."""

    @app.get("/evidence/<identity>/page/<int:number>.webp")
    def picture(identity: str, number: int) -> Any:
        shown = page_picture(desk().ws, _document(identity).file, number)
        if shown.picture is None:
            abort(404)
        answer = Response(shown.picture.read_bytes(), mimetype="image/webp")
        answer.headers["Cache-Control"] = "private, max-age=600"
        return answer

    @app.get("/evidence/<identity>/page/<int:number>.json")
    def words(identity: str, number: int) -> Response:
        found = page_words(desk().ws, _document(identity).file, number)
        return jsonify([[word, m.left, m.top, m.width, m.height] for word, m in found])

    @app.get("/evidence/<identity>/file")
    def file(identity: str) -> Any:
        document = _document(identity)
        path = file_of(desk().ws, document)
        if path is None:
            abort(404)
        kind = mimetypes.guess_type(path.name)[0] or ""
        # Whatever a browser would run or draw itself is handed over as bytes.
        harmless = kind in ("application/pdf",) or "openxmlformats" in kind
        return handed_over(path, kind if harmless else "application/octet-stream")


def handed_over(path: Path, kind: str) -> Response:
    """A file to keep, never to be shown by the browser; it is not left open, so that others can write it."""
    return send_file(io.BytesIO(path.read_bytes()), kind, as_attachment=True, download_name=path.name)


def _document(identity: str) -> Any:
    view = View(desk())
    document = document_of(view.dossier, identity) if view.dossier else None
    if document is None or not document.file:
        abort(404)
    return document
