"""The settings of an installation, read once at the edge (command line or server start) and passed down.

In: environment variables `WALLOGRAPH_…` or keyword arguments. Out: one frozen `Settings`.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from wallograph.checker.limits import CheckLimits
from wallograph.errors import SecretKeyError
from wallograph.outgoing.door import OutgoingRules
from wallograph.store.limits import Limits


class Settings(BaseSettings):
    """What an installation may choose. The base of a release is fixed when it is built, not here."""

    model_config = SettingsConfigDict(env_prefix="WALLOGRAPH_", frozen=True, extra="forbid")

    state: Path = Field(Path("state"), description="Folder of the releases.")
    base: str | None = Field(None, description="Base of the IRIs of a build; None: http://localhost:8000.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    web_processes: int = Field(1, gt=0, description="Processes that answer HTTP; they share one query service.")
    contact: str = Field("", description="Mail address or URL that a problem page, /about and the catalogue give.")
    publisher: str = Field("wallograph", description="Name of the organisation that publishes; in the catalogue.")
    publisher_type: str = Field(
        "NonProfitOrganisation", pattern="^[A-Za-z-]+$", description="Its kind, a code of the ADMS publisher types."
    )

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
    allow_unsandboxed: bool = Field(
        False, description="Start /sparql and /validate even if the socket filter cannot be raised."
    )

    check_socket: Path | None = Field(
        None, description="Unix socket of a checking service that runs already; None: `serve` starts its own."
    )
    check_upload_mb: int = Field(20, gt=0, description="Largest file that /validate takes.")
    check_upload_seconds: float = Field(60.0, gt=0, description="How long sending a file may take.")
    check_seconds: float = Field(20.0, gt=0, description="Deadline of one check.")
    check_memory_mb: int = Field(512, gt=0, description="Memory one check may take.")
    check_workers: int = Field(2, gt=0, description="Checks at the same time.")
    check_queue: int = Field(16, ge=0, description="Checks that may wait; more are answered 503.")
    check_queue_seconds: float = Field(20.0, gt=0, description="How long a check may wait.")
    check_findings: int = Field(100, gt=0, description="Findings of one kind that are shown; the rest is counted.")
    check_rate: int = Field(30, ge=0, description="Checks an address may ask for in a minute; 0: any number.")
    trusted_proxies: int = Field(
        0, ge=0, description="Proxies before this server that add to X-Forwarded-For; 0: the header is not read."
    )
    share_days: int = Field(7, gt=0, description="How long a shared result stays.")
    share_kb: int = Field(2048, gt=0, description="Largest result that can be shared.")
    share_total_mb: int = Field(200, ge=0, description="All shared results together; 0: nothing can be shared.")

    secret_key: SecretStr | None = Field(None, description="Key that encrypts webhook keys; several: new first.")
    secret_key_file: Path | None = Field(None, description="File that has it, instead.")
    outgoing_http: bool = Field(False, description="Ask other servers over http:// too.")
    outgoing_private: bool = Field(False, description="Ask servers at private and loopback addresses too.")
    outgoing_seconds: float = Field(15.0, gt=0, description="How long another server may take for its answer.")
    webhook_local: bool = Field(False, description="Tell portals of releases on a base like http://localhost too.")

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

    def check_limits(self) -> CheckLimits:
        """The limits of the checking service."""
        return CheckLimits(
            upload_bytes=self.check_upload_mb * 1_000_000,
            seconds=self.check_seconds,
            memory_bytes=self.check_memory_mb << 20,
            workers=self.check_workers,
            queue=self.check_queue,
            queue_seconds=self.check_queue_seconds,
            findings=self.check_findings,
        )

    def outgoing(self) -> OutgoingRules:
        """What may be asked of other servers."""
        return OutgoingRules(
            plain_http=self.outgoing_http,
            private=self.outgoing_private,
            seconds=self.outgoing_seconds,
            connect_seconds=min(5.0, self.outgoing_seconds),
        )

    def secret_keys(self) -> str:
        """The keys that secrets are encrypted with, empty when none is set; SecretKeyError if the file has none."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        if self.secret_key_file is None:
            return ""
        try:
            return self.secret_key_file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise SecretKeyError(f"the file of WALLOGRAPH_SECRET_KEY_FILE cannot be read: {error}") from error
