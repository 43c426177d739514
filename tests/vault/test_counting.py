"""An attempt is on the disk before it is checked: no kill, race or damage gives another guess."""

from __future__ import annotations

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.errors import VaultError
from desk.vault import Choice, Means, kdf, locking, open_slots, slots
from desk.vault.attempt_file import Attempts
from desk.vault.attempts import LIMIT, Who
from desk.vault.failures import wrong_passphrase
from desk.vault.locking import alone
from tests.vault.making import BADGE, PASSPHRASE, WRONG, VaultUnderTest, refusal, refused


def test_the_sixth_of_five_wrong_passphrases_is_not_even_checked(vault: VaultUnderTest) -> None:
    vault.fail(LIMIT)

    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "locked_out"


def test_a_lock_lasts_until_a_supervisor_lifts_it(vault: VaultUnderTest) -> None:
    vault.fail(LIMIT)
    vault.clock.advance(days=3)
    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "locked_out"
    assert vault.slots.locked_badges() == {BADGE}

    vault.slots.lift_lock(BADGE)

    assert vault.slots.locked_badges() == frozenset()
    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key


def test_four_wrong_ones_and_a_quarter_of_an_hour_lock_nobody(vault: VaultUnderTest) -> None:
    for _quarter in range(3):
        vault.fail(LIMIT - 1)
        vault.clock.advance(minutes=16)

    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key


def test_an_unknown_badge_is_locked_like_a_known_one(vault: VaultUnderTest) -> None:
    vault.fail(LIMIT, badge="9999")

    assert refusal(vault.slots.unlock, "9999", PASSPHRASE) == "locked_out"
    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key


@pytest.mark.parametrize("badge", ["9999", "", " 4412 x", "\ud800", "4" * 500])
def test_an_unknown_badge_costs_the_same_and_hears_the_same(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch, badge: str
) -> None:
    paid = []

    def derive(secret: bytes, salt: bytes, cost: kdf.Cost) -> bytes:
        paid.append((secret, len(salt), cost))
        return kdf.derive(secret, salt, cost)

    monkeypatch.setattr(slots, "derive", derive)
    heard = [
        (error.code, error.explanation, error.next)
        for error in (
            refused(vault.slots.unlock, BADGE, WRONG),
            refused(vault.slots.unlock, badge, WRONG),
        )
    ]

    assert paid == [paid[0]] * 2
    assert heard == [heard[0]] * 2
    steps = [json.loads(line)["step"] for line in vault.folder.attempts.read_bytes().splitlines()]
    assert steps == ["tried", "wrong"] * 2


def test_pins_and_passphrases_count_together(vault: VaultUnderTest) -> None:
    kept = vault.slots.hash_pin(BADGE, "820193")
    vault.fail(3)
    for _time in range(2):
        assert refusal(vault.slots.check_pin, BADGE, "820194", kept) == "wrong_pin"

    assert refusal(vault.slots.check_pin, BADGE, "820193", kept) == "locked_out"
    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "locked_out"


def test_the_recovery_code_opens_though_everybody_is_locked_and_it_was_mistaken(
    vault: VaultUnderTest,
) -> None:
    other = "222" + vault.code[3:]
    for _time in range(LIMIT + 2):
        assert refusal(vault.slots.recover, other) == "bad_recovery_code"
    vault.fail(LIMIT)

    assert vault.slots.recover(vault.code) == vault.data_key


def test_it_is_written_before_it_is_checked(vault: VaultUnderTest) -> None:
    seen = []

    def check() -> None:
        seen.extend(vault.folder.attempts.read_bytes().splitlines())

    Attempts(vault.folder, vault.clock).counted(Means.PIN, Who(badge=BADGE), check)

    (line,) = seen
    assert json.loads(line)["step"] == "tried"


def test_what_cannot_be_counted_is_not_checked(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    vault.fail()  # So that there is a file to append to.
    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(slots, "derive", lambda *_given: pytest.fail("it was checked"))

    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "disk_full"


def test_on_a_full_disk_what_is_kept_back_for_it_lets_officers_in(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = os.fsync

    def full(handle: int) -> None:
        if vault.folder.ballast.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        synced(handle)

    vault.folder.ballast.write_bytes(b"room")
    monkeypatch.setattr(os, "fsync", full)

    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key
    assert not vault.folder.ballast.exists()
    assert not vault.slots.failures()


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EPERM, errno.EROFS])
@pytest.mark.parametrize("call", ["open", "fsync"])
def test_where_nothing_may_be_written_nobody_is_let_in_and_is_told_why(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch, reason: int, call: str
) -> None:
    def refuse(*_given: object) -> int:
        raise OSError(reason, os.strerror(reason))

    vault.fail()  # Both files are there, as in a folder that was copied to where none can be made.
    monkeypatch.setattr(os, call, refuse)
    monkeypatch.setattr(slots, "derive", lambda *_given: pytest.fail("it was checked"))

    with pytest.raises(VaultError) as told:
        vault.slots.unlock(BADGE, PASSPHRASE)

    assert told.value.code == "folder_read_only"
    assert "may not be written" in told.value.explanation
    assert told.value.next is not None
    assert "copy the folder to one that can" in told.value.next


