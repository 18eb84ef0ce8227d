# Data quality.
nav-quality = Datenqualität
quality-lead = Was der Graph enthält und was fehlt, gemessen an der Ausgabe vom { $date }.
quality-not-recorded = „Nicht angegeben“ heißt, dass keine unserer Quellen es sagt, nicht dass es das nicht gibt.
quality-completeness = Was angegeben ist
quality-actor = Organisationen
quality-project = Projekte und Programme
quality-event = Veranstaltungen
quality-of = { NUMBER($n) } von { NUMBER($of) }
quality-percent = { $n } %
quality-by-kind = Nach Art
quality-kinds-text = Eine Organisation kann mehrere Arten haben und zählt dann bei jeder. Ein Prozentsatz führt zur Liste dessen, was fehlt.
quality-kind = Art
quality-things = Anzahl
quality-field-kind = Art
quality-field-place = Ort
quality-field-founded = Gründung
quality-field-start = Anfang
quality-field-end = Ende
quality-field-theme = Thema
quality-field-description = Beschreibung
quality-field-homepage = Website
quality-field-identifier = Kennung andernorts
quality-field-employees = Personal
quality-field-budget = Budget
quality-missing-kind = Art nicht angegeben
quality-missing-place = Ort nicht angegeben
quality-missing-founded = Gründungsjahr nicht angegeben
quality-missing-start = Anfangsjahr nicht angegeben
quality-missing-end = Endjahr nicht angegeben
quality-missing-theme = Thema nicht angegeben
quality-missing-description = Beschreibung nicht angegeben
quality-missing-homepage = Website nicht angegeben
quality-missing-identifier = Keine Kennung andernorts angegeben
quality-missing-employees = Personal nicht angegeben
quality-missing-budget = Budget nicht angegeben
quality-missing-n = Nicht angegeben für { NUMBER($n) }
quality-all-recorded = Überall angegeben

# Freshness
quality-freshness = Alter der Seiten
quality-freshness-text =
  Alter der Seiten und Register am Tag der Ausgabe. Die Hälfte der datierten Seiten ist älter als { NUMBER($years, maximumFractionDigits: 1) } { $years ->
    [one] Jahr
   *[other] Jahre
  }.
quality-undated-all = Keine Seite ist datiert.
quality-age-under-1 = unter einem Jahr
quality-age-under-3 = 1 bis 3 Jahre
quality-age-under-5 = 3 bis 5 Jahre
quality-age-under-10 = 5 bis 10 Jahre
quality-age-over-10 = über 10 Jahre
quality-age-undated = Datum unbekannt
quality-age = Alter
quality-years =
  { $years ->
    [one] { NUMBER($years, maximumFractionDigits: 1) } Jahr
   *[other] { NUMBER($years, maximumFractionDigits: 1) } Jahre
  }
quality-by-source = Was jede Quelle sagt
quality-sources-text = Für jede Seite oder jedes Register: von wie vielen Sachen die Rede ist, und für wie viele davon jede Angabe gemacht wird. Eine Seite muss nicht alles sagen.
quality-source = Quelle
quality-says = was sie angibt
quality-says-nothing = nichts von dem, was hier gemessen wird

# What is doubtful
quality-warnings = Was nicht übereinstimmt
quality-warnings-text = Quellen widersprechen einander, oder eine Aussage fällt auf. Alles bleibt veröffentlicht, jeder Wert mit seiner Quelle; wir entscheiden nicht.
quality-warnings-none = Es wurde kein Widerspruch gefunden.
quality-rules = Befunde nach Regel
quality-rule = Regel
quality-count = Anzahl
quality-severity = Schwere
quality-list = Liste
quality-severity-violation = zurückgehalten
quality-severity-warning = zu prüfen
quality-severity-info = gut zu wissen
quality-rules-none = Keine Regel hat etwas gefunden.
quality-held = Zurückgehalten oder nicht zugeordnet
quality-held-text = Eingegangene Aussagen, die nicht im Graphen stehen: Sie können so nicht stimmen, oder wir fanden nicht, wovon sie handeln. Sie kehren zurück, sobald die Quelle berichtigt ist.
quality-held-none = Es wurde keine Aussage zurückgehalten.
quality-show-more =
  { $n ->
    [one] { $n } Befund zeigen
   *[other] Alle { $n } Befunde zeigen
  }

# Worklists
quality-worklists = Arbeitslisten
quality-worklists-text = Was jemand ergänzen oder berichtigen kann. Jede Liste hat eine feste Adresse und lässt sich als CSV herunterladen, um sie der Person zu senden, die Bescheid weiß.
quality-worklists-go = Alle Arbeitslisten
quality-family-field = Was fehlt
quality-family-rule = Was die Regeln melden
quality-family-reading = Was das Lesen der Quellen meldet
quality-units = Was bei ihren Einheiten fehlt
quality-selected-kind = Art: { $name }
quality-selected-source = Nach { $name }
quality-selected-part-of = Einheiten von: { $name }
quality-selected-none = Alles entfernen
quality-selection = Auswahl
quality-field-text = Für diese Sachen sagt es keine Quelle, die wir gelesen haben: Das beweist nicht, dass es das nicht gibt. Unter jedem Namen die Quellen, die davon sprechen.
quality-reading-text = Befunde beim Lesen der Tabellen; jeder nennt seine Zeile.
quality-list-empty = Die Liste ist leer: In dieser Version gibt es hier nichts zu ergänzen.
quality-download = Die Liste herunterladen
quality-formats = Andere Formate
quality-formats-text = Dieselben Messungen in RDF (W3C Data Quality Vocabulary).
quality-rule-go = Die Regel in Worten
quality-column-name = Name
quality-column-iri = Adresse
quality-column-kind = Art
quality-column-what = was fehlt oder nicht stimmt
quality-column-values = Werte und ihre Quellen
quality-column-sources = Quellen
quality-column-pages = Seiten
quality-column-where = Datei und Zeile
quality-column-message = Meldung

# Codes of what reading the sources finds
quality-code-unknown-code = Unbekannter Wert einer Liste
quality-code-place-outside-register = Ort außerhalb des wallonischen Registers
quality-code-not-a-number = Wert, der keine Zahl ist
quality-code-not-a-year = Wert, der keine Jahreszahl ist
quality-code-wrong-enterprise-number = Falsche Unternehmensnummer
quality-code-website-completed = Ergänzte Webadresse
quality-code-not-an-address = Wert, der keine Webadresse ist
quality-code-no-row-of-that-name = Name ohne Zeile
quality-code-cell-without-evidence = Zelle, die keine Seite bestätigt
quality-code-unresolved-end = Beziehung mit unbekanntem Ende
quality-code-relation-to-itself = Beziehung einer Sache zu sich selbst
quality-code-register-row-withdrawn = Vom Register zurückgezogener Eintrag
quality-code-relation-not-mapped = Beziehung des Registers ohne Entsprechung
quality-code-figure-twice = Zweimal angegebene Zahl
quality-code-figure-without-number = Zahlenangabe ohne Zahl
