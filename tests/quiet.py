"""A progress display that shows nothing."""


def silent(step: str, done: int, total: int | None) -> None:
    """Take a tick and do nothing."""
