"""The benchmarks still run; what they say is for people, and nothing here looks at it."""

from __future__ import annotations

from pathlib import Path

from tests.bench import keys, store


def test_the_store_can_be_measured(tmp_path: Path) -> None:
    (tmp_path / "acts").mkdir()
    (tmp_path / "boards").mkdir()

    assert store.an_act(tmp_path / "acts", acts=2) > 0
    assert store.a_board(tmp_path / "boards", years=0, boards=2) > 0


def test_keys_can_be_measured() -> None:
    for answer in keys.side_by_side(keys=3):
        assert 0 < answer.first <= answer.last
