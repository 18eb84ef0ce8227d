"""wallograph: a knowledge graph and linked-data publisher for the digital ecosystem of Wallonia."""

__version__ = "0.1.0"
