"""Accepted statements as files: `data/proposals/*.json`, one file a proposal, one line a statement.

In: the folder. Out: `ProposalFile` and `IdentityFile` values on the default base, with the line of each statement,
and findings for what cannot be read; the text of a file. `data/proposals/README.md` describes the format.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from wallograph.errors import DataError
from wallograph.ingest.proposal_messages import told
from wallograph.ingest.proposal_terms import expand, shorten, value_fields, value_of
from wallograph.model import Finding, Severity, Where

FOLDER: Final = "proposals"
IDENTITY: Final = "identity-"  # the name of a file that holds a decision on two records
VERDICTS: Final = ("same", "different", "unsure")
_ID: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
_OPS: Final = re.compile(r'"op"\s*:')
_LINE: Final = re.compile(r'"(left|statements)"\s*:')
_YEAR: Final = re.compile(r"\d{4}")
_TOP: Final = frozenset({"proposal", "entry", "date", "things", "statements", "comment"})
_DECIDED: Final = frozenset({
    "entry", "date", "left", "right", "verdict", "reason", "left_thing", "right_thing", "redirects", "comment",
})  # fmt: skip
_SAID: Final = frozenset({
    "number", "op", "subject", "property", "thing", "text", "lang", "type", "year", "page", "organisation", "source",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileStatement:
    """One statement of a file. `page` is its evidence, else the `organisation` (its name) says so itself."""

    number: int
    op: str
    subject: str
    predicate: str
    value: NamedNode | Literal
    line: int = 0
    source: str = ""  # of a retraction: the source that states it
    year: str = ""
    page: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class ProposalFile:
    """What was accepted of one proposal. `entry` is the digest of its journal entry; "" when written by hand."""

    proposal: str
    date: str
    statements: tuple[FileStatement, ...]
    things: Mapping[str, str] = field(default_factory=dict)  # IRI of a new thing -> its record key
    entry: str = ""

    @property
    def name(self) -> str:
        """The file under `data/`."""
        return f"{FOLDER}/{self.proposal}.json"


@dataclass(frozen=True, slots=True)
class IdentityFile:
    """A decision on two records, taken at the desk. `things` has the IRI of each; `redirects` what a merge moved."""

    entry: str
    date: str
    left: str
    right: str
    verdict: str
    reason: str
    things: tuple[str, str] = ("", "")
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file under `data/`."""
        return f"{FOLDER}/{IDENTITY}{self.entry[:16]}.json"


class _Wrong(Exception):
    """A file cannot be read: the code of the finding, what is wrong, and the line."""

    def __init__(self, code: str, value: str = "", field: str = "", line: int = 1) -> None:
        super().__init__(code)
        self.code, self.value, self.field, self.line = code, value, field, line


