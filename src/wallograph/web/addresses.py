"""Where to go after a log-in: what an address says comes in, a path on this host goes out."""

import re
from typing import Final

_LOCAL: Final = re.compile(r"/(?![/\\])[A-Za-z0-9/%:@!$&'()*+,;=~._?\[\]-]{0,1000}")
HOME: Final = "/account"


def local_path(said: str) -> str:
    """The path, with its query, if it stays on this host; else the page of the account.

    >>> local_path("/review?state=checked"), local_path("//evil.example"), local_path("https://evil.example/review")
    ('/review?state=checked', '/account', '/account')
    """
    path = said.partition("?")[0]
    if not _LOCAL.fullmatch(said) or "//" in path or "%2f%2f" in path.lower() or "%5c" in path.lower():
        return HOME
    return said
