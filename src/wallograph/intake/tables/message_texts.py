# ruff: noqa: E501  (a message is one line, so that translations stand under each other)
"""The texts of `messages`: findings, what is expected, repairs, and what a workbook loses.

Out: dictionaries by code, then language. What stands in braces is filled in.
"""

MESSAGES: dict[str, dict[str, str]] = {
    "encoding-guessed": {
        "fr": "Le fichier n’est pas en UTF-8 ; il a été lu en {encoding}, séparateur {delimiter}. Vérifiez cet extrait : {value}",
        "nl": "Het bestand is niet in UTF-8; het werd gelezen als {encoding}, scheidingsteken {delimiter}. Controleer dit fragment: {value}",
        "de": "Die Datei ist nicht in UTF-8; sie wurde als {encoding} gelesen, Trennzeichen {delimiter}. Prüfen Sie diesen Auszug: {value}",
        "en": "The file is not in UTF-8; it was read as {encoding}, delimiter {delimiter}. Check this extract: {value}",
    },
    "unknown-column": {
        "fr": "La colonne « {field} » n’est pas reconnue ; elle n’est pas lue. Choisissez son champ ou ignorez-la.",
        "nl": "De kolom ‘{field}’ wordt niet herkend; ze wordt niet gelezen. Kies haar veld of negeer ze.",
        "de": "Die Spalte „{field}“ wird nicht erkannt; sie wird nicht gelesen. Wählen Sie ihr Feld oder lassen Sie sie weg.",
        "en": "The column '{field}' is not recognised; it is not read. Choose its field or ignore it.",
    },
    "person-left-out": {
        "fr": "La colonne « {field} » concerne des personnes ; elle est laissée de côté ({count} cellule(s)), rien n’en est repris.",
        "nl": "De kolom ‘{field}’ gaat over personen; ze wordt weggelaten ({count} cel(len)), er wordt niets uit overgenomen.",
        "de": "Die Spalte „{field}“ betrifft Personen; sie wird weggelassen ({count} Zelle(n)), nichts daraus wird übernommen.",
        "en": "The column '{field}' is about persons; it is left out ({count} cell(s)), nothing of it is carried over.",
    },
    "cell-not-understood": {
        "fr": "« {value} » n’est pas compris pour « {field} ». Attendu : {expected}.",
        "nl": "‘{value}’ wordt niet begrepen voor ‘{field}’. Verwacht: {expected}.",
        "de": "„{value}“ wird für „{field}“ nicht verstanden. Erwartet: {expected}.",
        "en": "'{value}' is not understood for '{field}'. Expected: {expected}.",
    },
    "value-ambiguous": {
        "fr": "« {value} » peut se lire de deux façons pour « {field} » ; il est lu comme {read}.",
        "nl": "‘{value}’ kan voor ‘{field}’ op twee manieren gelezen worden; het is gelezen als {read}.",
        "de": "„{value}“ lässt sich für „{field}“ auf zwei Arten lesen; gelesen wurde {read}.",
        "en": "'{value}' can be read in two ways for '{field}'; it is read as {read}.",
    },
    "values-normalised": {
        "fr": "Colonne « {field} » : {count} cellule(s) écrite(s) autrement, mais comprise(s), par exemple « {value} » lu {read}.",
        "nl": "Kolom ‘{field}’: {count} cel(len) anders geschreven, maar begrepen, bijvoorbeeld ‘{value}’ gelezen als {read}.",
        "de": "Spalte „{field}“: {count} Zelle(n) anders geschrieben, aber verstanden, zum Beispiel „{value}“ als {read}.",
        "en": "Column '{field}': {count} cell(s) written otherwise but understood, for example '{value}' read as {read}.",
    },
    "end-not-known": {
        "fr": "« {value} » n’est ni dans ce fichier ni dans le graphe ; la relation « {field} » n’est pas reprise.",
        "nl": "‘{value}’ staat niet in dit bestand en niet in de graaf; de relatie ‘{field}’ wordt niet overgenomen.",
        "de": "„{value}“ steht weder in dieser Datei noch im Graphen; die Beziehung „{field}“ wird nicht übernommen.",
        "en": "'{value}' is neither in this file nor in the graph; the relation '{field}' is not carried over.",
    },
    "founder-not-known": {
        "fr": "Colonne « {field} » : {count} nom(s) ne désigne(nt) aucune organisation connue ; des personnes ne sont pas reprises.",
        "nl": "Kolom ‘{field}’: {count} naam/namen zijn geen bekende organisatie; personen worden niet overgenomen.",
        "de": "Spalte „{field}“: {count} Name(n) bezeichnen keine bekannte Organisation; Personen werden nicht übernommen.",
        "en": "Column '{field}': {count} name(s) mean no known organisation; persons are not carried over.",
    },
    "relation-to-itself": {
        "fr": "« {value} » est relié à lui-même par « {field} » ; la relation n’est pas reprise.",
        "nl": "‘{value}’ is door ‘{field}’ met zichzelf verbonden; de relatie wordt niet overgenomen.",
        "de": "„{value}“ ist durch „{field}“ mit sich selbst verbunden; die Beziehung wird nicht übernommen.",
        "en": "'{value}' is tied to itself by '{field}'; the relation is not carried over.",
    },
    "place-outside-register": {
        "fr": "« {value} » n’est pas un lieu du registre wallon ; le nom du lieu est gardé tel quel.",
        "nl": "‘{value}’ is geen plaats van het Waalse register; de plaatsnaam blijft zoals vermeld.",
        "de": "„{value}“ ist kein Ort des wallonischen Registers; der Ortsname bleibt wie angegeben.",
        "en": "'{value}' is no place of the Walloon register; the place name is kept as stated.",
    },
    "row-without-name": {
        "fr": "La ligne n’a pas de nom ; sans nom elle ne peut pas être reprise.",
        "nl": "De rij heeft geen naam; zonder naam kan ze niet overgenomen worden.",
        "de": "Die Zeile hat keinen Namen; ohne Namen kann sie nicht übernommen werden.",
        "en": "The row has no name; without a name it cannot be carried over.",
    },
    "no-name-column": {
        "fr": "Aucune colonne ne donne le nom ; indiquez laquelle le contient (par exemple « Nom »).",
        "nl": "Geen enkele kolom geeft de naam; geef aan welke hem bevat (bijvoorbeeld ‘Naam’).",
        "de": "Keine Spalte gibt den Namen an; sagen Sie, welche ihn enthält (zum Beispiel „Name“).",
        "en": "No column gives the name; say which one has it (for example 'Name').",
    },
    "same-name-twice": {
        "fr": "« {value} » figure déjà à la ligne {read} ; les deux lignes sont lues comme une seule chose.",
        "nl": "‘{value}’ staat al op rij {read}; beide rijen worden als één zaak gelezen.",
        "de": "„{value}“ steht schon in Zeile {read}; beide Zeilen werden als eine Sache gelesen.",
        "en": "'{value}' stands already in row {read}; both rows are read as one thing.",
    },
    "id-not-usable": {
        "fr": "« {value} » n’est pas un identifiant de la forme …/id/{read}/référence ; il est remplacé par un autre fait du nom.",
        "nl": "‘{value}’ is geen identificatie van de vorm …/id/{read}/referentie; er wordt een andere van de naam gemaakt.",
        "de": "„{value}“ ist keine Kennung der Form …/id/{read}/Referenz; eine andere wird aus dem Namen gebildet.",
        "en": "'{value}' is no identifier of the form …/id/{read}/reference; another one is made of the name.",
    },
    "too-many-cells": {
        "fr": "La ligne a {count} cellule(s) de plus que l’en-tête ; un séparateur ou un guillemet manque peut-être. Le reste de la ligne est lu.",
        "nl": "De rij heeft {count} cel(len) meer dan de kop; misschien ontbreekt een scheidingsteken of aanhalingsteken. De rest van de rij wordt gelezen.",
        "de": "Die Zeile hat {count} Zelle(n) mehr als der Kopf; vielleicht fehlt ein Anführungszeichen. Der Rest der Zeile wird gelesen.",
        "en": "The row has {count} cell(s) more than the header; perhaps a quotation mark is missing. The rest of the row is read.",
    },
    "sheet-skipped": {
        "fr": "La feuille « {value} » est masquée ; elle n’est pas lue. Demandez-la par son nom si elle doit l’être.",
        "nl": "Het blad ‘{value}’ is verborgen; het wordt niet gelezen. Vraag het bij naam als het moet.",
        "de": "Das Blatt „{value}“ ist ausgeblendet; es wird nicht gelesen. Verlangen Sie es beim Namen, wenn es sein soll.",
        "en": "The sheet '{value}' is hidden; it is not read. Ask for it by name if it should be.",
    },
    "formula-without-value": {
        "fr": "La cellule contient une formule sans valeur enregistrée ; elle n’est pas calculée ici. Ouvrez et enregistrez le classeur, ou écrivez la valeur.",
        "nl": "De cel bevat een formule zonder opgeslagen waarde; die wordt hier niet berekend. Open en bewaar de werkmap, of schrijf de waarde.",
        "de": "Die Zelle enthält eine Formel ohne gespeicherten Wert; sie wird hier nicht berechnet. Öffnen und speichern Sie die Mappe oder schreiben Sie den Wert.",
        "en": "The cell holds a formula without a stored value; it is not computed here. Open and save the workbook, or write the value.",
    },
    "more-findings": {
        "fr": "Et {count} autre(s) constat(s) de lecture, non montré(s).",
        "nl": "En nog {count} leesbevinding(en), niet getoond.",
        "de": "Und {count} weitere(r) Lesebefund(e), nicht gezeigt.",
        "en": "And {count} more finding(s) of reading, not shown.",
    },
}  # fmt: skip

