"""The README's pictures, from the sample's own papers: `make pictures` (needs LibreOffice)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pypdfium2

from pipeline.dossier import load
from pipeline.publish.pdf import to_pdf
from pipeline.workspace import SHIPPED, Workspace

PICTURES = SHIPPED / "docs" / "pictures"
PAGES = {"board-paper": "Where we are weakest", "evidence": "GA3 Money follows ambition\r\nSpending plans"}
"""Picture -> words on the page that it shows."""
WIDTH = 900


def main() -> None:
    """Copy the heatmap, and picture two pages of the board paper."""
    ws = Workspace(SHIPPED)
    build = ws.build(ws.newest_cycle())
    PICTURES.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(build / "figures" / "heatmap.png", PICTURES / "heatmap.png")
    with tempfile.TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "paper.pdf"
        to_pdf(build / "board-paper.docx", pdf, date=load(build / "dossier.json").cover.date)
        document = pypdfium2.PdfDocument(pdf)
        for name, words in PAGES.items():
            page = next(p for p in document if words in p.get_textpage().get_text_bounded())
            picture = page.render(scale=WIDTH / page.get_width()).to_pil()
            picture.quantize(64).save(PICTURES / f"{name}.png", optimize=True)
        document.close()


if __name__ == "__main__":
    main()
