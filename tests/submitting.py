"""People who hand proposals in: a browser without scripts that keeps cookies, over an application in this process."""

import asyncio
import html
import re
from pathlib import Path
from typing import Any

import httpx

from ecosystem import ecosystem_app
from wallograph.curation.desk import Desk
from wallograph.curation.review import Review
from wallograph.settings import Settings
from wallograph.web.app import create_app

BASE = "http://localhost:8000"
ULIEGE = f"{BASE}/id/actor/uliege"
FORM = {"kind": "create", "concept": "actor", "evidence": "organisation", "do": "send"}


class House:
    """An installation over the small ecosystem."""

    def __init__(self, root: Path, **settings: Any) -> None:
        ecosystem_app(root)
        self.app = create_app(Settings(state=root, **{"check_rate": 0, **settings}))
        self.site = self.app.state.site

    @property
    def desk(self) -> Desk:
        found = self.site.desk
        assert found is not None
        return found

    @property
    def review(self) -> Review:
        return Review(self.desk)


class Visitor:
    """Somebody with a browser: cookies stay, redirects are followed only when asked for."""

    def __init__(self, house: House, lang: str = "fr", address: str = "192.0.2.1") -> None:
        self.house, self.lang, self.address = house, lang, address
        self.jar = httpx.Cookies()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._ask(method, path, more))

    async def _ask(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.house.app, raise_app_exceptions=False, client=(self.address, 1))
        headers = {"accept": "text/html", "accept-language": self.lang, **more.pop("headers", {})}
        async with httpx.AsyncClient(transport=transport, base_url=BASE, cookies=self.jar) as client:
            answer = await client.request(method, path, headers=headers, **more)
            self.jar = client.cookies
            return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> httpx.Response:
        return self.ask("POST", path, data={"csrf": self.csrf(), **fields}, headers=headers)

    def csrf(self) -> str:
        """What the forms of this browser carry as their first field."""
        found = re.search(r'name="csrf" value="([^"]*)"', self.get("/submissions/withdraw?thing=" + ULIEGE).text)
        return found[1] if found else ""

    def send(self, path: str = "/submissions/new", **fields: Any) -> httpx.Response:
        """Send a form; the page of the proposal when it was taken, else the form again."""
        answer = self.post(path, {**FORM, **fields})
        return self.get(answer.headers["location"]) if answer.status_code == 303 else answer


def ident_of(page: httpx.Response) -> str:
    """The id of the proposal whose page this is."""
    return str(page.url.path).rsplit("/", 1)[-1]


def secret_of(page: httpx.Response) -> str:
    found = re.search(r"/submissions/s/([A-Za-z0-9_-]{22})", page.text)
    assert found is not None
    return found[1]


def plain(page: httpx.Response) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))
