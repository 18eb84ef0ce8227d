"""What the findings about accepted statements say, in four languages.

In: a code and its values. Out: one message for each language. `{value}` and `{field}` are filled in.
"""

from typing import Final

PROPOSAL_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "file-not-in-order": {
        "fr": "Le fichier n'est pas en ordre : {value}.",
        "nl": "Het bestand is niet in orde: {value}.",
        "de": "Die Datei ist nicht in Ordnung: {value}.",
        "en": "The file is not in order: {value}.",
    },
    "proposal-unreadable": {
        "fr": "Le fichier n'est pas du JSON lisible : {value}.",
        "nl": "Het bestand is geen leesbare JSON: {value}.",
        "de": "Die Datei ist kein lesbares JSON: {value}.",
        "en": "The file is no readable JSON: {value}.",
    },
    "proposal-name": {
        "fr": "Le fichier doit porter le nom de sa proposition : « {value} ».",
        "nl": "Het bestand moet de naam van zijn voorstel dragen: ‘{value}’.",
        "de": "Die Datei muss den Namen ihres Vorschlags tragen: „{value}“.",
        "en": "The file must have the name of its proposal: '{value}'.",
    },
    "proposal-field": {
        "fr": "Le champ « {field} » manque, est inconnu ou n'a pas une valeur possible.",
        "nl": "Het veld ‘{field}’ ontbreekt, is onbekend of heeft geen mogelijke waarde.",
        "de": "Das Feld „{field}“ fehlt, ist unbekannt oder hat keinen möglichen Wert.",
        "en": "The field '{field}' is missing, unknown, or has no possible value.",
    },
    "proposal-term": {
        "fr": "« {value} » n'est ni une chose (actor/…), ni un code (auth/…), ni un terme (schema:…), ni une adresse.",
        "nl": "‘{value}’ is geen ding (actor/…), geen code (auth/…), geen term (schema:…) en geen adres.",
        "de": "„{value}“ ist kein Ding (actor/…), kein Code (auth/…), kein Begriff (schema:…) und keine Adresse.",
        "en": "'{value}' is no thing (actor/…), no code (auth/…), no term (schema:…) and no address.",
    },
    "proposal-entry": {
        "fr": "La décision « {value} » se trouve dans deux fichiers.",
        "nl": "De beslissing ‘{value}’ staat in twee bestanden.",
        "de": "Die Entscheidung „{value}“ steht in zwei Dateien.",
        "en": "The decision '{value}' stands in two files.",
    },
    "proposal-differs": {
        "fr": "Le journal a cette proposition autrement ; c'est le journal qui compte, pas le fichier.",
        "nl": "Het journaal heeft dit voorstel anders; het journaal telt, niet het bestand.",
        "de": "Das Journal hat diesen Vorschlag anders; es zählt das Journal, nicht die Datei.",
        "en": "The journal has this proposal otherwise; the journal counts, not the file.",
    },
    "proposal-orphan": {
        "fr": "« {value} » n'est plus dans le graphe ; ce qui a été accepté à son sujet est mis de côté.",
        "nl": "‘{value}’ staat niet meer in de graaf; wat erover aanvaard werd, wordt opzijgezet.",
        "de": "„{value}“ steht nicht mehr im Graphen; was dazu angenommen wurde, wird zurückgehalten.",
        "en": "'{value}' is not in the graph any more; what was accepted about it is held back.",
    },
    "proposal-to-itself": {
        "fr": "La relation relierait « {value} » à elle-même après une fusion ; elle est mise de côté.",
        "nl": "De relatie zou ‘{value}’ na een samenvoeging met zichzelf verbinden; ze wordt opzijgezet.",
        "de": "Die Beziehung würde „{value}“ nach einer Zusammenführung mit sich selbst verbinden; sie wird "
        "zurückgehalten.",
        "en": "The relation would tie '{value}' to itself after a merge; it is held back.",
    },
    "retraction-moot": {
        "fr": "Aucune source ne dit plus « {value} » ; le retrait est sans objet.",
        "nl": "Geen enkele bron zegt nog ‘{value}’; de intrekking is zonder voorwerp.",
        "de": "Keine Quelle sagt mehr „{value}“; die Rücknahme ist gegenstandslos.",
        "en": "No source says '{value}' any more; the retraction is moot.",
    },
    "retraction-changed": {
        "fr": "La source dit toujours « {value} », mais autre chose qu'avant à côté ; le retrait est à revoir.",
        "nl": "De bron zegt nog altijd ‘{value}’, maar ernaast iets anders dan voorheen; de intrekking is te herzien.",
        "de": "Die Quelle sagt noch immer „{value}“, daneben aber anderes als zuvor; die Rücknahme ist zu prüfen.",
        "en": "The source still says '{value}', but other things beside it than before; look at the retraction again.",
    },
    "decision-moot": {
        "fr": "La fiche « {value} », dont l'identité a été décidée, n'existe plus.",
        "nl": "De fiche ‘{value}’, over wiens identiteit werd beslist, bestaat niet meer.",
        "de": "Den Eintrag „{value}“, über dessen Identität entschieden wurde, gibt es nicht mehr.",
        "en": "The record '{value}', whose identity was decided, is not there any more.",
    },
}


def told(code: str, value: str = "", field: str = "") -> dict[str, str]:
    """The messages of a finding by language."""
    return {lang: text.format(value=value, field=field) for lang, text in PROPOSAL_MESSAGES[code].items()}
