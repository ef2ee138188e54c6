"""The command group, and how an error is told."""

from __future__ import annotations

import errno
import gc
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli import desk, papers, preparing, showing
from pipeline.cli.console import say_error
from pipeline.errors import ExitCode, PipelineError, UsageError
from pipeline.workspace import Workspace

OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO)
"""Faults of disk or permission: nothing that boardpack itself can put right."""
DISK_REMEDY = "See that there is room on the disk and that you may write there; what was there before is still there."


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The workspace: a folder with assessments/ and evidence/. Default: this folder.",
)
@click.option("--debug", is_flag=True, help="Show where a fault in boardpack itself happened.")
@click.version_option(__version__, prog_name="boardpack")
@click.pass_context
def boardpack(context: click.Context, root: Path, debug: bool) -> None:  # noqa: ARG001  main() looks for --debug
    """Board papers from a self-assessment and the evidence it cites, with every reference checked."""
    if not root.is_dir():
        raise UsageError(f"There is no folder {root}.", "Name an existing one with --root.")
    context.obj = Workspace(root.resolve())


COMMANDS = (
    desk.desk,
    papers.check,
    papers.build,
    papers.explain,
    papers.compare_papers,
    papers.inputs,
    papers.judge,
    papers.draw,
    papers.fill,
    showing.trail,
    showing.verify,
    showing.search,
    showing.suggest,
    showing.pack,
    showing.evidence_pack,
    showing.publish,
    showing.bundle,
    showing.sign_off,
    preparing.adopt,
    preparing.init,
    preparing.forms,
    preparing.inbox,
    preparing.register,
    preparing.framework,
    preparing.new_cycle,
    preparing.progress,
    preparing.due,
    showing.questions,
    showing.share,
    showing.compare,
    showing.plans,
    papers.templates,
)
for command in COMMANDS:
    boardpack.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; every error is told in words, and its last line says which exit it was."""
    # Most of what is made is needed to the end; looking for what is not would take an eighth longer.
    gc.set_threshold(100_000)
    # What it says of a home folder that cannot be written is nothing that a user has to act on.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = boardpack.main(arguments, prog_name="boardpack", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else ExitCode.DONE)
    except PipelineError as error:
        say_error(error.message, error.remedy, error.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        say_error("Stopped by you; what was there before is still there.", "", ExitCode.INTERRUPTED)
    except click.ClickException as error:
        say_error(error.format_message(), "Run it with --help to see what it takes.", ExitCode.USAGE)
    except Exception as error:  # the last net: nobody is shown a traceback unasked
        if "--debug" in (sys.argv if arguments is None else arguments):
            traceback.print_exc()
        if isinstance(error, OSError) and error.errno in OF_THE_DISK:
            where = f"{Path(os.fsdecode(error.filename)).name}: " if error.filename else ""
            say_error(f"{where}{error.strerror}.", DISK_REMEDY, ExitCode.INPUT_UNREADABLE)
        say_error(
            f"Something went wrong inside boardpack ({type(error).__name__}: {error}).",
            "Your files are as they were. Run it as `boardpack --debug ...` and send what it prints to its keeper.",
            ExitCode.CRASH,
        )
