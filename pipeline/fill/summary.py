"""The executive summary: the authors' own, or one made of the counts, of 250 words at most."""

from __future__ import annotations

from pipeline.dossier.views import Dossier
from pipeline.fill import sentences
from pipeline.fill.kit import Kit
from pipeline.fill.prose import Prose
from pipeline.fill.text import paragraph, run
from pipeline.words import date_in_words, number_in_words, sentence_case

MOST_WORDS = 250


class Paragraphs:
    """Plain paragraphs of one style. Used as `{{p name }}`."""

    def __init__(self, kit: Kit, texts: list[str], style: str = "Body Text") -> None:
        self.texts, self._kit, self._style = texts, kit, style

    def __html__(self) -> str:
        style = self._kit.styles.id(self._style)
        return "".join(paragraph(run(text), style) for text in self.texts)


def executive_summary(dossier: Dossier, kit: Kit) -> Prose | Paragraphs:
    """`narrative/executive-summary.md` whole, else a generated one."""
    written = dossier.narratives.get("executive-summary")
    if written:
        return Prose(kit, written, body="Body Text", heading="Executive summary")
    return Paragraphs(kit, generated_summary(dossier))


def generated_summary(dossier: Dossier) -> list[str]:
    """Two or three paragraphs; the least needed sentences are left out where it would grow too long."""
    proposal = [sentences.waiting_for_the_board(dossier)] if dossier.stage == "proposal" else []
    first = [
        *proposal,
        sentences.what_is_reported(dossier),
        sentences.levels_counted(dossier),
        sentences.movement_counted(dossier),
    ]
    second = [
        sentences.evidence_counted(dossier),
        sentences.lowest_levels(dossier),
        sentences.below_target(dossier),
        _overdue(dossier),
        _exceptions(dossier),
    ]
    third = [sentences.FIRST_LINE]
    paragraphs = [" ".join(part for part in said if part) for said in (first, second, third)]
    while sum(len(p.split()) for p in paragraphs) > MOST_WORDS and len(second) > 1:
        second.pop()
        paragraphs[1] = " ".join(part for part in second if part)
    return [p for p in paragraphs if p]


def _overdue(dossier: Dossier) -> str:
    number = sum(a.overdue for a in dossier.actions)
    said = f"{sentence_case(number_in_words(number))} {'action was' if number == 1 else 'actions were'} overdue on "
    said += f"{date_in_words(dossier.as_of)}."
    return said if number else ""


def _exceptions(dossier: Dossier) -> str:
    number = len(dossier.exceptions)
    noun = "agreed exception is" if number == 1 else "agreed exceptions are"
    return f"{sentence_case(number_in_words(number))} {noun} set out in this paper." if number else ""
