"""A slot opens for its own secret, badge and station, and for nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import VaultError
from desk.vault.slot_file import content_of, parsed
from desk.vault.slots import SlotKind, unwrap, wrap
from tests.vault.making import BADGE, CHEAP, PASSPHRASE, VaultUnderTest, answer, refusal

KEY = bytes(range(32))
SECRET = b"a secret"


def test_the_secret_opens_its_slot() -> None:
    slot = wrap(KEY, SECRET, CHEAP, station="KPD", badge=BADGE)

    assert unwrap(slot, SECRET, CHEAP, station="KPD") == KEY


def test_no_two_slots_share_a_salt_a_nonce_or_an_id() -> None:
    slots = [wrap(KEY, SECRET, CHEAP, station="KPD", badge=BADGE) for _ in range(5)]

    assert len({slot.salt for slot in slots}) == 5
    assert len({slot.nonce for slot in slots}) == 5
    assert len({slot.id for slot in slots}) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"badge": "4413"},
        {"kind": SlotKind.RECOVERY},
        {"kind": SlotKind.RECOVERY, "badge": None},
        {"id": bytes(8)},
        {"salt": bytes(16)},
        {"nonce": bytes(12)},
    ],
)
def test_a_slot_that_says_something_else_of_itself_stays_closed(change: dict[str, object]) -> None:
    slot = wrap(KEY, SECRET, CHEAP, station="KPD", badge=BADGE).model_copy(update=change)

    with pytest.raises(VaultError):
        unwrap(slot, SECRET, CHEAP, station="KPD")


def test_a_slot_stays_closed_in_another_stations_file() -> None:
    slot = wrap(KEY, SECRET, CHEAP, station="KPD", badge=BADGE)

    with pytest.raises(VaultError):
        unwrap(slot, SECRET, CHEAP, station="PPD")


def key_in(content: bytes) -> bytes | None:
    """Returns the key that the passphrase finds in such a file, or None."""
    found = []

    def look() -> None:
        held = parsed(content)
        secret = PASSPHRASE.encode()
        found.append(unwrap(held.slot_of(BADGE), secret, held.cost, station=held.station))

    assert answer(look) in {"", "wrong_passphrase", "bad_slots", "newer_slots"}
    return found[0] if found else None


def test_no_bit_of_a_slot_can_turn_over_and_the_slot_still_open(one_vault: VaultUnderTest) -> None:
    content = one_vault.content
    start = content.index(b'"id"')
    end = content.index(b"}", start) + 1
    assert key_in(content) == one_vault.data_key

    opened = []
    for at in range(start * 8, end * 8):
        flipped = bytearray(content)
        flipped[at // 8] ^= 1 << at % 8
        if key_in(bytes(flipped)) is not None:
            opened.append((at, flipped[at // 8]))

    assert opened == []


@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_file_gives_the_right_key_or_none(
    one_vault: VaultUnderTest, data: st.DataObject
) -> None:
    content = bytearray(one_vault.content)
    for _byte in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))

    assert key_in(bytes(content[:cut])) in {None, one_vault.data_key}


def changed(content: bytes, path: tuple[str | int, ...], value: object) -> bytes:
    """Returns the file with something else in that place; with None, without that key."""
    document = json.loads(content)
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("cost", "passes"), 0),
        (("cost", "passes"), 10**9),
        (("cost", "passes"), 10**30),
        (("cost", "passes"), 1.0),
        (("cost", "passes"), True),
        (("cost", "memory_kib"), 2**31),
        (("cost", "lanes"), 255),
        (("slots",), []),
        (("slots", 0), {}),
        (("slots", 0, "badge"), None),
        (("slots", 0, "badge"), ""),
        (("slots", 0, "badge"), "\ud800"),
        (("slots", 0, "badge"), "44\n12"),
        (("slots", 0, "badge"), "4" * 81),
        (("slots", 0, "kind"), "recovery"),
        (("slots", 0, "salt"), "00"),
        (("slots", 0, "salt"), "AA" * 16),
        (("slots", 0, "sealed"), "00" * 47),
        (("slots", 1, "badge"), "4413"),
        (("slots", 1, "kind"), "passphrase"),
        (("signing",), None),
        (("station",), ""),
        (("format",), 0),
        (("format",), "1"),
        (("format",), True),
        (("one more",), 1),
    ],
)
def test_a_file_that_desk_never_writes_is_refused(
    one_vault: VaultUnderTest, path: tuple[str | int, ...], value: object
) -> None:
    assert refusal(parsed, changed(one_vault.content, path, value)) == "bad_slots"


def test_two_slots_of_one_badge_are_refused(one_vault: VaultUnderTest) -> None:
    slots = json.loads(one_vault.content)["slots"]
    twice = [slots[0], slots[0] | {"id": "00" * 8}, slots[1]]

    assert refusal(parsed, changed(one_vault.content, ("slots",), twice)) == "bad_slots"


def test_a_slot_that_is_there_twice_is_refused(one_vault: VaultUnderTest) -> None:
    slots = json.loads(one_vault.content)["slots"]
    same_id = [slots[0], slots[1] | {"id": slots[0]["id"]}]

    assert refusal(parsed, changed(one_vault.content, ("slots",), same_id)) == "bad_slots"


def test_a_file_of_a_later_desk_is_told_from_a_damaged_one(one_vault: VaultUnderTest) -> None:
    later = b'{"format": 2, "vaults": [[1, 2.5, "of which this desk knows nothing"]]}'

    assert refusal(parsed, later) == "newer_slots"
    assert refusal(parsed, changed(one_vault.content, ("format",), 2)) == "newer_slots"


@settings(max_examples=100)
@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=9,
    ).map(lambda document: json.dumps({"format": 1, "slots": document}).encode())
)
def test_any_bytes_at_all_are_refused_with_a_sentence(content: bytes) -> None:
    assert refusal(parsed, content) in {"bad_slots", "newer_slots"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[" * 200_000,
        b'{"format":' * 100_000,
        b'{"format": 1' + b"0" * 10_000 + b"}",
        b'{"format": NaN}',
        b'{"format": 1e400}',
        b'\xef\xbb\xbf{"format": 1}',
    ],
    ids=["empty", "null", "lists", "objects", "digits", "nan", "infinity", "mark"],
)
def test_a_hostile_document_is_refused_with_a_sentence(content: bytes) -> None:
    assert refusal(parsed, content) in {"bad_slots", "newer_slots"}


def test_a_file_without_end_is_not_read_to_its_end(vault: VaultUnderTest) -> None:
    vault.folder.key_slots.write_bytes(vault.content + b" " * 2_000_000)

    assert refusal(vault.slots.badges) == "bad_slots"


def test_what_is_written_is_what_is_read(one_vault: VaultUnderTest) -> None:
    assert content_of(parsed(one_vault.content)) == one_vault.content
