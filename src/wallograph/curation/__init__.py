"""Curation: proposals, their difference against the graph, decisions, and the publisher of what was accepted."""
