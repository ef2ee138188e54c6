"""Messages: e-mails as mail programs save them, and web pages saved as one file, which are made the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.evidence.pages import AT, EVERYTHING, Asked, Piece, Reading, page_of
from pipeline.evidence.readers.html import pieces_of, text_of
from pipeline.evidence.readers.plain import content, decode
from pipeline.office.limits import UnreadableError

if TYPE_CHECKING:
    from email.message import EmailMessage

HEADERS = ("From", "To", "Cc", "Date", "Subject")
NO_MESSAGE = "it is not what its name says: it holds no e-mail message"
NO_WEB_PAGE = "it is not what its name says: it holds no saved web page"
UNNAMED = "without a name"
MOST_NAMED = 12
HTML_BODY = 0x1013
"""The number that Outlook gives to the body as a web page."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """An e-mail as one page: who wrote to whom, when and of what, then the message as it is shown."""
    message = _parsed(path, asked)
    if not any(message.get(name) for name in ("From", "Subject", "Date", "To")):
        raise UnreadableError(NO_MESSAGE)
    body = message.get_body(("html", "plain"))
    headers = [(name, str(message.get(name, ""))) for name in HEADERS]
    names = [part.get_filename() or _kind(part) for part in message.iter_attachments()] if _whole(message) else []
    text = _content(body) if body is not None else ""
    shown = pieces_of(text) if body is not None and body.get_content_subtype() == "html" else [(text, "")]
    return _reading("e-mail", headers, shown, names)


def read_outlook(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A message as Outlook saves it, read the same way."""
    from oxmsg import Message

    if path.stat().st_size > asked.limits.unpacked:
        raise UnreadableError("it is too large")
    message = Message.load(str(path))
    others = [getattr(one, "email_address", "") or getattr(one, "name", "") for one in message.recipients]
    sent = message.sent_date.strftime("%a, %d %b %Y %H:%M:%S %z").strip() if message.sent_date else ""
    headers = [("From", message.sender or ""), ("To", "; ".join(map(str, others))), ("Date", sent)]
    page = message.properties.binary_prop_value(HTML_BODY)
    if not (page or message.body or message.subject):
        raise UnreadableError(NO_MESSAGE)
    shown: Iterable[Piece] = pieces_of(text_of(page)) if page else [(message.body or "", "")]
    names = [str(one.file_name or UNNAMED) for one in message.attachments]
    return _reading("Outlook message", [*headers, ("Subject", message.subject or "")], shown, names)


def read_web_archive(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A web page saved with its pictures in one file (.mht)."""
    message = _parsed(path, asked)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise UnreadableError(NO_WEB_PAGE)
    return Reading("web archive", 1, {1: page_of(1, pieces_of(_content(page)))})


def attachments(path: Path) -> list[tuple[str, bytes]]:
    """The files attached to a message, each by name; nothing where it cannot be read."""
    try:
        if path.suffix.lower() == ".msg":
            from oxmsg import Message

            found = [(str(one.file_name or ""), one.file_bytes or b"") for one in Message.load(str(path)).attachments]
        else:
            from email import message_from_bytes, policy

            message: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
            parts = list(message.iter_attachments()) if _whole(message) else []
            found = [(part.get_filename() or "", part.get_payload(decode=True) or b"") for part in parts]
    except Exception:  # a broken message has no attachment that could be offered
        return []
    return [(name, data) for name, data in found if name and data]


def _parsed(path: Path, asked: Asked) -> EmailMessage:
    from email import message_from_bytes, policy

    message: Any = message_from_bytes(content(path, asked), policy=policy.default)
    made: EmailMessage = message
    return made


def _whole(message: EmailMessage) -> bool:
    """Whether a message has parts at all: one of a single part that is text has no attachment."""
    return message.is_multipart()


def _content(part: Any) -> str:
    """The text of a part in the encoding that it names, or in the one that it has."""
    data = part.get_payload(decode=True) or b""
    try:
        return str(data.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _kind(part: Any) -> str:
    return "a forwarded message" if part.get_content_maintype() == "message" else UNNAMED


def _reading(kind: str, headers: Sequence[tuple[str, str]], shown: Iterable[Piece], attached: Sequence[str]) -> Reading:
    pieces: list[Piece] = []
    for name, said in headers:
        if said.strip():
            pieces += [("", f"{AT}{name.lower()} line"), (f"{name}: {' '.join(said.split())}\n", "")]
    pieces += [("", f"{AT}the message"), ("\n", ""), *shown]
    return Reading(kind, 1, {1: page_of(1, pieces)}, remarks=remarks(attached))


def remarks(attached: Sequence[str]) -> tuple[str, ...]:
    """What is said of attached files: they are documents of their own."""
    if not attached:
        return ()
    named = ", ".join(" ".join(name.split())[:80] for name in attached[:MOST_NAMED])
    more = f" and {len(attached) - MOST_NAMED} more" if len(attached) > MOST_NAMED else ""
    files = "a file is attached" if len(attached) == 1 else f"{len(attached)} files are attached"
    return (f"{files}, not opened ({named}{more}): `boardpack inbox` takes out what is attached to messages",)
