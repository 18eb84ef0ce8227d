"""What a request needs, made once: settings, state, texts, templates, and the opened current release.

In: settings and the state folder. Out: `Site.now()`, ONE opened release that a request keeps to its end, and
`Site.render()`, a page.
"""

import os
from collections import OrderedDict
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from wallograph.accounts.people import People
from wallograph.checker.client import CheckClient
from wallograph.curation.desk import Desk
from wallograph.errors import StateError
from wallograph.iris import is_local
from wallograph.outgoing.vault import Vault
from wallograph.publish.page_checked import checked_view
from wallograph.release.state import Release, State
from wallograph.settings import Settings
from wallograph.store.client import QueryClient
from wallograph.store.embedded import ReadStore
from wallograph.vocab import CC_BY, DEFAULT_BASE
from wallograph.web.assets import built_assets
from wallograph.web.byte_cache import ByteCache
from wallograph.web.i18n import LANGUAGES, Messages, request_language
from wallograph.web.published import Published, open_release

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
STATIC: Final = Path(__file__).resolve().parent / "static"
_KEPT_RELEASES: Final = 2
_KEPT_OLDER: Final = 4  # opened because somebody asked for things as they were
_PATH_SAFE: Final = "/%:@!$&'()*+,;=~"


class Site:
    """Everything a request handler may use. It lives as long as the application."""

    def __init__(
        self, settings: Settings, query_client: QueryClient | None = None, check_client: CheckClient | None = None
    ) -> None:
        self.settings = settings
        self.state = State(settings.state)
        self.query_client, self.check_client = query_client, check_client
        self._desk: Desk | None = None
        self._opening = Lock()
        self.answers = ByteCache(settings.query_cache_mb * 1_000_000)  # of queries; the keys name their release
        self.messages = Messages()
        self.templates = _environment(self)
        self._lock = Lock()
        self._people: People | None = None
        self._people_lock = Lock()
        self._link = str(settings.state / "current")
        self._seen: tuple[int, int, int] | None = None
        self._current: Published | None = None
        self._held: Published | None = None
        self._opened: OrderedDict[int, Published] = OrderedDict()
        self._older: OrderedDict[int, Published] = OrderedDict()

    def hold(self, release: Release) -> None:
        """Stay with a release, whatever is switched to."""
        self._held = self.at(release)

    def now(self) -> Published:
        """The current release, opened; one `lstat` when nothing changed. StateError when there is none."""
        if self._held is not None:
            return self._held
        seen = self._look()
        current = self._current
        if current is not None and seen == self._seen:
            return current
        with self._lock:
            if self._current is None or seen != self._seen:
                self._current, self._seen = self._open_current(), seen
            return self._current

    @property
    def desk(self) -> Desk | None:
        """Proposals, decisions and accounts; opened when first asked. None without a state folder."""
        if self._desk is not None:
            return self._desk
        with self._opening:  # a lock of its own: readers do not wait for a database that does not answer
            if self._desk is None and self.settings.state.is_dir():
                settings = self.settings
                self._desk = Desk.open(settings.database_url(), settings.state, limits=settings.proposal_limits())
            return self._desk

    def _look(self) -> tuple[int, int, int]:
        try:
            found = os.lstat(self._link)
        except OSError as error:
            raise StateError(f"no release in {self.settings.state}: run `wallograph build` first") from error
        return found.st_mtime_ns, found.st_ino, found.st_dev

    def _open_current(self) -> Published:
        release = self.state.current()
        if release is None:
            raise StateError(f"no release in {self.settings.state}: run `wallograph build` first")
        if release.number in self._opened:  # switched to again: after an erasure the same numbers are other folders
            self.answers.clear()
            self._older.clear()
            _drop_replaced(self._opened, release)
        if release.number not in self._opened:
            self._opened[release.number] = self._open(release)
        self._opened.move_to_end(release.number)
        while len(self._opened) > _KEPT_RELEASES:
            self._opened.popitem(last=False)  # requests that hold it keep it alive
        return self._opened[release.number]

    def at(self, release: Release) -> Published:
        """A release of any number, opened; one that was thinned has no store to open (`thin.is_thinned`)."""
        current = self.now()
        if release.number == current.number:
            return current
        with self._lock:
            _drop_replaced(self._older, release)
            if release.number not in self._older:
                self._older[release.number] = self._open(release)
            self._older.move_to_end(release.number)
            while len(self._older) > _KEPT_OLDER:
                self._older.popitem(last=False)
            return self._older[release.number]

    def _open(self, release: Release) -> Published:
        return open_release(release, self._current, self.settings.document_cache_mb * 1_000_000)

    def people(self) -> People:
        """The accounts; their tables are made when somebody asks for them the first time."""
        with self._people_lock:
            if self._people is None:
                desk, settings = self.desk, self.settings
                if desk is None:
                    raise StateError(f"there is no folder {settings.state}: run `wallograph build` first")
                self._people = People(desk.db, settings.people(), lambda: Vault(settings.secret_keys()))
            return self._people

    @property
    def base(self) -> str:
        """The base of the current release; what the settings say when there is none."""
        current = self._held or self._current  # a page asks for many addresses: one look at the link is enough for it
        try:
            return (current or self.now()).base
        except StateError:
            return self.settings.base or DEFAULT_BASE

    def store(self, release: Release) -> ReadStore:
        """The opened store of a release."""
        return self.at(release).store

    @property
    def prefix(self) -> str:
        """The path of the base, with which all addresses begin."""
        return urlsplit(self.base).path.rstrip("/")

    @property
    def is_default_base(self) -> bool:
        """True when the IRIs only mean something on this machine: not for reuse, robots are kept out."""
        return is_local(self.base)

    def url(self, path: str = "/", **query: Any) -> str:
        """An address on this site, host left out: the base's own path, `path`, and the query values given."""
        values = {name: value for name, value in query.items() if value not in (None, "")}
        address = self.prefix + "/" + quote(path.lstrip("/"), safe=_PATH_SAFE)
        return address + ("?" + urlencode(values, doseq=True) if values else "")

    def render(
        self, template: str, request: Request, *, lang: str | None = None, status: int = 200, **data: Any
    ) -> HTMLResponse:
        """A page. Each template also has t, lang, languages, keep, base, path, query, here, url and more."""
        lang = lang or request_language(request)
        page = self.templates.get_template(template).render({**self._shared(request, lang), **data})
        return HTMLResponse(
            page,
            status,
            {"Content-Language": lang, "Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"},
        )

    def _shared(self, request: Request, lang: str) -> dict[str, Any]:
        """What every template has; `keep` is the language that links carry on, when the address says one."""
        query = {name: value for name, value in request.query_params.multi_items() if name != "lang"}
        here = (request.scope.get("raw_path") or b"/").decode("ascii", "replace")
        return {
            "t": partial(self.messages, lang),
            "lang": lang,
            "languages": LANGUAGES,
            "keep": lang if request.query_params.get("lang", "").lower() == lang else "",
            "site": self,
            "base": self.base,
            "path": request.scope["path"],
            "query": query,
            "here": lambda **changes: self.url(here, **{**query, **changes}),
            "is_default_base": self.is_default_base,
            "who": getattr(request.state, "who", None),  # None on public pages, whoever asks
            "csrf": getattr(request.state, "csrf", ""),
            "license": CC_BY,
        }


def _drop_replaced(opened: OrderedDict[int, Published], release: Release) -> None:
    """Forget a release that was made again since it was opened (an erasure)."""
    held = opened.get(release.number)
    if held is not None and held.inode != release.folder.stat().st_ino:
        del opened[release.number]


def _environment(site: Site) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["url"] = site.url
    environment.globals["checked"] = checked_view
    environment.globals["static_copy"] = False  # True while the site is written as files
    environment.globals["assets"] = built_assets(STATIC)
    environment.filters["href"] = href
    return environment


def href(iri: object) -> str:
    """What may stand in an `href`: http(s) only, never `javascript:` or `data:` in any spelling."""
    text = str(iri)
    plain = text.isprintable() and not any(c.isspace() or c == "\\" for c in text)
    return text if plain and text.lower().startswith(("http://", "https://")) else ""

