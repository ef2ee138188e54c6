"""Every pattern that sees people's text takes time in proportion to the text, also for the worst text that it can get.

The patterns are found, not listed: all that the modules hold, and all that are written where they are used.
"""

from __future__ import annotations

import ast
import functools
import importlib
import itertools
import pkgutil
import re
import re._constants as constants
import re._parser as parser
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pipeline

SMALL, LARGE = 1_500, 12_000
LONGEST_RATIO = 24
"""Eight times the text is eight times the work, and sixty-four times where it is quadratic."""
SECONDS_THAT_SHOW = 0.004
"""Less than this over the large text is nothing, whatever it is in proportion to."""
LOOKED_THROUGH = {"search", "finditer", "sub", "subn", "split", "findall"}
FROM_THE_START = {"match", "fullmatch"}
CATEGORIES = {
    constants.CATEGORY_DIGIT: "7",
    constants.CATEGORY_NOT_DIGIT: "x",
    constants.CATEGORY_SPACE: " ",
    constants.CATEGORY_NOT_SPACE: "x",
    constants.CATEGORY_WORD: "x",
    constants.CATEGORY_NOT_WORD: "!",
}
NEAR_MISSES = 14
SEE_NO_TEXT_OF_ANYBODY = (
    "pipeline.evidence.readers.html.CHARSET",  # the first two kilobytes of a page
    "pipeline.word.package._",  # the elements of sound XML, each of which has an end
)


def modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def patterns_in(value: object, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from (p for pair in value.items() for part in pair for p in patterns_in(part, depth - 1))
    elif depth and isinstance(value, list | tuple | set | frozenset):
        yield from (p for part in value for p in patterns_in(part, depth - 1))


def sources() -> Iterator[ast.AST]:
    for path in sorted(Path(pipeline.__file__).parent.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def uses() -> Mapping[str, set[str]]:
    """By the name of a pattern, what is done with it."""
    found = defaultdict(set)
    for node in sources():
        if isinstance(node, ast.Attribute) and node.attr in LOOKED_THROUGH | FROM_THE_START:
            owner = node.value
            found[owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")].add(node.attr)
    return found


Pattern = tuple[re.Pattern[Any], frozenset[str]]
"""A pattern, and what is done with it."""


@functools.cache
def every_pattern() -> Mapping[str, Pattern]:
    """By where it stands."""
    found: dict[str, Pattern] = {}
    done = uses()
    for module in modules():
        for name, value in vars(module).items():
            for n, pattern in enumerate(patterns_in(value)):
                found[f"{module.__name__}.{name}.{n}"] = pattern, frozenset(done[name] or {"search"})
    for node in sources():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, written = node.func.value, node.args[0]
            in_place = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "compile"
            if in_place and isinstance(written, ast.Constant):
                found[f"re.{node.func.attr}({written.value!r})"] = (
                    re.compile(written.value),
                    frozenset({node.func.attr}),
                )
    return {name: pattern for name, pattern in found.items() if not name.startswith(SEE_NO_TEXT_OF_ANYBODY)}


def example(items: Iterable[Any], pieces: list[str]) -> None:
    """The shortest pieces that a pattern wants, one after another, as `pieces`."""
    for op, value in items:
        if op in (constants.LITERAL, constants.NOT_LITERAL):
            pieces.append(chr(value) if op is constants.LITERAL else "x" if value != ord("x") else "y")
        elif op is constants.ANY:
            pieces.append("x")
        elif op is constants.IN:
            pieces.append(one_of(value))
        elif op in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            for _ in range(max(1, min(value[0], 4))):
                example(value[2], pieces)
        elif op is constants.SUBPATTERN:
            example(value[3], pieces)
        elif op is constants.ATOMIC_GROUP:
            example(value, pieces)
        elif op is constants.BRANCH:
            example(value[1][0], pieces)


def one_of(members: Iterable[Any]) -> str:
    members = list(members)
    if members[0][0] is constants.NEGATE:
        return next(c for c in "x 7!\n" if not re.fullmatch(f"[{re.escape(''.join(letters(members)))}]", c))
    return letters(members)[0]


def letters(members: Iterable[Any]) -> list[str]:
    found = ["\0"]
    for op, value in members:
        if op is constants.LITERAL:
            found.append(chr(value))
        elif op is constants.RANGE:
            found.append(chr(value[0]))
        elif op is constants.CATEGORY:
            found.append(CATEGORIES[value])
    return found[1:] or found


def alphabet(items: Iterable[Any]) -> Iterator[str]:
    """A letter of each class that a pattern names, wherever in it."""
    for op, value in items:
        if op is constants.LITERAL:
            yield chr(value)
        elif op is constants.IN:
            yield from letters(value)
        elif op is constants.CATEGORY:
            yield CATEGORIES[value]
        elif isinstance(value, tuple | list | parser.SubPattern):
            yield from alphabet_of(value)


def alphabet_of(value: Iterable[Any]) -> Iterator[str]:
    for part in value:
        if isinstance(part, parser.SubPattern):
            yield from alphabet(part)
        elif isinstance(part, list | tuple):
            if len(part) == 2 and isinstance(part[0], constants._NamedIntConstant):
                yield from alphabet([part])
            else:
                yield from alphabet_of(part)


def repeated(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """What to repeat, and what to begin with: single letters, near misses, and the beginning of a match once."""
    tree = parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    pieces: list[str] = []
    example(tree, pieces)
    known = list(dict.fromkeys([*alphabet(tree), "x", "7", " ", "\n"]))[:40]
    starts = ["".join(pieces[:n]) for n in range(1, len(pieces) + 1)]
    starts = starts[:NEAR_MISSES] + starts[-2:]
    yield from ((letter, "") for letter in known)
    yield from ((start, "") for start in starts)
    yield from ((start + " ", "") for start in starts[:NEAR_MISSES])
    yield from ((one + other, "") for one, other in itertools.combinations(known[:8], 2))
    yield from ((letter, start) for letter in known[:10] for start in starts[:6])


def work(pattern: re.Pattern[Any], done: frozenset[str]) -> Callable[[Any], None]:
    def look(text: Any) -> None:
        for method in done & FROM_THE_START:
            getattr(pattern, method)(text)
        if done & LOOKED_THROUGH:
            for _ in pattern.finditer(text):
                pass

    return look


def seconds(look: Callable[[Any], None], text: Any) -> float:
    begun = time.thread_time()
    look(text)
    return time.thread_time() - begun


def text_of(pattern: re.Pattern[Any], piece: str, start: str, length: int) -> Any:
    text = start + piece * (length // len(piece)) + "\u2021"
    return text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


def slow(pattern: re.Pattern[Any], done: frozenset[str]) -> str:
    """What a pattern takes far too long over; empty where there is nothing."""
    look = work(pattern, done)
    before, piece, start = 0.0, "", ""
    for text in dict.fromkeys(repeated(pattern)):
        before, piece, start = max((before, piece, start), (seconds(look, text_of(pattern, *text, SMALL)), *text))
        if before > SECONDS_THAT_SHOW:
            break
    if before * LARGE / SMALL < SECONDS_THAT_SHOW:
        return ""
    before = min(before, *(seconds(look, text_of(pattern, piece, start, SMALL)) for _ in range(3)))
    now = seconds(look, text_of(pattern, piece, start, LARGE))
    if now < max(SECONDS_THAT_SHOW, before * LONGEST_RATIO):
        return ""
    return f"{start!r} and then {piece!r} again and again: {now / before:.0f} times as long over {LARGE // SMALL} times"


def test_every_pattern_takes_time_in_proportion_to_the_text() -> None:
    found = {name: said for name, (pattern, done) in every_pattern().items() if (said := slow(pattern, done))}

    assert found == {}


def test_the_patterns_are_found_and_a_quadratic_one_is_known() -> None:
    names = list(every_pattern())
    rooms = ("checks.personal", "inputs.citations", "forms.", "evidence.words", "adopt.", "publish.")

    assert len(names) > 150 and all(any(f"pipeline.{room}" in name for name in names) for room in rooms)
    for quadratic in (r"\s+$", r"\w+@\w+", r"\{\{.*\}\}", r"<[^>]*>", r"(?:ab)+c"):
        assert slow(re.compile(quadratic), frozenset({"search"})), quadratic
    assert not slow(re.compile(r"\s+$"), frozenset({"match"}))
