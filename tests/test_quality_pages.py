"""The pages of the quality in a real browser: axe-core finds nothing serious, nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.axe import problems
from browser.serving import browser, served
from test_accessibility import SIDEWAYS, SMALLEST, opened
from test_quality import PAGES
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.web.app import create_app

OPEN: str = "document.querySelectorAll('details').forEach(d => d.open = true)"


@pytest.fixture(scope="module")
def address(shipped_state: State) -> Iterator[str]:
    with served(create_app(Settings(state=shipped_state.root))) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, address: str, scheme: str) -> None:
    page = opened(chromium, address, 1280, scheme)
    found = {}
    for path in PAGES if scheme == "light" else PAGES[::2]:  # only colours differ, and pages share them
        page.goto(address + path)
        page.evaluate(OPEN)
        found[path] = problems(page)
    page.context.close()
    assert {path: all_ for path, all_ in found.items() if all_} == {}


@pytest.mark.parametrize("lang", ["fr", "nl", "de", "en"])
def test_nothing_scrolls_sideways_and_no_text_is_small(chromium: Browser, address: str, lang: str) -> None:
    page = opened(chromium, address, 320)
    wide, small = {}, {}
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate(OPEN)
        wide[path], small[path] = page.evaluate(SIDEWAYS), page.evaluate(SMALLEST)
    page.context.close()
    assert {path: n for path, n in wide.items() if n > 0} == {}
    assert {path: n for path, n in small.items() if n < 16} == {}
