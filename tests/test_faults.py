"""Processes that are killed, disks that are full, curators who decide at once: nothing accepted is lost, none twice.

The short forms run always. With WALLOGRAPH_SOAK=1 (`make soak`) the long campaign runs: 200 accepted proposals, more
than 60 kills; SEED repeats one. Its last result is kept in bench/results/faults.md.
"""

import os
import time
from pathlib import Path
from typing import Any

from fault_campaign import campaign
from faults import plant, processes_of, until

LONG = bool(os.environ.get("WALLOGRAPH_SOAK"))
RESULT = Path(__file__).parent.parent / "bench" / "results" / "faults.md"


def test_nothing_accepted_is_lost_or_twice_whoever_is_killed(tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED") or time.time())
    proposals, kills = (200, 52) if LONG else (12, 4)
    print(f"seed {seed}")
    with plant(tmp_path) as place:
        found = campaign(place, seed=seed, proposals=proposals, kills=kills, clients=4 if LONG else 3)
    until(lambda: not processes_of(place), 20, "the end of all processes")
    print(found)
    assert found["entries"] == proposals
    assert all(count <= 2 for count in found["leftovers"].values()), found["leftovers"]
    if LONG:
        assert sum(found["kills"].values()) >= 60 and found["kills"]["between fsync and switch"] >= 10
        RESULT.write_text(written(found), encoding="utf-8")


def written(found: dict[str, Any]) -> str:
    """The result as it is kept."""
    kills = "".join(f"| {kind} | {count} |\n" for kind, count in sorted(found["kills"].items()))
    left = ", ".join(f"`{name}` {count}" for name, count in sorted(found["leftovers"].items()))
    return (
        "# Faults\n\n"
        "The last run of the long form of `tests/test_faults.py` (`make soak`): a real `wallograph serve` with its "
        "publisher and query service, client processes that propose and accept over HTTP, and `kill -9`.\n\n"
        f"Seed {found['seed']}, {found['seconds']} s, {found['accepted']} proposals accepted, "
        f"{found['answered']} of them answered (any others lost their answer to a kill and were found accepted), "
        f"{found['releases']} releases.\n\n"
        f"| killed | times |\n|---|---|\n{kills}\n"
        f"Attempts that met no release to kill before its switch: {found['missed']}. The writer's kills are beside "
        "those of the one that took its place and ended between fsync and switch.\n\n"
        "After each kill and at the end: every answered proposal is in the graph once and whole, statements = first "
        "edition and the entries in order, store = patch chain = counts of the manifest, each statement in one patch, "
        "the journal verifies. None was lost, none twice, none half.\n\n"
        f"Temporary files at the end: {left}.\n"
    )
