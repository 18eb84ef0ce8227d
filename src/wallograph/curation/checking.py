"""What the rules say of the graph as it would be after a proposal: the rules of the build, on what it touches.

In: changes, what stands, what is known. Out: `Checked`: findings in four languages with the name of the thing, the
label of the field and the number of the statement; whether there is no violation; what the proposal is about.
What was wrong before is nobody's finding here.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pyoxigraph import NamedNode, Quad

from wallograph import vocab
from wallograph.curation.allowed import not_allowed
from wallograph.curation.around import Around
from wallograph.curation.draft import Checked
from wallograph.curation.filled import is_source
from wallograph.curation.follows import Above
from wallograph.curation.handed import Proposed
from wallograph.curation.layers import Standing
from wallograph.curation.materialise import Materialised, materialise
from wallograph.curation.model import Change
from wallograph.iris import parse, rebase_iri
from wallograph.model import Finding, Severity
from wallograph.pipeline import told
from wallograph.pipeline.duplicates import duplicates
from wallograph.pipeline.handed import Joined
from wallograph.pipeline.judge import Judged
from wallograph.pipeline.known import Known
from wallograph.validate.engine import Result
from wallograph.validate.outcome import FileSeen, Outcome, ordered
from wallograph.validate.outputs.json import outcome_values
from wallograph.validate.tidy import untidy_names

MOST: Final = 100  # findings of one rule that are told one by one
_NODE: Final = (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT)
_THINGS: Final = frozenset({"actor", "project", "event"})


@dataclass(frozen=True, slots=True)
class Judging:
    """What judging needs: the rules and words, what stands, and the places above a place."""

    known: Known
    standing: Standing
    above: Above

    def check(
        self, ident: str, changes: Sequence[Change], *, findings: Sequence[Finding] = (),
        files: Sequence[FileSeen] = (),
    ) -> Checked:  # fmt: skip
        """`findings` are those of reading, when the statements came in a file (then `files` says which)."""
        known, base = self.known, self.known.base
        wrong = list(not_allowed(changes, known.forms, base))
        good = _without(changes, wrong)
        made = self.made(ident, good)
        proposed = Proposed(changes, self._stated(made, ident), names=self._names(changes))
        joined = Joined([proposed])
        results = self.results(made)
        shown, more = told.capped([Judged(result) for result in results], MOST)
        ends = _described(made.adds)
        found = [known.explainer.finding(_spoken(j.result, ends), joined) for j in shown]
        found += told.first(untidy_names(proposed.quads, joined, known), MOST, more)
        found += told.first(duplicates(joined, known), MOST, more)
        every = ordered([*findings, *wrong, *_unsaid(_named(found, proposed), findings)])
        rules = {f.rule: known.shapes.rules[f.rule] for f in every if f.rule and f.rule in known.shapes.rules}
        seen = tuple(files) or (FileSeen("", proposed.media_type, len(changes)),)
        outcome = Outcome(base, seen, tuple(_once(every)), (), _counted(more), rules)
        return self._checked(outcome, changes, proposed)

    def made(self, ident: str, changes: Iterable[Change]) -> Materialised:
        """What would come and go."""
        return materialise(changes, ident, self.known.base, "2000-01-01", present=self.standing.quads, above=self.above)

    def results(self, made: Materialised) -> list[Result]:
        """The results that the change brings about."""
        before = Around(self.standing.quads, self.known.base).of(made.adds, made.deletes)
        gone = set(made.deletes)
        after = [quad for quad in before if quad not in gone] + made.adds
        shapes, engine = self.known.shapes, self.known.engine
        found = engine.validate(after, shapes, self._focus(made, after))
        if not found:
            return []
        former = set(engine.validate(before, shapes, {result.focus for result in found}))
        return [result for result in found if result not in former]

    def _focus(self, made: Materialised, after: Iterable[Quad]) -> set[str]:
        """The things whose results can differ: what the change speaks of, and what is linked with a changed thing."""
        subjects = {quad.subject for quad in (*made.adds, *made.deletes)}
        nodes: set[object] = {*subjects, *(quad.subject for quad in after if quad.object in subjects)}
        starts = f"{self.known.base}/id/"
        return {node.value for node in nodes if isinstance(node, NamedNode) and node.value.startswith(starts)}

    def _stated(self, made: Materialised, ident: str) -> list[Quad]:
        """The proposed statements themselves: what stands in graphs of the proposal, without links as things."""
        start = f"{self.known.base}/id/source/proposal-{ident}-"
        own = [q for q in made.adds if isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(start)]
        aside = {quad.subject for quad in own if quad.predicate.value in _NODE}
        return [quad for quad in own if quad.subject not in aside]

    def _names(self, changes: Iterable[Change]) -> dict[str, str]:
        """What the published things that are spoken of are called."""
        ends = dict.fromkeys(end for change in changes for end in (change.subject, change.object.strip("<>")))
        names = {}
        for iri in ends:
            found = parse(iri, self.known.base)
            if found and found.concept in _THINGS:
                labels = self.standing.quads(NamedNode(iri), NamedNode(vocab.LABEL))
                if labels:
                    names[iri] = str(labels[0].object.value)
        return names

    def _checked(self, outcome: Outcome, changes: Sequence[Change], proposed: Proposed) -> Checked:
        things = _things(changes, self.known.base)
        subjects = dict.fromkeys(change.subject for change in changes)
        said = [quad for iri in subjects if _is_iri(iri) for quad in self.standing.quads(NamedNode(iri))]
        graphs = {quad.graph_name.value for quad in said if isinstance(quad.graph_name, NamedNode)}
        theme = rebase_iri(vocab.SUBJECT, self.known.base)
        themes = {quad.object.value for quad in said if quad.predicate.value == theme}
        themes |= {change.object.strip("<>") for change in changes if change.predicate == theme}
        return Checked(
            conforms=outcome.conforms,
            release=self.standing.number,
            outcome=outcome_values(outcome),
            things=tuple(things),
            sources=tuple(sorted(graph for graph in graphs if is_source(graph, self.known.base))),
            themes=tuple(sorted(str(theme) for theme in themes)),
            names=tuple(dict.fromkeys(proposed.name_of(iri) for iri in subjects if _is_iri(iri))),
        )


def _without(changes: Sequence[Change], wrong: Iterable[Finding]) -> list[Change]:
    """The statements that can be judged at all."""
    faulty = {finding.where.pointer for finding in wrong if finding.where}
    return [change for number, change in enumerate(changes) if f"/changes/{number}" not in faulty]


def _things(changes: Iterable[Change], base: str) -> list[str]:
    ends = dict.fromkeys(end for change in changes for end in (change.subject, change.object.strip("<>")))
    return [iri for iri in ends if (found := parse(iri, base)) and found.concept in _THINGS]


def _described(adds: Iterable[Quad]) -> dict[str, dict[str, Any]]:
    """The links and dated values that are things, with the direct statement that each is."""
    said: dict[str, dict[str, Any]] = {}
    for quad in adds:
        if quad.predicate.value in _NODE:
            said.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object
    return {iri: ends for iri, ends in said.items() if len(ends) == len(_NODE)}


def _spoken(result: Result, ends: Mapping[str, Mapping[str, Any]]) -> Result:
    """A result on a link as a thing, as one on the statement that the author made."""
    said = ends.get(result.focus)
    if said is None:
        return result
    subject, predicate, value = (said[name] for name in _NODE)
    stated_for = (result.path or "").endswith("#statedFor")
    return replace(
        result,
        focus=subject.value,
        path=predicate.value,
        value=result.value if stated_for else str(value),
    )


def _named(findings: Iterable[Finding], proposed: Proposed) -> list[Finding]:
    """Findings whose thing has a name, published or proposed."""
    return [replace(finding, name=finding.name or proposed.name_of(finding.subject)) for finding in findings]


def _unsaid(findings: Iterable[Finding], said: Iterable[Finding]) -> list[Finding]:
    """Without what reading the file said already, with its place there."""
    told = {key for f in said for key in ((f.code, f.name, f.value), (f.code, f.name, "") if not f.path else None)}
    return [f for f in findings if not {(f.code, f.name, f.value), (f.code, f.name, "")} & told]


def _once(findings: Iterable[Finding]) -> list[Finding]:
    distinct = {(f.code, f.subject, f.path, f.value, f.where, f.severity): f for f in reversed(list(findings))}
    return ordered(distinct.values())


def _counted(more: Mapping[str, Counter[Severity]]) -> dict[str, Counter[Severity]]:
    return {code: Counter(counted) for code, counted in more.items()}


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def check_proposal(ident: str, changes: Collection[Change], standing: Standing, known: Known, above: Above) -> Checked:
    """Check the statements of a proposal against what stands."""
    return Judging(known, standing, above).check(ident, tuple(changes))
