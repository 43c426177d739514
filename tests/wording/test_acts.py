"""What acts and times are called."""

import pytest

from desk.wording import time_with_entry
from tests.domain.making import ZONE, at


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ("14:28:59", "14:28"),
        ("14:29", "14:28 (entered 14:29)"),
        ("14:31", "14:28 (entered 14:31)"),
        ("14:27:30", "14:28"),
        ("13:28", "14:28 (entered 13:28)"),
    ],
)
def test_a_time_says_when_it_was_entered_where_that_was_another(recorded: str, told: str) -> None:
    assert time_with_entry(at("14:28"), at(recorded), ZONE) == told
