"""Things as they were (RFC 7089, pattern 1.1): a document is its own TimeGate, `?release=` names its mementos.

In: a request and the releases. Out: the release that a point in time names, the headers of a memento, a TimeMap.
A release counts from the first moment of its day: dates are all that releases know of time.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from wallograph.release.state import Release
from wallograph.web.errors import Problem

IMMUTABLE: Final = "public, max-age=31536000, immutable"
LINK_FORMAT: Final = "application/link-format"


def datetime_of(release: Release) -> str:
    """The first moment of the day of a release, as HTTP writes it."""
    day = datetime.fromisoformat(str(release.manifest["date"])).replace(tzinfo=UTC)
    return format_datetime(day, usegmt=True)


def nearest(releases: Iterable[Release], accept_datetime: str) -> Release:
    """The last release of that time or before, else the first one; 400 when the header is no date."""
    try:
        asked = parsedate_to_datetime(accept_datetime)
    except ValueError:
        raise Problem(400, "bad-request", "Accept-Datetime is a date as HTTP writes it (RFC 7089, 2.1.1).") from None
    day = (asked if asked.tzinfo else asked.replace(tzinfo=UTC)).astimezone(UTC).date().isoformat()
    found = sorted(releases, key=lambda release: release.number)
    return next((r for r in reversed(found) if str(r.manifest["date"]) <= day), found[0])


def memento(address: str, release: int) -> str:
    """The address of a document as it was in a release."""
    return f"{address}?release={release}"


def timemap(address: str, base: str) -> str:
    """The address of the TimeMap of a document."""
    return f"{base}/timemap{address.removeprefix(base)}"


def links(address: str, base: str) -> str:
    """What leads from a memento, and from the TimeGate, to the original and to the TimeMap."""
    where = timemap(address, base)
    return f'<{address}>; rel="original timegate", <{where}>; rel="timemap"; type="{LINK_FORMAT}"'


def write_timemap(address: str, base: str, releases: Iterable[Release]) -> str:
    """All mementos of a document, the oldest first (RFC 7089, 5)."""
    found = sorted(releases, key=lambda release: release.number)
    lines = [
        f'<{address}>; rel="original timegate"',
        f'<{timemap(address, base)}>; rel="self"; type="{LINK_FORMAT}"; '
        f'from="{datetime_of(found[0])}"; until="{datetime_of(found[-1])}"',
    ]
    last = len(found) - 1
    for place, release in enumerate(found):
        which = " ".join(name for name, here in (("first", place == 0), ("last", place == last)) if here)
        relation = f"{which} memento".strip()
        lines.append(
            f'<{memento(address, release.number)}>; rel="{relation}"; datetime="{datetime_of(release)}"'
        )
    return ",\n".join(lines) + "\n"

