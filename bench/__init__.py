"""The project's own benchmarks: a synthetic ecosystem, build times, and the SPARQL endpoint against its peers."""
