"""Who may ask how often: the address of a client comes in, how long it has to wait goes out.

A bucket of tokens for each address, in this process only, the least recently used forgotten first.
"""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.requests import Request

_MOST_ADDRESSES: Final = 10_000
_LONGEST_HEADER: Final = 2000


class RateLimiter:
    """Lets an address through `per_minute` times in a minute, as many at once; 0 is any number of times."""

    def __init__(
        self, per_minute: int, *, most: int = _MOST_ADDRESSES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_minute, self.most, self.clock = per_minute, most, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """0 if the address may ask now, which takes one of its tokens; else the seconds until it may."""
        if not self.per_minute:
            return 0.0
        now = self.clock()
        tokens, since = self._buckets.pop(address, (float(self.per_minute), now))
        tokens = min(float(self.per_minute), tokens + (now - since) * self.per_minute / 60)
        allowed = tokens >= 1
        self._buckets[address] = (tokens - 1 if allowed else tokens, now)
        while len(self._buckets) > self.most:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) * 60 / self.per_minute


def client_address(request: Request, trusted_proxies: int) -> str:
    """Who asks: the other end of the connection, or what the outermost trusted proxy says it was.

    Only as many entries as there are trusted proxies are believed, from the end: the others are the client's own.
    """
    peer = request.client.host if request.client else ""
    if trusted_proxies:
        said = ",".join(request.headers.getlist("x-forwarded-for"))[-_LONGEST_HEADER:].split(",")
        if len(said) >= trusted_proxies:
            return _network(said[-trusted_proxies].strip()) or _network(peer) or peer
    return _network(peer) or peer


def _network(text: str) -> str:
    """An address; of IPv6 the /64, which one household has whole. Empty when it is none."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
