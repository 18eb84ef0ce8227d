"""The pages of people: log-in, log-out, one's own account; in this process, and in a real browser."""

import asyncio
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.axe import problems
from browser.serving import browser, served
from people import PASSWORD, START, House, no_vault, set_cookies
from test_accessibility import SIDEWAYS, SMALLEST
from wallograph.accounts.model import Role
from wallograph.accounts.sessions import csrf_of
from wallograph.web.i18n import LANGUAGES
from wallograph.web.routes.account_own import _qr

FORM = "application/x-www-form-urlencoded"
NEW = "a much better password"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "state")


def post(house: House, path: str, secret: str = "", **fields: str) -> Any:
    """Send a form, as the browser of a session does; names of fields that Python keeps for itself end with `_`."""
    headers = {"content_type": FORM}
    if secret:
        headers["cookie"] = house.cookie(secret)
        fields = {"csrf": csrf_of(secret), **fields}
    content = urlencode({name.rstrip("_"): value for name, value in fields.items()}).encode()
    return house.client.ask("POST", path, "text/html", content=content, **headers)


def enter(house: House, who: str = "curator", password: str = PASSWORD, cookie: str = "", **fields: str) -> Any:
    first = {"csrf": fields.pop("csrf")} if "csrf" in fields else {}
    content = urlencode({**first, "login": f"{who}@example.org", "password": password, **fields}).encode()
    headers = {"cookie": cookie} if cookie else {}
    return house.client.ask("POST", "/account/login", "text/html", content=content, content_type=FORM, **headers)


def session_of(answer: Any) -> str:
    return set_cookies(answer)["__Host-wg_session"].partition(";")[0].partition("=")[2]


def page(house: House, secret: str, path: str = "/account", **headers: str) -> Any:
    return house.client.get(path, "text/html", cookie=house.cookie(secret), **headers)


# -- logging in and out


def test_the_cookies_of_a_log_in(house: House) -> None:
    answer = enter(house, to="/review?state=checked")
    assert answer.status_code == 303 and answer.headers["location"] == "/review?state=checked"
    assert answer.headers["cache-control"] == "no-store"
    cookies = set_cookies(answer)
    assert set(cookies) == {"__Host-wg_session", "__Host-wg_browser"}
    for cookie in cookies.values():
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie
    assert "Max-Age" not in cookies["__Host-wg_session"]
    assert page(house, session_of(answer)).status_code == 200


def test_without_tls_the_cookies_are_plain(tmp_path: Path) -> None:
    cookies = set_cookies(enter(House(tmp_path / "state", base="http://localhost:8000")))
    assert set(cookies) == {"wg_session", "wg_browser"}
    assert all("Secure" not in cookie and "HttpOnly" in cookie for cookie in cookies.values())


def test_a_log_in_gives_a_new_secret_and_ends_the_old(house: House) -> None:
    first = session_of(enter(house))
    second = session_of(enter(house, cookie=house.cookie(first), csrf=csrf_of(first)))
    assert first != second
    assert page(house, first).status_code == 303 and page(house, second).status_code == 200
    fixed = "A" * 43
    assert session_of(enter(house, cookie=house.cookie(fixed))) != fixed  # what a stranger planted is not taken


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wrong_log_ins_look_alike(house: House, lang: str) -> None:
    texts = set()
    for who, password in (("curator", "wrong"), ("nobody", PASSWORD), ("nobody", "")):
        answer = enter(house, who, password, lang=lang)
        assert answer.status_code == 403 and not set_cookies(answer)
        texts.add(answer.text.replace(f"{who}@example.org", "…"))
    assert len(texts) == 1
    assert PASSWORD not in texts.pop()


def test_too_many_are_told_when_to_come_back(house: House) -> None:
    for _ in range(10):
        enter(house, password="wrong")
    answer = enter(house)
    assert answer.status_code == 429 and 0 < int(answer.headers["retry-after"]) <= 91
    assert "wg_session" not in str(answer.headers)


def test_who_is_logged_in_need_not_again(house: House) -> None:
    secret = house.session("curator")
    assert page(house, secret, "/account/login?to=/review").headers["location"] == "/review"
    assert page(house, secret, "/account/login?to=//evil.example").headers["location"] == "/account"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x", ""])
def test_after_the_log_in_one_stays_on_the_host(house: House, to: str) -> None:
    assert enter(house, to=to).headers["location"] == "/account"
    shown = house.client.get(f"/account/login?{urlencode({'to': to})}", "text/html").text
    assert 'name="to" value="/account"' in shown


