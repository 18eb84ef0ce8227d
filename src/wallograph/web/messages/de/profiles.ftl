# The profiles of the documents.
profiles-title = Profile der Dokumente
profiles-text = Dasselbe Dokument in anderen Vokabularen. Fügen Sie „_profile=“ an die Adresse eines Dokuments an, oder „_profile=alt“, um zu sehen, was es dafür gibt.
profiles-of-thing = Profile und Formate von
profiles-token = Schlüsselwort
profiles-iri = Adresse des Profils
profiles-query = Abfrage, die es erzeugt
