"""The address of a request to another server, taken apart and judged before anything is resolved.

In: a URL as somebody wrote it. Out: a `Target`, or TargetRefused in words that give no part of the URL but its host.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from wallograph.errors import TargetRefused

_PORTS: Final = {"https": 443, "http": 80}
_LONGEST: Final = 2000
_ODD: Final = re.compile(r"[^\x21-\x7e]|[\\\"<>^`{|}]")
# Above 1023, where other protocols are spoken: those that browsers avoid, and databases.
_OTHER_PROTOCOLS: Final = frozenset({
    1433, 1521, 1719, 1720, 1723, 2049, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080, 11211, 27017,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked. `path` has the query; it may hold a secret and is never shown."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def shown(self) -> str:
        """What may be shown and logged: where, but not the path.

        >>> parse_target("https://portal.example/hook?token=1").shown
        'https://portal.example/…'
        """
        return f"{self.scheme}://{self.authority}/" + ("…" if self.path != "/" else "")


def parse_target(url: str, *, plain_http: bool = False) -> Target:
    """Take a URL apart; TargetRefused if it is not one that may be asked."""
    if len(url) > _LONGEST or _ODD.search(url):
        raise TargetRefused(
            f"the address is longer than {_LONGEST} characters or has a character that must be percent-encoded"
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise TargetRefused("the address is not well formed") from error
    if parts.scheme not in _PORTS:
        raise TargetRefused("the address does not begin with https://")
    if parts.scheme == "http" and not plain_http:
        raise TargetRefused("the address begins with http://, not https://; WALLOGRAPH_OUTGOING_HTTP=true allows it")
    if "@" in parts.netloc:
        raise TargetRefused("the address has a user name or password in it")
    if "#" in url:
        raise TargetRefused("the address has a fragment (#)")
    host = parts.hostname or ""
    if not host or "%" in host:
        raise TargetRefused("the address names no host")
    port = _PORTS[parts.scheme] if port is None else port
    if not (port in (80, 443) or port >= 1024) or port in _OTHER_PROTOCOLS:
        raise TargetRefused(f"port {port} is not one of the web: 80, 443 or one above 1023 that nothing else uses")
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, host, port, (parts.path or "/") + query)
