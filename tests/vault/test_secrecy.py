"""No secret reaches a repr, an exception, a log or a file."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator

import pytest

from desk.errors import VaultError
from desk.vault import Choice, draw_recovery_code, new_station
from desk.vault.attempts import LIMIT
from tests.vault.making import BADGE, CHEAP, PASSPHRASE, WRONG, VaultUnderTest, refused

# Long enough not to stand in a random salt by chance.
PIN, OTHER_PIN, WEAK_PIN = "8201937745", "8201937746", "1234567890"
WEAK = "Kennewick 4412 !"
# Bytes that no encoding takes quietly: their error would carry the whole text.
UNTYPABLE = "violet kettle \ud800 under ten snows"


def told(error: BaseException | None) -> Iterator[str]:
    """Everything that anybody could print of an error and of what led to it."""
    while error is not None:
        yield from (repr(error), str(error), repr(error.args), repr(vars(error)))
        yield "".join(traceback.format_exception(error))
        error = error.__cause__ or error.__context__


def forms(secret: str | bytes) -> list[str]:
    """How a secret could look if it were printed."""
    if isinstance(secret, bytes):
        return [secret.hex(), repr(secret)[2:-1]]
    return [secret, repr(secret)[1:-1], secret.replace("-", ""), secret.encode().hex()]


def attempts_at(vault: VaultUnderTest) -> dict[str, Callable[[], object]]:
    """Every way to be refused, and the secrets that are typed for it."""
    slots, key, other_code = vault.slots, vault.data_key, draw_recovery_code()
    kept = slots.hash_pin(BADGE, PIN)
    weak = Choice(BADGE, WEAK, ("Kennewick",))
    return {
        "wrong": lambda: slots.unlock(BADGE, WRONG),
        "untypable": lambda: slots.unlock(BADGE, UNTYPABLE),
        "in the badge's field": lambda: slots.unlock(PASSPHRASE, ""),
        "unknown": lambda: slots.unlock("9999", PASSPHRASE),
        "pin": lambda: slots.check_pin(BADGE, OTHER_PIN, kept),
        "bad hash": lambda: slots.check_pin("4413", PIN, "$argon2id$none"),
        "weak": lambda: slots.set_passphrase(weak, key),
        "weak pin": lambda: slots.hash_pin(BADGE, WEAK_PIN),
        "no badge": lambda: slots.set_passphrase(Choice("", PASSPHRASE, ()), key),
        "misread": lambda: slots.recover(other_code[:-1]),
        "other code": lambda: slots.recover(other_code),
        "look-alike": lambda: slots.recover("0" + vault.code[1:]),
        "other key": lambda: slots.set_passphrase(Choice(BADGE, PASSPHRASE, ()), key[::-1]),
        "signing": lambda: slots.sign(b"", key[::-1]),
        "locked": lambda: [slots.unlock(BADGE, WRONG) for _time in range(LIMIT)],
    }


SECRETS = [PASSPHRASE, WRONG, PIN, OTHER_PIN, WEAK_PIN, WEAK, UNTYPABLE[-15:]]


def test_no_refusal_repeats_what_was_typed(
    vault: VaultUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets: list[str | bytes] = [*SECRETS, vault.code, vault.data_key, vault.data_key[::-1]]

    heard = {
        name: "\n".join(told(refused(attempt))) for name, attempt in attempts_at(vault).items()
    }
    heard["log"] = caplog.text
    heard["attempts"] = vault.folder.attempts.read_text()
    heard["slots"] = vault.folder.key_slots.read_text()

    leaks = [
        (name, form)
        for name, words in heard.items()
        for secret in secrets
        for form in forms(secret)
        if form in words
    ]
    assert leaks == []


def test_the_test_sees_a_leak() -> None:
    with pytest.raises(UnicodeEncodeError) as raised:
        UNTYPABLE.encode()

    assert any(UNTYPABLE[-15:] in words for words in told(raised.value))


def test_what_holds_a_secret_does_not_show_it(vault: VaultUnderTest) -> None:
    choice = Choice(BADGE, PASSPHRASE, ("Kennewick PD",))
    vault.folder.key_slots.unlink()
    made = new_station(vault.folder, vault.clock, "KPD", choice, CHEAP)
    shown = f"{choice!r} {choice} {made!r} {made} {made.slots!r}"

    for secret in (PASSPHRASE, made.recovery_code, made.data_key):
        assert not any(form in shown for form in forms(secret))


def test_an_error_of_the_disk_says_nothing_of_the_secret(vault: VaultUnderTest) -> None:
    vault.folder.attempts.mkdir()
    error = refused(vault.slots.unlock, BADGE, PASSPHRASE)

    assert isinstance(error, VaultError)
    assert not any(PASSPHRASE in words for words in told(error))
