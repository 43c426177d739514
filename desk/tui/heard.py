"""What the screen makes of the characters that a terminal sends."""

from __future__ import annotations

from textual._xterm_parser import XTermParser
from textual.events import Key

from desk.tui.keyboard import teach_alt_digits


def keys_heard(sent: str) -> tuple[str, ...]:
    """Returns the names of the keys in these characters, as Textual's own parser reads them.

    Empty for what is no key: a mouse, a paste, an answer of the terminal's. The parser is not
    public, but what any other would say would not be what the board hears.
    """
    teach_alt_digits()
    parser = XTermParser()
    # Nothing more is to come: the empty feed lets the parser take a lone escape for the key.
    messages = [*parser.feed(sent), *parser.feed("")]
    return tuple(message.key for message in messages if isinstance(message, Key))
