"""What the proposed repairs say, in four languages.

In: a code and its values. Out: one message for each language. `{value}`, `{old}` and `{label}` are filled in.
"""

from wallograph.vocab import LANGUAGES

MESSAGES: dict[str, dict[str, str]] = {
    "enterprise-number": {
        "fr": "Écrire le numéro d’entreprise en dix chiffres : {value} (les chiffres de contrôle sont justes).",
        "nl": "Het ondernemingsnummer in tien cijfers schrijven: {value} (de controlecijfers kloppen).",
        "de": "Die Unternehmensnummer mit zehn Ziffern schreiben: {value} (die Prüfziffern stimmen).",
        "en": "Write the enterprise number with ten digits: {value} (its check digits are right).",
    },
    "vat-number": {
        "fr": "Écrire le numéro de TVA sans signes : {value} (les chiffres de contrôle sont justes).",
        "nl": "Het btw-nummer zonder tekens schrijven: {value} (de controlecijfers kloppen).",
        "de": "Die MwSt.-Nummer ohne Zeichen schreiben: {value} (die Prüfziffern stimmen).",
        "en": "Write the VAT number without signs: {value} (its check digits are right).",
    },
    "establishment-number": {
        "fr": "Écrire le numéro d’établissement en dix chiffres : {value} (les chiffres de contrôle sont justes).",
        "nl": "Het vestigingsnummer in tien cijfers schrijven: {value} (de controlecijfers kloppen).",
        "de": "Die Niederlassungsnummer mit zehn Ziffern schreiben: {value} (die Prüfziffern stimmen).",
        "en": "Write the establishment number with ten digits: {value} (its check digits are right).",
    },
    "ror-id": {
        "fr": "Garder seulement l’identifiant ROR : {value} (sa somme de contrôle est juste).",
        "nl": "Alleen de ROR-identificatie behouden: {value} (het controlegetal klopt).",
        "de": "Nur die ROR-Kennung behalten: {value} (ihre Prüfsumme stimmt).",
        "en": "Keep the ROR identifier alone: {value} (its checksum is right).",
    },
    "isni": {
        "fr": "Écrire l’ISNI sans espaces ni adresse : {value} (le caractère de contrôle est juste).",
        "nl": "De ISNI zonder spaties of adres schrijven: {value} (het controleteken klopt).",
        "de": "Die ISNI ohne Leerzeichen und Adresse schreiben: {value} (das Prüfzeichen stimmt).",
        "en": "Write the ISNI without blanks or address: {value} (its check character is right).",
    },
    "add-language": {
        "fr": "Indiquer la langue du texte : {label}.",
        "nl": "De taal van de tekst aangeven: {label}.",
        "de": "Die Sprache des Textes angeben: {label}.",
        "en": "State the language of the text: {label}.",
    },
    "language-form": {
        "fr": "Écrire le code de la langue « {value} » au lieu de « {old} ».",
        "nl": "De taalcode als ‘{value}’ schrijven in plaats van ‘{old}’.",
        "de": "Den Sprachcode „{value}“ statt „{old}“ schreiben.",
        "en": "Write the language code '{value}' instead of '{old}'.",
    },
    "remove-language": {
        "fr": "Retirer la langue « {old} » : ce nom n’en porte pas.",
        "nl": "De taal ‘{old}’ weglaten: deze naam draagt er geen.",
        "de": "Die Sprachangabe „{old}“ entfernen: dieser Name trägt keine.",
        "en": "Remove the language '{old}': this name carries none.",
    },
    "swapped-coordinates": {
        "fr": "Échanger latitude et longitude : {value}.",
        "nl": "Breedte- en lengtegraad omwisselen: {value}.",
        "de": "Breite und Länge vertauschen: {value}.",
        "en": "Swap latitude and longitude: {value}.",
    },
    "code": {
        "fr": "Employer l’entrée de la liste « {label} ».",
        "nl": "De ingang ‘{label}’ van de lijst gebruiken.",
        "de": "Den Listeneintrag „{label}“ verwenden.",
        "en": "Use the entry '{label}' of the list.",
    },
    "nearest-code": {
        "fr": "Vouliez-vous dire « {label} » ?",
        "nl": "Bedoelde u ‘{label}’?",
        "de": "Meinten Sie „{label}“?",
        "en": "Did you mean '{label}'?",
    },
    "place": {
        "fr": "Employer le lieu du registre « {label} ».",
        "nl": "De plaats ‘{label}’ van het register gebruiken.",
        "de": "Den Ort „{label}“ des Registers verwenden.",
        "en": "Use the place '{label}' of the register.",
    },
    "nearest-place": {
        "fr": "Vouliez-vous dire le lieu « {label} » ?",
        "nl": "Bedoelde u de plaats ‘{label}’?",
        "de": "Meinten Sie den Ort „{label}“?",
        "en": "Did you mean the place '{label}'?",
    },
    "number": {
        "fr": "Écrire le nombre sous sa forme simple : {value}.",
        "nl": "Het getal in zijn eenvoudige vorm schrijven: {value}.",
        "de": "Die Zahl in ihrer einfachen Form schreiben: {value}.",
        "en": "Write the number in its plain form: {value}.",
    },
    "boolean": {
        "fr": "Écrire {value} pour « {old} ».",
        "nl": "{value} schrijven voor ‘{old}’.",
        "de": "{value} für „{old}“ schreiben.",
        "en": "Write {value} for '{old}'.",
    },
    "datatype": {
        "fr": "Garder « {value} » et en indiquer le type attendu.",
        "nl": "‘{value}’ behouden en het verwachte type aangeven.",
        "de": "„{value}“ behalten und den erwarteten Typ angeben.",
        "en": "Keep '{value}' and state its expected type.",
    },
    "year": {
        "fr": "Garder l’année : {value}.",
        "nl": "Het jaar behouden: {value}.",
        "de": "Das Jahr behalten: {value}.",
        "en": "Keep the year: {value}.",
    },
    "date": {
        "fr": "Écrire la date ainsi : {value}.",
        "nl": "De datum zo schrijven: {value}.",
        "de": "Das Datum so schreiben: {value}.",
        "en": "Write the date like this: {value}.",
    },
    "link": {
        "fr": "Écrire l’adresse comme un lien : {value}.",
        "nl": "Het adres als link schrijven: {value}.",
        "de": "Die Adresse als Link schreiben: {value}.",
        "en": "Write the address as a link: {value}.",
    },
    "link-scheme": {
        "fr": "Compléter l’adresse : {value}.",
        "nl": "Het adres aanvullen: {value}.",
        "de": "Die Adresse ergänzen: {value}.",
        "en": "Complete the address: {value}.",
    },
    "spaces": {
        "fr": "Retirer les espaces superflus : « {value} ».",
        "nl": "De overbodige spaties verwijderen: ‘{value}’.",
        "de": "Die überflüssigen Leerzeichen entfernen: „{value}“.",
        "en": "Remove the superfluous blanks: '{value}'.",
    },
    "hidden-characters": {
        "fr": "Retirer les caractères invisibles : « {value} ».",
        "nl": "De onzichtbare tekens verwijderen: ‘{value}’.",
        "de": "Die unsichtbaren Zeichen entfernen: „{value}“.",
        "en": "Remove the invisible characters: '{value}'.",
    },
    "existing-thing": {
        "fr": "C’est peut-être « {label} », déjà publié : employer son identifiant {value}.",
        "nl": "Dit is misschien ‘{label}’, al gepubliceerd: gebruik de identificatie {value}.",
        "de": "Dies ist vielleicht „{label}“, schon veröffentlicht: verwenden Sie die Kennung {value}.",
        "en": "This may be '{label}', already published: use its identifier {value}.",
    },
}


def messages(code: str, value: str = "", *, old: str = "", label: str = "") -> dict[str, str]:
    """The messages of a repair by language."""
    return {lang: MESSAGES[code][lang].format(value=value, old=old, label=label) for lang in LANGUAGES}
