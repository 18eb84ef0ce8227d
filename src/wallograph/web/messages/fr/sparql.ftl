sparql-title = Interroger le graphe
sparql-lead = Posez une question en SPARQL 1.1. La réponse est complète, ou une erreur claire.
sparql-query = Votre question (SPARQL)
sparql-format = Réponse sous forme de
sparql-run = Lancer
sparql-examples = Exemples
sparql-example-spin-offs = Quelles entreprises sont issues de quelle université ou unité ?
sparql-example-shared-theme = Quelles start-up et quelles unités de recherche d’une même province travaillent sur le même thème ?
sparql-example-who-says = Quelle page dit qui soutient qui ?
sparql-example-kinds = Combien d’acteurs de chaque type ?
sparql-programs = Pour les programmes
sparql-programs-text = La même adresse suit le protocole SPARQL 1.1 : GET, ou POST d’un formulaire ou de la question elle-même. Le format se choisit par l’en-tête Accept.
sparql-error-at = Ligne { $line }, colonne { $column }
sparql-results = Réponse
sparql-answered = Publication { $release }, { NUMBER($seconds, maximumFractionDigits: 3) } s.
sparql-count = { $n ->
    [0] Aucune ligne.
    [one] Une ligne.
   *[other] { $n } lignes.
}
sparql-more = Voici les { $most } premières lignes ; téléchargez pour les avoir toutes.
sparql-download = Télécharger tout :
sparql-empty = Rien dans le graphe ne répond à cette question.
sparql-yes = Oui
sparql-no = Non
sparql-change = Modifier la question
sparql-format-html = Tableau sur une page
sparql-format-json = JSON
sparql-format-xml = XML
sparql-format-csv = CSV
sparql-format-tsv = TSV
sparql-format-ttl = Turtle
sparql-format-jsonld = JSON-LD
sparql-format-nt = N-Triples
sparql-format-rdf = RDF/XML
