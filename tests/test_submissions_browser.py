"""Proposals in a real browser, without JavaScript and on a phone: the way of an author, axe-core, nothing sideways."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.axe import problems
from browser.serving import browser, served
from submitting import ULIEGE, House

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
PAGES = (
    "/submissions", "/submissions/new", "/submissions/new?kind=create&concept=actor",
    "/submissions/new?kind=change&q=universite", f"/submissions/new?kind=change&thing={ULIEGE}",
    f"/submissions/new?kind=change&part=links&thing={ULIEGE}", f"/submissions/withdraw?thing={ULIEGE}",
    f"/submissions/withdraw?thing={ULIEGE.replace('actor/uliege', 'link/l2')}", "/submissions/file",
    f"/submissions/error?thing={ULIEGE}&predicate=http://schema.org/name&value=%22ULg%22",
    f"/submissions/error?thing={ULIEGE.replace('actor/uliege', 'figure/f1')}&predicate=x&value=1",
)  # fmt: skip


FEW = (PAGES[0], PAGES[2], PAGES[9])  # for what differs little from page to page


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("b") / "state", proposals_per_client=0)


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    with served(house.app) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def opened(
    chromium: Browser, *, width: int = 1280, script: bool = False, scheme: Literal["light", "dark"] = "light"
) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": width, "height": 850}, locale="fr-BE", java_script_enabled=script, color_scheme=scheme
    )
    context.set_default_timeout(8_000)
    return context


def filled(page: Page, address: str, year: str = "1066", name: str = "Exemple de la page") -> None:
    """A new organisation, with a year that breaks a rule."""
    page.goto(f"{address}/submissions")
    page.get_by_role("link", name=re.compile("Ajouter une organisation")).click()
    page.locator("main a.tile", has_text="Organisation").first.click()
    page.get_by_label("Une page web le dit").first.check()
    page.locator("#evidence-page").fill("https://www.example.org/" + "une-page-bien-longue/" * 5)
    page.locator("#name").fill(name)
    page.locator("#founding-date").fill(year)


@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
def test_the_way_of_an_author_without_javascript(chromium: Browser, address: str, width: int) -> None:
    context = opened(chromium, width=width)
    page = context.new_page()
    filled(page, address, name=f"Exemple {width}")
    page.get_by_role("button", name="Vérifier").last.click()
    expect(page.locator("#said-founding-date")).to_contain_text("plausible")
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.get_by_role("heading", name="Bien reçu")).to_be_visible()
    secret = page.get_by_label("Adresse secrète").input_value()
    assert re.search(r"/submissions/s/[A-Za-z0-9_-]{22}$", secret)
    assert secret.rpartition("/")[2] not in page.url
    expect(page.locator(".state")).to_have_text("À corriger")

    later = opened(chromium, width=width)  # another day, another browser
    page = later.new_page()
    page.goto(address + secret[secret.index("/submissions") :])
    assert "/submissions/s/" not in page.url
    page.get_by_role("link", name="Corriger").click()
    expect(page.locator("#founding-date")).to_have_value("1066")
    page.locator("#founding-date").fill("2019")
    page.get_by_role("button", name="Envoyer la version corrigée").click()
    expect(page.locator(".state")).to_have_text("En attente")
    expect(page.locator(".differing ins").nth(0)).to_contain_text(f"Exemple {width}")
    page.locator("summary", has_text="Reprendre la proposition").click()
    page.get_by_role("button", name="Reprendre la proposition").click()
    expect(page.locator(".state")).to_have_text("Reprise")
    context.close()
    later.close()


def test_the_secret_address_works_from_a_webmail(chromium: Browser, address: str, house: House) -> None:
    """A strict cookie does not come along with a redirect that another site began: the step between makes it."""
    context = opened(chromium)
    page = context.new_page()
    filled(page, address, "2019", "Exemple courrier")
    page.get_by_role("button", name="Envoyer la proposition").click()
    secret = page.get_by_label("Adresse secrète").input_value()
    context.close()
    fresh = opened(chromium)
    mail = fresh.new_page()
    target = address + secret[secret.index("/submissions") :]
    mail.route("http://webmail.example/", lambda route: route.fulfill(
        content_type="text/html", body=f'<meta charset=utf-8><a href="{target}">lien</a>'
    ))  # fmt: skip
    mail.goto("http://webmail.example/")
    asked: list[str] = []
    mail.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    mail.get_by_role("link", name="lien").click()
    expect(mail.locator("h1")).to_have_text("Exemple courrier")
    assert "/submissions/s/" not in mail.url
    assert not any("/submissions/s/" in referer for referer in asked)
    fresh.close()


def test_a_name_is_found_with_the_keyboard_alone(chromium: Browser, address: str, house: House) -> None:
    context = opened(chromium)
    page = context.new_page()
    page.goto(f"{address}/submissions/new?kind=change&part=links&thing={ULIEGE}")
    page.get_by_label("L’organisation le dit elle-même").first.focus()
    page.keyboard.press("Space")
    field = page.locator("#partner-of")
    field.fill("Université Namur")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    choice = page.locator("select#partner-of")
    expect(choice).to_be_visible()
    expect(page.get_by_label("L’organisation le dit elle-même").first).to_be_checked()
    choice.select_option(label=choice.locator("option", has_text="Université de Namur").first.text_content())
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.get_by_role("heading", name="Bien reçu")).to_be_visible()
    expect(page.locator("#difference-title + *, .differing").first).to_be_visible()
    expect(page.locator(".differing ins")).to_contain_text("Université de Namur")
    context.close()


def test_an_error_is_reported_from_the_page_of_a_thing(chromium: Browser, address: str) -> None:
    context = opened(chromium)
    page = context.new_page()
    page.goto(f"{address}/doc/actor/uliege")
    value = page.locator(".facts dd", has_text="1816").first
    expect(value.locator(".report")).to_be_hidden()
    value.locator("summary").click()
    value.get_by_role("link", name=re.compile("Signaler une erreur")).click()
    page.get_by_label("Une autre valeur est juste").check()
    page.locator("#right").fill("1817")
    page.get_by_label("L’organisation le dit elle-même").check()
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.locator(".differing del").first).to_contain_text("1816")
    expect(page.locator(".differing ins").first).to_contain_text("1817")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    context = opened(chromium, script=True, scheme=scheme)
    page = context.new_page()
    found = {}
    for path in PAGES if scheme == "light" else FEW:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[path] = problems(page)
    filled(page, address)
    page.get_by_role("button", name="Envoyer la proposition").click()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found["proposal"] = problems(page)
    page.goto(page.url.partition("?")[0] + "/edit")
    found["edit"] = problems(page)
    context.close()
    assert {path: all_ for path, all_ in found.items() if all_} == {}


@pytest.mark.parametrize("lang", ["fr", "nl", "de", "en"])
def test_nothing_scrolls_sideways_and_no_text_is_small(chromium: Browser, address: str, lang: str) -> None:
    context = opened(chromium, width=320, script=True)
    page = context.new_page()
    wide, small = {}, {}
    filled(page, address)
    page.get_by_role("button", name="Envoyer la proposition").click()
    proposal = page.url.partition("?")[0].removeprefix(address)
    for path in (*(PAGES if lang == "fr" else FEW), proposal, proposal + "/edit"):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide[path], small[path] = page.evaluate(SIDEWAYS), page.evaluate(SMALLEST)
    context.close()
    assert {path: n for path, n in wide.items() if n > 0} == {}
    assert {path: n for path, n in small.items() if n < 16} == {}


def test_nothing_is_asked_of_anybody_else_and_no_policy_is_broken(chromium: Browser, address: str) -> None:
    context = opened(chromium, script=True)
    page = context.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    for path in FEW:
        page.goto(address + path)
    filled(page, address)
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.get_by_role("heading", name="Bien reçu")).to_be_visible()
    context.close()
    assert [url for url in asked if not url.startswith(address)] == []
    assert refused == []
