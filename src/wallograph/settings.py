"""The settings of an installation, read once at the edge (command line or server start) and passed down.

In: environment variables `WALLOGRAPH_…` or keyword arguments. Out: one frozen `Settings`.
"""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation may choose. The base of a release is fixed when it is built, not here."""

    model_config = SettingsConfigDict(env_prefix="WALLOGRAPH_", frozen=True, extra="forbid")

    state: Path = Field(Path("state"), description="Folder of the releases.")
    base: str | None = Field(None, description="Base of the IRIs of a build; None: http://localhost:8000.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    contact: str = Field("", description="Address that a problem page and /about give.")

    query_socket: Path | None = Field(None, description="Unix socket of the query service; None: no /sparql.")
    query_seconds: float = Field(30.0, gt=0, description="Deadline of one query.")
    query_memory_mb: int = Field(1024, gt=0, description="Memory a query may take beside the graph.")
    query_result_mb: int = Field(64, gt=0, description="Largest answer to a query.")
    query_workers: int = Field(2, gt=0, description="Queries that run at the same time.")
    query_queue: int = Field(32, ge=0, description="Queries that may wait; more are answered 503.")
    query_text_kb: int = Field(64, gt=0, description="Longest query text.")
    allow_unsandboxed: bool = Field(False, description="Start /sparql even if the socket filter cannot be raised.")

    document_cache_mb: int = Field(64, ge=0, description="Memory for documents that were written already.")
