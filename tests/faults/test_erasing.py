"""A desk is killed between any two steps of an erasure: nothing is erased then, or all of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.programs import outcome_of

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the desks are forked, which Windows has no way to do"
)

NOTHING = {"erased": False, "journalled": False, "left": True, "findings": []}
ALL = {"erased": True, "journalled": True, "left": False, "findings": [], "unfinished": 0}


def test_a_kill_leaves_nothing_or_all_and_the_next_start_finishes_it(tmp_path: Path) -> None:
    found = outcome_of("killed_erasing", tmp_path)

    before = ("begin", "leave_without", "record", "let_go", "commit")
    assert {step: found[step] for step in before} == {
        step: NOTHING | {"unfinished": 0 if step == "begin" else 1} for step in before
    }
    after = ("note", "delete_known", "forget_log", "finish")
    assert {step: found[step] for step in after} == dict.fromkeys(after, ALL)
