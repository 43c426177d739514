"""The README's picture is drawn by a command, and the one in the repository is its work."""

from __future__ import annotations

import re
from pathlib import Path

from tests.picture import main

_DRAWN = Path(__file__).parents[1] / ".ci" / "board.svg"


def words_of(svg: Path) -> list[str]:
    """Returns the texts of a picture, without what an id is drawn from."""
    return re.findall(r">([^<>]+)</text>", svg.read_text(encoding="utf-8"))


def test_the_picture_in_the_repository_is_what_the_command_draws(tmp_path: Path) -> None:
    fresh = tmp_path / "board.svg"

    main([str(fresh)])

    assert words_of(fresh) == words_of(_DRAWN), "python -m tests.picture .ci/board.svg"
