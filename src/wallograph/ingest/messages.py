"""What the findings of ingest say, in four languages.

In: a code and its values. Out: one message for each language. `{value}` and `{field}` are filled in.
"""

MESSAGES: dict[str, dict[str, str]] = {
    "unknown-code": {
        "fr": "« {value} » n'est pas une valeur connue du champ « {field} » ; la valeur est mise de côté.",
        "nl": "‘{value}’ is geen bekende waarde van het veld ‘{field}’; de waarde wordt opzijgezet.",
        "de": "„{value}“ ist kein bekannter Wert des Feldes „{field}“; der Wert wird zurückgehalten.",
        "en": "'{value}' is no known value of the field '{field}'; the value is held back.",
    },
    "place-outside-register": {
        "fr": "« {value} » n'est ni une commune ni une localité du registre wallon ; le nom du lieu est gardé tel quel.",
        "nl": "‘{value}’ is geen gemeente of plaats van het Waalse register; de plaatsnaam blijft zoals vermeld.",
        "de": "„{value}“ ist weder Gemeinde noch Ort des wallonischen Registers; der Ortsname bleibt wie angegeben.",
        "en": "'{value}' is no municipality or locality of the Walloon register; the place name is kept as stated.",
    },
    "not-a-number": {
        "fr": "« {value} » n'est pas un nombre ; la valeur est mise de côté.",
        "nl": "‘{value}’ is geen getal; de waarde wordt opzijgezet.",
        "de": "„{value}“ ist keine Zahl; der Wert wird zurückgehalten.",
        "en": "'{value}' is not a number; the value is held back.",
    },
    "not-a-year": {
        "fr": "« {value} » n'est pas une année ; la valeur est mise de côté.",
        "nl": "‘{value}’ is geen jaartal; de waarde wordt opzijgezet.",
        "de": "„{value}“ ist keine Jahreszahl; der Wert wird zurückgehalten.",
        "en": "'{value}' is not a year; the value is held back.",
    },
    "wrong-enterprise-number": {
        "fr": "« {value} » n'est pas un numéro d'entreprise : dix chiffres, contrôle modulo 97.",
        "nl": "‘{value}’ is geen ondernemingsnummer: tien cijfers, controle modulo 97.",
        "de": "„{value}“ ist keine Unternehmensnummer: zehn Ziffern, Prüfung modulo 97.",
        "en": "'{value}' is no enterprise number: ten digits, checked modulo 97.",
    },
    "website-completed": {
        "fr": "L'adresse « {value} » est complétée par http://.",
        "nl": "Het adres ‘{value}’ wordt aangevuld met http://.",
        "de": "Die Adresse „{value}“ wird um http:// ergänzt.",
        "en": "The address '{value}' is completed with http://.",
    },
    "not-an-address": {
        "fr": "« {value} » n'est pas une adresse web ; la valeur est mise de côté.",
        "nl": "‘{value}’ is geen webadres; de waarde wordt opzijgezet.",
        "de": "„{value}“ ist keine Webadresse; der Wert wird zurückgehalten.",
        "en": "'{value}' is not a web address; the value is held back.",
    },
    "no-row-of-that-name": {
        "fr": "Aucune ligne ne porte le nom « {value} » ; l'élément est mis de côté.",
        "nl": "Geen enkele rij heeft de naam ‘{value}’; het gegeven wordt opzijgezet.",
        "de": "Keine Zeile trägt den Namen „{value}“; die Angabe wird zurückgehalten.",
        "en": "No row has the name '{value}'; the item is held back.",
    },
    "cell-without-evidence": {
        "fr": "Aucune page citée pour « {field} » ne dit « {value} » ; ce sont les pages qui comptent, pas la cellule.",
        "nl": "Geen enkele pagina bij ‘{field}’ zegt ‘{value}’; de pagina's tellen, niet de cel.",
        "de": "Keine der Seiten zu „{field}“ sagt „{value}“; es zählen die Seiten, nicht die Zelle.",
        "en": "No page given for '{field}' says '{value}'; the pages count, not the cell.",
    },
    "unresolved-end": {
        "fr": "« {value} » n'a pas pu être rattaché à une organisation, un projet ou un lieu ; la relation est mise de côté.",
        "nl": "‘{value}’ kon niet aan een organisatie, project of plaats worden gekoppeld; de relatie wordt opzijgezet.",
        "de": "„{value}“ ließ sich keiner Organisation, keinem Projekt und keinem Ort zuordnen; die Beziehung wird "
        "zurückgehalten.",
        "en": "'{value}' could not be tied to an organisation, a project or a place; the relation is held back.",
    },
    "relation-to-itself": {
        "fr": "La relation relie « {value} » à elle-même après rapprochement ; elle est mise de côté.",
        "nl": "De relatie verbindt ‘{value}’ na het koppelen met zichzelf; ze wordt opzijgezet.",
        "de": "Die Beziehung verbindet „{value}“ nach der Verknüpfung mit sich selbst; sie wird zurückgehalten.",
        "en": "The relation ties '{value}' to itself after linking; it is held back.",
    },
    "register-row-withdrawn": {
        "fr": "Le registre a retiré sa fiche « {value} » ; cela ne dit pas que l'organisation a cessé d'exister.",
        "nl": "Het register heeft zijn fiche ‘{value}’ ingetrokken; dat zegt niet dat de organisatie gestopt is.",
        "de": "Das Register hat seinen Eintrag „{value}“ zurückgezogen; das heißt nicht, dass die Organisation "
        "nicht mehr besteht.",
        "en": "The register has withdrawn its record '{value}'; that does not say that the organisation closed.",
    },
    "relation-not-mapped": {
        "fr": "Le lien « {value} » du registre n'a pas d'équivalent dans le modèle ; il n'est pas repris.",
        "nl": "De relatie ‘{value}’ van het register heeft geen tegenhanger in het model; ze wordt niet overgenomen.",
        "de": "Die Beziehung „{value}“ des Registers hat keine Entsprechung im Modell; sie wird nicht übernommen.",
        "en": "The register's relation '{value}' has no counterpart in the model; it is not carried over.",
    },
}


def messages(code: str, value: str, field: str = "") -> dict[str, str]:
    """The messages of a finding by language."""
    return {lang: text.format(value=value, field=field) for lang, text in MESSAGES[code].items()}
