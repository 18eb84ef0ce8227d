"""Things that were withdrawn or merged: the document that says so, and the list of all of them.

In: what is kept of a thing that is gone; the redirects; the names before and after. Out: an RDF document; rows; CSV.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.cells import defused
from wallograph.publish.documents import Document


@dataclass(frozen=True, slots=True)
class Moved:
    """A thing that is no longer under its IRI or its name. `what` is merged, withdrawn or renamed."""

    what: str
    iri: str
    label: str
    since: str
    release: int | None
    replaced_by: str = ""
    reason: str = ""
    new_label: str = ""


def gone_document(
    iri: str, said: Mapping[str, Any], reasons: Mapping[str, str], *, base: str, url: str, license: str | None
) -> Document:
    """The document of a thing that is gone. `reasons` is the reason by language, "" for one without a language."""
    thing, doc = NamedNode(iri), NamedNode(url)
    found = [
        Quad(thing, NamedNode(vocab.OWL + "deprecated"), Literal("true", datatype=NamedNode(vocab.XSD + "boolean"))),
        *(Quad(thing, NamedNode(vocab.RDFS + "comment"), _literal(text, lang)) for lang, text in reasons.items()),
        Quad(doc, NamedNode(vocab.TYPE), NamedNode(vocab.FOAF + "Document")),
        Quad(doc, NamedNode(vocab.FOAF + "primaryTopic"), thing),
        Quad(doc, NamedNode(vocab.VOID + "inDataset"), NamedNode(f"{base}/about#dataset")),
    ]
    if license:
        found.append(Quad(doc, NamedNode(vocab.LICENSE), NamedNode(license)))
    if said.get("label"):
        found.append(Quad(thing, NamedNode(vocab.LABEL), Literal(str(said["label"]))))
    if said.get("since"):
        since = Literal(f"{said['since']}T00:00:00Z", datatype=NamedNode(vocab.XSD + "dateTime"))
        found.append(Quad(thing, NamedNode(vocab.PROV + "invalidatedAtTime"), since))
    if said.get("release"):
        changes = NamedNode(f"{base}/changes/{said['release']}")
        found.append(Quad(thing, NamedNode(vocab.PROV + "wasInvalidatedBy"), changes))
    if said.get("replacedBy"):
        found.append(Quad(thing, NamedNode(vocab.DCTERMS + "isReplacedBy"), NamedNode(str(said["replacedBy"]))))
    return Document(iri, url, base, tuple(sorted(found, key=str)))


def replaced_quads(iri: str, old: Iterable[tuple[str, str]]) -> list[Quad]:
    """What the document of a survivor says of the things that are part of it now: (IRI, label) each."""
    found = []
    for former, label in old:
        node = NamedNode(former)
        found += [
            Quad(NamedNode(iri), NamedNode(vocab.DCTERMS + "replaces"), node),
            Quad(node, NamedNode(vocab.DCTERMS + "isReplacedBy"), NamedNode(iri)),
        ]
        if label:
            found.append(Quad(node, NamedNode(vocab.LABEL), Literal(label)))
    return found


def moved_csv(rows: Sequence[Moved]) -> bytes:
    """The list as CSV; cells that a spreadsheet would compute are defused."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(Moved)])
    writer.writerows(["" if value is None else defused(str(value)) for value in astuple(row)] for row in rows)
    return file.getvalue().encode()


def moved_data(rows: Sequence[Moved]) -> list[dict[str, Any]]:
    """The list for programs, without what is not known."""
    return [{key: value for key, value in asdict(row).items() if value not in ("", None)} for row in rows]


def _literal(text: str, lang: str) -> Literal:
    return Literal(text, language=lang) if lang else Literal(text)
