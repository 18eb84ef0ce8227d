"""The settings of an installation, read once at the edge (command line or server start) and passed down.

In: environment variables `WALLOGRAPH_…` or keyword arguments. Out: one frozen `Settings`.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from wallograph.accounts.oidc import OidcRules
from wallograph.accounts.people import PeopleRules
from wallograph.accounts.sessions import SessionRules
from wallograph.accounts.throttle import ThrottleRules
from wallograph.checker.limits import CheckLimits
from wallograph.curation.model import Kind
from wallograph.curation.quota import ProposalLimits
from wallograph.database import Database
from wallograph.errors import SecretKeyError, StateError
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

    journal_url: SecretStr | None = Field(
        None, description="postgresql://… of the journal, proposals and accounts; None: journal.sqlite in the state."
    )
    publishing: bool = Field(
        True, description="`serve` publishes what is accepted; no: another one on the same state folder does."
    )
    session_idle_minutes: int = Field(120, gt=0, description="A session ends when it was idle for so long.")
    session_hours: int = Field(12, gt=0, description="A session ends after so long, however busy.")
    login_failures: int = Field(10, gt=0, description="Failed log-ins of one account; more are answered 429.")
    login_address_failures: int = Field(50, gt=0, description="Failed log-ins of one address; more are answered 429.")
    login_minutes: int = Field(15, gt=0, description="Minutes after which so many failures are forgotten.")
    oidc_issuer: str = Field("", description="OpenID provider that people may log in with; empty: none.")
    oidc_name: str = Field("", description="What its button says; empty: its host.")
    oidc_client_id: str = Field("", description="What the provider calls this installation.")
    oidc_client_secret: SecretStr | None = Field(None, description="Secret of this installation at the provider.")
    oidc_client_secret_file: Path | None = Field(None, description="File that has it, instead.")

    proposals_per_client: int = Field(20, ge=0, description="Proposals of one address in a day; 0: any number.")
    proposals_in_all: int = Field(500, ge=0, description="Proposals of all together in a day; 0: any number.")
    proposals_queue: int = Field(1000, gt=0, description="Proposals that may wait; more are answered 429.")
    proposal_changes: int = Field(5_000, gt=0, description="Statements of one proposal.")
    proposal_upload_mb: int = Field(5, gt=0, description="Largest file that a proposal comes in.")
    proposals_upload_mb: int = Field(500, gt=0, description="Files of all proposals together.")
    second_review: str = Field("", description="Kinds of proposals that two must accept, such as withdraw,file.")
    proposal_kept_days: int = Field(
        30, gt=0, description="Days after the decision until an author's e-mail address and file are deleted."
    )

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

    def proposal_limits(self) -> ProposalLimits:
        """What proposals may take."""
        return ProposalLimits(
            per_client=self.proposals_per_client,
            in_all=self.proposals_in_all,
            queue=self.proposals_queue,
            changes=self.proposal_changes,
            upload_bytes=self.proposal_upload_mb * 1_000_000,
            uploads_bytes=self.proposals_upload_mb * 1_000_000,
            kept_days=self.proposal_kept_days,
        )

    def second_kinds(self) -> list[Kind]:
        """The kinds of proposals that need two curators; StateError for one that is none."""
        try:
            return [Kind(kind.strip()) for kind in self.second_review.split(",") if kind.strip()]
        except ValueError as error:
            known = ", ".join(Kind)
            raise StateError(f"WALLOGRAPH_SECOND_REVIEW is a list of: {known}") from error

    def database_url(self) -> str:
        """The database of the journal; empty: the one in the state folder."""
        return self.journal_url.get_secret_value() if self.journal_url else ""

    def outgoing(self) -> OutgoingRules:
        """What may be asked of other servers."""
        return OutgoingRules(
            plain_http=self.outgoing_http,
            private=self.outgoing_private,
            seconds=self.outgoing_seconds,
            connect_seconds=min(5.0, self.outgoing_seconds),
        )

    def database(self) -> Database:
        """The database of journal, proposals and accounts; nothing is opened yet."""
        url = self.database_url()
        return Database(url) if url else Database.of_folder(self.state)

    def people(self) -> PeopleRules:
        """How long sessions last, and how many log-ins may fail."""
        return PeopleRules(
            sessions=SessionRules(idle=self.session_idle_minutes * 60, whole=self.session_hours * 3600),
            throttle=ThrottleRules(self.login_failures, self.login_address_failures, self.login_minutes),
        )

    def oidc(self) -> OidcRules | None:
        """The OpenID provider; None when there is none. StateError when what is set is not enough."""
        if not self.oidc_issuer:
            return None
        if not self.oidc_client_id:
            raise StateError("WALLOGRAPH_OIDC_ISSUER is set without WALLOGRAPH_OIDC_CLIENT_ID")
        secret = ""
        if self.oidc_client_secret is not None:
            secret = self.oidc_client_secret.get_secret_value()
        elif self.oidc_client_secret_file is not None:
            try:
                secret = self.oidc_client_secret_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                text = f"the file of WALLOGRAPH_OIDC_CLIENT_SECRET_FILE cannot be read: {type(error).__name__}"
                raise StateError(text) from error
        return OidcRules(self.oidc_issuer, self.oidc_client_id, secret, self.oidc_name)

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
