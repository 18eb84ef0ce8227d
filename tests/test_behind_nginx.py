"""What docs/operators.md gives to operators works: the nginx before wallograph, and the unit of systemd.

In: the two files of docs/. A real nginx on loopback with TLS, a real server behind it.
"""

import configparser
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from faults import Plant
from nginx import _FRAME, NGINX
from people import PASSWORD, no_vault
from serving import free_port
from wallograph.accounts.model import Role
from wallograph.accounts.passwords import Passwords
from wallograph.accounts.people import People
from wallograph.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"
NAME = "id.example.org"


class Front:
    """nginx over a server: HTTPS and HTTP ports, and a client that believes its certificate."""

    def __init__(self, place: Plant, root: Path) -> None:
        self.place, self.root = place, root
        self.https, self.http = free_port(), free_port()
        self.log = root / "access.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        certificate, key = self.root / "fullchain.pem", self.root / "key.pem"
        make_certificate(certificate, key)
        text = (DOCS / "wallograph.nginx.conf").read_text("utf-8")
        for old, new in {
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{self.place.port};",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.https} ssl;", "/etc/ssl/wallograph": str(self.root),
            "/var/log/nginx/wallograph.log": str(self.log),
        }.items():  # fmt: skip
            assert text.count(old) >= 1, old
            text = text.replace(old, new)
        user = "user root;\n" if os.geteuid() == 0 else ""
        (self.root / "site.conf").write_text(text)
        (self.root / "nginx.conf").write_text(_FRAME.format(prefix=self.root, user=user))
        command = [NGINX, "-p", str(self.root), "-c", str(self.root / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=30)
        said = re.sub(r".*could not open error log.*\n", "", checked.stderr)
        assert checked.returncode == 0 and "[warn]" not in said, checked.stderr
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def client(self, **more: object) -> httpx.Client:
        """A visitor at https://id.example.org, wherever that is."""
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.https}", verify=False, headers={"host": NAME}, timeout=60, **more  # type: ignore[arg-type]
        )

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)


