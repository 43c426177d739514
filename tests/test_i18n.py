"""desk.i18n: English without a catalogue, another language with one."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.i18n import _, ngettext, use_language

FRENCH = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n",
    "Arrive": "Arrivée",
    "{n} here\0{n} here": "{n} présent\0{n} présents",
}


def write_catalogue(folder: Path, code: str, messages: dict[str, str]) -> None:
    """Write messages as gettext's binary catalogue (GNU gettext manual, "MO Files")."""
    pairs = [(key.encode(), messages[key].encode()) for key in sorted(messages)]
    header = 7 * 4
    offset = header + 16 * len(pairs)
    tables: list[bytes] = []
    texts = b""
    for column in zip(*pairs, strict=True):
        for text in column:
            tables.append(struct.pack("<2I", len(text), offset + len(texts)))
            texts += text + b"\0"
    start = struct.pack(
        "<7I", 0x950412DE, 0, len(pairs), header, header + 8 * len(pairs), 0, offset
    )
    path = folder / code / "LC_MESSAGES" / "desk.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(start + b"".join(tables) + texts)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    write_catalogue(tmp_path, "fr", FRENCH)
    return tmp_path


def test_english_needs_no_catalogue() -> None:
    assert _("Arrive") == "Arrive"
    assert ngettext("{n} row", "{n} rows", 1) == "{n} row"
    assert ngettext("{n} row", "{n} rows", 0) == "{n} rows"


def test_another_language_is_a_catalogue(catalogues: Path) -> None:
    use_language("fr", catalogues)

    assert _("Arrive") == "Arrivée"
    assert ngettext("{n} here", "{n} here", 0) == "{n} présent"
    assert ngettext("{n} here", "{n} here", 2) == "{n} présents"


def test_a_sentence_not_translated_yet_stays_english(catalogues: Path) -> None:
    use_language("fr", catalogues)

    assert _("Finish") == "Finish"
    assert ngettext("{n} row", "{n} rows", 0) == "{n} rows"


def test_a_region_falls_back_on_its_language(catalogues: Path) -> None:
    use_language("fr_CA", catalogues)

    assert _("Arrive") == "Arrivée"


def test_a_language_without_a_catalogue_is_english(catalogues: Path) -> None:
    use_language("fr", catalogues)
    use_language("tlh", catalogues)

    assert _("Arrive") == "Arrive"


def test_going_back_to_english_forgets_the_catalogue(catalogues: Path) -> None:
    use_language("fr", catalogues)
    use_language("en", catalogues)

    assert _("Arrive") == "Arrive"


def test_the_environment_does_not_choose_the_language(
    catalogues: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")

    use_language("en", catalogues)

    assert _("Arrive") == "Arrive"