def test_the_language_goes_along(house: House) -> None:
    answer = house.client.ask(
        "POST", "/account/login?lang=de", "text/html", content_type=FORM,
        content=urlencode({"login": "curator@example.org", "password": PASSWORD, "to": "/review?a=b"}).encode(),
    )  # fmt: skip
    assert answer.headers["location"] == "/review?a=b&lang=de"


@pytest.mark.parametrize("content", [b"", b"login=", b"%ff=%ff", b"login=%00&password=x", b"a" * 30_000, b"&" * 5000])
def test_odd_forms_are_answered(house: House, content: bytes) -> None:
    answer = house.client.ask("POST", "/account/login", "text/html", content=content, content_type=FORM)
    assert answer.status_code in (400, 403, 413)
    assert house.client.ask("POST", "/account/login", content=b"{}", content_type="text/plain").status_code == 415


def test_logging_out_ends_the_session(house: House) -> None:
    secret = session_of(enter(house))
    assert house.client.ask("POST", "/account/logout", cookie=house.cookie(secret), content=b"",
                            content_type=FORM).status_code == 403  # fmt: skip
    answer = post(house, "/account/logout", secret)
    assert answer.status_code == 303 and answer.headers["location"] == "/account/login"
    assert page(house, secret).status_code == 303
    assert house.client.get("/account/logout").status_code == 405


def test_nothing_secret_is_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        enter(house, password="this is secret")
        enter(house, "this-is-a-password-in-the-wrong-field")
        secret = session_of(enter(house))
        house.client.get("/account/me", authorization="Bearer wg_secret")
        page(house, secret)
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("wallograph"))
    assert house.accounts["curator"].id in told
    for word in ("secret", "this-is", "@example.org", PASSWORD, secret, "127.0.0.1"):
        assert word not in told


def test_a_flood_of_log_ins_leaves_the_other_pages_alone(house: House) -> None:
    """Log-ins wait for threads of their own; what is too much is refused, and public pages are answered meanwhile."""
    hold, entered = threading.Event(), threading.Semaphore(0)
    fits = house.people.passwords.fits

    def slow(hashed: str, password: str) -> bool:
        entered.release()
        assert hold.wait(30)
        return fits(hashed, password)

    house.people.passwords.fits = slow  # type: ignore[method-assign]

    async def run() -> tuple[list[int], int]:
        transport = httpx.ASGITransport(house.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://data.example.org") as client:
            tasks = [
                asyncio.create_task(client.post("/account/login", data={"login": f"nobody{n}", "password": "x"}))
                for n in range(60)
            ]
            while not entered.acquire(blocking=False):
                await asyncio.sleep(0.01)
            page = await asyncio.wait_for(client.get("/about", headers={"accept": "text/html"}), 20)
            hold.set()
            return sorted({(await task).status_code for task in tasks}), page.status_code

    codes, page = asyncio.run(run())
    assert page == 200 and codes == [403, 429]


# -- one's own account


def test_the_page_says_who_one_is(house: House) -> None:
    house.people.accounts.limit(house.accounts["curator"].id, ["ror"], ["photonics"])
    text = page(house, house.session("curator")).text
    for word in ("curator@example.org", "ror", "photonics", house.accounts["curator"].id):
        assert word in text
    me = house.client.get("/account/me", authorization=house.token("publisher", ceiling="curator", reads=True)).json()
    assert me == {
        "id": house.accounts["publisher"].id, "login": "publisher@example.org", "name": "publisher",
        "role": "curator", "sources": [], "themes": [], "readOnly": True, "by": "token",
    }  # fmt: skip


def test_names_are_text_everywhere(house: House) -> None:
    house.people.accounts.rename(house.accounts["curator"].id, "<script>alert(1)</script>")
    secret = house.session("curator")
    post(house, "/account/tokens", secret, name="<img src=x>", right="curator", days="30", password=PASSWORD)
    text = page(house, secret, user_agent="<script>alert(1)</script> Firefox").text
    assert "<script>alert" not in text and "<img src=x" not in text and "&lt;script&gt;" in text


def test_another_password_ends_the_other_sessions(house: House) -> None:
    mine, other = house.session("curator"), house.session("curator")
    wrong = post(house, "/account/password", mine, password="wrong", new=NEW, again=NEW)
    assert wrong.status_code == 403 and page(house, other).status_code == 200
    assert post(house, "/account/password", mine, password=PASSWORD, new=NEW, again="x").status_code == 422
    assert post(house, "/account/password", mine, password=PASSWORD, new="short", again="short").status_code == 422
    weak = "curator@example.org!"
    assert post(house, "/account/password", mine, password=PASSWORD, new=weak, again=weak).status_code == 422
    answer = post(house, "/account/password", mine, password=PASSWORD, new=NEW, again=NEW)
    assert answer.status_code == 303
    renewed = session_of(answer)
    assert page(house, mine).status_code == 303 and page(house, other).status_code == 303
    assert page(house, renewed).status_code == 200
    assert enter(house).status_code == 403 and enter(house, password=NEW).status_code == 303


def set_up(house: House, secret: str) -> tuple[str, str, list[str]]:
    """A second factor, by the pages: the new session, the seed, the recovery codes."""
    assert post(house, "/account/totp", secret, do="offer", password=PASSWORD).status_code == 303
    shown = page(house, secret, "/account/totp").text
    found = re.search(r'id="seed">([A-Z2-7 ]+)<', shown)
    assert found and "<svg" in shown and "style=" not in shown
    seed = found[1].replace(" ", "")
    wrong = post(house, "/account/totp", secret, do="confirm", code="000000")
    assert wrong.status_code == 422
    answer = post(house, "/account/totp", secret, do="confirm", code=pyotp.TOTP(seed).at(house.clock()))
    assert answer.status_code == 200
    return session_of(answer), seed, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{5})</code>", answer.text)


