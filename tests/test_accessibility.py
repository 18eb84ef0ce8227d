"""Accessibility in a real browser: axe-core finds nothing serious, nothing scrolls sideways, no text is small."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.axe import problems
from browser.serving import browser, served
from ecosystem import ecosystem_app

PAGES = (
    "/", "/search?q=univ", "/search?q=zzzzzz", "/doc/actor/uliege", "/doc/actor/evil", "/doc/project/startech",
    "/doc/place/60000", "/doc/link/l2", "/doc/source/lesoir-be-1", "/doc/figure/f2", "/figures", "/kinds/startup",
    "/themes", "/places", "/sources", "/auth/theme/artificial-intelligence", "/auth/actor-kind", "/ns/wallograph",
    "/about", "/privacy", "/dump/", "/profiles", "/doc/actor/uliege?_profile=alt", "/no-such-page",
)  # fmt: skip
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("state")
    with served(ecosystem_app(root)) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def opened(chromium: Browser, address: str, width: int, scheme: str = "light") -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale="fr-BE", color_scheme=scheme
    )
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, address: str, scheme: str) -> None:
    page = opened(chromium, address, 1280, scheme)
    found = {}
    for path in PAGES if scheme == "light" else PAGES[::2]:  # only colours differ, and pages share them
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[path] = problems(page)
    page.context.close()
    assert {path: all_ for path, all_ in found.items() if all_} == {}


@pytest.mark.parametrize("lang", ["fr", "nl", "de", "en"])
def test_nothing_scrolls_sideways_and_no_text_is_small(chromium: Browser, address: str, lang: str) -> None:
    page = opened(chromium, address, 320)
    wide, small = {}, {}
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide[path], small[path] = page.evaluate(SIDEWAYS), page.evaluate(SMALLEST)
    page.context.close()
    assert {path: n for path, n in wide.items() if n > 0} == {}
    assert {path: n for path, n in small.items() if n < 16} == {}


def test_the_first_stop_of_the_keyboard_leads_to_the_content(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, 1280)
    page.goto(address + "/doc/actor/uliege")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_pages_need_no_script_and_load_nothing_from_elsewhere(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, 1280)
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    for path in PAGES[:8]:
        page.goto(address + path)
        assert page.locator("script:not([type='application/ld+json'])").count() == 0
    page.context.close()
    assert [url for url in asked if not url.startswith(address)] == []
    assert refused == []
