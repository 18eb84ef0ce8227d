"""The work of identity decisions in a process of its own: some seconds of computing would keep all visitors waiting.

In: the state folder, the address of the database ("" for the one in that folder), a question. Out: what
`identity_work.Here` gives, or its error. The process gets its task as JSON on its input (an address may hold a
password, so it stands in no argument list). `python -m wallograph.curation.identity_apart` is the other side.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import IO, Any, Final

from wallograph.curation.identity_work import Here, Outcome, Question
from wallograph.database import Database
from wallograph.errors import Conflict, DataError, InputError, NotFound, StateError, WallographError
from wallograph.pipeline.survey import Survey
from wallograph.release.state import State

PATIENCE: Final = 120.0  # seconds
_ERRORS: Final[Mapping[str, type[WallographError]]] = {
    kind.__name__: kind for kind in (Conflict, NotFound, StateError, DataError, InputError)
}


class Apart:
    """Does the work in a process beside this one, one question after the other."""

    def __init__(self, url: str, state: Path, *, patience: float = PATIENCE) -> None:
        self._task = {"url": url, "state": str(state.resolve())}
        self._patience = patience
        self._lock = Lock()

    def outcome(self, question: Question) -> Outcome:
        """See `Here.outcome`."""
        return Outcome.of_values(self._ask({"op": "outcome", "question": asdict(question)}))

    def survey(self) -> tuple[int, Survey]:
        """See `Here.survey`."""
        found = self._ask({"op": "survey"})
        return int(found["head"]), Survey.of_values(found["survey"])

    def _ask(self, more: dict[str, Any]) -> dict[str, Any]:
        command = [sys.executable, "-m", "wallograph.curation.identity_apart"]
        with self._lock:
            try:
                done = subprocess.run(
                    command, input=json.dumps(self._task | more).encode(), capture_output=True, check=False,
                    timeout=self._patience,
                )  # fmt: skip
            except subprocess.TimeoutExpired as error:
                raise StateError(f"working out the decision took more than {self._patience:g} seconds") from error
        try:
            said: dict[str, Any] = json.loads(done.stdout)
        except ValueError as error:
            raise StateError(f"working out the decision failed (exit {done.returncode})") from error
        if "error" in said:
            raise _error(said)
        return dict(said["found"])


def _error(said: Mapping[str, Any]) -> WallographError:
    kind = _ERRORS.get(str(said["error"]), StateError)
    return Conflict(said["told"], entry=int(said["entry"])) if kind is Conflict else kind(said["told"])


def answer(task: Mapping[str, Any]) -> dict[str, Any]:
    """Do one task."""
    state = Path(task["state"])
    work = Here(Database(task["url"]) if task["url"] else Database.of_folder(state), State(state))
    if task["op"] == "outcome":
        return {"found": work.outcome(Question(**task["question"])).values()}
    head, found = work.survey()
    return {"found": {"head": head, "survey": found.values()}}


def main(source: IO[str], target: IO[str]) -> None:
    """Read a task, write its answer. What is raised on purpose is an answer too."""
    try:
        said = answer(json.load(source))
    except WallographError as error:
        kind = next((name for name, one in _ERRORS.items() if isinstance(error, one)), "StateError")
        said = {"error": kind, "told": str(error), "entry": int(getattr(error, "entry", 0) or 0)}
    json.dump(said, target)


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
