"""The way of a proposal in a real browser without scripts: handed in, mended, accepted in part, seen, reverted.

In: an address with a publisher behind it, a browser, the name and password of a curator. Out: each step as a method;
`shot(name)` takes a picture. The test walks it; run as a program it takes the pictures of `docs/curators.md`:
`python curation_story.py FOLDER`.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Browser, Page, expect

from browser.serving import browser
from ecosystem import ecosystem_app
from people import QUICK
from serving import serving
from wallograph.accounts.model import Role
from wallograph.accounts.store import Accounts
from wallograph.database import Database

LOGIN, PASSWORD = "curatrice@example.org", "une phrase assez longue"
NAME = "Lasers du Condroz"
_PATIENCE = 30.0


@contextmanager
def installation(root: Path) -> Iterator[str]:
    """A real server over the small ecosystem, its publisher, and a curator who can log in."""
    ecosystem_app(root)
    accounts = Accounts(Database.of_folder(root))
    accounts.add(LOGIN, Role.PUBLISHER, datetime.now(UTC), name="Anne", password=QUICK.hash(PASSWORD))
    publisher = subprocess.Popen([sys.executable, "-m", "wallograph.curation", "--state", str(root)])
    try:
        with serving(root) as port:
            yield f"http://127.0.0.1:{port}"
    finally:
        publisher.terminate()
        publisher.wait(15)


class Story:
    """The steps, in their order."""

    def __init__(self, chromium: Browser, address: str, shot: Callable[[Page, str], None] = lambda page, name: None):
        self.address, self.shot = address, shot
        self.author, self.curator = (self._person(chromium) for _ in range(2))
        self.ident = self.thing = self.secret = ""

    def _person(self, chromium: Browser) -> Page:
        context = chromium.new_context(
            viewport={"width": 1100, "height": 900}, locale="fr-BE", java_script_enabled=False
        )
        context.set_default_timeout(20_000)
        return context.new_page()

    def hand_in(self) -> None:
        """An anonymous proposal, with a year that breaks a rule."""
        page = self.author
        page.goto(f"{self.address}/submissions/new?kind=create&concept=actor")
        page.get_by_label("Une page web le dit").first.check()
        page.locator("#evidence-page").fill("https://www.example.org/lasers")
        page.locator("#name").fill(NAME)
        page.locator("#founding-date").fill("1066")
        page.locator("#description").fill("La meilleure firme de lasers du monde.")
        self.shot(page, "proposal-form")
        page.get_by_role("button", name="Envoyer la proposition").click()
        self.secret = page.get_by_label("Adresse secrète").input_value()
        self.ident = page.url.partition("?")[0].rpartition("/")[2]
        expect(page.locator(".state")).to_have_text("À corriger")
        self.shot(page, "proposal-findings")

    def mend(self) -> None:
        """The author mends what the check found."""
        page = self.author
        page.get_by_role("link", name="Corriger").click()
        page.locator("#founding-date").fill("2019")
        page.get_by_role("button", name="Envoyer la version corrigée").click()
        expect(page.locator(".state")).to_have_text("En attente")

    def log_in(self) -> None:
        """The curator comes to the queue."""
        page = self.curator
        page.goto(f"{self.address}/review")
        page.locator("input[name=login]").fill(LOGIN)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.goto(f"{self.address}/review")
        expect(page.get_by_role("link", name=NAME)).to_be_visible()
        self.shot(page, "queue")

    def accept_in_part(self) -> None:
        """All but the description is accepted, by the keyboard alone."""
        page = self.curator
        link = page.get_by_role("link", name=NAME)
        link.focus()
        link.press("Enter")
        box = page.locator(".choice-line", has_text="La meilleure firme").locator("input[type=checkbox]")
        box.focus()
        box.press("Space")
        self.shot(page, "decision")
        page.locator("#why").focus()
        page.keyboard.type("La page le dit.")
        page.locator("#withheld").focus()
        page.keyboard.type("Ce texte fait de la publicité.")
        button = page.get_by_role("button", name="Essayer sans décider")
        button.focus()
        button.press("Enter")
        expect(page.get_by_role("heading", name="Rien ne s’y oppose")).to_be_visible()
        button = page.get_by_role("button", name="Accepter ce qui est choisi")
        button.focus()
        button.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Accepté")
        expect(page.locator(".state").first).to_have_text("Acceptée en partie")
        self.shot(page, "accepted")

    def is_public(self) -> None:
        """The page, SPARQL and the history show it."""
        self.thing = "/doc/actor/lasers-du-condroz"
        _until(lambda: httpx.get(self.address + self.thing).status_code == 200)
        page = self.author
        page.goto(self.address + self.thing)
        expect(page.locator("h1")).to_have_text(NAME)
        expect(page.locator("main")).not_to_contain_text("La meilleure firme")
        self.shot(page, "published")
        assert self.asks(), "SPARQL shows it"
        page.get_by_role("link", name="Historique").click()
        expect(page.locator("main")).to_contain_text("La page le dit.")
        self.shot(page, "history")
        feed = httpx.get(f"{self.address}/history/actor/lasers-du-condroz.atom")
        assert feed.status_code == 200 and "La page le dit." in feed.text and LOGIN not in feed.text
        page.goto(f"{self.address}/submissions/{self.ident}")
        expect(page.locator(".state")).to_have_text("Acceptée en partie")

    def revert(self) -> None:
        """The decision is taken back by another one."""
        page = self.curator
        page.goto(f"{self.address}/review/{self.ident}")
        page.get_by_role("link", name="Annuler cette décision").click()
        page.locator("#why").fill("La firme n’existe pas.")
        self.shot(page, "revert")
        page.get_by_role("button", name="Annuler cette décision").click()
        expect(page.get_by_role("status")).to_contain_text("annulée")
        _until(lambda: httpx.get(self.address + self.thing).status_code == 410)
        assert not self.asks()
        told = httpx.get(f"{self.address}/history/actor/lasers-du-condroz.json").json()
        assert [step["kind"] for step in told["steps"]] == ["revert", "accept"]

    def asks(self) -> bool:
        """Whether SPARQL knows the name."""
        answer = httpx.get(
            f"{self.address}/sparql", params={"query": f'ASK {{ ?s <http://schema.org/name> "{NAME}" }}'},
            headers={"accept": "application/sparql-results+json"},
        )  # fmt: skip
        return bool(answer.json()["boolean"])


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not done():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.1)


def main(folder: Path) -> None:
    """Take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)

    def shot(page: Page, name: str) -> None:
        page.locator("main").screenshot(path=folder / f"{name}.png")
        print(re.sub(r"\s+", " ", f"{name}: {page.title()}"))

    with TemporaryDirectory() as state, installation(Path(state) / "state") as address, browser() as chromium:
        story = Story(chromium, address, shot)
        for step in (story.hand_in, story.mend, story.log_in, story.accept_in_part, story.is_public, story.revert):
            step()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