EXPECTED: dict[str, dict[str, str]] = {
    "text": {"fr": "un texte", "nl": "een tekst", "de": "ein Text", "en": "a text"},
    "link": {
        "fr": "une adresse web, par exemple https://exemple.be", "nl": "een webadres, bijvoorbeeld https://voorbeeld.be",
        "de": "eine Webadresse, zum Beispiel https://beispiel.be", "en": "a web address, for example https://example.be",
    },
    "integer": {
        "fr": "un nombre entier, par exemple 25", "nl": "een geheel getal, bijvoorbeeld 25",
        "de": "eine ganze Zahl, zum Beispiel 25", "en": "a whole number, for example 25",
    },
    "decimal": {
        "fr": "un nombre, par exemple 1234,5", "nl": "een getal, bijvoorbeeld 1234,5",
        "de": "eine Zahl, zum Beispiel 1234,5", "en": "a number, for example 1234.5",
    },
    "year": {
        "fr": "une année de quatre chiffres, par exemple 2019", "nl": "een jaartal van vier cijfers, bijvoorbeeld 2019",
        "de": "ein Jahr mit vier Ziffern, zum Beispiel 2019", "en": "a year of four digits, for example 2019",
    },
    "date": {
        "fr": "une date, par exemple 2019-03-12", "nl": "een datum, bijvoorbeeld 2019-03-12",
        "de": "ein Datum, zum Beispiel 2019-03-12", "en": "a date, for example 2019-03-12",
    },
    "boolean": {"fr": "oui ou non", "nl": "ja of nee", "de": "ja oder nein", "en": "yes or no"},
    "code": {
        "fr": "une entrée de la liste, par exemple {example}", "nl": "een ingang van de lijst, bijvoorbeeld {example}",
        "de": "ein Eintrag der Liste, zum Beispiel {example}", "en": "an entry of the list, for example {example}",
    },
    "place": {
        "fr": "une commune ou une localité de Wallonie, par son nom, son code postal ou son code NIS",
        "nl": "een gemeente of plaats van Wallonië, met naam, postcode of NIS-code",
        "de": "eine Gemeinde oder Ortschaft der Wallonie, mit Namen, Postleitzahl oder NIS-Code",
        "en": "a municipality or locality of Wallonia, by name, postcode or NIS code",
    },
    "thing": {
        "fr": "le nom d’une organisation, d’un projet ou d’un événement de ce fichier ou du graphe",
        "nl": "de naam van een organisatie, project of evenement van dit bestand of van de graaf",
        "de": "der Name einer Organisation, eines Projekts oder einer Veranstaltung dieser Datei oder des Graphen",
        "en": "the name of an organisation, a project or an event of this file or of the graph",
    },
}  # fmt: skip

