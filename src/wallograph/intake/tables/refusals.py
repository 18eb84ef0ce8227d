# ruff: noqa: E501  (a message is one line, so that translations stand under each other)
"""Why a table is not read at all, in four languages.

In: a code and its values. Out: the exception that carries the messages; its text is English.
"""

from typing import Final

from wallograph.errors import InputError, ParseError, TooLarge, Unsupported

REFUSALS: Final[dict[str, dict[str, str]]] = {
    # -- ParseError
    "quote-open": {
        "fr": "Un guillemet est ouvert ici et jamais fermé ; fermez-le ou supprimez-le.",
        "nl": "Hier begint een aanhalingsteken dat nergens sluit; sluit of verwijder het.",
        "de": "Hier öffnet sich ein Anführungszeichen, das sich nie schließt; schließen oder entfernen Sie es.",
        "en": "A quotation mark is opened here and never closed; close it or remove it.",
    },
    "not-decodable": {
        "fr": "Le fichier ne peut pas être lu en {encoding} ; choisissez un autre encodage.",
        "nl": "Het bestand kan niet als {encoding} gelezen worden; kies een andere codering.",
        "de": "Die Datei lässt sich nicht als {encoding} lesen; wählen Sie eine andere Kodierung.",
        "en": "The file cannot be read as {encoding}; choose another encoding.",
    },
    "empty": {
        "fr": "Le fichier n’a aucune ligne.", "nl": "Het bestand heeft geen rijen.",
        "de": "Die Datei hat keine Zeilen.", "en": "The file has no rows.",
    },
    "bad-zip": {
        "fr": "Le classeur est endommagé : il ne peut pas être décompressé. Enregistrez-le à nouveau.",
        "nl": "De werkmap is beschadigd: ze kan niet uitgepakt worden. Bewaar ze opnieuw.",
        "de": "Die Arbeitsmappe ist beschädigt: Sie lässt sich nicht entpacken. Speichern Sie sie noch einmal.",
        "en": "The workbook is damaged: it cannot be unpacked. Save it again.",
    },
    "bad-workbook": {
        "fr": "Le classeur est endommagé ou utilise ce qui ne peut pas être lu. Enregistrez-le à nouveau en XLSX.",
        "nl": "De werkmap is beschadigd of gebruikt wat niet gelezen kan worden. Bewaar ze opnieuw als XLSX.",
        "de": "Die Arbeitsmappe ist beschädigt oder verwendet, was nicht lesbar ist. Speichern Sie sie noch einmal als XLSX.",
        "en": "The workbook is damaged or uses what cannot be read. Save it again as XLSX.",
    },
    # -- Unsupported
    "binary": {
        "fr": "Ce n’est pas un fichier texte : il contient des données binaires. Donnez du CSV, ou le classeur en XLSX.",
        "nl": "Dit is geen tekstbestand: het bevat binaire gegevens. Geef CSV, of de werkmap als XLSX.",
        "de": "Dies ist keine Textdatei: Sie enthält Binärdaten. Geben Sie CSV oder die Arbeitsmappe als XLSX.",
        "en": "This is not a text file: it holds binary data. Hand in CSV, or the workbook as XLSX.",
    },
    "zip-as-csv": {
        "fr": "Le fichier se dit CSV, mais c’est un fichier compressé ; si c’est un classeur, donnez-le comme .xlsx.",
        "nl": "Het bestand zegt CSV te zijn, maar is een gecomprimeerd bestand; is het een werkmap, geef ze als .xlsx.",
        "de": "Die Datei gibt sich als CSV aus, ist aber eine gepackte Datei; ist es eine Arbeitsmappe, geben Sie sie als .xlsx.",
        "en": "The file says it is CSV, but it is a packed file; if it is a workbook, hand it in as .xlsx.",
    },
    "not-xlsx": {
        "fr": "Le fichier se dit XLSX, mais ne l’est pas ; enregistrez-le à nouveau en XLSX ou en CSV.",
        "nl": "Het bestand zegt XLSX te zijn, maar is het niet; bewaar het opnieuw als XLSX of als CSV.",
        "de": "Die Datei gibt sich als XLSX aus, ist es aber nicht; speichern Sie sie noch einmal als XLSX oder CSV.",
        "en": "The file says it is XLSX, but it is not; save it again as XLSX or as CSV.",
    },
    "html": {
        "fr": "Le fichier est une page web, pas un tableau ; enregistrez-le en XLSX ou CSV depuis le programme d’origine.",
        "nl": "Het bestand is een webpagina, geen tabel; bewaar het als XLSX of CSV vanuit het oorspronkelijke programma.",
        "de": "Die Datei ist eine Webseite, keine Tabelle; speichern Sie sie aus dem Programm, das sie machte, als XLSX oder CSV.",
        "en": "The file is a web page, not a table; save it as XLSX or CSV from the program that made it.",
    },
    "not-a-table": {
        "fr": "Le fichier n’est pas un tableau (contenu : {what}) ; donnez du CSV ou du XLSX.",
        "nl": "Het bestand is geen tabel (inhoud: {what}); geef CSV of XLSX.",
        "de": "Die Datei ist keine Tabelle (Inhalt: {what}); geben Sie CSV oder XLSX.",
        "en": "The file is not a table (content: {what}); hand in CSV or XLSX.",
    },
    "old-xls": {
        "fr": "Le fichier est un ancien classeur Excel (.xls) ; enregistrez-le en XLSX.",
        "nl": "Het bestand is een oude Excel-werkmap (.xls); bewaar het als XLSX.",
        "de": "Die Datei ist eine alte Excel-Arbeitsmappe (.xls); speichern Sie sie als XLSX.",
        "en": "The file is an old Excel workbook (.xls); save it as XLSX.",
    },
    "encrypted": {
        "fr": "Le classeur est protégé par un mot de passe ; enregistrez-le sans mot de passe.",
        "nl": "De werkmap is met een wachtwoord beveiligd; bewaar ze zonder wachtwoord.",
        "de": "Die Arbeitsmappe ist mit einem Kennwort geschützt; speichern Sie sie ohne Kennwort.",
        "en": "The workbook is protected by a password; save it without one.",
    },
    "xlsb": {
        "fr": "Le fichier est un classeur binaire (.xlsb) ; enregistrez-le en XLSX.",
        "nl": "Het bestand is een binaire werkmap (.xlsb); bewaar het als XLSX.",
        "de": "Die Datei ist eine binäre Arbeitsmappe (.xlsb); speichern Sie sie als XLSX.",
        "en": "The file is a binary workbook (.xlsb); save it as XLSX.",
    },
    "ods": {
        "fr": "Le fichier est un tableur OpenDocument ; enregistrez-le en XLSX ou CSV.",
        "nl": "Het bestand is een OpenDocument-rekenblad; bewaar het als XLSX of CSV.",
        "de": "Die Datei ist eine OpenDocument-Tabelle; speichern Sie sie als XLSX oder CSV.",
        "en": "The file is an OpenDocument spreadsheet; save it as XLSX or CSV.",
    },
    "doctype": {
        "fr": "Le classeur déclare un type de document ou un encodage inhabituel ; il n’est pas ouvert.",
        "nl": "De werkmap verklaart een documenttype of een ongewone codering; ze wordt niet geopend.",
        "de": "Die Arbeitsmappe erklärt einen Dokumenttyp oder eine ungewöhnliche Kodierung; sie wird nicht geöffnet.",
        "en": "The workbook declares a document type or an odd encoding; it is not opened.",
    },
    # -- TooLarge
    "too-large": {
        "fr": "Le fichier dépasse ce qui est lu ici ({limit} : au plus {most}). Divisez-le.",
        "nl": "Het bestand is groter dan wat hier gelezen wordt ({limit}: hoogstens {most}). Splits het op.",
        "de": "Die Datei ist größer, als hier gelesen wird ({limit}: höchstens {most}). Teilen Sie sie.",
        "en": "The file is larger than what is read here ({limit}: at most {most}). Split it.",
    },
    "bomb": {
        "fr": "Décompressé, le classeur est bien plus grand que sa taille ({limit} : au plus {most}) ; il n’est pas ouvert.",
        "nl": "Uitgepakt is de werkmap veel groter dan haar omvang ({limit}: hoogstens {most}); ze wordt niet geopend.",
        "de": "Entpackt ist die Arbeitsmappe weit größer als ihre Datei ({limit}: höchstens {most}); sie wird nicht geöffnet.",
        "en": "Unpacked, the workbook is far larger than its file ({limit}: at most {most}); it is not opened.",
    },
    # -- InputError: what was asked for cannot be done
    "unknown-encoding": {
        "fr": "Cet encodage n’est pas connu ici ; choisissez parmi {known}.",
        "nl": "Deze codering is hier niet bekend; kies uit {known}.",
        "de": "Diese Kodierung ist hier nicht bekannt; wählen Sie aus {known}.",
        "en": "This encoding is not known here; choose one of {known}.",
    },
    "unknown-delimiter": {
        "fr": "Ce séparateur ne convient pas ; choisissez ; , | ou la tabulation.",
        "nl": "Dit scheidingsteken past niet; kies ; , | of tab.",
        "de": "Dieses Trennzeichen passt nicht; wählen Sie ; , | oder Tabulator.",
        "en": "This delimiter cannot be used; choose one of ; , | or tab.",
    },
    "no-such-sheet": {
        "fr": "Aucune feuille ne porte ce nom ; les feuilles sont : {known}.",
        "nl": "Er is geen blad met die naam; de bladen zijn: {known}.",
        "de": "Es gibt kein Blatt dieses Namens; die Blätter sind: {known}.",
        "en": "There is no sheet of that name; the sheets are: {known}.",
    },
    "bad-mapping": {
        "fr": "La correspondance des colonnes n’est pas utilisable : {what}. Enregistrez-la à nouveau.",
        "nl": "De toewijzing van kolommen is niet bruikbaar: {what}. Bewaar ze opnieuw.",
        "de": "Die Spaltenzuordnung ist nicht verwendbar: {what}. Speichern Sie sie noch einmal.",
        "en": "The mapping of columns cannot be used: {what}. Save it again.",
    },
    "not-encodable": {
        "fr": "La correction contient « {what} », qui ne s’écrit pas en {encoding} ; enregistrez d’abord le fichier en UTF-8.",
        "nl": "De verbetering bevat ‘{what}’, dat niet in {encoding} te schrijven is; bewaar het bestand eerst in UTF-8.",
        "de": "Die Berichtigung enthält „{what}“, das sich in {encoding} nicht schreiben lässt; speichern Sie die Datei erst in UTF-8.",
        "en": "The correction holds '{what}', which cannot be written in {encoding}; save the file in UTF-8 first.",
    },
}  # fmt: skip
_UNSUPPORTED: Final = frozenset(
    ("binary", "zip-as-csv", "not-xlsx", "html", "not-a-table", "old-xls", "encrypted", "xlsb", "ods", "doctype")
)
_ASKED: Final = frozenset(
    ("unknown-encoding", "unknown-delimiter", "no-such-sheet", "bad-mapping", "not-encodable")
)


def refuse(code: str, *, line: int | None = None, column: int | None = None, **values: object) -> InputError:
    """The exception for a file that is not read, with its messages; the place is of ParseErrors."""
    texts = {lang: text.format(**values) for lang, text in REFUSALS[code].items()}
    error: InputError
    if code in _UNSUPPORTED:
        error = Unsupported(texts["en"])
    elif code in _ASKED:
        error = InputError(texts["en"])
    else:
        error = ParseError(texts["en"], line=line, column=column)
    error.code, error.messages = code, texts
    return error


def too_large(limit: str, most: int, code: str = "too-large") -> TooLarge:
    """The exception for a file that goes past a limit of reading, by the name of the limit."""
    texts = {lang: text.format(limit=limit, most=most) for lang, text in REFUSALS[code].items()}
    error = TooLarge(texts["en"], limit=limit)
    error.code, error.messages = code, texts
    return error
