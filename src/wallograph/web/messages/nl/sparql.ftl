sparql-title = De graaf bevragen
sparql-lead = Stel een vraag in SPARQL 1.1. Het antwoord is volledig, of een duidelijke fout.
sparql-query = Uw vraag (SPARQL)
sparql-format = Antwoord als
sparql-run = Uitvoeren
sparql-examples = Voorbeelden
sparql-example-spin-offs = Welke bedrijven komen voort uit welke universiteit of eenheid?
sparql-example-shared-theme = Welke start-ups en onderzoekseenheden van één provincie werken aan hetzelfde thema?
sparql-example-who-says = Welke pagina zegt wie wie ondersteunt?
sparql-example-kinds = Hoeveel actoren van elke soort zijn er?
sparql-programs = Voor programma’s
sparql-programs-text = Hetzelfde adres volgt het SPARQL 1.1-protocol: GET, of POST van een formulier of van de vraag zelf. Het formaat kiest u met de Accept-header.
sparql-error-at = Regel { $line }, kolom { $column }
sparql-results = Antwoord
sparql-answered = Uitgave { $release }, { NUMBER($seconds, maximumFractionDigits: 3) } s.
sparql-count = { $n ->
    [0] Geen rijen.
    [one] Eén rij.
   *[other] { $n } rijen.
}
sparql-more = Dit zijn de eerste { $most } rijen; download om ze allemaal te krijgen.
sparql-download = Alles downloaden:
sparql-empty = Niets in de graaf beantwoordt deze vraag.
sparql-yes = Ja
sparql-no = Nee
sparql-change = De vraag wijzigen
sparql-format-html = Tabel op een pagina
sparql-format-json = JSON
sparql-format-xml = XML
sparql-format-csv = CSV
sparql-format-tsv = TSV
sparql-format-ttl = Turtle
sparql-format-jsonld = JSON-LD
sparql-format-nt = N-Triples
sparql-format-rdf = RDF/XML
