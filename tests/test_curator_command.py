"""`wallograph curator …`: no default password, none on the command line, and what each subcommand does."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from people import PASSWORD, QUICK, no_vault
from wallograph.accounts.login import Attempt
from wallograph.accounts.people import People
from wallograph.cli import main
from wallograph.cli.curator import curator
from wallograph.errors import LoginFailed, NotFound
from wallograph.settings import Settings

DOCS = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def run(state: Path, *words: str, text: str | None = None, **env: str) -> Result:
    return CliRunner().invoke(main, ["curator", words[0], "--state", str(state), *words[1:]], input=text, env=env)


def people_in(state: Path) -> People:
    settings = Settings(state=state)
    return People(settings.database(), settings.people(), no_vault, passwords=QUICK)


def added(state: Path, login: str = "anna@example.org", *words: str) -> Result:
    return run(state, "add", login, "--stdin", *words, text=f"{PASSWORD}\n")


def logs_in(state: Path, password: str = PASSWORD) -> bool:
    people = people_in(state)
    try:
        people.logins.enter(Attempt("anna@example.org", password), people.now())
    except LoginFailed:
        return False
    return True


def test_there_is_nobody_before_somebody_is_added(state: Path) -> None:
    told = run(state, "list")
    assert told.exit_code == 0 and "there is no account" in told.stderr and told.stdout == ""


def test_a_password_never_stands_on_the_command_line() -> None:
    for command in curator.commands.values():
        for option in command.params:
            if isinstance(option, click.Option):
                assert "password" not in " ".join(option.opts), command.name
                assert option.is_flag or "password" not in (option.help or "").lower()
    assert curator.commands["add"].params[-1].name == "login"


def test_without_a_terminal_it_is_asked_for_by_stdin(state: Path) -> None:
    told = run(state, "add", "anna")
    assert told.exit_code == 3 and "--stdin" in told.stderr
    told = run(state, "add", "anna", "--stdin", text="short\n")
    assert told.exit_code == 3 and "12 characters" in told.stderr
    assert run(state, "add", "anna", "--stdin", text="").exit_code == 3
    assert people_in(state).accounts.all() == []


def test_adding_and_listing(state: Path) -> None:
    told = added(state, "Anna@example.org", "--name", "Anna", "--role", "curator", "--source", "ror")
    assert told.exit_code == 0 and PASSWORD not in told.output
    account = people_in(state).accounts.by_login("anna@example.org")
    assert account.id in told.output and account.sources == ("ror",) and logs_in(state)
    listed = run(state, "list").output
    assert re.search(r"anna@example.org  Anna  curator  \w{12}; password; only ror; last log-in \d", listed)
    assert added(state).exit_code == 3  # there is one already
    assert run(state, "role", "nobody", "curator").exit_code == 4


def test_roles_limits_and_closing(state: Path) -> None:
    added(state, "anna@example.org", "--theme", "photonics")
    assert "publisher" in run(state, "role", "anna@example.org", "publisher").output
    account = people_in(state).accounts.by_login("anna@example.org")
    assert (account.role, account.themes) == ("publisher", ("photonics",))
    run(state, "role", "anna@example.org", "curator", "--everything")
    assert not people_in(state).accounts.by_login("anna@example.org").is_limited
    assert run(state, "role", "anna@example.org", "curator", "--everything", "--source", "x").exit_code == 3
    run(state, "disable", "anna@example.org")
    assert "CLOSED" in run(state, "list").output and not logs_in(state)
    run(state, "enable", "anna@example.org")
    assert logs_in(state)
    assert run(state, "remove", "anna@example.org", text="n\n").exit_code == 1
    assert run(state, "remove", "anna@example.org", "--yes").exit_code == 0
    with pytest.raises(NotFound):
        people_in(state).accounts.by_login("anna@example.org")


def test_another_password(state: Path) -> None:
    added(state)
    run(state, "password", "anna@example.org", "--stdin", text="another good password\n")
    assert not logs_in(state) and logs_in(state, "another good password")
    run(state, "password", "anna@example.org", "--none")
    assert not logs_in(state, "another good password")


def test_tokens(state: Path) -> None:
    added(state)
    told = run(state, "token", "anna@example.org", "--name", "import", "--right", "contributor", "--read-only")
    secret = told.stdout.strip()
    people = people_in(state)
    person = people.tokens.find(secret, people.now())
    assert person is not None and person.role == "contributor" and person.reads
    assert secret not in told.stderr
    listed = run(state, "token", "anna@example.org", "--list").output
    ident = listed.split()[0]
    assert "import  contributor, read only" in listed and secret not in listed
    assert run(state, "token", "anna@example.org", "--revoke", ident).exit_code == 0
    assert people.tokens.find(secret, people.now()) is None
    assert run(state, "token", "anna@example.org", "--right", "administrator").exit_code == 3
    assert run(state, "token", "anna@example.org", "--revoke", "nothing").exit_code == 4


def test_linked_identities(state: Path) -> None:
    issuer = {"WALLOGRAPH_OIDC_ISSUER": "https://idp.example", "WALLOGRAPH_OIDC_CLIENT_ID": "w"}
    assert run(state, "add", "bob", "--oidc", "s-1").exit_code == 7
    assert people_in(state).accounts.all() == []
    assert run(state, "add", "bob", "--oidc", "s-1", **issuer).exit_code == 0
    assert people_in(state).accounts.by_subject("https://idp.example", "s-1").login == "bob"
    assert "https://idp.example as s-1" in run(state, "list").output
    assert run(state, "link", "bob", "--none").exit_code == 0
    assert run(state, "link", "bob", "s-2", **issuer).exit_code == 0
    assert people_in(state).accounts.by_subject("https://idp.example", "s-2").login == "bob"


def test_unlock_and_no_totp(state: Path) -> None:
    added(state)
    for _ in range(10):
        assert not logs_in(state, "wrong")
    assert run(state, "unlock", "anna@example.org").exit_code == 0
    assert logs_in(state)
    assert run(state, "no-totp", "anna@example.org").exit_code == 0


@pytest.mark.parametrize("command", sorted(curator.commands))
def test_every_subcommand_and_option_is_documented(command: str) -> None:
    assert f"wallograph curator {command}" in DOCS
    told = CliRunner().invoke(main, ["curator", command, "--help"]).output
    assert len(told.splitlines()) > 4
    for option in curator.commands[command].params:
        if isinstance(option, click.Option):
            assert f"`{option.opts[-1]}" in DOCS, option.opts
