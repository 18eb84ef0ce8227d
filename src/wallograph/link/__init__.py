"""Stage 2, link: records that speak of one thing get one IRI; statements become quads."""
