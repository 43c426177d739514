"""What the service asks of the vault, and what a crash at any step leaves."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desk.paths import DataFolder
from desk.vault import Choice, draw_recovery_code, is_signed, kdf, new_station, open_slots, slots
from tests.vault.making import (
    BADGE,
    CHEAP,
    PASSPHRASE,
    SECOND,
    WRONG,
    VaultUnderTest,
    a_vault,
    refusal,
)

NEW = "a heron reads maps at dusk"


def test_badge_and_passphrase_give_the_key(vault: VaultUnderTest) -> None:
    assert len(vault.data_key) == 32
    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key
    assert vault.slots.unlock(f" {BADGE} ", PASSPHRASE) == vault.data_key
    assert vault.slots.station() == "KPD"
    assert vault.slots.badges() == (BADGE,)


@pytest.mark.parametrize(
    ("badge", "passphrase"),
    [(BADGE, WRONG), (BADGE, ""), (BADGE, PASSPHRASE + " "), ("4413", PASSPHRASE), ("", "")],
)
def test_nothing_else_does(vault: VaultUnderTest, badge: str, passphrase: str) -> None:
    assert refusal(vault.slots.unlock, badge, passphrase) == "wrong_passphrase"


def test_the_recovery_code_gives_the_key_and_changes_nothing(vault: VaultUnderTest) -> None:
    before = vault.content

    assert vault.slots.recover(vault.code.lower()) == vault.data_key
    assert vault.content == before


def test_a_passphrase_in_the_codes_place_and_the_other_way_round_open_nothing(
    vault: VaultUnderTest,
) -> None:
    assert refusal(vault.slots.recover, PASSPHRASE) == "bad_recovery_code"
    assert refusal(vault.slots.unlock, BADGE, vault.code) == "wrong_passphrase"


def test_two_stations_have_nothing_in_common(vault: VaultUnderTest, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = a_vault(tmp_path / "other")

    assert other.data_key != vault.data_key
    assert other.code != vault.code
    assert refusal(other.slots.recover, vault.code) == "bad_recovery_code"


def test_an_officer_is_given_a_passphrase_and_the_others_keep_theirs(vault: VaultUnderTest) -> None:
    vault.slots.set_passphrase(SECOND, vault.data_key)

    assert vault.slots.badges() == (BADGE, SECOND.badge)
    assert vault.slots.unlock(SECOND.badge, SECOND.passphrase) == vault.data_key
    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key


def test_a_forgotten_passphrase_is_replaced(vault: VaultUnderTest) -> None:
    vault.slots.set_passphrase(Choice(BADGE, NEW, ()), vault.data_key)

    assert vault.slots.unlock(BADGE, NEW) == vault.data_key
    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "wrong_passphrase"


def test_an_officer_changes_the_passphrase_knowing_the_old_one(vault: VaultUnderTest) -> None:
    assert (
        refusal(vault.slots.change_passphrase, WRONG, Choice(BADGE, NEW, ())) == "wrong_passphrase"
    )
    vault.slots.change_passphrase(PASSPHRASE, Choice(BADGE, NEW, ()))

    assert vault.slots.unlock(BADGE, NEW) == vault.data_key
    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == "wrong_passphrase"


def test_a_weak_passphrase_is_given_to_nobody_and_costs_no_attempt(vault: VaultUnderTest) -> None:
    before = vault.content
    weak = Choice(BADGE, "Kennewick 2026", around=("Kennewick PD",))

    assert refusal(vault.slots.set_passphrase, weak, vault.data_key) == "weak_passphrase"
    assert refusal(vault.slots.change_passphrase, PASSPHRASE, weak) == "weak_passphrase"
    assert vault.content == before
    assert not vault.folder.attempts.exists()


@pytest.mark.parametrize("badge", ["", " \t ", "4" * 81])
def test_what_is_no_badge_has_no_slot(vault: VaultUnderTest, badge: str) -> None:
    choice = Choice(badge, NEW, ())

    assert refusal(vault.slots.set_passphrase, choice, vault.data_key) == "bad_badge"


def test_a_removed_officer_is_unknown(vault: VaultUnderTest) -> None:
    vault.slots.set_passphrase(SECOND, vault.data_key)
    vault.slots.remove_officer(SECOND.badge, vault.data_key)
    vault.slots.remove_officer(SECOND.badge, vault.data_key)  # As after a crash.

    assert vault.slots.badges() == (BADGE,)
    assert refusal(vault.slots.unlock, SECOND.badge, SECOND.passphrase) == "wrong_passphrase"


def test_the_last_passphrase_is_not_taken_away(vault: VaultUnderTest) -> None:
    assert refusal(vault.slots.remove_officer, BADGE, vault.data_key) == "last_officer"
    assert vault.slots.unlock(BADGE, PASSPHRASE) == vault.data_key


def test_a_key_that_is_not_the_databases_changes_nothing(vault: VaultUnderTest) -> None:
    before, other = vault.content, bytes(32)

    for refused in (
        refusal(vault.slots.set_passphrase, SECOND, other),
        refusal(vault.slots.remove_officer, BADGE, other),
        refusal(vault.slots.set_recovery_code, draw_recovery_code(), other),
    ):
        assert refused == "wrong_key"
    assert vault.content == before


def test_recovery_can_be_begun_again_until_the_new_code_is_set(vault: VaultUnderTest) -> None:
    key = vault.slots.recover(vault.code)
    assert vault.slots.recover(vault.code) == key

    vault.slots.set_passphrase(SECOND, key)
    assert vault.slots.recover(vault.code) == key

    code = draw_recovery_code()
    assert vault.slots.recover(vault.code) == key

    vault.slots.set_recovery_code(code, key)
    assert vault.slots.recover(code) == key
    assert refusal(vault.slots.recover, vault.code) == "bad_recovery_code"
    assert vault.slots.unlock(SECOND.badge, SECOND.passphrase) == key


def found_again(vault: VaultUnderTest) -> bytes:
    return new_station(vault.folder, vault.clock, "KPD", Choice(BADGE, NEW, ()), CHEAP).data_key


def test_slots_of_a_founding_that_was_cut_short_are_put_aside(vault: VaultUnderTest) -> None:
    before = vault.content

    key = found_again(vault)

    assert vault.slots.unlock(BADGE, NEW) == key != vault.data_key
    (aside,) = vault.folder.path.glob("keyslots-*.json")
    assert aside.read_bytes() == before


def test_slots_beside_a_database_are_never_replaced(vault: VaultUnderTest) -> None:
    before = vault.content
    vault.folder.database.touch()

    assert refusal(found_again, vault) == "already_there"
    assert vault.content == before


def test_an_unencrypted_station_gets_slots(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()

    assert a_vault(tmp_path).slots.unlock(BADGE, PASSPHRASE)


def test_a_full_disk_leaves_the_slots_as_they_were(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.content

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    assert refusal(vault.slots.set_passphrase, SECOND, vault.data_key) == "disk_full"
    assert vault.content == before
    assert [path.name for path in vault.folder.path.glob("*.json*")] == ["keyslots.json"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "no_slots"), (b"", "bad_slots"), (b'{"format": 2}', "newer_slots")],
)
def test_slots_that_cannot_be_read_are_refused_at_once_and_cost_no_attempt(
    vault: VaultUnderTest, content: bytes | None, code: str
) -> None:
    if content is None:
        vault.folder.key_slots.unlink()
    else:
        vault.folder.key_slots.write_bytes(content)

    assert refusal(open_slots, vault.folder, vault.clock) == code
    assert refusal(vault.slots.unlock, BADGE, PASSPHRASE) == code
    assert not vault.folder.attempts.exists()


def test_a_folder_where_the_slots_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "keyslots.json").mkdir()

    assert refusal(open_slots, DataFolder(tmp_path), None) == "slots_unwritable"


def test_only_this_account_may_read_what_is_written(vault: VaultUnderTest) -> None:
    vault.slots.unlock(BADGE, PASSPHRASE)

    for path in (vault.folder.key_slots, vault.folder.attempts):
        assert path.stat().st_mode & 0o077 == 0


def test_a_copy_of_the_folder_opens_elsewhere(vault: VaultUnderTest, tmp_path: Path) -> None:
    elsewhere = DataFolder(tmp_path / "elsewhere")
    elsewhere.path.mkdir()
    elsewhere.key_slots.write_bytes(vault.content)

    copied = open_slots(elsewhere, vault.clock)

    assert copied.unlock(BADGE, PASSPHRASE) == copied.recover(vault.code) == vault.data_key


def test_pins_are_kept_as_hashes_that_only_the_pin_fits(vault: VaultUnderTest) -> None:
    kept = vault.slots.hash_pin(BADGE, "820193")

    vault.slots.check_pin(BADGE, "820193", kept)
    assert "820193" not in kept
    assert kept != vault.slots.hash_pin(BADGE, "820193")
    assert refusal(vault.slots.check_pin, BADGE, "820194", kept) == "wrong_pin"
    assert refusal(vault.slots.check_pin, BADGE, "820193", "no hash of ours") == "wrong_pin"
    assert refusal(vault.slots.check_pin, BADGE, "820193", None) == "wrong_pin"
    assert refusal(vault.slots.hash_pin, BADGE, "123456") == "weak_pin"


def test_the_signature_outlasts_every_change_of_officers(vault: VaultUnderTest) -> None:
    signature = vault.slots.sign(b"head 12", vault.data_key)
    vault.slots.set_passphrase(SECOND, vault.data_key)
    vault.slots.set_recovery_code(draw_recovery_code(), vault.data_key)

    assert is_signed(b"head 12", signature, vault.slots.public_key())


def test_every_derivation_has_the_stations_one_cost(
    vault: VaultUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = []

    def derive(secret: bytes, salt: bytes, cost: kdf.Cost) -> bytes:
        paid.append(cost)
        return kdf.derive(secret, salt, cost)

    monkeypatch.setattr(slots, "derive", derive)

    vault.slots.set_passphrase(SECOND, vault.data_key)
    vault.slots.unlock(SECOND.badge, SECOND.passphrase)
    vault.slots.recover(vault.code)

    assert paid == [CHEAP] * 3