@dataclass(slots=True)
class ProposalFiles:
    """The files of a folder, in the order of their names, and what is wrong with the others."""

    proposals: list[ProposalFile] = field(default_factory=list)
    decisions: list[IdentityFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def refuse_wrong(self) -> None:
        """DataError for the first file that cannot be read: a build does not guess."""
        for finding in self.findings:
            raise DataError(f"data/{finding.where}: {finding.messages['en']}")


def read_proposals(data: Path) -> ProposalFiles:
    """Read `data/proposals`; a missing folder is an empty one."""
    files = ProposalFiles()
    entries: set[str] = set()
    for path in sorted((data / FOLDER).glob("*.json")):
        try:
            found = _read(path)
            if found.entry and found.entry in entries:
                raise _Wrong("proposal-entry", found.entry, "entry")
            entries.add(found.entry)
            if isinstance(found, ProposalFile):
                files.proposals.append(found)
            else:
                files.decisions.append(found)
        except _Wrong as wrong:
            where = Where(f"{FOLDER}/{path.name}", wrong.line, wrong.field or None)
            text = told(wrong.code, wrong.value, wrong.field)
            files.findings.append(Finding(wrong.code, Severity.VIOLATION, where, path.stem, wrong.value, text))
    return files


def write_proposal(found: ProposalFile) -> str:
    """The text of a file: sorted, one line a statement."""
    head = {"proposal": found.proposal, "entry": found.entry, "date": found.date}
    lines = [f" {_json(key)}: {_json(value)}," for key, value in head.items() if value]
    if found.things:
        things = {shorten(iri): key for iri, key in sorted(found.things.items())}
        lines.append(f' "things": {_json(things)},')
    said = [f"  {_json(_fields(statement))}" for statement in found.statements]
    return "\n".join(["{", *lines, ' "statements": [', ",\n".join(said), " ]", "}", ""])


def write_decision(found: IdentityFile) -> str:
    """The text of a file with a decision on two records."""
    values = {
        "entry": found.entry, "date": found.date, "left": found.left, "right": found.right, "verdict": found.verdict,
        "reason": found.reason, "left_thing": shorten(found.things[0]) if found.things[0] else "",
        "right_thing": shorten(found.things[1]) if found.things[1] else "", "redirects": dict(found.redirects),
    }  # fmt: skip
    lines = [f" {_json(key)}: {_json(value)}" for key, value in values.items() if value]
    return "\n".join(["{", ",\n".join(lines), "}", ""])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _fields(statement: FileStatement) -> dict[str, Any]:
    said: dict[str, Any] = {"number": statement.number, "op": statement.op, "subject": shorten(statement.subject)}
    said |= {"property": shorten(statement.predicate), **value_fields(statement.value)}
    if statement.year:
        said["year"] = statement.year
    if statement.op == "retract":
        return said | {"source": shorten(statement.source)}
    return said | ({"page": statement.page} if statement.page else {"organisation": statement.organisation})


def _read(path: Path) -> ProposalFile | IdentityFile:
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise _Wrong("proposal-unreadable", error.msg, line=error.lineno) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _Wrong("proposal-unreadable", type(error).__name__) from error
    if not isinstance(raw, dict):
        raise _Wrong("proposal-unreadable", type(raw).__name__)
    if path.stem.startswith(IDENTITY) and "statements" not in raw:
        return _decision(path, raw)
    return _proposal(path, raw, text)


def _proposal(path: Path, raw: dict[str, Any], text: str) -> ProposalFile:
    _only(raw, _TOP)
    proposal = _text(raw, "proposal", fits=_ID.fullmatch)
    if path.stem != proposal:
        raise _Wrong("proposal-name", f"{proposal}.json", "proposal")
    things = raw.get("things", {})
    if not isinstance(things, dict):
        raise _Wrong("proposal-field", field="things")
    listed = raw.get("statements")
    if not isinstance(listed, list) or not listed:
        raise _Wrong("proposal-field", field="statements")
    lines = [text.count("\n", 0, found.start()) + 1 for found in _OPS.finditer(text)]
    statements = []
    for place, said in enumerate(listed):
        line = lines[place] if place < len(lines) else 1
        statements.append(_statement(said, place + 1, line))
    return ProposalFile(
        proposal, _date(raw), tuple(statements),
        {_iri(name, "things", 1): _key(key, proposal) for name, key in things.items()}, _entry(raw, needed=False),
    )  # fmt: skip


def _decision(path: Path, raw: dict[str, Any]) -> IdentityFile:
    _only(raw, _DECIDED)
    redirects = raw.get("redirects", {})
    if not isinstance(redirects, dict) or not all(isinstance(value, str) for value in redirects.values()):
        raise _Wrong("proposal-field", field="redirects")
    left, right = (_text(raw, name, fits=lambda key: "/" in key) for name in ("left", "right"))
    left_thing, right_thing = (
        _iri(raw[name], name, 1) if name in raw else "" for name in ("left_thing", "right_thing")
    )
    verdict = _text(raw, "verdict", fits=VERDICTS.__contains__)
    found = IdentityFile(
        _entry(raw, needed=True), _date(raw), left, right, verdict, _text(raw, "reason"), (left_thing, right_thing),
        redirects,
    )  # fmt: skip
    if found.name != f"{FOLDER}/{path.name}":
        raise _Wrong("proposal-name", found.name.rpartition("/")[2], "entry")
    return found


def _statement(said: object, place: int, line: int) -> FileStatement:
    if not isinstance(said, dict):
        raise _Wrong("proposal-field", field="statements", line=line)
    _only(said, _SAID, line)
    op = _text(said, "op", line, fits=("add", "retract").__contains__)
    value = value_of(said)
    if value is None:
        named = "thing" if "thing" in said else "text"
        code = "proposal-term" if named == "thing" else "proposal-field"
        raise _Wrong(code, str(said.get(named, "")), named, line)
    number = said.get("number", place)
    if not isinstance(number, int) or isinstance(number, bool):
        raise _Wrong("proposal-field", field="number", line=line)
    evidence = {"retract": ("source",), "add": ("page", "organisation")}[op]
    given = [name for name in ("source", "page", "organisation") if name in said]
    if len(given) != 1 or given[0] not in evidence:
        raise _Wrong("proposal-field", field=" / ".join(evidence), line=line)
    page = _text(said, "page", line, fits=re.compile(r"https?://[^\s<>\"]+").fullmatch) if "page" in said else ""
    return FileStatement(
        number, op, _iri(said.get("subject"), "subject", line), _iri(said.get("property"), "property", line), value,
        line, _iri(said["source"], "source", line) if "source" in said else "",
        _text(said, "year", line, fits=_YEAR.fullmatch) if "year" in said else "", page,
        str(said.get("organisation", "")),
    )  # fmt: skip


def _only(raw: dict[str, Any], known: frozenset[str], line: int = 1) -> None:
    for name in raw:
        if name not in known:
            raise _Wrong("proposal-field", field=name, line=line)


def _text(raw: dict[str, Any], name: str, line: int = 1, fits: Callable[[str], object] = bool) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not fits(value):
        raise _Wrong("proposal-field", str(value or ""), name, line)
    return value


def _iri(value: object, name: str, line: int) -> str:
    iri = expand(value) if isinstance(value, str) else None
    if iri is None:
        raise _Wrong("proposal-term", str(value or ""), name, line)
    return iri


def _key(key: object, proposal: str) -> str:
    if not isinstance(key, str) or not re.fullmatch(rf"proposal/{re.escape(proposal)}/[a-z0-9-]+", key):
        raise _Wrong("proposal-field", str(key), "things")
    return key


def _entry(raw: dict[str, Any], *, needed: bool) -> str:
    if "entry" not in raw and not needed:
        return ""
    return _text(raw, "entry", fits=re.compile(r"[0-9a-f]{64}").fullmatch)


def _date(raw: dict[str, Any]) -> str:
    value = _text(raw, "date")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise _Wrong("proposal-field", value, "date") from error
