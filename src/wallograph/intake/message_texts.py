"""The texts of `intake.messages`, one block for each code.

Out: `MESSAGES`. What stands in braces is filled in: names of formats, limits, prefixes; never a value of a file.
"""
# ruff: noqa: E501 -- a message is one line, so that translations stand under each other

MESSAGES: dict[str, dict[str, str]] = {
    # -- a file is refused
    "file-too-large": {
        "fr": "Le fichier est trop grand : au plus {most} octets sont lus. Divisez-le en plusieurs fichiers.",
        "nl": "Het bestand is te groot: er worden hoogstens {most} bytes gelezen. Splits het op in meer bestanden.",
        "de": "Die Datei ist zu groß: Höchstens {most} Bytes werden gelesen. Teilen Sie sie in mehrere Dateien.",
        "en": "The file is too large: at most {most} bytes are read. Split it into several files.",
    },
    "unpacked-too-large": {
        "fr": "Décompressé, le fichier est bien trop grand pour ce qu’il contient ; il n’est pas lu.",
        "nl": "Uitgepakt is het bestand veel te groot; het wordt niet gelezen.",
        "de": "Entpackt ist die Datei viel zu groß; sie wird nicht gelesen.",
        "en": "Unpacked, the file is far too large; it is not read.",
    },
    "too-many-quads": {
        "fr": "Le fichier a trop de triplets : au plus {most} sont lus. Divisez-le en plusieurs fichiers.",
        "nl": "Het bestand heeft te veel triples: er worden er hoogstens {most} gelezen. Splits het op in meer bestanden.",
        "de": "Die Datei hat zu viele Tripel: Höchstens {most} werden gelesen. Teilen Sie sie in mehrere Dateien.",
        "en": "The file has too many triples: at most {most} are read. Split it into several files.",
    },
    "nested-too-deep": {
        "fr": "Des parenthèses, objets ou éléments sont imbriqués sur plus de {most} niveaux ; le fichier n’est pas lu.",
        "nl": "Haakjes, objecten of elementen zijn meer dan {most} niveaus diep genest; het bestand wordt niet gelezen.",
        "de": "Klammern, Objekte oder Elemente sind mehr als {most} Ebenen tief verschachtelt; die Datei wird nicht gelesen.",
        "en": "Brackets, objects or elements are nested more than {most} levels deep; the file is not read.",
    },
    "text-too-long": {
        "fr": "Un texte a plus de {most} caractères ; le fichier n’est pas lu. Raccourcissez-le ou donnez un lien.",
        "nl": "Een tekst heeft meer dan {most} tekens; het bestand wordt niet gelezen. Kort hem in of geef een link.",
        "de": "Ein Text hat mehr als {most} Zeichen; die Datei wird nicht gelesen. Kürzen Sie ihn oder geben Sie einen Link an.",
        "en": "A text has more than {most} characters; the file is not read. Shorten it or give a link.",
    },
    "empty-file": {
        "fr": "Le fichier est vide.",
        "nl": "Het bestand is leeg.",
        "de": "Die Datei ist leer.",
        "en": "The file is empty.",
    },
    "unknown-format": {
        "fr": "Le format du fichier n’est pas reconnu. Sont lus : Turtle (.ttl), TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, CSV et XLSX.",
        "nl": "Het formaat van het bestand wordt niet herkend. Gelezen worden: Turtle (.ttl), TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, CSV en XLSX.",
        "de": "Das Format der Datei wird nicht erkannt. Gelesen werden: Turtle (.ttl), TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, CSV und XLSX.",
        "en": "The format of the file is not recognised. Read are: Turtle (.ttl), TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, CSV and XLSX.",
    },
    "unknown-media-type": {
        "fr": "Le type « {stated} » n’est pas lu. Sont lus : text/turtle, application/trig, application/n-triples, application/n-quads, application/ld+json, application/rdf+xml, text/csv et XLSX.",
        "nl": "Het type ‘{stated}’ wordt niet gelezen. Gelezen worden: text/turtle, application/trig, application/n-triples, application/n-quads, application/ld+json, application/rdf+xml, text/csv en XLSX.",
        "de": "Der Typ „{stated}“ wird nicht gelesen. Gelesen werden: text/turtle, application/trig, application/n-triples, application/n-quads, application/ld+json, application/rdf+xml, text/csv und XLSX.",
        "en": "The type '{stated}' is not read. Read are: text/turtle, application/trig, application/n-triples, application/n-quads, application/ld+json, application/rdf+xml, text/csv and XLSX.",
    },
    "not-what-it-says": {
        "fr": "Le fichier se dit {stated}, mais son contenu est {found}. Vérifiez le fichier ou son extension.",
        "nl": "Het bestand zegt {stated} te zijn, maar de inhoud is {found}. Controleer het bestand of zijn extensie.",
        "de": "Die Datei gibt sich als {stated} aus, ihr Inhalt ist aber {found}. Prüfen Sie die Datei oder ihre Endung.",
        "en": "The file says it is {stated}, but its content is {found}. Check the file or its extension.",
    },
    "not-read-here": {
        "fr": "Le contenu du fichier est {found} ; ce format n’est pas lu.",
        "nl": "De inhoud van het bestand is {found}; dat formaat wordt niet gelezen.",
        "de": "Der Inhalt der Datei ist {found}; dieses Format wird nicht gelesen.",
        "en": "The content of the file is {found}; that format is not read.",
    },
    "packed": {
        "fr": "Le fichier est compressé ({found}). Décompressez-le et envoyez ce qu’il contient.",
        "nl": "Het bestand is gecomprimeerd ({found}). Pak het uit en stuur wat erin zit.",
        "de": "Die Datei ist gepackt ({found}). Entpacken Sie sie und senden Sie, was darin ist.",
        "en": "The file is compressed ({found}). Unpack it and send what is in it.",
    },
    "wrong-encoding": {
        "fr": "Le fichier dit être en {encoding}, mais cet endroit ne l’est pas. Enregistrez-le en UTF-8.",
        "nl": "Het bestand zegt in {encoding} te zijn, maar deze plaats is dat niet. Sla het op als UTF-8.",
        "de": "Die Datei gibt {encoding} als Kodierung an, diese Stelle ist es aber nicht. Speichern Sie sie als UTF-8.",
        "en": "The file says it is in {encoding}, but this place is not. Save it as UTF-8.",
    },
    "unknown-encoding": {
        "fr": "L’encodage que le fichier indique n’est pas lu. Enregistrez-le en UTF-8.",
        "nl": "De codering die het bestand vermeldt, wordt niet gelezen. Sla het op als UTF-8.",
        "de": "Die Kodierung, die die Datei nennt, wird nicht gelesen. Speichern Sie sie als UTF-8.",
        "en": "The encoding that the file names is not read. Save it as UTF-8.",
    },
    "remote-context": {
        "fr": "Un contexte JSON-LD distant n’est jamais téléchargé. Copiez son contenu dans « @context », ou écrivez « {context} ».",
        "nl": "Een JSON-LD-context op afstand wordt nooit opgehaald. Kopieer de inhoud ervan in ‘@context’ of schrijf ‘{context}’.",
        "de": "Ein entfernter JSON-LD-Kontext wird nie geladen. Kopieren Sie seinen Inhalt in „@context“ oder schreiben Sie „{context}“.",
        "en": "A remote JSON-LD context is never fetched. Copy its content into '@context', or write '{context}'.",
    },
    "doctype": {
        "fr": "Les déclarations DOCTYPE et les entités XML ne sont pas lues. Retirez-les et écrivez les IRI en entier.",
        "nl": "DOCTYPE-declaraties en XML-entiteiten worden niet gelezen. Verwijder ze en schrijf de IRI's voluit.",
        "de": "DOCTYPE-Deklarationen und XML-Entitäten werden nicht gelesen. Entfernen Sie sie und schreiben Sie die IRIs aus.",
        "en": "DOCTYPE declarations and XML entities are not read. Remove them and write the IRIs in full.",
    },
    "not-read-as": {
        "fr": "Le fichier ne peut pas être lu en {format} à partir d’ici.",
        "nl": "Het bestand kan vanaf hier niet als {format} gelezen worden.",
        "de": "Die Datei kann ab hier nicht als {format} gelesen werden.",
        "en": "From here on the file cannot be read as {format}.",
    },
    "edits-overlap": {
        "fr": "Deux corrections touchent le même endroit ; choisissez-en une.",
        "nl": "Twee correcties raken dezelfde plaats; kies er één.",
        "de": "Zwei Korrekturen betreffen dieselbe Stelle; wählen Sie eine.",
        "en": "Two corrections touch the same place; choose one.",
    },
    "edit-without-place": {
        "fr": "Une correction n’a pas de place dans le fichier.",
        "nl": "Een correctie heeft geen plaats in het bestand.",
        "de": "Eine Korrektur hat keine Stelle in der Datei.",
        "en": "A correction has no place in the file.",
    },
    # -- findings about syntax (code of the finding: syntax)
    "unknown-prefix": {
        "fr": "Le préfixe « {prefix}: » n’est pas déclaré. Ajoutez une ligne « @prefix {prefix}: <…> . » en tête du fichier.",
        "nl": "Het prefix ‘{prefix}:’ is niet gedeclareerd. Voeg bovenaan een regel ‘@prefix {prefix}: <…> .’ toe.",
        "de": "Das Präfix „{prefix}:“ ist nicht deklariert. Fügen Sie am Anfang eine Zeile „@prefix {prefix}: <…> .“ ein.",
        "en": "The prefix '{prefix}:' is not declared. Add a line '@prefix {prefix}: <…> .' at the top of the file.",
    },
    "no-prefixes": {
        "fr": "{format} n’a pas de préfixes : écrivez l’adresse en entier entre < et >, ou nommez le fichier .ttl.",
        "nl": "{format} heeft geen prefixen: schrijf het adres voluit tussen < en >, of noem het bestand .ttl.",
        "de": "{format} hat keine Präfixe: Schreiben Sie die Adresse aus, zwischen < und >, oder nennen Sie die Datei .ttl.",
        "en": "{format} has no prefixes: write the address in full between < and >, or name the file .ttl.",
    },
    "relative-iri": {
        "fr": "Cette adresse est relative et rien ne dit par rapport à quoi. Écrivez-la en entier ou déclarez une base.",
        "nl": "Dit adres is relatief en niets zegt ten opzichte waarvan. Schrijf het voluit of declareer een basis.",
        "de": "Diese Adresse ist relativ, und nichts sagt wozu. Schreiben Sie sie aus oder deklarieren Sie eine Basis.",
        "en": "This address is relative and nothing says to what. Write it in full or declare a base.",
    },
    "wrong-language": {
        "fr": "Ce n’est pas une étiquette de langue. Écrivez par exemple @fr, @nl, @de ou @en.",
        "nl": "Dit is geen taalcode. Schrijf bijvoorbeeld @fr, @nl, @de of @en.",
        "de": "Das ist kein Sprachkürzel. Schreiben Sie zum Beispiel @fr, @nl, @de oder @en.",
        "en": "This is no language tag. Write for instance @fr, @nl, @de or @en.",
    },
    "wrong-escape": {
        "fr": "Une barre oblique inverse « \\ » est suivie d’un signe qui n’est pas permis. Pour la barre elle-même, écrivez « \\\\ ».",
        "nl": "Na een backslash ‘\\’ staat een teken dat niet mag. Schrijf ‘\\\\’ voor de backslash zelf.",
        "de": "Nach einem Rückstrich „\\“ steht ein unerlaubtes Zeichen. Für den Rückstrich selbst schreiben Sie „\\\\“.",
        "en": "A backslash '\\' is followed by a sign that is not allowed. For the backslash itself write '\\\\'.",
    },
    "wrong-iri": {
        "fr": "Cette adresse (IRI) n’est pas valable : une espace, par exemple, s’y écrit %20.",
        "nl": "Dit adres (IRI) is niet geldig: een spatie bijvoorbeeld schrijf je daarin als %20.",
        "de": "Diese Adresse (IRI) ist nicht gültig: Ein Leerzeichen zum Beispiel schreibt man darin %20.",
        "en": "This address (IRI) is not valid: a space, for instance, is written %20 in it.",
    },
    "ends-early": {
        "fr": "La phrase n’est pas finie : un guillemet, un crochet ou le point final manque.",
        "nl": "De zin is niet af: er ontbreekt een aanhalingsteken, een haakje of de punt op het einde.",
        "de": "Der Satz ist nicht zu Ende: Ein Anführungszeichen, eine Klammer oder der Schlusspunkt fehlt.",
        "en": "The statement is not finished: a quotation mark, a bracket or the full stop is missing.",
    },
    "string-not-closed": {
        "fr": "Le texte entre guillemets n’est pas fermé sur sa ligne. Fermez-le, ou utilisez trois guillemets \"\"\".",
        "nl": "De tekst tussen aanhalingstekens is op zijn regel niet gesloten. Sluit hem of gebruik er drie \"\"\".",
        "de": "Der Text in Anführungszeichen ist auf seiner Zeile nicht geschlossen. Schließen Sie ihn oder nehmen Sie drei \"\"\".",
        "en": "The quoted text is not closed on its line. Close it, or use three quotation marks \"\"\".",
    },
    "missing-stop": {
        "fr": "Il manque ici un point « . » (fin) ou un point-virgule « ; » (suite).",
        "nl": "Hier ontbreekt een punt ‘.’ (einde) of een puntkomma ‘;’ (vervolg).",
        "de": "Hier fehlt ein Punkt „.“ (Ende) oder ein Strichpunkt „;“ (Fortsetzung).",
        "en": "Here a full stop '.' (end) or a semicolon ';' (more to come) is missing.",
    },
    "rdf-newer": {
        "fr": "Ceci est de RDF 1.2 (énoncés sur des énoncés, direction du texte), qui n’est pas lu ici. Utilisez RDF 1.1.",
        "nl": "Dit is RDF 1.2 (uitspraken over uitspraken, schrijfrichting), dat hier niet gelezen wordt. Gebruik RDF 1.1.",
        "de": "Das ist RDF 1.2 (Aussagen über Aussagen, Schreibrichtung), das hier nicht gelesen wird. Nehmen Sie RDF 1.1.",
        "en": "This is RDF 1.2 (statements about statements, text direction), which is not read here. Use RDF 1.1.",
    },
    "not-understood": {
        "fr": "Cette phrase n’est pas comprise à partir d’ici ; elle est laissée de côté.",
        "nl": "Deze zin wordt vanaf hier niet begrepen; hij wordt weggelaten.",
        "de": "Dieser Satz wird ab hier nicht verstanden; er wird weggelassen.",
        "en": "This statement is not understood from here on; it is left out.",
    },
    # -- other findings
    "too-many-errors": {
        "fr": "Il y a trop d’erreurs : le reste du fichier n’a pas été lu.",
        "nl": "Er zijn te veel fouten: de rest van het bestand is niet gelezen.",
        "de": "Es gibt zu viele Fehler: Der Rest der Datei wurde nicht gelesen.",
        "en": "There are too many errors: the rest of the file was not read.",
    },
    "encoding-guessed": {
        "fr": "Le fichier n’est pas en UTF-8 ; il a été lu comme {encoding}. Vérifiez les accents, et enregistrez-le en UTF-8.",
        "nl": "Het bestand is niet in UTF-8; het werd als {encoding} gelezen. Controleer de accenten en sla het op als UTF-8.",
        "de": "Die Datei ist nicht in UTF-8; sie wurde als {encoding} gelesen. Prüfen Sie die Umlaute und speichern Sie sie als UTF-8.",
        "en": "The file is not in UTF-8; it was read as {encoding}. Check the accents, and save it as UTF-8.",
    },
    "not-utf-8": {
        "fr": "Le fichier est en {encoding} ; il a été lu, mais ce format s’écrit en UTF-8.",
        "nl": "Het bestand is in {encoding}; het werd gelezen, maar dit formaat hoort in UTF-8.",
        "de": "Die Datei ist in {encoding}; sie wurde gelesen, aber dieses Format schreibt man in UTF-8.",
        "en": "The file is in {encoding}; it was read, but this format is written in UTF-8.",
    },
    "unknown-key": {
        "fr": "La clé « {key} » n’est pas dans le contexte ; ce qu’elle dit n’est pas lu.",
        "nl": "De sleutel ‘{key}’ staat niet in de context; wat hij zegt, wordt niet gelezen.",
        "de": "Der Schlüssel „{key}“ steht nicht im Kontext; was er sagt, wird nicht gelesen.",
        "en": "The key '{key}' is not in the context; what it says is not read.",
    },
    "left-out-silently": {
        "fr": "Ceci ne donne aucun triplet : l’adresse est relative et rien ne dit par rapport à quoi.",
        "nl": "Dit levert geen triple op: het adres is relatief en niets zegt ten opzichte waarvan.",
        "de": "Das ergibt kein Tripel: Die Adresse ist relativ, und nichts sagt wozu.",
        "en": "This gives no triple: the address is relative and nothing says to what.",
    },
    "person-left-out": {
        "fr": "« {field} » concerne une personne physique ; rien n’en est repris ni publié.",
        "nl": "‘{field}’ gaat over een natuurlijke persoon; er wordt niets van overgenomen of gepubliceerd.",
        "de": "„{field}“ betrifft eine natürliche Person; nichts davon wird übernommen oder veröffentlicht.",
        "en": "'{field}' is about a natural person; nothing of it is carried over or published.",
    },
}  # fmt: skip
