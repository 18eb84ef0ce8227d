"""What curators decided, for the commands that build, check and export.

In: the state folder, the data folder. Out: the journal, or none; a `Replay`. WALLOGRAPH_JOURNAL_URL is obeyed.
"""

from pathlib import Path

from wallograph.cli.delivering import settings_of
from wallograph.curation.replay import read_replay
from wallograph.errors import NotFound
from wallograph.ingest.proposals import read_proposals
from wallograph.journal.journal import Journal
from wallograph.pipeline.replay import Replay
from wallograph.release.state import State


def journal_of(state: Path) -> Journal | None:
    """The journal of an installation; None where there is none yet (it is not made here)."""
    database = settings_of(state).database()
    if database.path is not None and not database.path.is_file():
        return None
    return Journal(database)


def decisions_of(state: Path, data: Path, base: str, journal: Journal | None) -> Replay:
    """All that a rebuild takes from the journal and `data/proposals`; DataError for a file that is not in order."""
    files = read_proposals(data)
    files.refuse_wrong()
    return read_replay(journal, files, {base, *bases_of(State(state))}, lambda number: head_of(State(state), number))


def bases_of(state: State) -> set[str]:
    """Every base that an edition was made on: entries of the journal keep the IRIs of their time."""
    folders = [state.releases / f"{number:06d}" for number in state.numbers()]
    return {state.get(int(folder.name)).base for folder in folders if (folder / "graph.nq").is_file()}


def head_of(state: State, number: int) -> int | None:
    """The last journal entry that a release shows; None for a release that is not kept."""
    try:
        return int((state.get(number).manifest.get("journal") or {}).get("head", 0))
    except NotFound:
        return None
