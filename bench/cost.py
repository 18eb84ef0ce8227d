"""What a piece of work cost, told by the process that did it and read by the one that started it.

In: the name of a piece, its module and its paths. Out: when it began, its own seconds, the most memory of its process.
It imports nothing heavy: what it needs itself is part of what it measures.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece cost: when it began (`time.monotonic`), its own seconds, the most memory of its process in MB.

    That the process must start and read its modules first is no part of the seconds.
    """

    began: float
    seconds: float
    megabytes: float


def measured(name: str, source: Path, target: Path, module: str) -> Cost:
    """Do a piece of a module in a process of its own."""
    command = [sys.executable, "-m", module, name, str(source), str(target)]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"the piece '{name}' ended with {done.returncode}")
    return Cost(**json.loads(done.stdout))


def tell(began: float) -> None:
    """Write what the piece cost that began at a moment, as the last act of its process."""
    print(json.dumps(asdict(Cost(began, time.monotonic() - began, _peak()))))


def _peak() -> float:
    """In MB. The `ru_maxrss` of a child would not do: it may be that of the process it was forked from."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1.024e-3
