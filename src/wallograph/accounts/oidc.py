"""What is known of an OpenID provider and of the identities that it vouches for.

In: the settings of an installation. Out: frozen values; the flow itself is in `oidc_flow`.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class OidcRules:
    """The provider of an installation, and what it calls the installation."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    name: str = ""

    @property
    def shown(self) -> str:
        """What the button says."""
        return self.name or urlsplit(self.issuer).hostname or self.issuer


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom a provider vouches for: only these two together name a person, for ever."""

    issuer: str
    subject: str
