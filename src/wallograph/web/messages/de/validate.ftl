# Checking a file: the page, its result, and the form.
validate-title = Daten prüfen
validate-lead = Eine Tabelle, eine RDF-Datei oder ein paar Zeilen: Sie erfahren in einfachen Worten, was nicht stimmt, in welcher Zeile, und wie Sie es beheben.
validate-nothing-enters = Nichts gelangt in den Graphen und nichts wird aufbewahrt: Die Datei wird gelesen und dann vergessen.
validate-persons = Was Personen betrifft (Namen, E-Mail-Adressen, Telefonnummern), wird weggelassen.
validate-way-file = Eine Datei
validate-way-file-text = Excel (XLSX), CSV, Turtle, TriG, N-Triples, N-Quads, JSON-LD oder RDF/XML; höchstens { $mb } MB.
validate-drop = Datei hier ablegen oder auswählen
validate-run = Prüfen
validate-way-text = Ein Text
validate-way-text-text = Fügen Sie Zeilen einer Tabelle oder RDF ein.
validate-text = Zu prüfender Text
validate-format = Format
validate-format-ttl = Turtle
validate-format-trig = TriG
validate-format-nt = N-Triples
validate-format-nq = N-Quads
validate-format-jsonld = JSON-LD
validate-format-rdf = RDF/XML
validate-format-csv = Tabelle: CSV, oder aus einer Tabellenkalkulation kopiert
validate-more = Kodierung, Trennzeichen, Bedeutung der Spalten
validate-encoding = Zeichenkodierung
validate-encoding-guess = Erkennen
validate-delimiter = Trennzeichen
validate-delimiter-guess = Erkennen
validate-delimiter-semicolon = Semikolon
validate-delimiter-comma = Komma
validate-delimiter-tab = Tabulator
validate-mapping = Bedeutung der Spalten (CSVW-Metadaten, JSON)
validate-way-form = Ein Formular
validate-way-form-text = Ein Eintrag auf einmal, ohne Datei: Die Felder sind die der Regeln; Sie erhalten gültiges RDF.
validate-templates = Tabellenvorlagen
validate-templates-text = Blätter zum Ausfüllen, mit Auswahllisten und einer Erklärung je Spalte.
validate-rules-link = Alle Regeln lesen
validate-programs = Aus einem Programm
validate-programs-text = Senden Sie die Datei, wie sie ist, mit ihrem Typ. Die Antwort ist der Bericht in JSON, SHACL (Turtle, JSON-LD), CSV oder SARIF, je nach Accept-Kopfzeile.

validate-result = Ergebnis
validate-ok = Keine Fehler
validate-ok-text = Alles, was gelesen wurde, entspricht den Regeln.
validate-errors =
  { $n ->
    [one] { NUMBER($n) } Fehler
   *[other] { NUMBER($n) } Fehler
  }
validate-warnings =
  { $n ->
    [one] { NUMBER($n) } Warnung
   *[other] { NUMBER($n) } Warnungen
  }
validate-infos =
  { $n ->
    [one] { NUMBER($n) } Hinweis
   *[other] { NUMBER($n) } Hinweise
  }
validate-checked =
  { $things ->
    [one] { NUMBER($things) } Eintrag gelesen
   *[other] { NUMBER($things) } Einträge gelesen
  }
validate-by-rule = Nach Regel
validate-and-more =
  { $n ->
    [one] und { NUMBER($n) } weitere
   *[other] und { NUMBER($n) } weitere
  }
validate-place-line = Zeile { $line }
validate-place-line-column = Zeile { $line }, Spalte { $column }
validate-place-cell = Zelle { $cell }
validate-place-sheet = Blatt „{ $sheet }“
validate-place-about = Nahe Zeile { $line }: Nur die Stelle des Eintrags ist bekannt
validate-place-none = Stelle in der Datei unbekannt
validate-value = Wert
validate-expected = Erwartet
validate-read-rule = Die Regel
validate-whole-file = Die Datei
validate-repairs = Vorgeschlagene Korrekturen
validate-repair-sure = sicher
validate-repair-unsure = zu prüfen
validate-corrected = Korrigierte Datei herunterladen
validate-corrected-text = Die angekreuzten Korrekturen werden gemacht; der Rest der Datei bleibt unberührt.
validate-losses = Die korrigierte Datei kann nicht erhalten:
validate-edited = Geänderten Text prüfen
validate-text-title = Ihr Text
validate-table-title = Ihre Tabelle
validate-back-to-finding = Hinweis { $n }
validate-gap =
  { $n ->
    [one] { NUMBER($n) } Zeile ohne Hinweis
   *[other] { NUMBER($n) } Zeilen ohne Hinweis
  }
