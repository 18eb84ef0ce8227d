"""The decisions of curators in one build: brought in after linking, reported after validation.

In: a `Replay`, what linking found. Out: the changed `Linked`, `retractions.json`, findings.
"""

from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import Quad

from wallograph.iris import rebase, rebase_iri
from wallograph.model import Finding
from wallograph.pipeline.assemble import Linked
from wallograph.pipeline.replay import Replay
from wallograph.pipeline.replay_quads import Moves, Replayed, bring_in, take_out
from wallograph.pipeline.replay_report import FILE, findings, report
from wallograph.release.state import State
from wallograph.validate.hold import Held


class Deciding:
    """The decisions of one build. Without any it changes nothing and writes nothing."""

    def __init__(self, replay: Replay, linked: Linked) -> None:
        self._replay, self._linked = replay, linked
        self._moves = Moves(linked.identity.registry.redirects, replay.parted())
        self._replayed = Replayed()

    def apply(self, stated: Callable[[], Iterable[Quad]]) -> None:
        """Bring the accepted statements in and take the retracted ones out. `stated` gives every quad when asked."""
        if self._replay:
            self._replayed = bring_in(self._replay, self._linked, self._moves)
            take_out(self._replay, self._linked, self._moves, stated(), self._replayed)

    def report(self, held: Iterable[Held], state: State) -> dict[str, list[dict[str, Any]]]:
        """What a curator has to look at again; `held` is what validation took out."""
        return report(self._replay, self._replayed, held, self._moves, state)

    def findings(self, held: Iterable[Held], state: State) -> list[Finding]:
        """The same as findings."""
        return findings(self.report(held, state), self._replayed)

    def files(self, held: Iterable[Held], state: State, base: str) -> dict[str, object]:
        """The file of the release, on its base."""
        if not self._replay:
            return {}
        return {FILE: {"journal": self._replay.shown(), **_rebased(self.report(held, state), base)}}


def _rebased(value: Any, base: str) -> Any:
    if isinstance(value, dict):
        return {key: _rebased(each, base) for key, each in value.items()}
    if isinstance(value, list):
        return [_rebased(each, base) for each in value]
    return rebase_iri(rebase(value, base), base) if isinstance(value, str) else value
