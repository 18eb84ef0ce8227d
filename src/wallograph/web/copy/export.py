"""`export-static`: a release comes in, a folder with the whole site as files goes out, and how to serve it.

The order is: pages are found, then pages, documents, dumps and static files are written, then the configurations.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from wallograph.errors import DataError
from wallograph.publish.jsonld import CONTEXT_PATH
from wallograph.settings import Settings
from wallograph.vocab import LANGUAGES
from wallograph.web.copy.addresses import documents
from wallograph.web.copy.apache import APACHE_MERGED, apache_conf, apache_merged
from wallograph.web.copy.catalogue import Catalogue
from wallograph.web.copy.crew import Order, application, write_documents
from wallograph.web.copy.driver import Driver
from wallograph.web.copy.folder import Folder
from wallograph.web.copy.names import UnsafeName, file_stem
from wallograph.web.copy.nginx import nginx_conf
from wallograph.web.copy.pages import Pages
from wallograph.web.copy.rules import API_CATALOG, rules_of
from wallograph.web.copy.things import Things
from wallograph.web.routes.dumps import CHECKSUMS, editions
from wallograph.web.site import Site

Tick = Callable[[str, int, int | None], None]
_CSS_URL: Final = re.compile(rb"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
_SITEMAP: Final = re.compile(rb"<sitemap><loc>([^<]+)</loc>")
_README: Final = """A copy of {base} as files: release {release} of {date}.

site/         the document root: pages in four languages, documents in every RDF format, dumps
nginx.conf    for nginx: put it into conf.d/ or sites-enabled/, look over listen, server_name, root and certificates
apache.conf   for Apache 2.4: put it into sites-enabled/ (modules rewrite, headers, mime); it reads {merged}

With one of these every IRI still leads to its document, in the format and language that is asked for. Without any, the
pages can be read from the disk: open site/index.fr.html. Search, SPARQL and the checks need the program itself.
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what was left out and why, by address."""

    things: int
    files: int
    bytes: int
    left: dict[str, str]


def export_static(
    settings: Settings, root: Path, *, document_root: str, tick: Tick, processes: int = 1
) -> Exported:  # fmt: skip
    """Write the current release as files, by so many processes; the former copy in `root` stays until it is whole."""
    site, driver = application(settings)
    published = site.now()
    folder = Folder(root, published.date)
    folder.prepare()
    try:
        catalogue = Catalogue(published)
        export = _Export(site, driver, folder, catalogue, tick)
        export.run(settings, processes)
    finally:
        driver.close()
    latest = next((edition.key for edition in editions(site) if edition.latest), "")
    rules = rules_of(catalogue, document_root or str(folder.site.resolve()), latest, export.things.policies)
    readme = _README.format(base=published.base, release=published.number, date=published.date, merged=APACHE_MERGED)
    texts = {"nginx.conf": nginx_conf(rules), "apache.conf": apache_conf(rules), APACHE_MERGED: apache_merged(rules)}
    folder.finish({**texts, "README.txt": readme}, release=published.number, base=published.base)
    return Exported(export.count, folder.tally.files, folder.tally.bytes, dict(sorted(catalogue.left.items())))


class _Export:
    """One run."""

    def __init__(self, site: Site, driver: Driver, folder: Folder, catalogue: Catalogue, tick: Tick) -> None:
        self.site, self.driver, self.folder, self.catalogue, self.tick = site, driver, folder, catalogue, tick
        self.away = {lang: site.messages(lang, "copy-not-here") for lang in LANGUAGES}
        self.pages = Pages(driver, catalogue, site.prefix)
        self.things = Things(driver, catalogue, folder, self.pages, self.away)
        self.count = 0

    def run(self, settings: Settings, processes: int) -> None:
        """Every step, in order."""
        self.tick("pages", 0, None)
        sums = self._dump_files()
        self.catalogue.files |= {CONTEXT_PATH: CONTEXT_PATH[1:], API_CATALOG: API_CATALOG[1:]}
        self.catalogue.files |= {"/robots.txt": "robots.txt", "/sitemap.xml": "sitemap.xml"}
        self.pages.discover()
        self.pages.write(self.folder, self.away)
        self.tick("documents", 0, None)
        self._documents(settings, processes)
        self.things.gone()
        self.things.refusals()
        self.tick("files", 0, None)
        self._single_files(sums)
        self._static()

    def _documents(self, settings: Settings, processes: int) -> None:
        catalogue, tally = self.catalogue, self.folder.tally
        published = catalogue.published
        order = Order(settings, self.folder.root, published.number, catalogue.pages, catalogue.files)
        for done in write_documents(order, documents(self.site.state, published), processes):
            self.count += done.documents
            tally.files, tally.bytes = tally.files + done.files, tally.bytes + done.bytes
            catalogue.left |= done.left
            catalogue.static |= done.static
            self.things.policies |= done.policies
            self.tick("documents", self.count, None)

    def _dump_files(self) -> dict[str, str]:
        """Note the files of the editions; gives the SHA-256 that each must have."""
        sums = {}
        for edition in editions(self.site):
            for name, digest in [*((file.name, file.sha256) for file in edition.files), (CHECKSUMS, "")]:
                path = f"/dump/{edition.key}/{name}"
                try:
                    self.catalogue.files[path] = file_stem(path)
                except UnsafeName as error:
                    self.catalogue.left[path] = str(error)
                    continue
                sums[path] = digest
        return sums

    def _single_files(self, sums: dict[str, str]) -> None:
        for path, name in sorted(self.catalogue.files.items()):
            self._save(path, name, sums.get(path, ""))
        base = self.catalogue.published.base
        for address in _SITEMAP.findall(self.driver.get("/sitemap.xml").body):
            path = address.decode().removeprefix(base)
            self._save(path, file_stem(path))

    def _save(self, path: str, name: str, sha256: str = "") -> None:
        """One file, in pieces; a dump must be what its edition says."""
        digest = hashlib.sha256()
        with self.folder.writing(name) as file:

            def sink(piece: bytes) -> None:
                digest.update(piece)
                file.write(piece)

            status = self.driver.get(path, sink=sink).status
        if status != 200 or (sha256 and digest.hexdigest() != sha256):
            raise DataError(f"{path} was answered {status}, or is not what its edition says: the copy is not made")

    def _static(self) -> None:
        """The style sheets and pictures that the pages use, and what those use."""
        done: set[str] = set()
        while waiting := sorted(self.catalogue.static - done):
            for path in waiting:
                done.add(path)
                found = self.driver.get(path)
                if found.status != 200:
                    self.catalogue.left[path] = f"answered {found.status}"
                    continue
                self.folder.write(file_stem(path), found.body)
                if path.endswith(".css"):
                    inside = (urljoin(path, url.decode()) for url in _CSS_URL.findall(found.body))
                    self.catalogue.static.update(url for url in inside if url.startswith("/static/"))