def make_certificate(certificate: Path, key: Path) -> None:
    """A self-signed one."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).sign(private, hashes.SHA256())
    )  # fmt: skip
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key.write_bytes(private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    root = tmp_path_factory.mktemp("front")
    place = Plant(root, base=f"https://{NAME}", trusted_proxies=1)
    found = Front(place, root)
    try:
        place.start()
        place.ready()
        found.start()
        time.sleep(0.5)
        yield found
    finally:
        found.stop()
        place.stop()


def test_pages_and_queries_through_the_proxy(front: Front) -> None:
    with front.client() as client:
        page = client.get("/doc/actor/spin", headers={"accept": "text/html"})
        assert page.status_code == 200 and page.headers["strict-transport-security"]
        assert page.headers["content-encoding"] == "gzip" and f"https://{NAME}/id/actor/spin" in page.text
        again = client.get("/doc/actor/spin", headers={"accept": "text/html", "if-none-match": page.headers["etag"]})
        assert again.status_code == 304
        turned = client.get("/id/actor/spin")
        assert turned.status_code == 303 and turned.headers["location"].startswith(f"https://{NAME}/")
        with httpx.Client(base_url=front.place.local) as direct:
            for path in ("/doc/actor%2Fspin", "/doc/actor/%2e%2e", "/id/actor/a%20b"):
                assert client.get(path).status_code == direct.get(path).status_code, path
        asked = client.post("/sparql", data={"query": "ASK { ?s ?p ?o }"})
        assert asked.json()["boolean"] is True
        large = client.post("/validate", files={"file": ("a.csv", b"x" * 23_000_000, "text/csv")})
        assert large.status_code == 413
    with httpx.Client(headers={"host": NAME}) as client:
        moved = client.get(f"http://127.0.0.1:{front.http}/doc/actor/spin?lang=fr")
        assert (moved.status_code, moved.headers["location"]) == (301, f"https://{NAME}/doc/actor/spin?lang=fr")


def test_people_log_in_through_the_proxy(front: Front) -> None:
    people = People(front.place.db, Settings().people(), no_vault, now=lambda: datetime.now(UTC))
    now = datetime.now(UTC)
    hashed = Passwords().hash(PASSWORD)
    people.accounts.add("anna@example.org", Role.CURATOR, now, name="anna", password=hashed)
    with front.client() as client:
        page = client.get("/account/login", headers={"accept": "text/html"})
        assert page.status_code == 200 and 'action="/account/login"' in page.text
        fields = {"login": "anna@example.org", "password": PASSWORD}
        browser = {"origin": f"https://{NAME}", "sec-fetch-site": "same-origin", "accept": "text/html"}
        evil = client.post("/account/login", data=fields, headers={**browser, "origin": "https://evil.example"})
        assert evil.status_code == 403
        done = client.post("/account/login", data=fields, headers=browser)
        assert done.status_code == 303, done.text[:2000]
        session = next(c for c in done.headers.get_list("set-cookie") if c.startswith("__Host-wg_session="))
        assert "Secure" in session and "HttpOnly" in session
        queue = client.get("/review", headers={"accept": "text/html", "cookie": session.split(";")[0]})
        assert queue.status_code == 200 and queue.headers["cache-control"] == "no-store"


def test_a_decision_with_the_etag_that_the_proxy_made(front: Front) -> None:
    """Compressing makes an ETag weak; the version that it names is the same."""
    headers = {"authorization": f"Bearer {front.place.token('bert')}"}
    spin = f"https://{NAME}/id/actor/spin"
    change = {"subject": spin, "predicate": "http://schema.org/keywords", "object": '"proxy"'}
    page = {"kind": "page", "page": "https://www.example.com/proxy"}
    body = {"kind": "change", "evidence": page, "changes": [change], "note": "a note " * 300}
    with front.client() as client:
        made = client.post("/api/submissions", json=body, headers=headers)
        assert made.status_code == 201, made.text
        read = client.get(f"/api/review/{made.json()['id']}", headers=headers)
        assert read.headers["content-encoding"] == "gzip" and read.headers["etag"].startswith("W/")
        tag = {**headers, "if-match": read.headers["etag"]}
        done = client.post(f"/api/review/{made.json()['id']}/accept", json={"why": "so"}, headers=tag)
        assert done.status_code == 200, done.text
        secret = made.json()["secretAddress"].removeprefix(f"https://{NAME}")
        client.get(secret, headers={"accept": "text/html"})
        client.get("/doc/actor/spin?seen=1")
    until = time.monotonic() + 10  # nginx writes its log after it has answered
    while "seen=1" not in (logged := front.log.read_text()):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert secret not in logged


def test_the_address_of_a_visitor_is_the_one_that_the_proxy_saw(front: Front) -> None:
    """Whoever writes addresses into the header is counted as one visitor all the same."""
    place = Plant(front.root / "limited", base=f"https://{NAME}", trusted_proxies=1, proposals_per_client=1)
    second = Front(place, front.root / "limited")
    try:
        place.start()
        place.ready()
        second.start()
        time.sleep(0.5)
        change = {"subject": f"https://{NAME}/id/actor/spin", "predicate": "http://schema.org/keywords"}
        codes = []
        with second.client() as client:
            for number in range(3):
                body = {
                    "kind": "change", "evidence": {"kind": "organisation"},
                    "changes": [{**change, "object": f'"n{number}"'}],
                }  # fmt: skip
                spoofed = {"x-forwarded-for": f"203.0.113.{number}"}
                codes.append(client.post("/api/submissions", json=body, headers=spoofed).status_code)
        assert codes == [201, 429, 429]
    finally:
        second.stop()
        place.stop()


def test_the_unit_of_systemd(tmp_path: Path) -> None:
    text = (DOCS / "wallograph.service").read_text("utf-8")
    unit = configparser.RawConfigParser(strict=False, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    assert unit["Service"]["Restart"] == "always" and unit["Service"]["NoNewPrivileges"] == "yes"
    names = re.findall(r"^Environment=WALLOGRAPH_([A-Z_]+)=", text, re.M)
    assert {name.lower() for name in names} <= set(Settings.model_fields), json.dumps(names)
    verify = shutil.which("systemd-analyze")
    if verify is not None:
        copy = tmp_path / "wallograph.service"
        copy.write_text(text.replace("/opt/wallograph/bin/wallograph", shutil.which("true") or "/bin/true"))
        found = subprocess.run([verify, "verify", "--man=no", str(copy)], capture_output=True, text=True, timeout=60)
        assert found.returncode == 0 and "wallograph" not in found.stderr, found.stderr


