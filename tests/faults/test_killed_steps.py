"""The plug is pulled at each step of whatever replaces a database; a whole one is there."""

from __future__ import annotations

import os

import pytest

from tests.faults.programs import outcome_of

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="what is killed is forked, which Windows has no way to do"
)

EVERY = 40


@pytest.mark.parametrize("act", ["back_up", "encrypt", "mend", "restore", "upgrade"])
def test_whatever_is_killed_leaves_a_whole_database_and_can_be_done_again(act: str) -> None:
    outcome = outcome_of("killed_steps", act, EVERY)

    assert outcome["wrong"] == []
    assert outcome["kills"] > 10
    assert {"old", "new"} <= outcome["found"].keys()


def test_two_steps_instead_of_one_are_caught() -> None:
    assert outcome_of("killed_steps", "encrypt_carelessly", EVERY)["wrong"] != []
