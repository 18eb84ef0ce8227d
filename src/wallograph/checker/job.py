"""What a check does: the order is that of `pipeline.check`, the rules and code lists are loaded before it forks.

In: the state folder, and for each check what is asked with the bytes that were handed in. Out: the findings in the
format asked for, the corrected file, or the statements that a file proposes.
"""

import base64
import json
from pathlib import Path
from typing import Any, Final

from wallograph import __version__
from wallograph.checker.beside import Beside
from wallograph.checker.child import Answered
from wallograph.checker.limits import CheckLimits
from wallograph.checker.shared import FOLDER, Shares
from wallograph.curation.checking import check_proposal
from wallograph.curation.file_proposals import answer_body, answer_of, proposed
from wallograph.curation.layers import Standing
from wallograph.curation.model import Evidence
from wallograph.errors import StateError
from wallograph.intake.limits import IntakeLimits
from wallograph.pipeline.check import Check, CheckOptions, Upload, check
from wallograph.pipeline.known import Known
from wallograph.pipeline.shown import data_turtle, shared_text, tables_shown
from wallograph.release.life import read_redirects
from wallograph.release.state import Release, State
from wallograph.store.embedded import ReadStore
from wallograph.validate.outcome import UNREADABLE
from wallograph.validate.outputs.csv import findings_csv
from wallograph.validate.outputs.github import annotations
from wallograph.validate.outputs.sarif import sarif
from wallograph.validate.report import report_jsonld, report_turtle
from wallograph.validate.shapes import load_shapes
from wallograph.vocab import LANGUAGES

_WARMING: Final = {
    "a.ttl": '<http://example.org/a> a <http://www.w3.org/ns/org#Organization> ; <http://schema.org/name> "A" .',
    "b.csv": "Nom;Type;Commune;Thème;Marché;Numéro d'entreprise;Site web;Année de création\n"
    "B;satrt-up;Namr;robotiqe;b2;0123.456.789;www.b.be;2019\n",
}
PAGE: Final = "text/html"
PROPOSAL: Final = "application/vnd.wallograph.proposal+json"
STATEMENTS: Final = "application/vnd.wallograph.statements+json"  # what is judged as it is, without a file


