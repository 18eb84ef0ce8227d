"""Things that were handed in and look like what is published already under another identifier.

In: the joined files and `Known`. Out: a warning for each, with the published thing as a repair. The likeness is the one
by which the build links records (`link.match`): identifiers decide alone, names propose, places and sites are evidence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.iris import rebase_iri
from wallograph.link.match import pairs
from wallograph.model import Edit, Finding, Record, Repair, Severity, Where
from wallograph.pipeline.handed import Joined
from wallograph.pipeline.known import Known
from wallograph.validate.explain import safe
from wallograph.validate.repairs.messages import messages as repair_messages
from wallograph.validate.tidy_messages import EXPECTED, messages

LIKELY: Final = 0.7  # the build merges at 0.85 on its own; a person is asked earlier
_MOST: Final = 1_000  # things of one check that are looked up: some 1 ms each
_NEAR: Final = 75  # of 100: how like a name must be before records are compared
_CONCEPTS: Final = {vocab.ORGANIZATION: "actor", vocab.PROJECT: "project", vocab.EVENT: "event"}
_TEXTS: Final = frozenset(
    {"text/turtle", "application/x-turtle", "application/trig", "application/n-triples", "application/n-quads"}
)
_WHERE: Final = Where("")


def duplicates(joined: Joined, known: Known) -> Iterator[Finding]:
    """One finding for each new thing that is likely to be published already."""
    looked_up = 0
    for subject in sorted(joined.things):
        said = joined.said(subject)
        record = _record(subject, said, known.base)
        if record is None or not record.name:
            continue
        if not subject.startswith("_:") and known.background.about([subject]):
            continue  # it uses the published identifier
        looked_up += 1
        if looked_up > _MOST:
            return
        for iri, label in _likely(record, said, known):
            yield _finding(subject, record.name, iri, label, joined)


def _likely(record: Record, said: list[Quad], known: Known) -> Iterator[tuple[str, str]]:
    """The published thing that a record is most likely to be."""
    for found in _alike(record, said, known)[:1]:
        if found.score >= LIKELY:
            yield found.iri, found.label


@dataclass(frozen=True, slots=True)
class Alike:
    """A published thing that another one may be; `features` name what speaks for it and against it."""

    iri: str
    label: str
    score: float
    features: tuple[tuple[str, float], ...]


def alike(subject: str, said: list[Quad], known: Known, least: float) -> list[Alike]:
    """The published things that are like a new one, best first; none when it is no actor, project or event."""
    record = _record(subject, said, known.base)
    if record is None or not record.name:
        return []
    return [found for found in _alike(record, said, known) if found.score >= least and found.iri != subject]


def _alike(record: Record, said: list[Quad], known: Known) -> list[Alike]:
    shared = [
        iri
        for quad in said
        if isinstance(quad.object, Literal) and quad.predicate.value in _identifying(known.base)
        for iri in known.background.sharing(quad.predicate.value, quad.object)
    ]
    # an identifier decides alone: names are only looked up when none is shared
    names = () if shared else sorted(record.names)[:3]
    named = [iri for name in names for iri, _, score in known.thing(name) if score >= _NEAR]
    candidates = {}
    for iri in dict.fromkeys(shared + named):
        other = _record(iri, known.background.about([iri]), known.base)
        if other is not None:
            candidates[iri] = other
    if not candidates:
        return []
    found = (pair for pair in pairs({record.key: record, **candidates}) if record.key in (pair.left, pair.right))
    ends = ((pair.right if pair.left == record.key else pair.left, pair) for pair in found)
    return [Alike(iri, candidates[iri].name, pair.score, pair.features) for iri, pair in ends]


def _finding(subject: str, name: str, iri: str, label: str, joined: Joined) -> Finding:
    where = joined.where(subject)
    said = messages("possible-duplicate", safe(label))
    told = repair_messages("existing-thing", iri, label=safe(label))
    repair = Repair("existing-thing", iri, told, _edits(subject, iri, where, joined), link=iri)
    return Finding(
        "possible-duplicate", Severity.WARNING, where, subject, safe(label), said,
        name=safe(name), expected=EXPECTED["duplicate"], repairs=(repair,),
    )  # fmt: skip


def _edits(subject: str, iri: str, where: Where, joined: Joined) -> tuple[Edit, ...]:
    """The identifier put in the place of the thing's own, when it stands in one place of the file only."""
    submission = next((s for s in joined.submissions if s.name == where.file), None)
    if submission is None or joined.refers_to(subject):
        return ()
    if where.span is not None and not where.cell:
        text = submission.content.decode("utf-8", "replace")
        token = text[where.span[0] : where.span[1]]
        if not token or len(re.findall(rf"(?<![\w:/.-]){re.escape(token)}(?![\w:/-])", text)) != 1:
            return ()
    written = f"<{iri}>" if submission.media_type in _TEXTS else joined.write(NamedNode(iri), where)
    return () if written is None else (Edit(where, written),)


def _record(iri: str, said: Iterable[Quad], base: str) -> Record | None:
    """A thing as the build compares it; None when it is no actor, project or event."""
    concept, first, names, record = "", "", set(), Record(iri, "", "", _WHERE, mention=True)
    own = {rebase_iri(term, base): term for term in (vocab.ACRONYM, *_IDENTIFYING)}
    for quad in said:
        predicate, value = own.get(quad.predicate.value, quad.predicate.value), quad.object
        text = value.value if isinstance(value, NamedNode | Literal) else ""
        if predicate == vocab.TYPE:
            concept = _CONCEPTS.get(text, concept)
        elif predicate in (vocab.NAME, vocab.LABEL):
            names.add(text)
            first = text if predicate == vocab.LABEL or not first else first
        elif predicate == vocab.ALTERNATE_NAME:
            names.add(text)
        elif predicate == vocab.ACRONYM:
            record.acronyms.add(text)
        elif predicate in _IDENTIFYING:
            record.identifiers[predicate] = text
        elif predicate == vocab.HOMEPAGE:
            record.websites.add(text)
        elif predicate == vocab.PLACE:
            record.places.add(text)
        elif predicate == vocab.CLASSIFICATION:
            record.kinds = (*record.kinds, text.rpartition("/")[2])
    record.concept, record.name, record.names = concept, first, names
    return record if concept else None


_IDENTIFYING: Final = (vocab.ENTERPRISE_NUMBER, vocab.ROR_ID, vocab.ISNI)


def _identifying(base: str) -> set[str]:
    return {rebase_iri(term, base) for term in _IDENTIFYING}
