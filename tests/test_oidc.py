"""Logging in with an OpenID provider: against a real one from npm, and against one that lies in every way it can."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from openid import FalseProvider, false_provider, public_jwk, real_provider, sign_in
from people import Clock, House, set_cookies
from wallograph.accounts.oidc import Identity, OidcRules
from wallograph.accounts.oidc_flow import LASTS, OidcFlow
from wallograph.errors import LoginFailed, ProviderFailed
from wallograph.outgoing.door import Door, OutgoingRules

BASE = "http://localhost:8000"
CALLBACK = f"{BASE}/account/oidc/callback"
SECRETS = {"wallograph": "a secret: with / signs & more", "posting": "another-secret", "public": ""}
OPEN = OutgoingRules(plain_http=True, private=True, seconds=20)


# -- a real provider


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with real_provider(CALLBACK) as found:
        yield found


def house_of(root: Path, issuer: str, client: str = "wallograph", **settings: object) -> House:
    given: dict[str, object] = {
        "oidc_issuer": issuer, "oidc_client_id": client, "oidc_name": "The University", "outgoing_http": True,
        "outgoing_private": True, "oidc_client_secret": SECRETS[client] or None, **settings,
    }  # fmt: skip
    found = House(root, base=BASE, **given)
    found.clock.now = datetime.now(UTC)  # the provider has its own clock
    return found


@pytest.fixture
def house(tmp_path: Path, issuer: str) -> House:
    return house_of(tmp_path / "state", issuer)


def begun(house: House, to: str = "") -> tuple[str, str]:
    """Where the button leads, and the cookie that stays."""
    answer = house.client.get("/account/oidc" + (f"?to={quote(to)}" if to else ""), "text/html")
    assert answer.status_code == 303, answer.text
    cookie = set_cookies(answer)["wg_oidc"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and f"Max-Age={LASTS}" in cookie
    return answer.headers["location"], cookie.partition(";")[0]


def back(house: House, callback: str, cookie: str) -> Any:
    place = urlsplit(callback)
    return house.client.get(f"{place.path}?{place.query}", "text/html", cookie=cookie)


@pytest.mark.parametrize("client", list(SECRETS))
def test_somebody_who_was_added_logs_in(tmp_path: Path, issuer: str, client: str) -> None:
    """Basic, secret in the form, and no secret at all (ES256); PKCE each time."""
    house = house_of(tmp_path / "state", issuer, client)
    account = house.accounts["curator"]
    house.people.accounts.link(account.id, issuer, "user-anna")
    address, cookie = begun(house, "/review?state=checked")
    answer = back(house, sign_in(address, "anna"), cookie)
    assert answer.status_code == 303 and answer.headers["location"] == "/review?state=checked"
    assert "Max-Age=0" in set_cookies(answer)["wg_oidc"]
    session = set_cookies(answer)["wg_session"]
    assert "HttpOnly" in session and "SameSite=lax" in session and "Max-Age" not in session
    me = house.client.get("/account/me", cookie=session.partition(";")[0]).json()
    assert me["id"] == account.id and me["role"] == "curator"
    account = house.people.accounts.get(account.id)
    assert [each.way for each in house.people.sessions.of(account, house.clock())] == ["oidc"]


def test_the_page_offers_the_provider(house: House, tmp_path: Path) -> None:
    page = house.client.get("/account/login?to=/review&lang=en", "text/html").text
    assert "Continue with The University" in page and "/account/oidc?to=%2Freview&amp;lang=en" in page
    without = House(tmp_path / "without", base=BASE)
    assert "/account/oidc" not in without.client.get("/account/login", "text/html").text
    assert without.client.get("/account/oidc").status_code == 404


def test_somebody_who_was_not_added_does_not_get_in(house: House, issuer: str) -> None:
    address, cookie = begun(house)
    answer = back(house, sign_in(address, "mallory"), cookie)
    assert answer.status_code == 403 and "wg_session" not in set_cookies(answer)
    assert "user-mallory" in answer.text and issuer in answer.text  # to pass on to who administers


def test_a_closed_account_does_not_get_in(house: House, issuer: str) -> None:
    house.people.accounts.link(house.accounts["curator"].id, issuer, "user-anna")
    house.people.accounts.disable(house.accounts["curator"].id)
    address, cookie = begun(house)
    answer = back(house, sign_in(address, "anna"), cookie)
    assert answer.status_code == 403 and "wg_session" not in set_cookies(answer)


def test_who_does_not_consent_is_back_at_the_log_in(house: House) -> None:
    address, cookie = begun(house)
    callback = sign_in(address, "anna", agree=False)
    assert "error=access_denied" in callback
    answer = back(house, callback, cookie)
    assert answer.status_code == 403 and 'action="/account/login"' in answer.text


def test_a_return_without_the_browser_that_began_is_refused(house: House, issuer: str) -> None:
    """What an attacker began does not log somebody else in: state and cookie belong together."""
    house.people.accounts.link(house.accounts["curator"].id, issuer, "user-anna")
    address, cookie = begun(house)
    callback = sign_in(address, "anna")
    _, others = begun(house)
    for wrong in (others, "wg_oidc=", "wg_oidc=x.y", "other=1", cookie.replace("wg_oidc=1", "wg_oidc=2")):
        assert back(house, callback, wrong).status_code == 403
    assert back(house, callback, cookie).status_code == 303  # none of those used the code up


def test_a_code_is_used_once_and_soon(house: House, issuer: str) -> None:
    house.people.accounts.link(house.accounts["curator"].id, issuer, "user-anna")
    address, cookie = begun(house)
    callback = sign_in(address, "anna")
    house.clock.on(seconds=LASTS + 1)
    assert back(house, callback, cookie).status_code == 403
    house.clock.on(seconds=-LASTS - 1)
    assert back(house, callback, cookie).status_code == 303
    assert back(house, callback, cookie).status_code == 403


def test_a_code_of_another_flow_fails_by_pkce(house: House, issuer: str) -> None:
    """A code that was stolen and put into one's own flow: the provider compares the verifier."""
    house.people.accounts.link(house.accounts["curator"].id, issuer, "user-anna")
    stolen = parse_qs(urlsplit(sign_in(begun(house)[0], "anna")).query)["code"][0]
    address, cookie = begun(house)
    mine = parse_qs(urlsplit(sign_in(address, "mallory")).query)
    callback = f"{CALLBACK}?{urlencode({'code': stolen, 'state': mine['state'][0], 'iss': issuer})}"
    assert back(house, callback, cookie).status_code == 403


