sparql-title = Den Graphen befragen
sparql-lead = Stellen Sie eine Frage in SPARQL 1.1. Die Antwort ist vollständig oder ein klarer Fehler.
sparql-query = Ihre Frage (SPARQL)
sparql-format = Antwort als
sparql-run = Ausführen
sparql-examples = Beispiele
sparql-example-spin-offs = Welche Unternehmen sind aus welcher Universität oder Einheit entstanden?
sparql-example-shared-theme = Welche Start-ups und Forschungseinheiten einer Provinz arbeiten am selben Thema?
sparql-example-who-says = Welche Seite sagt, wer wen unterstützt?
sparql-example-kinds = Wie viele Akteure jeder Art gibt es?
sparql-programs = Für Programme
sparql-programs-text = Dieselbe Adresse folgt dem SPARQL-1.1-Protokoll: GET, oder POST eines Formulars oder der Frage selbst. Das Format wird mit dem Accept-Header gewählt.
sparql-error-at = Zeile { $line }, Spalte { $column }
sparql-results = Antwort
sparql-answered = Ausgabe { $release }, { NUMBER($seconds, maximumFractionDigits: 3) } s.
sparql-count = { $n ->
    [0] Keine Zeilen.
    [one] Eine Zeile.
   *[other] { $n } Zeilen.
}
sparql-more = Dies sind die ersten { $most } Zeilen; laden Sie herunter, um alle zu erhalten.
sparql-download = Alles herunterladen:
sparql-empty = Nichts im Graphen beantwortet diese Frage.
sparql-yes = Ja
sparql-no = Nein
sparql-change = Die Frage ändern
sparql-format-html = Tabelle auf einer Seite
sparql-format-json = JSON
sparql-format-xml = XML
sparql-format-csv = CSV
sparql-format-tsv = TSV
sparql-format-ttl = Turtle
sparql-format-jsonld = JSON-LD
sparql-format-nt = N-Triples
sparql-format-rdf = RDF/XML
