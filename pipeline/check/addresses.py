"""Web addresses: which a reader may follow, and which open a door that is not the reader's."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_USER = re.compile(r"://[^\s/?#@<>\"]{1,300}@")
_PARAMETER = re.compile(r"[?&;#](?P<name>[\w.-]{1,60})=(?=[^\s&#;])")
# fmt: off
_OPENS = frozenset((
    "token", "key", "secret", "password", "passwd", "passcode", "pwd", "signature", "sig", "auth", "authorization",
    "credential", "credentials", "jwt", "sas", "session", "sid",
))
# fmt: on
_OPENS_AT_ITS_END = ("token", "secret", "password", "signature", "apikey", "accesskey", "sessionid", "sessid")


def web_address(address: str) -> bool:
    """True for an address that a reader may follow: on the web or by e-mail, with no password or key in it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    known = (parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and parts.path)
    return bool(known) and where_it_opens(address) is None


def where_it_opens(text: str) -> int | None:
    """Where a text holds a web address with a name, password, token, key or signature in it; None where it does not."""
    if "://" in text and (user := _USER.search(text)):
        return user.start()
    if "=" in text:
        return next((m.start("name") for m in _PARAMETER.finditer(text) if _opens(m["name"])), None)
    return None


def _opens(name: str) -> bool:
    words = re.split(r"[_.-]|(?<=[a-z])(?=[A-Z])", name)
    return any(word.casefold() in _OPENS for word in words) or name.casefold().endswith(_OPENS_AT_ITS_END)
