"""What may be proposed at all: statements of the form's fields on actors, projects and events; no natural persons.

In: changes, the forms. Out: a finding for each statement that may not be proposed, naming what is wrong with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph import vocab
from wallograph.curation.filled import is_source, term_of
from wallograph.curation.model import PAGE, Change
from wallograph.intake.tables.persons import text_is_personal
from wallograph.iris import parse
from wallograph.model import Finding, Form, Severity, Where
from wallograph.publish.page_graph import safe_href
from wallograph.validate.explain import safe

CONCEPTS: Final = frozenset({"actor", "project", "event"})
LONGEST: Final = 5_000  # characters of a value
LONGEST_PAGE: Final = 2_000
_NEVER_RETRACTED: Final = frozenset({vocab.TYPE, vocab.LABEL})
_MESSAGES: Final = {
    "subject-not-possible": {
        "fr": "Une proposition parle d’organisations, de projets et d’événements de cette base, de rien d’autre.",
        "nl": "Een voorstel gaat over organisaties, projecten en evenementen van deze basis, over niets anders.",
        "de": "Ein Vorschlag betrifft Organisationen, Projekte und Veranstaltungen dieser Basis, nichts anderes.",
        "en": "A proposal is about organisations, projects and events of this base, about nothing else.",
    },
    "field-not-possible": {
        "fr": "Le formulaire de ce genre de chose n’a pas ce champ.",
        "nl": "Het formulier van dit soort zaak heeft dit veld niet.",
        "de": "Das Formular für diese Art von Sache hat dieses Feld nicht.",
        "en": "The form of this kind of thing has no such field.",
    },
    "value-not-possible": {
        "fr": "Cette valeur ne peut pas être lue, ou elle est trop longue.",
        "nl": "Deze waarde kan niet worden gelezen, of ze is te lang.",
        "de": "Dieser Wert kann nicht gelesen werden oder ist zu lang.",
        "en": "This value cannot be read, or it is too long.",
    },
    "source-not-possible": {
        "fr": "Seule une affirmation d’une source peut être retirée ; ce qui en découle disparaît avec elle.",
        "nl": "Alleen een uitspraak van een bron kan worden ingetrokken; wat eruit volgt, verdwijnt mee.",
        "de": "Nur eine Aussage einer Quelle kann zurückgezogen werden; was aus ihr folgt, verschwindet mit ihr.",
        "en": "Only a statement of a source can be retracted; what follows from it goes with it.",
    },
    "evidence-not-possible": {
        "fr": "La preuve est l’adresse d’une page (http ou https), ou « l’organisation le dit elle-même ».",
        "nl": "Het bewijs is het adres van een pagina (http of https), of “de organisatie zegt het zelf”.",
        "de": "Der Beleg ist die Adresse einer Seite (http oder https) oder „die Organisation sagt es selbst“.",
        "en": "The evidence is the address of a page (http or https), or “the organisation says so itself”.",
    },
    "person-left-out": {
        "fr": "Cette valeur contient des données d’une personne ; rien n’en est publié. Retirez-les.",
        "nl": "Deze waarde bevat gegevens van een persoon; er wordt niets van gepubliceerd. Haal ze weg.",
        "de": "Dieser Wert enthält Angaben zu einer Person; nichts davon wird veröffentlicht. Entfernen Sie sie.",
        "en": "This value has data of a person in it; nothing of it is published. Take them out.",
    },
}  # fmt: skip


def messages(code: str) -> dict[str, str]:
    """The sentence of a code in four languages."""
    return _MESSAGES[code]


def not_allowed(changes: Sequence[Change], forms: Iterable[Form], base: str) -> Iterator[Finding]:
    """One violation for each statement that may not be proposed."""
    fields = {form.concept: {(field.path, field.inverse) for field in form.fields} for form in forms}
    for number, change in enumerate(changes):
        code = _fault(change, fields, base)
        if code:
            shown = "" if code == "person-left-out" else safe(change.object)
            where = Where("", pointer=f"/changes/{number}")
            path = change.predicate or None
            yield Finding(code, Severity.VIOLATION, where, change.subject, shown, messages(code), path=path)


def _fault(change: Change, fields: dict[str, set[tuple[str, bool]]], base: str) -> str:
    subject, value = parse(change.subject, base), term_of(change.object)
    if subject is None or subject.concept not in CONCEPTS or "/doc/" in change.subject:
        return "subject-not-possible"
    if value is None or len(value.value) > LONGEST:
        return "value-not-possible"
    if not _is_evidence(change):
        return "evidence-not-possible"
    if change.op == "retract":
        gone = change.predicate in _NEVER_RETRACTED or not is_source(change.graph, base)
        return "source-not-possible" if gone else ""
    if change.op != "add" or not _has_field(change, value, subject.concept, fields, base):
        return "field-not-possible"
    return "person-left-out" if isinstance(value, Literal) and text_is_personal(value.value) else ""


def _has_field(
    change: Change, value: NamedNode | Literal, concept: str, fields: dict[str, set[tuple[str, bool]]], base: str
) -> bool:
    """Whether the form of the subject has the field, or that of the object has it from the other end."""
    if (change.predicate, False) in fields.get(concept, ()):
        return True
    other = parse(value.value, base) if isinstance(value, NamedNode) else None
    return other is not None and (change.predicate, True) in fields.get(other.concept, ())


def _is_evidence(change: Change) -> bool:
    if change.evidence.kind != PAGE:
        return change.evidence.kind == "organisation" and not change.evidence.page
    page = change.evidence.page
    return len(page) <= LONGEST_PAGE and page.isprintable() and safe_href(page) is not None