class CheckJob:
    """The work of the checking service of one installation."""

    def __init__(self, state: Path, limits: CheckLimits) -> None:
        self.state, self.limits = State(state.resolve()), limits
        self.release = self._current()
        self.beside, self.known = self._loaded()
        self.warm = False

    def _current(self) -> Release:
        release = self.state.current()
        if release is None:
            raise StateError(f"no release in {self.state.root}: run `wallograph build` first")
        return release

    def _loaded(self) -> tuple[Beside, Known]:
        beside = Beside(self.release.base)
        return beside, Known(beside, load_shapes(self.release.base))

    def follow(self) -> None:
        """Go to the current release. Rules and code lists are read again only for another base."""
        release = self._current()
        if release.base != self.release.base:
            self.release = release
            self.beside, self.known = self._loaded()
            self._warm_up()
        self.release = release

    def chores(self) -> None:
        """Delete the shared results whose time is over; the first time also load what a check needs."""
        Shares(self.state.root / FOLDER, days=0, largest=0, total=0).sweep()
        if not self.warm:
            self._warm_up()

    def _warm_up(self) -> None:
        """Check two small files of our own: rules are compiled and lists are read here, not in every child."""
        uploads = [Upload(name, text.encode()) for name, text in _WARMING.items()]
        check(uploads, self.known, CheckOptions(base=self.known.base)).values()
        self.warm = True

    def open(self) -> None:
        """In a child: open the release."""
        self.beside.open(self.release)

    def status(self) -> dict[str, Any]:
        """Which release is asked."""
        return {"release": self.release.number, "base": self.known.base, "warm": self.warm}

    def run(self, asked: dict[str, Any], content: bytes) -> Answered:
        """Check what was handed in."""
        if asked["media_type"] == STATEMENTS:
            return Answered(self._statements(asked["proposal"]["ident"], content), {"release": self.release.number})
        correcting = not asked["form"]
        upload = Upload(asked["name"], content, asked["media_type"])
        options = CheckOptions(
            base=self.known.base,
            mapping=asked.get("mapping"),
            encoding=asked.get("encoding"),
            delimiter=asked.get("delimiter"),
            sheets=tuple(asked.get("sheets") or ()) or None,
            limits=IntakeLimits(bytes=self.limits.upload_bytes),
            most=self.limits.findings,
        )
        checked = check([upload], self.known, options)
        lang = asked["lang"] if asked.get("lang") in LANGUAGES else LANGUAGES[0]
        meta: dict[str, Any] = {"release": self.release.number, "conforms": checked.conforms}
        broken = _unreadable(checked, lang)
        if broken:
            meta["unreadable"] = broken
        if correcting:
            return self._corrected(checked, asked, content, meta)
        if asked["form"] == PROPOSAL:
            return Answered(self._proposal(checked, asked["proposal"]), meta)
        if asked["form"] == PAGE:
            body = _for_page(checked, data=bool(asked.get("data")), shared=bool(asked.get("shared")))
            return Answered(body, meta)
        return Answered(_written(checked, asked["form"], lang), meta)

    def _proposal(self, checked: Check, asked: dict[str, Any]) -> bytes:
        """The statements of a file that nobody makes yet, and what the rules say of the graph with them."""
        evidence = Evidence(asked["kind"], asked["page"])
        return answer_body(*proposed(checked, asked["ident"], evidence, self._standing(), self.known, asked["most"]))

    def _statements(self, ident: str, content: bytes) -> bytes:
        """What the rules say of the graph with statements that came as they are."""
        changes, _ = answer_of(content)
        known = self.known
        return answer_body((), check_proposal(ident, changes, self._standing(), known, known.above))

    def _standing(self) -> Standing:
        store = ReadStore(self.release.store_path)
        return Standing(self.release, store, [], read_redirects(self.release.folder))

    def _corrected(self, checked: Check, asked: dict[str, Any], content: bytes, meta: dict[str, Any]) -> Answered:
        values = checked.values("sure" if asked["sure"] else asked["repairs"])
        meta["losses"] = sorted({code for submission in checked.submissions for code in submission.losses()})
        for file in values["corrected"]:
            return Answered(base64.b64decode(file["content"]), meta)
        return Answered(content, meta)


def _unreadable(checked: Check, lang: str) -> dict[str, Any]:
    """The first place where the file cannot be read, as a problem document gives it."""
    for finding in checked.findings:
        if finding.code in UNREADABLE:
            where = finding.where
            message = finding.messages.get(lang) or next(iter(finding.messages.values()), "")
            place = {"line": where.line, "column": where.column, "pointer": where.pointer} if where else {}
            return {"message": message, "code": finding.code, **place}
    return {}


def _for_page(checked: Check, *, data: bool, shared: bool) -> bytes:
    """The values with what the page shows beside them: the tables, for a form its RDF, and the text that others see."""
    values = checked.values() | {"tables": tables_shown(checked.submissions, checked.findings)}
    if data:
        values["data"] = data_turtle(checked.submissions, checked.outcome.base)
    if shared:
        values["text"] = shared_text(checked.submissions, checked.findings)
        for table in values["tables"]:
            table["mapping"] = None  # nobody corrects the columns of a result that is shared
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _written(checked: Check, form: str, lang: str) -> bytes:
    outcome, base = checked.outcome, checked.outcome.base
    if form == "text/turtle":
        return report_turtle(outcome.results, base)
    if form == "text/plain":
        return annotations(outcome, lang).encode()
    if form == "text/csv":
        return findings_csv(outcome, lang).encode()
    values: Any
    if form == "application/ld+json":
        values = report_jsonld(outcome.results, base)
    elif form == "application/sarif+json":
        values = sarif(outcome, lang, __version__)
    else:
        values = checked.values()
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
