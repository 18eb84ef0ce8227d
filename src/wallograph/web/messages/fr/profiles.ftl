# The profiles of the documents.
profiles-title = Profils des documents
profiles-text = Le même document dans d’autres vocabulaires. Ajoutez « _profile= » à l’adresse d’un document, ou « _profile=alt » pour voir ce qui existe pour lui.
profiles-of-thing = Profils et formats de
profiles-token = Mot-clé
profiles-iri = Adresse du profil
profiles-query = Requête qui le produit
