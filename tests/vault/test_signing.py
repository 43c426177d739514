"""The station's signature: made while the store is open, checked by anybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.vault import is_signed
from desk.vault.signing import new_pair, private_half
from tests.vault.making import VaultUnderTest, refusal

MESSAGE = b"KPD 21 November 2026, act 4711, 3f9a"


def test_what_the_station_signed_is_known_by_its_public_key(one_vault: VaultUnderTest) -> None:
    signature = one_vault.slots.sign(MESSAGE, one_vault.data_key)

    assert is_signed(MESSAGE, signature, one_vault.slots.public_key())
    assert not is_signed(MESSAGE + b".", signature, one_vault.slots.public_key())
    assert not is_signed(MESSAGE, signature, new_pair(one_vault.data_key).public)


@given(signature=st.binary(max_size=80), public=st.binary(max_size=40))
def test_no_other_bytes_are_a_signature(signature: bytes, public: bytes) -> None:
    assert not is_signed(MESSAGE, signature, public)


def test_only_the_databases_key_signs(one_vault: VaultUnderTest) -> None:
    assert refusal(one_vault.slots.sign, MESSAGE, bytes(32)) == "wrong_key"


@pytest.mark.parametrize("part", ["public", "nonce", "sealed"])
def test_a_damaged_pair_does_not_sign(part: str) -> None:
    pair = new_pair(bytes(32))
    damaged = pair.model_copy(update={part: bytes(len(getattr(pair, part)))})

    assert refusal(private_half, damaged, bytes(32)) == "wrong_key"
