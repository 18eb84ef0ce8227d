"""What the checks that no shape makes say, in four languages: untidy names, things that are published already.

In: a code and its values. Out: one message for each language.
"""

from typing import Final

from wallograph.vocab import LANGUAGES

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "spaces-in-name": {
        "fr": "Le nom a des espaces superflus.", "nl": "De naam heeft overbodige spaties.",
        "de": "Der Name hat überflüssige Leerzeichen.", "en": "The name has superfluous blanks.",
    },
    "hidden-characters": {
        "fr": "Le nom contient des caractères invisibles (sens d’écriture, largeur nulle) qui peuvent tromper.",
        "nl": "De naam bevat onzichtbare tekens (schrijfrichting, nulbreedte) die kunnen misleiden.",
        "de": "Der Name enthält unsichtbare Zeichen (Schreibrichtung, Nullbreite), die täuschen können.",
        "en": "The name contains invisible characters (direction of writing, zero width) that can deceive.",
    },
    "look-alike-characters": {
        "fr": "Le nom mêle plusieurs alphabets ; une lettre qui ressemble à une autre a pu s’y glisser.",
        "nl": "De naam mengt verschillende alfabetten; misschien staat er een letter die op een andere lijkt.",
        "de": "Der Name mischt mehrere Alphabete; vielleicht steht ein Buchstabe darin, der einem anderen gleicht.",
        "en": "The name mixes several alphabets; a letter that looks like another may have slipped in.",
    },
    "possible-duplicate": {
        "fr": "Ceci ressemble à « {value} », déjà publié ; si c’est la même chose, employez son identifiant.",
        "nl": "Dit lijkt op ‘{value}’, al gepubliceerd; gaat het om hetzelfde, gebruik dan de bestaande identificatie.",
        "de": "Dies ähnelt „{value}“, schon veröffentlicht; ist es dasselbe, verwenden Sie die bestehende Kennung.",
        "en": "This resembles '{value}', already published; if it is the same, use its identifier.",
    },
}  # fmt: skip

EXPECTED: Final[dict[str, dict[str, str]]] = {
    "name": {
        "fr": "un nom tel qu’on le lit, sans caractères superflus", "nl": "een naam zoals men hem leest, zonder meer",
        "de": "ein Name, wie man ihn liest, ohne weitere Zeichen", "en": "a name as it is read, without more",
    },
    "duplicate": {
        "fr": "un seul identifiant par organisation, projet ou événement",
        "nl": "één identificatie per organisatie, project of evenement",
        "de": "eine einzige Kennung je Organisation, Projekt oder Veranstaltung",
        "en": "one identifier only per organisation, project or event",
    },
}  # fmt: skip


def messages(code: str, value: str = "") -> dict[str, str]:
    """The messages of a finding by language."""
    return {lang: MESSAGES[code][lang].format(value=value) for lang in LANGUAGES}
