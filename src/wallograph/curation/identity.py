"""Decisions on identity: same, different or unsure, on two records; and taking one back.

In: two record keys (or IRIs), a verdict, a reason, who (a curator). Out: an entry of the journal of kind `identity`,
with all that it changes worked out, so that the publisher has nothing to think of. Conflict when other verdicts
contradict it, StateError when the sources of the edition are not at hand.

A merge leaves one IRI, the other redirects. Taking a merge back gives each record its own IRI again; what proposals
said since stays with the survivor, and the entry lists it (`to_place`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from wallograph.accounts.model import Person
from wallograph.curation.decide import checked_why, require
from wallograph.curation.identity_chain import refuse_contradiction, verdicts_of
from wallograph.curation.identity_log import Made, decisions, said_of
from wallograph.curation.identity_work import FORGET, Outcome, Question, Work, current, edition_of
from wallograph.curation.pairs import Asked, Pairs
from wallograph.curation.proposals import Clock, utc_now
from wallograph.database import Database
from wallograph.errors import Conflict, Forbidden, InputError, NotFound
from wallograph.journal.entry import Entry, Kind
from wallograph.journal.journal import Journal
from wallograph.link.judgements import VERDICTS
from wallograph.pipeline.origin import sources_of
from wallograph.pipeline.survey import Survey
from wallograph.release.state import State

_TRIES: Final = 3
RIGHT: Final = "curator"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a decision came to: its entry, what it changed, and the release that will show it."""

    entry: Entry
    outcome: Outcome
    release: int


class Identities:
    """The duplicate desk of one installation. Safe in several threads; each process makes its own."""

    def __init__(
        self, db: Database, journal: Journal, state: State, work: Work, *, wake: Callable[[], None] = lambda: None,
        now: Clock = utc_now,
    ) -> None:  # fmt: skip
        self.db, self.journal, self.state = db, journal, state
        self._work, self._wake, self._now = work, wake, now
        self._lock = Lock()
        self._survey: tuple[int, int, Survey] | None = None  # the edition, the entry that it knows, itself

    # -- looking

    def pairs(self) -> Pairs:
        """The records and pairs as they stand. A new edition, a new thing, or a rollback needs a new survey."""
        with self._lock:
            edition = edition_of(current(self.state))
            known = self._survey
            if known is None or known[0] != edition or self._is_old(known[1]):
                head, found = self._work.survey()
                known = self._survey = edition, head, found
        return Pairs(known[2], decisions(self.journal), known[1])

    def queue(self) -> list[Asked]:
        """What waits for a person, the most doubtful first."""
        return self.pairs().queue()

    def made(self) -> list[Made]:
        """All decisions, the last one first."""
        return decisions(self.journal)[::-1]

    def decision(self, number: int) -> Made:
        """One decision. NotFound."""
        found = next((one for one in decisions(self.journal) if one.entry == number), None)
        if found is None:
            raise NotFound(f"entry {number} is no decision on identity")
        return found

    def _is_old(self, head: int) -> bool:
        """Whether an entry since then brought things that the survey does not know."""
        for entry in self.journal.entries(after=head):
            if entry.kind == Kind.ROLLBACK:
                return True
            if entry.kind in (Kind.ACCEPT, Kind.REVERT):
                payload = self.journal.payload(entry.number) or {}
                if payload.get("things") or payload.get("undoes"):
                    return True
        return False

    # -- deciding

    def judge(self, left: str, right: str, verdict: str, who: Person, *, why: str) -> Judged:
        """Decide on two records. It takes some seconds when the graph changes by it."""
        _require(who)
        if verdict not in VERDICTS:
            raise InputError(f"'{verdict}' is no verdict: one of {', '.join(VERDICTS)}")
        why = _reason(why)

        def prepare() -> tuple[Outcome, dict[str, Any]]:
            asked = self.pairs().one(left, right)
            if asked.before is not None and asked.before.verdict == verdict:
                raise Conflict("this was decided already", entry=asked.before.entry)
            question = Question(asked.left, asked.right, verdict)
            outcome = self._outcome(question, asked)
            more: dict[str, Any] = {"score": asked.score, "features": [list(one) for one in asked.features]}
            if asked.is_one and outcome.records:
                more["to_place"] = [list(one) for one in said_of(self.journal, asked.left_iri, 0)]
            return outcome, _payload(question, outcome) | more

        return self._write(prepare, who, why)

    def withdraw(self, number: int, who: Person, *, why: str) -> Judged:
        """Take a decision back: its records stand as if it had never been taken."""
        _require(who)
        why = _reason(why)

        def prepare() -> tuple[Outcome, dict[str, Any]]:
            made = self.decision(number)
            if not made.holds:
                raise Conflict("it does not hold any more", entry=made.by or made.entry)
            question = Question(made.left, made.right, FORGET, made.entry)
            outcome = self._work.outcome(question)
            to_place = said_of(self.journal, made.left_iri, made.entry) if made.verdict == "same" else ()
            return outcome, _payload(question, outcome) | {"to_place": [list(one) for one in to_place]}

        return self._write(prepare, who, why)

    def _outcome(self, question: Question, asked: Asked) -> Outcome:
        """What it changes: nothing, when the two are what they are judged to be."""
        release, head = current(self.state), self.journal.head()
        known = verdicts_of(sources_of(self.state, release), decisions(self.journal))
        refuse_contradiction(question.left, question.right, question.verdict, known)
        if (question.verdict == "same") == asked.is_one:
            return Outcome(edition_of(release), head.number if head else 0, asked.left_iri, asked.right_iri)
        return self._work.outcome(question)

    def _write(self, prepare: Callable[[], tuple[Outcome, dict[str, Any]]], who: Person, why: str) -> Judged:
        for _ in range(_TRIES):
            outcome, payload = prepare()
            with self.db.writing() as tx:
                if self._is_overtaken(outcome):
                    continue
                release = current(self.state)
                entry = self.journal.append(
                    tx, kind=Kind.IDENTITY, at=self._now(), who=who.id, why=why, release=release.number, payload=payload
                )
            self._wake()
            return Judged(entry, outcome, release.number + 1)
        raise Conflict("other decisions on these things come in all the time: try again in a moment")

    def _is_overtaken(self, outcome: Outcome) -> bool:
        """Whether an entry came in that has to do with the things that this decision moves."""
        touched = {outcome.left_iri, outcome.right_iri, *outcome.touched}
        for entry in self.journal.entries(after=outcome.head):
            if entry.kind in (Kind.IDENTITY, Kind.ROLLBACK, Kind.ERASE):
                return True
            payload = self.journal.payload(entry.number) or {}
            lines = (*payload.get("adds", ()), *payload.get("deletes", ()))
            if any(f"<{iri}>" in line for line in lines for iri in touched):
                return True
        return edition_of(current(self.state)) != outcome.edition


def _payload(question: Question, outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": question.verdict, "left": question.left, "right": question.right, "left_iri": outcome.left_iri,
        "right_iri": outcome.right_iri, "withdraws": question.withdraws, "adds": list(outcome.adds),
        "deletes": list(outcome.deletes), "redirects": dict(outcome.redirects), "records": dict(outcome.records),
        "held": list(outcome.held),
    }  # fmt: skip


def _require(who: Person) -> None:
    """A decision moves what all sources say of two things: it is not for a curator of some of them."""
    require(who, RIGHT)
    if not who.covers():
        raise Forbidden("a decision on identity moves statements of all sources: it is for a curator of all of them")


def _reason(why: str) -> str:
    kept = checked_why(why)
    if not kept:
        raise InputError("everybody is to read why: give a reason")
    return kept
