"""The rooms of the house import downwards only; the rooms that show do not know each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parent.parent / "pipeline"
FLOORS = (
    {"errors", "text", "__init__"},
    {"workspace", "files", "model"},
    {"codes", "office"},
    {"inputs", "score"},
    {"forms", "evidence", "checks"},
    {"dossier"},
    {"word"},
    {"papers", "charts", "publish", "prepare", "adopt"},
    {"flow"},
    {"desk"},
    {"cli"},
    {"__main__"},
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PIPELINE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PIPELINE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room of every import of our own, also those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} uses a relative import; name the room"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "pipeline" and len(parts) > 1:
                yield node.lineno, parts[1] if parts[1] in LEVEL else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PIPELINE)))
def test_a_room_imports_downwards_only(path: Path) -> None:
    here = room_of(path)
    assert here in LEVEL, f"{here} is a new room: give it its floor in FLOORS"
    for line, there in imports(path):
        assert there == here or LEVEL[there] < LEVEL[here], f"{path.name}:{line} ({here}) imports {there}"


DESK_KNOWS = {"desk", "flow", "errors", "files", "text", "workspace", "__init__"}


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) == "desk"], ids=lambda p: p.name)
def test_the_desk_calls_the_flow_and_nothing_below(path: Path) -> None:
    assert [f"{path.name}:{line} imports {there}" for line, there in imports(path) if there not in DESK_KNOWS] == []


def calls_outside_the_front_door(*doors: str) -> Iterator[tuple[str, str]]:
    """Place and name of every call in the rooms that neither print, exit nor know the time."""
    for path in MODULES:
        if room_of(path) not in ("cli", "__main__", *doors):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(PIPELINE)}:{node.lineno}", ast.unparse(node.func)


def test_only_the_front_door_prints_or_exits() -> None:
    saying = ("print", "sys.exit", "exit", "click.echo")

    assert [place for place, name in calls_outside_the_front_door() if name in saying] == []


def test_only_the_front_door_asks_the_clock() -> None:
    clock = (".today", ".now", ".utcnow", " time.time")

    assert [place for place, name in calls_outside_the_front_door("desk") if f" {name}".endswith(clock)] == []
