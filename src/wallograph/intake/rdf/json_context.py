"""JSON-LD contexts, as far as places need them: terms, prefixes, languages, types.

In: contexts as JSON with places. Out: what a key or a value means. What is not understood is left to the parser and
has no place; nothing is fetched.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from wallograph.intake.rdf.json_scan import Json

_KEYWORDS: Final = frozenset({
    "@id", "@type", "@value", "@language", "@direction", "@index", "@list", "@set", "@graph", "@reverse", "@context",
    "@included", "@nest", "@none", "@json", "@vocab", "@base",
})  # fmt: skip
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


@dataclass(frozen=True, slots=True)
class Term:
    """What a key means. An empty `iri` says that it means nothing; `lang` is None when the default holds."""

    iri: str
    type: str = ""
    lang: str | None = None
    container: frozenset[str] = frozenset()
    reverse: bool = False
    scoped: Json | None = None


@dataclass(frozen=True)
class Context:
    """The context that is active at one place."""

    terms: dict[str, Term] = field(default_factory=dict)
    vocab: str = ""
    lang: str = ""
    base: str = ""

    def key(self, key: str) -> Term:
        """What a key means."""
        if key in self.terms:
            return self.terms[key]
        return Term(self.iri(key))

    def iri(self, text: str) -> str:
        """A key or a type as IRI or keyword; empty when it is none."""
        if text in _KEYWORDS:
            return text
        if text in self.terms:
            return self.terms[text].iri
        return self._compact(text) or (self.vocab + text if self.vocab and not text.startswith("@") else "")

    def reference(self, text: str) -> str:
        """The value of an `@id` as IRI or blank node; empty when it is relative to nothing."""
        return self._compact(text) or (text if not self.base else "?")  # on a base: left to the parser

    def _compact(self, text: str) -> str:
        prefix, colon, rest = text.partition(":")
        if not colon:
            return ""
        if prefix == "_" or rest.startswith("//"):
            return text
        if prefix in self.terms and (start := self.terms[prefix].iri) and not start.startswith("@"):
            return start + rest
        return text if _ABSOLUTE.match(text) else ""

    def relative(self, text: str) -> bool:
        """Whether an `@id` is relative to nothing, so that the parser drops it."""
        return not self.base and not self._compact(text)

    def with_context(self, node: Json) -> "Context":
        """This context with another on top."""
        if node.kind == "word":  # null
            return Context()
        active = self
        for item in node.items:
            active = active.with_context(item)
        if node.kind == "object":
            active = active._with_terms(node)
        return active

    def _with_terms(self, node: Json) -> "Context":
        terms = dict(self.terms)
        base, lang, vocabulary = self.base, self.lang, self.vocab
        for member in node.members:
            value = member.value
            if member.key == "@base":
                base = value.text if value.kind == "string" else ""
            elif member.key == "@language":
                lang = value.text.lower() if value.kind == "string" else ""
            elif member.key == "@vocab":
                vocabulary = value.text if value.kind == "string" else ""
        active = Context(terms, vocabulary, lang, base)
        raw = {member.key: member.value for member in node.members if not member.key.startswith("@")}
        for key in raw:
            _define(key, raw, active, set())
        return active

    def without_language(self) -> "Context":
        """The same without a default language."""
        return replace(self, lang="")


def _define(key: str, raw: dict[str, Json], active: Context, busy: set[str]) -> None:
    """Set one term, those first that its IRI is written with."""
    if key in busy:
        return
    busy.add(key)
    node = raw[key]
    inner = {member.key: member.value for member in node.members}
    named = inner.get("@id") or inner.get("@reverse")
    name = node.text if node.kind == "string" else named.text if named is not None and named.kind == "string" else None
    if node.kind == "word" or (named is not None and named.kind == "word"):
        active.terms[key] = Term("")
        return
    for wanted in {name or "", (name or key).partition(":")[0], inner["@type"].text if "@type" in inner else ""}:
        if wanted in raw and wanted != key:
            _define(wanted, raw, active, busy)
    active.terms.pop(key, None)
    iri = active.iri(key if name is None else name)
    type_ = inner["@type"].text if "@type" in inner else ""
    lang = inner.get("@language")
    active.terms[key] = Term(
        iri,
        active.iri(type_) if type_ else "",
        None if lang is None else lang.text.lower() if lang.kind == "string" else "",
        _container(inner.get("@container")),
        "@reverse" in inner,
        inner.get("@context"),
    )


def longest_chain(node: Json) -> int:
    """How many terms of one context stand on each other; the parser defines them by calling itself."""
    needs = {member.key: _needs(member.key, member.value) for member in node.members}
    depth: dict[str, int] = {}
    for start in needs:
        stack = [start]
        while stack:
            key = stack[-1]
            if key not in depth:
                depth[key] = 0  # being worked out; also ends a circle
                stack += [need for need in needs[key] if need in needs and need not in depth]
            else:
                stack.pop()
                depth[key] = 1 + max((depth.get(need, 0) for need in needs[key] if need != key), default=0)
    return max(depth.values(), default=0)


def _needs(key: str, node: Json) -> set[str]:
    """The terms that the definition of a term is written with."""
    texts = [key, node.text, *(member.value.text for member in node.members)]
    return {part for text in texts for part in (text, text.partition(":")[0])} - {key, ""}


def _container(node: Json | None) -> frozenset[str]:
    if node is None:
        return frozenset()
    return frozenset([node.text] if node.kind == "string" else [item.text for item in node.items])
