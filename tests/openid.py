"""OpenID providers for tests: a real one, `oidc-provider` from npm, and one that says whatever a test wants.

Both listen on a loopback port. `sign_in` does what a person does on the pages of the real one.
"""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from npm_clients import NODE, ROOT, command
from serving import free_port


@contextmanager
def real_provider(redirect: str) -> Iterator[str]:
    """Run `oidc-provider`; gives its issuer."""
    package, issuer = command("oidc-provider/lib/index.js"), f"http://127.0.0.1:{free_port()}"
    script = ROOT / "tests" / "clients" / "openid.mjs"
    running = subprocess.Popen(
        [NODE, script, package.as_uri(), issuer, redirect], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    try:
        assert running.stdout is not None
        said = []
        for line in running.stdout:
            said.append(line)
            if line.strip() == "ready":
                break
        else:
            raise RuntimeError("the provider did not start: " + "".join(said))
        threading.Thread(target=running.stdout.read, daemon=True).start()  # what it says further on fills no pipe
        yield issuer
    finally:
        running.terminate()
        running.wait(15)
        assert running.stdout is not None
        running.stdout.close()


def sign_in(address: str, login: str, *, agree: bool = True) -> str:
    """Go to the provider's page, log in, consent: the address that it sends the browser back to."""
    with httpx.Client(timeout=30) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                place = str(answer.next_request.url) if answer.next_request else ""
                if "/account/oidc/callback" in place:
                    return place
                answer = browser.get(place)
                continue
            found = re.search(r'action="([^"]+)"', answer.text)
            assert found, answer.text
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert prompt
            if not agree:
                answer = browser.get(found[1] + "/abort")
                continue
            answer = browser.post(found[1], data={"prompt": prompt[1], "login": f"user-{login}", "password": "x"})
    raise AssertionError("the provider sends the browser round and round")


@dataclass
class FalseProvider:
    """What it says, and what it was asked. `claims` go into the token over what would be right."""

    issuer: str = ""
    key: Any = None
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    make_token: Any = None  # of the claims that would be right
    nonce: str = ""
    asked: list[tuple[str, dict[str, str], dict[str, list[str]]]] = field(default_factory=list)
    keys: list[dict[str, Any]] | None = None
    status: int = 200
    body: bytes | None = None
    now: Any = None

    def said(self, path: str) -> Any:
        """The answer at a path."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks", **self.metadata,
            }  # fmt: skip
        if path == "/jwks":
            return {"keys": self.keys if self.keys is not None else [public_jwk(self.key)]}
        moment = int(self.now().timestamp())
        right = {"iss": self.issuer, "aud": "wallograph", "sub": "anna", "nonce": self.nonce, "iat": moment,
                 "exp": moment + 300}  # fmt: skip
        told = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        return {"id_token": self.make_token(told), "access_token": "x", "token_type": "Bearer"}


def public_jwk(key: rsa.RSAPrivateKey, kid: str = "k1", **more: str) -> dict[str, Any]:
    """The public half of a key, as a provider lists it."""
    found = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**found, "kid": kid, **more}


@contextmanager
def false_provider(now: Any) -> Iterator[FalseProvider]:
    """Run the provider that says whatever a test wants."""
    told = FalseProvider(key=rsa.generate_private_key(65537, 2048), now=now)
    told.make_token = lambda claims: jwt.encode(claims, told.key, "RS256", {"kid": "k1"})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self._say(parse_qs(body.decode()))

        def _say(self, form: dict[str, list[str]]) -> None:
            path = urlsplit(self.path).path
            told.asked.append((path, {k.lower(): v for k, v in self.headers.items()}, form))
            body = told.body if told.body is not None and path == "/token" else json.dumps(told.said(path)).encode()
            self.send_response(told.status if path == "/token" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    told.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
