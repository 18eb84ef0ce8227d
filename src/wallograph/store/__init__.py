"""The store: the RDF store and the search index of one release, opened for reading."""
