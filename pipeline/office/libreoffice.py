"""LibreOffice as a program of its own: where it is, and how it is kept from the network and from macros."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from pipeline.errors import ProgramMissingError

# LibreOffice puts nothing on the PATH on macOS and Windows.
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
HOW_TO_INSTALL = (
    "Debian or Ubuntu: `sudo apt install libreoffice-writer`. "
    "macOS: `brew install --cask libreoffice`. "
    "Windows: `winget install TheDocumentFoundation.LibreOffice`, or ask your IT team for LibreOffice. "
    "Then give the same command again; the Word papers do not need it."
)
# Where the system can, LibreOffice is started where there is no network at all; elsewhere its own settings and a
# proxy that is nobody keep it from fetching what a paper names.
WITHOUT_NETWORK = ("unshare", "--user", "--map-current-user", "--net", "--")
NOBODY = "http://127.0.0.1:9"
PROXIES = {name: NOBODY for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")}
SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)
QUIET = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")


def find_office() -> Path:
    """LibreOffice's own command; ProgramMissingError says how to install it."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    for place in USUAL_PLACES:
        if Path(place).is_file():
            return Path(place)
    raise ProgramMissingError("LibreOffice is needed to make a PDF and was not found on this computer.", HOW_TO_INSTALL)


@functools.cache
def without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not allow it."""
    if shutil.which(WITHOUT_NETWORK[0]) is None:
        return ()
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)
    return WITHOUT_NETWORK if tried.returncode == 0 else ()


def profile_in(folder: Path) -> Path:
    """A profile of settings under which LibreOffice follows no link and runs no macro."""
    rows = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for place, name, value in SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{rows}</oor:items>\n",
        encoding="utf-8",
    )
    return folder


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop LibreOffice with all that it started: the command itself is only a front door."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def surroundings() -> dict[str, str]:
    """The environment that it runs in: the same everywhere, and with nobody to ask for what is elsewhere."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", **PROXIES}
