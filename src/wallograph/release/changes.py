"""What a release changed: written into its folder when it is made, computed on demand for releases without it.

In: a release and the one before it by number. Out: `changes.json` (counts by kind of thing, the moment, the pages of
members), `changes.nt` (the public triples of each thing that came or changed, and the last word on each that went;
for a first edition a link to its triples), `renames.json` (names before and after).

The moment of a release is the first second of its day, or the second after the release before it: it comes from
dates alone, and no two releases share one.
"""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from wallograph.errors import StateError
from wallograph.release.chain import Chain
from wallograph.release.changed_things import Tally, Teller
from wallograph.release.dumps import TRIPLES_NAME
from wallograph.release.graphfile import read_lines, write_lines
from wallograph.release.life import Register, read_redirects, survivor_of
from wallograph.release.publicgraph import Difference, differences, public_lines, things
from wallograph.release.state import Release, State, write_json

CHANGES_NAME: Final = "changes.json"
MEMBERS_NAME: Final = "changes.nt"
RENAMES_NAME: Final = "renames.json"
PAGE_MEMBERS: Final = 200
Chains = tuple[Chain, Chain]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def record(state: State, release: Release, parent: Release | None = None, chains: Chains | None = None) -> None:
    """Write what a release changed into its folder, while it is being made; what is gone is kept up too. `chains` are
    those of its parent and its own, when they are known."""
    before = _before(state, release)
    register = Register(release, before)
    if before is None or parent is None or before.number != parent.number:
        chains = None  # what came before by number is another one
    _write(state, release, before, release.folder, register, chains)
    register.write()


def changes_of(state: State, release: Release) -> dict[str, Any]:
    """What a release changed; what is missing in the folder of an older release is added to it."""
    path = release.folder / CHANGES_NAME
    if not path.is_file():
        for number in state.numbers():
            one = state.get(number)
            if number <= release.number and not (one.folder / CHANGES_NAME).is_file():
                _add(state, one)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def summary_of(release: Release) -> dict[str, Any]:
    """What a release changed, for programs: JSON-able, the same for the same release.

    `counts` holds, by kind of thing (`actor`, `link`, …), how many were created, renamed, changed otherwise, merged and
    withdrawn; `links` where to read on.
    """
    found = changes_of(State(release.folder.parent.parent), release)
    page = f"{release.base}/changes/{release.number}"
    return {
        "release": release.number,
        "previous": found["before"],
        "kind": release.manifest["kind"],
        "date": str(release.manifest["date"]),
        "moment": found["moment"],
        "base": release.base,
        "counts": found["things"],
        "triples": found["triples"],
        "members": found["members"],
        "links": {
            "page": page,
            "patch": f"{page}.rdfp",
            "summary": f"{page}.json",
            "members": f"{page}/1" if found["members"] else None,
            "feed": f"{release.base}/changes",
            "atom": f"{release.base}/changes.atom",
        },
    }


def feed(state: State, current: Release) -> list[Release]:
    """The releases that the feed of a current release tells of, the oldest first: those on its base, up to it."""
    found: list[Release] = []
    for number in reversed([number for number in state.numbers() if number <= current.number]):
        release = state.get(number)
        if release.base != current.base:
            break
        found.append(release)
    return found[::-1]


def members(release: Release, facts: dict[str, Any], page: int) -> bytes:
    """The N-Triples of the members on a page, from 1; empty when there is no such page."""
    bounds: list[int] = facts["pages"]
    if not 1 <= page < len(bounds):
        return b""
    with (release.folder / MEMBERS_NAME).open("rb") as file:
        file.seek(bounds[page - 1])
        return file.read(bounds[page] - bounds[page - 1])


def renames_of(release: Release) -> list[tuple[str, str, str]]:
    """The renamed things of a release: IRI, name before, name after."""
    path = release.folder / RENAMES_NAME
    return [(iri, old, new) for iri, old, new in json.loads(path.read_text("utf-8"))] if path.is_file() else []


def _before(state: State, release: Release) -> Release | None:
    """The release before by number, whatever it was made from; on another base nothing can be compared."""
    numbers = [number for number in state.numbers() if number < release.number]
    found = state.get(numbers[-1]) if numbers else None
    return found if found and found.base == release.base else None


def _add(state: State, release: Release) -> None:
    try:
        with TemporaryDirectory(prefix=".changes-", dir=release.folder) as folder:
            _write(state, release, _before(state, release), Path(folder), None)
            for name in (MEMBERS_NAME, RENAMES_NAME, CHANGES_NAME):  # the last one says that all are there
                if (Path(folder) / name).is_file():
                    (Path(folder) / name).rename(release.folder / name)
    except OSError as error:
        raise StateError(f"what release {release.number} changed cannot be written beside it: {error}") from error


def _write(
    state: State, release: Release, before: Release | None, folder: Path, register: Register | None,
    chains: Chains | None = None,
) -> None:  # fmt: skip
    tally = Tally(release.base, PAGE_MEMBERS)
    path = folder / MEMBERS_NAME
    triples = release.dump_path / TRIPLES_NAME
    if before is None and triples.is_file():
        _link(triples, path)
        tally.first(things(read_lines(path)))
    elif before is None:
        write_lines(tally.counted_first(things(public_lines(release))), path)
    else:
        teller = Teller(release.base, tally, read_redirects(release.folder), survivor_of, register)
        write_lines(_told(differences(before, release, chains), teller), path)
    if tally.renames:
        write_json(folder / RENAMES_NAME, tally.renames)
    facts = {
        "number": release.number,
        "before": before.number if before else None,
        "moment": _moment(state, release),
        **tally.facts(),
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    (folder / CHANGES_NAME).write_text(text + "\n", encoding="utf-8")


def _link(file: Path, path: Path) -> None:
    try:
        os.link(file, path)
    except OSError:  # a file system without hard links
        shutil.copyfile(file, path)


def _told(found: Iterator[Difference], teller: Teller) -> Iterator[bytes]:
    for difference in found:
        yield from teller.tell(difference)


def _moment(state: State, release: Release) -> str:
    numbers = [number for number in state.numbers() if number < release.number]
    moment = _day(str(release.manifest["date"]))
    if numbers:
        last = datetime.fromisoformat(changes_of(state, state.get(numbers[-1]))["moment"])
        moment = max(moment, last + timedelta(seconds=1))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(date: str) -> datetime:
    try:
        return datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:  # releases of other data may have another date, or none
        return _EPOCH
