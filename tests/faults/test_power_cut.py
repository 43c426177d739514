"""The power fails in the middle of acts: nothing acknowledged is lost, and nothing damaged."""

from __future__ import annotations

from typing import Any

import pytest
from sqlcipher3 import dbapi2

from desk.storage.engine import durable_settings
from tests.faults.cut_settings import AS_HERE, DURABLE, WEAKER
from tests.faults.programs import outcome_of

CUTS = 400

# One worker, which cuts the power once for all.
pytestmark = pytest.mark.xdist_group("power cut")


@pytest.fixture(scope="module")
def outcomes() -> Any:
    """What became of the acts under each setting."""
    return outcome_of("power_cut", CUTS)


@pytest.mark.parametrize("mode", DURABLE)
def test_the_power_is_cut_and_no_acknowledged_act_is_lost(outcomes: Any, mode: str) -> None:
    """Promises: what was acknowledged is there after a power cut at any point, whole and sound."""
    outcome = outcomes[mode]

    assert outcome["cuts"] == (CUTS if mode == AS_HERE else CUTS // 4)
    assert (outcome["lost"], outcome["corrupt"]) == (0, [])


@pytest.mark.parametrize("mode", WEAKER)
def test_a_weaker_setting_is_caught(outcomes: Any, mode: str) -> None:
    """Has teeth: the next weaker settings lose acts, or damage the file, at the same cuts."""
    assert outcomes[mode]["lost"] or outcomes[mode]["corrupt"]


def test_desk_runs_in_the_first_of_them() -> None:
    """Promises: what is proven is what desk does here."""
    assert durable_settings(dbapi2.sqlite_version_info) == DURABLE[AS_HERE]
    assert DURABLE[AS_HERE].items() >= {"journal_mode": "wal", "synchronous": 2}.items()
