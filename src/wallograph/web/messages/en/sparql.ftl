sparql-title = Query the graph
sparql-lead = Ask a question in SPARQL 1.1. The answer is complete, or a clear error.
sparql-query = Your question (SPARQL)
sparql-format = Answer as
sparql-run = Run
sparql-examples = Examples
sparql-example-spin-offs = Which companies came out of which university or unit?
sparql-example-shared-theme = Which start-ups and research units of one province work on the same theme?
sparql-example-who-says = Which page says who supports whom?
sparql-example-kinds = How many actors are there of each kind?
sparql-programs = For programs
sparql-programs-text = The same address follows the SPARQL 1.1 Protocol: GET, or POST of a form or of the query itself. The Accept header chooses the format.
sparql-error-at = Line { $line }, column { $column }
sparql-results = Answer
sparql-answered = Release { $release }, { NUMBER($seconds, maximumFractionDigits: 3) } s.
sparql-count = { $n ->
    [0] No rows.
    [one] One row.
   *[other] { $n } rows.
}
sparql-more = These are the first { $most } rows; download to have them all.
sparql-download = Download all:
sparql-empty = Nothing in the graph answers this question.
sparql-yes = Yes
sparql-no = No
sparql-change = Change the question
sparql-format-html = Table on a page
sparql-format-json = JSON
sparql-format-xml = XML
sparql-format-csv = CSV
sparql-format-tsv = TSV
sparql-format-ttl = Turtle
sparql-format-jsonld = JSON-LD
sparql-format-nt = N-Triples
sparql-format-rdf = RDF/XML
