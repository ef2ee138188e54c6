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
PAGES = {
    "board-paper": ("board-paper", "Where we are weakest\r\n"),
    "evidence": ("evidence-annex", "GA3 Money follows ambition\r\nSpending plans"),
}
"""Picture -> the paper, and words on the page of it that is shown."""
WIDTH = 900


def main() -> None:
    """Copy the heatmap, and picture a page of the board paper and one of its evidence annex."""
    ws = Workspace(SHIPPED)
    build = ws.build(ws.newest_cycle())
    PICTURES.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(build / "figures" / "heatmap-1.png", PICTURES / "heatmap.png")
    with tempfile.TemporaryDirectory() as scratch:
        for name, (paper, words) in PAGES.items():
            pdf = Path(scratch) / f"{paper}.pdf"
            to_pdf(build / f"{paper}.docx", pdf, date=load(build / "dossier.json").cover.date)
            document = pypdfium2.PdfDocument(pdf)
            page = next(p for p in document if words in p.get_textpage().get_text_bounded())
            picture = page.render(scale=WIDTH / page.get_width()).to_pil()
            picture.quantize(64).save(PICTURES / f"{name}.png", optimize=True)
            document.close()


if __name__ == "__main__":
    main()
