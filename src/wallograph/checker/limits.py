"""What a check may take. Read once at the edge and passed down; shown in /healthz.

Out: one frozen `CheckLimits`, which travels as JSON between processes.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """Every limit of the checking service, with a default that is safe on a small machine."""

    upload_bytes: int = 20_000_000  # of what is handed in
    seconds: float = 20.0  # of one check, from the moment its process is forked
    memory_bytes: int = 512 << 20  # of one check, beside what the service has loaded
    file_bytes: int = 64_000_000  # that a check may write to its private folder
    open_files: int = 128
    answer_bytes: int = 64_000_000
    workers: int = 2  # checks at the same time
    queue: int = 16  # checks that may wait; more are told to come back
    queue_seconds: float = 20.0
    findings: int = 100  # shown of one kind; the rest is counted

    def as_dict(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)
