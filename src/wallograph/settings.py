"""The settings of an installation, read once at the edge (command line or server start) and passed down.

In: environment variables `WALLOGRAPH_…` or keyword arguments. Out: one frozen `Settings`.
"""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from wallograph.store.limits import Limits


class Settings(BaseSettings):
    """What an installation may choose. The base of a release is fixed when it is built, not here."""

    model_config = SettingsConfigDict(env_prefix="WALLOGRAPH_", frozen=True, extra="forbid")

    state: Path = Field(Path("state"), description="Folder of the releases.")
    base: str | None = Field(None, description="Base of the IRIs of a build; None: http://localhost:8000.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    web_processes: int = Field(1, gt=0, description="Processes that answer HTTP; they share one query service.")
    contact: str = Field("", description="Address that a problem page and /about give.")

    query_socket: Path | None = Field(
        None, description="Unix socket of a query service that runs already; None: `serve` starts its own."
    )
    query_seconds: float = Field(30.0, gt=0, description="Deadline of one query.")
    query_memory_mb: int = Field(1024, gt=0, description="Memory one query may take beside the graph.")
    query_total_memory_mb: int = Field(
        0, ge=0, description="Memory of the whole query service, the graph in it; 0: half of the machine's."
    )
    query_result_mb: int = Field(64, gt=0, description="Largest answer to a query.")
    query_text_kb: int = Field(64, gt=0, description="Longest query text.")
    query_from_triples: int = Field(2_000_000, gt=0, description="Triples that several FROM may have together.")
    query_describe_triples: int = Field(
        500, gt=0, description="Statements with a thing as object that DESCRIBE gives."
    )
    query_workers: int = Field(2, gt=0, description="Quick queries that run at the same time.")
    query_slow_workers: int = Field(8, gt=0, description="Long queries that run at the same time, at low priority.")
    query_slow_after: float = Field(0.2, gt=0, description="Seconds after which a query counts as long.")
    query_queue: int = Field(32, ge=0, description="Queries that may wait; more are answered 503.")
    query_queue_seconds: float = Field(15.0, gt=0, description="How long a query may wait.")
    query_cache_mb: int = Field(64, ge=0, description="Memory of a web process for answers; 0: none are kept.")
    kept_remade: int = Field(4, gt=0, description="Thinned releases that stay after they were made again.")
    allow_unsandboxed: bool = Field(False, description="Start /sparql even if the socket filter cannot be raised.")

    document_cache_mb: int = Field(64, ge=0, description="Memory for documents that were written already.")

    def limits(self) -> Limits:
        """The limits of the query service."""
        return Limits(
            seconds=self.query_seconds,
            memory_bytes=self.query_memory_mb << 20,
            total_memory_bytes=self.query_total_memory_mb << 20,
            result_bytes=self.query_result_mb * 1_000_000,
            text_bytes=self.query_text_kb * 1024,
            from_triples=self.query_from_triples,
            describe_triples=self.query_describe_triples,
            workers=self.query_workers,
            slow_workers=self.query_slow_workers,
            slow_after=self.query_slow_after,
            queue=self.query_queue,
            queue_seconds=self.query_queue_seconds,
        )
