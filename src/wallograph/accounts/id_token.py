"""ID tokens (OpenID Connect Core, 3.1.3.7): a token and what is expected of it come in, an identity goes out.

Whatever is not right is LoginFailed: signature, algorithm, issuer, audience, times, nonce. Only signatures by a key
of the provider are taken, never a shared secret and never none.
"""

import hmac
from datetime import datetime
from typing import Any, Final

import jwt
from jwt.exceptions import PyJWTError

from wallograph.accounts.model import seconds
from wallograph.accounts.oidc import Identity, OidcRules
from wallograph.accounts.provider import Provider
from wallograph.errors import LoginFailed

ALGORITHMS: Final = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
_LEEWAY: Final = 60  # seconds that two clocks may differ
_OLDEST: Final = 600  # seconds since a token was made
_LONGEST: Final = 32_768
_LONGEST_SUBJECT: Final = 255


def verified(token: str, provider: Provider, rules: OidcRules, nonce: str, now: datetime) -> Identity:
    """Who the provider says it is."""
    claims = _claims(token, provider, now)
    moment, audience = seconds(now), claims.get("aud")
    listed = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != rules.issuer:
        raise LoginFailed("the token is of another provider")
    if rules.client_id not in listed or (len(listed) > 1 and claims.get("azp") != rules.client_id):
        raise LoginFailed("the token is for somebody else")
    if claims.get("azp", rules.client_id) != rules.client_id:
        raise LoginFailed("the token is for somebody else")
    if _number(claims, "exp") + _LEEWAY <= moment:
        raise LoginFailed("the token is too old")
    if not moment - _OLDEST <= _number(claims, "iat") <= moment + _LEEWAY:
        raise LoginFailed("the token was not made now")
    if _number(claims, "nbf", moment) > moment + _LEEWAY:
        raise LoginFailed("the token is not valid yet")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode("utf-8", "replace"), nonce.encode()):
        raise LoginFailed("the token is of another log-in")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        raise LoginFailed("the token names nobody")
    return Identity(rules.issuer, subject)


def _claims(token: str, provider: Provider, now: datetime) -> dict[str, Any]:
    """What a token says, when it is signed by the provider. The times are judged by our own clock, above."""
    if len(token) > _LONGEST:
        raise LoginFailed("the token is too large")
    try:
        header = jwt.get_unverified_header(token)
        algorithm, ident = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS or not isinstance(ident, str | None):
            raise LoginFailed("the token is not signed in a way that is taken")
        key = provider.key(ident, algorithm, now)
        unjudged = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False,
                    "verify_iss": False, "verify_sub": False}  # fmt: skip
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=[algorithm], options=unjudged)  # type: ignore[arg-type]
        return claims
    except (PyJWTError, ValueError, RecursionError) as error:
        raise LoginFailed("the token is not signed by the provider") from error


def _number(claims: dict[str, Any], name: str, otherwise: int | None = None) -> int:
    found = claims.get(name, otherwise)
    if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) < 1e12:
        raise LoginFailed(f"the token says no {name}")
    return int(found)
