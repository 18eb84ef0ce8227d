"""Logging in with an OpenID provider: authorization code flow with PKCE (S256), state and nonce.

In: where somebody wants to go; later, what the provider sent back with them. Out: the address of the provider and a
secret that stays in the browser; later, an `Identity`. Nothing of a flow is stored here: state, nonce and verifier
follow from the secret in the browser, each by a digest, so that only this browser can end what it began.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from wallograph.accounts.id_token import verified
from wallograph.accounts.model import seconds
from wallograph.accounts.oidc import Identity, OidcRules
from wallograph.accounts.provider import Metadata, Provider
from wallograph.accounts.secrets import derived, new_secret
from wallograph.errors import LoginFailed, OutgoingError, ProviderFailed
from wallograph.outgoing.door import Door

LASTS: Final = 600  # seconds from the button to the return
_LONGEST: Final = 4096  # characters of a code
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what it keeps until it is back."""

    address: str
    secret: str


class OidcFlow:
    """The flow of one installation. Safe in several threads."""

    def __init__(self, rules: OidcRules, door: Door, redirect_uri: str) -> None:
        self.rules, self.door, self.redirect_uri = rules, door, redirect_uri
        self.provider = Provider(rules.issuer, door)

    def begin(self, now: datetime) -> Begun:
        """To the provider. ProviderFailed when it cannot be asked what it wants."""
        found = self.provider.metadata(now)
        secret = f"{seconds(now)}-{new_secret()}"
        challenge = base64.urlsafe_b64encode(hashlib.sha256(_verifier(secret).encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code", "client_id": self.rules.client_id, "redirect_uri": self.redirect_uri,
            "scope": "openid", "state": _state(secret), "nonce": _nonce(secret), "code_challenge": challenge,
            "code_challenge_method": "S256",
        }  # fmt: skip
        sign = "&" if "?" in found.authorization else "?"
        return Begun(f"{found.authorization}{sign}{urlencode(asked, quote_via=quote)}", secret)

    def end(self, secret: str, said: Mapping[str, str], now: datetime) -> Identity:
        """Back from the provider: who it is. LoginFailed when it did not begin here, or was refused there."""
        begun, _, rest = secret.partition("-")
        whole = begun.isascii() and begun.isdigit() and len(begun) < 12 and len(rest) > 20
        if not whole or not 0 <= seconds(now) - int(begun) <= LASTS:
            raise LoginFailed("this log-in was not begun in this browser, or too long ago")
        if not hmac.compare_digest(said.get("state", "").encode("utf-8", "replace"), _state(secret).encode()):
            raise LoginFailed("this log-in was not begun in this browser")
        found = self.provider.metadata(now)
        if (found.says_issuer or "iss" in said) and said.get("iss") != self.rules.issuer:
            raise LoginFailed("the answer is of another provider")
        if "error" in said:
            raise LoginFailed("the provider did not let you in")
        code = said.get("code", "")
        if not code or len(code) > _LONGEST:
            raise LoginFailed("the provider sent no code")
        token = self._token(found, code, _verifier(secret))
        return verified(token, self.provider, self.rules, _nonce(secret), now)

    def _token(self, found: Metadata, code: str, verifier: str) -> str:
        """Exchange the code for an ID token."""
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }  # fmt: skip
        headers = dict(_FORM)
        if self.rules.client_secret and found.takes_basic:
            pair = f"{quote(self.rules.client_id, safe='')}:{quote(self.rules.client_secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form["client_id"] = self.rules.client_id
            if self.rules.client_secret:
                form["client_secret"] = self.rules.client_secret
        try:
            answer = self.door.post(found.token, urlencode(form).encode(), headers)
        except OutgoingError as error:
            raise ProviderFailed(f"the OpenID provider cannot be asked: {error}") from error
        given = _object(answer.body)
        if answer.status == 400 and given.get("error") == "invalid_grant":
            raise LoginFailed("the provider does not know this code, or it was used before")
        token = given.get("id_token")
        if answer.status != 200 or not isinstance(token, str):
            raise ProviderFailed(f"the OpenID provider gave no token (answer {answer.status})")
        return token


def _state(secret: str) -> str:
    return derived("oidc state", secret)


def _nonce(secret: str) -> str:
    return derived("oidc nonce", secret)


def _verifier(secret: str) -> str:
    return derived("oidc verifier", secret)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
