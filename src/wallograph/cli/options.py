"""What several commands share: the state option and the display of progress.

In: the terminal. Out: click decorators and a progress callback.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Tick = Callable[[str, int, int | None], None]

state_option = click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("state"),
    envvar="WALLOGRAPH_STATE",
    show_default=True,
    help="Folder of the releases (also WALLOGRAPH_STATE).",
)


@contextmanager
def progress_display() -> Iterator[Tick]:
    """Show each step with its progress on standard error: a bar on a terminal, a line a step elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, int] = {}

        def tick(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]

        yield tick


def _lines(console: Console) -> Tick:
    seen: set[str] = set()
    begin = time.monotonic()

    def tick(step: str, done: int, total: int | None) -> None:
        if step not in seen:
            seen.add(step)
            console.print(f"{time.monotonic() - begin:6.1f} s  {step}", highlight=False)

    return tick
