"""What can go wrong, each with its exit code and a next step."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's exit says; 1 (a crash) is never raised on purpose."""

    DONE = 0
    CRASH = 1
    USAGE = 2
    FINDINGS_BLOCK = 3
    INPUT_UNREADABLE = 4
    TEMPLATE_DISAGREES = 5
    PROGRAM_MISSING = 6
    EDITED_BY_A_PERSON = 7
    INTERRUPTED = 130


EXIT_WORDS = {
    ExitCode.DONE: "done",
    ExitCode.CRASH: "a fault in boardpack itself",
    ExitCode.USAGE: "wrong usage",
    ExitCode.FINDINGS_BLOCK: "findings block a final paper, or something differs",
    ExitCode.INPUT_UNREADABLE: "an input cannot be read, or a result cannot be written",
    ExitCode.TEMPLATE_DISAGREES: "template and data disagree",
    ExitCode.PROGRAM_MISSING: "another program is missing",
    ExitCode.EDITED_BY_A_PERSON: "a made file was edited by a person",
    ExitCode.INTERRUPTED: "interrupted",
}


class PipelineError(Exception):
    """A stop that a person can act on: what happened, where, and what to do next."""

    exit_code = ExitCode.CRASH

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(PipelineError):
    """The command's own words are off: an unknown cycle, paper, statement or option."""

    exit_code = ExitCode.USAGE


class FindingsBlockError(PipelineError):
    """A final paper was asked for while something must be put right first."""

    exit_code = ExitCode.FINDINGS_BLOCK


def command(words: str, target: str = "") -> str:
    """How people are told to give a command: `boardpack check` (or `make check`), where make has it as a target."""
    return f"`boardpack {words}`" + (f" (or `make {target}`)" if target else "")


def place_in_words(file: str | None, row: int | None, field: str | None = None) -> str:
    """`actions.csv, row 3, field owner`; what is no table has lines. Empty where nothing is known."""
    line = "line" if (file or "").endswith((".yaml", ".yml", ".md", ".txt", ".json")) else "row"
    return ", ".join(p for p in (file, f"{line} {row}" if row else "", f"field {field}" if field else "") if p)


class InputError(PipelineError):
    """An input cannot be read at all, so what was meant cannot be said.

    `what` is the message without the place.
    `file` is relative to the workspace, `row` as a spreadsheet (or a text editor, for YAML) numbers it.
    """

    exit_code = ExitCode.INPUT_UNREADABLE

    def __init__(
        self, message: str, remedy: str = "", *, file: str = "", row: int | None = None, field: str | None = None
    ) -> None:
        self.file, self.row, self.field, self.what = file, row, field, message
        place = place_in_words(file, row, f"`{field}`" if field else None)
        super().__init__(f"{place}: {message}" if place else message, remedy)


class TemplateError(PipelineError):
    """Template and data disagree: the message names template, place and name."""

    exit_code = ExitCode.TEMPLATE_DISAGREES


class ProgramMissingError(PipelineError):
    """Another program that is needed is not installed."""

    exit_code = ExitCode.PROGRAM_MISSING


class EditedError(PipelineError):
    """A made file was edited by a person and would be overwritten."""

    exit_code = ExitCode.EDITED_BY_A_PERSON


class OutputError(PipelineError):
    """A result cannot be written: no permission, no room, or open in another program."""

    exit_code = ExitCode.INPUT_UNREADABLE