def test_a_wrong_secret_is_the_providers_failure(tmp_path: Path, issuer: str) -> None:
    house = house_of(tmp_path / "state", issuer, oidc_client_secret="wrong")
    address, cookie = begun(house)
    answer = back(house, sign_in(address, "anna"), cookie)
    assert answer.status_code == 502 and "wrong" not in answer.text


def test_the_redirect_stays_on_the_host(house: House, issuer: str) -> None:
    house.people.accounts.link(house.accounts["curator"].id, issuer, "user-anna")
    address, cookie = begun(house, "//evil.example/")
    assert back(house, sign_in(address, "anna"), cookie).headers["location"] == "/account"
    address, cookie = begun(house)
    forged = cookie.rpartition(".")[0] + "." + b"https://evil.example".hex()
    assert back(house, sign_in(address, "anna"), forged).headers["location"] == "/account"


def test_private_addresses_are_only_asked_when_it_is_set(tmp_path: Path, issuer: str) -> None:
    for settings in ({"outgoing_private": False}, {"outgoing_http": False}):
        house = house_of(tmp_path / next(iter(settings)), issuer, **settings)
        answer = house.client.get("/account/oidc")
        assert answer.status_code == 502, answer.text


# -- one that lies


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def liar(clock: Clock) -> Iterator[FalseProvider]:
    with false_provider(clock) as found:
        yield found


@pytest.fixture
def flow(liar: FalseProvider) -> OidcFlow:
    return OidcFlow(OidcRules(liar.issuer, "wallograph", "s"), Door(OPEN), CALLBACK)


def asked_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def ended(flow: OidcFlow, liar: FalseProvider, clock: Clock, **said: str) -> Identity:
    start = flow.begin(clock())
    asked = asked_of(start.address)
    liar.nonce = liar.nonce or asked["nonce"]
    return flow.end(start.secret, {"code": "c", "state": asked["state"], **said}, clock())


def test_what_is_asked(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    first, second = flow.begin(clock()), flow.begin(clock())
    asked = asked_of(first.address)
    assert first.address.startswith(f"{liar.issuer}/auth?")
    assert asked["response_type"] == "code" and asked["scope"] == "openid" and asked["redirect_uri"] == CALLBACK
    assert asked["code_challenge_method"] == "S256" and "client_secret" not in asked
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) == 43 and asked[name] != asked_of(second.address)[name]
    assert not {asked["state"], asked["nonce"], asked["code_challenge"]} & {first.secret, first.secret.split("-")[1]}


