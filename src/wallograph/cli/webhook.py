"""`wallograph webhook …`: the portals that are told of each release.

In: the state folder, the address of a portal. Out: a key that is shown once; a list; messages that were sent.
"""

import secrets
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from wallograph.cli.delivering import deliverer_of, settings_of
from wallograph.cli.options import state_option
from wallograph.errors import InputError, OutgoingError, StateError
from wallograph.iris import is_local
from wallograph.outgoing.deliver import purpose, send
from wallograph.outgoing.door import Door
from wallograph.outgoing.hooks import Hook, Hooks, Standing
from wallograph.outgoing.signing import new_key
from wallograph.outgoing.vault import Vault
from wallograph.pipeline.announce import announce, ping_body
from wallograph.release.state import State
from wallograph.settings import Settings

_ID_BYTES = 4


@click.group()
def webhook() -> None:
    """Tell portals of each new release, by a signed POST (Standard Webhooks).

    \b
      wallograph webhook add https://portal.example/hook --name "The portal"
      wallograph webhook test 3f2a9c1d
      wallograph webhook list

    `wallograph serve` delivers; without a server, `wallograph webhook deliver` does. Keys and addresses are kept
    encrypted with WALLOGRAPH_SECRET_KEY. Every subcommand takes --state and has --help.
    """


@webhook.command()
@state_option
@click.option("--name", default="", help="What the portal is called in the list.")
@click.argument("url")
def add(state: Path, name: str, url: str) -> None:
    """Register the portal at URL. Its key is shown once: give it to the portal.

    It is told of the releases after the current one. URL begins with https:// and leads to a public address; see
    WALLOGRAPH_OUTGOING_HTTP and WALLOGRAPH_OUTGOING_PRIVATE for others.
    """
    settings = settings_of(state)
    hooks, vault, releases = Hooks(state), Vault(settings.secret_keys()), State(state)
    current = releases.current()
    if current is None:
        raise StateError(f"no release in {state}: run `wallograph build` first")
    if any(vault.open(purpose(other.id), other.sealed)["url"] == url for other in hooks.all()):
        raise InputError("this address is registered already; `wallograph webhook list` shows it")
    target = Door(settings.outgoing()).check(url)
    ident, key = secrets.token_hex(_ID_BYTES), new_key()
    sealed = vault.seal(purpose(ident), {"url": url, "key": key})
    hooks.add(Hook(ident, _plain(name), target.shown, sealed, current.number))
    click.echo(f"webhook {ident}: {target.shown} is told of the releases after {current.number}")
    click.echo(f"key: {key}")
    click.echo("The key is not shown again. The portal verifies with it: see docs/portals.md.", err=True)
    _warn_local(settings, releases)


@webhook.command("list")
@state_option
def list_hooks(state: Path) -> None:
    """List the webhooks: what was sent, what waits, what the last attempt gave."""
    found = Hooks(state).standing()
    if not found:
        click.echo("no webhook is registered: `wallograph webhook add URL`", err=True)
    for each in found:
        click.echo(_line(each))


@webhook.command()
@state_option
@click.argument("ident", metavar="ID")
def remove(state: Path, ident: str) -> None:
    """Forget the webhook ID, its key and all that waits for it."""
    Hooks(state).remove(ident)
    click.echo(f"webhook {ident} is removed")


@webhook.command()
@state_option
@click.argument("ident", metavar="ID")
def enable(state: Path, ident: str) -> None:
    """Send again to the webhook ID, which the portal ended (410) or which was given up. What was missed is sent too."""
    Hooks(state).enable(ident, time.time())
    click.echo(f"webhook {ident} is active")


@webhook.command()
@state_option
@click.argument("ident", metavar="ID")
def test(state: Path, ident: str) -> None:
    """Send a signed message of the type webhook.test to the webhook ID now, once, and tell the outcome."""
    settings = settings_of(state)
    hook, vault, door = Hooks(state).get(ident), Vault(settings.secret_keys()), Door(settings.outgoing())
    now = time.time()
    body = ping_body(datetime.fromtimestamp(now, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    outcome = send(door, vault, hook, f"msg_{secrets.token_hex(16)}", body, now)
    if not outcome.ok:
        raise OutgoingError(f"{hook.shown} did not take the message: {outcome.told}")
    click.echo(f"{hook.shown} {outcome.told}")


@webhook.command()
@state_option
def deliver(state: Path) -> None:
    """Send what is due and end. Where `wallograph serve` runs it delivers by itself."""
    settings, hooks = settings_of(state), Hooks(state)
    if not hooks.exists():
        click.echo("no webhook is registered", err=True)
        return
    with hooks.delivering() as mine:
        if not mine:
            click.echo("another process delivers already", err=True)
            return
        deliverer = deliverer_of(settings, hooks, lambda text: click.echo(text, err=True))
        announce(State(state), hooks, time.time(), local=settings.webhook_local)
        deliverer.finish()
    _warn_local(settings, State(state))
    for each in hooks.standing():
        click.echo(_line(each))


def _warn_local(settings: Settings, state: State) -> None:
    current = state.current()
    if current is not None and is_local(current.base) and not settings.webhook_local:
        click.echo(
            f"nothing is sent of releases on {current.base}, which only means something on this machine; "
            "WALLOGRAPH_WEBHOOK_LOCAL=true sends",
            err=True,
        )


def _line(each: Standing) -> str:
    hook = each.hook
    sent = f"release {each.sent} sent" if each.sent is not None else "nothing sent yet"
    parts = [f"{hook.id}  {hook.name or '-'}  {hook.shown}  {sent}, {each.waiting} waiting"]
    if each.tried is not None:
        parts.append(f"last attempt {_moment(each.tried)} ({each.attempts}): {each.result}")
    if hook.disabled:
        parts.append(f"DISABLED: {hook.disabled}")
    elif each.due is not None:
        parts.append(f"next attempt {_moment(each.due)}")
    return "; ".join(parts)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _plain(name: str) -> str:
    """A name without characters that move the cursor of a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())
