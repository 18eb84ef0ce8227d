"""The accounts: passwords, throttling, second factor, sessions, tokens; on SQLite and on PostgreSQL."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest

from people import PASSWORD, QUICK, START, Clock, no_vault, people_of
from wallograph.accounts.login import Attempt
from wallograph.accounts.model import RIGHTS, Account, Person, Role
from wallograph.accounts.passwords import Passwords
from wallograph.accounts.people import People, PeopleRules
from wallograph.accounts.sessions import SessionRules
from wallograph.accounts.throttle import ThrottleRules
from wallograph.database import Database
from wallograph.errors import Conflict, InputError, LoginFailed, LoginThrottled, NotFound, SecretKeyError

RULES = PeopleRules(SessionRules(idle=3600, whole=8 * 3600), ThrottleRules(account=5, address=20, minutes=10))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(database: Database, clock: Clock) -> People:
    return people_of(database, clock, RULES)


@pytest.fixture
def anna(people: People) -> Account:
    return people.accounts.add("Anna@Example.org", Role.CURATOR, START, name="Anna", password=QUICK.hash(PASSWORD))


def enter(
    people: People, login: str = "anna@example.org", password: str = PASSWORD, **more: str
) -> tuple[Account, str]:
    return people.logins.enter(Attempt(login, password, **{"address": "203.0.113.1", **more}), people.now())


def fails(people: People, times: int, **more: str) -> None:
    for _ in range(times):
        with pytest.raises(LoginFailed):
            enter(people, password="wrong", **more)


def code_of(people: People, account: Account, seed: str) -> str:
    return pyotp.TOTP(seed).at(people.now())


def with_totp(people: People, account: Account) -> tuple[str, list[str]]:
    """The seed and the recovery codes of a second factor."""
    address = people.factor.offer(account)
    seed = pyotp.parse_uri(address).secret
    return seed, people.factor.confirm(account, code_of(people, account, seed), people.now())


# -- accounts and rights


def test_an_account_is_found_by_its_login_and_its_id(people: People, anna: Account) -> None:
    assert anna.login == "anna@example.org"
    assert people.accounts.by_login(" ANNA@example.org ").id == anna.id
    assert people.accounts.get(anna.id) == anna
    assert len(anna.id) == 12 and "anna" not in anna.id
    assert people.accounts.names([anna.id, "nobody"]) == {anna.id: "Anna"}
    with pytest.raises(Conflict):
        people.accounts.add("anna@example.org", Role.CURATOR, START)
    with pytest.raises(NotFound):
        people.accounts.by_login("nobody")


@pytest.mark.parametrize("login", ["", "a", "a b", "ännä", "a\nb", "-anna", "x" * 65, "<script>", "аnna"])
def test_what_is_no_login(people: People, login: str) -> None:
    with pytest.raises(InputError):
        people.accounts.add(login, Role.CURATOR, START)


def test_names_are_plain(people: People) -> None:
    assert people.accounts.add("bob", Role.CURATOR, START, name="B\u202eob\n\x1b[1m ").name == "B ob [1m"
    with pytest.raises(InputError):
        people.accounts.add("carl", Role.CURATOR, START, name="x" * 81)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_the_rights_before_it(role: Role) -> None:
    person = Person(Account("i", "l", "n", role))
    order = ["public", "author", "contributor", "curator", "publisher", "administrator"]
    assert list(RIGHTS) == order
    assert [person.may(right) for right in order] == [order.index(right) <= order.index(role) for right in order]
    assert not person.may("everything") and not person.may("")


def test_a_limited_curator_covers_its_sources_and_themes() -> None:
    limited = Account("i", "l", "n", Role.CURATOR, sources=("ror",), themes=("photonics",))
    assert Person(limited).covers(["ror", "x"]) and Person(limited).covers([], ["photonics"])
    assert not Person(limited).covers(["other"], ["energy"]) and not Person(limited).covers()
    assert Person(limited.to(role=Role.PUBLISHER)).covers(["other"])
    assert Person(limited.to(sources=(), themes=())).covers(["other"])


def test_removing_leaves_nothing(people: People, anna: Account, database: Database) -> None:
    with_totp(people, anna)
    _, token = people.tokens.make(anna, "t", Role.CURATOR, 5, people.now())
    secret = people.sessions.begin(anna, people.now(), way="password")
    people.accounts.link(anna.id, "https://idp.example", "anna-1")
    people.accounts.remove(anna.id)
    assert people.sessions.find(secret, people.now()) is None and people.tokens.find(token, people.now()) is None
    with database.reading() as tx:
        for table in ("accounts", "account_recovery", "account_links", "account_sessions", "account_tokens",
                      "account_devices"):  # fmt: skip
            assert tx.execute(f"SELECT COUNT(*) FROM {table}") == [(0,)], table


def test_no_secret_is_stored_as_it_is(people: People, anna: Account, database: Database) -> None:
    seed, codes = with_totp(people, anna)
    _, token = people.tokens.make(anna, "t", Role.CURATOR, 5, people.now())
    session = people.sessions.begin(anna, people.now(), way="password")
    _, device = enter(people, code=codes[0])
    fails(people, 1, address="198.51.100.77")
    stored = []
    with database.reading() as tx:
        for table in ("accounts", "account_recovery", "account_sessions", "account_tokens", "account_devices",
                      "account_attempts"):  # fmt: skip
            stored += [str(bytes(v)) if isinstance(v, bytes | memoryview) else str(v)
                       for row in tx.execute(f"SELECT * FROM {table}") for v in row]  # fmt: skip
    text = "\n".join(stored)
    plain = [code.replace("-", "") for code in codes]
    for secret in (PASSWORD, seed, token, token[3:], session, device, *codes, *plain, "198.51.100.77"):
        assert secret not in text
    assert "$argon2id$" in text


# -- passwords


def test_a_real_hash_is_argon2id_with_64_mib() -> None:
    passwords = Passwords()
    hashed = passwords.hash(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits(hashed, PASSWORD) and not passwords.fits(hashed, PASSWORD + " ")
    assert not passwords.is_old(hashed) and passwords.is_old(QUICK.hash(PASSWORD))


@pytest.mark.parametrize(
    "password", ["", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababababab", "x" * 1025 + "abcde"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(InputError):
        QUICK.hash(password)


def test_a_password_is_the_same_however_it_is_typed() -> None:
    assert QUICK.fits(QUICK.hash("crème brûlée à midi"), "cre\u0300me bru\u0302le\u0301e a\u0300 midi")


@pytest.mark.parametrize("password", ["", "\0", "\ud800", "x" * 100_000, "é" * 2000])
def test_odd_passwords_only_fail(people: People, anna: Account, password: str) -> None:
    with pytest.raises(LoginFailed):
        enter(people, password=password)


@pytest.mark.parametrize("login", ["", "\0", "\ud800", "x" * 100_000, "' OR 1=1 --", "\u202e"])
def test_odd_logins_only_fail(people: People, anna: Account, login: str) -> None:
    with pytest.raises((LoginFailed, InputError)):
        enter(people, login=login)


def test_a_hash_is_renewed_when_the_parameters_changed(people: People, anna: Account, database: Database) -> None:
    stronger = Passwords(memory_kib=128, passes=2, lanes=1)
    later = People(database, RULES, no_vault, now=people.now, passwords=stronger)
    enter(later)
    with database.reading() as tx:
        hashed = tx.execute("SELECT password FROM accounts")[0][0]
    assert not stronger.is_old(hashed) and stronger.fits(hashed, PASSWORD)
    secret = later.sessions.begin(anna, later.now(), way="password")
    enter(later)
    assert later.sessions.find(secret, later.now()) is not None  # no change of rights


# -- logging in


def test_a_right_log_in_is_noted(people: People, anna: Account, clock: Clock) -> None:
    clock.on(hours=1)
    account, device = enter(people)
    assert account.id == anna.id and len(device) > 40
    assert people.accounts.get(anna.id).entered == int(clock().timestamp())


def test_whatever_is_wrong_the_answer_is_the_same(people: People, anna: Account) -> None:
    people.accounts.add("linked", Role.CURATOR, START)
    closed = people.accounts.add("closed", Role.CURATOR, START, password=QUICK.hash(PASSWORD))
    people.accounts.disable(closed.id)
    second = people.accounts.add("second", Role.CURATOR, START, password=QUICK.hash(PASSWORD))
    with_totp(people, second)
    told = set()
    for attempt in (
        Attempt("nobody", PASSWORD), Attempt("anna@example.org", "wrong"), Attempt("linked", ""),
        Attempt("linked", PASSWORD), Attempt("closed", PASSWORD), Attempt("second", PASSWORD),
        Attempt("second", PASSWORD, "000000"), Attempt("second", "wrong", "000000"),
    ):  # fmt: skip
        with pytest.raises(LoginFailed) as caught:
            people.logins.enter(attempt, people.now())
        told.add(str(caught.value))
    assert told == {"login, password or code is not right"}


def test_an_unknown_login_is_the_same_work(database_url: str) -> None:
    """Measured with a hash that takes long enough to be seen; the median, because other work runs beside it."""
    if not database_url.startswith("sqlite"):
        return
    slow = Passwords(memory_kib=8192, passes=3, lanes=1)
    people = People(
        Database(database_url), PeopleRules(throttle=ThrottleRules(10_000, 10_000, 1)), no_vault, passwords=slow
    )
    people.accounts.add("anna", Role.CURATOR, START, password=slow.hash(PASSWORD))
    people.accounts.add("linked", Role.CURATOR, START)

    def took(login: str) -> float:
        begin = time.process_time()
        with pytest.raises(LoginFailed):
            people.logins.enter(Attempt(login, "wrong"), START)
        return time.process_time() - begin

    times = {login: statistics.median(took(login) for _ in range(9)) for login in ("anna", "nobody", "linked")}
    assert max(times.values()) < 2 * min(times.values()), times


# -- throttling


def test_too_many_failures_of_an_account_wait(people: People, anna: Account, clock: Clock) -> None:
    fails(people, 5)
    with pytest.raises(LoginThrottled) as caught:
        enter(people)
    assert 0 < caught.value.retry_after <= 121
    clock.on(seconds=caught.value.retry_after)
    assert enter(people)[0].id == anna.id  # never longer than that


def test_an_unknown_account_is_throttled_alike(people: People, anna: Account) -> None:
    waits = []
    for login in ("anna@example.org", "nobody"):
        fails(people, 5, login=login)
        with pytest.raises(LoginThrottled) as caught:
            enter(people, login=login)
        waits.append((str(caught.value), caught.value.retry_after))
    assert waits[0] == waits[1]


def test_a_right_log_in_costs_nothing(people: People, anna: Account) -> None:
    for _ in range(12):
        enter(people)


def test_strangers_do_not_lock_somebody_out_of_their_browser(people: People, anna: Account, clock: Clock) -> None:
    _, device = enter(people, address="192.0.2.5")
    for n in range(40):  # from ever other addresses
        with pytest.raises((LoginFailed, LoginThrottled)):
            enter(people, password="wrong", address=f"203.0.113.{n}")
        clock.on(seconds=5)
    with pytest.raises(LoginThrottled):
        enter(people, address="192.0.2.5")
    assert enter(people, address="192.0.2.5", device=device)[0].id == anna.id
    fails(people, 5, device=device)  # a browser that was taken has no more attempts than others
    with pytest.raises(LoginThrottled):
        enter(people, device=device)


def test_the_browser_of_one_account_is_nothing_to_another(people: People, anna: Account) -> None:
    people.accounts.add("bob", Role.CURATOR, START, password=QUICK.hash(PASSWORD))
    _, device = enter(people)
    fails(people, 5, login="bob", device=device)
    with pytest.raises(LoginThrottled):
        enter(people, login="bob", device=device)


def test_a_known_browser_is_forgotten_in_time(people: People, anna: Account, clock: Clock) -> None:
    _, device = enter(people)
    clock.on(days=181)
    fails(people, 5)
    with pytest.raises(LoginThrottled):
        enter(people, device=device)


def test_one_address_that_tries_many_accounts_waits(people: People, anna: Account) -> None:
    for n in range(20):
        with pytest.raises(LoginFailed):
            enter(people, login=f"nobody{n}")
    with pytest.raises(LoginThrottled):
        enter(people, login="another")
    with pytest.raises(LoginThrottled):
        enter(people)
    assert enter(people, address="198.51.100.9")[0].id == anna.id


def test_many_at_once_count_as_well(people: People, anna: Account) -> None:
    def attempt(_: int) -> str:
        try:
            enter(people, password="wrong")
        except (LoginFailed, LoginThrottled) as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(attempt, range(24)))
    assert told.count("LoginFailed") == 5 and told.count("LoginThrottled") == 19


def test_unlock_forgets_the_failures(people: People, anna: Account) -> None:
    fails(people, 5)
    people.throttle.unlock(anna.login)
    assert enter(people)[0].id == anna.id


def test_what_is_counted_is_forgotten(people: People, anna: Account, clock: Clock, database: Database) -> None:
    fails(people, 3)
    clock.on(minutes=11)
    fails(people, 1, login="other", address="198.51.100.1")
    with database.reading() as tx:
        assert tx.execute("SELECT COUNT(*) FROM account_attempts") == [(2,)]


# -- the second factor


def test_a_code_is_right_once(people: People, anna: Account, clock: Clock) -> None:
    seed, _ = with_totp(people, anna)
    clock.on(seconds=60)
    code = code_of(people, anna, seed)
    assert enter(people, code=code)[0].has_totp
    with pytest.raises(LoginFailed):
        enter(people, code=code)
    clock.on(seconds=30)
    assert enter(people, code=code_of(people, anna, seed))


def test_the_code_that_set_it_up_is_used_up(people: People, anna: Account) -> None:
    seed, _ = with_totp(people, anna)
    with pytest.raises(LoginFailed):
        enter(people, code=code_of(people, anna, seed))


def test_two_at_once_with_one_code(people: People, anna: Account, clock: Clock) -> None:
    seed, _ = with_totp(people, anna)
    clock.on(seconds=60)
    code = code_of(people, anna, seed)

    def attempt(_: int) -> bool:
        try:
            enter(people, code=code)
        except LoginFailed:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(attempt, range(5))) == 1


def test_a_clock_may_be_one_step_off(people: People, anna: Account, clock: Clock) -> None:
    seed, _ = with_totp(people, anna)
    clock.on(minutes=5)
    assert enter(people, code=pyotp.TOTP(seed).at(clock() - timedelta(seconds=30)))
    assert enter(people, code=pyotp.TOTP(seed).at(clock() + timedelta(seconds=30)))
    for off in (-90, 90):
        with pytest.raises(LoginFailed):
            enter(people, code=pyotp.TOTP(seed).at(clock() + timedelta(seconds=off)))


def test_recovery_codes_are_right_once(people: People, anna: Account) -> None:
    _, codes = with_totp(people, anna)
    assert len(set(codes)) == 10 and people.factor.left(anna) == 10
    assert enter(people, code=codes[3].upper().replace("-", " "))
    assert people.factor.left(anna) == 9
    with pytest.raises(LoginFailed):
        enter(people, code=codes[3])


def test_a_wrong_code_does_not_set_it_up(people: People, anna: Account) -> None:
    with pytest.raises(LoginFailed):
        people.factor.confirm(anna, "123456", people.now())
    people.factor.offer(anna)
    for code in ("", "abcdef", "12345", "é"):
        with pytest.raises(LoginFailed):
            people.factor.confirm(anna, code, people.now())
    assert not people.accounts.get(anna.id).has_totp
    enter(people)


def test_removing_it(people: People, anna: Account) -> None:
    with_totp(people, anna)
    people.factor.remove(anna)
    assert people.factor.left(anna) == 0 and not enter(people)[0].has_totp


def test_a_seed_needs_its_key_and_its_row(people: People, anna: Account, database: Database) -> None:
    seed, _ = with_totp(people, anna)
    bob = people.accounts.add("bob", Role.CURATOR, START, password=QUICK.hash(PASSWORD))
    with database.writing() as tx:
        sealed = tx.execute("SELECT totp FROM accounts WHERE id = ?", (anna.id,))[0][0]
        tx.execute("UPDATE accounts SET totp = ? WHERE id = ?", (sealed, bob.id))
    people.now.on(minutes=5)  # type: ignore[attr-defined]
    with pytest.raises(SecretKeyError):
        enter(people, login="bob", code=code_of(people, bob, seed))
    keyless = People(database, RULES, no_vault, now=people.now, passwords=QUICK)
    assert not keyless.factor.is_possible() and people.factor.is_possible()
    with pytest.raises(SecretKeyError):
        enter(keyless, code=code_of(people, anna, seed))


# -- sessions


def test_a_session_says_who_asks(people: People, anna: Account) -> None:
    secret = people.sessions.begin(anna, people.now(), way="password", browser="Firefox · Linux")
    person = people.sessions.find(secret, people.now())
    assert person is not None and person.id == anna.id and person.role == Role.CURATOR and person.may("curator")
    assert person.csrf and person.csrf not in secret and secret not in person.csrf
    assert people.sessions.find(secret[:-1], people.now()) is None
    assert people.sessions.find("", people.now()) is None


def test_a_session_ends_when_idle_and_when_old(people: People, anna: Account, clock: Clock) -> None:
    secret = people.sessions.begin(anna, clock(), way="password")
    for _ in range(15):
        clock.on(minutes=31)
        assert people.sessions.find(secret, clock()) is not None
    clock.on(minutes=31)  # 8 h 16
    assert people.sessions.find(secret, clock()) is None
    secret = people.sessions.begin(anna, clock(), way="password")
    clock.on(minutes=60)
    assert people.sessions.find(secret, clock()) is None
    assert people.sessions.of(anna, clock()) == []


@pytest.mark.parametrize("change", ["role", "limit", "disable", "password", "totp", "totp-off", "link", "unlink"])
def test_every_change_of_rights_ends_the_sessions(people: People, anna: Account, change: str) -> None:
    if change == "totp-off":
        with_totp(people, anna)
    secret = people.sessions.begin(people.accounts.get(anna.id), people.now(), way="password")
    other = people.accounts.add("bob", Role.CURATOR, START)
    others = people.sessions.begin(other, people.now(), way="oidc")
    changes = {
        "role": lambda: people.accounts.set_role(anna.id, Role.PUBLISHER),
        "limit": lambda: people.accounts.limit(anna.id, ["ror"], []),
        "disable": lambda: people.accounts.disable(anna.id),
        "password": lambda: people.accounts.set_password(anna.id, QUICK.hash("another good password")),
        "totp": lambda: with_totp(people, anna),
        "totp-off": lambda: people.factor.remove(anna),
        "link": lambda: people.accounts.link(anna.id, "https://idp.example", "x"),
        "unlink": lambda: people.accounts.unlink(anna.id),
    }
    changes[change]()
    assert people.sessions.find(secret, people.now()) is None
    assert people.sessions.find(others, people.now()) is not None


def test_a_new_session_of_the_browser_ends_its_old_one(people: People, anna: Account) -> None:
    first = people.sessions.begin(anna, people.now(), way="password")
    second = people.sessions.begin(anna, people.now(), way="password", instead=first)
    assert first != second and people.sessions.find(first, people.now()) is None
    assert len(people.sessions.of(anna, people.now())) == 1


def test_ending_sessions(people: People, anna: Account) -> None:
    secrets = [people.sessions.begin(anna, people.now(), way="password", browser=str(n)) for n in range(3)]
    found = [people.sessions.find(secret, people.now()) for secret in secrets]
    assert found[0] and found[1]
    people.sessions.end_one(anna, found[1].session)
    assert [people.sessions.find(secret, people.now()) is None for secret in secrets] == [False, True, False]
    people.sessions.end_others(anna, found[0].session)
    assert [each.id for each in people.sessions.of(anna, people.now())] == [found[0].session]
    other = people.accounts.add("bob", Role.CURATOR, START)
    with pytest.raises(NotFound):
        people.sessions.end_one(other, found[0].session)
    people.sessions.end(secrets[0])
    assert people.sessions.of(anna, people.now()) == []


def test_sessions_do_not_pile_up(people: People, anna: Account) -> None:
    for _ in range(25):
        people.sessions.begin(anna, people.now(), way="password")
    assert len(people.sessions.of(anna, people.now())) == 20


def test_a_closed_account_gets_no_session(people: People, anna: Account) -> None:
    people.accounts.disable(anna.id)
    with pytest.raises(LoginFailed):
        people.sessions.begin(anna, people.now(), way="oidc")
    with pytest.raises(LoginFailed):
        people.logins.enter_linked(anna, people.now())


# -- tokens


def test_a_token_is_shown_once_and_says_who_asks(people: People, anna: Account, clock: Clock) -> None:
    token, secret = people.tokens.make(anna, "harvest\x1b ", Role.CONTRIBUTOR, 30, clock(), reads=True)
    assert secret.startswith("wg_") and len(secret) > 40 and token.name == "harvest"
    person = people.tokens.find(secret, clock())
    assert person is not None and person.role == Role.CONTRIBUTOR and person.reads and person.csrf == ""
    assert not person.may("curator") and person.token == token.id
    listed = people.tokens.of(anna)
    assert [each.id for each in listed] == [token.id] and listed[0].used == int(clock().timestamp())


def test_a_token_ends(people: People, anna: Account, clock: Clock) -> None:
    token, secret = people.tokens.make(anna, "t", Role.CURATOR, 1, clock())
    clock.on(hours=23, minutes=59)
    assert people.tokens.find(secret, clock()) is not None
    clock.on(minutes=1)
    assert people.tokens.find(secret, clock()) is None
    _, secret = people.tokens.make(anna, "t", Role.CURATOR, 1, clock())
    people.accounts.disable(anna.id)
    assert people.tokens.find(secret, clock()) is None
    people.accounts.disable(anna.id, False)
    assert people.tokens.find(secret, clock()) is not None
    with pytest.raises(NotFound):
        people.tokens.revoke(people.accounts.add("bob", Role.CURATOR, START), token.id)


def test_a_token_never_does_more_than_its_account(people: People, anna: Account) -> None:
    with pytest.raises(InputError):
        people.tokens.make(anna, "t", Role.PUBLISHER, 5, people.now())
    _, secret = people.tokens.make(anna, "t", Role.CURATOR, 5, people.now())
    people.accounts.set_role(anna.id, Role.CONTRIBUTOR)
    person = people.tokens.find(secret, people.now())
    assert person is not None and person.role == Role.CONTRIBUTOR and not person.may("curator")


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_has_a_term(people: People, anna: Account, days: int) -> None:
    with pytest.raises(InputError):
        people.tokens.make(anna, "t", Role.CURATOR, days, people.now())
    with pytest.raises(InputError):
        people.tokens.make(anna, " \x00", Role.CURATOR, 5, people.now())


def test_tokens_do_not_pile_up(people: People, anna: Account) -> None:
    for n in range(50):
        people.tokens.make(anna, str(n), Role.CURATOR, 5, people.now())
    with pytest.raises(Conflict):
        people.tokens.make(anna, "more", Role.CURATOR, 5, people.now())


# -- linked identities


def test_an_identity_belongs_to_one_account(people: People, anna: Account) -> None:
    people.accounts.link(anna.id, "https://idp.example", "s-1")
    assert people.accounts.by_subject("https://idp.example", "s-1").id == anna.id
    for issuer, subject in (("https://idp.example", "s-2"), ("https://other.example", "s-1"), ("", "")):
        with pytest.raises(NotFound):
            people.accounts.by_subject(issuer, subject)
    bob = people.accounts.add("bob", Role.CURATOR, START)
    with pytest.raises(Conflict):
        people.accounts.link(bob.id, "https://idp.example", "s-1")
    people.accounts.unlink(anna.id)
    people.accounts.link(bob.id, "https://idp.example", "s-1")
    assert people.accounts.subjects(bob.id) == [("https://idp.example", "s-1")]


def test_showing_again_who_one_is_is_throttled_too(people: People, anna: Account, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(LoginFailed):
            people.logins.confirm(anna, "wrong", "", clock())
    with pytest.raises(LoginThrottled):
        people.logins.confirm(anna, PASSWORD, "", clock())
    enter(people)  # another bucket than logging in
    clock.on(minutes=10)
    people.logins.confirm(anna, PASSWORD, "", clock())