def test_a_second_factor_by_the_pages(house: House) -> None:
    first, other = house.session("curator"), house.session("curator")
    assert post(house, "/account/totp", first, do="offer", password="wrong").status_code == 403
    assert page(house, first, "/account/totp").headers["location"] == "/account"
    secret, seed, codes = set_up(house, first)
    assert len(codes) == 10
    assert page(house, first).status_code == 303 and page(house, other).status_code == 303
    shown = page(house, secret).text
    assert seed not in shown and codes[0] not in shown
    assert page(house, secret, "/account/totp").headers["location"] == "/account"
    assert enter(house).status_code == 403
    house.clock.on(minutes=2)
    assert enter(house, code=pyotp.TOTP(seed).at(house.clock())).status_code == 303
    assert enter(house, code=codes[0]).status_code == 303 and enter(house, code=codes[0]).status_code == 403
    assert post(house, "/account/totp/off", secret, password=PASSWORD).status_code == 403
    answer = post(house, "/account/totp/off", secret, password=PASSWORD, code=codes[1])
    assert answer.status_code == 303 and page(house, session_of(answer)).status_code == 200
    assert enter(house).status_code == 303


def test_without_a_key_there_is_no_second_factor(tmp_path: Path) -> None:
    house = House(tmp_path / "state", find_vault=no_vault)
    secret = house.session("curator")
    assert "/account/totp" not in page(house, secret).text
    assert post(house, "/account/totp", secret, do="offer", password=PASSWORD).status_code == 503


def test_a_qr_code_has_no_style_of_its_own() -> None:
    picture = _qr("otpauth://totp/wallograph:x?secret=ABC")
    assert picture.startswith("<svg") and "style" not in picture and "<script" not in picture


def test_ending_sessions(house: House) -> None:
    mine = house.session("curator")
    others = [house.session("curator") for _ in range(3)]
    stranger = house.session("publisher")
    ident = house.people.sessions.find(others[0], house.clock())
    assert ident is not None
    assert post(house, "/account/sessions/end", stranger, session=ident.session).status_code == 404
    assert post(house, "/account/sessions/end", mine, session=ident.session).status_code == 303
    assert [page(house, each).status_code for each in others] == [303, 200, 200]
    post(house, "/account/sessions/end", mine)
    assert [page(house, each).status_code for each in (*others, mine, stranger)] == [303, 303, 303, 200, 200]


def test_a_token_is_shown_once(house: House) -> None:
    secret = house.session("curator")
    form = {"name": "nightly", "right": "contributor", "days": "30", "reads": "1"}
    assert post(house, "/account/tokens", secret, **form, password="wrong").status_code == 403
    made = post(house, "/account/tokens", secret, **form, password=PASSWORD)
    assert made.status_code == 201
    token = re.search(r'id="token">(wg_[\w-]+)<', made.text)
    assert token and token[1] not in page(house, secret).text
    me = house.client.get("/account/me", authorization=f"Bearer {token[1]}")
    assert me.json()["role"] == "contributor"
    ident = house.people.tokens.of(house.accounts["curator"])[0].id
    assert post(house, f"/account/tokens/{ident}/revoke", house.session("publisher")).status_code == 404
    assert post(house, f"/account/tokens/{ident}/revoke", secret).status_code == 303
    assert house.client.get("/account/me", authorization=f"Bearer {token[1]}").status_code == 401


