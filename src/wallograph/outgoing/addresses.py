"""Which addresses may be asked: those of the public internet, and private ones if the operator allows them.

In: an IP address as the resolver gives it. Out: why it is refused, or None. The ranges are written down here, from
the special-purpose registries of IANA, so that the answer does not depend on the version of Python.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

# What an operator may allow: machines of the same house.
_PRIVATE: Final = tuple(
    map(IPv4Network, ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
)
_PRIVATE_6: Final = tuple(map(IPv6Network, ("::1/128", "fc00::/7")))
# Never: this network, link-local (there cloud machines tell their secrets), documentation, benchmarks, relays,
# multicast, reserved; 168.63.129.16 is a public address by which a cloud talks to its own machines.
_NEVER: Final = {
    IPv4Network("0.0.0.0/8"): "unspecified",
    IPv4Network("169.254.0.0/16"): "link-local",
    IPv4Network("192.0.0.0/24"): "reserved",
    IPv4Network("192.0.2.0/24"): "reserved",
    IPv4Network("192.88.99.0/24"): "reserved",
    IPv4Network("198.18.0.0/15"): "reserved",
    IPv4Network("198.51.100.0/24"): "reserved",
    IPv4Network("203.0.113.0/24"): "reserved",
    IPv4Network("224.0.0.0/4"): "multicast",
    IPv4Network("240.0.0.0/4"): "reserved",
    IPv4Network("168.63.129.16/32"): "reserved",
}
_UNICAST_6: Final = IPv6Network("2000::/3")  # all that is public in IPv6 is in here
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Protocol assignments and Teredo, documentation, 6to4, documentation.
_NEVER_6: Final = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_MULTICAST_6: Final = IPv6Network("ff00::/8")
_LINK_LOCAL_6: Final = IPv6Network("fe80::/10")


def refusal(address: str, *, private: bool = False) -> str | None:
    """Why an address may not be asked, in one word; None if it may. `private` allows the operator's own networks.

    >>> refusal("10.1.2.3"), refusal("::ffff:169.254.169.254"), refusal("64:ff9b::7f00:1"), refusal("9.9.9.9")
    ('private', 'link-local', 'private', None)
    >>> refusal("10.1.2.3", private=True), refusal("169.254.169.254", private=True)
    (None, 'link-local')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        inner = _embedded(found)
        if inner is None:
            return _refusal_6(found, private=private)
        found = inner
    return _refusal_4(found, private=private)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is really asked: mapped, or behind a translator (NAT64)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def _refusal_4(address: IPv4Address, *, private: bool) -> str | None:
    if any(address in network for network in _PRIVATE):
        return None if private else "private"
    return next((word for network, word in _NEVER.items() if address in network), None)


def _refusal_6(address: IPv6Address, *, private: bool) -> str | None:
    if any(address in network for network in _PRIVATE_6):
        return None if private else "private"
    if address in _MULTICAST_6:
        return "multicast"
    if address in _LINK_LOCAL_6:
        return "link-local"
    if address not in _UNICAST_6 or any(address in network for network in _NEVER_6):
        return "reserved"
    return None