validate-row = Zeile
validate-downloads = Der Bericht
validate-download-json = JSON
validate-download-ttl = SHACL (Turtle)
validate-download-jsonld = SHACL (JSON-LD)
validate-download-csv = CSV
validate-download-sarif = SARIF
validate-share = Dieses Ergebnis teilen
validate-share-text =
  { $days ->
    [one] Text und Ergebnis bleiben einen Tag unter einer geheimen Adresse, in keinem Index. Nur Sie können sie vorher löschen.
   *[other] Text und Ergebnis bleiben { $days } Tage unter einer geheimen Adresse, in keinem Index. Nur Sie können sie vorher löschen.
  }
validate-share-button = Link anlegen
validate-shared = Geteiltes Ergebnis
validate-shared-text = Wer diese Adresse kennt, sieht dieses Ergebnis, bis { $date }.
validate-shared-address = Adresse zum Teilen
validate-shared-delete-address = Adresse zum Löschen (behalten Sie sie für sich)
validate-shared-delete = Jetzt löschen
validate-read-as = Wie die Tabelle gelesen wurde
validate-read-as-text = Berichtigen Sie, was falsch erkannt wurde, und prüfen Sie erneut.
validate-sheet = Blatt „{ $sheet }“
validate-sheet-kind = Jede Zeile beschreibt
validate-column-example = Beispiel
validate-column-none = – nicht lesen –
validate-column-person = Personen: nie gelesen
validate-column-id = Adresse des Eintrags
validate-column-concept = Art des Eintrags
validate-column-postcode = Postleitzahl (Ort)
validate-column-year-of = Jahr von: { $field }
validate-column-sure = erkannt
validate-column-guess = vermutet
validate-column-unknown = nicht erkannt
validate-column-mine = gewählt
validate-remap = Mit diesen Spalten prüfen
validate-mapping-download = Bedeutung der Spalten herunterladen (CSVW)
validate-see = Eintrag ansehen
validate-again = Etwas anderes prüfen
validate-jump-findings = Zu den Hinweisen

form-title = Einen Eintrag ausfüllen
form-lead = Die Felder kommen aus den Regeln. Das Ergebnis ist RDF, das Sie herunterladen können; es gelangt nicht in den Graphen.
form-kind = Was möchten Sie beschreiben?
form-of = Eintrag: { $kind }
form-required = Pflicht
form-required-note = Felder mit „Pflicht“ müssen ausgefüllt sein.
form-another = Weiterer Wert: { $field }
form-more-values = Weitere Werte
form-choose = – wählen –
form-yes = ja
form-no = nein
form-place-help = Name einer Gemeinde, Postleitzahl oder NIS-Code.
form-thing-help = Name oder Adresse (http…) einer Organisation, eines Projekts oder einer Veranstaltung.
form-identity = Name und Beschreibung
form-activity = Tätigkeit
form-numbers = Kennungen
form-relations = Beziehungen zu anderen
form-relations-inverse = Beziehungen von der anderen Seite gesehen
form-send = Prüfen und RDF erzeugen
form-result = Ihr Eintrag in RDF
form-result-ok = Der Eintrag entspricht den Regeln.
form-result-errors = Der Eintrag stimmt noch nicht: siehe die markierten Felder.
form-download = Herunterladen (Turtle)
form-fault = Fehler:
form-doubt = Anzusehen:
form-faults = Zu berichtigen
form-other-kind = Etwas anderes beschreiben
form-empty = Füllen Sie mindestens den Namen aus.
form-language = Sprache der Beschreibung
form-kind-actor = Organisation
form-kind-project = Projekt
form-kind-event = Veranstaltung
form-kind-place = Ort
validate-partly = Die Datei konnte nicht bis zum Ende gelesen werden; was gelesen wurde, ist geprüft.
validate-columns-read =
  { $n ->
    [one] { NUMBER($n) } Spalte gelesen
   *[other] { NUMBER($n) } Spalten gelesen
  }
validate-columns-unread =
  { $n ->
    [one] { NUMBER($n) } nicht erkannt
   *[other] { NUMBER($n) } nicht erkannt
  }
validate-columns = Spalten
loss-macros = die Makros
loss-charts = die Diagramme
loss-pivots = die Pivot-Tabellen
loss-images = Bilder und Zeichnungen
loss-controls = die Formularelemente
loss-connections = die Verbindungen zu anderen Daten
loss-signature = die elektronische Signatur
loss-formula-values = die berechneten Werte der Formeln (beim Öffnen neu berechnet)
validate-recheck = Mit diesen Korrekturen erneut prüfen
validate-way-file-one = Eine Datei auf einmal; der Befehl nimmt mehrere an.
validate-table-persons =
  { $n ->
    [one] Eine Spalte oder Zelle über Personen wurde nicht gelesen; sie bleibt hier leer (…).
   *[other] { NUMBER($n) } Spalten oder Zellen über Personen wurden nicht gelesen; sie bleiben hier leer (…).
  }
validate-dialect-guessed = Die Zeichenkodierung wurde vermutet. Stimmen die Umlaute in diesem Auszug?
validate-dialect-sample = Auszug
validate-delimiter-pipe = senkrechter Strich
validate-no-text = Der Text wird nicht gezeigt: Es könnten Personen darin genannt sein.
