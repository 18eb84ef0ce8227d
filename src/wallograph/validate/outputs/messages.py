"""The few words around findings in outputs for people, in four languages.

In: a code and its values. Out: a text in one language.
"""

from typing import Final

from wallograph.typography import typeset

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "violation": {"fr": "erreur", "nl": "fout", "de": "Fehler", "en": "error"},
    "warning": {"fr": "avertissement", "nl": "waarschuwing", "de": "Warnung", "en": "warning"},
    "info": {"fr": "information", "nl": "informatie", "de": "Hinweis", "en": "information"},
    "more": {
        "fr": "et {count} de plus", "nl": "en nog {count}", "de": "und {count} weitere", "en": "and {count} more",
    },
    "value": {"fr": "valeur", "nl": "waarde", "de": "Wert", "en": "value"},
    "expected": {"fr": "attendu", "nl": "verwacht", "de": "erwartet", "en": "expected"},
    "repair": {"fr": "correction", "nl": "verbetering", "de": "Korrektur", "en": "repair"},
    "proposal": {"fr": "proposition", "nl": "voorstel", "de": "Vorschlag", "en": "proposal"},
    "rule": {"fr": "règle", "nl": "regel", "de": "Regel", "en": "rule"},
    "nearby": {
        "fr": "(près d’ici ; l’endroit exact n’est pas connu)",
        "nl": "(hier in de buurt; de juiste plaats is niet bekend)",
        "de": "(hier in der Nähe; die genaue Stelle ist nicht bekannt)",
        "en": "(near here; the exact place is not known)",
    },
    "nothing": {
        "fr": "Rien à signaler : {files} fichier(s), {things} fiche(s), {quads} affirmation(s).",
        "nl": "Niets te melden: {files} bestand(en), {things} fiche(s), {quads} uitspraak/uitspraken.",
        "de": "Nichts zu melden: {files} Datei(en), {things} Eintrag/Einträge, {quads} Aussage(n).",
        "en": "Nothing to report: {files} file(s), {things} record(s), {quads} statement(s).",
    },
    "summary": {
        "fr": "{violation} erreur(s), {warning} avertissement(s), {info} note(s) ; {repairs} correction(s) sûre(s).",
        "nl": "{violation} fout(en), {warning} waarschuwing(en), {info} melding(en); {repairs} zekere verbetering(en).",
        "de": "{violation} Fehler, {warning} Warnung(en), {info} Hinweis(e); {repairs} sichere Korrektur(en).",
        "en": "{violation} error(s), {warning} warning(s), {info} note(s); {repairs} sure repair(s).",
    },
    "row": {"fr": "ligne", "nl": "rij", "de": "Zeile", "en": "row"},
    "changed": {
        "fr": "{place} : « {old} » devient « {new} »", "nl": "{place}: ‘{old}’ wordt ‘{new}’",
        "de": "{place}: „{old}“ wird „{new}“", "en": "{place}: '{old}' becomes '{new}'",
    },
    "written": {
        "fr": "{count} correction(s) dans {file}", "nl": "{count} verbetering(en) in {file}",
        "de": "{count} Korrektur(en) in {file}", "en": "{count} repair(s) in {file}",
    },
    "loses": {
        "fr": "{file} : la correction ne peut pas garder : {what}",
        "nl": "{file}: de verbetering kan niet behouden: {what}",
        "de": "{file}: die Korrektur kann nicht erhalten: {what}", "en": "{file}: the correction cannot keep: {what}",
    },
    "nothing-sure": {
        "fr": "Aucune correction sûre à faire.", "nl": "Geen zekere verbetering te maken.",
        "de": "Keine sichere Korrektur zu machen.", "en": "No sure repair to make.",
    },
}  # fmt: skip


def say(code: str, lang: str, **values: object) -> str:
    """A text in a language."""
    return typeset(MESSAGES[code][lang].format(**values), lang)


def says(sentence: str, text: str) -> bool:
    """Whether a sentence has told a value or an expectation already."""
    return text.strip(" .").casefold() in sentence.casefold()


def labelled(label: str, text: str, lang: str) -> str:
    """A label, a colon, a text; the text alone without a label."""
    return typeset(f"{label} : " if lang == "fr" else f"{label}: ", lang) + text if label else text


def in_lang(texts: dict[str, str], lang: str) -> str:
    """The text of a language, else one without a language, else French, else any."""
    tag = next((tag for tag in (lang, "", "fr", "en", *sorted(texts)) if texts.get(tag)), "")
    return typeset(texts[tag], tag) if tag in texts else ""
