"""Slots for every test of the vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.making import VaultUnderTest, a_vault


@pytest.fixture
def vault(tmp_path: Path) -> VaultUnderTest:
    """Slots with one supervisor, in a folder without a database."""
    return a_vault(tmp_path)


@pytest.fixture(scope="module")
def one_vault(tmp_path_factory: pytest.TempPathFactory) -> VaultUnderTest:
    """The same, for tests that change nothing in it."""
    return a_vault(tmp_path_factory.mktemp("vault"))
