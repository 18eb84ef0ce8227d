"""Who may ask what: cases made from the routes themselves and the table of rights, and the middleware at its edges."""

import asyncio
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from people import House, set_cookies
from wallograph.accounts.model import RIGHTS, Role
from wallograph.accounts.sessions import csrf_of
from wallograph.settings import Settings
from wallograph.web.addresses import local_path
from wallograph.web.app import create_app
from wallograph.web.gate import known_routes
from wallograph.web.rights import CLOSED, PUBLIC_WRITES, RULES, Rule, is_closed

TABLE = dict(RULES)  # as it stands, without the probes
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ASKERS = ("nobody", "author", *(str(role) for role in Role))
PROBE: dict[tuple[str, str], Rule] = {
    (f"/review/probe/{right}", method): Rule(right) for right in RIGHTS for method in ("GET", "POST")
} | {("/review/probe/here", "GET"): Rule("curator", session=True), ("/submissions/probe/{id}", "GET"): Rule("author")}


def routed(app: Any) -> list[tuple[str, str]]:
    """Every template and method of an application."""
    return [
        (known.template, method)
        for known in known_routes(app.router.routes)
        for method in sorted(known.methods or METHODS)
        if method in METHODS
    ]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("rights"))


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A house with a route for each right, which says who asks."""
    patch = pytest.MonkeyPatch()
    for key, rule in PROBE.items():
        patch.setitem(RULES, key, rule)
    found = House(tmp_path_factory.mktemp("probed"))

    async def handler(request: Request) -> PlainTextResponse:
        who, body = request.state.who, await request.body()
        seen = ",".join(sorted(request.cookies))
        return PlainTextResponse(f"{who.role if who else '-'} {request.state.secrets} {len(body)} {seen}")

    extra = [Route(path, handler, methods=[method]) for path, method in PROBE]
    extra += [
        Route("/review/unruled", handler, methods=["GET", "POST"]), Route("/probe/open", handler, methods=["GET"]),
        Mount("/account/mounted", routes=[Route("/x", handler)]),
    ]  # fmt: skip
    found.app.router.routes[:0] = extra
    yield found
    patch.undo()


# -- the table


def test_every_closed_route_has_a_rule(house: House) -> None:
    missing = [key for key in routed(house.app) if is_closed(key[0]) and key not in RULES]
    assert missing == [], "write it into the table in web/rights.py"


def test_every_other_route_only_reads(house: House) -> None:
    writes = {key for key in routed(house.app) if not is_closed(key[0]) and key[1] != "GET" and key[0] != "/static"}
    assert writes <= PUBLIC_WRITES, "a public route changes nothing: see web/rights.py"


def test_every_rule_is_of_a_route_and_names_a_right(house: House) -> None:
    assert set(RULES) - set(PROBE) - set(routed(house.app)) == set()
    assert {rule.right for rule in RULES.values()} <= set(RIGHTS)
    assert all(is_closed(path) for path, _ in RULES)


def test_the_table_of_rights_is_written_out() -> None:
    """What the rights of the pages of accounts are, said a second time: a slip of the hand shows."""
    for (path, _), rule in TABLE.items():
        if path.startswith("/review"):
            assert rule.right in ("contributor", "curator", "publisher", "administrator"), path
        if path.startswith("/account") and not re.fullmatch("/account/(login|logout|oidc|oidc/callback)", path):
            assert rule.right != "public", path


def _path(template: str) -> str:
    return re.sub(r"\{(\w+)(:path)?\}", "1", template)


def _ask(house: House, key: tuple[str, str], asker: str, accept: str = "application/json", **more: str) -> Any:
    template, method = key
    headers: dict[str, Any] = dict(more)
    if asker == "author":
        headers["authorization"] = "Bearer abcdefgh"
    elif asker != "nobody":
        secret = house.session(asker)
        headers |= {"cookie": house.cookie(secret), "x_csrf_token": csrf_of(secret)}
    return house.client.ask(method, _path(template), accept, **headers)


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("key", sorted(RULES), ids=lambda key: f"{key[1]} {key[0]}")
def test_route_by_route_and_role_by_role(house: House, key: tuple[str, str], asker: str) -> None:
    """Only refusals are looked at: what a route answers to those who may is tested elsewhere."""
    rule, answer = RULES[key], _ask(house, key, asker)
    refused = 0
    if rule.right not in ("public", "author"):
        if asker in ("nobody", "author"):
            refused = 401
        elif Role(asker).rank < Role(rule.right).rank:
            refused = 403
    elif rule.right == "author" and asker == "nobody":
        refused = 401
    if refused:
        assert answer.status_code == refused
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert answer.status_code != 401
        assert "#forbidden" not in answer.text and "#forgery" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_right_lets_through_whom_it_should(probed: House, right: str, asker: str, method: str) -> None:
    status = _ask(probed, (f"/review/probe/{right}", method), asker).status_code
    order = ["nobody", "author", *(str(role) for role in Role)]
    needed = {"public": "nobody"}.get(right, right)
    if order.index(asker) >= order.index(needed):
        assert status == 200
    else:
        assert status == (401 if asker in ("nobody", "author") else 403)


def test_a_route_without_a_rule_is_denied_to_everybody(probed: House) -> None:
    for asker in ASKERS:
        for method in ("GET", "POST"):
            assert _ask(probed, ("/review/unruled", method), asker).status_code == 403
        assert _ask(probed, ("/account/mounted/x", "GET"), asker).status_code == 403


def test_a_new_route_without_a_rule_fails_the_test_of_the_table(probed: House) -> None:
    missing = [key for key in routed(probed.app) if is_closed(key[0]) and key not in RULES]
    assert ("/review/unruled", "GET") in missing and ("/account/mounted", "POST") in missing


def test_what_is_no_route_is_still_404_and_405(probed: House) -> None:
    assert probed.client.get("/review/nothing/here").status_code == 404
    answer = probed.client.ask("DELETE", "/review/probe/public")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    options = probed.client.ask("OPTIONS", "/review/probe/public")
    assert options.status_code == 204 and "access-control-allow-origin" not in options.headers
    assert probed.client.ask("HEAD", "/review/probe/curator").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/review%2Fprobe%2Fcurator", "/review/./probe/curator", "//review/probe/curator", "/REVIEW/probe/curator",
        "/review/probe/curator/", "/reviews", "/account%00",
    ],
)  # fmt: skip
def test_no_other_spelling_leads_past_the_table(probed: House, path: str) -> None:
    assert probed.client.get(path).status_code in (401, 404)


# -- how one is turned away


def test_programs_get_401_with_a_challenge(probed: House) -> None:
    answer = probed.client.get("/review/probe/curator", "application/json")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="wallograph"'
    assert answer.json()["status"] == 401


def test_browsers_are_sent_to_the_log_in_and_back(probed: House) -> None:
    answer = probed.client.get("/review/probe/curator?state=checked&lang=nl", "text/html,*/*;q=0.8")
    assert answer.status_code == 303
    place = urlsplit(answer.headers["location"])
    assert (place.netloc, place.path) == ("", "/account/login")
    assert parse_qs(place.query) == {"to": ["/review/probe/curator?state=checked&lang=nl"], "lang": ["nl"]}


def test_a_form_that_came_too_late_leads_back_to_its_page(probed: House) -> None:
    def back(referer: str) -> str:
        answer = probed.client.ask("POST", "/review/probe/curator", "text/html", referer=referer)
        assert answer.status_code == 303
        return parse_qs(urlsplit(answer.headers["location"]).query)["to"][0]

    assert back("https://data.example.org/review/abc?x=1") == "/review/abc?x=1"
    assert back("https://evil.example//evil.example/") == "/account"
    assert back("") == "/account"


@pytest.mark.parametrize(
    "said",
    [
        "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/%5cevil.example", "",
        "javascript:alert(1)", "/review\n//evil", "/\t/evil.example", "review", "/review//evil.example", "/%2F%2fevil",
        "/é", "/a" * 2000, "/.//evil.example", " /review", "/x\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_redirects_stay_on_the_host(said: str) -> None:
    assert local_path(said) == "/account"


@pytest.mark.parametrize("said", ["/review", "/review/abc?state=checked&x=%C3%A9", "/account", "/"])
def test_redirects_go_where_one_came_from(said: str) -> None:
    assert local_path(said) == said


# -- tokens


@pytest.mark.parametrize(
    "header", ["Bearer wg_nothing", "Bearer wg_" + "a" * 500, "Bearer", "Bearer ", "Basic YTpi", "wg_x", ""]
)
def test_a_wrong_token_is_401_even_where_everybody_may_ask(probed: House, header: str) -> None:
    for path in ("/review/probe/curator", "/review/probe/public"):
        answer = probed.client.get(path, authorization=header)
        assert answer.status_code == 401
        assert 'error="' in answer.headers["www-authenticate"]
        assert "wg_n" not in answer.text


def test_a_token_does_what_its_ceiling_says(probed: House) -> None:
    low = probed.token("administrator", ceiling="curator")
    assert probed.client.get("/review/probe/curator", authorization=low).text.startswith("curator")
    assert probed.client.get("/review/probe/publisher", authorization=low).status_code == 403
    reads = probed.token("curator", reads=True)
    assert probed.client.get("/review/probe/curator", authorization=reads).status_code == 200
    assert probed.client.ask("POST", "/review/probe/curator", authorization=reads).status_code == 403
    assert probed.client.ask("POST", "/review/probe/curator", authorization=low).status_code == 200


def test_some_pages_are_for_log_ins_only(probed: House) -> None:
    assert probed.client.get("/review/probe/here", authorization=probed.token("curator")).status_code == 403
    secret = probed.session("curator")
    assert probed.client.get("/review/probe/here", cookie=probed.cookie(secret)).status_code == 200


def test_with_a_token_no_cookie_counts(probed: House) -> None:
    cookie = probed.cookie(probed.session("administrator"))
    token = probed.token("contributor")
    assert probed.client.get("/review/probe/curator", authorization=token, cookie=cookie).status_code == 403
    assert probed.client.get("/review/probe/curator", authorization="Bearer wg_no", cookie=cookie).status_code == 401


def test_a_token_ends(probed: House) -> None:
    account = probed.accounts["curator"]
    token, secret = probed.people.tokens.make(account, "short", Role.CURATOR, 1, probed.clock())
    assert probed.client.get("/review/probe/curator", authorization=f"Bearer {secret}").status_code == 200
    probed.people.tokens.revoke(account, token.id)
    assert probed.client.get("/review/probe/curator", authorization=f"Bearer {secret}").status_code == 401


# -- forgery


def _post(house: House, secret: str, content: bytes = b"", kind: str = "", **headers: str) -> int:
    sent = {"cookie": house.cookie(secret), **headers}
    if kind:
        sent["content_type"] = kind
    return int(house.client.ask("POST", "/review/probe/curator", content=content, **sent).status_code)


FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=XX"


def _parts(*parts: tuple[str, bytes]) -> bytes:
    told = b"".join(
        b'--XX\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in parts
    )
    return told + b"--XX--\r\n"


def test_a_cookie_alone_changes_nothing(probed: House) -> None:
    secret = probed.session("curator")
    right, other = csrf_of(secret), csrf_of(probed.session("curator"))
    assert _post(probed, secret) == 403
    assert _post(probed, secret, x_csrf_token=other) == 403
    assert _post(probed, secret, x_csrf_token=right) == 200
    assert _post(probed, secret, f"csrf={other}&a=b".encode(), FORM) == 403
    assert _post(probed, secret, f"a=b&csrf={right}".encode(), FORM) == 403  # it is the first field
    assert _post(probed, secret, f"other={right}&a=b".encode(), FORM) == 403
    assert _post(probed, secret, _parts(("other", right.encode())), PARTS) == 403
    assert _post(probed, secret, f"csrf={right}&a=b".encode(), FORM) == 200
    assert _post(probed, secret, f"csrf={right}".encode(), FORM) == 200
    assert _post(probed, secret, f"csrf={right}".encode(), "text/plain") == 403
    assert _post(probed, secret, _parts(("csrf", right.encode()), ("file", b"x" * 100_000)), PARTS) == 200
    assert _post(probed, secret, _parts(("file", b"x" * 100_000), ("csrf", right.encode())), PARTS) == 403
    assert _post(probed, secret, _parts(("csrf", b"wrong")), PARTS) == 403
    assert _post(probed, secret, b"--XX", PARTS) == 403
    assert _post(probed, secret, b"", PARTS) == 403


def test_the_handler_reads_the_whole_body(probed: House) -> None:
    secret = probed.session("curator")
    body = _parts(("csrf", csrf_of(secret).encode()), ("file", b"x" * 300_000))
    answer = probed.client.ask(
        "POST", "/review/probe/curator", cookie=probed.cookie(secret), content=body, content_type=PARTS
    )
    assert answer.text.split()[-2] == str(len(body))


def test_only_the_beginning_of_a_body_is_read_before(probed: House) -> None:
    """A body that comes in pieces is passed on; a large one without the field is refused after 8 kB."""
    secret = probed.session("curator")
    given = {"n": 0}

    async def run(pieces: list[bytes]) -> int:
        left = list(pieces)

        async def receive() -> dict[str, Any]:
            given["n"] += 1
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        status = []

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])

        headers = [(b"host", b"data.example.org"), (b"cookie", probed.cookie(secret).encode()),
                   (b"content-type", FORM.encode())]  # fmt: skip
        scope = {"type": "http", "method": "POST", "path": "/review/probe/curator", "query_string": b"",
                 "raw_path": b"/review/probe/curator", "headers": headers, "scheme": "https",
                 "server": ("data.example.org", 443), "client": ("203.0.113.9", 1), "http_version": "1.1",
                 "root_path": ""}  # fmt: skip
        await probed.app(scope, receive, send)
        return int(status[0])

    token = csrf_of(secret).encode()
    assert asyncio.run(run([b"cs", b"rf=" + token[:5], token[5:], b"&a=b", b"&c=d"])) == 200
    given["n"] = 0
    assert asyncio.run(run([b"x" * 3000] * 50)) == 403
    assert given["n"] <= 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://data.example.org"}, 200),
        ({"origin": "http://evil.example"}, 200),  # the host that these tests ask: a page of the same host
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://data.example.org.evil.test"}, 403),
        ({"origin": "http://data.example.org"}, 403),
        ({"sec_fetch_site": "same-origin"}, 200),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
    ],
)
def test_the_page_of_another_site_changes_nothing(probed: House, headers: dict[str, str], status: int) -> None:
    secret = probed.session("curator")
    assert _post(probed, secret, x_csrf_token=csrf_of(secret), **headers) == status
    if status == 403:
        answer = probed.client.ask("POST", "/review/probe/public", **headers)
        assert answer.status_code == 403 and "#forgery" in answer.text
        token = probed.token("curator")
        assert probed.client.ask("POST", "/review/probe/curator", authorization=token, **headers).status_code == 200


def test_an_author_needs_the_token_of_one_of_the_secrets(probed: House) -> None:
    cookie = "__Secure-wg_author=first.second"
    path = "/review/probe/author"
    assert probed.client.get(path, cookie=cookie).text.startswith("- ('first', 'second')")
    assert probed.client.ask("POST", path, cookie=cookie).status_code == 403
    for secret in ("first", "second"):
        assert probed.client.ask("POST", path, cookie=cookie, x_csrf_token=csrf_of(secret)).status_code == 200
    assert probed.client.ask("POST", path, cookie=cookie, x_csrf_token=csrf_of("third")).status_code == 403
    assert probed.client.ask("POST", path, authorization="Bearer first").status_code == 200
    assert probed.client.get(path, authorization="Bearer first").text.startswith("- ('first',)")


# -- public pages


def test_public_pages_neither_see_nor_set_a_cookie_of_ours(probed: House) -> None:
    secret = probed.session("administrator")
    cookie = f"{probed.cookie(secret)}; other=1; __Secure-wg_author=x"
    assert probed.client.get("/probe/open", cookie=cookie).text.split() == ["-", "()", "0", "other"]
    for path in ("/", "/about", "/doc/actor/uliege", "/search?q=liege", "/nowhere", "/validate"):
        without, with_one = probed.client.get(path, "text/html"), probed.client.get(path, "text/html", cookie=cookie)
        assert without.status_code == with_one.status_code
        assert without.text == with_one.text, path
        assert "set-cookie" not in with_one.headers
        assert "cookie" not in with_one.headers.get("vary", "").lower()
        assert with_one.headers["access-control-allow-origin"] == "*"


def test_the_account_line_stands_on_closed_pages_only_with_a_session(probed: House) -> None:
    cookie = probed.cookie(probed.session("curator"))
    assert 'class="account-line' not in probed.client.get("/account/login", "text/html").text
    shown = probed.client.get("/review/nothing", "text/html", cookie=cookie)
    assert 'class="account-line' in shown.text and "set-cookie" not in shown.headers
    assert 'class="account-line' not in probed.client.get("/about", "text/html", cookie=cookie).text


def test_nothing_is_opened_in_the_state_folder_for_public_pages(tmp_path: Any) -> None:
    create_app(Settings(state=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_every_closed_prefix_is_kept_out_of_robots_and_caches(house: House) -> None:
    for prefix in CLOSED:
        assert house.client.get(f"{prefix}/x", "text/html").headers["cache-control"] == "no-store"


def test_logging_out_needs_no_session_and_drops_the_cookie(house: House) -> None:
    secret = house.session("curator")
    headers = {"cookie": house.cookie(secret), "content_type": FORM, "content": f"csrf={csrf_of(secret)}".encode()}
    answer = house.client.ask("POST", "/account/logout", "text/html", **headers)
    assert answer.status_code == 303 and answer.headers["location"] == "/account/login"
    assert "Max-Age=0" in set_cookies(answer)["__Host-wg_session"]
    assert house.people.sessions.find(secret, house.clock()) is None