REPAIRS: dict[str, dict[str, str]] = {
    "nearest": {
        "fr": "Écrire « {value} ».", "nl": "‘{value}’ schrijven.", "de": "„{value}“ schreiben.", "en": "Write '{value}'.",
    },
    "canonical": {
        "fr": "Écrire ces cellules sous leur forme simple, par exemple {value}.",
        "nl": "Deze cellen in hun eenvoudige vorm schrijven, bijvoorbeeld {value}.",
        "de": "Diese Zellen in einfacher Form schreiben, zum Beispiel {value}.",
        "en": "Write these cells in their plain form, for example {value}.",
    },
}  # fmt: skip

LOSSES: dict[str, dict[str, str]] = {
    "macros": {"fr": "les macros", "nl": "de macro’s", "de": "die Makros", "en": "macros"},
    "charts": {"fr": "les graphiques", "nl": "de grafieken", "de": "die Diagramme", "en": "charts"},
    "pivots": {"fr": "les tableaux croisés", "nl": "de draaitabellen", "de": "die Pivot-Tabellen", "en": "pivot tables"},
    "images": {"fr": "les images et dessins", "nl": "afbeeldingen en tekeningen", "de": "Bilder und Zeichnungen", "en": "images and drawings"},
    "controls": {"fr": "les contrôles de formulaire", "nl": "de formulierelementen", "de": "die Formularelemente", "en": "form controls"},
    "connections": {"fr": "les connexions à d’autres données", "nl": "de verbindingen met andere gegevens", "de": "die Verbindungen zu anderen Daten", "en": "connections to other data"},
    "signature": {"fr": "la signature électronique", "nl": "de elektronische handtekening", "de": "die elektronische Signatur", "en": "the electronic signature"},
    "formula-values": {"fr": "les valeurs calculées des formules (recalculées à l’ouverture)", "nl": "de berekende waarden van formules (bij openen herberekend)", "de": "die berechneten Werte der Formeln (beim Öffnen neu berechnet)", "en": "computed values of formulas (computed again on opening)"},
}  # fmt: skip
