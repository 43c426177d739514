"""The officer's language: every sentence an officer reads passes through here.

English is the source, so nothing is loaded until another language is asked for.
"""

from gettext import NullTranslations, translation
from pathlib import Path

_CATALOGUES = Path(__file__).with_name("locale")


class _Language:
    """Holds the catalogue in use; the one thing here that changes."""

    catalogue = NullTranslations()


def use_language(code: str, catalogues: Path = _CATALOGUES) -> None:
    """Speak another language from now on, in every thread.

    Args:
        code: A language as gettext names it: `fr`, `es_MX`. One without a catalogue, and `en`,
            leaves the English of the source.
        catalogues: The folder that holds `<code>/LC_MESSAGES/desk.mo`.
    """
    _Language.catalogue = translation("desk", catalogues, languages=[code], fallback=True)


def _(message: str) -> str:
    """Return the sentence in the officer's language."""
    return _Language.catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the sentence that the language uses for so many."""
    return _Language.catalogue.ngettext(singular, plural, count)
