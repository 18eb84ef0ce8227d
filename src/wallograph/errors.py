"""The one exception tree of wallograph. It knows no HTTP and no exit codes: the edges give those by a table.

    WallographError
    ├── InputError            what was handed in cannot be read or used
    │   ├── ParseError        a file is not what it says; carries line and column when they are known
    │   ├── TooLarge          a file is larger, deeper or longer than the limits allow
    │   ├── Unsupported       a file is in a format that is not read, or is not what it says it is
    │   ├── PatchError        a patch does not fit the release it is applied to
    │   ├── QueryError        a query is refused or wrong
    │   │   ├── QuerySyntaxError
    │   │   ├── QueryRefused      SERVICE, LOAD, update, unknown graph
    │   │   ├── QueryTimeout      the deadline killed the worker
    │   │   ├── QueryTooLarge     memory or result size
    │   │   └── QueryBusy         the queue is full
    │   ├── Conflict          what is asked does not fit what stands now; names what is in its way
    │   │   ├── Stale             it was changed since it was read
    │   │   ├── Unfit             what is to be accepted breaks a rule, or stands against what was decided
    │   │   └── KeyReused         an idempotency key was given with something else before
    │   ├── TooMany           a quota is used up, or a queue is full; carries when to try again
    │   └── CheckError        a file cannot be checked, whatever is in it
    │       ├── CheckTimeout      the deadline ended the check
    │       ├── CheckTooLarge     it needs more memory, or is nested deeper, than a check may
    │       └── CheckBusy         too many checks are waiting
    ├── AccessError           somebody is not let in
    │   ├── LoginFailed           login, password or code is wrong, or the identity is not known here
    │   ├── Forbidden         somebody is known, but has no right to it
    │   ├── LoginThrottled        too many failed log-ins; carries when to try again
    │   └── ProviderFailed        the OpenID provider cannot be asked, or does not do what it should
    ├── NotFound              no such thing, release or file
    ├── DataError             the data of the project itself is wrong (card, code list, registry, shapes)
    ├── GuardError            a build would hold back too much, or a source shrank too far
    ├── OutgoingError         another server was to be asked, and was not or gave no answer
    │   ├── TargetRefused         its address may not be asked: form, port, private or special network
    │   ├── TargetUnreachable     no such name, no connection, or it broke
    │   ├── TargetUntrusted       no TLS connection with a trusted certificate for the host
    │   ├── TargetSlow            the time was over before the whole answer was there
    │   └── AnswerRefused         a redirect, too large, or no HTTP
    └── StateError            the state folder is missing, locked or damaged
        └── SecretKeyError    the installation's secret key is missing, malformed or another one
"""

from collections.abc import Sequence
from typing import Any


class WallographError(Exception):
    """Base of all errors that wallograph raises on purpose. `str(error)` is fit to be shown to a person."""


class InputError(WallographError):
    """What was handed in cannot be read or used.

    `code` and `messages` (by language) are set where a submitter reads the reason; `str(error)` is English.
    """

    code: str = ""
    messages: dict[str, str] | None = None


class ParseError(InputError):
    """A file is not what it says. `line` and `column` count from 1; None when unknown."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class TooLarge(InputError):
    """A file passes a limit. `limit` is its name in `intake.limits.IntakeLimits`."""

    def __init__(self, message: str, *, limit: str = "") -> None:
        super().__init__(message)
        self.limit = limit


class Unsupported(InputError):
    """A file is in a format that is not read here, or its content is not what its name or media type says."""


class PatchError(InputError):
    """A patch does not fit the release it is applied to, or its result breaks a rule."""


class QueryError(InputError):
    """A query is refused or wrong.

    `limit` is the limit that it ran into, as `store.limits.Limits` names it, or empty; `release` is the release
    that was asked, if one was.
    """

    release: int | None = None

    def __init__(self, message: str, *, limit: str = "") -> None:
        super().__init__(message)
        self.limit = limit


class QuerySyntaxError(QueryError):
    """The text is no SPARQL query. `line` and `column` count from 1; None when unknown."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryRefused(QueryError):
    """The query asks for what this endpoint never does (SERVICE, LOAD, update, an unknown graph)."""


class QueryTimeout(QueryError):
    """The query ran past its deadline and its worker was ended."""


class QueryTooLarge(QueryError):
    """The query ran into its memory limit or its result is larger than allowed."""


class QueryBusy(QueryError):
    """Too many queries are waiting. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int = 1, limit: str = "") -> None:
        super().__init__(message, limit=limit)
        self.retry_after = retry_after


class Conflict(InputError):
    """What is asked does not fit what stands now. `entry` is the journal entry in its way, 0 when there is none."""

    def __init__(self, message: str, *, entry: int = 0) -> None:
        super().__init__(message)
        self.entry = entry


class Stale(Conflict):
    """It was changed since it was read. `version` is the one that stands now."""

    def __init__(self, message: str, *, version: int = 0) -> None:
        super().__init__(message)
        self.version = version


class Unfit(Conflict):
    """What is to be accepted breaks rules or stands against other decisions: `details` has each, as plain values."""

    def __init__(self, message: str, *, entry: int = 0, details: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message, entry=entry)
        self.details = list(details)


class KeyReused(Conflict):
    """An idempotency key came with something else before."""


class TooMany(InputError):
    """A quota is used up or a queue is full. `retry_after` is in seconds, `limit` the name of the limit."""

    def __init__(self, message: str, *, retry_after: int = 60, limit: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.limit = limit


class CheckError(InputError):
    """A file cannot be checked. `limit` is the limit that it ran into, as `checker.limits` names it, or empty."""

    def __init__(self, message: str, *, limit: str = "") -> None:
        super().__init__(message)
        self.limit = limit


class CheckTimeout(CheckError):
    """The check ran past its deadline and its process was ended."""


class CheckTooLarge(CheckError):
    """The check needs more memory, or what it reads is nested deeper, than it may."""


class CheckBusy(CheckError):
    """Too many checks are waiting. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int = 2, limit: str = "") -> None:
        super().__init__(message, limit=limit)
        self.retry_after = retry_after


class AccessError(WallographError):
    """Somebody is not let in. The text says nothing about which accounts there are."""


class Forbidden(AccessError):
    """Somebody is known, but has no right to this."""


class LoginFailed(AccessError):
    """Login, password or code is wrong, or an identity of another server is not known here."""


class LoginThrottled(AccessError):
    """Too many failed log-ins. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ProviderFailed(AccessError):
    """The OpenID provider cannot be asked, or does not do what it should."""


class NotFound(WallographError):
    """No such thing, release or file."""


class DataError(WallographError):
    """The data of the project itself is wrong: a card, a code list, the registry, the shapes."""


class GuardError(WallographError):
    """A build would hold back too much, or a source shrank too far (design S4). The former release stays."""


class StateError(WallographError):
    """The state folder is missing, locked or damaged."""


class SecretKeyError(StateError):
    """The key that secrets are encrypted with is missing or malformed, or they were written with another one."""


class OutgoingError(WallographError):
    """Another server was to be asked. The text names its host at most, never a path or a secret."""


class TargetRefused(OutgoingError):
    """An address may not be asked: its form, its port, or the network that it lies in."""


class TargetUnreachable(OutgoingError):
    """There is no such name, no connection, or the connection broke."""


class TargetUntrusted(OutgoingError):
    """No TLS connection with a certificate that is trusted for the host."""


class TargetSlow(OutgoingError):
    """The time was over before the whole answer was there."""


class AnswerRefused(OutgoingError):
    """The answer is a redirect, is larger than is read, or is no HTTP."""