@pytest.mark.parametrize(
    "changed", [{"right": "administrator"}, {"right": "x"}, {"days": "0"}, {"days": "9999"}, {"days": "-1"},
                {"days": "²"}, {"days": ""}, {"name": " "}, {"right": ""}],
)  # fmt: skip
def test_odd_tokens_are_refused(house: House, changed: dict[str, str]) -> None:
    form = {"name": "n", "right": "curator", "days": "30", "password": PASSWORD, **changed}
    assert post(house, "/account/tokens", house.session("curator"), **form).status_code == 400
    assert house.people.tokens.of(house.accounts["curator"]) == []


def test_a_token_opens_no_page_of_the_account(house: House) -> None:
    token = house.token("administrator")
    for method, path in (("GET", "/account"), ("POST", "/account/tokens"), ("POST", "/account/password")):
        assert house.client.ask(method, path, authorization=token).status_code == 403


def test_a_session_of_an_account_that_was_removed(house: House) -> None:
    secret, token = house.session("curator"), house.token("curator")
    house.people.accounts.remove(house.accounts["curator"].id)
    assert page(house, secret).status_code == 303
    assert house.client.get("/account/me", authorization=token).status_code == 401


# -- a real browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    house = House(tmp_path_factory.mktemp("lived"), base="http://localhost:8000", oidc_issuer="https://idp.example",
                  oidc_client_id="w", oidc_name="Université d’exemple")  # fmt: skip
    with served(house.app) as address:
        yield house, address


def logged_in(chromium: Browser, lived: tuple[House, str], width: int = 1280, scheme: str = "light") -> Page:
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="fr-BE", color_scheme=scheme)
    house, address = lived
    context.add_cookies([{"name": "wg_session", "value": house.session("administrator"), "url": address}])
    return context.new_page()


def test_in_and_out_without_scripts(chromium: Browser, lived: tuple[House, str]) -> None:
    _, address = lived
    context = chromium.new_context(java_script_enabled=False, locale="fr-BE")
    page = context.new_page()
    page.goto(f"{address}/account")
    assert "/account/login?to=" in page.url
    page.get_by_label("Identifiant").fill("curator@example.org")
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()
    assert page.url == f"{address}/account"
    cookie = next(each for each in context.cookies() if each["name"] == "wg_session")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["expires"] == -1
    page.locator("summary", has_text="Créer un jeton").click()
    page.get_by_label("À quoi il sert").fill("essai")
    page.locator("#token-password").fill(PASSWORD)
    page.get_by_role("button", name="Créer le jeton").click()
    assert page.locator("#token").inner_text().startswith("wg_")
    page.get_by_role("button", name="Se déconnecter").click()
    assert page.url == f"{address}/account/login"
    page.goto(f"{address}/account")
    assert "/account/login" in page.url
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, lived: tuple[House, str], scheme: str) -> None:
    house, address = lived
    page = logged_in(chromium, lived, scheme=scheme)
    house.people.tokens.make(house.accounts["administrator"], scheme, Role.CURATOR, 30, START)
    house.people.factor.offer(house.accounts["administrator"])
    found = {}
    for path in ("/account", "/account/totp"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[path] = problems(page)
    page.context.clear_cookies()
    page.goto(f"{address}/account/login")
    found["login"] = problems(page)
    page.context.close()
    assert {path: all_ for path, all_ in found.items() if all_} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_scrolls_sideways_and_no_text_is_small(
    chromium: Browser, lived: tuple[House, str], lang: str
) -> None:
    house, address = lived
    house.people.factor.offer(house.accounts["administrator"])
    page = logged_in(chromium, lived, 320)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    for path in ("/account", "/account/totp", "/account/login"):
        if path.endswith("login"):
            page.context.clear_cookies()
        page.goto(f"{address}{path}?lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate(SIDEWAYS) <= 0, path
        assert page.evaluate(SMALLEST) >= 16, path
    page.context.close()
    assert refused == []


def test_the_button_of_the_provider_is_not_stopped_by_the_policy(chromium: Browser, lived: tuple[House, str]) -> None:
    """A form that is answered with a redirect to another host is stopped by `form-action`; a link is not."""
    _, address = lived
    page = chromium.new_context(locale="fr-BE").new_page()
    page.goto(f"{address}/account/login")
    link = page.get_by_role("link", name="Continuer avec Université d’exemple")
    assert link.get_attribute("href") == "/account/oidc?to=%2Faccount"
    page.context.close()
