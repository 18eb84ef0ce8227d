# The profiles of the documents.
profiles-title = Profielen van de documenten
profiles-text = Hetzelfde document in andere vocabularia. Voeg “_profile=” toe aan het adres van een document, of “_profile=alt” om te zien wat er voor bestaat.
profiles-of-thing = Profielen en formaten van
profiles-token = Sleutelwoord
profiles-iri = Adres van het profiel
profiles-query = Query die het maakt
