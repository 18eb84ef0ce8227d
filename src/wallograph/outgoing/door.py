"""The one door for HTTP to other servers. Whatever asks another server goes through it.

In: a URL, a body. Out: an `Answer`, or an OutgoingError. Refused: private and special addresses, judged after
resolving; the connection goes to exactly the address that was judged. No redirect is followed, no proxy or credential
is taken from the environment, and every answer has a time and a size limit.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wallograph.errors import AnswerRefused, TargetRefused, TargetSlow, TargetUnreachable, TargetUntrusted
from wallograph.outgoing.addresses import refusal
from wallograph.outgoing.stream import Deadline, Stream
from wallograph.outgoing.target import Target, parse_target

Place = tuple[socket.AddressFamily, tuple[Any, ...]]  # as the resolver gives it: family and socket address
Resolver = Callable[[str, int], Sequence[Place]]

_HEAD_BYTES: Final = 1 << 16
_AGENT: Final = "wallograph"


@dataclass(frozen=True, slots=True)
class OutgoingRules:
    """What an installation allows."""

    plain_http: bool = False
    private: bool = False
    seconds: float = 15.0
    connect_seconds: float = 5.0
    answer_bytes: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What another server answered: never a redirect. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def resolve(host: str, port: int) -> list[Place]:
    """The addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [(family, address) for family, _, _, _, address in found]


class Door:
    """Asks other servers, within the rules. Safe in several threads."""

    def __init__(self, rules: OutgoingRules, *, resolver: Resolver = resolve, ca_file: Path | None = None) -> None:
        self.rules = rules
        self._resolver = resolver
        # not create_default_context(): that one writes session keys where the environment says
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        if ca_file is None:
            self._tls.load_default_certs()
        else:
            self._tls.load_verify_locations(ca_file)

    def check(self, url: str) -> Target:
        """The target of a URL that may be asked now; an OutgoingError says why it may not. Nothing is sent."""
        target = self.parse(url)
        self._places(target, Deadline(self.rules.seconds))
        return target

    def parse(self, url: str) -> Target:
        """The target of a URL by its form alone."""
        return parse_target(url, plain_http=self.rules.plain_http)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """GET an address; the answer with its body."""
        return self._ask("GET", url, None, headers or {}, want_body=True)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, want_body: bool = True) -> Answer:
        """POST a body; without `want_body` the answer's body is not read."""
        return self._ask("POST", url, body, headers, want_body=want_body)

    def _ask(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], *, want_body: bool) -> Answer:
        target = self.parse(url)
        deadline = Deadline(self.rules.seconds)
        sock = self._connect(target, deadline)
        with sock:
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = Stream(sock, deadline, self.rules.answer_bytes + _HEAD_BYTES)
            sent = {"Host": target.authority, "User-Agent": _AGENT, "Accept-Encoding": "identity", **headers}
            try:
                connection.request(method, target.path, body, {**sent, "Connection": "close"})
                response = connection.getresponse()
                return self._answer(response, want_body=want_body)
            except http.client.HTTPException as error:
                raise AnswerRefused(f"{target.host} did not answer in HTTP ({type(error).__name__})") from error
            except OSError as error:
                raise TargetUnreachable(f"the connection to {target.host} broke ({_reason(error)})") from error

    def _answer(self, response: http.client.HTTPResponse, *, want_body: bool) -> Answer:
        if 300 <= response.status < 400:
            raise AnswerRefused(f"answered {response.status}, a redirect, which is not followed")
        body = response.read(self.rules.answer_bytes + 1) if want_body else b""
        if len(body) > self.rules.answer_bytes:
            raise AnswerRefused("the answer is larger than is read")
        if want_body and response.length:  # read() with a limit does not say so
            raise AnswerRefused("the answer broke off")
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def _places(self, target: Target, deadline: Deadline) -> Sequence[Place]:
        """Where the host is. One address that may not be asked is enough to refuse all."""
        try:
            places = deadline.within(lambda: self._resolver(target.host, target.port))
        except UnicodeError as error:
            raise TargetRefused("the address names no host") from error
        except OSError as error:
            raise TargetUnreachable(f"{target.host} is not known ({_reason(error)})") from error
        for _, address in places:
            word = refusal(str(address[0]), private=self.rules.private)
            if word is not None:
                told = "; WALLOGRAPH_OUTGOING_PRIVATE=true allows it" if word == "private" else ""
                raise TargetRefused(f"{target.host} is at a {word} address, which is not asked{told}")
        if not places:
            raise TargetUnreachable(f"{target.host} has no address")
        return places

    def _connect(self, target: Target, deadline: Deadline) -> socket.socket:
        """Connect to one of the judged addresses, and no other."""
        last = ""
        for family, address in self._places(target, deadline):
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(min(self.rules.connect_seconds, deadline.left()))
                sock.connect(address)
                return self._secured(sock, target, deadline) if target.scheme == "https" else sock
            except OSError as error:
                sock.close()
                last = _reason(error)
            except BaseException:
                sock.close()
                raise
        raise TargetUnreachable(f"{target.host} does not take a connection ({last})")

    def _secured(self, sock: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
        sock.settimeout(deadline.left())
        try:
            return self._tls.wrap_socket(sock, server_hostname=target.host)
        except ssl.SSLError as error:
            why = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
            raise TargetUntrusted(f"no trusted TLS connection to {target.host} ({why})") from error
        except TimeoutError:
            raise TargetSlow(f"no TLS connection to {target.host} in {deadline.seconds:g} seconds") from None
        except ValueError as error:
            raise TargetRefused("the address names no host") from error


def _reason(error: OSError) -> str:
    """The system's word for an error, without addresses or paths."""
    with suppress(IndexError):
        if isinstance(error.args[1], str):
            return error.args[1].lower()
    return type(error).__name__ if not isinstance(error, TimeoutError) else "timed out"
