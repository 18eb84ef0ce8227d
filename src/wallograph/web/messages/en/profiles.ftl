# The profiles of the documents.
profiles-title = Profiles of the documents
profiles-text = The same document in other vocabularies. Add “_profile=” to the address of a document, or “_profile=alt” to see what there is for it.
profiles-of-thing = Profiles and formats of
profiles-token = Token
profiles-iri = Address of the profile
profiles-query = Query that makes it
