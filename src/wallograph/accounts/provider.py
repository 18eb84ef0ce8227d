"""What an OpenID provider says of itself: its addresses and its keys, asked through the door and kept for a while.

In: an issuer. Out: `Metadata`, and the key that a token names. Its answers are not believed further than they must:
it has to be the issuer that was asked, and no address of it may be one that the door would not ask.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Final

from jwt import PyJWK
from jwt.exceptions import PyJWTError

from wallograph.accounts.model import seconds
from wallograph.errors import LoginFailed, OutgoingError, ProviderFailed
from wallograph.outgoing.door import Door

WELL_KNOWN: Final = "/.well-known/openid-configuration"
_KEPT: Final = 3600  # seconds
_AGAIN: Final = 60  # seconds between two looks for a key that is not known
_MOST_KEYS: Final = 100


@dataclass(frozen=True, slots=True)
class Metadata:
    """What of the configuration is used."""

    authorization: str
    token: str
    keys: str
    takes_basic: bool  # the secret of the client as HTTP Basic, else as a field
    says_issuer: bool  # the issuer stands in every answer (RFC 9207)


class Provider:
    """One provider. Safe in several threads."""

    def __init__(self, issuer: str, door: Door) -> None:
        self.issuer, self.door = issuer, door
        self._lock = Lock()
        self._metadata: tuple[int, Metadata] | None = None
        self._keys: tuple[int, list[dict[str, Any]]] | None = None

    def metadata(self, now: datetime) -> Metadata:
        """The configuration; ProviderFailed."""
        with self._lock:
            if self._metadata is None or not 0 <= seconds(now) - self._metadata[0] < _KEPT:
                self._metadata = seconds(now), self._ask_metadata()
            return self._metadata[1]

    def key(self, ident: str | None, algorithm: str, now: datetime) -> PyJWK:
        """The key that a token names, for its algorithm; LoginFailed when the provider has none such."""
        for again in (False, True):
            for found in self._known_keys(now, again=again):
                if ident is not None and found.get("kid") != ident:
                    continue
                if found.get("use", "sig") != "sig" or found.get("alg", algorithm) != algorithm:
                    continue
                try:
                    return PyJWK(found, algorithm)
                except (PyJWTError, ValueError, TypeError, KeyError):
                    continue  # of another kind, or none at all
        raise LoginFailed("the token is signed with a key that the provider does not have")

    def _known_keys(self, now: datetime, *, again: bool) -> list[dict[str, Any]]:
        address = self.metadata(now).keys
        with self._lock:
            age = seconds(now) - self._keys[0] if self._keys else _KEPT
            if self._keys is None or not 0 <= age < _KEPT or (again and age >= _AGAIN):
                listed = self._ask(address).get("keys")
                if not isinstance(listed, list):
                    raise ProviderFailed("the OpenID provider lists no keys")
                self._keys = seconds(now), [key for key in listed[:_MOST_KEYS] if isinstance(key, dict)]
            return self._keys[1]

    def _ask_metadata(self) -> Metadata:
        said = self._ask(self.issuer.rstrip("/") + WELL_KNOWN)
        if said.get("issuer") != self.issuer:
            raise ProviderFailed("the OpenID provider calls itself by another name than WALLOGRAPH_OIDC_ISSUER")
        methods = said.get("code_challenge_methods_supported")
        if isinstance(methods, list) and "S256" not in methods:
            raise ProviderFailed("the OpenID provider does not know PKCE with S256")
        ways = said.get("token_endpoint_auth_methods_supported")
        takes_basic = not isinstance(ways, list) or "client_secret_basic" in ways
        return Metadata(
            self._address(said, "authorization_endpoint"), self._address(said, "token_endpoint"),
            self._address(said, "jwks_uri"), takes_basic,
            said.get("authorization_response_iss_parameter_supported") is True,
        )  # fmt: skip

    def _address(self, said: dict[str, Any], name: str) -> str:
        found = said.get(name)
        try:
            if isinstance(found, str):
                self.door.parse(found)
                return found
        except OutgoingError as error:
            raise ProviderFailed(f"the {name} of the OpenID provider cannot be used: {error}") from error
        raise ProviderFailed(f"the OpenID provider gives no {name}")

    def _ask(self, address: str) -> dict[str, Any]:
        try:
            answer = self.door.get(address, {"Accept": "application/json"})
        except OutgoingError as error:
            raise ProviderFailed(f"the OpenID provider cannot be asked: {error}") from error
        try:
            found = json.loads(answer.body)
        except (ValueError, RecursionError):
            found = None
        if answer.status != 200 or not isinstance(found, dict):
            raise ProviderFailed(f"the OpenID provider gave no configuration (answer {answer.status})")
        return found
