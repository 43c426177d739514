"""The plug is pulled at each step of whatever replaces a database; a whole one is there."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.faults.programs import outcome_of

pytestmark = [
    pytest.mark.skipif(
        not hasattr(os, "fork"), reason="what is killed is forked, which Windows has no way to do"
    ),
    pytest.mark.xdist_group("killed steps"),
]

EVERY = 40


@pytest.fixture(scope="module")
def outcomes() -> Any:
    """What became of each act: one program stages them all, and is loaded once."""
    return outcome_of("killed_steps", EVERY)


@pytest.mark.parametrize("act", ["back_up", "encrypt", "mend", "restore", "upgrade"])
def test_whatever_is_killed_leaves_a_whole_database_and_can_be_done_again(
    outcomes: Any, act: str
) -> None:
    outcome = outcomes[act]

    assert outcome["wrong"] == []
    assert outcome["kills"] > 10
    assert {"old", "new"} <= outcome["found"].keys()


def test_two_steps_instead_of_one_are_caught(outcomes: Any) -> None:
    assert outcomes["encrypt_carelessly"]["wrong"] != []
