"""Strings that hurt a terminal, a markup parser, a database or a spreadsheet.

Every place that takes or shows outside text is tried with all of them:
`@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)`.
`ANY_TEXT` makes more of their kind, and `foreign` says what of a text no terminal may be sent.
"""

import unicodedata

from hypothesis import strategies as st

HOSTILE_BY_NAME: dict[str, str] = {
    "markup": "[bold]Bob[/bold]",
    "markup closing nothing": "Bob[/]",
    "markup closing tag": "[/b]",
    "markup bracket": "[",
    "markup half a closing tag": "[/",
    "markup attribute": "[a=b",
    "markup trailing backslash": "x\\",
    "markup nested brackets": "[type=x, v={'a[0]'}]",
    "markup action": "[@click=app.quit]Al[/]",
    "OSC set title": "A\x1b]0;pwn\x1b\\",
    "OSC 52 set clipboard": "\x1b]52;c;UFdO\x1b\\",
    "CSI clear screen": "\x1b[2J",
    "CSI report cursor": "\x1b[6n",
    "C1 CSI colour": "\x9b31m",
    "DCS sixel": "\x1bPq#0\x1b\\",
    "NUL": "A\x00B",
    "carriage return": "A\rB",
    "right-to-left override": "abc\u202egpj.exe",
    "zero-width space": "Bo\u200bb",
    "fifty accents": "Z" + "\u0301" * 50,
    "wide": "田中太郎",
    "emoji family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "flag": "\U0001f1eb\U0001f1f7",
    "zero-width non-joiner": "نور\u200cمن",
    "lone surrogate": "A\ud800B",
    "SQL": "O'Brien\"; DROP TABLE",
    "formula": '=HYPERLINK("x")',
    "formula plus": "+1",
    "formula minus": "-1",
    "formula at": "@SUM(A1)",
    "ten thousand": "W" * 10_000,
}

HOSTILE_NAMES: tuple[str, ...] = tuple(HOSTILE_BY_NAME)
HOSTILE: tuple[str, ...] = tuple(HOSTILE_BY_NAME.values())

# Pieces that touch one another: marks, joiners, jamo, halves of flags, wide and blank ones.
NASTY = st.sampled_from(
    [
        *" \t\n\x00\x1b\x9b\u00a0\u2028\u200b\u200c\u200d\u202e\u3000\u3164\ud800\ufe0f\ufeff",
        *"\u0301\u0308\u0323\u0345\u20dd\u3099\u093e\u094d\u09be\u09c7",
        *"\u1100\u1161\u11a8\u115f",
        *"aAéİßŁ'’-田か한नक\ufffd+=",
        *"\U0001f1eb\U0001f1f7\U0001f468\U0001f3fd\U0001f3ff\u2764",
        HOSTILE_BY_NAME["emoji family"],
        "क\u094d\u200dष",
        "မြို့",
    ]
)
ANY_TEXT = (
    st.lists(NASTY, max_size=30).map("".join)
    | st.text(st.characters())
    | st.text(st.one_of(NASTY.filter(lambda piece: len(piece) == 1), st.characters()))
    | st.sampled_from(HOSTILE)
)

FORBIDDEN = {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
JOINERS = "\u200c\u200d"


def foreign(value: str) -> list[str]:
    """The characters that may not reach a terminal."""
    return [
        ascii(character)
        for character in value
        if unicodedata.category(character) in FORBIDDEN
        or (unicodedata.category(character) == "Cf" and character not in JOINERS)
    ]
