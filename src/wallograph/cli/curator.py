"""`wallograph curator …`: the people who may decide, their roles, passwords, tokens.

In: the state folder or WALLOGRAPH_JOURNAL_URL, a login. Out: accounts. A password is read from a prompt or, with
--stdin, from the first line of standard input, never from the command line; there is no default one.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from wallograph.accounts.model import Account, Role
from wallograph.accounts.people import People
from wallograph.accounts.tokens import LONGEST_DAYS
from wallograph.cli.delivering import settings_of
from wallograph.cli.options import state_option
from wallograph.errors import InputError, StateError
from wallograph.outgoing.vault import Vault
from wallograph.settings import Settings

role_option = click.option(
    "--role", type=click.Choice([str(role) for role in Role]), default=str(Role.CURATOR), show_default=True,
    help="What it may do; each role may do all that the ones before it may.",
)  # fmt: skip
stdin_option = click.option("--stdin", is_flag=True, help="Read the password from the first line of standard input.")


@click.group()
def curator() -> None:
    """Add people who may decide on proposals, and change what they may do.

    \b
      wallograph curator add anna@example.org --name "Anna" --role curator
      wallograph curator list
      wallograph curator token anna@example.org --name "nightly import" --right contributor --days 90

    Every change of what somebody may do ends their sessions. Every subcommand takes --state and has --help.
    """


@curator.command()
@state_option
@role_option
@stdin_option
@click.option("--name", default="", help="What the person is called on the desk; never published.")
@click.option("--source", "sources", multiple=True, help="Key of a source that it may decide on. Repeatable.")
@click.option("--theme", "themes", multiple=True, help="Code of a theme that it may decide on. Repeatable.")
@click.option("--oidc", "subject", metavar="SUBJECT", help="It logs in with WALLOGRAPH_OIDC_ISSUER, which calls it so.")
@click.argument("login")
def add(
    state: Path, role: str, stdin: bool, name: str, sources: tuple[str, ...], themes: tuple[str, ...],
    subject: str | None, login: str,
) -> None:  # fmt: skip
    """Add the account LOGIN. Its password is asked for; with --oidc it has none."""
    settings = settings_of(state)
    people = _people(settings)
    issuer = _issuer(settings) if subject is not None else ""
    hashed = "" if subject is not None else people.passwords.hash(_password(stdin))
    now = people.now()
    account = people.accounts.add(
        login, Role(role), now, name=name, sources=sources, themes=themes, password=hashed
    )  # fmt: skip
    if subject is not None:
        people.accounts.link(account.id, issuer, subject)
    click.echo(f"{account.login} is {account.role}; its id in the journal is {account.id}")


@curator.command("list")
@state_option
def list_accounts(state: Path) -> None:
    """List the accounts: what they may do, how they log in, when they did."""
    people = _people(settings_of(state))
    found = people.accounts.all()
    if not found:
        click.echo("there is no account: `wallograph curator add LOGIN`", err=True)
    for account in found:
        click.echo(_line(people, account))


@curator.command()
@state_option
@click.argument("login")
def disable(state: Path, login: str) -> None:
    """Close the account LOGIN: its sessions end, its tokens do not work."""
    people = _people(settings_of(state))
    people.accounts.disable(people.accounts.by_login(login).id)
    click.echo(f"{login} is closed")


@curator.command()
@state_option
@click.argument("login")
def enable(state: Path, login: str) -> None:
    """Open the account LOGIN again; its tokens work again."""
    people = _people(settings_of(state))
    people.accounts.disable(people.accounts.by_login(login).id, False)
    click.echo(f"{login} is open")


@curator.command()
@state_option
@click.confirmation_option(prompt="Forget this account for ever?", help="Do not ask.")
@click.argument("login")
def remove(state: Path, login: str) -> None:
    """Forget the account LOGIN. What it decided keeps its opaque id, which then names nobody."""
    people = _people(settings_of(state))
    people.accounts.remove(people.accounts.by_login(login).id)
    click.echo(f"{login} is removed")


@curator.command("role")
@state_option
@click.option("--source", "sources", multiple=True, help="Key of a source that it may decide on. Repeatable.")
@click.option("--theme", "themes", multiple=True, help="Code of a theme that it may decide on. Repeatable.")
@click.option("--everything", is_flag=True, help="It may decide on all sources and themes.")
@click.argument("login")
@click.argument("role", type=click.Choice([str(role) for role in Role]))
def set_role(
    state: Path, sources: tuple[str, ...], themes: tuple[str, ...], everything: bool, login: str, role: str
) -> None:
    """Give the account LOGIN another ROLE, or other limits; without an option the limits stay."""
    if everything and (sources or themes):
        raise InputError("either --everything, or --source and --theme")
    people = _people(settings_of(state))
    account = people.accounts.by_login(login)
    people.accounts.set_role(account.id, Role(role))
    if everything or sources or themes:
        people.accounts.limit(account.id, sources, themes)
    click.echo(_line(people, people.accounts.get(account.id)))


@curator.command()
@state_option
@stdin_option
@click.option("--none", "without", is_flag=True, help="It cannot log in with a password any more.")
@click.argument("login")
def password(state: Path, stdin: bool, without: bool, login: str) -> None:
    """Set another password for the account LOGIN; all its sessions end."""
    people = _people(settings_of(state))
    account = people.accounts.by_login(login)
    people.accounts.set_password(account.id, "" if without else people.passwords.hash(_password(stdin)))
    people.throttle.unlock(account.login)
    click.echo(f"{login} {'has no password any more' if without else 'has another password'}")


@curator.command()
@state_option
@click.option("--name", default="from the command line", help="What it is for.")
@click.option("--right", type=click.Choice([str(role) for role in Role]), default=None, help="Default: its role.")
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=90, show_default=True, help="How long it lasts.")
@click.option("--read-only", is_flag=True, help="It cannot change anything.")
@click.option("--revoke", metavar="ID", default=None, help="End a token instead; --list shows the ids.")
@click.option("--list", "listed", is_flag=True, help="List its tokens instead.")
@click.argument("login")
def token(
    state: Path, name: str, right: str | None, days: int, read_only: bool, revoke: str | None, listed: bool, login: str
) -> None:
    """Make an API token for the account LOGIN. It is written to standard output once, and to nowhere else."""
    people = _people(settings_of(state))
    account = people.accounts.by_login(login)
    if revoke is not None:
        people.tokens.revoke(account, revoke)
        click.echo(f"token {revoke} is revoked")
        return
    if listed:
        for each in people.tokens.of(account):
            over = "revoked" if each.revoked else f"until {_moment(each.ends)}"
            kind = f"{each.ceiling}{', read only' if each.reads else ''}"
            click.echo(f"{each.id}  {each.name}  {kind}  {over}  used {_moment(each.used)}")
        return
    ceiling = Role(right) if right else account.role
    made, secret = people.tokens.make(account, name, ceiling, days, people.now(), reads=read_only)
    click.echo(secret)
    click.echo(f"token {made.id} lasts until {_moment(made.ends)}; it is not shown again", err=True)


@curator.command()
@state_option
@click.argument("login")
def unlock(state: Path, login: str) -> None:
    """Forget the failed log-ins of the account LOGIN."""
    people = _people(settings_of(state))
    people.throttle.unlock(people.accounts.by_login(login).login)
    click.echo(f"{login} may try again")


@curator.command("no-totp")
@state_option
@click.argument("login")
def no_totp(state: Path, login: str) -> None:
    """Take the second factor from the account LOGIN: the telephone is lost, or the secret key is."""
    people = _people(settings_of(state))
    people.factor.remove(people.accounts.by_login(login))
    click.echo(f"{login} logs in without a second factor")


@curator.command()
@state_option
@click.option("--none", "without", is_flag=True, help="Unlink it instead.")
@click.argument("login")
@click.argument("subject", required=False)
def link(state: Path, without: bool, login: str, subject: str | None) -> None:
    """Let the identity SUBJECT of WALLOGRAPH_OIDC_ISSUER log in as the account LOGIN."""
    settings = settings_of(state)
    people = _people(settings)
    account = people.accounts.by_login(login)
    if without:
        people.accounts.unlink(account.id)
        click.echo(f"{login} is linked to no identity")
        return
    if subject is None:
        raise InputError("name the SUBJECT, or --none")
    people.accounts.link(account.id, _issuer(settings), subject)
    click.echo(f"{login} may log in as {subject}")


def _people(settings: Settings) -> People:
    return People(settings.database(), settings.people(), lambda: Vault(settings.secret_keys()))


def _issuer(settings: Settings) -> str:
    if not settings.oidc_issuer:
        raise StateError("no OpenID provider is set: WALLOGRAPH_OIDC_ISSUER")
    return settings.oidc_issuer


def _password(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InputError("there is no terminal to ask for the password on: give it with --stdin")
    found: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return found


def _line(people: People, account: Account) -> str:
    ways = [f"{issuer} as {subject}" for issuer, subject in people.accounts.subjects(account.id)]
    ways += ["password"] if account.has_password else []
    ways += ["second factor"] if account.has_totp else []
    who = f"{account.login}  {account.name or '-'}  {account.role}  {account.id}"
    parts = [who, ", ".join(ways) or "cannot log in"]
    if account.is_limited:
        parts.append("only " + ", ".join([*account.sources, *account.themes]))
    parts.append(f"last log-in {_moment(account.entered)}")
    if account.disabled:
        parts.append("CLOSED")
    return "; ".join(parts)


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds else "never"
