"""Take from this process what Windows does not have; as a program, then run commands of boardpack one after the other.

python -m tests.as_on_windows ROOT COMMAND ...
"""

from __future__ import annotations

import os
import signal
import socket  # noqa: F401  it asks which system it is, and so has to be here before its parts are taken
import subprocess  # noqa: F401
import sys
import warnings

import filelock  # noqa: F401

# What the standard library and filelock take up only once they know that they are not on Windows stays:
# subprocess needs SIGKILL, filelock O_NONBLOCK, numpy uname, and click termios.
NO_MODULES = ("fcntl", "grp", "pwd", "resource", "selectors")
NOT_IN_OS = (
    "O_DIRECTORY", "O_NOFOLLOW", "chown", "fork", "forkpty", "geteuid", "getpgid", "getuid", "killpg",
    "mkfifo", "nice", "sched_getaffinity", "setsid", "sysconf", "wait4",
)  # fmt: skip
NO_SIGNALS = (
    "SIGALRM", "SIGHUP", "SIGPROF", "SIGUSR1", "SIGVTALRM", "SIGXCPU", "alarm", "getitimer", "setitimer",
)  # fmt: skip


def take_away() -> None:
    """From now on nothing of it is there."""
    sys.modules.update(dict.fromkeys(NO_MODULES))
    for module, names in ((os, NOT_IN_OS), (signal, NO_SIGNALS)):
        for name in names:
            vars(module).pop(name, None)


if __name__ == "__main__":
    take_away()
    warnings.filterwarnings("error", category=EncodingWarning, module="pipeline")
    from pipeline.cli import main
    from pipeline.evidence import workers

    workers.START = workers.START.replace("from", "from tests.as_on_windows import take_away; take_away(); from", 1)
    for words in sys.argv[2:]:
        try:
            main(["--root", sys.argv[1], *words.split()])
        except SystemExit as left:
            print("left with", left.code, flush=True)