def test_a_folder_in_the_way_of_the_file_is_told(vault: VaultUnderTest) -> None:
    vault.folder.attempts.mkdir()

    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "slots_unwritable"


def test_many_desks_at_once_get_five_guesses_between_them(vault: VaultUnderTest) -> None:
    checks = []

    def check() -> None:
        checks.append(1)
        raise wrong_passphrase()

    def guess(_desk: int) -> str:
        attempts = Attempts(vault.folder, vault.clock)
        return refusal(attempts.counted, Means.PASSPHRASE, Who(badge=BADGE), check)

    with ThreadPoolExecutor(8) as desks:
        answers = list(desks.map(guess, range(24)))

    assert len(checks) == LIMIT
    assert answers.count("locked_out") == 24 - LIMIT


def test_two_desks_that_give_passphrases_at_once_both_do(vault: VaultUnderTest) -> None:
    choices = [Choice(str(badge), "marmalade tax on a tuesday", ()) for badge in range(8)]

    with ThreadPoolExecutor(8) as desks:
        list(desks.map(lambda choice: vault.slots.set_passphrase(choice, vault.data_key), choices))

    assert set(vault.slots.badges()) == {BADGE, *map(str, range(8))}


def test_a_desk_that_holds_on_is_told_of(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "_PATIENCE", 0)

    with alone(vault.folder):
        assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "busy"


@pytest.mark.parametrize("torn", [b'{"at":"2026-11-2', b"\x00\x00\x00", b'{"at":"2026\n\n'])
def test_a_line_that_the_plug_cut_short_takes_no_other_with_it(
    vault: VaultUnderTest, torn: bytes
) -> None:
    vault.fail(LIMIT - 1)
    with vault.folder.attempts.open("ab") as file:
        file.write(torn)
    vault.fail(1)

    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "locked_out"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(garbled=st.binary(max_size=300))
def test_any_bytes_as_attempts_open_or_are_answered_with_a_sentence(
    vault: VaultUnderTest, garbled: bytes
) -> None:
    vault.folder.attempts.write_bytes(garbled)

    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key
    vault.slots.recorded(vault.slots.failures())


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_at_the_end_of_the_calendar_is_a_time(vault: VaultUnderTest, at: str) -> None:
    vault.fail()
    lines = [json.loads(text) for text in vault.folder.attempts.read_bytes().splitlines()]
    moved = [json.dumps(line | {"at": at}) for line in lines]
    vault.folder.attempts.write_text("\n".join(moved))

    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key
    vault.slots.recorded(vault.slots.failures())


def test_failures_are_told_once_and_then_forgotten(vault: VaultUnderTest) -> None:
    vault.fail(2)
    vault.fail(1, badge=PASSPHRASE)  # Typed one field too early.
    vault.slots.unlock(BADGE, PASSPHRASE)
    vault.clock.advance(hours=1)

    told = open_slots(vault.folder, vault.clock).failures()
    assert [each.badge for each in told] == [BADGE, BADGE, None]
    assert len({each.id for each in told}) == 3

    vault.slots.recorded(told)

    assert vault.slots.failures() == ()
    assert vault.folder.attempts.read_bytes() == b""


def test_a_lock_outlasts_the_forgetting(vault: VaultUnderTest) -> None:
    vault.fail(LIMIT)
    vault.clock.advance(days=40)
    vault.slots.recorded(vault.slots.failures())

    assert vault.slots.failures() == ()
    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "locked_out"


def test_deleted_attempts_are_begun_anew(vault: VaultUnderTest) -> None:
    vault.fail(2)
    vault.folder.attempts.unlink()

    assert vault.slots.failures() == ()
    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key


def test_what_else_a_check_may_fail_with_counts_too(vault: VaultUnderTest) -> None:
    def check() -> None:
        raise VaultError("no_memory", "There is none.", "Buy some.")

    for _time in range(LIMIT):
        attempts = Attempts(vault.folder, vault.clock)
        assert refusal(attempts.counted, Means.PIN, Who(badge=BADGE), check) == "no_memory"

    assert vault.slots.locked_badges() == {BADGE}
