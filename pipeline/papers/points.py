"""What the board paper says of single statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dossier.build import in_upper_half, strong, weak
from pipeline.dossier.views import CitationView, Dossier, RiskView, StatementView
from pipeline.papers import cover, sentences
from pipeline.papers.actions import names_of, owner_and_date
from pipeline.text import counted_in_words, first_sentence, list_in_words, number_in_words, sentence_case
from pipeline.word.prose import Prose
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence

LISTED, WORRIES, FEW = 5, 3, 2
WEAK, STRONG = "Where we are weakest", "Where we are strong"
WRITERS = {"board": "The Board", "team": "The team"}


class Points:
    """Lists and sentences of one dossier."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit
        # The cover tells these in full.
        self._told = set(dossier.cover.baf_risks)
        self._statements = {s.id: s for s in dossier.statements}
        self._names = names_of(dossier)
        self._ranks = {level.id: level.rank for level in dossier.levels}
        self._risks: dict[str, list[RiskView]] = {}
        for risk in dossier.risks:
            for ident in risk.statements:
                self._risks.setdefault(ident, []).append(risk)

    def narrative(self, name: str, heading: str) -> Prose | str:
        """The authors' own words, or nothing."""
        written = self._dossier.narratives.get(name)
        return Prose(self._kit, written, heading=heading) if written else ""

    def headline(self) -> list[Sentence]:
        """The page that can stand alone: counts against last year, movement, evidence, three worries, the ask."""
        d = self._dossier
        proposal = [sentences.waiting_for_the_board(d)] if d.stage == "proposal" else []
        counted = " ".join(filter(None, (sentences.levels_counted(d, before=True), sentences.below_target(d))))
        moved = " ".join(filter(None, (sentences.movement_counted(d), sentences.evidence_counted(d))))
        subject = f" {sentences.NOT_AN_EIA}" if d.subject else ""
        begun = f"{sentences.what_is_reported(d)}{subject}" if d.subject or d.partial or proposal else ""
        said = [*proposal, begun, counted, moved]
        points = [self._kit.sentence(words) for words in said if words]
        points += filter(None, (self._worries(), self._ask()))
        return [*points, self._kit.sentence(f"{sentences.FIRST_LINE} {sentences.NOT_A_FINDING}")]

    def _worries(self) -> Sentence | None:
        """The three weakest by name and level; ties are named as ties."""
        three = self._chosen(self._dossier.weakest)[:WORRIES]
        if not three:
            return None
        said = self._kit.sentence("What worries us most: " if len(three) > 1 else "What worries us most is ")
        for n, s in enumerate(three):
            fell = f", {s.movement.shown}" if s.movement.kind == "down" else f", {s.reported}"
            joint = "" if n == 0 else " and " if n == len(three) - 1 else "; "
            said = said.say(joint).say(self._names[s.id], bold=True).say(fell)
        level = three[-1].reported
        tied = sum(s.reported == level for s in self._dossier.statements)
        here = sum(s.reported == level for s in three)
        return said.say(f". {sentence_case(number_in_words(tied))} statements are {level}." if tied > here else ".")

    def _ask(self) -> Sentence | None:
        """What the cover asks, in a sentence."""
        asked = [f"{ask[:1].lower()}{ask[1:]}".strip().rstrip(".;") for ask in self._dossier.cover.action_required]
        who = sentence_case(cover.who_is_asked(self._dossier))
        return self._kit.sentence(f"{who} is asked to {'; '.join(asked)}.") if any(asked) else None

    def _chosen(self, idents: Sequence[str]) -> list[StatementView]:
        return [self._statements[i] for i in idents[:LISTED] if i in self._statements]

    def _named(self, statement: StatementView) -> Sentence:
        return self._kit.sentence(self._names[statement.id], bold=True)

    def weak_points(self) -> list[Sentence]:
        """Up to five of the lower half: level and evidence, the risk each bears on, the action that answers it."""
        listed = self._chosen(self._dossier.weakest)
        if not listed:
            return [self._none(nothing_weak(self._dossier))]
        every = weak(self._dossier.statements, len(self._dossier.levels))
        return [*(self._weak_point(s) for s in listed), *self._ties(listed, every, "lower")]

    def _ties(self, listed: Sequence[StatementView], every: Sequence[StatementView], half: str) -> list[Sentence]:
        """Where a list is cut among equals, how many those are; and where the rest stands."""
        more = len(every) - len(listed)
        if more <= 0:
            return []
        level = listed[-1].reported
        total, here = (sum(s.reported == level for s in found) for found in (every, listed))
        tied = f"{sentence_case(number_in_words(total))} statements are {level}; {number_in_words(here)} of them "
        tied = f"{tied}{sentences.is_are(here)} named here. " if total > here else ""
        noun = "statement stands" if more == 1 else "statements stand"
        said = f"{tied}{sentence_case(number_in_words(more))} more {noun} in the {half} half of the scale: see "
        return [self._kit.sentence(said).refer("heatmap_table", "the heatmap").say(".")]

    def _none(self, words: str) -> Sentence:
        """What is said of an empty list; nothing good may be read out of it where nothing was assessed."""
        return self._kit.sentence(words if self._dossier.totals.assessed else sentences.NOTHING_ASSESSED)

    def _weak_point(self, statement: StatementView) -> Sentence:
        fell = f", down from {statement.movement.previous}" if statement.movement.kind == "down" else ""
        said = self._named(statement).say(f" is {statement.reported}{fell}{_noted(statement)}. ")
        more = (self._written(statement), self._risk_of(statement), self._answer_to(statement))
        return said.say(" ".join(filter(None, more)))

    def _written(self, statement: StatementView) -> str:
        """The first sentence of the Board's or the team's comment: of whoever gave the level that is reported."""
        own = [a for a in statement.answers if a.role in WRITERS and a.comment.strip()]
        own.sort(key=lambda a: (a.level_id != statement.level_id, list(WRITERS).index(a.role)))
        return f"{WRITERS[own[0].role]} writes: “{first_sentence(own[0].comment)}”" if own else ""

    def _risk_of(self, statement: StatementView) -> str:
        """The risk that it bears on; told in full the first time, then by its name."""
        risks = self._risks.get(statement.id, [])[:2]
        if not risks:
            return "No risk recorded here names it." if self._dossier.risks else ""
        named = [r.id if r.id in self._told else f"{r.id} ({_clause(r.risk)})" for r in risks]
        self._told |= {r.id for r in risks}
        return f"It bears on {'risk' if len(risks) == 1 else 'risks'} {list_in_words(named)}."

    def _answer_to(self, statement: StatementView) -> str:
        actions = sentences.open_actions_for(self._dossier, statement)
        if not actions:
            return "No open action answers it." if self._dossier.actions else ""
        first = actions[0]
        return f"Action {first.id} answers it: {_clause(first.action)} ({owner_and_date(first)})."

    def _cited(self, statement: StatementView) -> list[CitationView]:
        """What the team and the Board cite, each document once, those with words found first."""
        given = [c for a in statement.answers if a.role != "partner" for c in a.citations]
        found = sorted(given, key=lambda c: c.verdict not in ("found on page", "found elsewhere"))
        return list({c.source: c for c in reversed(found)}.values())[::-1]

    def _rests_on(self, statement: StatementView, begin: Sentence) -> Sentence:
        """` It rests on Health Equity Strategy(1) and two more documents.`"""
        cited = self._cited(statement)
        if not cited:
            return begin.say(" Nothing is cited for it.")
        said = begin.say(f" It rests on {cited[0].title or 'an internal document'}").cite(cited[:1])
        more = len(cited) - 1
        outside = sum(c.assurance_line > 1 for c in cited)
        far = f", {number_in_words(outside)} of the {number_in_words(more + 1)} from outside the team"
        far = far if more and outside else ""
        noun = "document" if more == 1 else "documents"
        return said.say(f" and {number_in_words(more)} more {noun}{far}." if more else ".")

    def moved_points(self) -> list[Sentence]:
        """Down first, then up: what the comment says, and which documents were cited in each year."""
        every = self._dossier.moved
        if not every:
            note = sentences.movement_counted(self._dossier)
            return [self._none(note or "No movement is shown."), *self._counted_apart()]
        d = self._dossier
        told = {
            ident: title for title, listed in ((WEAK, d.weakest), (STRONG, d.strongest)) for ident in listed[:LISTED]
        }
        elsewhere = {i: told[i] for i in every if i in told and i in self._statements}
        here = self._chosen([i for i in every if i not in told])[: max(LISTED - len(elsewhere), FEW)]
        points = [self._moved_point(s) for s in here] + self._told_elsewhere(elsewhere)
        more = sum(i not in told for i in every) - len(here)
        return [*self._and_more(points, more, "moved"), *self._counted_apart()]

    def _told_elsewhere(self, told: Mapping[str, str]) -> list[Sentence]:
        """`SC9 Digital inclusion moved down: see ‘Where we are weakest’.`; what is told there is not told twice."""
        groups: dict[tuple[str, str], list[str]] = {}
        for ident, title in told.items():
            groups.setdefault((self._statements[ident].movement.kind, title), []).append(self._names[ident])
        said = [f"{_few(names)} moved {kind}: see ‘{title}’." for (kind, title), names in groups.items()]
        return [self._kit.sentence(" ".join(said))] if said else []

    def _moved_point(self, statement: StatementView) -> Sentence:
        written = f" {self._written(statement)}".rstrip()
        said = self._rests_on(statement, self._named(statement).say(f" {statement.movement.shown}.{written}"))
        before = statement.cited_before
        if not before:
            return said
        year = statement.movement.cycle or self._dossier.previous_cycle
        if {c.source for c in before} == {c.source for c in self._cited(statement)}:
            return said.say(f" In {year} the same was cited.")
        first, more = before[0].title or "an internal document", len(before) - 1
        also = f" and {number_in_words(more)} more" if more else ""
        return said.say(f" In {year} it rested on {first}{also}.")

    def _counted_apart(self) -> list[Sentence]:
        """Those last assessed before the cycle compared with, and what the framework asks anew or no longer."""
        before = [s for s in self._dossier.statements if s.movement.kind == "last assessed"]
        said = [self._named(s).say(f": {s.movement.shown}.") for s in before[:LISTED]]
        said = self._and_more(said, len(before) - LISTED, "were last assessed before the cycle compared with")
        said += [self._kit.sentence(words) for words in sentences.how_the_framework_changed(self._dossier)]
        gone = self._dossier.no_longer_asked
        if gone:
            named = [f"{_with_short(g.statement, g.short)} ({g.level} in {g.cycle})" for g in gone]
            said.append(self._kit.sentence(f"Asked in {gone[0].cycle} and no longer: {list_in_words(named)}."))
        return said

    def _and_more(self, points: list[Sentence], more: int, what: str) -> list[Sentence]:
        if more <= 0:
            return points
        noun = "statement" if more == 1 else "statements"
        said = self._kit.sentence(f"{sentence_case(number_in_words(more))} more {noun} {what}: see ")
        return [*points, self.annex(said.refer("heatmap_table", "the heatmap").say(" and ")).say(".")]

    def annex(self, said: Sentence) -> Sentence:
        """The sentence with the place of the evidence by statement at its end."""
        separate = self._dossier.cover.evidence_annex == "separate"
        return said.say("the evidence annex") if separate else said.refer("annex_b", "Annex B")

    def evidence_is_in(self) -> Sentence:
        """Where every answer and citation is printed."""
        said = self.annex(self._kit.sentence("The answers and the evidence for every level are in "))
        return said.say(".")

    def different_points(self) -> list[Sentence]:
        """Widest first."""
        apart = self._chosen(self._dossier.differences)
        if not apart:
            return [self._none(sentences.nothing_apart(self._dossier))]
        points = [self._named(s).say(f": {sentences.placed_differently(s, self._ranks)}.") for s in apart]
        return self._and_more(points, len(self._dossier.differences) - len(apart), "are seen differently")

    def strong_points(self) -> list[Sentence]:
        """The upper half: highest first, then those with evidence from outside the team."""
        listed = self._chosen(self._dossier.strongest)
        if not listed:
            return [self._none(nothing_strong(self._dossier))]
        points = [self._strong_point(s) for s in listed]
        every = strong(self._dossier.statements, len(self._dossier.levels))
        return [*points, *self._ties(listed, every, "upper")]

    def _strong_point(self, statement: StatementView) -> Sentence:
        rose = f", up from {statement.movement.previous}" if statement.movement.kind == "up" else ""
        begun = self._named(statement).say(f" is {statement.reported}{rose}{_noted(statement)}.")
        cited = self._cited(statement)
        if not cited:
            return begun.say(" Nothing is cited for it.")
        begun = begun.say(f" It rests on {counted_in_words(len(cited), 'document')}").cite(cited[:1])
        outside = sum(c.assurance_line > 1 for c in cited)
        every = "" if len(cited) == 1 else "both " if len(cited) == 2 else "all "
        far = every if outside == len(cited) else f"{number_in_words(outside)} "
        return begun.say(f", {far}from outside the team." if outside else ".")

    def question_points(self) -> list[Sentence]:
        """The prompts of the weakest five; where none is weak, of those that are seen differently."""
        d = self._dossier
        asked = self._chosen(d.weakest) or self._chosen(d.differences)
        points = [self._named(s).say(f": {sentences.prompt_of(s, d.levels)}") for s in asked]
        return points or [self._none(f"{nothing_weak(d)} {sentences.nothing_apart(d)}")]


def nothing_weak(dossier: Dossier) -> str:
    """Where nothing assessed is in the lower half of the scale."""
    return f"No assessed statement is {list_in_words(_half(dossier, upper=False), 'or')}."


def nothing_strong(dossier: Dossier) -> str:
    """Where nothing assessed is in the upper half of the scale."""
    return f"No assessed statement is {list_in_words(_half(dossier, upper=True), 'or')}."


def _half(dossier: Dossier, *, upper: bool) -> list[str]:
    size = len(dossier.levels)
    return [level.name for level in dossier.levels if in_upper_half(level.rank, size) is upper]


def _few(names: Sequence[str]) -> str:
    return list_in_words(names) if len(names) <= FEW else f"{sentence_case(number_in_words(len(names)))} statements"


def _with_short(ident: str, short: str) -> str:
    return ident if short == ident else f"{ident} {short}"


def _noted(statement: StatementView) -> str:
    return f" ({statement.qualifier})" if statement.qualifier else ""


def _clause(text: str) -> str:
    return text.strip().rstrip(".")
