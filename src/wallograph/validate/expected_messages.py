"""What a field expects, in words, in four languages.

In: a code and its values. Out: one text for each language.
"""

from typing import Final

from wallograph.vocab import LANGUAGES, RDF, XSD

DATATYPES: Final[dict[str, dict[str, str]]] = {
    XSD + "gYear": {
        "fr": "une année en quatre chiffres, comme 2019", "nl": "een jaartal van vier cijfers, zoals 2019",
        "de": "eine vierstellige Jahreszahl wie 2019", "en": "a year of four digits, such as 2019",
    },
    XSD + "gYearMonth": {
        "fr": "un mois, comme 2019-03", "nl": "een maand, zoals 2019-03", "de": "ein Monat wie 2019-03",
        "en": "a month, such as 2019-03",
    },
    XSD + "date": {
        "fr": "une date, comme 2019-03-12", "nl": "een datum, zoals 2019-03-12", "de": "ein Datum wie 2019-03-12",
        "en": "a date, such as 2019-03-12",
    },
    XSD + "integer": {
        "fr": "un nombre entier, comme 12", "nl": "een geheel getal, zoals 12", "de": "eine ganze Zahl wie 12",
        "en": "a whole number, such as 12",
    },
    XSD + "decimal": {
        "fr": "un nombre, comme 50.63", "nl": "een getal, zoals 50.63", "de": "eine Zahl wie 50.63",
        "en": "a number, such as 50.63",
    },
    XSD + "boolean": {
        "fr": "true (oui) ou false (non)", "nl": "true (ja) of false (nee)", "de": "true (ja) oder false (nein)",
        "en": "true (yes) or false (no)",
    },
    XSD + "string": {
        "fr": "un texte sans langue", "nl": "een tekst zonder taal", "de": "ein Text ohne Sprachangabe",
        "en": "a text without a language",
    },
    XSD + "anyURI": {"fr": "une adresse", "nl": "een adres", "de": "eine Adresse", "en": "an address"},
    RDF + "langString": {
        "fr": "un texte qui dit sa langue", "nl": "een tekst met taalaanduiding", "de": "ein Text mit Sprachangabe",
        "en": "a text that says its language",
    },
}  # fmt: skip

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "datatype": {"fr": "{a}", "nl": "{a}", "de": "{a}", "en": "{a}"},
    "other-datatype": {
        "fr": "une valeur du type {a}", "nl": "een waarde van het type {a}", "de": "ein Wert vom Typ {a}",
        "en": "a value of the type {a}",
    },
    "list": {
        "fr": "une entrée de la liste : {a}", "nl": "een ingang van de lijst: {a}",
        "de": "ein Eintrag der Liste: {a}", "en": "an entry of the list: {a}",
    },
    "class": {
        "fr": "une chose connue de ce type : {a}", "nl": "een bekende zaak van dit type: {a}",
        "de": "etwas Bekanntes dieser Art: {a}", "en": "a known thing of this kind: {a}",
    },
    "languages": {
        "fr": "un texte dans une de ces langues : {a}", "nl": "een tekst in een van deze talen: {a}",
        "de": "ein Text in einer dieser Sprachen: {a}", "en": "a text in one of these languages: {a}",
    },
    "one-per-language": {
        "fr": "un seul texte par langue", "nl": "één tekst per taal", "de": "ein einziger Text je Sprache",
        "en": "one text only per language",
    },
    "at-least": {
        "fr": "au moins {a} valeur(s)", "nl": "minstens {a} waarde(n)", "de": "mindestens {a} Wert(e)",
        "en": "at least {a} value(s)",
    },
    "at-most": {
        "fr": "au plus {a} valeur(s)", "nl": "hoogstens {a} waarde(n)", "de": "höchstens {a} Wert(e)",
        "en": "at most {a} value(s)",
    },
    "given": {"fr": "une valeur", "nl": "een waarde", "de": "ein Wert", "en": "a value"},
    "only-one": {
        "fr": "une seule valeur", "nl": "één enkele waarde", "de": "ein einziger Wert", "en": "one value only",
    },
    "length": {
        "fr": "au plus {a} caractères", "nl": "hoogstens {a} tekens", "de": "höchstens {a} Zeichen",
        "en": "at most {a} characters",
    },
    "between": {
        "fr": "un nombre entre {a} et {b}", "nl": "een getal tussen {a} en {b}",
        "de": "eine Zahl zwischen {a} und {b}", "en": "a number between {a} and {b}",
    },
    "least": {
        "fr": "un nombre de {a} ou plus", "nl": "een getal van {a} of meer", "de": "eine Zahl ab {a}",
        "en": "a number of {a} or more",
    },
    "most": {
        "fr": "un nombre de {a} ou moins", "nl": "een getal van {a} of minder", "de": "eine Zahl bis {a}",
        "en": "a number of {a} or less",
    },
    "above": {
        "fr": "un nombre supérieur à {a}", "nl": "een getal groter dan {a}", "de": "eine Zahl größer als {a}",
        "en": "a number greater than {a}",
    },
    "below": {
        "fr": "un nombre inférieur à {a}", "nl": "een getal kleiner dan {a}", "de": "eine Zahl kleiner als {a}",
        "en": "a number less than {a}",
    },
    "IRI": {
        "fr": "un lien (une adresse complète)", "nl": "een link (een volledig adres)",
        "de": "ein Link (eine vollständige Adresse)", "en": "a link (a complete address)",
    },
    "Literal": {
        "fr": "un texte ou un nombre, pas un lien", "nl": "een tekst of een getal, geen link",
        "de": "ein Text oder eine Zahl, kein Link", "en": "a text or a number, not a link",
    },
    "same-as": {
        "fr": "la même valeur que « {a} »", "nl": "dezelfde waarde als ‘{a}’", "de": "derselbe Wert wie „{a}“",
        "en": "the same value as '{a}'",
    },
    "other-than": {
        "fr": "une autre valeur que « {a} »", "nl": "een andere waarde dan ‘{a}’",
        "de": "ein anderer Wert als „{a}“", "en": "another value than '{a}'",
    },
    "rule": {
        "fr": "une valeur qui respecte cette règle", "nl": "een waarde die aan deze regel voldoet",
        "de": "ein Wert, der dieser Regel entspricht", "en": "a value that follows this rule",
    },
    "unworded": {
        "fr": "« {a} » ne respecte pas la règle « {b} ».", "nl": "‘{a}’ voldoet niet aan de regel ‘{b}’.",
        "de": "„{a}“ entspricht nicht der Regel „{b}“.", "en": "'{a}' does not follow the rule '{b}'.",
    },
    "more": {"fr": " … ({a} en tout)", "nl": " … ({a} in totaal)", "de": " … ({a} insgesamt)", "en": " … ({a} in all)"},
    "known-already": {
        "fr": "Ce qui est déjà publié de « {a} » ne s’accorde pas avec ce que dit ce fichier. ",
        "nl": "Wat al over ‘{a}’ gepubliceerd is, komt niet overeen met wat dit bestand zegt. ",
        "de": "Was über „{a}“ schon veröffentlicht ist, passt nicht zu dem, was diese Datei sagt. ",
        "en": "What is already published of '{a}' does not agree with what this file says. ",
    },
}  # fmt: skip


def words(code: str, a: dict[str, str] | str = "", b: dict[str, str] | str = "") -> dict[str, str]:
    """A text by language; the values may themselves be texts by language."""
    return {lang: MESSAGES[code][lang].format(a=_in(a, lang), b=_in(b, lang)) for lang in LANGUAGES}


def _in(value: dict[str, str] | str, lang: str) -> str:
    if isinstance(value, str):
        return value
    return next((value[tag] for tag in (lang, "", "fr", "en", *sorted(value)) if tag in value), "")
