"""What a derivation costs: long enough to slow a guesser, never less than OWASP's least."""

from __future__ import annotations

import pytest
from argon2.exceptions import HashingError

from desk.vault import kdf
from desk.vault.kdf import LEAST, Cost, calibrated, derive
from tests.vault.making import CHEAP, refused

SALT = bytes(16)


def a_pc(gib_in_a_second: float) -> list[float]:
    """Returns how long the cost that is found for it takes, and how it compares with the least."""

    def seconds_for(cost: Cost) -> float:
        return cost.passes * cost.memory_kib / 1024**2 / gib_in_a_second

    found = calibrated(seconds_for)
    return [seconds_for(found), found.passes / LEAST.passes, found.memory_kib / LEAST.memory_kib]


@pytest.mark.parametrize("gib_in_a_second", [0.08, 0.1, 0.16, 0.25, 0.5, 1.0, 2.0, 4.0])
def test_a_derivation_takes_a_quarter_to_half_a_second(gib_in_a_second: float) -> None:
    seconds, passes, memory = a_pc(gib_in_a_second)

    assert 0.25 <= seconds <= 0.5
    assert passes >= 1
    assert memory >= 1


def test_a_slow_pc_pays_the_least_all_the_same() -> None:
    assert calibrated(lambda _cost: 5.0) == LEAST


def test_a_clock_that_shows_nothing_ends_at_a_cost_that_can_be_read_back() -> None:
    cost = calibrated(lambda _cost: 0.0)

    assert Cost.model_validate_json(cost.model_dump_json()) == cost


def test_what_is_measured_is_a_derivation() -> None:
    assert kdf.seconds_for(CHEAP) > 0


def test_salt_secret_and_cost_each_make_another_key() -> None:
    dearer = Cost(passes=2, memory_kib=32)
    keys = {
        derive(b"one", SALT, CHEAP),
        derive(b"two", SALT, CHEAP),
        derive(b"one", b"another salt....", CHEAP),
        derive(b"one", SALT, dearer),
    }

    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_a_pc_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_given: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(kdf, "hash_secret_raw", no_room)

    assert refused(derive, b"one", SALT, CHEAP).code == "no_memory"
