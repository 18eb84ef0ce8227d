"""What a browser is called in the list of sessions: a header comes in, two known words go out, never the header."""

from typing import Final

from starlette.requests import Request

_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_of(request: Request) -> str:
    """Browser and system, as far as they are known."""
    agent = request.headers.get("user-agent", "")[:300]
    found = (_first(agent, _BROWSERS), _first(agent, _SYSTEMS))
    return " · ".join(filter(None, found))


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in agent), "")
