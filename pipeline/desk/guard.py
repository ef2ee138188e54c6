"""Who may ask the desk: this machine's browser that was given the key, from the desk's own pages, and nobody else."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import unquote

from flask import Flask, Request, Response, abort, redirect, request

HOST = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_LEAVES = re.compile(r"(^|[/\\])\.\.([/\\]|$)|[\\\x00]")
READS = ("GET", "HEAD")


@dataclass(frozen=True)
class Guard:
    """The secrets of one run: the key of the first address, the cookie it is changed for, the token of each form."""

    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def origin(self) -> str:
        """How the browser names the desk."""
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """The first address, with the key."""
        return f"{self.origin}/?key={self.key}"

    @property
    def cookie(self) -> str:
        """Cookies do not know ports: two desks on one machine have each their own."""
        return f"boardpack-desk-{self.port}"

    def refuses(self, asked: Request) -> str:
        """Why a request is not answered, in words; nothing where it is."""
        if asked.host not in (f"{HOST}:{self.port}", f"localhost:{self.port}"):
            return "This address is not the desk's own."
        if asked.headers.get("Origin", self.origin) not in (self.origin, f"http://localhost:{self.port}"):
            return "The request came from another page than the desk's own."
        if asked.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return "The request came from another page than the desk's own."
        if not _same(asked.cookies.get(self.cookie, ""), self.ticket):
            return "The desk does not know this browser. Open the address that was printed when it started."
        if asked.method not in READS and not _same(self._token_of(asked), self.token):
            return "The page is from another run of the desk. Go back, load it anew and send it once more."
        return ""

    def _token_of(self, asked: Request) -> str:
        return asked.headers.get("X-Desk-Token", "") or asked.form.get("token", "")


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def protect(app: Flask, guard: Guard, *, read_only: bool) -> None:
    """Every request is looked at before anything else is done, and every answer says what a browser may do with it."""

    @app.before_request
    def look() -> Response | None:
        if _LEAVES.search(unquote(request.path)):
            abort(400)
        if "key" in request.args and request.method == "GET" and request.host == guard.origin.removeprefix("http://"):
            return _let_in(guard)
        if why := guard.refuses(request):
            abort(403, why)
        if read_only and request.method not in READS:
            abort(403, "This desk is for reading only: nothing is changed here.")
        return None

    @app.after_request
    def mark(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


def _let_in(guard: Guard) -> Response:
    """The key is changed for a cookie, so that it stands in no address from then on."""
    if not _same(request.args["key"], guard.key):
        abort(403, "This key is not the one of the desk that runs now.")
    answer = redirect(request.path, 303)
    answer.set_cookie(guard.cookie, guard.ticket, httponly=True, samesite="Strict", path="/")
    return answer  # type: ignore[return-value]
