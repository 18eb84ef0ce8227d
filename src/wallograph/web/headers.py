"""HTTP habits that hold for every answer, as plain ASGI wrappers: security headers, CORS, HEAD, raw paths.

In: an ASGI application. Out: the same application with the habit. None of them reads or keeps a body.
"""

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
EXPOSED: Final = (
    "Link, ETag, Location, Content-Location, Content-Profile, Memento-Datetime, Retry-After, Content-Range, "
    "Accept-Ranges, Wallograph-Release"
)
ALLOWED_HEADERS: Final = (
    "Accept, Accept-Datetime, Accept-Language, Accept-Profile, Content-Type, If-None-Match, Range"
)
HEAD_MARK: Final = "wallograph.head"  # in the scope: the body will be dropped, a large file need not be read


Raw = list[tuple[bytes, bytes]]
_SECURITY: Final[Raw] = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
_POLICY: Final = b"content-security-policy"
_FRAMED: Final[Raw] = [header for header in _SECURITY if header[0] != b"x-frame-options"]
_OPEN: Final[Raw] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED.encode()),
]


def _with(headers: Iterable[tuple[bytes, bytes]], more: Raw) -> Raw:
    """Headers and those of `more` that are not among them yet."""
    found = list(headers)
    names = {name for name, _ in found}
    return found + [header for header in more if header[0] not in names]


class SecurityHeaders:
    """Adds the security headers; an answer that set one of them itself keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                framed = any(b"frame-ancestors *" in value for name, value in message["headers"] if name == _POLICY)
                message["headers"] = _with(message["headers"], _FRAMED if framed else _SECURITY)
            await send(message)

        await self.app(scope, receive, secured)


class Cors:
    """Everything public may be read from any page, without credentials. OPTIONS is answered here.

    `closed` says which paths are not public: no page of another site may read them.
    """

    def __init__(
        self, app: ASGIApp, methods: Callable[[Scope], list[str]], closed: Callable[[str], bool] = lambda _: False
    ) -> None:
        self.app, self.methods, self.closed = app, methods, closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closed = scope["type"] == "http" and self.closed(scope["path"])
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            methods = self.methods(scope)
            if methods:
                await self._options(methods, send, closed=closed)
                return
        if closed:
            await self.app(scope, receive, send)
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with(message["headers"], _OPEN)
            await send(message)

        await self.app(scope, receive, opened)

    async def _options(self, methods: list[str], send: Send, *, closed: bool) -> None:
        allow = ", ".join(methods).encode()
        opened = [
            (b"access-control-allow-origin", b"*"),
            (b"access-control-allow-methods", allow),
            (b"access-control-allow-headers", ALLOWED_HEADERS.encode()),
            (b"access-control-max-age", b"86400"),
        ]
        headers = [(b"allow", allow), *([] if closed else opened)]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


class HeadAsGet:
    """HEAD wherever GET works: the GET is done, its headers are sent with Content-Length, its body is not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def headless(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET", HEAD_MARK: True}, receive, headless)


class RawPath:
    """`%2F` in a path stays `%2F`: it never becomes a `/` that another route would match."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = scope.get("raw_path") or b""
        if scope["type"] == "http" and b"%2f" in raw.lower():
            kept = raw.replace(b"%2f", b"%252F").replace(b"%2F", b"%252F")
            scope = {**scope, "path": unquote_to_bytes(kept).decode("utf-8", "replace")}
        await self.app(scope, receive, send)
