"""`wallograph export-proposals`: what curators accepted, as files for `data/proposals`.

In: the journal of a state folder. Out: one file for each accepted proposal and each decision on identity that holds.
"""

from pathlib import Path

import click

from wallograph.cli.decided import bases_of, head_of, journal_of
from wallograph.cli.options import state_option
from wallograph.curation.replay import file_of, holding, identity_file
from wallograph.errors import StateError
from wallograph.ingest.proposals import write_decision, write_proposal
from wallograph.journal.entry import Kind
from wallograph.release.state import State


@click.command("export-proposals")
@state_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_proposals(state: Path, folder: Path) -> None:
    """Write what curators accepted to FOLDER, one file a proposal, to be committed as `data/proposals`.

    Only what holds is written: nothing that was reverted, rolled back or erased. The files keep the ids, so a build
    that has both journal and files uses each once. Files of proposals that hold no longer are removed. Who decided
    is not written; the reason of a decision on identity is.

    \b
      wallograph export-proposals data/proposals --state /srv/wallograph
    """
    journal = journal_of(state)
    if journal is None:
        raise StateError(f"there is no journal in '{state}'")
    held = holding(journal, lambda number: head_of(State(state), number))
    bases = bases_of(State(state))
    texts = {}
    for entry, payload in held.of(Kind.ACCEPT):
        proposal = file_of(entry, payload, bases)
        texts[Path(proposal.name).name] = write_proposal(proposal)
    for entry, payload in held.of(Kind.IDENTITY):
        if payload["verdict"]:
            decision = identity_file(entry, payload, bases)
            texts[Path(decision.name).name] = write_decision(decision)
    written, removed = _write(folder, texts, {entry.digest for entry in held.entries})
    click.echo(f"{len(texts)} in {folder}: {written} written, {removed} removed, {len(texts) - written} as they were")


def _write(folder: Path, texts: dict[str, str], known: set[str]) -> tuple[int, int]:
    """Write what differs; remove files of entries of this journal that hold no longer. Others are not touched."""
    folder.mkdir(parents=True, exist_ok=True)
    written = removed = 0
    for name, text in sorted(texts.items()):
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written += 1
    for path in sorted(folder.glob("*.json")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.name not in texts and any(f'"entry": "{digest}"' in text for digest in known):
            path.unlink()
            removed += 1
    return written, removed
