"""Who may act at a guarded station: proven by passphrase or PIN, and let in by the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.domain.exchange import Side
from desk.domain.intents import Arrive, By, Note, Undo
from desk.domain.officers import ChangeRole, Dismiss, Enrol, FirstSupervisor, Readmit
from desk.domain.verdict import Code, Step
from desk.domain.views import Role
from desk.errors import StoreError, UsageError, VaultError, WrongSecretError
from desk.service import Keys, open_desk, open_guarded_desk
from desk.storage.engine import connect
from desk.vault import Choice
from desk.wording import tell
from tests.builders import DUPONT, KENNEWICK
from tests.guarded import CHIEF, CHIEFS_WORDS, WORDS, GuardedStation, a_guarded_station

PIN = "839201"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[GuardedStation]:
    station = a_guarded_station(tmp_path)
    yield station
    station.service.close()


@pytest.fixture
def staffed(guarded: GuardedStation) -> GuardedStation:
    """The chief has signed in, and Dupont has been enrolled and has signed in with a PIN."""
    guarded.sign_in(CHIEF)
    enrol = Enrol(by=CHIEF, badge=DUPONT.badge, name="Dupont")
    assert guarded.access.enrol(enrol, WORDS).accepted
    guarded.sign_in(DUPONT)
    assert guarded.access.change_pin(DUPONT, WORDS, PIN).accepted
    return guarded


def verbs(station: GuardedStation) -> list[tuple[str, str | None, str]]:
    return [(row.verb, row.officer, row.code) for row in station.service.journal()]


def test_nobody_acts_who_has_not_signed_in(guarded: GuardedStation) -> None:
    with pytest.raises(UsageError) as refused:
        guarded.book(CHIEF)

    assert refused.value.code == "not_signed_in"
    guarded.sign_in(CHIEF)
    assert guarded.book(CHIEF).accepted
    assert verbs(guarded)[-2:] == [("sign_in", "1000", "accepted"), ("book", "1000", "accepted")]


def test_without_the_key_there_is_nothing(guarded: GuardedStation) -> None:
    guarded.sign_in(CHIEF)
    guarded.book(CHIEF, seller="Siobhán Zweig")
    guarded.service.close()

    with pytest.raises(StoreError):
        open_desk(guarded.path, guarded.rules, guarded.workplace())
    with pytest.raises(StoreError):
        connect(guarded.path, bytes(32))
    for file in guarded.path.parent.rglob("*"):
        assert not file.is_file() or b"Zweig" not in file.read_bytes(), file


def test_each_officer_opens_the_station_with_words_of_their_own(staffed: GuardedStation) -> None:
    staffed.service.close()

    key = staffed.slots.unlock(DUPONT.badge, WORDS)
    keys = Keys(staffed.slots, key)
    with open_guarded_desk(staffed.path, staffed.rules, staffed.workplace(), keys) as desk:
        assert desk.access is not None
        assert desk.access.sign_in(DUPONT).accepted
        assert desk.verify().ok


def test_what_only_a_supervisor_may_is_refused_and_journalled(staffed: GuardedStation) -> None:
    for intent in (
        Dismiss(by=DUPONT, badge=CHIEF.badge),
        Readmit(by=DUPONT, badge=CHIEF.badge),
        ChangeRole(by=DUPONT, badge=DUPONT.badge, role=Role.SUPERVISOR),
    ):
        verdict = staffed.access.change(intent)
        assert verdict.code is Code.NOT_ALLOWED
        assert verbs(staffed)[-1] == (intent.verb, DUPONT.badge, "not_allowed")
    verdict = staffed.access.enrol(Enrol(by=DUPONT, badge="7", name="Friend"), WORDS)
    assert verdict.code is Code.NOT_ALLOWED
    assert "7" not in staffed.slots.badges()
    assert staffed.access.give_passphrase(DUPONT, CHIEF.badge, WORDS).code is Code.NOT_ALLOWED
    assert staffed.slots.unlock(CHIEF.badge, CHIEFS_WORDS) == staffed.key


def test_the_last_supervisor_stays(staffed: GuardedStation) -> None:
    asked = [
        Dismiss(by=CHIEF, badge=CHIEF.badge),
        ChangeRole(by=CHIEF, badge=CHIEF.badge, role=Role.OFFICER),
    ]
    assert [staffed.access.change(each).code for each in asked] == [Code.LAST_SUPERVISOR] * 2

    promoted = ChangeRole(by=CHIEF, badge=DUPONT.badge, role=Role.SUPERVISOR)
    assert staffed.access.change(promoted).accepted
    assert staffed.access.change(Dismiss(by=CHIEF, badge=CHIEF.badge)).accepted


def test_five_wrong_pins_lock_an_officer_until_a_supervisor_says_otherwise(
    staffed: GuardedStation,
) -> None:
    for _wrong in range(5):
        with pytest.raises(WrongSecretError):
            staffed.access.unlock(DUPONT, "000001")
    with pytest.raises(VaultError) as refused:
        staffed.access.unlock(DUPONT, PIN)
    assert refused.value.code == "locked_out"
    assert [each[0] for each in verbs(staffed)].count("unlock") == 5
    assert verbs(staffed)[-1][0] == "lock_out"
    verdict = staffed.book(DUPONT)
    assert verdict.code is Code.LOCKED_OUT

    assert staffed.access.change(Readmit(by=CHIEF, badge=DUPONT.badge)).accepted
    assert staffed.access.unlock(DUPONT, PIN).accepted
    assert staffed.book(DUPONT).accepted
    assert staffed.service.verify().ok


def test_failures_before_the_store_was_open_are_journalled_once(guarded: GuardedStation) -> None:
    for _wrong in range(2):
        with pytest.raises(WrongSecretError):
            guarded.slots.unlock(CHIEF.badge, "not the chief's words")
    guarded.sign_in(CHIEF)
    guarded.sign_in(CHIEF)

    rows = [row for row in verbs(guarded) if row[0] == "sign_in"]
    assert rows == [
        ("sign_in", CHIEF.badge, "not_proven"),
        ("sign_in", CHIEF.badge, "not_proven"),
        ("sign_in", CHIEF.badge, "accepted"),
        ("sign_in", CHIEF.badge, "accepted"),
    ]


def test_whoever_is_dismissed_opens_nothing_any_more(staffed: GuardedStation) -> None:
    assert staffed.access.change(Dismiss(by=CHIEF, badge=DUPONT.badge)).accepted

    with pytest.raises(WrongSecretError):
        staffed.slots.unlock(DUPONT.badge, WORDS)
    with pytest.raises(UsageError):
        staffed.book(DUPONT)
    verdict = staffed.access.sign_in(DUPONT)
    assert verdict.code is Code.TAKEN_OFF
    told = tell(verdict, KENNEWICK.zone)
    assert told.explanation == (
        f"{DUPONT.badge} was taken off, and does not belong to this station any more."
    )

    again = Enrol(by=CHIEF, badge=DUPONT.badge, name="Marie Dupont")
    assert staffed.access.enrol(again, "other lamps, other harbours").accepted
    assert staffed.access.sign_in(DUPONT).accepted


def test_a_slot_that_a_crash_left_is_taken_away_with_the_next_sign_in(
    staffed: GuardedStation,
) -> None:
    assert staffed.access.change(Dismiss(by=CHIEF, badge=DUPONT.badge)).accepted
    staffed.slots.set_passphrase(Choice(DUPONT.badge, WORDS, ()), staffed.key)

    staffed.sign_in(CHIEF)

    assert DUPONT.badge not in staffed.slots.badges()


def test_a_passphrase_is_changed_by_whoever_knows_it_or_by_a_supervisor(
    staffed: GuardedStation,
) -> None:
    newer, newest = "seven grey herons wait", "eight grey herons left"
    with pytest.raises(WrongSecretError):
        staffed.access.change_passphrase(DUPONT, "wrong words altogether", newer)
    with pytest.raises(VaultError) as weak:
        staffed.access.change_passphrase(DUPONT, WORDS, "password1234")
    assert weak.value.code == "weak_passphrase"
    assert staffed.access.change_passphrase(DUPONT, WORDS, newer).accepted
    assert staffed.slots.unlock(DUPONT.badge, newer) == staffed.key
    assert staffed.access.give_passphrase(CHIEF, DUPONT.badge, newest).accepted
    assert staffed.slots.unlock(DUPONT.badge, newest) == staffed.key


def test_an_unlocked_desk_is_not_enough_to_choose_a_secret_of_its_officer(
    staffed: GuardedStation,
) -> None:
    """Who finds it unattended would come in by it for good."""
    finders = "837465"
    with pytest.raises(UsageError) as own:
        staffed.access.give_passphrase(CHIEF, CHIEF.badge, "eight grey herons left")
    assert own.value.code == "own_passphrase"
    assert staffed.slots.unlock(CHIEF.badge, CHIEFS_WORDS) == staffed.key

    with pytest.raises(VaultError) as weak:
        staffed.access.change_pin(DUPONT, WORDS, "123456")
    assert weak.value.code == "weak_pin"
    for _guess in range(5):
        with pytest.raises(WrongSecretError):
            staffed.access.change_pin(DUPONT, "wrong words altogether", finders)
    with pytest.raises(VaultError) as locked:
        staffed.access.change_pin(DUPONT, WORDS, finders)
    assert locked.value.code == "locked_out"
    assert ("sign_in", DUPONT.badge, "not_proven") in verbs(staffed)

    assert staffed.access.change(Readmit(by=CHIEF, badge=DUPONT.badge)).accepted
    assert staffed.access.unlock(DUPONT, PIN).accepted


def test_whom_another_desk_has_locked_out_is_seen_at_this_one(staffed: GuardedStation) -> None:
    for _wrong in range(5):
        with pytest.raises(VaultError):
            staffed.slots.unlock(DUPONT.badge, "not the words of Dupont")

    told = {one.badge: one for one in staffed.access.officers("desk 1")}

    assert told[DUPONT.badge].locked_at == staffed.clock.now()
    assert told[CHIEF.badge].locked_at is None
    assert verbs(staffed)[-1][0] == "lock_out"


def test_no_passphrase_of_names_that_everybody_around_knows(staffed: GuardedStation) -> None:
    guessed, newcomers = "Kennewick Dupont KPD", "Kennewick PD Lovelace"
    access, newcomer = staffed.access, Enrol(by=CHIEF, badge="77", name="Ada Lovelace")
    ways: list[Callable[[], object]] = [
        lambda: access.change_passphrase(DUPONT, WORDS, guessed),
        lambda: access.give_passphrase(CHIEF, DUPONT.badge, guessed),
        lambda: access.enrol(newcomer, newcomers),
        lambda: access.recover(FirstSupervisor("78", "Ada Lovelace", newcomers), "desk 1"),
    ]

    for choose in ways:
        with pytest.raises(VaultError) as weak:
            choose()
        assert weak.value.code == "weak_passphrase"
    assert [one.badge for one in access.officers("desk 1")] == [CHIEF.badge, DUPONT.badge]


def test_an_officer_undoes_own_acts_until_the_end_of_the_shift(staffed: GuardedStation) -> None:
    booked = staffed.book(DUPONT)
    ref = booked.ref
    assert ref is not None
    staffed.service.perform(Arrive(by=DUPONT, ref=ref, side=Side.GIVER))
    staffed.sign_in(DUPONT)  # As each run of the command line does.
    assert staffed.undo(DUPONT).accepted
    assert staffed.access.sign_out(DUPONT).accepted
    with pytest.raises(UsageError):
        staffed.undo(DUPONT)

    staffed.sign_in(DUPONT)

    for named in (Undo(by=DUPONT), Undo(by=DUPONT, ref=ref), Undo(by=DUPONT, number=booked.number)):
        refused = staffed.service.undo(named)
        assert (refused.code, refused.next) == (Code.SHIFT_ENDED, (Step.CORRECT_IT,))
        assert refused.prior is not None
        assert refused.prior.number == booked.number
    assert staffed.service.undoable(DUPONT, ref) == ()
    assert staffed.service.perform(Note(by=DUPONT, ref=ref, text="was not so")).accepted


def test_locking_and_unlocking_stand_in_the_journal(staffed: GuardedStation) -> None:
    assert staffed.access.lock(DUPONT).accepted
    assert staffed.access.unlock(DUPONT, PIN).accepted
    assert staffed.access.lock(DUPONT).accepted
    assert staffed.access.unlock_by_passphrase(CHIEF, CHIEFS_WORDS).accepted

    assert verbs(staffed)[-4:] == [
        ("lock", DUPONT.badge, "accepted"),
        ("unlock", DUPONT.badge, "accepted"),
        ("lock", DUPONT.badge, "accepted"),
        ("unlock", CHIEF.badge, "accepted"),
    ]


def test_a_stranger_is_told_nothing(guarded: GuardedStation) -> None:
    with pytest.raises(WrongSecretError):
        guarded.access.unlock(By("0815", "desk 1"), PIN)
    assert verbs(guarded)[-1] == ("unlock", None, "not_proven")
