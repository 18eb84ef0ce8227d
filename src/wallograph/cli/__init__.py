"""The command `wallograph`: build, serve, validate, apply, diff, releases, query, dump."""

from wallograph.cli.main import main

__all__ = ["main"]
