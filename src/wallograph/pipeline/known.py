"""What is known beside a submission: rules, forms, code lists, places, and the things that are published.

In: the shipped folders or a release. Out: `Known`, which reading (`intake.lookup.Lookup`) and explaining
(`validate.handed.Nearby`) ask, and the quads that the engine reads beside a submission.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad
from rapidfuzz import fuzz, process

from wallograph import vocab
from wallograph.ingest.places import fold, read_gazetteer
from wallograph.iris import rebase_iri, thing
from wallograph.link.names import joined, key
from wallograph.model import Form, Place
from wallograph.pipeline.background import Background, Published, Shipped
from wallograph.release.state import Release
from wallograph.resources import data_dir, ontology_dir
from wallograph.validate.explain import Explainer
from wallograph.validate.forms import forms_of, read_words
from wallograph.validate.own import OwnEngine
from wallograph.validate.shapes import Shapes, load_shapes

Labels = dict[str, str]
Near = list[tuple[str, str, float]]
_SCHEME: Final = vocab.SKOS + "inScheme"
_LABELLED: Final = (vocab.PREF_LABEL, vocab.SKOS + "altLabel")
_NEAR: Final = 60.0
_PART: Final = 0.8  # what a name counts that only has all words of the text among others
_MOST: Final = 5
_STEPS: Final = 20  # of a chain of parts, parents or broader entries that is followed
_LONGEST: Final = 300
_CHAINS: Final = frozenset({
    vocab.RELATIONS["part-of"], vocab.RELATIONS["subsidiary-of"], vocab.RELATIONS["successor-of"],
    vocab.CONTAINED_IN, vocab.SKOS + "broader",
})  # fmt: skip
_SHARED: Final = (vocab.ENTERPRISE_NUMBER, vocab.ROR_ID)


class Known:
    """Opened at once, read when asked: rules and words at the start, a release's store only when it is needed."""

    def __init__(self, background: Background, shapes: Shapes) -> None:
        self.base = background.base
        self.background = background
        self.shapes = shapes
        self.engine = OwnEngine()
        self.engine.compiled(shapes)  # once, before any process forks
        self.forms: tuple[Form, ...] = forms_of(shapes)
        self.words = read_words(self.base)
        self._gazetteer = read_gazetteer(data_dir() / "sources")

    @classmethod
    def shipped(cls, base: str = vocab.DEFAULT_BASE) -> "Known":
        """Off line: what `ontology/` and `data/` give."""
        return cls(Shipped(base, data_dir(), ontology_dir()), load_shapes(base))

    @classmethod
    def of_release(cls, release: Release) -> "Known":
        """Everything that a release publishes. Its store is opened at the first question."""
        return cls(Published(release), load_shapes(release.base))

    def after(self, release: Release) -> "Known":
        """What another release publishes; rules and words are read and compiled only once for a base."""
        if release.base != self.base:
            return Known.of_release(release)
        fresh = object.__new__(Known)
        fresh.base, fresh.background = self.base, Published(release)
        fresh.shapes, fresh.engine, fresh.forms = self.shapes, self.engine, self.forms
        fresh.words, fresh._gazetteer = self.words, self._gazetteer
        return fresh

    @cached_property
    def explainer(self) -> Explainer:
        """What makes findings of results; it reads all shapes, so it is made once."""
        return Explainer(self.shapes, self)

    def codes(self, scheme: str) -> Sequence[tuple[str, Labels, str]]:
        """The entries of a code list, by its IRI or its short name: IRI, labels by language, notation."""
        return self._lists.get(scheme.rstrip("/").rpartition("/")[2], [])

    def nearest(self, scheme: str, text: str) -> Near:
        """The entries of a code list whose label or notation is nearest to a text."""
        names = self._list_names.get(scheme.rstrip("/").rpartition("/")[2], {})
        return [(iri, self._shown(iri), score) for iri, score in _near(text, names)]

    def place(self, text: str) -> Near:
        """Places by name in any language, postcode, NIS code or IRI."""
        text = text[:_LONGEST].strip()
        if text.startswith(("http://", "https://")):
            return [(text, self._shown(text), 100.0)] if self._is_a(text, {vocab.LOCATION}) else []
        words = "".join(" " if c.isdigit() else c for c in text).strip(" -–,;()")
        scores: dict[str, float] = {}
        for iri, score in (*_near(text, self._place_names), *_near(words, self._place_names)):
            scores[iri] = max(score, scores.get(iri, 0))
        found = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        known = [(iri, score) for iri, score in found if self._is_a(iri, {vocab.LOCATION})]
        return [(iri, self._shown(iri), score) for iri, score in known[:_MOST]]

    def thing(self, text: str) -> Near:
        """Actors, projects and events by name or IRI."""
        text = text[:_LONGEST].strip()
        classes = {vocab.ORGANIZATION, vocab.PROJECT, vocab.EVENT}
        if text.startswith(("http://", "https://")):
            return [(text, self._shown(text), 100.0)] if self._is_a(text, classes) else []
        if not key(text):
            return []
        scored = [(iri, names[0], _best(text, names)) for iri, names in self.background.named(text)]
        scored = [entry for entry in scored if entry[2] >= _NEAR]
        return sorted(scored, key=lambda entry: (-entry[2], entry[1], entry[0]))[:_MOST]

    def labels(self, iri: str) -> Labels:
        """The labels of a term, code, place or published thing by language."""
        found = self.words.labels.get(iri) or self._labels.get(iri) or self._place_labels.get(iri)
        if found or not iri.startswith(self.base + "/id/"):
            return dict(found or {})
        said = self.background.about([iri])
        labels = [q.object for q in said if q.predicate.value == vocab.LABEL and isinstance(q.object, Literal)]
        return {label.language or "": label.value for label in labels}

    def municipalities(self) -> list[Place]:
        """The municipalities of the register, to choose from."""
        return [place for place in self._gazetteer.places.values() if place.level == "municipality"]

    def around(self, quads: Iterable[Quad], focus: Collection[str]) -> list[Quad]:
        """What the engine reads beside a submission: what is published of what it names, and of what that is part of.

        Also the things that share an identifier with it. The display label that wallograph chose is no source:
        it does not stand against that of a submission.
        """
        named: dict[str, None] = {}
        shared: dict[str, None] = {}
        labelled = set()
        shares = {rebase_iri(predicate, self.base) for predicate in _SHARED}
        for quad in quads:
            for term in (quad.subject, quad.object):
                if isinstance(term, NamedNode):
                    named[term.value] = None
            if quad.predicate.value == vocab.LABEL:
                labelled.add(quad.subject.value)
            if quad.predicate.value in shares and isinstance(quad.object, Literal):
                shared.update(dict.fromkeys(self.background.sharing(quad.predicate.value, quad.object)))
        found = self._closed(named | shared)
        return [q for q in found if not (q.predicate.value == vocab.LABEL and q.subject.value in labelled)]

    def above(self, reference: str, level: str) -> str | None:
        """The municipality or province that a place lies in (or is)."""
        return self._gazetteer.above(reference, level)

    def _closed(self, iris: Iterable[str]) -> list[Quad]:
        seen: set[str] = set()
        waiting = set(iris)
        quads: list[Quad] = []
        chains = {rebase_iri(predicate, self.base) for predicate in _CHAINS}
        for _ in range(_STEPS):
            fresh = sorted(waiting - seen)
            if not fresh:
                break
            seen.update(fresh)
            found = [quad for iri in fresh for quad in self._of(iri)]
            quads += found
            waiting = {
                q.object.value for q in found if q.predicate.value in chains and isinstance(q.object, NamedNode)
            }
        return quads

    def _of(self, iri: str) -> list[Quad]:
        return self._concepts.get(iri) or self.background.about([iri])

    def _is_a(self, iri: str, classes: Collection[str]) -> bool:
        return any(
            q.predicate.value == vocab.TYPE and q.object.value in classes for q in self.background.about([iri])
        )

    @cached_property
    def _concepts(self) -> dict[str, list[Quad]]:
        quads: dict[str, list[Quad]] = defaultdict(list)
        for quad in self.background.concepts():
            quads[quad.subject.value].append(quad)
        return dict(quads)

    @cached_property
    def _labels(self) -> dict[str, Labels]:
        return {
            iri: {
                q.object.language or "": q.object.value
                for q in said if q.predicate.value == vocab.PREF_LABEL and isinstance(q.object, Literal)
            }
            for iri, said in self._concepts.items()
        }  # fmt: skip

    @cached_property
    def _lists(self) -> dict[str, list[tuple[str, Labels, str]]]:
        lists: dict[str, list[tuple[str, Labels, str]]] = defaultdict(list)
        for iri, said in self._concepts.items():
            for scheme in [q.object.value for q in said if q.predicate.value == _SCHEME]:
                lists[scheme.rpartition("/")[2]].append((iri, self._labels[iri], iri.rpartition("/")[2]))
        return {scheme: sorted(entries, key=lambda entry: entry[0]) for scheme, entries in lists.items()}

    @cached_property
    def _list_names(self) -> dict[str, dict[str, str]]:
        """For each list: every folded label and notation, and the entry it names."""
        names: dict[str, dict[str, str]] = {}
        for scheme, entries in self._lists.items():
            of: dict[str, str] = {}
            for iri, _, notation in entries:
                labels = [q.object.value for q in self._concepts[iri] if q.predicate.value in _LABELLED]
                for name in (*labels, notation):
                    of.setdefault(fold(name), iri)
            names[scheme] = of
        return names

    @cached_property
    def _place_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        places = self._gazetteer.places.values()
        for place in sorted(places, key=lambda p: ("municipality locality province region".find(p.level) < 0, p.nis)):
            iri = thing("place", place.reference, self.base)
            for name in (*place.labels.values(), place.postcode, place.nis):
                if name and place.level != "arrondissement":
                    names.setdefault(fold(name), iri)
        return names

    @cached_property
    def _place_labels(self) -> dict[str, Labels]:
        return {thing("place", p.reference, self.base): p.labels for p in self._gazetteer.places.values()}

    def _shown(self, iri: str) -> str:
        labels = self.labels(iri)
        return next((labels[lang] for lang in ("fr", "", "en", "nl", "de") if lang in labels), iri)


def _near(text: str, names: dict[str, str]) -> list[tuple[str, float]]:
    """The things whose name is nearest, best first: 100 only when the folded names are the same."""
    wanted = fold(text[:_LONGEST])
    if not wanted:
        return []
    if wanted in names:
        return [(names[wanted], 100.0)]
    found: dict[str, float] = {}
    for scorer, weight in ((fuzz.ratio, 1.0), (fuzz.token_set_ratio, _PART)):
        cutoff = _NEAR / weight
        for name, score, _ in process.extract(wanted, names.keys(), scorer=scorer, score_cutoff=cutoff, limit=20):
            near = min(round(score * weight, 1), 99.0)
            found[names[name]] = max(near, found.get(names[name], 0.0))
    return sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST]


def _best(text: str, names: Iterable[str]) -> float:
    """How near the nearest of several names is."""
    wanted, best = key(text), 0.0
    for name in names:
        if key(name) == wanted:
            return 100.0
        near = 97.0 if joined(name) == joined(text) else float(fuzz.token_sort_ratio(key(name), wanted))
        best = max(best, min(round(near, 1), 99.0))
    return best
