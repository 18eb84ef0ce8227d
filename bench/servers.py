"""The servers that are measured: each in a process group of its own that is ended with it.

In: what to serve. Out: a `Server` that answers: where it listens and where its SPARQL endpoint is.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

ROOT: Final = Path(__file__).resolve().parent.parent
PEERS: Final = ROOT / ".venv-bench"
REQUIREMENTS: Final = ROOT / "requirements-bench.txt"
_TICK: Final = 0.01


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    name: str
    port: int
    path: str
    started: float  # seconds until the first answer

    def get(self, target: str, accept: str = "*/*", patience: float = 60.0) -> "Answer":
        """One answer; status 0 when there is none in time."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{target}", headers={"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=patience) as answer:
                return Answer(answer.status, answer.read(), answer.headers.get_content_type())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(), error.headers.get_content_type())
        except OSError:
            return Answer(0, b"", "")


def target(server: Server, query: str) -> str:
    """The request target that asks a server a query."""
    return f"{server.path}?{urlencode({'query': query})}"


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    name: str, command: list[str], port: int, *, path: str, probe: str, settings: dict[str, str] | None = None,
    patience: float = 300.0,
) -> Iterator[Server]:  # fmt: skip
    """Start a command, wait until it answers `probe` with 200, end its whole process group after."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True,
        env={**os.environ, **(settings or {})},
    )  # fmt: skip
    try:
        server = Server(name, port, path, 0.0)
        while server.get(probe, patience=10).status != 200:
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended with {process.returncode}")
            if time.perf_counter() - begin > patience:
                raise RuntimeError(f"{name} does not answer")
            time.sleep(_TICK)
        yield Server(name, port, path, time.perf_counter() - begin)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask politely, then end what is left of the group."""
    with suppress(ProcessLookupError):
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wallograph(state: Path, name: str = "wallograph", **settings: object) -> AbstractContextManager[Server]:
    """This project's server; settings without their prefix, such as query_cache_mb=0."""
    port = free_port()
    command = [sys.executable, "-m", "wallograph", "serve", "--state", str(state), "--port", str(port)]
    chosen = {f"WALLOGRAPH_{key.upper()}": str(value) for key, value in settings.items()}
    ask = urlencode({"query": "ASK {}"})
    return running(name, command, port, path="/sparql", probe=f"/sparql?{ask}", settings=chosen)


def oxigraph(store: Path, timeout: int | None = None) -> AbstractContextManager[Server]:
    """`oxigraph serve-read-only` on a store on disk."""
    port = free_port()
    command = [str(PEERS / "bin" / "oxigraph"), "serve-read-only", "--location", str(store)]
    command += ["--bind", f"127.0.0.1:{port}"] + (["--timeout-s", str(timeout)] if timeout else [])
    return running("oxigraph", command, port, path="/query", probe=f"/query?{urlencode({'query': 'ASK {}'})}")


def rdflib_endpoint(triples: Path) -> AbstractContextManager[Server]:
    """`rdflib-endpoint serve` on a file, with the store it takes by default."""
    port = free_port()
    command = [str(PEERS / "bin" / "rdflib-endpoint"), "serve", str(triples), "--host", "127.0.0.1"]
    command += ["--port", str(port)]
    return running("rdflib-endpoint", command, port, path="/", probe=f"/?{urlencode({'query': 'ASK {}'})}")


def load_oxigraph(store: Path, triples: Path) -> None:
    """Load a file into a store on disk with the peer's own commands, and order it."""
    command = str(PEERS / "bin" / "oxigraph")
    for words in (["load", "--location", str(store), "--file", str(triples)], ["optimize", "--location", str(store)]):
        subprocess.run([command, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def install_peers() -> None:
    """Install the peers into their own environment, once for each version of the requirements."""
    mark = PEERS / ".ready"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    install = [str(PEERS / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-r", str(REQUIREMENTS)], check=True)
    mark.write_text(wanted, encoding="utf-8")