def test_it_works_when_nothing_is_wrong(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    assert ended(flow, liar, clock) == Identity(liar.issuer, "anna")
    _, headers, form = next(each for each in liar.asked if each[0] == "/token")
    assert headers["authorization"] == "Basic " + base64.b64encode(b"wallograph:s").decode()
    verifier = form["code_verifier"][0]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert len(verifier) == 43 and challenge  # that it belongs to the challenge, the real provider checks


LATER, EARLIER = Clock()() + timedelta(hours=1), Clock()() - timedelta(hours=1)
WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"}, "no issuer": {"iss": None}, "no audience": {"aud": None},
    "another audience": {"aud": "other"}, "no audience in a list": {"aud": []},
    "several, for another": {"aud": ["wallograph", "other"], "azp": "other"},
    "several, for nobody said": {"aud": ["wallograph", "other"]}, "another party": {"azp": "other"},
    "over": {"exp": int(EARLIER.timestamp())}, "no end": {"exp": None}, "an odd end": {"exp": "never"},
    "endless": {"exp": float("inf")}, "true": {"exp": True},
    "old": {"iat": int(EARLIER.timestamp())}, "of the future": {"iat": int(LATER.timestamp())},
    "undated": {"iat": None},
    "not yet": {"nbf": int(LATER.timestamp())}, "no nonce": {"nonce": None}, "another nonce": {"nonce": "x"},
    "odd nonce": {"nonce": ["x"]}, "nobody": {"sub": None}, "an empty name": {"sub": ""}, "a number": {"sub": 1},
    "a long name": {"sub": "x" * 256}, "control characters": {"sub": "a\nb"},
}  # fmt: skip


@pytest.mark.parametrize("why", WRONG_CLAIMS)
def test_a_token_that_says_something_wrong(flow: OidcFlow, liar: FalseProvider, clock: Clock, why: str) -> None:
    liar.claims = WRONG_CLAIMS[why]
    with pytest.raises(LoginFailed):
        ended(flow, liar, clock)


