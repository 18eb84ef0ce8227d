"""The whole way of a proposal in a real browser, on a real server with its publisher; and the desk's pages with axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.axe import problems
from browser.serving import browser
from curation_story import Story, installation

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with installation(tmp_path_factory.mktemp("desk") / "state") as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def test_from_an_anonymous_proposal_to_the_published_page_and_back(chromium: Browser, address: str) -> None:
    story = Story(chromium, address)
    story.hand_in()
    story.mend()
    story.log_in()
    _accessible(chromium, story, ("/review", f"/review/{story.ident}", "/review/attention"))
    story.accept_in_part()
    story.is_public()
    history = "/history/actor/lasers-du-condroz"
    pages = (f"/review/{story.ident}", "/review/entries/1", "/journal", "/journal/1", history)
    _accessible(chromium, story, pages)
    story.revert()


def _accessible(chromium: Browser, story: Story, paths: tuple[str, ...]) -> None:
    """With the curator's session: axe finds nothing serious, and nothing scrolls sideways at 320 px."""
    cookies = story.curator.context.cookies()
    for width, scheme in ((320, "light"), (1280, "dark")):
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="fr-BE", color_scheme=scheme)
        context.add_cookies(cookies)
        page = context.new_page()
        for path in paths:
            page.goto(story.address + path)
            assert page.evaluate(SIDEWAYS) <= 0, (path, width)
            assert problems(page) == [], path
        context.close()
