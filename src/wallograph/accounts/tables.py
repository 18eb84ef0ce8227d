"""The tables of the accounts: the steps that bring a database up to date, for ever in this order.

In: nothing. Out: `STEPS` for `Database.migrate`.
"""

from typing import Final

COMPONENT: Final = "accounts"
STEPS: Final = (
    """CREATE TABLE accounts (
        id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
        sources TEXT NOT NULL, themes TEXT NOT NULL, disabled INTEGER NOT NULL, epoch INTEGER NOT NULL,
        made BIGINT NOT NULL, entered BIGINT NOT NULL, password TEXT NOT NULL,
        totp BLOB, totp_used BIGINT NOT NULL, totp_offered BLOB
    )""",
    """CREATE TABLE account_recovery (
        digest TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
    )""",
    """CREATE TABLE account_links (
        issuer TEXT NOT NULL, subject TEXT NOT NULL, account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        PRIMARY KEY (issuer, subject)
    )""",
    """CREATE TABLE account_sessions (
        digest TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL, made BIGINT NOT NULL, seen BIGINT NOT NULL, way TEXT NOT NULL, browser TEXT NOT NULL
    )""",
    "CREATE INDEX account_sessions_account ON account_sessions (account)",
    """CREATE TABLE account_tokens (
        digest TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        name TEXT NOT NULL, ceiling TEXT NOT NULL, reads INTEGER NOT NULL,
        made BIGINT NOT NULL, ends BIGINT NOT NULL, used BIGINT NOT NULL, revoked INTEGER NOT NULL
    )""",
    "CREATE INDEX account_tokens_account ON account_tokens (account)",
    """CREATE TABLE account_devices (
        digest TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, ends BIGINT NOT NULL
    )""",
    """CREATE TABLE account_attempts (
        whom TEXT PRIMARY KEY, level BIGINT NOT NULL, since BIGINT NOT NULL
    )""",
)