def test_a_token_for_several_that_names_us(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    liar.claims = {"aud": ["wallograph", "other"], "azp": "wallograph"}
    assert ended(flow, liar, clock).subject == "anna"


def _b64(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


OTHER_KEY = rsa.generate_private_key(65537, 2048)
FORGERIES: dict[str, Callable[[FalseProvider, dict[str, Any]], Any]] = {
    "unsigned": lambda p, c: jwt.encode(c, None, "none"),
    "unsigned, with a kid": lambda p, c: f"{_b64({'alg': 'none', 'kid': 'k1'})}.{_b64(c)}.",
    "None in capitals": lambda p, c: f"{_b64({'alg': 'nOnE', 'kid': 'k1'})}.{_b64(c)}.",
    "another key": lambda p, c: jwt.encode(c, OTHER_KEY, "RS256", {"kid": "k1"}),
    "a key nobody has": lambda p, c: jwt.encode(c, OTHER_KEY, "RS256", {"kid": "k2"}),
    "its own key": lambda p, c: jwt.encode(c, OTHER_KEY, "RS256", {"kid": "k1", "jwk": public_jwk(OTHER_KEY)}),
    "a shared secret": lambda p, c: jwt.encode(c, "s" * 32, "HS256", {"kid": "k1"}),
    "the public key as a secret": lambda p, c: jwt.encode(
        c, public_jwk(p.key)["n"].encode(), "HS256", {"kid": "k1"}
    ),
    "an elliptic key": lambda p, c: jwt.encode(c, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "k1"}),
    "changed": lambda p, c: _changed(jwt.encode(c, p.key, "RS256", {"kid": "k1"})),
    "cut": lambda p, c: jwt.encode(c, p.key, "RS256", {"kid": "k1"})[:-20],
    "no token": lambda p, c: "x", "not a text": lambda p, c: {"a": 1}, "too large": lambda p, c: "a." * 20_000,
    "an odd kid": lambda p, c: f"{_b64({'alg': 'RS256', 'kid': [1]})}.{_b64(c)}.AAAA",
    "no object": lambda p, c: f"{_b64([1])}.{_b64(c)}.AAAA",
}  # fmt: skip


def _changed(token: str) -> str:
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{head}.{_b64({**claims, 'sub': 'admin'})}.{signature}"


@pytest.mark.parametrize("how", FORGERIES)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_token_that_is_not_the_providers(flow: OidcFlow, liar: FalseProvider, clock: Clock, how: str) -> None:
    liar.make_token = lambda claims: FORGERIES[how](liar, claims)
    with pytest.raises((LoginFailed, ProviderFailed)):
        ended(flow, liar, clock)


def test_a_key_for_encryption_signs_nothing(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    liar.keys = [public_jwk(liar.key, use="enc"), {"kty": "RSA", "kid": "k1"}, {}, "x"]  # type: ignore[list-item]
    with pytest.raises(LoginFailed):
        ended(flow, liar, clock)


def test_a_new_key_is_fetched_but_not_at_every_token(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    ended(flow, liar, clock)
    old, liar.key, liar.nonce = liar.key, rsa.generate_private_key(65537, 2048), ""
    liar.make_token = lambda claims: jwt.encode(claims, liar.key, "RS256", {"kid": "k9"})
    liar.keys = [public_jwk(old), public_jwk(liar.key, "k9")]
    with pytest.raises(LoginFailed):
        ended(flow, liar, clock)
    clock.on(seconds=61)
    liar.nonce = ""
    assert ended(flow, liar, clock).subject == "anna"
    liar.make_token = lambda claims: jwt.encode(claims, liar.key, "RS256", {"kid": "k10"})
    before = len([each for each in liar.asked if each[0] == "/jwks"])
    for _ in range(5):
        liar.nonce = ""
        with pytest.raises(LoginFailed):
            ended(flow, liar, clock)
    assert len([each for each in liar.asked if each[0] == "/jwks"]) == before


WRONG_METADATA: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://evil.example"}, "no PKCE": {"code_challenge_methods_supported": ["plain"]},
    "no token endpoint": {"token_endpoint": None}, "a file": {"token_endpoint": "file:///etc/passwd"},
    "a script": {"authorization_endpoint": "javascript:alert(1)"}, "no keys": {"jwks_uri": 1},
    "credentials": {"jwks_uri": "http://a:b@127.0.0.1/"},
}  # fmt: skip


@pytest.mark.parametrize("why", WRONG_METADATA)
def test_a_provider_that_describes_itself_wrongly(flow: OidcFlow, liar: FalseProvider, clock: Clock, why: str) -> None:
    liar.metadata = WRONG_METADATA[why]
    with pytest.raises(ProviderFailed):
        flow.begin(clock())


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (200, b""), (200, b"[]"), (200, b"{}"), (200, b'{"id_token": null}'), (302, b""), (200, b"\xff"),
     (200, b"[" * 100_000), (401, b'{"error": "invalid_client"}'), (200, b"x" * (2 << 20))],
)  # fmt: skip
def test_an_odd_answer_for_a_code(flow: OidcFlow, liar: FalseProvider, clock: Clock, status: int, body: bytes) -> None:
    liar.status, liar.body = status, body
    with pytest.raises(ProviderFailed):
        ended(flow, liar, clock)


def test_a_code_that_is_not_known(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    liar.status, liar.body = 400, b'{"error": "invalid_grant"}'
    with pytest.raises(LoginFailed):
        ended(flow, liar, clock)


@pytest.mark.parametrize(
    "said", [{"state": "x"}, {"state": "é"}, {"code": ""}, {"code": "x" * 5000}, {"iss": "https://evil.example"},
             {"error": "access_denied"}],
)  # fmt: skip
def test_an_odd_return(flow: OidcFlow, liar: FalseProvider, clock: Clock, said: dict[str, str]) -> None:
    with pytest.raises(LoginFailed):
        ended(flow, liar, clock, **said)
    assert not [each for each in liar.asked if each[0] == "/token"]


def test_a_provider_that_names_itself_in_answers_has_to(flow: OidcFlow, liar: FalseProvider, clock: Clock) -> None:
    liar.metadata = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(LoginFailed):
        ended(flow, liar, clock)
    liar.nonce = ""
    assert ended(flow, liar, clock, iss=liar.issuer).subject == "anna"


def test_the_secret_of_the_client_is_in_no_text(liar: FalseProvider) -> None:
    rules = OidcRules(liar.issuer, "wallograph", "very secret")
    assert "very secret" not in repr(rules)
