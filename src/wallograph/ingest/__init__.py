"""Stage 1, ingest: the cards and rows of `data/` become records and statements, each with its source document."""
